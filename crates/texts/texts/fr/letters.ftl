### French, with vous: see join.ftl. No de or que before a name, no agreement with anybody's gender.

## In every letter
letter-greeting = Bonjour { $name },
letter-moment =
    { $day ->
        [1] 1er
       *[other] { $day }
    } { moment-month } { $year }, { $time } ({ $zone })
letter-link = { $words } :
letter-somebody = Une personne de votre organisation
letter-never = Personne ne vous demandera jamais un code, ni par e-mail, ni par message, ni par téléphone. Si cela arrive, ce n’est pas nous : dites non.
letter-automatic = Cet e-mail a été envoyé par un ordinateur, et personne ne lit les réponses.
letter-when = Date : { $date }.
letter-not-me = Ce n’était pas vous ? Ouvrez cette page et dites-le. La clé d’accès sera bloquée aussitôt ; ouvrir la page ne change rien à soi seul.
letter-not-me-action = Ce n’était pas moi

## The invitation
letter-invitation-subject = { $sponsor } vous attend
letter-invitation-subject-somebody = On vous attend
letter-invitation-lead = { $sponsor } vous invite à créer votre clé d’accès : une clé qui se trouve dans votre téléphone ou votre ordinateur et s’ouvre avec votre visage, votre doigt ou le verrouillage de votre écran. Aucun mot de passe à retenir.
letter-invitation-action = Commencer ici
letter-invitation-steps = Comment ça se passe : vous ouvrez la page et appuyez sur Commencer, { $sponsor } vous rencontre ou vous appelle pour voir que c’est bien vous, et votre téléphone ou votre ordinateur crée la clé d’accès. Cela prend environ deux minutes.
letter-invitation-ends = Date limite du lien : { $date }. L’ouvrir ne change rien, et vous pouvez l’ouvrir autant de fois que vous voulez.
letter-invitation-unexpected = Vous ne vous attendiez pas à cela ? Ouvrez la page et choisissez « Je ne m’attendais pas à cela », ou supprimez cet e-mail. Rien ne se passe tout seul.

## Somebody is waiting
letter-waiting-subject = { $about } vous attend
letter-waiting-lead = { $about } a commencé à créer une clé d’accès et a besoin de vous, pour vérifier que c’est bien la bonne personne.
letter-waiting-care = Rencontrez-vous, ou appelez un numéro que vous aviez déjà. Si quelqu’un vous appelle et vous lit un code, refusez.
letter-waiting-action = Voir qui attend

## A second browser has begun
letter-contested-subject = Un deuxième navigateur a commencé avec votre lien
letter-contested-lead = Votre lien a servi à commencer dans un deuxième navigateur. L’un des deux n’est peut-être pas à vous.
letter-contested-what = Si c’était vous, continuez dans l’un et fermez l’autre ; vous recevrez peut-être un nouveau lien. Sinon, prévenez la personne qui vous a envoyé l’invitation, par téléphone ou en face à face.
letter-contested-other-subject = Deux navigateurs ont commencé : { $about }
letter-contested-other-lead = Deux navigateurs ont commencé sous ce nom, et l’un d’eux appartient peut-être à quelqu’un d’autre : { $about }.
letter-contested-other-what = Parlez avec cette personne avant d’approuver quoi que ce soit. Renvoyer l’invitation ferme les deux navigateurs et tout recommence.

## After wrong codes
letter-wrong-codes-subject = Recommencez, s’il vous plaît
letter-wrong-codes-lead = Des chiffres faux ont été saisis trop souvent pour vous ; tout ce qui était ouvert a donc été fermé. Rien n’est perdu.
letter-wrong-codes-what = Ouvrez le lien de votre invitation et appuyez de nouveau sur Commencer. Si ce n’était pas vous qui essayiez, prévenez la personne qui vous a envoyé l’invitation.

## A passkey was added
letter-bound-subject = Votre nouvelle clé d’accès
letter-bound-lead = Une clé d’accès a été ajoutée à votre compte.
letter-bound-second = Si c’est la seule, ajoutez-en une autre sur un deuxième appareil, pour ne pas rester à la porte si vous en perdez un.
letter-bound-action = Voir vos clés d’accès

## A passkey was removed
letter-removed-subject = Une clé d’accès a été retirée
letter-removed-lead = Une clé d’accès a été retirée de votre compte. Elle n’ouvre plus rien.
letter-removed-action = Voir vos clés d’accès

## You approved somebody
letter-vouched-subject = Vous avez approuvé { $about }
letter-vouched-lead = Votre clé d’accès a signé que vous avez vu cette personne et que c’était bien elle : { $about }.
letter-vouched-what = Si vous ne l’avez pas fait, prévenez tout de suite votre équipe d’administration, par téléphone ou en face à face.

## What is known of somebody changed
letter-record-changed-subject = Vos informations ont changé
letter-record-changed-lead = Votre nom, votre adresse ou la personne qui s’occupe de vous a été modifié. Les messages sur vos clés d’accès vont à l’adresse enregistrée maintenant, et les invitations que vous aviez reçues ne fonctionnent plus.
letter-record-changed-what = Si cela vous surprend, appelez votre employeur, à un numéro que vous aviez déjà.
letter-record-changed-other-subject = Informations modifiées : { $about }
letter-record-changed-other-lead = Le nom, l’adresse ou la personne de contact a été modifié : { $about }. Si la création d’une clé d’accès avait commencé, elle a été fermée.
letter-record-changed-other-what = Si cela vous surprend, prévenez votre équipe d’administration.

## Somebody was not recognised
letter-refused-subject = Refus : { $about }
letter-refused-lead = La personne qui devait donner son accord n’a pas reconnu { $about }. Tout ce qui était ouvert a été fermé.
letter-refused-action = Aller voir

## Somebody did not expect their invitation
letter-unexpected-subject = { $about } ne s’attendait pas à l’invitation
letter-unexpected-lead = Quelqu’un a ouvert l’invitation pour { $about } et dit ne pas s’y attendre.
letter-unexpected-what = Elle est peut-être arrivée chez la mauvaise personne. Demandez à { $about }, à un numéro que vous aviez déjà. Si l’adresse est fausse, retirez l’invitation.

## Somebody stopped a passkey
letter-stopped-subject = Votre clé d’accès a été bloquée
letter-stopped-lead = L’une de vos clés d’accès a été bloquée dans la console. Elle n’ouvre plus rien, et elle est déconnectée partout où elle était connectée.
letter-stopped-what = Si vous ne l’avez pas demandé, ou ne savez pas pourquoi, appelez le service qui s’occupe des clés d’accès, à un numéro que vous aviez déjà.
letter-stopped-other-subject = Clé d’accès bloquée : { $about }
letter-stopped-other-lead = Une clé d’accès a été bloquée dans la console : { $about }. La page de cette personne dit qui l’a fait.

## Somebody said that it was not them
letter-suspended-subject = Clé d’accès bloquée : { $about }
letter-suspended-lead = Par le lien d’un e-mail adressé à { $about }, quelqu’un a dit que ce n’était pas son fait. La clé d’accès et toutes les connexions ouvertes avec elle ont été bloquées.
letter-suspended-action = Aller voir

## A key for a program was registered
letter-machine-key-subject = Une clé pour un programme
letter-machine-key-lead = Votre clé d’accès a signé pour une clé avec laquelle un programme peut agir en votre nom.
letter-machine-key-what = Si ce n’était pas vous, signalez-le : votre clé d’accès est bloquée, et la clé du programme avec elle. Prévenez ensuite l’administration, par téléphone ou de vive voix.
letter-machine-key-action = Voir les clés des programmes
