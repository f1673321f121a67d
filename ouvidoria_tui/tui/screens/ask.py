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
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.widgets.field import Field


class Ask(ModalScreen[str | None]):
    """Dismissed with the words, never empty; ``None`` where nothing was said.

    ``check`` raises ``OuvidoriaError`` where the words cannot be: that is said below them, and they stay. What was
    typed comes back when the same is asked of the same ticket, until the act that follows is done; ``settled``:
    nothing follows that could be refused, and answering is the end of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", show=False)]

    def __init__(
        self,
        question: str,
        value: str = "",
        *,
        check: Callable[[str], object] | None = None,
        settled: bool = False,
    ) -> None:
        super().__init__()
        self.settled = settled
        self._again = False
        self._below: DeskScreen | None = None
        self._about: frozenset[str] = frozenset()
        self.check = check
        self.question = clean(question)
        self.value = value

    def compose(self) -> ComposeResult:
        """The question and the line."""
        stack = self.app.screen_stack
        self._below = next((one for one in reversed(stack) if isinstance(one, DeskScreen)), None)
        if self._below is not None:
            self._about = self._below.about()
            before = self._below.console_app.unsaid.of(self._about, self.question)
            self.value, self._again = before or self.value, before is not None
        with Vertical(id="ask"):
            yield Static(Content(self.question), id="ask-question")
            yield Field(self.value, id="ask-input")
            yield Static("", id="ask-problem", markup=False)
            yield Static(Content(_("enter confirms, esc goes back")), id="ask-hint")

    def on_mount(self) -> None:
        """Words that come back are written on; a date or a path that comes back is replaced by typing."""
        if self._again and self.settled:
            self.query_one("#ask-input", Field).select_all()

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
            self._keep("" if self.settled else words, said=True)
            self.dismiss(words)
        else:
            self.app.bell()

    def action_dismiss_none(self) -> None:
        """Nothing was said; what was typed comes back."""
        self._keep(self.query_one("#ask-input", Field).value, said=False)
        self.dismiss(None)

    def _keep(self, words: str, *, said: bool) -> None:
        if self._below is not None:
            self._below.console_app.unsaid.keep(self._about, self.question, words, said=said)
