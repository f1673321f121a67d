"""Which column of an unknown file is probably which field: by the names that other programs use, and by the values.

A guess is taken where the header is a name that is known for the field, or nearly one, and the values do not speak
against it. What the values contradict is proposed all the same, but commented out, with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from enum import StrEnum
from typing import Final

from ouvidoria_tui.domain.document import is_document
from ouvidoria_tui.intake.dates import Dates
from ouvidoria_tui.intake.kinds import KINDS
from ouvidoria_tui.intake.maker import CHOICES, is_address
from ouvidoria_tui.intake.mapping import FieldMapping, FieldRule, fold
from ouvidoria_tui.text import N_, Text

#: Formats in the order in which they are tried; the American one only where it alone fits.
_FORMATS: Final = (
    "iso",
    "dd/mm/yyyy",
    "yyyy/mm/dd",
    "dd-mm-yyyy",
    "dd.mm.yyyy",
    "dd/mm/yy",
    "excel",
    "mm/dd/yyyy",
)
_MOST: Final = 0.8
_VALUES: Final = 12


class Sure(StrEnum):
    """How sure a guess is; a doubtful one is left commented out."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Guess:
    """One column as one field: why, and what its values need to be read."""

    target: str
    column: str
    sure: Sure
    why: tuple[Text, ...]
    formats: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def guess(names: Sequence[str], rows: Sequence[Sequence[str]], base: FieldMapping) -> list[Guess]:
    """A guess for each column that may be a field of ``base``, the surest of a field first; a column gives one."""
    columns = [
        [row[index] for row in rows if index < len(row) and row[index].strip()] for index in range(len(names))
    ]
    offers: list[tuple[int, Guess]] = []
    for index, name in enumerate(names):
        if not name:
            continue
        for rule in base.fields:
            nearness = _nearness(fold(name), rule)
            if nearness:
                offers.append((nearness, _weighed(name, columns[index], rule, base, nearness)))
    offers += _by_values(names, columns, {one.column for _near, one in offers}, base)
    order = {Sure.CERTAIN: 0, Sure.LIKELY: 1, Sure.DOUBTFUL: 2}
    offers.sort(key=lambda offer: (order[offer[1].sure], -offer[0]))
    return _each_once(offers, base)


def confident(guesses: Sequence[Guess], kind: str) -> str | None:
    """The first group of fields that the kind needs and no sure guess gives; ``None`` where all are there."""
    sure = {one.target for one in guesses if one.sure is not Sure.DOUBTFUL}
    for group in KINDS[kind].needs:
        if not sure.intersection(group):
            return " / ".join(group)
    return None


def _each_once(offers: list[tuple[int, Guess]], base: FieldMapping) -> list[Guess]:
    taken: dict[str, str] = {}
    used: set[str] = set()
    found: list[Guess] = []
    for _near, one in offers:
        if one.column in used:
            continue
        if one.target in taken and one.sure is not Sure.DOUBTFUL:
            why = N_("the field is taken from {column} already", column=taken[one.target])
            one = Guess(one.target, one.column, Sure.DOUBTFUL, (*one.why, why), one.formats)
        used.add(one.column)
        if one.sure is not Sure.DOUBTFUL:
            taken[one.target] = one.column
        found.append(one)
    place = {rule.target: index for index, rule in enumerate(base.fields)}
    return sorted(found, key=lambda one: (place.get(one.target, 99), one.sure is Sure.DOUBTFUL))


def _nearness(name: str, rule: FieldRule) -> int:
    """3 where the name is one of the field's, 2 where it has all words of one, 1 where it has the chief one."""
    known = [fold(column) for column in rule.columns]
    if name in known:
        return 3
    words = set(name.split())
    best = 0
    for one in known:
        of = set(one.split())
        if len(of) > 1 and of <= words:
            best = max(best, 2)
        elif len(one) > 4 and of and of <= words:
            best = max(best, 1)
    return best


