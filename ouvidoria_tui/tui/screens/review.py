"""The look at what cannot be taken back, or leaves the company, before it is done: F2 does it, esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from ouvidoria_tui.present.safe import cells, clean
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.messages import HintChosen
from ouvidoria_tui.tui.widgets.hints import Hint, Hints
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, pair, plain, prose
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.title_bar import TitleBar


@dataclass(frozen=True, slots=True)
class Intent:
    """What is about to happen: facts as (title, value), the words that go out, what is wrong or doubtful.

    ``blocks`` must be put right first; ``warnings`` are only said. ``do`` is the label of F2. What is ``held`` has to
    be confirmed: the first F2 says it, the second one does it.
    """

    title: str
    do: str
    facts: Sequence[tuple[str, str]] = ()
    text: str | None = None
    blocks: Sequence[str] = ()
    warnings: Sequence[str] = ()
    effects: Sequence[str] = field(default=())
    held: str = ""


def intent_lines(intent: Intent, width: int, late: str = "!", bullet: str = "•") -> list[Line]:
    """The intent as lines; everything is cleaned here."""
    lines: list[Line] = []
    for words, tone in [
        *((one, "late") for one in intent.blocks),
        *((one, "today") for one in (intent.held, *intent.warnings) if one),
    ]:
        lines += prose(f"{late} {' '.join(words.split())}", width, tone)
    if lines:
        lines.append(blank())
    column = max((cells(clean(title)) for title, _value in intent.facts), default=0)
    for title, value in intent.facts:
        lines += pair(title, value, width, column)
    if intent.effects:
        lines += [blank(), head(_("What will happen"), width)]
        for words in intent.effects:
            lines += prose(f"{bullet} {' '.join(words.split())}", width)
    if intent.text is not None:
        lines += [blank(), head(_("The text, as it goes out"), width)]
        lines += list(prose(intent.text, width)) if intent.text.strip() else [plain(_("(no text)"), "quiet")]
    return lines


class Review(ModalScreen[bool]):
    """Dismissed with whether it is wanted; never with true while something blocks."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "answer(True)", show=False),
        Binding("escape,q", "answer(False)", show=False),
        Binding("up,k", "pane('move', -1)", show=False),
        Binding("down,j", "pane('move', 1)", show=False),
        Binding("pageup", "pane('page', -1)", show=False),
        Binding("pagedown,space", "pane('page', 1)", show=False),
    ]

    def __init__(self, intent: Intent, *, late: str = "!", bullet: str = "•") -> None:
        super().__init__()
        self.intent = intent
        self.signs = (late, bullet)
        self._confirmed = not intent.held

    def compose(self) -> ComposeResult:
        """Title, lines, what F2 does."""
        yield TitleBar(id="review-title")
        yield Pane(id="review-lines")
        yield Static("", id="review-why", markup=False)
        yield Hints(id="review-hints")

    def on_mount(self) -> None:
        """Says it."""
        self.query_one("#review-title", TitleBar).show(clean(self.intent.title))
        make: Callable[[int], list[Line]] = lambda width: intent_lines(self.intent, width, *self.signs)  # noqa: E731
        self.query_one("#review-lines", Pane).fill(make, key="review")
        back = Hint("esc", _("Back, nothing is lost"), "answer(False)")
        do = [] if self.intent.blocks else [Hint("F2", clean(self.intent.do), "answer(True)")]
        self.query_one("#review-hints", Hints).show(do, back)

    def action_answer(self, wanted: bool) -> None:
        """Answers, where nothing blocks."""
        if wanted and self.intent.blocks:
            self.app.bell()
            words = _("First: {what}", what=clean(self.intent.blocks[0]))
            self.query_one("#review-why", Static).update(Content(words))
            return
        if wanted and not self._confirmed:
            self._confirmed = True
            words = _("{what} F2 again: it leaves as it is.", what=clean(self.intent.held))
            self.query_one("#review-why", Static).update(Content(words))
            return
        self.dismiss(wanted)

    def action_pane(self, move: str, by: int) -> None:
        """Scrolls."""
        pane = self.query_one("#review-lines", Pane)
        (pane.page if move == "page" else pane.move)(by)

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """A clicked hint is a pressed key."""
        await self.run_action(message.action)
