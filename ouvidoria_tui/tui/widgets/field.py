"""A line to type in that shows nothing it should not: what is pasted is cleaned like everything from outside."""

from __future__ import annotations

from textual.widgets import Input

from ouvidoria_tui.present.safe import clean

#: More than this is no line.
LONGEST = 2_000


class Field(Input):
    """A compact ``Input`` without a blinking cursor."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """One clean line."""
        return clean(value[: LONGEST + 1])
