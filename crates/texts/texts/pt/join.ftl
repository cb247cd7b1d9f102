### Portuguese of Brazil, with você, as banks and phone makers there speak. Readers in Portugal are served by it as well,
### so words that one side would not understand are avoided ("telefone", not celular or telemóvel).
### "Chave de acesso" is the word of Google and Microsoft in Portuguese.
### Nothing agrees with anybody's gender; { $name } stands without an article.

## The first page
join-title = { $name } espera por você
join-title-somebody = Esperamos por você
join-somebody = alguém da sua equipe
join-title-again = Adicionar outra chave de acesso
join-lead = Para { $name }, você precisa de uma chave de acesso. Ela fica no seu telefone ou computador e abre com o seu rosto, o seu dedo ou o bloqueio de tela. Não há senha para lembrar.
join-lead-again = Você vai adicionar mais uma chave de acesso para { $name }, neste dispositivo ou em outro.
join-time = Leva uns dois minutos.
join-moment = { moment-weekday }, { $day } de { moment-month }, { $time }
join-until = Este link vale até { $date }.
join-steps-heading = O que vai acontecer
join-step-begin = Você toca em Começar, no navegador que quer continuar usando hoje.
join-step-meet = Você mostra seis números a { $name }, frente a frente ou quando receber a ligação.
join-step-terminal = Você lê seis números desta página para quem está no terminal do servidor.
join-step-own = Você confirma com a chave de acesso que já tem.
join-step-make = Seu telefone ou computador cria a chave de acesso, e você a experimenta uma vez.
join-never-heading = Só { $name }
join-never = Mais ninguém precisa dos seus números, e ninguém vai pedir um código ou uma senha por e-mail, por mensagem ou em uma ligação que você não esperava. Se alguém pedir, diga não.
join-begin = Começar
join-beginning = Começando…
join-checking = Só verificando se este navegador consegue
join-noscript = Esta página precisa de JavaScript. Ative-o para esta página ou abra o link em outro navegador.
join-unexpected = Eu não esperava isto
join-unexpected-heading = Você não esperava isto?
join-unexpected-body = Então deixe como está; nada aconteceu. Avise-nos, e alguém vai verificar.
join-unexpected-send = Avisar
join-unexpected-keep = Voltar
join-unexpected-done-heading = Agradecemos o aviso
join-unexpected-done = O aviso chegou. Você pode fechar esta página; não há mais nada a fazer.
join-languages = Idioma

## A link that is not active
join-inactive-title = Este link não está mais ativo
join-inactive-lead = Isso acontece: ele pode ser antigo, já ter sido usado ou ter sido substituído por um mais novo. Não há nada de errado com você nem com o seu dispositivo.
join-inactive-newer = Procure uma mensagem mais nova do mesmo remetente e use o link que está nela.
join-inactive-ask = Se não houver, peça à pessoa que fez o convite para enviá-lo de novo. É rápido.

## A link that opens later
join-later-title = Você chegou um pouco cedo
join-later-lead = Este link abre em { $date }. Guarde a mensagem; até lá não há nada a fazer.

## This browser cannot do it
join-browser-heading = Vamos usar outro navegador
join-browser-lead = O navegador que abriu este link não consegue criar uma chave de acesso. Links abertos dentro de um aplicativo de e-mail ou de conversa costumam cair em um navegador assim. Nada aconteceu ainda.
join-browser-insecure = Este endereço não está protegido. Abra o link exatamente como ele veio na sua mensagem.
join-browser-passkeys = Este navegador não conhece chaves de acesso.
join-browser-keep = Este navegador não consegue guardar uma chave. Janelas privadas, o modo de isolamento e navegadores dentro de outros aplicativos muitas vezes não conseguem.
join-browser-device = Este dispositivo não consegue criar uma chave de acesso sozinho.
join-browser-what = O que você pode fazer
join-browser-open = Copie o link e cole no Safari, Chrome, Edge ou Firefox.
join-browser-scan = Ou aponte a câmera do seu telefone para esta imagem.
join-browser-key = Tenho uma chave de segurança
join-browser-again = Verificar de novo
join-qr-label = Um código QR com o link desta página. O mesmo link pode ser copiado abaixo.
join-copy = Copiar o link
join-copied = Copiado. Cole na barra de endereço do outro navegador.
join-copy-failed = Selecione o link e copie.
join-link-label = O link

