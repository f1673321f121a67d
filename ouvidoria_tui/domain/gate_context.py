"""What a policy and its desk say beside the gates, and which plans have what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from ouvidoria_tui.domain.policy_gates import Gates
from ouvidoria_tui.domain.ticket import Channel, Type
from ouvidoria_tui.text import N_, Text

#: Ways in and kinds of manifestation as they stand inside a sentence.
WAYS: Mapping[Channel, Text] = {
    Channel.PORTAL: N_("portal"),
    Channel.EMAIL: N_("e-mail"),
    Channel.PHONE: N_("phone"),
    Channel.CHAT: N_("chat"),
    Channel.WHATSAPP: N_("WhatsApp"),
    Channel.LETTER: N_("letter"),
    Channel.IN_PERSON: N_("in person"),
    Channel.SOCIAL: N_("social media"),
    Channel.INTERNAL: N_("internal"),
}
KINDS: Mapping[Type, Text] = {
    Type.COMPLAINT: N_("Complaint"),
    Type.CRITICISM: N_("Criticism"),
    Type.SUGGESTION: N_("Suggestion"),
    Type.PRAISE: N_("Praise"),
    Type.REQUEST: N_("Request"),
    Type.REPORT: N_("Report of wrongdoing"),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a policy and its desk say beside the gates: ranks of plans, names, and whether a calendar is open."""

    ranks: Mapping[str, int]
    plans: Mapping[str, str]
    departments: Mapping[str, str]
    open_at: Callable[[str, int], bool]
    default_department: str | None = None
    lenient: bool = False


def covers(plan: str | None, plans: Collection[str], plan_from: str | None, ranks: Mapping[str, int]) -> bool:
    """Whether a plan is one of ``plans``, or of the rank of ``plan_from`` and above; nothing asked covers all."""
    if not plans and plan_from is None:
        return True
    if plan is None:
        return False
    return plan in plans or (plan_from is not None and ranks.get(plan, -1) >= ranks.get(plan_from, 0))


def next_plan(plan: str | None, plans: Collection[str], plan_from: str | None, around: Surroundings) -> str:
    """The name of the next plan above ``plan`` that has it; of the lowest that has where none is above (S2-39)."""
    known = sorted({*plans, *([plan_from] if plan_from else [])}, key=lambda slug: around.ranks.get(slug, 0))
    own = around.ranks.get(plan or "", -1)
    found = next((slug for slug in known if around.ranks.get(slug, 0) > own), known[0] if known else "")
    return around.plans.get(found, found)


def open_departments(gates: Gates, plan: str | None, around: Surroundings) -> list[str]:
    """The names of the departments that a plan has."""
    closed = {
        rule.department
        for rule in gates.entitlements
        if not covers(plan, rule.plans, rule.plan_from, around.ranks)
    }
    return [name for slug, name in around.departments.items() if slug not in closed]
