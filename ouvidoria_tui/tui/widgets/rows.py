"""A row of the queue as cells: which columns a width has room for, and what stands in them. No widgets here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.present.columns import with_mark
from ouvidoria_tui.present.dates import day, due_words, same_day
from ouvidoria_tui.present.safe import clean, cut, fit
from ouvidoria_tui.present.words import _, say, status_label, term_of, type_code
from ouvidoria_tui.text import N_, Text
from ouvidoria_tui.tui.reads import QueueRow
from ouvidoria_tui.tui.theme import Glyphs

#: Cells of mark and cursor before the first column.
GUTTER = 4


@dataclass(frozen=True, slots=True)
class Look:
    """What cells depend on beside the row."""

    now: int
    zone: str
    glyphs: Glyphs
    labels: Mapping[str, Mapping[Status, str]] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A column: ``width`` 0 takes what is left. ``least`` is the width of the list from which on it is shown."""

    title: Text
    width: int
    text: Callable[[QueueRow, Look], str]
    least: int = 0


def due(row: QueueRow, look: Look) -> str:
    """``! -2d`` late, ``* 3h`` today, ``  1d`` later, ``‖ pausa`` while the clock waits, a dash without one."""
    glyphs = look.glyphs
    if row.next_due_at is None:
        paused = row.next_due_clock is not None
        return f"{glyphs.paused} {_('hold')}" if paused else f"  {glyphs.nothing}"
    mark = glyphs.late if look.now > row.next_due_at else " "
    if mark == " " and same_day(row.next_due_at, look.now, look.zone):
        mark = glyphs.today
    return f"{mark} {due_words(row.next_due_at, look.now)}"


def tone(row: QueueRow, look: Look) -> str:
    """``late``, ``today`` or nothing, for the colour of the deadline."""
    mark = due(row, look)[0]
    return {look.glyphs.late: "late", look.glyphs.today: "today"}.get(mark, "")


def subject(row: QueueRow, look: Look) -> str:
    """The subject, masked where it is confidential, behind the mark of an emergency."""
    words = _("[confidential]") if row.confidential else " ".join(clean(row.subject).split())
    return with_mark(words, row.tags)


def _or_nothing(value: str | None, look: Look) -> str:
    return clean(value) if value else look.glyphs.nothing


COLUMNS: tuple[Cell, ...] = (
    Cell(N_("Protocol"), 13, lambda row, look: row.protocol),
    Cell(N_("Due"), 8, due),
    Cell(N_("Type"), 4, lambda row, look: type_code(row.type)),
    Cell(N_("Status"), 12, lambda row, look: status_label(row.status, look.labels, short=True)),
    Cell(N_("Subject"), 0, subject),
    Cell(N_("Owner"), 9, lambda row, look: _or_nothing(row.owner, look)),
    Cell(N_("Department"), 13, lambda row, look: _or_nothing(row.department, look), 112),
    Cell(N_("Level"), 5, lambda row, look: f"N{row.level}" if row.level else look.glyphs.nothing, 124),
    Cell(N_("Arrived"), 10, lambda row, look: day(row.arrived_at, look.zone), 138),
    Cell(N_("Customer"), 18, lambda row, look: _or_nothing(row.customer, look), 160),
)


@lru_cache(64)
def layout(width: int) -> tuple[tuple[Cell, int], ...]:
    """The columns that a list of ``width`` cells has room for, each with its width; together they fill it."""
    shown = [cell for cell in COLUMNS if width >= cell.least]
    fixed = sum(cell.width for cell in shown) + len(shown) - 1
    rest = max(0, width - GUTTER - fixed)
    return tuple((cell, cell.width or rest) for cell in shown)


def cells_of(row: QueueRow, look: Look, width: int) -> list[str]:
    """The cells of a row, each padded to its column; the list fills ``width`` together with the gutter."""
    ellipsis = look.glyphs.ellipsis
    return [fit(cell.text(row, look), room, ellipsis=ellipsis) for cell, room in layout(width)]


def header(look: Look, width: int) -> str:
    """The titles over the columns."""
    titles = (fit(say(cell.title), room, ellipsis="") for cell, room in layout(width))
    return cut(" " * GUTTER + " ".join(titles), width, "")


def summary(row: QueueRow, look: Look) -> str:
    """What the status line says of the row under the cursor."""
    ago = due_words(look.now + max(0, look.now - row.arrived_at), look.now)
    parts = [row.protocol, term_of_type(row.type), _("received {ago} ago", ago=ago)]
    parts += [clean(row.department)] if row.department else []
    parts += [f"N{row.level}"] if row.level else []
    parts += [_("unread")] if row.unread else []
    return f" {look.glyphs.dot} ".join(parts)


def term_of_type(slug: str) -> str:
    """The word for a type."""
    from ouvidoria_tui.domain.ticket import Type

    return term_of(Type, slug)
