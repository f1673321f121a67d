"""Words and numbers that are nobody's, as people write them: what redaction shall leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from ouvidoria_tui.domain.protocol import make_protocol
from tests.redaction_texts import AFTER, BEFORE, digits


def innocents(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """``count`` words and numbers that are nobody's, each with its kind, in a sentence as people write."""
    rng = Random(seed)
    for turn in range(count):
        yield _INNOCENT[turn % len(_INNOCENT)](rng)


def _protocol(rng: Random) -> tuple[str, str]:
    return (
        "protocol",
        f"O protocolo {make_protocol(rng.randint(2022, 2026), rng.randint(1, 99_999))} não foi respondido.",
    )


_INNOCENT: tuple[Callable[[Random], tuple[str, str]], ...] = (
    _protocol,
    lambda rng: ("protocol", f"Protocolo anterior {digits(rng, 10)} do atendimento."),
    lambda rng: ("order", f"O pedido {digits(rng, 8)} não chegou."),
    lambda rng: ("order", f"Pedido nº {digits(rng, 11)} feito na loja."),
    lambda rng: ("invoice", f"A nota fiscal {digits(rng, 9)} veio errada."),
    lambda rng: ("process", f"Processo {digits(rng, 5)}.{digits(rng, 6)}/2026-{digits(rng, 2)} parado."),
    lambda rng: ("amount", f"Paguei R$ {rng.randint(1, 9)}.{digits(rng, 3)},{digits(rng, 2)} pela taxa."),
    lambda rng: ("amount", f"O valor de {rng.randint(100, 9999)} reais foi cobrado duas vezes."),
    lambda rng: ("date", f"Isso ocorreu em {rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2026 às {rng.randint(8, 18)}h30."),
    lambda rng: ("date", f"Em {rng.randint(1, 28)} de março de 2026 a unidade fechou."),
    lambda rng: ("time", f"Esperei das {rng.randint(8, 11)}:00 às {rng.randint(12, 18)}:45."),
    lambda rng: ("law", f"A Lei 13.460/2017, art. {rng.randint(1, 30)}, garante a resposta em 30 dias."),
    lambda rng: ("count", f"Foram {rng.randint(2, 40)} ligações em {rng.randint(2, 20)} dias."),
    lambda rng: ("version", f"O aplicativo na versão {rng.randint(1, 9)}.{rng.randint(0, 20)}.{rng.randint(0, 9)} trava."),
    lambda rng: ("share", f"A conta de luz subiu {rng.randint(5, 60)},{rng.randint(0, 9)}% no ano."),
    lambda rng: ("link", "O passo a passo está em https://www.exemplo.gov.br/servicos/agendamento e não funciona."),
    lambda rng: ("years", "No biênio 2025-2026 nada mudou na unidade."),
    lambda rng: ("hotline", f"Liguei para o 0800 {digits(rng, 3)} {digits(rng, 4)} sem sucesso."),
    lambda rng: ("words", rng.choice(BEFORE) + " " + rng.choice(AFTER)),
    lambda rng: ("words", "Sou cliente há anos e nunca fui tratado assim. Meu pedido é simples: quero a segunda via."),
    lambda rng: ("words", "Obrigada pela atenção. Aguardo retorno da Ouvidoria."),
    lambda rng: ("words", f"O preço da arroba do boi subiu {rng.randint(2, 9)} vezes. Depois caiu."),
    lambda rng: ("years", f"Entre {rng.randint(2001, 2010)} {rng.randint(2011, 2026)} houve três gestões."),
    lambda rng: ("words", "O posto de saúde do bairro fica sem médico às sextas e a rua fica cheia."),
)  # fmt: skip
