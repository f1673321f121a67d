"""What triage would do, read for the screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ouvidoria_tui.desk import triage as triaging
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.report.batch import Originals, Priors, case_of, connection


def plans_of(refs: Sequence[str]) -> Callable[[Desk], tuple[Plan, ...]]:
    """The plans of these tickets; nothing is written."""

    def job(desk: Desk) -> tuple[Plan, ...]:
        conn = connection(desk.store)
        cases = [case_of(conn, ref) for ref in refs]
        return tuple(triaging.plan(desk, cases, original=Originals(conn), prior=Priors.of(conn)))

    return job
