"""Opened again or begun anew, files attached, and what a classification says of where and when."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ouvidoria_tui.desk.assess import position
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import CloseReason, Status
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.classify import ClassifyScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.happened import Happened
from tests.tui.conftest import NOW, Place, play, press, type_in
from tests.tui.test_hostile import NASTY
from tests.tui.test_ticket_hostile import harmless
from tests.tui.ticket_desk import page, three, toasts


def closed(place: Place) -> str:
    ref = three(place)[0]
    close(place.desk("ana"), ref, CloseReason.WITHDRAWN)
    return ref


async def at_the_closed_one(pilot: Pilot[int], ref: str) -> None:
    await press(pilot, "colon")
    await type_in(pilot, ref)
    await press(pilot, "enter")
    assert isinstance(pilot.app.screen, TicketScreen)


@pytest.mark.req("S2-35")
def test_what_the_customer_brought_opens_it_as_her_reply(empty_place: Place) -> None:
    ref = closed(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await at_the_closed_one(pilot, ref)
        await press(pilot, "X", "enter")
        await type_in(pilot, "A cobrança voltou.")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Review)
        await press(pilot, "f2")

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(ref).status is Status.CUSTOMER_REPLY


@pytest.mark.req("S2-36")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_another_subject_becomes_a_ticket_of_its_own_linked_to_this_one(
    empty_place: Place, size: tuple[int, int]
) -> None:
    ref, words = closed(empty_place), NASTY["markup"] if "markup" in NASTY else next(iter(NASTY.values()))

    async def story(pilot: Pilot[int]) -> None:
        await at_the_closed_one(pilot, ref)
        await press(pilot, "X", "down", "down", "enter")
        await type_in(pilot, f"Nota fiscal {words[:80]}")
        await press(pilot, "enter")
        await type_in(pilot, "Veio com o CNPJ errado")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Review)
        harmless(pilot)
        await press(pilot, "f2")
        harmless(pilot)
        assert any("2026-000004" in note for note in toasts(pilot))

    play(empty_place.console(), story, size=size)
    store = empty_place.desk("ana").store
    old, new = store.find(ref), store.get(4)
    assert (old.status, new.customer) == (Status.CLOSED, old.customer)
    assert new.subject.startswith("Nota fiscal")


def test_a_file_is_attached_by_its_path_and_a_wrong_one_is_said_beside_the_line(
    empty_place: Place, tmp_path: Path
) -> None:
    ref, file = three(empty_place)[0], tmp_path / "fatura [b].pdf"
    file.write_bytes(b"%PDF-1.4 fatura")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "plus")
        await type_in(pilot, str(tmp_path / "nenhum.pdf"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Ask)
        assert "FILE_NOT_FOUND" in page(pilot)
        field = pilot.app.focused
        assert isinstance(field, Input)
        assert field.value == str(tmp_path / "nenhum.pdf")
        field.value = str(file)
        await press(pilot, "enter", "enter")
        await press(pilot, "4")
        assert "fatura [b].pdf" in page(pilot)

    play(empty_place.console(), story, size=(120, 40))
    store = empty_place.desk("ana").store
    (event,) = [one for one in store.events(store.find(ref).id) if one.type is Act.ATTACHED]
    assert (event.payload["direction"], event.payload["channel"]) == ("in", "email")


@pytest.mark.req("S1-21")
def test_the_earlier_records_are_a_file_of_the_ticket_or_one_that_is_attached_with_it(
    empty_place: Place, tmp_path: Path
) -> None:
    ref, file = three(empty_place)[0], tmp_path / "chamado.txt"
    attach(empty_place.desk("ana"), ref, "antigo.txt", b"um")
    file.write_bytes(b"dois")

    async def records(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        await type_in(pilot, _("Records of it, in a file"))
        await press(pilot, "enter")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await records(pilot)
        assert "antigo.txt" in page(pilot)
        await press(pilot, "enter")
        await records(pilot)
        await press(pilot, "down", "enter")
        await type_in(pilot, str(file))
        await press(pilot, "enter")

    play(empty_place.console(), story)
    store = empty_place.desk("ana").store
    events = store.events(store.find(ref).id)
    attached = [one.seq for one in events if one.type is Act.ATTACHED]
    assert [one.payload["file"] for one in events if one.type is Act.PRIOR_RECORDED] == attached


@pytest.mark.req("S3-32")
def test_when_it_happened_and_whom_it_complains_of_are_set_where_it_is_classified(empty_place: Place) -> None:
    ref = three(empty_place)[0]
    position(empty_place.desk("ana"), ref, Side.CUSTOMER, "Foi ontem.")
    department = empty_place.desk("ana").policy.policy.departments[0]

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "c")
        screen = pilot.app.screen
        assert isinstance(screen, ClassifyScreen)
        happened = screen.query_one(Happened)
        happened.when.value = "anteontem"
        await press(pilot, "f2")
        assert pilot.app.screen is screen
        assert "BAD_TIME" in page(pilot)
        happened.when.value = "20/11/2027"
        happened.whom.value = department.name.upper()
        await press(pilot, "f2")
        assert pilot.app.screen is screen
        assert "DATE_OUT_OF_ORDER" in str(happened.query_one(".problem").render())
        screen.query_one("#occurred", Field).value = "19/11/2026 08:00"
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(empty_place.console(), story)
    ticket = empty_place.desk("ana").store.find(ref)
    assert ticket.complained_department == department.slug
    assert ticket.occurred_at == NOW - 26 * 3600
