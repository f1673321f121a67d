"""Invented replies in Portuguese, by the program that quotes: a line that begins with ``¦`` is to be trimmed."""

PAIRS: dict[str, str] = {
    "gmail": """\
Bom dia, segue o comprovante.

¦Em seg., 19 de jul. de 2021 às 10:12, Ouvidoria Exemplo <ouvidoria@example.com> escreveu:
¦
¦> Prezada Maria,
¦>
¦> Envie o comprovante, por favor.
""",
    "gmail over two lines": """\
Não recebi o estorno.

¦Em ter., 20 de jul. de 2021 às 09:05, Ouvidoria Exemplo <
¦ouvidoria@example.com> escreveu:
¦
¦> O estorno foi feito.
""",
    "gmail over three lines": """\
Ainda nada.

¦Em quarta-feira, 21 de julho de 2021 às 18:40,
¦Ouvidoria da Empresa Exemplo <ouvidoria@example.com>
¦escreveu:
¦
¦> O prazo é de cinco dias.
""",
    "gmail broken within the date": """\
Obrigada pela resposta, mas o valor está errado.

¦Em qui., 22 de
¦jul. de 2021 às 08:00, Ouvidoria <ouvidoria@example.com> escreveu:
¦
¦> O valor devolvido foi de R$ 20,00.
""",
    "gmail from a telephone, comma for the hour": """\
ok

¦Em sex, 23 de jul de 2021, 11:30, Ouvidoria <ouvidoria@example.com> escreveu:
¦
¦> Confirma?
""",
    "gmail made from HTML, nothing marked": """\
O técnico não veio.

¦Em seg., 19 de jul. de 2021 às 10:12, Ouvidoria <ouvidoria@example.com> escreveu:
¦
¦Prezado João,
¦A visita foi marcada para hoje.
¦
¦Atenciosamente,
¦Ouvidoria
""",
    "outlook with a rule": """\
Segue em anexo.

João

¦________________________________
¦De: Ouvidoria Exemplo <ouvidoria@example.com>
¦Enviado: segunda-feira, 19 de julho de 2021 10:12
¦Para: João Silva <joao@example.org>
¦Assunto: RES: Pedido 4411
¦
¦Prezado João, envie a nota fiscal.
""",
    "outlook on the desk": """\
Reitero a reclamação.

¦-----Mensagem original-----
¦De: Ouvidoria [mailto:ouvidoria@example.com]
¦Enviada em: segunda-feira, 19 de julho de 2021 10:12
¦Para: joao@example.org
¦Assunto: Protocolo 2021-000123
¦
¦Seu caso foi encerrado.
""",
    "outlook with stars": """\
Não concordo.

¦*De:* Ouvidoria <ouvidoria@example.com>
¦*Enviada em:* terça-feira, 20 de julho de 2021 09:00
¦*Para:* Ana <ana@example.org>
¦*Assunto:* RES: Cobrança
¦
¦A cobrança está correta.
""",
    "outlook with a copy wrapped over two lines": """\
Recebido.

¦De: Ouvidoria <ouvidoria@example.com>
¦Enviada em: quarta-feira, 21 de julho de 2021 14:22
¦Para: Ana <ana@example.org>
¦Cc: Financeiro <financeiro@example.com>; Atendimento ao Cliente
¦<atendimento@example.com>
¦Assunto: RES: Cobrança
¦
¦Segue o cálculo.
""",
    "outlook on one line": """\
Pode encerrar?

¦De: Ouvidoria <ouvidoria@example.com> Enviada em: sexta-feira, 23 de julho de 2021 10:00 Para: Ana Assunto: RES: Caso
¦O caso está em análise.
""",
    "outlook with blank lines between the headers": """\
Preciso de uma resposta.

¦De: Ouvidoria <ouvidoria@example.com>
¦
¦Enviado: 23 de julho de 2021 10:00
¦
¦Para: Ana <ana@example.org>
¦
¦Assunto: Caso
¦
¦Em análise.
""",
    "samsung": """\
Ainda sem luz.

¦Enviado do meu smartphone Samsung Galaxy.

¦-------- Mensagem original --------
¦De: Ouvidoria <ouvidoria@example.com>
¦Data: 19/07/2021 10:12 (GMT-03:00)
¦Para: Rui <rui@example.org>
¦Assunto: Falta de luz
¦
¦A equipe foi enviada.
""",
    "samsung, marker and header on one line": """\
Sem luz de novo.

¦-------- Mensagem original --------De: Ouvidoria <ouvidoria@example.com> Data: 19/07/2021 Para: Rui Assunto: Luz
¦A equipe foi enviada.
""",
    "apple": """\
Recebi a peça errada.

¦Enviado do meu iPhone

¦> Em 19 de jul. de 2021, à(s) 10:12, Ouvidoria <ouvidoria@example.com> escreveu:
¦>
¦> ﻿A peça foi enviada.
""",
    "apple mail without an address": """\
Está certo assim.

¦Em 19/07/2021, à(s) 10:12, Ouvidoria escreveu:
¦
¦> Confirma o endereço?
""",
    "yahoo on a telephone, the quote on the same line": """\
Quero cancelar.

¦Enviado do Yahoo Mail no Android
¦
¦  Em seg, 19 de jul de 2021 às 10:12, Ouvidoria<ouvidoria@example.com> escreveu:   Prezada Ana,
¦Deseja manter o plano?
""",
    "yahoo in a browser": """\
Mantenham o plano.

¦Em segunda-feira, 19 de julho de 2021 10:12:13 BRT, Ouvidoria <ouvidoria@example.com> escreveu:
¦
¦Deseja manter o plano?
""",
    "claws": """\
De acordo.

¦Em Thu, 16 Apr 2020 10:12:13 -0300
¦Ouvidoria <ouvidoria@example.com> escreveu:
¦
¦> Está de acordo?
""",
    "thunderbird": """\
Sim, pode ser na quinta.

¦Em 19/07/2021 10:12, Ouvidoria escreveu:
¦> Pode ser na quinta?
""",
    "thunderbird, answered below": """\
¦Em 19/07/2021 10:12, Ouvidoria escreveu:
¦> Qual é o número do pedido?

O número está na nota, em anexo.
""",
    "answers between the lines": """\
Bom dia,

¦Em 19/07/2021 10:12, Ouvidoria escreveu:
¦> 1. Qual é o pedido?

É o da geladeira.

¦> 2. Quando foi entregue?

Não foi.
""",
    "answers announced under a quote that is not marked": """\
Respondi abaixo em vermelho.

De: Ouvidoria <ouvidoria@example.com>
Enviado: 23 de julho de 2021 10:00
Para: Ana <ana@example.org>
Assunto: Caso

Qual é o pedido? O da geladeira.
""",
    "outlook for a telephone": """\
Confirmo.

¦Obter o Outlook para Android<https://example.com/o>
¦________________________________
¦From: Ouvidoria <ouvidoria@example.com>
¦Sent: Monday, July 19, 2021 10:12:00 AM
¦To: Ana <ana@example.org>
¦Subject: Caso
¦
¦Confirma?
""",
    "forwarded with a word": """\
Vejam o que a loja me mandou.

¦---------- Mensagem encaminhada ---------
¦De: Loja Exemplo <loja@example.com>
¦Data: seg., 19 de jul. de 2021 às 10:12
¦Assunto: Pedido
¦Para: <ana@example.org>
¦
¦Seu pedido foi cancelado.
""",
    "forwarded without a word stays": """\
---------- Mensagem encaminhada ---------
De: Loja Exemplo <loja@example.com>
Data: seg., 19 de jul. de 2021 às 10:12
Assunto: Pedido
Para: <ana@example.org>

Seu pedido foi cancelado.
""",
}
