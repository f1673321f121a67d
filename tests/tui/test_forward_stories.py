"""Areas from the console: asked, reminded, heard; what was begun is kept."""

from __future__ import annotations

from textual.pilot import Pilot

from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Part
from ouvidoria_tui.domain.ticket import Status, Turn
from ouvidoria_tui.tui.screens.area_preview import AreaPreview
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.forward import ForwardScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from tests.tui.conftest import Place, play, press, queue_of, settle, type_in
from tests.tui.ticket_desk import page, three, write


def test_an_area_is_asked_then_its_answer_is_written_down(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "f")
        await settle(pilot)
        await type_in(pilot, "financeiro")
        await press(pilot, "enter")
        assert "o prazo" in page(pilot) or "os prazos" in page(pilot)
        await write(pilot, "Houve [b]estorno[/b]?")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)
        ticket = empty_place.desk("ana").store.find(made[0])
        assert (ticket.status, ticket.turn, ticket.area) == (Status.IN_PROGRESS, Turn.AREA, "financeiro")
        await press(pilot, "f")
        await settle(pilot)
        await press(pilot, "enter")  # who owes an answer stands first
        await write(pilot, "Houve, ontem.")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)
        assert empty_place.desk("ana").store.find(made[0]).turn is Turn.AREA
        await press(pilot, "f2")

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).turn is Turn.DESK


def test_nothing_is_sent_without_words_and_what_was_begun_comes_back(empty_place: Place) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "f")
        await settle(pilot)
        await type_in(pilot, "comercial")
        await press(pilot, "enter", "f2")
        assert isinstance(pilot.app.screen, ForwardScreen)
        await write(pilot, "metade")
        await press(pilot, "escape")
        await press(pilot, "f")
        await settle(pilot)
        await type_in(pilot, "comercial")
        await press(pilot, "enter")
        assert "metade" in page(pilot)

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(made[0]).area is None


def _asked(place: Place, ref: str) -> str:
    desk = place.desk("ana")
    ticket = desk.store.find(ref)
    return next(
        (one.text for one in desk.store.messages(ticket.id).values() if one.part is Part.AREA), "nothing left"
    )


async def _asking(pilot: Pilot[int], words: str) -> None:
    await press(pilot, "5", "enter", "f")
    await settle(pilot)
    await type_in(pilot, "gabinete")
    await press(pilot, "enter")
    await write(pilot, words)
    await press(pilot, "f2")


def test_what_an_area_may_see_is_shown_before_it_leaves(public_place: Place) -> None:
    made = three(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking(pilot, "O Exemplo, cliente@example.com, mora na Rua Nova, 10?")
        assert isinstance(pilot.app.screen, AreaPreview)
        assert "O [nome], [e-mail], mora na [endereço]?" in page(pilot)
        assert _asked(public_place, made[0]) == "nothing left"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ForwardScreen)
        await press(pilot, "f2", "f2")

    play(public_place.console(), story)
    assert _asked(public_place, made[0]) == "O [nome], [e-mail], mora na [endereço]?"


