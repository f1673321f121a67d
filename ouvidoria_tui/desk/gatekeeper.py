"""The gates of the policy in force, compiled over the desk's plans, departments and hours."""

from __future__ import annotations

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.gate_context import Surroundings, covers, next_plan, open_departments
from ouvidoria_tui.domain.gates import GateKeeper
from ouvidoria_tui.domain.policy_collisions import receives_everything
from ouvidoria_tui.domain.policy_gates import Gates
from ouvidoria_tui.domain.wording import Matcher
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


def gatekeeper(desk: Desk) -> GateKeeper | None:
    """Who decides at the gates of ``desk``; ``None`` where its policy has none."""
    gates = desk.policy.policy.gates
    if gates == Gates():
        return None
    wordings = ((f"{kind}:{name}", wording) for kind, name, wording in gates.wordings())
    return GateKeeper(gates, Matcher(wordings, desk.stem), _around(desk))


def check_entitled(desk: Desk, plan: str | None, department: str) -> None:
    """Nothing, where a customer of ``plan`` has ``department``; ``Refused`` ``DEPT_NOT_IN_PLAN`` otherwise (S2-10)."""
    gates = desk.policy.policy.gates
    rule = next((one for one in gates.entitlements if one.department == department), None)
    if rule is None or receives_everything(desk.policy.policy):
        return
    around = _around(desk)
    if covers(plan, rule.plans, rule.plan_from, around.ranks):
        return
    raise Refused(
        "DEPT_NOT_IN_PLAN",
        N_(
            "{department} is for {plans}; this customer's plan has: {allowed}",
            department=around.departments.get(department, department),
            plans=next_plan(plan, rule.plans, rule.plan_from, around),
            allowed=", ".join(open_departments(gates, plan, around)),
        ),
        N_("choose one of those, or record the plan that the customer has bought"),
    )


def _around(desk: Desk) -> Surroundings:
    policy, closed = desk.policy.policy, desk.policy.closed
    calendars: dict[str, Calendar] = {}

    def open_at(name: str, at: int) -> bool:
        if name not in calendars:
            calendars[name] = Calendar(policy.calendars[name], closed)
        return calendars[name].is_open(at)

    return Surroundings(
        ranks={plan.slug: plan.rank for plan in policy.plans},
        plans={plan.slug: plan.name for plan in policy.plans},
        departments={one.slug: one.name for one in policy.departments},
        open_at=open_at,
        default_department=policy.triage.default_department,
        lenient=receives_everything(policy),
    )
