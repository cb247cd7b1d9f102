### German, formal (Sie): see join.ftl. Names stand only where they need neither article nor ending.

## In every letter
letter-greeting = Guten Tag { $name },
letter-moment = { $day }. { moment-month } { $year }, { $time } ({ $zone })
letter-link = { $words }:
letter-somebody = Eine Person aus Ihrer Organisation
letter-never = Niemand wird Sie je per E-Mail, per Nachricht oder am Telefon nach einem Code fragen. Tut es doch jemand, sind das nicht wir: Sagen Sie Nein.
letter-automatic = Diese E-Mail hat ein Computer gesendet; Antworten darauf liest niemand.
letter-when = Zeitpunkt: { $date }.
letter-not-me = Waren Sie das nicht? Dann öffnen Sie diese Seite, und sagen Sie es dort. Das sperrt den Passkey sofort; das Öffnen der Seite allein ändert nichts.
letter-not-me-action = Das war ich nicht

## The invitation
letter-invitation-subject = { $sponsor } erwartet Sie
letter-invitation-subject-somebody = Sie werden erwartet
letter-invitation-lead = { $sponsor } lädt Sie ein, Ihren Passkey zu erstellen: einen Schlüssel, der auf Ihrem Smartphone oder Computer liegt und sich mit Ihrem Gesicht, Ihrem Finger oder Ihrer Displaysperre öffnet. Ein Passwort müssen Sie sich nicht merken.
letter-invitation-action = Hier beginnen
letter-invitation-steps = So geht es: Sie öffnen die Seite und tippen auf „Beginnen“, { $sponsor } trifft Sie oder ruft Sie an, um zu sehen, dass Sie es sind, und Ihr Smartphone oder Computer erstellt den Passkey. Das dauert etwa zwei Minuten.
letter-invitation-ends = Der Link gilt bis { $date }. Ihn zu öffnen ändert nichts, und Sie dürfen ihn öffnen, so oft Sie möchten.
letter-invitation-unexpected = Haben Sie das nicht erwartet? Öffnen Sie die Seite, und wählen Sie „Das habe ich nicht erwartet“, oder löschen Sie diese E-Mail. Von selbst passiert nichts.

## Somebody is waiting
letter-waiting-subject = { $about } wartet auf Sie
letter-waiting-lead = { $about } hat begonnen, einen Passkey zu erstellen, und braucht Sie: Bitte sehen Sie nach, dass es wirklich die richtige Person ist.
letter-waiting-care = Treffen Sie sich, oder rufen Sie eine Nummer an, die Sie schon hatten. Wenn jemand Sie anruft und Ihnen einen Code vorliest, lehnen Sie ab.
letter-waiting-action = Sehen, wer wartet

## A second browser has begun
letter-contested-subject = Ein zweiter Browser hat mit Ihrem Link begonnen
letter-contested-lead = Mit Ihrem Link wurde in einem zweiten Browser begonnen. Einer der beiden gehört vielleicht nicht Ihnen.
letter-contested-what = Waren Sie das selbst, machen Sie in einem weiter, und schließen Sie den anderen; vielleicht bekommen Sie einen neuen Link. Wenn nicht, informieren Sie die Person, die Sie eingeladen hat, am Telefon oder persönlich.
letter-contested-other-subject = Zwei Browser haben begonnen: { $about }
letter-contested-other-lead = Zwei Browser haben unter diesem Namen begonnen, und einer davon gehört vielleicht jemand anderem: { $about }.
letter-contested-other-what = Sprechen Sie mit der Person, bevor Sie etwas bestätigen. Wenn Sie die Einladung noch einmal senden, werden beide Browser geschlossen, und alles fängt neu an.

## After wrong codes
letter-wrong-codes-subject = Bitte beginnen Sie noch einmal
letter-wrong-codes-lead = Für Sie wurden zu oft falsche Ziffern eingetippt, deshalb wurde alles geschlossen, was offen war. Verloren ist nichts.
letter-wrong-codes-what = Öffnen Sie den Link in Ihrer Einladung, und tippen Sie noch einmal auf „Beginnen“. Wenn Sie gerade gar nicht dabei waren, informieren Sie die Person, die Sie eingeladen hat.

