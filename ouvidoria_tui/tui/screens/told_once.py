"""What is told once and stands nowhere afterwards: an access code, until a key is pressed or two minutes are over."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _

#: Seconds after which it goes by itself: nobody may be in front of the screen.
SHOWN: Final = 120.0


class ToldOnce(ModalScreen[None]):
    """Shows ``code``; it cannot be selected or copied, and nothing keeps it once this screen is gone."""

    ALLOW_SELECT = False
    # Not enter: it confirmed the question before, and pressed twice it would take the code away unread.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "gone", show=False)]

    def __init__(self, title: str, code: str) -> None:
        super().__init__()
        self.title_text = clean(title)
        self._code = clean(code)

    def compose(self) -> ComposeResult:
        """The title, the code by itself, and what becomes of it."""
        with Vertical(id="confirm"):
            yield Static(Content(self.title_text), id="confirm-question")
            yield Static(Content(self._code).stylize("bold $accent"), id="told-code")
            lines = [
                _("Tell it to the customer now: it is shown only here and only once."),
                _("The code before it opens nothing any more."),
                _("esc closes this; it closes by itself after two minutes."),
            ]
            yield Static(Content("\n".join(lines)), id="confirm-lines")

    def on_mount(self) -> None:
        """Its time begins."""
        self.set_timer(SHOWN, self.action_gone)

    def action_gone(self) -> None:
        """Away with it."""
        self._code = ""
        self.query_one("#told-code", Static).update("")
        if self.is_current:
            self.dismiss(None)
