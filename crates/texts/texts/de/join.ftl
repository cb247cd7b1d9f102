### German, formal (Sie). This is the first word from an employer whom the reader may not have met; authorities and
### banks use Firstkey as well as start-ups. Sie is right everywhere, Austria and Switzerland included; du is not.
### "Passkey" (der Passkey) is the word of Apple, Google and Microsoft in German.
### { $name } stands only where it needs neither article nor ending: as subject, or after verbs and prepositions
### with the accusative. So "Ihre Ansprechperson" fits in its place, and no sentence knows anybody's gender.

## The first page
join-title = { $name } erwartet Sie
join-title-somebody = Sie werden erwartet
join-somebody = Ihre Ansprechperson
join-title-again = Weiteren Passkey hinzufügen
join-lead = Für { $name } brauchen Sie einen Passkey. Er liegt auf Ihrem Smartphone oder Computer und öffnet sich mit Ihrem Gesicht, Ihrem Finger oder Ihrer Displaysperre. Ein Passwort müssen Sie sich nicht merken.
join-lead-again = Sie fügen gleich einen weiteren Passkey für { $name } hinzu, auf diesem Gerät oder auf einem anderen.
join-time = Das dauert etwa zwei Minuten.
join-moment = { moment-weekday }, { $day }. { moment-month }, { $time }
join-until = Dieser Link gilt bis { $date }.
join-steps-heading = So geht es
join-step-begin = Sie tippen auf „Beginnen“, und zwar in dem Browser, den Sie heute weiter benutzen möchten.
join-step-meet = Sie zeigen sechs Ziffern, wenn { $name } bei Ihnen ist oder Sie anruft.
join-step-terminal = Sie lesen sechs Ziffern von dieser Seite vor, und zwar der Person, die am Terminal des Servers sitzt.
join-step-own = Sie bestätigen mit dem Passkey, den Sie schon haben.
join-step-make = Ihr Smartphone oder Computer erstellt den Passkey, und Sie probieren ihn einmal aus.
join-never-heading = Nur für { $name }
join-never = Niemand sonst braucht Ihre Ziffern. Und niemand wird Sie per E-Mail, per Nachricht oder bei einem unerwarteten Anruf nach einem Code oder einem Passwort fragen. Tut es doch jemand, sagen Sie Nein.
join-begin = Beginnen
join-beginning = Es geht los…
join-checking = Wir prüfen nur, ob dieser Browser das kann
join-noscript = Diese Seite braucht JavaScript. Bitte schalten Sie es für diese Seite ein, oder öffnen Sie den Link in einem anderen Browser.
join-unexpected = Das habe ich nicht erwartet
join-unexpected-heading = Haben Sie das nicht erwartet?
join-unexpected-body = Dann lassen Sie es einfach sein; es ist nichts passiert. Sagen Sie uns Bescheid, und jemand geht der Sache nach.
join-unexpected-send = Bescheid geben
join-unexpected-keep = Zurück
join-unexpected-done-heading = Vielen Dank
join-unexpected-done = Die Nachricht ist angekommen. Sie können diese Seite schließen; mehr ist nicht zu tun.
join-languages = Sprache

## A link that is not active
join-inactive-title = Dieser Link gilt nicht mehr
join-inactive-lead = Das kommt vor: Er ist vielleicht alt, schon benutzt oder durch einen neueren ersetzt. Mit Ihnen und Ihrem Gerät ist alles in Ordnung.
join-inactive-newer = Suchen Sie nach einer neueren Nachricht vom selben Absender, und nehmen Sie den Link darin.
join-inactive-ask = Wenn es keine gibt, bitten Sie die Person, die Sie eingeladen hat, die Einladung noch einmal zu senden. Das ist schnell gemacht.

## A link that opens later
join-later-title = Sie sind etwas früh dran
join-later-lead = Dieser Link öffnet sich am { $date }. Heben Sie die Nachricht auf; bis dahin ist nichts zu tun.

