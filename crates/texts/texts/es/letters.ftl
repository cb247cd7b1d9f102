### Spanish, with tú: see join.ftl. Names stand without articles, and nothing agrees with anybody's gender.

## In every letter
letter-greeting = Hola, { $name }:
letter-moment = { $day } de { moment-month } de { $year }, { $time } ({ $zone })
letter-link = { $words }:
letter-somebody = Alguien de tu organización
letter-never = Nadie te pedirá nunca un código, ni por correo, ni por mensaje, ni por teléfono. Si alguien lo hace, no somos nosotros: di que no.
letter-automatic = Este correo lo envió un sistema automático y nadie lee las respuestas.
letter-when = Fecha y hora: { $date }.
letter-not-me = ¿No has sido tú? Abre esta página y dilo. La llave de acceso se bloqueará al instante; abrir la página por sí solo no cambia nada.
letter-not-me-action = No he sido yo

## The invitation
letter-invitation-subject = { $sponsor } te espera
letter-invitation-subject-somebody = Te esperamos
letter-invitation-lead = { $sponsor } te invita a crear tu llave de acceso: una llave que se guarda en tu teléfono o en otro dispositivo tuyo y se abre con tu cara, tu dedo o el bloqueo de pantalla. No hay ninguna contraseña que recordar.
letter-invitation-action = Empieza aquí
letter-invitation-steps = Qué va a pasar: abres la página y pulsas Empezar, { $sponsor } se reúne contigo o te llama para ver que eres tú, y tu dispositivo crea la llave de acceso. Lleva unos dos minutos.
letter-invitation-ends = El enlace funciona hasta el { $date }. Abrirlo no cambia nada, y puedes abrirlo tantas veces como quieras.
letter-invitation-unexpected = ¿No esperabas esto? Abre la página y elige «No esperaba esto», o borra este correo. Nada pasa por sí solo.

## Somebody is waiting
letter-waiting-subject = { $about } te está esperando
letter-waiting-lead = { $about } ha empezado a crear una llave de acceso y te necesita para comprobar que de verdad es quien dice ser.
letter-waiting-care = Habla en persona, o llama a un número que ya tuvieras. Si alguien te llama y te lee un código, di que no.
letter-waiting-action = Ver quién espera

## A second browser has begun
letter-contested-subject = Un segundo navegador ha empezado con tu enlace
letter-contested-lead = Con tu enlace se ha empezado en un segundo navegador. Puede que uno de los dos no sea tuyo.
letter-contested-what = Si has sido tú, sigue en uno y cierra el otro; puede que recibas un enlace nuevo. Si no, díselo a la persona que te invitó, por teléfono o cara a cara.
letter-contested-other-subject = Dos navegadores han empezado: { $about }
letter-contested-other-lead = Dos navegadores han empezado con el nombre de { $about }, y puede que uno sea de otra persona.
letter-contested-other-what = Habla con esa persona antes de aprobar nada. Volver a enviar la invitación cierra los dos navegadores y empieza de cero.

## After wrong codes
letter-wrong-codes-subject = Empieza de nuevo, por favor
letter-wrong-codes-lead = Se escribieron cifras incorrectas para ti demasiadas veces, así que se ha cerrado todo lo que estaba abierto. No se ha perdido nada.
letter-wrong-codes-what = Abre el enlace de tu invitación y pulsa Empezar otra vez. Si no eras tú quien lo intentaba, avisa a la persona que te invitó.

## A passkey was added
letter-bound-subject = Tu nueva llave de acceso
letter-bound-lead = Se ha añadido una llave de acceso a tu cuenta.
letter-bound-second = Si es la única que tienes, añade otra en un segundo dispositivo, para no quedarte fuera si pierdes uno.
letter-bound-action = Ver tus llaves de acceso

## A passkey was removed
letter-removed-subject = Se ha quitado una llave de acceso
letter-removed-lead = Se ha quitado una llave de acceso de tu cuenta. Ya no abre nada.
letter-removed-action = Ver tus llaves de acceso

## You approved somebody
letter-vouched-subject = Has dado tu aprobación a { $about }
letter-vouched-lead = Tu llave de acceso ha firmado que viste a { $about } y que de verdad era esa persona.
letter-vouched-what = Si no lo has hecho tú, avisa enseguida a tu equipo de administración, por teléfono o cara a cara.

## What is known of somebody changed
letter-record-changed-subject = Tus datos han cambiado
letter-record-changed-lead = Ha cambiado tu nombre, tu dirección o la persona que se ocupa de ti. Los mensajes sobre tus llaves de acceso van a la dirección que consta ahora, y las invitaciones que recibiste antes ya no funcionan.
letter-record-changed-what = Si te sorprende, llama a tu empresa, a un número que ya tuvieras.
letter-record-changed-other-subject = Han cambiado los datos de { $about }
letter-record-changed-other-lead = Ha cambiado el nombre, la dirección o la persona de contacto de { $about }. Si había empezado a crear una llave de acceso, eso se ha cerrado.
letter-record-changed-other-what = Si te sorprende, avisa a tu equipo de administración.

## Somebody was not recognised
letter-refused-subject = Rechazo: { $about }
letter-refused-lead = La persona que debía aprobar a { $about } no reconoció quién era. Se ha cerrado todo lo que estaba abierto.
letter-refused-action = Ver qué ha pasado

## Somebody did not expect their invitation
letter-unexpected-subject = { $about } no esperaba la invitación
letter-unexpected-lead = Quien abrió la invitación para { $about } dice que no la esperaba.
letter-unexpected-what = Puede que haya llegado a otra persona. Pregunta a { $about } en un número que ya tuvieras. Si la dirección está mal, retira la invitación.

## Somebody stopped a passkey
letter-stopped-subject = Tu llave de acceso se ha bloqueado
letter-stopped-lead = Una de tus llaves de acceso se ha bloqueado en la consola. Ya no abre nada, y se ha cerrado donde estaba abierta.
letter-stopped-what = Si no lo has pedido o no sabes por qué, llama a quien se ocupa de las llaves de acceso, a un número que ya tuvieras.
letter-stopped-other-subject = Llave de acceso bloqueada: { $about }
letter-stopped-other-lead = Se ha bloqueado en la consola una llave de acceso de { $about }. En su página se ve quién lo ha hecho.

## Somebody said that it was not them
letter-suspended-subject = Llave de acceso bloqueada: { $about }
letter-suspended-lead = Con el enlace de un correo enviado a { $about }, alguien ha dicho «no he sido yo». Se han bloqueado la llave de acceso y todo lo que se había abierto con ella.
letter-suspended-action = Ver qué ha pasado

## A key for a program was registered
letter-machine-key-subject = Una clave para un programa
letter-machine-key-lead = Tu llave de acceso ha firmado por una clave con la que un programa puede actuar en tu nombre.
letter-machine-key-what = Si no has sido tú, dilo: se bloquea tu llave de acceso y, con ella, la clave del programa. Después avisa a la administración, por teléfono o en persona.
letter-machine-key-action = Ver las claves de los programas
