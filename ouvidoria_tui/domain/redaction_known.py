"""What the desk's registers know of a person, and where it stands in a text, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ouvidoria_tui.domain.redaction_digits import is_cnpj, is_cpf
from ouvidoria_tui.domain.redaction_rows import known_rows
from ouvidoria_tui.domain.redaction_span import Kind, Span
from ouvidoria_tui.domain.redaction_text import read
from ouvidoria_tui.domain.redaction_words import GENERIC, MAILBOXES, PARTICLES

_TOKEN = re.compile(r"[a-z0-9]+", re.ASCII)
_LETTERS = re.compile(r"[a-z]+", re.ASCII)
#: Shorter words of a name than this are not looked for alone, shorter rows of digits neither.
LEAST, LEAST_DIGITS = 3, 7
_ENDINGS = ("inha", "inho", "zinha", "zinho", "zao", "ao", "s")
_LONGEST = 64


@dataclass(frozen=True)
class Known:
    """Names, e-mail addresses and numbers of everybody who stands behind a ticket."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of names and of what stands before the @, folded."""
        named = (word for name in self.names for word in _LETTERS.findall(read(name).plain))
        mailed = (
            word for email in self.emails for word in _mailed(read(email).plain) if word not in MAILBOXES
        )
        return frozenset(
            word for word in (*named, *mailed) if len(word) >= LEAST and word not in GENERIC | PARTICLES
        )

    @cached_property
    def initials(self) -> tuple[str, ...]:
        """The initials of each name of two words or more: with and without its particles, and of its ends."""
        found: dict[str, None] = {}
        for name in self.names:
            words = _LETTERS.findall(read(name).plain)
            telling = [word for word in words if word not in PARTICLES]
            for chosen in (words, telling, telling[:1] + telling[-1:]):
                if len(telling) > 1:
                    found["".join(word[0] for word in chosen)] = None
        return tuple(found)

    @cached_property
    def digits(self) -> tuple[tuple[str, Kind], ...]:
        """Rows of digits: documents, telephones with and without what is dialled before them, codes."""
        found: dict[str, Kind] = {}
        for document in self.documents:
            row = _digits(document)
            found.setdefault(row, Kind.CPF if is_cpf(row) else Kind.CNPJ if is_cnpj(row) else Kind.DOCUMENT)
        for phone in self.phones:
            row = _digits(phone)
            row = row[2:] if row.startswith("55") and len(row) > 11 else row.removeprefix("0")
            for part in (row, row[2:] if len(row) > 9 else row, row[-8:]):
                found.setdefault(part, Kind.PHONE)
        for code in self.codes:
            if code.isdigit():
                found.setdefault(code, Kind.CUSTOMER)
        return tuple((row, kind) for row, kind in found.items() if len(row) >= LEAST_DIGITS)

    @cached_property
    def spelled(self) -> tuple[re.Pattern[str], ...]:
        """Codes of letters and digits however they are parted: ``C-4471``, ``C 4471``, ``c4471``."""
        rows = (_squeezed(code) for code in self.codes)
        mixed = (row for row in rows if len(row) > LEAST and not row.isdigit() and not row.isalpha())
        return tuple(
            re.compile(rf"(?<![a-z0-9]){'[^a-z0-9]{0,3}'.join(map(re.escape, row))}(?![a-z0-9])", re.ASCII)
            for row in mixed
        )

    @cached_property
    def phrases(self) -> tuple[tuple[str, Kind], ...]:
        """What is looked for as it stands: e-mail addresses, documents with letters, codes."""
        wanted = [(email, Kind.EMAIL) for email in self.emails]
        wanted += [(name, Kind.NAME) for name in self.names if len(name.split()) > 1]
        wanted += [(one, Kind.DOCUMENT) for one in self.documents if _digits(one) != _squeezed(one)]
        wanted += [(code, Kind.CUSTOMER) for code in self.codes if len(code) >= LEAST + 1]
        return tuple((read(text.strip()).plain, kind) for text, kind in wanted if text.strip())


def known_spans(plain: str, capital: bytes, known: Known) -> Iterator[Span]:
    """Every place where what is known stands in ``plain``."""
    yield from _names(plain, known)
    yield from _initials(plain, capital, known.initials)
    yield from known_rows(plain, known.digits)
    for phrase, kind in known.phrases:
        at = plain.find(phrase)
        while at >= 0:
            yield Span(at, at + len(phrase), kind, known=True)
            at = plain.find(phrase, at + len(phrase))
    for pattern in known.spelled:
        for found in pattern.finditer(plain):
            yield Span(*found.span(), Kind.CUSTOMER, known=True)
    yield from _spaced(plain, known.words)


