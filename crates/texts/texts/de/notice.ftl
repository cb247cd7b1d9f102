### The page "this was not me", to which letters lead. Formal (Sie): see join.ftl.

console-notice-title = Waren Sie das nicht?
console-notice-lead = Wenn Sie nicht getan haben, was in der Nachricht steht, sperren Sie diesen Passkey jetzt.
console-notice-what = Er kann sich nicht mehr anmelden, ist überall abgemeldet, wo er angemeldet war, und die Zuständigen werden informiert. Das lässt sich nicht zurücknehmen.
console-notice-confirm = Das war ich nicht: sperren
console-notice-mine = Wenn Sie es waren, ist nichts zu tun. Sie können diese Seite schließen.
console-notice-already = Dieser Passkey ist schon gesperrt.
console-suspended-title = Er ist gesperrt
console-suspended-lead = Der Passkey kann sich nicht mehr anmelden und ist überall abgemeldet, wo er angemeldet war.
console-suspended-next = Die Zuständigen wurden informiert. Sprechen Sie mit ihnen oder mit der Person, die Sie eingeladen hat, persönlich oder unter einer Nummer, die Sie schon haben.
console-passkey-unnamed = Passkey
console-passkey-synced = Wird zwischen Geräten synchronisiert
console-passkey-bound = Bleibt auf einem Gerät
console-passkey-added = hinzugefügt
console-passkey-used = zuletzt benutzt
console-passkey-never-used = noch nie zum Anmelden benutzt
console-passkey-attested = der Hersteller steht dafür ein
