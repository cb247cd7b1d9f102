### Spanish, with tú, as banks, phone makers and employers' apps speak in Spain and most of Latin America today.
### One Spanish for both sides of the Atlantic: "teléfono", "dispositivo"; neither ordenador nor computadora, neither
### móvil nor celular. "Llave de acceso" is the word of Apple and Google in Spanish.
### Nothing agrees with anybody's gender; { $name } stands without an article.

## The first page
join-title = { $name } te espera
join-title-somebody = Te esperamos
join-somebody = alguien de tu equipo
join-title-again = Añadir otra llave de acceso
join-lead = Para { $name } necesitas una llave de acceso. Se guarda en tu teléfono o en otro dispositivo tuyo y se abre con tu cara, tu dedo o el bloqueo de pantalla. No hay ninguna contraseña que recordar.
join-lead-again = Vas a añadir otra llave de acceso para { $name }, en este dispositivo o en otro.
join-time = Lleva unos dos minutos.
join-moment = { moment-weekday }, { $day } de { moment-month }, { $time }
join-until = Este enlace funciona hasta el { $date }.
join-steps-heading = Qué va a pasar
join-step-begin = Pulsas Empezar, en el navegador que quieras seguir usando hoy.
join-step-meet = Enseñas seis cifras a { $name }, cara a cara o cuando te llame.
join-step-terminal = Lees seis cifras de esta página a quien esté en el terminal del servidor.
join-step-own = Confirmas con la llave de acceso que ya tienes.
join-step-make = Tu dispositivo crea la llave de acceso y la pruebas una vez.
join-never-heading = Solo { $name }
join-never = Nadie más necesita tus cifras, y nadie te pedirá un código o una contraseña por correo, por mensaje o en una llamada que no esperabas. Si alguien lo hace, di que no.
join-begin = Empezar
join-beginning = Empezando…
join-checking = Comprobamos que este navegador sirve
join-noscript = Esta página necesita JavaScript. Actívalo para esta página o abre el enlace en otro navegador.
join-unexpected = No esperaba esto
join-unexpected-heading = ¿No esperabas esto?
join-unexpected-body = Entonces déjalo estar; no ha pasado nada. Avísanos y alguien se ocupará.
join-unexpected-send = Avisar
join-unexpected-keep = Volver
join-unexpected-done-heading = Gracias
join-unexpected-done = El aviso ha llegado. Puedes cerrar esta página; no hay nada más que hacer.
join-languages = Idioma

## A link that is not active
join-inactive-title = Este enlace ya no está activo
join-inactive-lead = Suele pasar: puede ser antiguo, estar usado o haber otro más nuevo. No es problema tuyo ni de tu dispositivo.
join-inactive-newer = Busca un mensaje más reciente del mismo remitente y usa el enlace que contiene.
join-inactive-ask = Si no hay ninguno, pide a la persona que te invitó que vuelva a enviar la invitación. Es cosa de un momento.

## A link that opens later
join-later-title = Llegas un poco pronto
join-later-lead = Este enlace se abre el { $date }. Guarda el mensaje; hasta entonces no hay nada que hacer.

## This browser cannot do it
join-browser-heading = Usemos otro navegador
join-browser-lead = El navegador que abrió este enlace no puede crear una llave de acceso. Los enlaces que se abren dentro de una aplicación de correo o de chat suelen acabar en uno así. Todavía no ha pasado nada.
join-browser-insecure = Esta dirección no está protegida. Abre el enlace exactamente como llegó en tu mensaje.
join-browser-passkeys = Este navegador no conoce las llaves de acceso.
join-browser-keep = Este navegador no puede guardar una llave. Suele ocurrir en ventanas privadas, en el modo de aislamiento y en navegadores dentro de otras aplicaciones.
join-browser-device = Este dispositivo no puede crear una llave de acceso por sí solo.
join-browser-what = Qué puedes hacer
join-browser-open = Copia el enlace y pégalo en Safari, Chrome, Edge o Firefox.
join-browser-scan = O escanea esto con la cámara de tu teléfono.
join-browser-key = Tengo una llave de seguridad
join-browser-again = Comprobar de nuevo
join-qr-label = Un código QR con el enlace de esta página. El mismo enlace se puede copiar debajo.
join-copy = Copiar el enlace
join-copied = Copiado. Pégalo en la barra de direcciones del otro navegador.
join-copy-failed = Selecciona el enlace y cópialo.
join-link-label = El enlace

