"""A form that carries out one act: what was put in stays, and what changed meanwhile is shown first."""

from __future__ import annotations

from dataclasses import replace

from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.messages import Acted, Failed, Target
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.screens.conflict import Conflicted
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.screens.review import Intent, Review
from ouvidoria_tui.tui.screens.writing_messages import ConflictRead
from ouvidoria_tui.tui.service import Act


class Sending(DeskScreen):
    """The base of every form. A subclass says what sends it (:meth:`act`) and what follows (:meth:`done`)."""

    #: The one ticket that it is about; where it is about several there is no difference to be shown.
    target: Target | None = None

    page: TicketPage | None = None
    #: The revision that the agent has seen.
    seen: int | None = None
    #: Being carried out now; carried out.
    sending = False
    sent = False

    @property
    def words(self) -> str:
        """What the agent has put in, for the screen that shows what changed meanwhile."""
        return ""

    def about(self) -> frozenset[str]:
        """The one ticket."""
        return frozenset() if self.target is None else frozenset({self.target.protocol})

    def told(self) -> None:
        """Says anew what depends on the ticket and on what was put in."""

    def act(self) -> Act:
        """What sends it, on the revision that was seen."""
        raise NotImplementedError

    def send(self, *, tone_confirmed: bool = False) -> None:
        """Carries it out; what was put in stays until that has happened.

        ``tone_confirmed``: the agent has seen what was held about its tone, and lets it go (S4-03).
        """
        self.sending = True
        act = self.act()
        if tone_confirmed:
            one = act.one
            act = replace(act, one=lambda desk, ref, seen: one(desk.confirming_tone(), ref, seen))
        self.service.act(self, act)

    def reviewed(self, intent: Intent) -> None:
        """Shows what is about to happen, and sends it where that is wanted."""
        review = Review(intent, late=self.glyphs.late, bullet=self.glyphs.bullet)

        def answered(wanted: bool | None) -> None:
            if wanted:
                self.send(tone_confirmed=bool(intent.held))

        self.app.push_screen(review, answered)

    def done(self) -> None:
        """After it was sent."""

    def acted(self, message: Acted) -> None:
        """Sent: away with it. Changed meanwhile: what changed is shown. Refused: the form stays."""
        self.sending = False
        results = [outcome.result for outcome in message.outcomes]
        if Result.CONFLICT in results and self.target is not None:
            self.service.read(self, reads_ticket.page(self.target.id), ConflictRead, group="conflict")
        elif Result.DONE in results or Result.UNCHANGED in results:
            self.sent = True
            self.done()

    def on_failed(self, message: Failed) -> None:
        """It could not be carried out; what was put in stays."""
        if message.what == "act":
            self.sending = False
        super().on_failed(message)

    def on_acted(self, message: Acted) -> None:
        """A conflict is shown on its own screen, not as a notice."""
        if any(outcome.result is Result.CONFLICT for outcome in message.outcomes) and self.target is not None:
            self.acted(message)
        else:
            super().on_acted(message)

    def on_conflict_read(self, message: ConflictRead) -> None:
        """The difference; then send on the new revision, or go on."""
        page = self.page = message.page
        seen, self.seen = self.seen or 0, page.ticket.revision
        hidden = page.ticket.confidential and not page.may_open

        def answered(answer: str | None) -> None:
            if answer == "send":
                self.send()
            else:
                self.told()

        self.app.push_screen(Conflicted(page, seen, self.words, self.glyphs, hidden=hidden), answered)
