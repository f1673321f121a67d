"""More time for a clock: justification, measures so far, a new bounded date and the notice to the customer, or nothing.

One event holds all of it. The notice is a person's public word that informs: keep-informed clocks are
satisfied by it, the first response is not (docs/decisions/016).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk.act import NOW, When, act, diff, need_text
from ouvidoria_tui.desk.delay_notice import notice
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letters import language_of, told
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.clock_state import ALIVE, ClockState, CompiledClock, rule_of
from ouvidoria_tui.domain.extension import allowance, choose, grant, permitted, written
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import Party
from ouvidoria_tui.domain.policy_law import Extension
from ouvidoria_tui.domain.span import DAY, SIZE
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_

TEMPLATE = "T2"
_ONCE = {
    Language.PORTUGUESE: "Não pode haver outra prorrogação.",
    Language.ENGLISH: "There can be no other extension.",
}
_MORE = {
    Language.PORTUGUESE: "Se for preciso mais, avisaremos.",
    Language.ENGLISH: "If more is needed, we will tell you.",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """An extension that may be granted: its clock, the due moment that follows and what is recorded."""

    name: str
    clock: CompiledClock
    due_at: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class Share:
    """How often a clock was extended among the ``demands`` of a local month, and the norm's cap in percent."""

    extensions: int
    demands: int
    cap: int

    @property
    def full(self) -> bool:
        """Whether one more would be beyond the cap."""
        return (self.extensions + 1) * 100 > self.cap * self.demands