## Somebody is signed in
join-signed-in-heading = Há uma conta aberta aqui
join-signed-in-lead = Neste navegador está aberta a conta de uma pessoa que cuida de quem está chegando. Para não misturar as duas coisas, abra o link em uma janela privada ou no seu próprio dispositivo.

## The numbers
join-progress = Seus passos
join-step-now = agora
join-step-done = feito
join-step-next = depois
join-kind-match = Mostrar seus seis números a { $name }
join-kind-second-match = Mostrar seus seis números a mais uma pessoa
join-kind-handover = Pegar o link da tela de { $name }
join-kind-terminal = Ler seus seis números para o terminal
join-kind-own-authenticator = Confirmar com a chave de acesso que você tem
join-kind-make = Criar sua chave de acesso
join-kind-confirm = Experimentar uma vez
join-match-heading = Mostre estes números a { $name }
join-match-lead = { $name } já sabe que você está aqui, e vai até você ou liga para você.
join-match-second-heading = Mais uma pessoa, por favor
join-match-second-lead = Sua conta é importante, então mais uma pessoa precisa ver você. Ela já recebeu o aviso.
join-match-terminal-heading = Digite estes números no terminal
join-match-terminal-lead = O terminal que criou o seu link pede por eles.
join-match-own-heading = Digite estes números onde você já entrou
join-match-own-lead = Volte à página em que você pediu outra chave de acesso. Ela pede estes números e depois a chave de acesso que você já tem.
join-match-handover-heading = Pegue o link da tela de { $name }
join-match-handover-lead = Há uma página aberta para você com um desenho quadrado. Aponte este dispositivo para ele ou abra o link que enviarem neste mesmo navegador. Então aparecem dígitos aqui.
join-match-handover-cannot = Não consigo ler a imagem nem abrir o link
join-match-handover-second = Então mostre estes dígitos. Mais uma pessoa também vai precisar confirmar que é você.
join-match-handed-over-lead = Você pegou a página da tela. Agora falta só digitarem estes dígitos, e este passo termina.
join-match-by-sight = Vocês nunca se viram? Então primeiro vão mostrar a você uma página com um desenho quadrado. Aponte este dispositivo para ele.
join-code-label = Seus seis números
join-code-changes = Novos números: { $time }.
join-code-soon = Os números mudam em um minuto.
join-code-new = Aqui estão os novos números.
join-match-beware-heading = Só neste sentido
join-match-beware = Você mostra os números; ninguém dá números a você. Se alguém ligar sem você esperar e pedir os números, ou disser estes números, diga não e desligue.
join-match-waiting = Esta página avança sozinha
join-move = Continuar em outro dispositivo

join-blocked-heading = Alguém precisa olhar isto antes
join-blocked-lead = No momento, seu convite não pode avançar sozinho. A culpa não é sua. Avise { $name }: ali dá para ver o que falta.

