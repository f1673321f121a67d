"""What triage points out beside its decision: it came back, or an incident is known that sounds like it.

A person decides what follows: nothing here holds a case back, sends a letter or links anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ouvidoria_tui.domain.incident import Incident, sounds_like, telling_words
from ouvidoria_tui.domain.triage_plan import Case, Plan, Reason
from ouvidoria_tui.text import N_, NN_

#: The flag of a ticket whose customer was here before with the same matter.
RECURRENCE = "recurrence"
_NAMED = 3


def advised(plan: Plan, case: Case, again: Sequence[str], incidents: Sequence[Incident]) -> Plan:
    """``plan`` with what should be known: the customer's earlier cases ``again`` (protocols), open ``incidents``."""
    reasons = [*_recurrence(again), *_incidents(case, incidents)]
    if not reasons:
        return plan
    flags = (*plan.flags, RECURRENCE) if again else plan.flags
    return replace(plan, reasons=(*plan.reasons, *reasons), flags=flags)


def _recurrence(again: Sequence[str]) -> list[Reason]:
    if not again:
        return []
    text = NN_(
        "recurrence: {count} earlier ticket of this customer on the same matter, {protocols}",
        "recurrence: {count} earlier tickets of this customer on the same matter, {protocols}",
        len(again),
        protocols=", ".join(again[:_NAMED]),
    )
    return [Reason(RECURRENCE, None, text, warning=True)]


def _incidents(case: Case, incidents: Sequence[Incident]) -> list[Reason]:
    if not incidents:
        return []
    words = telling_words(f"{case.subject} {case.text}")
    found = ((incident, sounds_like(incident, words)) for incident in incidents)
    return [
        Reason(
            "incident",
            "S0-29",
            N_(
                "suggestion: incident {number} is open and sounds like this ({words}); a person links it",
                number=incident.number,
                words=", ".join(hits),
            ),
            warning=True,
        )
        for incident, hits in found
        if hits
    ]
