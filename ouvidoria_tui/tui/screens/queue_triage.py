"""Triage from the list: the marked tickets at once, after one question; with none marked one after the other.

The walk is :mod:`.triage`; here are the plans of every marked ticket with their reasons, then exactly those plans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ouvidoria_tui.desk import triage as triaging
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Admission
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.present.words import _, plural, say, term
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_triage import plans_of
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.queue_reading import QueueReading
from ouvidoria_tui.tui.screens.triage_messages import PlansRead
from ouvidoria_tui.tui.service import Act

#: Plans that the question shows one by one; the others are counted.
SHOWN = 8
#: The most that is planned at once from the screen; the command line takes any number.
MOST = 500


def told(plans: Sequence[Plan]) -> list[str]:
    """How many of each decision, then the doubtful ones with the first reason, then how many more."""
    many = Counter(plan.decision for plan in plans)
    lines = [", ".join(f"{term(decision)}: {count}" for decision, count in many.most_common())]
    doubtful = [plan for plan in plans if plan.decision is not Admission.ADMITTED]
    for plan in doubtful[:SHOWN]:
        why = next((say(reason.text) for reason in plan.reasons), "")
        lines.append(f"{plan.protocol} {term(plan.decision)}: {why}")
    return [*lines, f"… +{len(doubtful) - SHOWN}"] if len(doubtful) > SHOWN else lines


class QueueTriage(QueueReading):
    """``t``"""

    def action_triage(self) -> None:
        """``t``: what is marked; with nothing marked a walk through what waits in this list, from the cursor on."""
        if not self.counted():
            here, query = self.here(), None if self.asked is None else self.asked.query
            self.console_app.open_triage(query, None if here is None else here.protocol)
            return
        targets = self.targets()
        if len(targets) > MOST:
            self.toast(_("More than {most}: narrow the filter first", most=MOST), "warning")
        elif targets:
            refs = [target.protocol for target in targets]
            self.service.read(self, plans_of(refs), PlansRead, group="plans")

    def on_plans_read(self, message: PlansRead) -> None:
        """Shows the plan, asks once, carries exactly it out."""
        plans = {plan.protocol: plan for plan in message.plans}

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            return next(outcome for _plan, outcome in triaging.apply(desk, [plans[ref]]))

        def answered(wanted: bool | None) -> None:
            if wanted:
                targets = [Target(0, plan.protocol, plan.revision) for plan in plans.values()]
                self.service.act(self, Act(_("Triaged"), Verb.TRIAGE, targets, one))

        ask = plural("Triage {count} ticket like this?", "Triage {count} tickets like this?", len(plans))
        self.app.push_screen(Confirm(ask, told(message.plans)), answered)
