"""Until when something is taken that was promised by a day: to the end of that day, as people read a date."""

from __future__ import annotations

from datetime import datetime

from ouvidoria_tui.domain.calendar_zone import zone


def day_end(moment: int, days: int, name: str) -> int:
    """The midnight that ends the local day ``days`` days after ``moment`` in the zone ``name``: UTC epoch seconds.

    What is promised "by the 12th" is in time before it; a letter shows the moment before it, which is on the 12th.
    """
    place = zone(name)
    return place.instant(datetime.fromtimestamp(moment, place.tz).toordinal() + days + 1, 0)
