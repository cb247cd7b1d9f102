### French, with vous: the only form that a stranger, an employer and the best products use with adults.
### "Clé d'accès" is the word of Apple, Google and Microsoft in French.
### { $name } never follows de or que, which would be d' and qu' before a vowel; nothing agrees with anybody's gender.
### No-break spaces stand before ; ? ! (U+202F), before : and within « » (U+00A0).

## The first page
join-title = { $name } vous attend
join-title-somebody = On vous attend
join-somebody = votre collègue
join-title-again = Ajouter une clé d’accès
join-lead = Pour { $name }, il vous faut une clé d’accès. Elle se trouve dans votre téléphone ou votre ordinateur et s’ouvre avec votre visage, votre doigt ou le verrouillage de votre écran. Aucun mot de passe à retenir.
join-lead-again = Vous allez ajouter une clé d’accès de plus pour { $name }, sur cet appareil ou sur un autre.
join-time = Cela prend environ deux minutes.
join-moment =
    { moment-weekday } { $day ->
        [1] 1er
       *[other] { $day }
    } { moment-month }, { $time }
join-until = Ce lien fonctionne jusqu’au { $date }.
join-steps-heading = Comment ça se passe
join-step-begin = Vous appuyez sur Commencer, dans le navigateur que vous voulez garder aujourd’hui.
join-step-meet = Vous montrez six chiffres à { $name }, en face à face ou pendant son appel.
join-step-terminal = Vous lisez six chiffres de cette page à la personne assise au terminal du serveur.
join-step-own = Vous confirmez avec la clé d’accès que vous avez déjà.
join-step-make = Votre téléphone ou votre ordinateur crée la clé d’accès, et vous l’essayez une fois.
join-never-heading = Seulement { $name }
join-never = Personne d’autre n’a besoin de vos chiffres, et personne ne vous demandera un code ou un mot de passe par e-mail, par message ou lors d’un appel inattendu. Si cela arrive, dites non.
join-begin = Commencer
join-beginning = C’est parti…
join-checking = Nous vérifions seulement que ce navigateur convient
join-noscript = Cette page a besoin de JavaScript. Activez-le pour cette page, ou ouvrez le lien dans un autre navigateur.
join-unexpected = Je ne m’attendais pas à cela
join-unexpected-heading = Vous ne vous attendiez pas à cela ?
join-unexpected-body = Alors, n’y touchez pas ; il ne s’est rien passé. Dites-le-nous, et quelqu’un s’en occupera.
join-unexpected-send = Le signaler
join-unexpected-keep = Revenir
join-unexpected-done-heading = Merci
join-unexpected-done = C’est signalé. Vous pouvez fermer cette page ; il n’y a rien d’autre à faire.
join-languages = Langue

## A link that is not active
join-inactive-title = Ce lien n’est plus actif
join-inactive-lead = Cela arrive : il est peut-être ancien, déjà utilisé ou remplacé par un plus récent. Tout va bien de votre côté et du côté de votre appareil.
join-inactive-newer = Cherchez un message plus récent du même expéditeur, et utilisez le lien qu’il contient.
join-inactive-ask = S’il n’y en a pas, demandez à la personne qui vous a envoyé l’invitation de la renvoyer. C’est l’affaire d’un instant.

## A link that opens later
join-later-title = Vous avez un peu d’avance
join-later-lead = Ce lien s’ouvrira le { $date }. Gardez le message ; il n’y a rien à faire d’ici là.

## This browser cannot do it
join-browser-heading = Prenons un autre navigateur
join-browser-lead = Le navigateur qui a ouvert ce lien ne peut pas créer de clé d’accès. Les liens ouverts dans une application de messagerie arrivent souvent dans un tel navigateur. Il ne s’est encore rien passé.
join-browser-insecure = Cette adresse n’est pas protégée. Ouvrez le lien exactement comme il figure dans votre message.
join-browser-passkeys = Ce navigateur ne connaît pas les clés d’accès.
join-browser-keep = Ce navigateur ne peut pas conserver de clé. C’est souvent le cas des fenêtres privées, du mode Isolement et des navigateurs intégrés à d’autres applications.
join-browser-device = Cet appareil ne peut pas créer de clé d’accès à lui seul.
join-browser-what = Ce que vous pouvez faire
join-browser-open = Copiez le lien et collez-le dans Safari, Chrome, Edge ou Firefox.
join-browser-scan = Ou scannez cette image avec l’appareil photo de votre téléphone.
join-browser-key = J’ai une clé de sécurité
join-browser-again = Vérifier à nouveau
join-qr-label = Un code QR avec le lien de cette page. Le même lien peut être copié ci-dessous.
join-copy = Copier le lien
join-copied = Copié. Collez-le dans la barre d’adresse de l’autre navigateur.
join-copy-failed = Sélectionnez le lien et copiez-le.
join-link-label = Le lien