def _names(plain: str, known: Known) -> Iterator[Span]:
    """Words of the names, alone, run together, with digits behind, made small; with initials and particles between."""
    tokens = [(found.start(), found.end(), found[0]) for found in _TOKEN.finditer(plain)]
    hits = [_is_name(token, known.words) for _start, _end, token in tokens]
    at = 0
    while at < len(tokens):
        if not hits[at]:
            at += 1
            continue
        first = last = at
        while last + 1 < len(tokens):
            following = last + 1
            while (
                following < len(tokens)
                and following - last <= 2
                and not hits[following]
                and (tokens[following][2] in PARTICLES or len(tokens[following][2]) == 1)
            ):
                following += 1
            near = following < len(tokens) and tokens[following][0] - tokens[last][1] <= 8
            if not near or not hits[following] or "\n\n" in plain[tokens[last][1] : tokens[following][0]]:
                break
            last = following
        start, end = tokens[first][0], tokens[last][1]
        start, end = _with_initials(plain, start, end)
        if "(" in plain[start:end] and plain.startswith(")", end):
            end += 1
        yield Span(start, end, Kind.NAME, known=True)
        at = last + 1
    # A word that a hyphen or the end of a line cuts in two.
    for (start, left, one), (right, end, other) in pairwise(tokens):
        gap = plain[left:right]
        if (
            len(gap) <= 3
            and (gap[:1] in ("-", "_", ".", "*", "/") or gap == "\n")
            and one + other in known.words
        ):
            yield Span(start, end, Kind.NAME, known=True)


def _with_initials(plain: str, start: int, end: int) -> tuple[int, int]:
    """The span with a lone initial before it or behind: ``M. Souza``, ``Maria S.``."""
    initial = start >= 3 and plain[start - 3].isalpha() and plain[start - 2 : start] == ". "
    if initial and (start == 3 or not plain[start - 4].isalnum()):
        start -= 3
    behind = plain[end : end + 3]
    if len(behind) == 3 and behind[0] == " " and behind[1].isalpha() and behind[2] == ".":
        end += 3
    return start, end


def _is_name(token: str, words: frozenset[str]) -> bool:
    """Whether ``token`` is made of known words, with particles between them and digits behind."""
    letters = token.rstrip("0123456789")
    if letters in words or any(
        letters.endswith(ending) and _stem(letters.removesuffix(ending), words) for ending in _ENDINGS
    ):
        return True
    if not LEAST * 2 <= len(letters) <= _LONGEST:
        return False
    reached = {0: False}  # place → whether a known word was passed
    for at in range(len(letters)):
        if at not in reached:
            continue
        for size in range(1, len(letters) - at + 1):
            part = letters[at : at + size]
            if part in words or (part in PARTICLES and at):
                reached[at + size] = reached.get(at + size, False) or reached[at] or part in words
    return reached.get(len(letters), False)


def _stem(rest: str, words: frozenset[str]) -> bool:
    """Whether ``rest`` is a known word, or one that lost its last vowel: ``mariazinha``, ``paulinho``."""
    return len(rest) >= LEAST and (rest in words or any(rest + vowel in words for vowel in "aeo"))


def _initials(plain: str, capital: bytes, initials: Iterable[str]) -> Iterator[Span]:
    """Initials with dots (``M.S.``, ``m. s.``), or three and more capitals (``MSS``)."""
    for row in initials:
        dotted = r"\.[ ]?".join(map(re.escape, row))
        for found in re.finditer(rf"(?<![a-z0-9.]){dotted}(?![a-z0-9])\.?", plain):
            yield Span(*found.span(), Kind.NAME, known=True)
        if len(row) < LEAST:
            continue
        for found in re.finditer(rf"(?<![a-z0-9]){re.escape(row)}(?![a-z0-9])", plain):
            if all(capital[found.start() : found.end()]):
                yield Span(*found.span(), Kind.NAME, known=True)


def _spaced(plain: str, words: frozenset[str]) -> Iterator[Span]:
    """Words whose letters are spaced out: ``M a r i a``, ``m.a.r.i.a``, ``M-A-R-I-A``."""
    for found in re.finditer(r"(?<![a-z0-9])[a-z](?:[ .\-_*]{1,2}[a-z](?![a-z0-9])){2,}", plain):
        letters = [at for at in range(*found.span()) if plain[at].isalpha()]
        row = "".join(plain[at] for at in letters)
        for word in words:
            at = row.find(word)
            while at >= 0:
                yield Span(letters[at], letters[at + len(word) - 1] + 1, Kind.NAME, known=True)
                at = row.find(word, at + len(word))


def _mailed(email: str) -> list[str]:
    """The telling words of an address: before the @, and a domain of one's own."""
    local, _, domain = email.partition("@")
    own = domain.partition(".")[0]
    words = [word for word in _LETTERS.findall(local) if len(word) > LEAST]
    return [*words, *([own] if own.isalpha() and len(own) > LEAST else [])]


def _digits(text: str) -> str:
    return "".join(char for char in read(text).plain if char.isdigit())


def _squeezed(text: str) -> str:
    return "".join(char for char in read(text).plain if char.isalnum())
