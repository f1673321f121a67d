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

from ouvidoria_tui.present.area_words import fact_lines
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.screens.forward_walk import Looked


@dataclass(eq=False)
class PreviewRead(Message):
    """What the area would get, or why it gets nothing."""

    looked: Looked

    bubble = False


class Choice(Enum):
    """What the agent wants after having looked."""

    SEND = "send"
    REMOVE = "remove"
    RESTORE = "restore"
    LEAVE_OUT = "leave-out"
    BEFORE = "before"


class AreaPreview(ModalScreen[Choice | None]):
    """The letter as it would leave. Dismissed with what is wanted; ``None`` goes back to the words.

    ``place`` says which of several letters it is, and of which ticket: then it can be left out.
    """

    CSS = """
    AreaPreview { align: center middle; }
    #area-preview { width: 100%; max-width: 100; height: 90%; padding: 0 1; }
    #area-preview { background: $panel; border: round $primary; }
    #area-preview-title { text-style: bold; height: auto; }
    #area-preview-facts { color: $secondary; height: auto; margin-bottom: 1; }
    #area-preview-facts.-refused { color: $error; }
    #area-preview-text { height: 1fr; background: $surface; padding: 0 1; }
    #area-preview-keys { height: auto; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,enter", "choose('send')", show=False),
        Binding("x", "choose('remove')", show=False),
        Binding("k", "choose('restore')", show=False),
        Binding("n", "choose('leave-out')", show=False),
        Binding("K", "choose('before')", show=False),
        Binding("escape,q", "back", show=False),
    ]

    def __init__(self, area: str, looked: Looked, zone: str, place: str = "") -> None:
        super().__init__()
        self.area = clean(area)
        self.looked = looked
        self.zone = zone
        self.place = clean(place)

    def compose(self) -> ComposeResult:
        """Whom it goes to, what was removed, the text, the keys."""
        with Vertical(id="area-preview"):
            yield Static(Content(self._title()), id="area-preview-title")
            refused = "-refused" if self.looked.letter is None else None
            yield Static(Content(self._facts()), id="area-preview-facts", classes=refused)
            with VerticalScroll(id="area-preview-text"):
                yield Static(Content(self._text()))
            yield Static(self._keys(), id="area-preview-keys")

    def _title(self) -> str:
        if self.looked.letter is None:
            words = _("{area} gets nothing: it would leak, or cannot be sent", area=self.area)
        else:
            words = _("{area} would get this. Send it?", area=self.area)
        return f"{self.place}\n{words}" if self.place else words

    def _facts(self) -> str:
        letter, error = self.looked.letter, self.looked.error
        if letter is not None:
            return "\n".join(clean(line) for line in fact_lines(letter, self.zone))
        if error is None:
            return ""
        hint = "" if error.hint is None else f"\n{clean(say(error.hint))}"
        return f"{clean(say(error.message))} [{error.code}]{hint}"

    def _text(self) -> str:
        if self.looked.letter is None:
            return ""
        message = self.looked.letter.message
        head = f"{clean(message.subject)}\n\n" if message.subject else ""
        return head + clean(message.text, newlines=True)

    @property
    def allowed(self) -> dict[Choice, tuple[str, str]]:
        """What can be wanted here, each with its key and words."""
        letter, many = self.looked.letter, bool(self.place)
        made: dict[Choice, tuple[str, str]] = {}
        if letter is not None:
            made[Choice.SEND] = ("F2", _("approve") if many else _("send"))
        if many:
            made[Choice.LEAVE_OUT] = ("n", _("leave out"))
            made[Choice.BEFORE] = ("K", _("the one before"))
        if letter is None or letter.redacted:
            made[Choice.REMOVE] = ("x", _("remove words"))
        if letter is not None and letter.redacted:
            made[Choice.RESTORE] = ("k", _("keep words"))
        return made

    def _keys(self) -> Content:
        shown = Content("")
        for choice, (key, words) in self.allowed.items():
            if self.place and choice is Choice.REMOVE:
                shown += Content("\n")
            shown += _key(key, words)
        return shown + _key("esc", _("back"))

    def on_mount(self) -> None:
        """The text scrolls with the arrow keys."""
        self.query_one(VerticalScroll).focus()

    def action_choose(self, choice: str) -> None:
        """What is wanted, where it can be: words are removed and kept only where the text is redacted."""
        if Choice(choice) not in self.allowed:
            self.app.bell()
            return
        self.dismiss(Choice(choice))

    def action_back(self) -> None:
        """Back to the words."""
        self.dismiss(None)


def _key(key: str, words: str) -> Content:
    return Content(f"{key} ").stylize("bold $accent") + Content(f"{words}   ")
