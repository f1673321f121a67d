"""The checks of single values: raw text or JSON in, a clean value or a :class:`FieldError` out.

They are called for every cell of every row, so the common case comes first and nothing is compiled or
allocated on the way.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.intake.dates import Dates
from ouvidoria_tui.intake.record import MAX_TEXT, FieldError
from ouvidoria_tui.text import N_

E = TypeVar("E", bound=StrEnum)

MAX_DEPTH = 32
MAX_ITEMS = 10_000


def whole_text(raw: Mapping[str, object], key: str, field: str = "") -> str:
    """The text under ``key`` as it is written, at most 1 MiB; ``""`` where there is none."""
    value = raw.get(key)
    if value is None:
        return ""
    if type(value) is not str:
        value = _number_as_text(value, field or key)
    if len(value) * 4 > MAX_TEXT and len(value.encode("utf-8", "surrogatepass")) > MAX_TEXT:
        raise FieldError(field or key, "TOO_LONG", N_("longer than {limit} bytes", limit=MAX_TEXT), value)
    check_text(value, field or key)
    return value if not value.isspace() else ""


def short_text(raw: Mapping[str, object], key: str, limit: int, field: str = "") -> str | None:
    """The text under ``key`` without blanks around it, at most ``limit`` characters; ``None`` where empty."""
    value = raw.get(key)
    if value is None:
        return None
    if type(value) is not str:
        value = _number_as_text(value, field or key)
    value = value.strip()
    if len(value) > limit:
        raise FieldError(field or key, "TOO_LONG", N_("longer than {limit} characters", limit=limit), value)
    check_text(value, field or key)
    return value or None


def check_text(value: str, field: str) -> None:
    """Nothing, where the store can keep ``value``; refuses NUL and halves of surrogate pairs."""
    if "\0" in value:
        raise FieldError(field, "BAD_TEXT", N_("holds a NUL character"), value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise FieldError(field, "BAD_TEXT", N_("holds bytes that are no text"), value) from None


def _number_as_text(value: object, field: str) -> str:
    if type(value) is int:
        return str(value)  # identifiers are often written as numbers
    raise FieldError(field, "BAD_TYPE", N_("text is expected here"), value)


def one_of(raw: Mapping[str, object], key: str, choices: Mapping[str, E], field: str = "") -> E | None:
    """The member of a closed vocabulary under ``key`` (case and outer blanks do not matter), or ``None``."""
    value = raw.get(key)
    if value is None:
        return None
    if type(value) is not str:
        raise FieldError(field or key, "BAD_TYPE", N_("text is expected here"), value)
    found = choices.get(value)
    if found is not None:
        return found
    value = value.strip().lower()
    if not value:
        return None
    if value in choices:
        return choices[value]
    names = ", ".join(choices)
    raise FieldError(field or key, "BAD_VALUE", N_("not one of: {names}", names=names), value)


def moment(
    raw: Mapping[str, object], key: str, dates: Dates, now: int, earliest: int = 0, field: str = ""
) -> int | None:
    """UTC epoch seconds of the date under ``key``, from ``earliest`` to ``now``; or ``None``."""
    value = raw.get(key)
    if value is None or value == "":
        return None
    field = field or key
    if type(value) is not str:
        raise FieldError(field, "BAD_TYPE", N_("a date is expected here, as text"), value)
    try:
        at = dates.parse(value)
    except (ValueError, OverflowError):
        if value.isspace():
            return None
        raise FieldError(field, "BAD_TIME", N_("not a date and time that this import knows"), value) from None
    if at > now:
        raise FieldError(field, "DATE_IN_FUTURE", N_("lies in the future"), value)
    if at < earliest:
        raise FieldError(field, "DATE_ORDER", N_("lies before what it should follow"), value)
    return at


def grade(raw: Mapping[str, object], key: str) -> int | None:
    """A mark from 1 to 5 under ``key`` (S0-07), as a number or as text, or ``None``."""
    value = raw.get(key)
    if value is None or value == "":
        return None
    if type(value) is str:
        value = value.strip()
        if not value:
            return None
        if value[:1] in "12345" and value[1:] in ("", ",0", ".0", ",00", ".00"):
            return int(value[0])
    elif type(value) is int and 1 <= value <= 5:
        return value
    elif type(value) is not int:
        raise FieldError(key, "BAD_TYPE", N_("a whole number is expected here"), value)
    raise FieldError(key, "BAD_VALUE", N_("not a whole number from 1 to 5"), value)


def rung(raw: Mapping[str, object], key: str) -> int | None:
    """A level of escalation from 0 to 3 under ``key``, as a number or as text, or ``None``."""
    value = raw.get(key)
    text = value.strip() if type(value) is str else value
    if text is None or text == "":
        return None
    if str(text) not in ("0", "1", "2", "3"):
        raise FieldError(key, "BAD_VALUE", N_("not a whole number from 0 to 3"), value)
    return int(str(text))


_YES = frozenset({"true", "yes", "y", "sim", "s", "1", "x"})
_NO = frozenset({"false", "no", "n", "nao", "0"})


def flag(raw: Mapping[str, object], key: str) -> bool | None:
    """Yes or no under ``key``, in English or Portuguese, or ``None``."""
    value = raw.get(key)
    if value is None or isinstance(value, bool):
        return value
    text = fold(str(value).strip()) if isinstance(value, (str, int)) else ""
    if text in _YES:
        return True
    if text in _NO:
        return False
    if text == "" and isinstance(value, str):
        return None
    raise FieldError(key, "BAD_VALUE", N_("neither yes nor no"), value)


_GROUPED = re.compile(r"\d{1,3}(?:[.\s]\d{3})+|\d{1,3}(?:,\d{3})+")
_NOTHING_AFTER = re.compile(r"(\d+)[.,]0+")
_MAX_COUNT = 10**12


def count(raw: Mapping[str, object], key: str) -> int | None:
    """A whole number from 0 under ``key``, also as ``1.234`` or ``1234,0``, or ``None``."""
    value = raw.get(key)
    if isinstance(value, bool) or (value is not None and not isinstance(value, (str, int, float))):
        raise FieldError(key, "BAD_TYPE", N_("a whole number is expected here"), value)
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    elif whole := _NOTHING_AFTER.fullmatch(text):
        text = whole[1]
    if not (text.isascii() and text.isdigit()) or len(text) > 15 or int(text) > _MAX_COUNT:
        raise FieldError(key, "BAD_VALUE", N_("not a whole number from 0"), value)
    return int(text)


def check_tree(value: object, field: str) -> None:
    """Nothing, where ``value`` is JSON that can be kept: not deeper than 32, finite numbers, clean text.

    A walk without recursion, because the depth is the file's.
    """
    heap: list[tuple[object, int]] = [(value, 1)]
    seen = 0
    while heap:
        item, depth = heap.pop()
        if isinstance(item, str):
            check_text(item, field)
        elif isinstance(item, float) and not math.isfinite(item):
            raise FieldError(field, "BAD_VALUE", N_("a number without end cannot be kept"), str(item))
        elif isinstance(item, (dict, list)):
            seen += len(item)
            if depth > MAX_DEPTH:
                raise FieldError(field, "TOO_DEEP", N_("nested deeper than {limit}", limit=MAX_DEPTH))
            if seen > MAX_ITEMS:
                raise FieldError(field, "TOO_MANY", N_("more than {limit} items", limit=MAX_ITEMS))
            if isinstance(item, dict):
                heap.extend((key, depth) for key in item)
                heap.extend((child, depth + 1) for child in item.values())
            else:
                heap.extend((child, depth + 1) for child in item)


def json_cell(text: str, field: str) -> object:
    """What a cell that holds JSON says; ``None`` where it is blank."""
    if not text.strip():
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        raise FieldError(field, "BAD_JSON", N_("a list or object of JSON is expected here"), text) from None
    return value
