"""Where one writes several lines."""

from __future__ import annotations

from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from ouvidoria_tui.domain.template import PLACE
from ouvidoria_tui.present.safe import clean


class TextBox(TextArea):
    """Tab leaves it, the cursor stands still, and what is pasted is cleaned like everything from outside."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", theme="css", compact=True)
        self.cursor_blink = False

    def put(self, text: str) -> None:
        """Other words in the place of all there are; can be undone."""
        self.replace(text, self.document.start, self.document.end)

    def to_place(self) -> None:
        """The first open place ``{{ name }}`` is selected, to be written over; else one is at the beginning."""
        for number, line in enumerate(self.text.split("\n")):
            found = PLACE.search(line)
            if found is not None:
                self.selection = Selection((number, found.start()), (number, found.end()))
                return
        self.move_cursor((0, 0))

    def edit(self, edit: Edit) -> EditResult:
        """Every change goes through here."""
        edit.text = typed(edit.text)
        return super().edit(edit)


def typed(text: str) -> str:
    """What somebody wrote elsewhere, without what could act on a terminal; a mark joins the letter before it."""
    return clean("x" + text, newlines=True)[1:]
