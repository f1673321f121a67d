"""A pane of lines: scrolls, finds, and has a cursor where lines are items. Draws only what is visible.

The lines are made anew for every width by the function given to :meth:`Pane.fill`; what is read stays where
it is on the screen when the same ``key`` is filled again. The keys belong to the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from ouvidoria_tui.present.safe import cells, cut
from ouvidoria_tui.tui.widgets.lines import Found, Line, found_in

Make = Callable[[int], Sequence[Line]]

_TONES = ("line", "head", "quiet", "late", "today", "good", "internal", "found", "found-now", "cursor")


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines; ``pointer`` is the glyph beside the item under the cursor."""

    ALLOW_SELECT = True
    DEFAULT_CSS = """
    Pane { height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden; overflow-y: auto;
        & > .pane--head { text-style: bold; color: $primary; }
        & > .pane--quiet { color: $secondary; }
        & > .pane--late { color: $error; text-style: bold; }
        & > .pane--today { color: $warning; }
        & > .pane--good { color: $success; }
        & > .pane--internal { color: $accent; }
        & > .pane--found { text-style: underline; color: $warning; }
        & > .pane--found-now { text-style: reverse bold; color: $warning; }
        & > .pane--cursor { background: $panel; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pane--{tone}" for tone in _TONES}

    @dataclass(eq=False)
    class Chosen(Message):
        """An item was clicked a second time."""

        pane: Pane
        item: str

    @dataclass(eq=False)
    class Moved(Message):
        """The cursor stands on another item."""

        pane: Pane

    def __init__(self, *, pointer: str = "›", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.pointer = pointer
        self.lines: Sequence[Line] = ()
        self.cursor = ""
        self.found: list[Found] = []
        self.at = 0
        self._make: Make = lambda width: ()
        self._key: object = None
        self.wanted = ""
        self._end = False
        self._styles: dict[str, Style] = {}

    # --- what is shown

    @property
    def items(self) -> list[str]:
        """What the cursor can stand on, from top to bottom."""
        return list(dict.fromkeys(line.item for line in self.lines if line.item))

    def fill(self, make: Make, *, key: object, at_end: bool = False) -> None:
        """Other lines; another ``key`` begins at the top (or the end), the same one stays where it is."""
        same = key == self._key
        self._make, self._key = make, key
        self._end = at_end and not same
        if not same:
            self.cursor, self.wanted, self.at = "", "", 0
        self._remake()
        if not same:
            self.scroll_to(y=self.max_scroll_y if at_end else 0, animate=False, force=True)

    def on_resize(self, event: Resize) -> None:
        """Another width: other lines, the same place in them."""
        before = max(1, len(self.lines))
        top = self.scroll_offset.y
        self._remake()
        if self._end and self.size.height:
            self._end = False
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        elif top and len(self.lines) != before:
            self.scroll_to(y=round(top * len(self.lines) / before), animate=False, force=True)

    def _remake(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        before = self.items
        lines = list(self._make(width))
        if any(line.item for line in lines):
            lines = list(self._make(max(8, width - 2)))
        self.lines = lines
        items = self.items
        if self.cursor not in items:
            # The one that left had a place: the cursor stays there.
            place = before.index(self.cursor) if self.cursor in before else 0
            self.cursor = items[min(place, len(items) - 1)] if items else ""
            self.post_message(self.Moved(self))
        self.found = found_in(lines, self.wanted)
        self.virtual_size = Size(width, len(lines))
        self.refresh()

    # --- moving

    def move(self, by: int) -> None:
        """The cursor to another item, or the lines up and down."""
        items = self.items
        if not items:
            self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)
            return
        place = items.index(self.cursor) if self.cursor in items else 0
        self.put(items[max(0, min(len(items) - 1, place + by))])

    def page(self, pages: int) -> None:
        """A screen up or down."""
        rows = max(1, self.scrollable_content_region.height - 1)
        if self.items:
            self.move(pages * rows)
        else:
            self.scroll_to(y=self.scroll_offset.y + pages * rows, animate=False, force=True)

    def edge(self, *, end: bool) -> None:
        """To the beginning or the end."""
        items = self.items
        if items:
            self.put(items[-1 if end else 0])
        self.scroll_to(y=self.max_scroll_y if end else 0, animate=False, force=True)

    def put(self, item: str) -> None:
        """The cursor on ``item``, in sight."""
        if item not in self.items:
            return
        changed = item != self.cursor
        self.cursor = item
        self.refresh()
        rows = [number for number, line in enumerate(self.lines) if line.item == item]
        self._in_sight(rows[0], rows[-1])
        if changed:
            self.post_message(self.Moved(self))

    def _in_sight(self, first: int, last: int) -> None:
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, force=True)

    # --- finding

    def find(self, wanted: str) -> int:
        """How many places hold ``wanted``; the first one at or under the top line comes into sight."""
        self.wanted = wanted
        self.found = found_in(self.lines, wanted)
        top = self.scroll_offset.y
        after = [piece.match for piece in self.found if piece.line >= top]
        self.at = after[0] if after else 0
        self.find_next(0)
        return self.matches

    @property
    def matches(self) -> int:
        """How many places were found."""
        return self.found[-1].match + 1 if self.found else 0

    def find_next(self, by: int) -> None:
        """The next or previous place, round about."""
        if self.found:
            self.at = (self.at + by) % self.matches
            line = next(piece.line for piece in self.found if piece.match == self.at)
            self._in_sight(line, line)
        self.refresh()

    # --- drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        base = self._tone("")
        if number >= len(self.lines):
            return Strip.blank(width, base)
        line = self.lines[number]
        segments: list[Segment] = []
        if line.item or self.cursor:
            on = bool(line.item) and line.item == self.cursor
            base = base + self._tone("cursor") if on else base
            first = on and (number == 0 or self.lines[number - 1].item != line.item)
            segments.append(Segment((self.pointer if first else " ").ljust(2), base))
        segments += self._segments(line, number, base)
        strip = Strip(segments).adjust_cell_length(width, base)
        return strip.apply_offsets(0, number)

    def _segments(self, line: Line, number: int, base: Style) -> list[Segment]:
        found = [piece for piece in self.found if piece.line == number] if self.found else []
        made: list[Segment] = []
        at = 0
        for text, tone in line.spans:
            style = base + self._accent(tone) if tone else base
            made += self._marked(text, at, style, found)
            at += len(text)
        return self._selected(made, number)

    def _marked(self, text: str, at: int, style: Style, found: Sequence[Found]) -> list[Segment]:
        made: list[Segment] = []
        done = 0
        for piece in found:
            start, end = max(done, piece.start - at), min(len(text), piece.end - at)
            if end <= start:
                continue
            now = "found-now" if piece.match == self.at else "found"
            made.append(Segment(text[done:start], style))
            made.append(Segment(text[start:end], style + self._accent(now)))
            done = end
        made.append(Segment(text[done:], style))
        return [segment for segment in made if segment.text]

    def _selected(self, segments: list[Segment], number: int) -> list[Segment]:
        selection = self.text_selection
        span = None if selection is None else selection.get_span(number)
        if span is None:
            return segments
        start, end = span
        shown = self.screen.get_component_rich_style("screen--selection")
        strip = Strip(segments)
        end = strip.cell_length if end == -1 else end
        parts = strip.divide([start, end, strip.cell_length])
        return [
            Segment(segment.text, (segment.style or Style()) + shown) if which == 1 else segment
            for which, part in enumerate(parts)
            for segment in part
        ]

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that the mouse has chosen."""
        return selection.extract("\n".join(line.text for line in self.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Drawn anew."""
        self.refresh()

    def notify_style_update(self) -> None:
        """Other colours."""
        super().notify_style_update()
        self._styles.clear()

    def _tone(self, name: str) -> Style:
        found = self._styles.get(name)
        if found is None:
            component = f"pane--{name}"
            found = self._styles[name] = self.get_component_rich_style(component) if name else self.rich_style
        return found

    def _accent(self, name: str) -> Style:
        style = self._tone(name)
        return Style(color=style.color, bold=style.bold, reverse=style.reverse, underline=style.underline)

    def on_click(self, event: Click) -> None:
        """The first click puts the cursor there, a second one chooses."""
        number = self.scroll_offset.y + event.y
        item = self.lines[number].item if number < len(self.lines) else ""
        if not item:
            return
        if item == self.cursor:
            self.post_message(self.Chosen(self, item))
        self.put(item)


def cut_line(line: Line, width: int, ellipsis: str = "…") -> Line:
    """A line of at most ``width`` cells."""
    if cells(line.text) <= width:
        return line
    spans: list[tuple[str, str]] = []
    room = width
    for text, tone in line.spans:
        short = cut(text, room, ellipsis)
        spans.append((short, tone))
        room -= cells(short)
        if short != text or room <= 0:
            break
    return Line(tuple(spans), line.item)
