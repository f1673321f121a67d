"""What a column is, and how one cell of a record becomes text for people or for machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import Text

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    ``key`` names the value in a record, dotted into nested ones, and heads the machine formats; ``title``
    heads the human ones, whose cells ``render`` makes of the whole record (default: the value as words).
    Where a terminal is too narrow, ``flex`` columns give room first, then the columns with the highest
    ``priority`` go (0: never). ``width`` is the least that a column takes. ``tone`` names a cell's colours.
    """

    key: str
    title: Text
    align: Literal["left", "right"] = "left"
    width: int = 0
    flex: bool = False
    priority: int = 0
    render: Callable[[Record], str] | None = None
    tone: Callable[[Record], str] | None = None


def value_of(record: Record, key: str) -> object:
    """The value under a key, dotted into nested records; ``None`` where there is none."""
    if key in record:
        return record[key]
    if "." not in key:
        return None
    value: object = record
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def human_cell(column: Column, record: Record) -> str:
    """The cell as people read it: clean, one line, never markup."""
    if column.render is not None:
        return clean(column.render(record))
    return clean(human(value_of(record, column.key)))


def human(value: object) -> str:
    """A value in words, not cleaned: nothing for ``None``, yes or no, lists with commas."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(human(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {human(item)}" for name, item in value.items())
    return say(value)


def machine_cell(value: object) -> str:
    """A value as tsv and csv hold it: empty for ``None``, lists with commas, nested ones as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(x, str | int) for x in value):
        return ",".join(map(str, value))
    if isinstance(value, dict | list | tuple | Mapping):
        from ouvidoria_tui.present.json_text import json_text

        return json_text(value)
    return say(value)
