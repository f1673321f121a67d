"""A manifestation registered from the console: typed, looked at, registered, its receipt shown once."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ouvidoria_tui.desk import drafts
from ouvidoria_tui.desk.access import open_with_code
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.case_work import fold
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.draft import NO_TICKET
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.ticket import Channel, Ticket, Type
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.report.reading import connection, records
from ouvidoria_tui.report.reading import page as listed
from ouvidoria_tui.tui.screens.find_customer import FindCustomer
from ouvidoria_tui.tui.screens.new import NewScreen
from ouvidoria_tui.tui.screens.queue import QueueScreen
from ouvidoria_tui.tui.screens.receipt import ReceiptScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.radio import Radio
from ouvidoria_tui.tui.widgets.ticks import Ticks
from tests.tui.conftest import AGENT, NOW, Place, play, press, settle
from tests.tui.test_hostile import NASTY
from tests.tui.test_ticket_hostile import harmless
from tests.tui.ticket_desk import page, three, toasts, write

WORDS = "A fatura de outubro veio em dobro e ninguém atende no suporte há três semanas."


def form_of(pilot: Pilot[int]) -> NewScreen:
    screen = pilot.app.screen
    assert isinstance(screen, NewScreen)
    return screen


async def fill(pilot: Pilot[int], **typed: str) -> None:
    """Types into the lines of the form."""
    for name, words in typed.items():
        if name == "text":
            await write(pilot, words)
        else:
            form_of(pilot).query_one(f"#{name}", Field).value = words
    await settle(pilot)


def tickets(place: Place) -> list[Ticket]:
    """Everything that is registered, oldest first."""
    desk = place.desk(AGENT)
    conn = connection(desk.store)
    rows = listed(conn, parse(""), order="arrival", limit=500, now=NOW, agent_id=0, zone="UTC").rows
    return [record.ticket for record in records(conn, [row.id for row in rows])]


@pytest.mark.req("S4-16")
@pytest.mark.req("S2-27")
def test_a_call_is_registered_and_its_receipt_tells_the_code_once(empty_place: Place) -> None:
    codes: list[str] = []

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        await fill(pilot, name="Maria", email="maria@example.com", subject="Fatura em dobro", text=WORDS)
        await fill(pilot, wish="O estorno da segunda fatura", minutes="12")
        form_of(pilot).query_one("#language", Radio).choose("en")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)
        shown = page(pilot)
        for words in ("Fatura em dobro", "maria@example.com", "A triagem diria", "O estorno", "telefone"):
            assert words in shown
        assert tickets(empty_place) == []
        await press(pilot, "f2")
        screen = pilot.app.screen
        assert isinstance(screen, ReceiptScreen)
        assert screen.registered.receipt.access_code is not None
        codes.append(screen.registered.receipt.access_code)
        assert codes[0] in page(pilot)
        assert "Código de acesso" in page(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TicketScreen)
        assert codes[0] not in page(pilot)

    play(empty_place.console(), story)
    (made,) = tickets(empty_place)
    desk = empty_place.desk(AGENT)
    assert (made.subject, made.channel) == ("Fatura em dobro", Channel.PHONE)
    assert open_with_code(desk, made.protocol, codes[0]).id == made.id
    assert fold(desk.store.events(made.id)).wish is not None
    who = desk.store.customer(made.customer or 0)
    assert who is not None
    assert (who.name, who.language) == ("Maria", "en")
    assert drafts.own(desk) == ()


def test_the_customer_is_found_by_typing_and_is_that_one_of_the_register(empty_place: Place) -> None:
    desk = empty_place.desk(AGENT)
    for who in (Customer(0, "José Pereira", document="111"), Customer(0, "José Pedro", document="222")):
        receive(desk, Manifestation("Antiga", "Relato", customer=who))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n", "f3")
        assert isinstance(pilot.app.screen, FindCustomer)
        field = pilot.app.focused
        assert isinstance(field, Input)
        field.insert_text_at_cursor("jose ped")
        await settle(pilot)
        assert "José Pereira" not in page(pilot)
        await press(pilot, "enter")
        assert "222 · 1 em aberto" in page(pilot)
        await fill(pilot, subject="Nova", text=WORDS)
        await press(pilot, "f2", "f2", "escape")

    play(empty_place.console(), story)
    old = {one.customer for one in tickets(empty_place) if one.subject == "Antiga"}
    (new,) = (one for one in tickets(empty_place) if one.subject == "Nova")
    assert new.customer in old
    known = empty_place.desk(AGENT).store.customer(new.customer or 0)
    assert known is not None
    assert known.document == "222"


def test_what_is_wrong_stands_beside_its_line_with_its_code_and_nothing_is_lost(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        await fill(pilot, occurred="anteontem às três", department="nenhum", text=WORDS)
        await press(pilot, "f2")
        screen = form_of(pilot)
        assert getattr(pilot.app.focused, "id", "") == "department"
        said = {row.id: str(row.query_one(".problem").render()) for row in screen.rows()}
        assert "BAD_TIME" in said["row-occurred"]
        assert "DEPARTMENT_NOT_FOUND" in said["row-department"]
        assert said["row-subject"] == ""
        await fill(pilot, occurred="ontem", department="")
        assert "BAD_TIME" not in str(screen.query_one("#row-occurred .problem").render())
        assert screen.box.text == WORDS
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)

    play(empty_place.console(), story)


def test_an_empty_form_is_refused_and_a_date_after_the_arrival_too(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n", "f2")
        assert "TEXT_REQUIRED" in page(pilot)
        await fill(pilot, subject="X", occurred="20/11/2027")
        await press(pilot, "f2")
        assert "DATE_OUT_OF_ORDER" in str(form_of(pilot).query_one("#row-occurred .problem").render())

    play(empty_place.console(), story)
    assert tickets(empty_place) == []


def test_what_was_begun_comes_back_with_everything_and_is_a_draft(empty_place: Place) -> None:
    async def begun(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        await fill(pilot, name="Maria [/b]", subject="Pela metade", prior="48211")
        form_of(pilot).query_one("#type", Radio).choose(Type.REPORT)
        form_of(pilot).query_one("#marks", Ticks).tick(["at-request"])
        form_of(pilot).query_one("#reason", Radio).choose("quality")
        await settle(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, QueueScreen)

    async def gone_on(pilot: Pilot[int]) -> None:
        await press(pilot, "R")
        assert "registro: Pela metade" in page(pilot)
        await press(pilot, "enter")
        form = form_of(pilot).form()
        assert (form["name"], form["subject"], form["prior"]) == ("Maria [/b]", "Pela metade", "48211")
        assert (form["type"], form["reason"], form.marked("at-request")) == ("report", "quality", True)
        await press(pilot, "f2", "f2")

    play(empty_place.console(), begun)
    assert [one.ticket_id for one in drafts.own(empty_place.desk(AGENT))] == [NO_TICKET]
    play(empty_place.console(), gone_on)
    assert drafts.own(empty_place.desk(AGENT)) == ()
    assert [one.type for one in tickets(empty_place)] == [Type.REPORT]


def test_the_text_is_kept_where_the_console_ends_in_the_middle_of_it(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        form_of(pilot).query_one("#subject", Field).value = "No meio"
        await pilot.pause()
        pilot.app.exit(0)

    play(empty_place.console(), story)
    assert [one.text.split("\n")[0] for one in drafts.own(empty_place.desk(AGENT))] == ["No meio"]


@pytest.mark.req("S0-40")
def test_an_earlier_ticket_asks_what_brought_the_customer_here(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        await fill(pilot, subject="Demora", text=WORDS, prior="48211", records="Protocolo aberto em maio.")
        await press(pilot, "f2")
        assert "ESCALATION_REASON_REQUIRED" in page(pilot)
        assert getattr(pilot.app.focused, "id", "") == "reason"
        await press(pilot, "right", "f2", "f2")
        assert isinstance(pilot.app.screen, ReceiptScreen)

    play(empty_place.console(), story)
    (made,) = tickets(empty_place)
    assert (made.prior_ticket, made.escalation_reason) == ("48211", "speed")


@pytest.mark.req("S3-47")
def test_an_open_ticket_on_the_same_subject_is_said_before_it_is_registered(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        await fill(pilot, email="cliente@example.com", subject="Segunda via", text=WORDS)
        await press(pilot, "f2")
        assert made[1] in page(pilot)
        assert "S3-47" in page(pilot)

    play(empty_place.console(), story)


def test_without_a_name_there_is_no_name(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        await fill(pilot, name="Maria", subject="X", text=WORDS)
        form_of(pilot).query_one("#marks", Ticks).tick(["anonymous"])
        await press(pilot, "f2")
        assert "ANONYMOUS_WITH_NAME" in str(form_of(pilot).query_one("#row-marks .problem").render())
        assert form_of(pilot).form()["name"] == "Maria"

    play(empty_place.console(), story)


def test_whoever_may_not_receive_is_told_so(empty_place: Place) -> None:
    from ouvidoria_tui.desk.register import register_agent
    from ouvidoria_tui.domain.permission import Role

    register_agent(empty_place.desk(AGENT), "olga", "Olga", Role.AUDITOR)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, QueueScreen)
        assert toasts(pilot)

    play(empty_place.console("olga"), story)


def test_in_english_too(empty_place: Place) -> None:
    set_language("en")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n")
        assert "Register a manifestation" in page(pilot)
        await fill(pilot, subject="Twice billed", text="It was billed twice.")
        await press(pilot, "f2")
        assert "Triage would say" in page(pilot)
        await press(pilot, "f2")
        assert "Access code" in page(pilot)

    play(empty_place.console(), story)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_hostile_words_are_harmless_on_every_step(empty_place: Place, size: tuple[int, int]) -> None:
    words = " ".join(words[:200] for words in NASTY.values())
    who = Customer(0, words[:300], email="h@example.com")
    receive(empty_place.desk(AGENT), Manifestation("Antiga", "Relato", customer=who))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "n", "f3")
        harmless(pilot)
        await press(pilot, "enter")
        harmless(pilot)
        await fill(pilot, subject=words, text=words, prior=words, wish=words, department=words)
        await press(pilot, "f2")
        harmless(pilot)
        await fill(pilot, department="")
        form_of(pilot).query_one("#reason", Radio).choose("other")
        await press(pilot, "f2")
        harmless(pilot)
        await press(pilot, "f2")
        harmless(pilot)
        assert isinstance(pilot.app.screen, ReceiptScreen)

    play(empty_place.console(), story, size=size)


# --- N


def test_the_next_that_waits_is_taken_and_opened(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "N")
        assert isinstance(pilot.app.screen, TicketScreen)
        assert made[0] in page(pilot)
        await press(pilot, "escape", "u")

    play(empty_place.console(), story)
    assert empty_place.desk(AGENT).store.find(made[0]).assignee is None


def test_where_what_waits_is_barred_it_is_said_how_many_and_why(empty_place: Place) -> None:
    from ouvidoria_tui.desk.assess import conflict

    for ref in three(empty_place):
        conflict(empty_place.desk("bia"), ref, AGENT, "Parente da cliente.")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "N")
        assert any("3 por conflito de interesses" in words for words in toasts(pilot))

    play(empty_place.console(), story)
