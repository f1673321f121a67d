"""The ticket changed while one was writing: what is new since, by whom, and what to do with the text."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from ouvidoria_tui.present.words import _, status_label
from ouvidoria_tui.tui.messages import HintChosen
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.widgets.hints import Hint, Hints
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, pair, plain, prose
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.timeline import timeline_lines
from ouvidoria_tui.tui.widgets.title_bar import TitleBar

Answer = Literal["send", "back"]


def conflict_lines(
    page: TicketPage, seen: int, text: str, width: int, glyphs: Glyphs, *, hidden: bool
) -> list[Line]:
    """What happened after the revision ``seen``, where the ticket stands now, and the text that was not sent."""
    from dataclasses import replace

    since = tuple(entry for entry in page.detail.entries if entry.event.seq > seen)
    lines = [
        plain(f"{glyphs.late} {_('Nothing was sent: the ticket changed while you were writing.')}", "late")
    ]
    lines += [blank(), head(_("New since then"), width)]
    lines += timeline_lines(
        replace(page, detail=replace(page.detail, entries=since)), width, glyphs, hidden=hidden, unfolded=True
    )
    lines += [blank(), head(_("How it stands now"), width)]
    lines += pair(_("Status"), status_label(page.ticket.status, page.policy.labels), width, 8)
    lines += pair(_("Owner"), page.detail.record.assignee or _("nobody"), width, 8)
    lines += [blank(), head(_("Your text"), width), *prose(text, width)]
    return lines


class Conflicted(ModalScreen[Answer]):
    """Dismissed with ``send`` (on the new revision) or ``back`` (to the text, which is kept)."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "answer('send')", show=False),
        Binding("escape,q", "answer('back')", show=False),
        Binding("up,k", "scrolled(-1)", show=False),
        Binding("down,j", "scrolled(1)", show=False),
        Binding("pageup", "paged(-1)", show=False),
        Binding("pagedown,space", "paged(1)", show=False),
    ]

    def __init__(
        self, page: TicketPage, seen: int, text: str, glyphs: Glyphs, *, hidden: bool = False
    ) -> None:
        super().__init__()
        self.page = page
        self.seen = seen
        self.text = text
        self.glyphs = glyphs
        self.hidden = hidden

    def compose(self) -> ComposeResult:
        """Title, the difference, the two answers."""
        yield TitleBar(id="conflict-title")
        yield Pane(id="conflict-lines")
        yield Hints(id="conflict-hints")

    def on_mount(self) -> None:
        """Says it."""
        title = _("{protocol} changed meanwhile", protocol=self.page.ticket.protocol)
        self.query_one("#conflict-title", TitleBar).show(title)
        self.query_one("#conflict-lines", Pane).fill(self._lines, key="conflict")
        send = Hint("F2", _("Send it all the same"), "answer('send')")
        back = Hint("esc", _("Back to the text"), "answer('back')")
        self.query_one("#conflict-hints", Hints).show([send], back)

    def _lines(self, width: int) -> list[Line]:
        return conflict_lines(self.page, self.seen, self.text, width, self.glyphs, hidden=self.hidden)

    def action_answer(self, answer: Answer) -> None:
        """Answers."""
        self.dismiss(answer)

    def action_scrolled(self, by: int) -> None:
        """A line."""
        self.query_one("#conflict-lines", Pane).move(by)

    def action_paged(self, by: int) -> None:
        """A screen."""
        self.query_one("#conflict-lines", Pane).page(by)

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """A clicked hint is a pressed key."""
        await self.run_action(message.action)
