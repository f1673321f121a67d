"""A text without personal data, for eyes that may not know who wrote it (rules.md, collision 7; Decreto 10.153/2019).

Names, numbers and addresses that the registers know go wherever they stand; so does what looks like a person's,
in Brazilian forms. Each is replaced by a mark that says what was there. The time taken is linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.redaction_known import Known, known_spans
from ouvidoria_tui.domain.redaction_names import introduced, signatures
from ouvidoria_tui.domain.redaction_numbers import numbers
from ouvidoria_tui.domain.redaction_places import net, places
from ouvidoria_tui.domain.redaction_rows import rows
from ouvidoria_tui.domain.redaction_span import MARKS, Kind, Span, joined
from ouvidoria_tui.domain.redaction_text import Reading, read

__all__ = ["MARKS", "Kind", "Known", "Redacted", "Wish", "redact"]

#: A wish to have something back names whole words with so many signs, or the whole piece: what is shorter, or only
#: digits, would bring back more than its author saw.
_LEAST_BACK = 4
_WORDS = re.compile(r"[a-z0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person decides beside the rules: words to remove, too, and words that may stay.

    ``restore`` brings back a piece that it names whole, or by whole words of four signs and more.
    """

    remove: tuple[str, ...] = ()
    restore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text with marks in the places of what was removed, and how many of each kind.

    ``restored`` are pieces that stand there because a person wanted it; ``unfound`` words of the wish that are
    nowhere, ``held`` those that are asked back and stay away, because the registers know them.
    """

    text: str
    counts: tuple[tuple[Kind, int], ...] = ()
    restored: tuple[str, ...] = ()
    unfound: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


def redact(text: str, known: Known, wish: Wish | None = None) -> Redacted:
    """``text`` without what ``known`` holds and without what looks like personal data."""
    wish = wish or Wish()
    reading = read(text)
    found = list(_found(reading, known))
    marked = list(_marked(reading.plain, wish.remove))
    spans = joined([*found, *(span for _word, span in marked)])
    kept, restored, held, used = [], [], [], set()
    for span in spans:
        start, end = reading.span(span.start, span.end)
        hit = [word for word in wish.restore if _meant(word, text[start:end])]
        used.update(hit)
        if hit and not span.known and span.kind is not Kind.MARKED:
            restored.append(text[start:end])
            continue
        held += hit
        kept.append(Span(start, end, span.kind, span.known))
    there = {word for word, _span in marked}
    return Redacted(
        _with_marks(text, kept),
        tuple(sorted(Counter(span.kind for span in kept).items())),
        tuple(dict.fromkeys(restored)),
        tuple(word for word in (*wish.remove, *wish.restore) if word not in there and word not in used),
        tuple(dict.fromkeys(held)),
    )


def squeezed(text: str) -> str:
    """The letters and digits of ``text``, folded: what two spellings of the same have in common."""
    return "".join(char for char in read(text).plain if char.isalnum())


def _meant(word: str, piece: str) -> bool:
    """Whether somebody who asks ``word`` back means ``piece``: all of it, or by whole words of it."""
    bare = squeezed(word)
    if not bare or bare == squeezed(piece):
        return bool(bare)
    if bare.isdigit() or len(bare) < _LEAST_BACK:
        return False
    wanted, there = _WORDS.findall(read(word).plain), _WORDS.findall(read(piece).plain)
    return any(there[at : at + len(wanted)] == wanted for at in range(len(there)))


def _found(reading: Reading, known: Known) -> Iterable[Span]:
    plain, capital = reading.plain, reading.capital
    yield from known_spans(plain, capital, known)
    yield from net(plain)
    yield from numbers(plain, capital)
    yield from rows(plain)
    yield from places(plain, capital)
    yield from introduced(plain, capital)
    yield from signatures(plain, capital)


def _marked(plain: str, words: Sequence[str]) -> Iterable[tuple[str, Span]]:
    """Every place of the words that a person marked, whatever their case and accents."""
    for word in words:
        parts = read(word).plain.split()
        if not parts:
            continue
        pattern = r"\s+".join(map(re.escape, parts))
        for found in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", plain):
            yield word, Span(*found.span(), Kind.MARKED)


def _with_marks(text: str, spans: Sequence[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], MARKS[span.kind]]
        at = span.end
    return "".join([*parts, text[at:]])
