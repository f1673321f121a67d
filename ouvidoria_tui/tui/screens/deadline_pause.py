"""Suspending, resuming, interrupting one clock: the reason, what follows; done at once, ``u`` undoes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.suspend import interrupt, resume, suspend
from ouvidoria_tui.domain.foresight import foresee_clocks
from ouvidoria_tui.domain.ledger import Act as Event
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, clock_name
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_ticket import drop_draft
from ouvidoria_tui.tui.screens.deadline_form import ClockForm
from ouvidoria_tui.tui.service import Act
from ouvidoria_tui.tui.widgets.deadline_lines import moved_words
from ouvidoria_tui.tui.widgets.text_box import TextBox


class PauseForm(ClockForm):
    """A reason and what follows. ``event`` is what will be recorded, ``label`` the notice afterwards."""

    where = Where.FORM
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.FORM)]
    event: ClassVar[Event]

    #: Whether it may be left without a reason.
    silent: ClassVar[bool] = False

    def body(self) -> ComposeResult:
        """The rule, the reason, what follows, what is missing."""
        yield Static("", id="rule", markup=False)
        words = _("Reason, for the file (may be left out)") if self.silent else _("Reason, for the file")
        yield Static(words, classes="title", markup=False)
        yield TextBox(id="text")
        yield Static("", id="missing", markup=False)
        yield Static("", id="effects", markup=False)
        yield Static("", id="note", markup=False)

    def follow(self) -> None:
        """The due time before and after."""
        effects = Content(_("What will happen")).stylize("bold $primary")
        for words in self._effects():
            effects += Content(f"\n {self.glyphs.bullet} {clean(words)}")
        self.query_one("#effects", Static).update(effects)

    def _effects(self) -> list[str]:
        page, clock = self.page, self.clock
        if page is None or clock is None:
            return []
        arrow = "->" if self.console_app.ascii_only else "→"
        moved = foresee_clocks(
            page.ticket, page.detail.record.clocks, page.clocks, self.event, page.now, [self.clock_name]
        )
        told = [moved_words(*pair, clock.explained.clock, page.policy.zone, arrow) for pair in moved]
        return [
            *(told or [_("no due time changes")]),
            _("recorded in the history with your name; u undoes it"),
            _("the customer is not written to by this"),
        ]

    def missing(self) -> str:
        """The refusal, or that the reason is missing."""
        base = super().missing()
        if base or self.silent or self.box.text.strip():
            return base
        return _("Missing: the reason")

    def label(self) -> str:
        """What was done, in words."""
        raise NotImplementedError

    def carry_out(self, reason: str) -> Callable[[Desk, str, int | None], Outcome]:
        """The verb."""
        raise NotImplementedError

    def act(self) -> Act:
        """The verb, and the draft gone with it."""
        carried, kind, ticket_id = self.carry_out(self.box.text), self.kind, self.target.id

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            outcome = carried(desk, ref, seen)
            drop_draft(desk, ticket_id, kind)
            return outcome

        target = Target(ticket_id, self.target.protocol, self.seen)
        return Act(self.label(), self.verb, [target], one)


class SuspendForm(PauseForm):
    """``s``: what has run is kept."""

    verb: ClassVar[Verb] = Verb.SUSPEND
    event: ClassVar[Event] = Event.SUSPENDED

    def label(self) -> str:
        """``Suspended: resolution``"""
        return _("Suspended: {clock}", clock=clock_name(self.clock_name))

    def carry_out(self, reason: str) -> Callable[[Desk, str, int | None], Outcome]:
        """Suspends."""
        name = self.clock_name
        return lambda desk, ref, seen: suspend(desk, ref, reason, clock=name, revision=seen)


class ResumeForm(PauseForm):
    """``r``: it runs on."""

    verb: ClassVar[Verb] = Verb.RESUME
    event: ClassVar[Event] = Event.RESUMED
    silent: ClassVar[bool] = True

    def label(self) -> str:
        """``Resumed: resolution``"""
        return _("Resumed: {clock}", clock=clock_name(self.clock_name))

    def carry_out(self, reason: str) -> Callable[[Desk, str, int | None], Outcome]:
        """Resumes."""
        name = self.clock_name
        return lambda desk, ref, seen: resume(desk, ref, reason=reason, clock=name, revision=seen)


class InterruptForm(PauseForm):
    """``i``: it begins again."""

    verb: ClassVar[Verb] = Verb.INTERRUPT
    event: ClassVar[Event] = Event.INTERRUPTED

    def label(self) -> str:
        """``Begun again: resolution``"""
        return _("Begun again: {clock}", clock=clock_name(self.clock_name))

    def carry_out(self, reason: str) -> Callable[[Desk, str, int | None], Outcome]:
        """Interrupts."""
        name = self.clock_name
        return lambda desk, ref, seen: interrupt(desk, ref, reason, clock=name, revision=seen)
