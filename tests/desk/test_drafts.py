"""Drafts through the desk: kept for their author, no events, gone with the act that sends them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk import drafts
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.founding import found_desk

T0 = 1_795_000_000


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    store = found_desk(tmp_path / "d.db", profile="hospedagem", clock=FixedClock(T0), admin="ana")
    made = desk_over(store, agent="ana", clock=FixedClock(T0))
    for subject in ("Cobrança", "Entrega"):
        receive(made, Manifestation(subject, "texto"))
    return made


def test_keeping_says_when_and_how_many_there_are(desk: Desk) -> None:
    drafts.keep(desk, 1, "reply", "um")
    assert drafts.keep(desk, 2, "note", "dois") == drafts.DraftKept(T0, 2)


def test_a_draft_brings_its_ticket_along(desk: Desk) -> None:
    drafts.keep(desk, 1, "reply", "um", "conclusive")
    found = drafts.find(desk, 1, "reply")
    assert found is not None
    ticket = desk.store.get(1)
    assert (found.text, found.choice, found.updated_at) == ("um", "conclusive", T0)
    assert (found.protocol, found.subject, found.confidential, found.revision) == (
        ticket.protocol,
        "Cobrança",
        False,
        ticket.revision,
    )


def test_a_text_without_words_is_kept_no_longer(desk: Desk) -> None:
    drafts.keep(desk, 1, "reply", "um")
    assert drafts.keep(desk, 1, "reply", " \n").count == 0
    assert drafts.own(desk) == ()


def test_what_was_sent_is_dropped_and_the_others_stay(desk: Desk) -> None:
    drafts.keep(desk, 1, "reply", "um")
    drafts.keep(desk, 1, "note", "dois")
    drafts.keep(desk, 2, "reply", "três")
    drafts.drop(desk, 1, "reply")
    assert sorted(row.text for row in drafts.own(desk)) == ["dois", "três"]
    assert [row.text for row in drafts.own(desk, 1)] == ["dois"]


def test_a_draft_is_no_event_and_moves_no_revision(desk: Desk) -> None:
    before = (desk.store.next_event_id(), desk.store.get(1))
    drafts.keep(desk, 1, "reply", "um")
    assert (desk.store.next_event_id(), desk.store.get(1)) == before


def test_nobody_finds_the_draft_of_another(desk: Desk) -> None:
    with desk.store.transaction():
        bia = desk.store.add_agent("bia", "Bia", Role.AGENT, True, T0)
    drafts.keep(desk, 1, "reply", "da ana")
    other = Desk(desk.store, desk.clock, bia, "bia", desk.entropy, desk.templates)
    assert drafts.find(other, 1, "reply") is None
    assert drafts.own(other) == ()


def test_a_draft_goes_back_with_the_act_that_failed(desk: Desk) -> None:
    drafts.keep(desk, 1, "reply", "um")

    def failing() -> None:
        with desk.store.transaction():
            drafts.drop(desk, 1, "reply")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert [row.text for row in drafts.own(desk)] == ["um"]
