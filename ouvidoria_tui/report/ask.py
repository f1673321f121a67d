"""The reports by name: what each counts, and the one road from a question to its answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.report import (
    areas,
    backlog,
    conduct,
    escalations,
    first_contact,
    first_line,
    funnel,
    refusals,
    reporting_delay,
    satisfaction,
    sla,
    transfers,
    volume,
)
from ouvidoria_tui.report.answer import Question, Report
from ouvidoria_tui.report.desk_data import Answer, InForce, Source
from ouvidoria_tui.store.figures import DIMENSIONS, Connection, names_of
from ouvidoria_tui.store.reading import snapshot
from ouvidoria_tui.store.verify import head_of
from ouvidoria_tui.text import N_

__all__ = ["REPORTS", "ask", "check_by", "figures_of"]


@dataclass(frozen=True, slots=True)
class _Kind:
    answer: Callable[[Source, Question], Answer]
    figures: tuple[str, ...]
    by: tuple[str, ...]
    dimensions: tuple[str, ...]


_REPORTS: Final[Mapping[str, _Kind]] = {
    "sla": _Kind(sla.answer, sla.FIGURES, (), (*DIMENSIONS, "clock")),
    "backlog": _Kind(backlog.answer, backlog.FIGURES, ("department",), tuple(DIMENSIONS)),
    "volume": _Kind(volume.answer, volume.FIGURES, ("month",), tuple(DIMENSIONS)),
    "refusals": _Kind(refusals.answer, refusals.FIGURES, refusals.BY, refusals.DIMENSIONS),
    "areas": _Kind(areas.answer, areas.FIGURES, areas.BY, areas.DIMENSIONS),
    "first-contact": _Kind(first_contact.answer, first_contact.FIGURES, ("department",), tuple(DIMENSIONS)),
    "delays": _Kind(reporting_delay.answer, reporting_delay.FIGURES, ("month",), tuple(DIMENSIONS)),
    "transfers": _Kind(transfers.answer, transfers.FIGURES, transfers.BY, transfers.DIMENSIONS),
    "satisfaction": _Kind(satisfaction.answer, satisfaction.FIGURES, (), tuple(DIMENSIONS)),
    "first-line": _Kind(first_line.answer, first_line.FIGURES, ("month",), first_line.DIMENSIONS),
    "funnel": _Kind(funnel.answer, funnel.FIGURES, funnel.BY, funnel.DIMENSIONS),
    "escalations": _Kind(escalations.answer, escalations.FIGURES, escalations.BY, escalations.DIMENSIONS),
    "conduct": _Kind(conduct.answer, conduct.FIGURES, conduct.BY, conduct.DIMENSIONS),
}
#: The names of the reports; the first is what is meant where none is given.
REPORTS: Final = tuple(_REPORTS)


def figures_of(name: str) -> tuple[str, ...]:
    """The figures of a report, as its rows name them. Raises ``UsageError`` ``REPORT_UNKNOWN``."""
    return _kind(name).figures


def check_by(name: str, by: Collection[str]) -> tuple[str, ...]:
    """The dimensions of a report, each once, in the order given; its own where there is none.

    Raises ``UsageError``: ``REPORT_UNKNOWN``, ``BY_UNKNOWN``.
    """
    kind = _kind(name)
    for dimension in by:
        if dimension not in kind.dimensions:
            raise UsageError(
                "BY_UNKNOWN",
                N_("the report {name} is not given by {dimension}", name=name, dimension=dimension[:40]),
                N_("choose some of: {names}", names=", ".join(kind.dimensions)),
            )
    return tuple(dict.fromkeys(by)) or kind.by


def ask(conn: Connection, in_force: InForce, question: Question) -> Report:
    """The answer to ``question``, all of one state of the store, under the policy in force.

    Raises ``UsageError``: ``REPORT_UNKNOWN``, ``BY_UNKNOWN``, ``CLOCK_UNKNOWN``.
    """
    kind = _kind(question.name)
    by = check_by(question.name, question.by)
    with snapshot(conn):
        names = {name: names_of(conn, name) for name in by}
        source = Source(conn, in_force, by, names)
        answer = kind.answer(source, question)
        head = head_of(conn)
    notes = answer.notes
    if question.past and set(by) - {"month", "type", "channel", "clock"}:
        notes = (*notes, N_("tickets are grouped as they are classified today, not as they were then"))
    return Report(
        name=question.name,
        definition=answer.definition,
        question=question,
        dimensions=answer.dimensions,
        figures=kind.figures,
        rows=answer.rows,
        totals=answer.totals,
        policy=in_force.policy.key,
        policy_version=in_force.version,
        head=head,
        queries=tuple(statement.shown() for statement in answer.statements),
        names={name: dict(known.values()) for name, known in names.items() if known},
        notes=notes,
        not_defined=answer.not_defined,
        average=answer.average,
    )


def _kind(name: str) -> _Kind:
    kind = _REPORTS.get(name)
    if kind is None:
        raise UsageError(
            "REPORT_UNKNOWN",
            N_("there is no report {name}", name=name[:40]),
            N_("the reports are: {names}", names=", ".join(_REPORTS)),
        )
    return kind
