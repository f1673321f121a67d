"""Which column of a file is which field of a record: a mapping, and its plan for one header.

A mapping is written as TOML (``data/mappings``), read and checked by ``mapping_file``. Names are compared
without case, accents and punctuation, because the same export is found with several headers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from ouvidoria_tui.domain.fold import fold as plain
from ouvidoria_tui.intake.kinds import KINDS
from ouvidoria_tui.intake.record import FieldError
from ouvidoria_tui.intake.values import json_cell
from ouvidoria_tui.text import N_

_NESTED = re.compile(r"(messages)\.([1-9][0-9]{0,3})\.(at|from|text)|(extra)\.(.+)", re.DOTALL)


class Others(StrEnum):
    """What becomes of a value that the ``values`` of a field do not list."""

    KEEP = "keep"
    NONE = "none"
    REJECT = "reject"


def fold(name: str) -> str:
    """``name`` for comparing: no case, no accents, no punctuation but the dot, single blanks."""
    return " ".join("".join(c if c.isalnum() or c == "." else " " for c in plain(name)).split())


@lru_cache(maxsize=4096)
def _fold_again(name: str) -> str:
    """``fold`` for the few values that a column repeats."""
    return fold(name)


def _fold_value(value: object) -> str:
    text = value if type(value) is str else str(value)
    return _fold_again(text) if len(text) <= 100 else fold(text)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where one field of the record comes from; ``columns`` are synonyms, the first that is there wins."""

    target: str
    columns: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    others: Others = Others.KEEP
    constant: str | None = None
    default: str | None = None
    strip: bool = False
    row_digest: bool = False
    when_column: str | None = None
    when_values: frozenset[str] = frozenset()
    keep: bool = False


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """A mapping, checked. ``strip`` and ``guard`` are about every cell of a table, ``kind`` is one of ``KINDS``,
    ``adapt`` names how objects of JSON are made flat first.
    """

    name: str
    source: str
    fields: tuple[FieldRule, ...]
    title: str = ""
    strip: bool = False
    guard: bool = False
    kind: str = "tickets"
    adapt: str = ""

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """Groups of fields: of each at least one must be there."""
        return KINDS[self.kind].needs

    def formats(self) -> dict[str, tuple[str, ...]]:
        """The date formats by target field."""
        return {rule.target: rule.formats for rule in self.fields if rule.formats}

    def known(self, names: Sequence[str]) -> int:
        """How many of ``names`` this mapping knows: what a header is recognised by."""
        known = {fold(column) for rule in self.fields for column in (*rule.columns, rule.when_column or "")}
        known.discard("")  # what a name of punctuation alone folds to
        return sum(1 for name in names if name and (fold(name) in known or _NESTED.fullmatch(name)))


