"""Invented replies in Portuguese: signatures, notices, words that only look quoted; ``¦`` as in its neighbour."""

PAIRS: dict[str, str] = {
    "signature behind dashes": """\
A fatura veio em dobro.

¦--
¦Maria Exemplo
¦Rua das Flores, 10
¦(11) 5555-0100
""",
    "signature and notice": """\
Aguardo.

¦--
¦Maria Exemplo | Compras

¦AVISO DE CONFIDENCIALIDADE: esta mensagem destina-se exclusivamente ao seu destinatário e pode conter
¦informação sigilosa.
""",
    "notice alone": """\
Aguardo o boleto.

¦Esta mensagem e seus anexos são confidenciais. Se a recebeu por engano, apague-a.

¦Antes de imprimir, pense no meio ambiente.
""",
    "antivirus": """\
Segue.

¦Livre de vírus. www.example.com
""",
    "a closing formula is part of the words": """\
Solicito a devolução.

Atenciosamente,
Maria Exemplo
""",
    "dashes within a text": """\
Primeiro, a cobrança.
--
Depois, o atendimento foi péssimo e ninguém me retornou.
""",
    "a list between dashes": """\
Comprei:
- uma mesa
- duas cadeiras
Chegou só a mesa.
""",
    "De in a sentence": """\
De: nada adianta ligar.
Para: mim, chega.
Assunto: encerrado.
""",
    "a journey": """\
A passagem é esta:
De: São Paulo
Para: Recife
Data: 12/03/2021
O voo foi cancelado.
""",
    "a letter with its own heading": """\
De: Maria Exemplo
Para: Ouvidoria
Data: 12/03/2021
Assunto: cobrança

Venho reclamar da cobrança.
""",
    "a story with a date": """\
O caso é antigo. Em 2021 o cliente escreveu: não quero mais.
Ninguém respondeu.
""",
    "a story told at the line's start": """\
Relato os fatos.
Em 12/03/2021 às 14:30 o atendente escreveu:
"seu pedido foi enviado"
Não foi.
""",
    "somebody's words in quotation marks": """\
No dia 12/03/2021 a loja disse:

"o prazo é de 30 dias"

Já passaram 40.
""",
    "an address and then the attribution": """\
Meu e-mail novo é ana@example.org
¦Em seg., 19 de jul. de 2021 às 10:12, Ouvidoria <ouvidoria@example.com> escreveu:
¦> Qual é o seu e-mail?
""",
    "a date in the last line said": """\
Em 12 de março paguei a fatura,
e em 13 de março fui bloqueada.
¦Em seg., 19 de jul. de 2021 às 10:12, Ouvidoria <ouvidoria@example.com> escreveu:
¦> O que houve?
""",
    "a comparison": """\
O valor cobrado foi
> 500 reais
e o contrato diz 300.
""",
    "a shell prompt": """\
O programa de vocês não abre:
> ouvidoria.exe
> erro 5
""",
    "only a quote": """\
> Qual é o número do pedido?
""",
    "an empty reply stays whole": """\
Enviado do meu iPhone

> Em 19 de jul. de 2021, à(s) 10:12, Ouvidoria <ouvidoria@example.com> escreveu:
>
> Recebeu?
""",
    "sent from a telephone, but a sentence": """\
Enviado pelo celular a foto do produto quebrado
""",
    "reply above this line": """\
Sim.

¦##- Responda acima desta linha -##
¦
¦Ouvidoria: confirma?
""",
    "unmarked below an attribution at the top stays": """\
¦Em seg., 19 de jul. de 2021 às 10:12, Ouvidoria <ouvidoria@example.com> escreveu:

Deseja manter o plano?

Não desejo.
""",
    "a sentence with a moment and an address": """\
Bom dia.

No dia 12/03/2021 às 14:30, recebi um e-mail de atendimento <loja@example.com> que disse:

"não vamos pagar"

Quero meu dinheiro.
""",
    "what the shop wrote, marked by hand": """\
Em 19/07/2021 a loja escreveu:
> não temos estoque
Absurdo.
""",
    "evidence shown after a colon": """\
Vejam o que a loja me respondeu:

De: Loja <loja@example.com>
Enviado: 19 de julho de 2021 10:12
Para: Ana
Assunto: Pedido

Não temos estoque.

O que faço agora?
""",
    "evidence marked by hand": """\
A loja respondeu:

> não temos estoque de nada e nem vamos ter tão cedo
> sinto muito por tudo isso
> volte sempre e obrigado pela sua preferência
""",
    "a postscript under the signature": """\
Quero cancelar.

--
Maria

P.S. não liguem depois das 18h.
""",
    "a leak of confidential data": """\
Bom dia.

Este e-mail é para informar que um funcionário vazou dados confidenciais meus.
""",
    "a threat that calls itself a notice": """\
Paguem.

Aviso legal: vou processar vocês, os dados confidenciais vazaram.
""",
    "sent, in the words of a person": """\
O comprovante já foi:

enviado por e-mail
""",
    "a sentence over two lines": """\
Comprei o computador na loja e foi
Enviado com Windows 10
""",
}
