### The page "this was not me", to which letters lead. With você: see join.ftl.

console-notice-title = Não foi você?
console-notice-lead = Se você não fez o que a mensagem diz, bloqueie esta chave de acesso agora.
console-notice-what = Ela não serve mais para entrar, é desconectada em todo lugar onde está em uso, e a equipe responsável é avisada. Isso não pode ser desfeito.
console-notice-confirm = Não fui eu: bloquear
console-notice-mine = Se foi você, não há nada a fazer. Você pode fechar esta página.
console-notice-already = Esta chave de acesso já está bloqueada.
console-suspended-title = Está bloqueada
console-suspended-lead = A chave de acesso não serve mais para entrar, e foi desconectada em todo lugar onde estava em uso.
console-suspended-next = A equipe responsável já recebeu o aviso. Fale com ela ou com a pessoa que fez o convite, frente a frente ou em um número que você já tem.
console-passkey-unnamed = Chave de acesso
console-passkey-synced = Sincronizada entre dispositivos
console-passkey-bound = Fica em um só dispositivo
console-passkey-added = adicionada
console-passkey-used = último uso
console-passkey-never-used = nunca usada para entrar
console-passkey-attested = garantida pelo fabricante
