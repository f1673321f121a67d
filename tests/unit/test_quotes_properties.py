"""Whatever the text: nothing is lost, nothing changes at a second look, and the work grows with the length only."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.quotes import pieces, trim
from ouvidoria_tui.domain.quotes_lines import bare

_LINES = (
    "",
    "   ",
    "Não recebi o pedido.",
    "Obrigado",
    "> marcado",
    ">> marcado duas vezes",
    "> Em 19/07/2021 10:12, Fulano escreveu:",
    "Em seg., 19 de jul. de 2021 às 10:12, Fulano <fulano@example.com> escreveu:",
    "Em seg., 19 de jul. de 2021 às",
    "10:12, Fulano <fulano@example.com> escreveu:",
    "On 19 Jul 2021, Fulano wrote:",
    "Fulano escreveu:",
    "2021/7/19 Fulano <fulano@example.com>",
    "| com barra",
    "<",
    "fulano@example.com>",
    "> wrote:",
    "De: Fulano <fulano@example.com>",
    "Enviado: 19 de julho de 2021 10:12",
    "Para: Beltrana",
    "Assunto: RES: caso",
    "-----Mensagem original-----",
    "---------- Mensagem encaminhada ---------",
    "________________________________",
    "--",
    "-- ",
    "Rua das Flores, 10",
    "Enviado do meu iPhone",
    "Esta mensagem é confidencial.",
    "Respondi abaixo em vermelho.",
    "Confirma?",
)
_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\u2028", ""])
mail = st.lists(st.tuples(st.sampled_from(_LINES), _ENDS), max_size=30).map(
    lambda lines: "".join(line + end for line, end in lines)
)
anything = st.text(st.characters()) | st.text(st.sampled_from("> -_:@<\n\r\u00a0\u200b\ud800aÉ1")) | mail


@given(anything)
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


@given(anything)
def test_two_pieces_in_a_row_are_of_different_kinds(text: str) -> None:
    kinds = [piece.kind for piece in pieces(text)]
    assert all(one is not other for one, other in pairwise(kinds))


@given(anything)
def test_a_second_look_changes_nothing(text: str) -> None:
    once = trim(text)
    assert trim(once) == once


@given(anything)
def test_a_text_with_something_to_see_is_never_emptied(text: str) -> None:
    assert bool(trim(text)) == bool(bare(text))


@given(mail.filter(lambda text: "\r" not in text and "\u2028" not in text))
def test_line_ends_make_no_difference(text: str) -> None:
    assert trim(text.replace("\n", "\r\n")) == trim(text).replace("\n", "\r\n")


@given(mail)
def test_nothing_is_put_in_or_moved(text: str) -> None:
    left = iter(text.split("\n"))
    assert all(any(line.rstrip() == one.rstrip() for one in left) for line in trim(text).split("\n"))


def calls(work: Callable[[], object]) -> int:
    """How many functions, of this project and of Python itself, ``work`` calls."""
    counted = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


_HOSTILE = (
    "On \n",
    "Em 1\n",
    "Em 12/03/2021 às 14:30 <a@example.com> \n",
    "Em 12/03/2021 às 14:30 <a@example.com> escreveu\n",
    "Fulano <a@example.com\n",
    "De: a@example.com\n",
    "De: a\nPara: b\nData: 1\n",
    "De: a@example.com Enviado: 1 Para: b Assunto: c\n",
    "> a\n\nb\n",
    "> On 1 Jan 2021, A wrote:\nb\n",
    "--\nb\n",
    "-- \nb. c?\n",
    "Enviado do meu iPhone\n",
    "Enviado do meu iPhone\n\n> a b c d e f g\n> a b c d e f g\n> a b c d e f g\n",
    "Esta mensagem\n",
    "________________________________\n\n",
    "-----Mensagem original-----\n",
    "\n",
    "<\n\n",
    "| a\n",
)


@pytest.mark.parametrize("hostile", _HOSTILE)
def test_twice_the_lines_are_twice_the_work(hostile: str) -> None:
    few, many = (calls(partial(trim, "olá\n" + hostile * size)) for size in (300, 600))
    assert many <= 2.2 * few


@pytest.mark.parametrize(
    "hostile", ["a", " ", ">", "@", "a@", "-", "<", "Em 1 ", "enviado do ", "De: ", "1 a ", "a, "]
)
def test_a_line_of_any_length_is_one_line(hostile: str) -> None:
    few, many = (calls(partial(trim, "olá\n" + hostile * size + "\nfim")) for size in (3_000, 60_000))
    assert many <= few * 1.1
