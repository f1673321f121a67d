"""A promise by a day is kept to the end of that day, whatever the clock does at night."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.domain.promised import day_end


@pytest.mark.parametrize(
    ("moment", "days", "zone", "end"),
    [
        ("2026-03-02T10:00", 10, "America/Sao_Paulo", "2026-03-13T00:00-03:00"),
        ("2026-03-02T00:00", 0, "America/Sao_Paulo", "2026-03-03T00:00-03:00"),
        ("2026-03-02T23:59", 1, "America/Sao_Paulo", "2026-03-04T00:00-03:00"),
        # That Sunday had no midnight: it began at one o'clock.
        ("2018-11-02T10:00", 1, "America/Sao_Paulo", "2018-11-04T01:00-02:00"),
        ("2026-12-30T10:00", 2, "Pacific/Kiritimati", "2027-01-02T00:00+14:00"),
    ],
)
def test_it_ends_with_the_local_day(moment: str, days: int, zone: str, end: str) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    found = datetime.fromtimestamp(day_end(int(local.timestamp()), days, zone), UTC)
    assert found == datetime.fromisoformat(end)
