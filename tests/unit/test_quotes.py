"""What was said is kept, what was quoted falls away, and nothing is lost."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.quotes import Kind, pieces, trim
from tests.unit.quote_pairs_pt import PAIRS as PORTUGUESE
from tests.unit.quote_pairs_pt_words import PAIRS as WORDS
from tests.unit.quote_pairs_world import PAIRS as WORLD

PAIRS = {f"pt {name}": pair for name, pair in (PORTUGUESE | WORDS).items()} | WORLD


def folded(text: str) -> str:
    return " ".join(text.split())


def message(pair: str) -> str:
    return "\n".join(line.removeprefix("¦") for line in pair.splitlines())


def stays(pair: str) -> str:
    return "\n".join(line for line in pair.splitlines() if not line.startswith("¦"))


@pytest.mark.parametrize("name", PAIRS)
def test_what_was_said_is_left(name: str) -> None:
    assert folded(trim(message(PAIRS[name]))) == folded(stays(PAIRS[name]))


@pytest.mark.parametrize("name", PAIRS)
def test_it_can_be_unfolded(name: str) -> None:
    text = message(PAIRS[name])
    assert "".join(piece.text for piece in pieces(text)) == text


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize(
    "dressed",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "  \n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(":", ":\u200b").replace("@", "\u2060@"),
        lambda text: "\ufeff\n\n" + text + "\n\n\n",
    ],
    ids=["crlf", "trailing blanks", "no-break spaces", "unseen signs", "blank lines around"],
)
def test_how_white_space_is_written_changes_nothing(name: str, dressed: object) -> None:
    assert callable(dressed)
    text = message(PAIRS[name])
    got = trim(dressed(text)).translate(str.maketrans("\u00a0", " ", "\u200b\u2060\ufeff"))
    assert folded(got) == folded(trim(text))


def test_every_piece_says_what_it_is() -> None:
    text = (
        "Sim.\n\nEnviado do meu iPhone\n\nEm 19/07/2021 10:12, Ouvidoria escreveu:\n\n> Confirma?\n\n"
        "Esta mensagem é confidencial.\n"
    )
    assert [(piece.kind, piece.text.strip()) for piece in pieces(text)] == [
        (Kind.SAID, "Sim."),
        (Kind.SIGNATURE, "Enviado do meu iPhone"),
        (Kind.ATTRIBUTION, "Em 19/07/2021 10:12, Ouvidoria escreveu:"),
        (Kind.QUOTED, "> Confirma?"),
        (Kind.DISCLAIMER, "Esta mensagem é confidencial."),
    ]


def test_a_forwarded_message_is_called_so() -> None:
    text = "Vejam.\n\n----- Mensagem encaminhada -----\nDe: Loja\n\nOlá.\n"
    assert [piece.kind for piece in pieces(text)] == [Kind.SAID, Kind.FORWARDED]


def test_what_was_said_is_verbatim() -> None:
    text = "\n  Olá,\u00a0 tudo\tbem?  \n\n   1.  um\n\n> Em 19/07/2021 10:12, Fulano escreveu:\n> oi\n"
    assert trim(text) == "  Olá,\u00a0 tudo\tbem?  \n\n   1.  um"


def test_nothing_is_nothing() -> None:
    assert (pieces(""), trim(""), trim(" \n\u200b\n")) == ((), "", "")