## This browser cannot do it
join-browser-heading = Nehmen wir einen anderen Browser
join-browser-lead = Der Browser, in dem sich dieser Link geöffnet hat, kann keinen Passkey erstellen. Links aus Mail- oder Chat-Apps landen oft in so einem Browser. Es ist noch nichts passiert.
join-browser-insecure = Diese Adresse ist nicht geschützt. Öffnen Sie den Link genau so, wie er in Ihrer Nachricht steht.
join-browser-passkeys = Dieser Browser kennt keine Passkeys.
join-browser-keep = Dieser Browser kann keinen Schlüssel aufbewahren. Private Fenster, der Blockierungsmodus und Browser in anderen Apps können das oft nicht.
join-browser-device = Dieses Gerät kann allein keinen Passkey erstellen.
join-browser-what = Das können Sie tun
join-browser-open = Kopieren Sie den Link, und fügen Sie ihn in Safari, Chrome, Edge oder Firefox ein.
join-browser-scan = Oder scannen Sie dieses Bild mit der Kamera Ihres Smartphones.
join-browser-key = Ich habe einen Sicherheitsschlüssel
join-browser-again = Noch einmal prüfen
join-qr-label = Ein QR-Code mit dem Link dieser Seite. Denselben Link können Sie darunter kopieren.
join-copy = Link kopieren
join-copied = Kopiert. Fügen Sie ihn in die Adresszeile des anderen Browsers ein.
join-copy-failed = Bitte markieren Sie den Link, und kopieren Sie ihn.
join-link-label = Der Link

## Somebody is signed in
join-signed-in-heading = Hier ist jemand angemeldet
join-signed-in-lead = In diesem Browser ist eine Person angemeldet, die sich um neue Leute kümmert. Damit nichts durcheinanderkommt, öffnen Sie den Link in einem privaten Fenster oder auf Ihrem eigenen Gerät.

## The numbers
join-progress = Ihre Schritte
join-step-now = jetzt
join-step-done = erledigt
join-step-next = später
join-kind-match = Sechs Ziffern für { $name } zeigen
join-kind-second-match = Die sechs Ziffern einer zweiten Person zeigen
join-kind-handover = Den Link übernehmen, den { $name } Ihnen zeigt
join-kind-terminal = Die sechs Ziffern am Terminal vorlesen
join-kind-own-authenticator = Mit Ihrem vorhandenen Passkey bestätigen
join-kind-make = Ihren Passkey erstellen
join-kind-confirm = Ihn einmal ausprobieren
join-match-heading = Diese Ziffern sind für { $name }
join-match-lead = { $name } weiß, dass Sie da sind, und kommt zu Ihnen oder ruft Sie an. Zeigen Sie dann diese Ziffern.
join-match-second-heading = Noch eine Person, bitte
join-match-second-lead = Ihr Konto ist ein wichtiges, deshalb muss Sie auch eine zweite Person sehen. Sie weiß schon Bescheid.
join-match-terminal-heading = Tippen Sie diese Ziffern ins Terminal
join-match-terminal-lead = Das Terminal, das Ihren Link erstellt hat, fragt danach.
join-match-own-heading = Tippen Sie diese Ziffern dort ein, wo Sie angemeldet sind
join-match-own-lead = Gehen Sie zurück zu der Seite, auf der Sie um einen weiteren Passkey gebeten haben. Sie fragt nach diesen Ziffern und dann nach dem Passkey, den Sie schon haben.
join-match-handover-heading = { $name } zeigt Ihnen einen Link
join-match-handover-lead = Für Sie ist eine Seite mit einem quadratischen Muster geöffnet. Scannen Sie es mit diesem Gerät, oder öffnen Sie den Link, der Ihnen geschickt wird, in genau diesem Browser. Dann erscheinen hier Ziffern.
join-match-handover-cannot = Ich kann das nicht scannen oder öffnen
join-match-handover-second = Dann zeigen Sie stattdessen diese Ziffern. Eine zweite Person muss Sie dann ebenfalls bestätigen.
join-match-handed-over-lead = Sie haben die Seite vom Bildschirm übernommen. Jetzt werden noch diese Ziffern eingetippt, dann ist dieser Schritt getan.
join-match-by-sight = Sie beide sind sich noch nie begegnet? Dann wird Ihnen zuerst eine Seite mit einem quadratischen Muster gezeigt. Scannen Sie es mit diesem Gerät.
join-code-label = Ihre sechs Ziffern
join-code-changes = Neue Ziffern um { $time } Uhr.
join-code-soon = Die Ziffern ändern sich in einer Minute.
join-code-new = Hier sind neue Ziffern.
join-match-beware-heading = Nur in dieser Richtung
join-match-beware = Sie zeigen die Ziffern; niemand gibt Ihnen welche. Wenn jemand Sie unerwartet anruft und danach fragt oder Ihnen diese Ziffern nennt, sagen Sie Nein, und legen Sie auf.
join-match-waiting = Diese Seite geht von selbst weiter
join-move = Auf einem anderen Gerät weitermachen

