"""A new version of the policy: put in force, then every open ticket re-assessed under it, chunk by chunk.

The version comes into force in one transaction; each chunk of tickets is one of its own, with an event of the
desk that says which tickets it was. A re-assessment that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Protocol

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.ports import PolicyInForce
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import ClockState, Fact
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_check import FindingKind, check
from ouvidoria_tui.domain.reassess import Change, Reassessed, Reassessment, facts_of, reassess
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: So many tickets are re-assessed in one transaction.
CHUNK = 500

Progress = Callable[[int], None]


class Versions(Protocol):
    """What keeps the versions of the policy; see ``store.policy_versions``."""

    def text(self) -> str:
        """The newest version as it was written."""
        ...

    def policy(self, version: int | None = None) -> PolicyInForce:
        """A version, or the newest, read anew."""
        ...

    def add(
        self, policy: Policy, text: str, closed: Mapping[date, str] | None, source: str, now: int
    ) -> tuple[int, dict[str, list[str]]]:
        """The number of a new version, and the new entries of registers by kind."""
        ...

    def unfinished(self) -> tuple[int, int] | None:
        """Version and last ticket done of a re-assessment that has not come to its end."""
        ...

    def mark(self, version: int, after: int, *, done: bool) -> None:
        """How far the tickets are."""
        ...

    def left(self, after: int) -> int:
        """How many open tickets come behind ``after``."""
        ...

    def chunk(self, after: int, size: int) -> list[tuple[Ticket, tuple[ClockState, ...]]]:
        """The next open tickets by id, with their clocks."""
        ...

    def events(self, tickets: Sequence[int]) -> Mapping[int, list[Event]]:
        """The events of tickets, in the order of recording."""
        ...

    def keep(self, done: Sequence[Reassessed]) -> None:
        """The rows of tickets that were re-assessed."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """A policy to be applied: parsed, as written, and how to get the holidays that it asks for, with their source."""

    policy: Policy
    text: str
    closed: Callable[[], Mapping[date, str]]
    source: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The version in force afterwards, whether it is new, and the new entries of registers by kind."""

    version: int
    new: bool
    registers: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many open tickets were looked at, how many have other clocks now, how many due times moved."""

    tickets: int = 0
    changed: int = 0
    due_times: int = 0


def check_proposal(policy: Policy) -> None:
    """Nothing, where a policy may be applied.

    Raises ``Refused`` ``POLICY_HAS_ERRORS`` for one against the law, ``UsageError`` for a calendar that cannot be.
    """
    errors = [one for one in check(policy) if one.severity is FindingKind.ERROR]
    if errors:
        raise Refused(
            "POLICY_HAS_ERRORS",
            N_("{key}: {what}", key=errors[0].key, what=errors[0].message),
            N_("`ouvidoria policy check` names every finding; correct the profile and try again"),
            details={"problems": [N_("{key}: {what}", key=one.key, what=one.message) for one in errors]},
        )
    for rule in policy.calendars.values():
        Calendar(rule)


def apply_policy(desk: Desk, versions: Versions, proposal: Proposal) -> Applied:
    """The proposal in force as the next version; the very text that is in force already changes nothing.

    Open tickets wait for :func:`reassess_open` afterwards. Raises ``NotAllowed``; ``Refused``
    ``POLICY_HAS_ERRORS``, and ``REASSESSMENT_UNFINISHED`` while tickets still wait for the version before.
    """
    desk.allow(Verb.POLICY)
    check_proposal(proposal.policy)
    with desk.store.transaction():
        was = versions.policy()
        if versions.text() == proposal.text:
            return Applied(was.version, False, {})
        if versions.unfinished() is not None:
            raise Refused(
                "REASSESSMENT_UNFINISHED",
                N_("tickets still wait to be re-assessed under version {version}", version=was.version),
                N_("finish it first: ouvidoria policy apply --resume"),
            )
        still = replace(desk, clock=FixedClock(desk.clock.now()))
        closed = proposal.closed() if proposal.policy.holidays != was.policy.holidays else None
        version, registers = versions.add(
            proposal.policy, proposal.text, closed, proposal.source, still.clock.now()
        )
        facts: dict[str, object] = {
            "version": version,
            "key": proposal.policy.key,
            "sha256": _digest(proposal.text),
        }
        if registers:
            facts["registers"] = registers
        record_desk_act(still, Act.POLICY_APPLIED, facts)
        versions.mark(version, 0, done=False)
    return Applied(version, True, registers)


def waiting(versions: Versions) -> int:
    """How many open tickets still wait for the policy in force."""
    unfinished = versions.unfinished()
    return 0 if unfinished is None else versions.left(unfinished[1])


def reassess_open(desk: Desk, versions: Versions, progress: Progress = lambda _done: None) -> Tally:
    """Every open ticket that still waits re-assessed under the policy in force; nothing where none does.

    May be interrupted between two chunks and called again, also by another process at the same time.
    """
    desk.allow(Verb.POLICY)
    tally = Tally()
    rules: tuple[PolicyInForce, PolicyInForce] | None = None
    while True:
        with desk.store.transaction():
            unfinished = versions.unfinished()
            if unfinished is None:
                return tally
            version, after = unfinished
            if rules is None or rules[1].version != version:
                rules = (versions.policy(version - 1), versions.policy(version))
            found = versions.chunk(after, CHUNK)
            done = _chunk(replace(desk, clock=FixedClock(desk.clock.now())), versions, *rules, after, found)
            versions.mark(version, found[-1][0].id if found else after, done=not found)
        progress(len(found))
        tally = _added(tally, len(found), done)


def _chunk(
    desk: Desk,
    versions: Versions,
    old: PolicyInForce,
    new: PolicyInForce,
    after: int,
    found: Sequence[tuple[Ticket, tuple[ClockState, ...]]],
) -> list[Reassessed]:
    """What became of the tickets ``found``, kept; nothing where all their clocks are as they were."""
    now = desk.clock.now()
    change = Change(old.clocks, new.clocks)
    events = versions.events([ticket.id for ticket, clocks in found if change.needs_facts(clocks)])

    def told(ticket: Ticket) -> list[Fact]:
        return facts_of(events[ticket.id])

    anew = [
        (ticket, clocks, reassess(ticket, clocks, partial(told, ticket), change, now))
        for ticket, clocks in found
    ]
    if all(_same(before, clocks) for _ticket, before, clocks in anew):
        return []  # no event to record: whoever follows the ledger without it comes to the same rows
    last = found[-1][0].id
    facts: dict[str, object] = {
        "version": new.version,
        "key": new.policy.key,
        "sha256": _digest(versions.text()),
        "reassessed": [after, last],
    }
    event = record_desk_act(desk, Act.POLICY_APPLIED, facts)
    point = Reassessment(event, new.version, after, last)
    done = [Reassessed(point, ticket, before, clocks) for ticket, before, clocks in anew]
    versions.keep(done)
    return done


def _same(before: Sequence[ClockState], after: Sequence[ClockState]) -> bool:
    """Whether a re-assessment, which gives the same objects where nothing changed, changed nothing."""
    return len(before) == len(after) and {id(state) for state in before} == {id(state) for state in after}


def _added(tally: Tally, tickets: int, done: Sequence[Reassessed]) -> Tally:
    changed = moved = 0
    for one in done:
        if _same(one.clocks_before, one.clocks):
            continue
        changed += 1
        old = {state.name: state.due_at for state in one.clocks_before}
        moved += sum(old.get(state.name) != state.due_at for state in one.clocks)
    return Tally(tally.tickets + tickets, tally.changed + changed, tally.due_times + moved)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