## Somebody is signed in
join-signed-in-heading = Quelqu’un est connecté ici
join-signed-in-lead = Une personne qui s’occupe des arrivées est connectée dans ce navigateur. Pour ne rien mélanger, ouvrez le lien dans une fenêtre privée ou sur votre propre appareil.

## The numbers
join-progress = Vos étapes
join-step-now = maintenant
join-step-done = fait
join-step-next = plus tard
join-kind-match = Montrer vos six chiffres à { $name }
join-kind-second-match = Montrer vos six chiffres à une deuxième personne
join-kind-handover = Prendre le lien montré par { $name }
join-kind-terminal = Lire vos six chiffres au terminal
join-kind-own-authenticator = Confirmer avec la clé d’accès que vous avez
join-kind-make = Créer votre clé d’accès
join-kind-confirm = L’essayer une fois
join-match-heading = Montrez ces chiffres à { $name }
join-match-lead = { $name } sait que vous êtes là, et viendra vous voir ou vous appellera.
join-match-second-heading = Encore une personne, s’il vous plaît
join-match-second-lead = Votre compte est important : une deuxième personne doit donc vous voir aussi. Elle est prévenue.
join-match-terminal-heading = Saisissez ces chiffres dans le terminal
join-match-terminal-lead = Le terminal qui a créé votre lien les demande.
join-match-own-heading = Saisissez ces chiffres sur la page d’où vous venez
join-match-own-lead = Revenez à la page où vous avez demandé une autre clé d’accès. Elle demande ces chiffres, puis la clé d’accès que vous avez déjà.
join-match-handover-heading = { $name } vous montre un lien
join-match-handover-lead = Une page avec un motif carré est ouverte pour vous. Scannez-le avec cet appareil, ou ouvrez le lien que l’on vous envoie dans ce navigateur même. Des chiffres apparaîtront alors ici.
join-match-handover-cannot = Je ne peux ni scanner ni ouvrir
join-match-handover-second = Montrez alors ces chiffres. Une deuxième personne devra aussi confirmer que c’est bien vous.
join-match-handed-over-lead = Vous avez repris la page de l’écran. Il ne reste qu’à saisir ces chiffres, et cette étape sera terminée.
join-match-by-sight = Vous ne vous êtes jamais rencontrés ? On vous montrera d’abord une page avec un motif carré. Scannez-le avec cet appareil.
join-code-label = Vos six chiffres
join-code-changes = Nouveaux chiffres à { $time }.
join-code-soon = Les chiffres changent dans une minute.
join-code-new = Voici de nouveaux chiffres.
join-match-beware-heading = Dans ce sens uniquement
join-match-beware = C’est vous qui montrez les chiffres ; personne ne vous en donne. Si quelqu’un vous appelle sans que vous vous y attendiez pour les demander, ou vous dicte ces chiffres, dites non et raccrochez.
join-match-waiting = Cette page avance toute seule
join-move = Continuer sur un autre appareil

join-blocked-heading = Quelqu’un doit d’abord regarder
join-blocked-lead = Votre invitation ne peut pas avancer toute seule pour le moment. Vous n’y êtes pour rien. Prévenez { $name }, qui peut voir ce qui manque.

