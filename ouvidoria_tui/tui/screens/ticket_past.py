"""A ticket as it stood: the same tabs, filled from what had happened by then. Nothing can be done to the past.

It lies over the ticket of today, to which esc goes back.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.keys import Key, Where, bindings
from ouvidoria_tui.tui.keys_acts import ACTS
from ouvidoria_tui.tui.messages import Failed, Target
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.screens.writing_messages import PageRead
from ouvidoria_tui.tui.title_words import what_words

#: Among the keys of acts, those by which one only looks.
_LOOKS = frozenset({"file.open", "past", "past.recorded", "board", "drafts", "mail"})
#: The keys that would act, or lead to where one acts.
REFUSED = frozenset(
    {entry.id for entry in ACTS if Where.TICKET in entry.where and entry.id not in _LOOKS} | {"undo"}
)


def _bindings() -> list[BindingType]:
    """As on every ticket; what would act says why not."""
    return [
        Binding(one.key, f"refused('{one.id}')", show=False, id=one.id) if one.id in REFUSED else one
        for one in bindings(Where.TICKET)
    ]


class PastScreen(TicketScreen, inherit_bindings=False):
    """The ticket ``ticket_id`` as it stood at ``at``; with ``recorded`` as the desk knew it then."""

    BINDINGS: ClassVar[list[BindingType]] = _bindings()

    def __init__(self, ticket_id: int, at: int) -> None:
        super().__init__(ticket_id)
        self.at = at
        self.recorded = False

    def reload(self) -> None:
        """The same moment again: what is recorded late belongs to it, too."""
        job = reads_ticket.page_at(self.ticket_id, self.at, recorded=self.recorded)
        self.service.read(self, job, PageRead, group="page")

    def on_failed(self, message: Failed) -> None:
        """What the desk did not know yet: back to what had happened."""
        if message.what == "page" and self.recorded and message.error.code == "NOT_YET_RECEIVED":
            self.recorded = False
        super().on_failed(message)

    # --- what cannot be done

    def targets(self) -> tuple[Target, ...]:
        """Nothing: no verb acts on the past."""
        return ()

    def why_not(self, entry: Key) -> str:
        """Nothing is done to the past."""
        return self.reason if entry.id in REFUSED else super().why_not(entry)

    @property
    def reason(self) -> str:
        """Why nothing can be done here, and how to where it can."""
        when = moment(self.at, self.facts.zone)
        return _(
            "This is the ticket as it stood on {when}: nothing is done to it. esc goes back to today",
            when=when,
        )

    def action_refused(self, id_: str) -> None:
        """A key that would act."""
        self.app.bell()
        self.toast(self.reason, "warning")

    def action_work(self) -> None:
        """``enter`` on the tab of the conclusion."""
        self.action_refused("work")

    # --- another moment, the other time

    def look_back(self, ticket_id: int, at: int) -> None:
        """``H`` again: another moment, on this screen."""
        self.at = at
        self.reload()

    def action_recorded(self) -> None:
        """``h``: by when acts were recorded, and back."""
        self.recorded = not self.recorded
        self.reload()

    # --- what is said

    def say_title(self) -> None:
        """That it is past comes first."""
        page = self.page
        if page is None:
            self.title_bar.show(_("Reading the ticket…"))
            return
        narrow = self.app.size.width < 100
        when = moment(self.at, page.policy.zone)
        words = what_words(page, self.glyphs, short=narrow)
        self.title_bar.show(
            f"{_('PAST: {when}', when=when)} {self.glyphs.into} {page.ticket.protocol}",
            "" if narrow else words,
        )

    def say_step(self, page: TicketPage) -> None:
        """Which of the two times it is, and what the other one would show."""
        stood = page.stood
        if stood is None:
            return
        words = (
            _("As the desk knew it then, by when acts were recorded")
            if stood.recorded
            else _("As it stood, by when things happened")
        )
        if stood.apart:
            words += "; " + plural(
                "{count} act that had happened by then was recorded later",
                "{count} acts that had happened by then were recorded later",
                stood.apart,
            )
        self.query_one("#step", Static).update(Content(words).stylize("bold"))

    def say_place(self) -> None:
        """What is found in the text, else the way back."""
        super().say_place()
        if not (self.main.matches or self.main.wanted):
            self.query_one("#place", Static).update(Content(_("esc goes back to today")))
