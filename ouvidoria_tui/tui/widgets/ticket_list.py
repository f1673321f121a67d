"""The list of tickets: draws what is visible, asks for what is missing, keeps cursor and marks by ticket id.

It never reads the store. It is given a :class:`~ouvidoria_tui.tui.reads.Listing` and pages, and posts
``PageWanted``, ``CursorMoved``, ``MarkClicked`` and ``RowOpened``.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ouvidoria_tui.tui.reads import Listing, QueueRow
from ouvidoria_tui.tui.widgets.rows import Look, cells_of, tone
from ouvidoria_tui.tui.widgets.window import Window


class TicketList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of :mod:`ouvidoria_tui.tui.widgets.rows`; the keys belong to the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ticket-list--row",
        "ticket-list--cursor",
        "ticket-list--marked",
        "ticket-list--gone",
        "ticket-list--late",
        "ticket-list--today",
        "ticket-list--waiting",
    }

    @dataclass(eq=False)
    class PageWanted(Message):
        """A page of rows is visible and not here."""

        number: int

    @dataclass(eq=False)
    class CursorMoved(Message):
        """The cursor is on another ticket, or on none."""

        row: QueueRow | None

    @dataclass(eq=False)
    class MarkClicked(Message):
        """The mark of the row under the cursor was clicked."""

    @dataclass(eq=False)
    class RowOpened(Message):
        """The row under the cursor was clicked a second time."""

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.look = look
        self.window = Window()
        self.cursor = 0
        self.cursor_id: int | None = None
        self.marked: Container[int] = ()
        self._strips: LRUCache[tuple[int, int, bool, bool, bool], Strip] = LRUCache(512)
        self._asked: set[int] = set()

    # --- what is shown

    @property
    def cursor_row(self) -> QueueRow | None:
        """The ticket under the cursor."""
        return self.window.row(self.cursor) if len(self.window) else None

    @property
    def line(self) -> int:
        """How many rows are visible above the cursor."""
        return max(0, self.cursor - self.scroll_offset.y)

    @property
    def height(self) -> int:
        """How many rows are visible."""
        return max(1, self.scrollable_content_region.height)

    def show(self, listing: Listing, total: int, *, above: int = 0, to_top: bool = False) -> None:
        """A list as it stands now. The anchor keeps its line on the screen (``above`` rows over it)."""
        ghost = None
        if to_top:
            self.cursor = 0
        elif listing.anchor_at is not None:
            self.cursor = listing.anchor_at
        elif listing.gone is not None and listing.gone.id == self.cursor_id:
            self.cursor = min(self.cursor, total)
            ghost = (self.cursor, listing.gone)
        self.window.reset(total, listing.pages, ghost)
        self.cursor = max(0, min(self.cursor, len(self.window) - 1))
        self._changed()
        self._scroll_to_line(0 if to_top else self.cursor - above)
        self._moved(force=True)

    def put_page(self, number: int, rows: tuple[QueueRow, ...]) -> None:
        """A page that was asked for."""
        self._asked.discard(number)
        self.window.put(number, rows)
        self._strips.clear()
        self.refresh()
        self._moved()

    def set_total(self, total: int) -> None:
        """The exact length."""
        if total != self.window.total:
            self.window.total = total
            self._changed()

    def set_look(self, look: Look) -> None:
        """Another moment."""
        if look != self.look:
            self.look = look
            self._strips.clear()
            self.refresh()

    def marks_changed(self) -> None:
        """What is marked was changed."""
        self.refresh()

    # --- moving

    def move_to(self, index: int) -> None:
        """Puts the cursor on a row; one that left the filter goes when the cursor leaves it."""
        index = max(0, min(index, len(self.window) - 1))
        if self.window.ghost is not None and not self.window.is_ghost(index):
            gone = self.window.drop_ghost()
            if gone is not None and index > gone:
                index -= 1
            self._changed()
        if index != self.cursor:
            self.refresh_line(self.cursor)
            self.refresh_line(index)
        self.cursor = index
        top = self.scroll_offset.y
        if index < top:
            self._scroll_to_line(index)
        elif index >= top + self.height:
            self._scroll_to_line(index - self.height + 1)
        self._moved()

    def move_by(self, rows: int) -> None:
        """Moves the cursor by so many rows."""
        self.move_to(self.cursor + rows)

    def move_page(self, pages: int) -> None:
        """Moves the cursor by so many screens."""
        self.move_to(self.cursor + pages * max(1, self.height - 1))

    # --- drawing

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        index = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if index >= len(self.window):
            return Strip.blank(width, self._style("row"))
        row = self.window.row(index)
        on = index == self.cursor
        if row is None:
            text = f"  {self.look.glyphs.cursor if on else ' '} {self.look.glyphs.dot * 3}"
            return Strip([Segment(text.ljust(width)[:width], self._style("waiting"))], width)
        key = (row.id, row.revision, on, row.id in self.marked, self.window.is_ghost(index))
        strip = self._strips.get(key)
        if strip is None or strip.cell_length != width:
            strip = self._strips[key] = self._row(row, width, *key[2:])
        return strip

    def on_resize(self, event: Resize) -> None:
        """Another width has other columns; the cursor stays in sight."""
        self._strips.clear()
        self._changed()
        if self.cursor >= self.scroll_offset.y + self.height:
            self._scroll_to_line(self.cursor - self.height + 1)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Asks for the pages that came into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def on_click(self, event: Click) -> None:
        """The first click moves the cursor, or marks; a second one opens."""
        index = self.scroll_offset.y + event.y
        if index >= len(self.window):
            return
        again = index == self.cursor
        self.move_to(index)
        if event.x < 2:
            self.post_message(self.MarkClicked())
        elif again:
            self.post_message(self.RowOpened())

    def _row(self, row: QueueRow, width: int, on: bool, marked: bool, gone: bool) -> Strip:
        glyphs = self.look.glyphs
        name = "cursor" if on else "gone" if gone else "marked" if marked else "row"
        base = self._style(name)
        if gone and on:
            base += Style(dim=True, italic=True)
        gutter = f"{glyphs.mark if marked else ' '}{glyphs.cursor if on else ' '}  "
        urgency = tone(row, self.look)
        segments = [Segment(gutter, base + Style(bold=True))]
        for number, text in enumerate(cells_of(row, self.look, width)):
            style = base
            if number == 1 and urgency and not gone:
                style = base + self._accent(urgency)
            segments.append(Segment(text if number == 0 else f" {text}", style))
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"ticket-list--{name}")

    def _accent(self, name: str) -> Style:
        style = self._style(name)
        return Style(color=style.color, bold=style.bold)

    # --- inner

    def _changed(self) -> None:
        self._strips.clear()
        self._asked.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.window))
        self.refresh()
        self._want()

    def _scroll_to_line(self, line: int) -> None:
        most = max(0, len(self.window) - self.height)
        self.scroll_to(y=max(0, min(line, most)), animate=False, force=True)

    def _want(self) -> None:
        for number in self.window.missing(self.scroll_offset.y, self.height + 1):
            if number not in self._asked:
                self._asked.add(number)
                self.post_message(self.PageWanted(number))

    def _moved(self, *, force: bool = False) -> None:
        row = self.cursor_row
        now = row.id if row is not None else None
        if force or now != self.cursor_id:
            self.cursor_id = now
            self.post_message(self.CursorMoved(row))
