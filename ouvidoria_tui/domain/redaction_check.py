"""The second look at a text that is to leave: it knows nothing of how the first one removed, and is coarser.

What the registers know must be nowhere, also where it is cut up; what looks like a person's must be gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from ouvidoria_tui.domain.protocol import begins_protocol
from ouvidoria_tui.domain.redaction_digits import is_cnpj, is_cpf, phone_digits
from ouvidoria_tui.domain.redaction_known import LEAST, LEAST_DIGITS, Known
from ouvidoria_tui.domain.redaction_rows import numbered
from ouvidoria_tui.domain.redaction_span import MARKS, Kind
from ouvidoria_tui.domain.redaction_text import read
from ouvidoria_tui.domain.redaction_words import PARTICLES, STOP

_re = partial(re.compile, flags=re.ASCII)

#: A name that is run together or cut up is believed to be there from so many letters on.
_LONG = 9
_NEAR = 3  # so many signs may stand between digits of one number
_BLANK = "\u00a4"
_MARK = re.compile("|".join(re.escape(mark) for mark in MARKS.values()))
_PATTERNS = (
    (Kind.EMAIL, _re(r"[a-z0-9] ?@ ?[a-z0-9]|[\[({] ?(?:at|arroba) ?[\])}]")),
    # The word alone is a measure of weight: with somebody before and a dot or a house of mail behind, it is an address.
    (Kind.EMAIL, _re(
        r"[a-z0-9_.+\-]{2,64} {0,2}\barroba ?[a-z0-9][a-z0-9\-]{0,40}(?:\.[a-z]| ?[\[({]? ?\b(?:ponto|dot)\b ?[\])}]? ?[a-z]| \. ?(?:com|net|org|gov|br)\b)"
        r"|[a-z0-9_.+\-]{2,64} {0,2}\b(?<!\bda )(?<!\bde )(?<!\buma )(?<!\bpor )(?<!\bcada )arroba ?(?:gmail|hotmail|outlook|yahoo|uol|bol|terra|icloud|live|globo)\b")),
    (Kind.HANDLE, _re(r"(?<![a-z0-9])@[a-z_]")),
    (Kind.PIX, _re(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")),
    (Kind.POSTCODE, _re(r"(?<![0-9.\-])[0-9]{5}-[0-9]{3}(?![0-9\-])")),
    (Kind.PHONE, _re(r"\([0-9]{2}\) ?[0-9]{4}|\+55 ?[0-9(]")),
    (Kind.PHONE, _re(
        r"(?<![0-9])(?<![0-9][/.\-])(?<!0[3589]00[ \-.])(?!20[0-9]{2}-(?:19|20))[2-5][0-9]{3}-[0-9]{4}(?![0-9/\-])")),
    (Kind.HEALTH_CARD, _re(r"\b(?:sus|cns)\b[ :=#.\-]{1,4}(?:n[ro.]{0,2} ?|numero )?[0-9](?:[ .\-]?[0-9]){9}")),
    (Kind.CARD, _re(r"(?<![0-9])[0-9]{4}(?:[ \-][0-9]{4}){3}(?![0-9])")),
    (Kind.CPF, _re(r"(?<![0-9])[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![0-9])|\bcpf[ :]{1,3}[0-9]{6}")),
    (Kind.RG, _re(r"\brg[ :]{1,3}[0-9]{5}|(?<![0-9])[0-9]{2}\.[0-9]{3}\.[0-9]{3}-[0-9x]\b")),
    (Kind.PLATE, _re(r"\bplaca[ :]{1,3}[a-z]{3}[ \-]?[0-9]")),
    (Kind.BIRTH, _re(r"\b(?:nascid[oa]|nasci|data de nascimento)\b[ :]{0,3}(?:em|no dia)?[ :]{0,3}[0-9]{1,2}[/.\-][0-9]")),
    (Kind.LINK, _re(r"https?://[^\s/]{0,80}@|https?://\S{1,200}[?&](?:token|key|user|email|cpf)=")),
    (Kind.ADDRESS, _re(r"\b(?:rua|avenida|travessa|alameda) [a-z ]{3,40},? ?(?:n[o.]{0,2} ?)?[0-9]{1,5}\b")),
)  # fmt: skip
#: Two groups with a space between: a telephone, unless they are called something else.
_HOUSE = _re(r"(?<![0-9])(?<![0-9][/.\-])(?!20[0-9]{2} (?:19|20))[2-5][0-9]{3} [0-9]{4}(?![0-9/\-])")
_SAYS_NAME = _re(r"\b(?:meu nome e|meu nome completo e|me chamo)[ :]{1,3}([a-z]+)")


@dataclass(frozen=True, slots=True)
class Leak:
    """What is still there, and where: line and column count from 1. The value itself is nowhere in it."""

    kind: Kind
    line: int
    column: int


def leaks(text: str, known: Known, allowed: Sequence[str] = ()) -> list[Leak]:
    """What must not leave with ``text``, in its order; pieces that a person ``allowed`` are no leak.

    What the registers know is never allowed.
    """
    blanked = _MARK.sub(lambda found: _BLANK * len(found[0]), text)
    reading = read(blanked)
    spared = _spared(blanked, allowed)
    found = dict.fromkeys(_of_known(reading.plain, known))
    for kind, at in _of_patterns(reading.plain):
        if reading.starts[at] not in spared:
            found[kind, at] = None
    places = sorted((reading.starts[at], kind) for kind, at in found)
    return [Leak(kind, *_place(text, at)) for at, kind in places]


def _of_known(plain: str, known: Known) -> Iterator[tuple[Kind, int]]:
    for found in re.finditer(r"[a-z]+", plain):
        if found[0] in known.words:
            yield Kind.NAME, found.start()
    letters, at_letters = _only(plain, str.isalpha)
    for name in known.names:
        whole, _places = _only(read(name).plain, str.isalpha)
        if len(whole) >= _LONG and whole in letters:
            yield Kind.NAME, at_letters[letters.find(whole)]
    signs, at_signs = _only(plain, str.isalnum)
    for email in known.emails:
        whole, _places = _only(read(email).plain, str.isalnum)
        if len(whole) >= _LONG and whole in signs:
            yield Kind.EMAIL, at_signs[signs.find(whole)]
    yield from _of_codes(plain, known.codes)
    digits, at_digits = _only(plain, str.isdigit)
    for row, kind in known.digits:
        at = digits.find(row)
        if len(row) >= LEAST_DIGITS and at >= 0 and _close(at_digits[at : at + len(row)]):
            yield kind, at_digits[at]


def _of_codes(plain: str, codes: Sequence[str]) -> Iterator[tuple[Kind, int]]:
    for code in codes:
        row, _places = _only(read(code).plain, str.isalnum)
        if len(row) <= LEAST or row.isalpha():
            continue
        gap = "" if row.isdigit() else "[^a-z0-9]{0,3}"
        for found in re.finditer(rf"(?<![a-z0-9]){gap.join(map(re.escape, row))}(?![a-z0-9])", plain):
            yield Kind.CUSTOMER, found.start()


def _of_patterns(plain: str) -> Iterator[tuple[Kind, int]]:
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            yield kind, found.start()
    for found in _HOUSE.finditer(plain):
        if not numbered(plain, *found.span()):
            yield Kind.PHONE, found.start()
    for found in _SAYS_NAME.finditer(plain):
        if found[1] not in STOP and found[1] not in PARTICLES:
            yield Kind.NAME, found.start(1)
    for start, digits in _numbers(plain):
        if is_cpf(digits):
            yield Kind.CPF, start
        elif is_cnpj(digits):
            yield Kind.CNPJ, start
        elif (
            len(digits) == 11
            and digits[2] == "9"
            and phone_digits(digits)
            and plain[start - 1 : start] in ("(", "+")
        ):
            yield Kind.PHONE, start


def _numbers(plain: str) -> Iterator[tuple[int, str]]:
    """Every row of whole groups of digits that stand near one another, with where it begins."""
    groups = [(found.start(), found.end()) for found in re.finditer(r"[0-9]+", plain)]
    for first, (start, _end) in enumerate(groups):
        if begins_protocol(plain, start):
            continue
        row, last = "", start
        for begin, end in groups[first : first + 15]:
            if row and (begin - last > _NEAR or plain[last:begin].strip(" .,;:/|_*~+()-\n\u00b0")):
                break
            row, last = row + plain[begin:end], end
            if len(row) > 14:
                break
            if len(row) in (11, 14):
                yield start, row


def _only(plain: str, wanted: object) -> tuple[str, list[int]]:
    assert callable(wanted)
    places = [at for at, char in enumerate(plain) if wanted(char)]
    return "".join(plain[at] for at in places), places


def _close(places: Sequence[int]) -> bool:
    return all(after - before <= _NEAR + 1 for before, after in pairwise(places))


def _spared(text: str, allowed: Sequence[str]) -> frozenset[int]:
    found: set[int] = set()
    for piece in allowed:
        at = text.find(piece) if piece else -1
        while at >= 0:
            found.update(range(at, at + len(piece)))
            at = text.find(piece, at + len(piece))
    return frozenset(found)


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
