"""What the screens of deadlines read: every clock explained, what may be done to it now, and letters before they go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ouvidoria_tui.desk import delay_notice as noticing
from ouvidoria_tui.desk import extend as extending
from ouvidoria_tui.desk import suspend as suspending
from ouvidoria_tui.desk.act import NOW, moment_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.extend import Share
from ouvidoria_tui.domain.explain import Explanation
from ouvidoria_tui.domain.extension import allowance, furthest
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.reading import check_may_open
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.records import paired
from ouvidoria_tui.report.explain import explanations
from ouvidoria_tui.report.reading import connection, snapshot
from ouvidoria_tui.text import N_, Text
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.reads_ticket import TicketPage

#: What can be done to a clock, in the order in which it is offered.
VERBS = (Verb.EXTEND, Verb.DELAY_NOTICE, Verb.SUSPEND, Verb.RESUME, Verb.INTERRUPT)


@dataclass(frozen=True, slots=True)
class Possible:
    """Whether an act on a clock is possible now: ``why_not`` says the refusal, ``hint`` what to do instead.

    ``last`` is the last due moment that an extension may reach, ``share`` the month's count against a cap.
    """

    why_not: Text | None = None
    hint: Text | None = None
    code: str = ""
    last: int | None = None
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class ClockDeadline:
    """One clock of the ticket, explained, and what may be done to it."""

    explained: Explanation
    acts: Mapping[Verb, Possible]

    @property
    def name(self) -> str:
        """The clock's name in the policy."""
        return self.explained.state.name


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The clocks of a ticket in the policy's order, beside its page, from one state of the store."""

    page: TicketPage
    clocks: tuple[ClockDeadline, ...]

    def clock(self, name: str) -> ClockDeadline | None:
        """The clock of that name."""
        return next((one for one in self.clocks if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to the customer with an act, and the due moment that follows (``None``: none moves)."""

    text: str
    due_at: int | None = None


LetterJob = Callable[[Desk], Letter]


def deadlines(ticket_id: int) -> Callable[[Desk], Deadlines]:
    """The deadlines of a ticket; ``NotFound`` ``TICKET_NOT_FOUND``."""

    def job(desk: Desk) -> Deadlines:
        conn = connection(desk.store)
        with snapshot(conn):
            page = reads_ticket.page(ticket_id)(desk)
            _ticket, found = explanations(conn, desk.policy, page.ticket.protocol, page.now)
            told = {one.state.name: one for one in found}
            order = paired([one.state for one in found], page.clocks)
            return Deadlines(
                page,
                tuple(
                    ClockDeadline(told[state.name], _acts(desk, page.ticket, told[state.name], page.now))
                    for state, _clock in order
                ),
            )

    return job


def extension_letter(
    ref: str, clock: str, to: int, reason: str, measures: str, *, consent: bool
) -> LetterJob:
    """The notice of an extension as it would go out; refused as the extension would be."""

    def job(desk: Desk) -> Letter:
        ticket = desk.store.find(ref)
        check_may_open(desk.agent, ticket)
        moment = moment_of(desk, ticket, NOW)
        planned = extending.plan(desk, ticket, to, reason, measures, moment, clock=clock, consent=consent)
        message = planned.draft.message
        return Letter("" if message is None else message.text, planned.due_at)

    return job


def delay_letter(ref: str, to: int, reason: str, measures: str | None) -> LetterJob:
    """The delay notice as it would go out; refused as the notice would be."""

    def job(desk: Desk) -> Letter:
        ticket = desk.store.find(ref)
        check_may_open(desk.agent, ticket)
        draft = noticing.plan(desk, ticket, to, reason, measures, moment_of(desk, ticket, NOW))
        return Letter("" if draft.message is None else draft.message.text)

    return job


def _acts(desk: Desk, ticket: Ticket, one: Explanation, now: int) -> dict[Verb, Possible]:
    return {verb: _possible(desk, ticket, one, verb, max(now, ticket.acted_at)) for verb in VERBS}


def _possible(desk: Desk, ticket: Ticket, one: Explanation, verb: Verb, moment: int) -> Possible:
    share = extending.month_share(desk, one.clock, moment) if verb is Verb.EXTEND else None
    try:
        if verb is Verb.EXTEND:
            return _extendable(desk, ticket, one, moment, share)
        if verb is Verb.DELAY_NOTICE:
            noticing.permit(desk, ticket)
            return Possible()
        desk.allow(verb)
        touched = suspending.touched(desk, ticket, verb, one.state.name)
    except OuvidoriaError as error:
        return Possible(error.message, error.hint, error.code, share=share)
    return Possible() if touched else Possible(_IDLE[verb])


def _extendable(desk: Desk, ticket: Ticket, one: Explanation, moment: int, share: Share | None) -> Possible:
    # The agreement is asked for on the form, so that it does not stand in the way here.
    agreed = (rule := allowance(one.clock)) is not None and rule.consent
    state, clock, allowed = extending.permit(desk, ticket, one.state.name, moment, consent=agreed)
    return Possible(last=furthest(state, clock, allowed), share=share)


_IDLE = {
    Verb.SUSPEND: N_("this clock is suspended already"),
    Verb.RESUME: N_("this clock is not suspended"),
    Verb.INTERRUPT: N_("this clock does not run"),
}
