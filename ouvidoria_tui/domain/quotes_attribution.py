"""The line with which a mail program introduces a quote: ``Em seg., 19 de jul. de 2021 às 10:12, … escreveu:``.

It may be wrapped over several lines. Two degrees are told apart, because people write such lines, too: a
certain one names a moment and a bracketed address, and stands for a quote even if no line of it is marked;
any other is believed only where lines marked with ``>`` follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ouvidoria_tui.domain.quotes_lines import LONGEST

#: The most lines that one attribution is wrapped over.
WRAPPED: Final = 7
#: What an attribution ends with, unless the quote stands on the same line.
_LAST_SIGNS: Final = ":：-*_"
#: The longest that a mere name and its verb may be.
_NAME_MOST: Final = 80

#: Verbs that stand right before the colon.
_LAST = (
    r"escreveu|escreveram|escrevia|disse|wrote|writes|said|escribi[óo]|escribe|va escriure|(?:a|à) [ée]crit|[ée]crivait"
    r"|ha scritto|scrive|napisa[łl](?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?|nap[íi]sal(?:\(a\)|a)?|kirjoitti"
    r"|geschreven|geschrieben|schrieb|schreef|skrev|написал(?:\(а\)|а)?|пишет|пише|написа(?:в|ла)?|yazd[ıi]|a scris"
    r"|írta|έγραψε|đã viết|menulis|napisao je|写道|寫道|写到|書きました|のメール|작성|כתב|كتب"
)
#: Verbs after which a name, an address or a moment may follow before the colon.
_MIDDLE = r"schrieb|schreef|skrev|geschrieben|ezt írta|写道|寫道"
_FOLLOWS = r"(?: (?:o seguinte|lo siguiente|the following|het volgende|ce qui suit))?"
_ENDS = re.compile(rf"(?:{_LAST}){_FOLLOWS}\s?(?:[:：]\s?[-*_]*|-{{2,}})$", re.IGNORECASE)
_ENDS_LATER = re.compile(rf"\b(?:{_MIDDLE})\b.{{1,250}}[:：]\*?$", re.IGNORECASE)
#: Some programs put the quoted text on the same line.
_ENDS_WITHIN = re.compile(rf"@[^\s<>]{{1,190}}>\s{{0,3}}(?:{_LAST})\s?:\s{{2,}}\S", re.IGNORECASE)

_STARTER = (
    r"on|at|em|no dia|às|el(?: día)?|le|am|il(?: giorno)?|op|w dniu|dnia|den|d\.|dne|în data de|în|"
    r"на|в|у|στις|vào|pada"
)
_DAY = r"\d{1,2}[/.-]\s?\d{1,2}[/.-]\s?\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{4}\s?[年년]"
_DATE = re.compile(
    rf"\b(?:{_DAY}"
    r"|\d{1,2}(?:\.|º|st|nd|rd|th)?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s|del\s)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{4}\.\s[^\W\d_]{3,12}\.?\s\d{1,2})"
)
_TIME = re.compile(r"\b\d{1,2}[:h]\d{2}|\b(?:klo?|um|ore)\.?\s\d{1,2}[.:]\d{2}")
_ADDRESS = re.compile(r"[\w.+%'=-]{1,64}@[\w-]{1,63}\.\w")
_BRACKETED = re.compile(
    r"[<(\[]\s?(?:mailto:)?[^<>()@]{0,64}[<(\[]?[\w.+%'=-]{1,64}@[\w.-]{1,190}|&lt;[^\s@]{1,64}@"
)
_WEEKDAY = re.compile(
    r"\b(?:seg|ter|qua|qui|sex|s[áa]b|dom|mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[ée]|mer|jue|jeu|vie|ven|sam|dim"
    r"|mo|di|mi|do|fr|sa|so)[^\W\d_]{0,9}(?:-feira)?[.,]",
    re.IGNORECASE,
)
#: The bracket closes right before the verb (or the colon), as no sentence of a person has it.
_CLOSED = re.compile(
    rf"[>)\];]\s{{0,3}}(?:(?:님이\s|,.{{1,60}}şunu\s)?(?:{_LAST}|{_MIDDLE})|[:：]|[于於在]\s?\d)",
    re.IGNORECASE,
)
#: ``o atendente escreveu``: somebody tells what was written.
_TOLD = re.compile(
    rf"\b(?:o|a|os|as|um|uma|the|el|los|las|un|una|le|les)\s(?-i:[a-zà-ÿ])[\w-]{{1,30}}\s(?:{_LAST})",
    re.IGNORECASE,
)
#: A starter, or the day of the week, and a digit soon after it.
_STARTED = re.compile(
    rf"[-*_\s]{{0,12}}(?:(?:{_STARTER})\s(?:[\w-]{{1,16}}\.?,?\s){{0,2}}\d|[在於于]\s?\d)", re.IGNORECASE
)
_DATED = re.compile(
    rf"[-*_\s]{{0,12}}(?:[^\W\d_]{{2,12}}\.?,?\s)?(?:{_DAY}|\d{{1,2}}\.?\s(?:de\s)?[^\W\d_]{{3,12}})"
)
_NAMED = re.compile(
    r"(?!(?:O|A|Os|As|Um|Uma|El|La|Los|Las|Le|Les|The|Il|Lo|Der|Die|Das|Ele|Ela|He|She|Eu|I)\s)"
    r"[\"'“]?[A-ZÀ-ÞА-Я][\w.'’-]*(?:\s[A-ZÀ-ÞА-Я\"'“(d][\w.'’\")-]*){0,4}[\"'”]?\s"
)
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?]$|[?!]$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution up to the line before ``end``; ``certain`` where it needs no marked lines to be believed."""

    end: int
    certain: bool