## The page from somebody's screen
join-handover-title = Um momento
join-handover-working = Esta página verifica se você começou neste navegador.
join-handover-elsewhere-heading = Não é neste navegador
join-handover-elsewhere-lead = Nada aconteceu. Esta página pertence ao navegador em que você tocou em Começar, e não é este.
join-handover-elsewhere-begin = Ainda não começou? Abra o seu convite neste dispositivo, toque em Começar e leia a imagem de novo.
join-handover-elsewhere-browser = Começou em outro navegador? Abra a página lá: leia a imagem com aquele dispositivo ou copie o link abaixo para a barra de endereço daquele navegador.
join-handover-elsewhere-second = Não funciona? Uma segunda pessoa pode confirmar você. Diga isso a quem mostrou esta página.
join-handover-beware-heading = Você viu dígitos em outra página?
join-handover-beware = Se você tocou em Começar e uma página mostrou dígitos, mas esta diz que você não começou aqui, aquela página talvez não fosse nossa. Avise logo quem está com você, antes que digite qualquer coisa.
join-handover-over-heading = Agora a tela mostra outro desenho
join-handover-over-lead = Ele muda a cada minuto e vale uma vez. Leia o que está na tela agora.
join-handover-withdrawn-heading = Isto não está mais na tela
join-handover-withdrawn-lead = Quem mostrou esta página saiu da conta ou não pode confirmar você. Peça que olhe a própria página.
join-handover-contested-do = Peça para enviarem o convite de novo. Tudo recomeça, e só o novo link vai valer.

## More than one browser
join-contested-heading = Dois navegadores abriram o seu convite
join-contested-lead = Se os dois são seus, tudo bem. Se um deles não é, que bom que você parou aqui. De qualquer forma, ninguém pode continuar até isso se esclarecer.
join-contested-do = Peça a { $name } para enviar o convite de novo. Tudo recomeça, e só o novo link vai valer.
join-contested-again = Se esta página voltar depois disso, talvez outra pessoa esteja lendo as suas mensagens. Avise { $name } por telefone ou frente a frente, e informe outro endereço para o link.

## Another device
join-move-heading = Continuar em outro dispositivo
join-move-lead = Aponte a câmera do outro dispositivo para esta imagem ou abra o link nele. Ele vale uma vez, e esta página para quando o outro começa.
join-move-label = Um código QR com um link para o outro dispositivo. O mesmo link pode ser copiado abaixo.
join-move-back = Ficar neste dispositivo

## Making the passkey
join-make-heading = Agora crie sua chave de acesso
join-make-lead = Toque no botão. Seu dispositivo vai pedir o seu rosto, o seu dedo ou o bloqueio de tela, como quando você o desbloqueia. Nada disso sai do seu dispositivo.
join-make-button = Criar minha chave de acesso
join-make-wait = Um momento…
join-make-working = Seu dispositivo está perguntando…
join-confirm-heading = Experimente uma vez
join-confirm-lead = Sua chave de acesso está criada. Use-a uma vez, para que você e nós saibamos que ela funciona.
join-confirm-exists = Este dispositivo já tem uma chave de acesso para você. Use-a uma vez, para que você e nós saibamos que ela funciona.
join-confirm-button = Usar minha chave de acesso
join-cancelled = Nada foi criado. Isso acontece quando a pergunta é fechada ou demora demais. Tente de novo quando quiser.
join-cancelled-confirm = Ela não foi usada. Isso acontece quando a pergunta é fechada ou demora demais. Tente de novo quando quiser.
join-exists = Este dispositivo já guarda uma chave de acesso para você, e ela funciona. Para esta, use outro dispositivo ou uma chave de segurança.
join-refused-model = Este tipo de chave de acesso não é aceito aqui. Tente com outro dispositivo ou outra chave de segurança.
join-refused-copyable = Esta chave de acesso pode ser copiada para outros dispositivos. Sua organização pede uma que fique no próprio dispositivo: tente com uma chave de segurança ou com um dispositivo que não as compartilhe.
join-refused-unattested = Sua organização pede uma chave de segurança que o fabricante garanta. Tente com uma assim. Se o navegador perguntar se a marca e o modelo podem ser vistos, permita.
join-refused-reported = Há um alerta sobre esta marca de chave de segurança ou dispositivo: ela não é mais segura o bastante. Tente com outra.
join-dropped = As regras da sua organização mudaram depois que a sua chave de acesso foi criada, e ela não pode mais ser usada. Você não fez nada de errado. Crie outra, por favor.
join-failed-ceremony = Não deu certo. Tente de novo.
join-pass-over = Demorou um pouco demais. Toque no botão de novo.
join-confirm-moved = Algo mudou enquanto isso. Toque no botão mais uma vez.

