from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.calendar import Calendar
from tests.cases import cases as tried_on
from tests.unit.calendar_oracle import WEEKDAYS, Oracle

#: Places that change their clocks: at midnight, at one, at two; by an hour, by half of one, by two; by a whole date
#: (Apia); in winter instead of summer (Dublin); and one that never does.
ZONES = (
    "America/Sao_Paulo",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "America/Nuuk",
    "America/St_Johns",
    "Europe/Lisbon",
    "Europe/Dublin",
    "Europe/Berlin",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Antarctica/Troll",
)


@cache
def changes(zone: str) -> tuple[date, ...]:
    """The dates near which a place changed its clocks from 1985 to 2037, and one quiet day."""
    place, found = ZoneInfo(zone), [date(2026, 11, 20)]
    moment = datetime(1985, 1, 1, tzinfo=UTC)
    before = moment.astimezone(place).utcoffset()
    while moment.year < 2038:
        moment += timedelta(days=1)
        now = moment.astimezone(place).utcoffset()
        if now != before:
            found.append(moment.date() - timedelta(days=1))
        before = now
    return tuple(found)


def written(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def windows(draw: st.DrawFn) -> list[list[str]]:
    """None, one or two windows on quarters of an hour; some last ones run past midnight, up to 06:00."""
    cuts = sorted(draw(st.lists(st.integers(24, 96), unique=True, min_size=0, max_size=4)))
    found = [[written(a * 15), written(b * 15)] for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    if draw(st.booleans()) and found:
        found[-1][1] = written(draw(st.integers(0, 24)) * 15)
    return found


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    week = {day: draw(windows()) for day in WEEKDAYS}
    return week if any(week.values()) else {"sun": [["06:00", "24:00"]]}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, Oracle, int, int]:
    """A calendar with closed dates and dates of their own hours near a change, and a span of up to 40 hours."""
    zone = draw(st.sampled_from(ZONES))
    day = draw(st.sampled_from(changes(zone)))
    week = draw(weeks())
    near = st.integers(-1, 1).map(lambda days: day + timedelta(days=days))
    closed = draw(st.lists(near, max_size=1))
    own = draw(st.dictionaries(near.map(date.isoformat), windows(), max_size=1))
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    start = noon + 60 * draw(st.integers(-2000, 600))
    end = start + 60 * draw(st.integers(0, 2500))
    oracle = Oracle(zone, week, frozenset(one.isoformat() for one in closed), own)
    return Calendar.from_windows(zone, week, closed, own), oracle, start, end


@tried_on(800)
@given(cases())
def test_elapsed_is_the_open_minutes_walked_one_by_one(case: tuple[Calendar, Oracle, int, int]) -> None:
    calendar, oracle, start, end = case
    assert calendar.elapsed(start, end) == oracle.elapsed(start, end)


@tried_on(400)
@given(cases(), st.data())
def test_added_time_ends_with_the_last_minute_that_it_needs(
    case: tuple[Calendar, Oracle, int, int], data: st.DataObject
) -> None:
    calendar, oracle, start, end = case
    minutes = list(oracle.open_minutes(start, end))
    if minutes:
        wanted = data.draw(st.integers(1, len(minutes)))
        assert calendar.add(start, wanted * 60) == minutes[wanted - 1] + 60
        assert calendar.subtract(end, wanted * 60) == minutes[-wanted]


@tried_on(400)
@given(cases(), st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 2500)), max_size=4))
def test_paused_minutes_do_not_count(
    case: tuple[Calendar, Oracle, int, int], spans: list[tuple[int, int]]
) -> None:
    calendar, oracle, start, end = case
    pauses = [(start + min(a, b) * 60, start + max(a, b) * 60) for a, b in spans]
    free = [m for m in oracle.open_minutes(start, end) if not any(p <= m < q for p, q in pauses)]
    assert calendar.elapsed(start, end, pauses) == 60 * len(free)
    if free:
        assert calendar.add(start, 60 * len(free), pauses) == free[-1] + 60
        before = [(p, min(q, end)) for p, q in pauses]
        assert calendar.subtract(end, 60 * len(free), before) == free[0]


@tried_on(400)
@given(cases())
def test_the_state_of_the_desk_agrees_with_its_minutes(case: tuple[Calendar, Oracle, int, int]) -> None:
    calendar, oracle, start, end = case
    minutes = list(oracle.open_minutes(start, end))
    assert [m for m in range(start, end, 60) if calendar.is_open(m)] == minutes
    if minutes:
        middle = (start + end) // 120 * 60
        after = bisect_left(minutes, middle)
        if after < len(minutes):
            assert calendar.next_opening(middle) == minutes[after]
        assert calendar.last_open_before(end) == minutes[-1]