def attribution_at(plains: Sequence[str], at: int) -> Attribution | None:
    """The attribution that begins with the line ``at``, if one does."""
    begins = _beginning(plains, at)
    if begins is None:
        return None
    joined, without_verb = "", None
    for place in range(at, min(at + WRAPPED, len(plains))):
        plain = plains[place]
        if place > at and not _goes_on(plains, place, joined, begins):
            break
        joined = f"{joined} {plain}" if joined else plain
        if len(joined) > LONGEST:
            break
        certain = _by_its_verb(joined, begins)
        if certain is not None:
            return Attribution(place + 1, certain)
        certain = _by_its_shape(joined, begins)
        if certain is not None:
            without_verb = Attribution(place + 1, certain)
        if _SENTENCE.search(plain):
            break
    return without_verb


def _beginning(plains: Sequence[str], at: int) -> re.Pattern[str] | None:
    """What the line begins as, where it may begin an attribution at all."""
    first = plains[at]
    if not first or len(first) > LONGEST or first[0] == ">":
        return None
    two = f"{first} {plains[at + 1][:40]}" if at + 1 < len(plains) else first
    for form in (_STARTED, _DATED):
        if form.match(two):
            return form
    return _NAMED if "@" in two or _NAMED.match(first) else None


def _goes_on(plains: Sequence[str], place: int, joined: str, begins: re.Pattern[str]) -> bool:
    """Whether the line can belong to what was begun, rather than begin another, or be something else."""
    plain = plains[place]
    if not plain:  # some programs put a name, then nothing, then the address
        return place + 1 < len(plains) and plains[place + 1].startswith("<")
    if plain[0] == ">":  # the bracket of an address, wrapped
        return joined.count("<") > joined.count(">")
    if _STARTED.match(plain):
        return False
    return not (_DATED.match(plain) and (begins is _NAMED or _DATE.search(joined)) and _ENDS.search(plain))


def _by_its_verb(joined: str, begins: re.Pattern[str]) -> bool | None:
    """``None`` for no attribution, otherwise whether it is a certain one."""
    if joined[-1] not in _LAST_SIGNS and not ("@" in joined and ":" in joined):
        return None
    dated, timed = _DATE.search(joined) is not None, _TIME.search(joined) is not None
    if _ENDS_WITHIN.search(joined):
        return True if dated or timed else None
    if not (_ENDS.search(joined) or _ENDS_LATER.search(joined)) or _TOLD.search(joined):
        return None
    if dated and _BRACKETED.search(joined) and _CLOSED.search(joined):
        return True
    if begins is _NAMED:
        by_name = len(joined) <= _NAME_MOST and _NAMED.match(joined)
        return False if dated or by_name or _ADDRESS.search(joined) else None
    if dated and timed and _WEEKDAY.search(joined[:30]):
        return True
    return False if dated or timed or _ADDRESS.search(joined) else None


def _by_its_shape(joined: str, begins: re.Pattern[str]) -> bool | None:
    """The same, for a date, a name and an address without a verb, as Gmail writes it in some languages."""
    if begins is _NAMED or not joined.endswith((">", ">:", ">：")):
        return None
    if not _DATE.search(joined) or not _BRACKETED.search(joined):
        return None
    return joined[-1] != ">" and _TIME.search(joined) is not None
