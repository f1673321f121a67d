"""The board of areas: who owes what and since when; reminding, hearing, giving more time, handing up, going on."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.forward import area_answer, forward
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.register_entries import edit_entry
from ouvidoria_tui.desk.watch import watch
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.ticket import Turn
from ouvidoria_tui.domain.watch_plan import Kind
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.report.answer import Question
from ouvidoria_tui.report.ask import ask
from ouvidoria_tui.report.watching import WatchReads, connection
from ouvidoria_tui.tui.screens.area_preview import AreaPreview
from ouvidoria_tui.tui.screens.areas import AreasScreen
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.deadline_forms import ExtendForm
from ouvidoria_tui.tui.screens.escalate import EscalateScreen
from ouvidoria_tui.tui.screens.forward import ForwardScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from tests.tui.conftest import Place, lines, play, press, type_in
from tests.tui.test_hostile import NASTY, _harmless
from tests.tui.ticket_desk import page, three, toasts, write

DAY = 86_400
HERE, THERE = "corregedoria", "gabinete"


def asked(place: Place) -> list[str]:
    """Three tickets: an area is late about the first, another one has time for the second, the third is answered."""
    made = three(place)
    desk = place.desk("ana")
    forward(desk, made[0], HERE, "Quem atendeu?")
    place.clock.at += 25 * DAY
    forward(desk, made[1], THERE, "Quem decidiu?")
    forward(desk, made[2], THERE, "Houve multa?")
    area_answer(desk, made[2], "Não houve.")
    return made


def board_of(pilot: Pilot[int]) -> AreasScreen:
    screen = pilot.app.screen
    assert isinstance(screen, AreasScreen)
    return screen


def listed(pilot: Pilot[int]) -> list[str]:
    """The protocols on the board, from top to bottom."""
    return [row.ticket.protocol for row in board_of(pilot).shown()]


def line_of(pilot: Pilot[int], ref: str) -> str:
    """The line of a ticket, which may stand in the filter, too."""
    return [line for line in lines(pilot) if ref in line][-1]


@pytest.mark.req("S1-22")
def test_who_is_late_stands_first_and_tabs_show_what_is_overdue_by_area(public_place: Place) -> None:
    made = asked(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F")
        assert listed(pilot) == made[:2]
        assert "! -" in line_of(pilot, made[0])
        assert "1 vencido · 2 esperam" in page(pilot)
        await press(pilot, "4")
        assert listed(pilot) == [made[2]]
        await press(pilot, "b")
        assert "[Todas 2]  Corregedoria 1 !1   Gabinete 1" in page(pilot)
        await press(pilot, "right_square_bracket")
        assert listed(pilot) == [made[0]]

    play(public_place.console(), story)


def test_a_reminder_is_looked_at_and_then_counted(public_place: Place) -> None:
    made = asked(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "r")
        assert "um lembrete" in page(pilot)
        await write(pilot, "Lembramos do pedido sobre o Cliente Exemplo.")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, AreaPreview)
        assert "sobre o [nome]" in page(pilot)
        await press(pilot, "f2")
        assert "1×" in line_of(pilot, made[0])
        assert "lembrada 1×" in page(pilot)

    play(public_place.console(), story)


def test_marks_of_several_areas_are_reminded_together_each_by_its_own_letter(public_place: Place) -> None:
    made = asked(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "V", "enter", "r")
        assert isinstance(pilot.app.screen, ForwardScreen)
        assert "2 áreas" in page(pilot)
        await write(pilot, "Lembramos.")
        await press(pilot, "f2")
        assert "Corregedoria" in page(pilot)
        await press(pilot, "f2")
        assert "Gabinete" in page(pilot)
        await press(pilot, "f2", "enter")
        assert ["1×" in line_of(pilot, ref) for ref in made[:2]] == [True, True]
        assert board_of(pilot).marks == {}

    play(public_place.console(), story)


def test_an_answer_is_written_down_and_leaves_what_is_owed(public_place: Place) -> None:
    made = asked(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "i")
        await write(pilot, "Foi o [b]Rui[/b].")
        await press(pilot, "f2", "f2")
        assert listed(pilot) == [made[1]]
        await press(pilot, "4")
        assert "✓ +" in line_of(pilot, made[0])
        await press(pilot, "i")
        assert any("não deve resposta" in words for words in toasts(pilot))

    play(public_place.console(), story)
    assert public_place.desk("ana").store.find(made[0]).turn is Turn.DESK


def test_more_time_is_given_by_the_areas_own_clock(public_place: Place) -> None:
    made = asked(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "j", "P")
        form = pilot.app.screen
        assert isinstance(form, ExtendForm)
        assert (form.target.protocol, form.clock_name) == (made[1], f"area:{THERE}")
        assert "o cliente não recebe nada" in " ".join(page(pilot).split())
        await type_in(pilot, "+10")
        await press(pilot, "tab", *"laudo", "tab", *"pedido", "f2")
        assert isinstance(pilot.app.screen, Review)
        assert "laudo" in page(pilot)
        assert "cliente@example.com" not in page(pilot)
        await press(pilot, "f2")
        assert "+1" in line_of(pilot, made[1])

    play(public_place.console(), story)


def test_an_area_without_a_clock_is_not_given_more_time_and_it_is_said_why(empty_place: Place) -> None:
    edit_entry(empty_place.desk("ana"), "area", "financeiro", {"due_days": "3"})
    (ref, *_rest) = three(empty_place)
    forward(empty_place.desk("ana"), ref, "financeiro", "Houve estorno?")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "P")
        assert any("os dias do cadastro" in words for words in toasts(pilot))
        assert listed(pilot) == [ref]

    play(empty_place.console(), story)


def test_a_ticket_is_handed_up_from_the_board(public_place: Place) -> None:
    made = asked(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "e")
        assert isinstance(pilot.app.screen, EscalateScreen)
        await write(pilot, "A área não respondeu em vinte dias.")
        await press(pilot, "f2")
        assert "N1" in line_of(pilot, made[0])

    play(public_place.console(), story)


def test_the_desk_goes_on_without_an_area_only_once_it_was_reminded(public_place: Place) -> None:
    made = asked(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "n")
        await type_in(pilot, "Sem resposta")
        await press(pilot, "enter")
        assert any("forward" in words for words in toasts(pilot))
        assert listed(pilot) == made[:2]
        forward(public_place.desk("ana"), made[0], HERE, "Lembramos.")
        await press(pilot, "f5", "n")
        await type_in(pilot, "Sem resposta")
        await press(pilot, "enter")
        assert listed(pilot) == [made[1]]
        await press(pilot, "5")
        assert listed(pilot) == [made[0]]

    play(public_place.console(), story)


def test_an_area_that_never_answers_is_late_in_the_same_way_for_board_watch_and_report(
    empty_place: Place,
) -> None:
    edit_entry(empty_place.desk("ana"), "area", "financeiro", {"due_days": "3"})
    made = three(empty_place)
    for ref in made[:2]:
        forward(empty_place.desk("ana"), ref, "financeiro", "Houve estorno?")
    shown: list[list[str]] = []

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "2")
        shown.append(sorted(listed(pilot)))

    for days in (2, 4, 30):
        empty_place.clock.at += days * DAY
        desk = empty_place.desk("ana")
        reads = WatchReads(connection(desk.store))
        said = sorted(item.protocol for item in watch(desk, reads) if item.kind is Kind.AREA_OVERDUE)
        report = ask(connection(desk.store), desk.policy, Question("areas", desk.clock.now(), by=("area",)))
        play(empty_place.console(), story)
        assert (shown[-1], len(said)) == (said, report.totals["overdue"])
    assert shown == [[], made[:2], made[:2]]


def test_from_the_board_one_opens_a_ticket_and_walks_its_list(public_place: Place) -> None:
    made = asked(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "enter")
        assert isinstance(pilot.app.screen, TicketScreen)
        await press(pilot, "J")
        assert made[1] in page(pilot)
        await press(pilot, "escape")
        assert [target.protocol for target in board_of(pilot).targets()] == [made[1]]

    play(public_place.console(), story)


def test_the_board_is_reached_by_its_name_and_speaks_english(public_place: Place) -> None:
    asked(public_place)
    set_language("en")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "colon")
        await type_in(pilot, "what they were asked")
        await press(pilot, "enter")
        assert "Past due 1" in page(pilot)
        assert "1 past due · 2 wait" in page(pilot)

    play(public_place.console(), story)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_hostile_words_do_nothing_and_a_kept_subject_is_neither_shown_nor_found(
    public_place: Place, size: tuple[int, int]
) -> None:
    desk = public_place.desk("ana")
    register_agent(desk, "bia", "Bia", Role.AGENT)
    for words in NASTY.values():
        ref = receive(desk, Manifestation(words[:1000], words)).protocol
        forward(desk, ref, HERE, words)
    secret = receive(desk, Manifestation("Segredo do almoxarifado", "Foi assim.")).protocol
    classify(desk, secret, Classification(confidential=True))
    forward(desk, secret, HERE, "Quem guarda a chave?")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F")
        for _ in range(len(NASTY) + 1):
            _harmless(lines(pilot))
            await pilot.press("j")
        await press(pilot, "slash")
        await type_in(pilot, secret)
        await press(pilot, "enter")
        assert listed(pilot) == [secret]
        assert "[sigiloso]" in line_of(pilot, secret)
        assert "guarda a chave" not in page(pilot)
        await press(pilot, "escape", "slash")
        await type_in(pilot, "almoxarifado")
        assert listed(pilot) == []

    play(public_place.console("bia"), story, size)


def test_who_may_not_is_told_so(public_place: Place) -> None:
    made = asked(public_place)
    register_agent(public_place.desk("ana"), "olho", "Olho", Role.AUDITOR)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "F", "r")
        assert listed(pilot) == made[:2]
        assert toasts(pilot)
        assert not isinstance(pilot.app.screen, Confirm)

    play(public_place.console("olho"), story)