join-blocked-heading = Das muss sich erst jemand ansehen
join-blocked-lead = Ihre Einladung kann gerade nicht von selbst weitergehen. Das liegt nicht an Ihnen. Bitte informieren Sie { $name }; dort ist zu sehen, was fehlt.

## The page from somebody's screen
join-handover-title = Einen Moment
join-handover-working = Diese Seite sieht nach, ob Sie in diesem Browser begonnen haben.
join-handover-elsewhere-heading = Nicht in diesem Browser
join-handover-elsewhere-lead = Es ist nichts passiert. Diese Seite gehört in den Browser, in dem Sie auf „Beginnen“ gedrückt haben, und das ist nicht dieser.
join-handover-elsewhere-begin = Sie haben noch nicht begonnen? Öffnen Sie Ihre Einladung auf diesem Gerät, drücken Sie auf „Beginnen“ und scannen Sie noch einmal.
join-handover-elsewhere-browser = Sie haben in einem anderen Browser begonnen? Öffnen Sie die Seite dort: Scannen Sie mit jenem Gerät, oder kopieren Sie den Link unten in die Adresszeile jenes Browsers.
join-handover-elsewhere-second = Es klappt nicht? Stattdessen kann Sie eine zweite Person bestätigen. Sagen Sie das dort, wo man Ihnen diese Seite gezeigt hat.
join-handover-beware-heading = Haben Sie auf einer anderen Seite Ziffern gesehen?
join-handover-beware = Wenn Sie auf „Beginnen“ gedrückt und auf einer Seite Ziffern gesehen haben, hier aber steht, dass Sie nicht begonnen haben, dann war jene Seite vielleicht nicht unsere. Sagen Sie es sofort der Person, die bei Ihnen ist, bevor sie etwas eintippt.
join-handover-over-heading = Auf dem Bildschirm steht inzwischen ein neues Muster
join-handover-over-lead = Es wechselt jede Minute und gilt einmal. Scannen Sie das Muster, das jetzt auf dem Bildschirm steht.
join-handover-withdrawn-heading = Das wird nicht mehr gezeigt
join-handover-withdrawn-lead = Wer Ihnen diese Seite gezeigt hat, ist abgemeldet oder darf Sie nicht bestätigen. Bitten Sie darum, dort auf der eigenen Seite nachzusehen.
join-handover-contested-do = Bitten Sie darum, dass die Einladung noch einmal gesendet wird. Dann fängt alles neu an, und nur der neue Link gilt.

## More than one browser
join-contested-heading = Zwei Browser haben Ihre Einladung geöffnet
join-contested-lead = Wenn beide Ihre sind, ist das in Ordnung. Wenn nicht, ist es gut, dass Sie hier angehalten haben. So oder so geht es erst weiter, wenn das geklärt ist.
join-contested-do = Bitten Sie { $name }, die Einladung noch einmal zu senden. Dann fängt alles neu an, und nur der neue Link gilt.
join-contested-again = Kommt diese Seite danach wieder, liest vielleicht jemand anderes Ihre Nachrichten mit. Informieren Sie { $name } am Telefon oder persönlich, und nennen Sie eine andere Adresse für den Link.