## Somebody is signed in
join-signed-in-heading = Aquí hay una sesión abierta
join-signed-in-lead = En este navegador tiene la sesión abierta una persona que atiende a quienes llegan. Para no mezclar las dos cosas, abre el enlace en una ventana privada o en tu propio dispositivo.

## The numbers
join-progress = Tus pasos
join-step-now = ahora
join-step-done = hecho
join-step-next = después
join-kind-match = Enseñar tus seis cifras a { $name }
join-kind-second-match = Enseñar tus seis cifras a otra persona
join-kind-handover = Tomar el enlace de la pantalla de { $name }
join-kind-terminal = Leer tus seis cifras al terminal
join-kind-own-authenticator = Confirmar con la llave de acceso que tienes
join-kind-make = Crear tu llave de acceso
join-kind-confirm = Probarla una vez
join-match-heading = Enseña estas cifras a { $name }
join-match-lead = { $name } ya sabe que estás aquí. Vendrá a verte o te llamará.
join-match-second-heading = Una persona más, por favor
join-match-second-lead = Tu cuenta es importante, así que también tiene que verte una segunda persona. Ya está avisada.
join-match-terminal-heading = Escribe estas cifras en el terminal
join-match-terminal-lead = El terminal que creó tu enlace las pide.
join-match-own-heading = Escribe estas cifras donde ya has entrado
join-match-own-lead = Vuelve a la página en la que pediste otra llave de acceso. Te pide estas cifras y después la llave de acceso que ya tienes.
join-match-handover-heading = Toma el enlace de la pantalla de { $name }
join-match-handover-lead = Hay una página abierta para ti con un dibujo cuadrado. Escanéalo con este dispositivo o abre el enlace que te envíen en este mismo navegador. Entonces aparecerán aquí unos dígitos.
join-match-handover-cannot = No puedo escanearlo ni abrirlo
join-match-handover-second = Entonces enseña estos dígitos. Una segunda persona también tendrá que confirmar que eres tú.
join-match-handed-over-lead = Has tomado la página de la pantalla. Ahora solo falta que tecleen estos dígitos, y este paso estará hecho.
join-match-by-sight = ¿No os conocíais de antes? Primero te enseñarán una página con un dibujo cuadrado. Escanéalo con este dispositivo.
join-code-label = Tus seis cifras
join-code-changes = Próximas cifras: { $time }.
join-code-soon = Las cifras cambian dentro de un minuto.
join-code-new = Aquí tienes cifras nuevas.
join-match-beware-heading = Solo en esta dirección
join-match-beware = Tú enseñas las cifras; nadie te las da a ti. Si te llama alguien a quien no esperabas y te las pide, o te dice estas cifras, di que no y cuelga.
join-match-waiting = Esta página avanza sola
join-move = Seguir en otro dispositivo

join-blocked-heading = Alguien tiene que mirarlo antes
join-blocked-lead = Ahora mismo tu invitación no puede avanzar sola. No es culpa tuya. Avisa a { $name }, que puede ver qué falta.