def _weighed(name: str, values: Sequence[str], rule: FieldRule, base: FieldMapping, nearness: int) -> Guess:
    by_name = (
        N_("the header is a known name of the field")
        if nearness == 3
        else N_("the header is like a known name")
    )
    sure = Sure.CERTAIN if nearness == 3 else Sure.LIKELY if nearness == 2 else Sure.DOUBTFUL
    target, why = rule.target, [by_name]
    if not values:
        return Guess(target, name, sure, (*why, N_("no value to judge by")))
    if target in KINDS[base.kind].dated and target != "messages":
        formats, dated, note = date_formats(values)
        why.append(note)
        if dated < _MOST:
            return Guess(target, name, Sure.DOUBTFUL, tuple(why))
        return Guess(target, name, Sure.LIKELY if nearness == 1 else sure, tuple(why), formats)
    choices = CHOICES.get(target)
    if choices is not None:
        return _of_choices(name, values, rule, choices, sure, why)
    share = _share(target, values)
    if share is not None:
        why.append(N_("{percent} % of the values fit", percent=round(100 * share)))
        if share < _MOST:
            return Guess(target, name, Sure.DOUBTFUL, tuple(why))
        sure = Sure.LIKELY if nearness == 1 else sure
    if target in ("external_id", "number") and len(set(values)) < len(values):
        why.append(N_("but values repeat: no id"))
        return Guess(target, name, Sure.DOUBTFUL, tuple(why))
    return Guess(target, name, sure, tuple(why))


def _of_choices(
    name: str, values: Sequence[str], rule: FieldRule, choices: Mapping[str, str], sure: Sure, why: list[Text]
) -> Guess:
    counted = Counter(value.strip() for value in values)
    known: dict[str, str] = {}
    unknown: list[str] = []
    for value, _count in counted.most_common(200):
        slug = rule.values.get(fold(value)) or choices.get(value.lower())
        if slug is None:
            unknown.append(value)
        elif slug != value.lower():
            known[value] = slug
    fits = sum(count for value, count in counted.items() if value not in unknown) / len(values)
    why.append(N_("{percent} % of the values are known", percent=round(100 * fits)))
    if fits < _MOST:
        sure = Sure.DOUBTFUL
    return Guess(rule.target, name, sure, tuple(why), values=known, unknown=tuple(unknown[:_VALUES]))


def _share(target: str, values: Sequence[str]) -> float | None:
    """How many of the values look as those of the field do; ``None`` where anything does."""
    last = target.rpartition(".")[2]
    if last in ("email", "contact_email"):
        return sum(is_address(value.strip()) for value in values) / len(values)
    if last == "document":
        return sum(is_document(value) for value in values) / len(values)
    if last == "satisfaction":
        return sum(value.strip()[:1] in "12345" and len(value.strip()) <= 3 for value in values) / len(values)
    if last in ("received", "solved"):
        return sum(value.strip().replace(".", "").isdigit() for value in values) / len(values)
    return None


def date_formats(values: Sequence[str]) -> tuple[tuple[str, ...], float, Text]:
    """The formats that read the most of ``values``, the share they read, and a remark on both."""
    readable = {name: {value for value in values if _reads(value, name)} for name in _FORMATS}
    left, formats = set(values), []
    while left:
        best = max(_FORMATS, key=lambda name: (len(readable[name] & left), -_FORMATS.index(name)))
        if not readable[best] & left:
            break
        formats.append(best)
        left -= readable[best]
    fits = sum(value not in left for value in values) / len(values)
    if set(formats) >= {"dd/mm/yyyy", "mm/dd/yyyy"}:
        formats.remove("mm/dd/yyyy")
        return tuple(formats), 0.0, N_("days and months stand in either order: no format reads all of it")
    if formats == ["dd/mm/yyyy"] and len(readable["mm/dd/yyyy"]) == len(set(values)):
        return tuple(formats), fits, N_("dates, the day first (no value decides: the month could be, too)")
    return tuple(formats), fits, N_("{percent} % of the values are dates", percent=round(100 * fits))


def _reads(value: str, name: str) -> bool:
    try:
        Dates(UTC, (name,)).parse(value)
    except (ValueError, OverflowError):
        return False
    return True


def _by_values(
    names: Sequence[str], columns: Sequence[Sequence[str]], claimed: set[str], base: FieldMapping
) -> list[tuple[int, Guess]]:
    """Columns whose values give them away where their names do not: proposed, never taken."""
    targets = {rule.target for rule in base.fields}
    found: list[tuple[int, Guess]] = []
    for name, values in zip(names, columns, strict=True):
        if name in claimed or not name or not values:
            continue
        for target in ("customer.email", "email", "customer.document", "document"):
            share = _share(target, values)
            if target in targets and share is not None and share >= _MOST:
                why = N_("the values look like it, the header says nothing")
                found.append((0, Guess(target, name, Sure.DOUBTFUL, (why,))))
                break
    return found
