"""What a classification would do, in sentences: the values that change and every due time that moves. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from ouvidoria_tui.desk.classify import Classification
from ouvidoria_tui.domain.clock_state import ClockState
from ouvidoria_tui.domain.foresight import Moved, foresee_classified
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.words import _, plural, term
from ouvidoria_tui.tui.reads_classify import Basis
from ouvidoria_tui.tui.widgets.deadline_lines import moved_words

#: So many tickets are shown one by one.
SHOWN = 5


def value_words(wanted: Classification, causes: Mapping[str, str] | None = None) -> str:
    """``Report, grave, Duplicate charge``: the values that shall be set."""
    given = [term(value) for value in (wanted.type, wanted.severity, wanted.difficulty) if value is not None]
    if wanted.cause:
        given.append((causes or {}).get(wanted.cause, wanted.cause))
    if wanted.complained_department:
        given.append(wanted.complained_department)
    if wanted.occurred_at is not None:
        given.append(_("when it happened"))
    return ", ".join(given)


def change_words(
    ticket: Ticket,
    wanted: Classification,
    causes: Mapping[str, str],
    policy: Policy,
    arrow: str,
    nothing: str,
) -> list[str]:
    """``Severity: low → high``: what changes of one ticket, a line each."""
    titles = {
        "type": _("Type"),
        "severity": _("Severity"),
        "difficulty": _("Difficulty"),
        "cause": _("Cause"),
        "complained_department": _("Complained of"),
        "occurred_at": _("Happened"),
    }
    departments = {one.slug: one.name for one in policy.departments}

    def said(name: str, value: object) -> str:
        if value is None:
            return nothing
        if isinstance(value, int):
            return moment(value, policy.zone)
        names = departments if name == "complained_department" else causes
        return term(value) if isinstance(value, StrEnum) else names.get(str(value), str(value))

    return [
        f"{titles[name]}: {said(name, getattr(ticket, name))} {arrow} {said(name, value)}"
        for name, value in wanted.wanted().items()
        if name in titles
    ]


def moved_of(basis: Basis, ticket: Ticket, states: tuple[ClockState, ...], wanted: Classification) -> Moved:
    """The due times of one ticket that move; those of a closed one are frozen."""
    if ticket.status is Status.CLOSED:
        return ()
    return foresee_classified(
        ticket,
        states,
        basis.clocks,
        basis.now,
        type=wanted.type,
        severity=wanted.severity,
        difficulty=wanted.difficulty,
    )


def effects(basis: Basis, wanted: Classification, zone: str, arrow: str) -> Iterator[str]:
    """Every due time that moves, old and new; of many tickets the first few, and how many there are."""
    moved = [
        (ticket, found)
        for ticket, states in basis.tickets
        if (found := moved_of(basis, ticket, states, wanted))
    ]
    rules = {clock.rule.name: clock for clock in basis.clocks}
    if not moved:
        yield _("no due time changes")
    one = len(basis.tickets) == 1
    if moved and not one:
        yield plural(
            "{count} of {total} tickets gets another due time",
            "{count} of {total} tickets get another due time",
            len(moved),
            total=len(basis.tickets),
        )
    for ticket, found in moved[:SHOWN]:
        told = [moved_words(*pair, rules.get(pair[0].name), zone, arrow) for pair in found]
        if one:
            yield from told
        else:
            yield f"{ticket.protocol}: {'; '.join(told)}"
    if len(moved) > SHOWN:
        yield plural("and {count} more", "and {count} more", len(moved) - SHOWN)
    if basis.more:
        yield plural(
            "{count} more ticket was not looked at", "{count} more tickets were not looked at", basis.more
        )
