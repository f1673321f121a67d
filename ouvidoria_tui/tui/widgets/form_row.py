"""A line of a form: fields side by side, or something to choose from, and below it what is wrong with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ouvidoria_tui.present.safe import clean


class FormRow(Vertical):
    """``parts`` are titles with their widgets; a widget without a title says it itself."""

    DEFAULT_CSS = """
    FormRow { height: auto; max-width: 100; }
    FormRow > Horizontal { height: auto; padding: 0 1; }
    FormRow .label { width: 18; color: $secondary; }
    FormRow .label.-second { width: auto; padding: 0 1 0 2; }
    FormRow Input { width: 1fr; }
    FormRow .problem { height: auto; padding: 0 1 0 3; color: $error; text-style: bold; display: none; }
    """

    def __init__(self, *parts: tuple[str, Widget], late: str = "!") -> None:
        super().__init__(id=f"row-{parts[0][1].id}")
        self.parts = parts
        self.late = late

    @property
    def names(self) -> tuple[str, ...]:
        """The lines that stand here, by the ids of their widgets."""
        return tuple(widget.id or "" for _title, widget in self.parts)

    def compose(self) -> ComposeResult:
        """The fields, then the place for what is wrong."""
        if all(not title for title, _widget in self.parts):
            for _title, widget in self.parts:
                yield widget
        else:
            with Horizontal():
                for number, (title, widget) in enumerate(self.parts):
                    yield Static(Content(title), classes="label -second" if number else "label")
                    yield widget
        yield Static("", classes="problem", markup=False)

    def say(self, words: str) -> None:
        """What is wrong; nothing where ``words`` are empty."""
        below = self.query_one(".problem", Static)
        below.update(Content(f"{self.late} {clean(words)}" if words else ""))
        below.display = bool(words)
