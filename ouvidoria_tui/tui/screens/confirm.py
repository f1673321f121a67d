"""The one question before what cannot simply be undone, or before many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _


class Confirm(ModalScreen[bool]):
    """A question, what will happen line by line, and two answers. Dismissed with whether it is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y,s", "answer(True)", show=False),
        Binding("escape,n,q", "answer(False)", show=False),
    ]

    def __init__(self, question: str, lines: Sequence[str] = ()) -> None:
        super().__init__()
        self.question = clean(question)
        self.lines = tuple(clean(line) for line in lines)

    def compose(self) -> ComposeResult:
        """Question, consequences, answers (each can be clicked)."""
        with Vertical(id="confirm"):
            yield Static(Content(self.question), id="confirm-question")
            if self.lines:
                yield Static(Content("\n".join(self.lines)), id="confirm-lines")
            yield Answer(Content("enter ").stylize("bold $accent") + Content(_("Yes")), True)
            yield Answer(Content("esc ").stylize("bold $accent") + Content(_("No")), False)

    def action_answer(self, wanted: bool) -> None:
        """Answers."""
        self.dismiss(wanted)


class Answer(Static):
    """One of the two answers."""

    def __init__(self, words: Content, wanted: bool) -> None:
        super().__init__(words, markup=False)
        self.wanted = wanted

    def on_click(self) -> None:
        """Answers."""
        screen = self.screen
        assert isinstance(screen, Confirm)
        screen.action_answer(self.wanted)