## A passkey was added
letter-bound-subject = Ihr neuer Passkey
letter-bound-lead = Zu Ihrem Konto wurde ein Passkey hinzugefügt.
letter-bound-second = Ist es Ihr einziger, fügen Sie bitte einen weiteren auf einem zweiten Gerät hinzu, damit ein Verlust Sie nicht aussperrt.
letter-bound-action = Ihre Passkeys ansehen

## A passkey was removed
letter-removed-subject = Ein Passkey wurde entfernt
letter-removed-lead = Aus Ihrem Konto wurde ein Passkey entfernt. Er öffnet nichts mehr.
letter-removed-action = Ihre Passkeys ansehen

## You approved somebody
letter-vouched-subject = Von Ihnen bestätigt: { $about }
letter-vouched-lead = Ihr Passkey hat unterschrieben, dass Sie diese Person gesehen haben und dass sie es wirklich war: { $about }.
letter-vouched-what = Wenn Sie das nicht waren, informieren Sie sofort Ihre Administration, am Telefon oder persönlich.

## What is known of somebody changed
letter-record-changed-subject = Die Angaben über Sie haben sich geändert
letter-record-changed-lead = Ihr Name, Ihre Adresse oder die Person, die sich um Sie kümmert, wurde geändert. Briefe zu Ihren Passkeys gehen an die Adresse, die jetzt hinterlegt ist, und Einladungen, die Sie vorher bekommen haben, gelten nicht mehr.
letter-record-changed-what = Wenn Sie das überrascht, rufen Sie Ihren Arbeitgeber an, unter einer Nummer, die Sie schon hatten.
letter-record-changed-other-subject = Geänderte Angaben: { $about }
letter-record-changed-other-lead = Der Name, die Adresse oder die Ansprechperson wurde geändert: { $about }. Falls schon ein Passkey begonnen war, wurde das geschlossen.
letter-record-changed-other-what = Wenn Sie das überrascht, informieren Sie Ihre Administration.

## Somebody was not recognised
letter-refused-subject = { $about } wurde abgelehnt
letter-refused-lead = Die Person, die bestätigen sollte, hat { $about } nicht erkannt. Alles, was dafür offen war, wurde geschlossen.
letter-refused-action = Nachsehen

## Somebody did not expect their invitation
letter-unexpected-subject = { $about } hat die Einladung nicht erwartet
letter-unexpected-lead = Jemand hat die Einladung für { $about } geöffnet und sagt, sie sei unerwartet.
letter-unexpected-what = Vielleicht ist sie bei der falschen Person angekommen. Fragen Sie { $about } unter einer Nummer, die Sie schon hatten. Ist die Adresse falsch, nehmen Sie die Einladung zurück.

## Somebody stopped a passkey
letter-stopped-subject = Ihr Passkey wurde gesperrt
letter-stopped-lead = Einer Ihrer Passkeys wurde in der Konsole gesperrt. Er öffnet nichts mehr, und wo er angemeldet war, ist er abgemeldet.
letter-stopped-what = Wenn Sie nicht darum gebeten haben oder nicht wissen, warum, rufen Sie die Stelle an, die sich um Passkeys kümmert, unter einer Nummer, die Sie schon hatten.
letter-stopped-other-subject = Ein Passkey wurde gesperrt: { $about }
letter-stopped-other-lead = In der Konsole wurde ein Passkey gesperrt: { $about }. Wer das getan hat, steht auf der Seite dieser Person.

## Somebody said that it was not them
letter-suspended-subject = Ein Passkey wurde gesperrt: { $about }
letter-suspended-lead = Über den Link in einer E-Mail an { $about } hat jemand gesagt: Das war ich nicht. Der Passkey und alles, was damit angemeldet war, wurde gesperrt.
letter-suspended-action = Nachsehen

## A key for a program was registered
letter-machine-key-subject = Ein Schlüssel für ein Programm
letter-machine-key-lead = Mit Ihrem Passkey wurde ein Schlüssel freigegeben, mit dem ein Programm in Ihrem Namen handeln darf.
letter-machine-key-what = Wenn Sie das nicht waren, melden Sie es: Ihr Passkey wird gesperrt und der Schlüssel mit ihm. Sagen Sie es dann auch der Administration, am Telefon oder persönlich.
letter-machine-key-action = Die Schlüssel der Programme ansehen
