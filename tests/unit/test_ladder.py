"""The ladder as values: which rung by when, who is told, and what a policy may write of it."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.escalation import Escalation
from ouvidoria_tui.domain.ladder import Addressee, addressee, raised_since, reached
from ouvidoria_tui.domain.policy import Level
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from tests.unit.clock_story import CALENDARS, HOUR, at
from tests.unit.policy_sample import MINIMAL

DESK = {"desk": Calendar(CALENDARS["desk"], ())}
LADDER = (Level(1, "N1", "area", 0), Level(2, "N2", "ombudsman"), Level(3, "N3", "board", 8 * HOUR))


@pytest.mark.parametrize(
    ("now", "rung"),
    [("03-02 17:59", None), ("03-02 18:00", 1), ("03-03 15:59", 1), ("03-03 16:00", 3), ("03-09 16:00", 3)],
)
def test_the_highest_rung_that_was_reached(now: str, rung: int | None) -> None:
    found = reached(LADDER, DESK, at("03-02T18:00"), at(now.replace(" ", "T")))
    assert (found and found[0].level) == rung


def test_a_rung_without_a_time_is_for_people() -> None:
    assert reached(LADDER[1:2], DESK, at("03-02T18:00"), at("12-01T10:00")) is None


@pytest.mark.parametrize(
    ("level", "raised", "was"), [(2, 10, True), (1, 10, False), (3, 10, True), (3, 9, False)]
)
def test_a_rung_is_climbed_once_for_a_breach(level: int, raised: int, was: bool) -> None:
    assert raised_since([Escalation(1, 2, level, "area", raised, 1)], 2, 10) is was


@pytest.mark.parametrize(
    ("rung", "active", "told"),
    [
        (Level(2, "N2", "ombudsman"), {"oto"}, Addressee("ombudsman")),
        (Level(2, "N2", "ombudsman", agent="oto"), {"oto"}, Addressee("oto")),
        (Level(2, "N2", "ombudsman", agent="oto"), set(), Addressee("ombudsman", "oto")),
        (
            Level(2, "N2", "ombudsman", agent="oto", delegate="bia", absent_until="2026-03-02"),
            {"oto", "bia"},
            Addressee("bia", "oto"),
        ),
        (
            Level(2, "N2", "ombudsman", agent="oto", delegate="bia", absent_until="2026-03-01"),
            {"oto", "bia"},
            Addressee("oto"),
        ),
    ],
)
def test_who_is_told(rung: Level, active: set[str], told: Addressee) -> None:
    assert addressee(rung, "2026-03-02", active) == told


def level(*lines: str, number: int = 2) -> str:
    return "\n".join(["[[levels]]", f"level = {number}", 'name = "x"', 'to = "board"', *lines]) + "\n"


def test_a_policy_writes_the_ladder_in_time() -> None:
    lines = ('after = "90m"', 'agent = "oto"', 'delegate = "bia"', "absent_until = 2026-12-24")
    (rung,) = parse(MINIMAL + level(*lines), name="p").levels
    assert rung == Level(2, "x", "board", 5400, "desk", "oto", "bia", "2026-12-24")


def test_a_policy_that_says_nothing_of_time_has_none() -> None:
    (rung,) = parse(MINIMAL + level(), name="p").levels
    assert rung.after is None


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (('after = "soon"',), "levels[1].after"),
        (('after = "8h"', 'calendar = "noite"'), "levels[1].calendar"),
        (('delegate = "bia"',), "levels[1].agent"),
        (('agent = "bia"', 'delegate = "bia"'), "levels[1].delegate"),
        (('agent = "bia"', 'absent_until = "amanhã"'), "levels[1].absent_until"),
        (('depois = "8h"',), "levels[1].depois"),
    ],
)
def test_a_mistake_is_named_by_its_key(lines: tuple[str, ...], key: str) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        parse(MINIMAL + level(*lines), name="p")
    assert caught.value.details["key"] == key


def test_a_higher_rung_is_not_reached_before_a_lower_one() -> None:
    text = MINIMAL + level('after = "8h"', number=1) + level('after = "2h"', number=2)
    with pytest.raises(PolicyInvalid) as caught:
        parse(text, name="p")
    assert caught.value.details["key"] == "levels[2].after"
