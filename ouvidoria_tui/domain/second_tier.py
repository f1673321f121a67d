"""Who may have a ticket of the second tier: whoever holds the competence that its rule names (S3-27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ouvidoria_tui.domain.permission import Agent
from ouvidoria_tui.domain.policy_gates import Evidence, Gates
from ouvidoria_tui.domain.staff import competent
from ouvidoria_tui.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many tickets wait for an owner, seen by one agent.

    ``concerning`` her by a declared conflict of interest, ``barred`` to her because an analysis needs a competence;
    one that is both is counted as the first.
    """

    total: int
    concerning: int
    barred: int


def closed_to(gates: Gates, agent: Agent, day: date) -> tuple[Evidence, ...]:
    """The rules whose competence ``agent`` does not hold on that day of the desk."""
    return tuple(
        rule
        for rule in gates.evidence
        if rule.competence is not None and not competent(agent, rule.competence, day)
    )


def is_of(rule: Evidence, ticket: Ticket) -> bool:
    """Whether the analysis of ``rule`` is that of ``ticket``: by its difficulty, or by the tier's department."""
    by_difficulty = ticket.difficulty is not None and ticket.difficulty in rule.difficulties
    return by_difficulty or (rule.department is not None and ticket.department == rule.department)
