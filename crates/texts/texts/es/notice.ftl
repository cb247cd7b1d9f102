### The page "this was not me", to which letters lead. With tú: see join.ftl.

console-notice-title = ¿No has sido tú?
console-notice-lead = Si no hiciste lo que dice el mensaje, bloquea ahora esta llave de acceso.
console-notice-what = Ya no servirá para entrar, se cerrará en todos los sitios donde esté abierta y se avisará a quienes se ocupan de esto. No se puede deshacer.
console-notice-confirm = No he sido yo: bloquear
console-notice-mine = Si has sido tú, no hay nada que hacer. Puedes cerrar esta página.
console-notice-already = Esta llave de acceso ya está bloqueada.
console-suspended-title = Está bloqueada
console-suspended-lead = La llave de acceso ya no sirve para entrar, y se ha cerrado en todos los sitios donde estaba abierta.
console-suspended-next = Las personas que se ocupan de esto ya lo saben. Habla con ellas o con quien te invitó, cara a cara o en un número que ya tengas.
console-passkey-unnamed = Llave de acceso
console-passkey-synced = Se sincroniza entre dispositivos
console-passkey-bound = Se queda en un solo dispositivo
console-passkey-added = añadida
console-passkey-used = último uso
console-passkey-never-used = nunca se ha usado para entrar
console-passkey-attested = su fabricante la garantiza