class Plan:
    """A mapping worked out for one header: ``raw`` turns a row of cells into native names and raw values."""

    def __init__(self, mapping: FieldMapping, names: Sequence[str], *, keep_empty: bool = False) -> None:
        self.names = tuple(names)
        self._keep_empty = keep_empty
        #: native name -> index of the column it comes from
        self.sources: dict[str, int] = {}
        self._constants: dict[str, object] = {}
        self._plain: list[tuple[int, str]] = []
        self._ruled: list[tuple[int, FieldRule, int]] = []
        self._nested: list[tuple[int, tuple[str, ...]]] = []
        #: columns under another program's name, where JSON may hold more than a field can take
        self._foreign: list[int] = []
        places: dict[str, int] = {}
        for index, name in enumerate(names):
            places.setdefault(fold(name), index)
        for rule in mapping.fields:
            self._add(rule, places)
        used = set(self.sources.values())
        self._extra = [
            (i, name.strip() or f"column {i + 1}") for i, name in enumerate(names) if i not in used
        ]
        self._find_nested()

    def _add(self, rule: FieldRule, places: Mapping[str, int]) -> None:
        fallback = rule.constant if rule.constant is not None else rule.default
        if fallback is not None:
            self._put(self._constants, rule.target, fallback)
        index = next((places[key] for column in rule.columns if (key := fold(column)) in places), None)
        if index is None:
            return
        self.sources[rule.target] = index
        if self._keep_empty and fold(self.names[index]) != fold(rule.columns[0]):
            self._foreign.append(index)
        if rule.values or rule.when_column is not None or rule.keep or rule.strip:
            self._ruled.append((index, rule, places.get(fold(rule.when_column or ""), -1)))
        elif "." in rule.target:
            self._nested.append((index, tuple(rule.target.split("."))))
        else:
            self._plain.append((index, rule.target))

    def _find_nested(self) -> None:
        """Takes ``messages.1.text`` and ``extra.anything`` out of the unknown columns."""
        rest = []
        for index, name in self._extra:
            match = _NESTED.fullmatch(name)
            if match is None:
                rest.append((index, name))
                continue
            path = tuple(part for part in match.groups() if part is not None)
            self.sources[name] = index
            self._nested.append((index, path))
        self._extra = rest

    def raw(self, cells: Sequence[object]) -> dict[str, object]:
        """The row's values by native name; what no field takes is under ``extra``. Empty cells are left out.

        Raises ``FieldError`` where a value must be one of those listed and is not.
        """
        raw = dict(self._constants)
        extra: dict[str, object] = {}
        if self._foreign:
            cells = self._without_trees(cells, extra)
        for index, target in self._plain:
            value = cells[index]
            if value is not None and value != "":
                raw[target] = value
        for index, rule, condition in self._ruled:
            self._apply(rule, index, cells, "" if condition < 0 else cells[condition], raw, extra)
        if self._nested:
            self._gather(cells, raw, extra)
        for index, name in self._extra:
            value = cells[index]
            if value != "" or self._keep_empty:
                extra[name] = value
        if extra:
            self._merge(raw, extra)
        return raw

    def _without_trees(self, cells: Sequence[object], extra: dict[str, object]) -> Sequence[object]:
        """The cells, where what another program nests under a name that we know as text goes to ``extra``."""
        found = [index for index in self._foreign if isinstance(cells[index], dict | list)]
        if not found:
            return cells
        extra.update((self.names[index], cells[index]) for index in found)
        return [None if index in found else value for index, value in enumerate(cells)]

    def _apply(
        self,
        rule: FieldRule,
        index: int,
        cells: Sequence[object],
        condition: object,
        raw: dict[str, object],
        extra: dict[str, object],
    ) -> None:
        value = cells[index]
        if value is None or value == "":
            return
        if rule.keep:
            extra[self.names[index]] = value
        if rule.when_column is not None and _fold_value(condition) not in rule.when_values:
            extra[self.names[index]] = value  # not this field's, but never lost
            return
        if rule.strip and isinstance(value, str):
            value = value.strip()
        if rule.values:
            listed = rule.values.get(_fold_value(value))
            if listed is not None:
                value = listed
            elif rule.others is Others.REJECT:
                raise FieldError(
                    rule.target,
                    "BAD_VALUE",
                    N_("a value that the mapping {name} does not list", name=rule.target),
                    value,
                )
            elif rule.others is Others.NONE:
                return
        self._put(raw, rule.target, value)

    def column_of(self, field: str) -> int:
        """The index of the column that ``field`` (of a ``FieldError``) comes from; -1 where there is none."""
        path = field
        while path:
            if path in self.sources:
                return self.sources[path]
            path = path.rpartition(".")[0]
        return self.names.index(field) if field in self.names else -1

    @staticmethod
    def _put(raw: dict[str, object], target: str, value: object) -> None:
        head, dot, tail = target.partition(".")
        if not dot:
            raw[target] = value
            return
        inner = raw.get(head)
        if isinstance(inner, str):
            inner = {"name": inner}
        if inner is None:
            inner = {}
        if not isinstance(inner, dict) or inner.get(tail, value) != value:
            raise FieldError(target, "CONTRADICTION", N_("the same field is given in two ways"), value)
        raw[head] = {**inner, tail: value}

    def _gather(self, cells: Sequence[object], raw: dict[str, object], extra: dict[str, object]) -> None:
        messages: dict[int, dict[str, object]] = {}
        for index, path in self._nested:
            value = cells[index]
            if value is None or value == "":
                continue
            if path[0] == "messages":
                messages.setdefault(int(path[1]), {})[path[2]] = value
            elif path[0] == "extra":
                extra[path[1]] = value
            else:
                self._put(raw, ".".join(path), value)
        if messages:
            if "messages" in raw:
                raise FieldError("messages", "CONTRADICTION", N_("messages are given in two ways"), "")
            raw["messages"] = [messages[number] for number in sorted(messages)]

    @staticmethod
    def _merge(raw: dict[str, object], extra: dict[str, object]) -> None:
        given = raw.get("extra")
        if isinstance(given, str):
            given = json_cell(given, "extra")
        if given is None:
            raw["extra"] = extra
        elif isinstance(given, dict):
            twice = given.keys() & extra.keys()
            if twice:
                raise FieldError(min(twice), "CONTRADICTION", N_("the same unknown field is given twice"), "")
            raw["extra"] = {**given, **extra}
        else:
            raise FieldError("extra", "BAD_TYPE", N_("an object with fields is expected here"), given)
