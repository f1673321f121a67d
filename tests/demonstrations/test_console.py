"""The demonstrations of S0 and S4 walked key by key in the console, at 80 columns by 24 lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.domain.area_request import fold as requests_of
from ouvidoria_tui.domain.case_work import CaseWork, Target
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.paths import Decision
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.ticket import CloseReason, Difficulty, Merit, Severity, Status, Ticket, Type
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.present.words import term
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.widgets.radio import Radio
from tests.tui.conftest import AGENT, NOW, Place, play, press, settle, type_in
from tests.tui.test_path_stories import pick
from tests.tui.test_work_stories import choose, say
from tests.tui.ticket_desk import page, write


def place(folder: Path, profile: str) -> Place:
    clock = FixedClock(NOW)
    found_desk(folder / "desk.db", profile=profile, clock=clock, admin=AGENT).close()
    made = Place(folder / "desk.db", clock)
    for login in ("bia", "caio"):
        register_agent(made.desk(AGENT), login, login.title(), Role.AGENT)
    return made


def arrived(at: Place, subject: str, text: str, kind: Type = Type.COMPLAINT) -> str:
    who = Customer(0, "Rita Lemos", email="rita@example.com")
    return receive(at.desk(AGENT), Manifestation(subject, text, kind, customer=who)).protocol


def stands(at: Place, ref: str) -> tuple[Ticket, CaseWork]:
    desk = at.desk(AGENT)
    ticket = desk.store.find(ref)
    return ticket, work_of(desk, ticket)


async def conclude(pilot: Pilot[int], words: str) -> None:
    """The conclusive answer, written, reviewed and sent."""
    await press(pilot, "r")
    await write(pilot, words)
    pilot.app.screen.query_one(Radio).focus()
    await press(pilot, "right", "f2")
    assert isinstance(pilot.app.screen, Review)
    await press(pilot, "f2")


async def close_as_solved(pilot: Pilot[int]) -> None:
    await press(pilot, "x")
    await pick(pilot, term(CloseReason.SOLVED))
    assert isinstance(pilot.app.screen, Review)
    await press(pilot, "f2")


@pytest.mark.req("S0-02", "S0-04")
def test_s0_an_area_is_asked_both_sides_weighed_and_something_shall_be_better(tmp_path: Path) -> None:
    at = place(tmp_path, "hospedagem")
    ref = arrived(at, "Boleto de quem não é cliente", "Recebi um boleto sem ser cliente de vocês.")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "f")
        await settle(pilot)
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        await write(pilot, "De quem é o boleto?")
        await press(pilot, "f2")
        await press(pilot, "f")
        await settle(pilot)
        await press(pilot, "enter")
        await write(pilot, "De um homônimo; foi cancelado.")
        await press(pilot, "f2", "f2")
        await choose(pilot, "What the customer says")
        await say(pilot, "Não sou cliente e recebi uma cobrança.")
        await choose(pilot, "What the company says")
        await say(pilot, "A cobrança era de um homônimo.")
        await choose(pilot, "Merit, with grounds")
        await pick(pilot, term(Merit.FOUNDED))
        await say(pilot, "O cadastro mostra outra pessoa com o mesmo nome.")
        await conclude(pilot, "O boleto era de outra pessoa e foi cancelado.")
        await choose(pilot, "Improvement that comes of it")
        await pick(pilot, term(Target.PROCESS))
        await say(pilot, "Conferir o documento antes de emitir.")
        await press(pilot, "c")
        pilot.app.screen.query_one("#cause", Input).value = "Cobrança indevida"
        await press(pilot, "f2")
        await press(pilot, "6")
        assert "Conferir o documento antes de emitir." in page(pilot)
        await close_as_solved(pilot)

    play(at.console(), story)
    ticket, work = stands(at, ref)
    assert ticket.cause == "cobranca-indevida"
    assert (ticket.status, ticket.close_reason, ticket.merit) == (
        Status.CLOSED,
        CloseReason.SOLVED,
        Merit.FOUNDED,
    )
    assert [one.target for one in work.improvements] == [Target.PROCESS]
    (asked,) = requests_of(at.desk(AGENT).store.events(ticket.id))
    assert asked.answered_at is not None


@pytest.mark.req("S4-18", "S4-19", "S4-20")
def test_s4_a_grave_and_complex_complaint_has_a_team_measures_and_an_end(tmp_path: Path) -> None:
    at = place(tmp_path, "organizacional")
    ref = arrived(at, "Dados apagados", "Meus dados foram apagados do sistema depois da migração.")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        await settle(pilot)
        await press(pilot, "y")
        await settle(pilot)
        await press(pilot, "q")
        await press(pilot, "5", "enter")
        await choose(pilot, "Team of a complex case")
        await say(pilot, "bia,caio")
        await choose(pilot, "Measure that is taken")
        await say(pilot, "Restaurar a cópia de segurança.")
        await conclude(pilot, "Os dados voltaram da cópia de segurança.")
        await choose(pilot, "Measure that was carried out")
        await press(pilot, "enter")
        await say(pilot, "Cópia restaurada e conferida.")
        await close_as_solved(pilot)

    play(at.console(), story)
    ticket, work = stands(at, ref)
    assert (ticket.severity, ticket.difficulty) == (Severity.CRITICAL, Difficulty.COMPLEX)
    assert (ticket.status, ticket.close_reason) == (Status.CLOSED, CloseReason.SOLVED)
    assert (len(work.team), [one.open for one in work.measures]) == (2, [False])


@pytest.mark.req("S4-31", "S4-32")
def test_s4_a_suggestion_is_decided_read_by_somebody_else_and_answered(tmp_path: Path) -> None:
    at = place(tmp_path, "organizacional")
    ref = arrived(at, "Sábado", "Sugiro que o balcão abra no sábado de manhã.", Type.SUGGESTION)
    words = "Em estudo: o balcão abrirá em dois sábados."

    async def propose(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Measure that is taken")
        await say(pilot, "Abrir em dois sábados.")
        await choose(pilot, "Decision on the suggestion")
        await pick(pilot, term(Decision.UNDER_STUDY))
        await say(pilot, "O teste mostrará a procura.")
        await press(pilot, "r")
        await write(pilot, words)
        pilot.app.screen.query_one(Radio).focus()
        await press(pilot, "right", "escape")
        await choose(pilot, "Put my draft before a second reader")
        await settle(pilot)

    async def approve(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Second reader: the answer may leave")
        await settle(pilot)

    async def answer(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r", "f2")
        assert words in page(pilot)
        await press(pilot, "f2")

    play(at.console(), propose)
    play(at.console("bia"), approve)
    play(at.console(), answer)
    ticket, work = stands(at, ref)
    assert (ticket.status, work.decision) == (Status.ANSWERED, Decision.UNDER_STUDY)
    acts = [event.type for event in at.desk(AGENT).store.events(ticket.id)]
    assert Act.ANSWER_REVIEWED in acts
    assert at.desk(AGENT).store.events(ticket.id)[-1].payload["conclusive"] is True
