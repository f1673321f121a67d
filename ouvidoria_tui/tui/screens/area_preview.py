"""What an area would get, looked at before it leaves: the facts, the text, and what else shall go or may stay."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from ouvidoria_tui.domain.area_letter import AreaLetter
from ouvidoria_tui.present.area_words import fact_lines
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _


@dataclass(eq=False)
class PreviewRead(Message):
    """What the area would get."""

    letter: AreaLetter

    bubble = False


class Choice(Enum):
    """What the agent wants after having looked."""

    SEND = "send"
    REMOVE = "remove"
    RESTORE = "restore"


class AreaPreview(ModalScreen[Choice | None]):
    """The letter as it would leave. Dismissed with what is wanted; ``None`` goes back to the words."""

    CSS = """
    AreaPreview { align: center middle; }
    #area-preview { width: 100%; max-width: 100; height: 90%; padding: 0 1; }
    #area-preview { background: $panel; border: round $primary; }
    #area-preview-title { text-style: bold; height: auto; }
    #area-preview-facts { color: $secondary; height: auto; margin-bottom: 1; }
    #area-preview-text { height: 1fr; background: $surface; padding: 0 1; }
    #area-preview-keys { height: auto; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,enter", "choose('send')", show=False),
        Binding("x", "choose('remove')", show=False),
        Binding("k", "choose('restore')", show=False),
        Binding("escape,q", "back", show=False),
    ]

    def __init__(self, area: str, letter: AreaLetter, zone: str) -> None:
        super().__init__()
        self.area = clean(area)
        self.letter = letter
        self.zone = zone

    def compose(self) -> ComposeResult:
        """Whom it goes to, what was removed, the text, the keys."""
        with Vertical(id="area-preview"):
            yield Static(
                Content(_("{area} would get this. Send it?", area=self.area)), id="area-preview-title"
            )
            facts = "\n".join(clean(line) for line in fact_lines(self.letter, self.zone))
            yield Static(Content(facts), id="area-preview-facts")
            with VerticalScroll(id="area-preview-text"):
                yield Static(Content(self._text()))
            yield Static(self._keys(), id="area-preview-keys")

    def _text(self) -> str:
        message = self.letter.message
        head = f"{clean(message.subject)}\n\n" if message.subject else ""
        return head + clean(message.text, newlines=True)

    def _keys(self) -> Content:
        keys = [("F2", _("send")), ("x", _("remove words")), ("k", _("keep words")), ("esc", _("back"))]
        if not self.letter.redacted:
            keys = [keys[0], keys[-1]]
        shown = Content("")
        for key, words in keys:
            shown += Content(f"{key} ").stylize("bold $accent") + Content(f"{words}   ")
        return shown

    def on_mount(self) -> None:
        """The text scrolls with the arrow keys."""
        self.query_one(VerticalScroll).focus()

    def action_choose(self, choice: str) -> None:
        """What is wanted; words are removed and kept only where the text is redacted."""
        if choice != Choice.SEND.value and not self.letter.redacted:
            self.app.bell()
            return
        self.dismiss(Choice(choice))

    def action_back(self) -> None:
        """Back to the words."""
        self.dismiss(None)
