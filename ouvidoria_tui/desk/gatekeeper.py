"""The gates of the policy in force, compiled over the desk's plans, departments and hours."""

from __future__ import annotations

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.gate_context import Surroundings
from ouvidoria_tui.domain.gates import GateKeeper
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_collisions import norm_of
from ouvidoria_tui.domain.policy_gates import Gates
from ouvidoria_tui.domain.policy_law import Duty
from ouvidoria_tui.domain.wording import Matcher


def receives_everything(policy: Policy) -> bool:
    """Whether a norm lets this desk turn nobody away, whatever its gates say (Lei 13.460/2017 art. 11)."""
    return policy.public_body or norm_of(policy, Duty.RECEIVE_EVERYTHING) is not None


def gatekeeper(desk: Desk) -> GateKeeper | None:
    """Who decides at the gates of ``desk``; ``None`` where its policy has none."""
    policy, closed = desk.policy.policy, desk.policy.closed
    gates = policy.gates
    if gates == Gates():
        return None
    calendars: dict[str, Calendar] = {}

    def open_at(name: str, at: int) -> bool:
        if name not in calendars:
            calendars[name] = Calendar(policy.calendars[name], closed)
        return calendars[name].is_open(at)

    around = Surroundings(
        ranks={plan.slug: plan.rank for plan in policy.plans},
        plans={plan.slug: plan.name for plan in policy.plans},
        departments={one.slug: one.name for one in policy.departments},
        open_at=open_at,
        default_department=policy.triage.default_department,
        lenient=receives_everything(policy),
    )
    wordings = ((f"{kind}:{name}", wording) for kind, name, wording in gates.wordings())
    return GateKeeper(gates, Matcher(wordings, desk.stem), around)
