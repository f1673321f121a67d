"""Where one writes several lines."""

from __future__ import annotations

import re

from textual.widgets import TextArea

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class TextBox(TextArea):
    """Where one writes: tab leaves it, the cursor stands still, nothing in it acts on a terminal."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", theme="css", compact=True)
        self.cursor_blink = False

    def put(self, text: str) -> None:
        """Other words in the place of all there are; can be undone."""
        self.replace(typed(text), self.document.start, self.document.end)


def typed(text: str) -> str:
    """What somebody wrote elsewhere, without the controls that nobody means to write."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
