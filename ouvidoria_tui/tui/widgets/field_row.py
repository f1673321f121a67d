"""A title and the field beside it, in one line of a form."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.tui.widgets.field import Field

#: The cells of a title before its field.
TITLE = 12


class FieldRow(Horizontal):
    """``name`` is the id of the field."""

    DEFAULT_CSS = f"""
    FieldRow {{ height: 1; padding: 0 1; }}
    FieldRow Static {{ width: {TITLE}; color: $secondary; }}
    FieldRow Field {{ width: 1fr; max-width: 80; }}
    """

    def __init__(self, name: str, title: str, hint: str = "", value: str = "") -> None:
        super().__init__()
        self._title = clean(title)
        self._field = Field(value, placeholder=hint, id=name)

    def compose(self) -> ComposeResult:
        """Side by side."""
        yield Static(Content(self._title))
        yield self._field