## Another device
join-move-heading = Auf einem anderen Gerät weitermachen
join-move-lead = Scannen Sie dieses Bild mit dem anderen Gerät, oder öffnen Sie dort den Link. Er gilt ein einziges Mal, und diese Seite endet, sobald das andere Gerät beginnt.
join-move-label = Ein QR-Code mit einem Link für das andere Gerät. Denselben Link können Sie darunter kopieren.
join-move-back = Auf diesem Gerät bleiben

## Making the passkey
join-make-heading = Erstellen Sie jetzt Ihren Passkey
join-make-lead = Tippen Sie auf die Schaltfläche. Ihr Gerät fragt nach Ihrem Gesicht, Ihrem Finger oder Ihrer Displaysperre, wie beim Entsperren. Nichts davon verlässt Ihr Gerät.
join-make-button = Passkey erstellen
join-make-wait = Einen Moment…
join-make-working = Ihr Gerät fragt Sie…
join-confirm-heading = Probieren Sie ihn einmal aus
join-confirm-lead = Ihr Passkey ist erstellt. Benutzen Sie ihn einmal, damit Sie und wir wissen, dass er funktioniert.
join-confirm-exists = Auf diesem Gerät gibt es schon einen Passkey für Sie. Benutzen Sie ihn einmal, damit Sie und wir wissen, dass er funktioniert.
join-confirm-button = Passkey benutzen
join-cancelled = Es wurde nichts erstellt. Das kommt vor, wenn die Frage geschlossen wird oder zu lange offen bleibt. Versuchen Sie es noch einmal, wann Sie möchten.
join-cancelled-confirm = Er wurde nicht benutzt. Das kommt vor, wenn die Frage geschlossen wird oder zu lange offen bleibt. Versuchen Sie es noch einmal, wann Sie möchten.
join-exists = Auf diesem Gerät gibt es schon einen Passkey für Sie, und er funktioniert. Nehmen Sie für diesen ein anderes Gerät oder einen Sicherheitsschlüssel.
join-refused-model = Diese Art von Passkey wird hier nicht angenommen. Versuchen Sie es mit einem anderen Gerät oder Sicherheitsschlüssel.
join-refused-copyable = Dieser Passkey lässt sich auf andere Geräte kopieren. Ihre Organisation verlangt einen, der auf seinem Gerät bleibt: Versuchen Sie es mit einem Sicherheitsschlüssel oder mit einem Gerät, das Passkeys für sich behält.
join-refused-unattested = Ihre Organisation verlangt einen Sicherheitsschlüssel, für den der Hersteller einsteht. Versuchen Sie es mit so einem. Wenn Ihr Browser fragt, ob Marke und Modell zu sehen sein dürfen, erlauben Sie es.
join-refused-reported = Vor dieser Marke von Sicherheitsschlüssel oder Gerät wird gewarnt: Sie ist nicht mehr sicher genug. Versuchen Sie es mit einer anderen.
join-dropped = Nachdem Ihr Passkey fertig war, haben sich die Regeln Ihrer Organisation geändert, und er kann nicht mehr benutzt werden. Sie haben nichts falsch gemacht. Bitte erstellen Sie einen anderen.
join-failed-ceremony = Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.
join-pass-over = Das hat etwas zu lange gedauert. Bitte tippen Sie noch einmal auf die Schaltfläche.
join-confirm-moved = Inzwischen hat sich etwas geändert. Bitte drücken Sie noch einmal auf die Taste.

