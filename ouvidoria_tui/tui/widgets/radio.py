"""One of a few, in one line: ``( ) N1 Área   (•) N2 Ouvidor``. Arrows or a click choose; tab leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widget import Widget

from ouvidoria_tui.present.safe import cells, clean, cut


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen: its id and its words; ``why_not`` says why it cannot be now."""

    id: str
    text: str
    why_not: str = ""


class Radio(Widget, can_focus=True):
    """The line; in a narrow window as many lines as it takes."""

    DEFAULT_CSS = """
    Radio { height: auto; padding: 0 1; }
    Radio:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "by(-1)", show=False),
        Binding("right,down,space", "by(1)", show=False),
    ]

    @dataclass(eq=False)
    class Chosen(Message):
        """Another one was chosen."""

        id: str

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        bullet: str = "•",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.title = clean(title)
        self.options = tuple(options)
        self.bullet = bullet
        self.value = next((one.id for one in options if not one.why_not), "")

    def choose(self, wanted: str) -> bool:
        """Whether ``wanted`` can be and is chosen now."""
        if not any(one.id == wanted and not one.why_not for one in self.options):
            return False
        if wanted != self.value:
            self.value = wanted
            self.refresh(layout=True)
            self.post_message(self.Chosen(wanted))
        return True

    def action_by(self, by: int) -> None:
        """The next or previous one that can be chosen."""
        can = [one.id for one in self.options if not one.why_not]
        if can:
            place = can.index(self.value) if self.value in can else 0
            self.choose(can[(place + by) % len(can)])

    def render(self) -> Content:
        """The line."""
        rows, _places = self._laid()
        return Content("\n").join(rows)

    def on_resize(self, event: Resize) -> None:
        """Fits it anew."""
        self.refresh(layout=True)

    def on_click(self, event: Click) -> None:
        """Chooses the one under the mouse."""
        self.focus()
        _rows, places = self._laid()
        for row, start, end, id_ in places:
            if event.y == row and start <= event.x - 1 < end:
                self.clicked(id_)

    def clicked(self, id_: str) -> None:
        """A click on one."""
        self.choose(id_)

    def shown(self, one: Option) -> tuple[str, str]:
        """The sign before one, and its style."""
        on = one.id == self.value
        return f"({self.bullet if on else ' '})", "bold" if on else ""

    def _laid(self) -> tuple[list[Content], list[tuple[int, int, int, str]]]:
        width = max(20, self.content_size.width or self.app.size.width - 2)
        lead = cells(self.title) + 2
        rows = [Content(f"{self.title}  ").stylize("$secondary")]
        places: list[tuple[int, int, int, str]] = []
        for one in self.options:
            sign, style = self.shown(one)
            why = f" ({clean(one.why_not)})" if one.why_not else ""
            text = cut(f"{sign} {clean(one.text)}{why}", width - lead)
            at = rows[-1].cell_length
            if at > lead and at + cells(text) > width:
                rows.append(Content(" " * lead))
                at = lead
            style = style or ("dim" if one.why_not else "")
            rows[-1] += Content(text).stylize(style) + Content("   ")
            places.append((len(rows) - 1, at, at + cells(text), one.id))
        return rows, places
