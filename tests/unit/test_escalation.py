"""Escalations as a fold over events."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.escalation import ABOUT, Escalation, after, fold
from ouvidoria_tui.domain.ledger import Act, Event


def events(*told: tuple[Act, dict[str, object]]) -> list[Event]:
    """Events of one ticket, an hour apart, each by another agent."""
    return [
        Event(seq, 7, seq, act, 10 + seq, "u", 3600 * seq, 3600 * seq, payload, b"", b"", b"")
        for seq, (act, payload) in enumerate(told, 1)
    ]


def up(level: int) -> tuple[Act, dict[str, object]]:
    return (Act.ESCALATED, {"level": level, "addressee": f"N{level}"})


def only(*told: tuple[Act, dict[str, object]]) -> Escalation:
    (found,) = fold(events(*told))
    return found


def test_a_rung_says_to_whom_since_when_and_by_whom() -> None:
    assert only(up(2)) == Escalation(7, 1, 2, "N2", 3600, 11)


def test_seen_it_says_when_and_by_whom() -> None:
    found = only(up(2), (Act.ACKNOWLEDGED, {"escalation": 1}))
    assert (found.acknowledged_at, found.acknowledged_by, found.ended_at) == (7200, 12, None)


@pytest.mark.parametrize(
    ("end", "how"), [((Act.HANDED_BACK, {"escalation": 1}), "handed-back"), ((Act.CLOSED, {}), "closed")]
)
def test_it_ends_by_being_handed_back_or_closed(end: tuple[Act, dict[str, object]], how: str) -> None:
    found = only(up(1), end)
    assert (found.ended_at, found.ended_by, found.ended_how) == (7200, 12, how)


def test_a_higher_rung_ends_the_lower() -> None:
    lower, higher = fold(events(up(1), up(3)))
    assert (lower.ended_how, higher.ended_how) == ("raised", None)


def test_what_was_undone_was_never_there() -> None:
    assert fold(events(up(2), (Act.UNDONE, {"undoes": 1}))) == ()


def test_undoing_the_end_lets_it_stand_again() -> None:
    found = only(up(2), (Act.CLOSED, {}), (Act.UNDONE, {"undoes": 2}))
    assert found.ended_at is None


def test_an_end_is_not_moved_by_a_later_one() -> None:
    found = only(up(2), (Act.HANDED_BACK, {"escalation": 1}), (Act.CLOSED, {}))
    assert (found.ended_at, found.ended_how) == (7200, "handed-back")


@pytest.mark.parametrize("act", [act for act in Act if act not in ABOUT])
def test_other_events_say_nothing_of_it(act: Act) -> None:
    standing = fold(events(up(2)))
    assert after(standing, events((act, {}))[0]) == standing


def test_acts_about_something_else_may_be_left_out() -> None:
    told: list[tuple[Act, dict[str, object]]] = [
        up(1),
        (Act.NOTED, {}),
        (Act.ACKNOWLEDGED, {"escalation": 1}),
        (Act.REPLIED, {}),
        (Act.CLOSED, {}),
    ]
    every = events(*told)
    assert fold(event for event in every if event.type in ABOUT) == fold(every)
