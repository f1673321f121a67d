from __future__ import annotations

import pytest

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.calendar_batch import Batch, run_vector
from ouvidoria_tui.errors import UsageError

WEEK = {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}
VECTOR: dict[str, object] = {
    "id": "a",
    "tz": "America/Sao_Paulo",
    "week": WEEK,
    "op": "add",
    "start": "2026-11-16T16:00:00-03:00",
    "minutes": 120,
}


def test_an_instant_is_answered_with_the_offset_of_the_zone() -> None:
    assert run_vector(VECTOR) == "2026-11-17T10:00:00-03:00"


def test_between_is_answered_in_whole_seconds() -> None:
    assert run_vector({**VECTOR, "op": "between", "end": "2026-11-17T10:00:00-03:00"}) == 7200


def test_a_start_without_an_offset_is_a_reading_of_the_desks_clock() -> None:
    assert run_vector({**VECTOR, "start": "2026-11-16T16:00:00"}) == "2026-11-17T10:00:00-03:00"


def test_a_calendar_may_be_named_instead_of_written() -> None:
    named = {"desk": Calendar.from_windows("America/Sao_Paulo", WEEK)}
    vector = {key: value for key, value in VECTOR.items() if key not in ("tz", "week")}
    assert run_vector({**vector, "calendar": "desk"}, named) == "2026-11-17T10:00:00-03:00"


def test_holidays_may_be_a_list_or_have_names() -> None:
    for holidays in (["2026-11-17"], {"2026-11-17": "Dia da cidade"}):
        assert run_vector({**VECTOR, "holidays": holidays}) == "2026-11-23T10:00:00-03:00"


def test_calendars_that_are_written_alike_are_compiled_once() -> None:
    batch = Batch()
    for minutes in (1, 2, 3):
        batch.run({**VECTOR, "minutes": minutes})
    assert len(batch._written) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"op": "divide"},
        {"op": None},
        {"start": None},
        {"start": 12},
        {"start": "ontem"},
        {"minutes": None},
        {"minutes": "120"},
        {"minutes": True},
        {"minutes": 0.001},
        {"minutes": float("nan")},
        {"minutes": float("inf")},
        {"op": "between"},
        {"week": [1]},
        {"holidays": "2026-01-01"},
        {"holidays": ["never"]},
        {"pauses": "x"},
        {"pauses": [["2026-11-16T16:00:00-03:00"]]},
        {"pauses": [["a", "b"]]},
        {"calendar": "lost"},
    ],
)
def test_a_vector_that_makes_no_sense_is_refused_with_a_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refusal:
        run_vector({**VECTOR, **wrong})
    assert refusal.value.code == "BATCH_BAD_VECTOR"
    assert refusal.value.hint is not None