def test_more_words_are_removed_and_others_kept_with_a_reason(public_place: Place) -> None:
    made = three(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking(pilot, "O carro azul bateu na Rua Nova, 10?")
        await press(pilot, "x")
        await type_in(pilot, "carro azul")
        await press(pilot, "enter")
        assert "O [retirado] bateu na [endereço]?" in page(pilot)
        await press(pilot, "k")
        await type_in(pilot, "Rua Nova")
        await press(pilot, "enter")
        await type_in(pilot, "É o endereço da unidade")
        await press(pilot, "enter")
        assert "O [retirado] bateu na Rua Nova, 10?" in page(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(public_place.console(), story)
    assert _asked(public_place, made[0]) == "O [retirado] bateu na Rua Nova, 10?"


def test_words_that_are_nowhere_are_told_and_the_text_stays(public_place: Place) -> None:
    three(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking(pilot, "Quem decidiu [b]isso[/b]?")
        assert "[b]isso[/b]" in page(pilot)
        await press(pilot, "x")
        await type_in(pilot, "inexistente")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ForwardScreen)
        assert "Quem decidiu" in page(pilot)

    play(public_place.console(), story)


# --- one question about several tickets


def _of_two_people(place: Place) -> list[str]:
    """Three tickets: two of Maria, one of somebody else."""
    maria, outro = "Maria da Silva Souza", "Pedro Alves"
    made = []
    for name, subject in ((maria, "Fila"), (outro, "Balcão"), (maria, "Multa")):
        place.clock.at += 60
        who = Customer(0, name, email=f"{name.split()[0].lower()}@example.com")
        made.append(receive(place.desk("ana"), Manifestation(subject, f"Sou {name}.", customer=who)).protocol)
    return made


async def _asking_about_all(pilot: Pilot[int], words: str) -> None:
    await press(pilot, "5", "V", "enter", "f")
    await settle(pilot)
    await type_in(pilot, "gabinete")
    await press(pilot, "enter")
    await write(pilot, words)
    await press(pilot, "f2")


def test_of_several_letters_the_one_that_would_leak_stays_here_with_why(public_place: Place) -> None:
    made = _of_two_people(public_place)
    shown: list[str] = []

    async def story(pilot: Pilot[int]) -> None:
        await _asking_about_all(pilot, "[b]Houve[/b] atraso com Pe|dro Al|ves?")
        for _letter in made:
            assert isinstance(pilot.app.screen, AreaPreview)
            shown.append(page(pilot))
            await press(pilot, "f2" if "REDACTION_LEAKS" not in shown[-1] else "n")
        assert isinstance(pilot.app.screen, Confirm)
        shown.append(page(pilot))
        await press(pilot, "enter")
        assert [target.protocol for target in queue_of(pilot).targets()] == [made[1]]

    play(public_place.console(), story)
    assert ["1 de 3" in shown[0], "2 de 3" in shown[1], "3 de 3" in shown[2]] == [True, True, True]
    assert ["REDACTION_LEAKS" in one for one in shown[:3]] == [False, True, False]
    assert "Al|ves" not in shown[1]
    assert "[b]Houve[/b]" in shown[0]
    assert "Enviar 2 cartas?" in shown[3]
    assert [_asked(public_place, ref) != "nothing left" for ref in made] == [True, False, True]


def test_a_letter_that_leaks_cannot_be_approved_but_words_can_be_taken_out_of_it(public_place: Place) -> None:
    made = _of_two_people(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking_about_all(pilot, "Houve atraso com Pe|dro Al|ves?")
        await press(pilot, "f2", "f2", "enter")
        assert "2 de 3" in page(pilot)
        await press(pilot, "x")
        await type_in(pilot, "Pe|dro Al|ves")
        await press(pilot, "enter")
        assert "Houve atraso com [retirado]?" in page(pilot)
        await press(pilot, "f2", "f2", "enter")

    play(public_place.console(), story)
    assert _asked(public_place, made[1]) == "Houve atraso com [retirado]?"
    assert _asked(public_place, made[2]) == "Houve atraso com Pe|dro Al|ves?"


def test_a_letter_is_left_out_and_one_goes_back_to_it(public_place: Place) -> None:
    made = _of_two_people(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking_about_all(pilot, "Quem atendeu?")
        await press(pilot, "n", "K")
        assert "1 de 3" in page(pilot)
        await press(pilot, "f2", "n", "n")
        assert "Enviar 1 carta?" in page(pilot)
        await press(pilot, "enter")

    play(public_place.console(), story)
    assert [_asked(public_place, ref) for ref in made] == ["Quem atendeu?", "nothing left", "nothing left"]


def test_what_was_approved_is_looked_at_again_where_the_words_change(public_place: Place) -> None:
    made = _of_two_people(public_place)

    async def story(pilot: Pilot[int]) -> None:
        await _asking_about_all(pilot, "Quem atendeu?")
        await press(pilot, "f2", "escape", "f2")
        assert "2 de 3" in page(pilot)
        await press(pilot, "escape")
        await write(pilot, "Quem atendeu, e quando?")
        await press(pilot, "f2")
        assert "de 3" in page(pilot)
        await press(pilot, "f2", "f2", "f2", "enter")

    play(public_place.console(), story)
    assert [_asked(public_place, ref) for ref in made] == ["Quem atendeu, e quando?"] * 3


def test_where_nothing_leaves_by_mail_and_nothing_is_withheld_several_are_asked_for_once(
    empty_place: Place,
) -> None:
    made = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "V", "enter", "f")
        await settle(pilot)
        await type_in(pilot, "comercial")
        await press(pilot, "enter")
        await write(pilot, "Houve venda?")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "enter")

    play(empty_place.console(), story)
    assert [_asked(empty_place, ref) for ref in made] == ["Houve venda?"] * 3
