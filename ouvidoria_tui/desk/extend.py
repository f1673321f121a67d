"""More time for a clock: justification, measures so far, a new bounded date and the notice to the customer, or nothing.

One event holds all of it. The notice is a person's public word that informs: keep-informed clocks are
satisfied by it, the first response is not (docs/decisions/016).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ouvidoria_tui.desk.act import NOW, When, act, diff, need_text
from ouvidoria_tui.desk.delay_notice import check_open, notice, told
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letters import LANGUAGE
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.clock_state import ClockState, CompiledClock
from ouvidoria_tui.domain.extension import allowance, choose, grant, written
from ouvidoria_tui.domain.ledger import Act, Draft
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.span import DAY, SIZE
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_

TEMPLATE = "T2"
_ONCE = {"pt-BR": "Não pode haver outra prorrogação.", "en": "There can be no other extension."}
_MORE = {"pt-BR": "Se for preciso mais, avisaremos.", "en": "If more is needed, we will tell you."}


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
    said: list[tuple[CompiledClock, int]] = []

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_open(ticket)
        state, compiled = meant(desk, ticket, clock)
        given = grant(state, compiled, to, moment, ticket.type, consent=consent)
        _check_cap(desk, compiled, moment)
        said.append((compiled, given.due_at))
        by_date = SIZE[compiled.rule.unit] == DAY
        # A day clock ends at the midnight after its last day, or at its closing.
        shown = given.due_at - 1 if by_date else given.due_at
        allowed = allowance(compiled)
        last = allowed is None or (state.extensions or 0) + 1 >= allowed.times
        places = {"prazo": told(desk, shown, day=by_date), "limite": (_ONCE if last else _MORE)[LANGUAGE]}
        facts: dict[str, object] = {
            "clocks": [state.name],
            "extra": given.extra,
            "until": given.due_at,
            "template": TEMPLATE,
        }
        if consent:
            facts["consent"] = True
        message = notice(desk, ticket, TEMPLATE, why, done, places)
        changes = diff(ticket, public_word_at=moment)
        return [Draft(Act.EXTENDED, moment, changes, facts, message, to_customer=when.at is None)]

    late = When(when.at, when.reason or why)
    outcome = act(desk, ref, Verb.EXTEND, decide, when=late, revision=revision)
    if outcome.result is not Result.DONE:
        return outcome
    compiled, due_at = said[-1]
    message = N_("{clock} is due on {date}", clock=compiled.rule.name, date=written(compiled, due_at))
    return replace(outcome, message=message, details={"clock": compiled.rule.name, "due_at": due_at})


def meant(desk: Desk, ticket: Ticket, name: str | None) -> tuple[ClockState, CompiledClock]:
    """The clock of ``ticket`` that is to be extended; ``UsageError`` ``CLOCK_UNKNOWN``, ``Refused`` ``NO_CLOCK``."""
    states = desk.store.clocks(ticket.id)
    compiled = choose(states, desk.policy.clocks) if name is None else named(desk, name)
    if compiled is not None:
        for state in states:
            if state.name == compiled.rule.name:
                return state, compiled
    raise no_clock(ticket)


def named(desk: Desk, name: str) -> CompiledClock:
    """The clock of that name or alias; ``UsageError`` ``CLOCK_UNKNOWN`` naming those that count."""
    rule = desk.policy.policy.clock(name)
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


def _check_cap(desk: Desk, compiled: CompiledClock, moment: int) -> None:
    """Nothing, while the month's extensions are within the norm's share of the month's demands."""
    rule = compiled.rule.extension
    if rule is None or rule.monthly_cap is None:
        return
    first, following, month = _month(desk.policy.policy.zone, moment)
    demands, extensions = desk.store.month_of_extensions(compiled.rule.name, month, first, following)
    if (extensions + 1) * 100 <= rule.monthly_cap * demands:
        return
    raise Refused(
        "EXTENSION_CAP_REACHED",
        N_(
            "{extensions} of the {demands} cases of this month were extended; the norm allows {cap}%",
            extensions=extensions,
            demands=demands,
            cap=rule.monthly_cap,
        ),
        N_("answer by the due date; the share is counted anew next month"),
    )


def _month(zone: str, moment: int) -> tuple[int, int, str]:
    """The local month of a moment: its first second, the first of the next, and its name (``2026-11``)."""
    tz = ZoneInfo(zone)
    first = datetime.fromtimestamp(moment, tz).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first.replace(tzinfo=None) + timedelta(days=32)).replace(day=1, tzinfo=tz)
    return int(first.timestamp()), int(following.timestamp()), f"{first:%Y-%m}"
