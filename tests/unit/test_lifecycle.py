"""The table of the six statuses, as it was agreed on."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.lifecycle import LIFECYCLE, MOVED_BY_CUSTOMER, check_move, turn_of
from ouvidoria_tui.domain.ticket import Status, Turn
from ouvidoria_tui.errors import Refused

#: From → where one may go; written out so that a change of the table is a change of this page.
AGREED = {
    "open": "assigned in-progress answered closed",
    "assigned": "open assigned in-progress answered closed",
    "in-progress": "open assigned answered closed",
    "answered": "in-progress customer-reply closed",
    "customer-reply": "assigned in-progress answered closed",
    "closed": "customer-reply open",
}
TURNS = {"answered": Turn.CUSTOMER, "closed": Turn.NONE}
PAIRS = [(old, new) for old in Status for new in Status]


@pytest.mark.req("S2-29", "S2-30", "S2-31", "S2-32", "S2-33", "S2-34")
def test_there_are_six_statuses_and_each_has_its_row() -> None:
    assert [status.value for status in Status] == list(AGREED)
    assert set(LIFECYCLE) == set(Status)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_every_pair_is_legal_or_refused_as_agreed(old: Status, new: Status) -> None:
    legal = AGREED[old.value].split()
    if new.value in legal:
        check_move(old, new)
        return
    with pytest.raises(Refused) as caught:
        check_move(old, new)
    assert caught.value.code == "ILLEGAL_TRANSITION"
    assert set(caught.value.details["legal"]) == set(legal)  # type: ignore[call-overload]
    assert all(name in str(caught.value.hint) for name in legal)


@pytest.mark.parametrize("status", Status)
def test_whose_turn_it_is(status: Status) -> None:
    assert turn_of(status) is TURNS.get(status.value, Turn.DESK)


@pytest.mark.req("S2-32", "S2-35")
def test_a_customers_words_move_what_was_answered_and_what_was_closed() -> None:
    assert {status.value for status in MOVED_BY_CUSTOMER} == {"answered", "closed"}


def test_every_status_has_a_label() -> None:
    assert all(str(rule.label) for rule in LIFECYCLE.values())
