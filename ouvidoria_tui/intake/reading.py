"""An open import of one file: items and rejects one at a time, whatever the format and the kind of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from ouvidoria_tui.domain.formula import plain
from ouvidoria_tui.intake.falabr import reshape
from ouvidoria_tui.intake.json_stream import JsonDocument
from ouvidoria_tui.intake.jsons import JsonLines, JsonRow
from ouvidoria_tui.intake.mapping import FieldMapping, Plan
from ouvidoria_tui.intake.mend import ERRORS, mended
from ouvidoria_tui.intake.ordinals import Ordinals, Tally
from ouvidoria_tui.intake.record import MAX_VALUE, FieldError, Reject
from ouvidoria_tui.intake.remark import Remark, Tell, unheard
from ouvidoria_tui.intake.source import Source
from ouvidoria_tui.intake.tables import Table
from ouvidoria_tui.intake.xlsx import Sheet
from ouvidoria_tui.text import N_

Progress = Callable[[int, int], None]
T = TypeVar("T")
U = TypeVar("U")

_STEP = 512
_PLANS = 256
_REPLACED = "\ufffd"


class Maker(Protocol[T]):
    """Makes what a row says; ``names_rows``: a row without an ``external_id`` is named by its content."""

    names_rows: bool

    def make(self, raw: dict[str, object], line: int = 0) -> T:
        """The item of a row; ``FieldError`` for the first value that cannot be taken."""
        ...

    def key(self, item: T) -> object | None:
        """What no other row of the file may have, too; ``None`` where rows may repeat."""
        ...


class Reading(Generic[T], Iterator["T | Reject"]):
    """An open import: iterate once, and ``close`` (or use as a context manager) where it may stop early.

    ``format`` (one of ``FORMATS``), ``encoding`` and ``delimiter`` (tables) are what was found; ``done`` and
    ``total`` are bytes.
    """

    def __init__(
        self, source: Source, kind: str, maker: Maker[T], mapping: FieldMapping, tell: Tell = unheard
    ) -> None:
        self.name = source.name
        self.format = kind
        self.encoding = source.encoding
        self.total = source.size
        self.delimiter: str | None = None
        self._source = source
        self._maker = maker
        self._mapping = mapping
        self._tell = tell
        self._ordinals = Ordinals()
        self._ids = Tally()
        self._rows: Table | Sheet | JsonLines | JsonDocument
        self._items: Iterator[T | Reject] = iter(())

    def open(self, delimiter: str | None, sheet: str | None, progress: Progress | None) -> None:
        """Reads what comes before the first row; raises the errors that are about the whole file."""
        if self.format == "xlsx":
            self._rows = Sheet(self._source, self._mapping, sheet, self._tell)
            items = self._from_table(self._rows)
        elif self.format in ("csv", "tsv"):
            table = Table(self._source, self._mapping, delimiter, self._tell)
            self._rows, self.delimiter = table, table.delimiter
            items = self._from_table(table)
        else:
            self._rows = JsonLines(self._source) if self.format == "jsonl" else JsonDocument(self._source)
            items = self._from_json(self._rows)
        self._items = _told(items, self, progress) if progress else items

    @property
    def done(self) -> int:
        """How many bytes have been read."""
        return self._rows.offset

    def __next__(self) -> T | Reject:
        return next(self._items)

    def __enter__(self) -> Reading[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file and forgets which rows it had."""
        self._source.close()
        self._ordinals.close()
        self._ids.close()

    def _from_table(self, table: Table | Sheet) -> Iterator[T | Reject]:
        plan = Plan(self._mapping, table.header)
        strip, guard = self._mapping.strip, self._mapping.guard
        for row in table:
            if isinstance(row, Reject):
                yield row
                continue
            line, cells = row
            if strip:
                cells = [cell.strip() for cell in cells]
            elif guard:
                cells = [plain(cell) if cell[:1] == "'" else cell for cell in cells]
            if "#" in (joined := "".join(cells)) or not joined.isascii():
                cells = self._sound(cells, line)
            try:
                yield self._item(plan, cells, line)
            except FieldError as error:
                column = plan.column_of(error.field)
                name = table.header[column] if column >= 0 else error.field
                yield self._reject(error, line, column + 1, name)

    def _sound(self, cells: list[str], line: int) -> list[str]:
        """The cells, those mended that were spoilt for certain; whatever was done or found is told."""
        for index, cell in enumerate(cells):
            if "#" in cell and cell.strip() in ERRORS:
                message = N_("an error value of a spreadsheet, {value}: read as empty", value=cell.strip())
                self._tell(Remark(self.name, line, index + 1, "ERROR_VALUE", message))
                cells[index] = ""
            elif cell.isascii():
                continue
            elif _REPLACED in cell:
                message = N_("characters were lost before this file was written (U+FFFD); kept as they are")
                self._tell(Remark(self.name, line, index + 1, "LOST_CHARACTERS", message))
            elif (text := mended(cell)) is not None:
                cells[index] = text
                message = N_("UTF-8 that was read as Windows-1252 before: put right")
                self._tell(Remark(self.name, line, index + 1, "DOUBLE_ENCODING", message))
        return cells

    def _from_json(self, rows: JsonLines | JsonDocument) -> Iterator[T | Reject]:
        plans: dict[tuple[str, ...], Plan] = {}
        for row in rows:
            if isinstance(row, Reject):
                yield row
                continue
            value = reshape(row.value) if self._mapping.adapt == "falabr" else row.value
            names = tuple(value)
            plan = plans.get(names)
            if plan is None:
                if len(plans) >= _PLANS:
                    plans.clear()
                plan = plans[names] = Plan(self._mapping, names, keep_empty=True)
            try:
                yield self._item(plan, list(value.values()), row.line)
            except FieldError as error:
                yield self._reject(error, *_json_place(row, plan, error.field))

    def _item(self, plan: Plan, cells: Sequence[object], line: int) -> T:
        raw = plan.raw(cells)
        if self._maker.names_rows:
            given = raw.get("external_id")
            if given is None or (type(given) is str and not given.strip()):
                raw["external_id"] = self._ordinals.name(map(as_text, cells))
        item = self._maker.make(raw, line)
        key = self._maker.key(item)
        if key is not None and self._ids.add(hash(key)) > 1:
            raise FieldError(
                "external_id",
                "DUPLICATE_ID",
                N_("another row of this file has the same id"),
                raw.get("external_id", ""),
            )
        return item

    def _reject(self, error: FieldError, line: int, column: int, name: str) -> Reject:
        value = as_text(error.value)[:MAX_VALUE]
        return Reject(self.name, line, column, error.code, error.message, value, name)


def _json_place(row: JsonRow, plan: Plan, field: str) -> tuple[int, int, str]:
    column = plan.column_of(field)
    head = field.split(".", 1)[0]
    name = field
    if column >= 0 and head in plan.sources:
        name = (
            field.replace(head, plan.names[column], 1)
            if "." not in plan.names[column]
            else plan.names[column]
        )
    return *row.place(name), name


def as_text(value: object) -> str:
    """A value as a cell holds it: text as it is, anything else as JSON."""
    if type(value) is str:
        return value
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _told(items: Iterator[U], reading: Reading[T], progress: Progress) -> Iterator[U]:
    """``items``, telling ``progress`` now and then."""
    for count, item in enumerate(items, 1):
        yield item
        if count % _STEP == 0:
            progress(reading.done, reading.total)
    progress(reading.total, reading.total)