def extend(
    desk: Desk,
    ref: str,
    to: int,
    reason: str,
    measures: str,
    *,
    clock: str | None = None,
    consent: bool = False,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """A clock with a later due date, within its rule (Lei 13.460/2017 art. 16 and its like); ``to`` as a moment.

    A midnight stands for all of the day that it begins; ``clock`` defaults to the one with an extension rule.
    Raises ``UsageError`` ``TEXT_REQUIRED``, ``CLOCK_UNKNOWN``; ``Refused`` ``EXTENSION_EXHAUSTED``,
    ``EXTENSION_NEEDS_CONSENT``, ``EXTENSION_CAP_REACHED``, ``EXTENSION_TOO_LONG``, ``EXTENSION_TOO_LATE``,
    ``EXTENSION_NOT_LATER``, ``CLOCK_NOT_RUNNING``, ``TEMPLATE_INCOMPLETE``.
    """
    why, done = need_text(reason, "--reason"), need_text(measures, "--measures")
    said: list[Planned] = []

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        planned = plan(desk, ticket, to, why, done, moment, clock=clock, consent=consent)
        said.append(planned)
        theirs = planned.clock.rule.party is not Party.AREA
        return [replace(planned.draft, to_customer=theirs and when.at is None)]

    late = When(when.at, when.reason or why)
    outcome = act(desk, ref, Verb.EXTEND, decide, when=late, revision=revision)
    if outcome.result is not Result.DONE:
        return outcome
    name, compiled, due_at = said[-1].name, said[-1].clock, said[-1].due_at
    message = N_("{clock} is due on {date}", clock=name, date=written(compiled, due_at))
    return replace(outcome, message=message, details={"clock": name, "due_at": due_at})


def plan(
    desk: Desk,
    ticket: Ticket,
    to: int,
    reason: str,
    measures: str,
    moment: int,
    *,
    clock: str | None = None,
    consent: bool = False,
) -> Planned:
    """What :func:`extend` would record at ``moment``, with the letter as it goes out; raises as it does."""
    check_not_closed(ticket.status)
    state, compiled = meant(desk, ticket, clock)
    given = grant(state, compiled, to, moment, ticket.type, consent=consent)
    _check_cap(desk, compiled, moment)
    by_date = SIZE[compiled.rule.unit] == DAY
    # A day clock ends at the midnight after its last day, or at its closing.
    shown = given.due_at - 1 if by_date else given.due_at
    allowed = allowance(compiled)
    last = allowed is None or (state.extensions or 0) + 1 >= allowed.times
    facts: dict[str, object] = {"clocks": [state.name], "extra": given.extra, "until": given.due_at}
    if consent:
        facts["consent"] = True
    if compiled.rule.party is Party.AREA:
        # More time for an area is between the desk and the area: the customer's deadline stays.
        words = Message(Part.AREA, f"{reason.strip()}\n\n{measures.strip()}")
        return Planned(state.name, compiled, given.due_at, Draft(Act.EXTENDED, moment, {}, facts, words))
    facts["template"], language = TEMPLATE, language_of(desk, ticket)
    places = {
        "prazo": told(desk, shown, language, day=by_date),
        "limite": (_ONCE if last else _MORE)[language],
    }
    message = notice(desk, ticket, TEMPLATE, reason, measures, places)
    draft = Draft(Act.EXTENDED, moment, diff(ticket, public_word_at=moment), facts, message)
    return Planned(state.name, compiled, given.due_at, draft)


def permit(
    desk: Desk, ticket: Ticket, clock: str | None, moment: int, *, consent: bool = False
) -> tuple[ClockState, CompiledClock, Extension]:
    """The clock and its rule, where it may be extended at ``moment`` at all; raises as :func:`extend` does."""
    desk.allow(Verb.EXTEND)
    check_not_closed(ticket.status)
    state, compiled = meant(desk, ticket, clock)
    allowed = permitted(state, compiled, moment, ticket.type, consent=consent)
    _check_cap(desk, compiled, moment)
    return state, compiled, allowed


def meant(desk: Desk, ticket: Ticket, name: str | None) -> tuple[ClockState, CompiledClock]:
    """The clock of ``ticket`` that is to be extended; ``area:finance`` is that of one area.

    Raises ``UsageError`` ``CLOCK_UNKNOWN``, ``CLOCK_AMBIGUOUS``; ``Refused`` ``NO_CLOCK``.
    """
    states = desk.store.clocks(ticket.id)
    compiled = choose(states, desk.policy.clocks) if name is None else named(desk, name)
    found = [] if compiled is None else [state for state in states if state.rule == compiled.rule.name]
    if name is not None and ":" in name:
        found = [state for state in found if state.name == name]
    living = [state for state in found if state.state in ALIVE] or found[-1:]
    if compiled is None or not living:
        raise no_clock(ticket)
    if len(living) > 1:
        raise UsageError(
            "CLOCK_AMBIGUOUS",
            N_("{protocol} has several clocks {name}", protocol=ticket.protocol, name=compiled.rule.name),
            N_("say which with --clock: {names}", names=", ".join(state.name for state in living)),
        )
    return living[0], compiled.of(living[0])


def named(desk: Desk, name: str) -> CompiledClock:
    """The clock of that name or alias; ``UsageError`` ``CLOCK_UNKNOWN`` naming those that count."""
    rule = desk.policy.policy.clock(rule_of(name))
    for compiled in desk.policy.clocks:
        if rule is not None and compiled.rule.name == rule.name:
            return compiled
    raise UsageError(
        "CLOCK_UNKNOWN",
        N_("this desk has no clock {name}", name=name[:40]),
        N_(
            "its clocks are: {names}",
            names=", ".join(compiled.rule.name for compiled in desk.policy.clocks) or "-",
        ),
    )


def no_clock(ticket: Ticket) -> Refused:
    """The refusal where a ticket has no clock that the act could touch."""
    return Refused(
        "NO_CLOCK",
        N_("{protocol} has no running clock that this could change", protocol=ticket.protocol),
        N_("`ouvidoria show {protocol}` lists its clocks and how they stand", protocol=ticket.protocol),
    )


def month_share(desk: Desk, compiled: CompiledClock, moment: int) -> Share | None:
    """The month's extensions of a clock against its norm's cap; ``None`` where no cap is in force."""
    rule = compiled.rule.extension
    if rule is None or rule.monthly_cap is None:
        return None
    first, following, month = _month(desk.policy.policy.zone, moment)
    demands, extensions = desk.store.month_of_extensions(compiled.rule.name, month, first, following)
    return Share(extensions, demands, rule.monthly_cap)


def _check_cap(desk: Desk, compiled: CompiledClock, moment: int) -> None:
    """Nothing, while the month's extensions are within the norm's share of the month's demands."""
    share = month_share(desk, compiled, moment)
    if share is None or not share.full:
        return
    raise Refused(
        "EXTENSION_CAP_REACHED",
        N_(
            "{extensions} of the {demands} cases of this month were extended; the norm allows {cap}%",
            extensions=share.extensions,
            demands=share.demands,
            cap=share.cap,
        ),
        N_("answer by the due date; the share is counted anew next month"),
    )


def _month(zone: str, moment: int) -> tuple[int, int, str]:
    """The local month of a moment: its first second, the first of the next, and its name (``2026-11``)."""
    tz = ZoneInfo(zone)
    first = datetime.fromtimestamp(moment, tz).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first.replace(tzinfo=None) + timedelta(days=32)).replace(day=1, tzinfo=tz)
    return int(first.timestamp()), int(following.timestamp()), f"{first:%Y-%m}"
