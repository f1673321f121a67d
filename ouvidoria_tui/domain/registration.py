"""Are the data by which the desk reaches a customer complete and fresh (S3-52, S3-54, S3-55)?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from ouvidoria_tui.text import N_, Text


class Gap(StrEnum):
    """What is wanting in a registration."""

    STALE = "stale"
    LANDLINE = "landline"
    SECONDARY = "secondary"
    BOUNCED = "bounced"


#: Each gap in words, and the requirement that asks for it.
GAPS: dict[Gap, tuple[Text, str]] = {
    Gap.STALE: (N_("the registration was not verified for a long time"), "S3-52"),
    Gap.LANDLINE: (N_("registration incomplete: landline missing"), "S3-54"),
    Gap.SECONDARY: (N_("registration incomplete: secondary contact missing"), "S3-55"),
    Gap.BOUNCED: (N_("mail to a contact comes back"), "S3-52"),
}


@dataclass(frozen=True, slots=True)
class Registration:
    """What is kept of a customer and its active contacts, counted.

    ``checked_at`` is the oldest moment, in UTC epoch seconds, at which something of it was last made sure of.
    """

    checked_at: int
    contacts: int = 0
    mobiles: int = 0
    landlines: int = 0
    bounced: int = 0


def gaps(registration: Registration, months: int, at: int) -> tuple[Gap, ...]:
    """What is wanting at ``at``, where data must be verified every so many months; nothing where ``months`` is 0."""
    if not months:
        return ()
    found = {
        Gap.STALE: registration.checked_at < months_before(at, months),
        Gap.LANDLINE: registration.mobiles > 0 and registration.landlines == 0,
        Gap.SECONDARY: registration.contacts == 1,
        Gap.BOUNCED: registration.bounced > 0,
    }
    return tuple(gap for gap, wanting in found.items() if wanting)


def months_before(at: int, months: int) -> int:
    """The same moment so many calendar months earlier; a day that the month has not is its last one."""
    moment = datetime.fromtimestamp(at, UTC)
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in range(moment.day, 0, -1):
        try:
            return int(moment.replace(year=year, month=month + 1, day=day).timestamp())
        except ValueError:
            continue
    raise ValueError(at)
