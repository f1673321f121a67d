from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.domain.calendar import Calendar
from tests.unit.calendar_oracle import WEEKDAYS, Oracle

#: Days on which these places changed their clocks, and one quiet day.
CHANGES = [
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("America/Sao_Paulo", date(2026, 11, 20)),
    ("America/New_York", date(2024, 3, 10)),
    ("America/New_York", date(2024, 11, 3)),
    ("Europe/Lisbon", date(2025, 3, 30)),
    ("Europe/Lisbon", date(2025, 10, 26)),
    ("Australia/Lord_Howe", date(2024, 4, 7)),
    ("Australia/Lord_Howe", date(2024, 10, 6)),
]


def written(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    """Days of one or two windows on quarters of an hour; some last windows run past midnight."""
    week: dict[str, list[list[str]]] = {}
    for day in WEEKDAYS:
        cuts = sorted(draw(st.lists(st.integers(24, 96), unique=True, min_size=0, max_size=4)))
        windows = [[written(a * 15), written(b * 15)] for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        if draw(st.booleans()) and windows:
            windows[-1][1] = written(draw(st.integers(0, 24)) * 15)
        if windows:
            week[day] = windows
    return week or {"sun": [["00:00", "24:00"]]}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, Oracle, int, int]:
    zone, day = draw(st.sampled_from(CHANGES))
    week = draw(weeks())
    closed = [day] if draw(st.integers(0, 4)) == 0 else []
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    start = noon + 60 * draw(st.integers(-2000, 600))
    end = start + 60 * draw(st.integers(0, 2500))
    oracle = Oracle(zone, week, frozenset(one.isoformat() for one in closed))
    return Calendar.from_windows(zone, week, closed), oracle, start, end


@settings(max_examples=120, deadline=None)
@given(cases())
def test_elapsed_is_the_open_minutes_walked_one_by_one(case: tuple[Calendar, Oracle, int, int]) -> None:
    calendar, oracle, start, end = case
    assert calendar.elapsed(start, end) == oracle.elapsed(start, end)


@settings(max_examples=60, deadline=None)
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


@settings(max_examples=60, deadline=None)
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


@settings(max_examples=60, deadline=None)
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
