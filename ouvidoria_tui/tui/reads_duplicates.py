"""What the console reads before tickets are merged or linked: candidates, and what a merge would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import final, merged_by
from ouvidoria_tui.desk.merge_plan import Wanted, preview
from ouvidoria_tui.domain.duplicates import Candidate
from ouvidoria_tui.domain.merge_plan import MergePlan
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.domain.ties import links_of
from ouvidoria_tui.errors import Conflict, NotFound, OuvidoriaError, Refused, UsageError
from ouvidoria_tui.report.duplicates import candidates, side_by_side
from ouvidoria_tui.report.reading import connection, snapshot
from ouvidoria_tui.tui.messages import Target


@dataclass(frozen=True, slots=True)
class Alike:
    """The tickets that ``d`` acts on, and where they may go on. ``merged_into`` names where the only one is."""

    sources: tuple[Target, ...]
    candidates: tuple[Candidate, ...] = ()
    merged_into: str = ""
    linked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Merges:
    """What would happen to each ticket, or why it is refused."""

    wanted: Wanted
    plans: tuple[tuple[Target, MergePlan | OuvidoriaError], ...]


def alike(targets: Sequence[Target]) -> Callable[[Desk], Alike]:
    """The candidates for one ticket; several are compared with one another, the oldest first."""

    def job(desk: Desk) -> Alike:
        conn = connection(desk.store)
        with snapshot(conn):
            seen = tuple(targets)
            if len(seen) > 1:
                return Alike(seen, tuple(side_by_side(conn, [target.id for target in seen])))
            ticket = desk.store.get(seen[0].id)
            if merged_by(desk.store, ticket) is not None:
                return Alike(seen, merged_into=final(desk.store, ticket).protocol)
            found = candidates(conn, ticket.id, desk.policy.policy.triage.recurrence_days)
            return Alike(seen, tuple(found), linked=frozenset(links_of(desk.store.events(ticket.id))))

    return job


def merges(targets: Sequence[Target], wanted: Wanted) -> Callable[[Desk], Merges]:
    """What merging each of ``targets`` would do; the one that goes on is left out."""

    def job(desk: Desk) -> Merges:
        with snapshot(connection(desk.store)):
            into: Ticket = desk.store.find(wanted.into)
            # With several, the one that goes on is among them.
            others = [target for target in targets if len(targets) == 1 or target.id != into.id]
            return Merges(wanted, tuple((target, _look(desk, target, wanted)) for target in others))

    return job


def _look(desk: Desk, target: Target, wanted: Wanted) -> MergePlan | OuvidoriaError:
    try:
        return preview(desk, target.protocol, wanted, revision=target.revision)
    except (Refused, Conflict, NotFound, UsageError) as error:
        return error