## The page from somebody's screen
join-handover-title = Un instant
join-handover-working = Cette page vérifie si vous avez commencé dans ce navigateur.
join-handover-elsewhere-heading = Pas dans ce navigateur
join-handover-elsewhere-lead = Il ne s’est rien passé. Cette page va avec le navigateur dans lequel vous avez appuyé sur « Commencer », et ce n’est pas celui-ci.
join-handover-elsewhere-begin = Vous n’avez pas encore commencé ? Ouvrez votre invitation sur cet appareil, appuyez sur « Commencer » et scannez de nouveau.
join-handover-elsewhere-browser = Vous avez commencé dans un autre navigateur ? Ouvrez la page là-bas : scannez avec cet autre appareil, ou copiez le lien ci-dessous dans la barre d’adresse de ce navigateur.
join-handover-elsewhere-second = Cela ne marche pas ? Une deuxième personne peut vous confirmer. Dites-le à la personne qui vous a montré cette page.
join-handover-beware-heading = Avez-vous vu des chiffres sur une autre page ?
join-handover-beware = Si vous avez appuyé sur « Commencer » et qu’une page vous a montré des chiffres, alors que celle-ci dit que vous n’avez pas commencé ici, cette autre page n’était peut-être pas la nôtre. Dites-le tout de suite à la personne qui est avec vous, avant qu’elle ne saisisse quoi que ce soit.
join-handover-over-heading = L’écran montre maintenant un nouveau motif
join-handover-over-lead = Il change chaque minute et sert une seule fois. Scannez celui qui est à l’écran maintenant.
join-handover-withdrawn-heading = Ceci n’est plus montré
join-handover-withdrawn-lead = La personne qui vous a montré cette page n’est plus connectée, ou ne peut pas vous confirmer. Demandez-lui de regarder sa page.
join-handover-contested-do = Demandez que l’invitation soit renvoyée. Tout recommencera, et seul le nouveau lien fonctionnera.

## More than one browser
join-contested-heading = Deux navigateurs ont ouvert votre invitation
join-contested-lead = Si les deux sont à vous, tout va bien. Si l’un des deux ne l’est pas, vous avez bien fait de vous arrêter ici. Dans tous les cas, personne ne peut continuer avant que ce soit éclairci.
join-contested-do = Demandez à { $name } de renvoyer l’invitation. Tout recommencera, et seul le nouveau lien fonctionnera.
join-contested-again = Si cette page revient ensuite, quelqu’un d’autre lit peut-être vos messages. Parlez-en à { $name }, par téléphone ou en face à face, et donnez une autre adresse pour le lien.

## Another device
join-move-heading = Continuer sur un autre appareil
join-move-lead = Scannez cette image avec l’autre appareil, ou ouvrez-y le lien. Il fonctionne une seule fois, et cette page s’arrête quand l’autre commence.
join-move-label = Un code QR avec un lien pour l’autre appareil. Le même lien peut être copié ci-dessous.
join-move-back = Rester sur cet appareil

## Making the passkey
join-make-heading = Créez maintenant votre clé d’accès
join-make-lead = Appuyez sur le bouton. Votre appareil demandera votre visage, votre doigt ou le verrouillage de votre écran, comme quand vous le déverrouillez. Rien de cela ne quitte votre appareil.
join-make-button = Créer ma clé d’accès
join-make-wait = Un instant…
join-make-working = Votre appareil vous demande…
join-confirm-heading = Essayez-la une fois
join-confirm-lead = Votre clé d’accès est créée. Utilisez-la une fois, pour que vous et nous sachions qu’elle fonctionne.
join-confirm-exists = Cet appareil a déjà une clé d’accès pour vous. Utilisez-la une fois, pour que vous et nous sachions qu’elle fonctionne.
join-confirm-button = Utiliser ma clé d’accès
join-cancelled = Rien n’a été créé. Cela arrive quand la question est fermée ou reste ouverte trop longtemps. Réessayez quand vous voulez.
join-cancelled-confirm = Elle n’a pas été utilisée. Cela arrive quand la question est fermée ou reste ouverte trop longtemps. Réessayez quand vous voulez.
join-exists = Cet appareil contient déjà une clé d’accès pour vous, et elle fonctionne. Pour celle-ci, prenez un autre appareil ou une clé de sécurité.
join-refused-model = Ce type de clé d’accès n’est pas accepté ici. Réessayez avec un autre appareil ou une autre clé de sécurité.
join-refused-copyable = Cette clé d’accès peut être copiée sur d’autres appareils. Votre organisation en demande une qui reste sur son appareil : réessayez avec une clé de sécurité, ou avec un appareil qui garde ses clés d’accès pour lui.
join-refused-unattested = Votre organisation demande une clé de sécurité garantie par son fabricant. Réessayez avec une telle clé. Si votre navigateur demande si sa marque et son modèle peuvent être vus, acceptez.
join-refused-reported = Une alerte concerne cette marque de clé de sécurité ou d’appareil : elle n’est plus assez sûre. Réessayez avec une autre.
join-dropped = Les règles de votre organisation ont changé après la création de votre clé d’accès, et celle-ci ne peut plus servir. Vous n’avez rien fait de mal. Créez-en une autre.
join-failed-ceremony = Cela n’a pas fonctionné. Réessayez.
join-pass-over = Cela a pris un peu trop de temps. Appuyez de nouveau sur le bouton.
join-confirm-moved = Quelque chose a changé entre-temps. Appuyez encore une fois sur le bouton.