## Done
join-done-heading = Willkommen
join-done-lead = Ihr Passkey funktioniert, und Sie sind fertig. Von nun an kommen Sie damit hinein: ohne Passwort, ohne Codes.
join-receipt-heading = Ihre Quittung
join-receipt-lead = Sie belegt, wann und wie Sie diesen Passkey bekommen haben und wer bestätigt hat, dass Sie es sind. Heben Sie sie auf, wenn Sie möchten; ein Geheimnis steht nicht darin.
join-receipt-button = Quittung speichern
join-receipt-wait = Ihre Quittung wird geschrieben
join-receipt-failed = Die Quittung ist gerade nicht zu lesen. Bitte versuchen Sie es in einer Minute noch einmal.
join-second-heading = Noch einen, für den Tag, an dem dieser fehlt
join-second-lead = Mit einem zweiten Passkey auf einem anderen Gerät ist ein verlorenes Smartphone kein Problem. Sie können ihn jetzt oder später hinzufügen: Melden Sie sich an, und wählen Sie „Add a passkey“ (Passkey hinzufügen).
join-second-button = Zweiten Passkey hinzufügen
join-employer-heading = Was kann mein Arbeitgeber sehen?
join-employer-sees = Dass Sie einen Passkey haben, wann er erstellt wurde, auf welcher Art von Gerät er liegt und wann Sie sich hier damit anmelden.
join-employer-not = Nicht Ihr Gesicht, Ihren Finger oder Ihre Displaysperre: Sie verlassen das Gerät nie. Auch nicht Ihre Fotos, Nachrichten, andere Passkeys oder was sonst darauf ist. Es wird nichts installiert.
join-lost-heading = Und wenn ich ihn verliere?
join-lost-second = Wenn Sie einen zweiten Passkey haben, benutzen Sie den, und entfernen Sie den verlorenen auf Ihrer eigenen Seite.
join-lost-tell = War es Ihr einziger, informieren Sie { $name } oder den IT-Support. Ein neuer Link allein verschafft Ihnen keinen neuen, deshalb kann es etwas dauern. Ein zweiter Passkey, heute erstellt, erspart Ihnen das.

## When it ends otherwise
join-ended-heading = Das hat nicht geklappt
join-ended-done-heading = Diese Seite hat ausgedient
join-ended-wrong-codes = Die Ziffern wurden dreimal falsch eingetippt, deshalb haben wir zur Sicherheit angehalten. Mit Ihrem Gerät ist alles in Ordnung.
join-ended-failed-ceremonies = Die Antwort Ihres Geräts wurde fünfmal nicht angenommen. Mit einem anderen Gerät oder einem Sicherheitsschlüssel klappt es vielleicht besser.
join-ended-expired = Das war zu lange offen und hat von selbst geendet.
join-ended-moved = Sie haben auf einem anderen Gerät weitergemacht. Sie können diese Seite schließen.
join-ended-reinvited = Eine neue Einladung wurde gesendet. Suchen Sie nach der neuesten Nachricht, und nehmen Sie den Link darin.
join-ended-refused = Die Person, die nachgesehen hat, war nicht sicher, dass Sie es sind. Das kann vorkommen, und niemand ist schuld.
join-ended-voided = In Ihren Angaben wurde etwas geändert, deshalb fangen wir zur Sicherheit neu an.
join-ended-withdrawn = Die Einladung wurde zurückgenommen. Wenn Sie das überrascht, fragen Sie die Person, die Sie eingeladen hat.
join-ended-left = Nach den Angaben über Sie arbeiten Sie nicht mehr hier. Wenn das falsch ist, fragen Sie die Person, die Sie eingeladen hat.
join-ended-restored = Der Dienst wurde auf einen früheren Stand zurückgesetzt, und was offen war, wurde geschlossen.
join-ended-elsewhere = Sie sind in einem anderen Browser oder auf einem anderen Gerät fertig geworden. Sie können diese Seite schließen.
join-lost-title = Beginnen wir diesen Schritt noch einmal
join-ended-lost = Wir konnten Ihre Stelle in diesem Browser nicht wiederfinden. Das kommt vor, wenn sein Speicher geleert wurde. Verloren ist nur dieser eine Schritt: Beginnen Sie ihn noch einmal.
join-ended-ask = Bitten Sie { $name }, die Einladung noch einmal zu senden.
join-ended-again = Noch einmal beginnen

## Trouble on the way
join-offline = Sie scheinen offline zu sein. Diese Seite geht weiter, sobald Sie wieder verbunden sind.
join-retrying = Wir erreichen den Dienst nicht. Nächster Versuch…
join-back = Die Verbindung ist wieder da.
join-trouble-heading = Da ist etwas schiefgegangen
join-trouble-lead = Das liegt nicht an Ihnen. Bitte versuchen Sie es noch einmal; wenn es dabei bleibt, informieren Sie die Person, die Sie eingeladen hat.
join-trouble-again = Noch einmal versuchen