## Done
join-done-heading = Que bom ter você aqui
join-done-lead = Sua chave de acesso funciona, e está tudo pronto. A partir de agora você entra com ela: sem senha, sem códigos.
join-receipt-heading = Seu comprovante
join-receipt-lead = Ele prova quando e como você recebeu esta chave de acesso e quem confirmou que era você. Guarde se quiser; não há nenhum segredo nele.
join-receipt-button = Salvar o comprovante
join-receipt-wait = Seu comprovante está sendo escrito
join-receipt-failed = Não é possível ler o comprovante agora. Tente de novo em um minuto.
join-second-heading = Mais uma, para o dia em que você perder esta
join-second-lead = Com uma segunda chave de acesso em outro dispositivo, perder o telefone não custa nada. Você pode adicioná-la agora ou depois: entre na sua conta e escolha “Add a passkey” (adicionar uma chave de acesso).
join-second-button = Adicionar uma segunda chave de acesso
join-employer-heading = O que a minha empresa pode ver?
join-employer-sees = Que você tem uma chave de acesso, quando ela foi criada, em que tipo de dispositivo está e quando é usada para entrar aqui.
join-employer-not = Não o seu rosto, o seu dedo ou o bloqueio de tela: eles nunca saem do dispositivo. Nem suas fotos, mensagens, outras chaves de acesso ou o que mais houver nele. Nada é instalado.
join-lost-heading = E se eu perder?
join-lost-second = Se você tem uma segunda chave de acesso, use essa e remova a perdida na sua própria página.
join-lost-tell = Se era a única, avise { $name } ou o suporte técnico. Um novo link sozinho não dá a você outra, então pode demorar um pouco. Uma segunda chave de acesso, criada hoje, evita isso.

## When it ends otherwise
join-ended-heading = Isto não foi adiante
join-ended-done-heading = Esta página já terminou
join-ended-wrong-codes = Os números foram digitados errado três vezes, então paramos por segurança. Não há nada de errado com o seu dispositivo.
join-ended-failed-ceremonies = A resposta do seu dispositivo não foi aceita cinco vezes. Outro dispositivo ou uma chave de segurança talvez funcione melhor.
join-ended-expired = Isto ficou aberto por tempo demais e terminou sozinho.
join-ended-moved = Você continuou em outro dispositivo. Pode fechar esta página.
join-ended-reinvited = Um novo convite foi enviado. Procure a mensagem mais nova e use o link que está nela.
join-ended-refused = A pessoa que verificou não teve certeza de que era você. Isso pode acontecer, e não é culpa de ninguém.
join-ended-voided = Algo mudou nos seus dados, então começamos de novo por segurança.
join-ended-withdrawn = O convite foi retirado. Se isso é uma surpresa, pergunte à pessoa que fez o convite.
join-ended-left = Segundo os seus dados, você não trabalha mais aqui. Se isso está errado, pergunte à pessoa que fez o convite.
join-ended-restored = O serviço voltou a um estado anterior, e o que estava aberto foi fechado.
join-ended-elsewhere = Você terminou em outro navegador ou em outro dispositivo. Pode fechar esta página.
join-lost-title = Vamos recomeçar este passo
join-ended-lost = Não encontramos onde você estava neste navegador. Isso acontece quando a memória dele é apagada. Só este passo se perdeu: comece de novo.
join-ended-ask = Peça a { $name } para enviar o convite de novo.
join-ended-again = Começar de novo

## Trouble on the way
join-offline = Parece que você está sem conexão. Esta página continua assim que ela voltar.
join-retrying = Não conseguimos chegar ao serviço. Tentando de novo…
join-back = A conexão voltou.
join-trouble-heading = Algo deu errado
join-trouble-lead = A culpa não é sua. Tente de novo; se continuar, avise a pessoa que fez o convite.
join-trouble-again = Tentar de novo
