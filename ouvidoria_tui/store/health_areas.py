"""Was what was recorded analysed, and have the areas read what they were told, as far as the policy asks for it?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from ouvidoria_tui.domain.checkup import Check, Health
from ouvidoria_tui.domain.digest import missing_analyses
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.store.digests import analyses, digests, founded_at
from ouvidoria_tui.text import N_


def area_checks(conn: sqlite3.Connection, policy: Policy, now: int) -> Iterator[Check]:
    """The analysis that is overdue (S4-24), and the areas that owe an acknowledgement (S4-26)."""
    if policy.analysis.months:
        missing = list(missing_analyses(policy.analysis, analyses(conn), founded_at(conn), now, policy.zone))
        yield (
            Check("analysis", Health.OK, N_("every period that has ended was analysed"))
            if not missing
            else Check(
                "analysis",
                Health.WARNING,
                N_(
                    "not analysed yet: {periods}",
                    periods=", ".join(f"{first}..{last}" for first, last in missing),
                ),
                N_("record it with `ouvidoria analysis record --period PERIOD --by WHO --text …`"),
            )
        )
    days = policy.area_requests.digest_days
    late = [f"{one.area} {one.period}" for one in digests(conn) if one.overdue(days, policy.zone, now)]
    if days:
        yield (
            Check("digests", Health.OK, N_("no area owes an acknowledgement"))
            if not late
            else Check(
                "digests",
                Health.WARNING,
                N_("digests not acknowledged in time: {names}", names=", ".join(late)),
                N_("ask the area; `ouvidoria area digest --acknowledged` records it"),
            )
        )