## The page from somebody's screen
join-handover-title = Un momento
join-handover-working = Esta página mira si has empezado en este navegador.
join-handover-elsewhere-heading = En este navegador no
join-handover-elsewhere-lead = No ha pasado nada. Esta página va con el navegador en el que pulsaste Empezar, y no es este.
join-handover-elsewhere-begin = ¿Todavía no has empezado? Abre tu invitación en este dispositivo, pulsa Empezar y escanea otra vez.
join-handover-elsewhere-browser = ¿Empezaste en otro navegador? Ábrela allí: escanea con ese dispositivo o copia el enlace de abajo en la barra de direcciones de ese navegador.
join-handover-elsewhere-second = ¿No funciona? Puede confirmarte una segunda persona. Díselo a quien te ha enseñado esta página.
join-handover-beware-heading = ¿Has visto dígitos en otra página?
join-handover-beware = Si pulsaste Empezar y una página te enseñó dígitos, pero esta dice que aquí no has empezado, puede que aquella página no fuera nuestra. Díselo enseguida a quien esté contigo, antes de que teclee nada.
join-handover-over-heading = Ahora su pantalla muestra otro dibujo
join-handover-over-lead = Cambia cada minuto y sirve una sola vez. Escanea el que se ve ahora en la pantalla.
join-handover-withdrawn-heading = Esto ya no se muestra
join-handover-withdrawn-lead = Quien te ha enseñado esta página ha cerrado su sesión o no puede confirmarte. Pídele que mire su página.
join-handover-contested-do = Pide que vuelvan a enviar la invitación. Todo empezará de nuevo y solo funcionará el enlace nuevo.

## More than one browser
join-contested-heading = Dos navegadores han abierto tu invitación
join-contested-lead = Si los dos son tuyos, no pasa nada. Si uno no lo es, has hecho bien en parar aquí. En cualquier caso, nadie puede seguir hasta que se aclare.
join-contested-do = Pide a { $name } que vuelva a enviar la invitación. Todo empezará de nuevo y solo funcionará el enlace nuevo.
join-contested-again = Si después vuelve a salir esta página, puede que alguien más lea tus mensajes. Díselo a { $name } por teléfono o cara a cara, y da otra dirección para el enlace.

## Another device
join-move-heading = Seguir en otro dispositivo
join-move-lead = Escanea esto con el otro dispositivo o abre allí el enlace. Sirve una sola vez, y esta página se detiene cuando el otro empieza.
join-move-label = Un código QR con un enlace para el otro dispositivo. El mismo enlace se puede copiar debajo.
join-move-back = Quedarme en este dispositivo

## Making the passkey
join-make-heading = Ahora crea tu llave de acceso
join-make-lead = Pulsa el botón. Tu dispositivo te pedirá la cara, el dedo o el bloqueo de pantalla, igual que cuando lo desbloqueas. Nada de eso sale de tu dispositivo.
join-make-button = Crear mi llave de acceso
join-make-wait = Un momento…
join-make-working = Tu dispositivo te pregunta…
join-confirm-heading = Pruébala una vez
join-confirm-lead = Tu llave de acceso está creada. Úsala una vez, para que tú y nosotros sepamos que funciona.
join-confirm-exists = Este dispositivo ya tiene una llave de acceso para ti. Úsala una vez, para que tú y nosotros sepamos que funciona.
join-confirm-button = Usar mi llave de acceso
join-cancelled = No se ha creado nada. Pasa cuando la pregunta se cierra o tarda demasiado. Vuelve a intentarlo cuando quieras.
join-cancelled-confirm = No se ha usado. Pasa cuando la pregunta se cierra o tarda demasiado. Vuelve a intentarlo cuando quieras.
join-exists = Este dispositivo ya tiene una llave de acceso para ti, y funciona. Para esta usa otro dispositivo o una llave de seguridad.
join-refused-model = Aquí no se acepta este tipo de llave de acceso. Prueba con otro dispositivo o con otra llave de seguridad.
join-refused-copyable = Esta llave de acceso se puede copiar a otros dispositivos. Tu organización te pide una que se quede en su dispositivo: prueba con una llave de seguridad o con un dispositivo que no las comparta.
join-refused-unattested = Tu organización te pide una llave de seguridad que su fabricante garantice. Prueba con una. Si tu navegador pregunta si se pueden ver la marca y el modelo, permítelo.
join-refused-reported = Hay un aviso sobre esta marca de llave de seguridad o de dispositivo: ya no es lo bastante segura. Prueba con otra.
join-dropped = Las reglas de tu organización cambiaron después de crear tu llave de acceso, y esa ya no se puede usar. No has hecho nada mal. Crea otra, por favor.
join-failed-ceremony = No ha funcionado. Vuelve a intentarlo.
join-pass-over = Ha tardado un poco más de la cuenta. Pulsa el botón otra vez.
join-confirm-moved = Algo ha cambiado mientras tanto. Pulsa el botón una vez más.

