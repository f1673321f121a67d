"""Rows of digits however they are grouped: telephones, cards, bare documents; and rows that the desk knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.protocol import begins_protocol
from ouvidoria_tui.domain.redaction_digits import (
    is_card,
    is_cnpj,
    is_cpf,
    is_health_card,
    is_pis,
    is_voter,
    phone_digits,
)
from ouvidoria_tui.domain.redaction_span import Kind, Span

_ROW = re.compile(r"(?:\+[ ]?|\()?(?<![0-9])[0-9]+(?:[ .\-()\u00b0]{1,3}\n?[0-9]+)*", re.ASCII)
_GROUP = re.compile(r"[0-9]+", re.ASCII)
#: Words before a bare row of digits that say that it is no person's.
INNOCENT = re.compile(
    r"\b(?:protocolos?|pedidos?|ordem|o\.?s\.?|nota(?: fiscal)?|nf|nfe|nf-e|chamados?|tickets?|processos?|faturas?"
    r"|boletos?|contratos?|codigos?|serie|lote|rastreio|rastreamento|referencia|ref|versao|empenho|oficio|item|sku"
    r"|valor|r\$)[ :=#.]{0,3}(?:(?:numero|num|nro|nr|no|n|e|de|do|da|anterior|antigo|original|novo|aberto|gerado)\b[ :=#.\u00b0]{0,3}){0,3}\Z",
    re.ASCII,
)
#: What follows an amount.
_UNIT = re.compile(r" ?(?:reais|mil|kg|unidades|itens|pontos|km)\b", re.ASCII)
_HOTLINE = re.compile(r"0[3589]00[ \-.]\Z")
_SHAPES = frozenset(
    {
        (2, 8), (2, 9), (2, 4, 4), (2, 5, 4), (2, 1, 4, 4), (2, 1, 8), (2, 3, 3, 3), (2, 2, 2, 2, 2), (2, 4, 2, 2),
        (2, 5, 2, 2), (3, 8), (3, 9), (3, 4, 4), (3, 5, 4), (3, 1, 4, 4), (1, 2, 4, 4), (1, 2, 5, 4), (2, 2, 8), (2, 2, 9), (2, 2, 4, 4),
        (2, 2, 5, 4), (2, 2, 1, 4, 4), (3, 2, 4, 4), (3, 2, 5, 4), (6, 4), (7, 4), (2, 2, 1, 8), (4, 4, 4), (4, 5, 4),
        (2, 3, 2, 2, 2), (2, 2, 3, 2, 2), (3, 3, 3, 2), (3, 4, 4), (2, 3, 4, 2), (2, 6, 3),
    }
)  # fmt: skip
_CARD_SHAPES = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 1), (8, 8)})
_MOST_GROUPS = 24
_MOST_DIGITS = 19


@dataclass(frozen=True, slots=True)
class _Row:
    """Groups of digits that stand together: where each begins and ends, and the digits of all."""

    groups: tuple[tuple[int, int], ...]
    begin: int


def rows(plain: str) -> Iterator[Span]:
    """Telephones, cards and bare documents, by their digits whatever stands between them."""
    for found in _ROW.finditer(plain):
        groups = tuple(
            (one.start() + found.start(), one.end() + found.start()) for one in _GROUP.finditer(found[0])
        )
        yield from _windows(plain, _Row(groups, found.start()))


def known_rows(plain: str, values: Sequence[tuple[str, Kind]]) -> Iterator[Span]:
    """Every place where the digits of a known value stand one after another, whatever separates them."""
    found = [(match.start(), match.group()) for match in re.finditer(r"[0-9]", plain)]
    places, digits = [at for at, _digit in found], "".join(digit for _at, digit in found)
    for value, kind in values:
        at = digits.find(value)
        while value and at >= 0:
            start, end = places[at], places[at + len(value) - 1] + 1
            if end - start <= 4 * len(value) + 4:  # digits that are far apart are no number
                yield Span(start, end, kind, known=True)
            at = digits.find(value, at + 1)


def _windows(plain: str, row: _Row) -> Iterator[Span]:
    """Consecutive groups that together are something; the longest from each beginning."""
    at = 0
    while at < len(row.groups):
        best: tuple[int, Kind] | None = None
        digits, shape = "", []
        for to in range(at, min(at + _MOST_GROUPS, len(row.groups))):
            start, end = row.groups[to]
            digits += plain[start:end]
            shape.append(end - start)
            if len(digits) > _MOST_DIGITS:
                break
            kind = _kind(plain, row, at, digits, tuple(shape))
            if kind is not None:
                best = to, kind
        if best is None:
            at += 1
            continue
        begin, end = row.groups[at][0], row.groups[best[0]][1]
        if best[1] is Kind.PHONE:
            begin = _operator(
                plain, row.begin if at == 0 and _opened(plain, row.begin, begin, end) else begin
            )
        yield Span(begin, end, best[1])
        at = best[0] + 1


def _kind(plain: str, row: _Row, at: int, digits: str, shape: tuple[int, ...]) -> Kind | None:
    start = row.groups[at][0]
    if begins_protocol(plain, start):
        return None
    one, single = len(shape) == 1, len(shape) > 7 and set(shape) == {1}
    if is_cpf(digits):
        return Kind.CPF
    if is_cnpj(digits) and (one or single or shape in ((2, 3, 3, 4, 2), (8, 4, 2), (8, 6))):
        return Kind.CNPJ
    if is_card(digits) and (one or single or shape in _CARD_SHAPES):
        return Kind.CARD
    if shape == (4, 4, 4, 4):
        return Kind.CARD
    if is_health_card(digits) and (one or single or shape == (3, 4, 4, 4)):
        return Kind.HEALTH_CARD
    if is_voter(digits) and (one or single or shape == (4, 4, 4)):
        return Kind.VOTER
    innocent = one and INNOCENT.search(plain, max(0, start - 40), start) is not None
    if _is_phone(plain, row, at, digits, shape, single) and not innocent:
        return Kind.PHONE
    return Kind.PIS if is_pis(digits) and (one or single) and not innocent else None


def _is_phone(plain: str, row: _Row, at: int, digits: str, shape: tuple[int, ...], single: bool) -> bool:
    start, end = row.groups[at][0], row.groups[at + len(shape) - 1][1]
    if phone_digits(digits) is not None:
        marked = plain[max(0, start - 1) : start] in ("(", "+") or plain[max(0, start - 2) : start] == "+ "
        return marked or single or len(shape) == 1 or shape in _SHAPES
    local = plain[start:end]
    if shape in ((4, 4), (5, 4), (1, 4, 4), (1, 8)):
        mobile = len(digits) == 9 and digits[0] == "9"
        years = shape == (4, 4) and local[:2] in ("19", "20") and digits[4:6] in ("19", "20")
        # With a hyphen any number is one; a space parts those of a house, and the last groups of a hotline.
        house = digits[0] in "2345" and not numbered(plain, start, end)
        parted = digits[0] in "23456789" if "-" in local else house
        return mobile or (len(digits) == 8 and parted and not years)
    return single and len(digits) in (8, 9)


def numbered(plain: str, start: int, end: int) -> bool:
    """Whether two groups of four digits are called something else than a telephone: an order, an amount, a hotline."""
    called = INNOCENT.search(plain, max(0, start - 40), start) or _HOTLINE.search(
        plain, max(0, start - 6), start
    )
    return called is not None or _UNIT.match(plain, end) is not None


def _opened(plain: str, start: int, begin: int, end: int) -> bool:
    """Whether what stands before the digits belongs to them: a plus, or a bracket that ends among them."""
    return "+" in plain[start:begin] or ")" in plain[begin:end]


def _operator(plain: str, begin: int) -> int:
    """Where what is dialled before the number begins: ``0xx``, ``0``."""
    for before in ("(0xx", "0xx", "(xx", "0-xx-", "0xx-", "0xx ", "(0xx)"):
        if plain.endswith(before, 0, begin):
            return begin - len(before)
    return begin
