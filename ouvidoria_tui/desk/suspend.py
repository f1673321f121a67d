"""Suspension keeps what has run, interruption starts again: two different acts, each with its reason (C-29)."""

from __future__ import annotations

from collections.abc import Callable

from ouvidoria_tui.desk.act import NOW, When, act, need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.extend import named, no_clock
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.clock_acts import interruptible, suspendable
from ouvidoria_tui.domain.clock_state import ALIVE, ClockState
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import ClockRule
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_, NN_

Living = list[tuple[ClockState, ClockRule]]


def suspend(
    desk: Desk,
    ref: str,
    reason: str,
    *,
    clock: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The ticket's clocks suspended: what has run is kept, and nothing runs until :func:`resume`.

    Those that a norm or contract lets be suspended, or ``clock`` alone. Suspended already is unchanged. Raises
    ``Refused`` ``SUSPENSION_ALREADY_USED`` (all or nothing), ``CLOCK_NOT_SUSPENDABLE``, ``NO_CLOCK``.
    """
    words = need_text(reason, "--reason")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return _draft(Act.SUSPENDED, moment, touched(desk, ticket, Verb.SUSPEND, clock), words)

    return act(desk, ref, Verb.SUSPEND, decide, when=When(when.at, when.reason or words), revision=revision)


def resume(
    desk: Desk,
    ref: str,
    *,
    reason: str | None = None,
    clock: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """What was suspended runs again from here on; where nothing is suspended it is unchanged."""

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return _draft(Act.RESUMED, moment, touched(desk, ticket, Verb.RESUME, clock), reason)

    late = When(when.at, when.reason or reason)
    return act(desk, ref, Verb.RESUME, decide, when=late, revision=revision)


def interrupt(
    desk: Desk,
    ref: str,
    reason: str,
    *,
    clock: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The ticket's contractual clocks up to the conclusion begun again: what has run counts no more.

    A breach stays recorded, an extension or suspension that was used stays used. Raises ``Refused``
    ``CLOCK_NOT_INTERRUPTIBLE`` for a norm's clock, ``NO_CLOCK``.
    """
    words = need_text(reason, "--reason")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return _draft(Act.INTERRUPTED, moment, touched(desk, ticket, Verb.INTERRUPT, clock), words)

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.INTERRUPT, decide, when=late, revision=revision)


def touched(desk: Desk, ticket: Ticket, verb: Verb, clock: str | None = None) -> list[str]:
    """The clocks that suspending, resuming or interrupting would change now; none where it is so already.

    Raises as :func:`suspend`, :func:`resume` and :func:`interrupt` do.
    """
    check_not_closed(ticket.status)
    may = {Verb.SUSPEND: suspendable, Verb.INTERRUPT: interruptible}.get(verb, lambda rule: True)
    living = _living(desk, ticket, clock, may)
    if verb is Verb.RESUME:
        return [state.name for state, _rule in living if state.suspended_at is not None]
    if not living:
        raise _not_touched(desk, ticket, clock, verb)
    if verb is Verb.INTERRUPT:
        return [state.name for state, _rule in living]
    running = [(state, rule) for state, rule in living if state.suspended_at is None]
    for state, rule in running:
        _check_times(state, rule)
    return [state.name for state, _rule in running]


def _draft(kind: Act, moment: int, names: list[str], words: str | None) -> list[Draft]:
    if not names:
        return []
    message = Message(Part.REASON, words) if words and words.strip() else None
    return [Draft(kind, moment, facts={"clocks": names}, message=message)]


def _living(desk: Desk, ticket: Ticket, clock: str | None, may: Callable[[ClockRule], bool]) -> Living:
    """The clocks of the ticket that have not ended and that the act may touch; ``clock`` alone if given."""
    only = None if clock is None else named(desk, clock).rule.name
    rules = {compiled.rule.name: compiled.rule for compiled in desk.policy.clocks}
    return [
        (state, rules[state.rule])
        for state in desk.store.clocks(ticket.id)
        if state.state in ALIVE
        and state.rule in rules
        and (only is None or clock == state.name or (":" not in str(clock) and state.rule == only))
        and may(rules[state.rule])
    ]


def _check_times(state: ClockState, rule: ClockRule) -> None:
    if rule.suspension is None or (state.suspensions or 0) < rule.suspension.times:
        return
    raise Refused(
        "SUSPENSION_ALREADY_USED",
        NN_(
            "{clock} was suspended already, and {norm} allows it once",
            "{clock} was suspended already, and {norm} allows it {count} times",
            rule.suspension.times,
            clock=state.name,
            norm=rule.suspension.origin.norm or rule.origin.norm or "-",
        ),
        N_("the clock runs on; ask the customer with `ouvidoria ask` all the same if you need to"),
    )


def _not_touched(desk: Desk, ticket: Ticket, clock: str | None, verb: Verb) -> Refused:
    """Why no clock can be touched: none lives, or those that live are not of the kind."""
    living = _living(desk, ticket, clock, lambda rule: True)
    if not living:
        return no_clock(ticket)
    names = ", ".join(state.name for state, _rule in living)
    if verb is Verb.SUSPEND:
        return Refused(
            "CLOCK_NOT_SUSPENDABLE",
            N_("nothing lets the desk suspend: {clocks}", clocks=names),
            N_("the first response never pauses; another clock needs a suspension rule in the policy"),
        )
    return Refused(
        "CLOCK_NOT_INTERRUPTIBLE",
        N_("only a contract's own clock up to the solution starts again, not: {clocks}", clocks=names),
        N_("`ouvidoria suspend` keeps what has run, where the norm allows it"),
    )