## Done
join-done-heading = Te damos la bienvenida
join-done-lead = Tu llave de acceso funciona y ya has terminado. A partir de ahora entras con ella: sin contraseña y sin códigos.
join-receipt-heading = Tu recibo
join-receipt-lead = Demuestra cuándo y cómo obtuviste esta llave de acceso y quién confirmó que eras tú. Guárdalo si quieres; no contiene ningún secreto.
join-receipt-button = Guardar el recibo
join-receipt-wait = Se está escribiendo tu recibo
join-receipt-failed = Ahora mismo no se puede leer el recibo. Vuelve a intentarlo dentro de un minuto.
join-second-heading = Una más, para el día en que pierdas esta
join-second-lead = Con una segunda llave de acceso en otro dispositivo, perder el teléfono no te cuesta nada. Puedes añadirla ahora o más tarde: entra y elige «Add a passkey» (añadir una llave de acceso).
join-second-button = Añadir una segunda llave de acceso
join-employer-heading = ¿Qué puede ver mi empresa?
join-employer-sees = Que tienes una llave de acceso, cuándo se creó, en qué tipo de dispositivo está y cuándo se usa para entrar aquí.
join-employer-not = No tu cara, tu dedo ni el bloqueo de pantalla: nunca salen del dispositivo. Tampoco tus fotos, tus mensajes, otras llaves de acceso ni nada más de lo que tengas en él. No se instala nada.
join-lost-heading = ¿Y si la pierdo?
join-lost-second = Si tienes una segunda llave de acceso, usa esa y quita la que has perdido en tu propia página.
join-lost-tell = Si era la única, avisa a { $name } o a soporte técnico. Con un enlace nuevo no basta para darte otra, así que puede llevar un tiempo. Una segunda llave de acceso, creada hoy, te lo ahorra.

## When it ends otherwise
join-ended-heading = Esto no ha salido adelante
join-ended-done-heading = Esta página ha terminado
join-ended-wrong-codes = Las cifras se escribieron mal tres veces, así que hemos parado por seguridad. A tu dispositivo no le pasa nada.
join-ended-failed-ceremonies = La respuesta de tu dispositivo no se aceptó cinco veces. Puede que otro dispositivo o una llave de seguridad vayan mejor.
join-ended-expired = Estuvo abierto demasiado tiempo y ha terminado solo.
join-ended-moved = Has seguido en otro dispositivo. Puedes cerrar esta página.
join-ended-reinvited = Se ha enviado una invitación nueva. Busca el mensaje más reciente y usa el enlace que contiene.
join-ended-refused = La persona que miró no tuvo la seguridad de que fueras tú. Puede pasar, y no es culpa de nadie.
join-ended-voided = Ha cambiado algo en tus datos, así que empezamos de nuevo por seguridad.
join-ended-withdrawn = La invitación se ha retirado. Si te sorprende, pregunta a la persona que te invitó.
join-ended-left = Según tus datos, ya no trabajas aquí. Si no es así, pregunta a la persona que te invitó.
join-ended-restored = El servicio ha vuelto a un estado anterior, y lo que estaba abierto se ha cerrado.
join-ended-elsewhere = Has terminado en otro navegador o en otro dispositivo. Puedes cerrar esta página.
join-lost-title = Empecemos de nuevo este paso
join-ended-lost = No hemos encontrado por dónde ibas en este navegador. Pasa cuando se borra su memoria. Solo se ha perdido este paso: empieza de nuevo.
join-ended-ask = Pide a { $name } que vuelva a enviar la invitación.
join-ended-again = Empezar de nuevo

## Trouble on the way
join-offline = Parece que no tienes conexión. Esta página seguirá en cuanto vuelva.
join-retrying = No conseguimos llegar al servicio. Otro intento…
join-back = La conexión ha vuelto.
join-trouble-heading = Algo ha fallado
join-trouble-lead = No es culpa tuya. Vuelve a intentarlo; si sigue igual, avisa a la persona que te invitó.
join-trouble-again = Volver a intentarlo
