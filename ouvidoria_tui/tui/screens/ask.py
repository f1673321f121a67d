"""Asking for one line of words: a reason, an instruction, what the customer brought."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.error_words import error_words
from ouvidoria_tui.tui.widgets.field import Field


class Ask(ModalScreen[str | None]):
    """Dismissed with the words, never empty; ``None`` where nothing was said.

    ``check`` raises ``OuvidoriaError`` where the words cannot be: that is said below them, and they stay.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", show=False)]

    def __init__(
        self, question: str, value: str = "", *, check: Callable[[str], object] | None = None
    ) -> None:
        super().__init__()
        self.check = check
        self.question = clean(question)
        self.value = value

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical(id="ask"):
            yield Static(Content(self.question), id="ask-question")
            yield Field(self.value, id="ask-input")
            yield Static("", id="ask-problem", markup=False)
            yield Static(Content(_("enter confirms, esc goes back")), id="ask-hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The words, where there are any."""
        words = event.value.strip()
        try:
            if words and self.check is not None:
                self.check(words)
        except OuvidoriaError as error:
            self.app.bell()
            self.query_one("#ask-problem", Static).update(Content(clean(error_words(error))))
            return
        if words:
            self.dismiss(words)
        else:
            self.app.bell()

    def action_dismiss_none(self) -> None:
        """Nothing was said."""
        self.dismiss(None)
