"""What triage would do, read for the screens, and what similar tickets suggest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ouvidoria_tui.desk import triage as triaging
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.ledger import Message
from ouvidoria_tui.domain.neighbours import Suggestions
from ouvidoria_tui.domain.query_terms import Query
from ouvidoria_tui.domain.ticket import Severity
from ouvidoria_tui.domain.triage_plan import Case, Plan
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.report.batch import Context, Originals, Priors, case_of, connection, pending_refs, snapshot
from ouvidoria_tui.report.suggest import for_ticket
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.reads_ticket import TicketPage


@dataclass(frozen=True, slots=True)
class Past:
    """What similar tickets suggest for ``protocol``; ``None`` for a confidential one."""

    protocol: str
    found: Suggestions | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person has set while looking at a plan; ``None`` leaves it to triage."""

    department: str | None = None
    severity: Severity | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what was set."""
        return tuple(name for name in ("department", "severity") if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True)
class Decision:
    """One ticket to be decided: its page, the plan with what was chosen in it, the letters it would send.

    ``plan`` is ``None`` where somebody has decided it meanwhile; ``lacking`` says why a letter cannot be written.
    """

    page: TicketPage
    plan: Plan | None
    letters: tuple[Message, ...] = ()
    lacking: OuvidoriaError | None = None


def plans_of(refs: Sequence[str]) -> Callable[[Desk], tuple[Plan, ...]]:
    """The plans of these tickets; nothing is written."""

    def job(desk: Desk) -> tuple[Plan, ...]:
        conn = connection(desk.store)
        return _plans(desk, [case_of(conn, ref) for ref in refs])

    return job


def waiting(query: Query) -> Callable[[Desk], tuple[str, ...]]:
    """The protocols of the tickets of ``query`` that wait for triage, in queue order."""

    def job(desk: Desk) -> tuple[str, ...]:
        context = Context(desk.clock.now(), desk.agent.id, desk.policy.policy.zone)
        return pending_refs(connection(desk.store), query, context)

    return job


def decision(ref: str, chosen: Chosen) -> Callable[[Desk], Decision]:
    """A ticket with its plan, in which what a person chose stays (S2-05); nothing is written."""

    def job(desk: Desk) -> Decision:
        conn = connection(desk.store)
        with snapshot(conn):
            page = reads_ticket.page(desk.store.find(ref).id)(desk)
            if page.plan is None:
                return Decision(page, None)
            plan = page.plan
            if chosen.fields:
                case = case_of(conn, ref)
                case = replace(
                    case,
                    department=chosen.department or case.department,
                    severity=chosen.severity or case.severity,
                )
                (made,) = _plans(desk, [case])
                plan = replace(made, chosen=chosen.fields)
            try:
                return Decision(page, plan, triaging.letters_of(desk, plan))
            except OuvidoriaError as error:
                return Decision(page, plan, lacking=error)

    return job


def past_of(ref: str) -> Callable[[Desk], Past]:
    """What similar tickets suggest."""

    def job(desk: Desk) -> Past:
        conn = connection(desk.store)
        with snapshot(conn):
            return Past(ref, for_ticket(conn, desk.store.find(ref), case_of(conn, ref)))

    return job


def _plans(desk: Desk, cases: Sequence[Case]) -> tuple[Plan, ...]:
    conn = connection(desk.store)
    return tuple(triaging.plan(desk, cases, original=Originals(conn), prior=Priors.of(conn)))
