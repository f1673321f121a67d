"""Words that are no names, though they stand where a name may: what ends a name that somebody says of himself."""

from __future__ import annotations

from typing import Final

#: Small words inside names.
PARTICLES: Final = frozenset(
    {"da", "de", "di", "do", "das", "dos", "e", "del", "della", "van", "von", "la", "y"}
)

#: No part of a name after "meu nome é", "Sr.", "Atenciosamente": verbs, offices, small words.
STOP: Final = frozenset(
    """
    a ao aos as o os um uma uns umas em no na nos nas com por para pelo pela que se sem sob sobre ate apos antes desde
    eu ele ela eles elas voce voces nos meu minha meus minhas seu sua seus suas esse essa este esta isso isto aquele
    nao sim ja ainda mais muito muita bem mal aqui ali la hoje ontem amanha agora sempre nunca tambem so como quando
    onde porque pois mas ou nem entao assim depois durante conforme segundo
    sou sera foi fui era eram estou esta estao estava estive tenho tem tinha tive tivemos ha houve quero queria queremos
    venho vim vou vai gostaria gostariamos moro mora morava resido reside residente trabalho trabalha trabalhei fiz fez
    faco faz peco pedi solicito solicitei preciso precisava comprei paguei recebi recebo escrevo relato registro denuncio
    reclamo informo aguardo aguardamos espero fico ficamos agradeco agradecemos obrigado obrigada grato grata peço posso
    pode podem podemos liguei ligo falei falo conto cliente usuario usuaria consumidor consumidora morador moradora
    portador portadora inscrito inscrita nascido nascida solteiro solteira aposentado
    aposentada titular responsavel proprietario proprietaria professor professora servidor servidora aluno aluna paciente
    cpf rg cnh pis cnpj cep tel telefone celular email mail endereco rua avenida numero protocolo nome data
    diretor diretora ouvidor ouvidora presidente secretario secretaria prefeito prefeita gerente ministro ministra juiz
    juiza promotor promotora delegado delegada coordenador coordenadora chefe atendente tecnico tecnica medico medica
    equipe ouvidoria atendimento suporte empresa loja prefeitura governo casa todos todas prezados prezado prezada
    senhor senhora senhores bom boa dia tarde noite favor gentileza segue seguem anexo anexos retorno resposta solucao
    pedido pedidos compra produto boleto fatura conta cobranca reclamacao denuncia sugestao processo chamado caso
    anonimo anonima identificado identificada atenciosamente cordialmente att abracos abraco
    enviado enviada do pelo iphone celular meu android outlook assinatura mim eles ok
    """.split()  # noqa: SIM905
)

#: What follows a name also where everything is written with capitals.
LABELS: Final = frozenset(
    {"cpf", "rg", "cnh", "pis", "cnpj", "cep", "tel", "telefone", "celular", "email", "mail", "endereco"}
)

#: Words of a company's or a place's name that alone give nobody away; the whole name still does.
GENERIC: Final = frozenset(
    """
    ltda eireli mei epp comercio servicos servico industria loja lojas empresa cliente clientes associacao condominio
    edificio companhia cia grupo escola hospital prefeitura unidade brasil instituto centro consultoria solucoes
    tecnologia sistemas digital online usuario usuaria manifestante anonimo filho junior neto sobrinho
    """.split()  # noqa: SIM905
)

#: Words of an e-mail address that are nobody's name: of providers, and of what everybody calls a mailbox.
MAILBOXES: Final = frozenset(
    """
    com org gov net www contato financeiro info atendimento comercial suporte vendas sac adm admin administrativo
    contact mail email gmail hotmail outlook yahoo terra icloud live globo proton protonmail example exemplo
    test invalid teste empresarial compras juridico faturamento cobranca ouvidoria
    """.split()  # noqa: SIM905
)
