### The page "this was not me", to which letters lead. With vous: see join.ftl.

console-notice-title = Ce n’était pas vous ?
console-notice-lead = Si vous n’avez pas fait ce que le message annonce, bloquez cette clé d’accès maintenant.
console-notice-what = Elle ne pourra plus servir à se connecter, elle sera déconnectée partout, et les responsables seront prévenus. Cela ne peut pas être annulé.
console-notice-confirm = Ce n’était pas moi : bloquer
console-notice-mine = Si c’était vous, il n’y a rien à faire. Vous pouvez fermer cette page.
console-notice-already = Cette clé d’accès est déjà bloquée.
console-suspended-title = Elle est bloquée
console-suspended-lead = La clé d’accès ne peut plus servir à se connecter, et elle est déconnectée partout où elle était connectée.
console-suspended-next = Les responsables sont prévenus. Parlez-leur, ou à la personne qui vous a envoyé l’invitation, en face à face ou à un numéro que vous avez déjà.
console-passkey-unnamed = Clé d’accès
console-passkey-synced = Synchronisée entre appareils
console-passkey-bound = Reste sur un seul appareil
console-passkey-added = ajoutée le
console-passkey-used = dernière utilisation
console-passkey-never-used = jamais utilisée pour se connecter
console-passkey-attested = garantie par son fabricant
