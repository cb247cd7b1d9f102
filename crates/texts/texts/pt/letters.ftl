### Portuguese, with você: see join.ftl. Names stand without articles, and nothing agrees with anybody's gender.

## In every letter
letter-greeting = Olá, { $name }!
letter-moment = { $day } de { moment-month } de { $year }, { $time } ({ $zone })
letter-link = { $words }:
letter-somebody = Alguém da sua organização
letter-never = Ninguém vai pedir um código a você, nem por e-mail, nem por mensagem, nem por telefone. Se alguém pedir, não somos nós: diga não.
letter-automatic = Este e-mail foi enviado por um computador, e ninguém lê as respostas.
letter-when = Data e hora: { $date }.
letter-not-me = Não foi você? Abra esta página e diga. A chave de acesso é bloqueada na hora; abrir a página, só isso, não muda nada.
letter-not-me-action = Não fui eu

## The invitation
letter-invitation-subject = { $sponsor } espera por você
letter-invitation-subject-somebody = Esperamos por você
letter-invitation-lead = { $sponsor } convida você a criar a sua chave de acesso: uma chave que fica no seu telefone ou computador e abre com o seu rosto, o seu dedo ou o bloqueio de tela. Não há senha para lembrar.
letter-invitation-action = Comece aqui
letter-invitation-steps = O que vai acontecer: você abre a página e toca em Começar, { $sponsor } encontra você ou liga para confirmar que é você, e o seu telefone ou computador cria a chave de acesso. Leva uns dois minutos.
letter-invitation-ends = O link vale até { $date }. Abri-lo não muda nada, e você pode abrir quantas vezes quiser.
letter-invitation-unexpected = Você não esperava isto? Abra a página e escolha “Eu não esperava isto”, ou apague este e-mail. Nada acontece sozinho.

## Somebody is waiting
letter-waiting-subject = { $about } está à sua espera
letter-waiting-lead = { $about } começou a criar uma chave de acesso e precisa de você, para ver que é realmente a pessoa certa.
letter-waiting-care = Encontrem-se, ou ligue para um número que você já tinha. Se alguém ligar e ler um código para você, recuse.
letter-waiting-action = Ver quem está à espera

## A second browser has begun
letter-contested-subject = Um segundo navegador começou com o seu link
letter-contested-lead = O seu link foi usado para começar em um segundo navegador. Um dos dois talvez não seja seu.
letter-contested-what = Se foi você, continue em um e feche o outro; talvez você receba um novo link. Se não foi, avise a pessoa que fez o convite, por telefone ou frente a frente.
letter-contested-other-subject = Dois navegadores começaram: { $about }
letter-contested-other-lead = Dois navegadores começaram com o nome de { $about }, e um deles talvez seja de outra pessoa.
letter-contested-other-what = Fale com essa pessoa antes de aprovar qualquer coisa. Enviar o convite de novo fecha os dois navegadores e recomeça do zero.

## After wrong codes
letter-wrong-codes-subject = Comece de novo, por favor
letter-wrong-codes-lead = Números errados foram digitados para você vezes demais, então tudo o que estava aberto foi fechado. Nada se perdeu.
letter-wrong-codes-what = Abra o link do seu convite e toque em Começar mais uma vez. Se não era você tentando, avise a pessoa que fez o convite.

## A passkey was added
letter-bound-subject = Sua nova chave de acesso
letter-bound-lead = Uma chave de acesso foi adicionada à sua conta.
letter-bound-second = Se for a única, adicione outra em um segundo dispositivo, para não ficar do lado de fora se perder um deles.
letter-bound-action = Ver suas chaves de acesso

## A passkey was removed
letter-removed-subject = Uma chave de acesso foi removida
letter-removed-lead = Uma chave de acesso foi removida da sua conta. Ela não abre mais nada.
letter-removed-action = Ver suas chaves de acesso

## You approved somebody
letter-vouched-subject = Você aprovou { $about }
letter-vouched-lead = Sua chave de acesso assinou que você viu { $about } e que era realmente essa pessoa.
letter-vouched-what = Se não foi você, avise imediatamente a sua equipe de administração, por telefone ou frente a frente.

## What is known of somebody changed
letter-record-changed-subject = Seus dados mudaram
letter-record-changed-lead = Mudou o seu nome, o seu endereço ou a pessoa que cuida de você. As mensagens sobre as suas chaves de acesso vão para o endereço registrado agora, e os convites enviados antes não valem mais.
letter-record-changed-what = Se isso é uma surpresa, ligue para a sua empresa, em um número que você já tinha.
letter-record-changed-other-subject = Os dados de { $about } mudaram
letter-record-changed-other-lead = Mudou o nome, o endereço ou a pessoa de contato de { $about }. Se a criação de uma chave de acesso havia começado, ela foi fechada.
letter-record-changed-other-what = Se isso é uma surpresa, avise a sua equipe de administração.

## Somebody was not recognised
letter-refused-subject = Recusa: { $about }
letter-refused-lead = A pessoa que devia aprovar { $about } não reconheceu quem era. Tudo o que estava aberto foi fechado.
letter-refused-action = Ver o que houve

## Somebody did not expect their invitation
letter-unexpected-subject = { $about } não esperava o convite
letter-unexpected-lead = Quem abriu o convite para { $about } diz que não o esperava.
letter-unexpected-what = Talvez ele tenha chegado à pessoa errada. Pergunte a { $about } em um número que você já tinha. Se o endereço está errado, retire o convite.

## Somebody stopped a passkey
letter-stopped-subject = Sua chave de acesso foi bloqueada
letter-stopped-lead = Uma das suas chaves de acesso foi bloqueada no console. Ela não abre mais nada, e foi desconectada onde estava em uso.
letter-stopped-what = Se você não pediu isso ou não sabe por quê, ligue para quem cuida das chaves de acesso, em um número que você já tinha.
letter-stopped-other-subject = Chave de acesso bloqueada: { $about }
letter-stopped-other-lead = Uma chave de acesso de { $about } foi bloqueada no console. A página dessa pessoa diz quem fez isso.

## Somebody said that it was not them
letter-suspended-subject = Chave de acesso bloqueada: { $about }
letter-suspended-lead = Pelo link de um e-mail enviado a { $about }, alguém disse “não fui eu”. A chave de acesso e tudo o que foi aberto com ela estão bloqueados.
letter-suspended-action = Ver o que houve

## A key for a program was registered
letter-machine-key-subject = Uma chave para um programa
letter-machine-key-lead = Sua chave de acesso assinou por uma chave com a qual um programa pode agir em seu nome.
letter-machine-key-what = Se não foi você, diga: a sua chave de acesso é bloqueada, e a chave do programa também. Depois avise a administração, por telefone ou pessoalmente.
letter-machine-key-action = Ver as chaves dos programas
