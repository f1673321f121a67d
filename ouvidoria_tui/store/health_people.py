"""Are the registrations of customers fresh and complete, as far as the policy asks for it?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from ouvidoria_tui.domain.checkup import Check, Health
from ouvidoria_tui.domain.registration import Gap
from ouvidoria_tui.store.people_reads import count_gaps
from ouvidoria_tui.text import N_, NN_


def people_checks(conn: sqlite3.Connection, months: int, now: int) -> Iterator[Check]:
    """How many customers have which gap (S3-52, S3-54, S3-55); nothing where the policy wants no verifying."""
    if not months:
        return
    found = count_gaps(conn, months, now)
    said = {
        Gap.STALE: NN_(
            "{count} customer not verified", "{count} customers not verified", found.get(Gap.STALE, 0)
        ),
        Gap.LANDLINE: NN_(
            "{count} without a landline", "{count} without a landline", found.get(Gap.LANDLINE, 0)
        ),
        Gap.SECONDARY: NN_(
            "{count} without a secondary contact",
            "{count} without a secondary contact",
            found.get(Gap.SECONDARY, 0),
        ),
        Gap.BOUNCED: NN_(
            "{count} whose mail comes back", "{count} whose mail comes back", found.get(Gap.BOUNCED, 0)
        ),
    }
    wanting = [text for gap, text in said.items() if found.get(gap)]
    if not wanting:
        yield Check("registration", Health.OK, N_("every customer is registered completely"))
        return
    message = wanting[0]
    for text in wanting[1:]:
        message = N_("{first}, {then}", first=message, then=text)
    yield Check("registration", Health.WARNING, message, N_("`ouvidoria customer list --stale` names them"))