## Done
join-done-heading = Bienvenue
join-done-lead = Votre clé d’accès fonctionne, et c’est terminé. Désormais, elle vous ouvre la porte : ni mot de passe, ni code.
join-receipt-heading = Votre reçu
join-receipt-lead = Il prouve quand et comment vous avez obtenu cette clé d’accès, et qui a confirmé que c’était bien vous. Gardez-le si vous voulez ; il ne contient aucun secret.
join-receipt-button = Enregistrer le reçu
join-receipt-wait = Votre reçu est en cours d’écriture
join-receipt-failed = Le reçu ne peut pas être lu pour le moment. Réessayez dans une minute.
join-second-heading = Une de plus, pour le jour où vous perdrez celle-ci
join-second-lead = Avec une deuxième clé d’accès sur un autre appareil, un téléphone perdu ne vous coûte rien. Vous pouvez l’ajouter maintenant ou plus tard : connectez-vous et choisissez « Add a passkey » (ajouter une clé d’accès).
join-second-button = Ajouter une deuxième clé d’accès
join-employer-heading = Que peut voir mon employeur ?
join-employer-sees = Que vous avez une clé d’accès, quand elle a été créée, quel type d’appareil la contient et quand elle sert à vous connecter ici.
join-employer-not = Ni votre visage, ni votre doigt, ni le verrouillage de votre écran : ils ne quittent jamais l’appareil. Ni vos photos, vos messages, vos autres clés d’accès ou le reste de son contenu. Rien n’est installé.
join-lost-heading = Et si je la perds ?
join-lost-second = Si vous avez une deuxième clé d’accès, utilisez-la, et retirez celle qui est perdue sur votre propre page.
join-lost-tell = Si c’était la seule, prévenez { $name } ou l’assistance informatique. Un nouveau lien ne suffit pas pour en obtenir une autre, cela peut donc prendre du temps. Une deuxième clé d’accès, créée aujourd’hui, vous évite cela.

## When it ends otherwise
join-ended-heading = Cela n’a pas abouti
join-ended-done-heading = Cette page a fini son travail
join-ended-wrong-codes = Les chiffres ont été mal saisis trois fois ; par prudence, nous nous sommes donc arrêtés. Votre appareil n’a aucun problème.
join-ended-failed-ceremonies = La réponse de votre appareil n’a pas été acceptée cinq fois de suite. Un autre appareil ou une clé de sécurité fera peut-être mieux.
join-ended-expired = C’est resté ouvert trop longtemps et s’est terminé tout seul.
join-ended-moved = Vous avez continué sur un autre appareil. Vous pouvez fermer cette page.
join-ended-reinvited = Une nouvelle invitation a été envoyée. Cherchez le message le plus récent et utilisez le lien qu’il contient.
join-ended-refused = La personne qui a regardé n’a pas eu la certitude que c’était vous. Cela peut arriver, et ce n’est la faute de personne.
join-ended-voided = Quelque chose a changé dans vos informations ; par prudence, nous recommençons donc.
join-ended-withdrawn = L’invitation a été retirée. Si cela vous surprend, demandez à la personne qui vous a envoyé l’invitation.
join-ended-left = D’après vos informations, vous ne travaillez plus ici. Si c’est faux, demandez à la personne qui vous a envoyé l’invitation.
join-ended-restored = Le service a été ramené à un état antérieur, et ce qui était ouvert a été fermé.
join-ended-elsewhere = Vous avez terminé dans un autre navigateur ou sur un autre appareil. Vous pouvez fermer cette page.
join-lost-title = Recommençons cette étape
join-ended-lost = Nous n’avons pas retrouvé où vous en étiez dans ce navigateur. Cela arrive quand sa mémoire a été effacée. Seule cette étape est perdue : recommencez-la.
join-ended-ask = Demandez à { $name } de renvoyer l’invitation.
join-ended-again = Recommencer

## Trouble on the way
join-offline = Vous semblez hors ligne. Cette page continuera dès votre retour.
join-retrying = Nous n’arrivons pas à joindre le service. Nouvel essai…
join-back = La connexion est revenue.
join-trouble-heading = Quelque chose n’a pas marché
join-trouble-lead = Vous n’y êtes pour rien. Réessayez ; si cela persiste, prévenez la personne qui vous a envoyé l’invitation.
join-trouble-again = Réessayer
