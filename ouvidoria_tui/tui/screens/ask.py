"""Asking for one line of words: a reason, an instruction, what the customer brought."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.widgets.field import Field


class Ask(ModalScreen[str | None]):
    """Dismissed with the words, never empty; ``None`` where nothing was said."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", show=False)]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self.question = clean(question)
        self.value = value

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical(id="ask"):
            yield Static(Content(self.question), id="ask-question")
            yield Field(self.value, id="ask-input")
            yield Static(Content(_("enter confirms, esc goes back")), id="ask-hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The words, where there are any."""
        if event.value.strip():
            self.dismiss(event.value.strip())
        else:
            self.app.bell()

    def action_dismiss_none(self) -> None:
        """Nothing was said."""
        self.dismiss(None)
