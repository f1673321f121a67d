"""Letters by template and articles, written, looked at and sent from the console."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.articles import add_article, set_article_active
from ouvidoria_tui.desk.assess import assess, position
from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.measures import no_measures
from ouvidoria_tui.desk.templates import edit_template, template_in_force
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.ticket import Merit, Status
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.tui.screens.choose import Choose
from ouvidoria_tui.tui.screens.compose import ComposeScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.widgets.radio import Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.test_hostile import NASTY
from tests.tui.test_ticket_hostile import SIZES, harmless
from tests.tui.ticket_desk import page, three, toasts, write

LINK = "https://ajuda.example.com/2via"


def worked_out(place: Place) -> str:
    ref = three(place)[0]
    desk = place.desk("ana")
    position(desk, ref, Side.CUSTOMER, "Não chegou.")
    position(desk, ref, Side.COMPANY, "Extraviou.")
    assess(desk, ref, Merit.FOUNDED, "O rastreio mostra o extravio.")
    no_measures(desk, ref, "o pedido foi reenviado antes")
    return ref


def last(place: Place, ref: str) -> tuple[Event, str]:
    """The newest event and the newest words."""
    store = place.desk("ana").store
    ticket = store.find(ref)
    event = store.events(ticket.id)[-1]
    return event, store.messages(ticket.id)[event.seq].text


async def choose(pilot: Pilot[int], *wanted: str) -> None:
    """Chooses from the lists in front, by what is typed."""
    for words in wanted:
        assert isinstance(pilot.app.screen, Choose)
        await type_in(pilot, words)
        await press(pilot, "enter")


def text(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one(TextBox).text


def flat(pilot: Pilot[int]) -> str:
    return " ".join(page(pilot).split())


@pytest.mark.req("S4-14")
def test_a_letter_is_filled_from_the_case_edited_in_its_places_and_leaves_by_its_template(
    empty_place: Place,
) -> None:
    ref = worked_out(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r", "f8")
        await choose(pilot, "C1", "atendido")
        assert "Por quê: O rastreio mostra o extravio." in text(pilot)
        await write(pilot, text(pilot).replace("mostra o extravio", "mostra onde se perdeu"))
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)
        shown = flat(pilot)
        assert "C1: como está" in shown
        assert "resposta conclusiva" in shown
        assert "mostra onde se perdeu" in shown
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(empty_place.console(), story, size=(120, 40))
    event, words = last(empty_place, ref)
    assert (event.payload["template"], event.payload["wish"], event.payload["conclusive"]) == (
        "C1",
        "met",
        True,
    )
    assert "mostra onde se perdeu" in words


@pytest.mark.parametrize(
    ("language", "said"), [("pt-BR", "W, Medida que se toma"), ("en", "W, Measure that is taken")]
)
def test_what_the_case_does_not_say_is_named_with_where_to_say_it(
    empty_place: Place, language: str, said: str
) -> None:
    ref = three(empty_place)[0]
    set_language(language)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r", "f8")
        await choose(pilot, "C1")
        await press(pilot, "enter")
        assert "{{ medidas }}" in text(pilot)
        assert pilot.app.screen.query_one(TextBox).selected_text == "{{ resultado }}"
        shown = flat(pilot)
        assert "TEMPLATE_INCOMPLETE" in shown
        assert f"medidas ({said}" in shown
        await press(pilot, "f2", "f2")
        assert isinstance(pilot.app.screen, Review)
        assert "TEMPLATE_INCOMPLETE" in flat(pilot)
        await press(pilot, "escape", "escape")
        desk = empty_place.desk("ana")
        position(desk, ref, Side.CUSTOMER, "x")
        position(desk, ref, Side.COMPANY, "y")
        assess(desk, ref, Merit.FOUNDED, "O rastreio mostra.")
        await press(pilot, "r")
        assert "Por quê: O rastreio mostra." in text(pilot)
        assert "{{ medidas }}" in text(pilot)

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(ref).status is Status.OPEN


def test_words_written_before_are_the_reasons_and_news_answer_nothing(empty_place: Place) -> None:
    ref = three(empty_place)[0]

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "o depósito procura o pacote.")
        await press(pilot, "f8")
        await choose(pilot, "T3")
        assert "o depósito procura o pacote." in text(pilot)
        good = text(pilot)
        await write(pilot, good.replace("a resposta ainda virá", "esta é a resposta"))
        await press(pilot, "f2", "f2")
        assert "TEMPLATE_LEFT" in flat(pilot)
        await press(pilot, "escape")
        await write(pilot, good)
        await press(pilot, "f2")
        assert "informa, não responde nada" in flat(pilot)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(empty_place.console(), story)
    event, _words = last(empty_place, ref)
    assert (event.type, event.payload["template"]) == (Act.INFORMED, "T3")
    assert empty_place.desk("ana").store.find(ref).status is Status.OPEN


def test_other_words_than_the_templates_leave_as_ones_own_and_the_review_says_so(empty_place: Place) -> None:
    ref = worked_out(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r", "f8")
        await choose(pilot, "C1", "atendido")
        await write(pilot, text(pilot).replace("Analisamos", "Estudamos"))
        await press(pilot, "f2")
        assert "sai como resposta nas suas palavras" in flat(pilot)
        await press(pilot, "f2")

    play(empty_place.console(), story)
    event, words = last(empty_place, ref)
    assert "template" not in event.payload
    assert (event.payload["conclusive"], "Estudamos" in words) == (True, True)


def test_a_template_that_does_not_fit_says_why_and_one_can_go_back_to_own_words(empty_place: Place) -> None:
    worked_out(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r", "f8")
        await choose(pilot, "C3")
        assert isinstance(pilot.app.screen, Choose)
        assert "não serve" in flat(pilot)
        await press(pilot, "escape", "f8")
        await choose(pilot, "T3")
        await press(pilot, "f8", "enter")
        assert isinstance(pilot.app.screen, ComposeScreen)
        assert pilot.app.screen.letter is None
        assert "resposta intermediária" in flat(pilot)

    play(empty_place.console(), story)


def test_the_letter_of_a_masked_ticket_is_not_shown(empty_place: Place) -> None:
    ref = three(empty_place)[0]
    assign(empty_place.desk("ana"), ref, "ouvidora")
    classify(empty_place.desk("ana"), ref, Classification(confidential=True))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r", "f8")
        assert not isinstance(pilot.app.screen, Choose)
        assert "mascarado" in " ".join(toasts(pilot))

    play(empty_place.console("bia"), story)


@pytest.mark.req("S0-27", "S1-09")
def test_an_article_is_found_by_a_topic_named_behind_the_answer_and_taken_away(empty_place: Place) -> None:
    ref = three(empty_place)[0]
    desk = empty_place.desk("ana")
    add_article(desk, "segunda-via", "Segunda via", LINK, "boleto fatura")
    add_article(desk, "senha", "Trocar a senha", "https://ajuda.example.com/senha")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Veja como emitir.")
        await press(pilot, "f9")
        await choose(pilot, "fatura")
        await press(pilot, "f9")
        await choose(pilot, "senha")
        assert f"Segunda via: {LINK}" in flat(pilot)
        await press(pilot, "escape", "r")
        assert "Trocar a senha: https" in flat(pilot)
        await press(pilot, "f9")
        await choose(pilot, "senha")
        assert "Trocar a senha" not in flat(pilot)
        await press(pilot, "f2")
        assert f"Segunda via: {LINK}" in flat(pilot)
        await press(pilot, "f2")

    play(empty_place.console(), story)
    event, words = last(empty_place, ref)
    assert event.payload["articles"] == ["segunda-via"]
    assert words == f"Veja como emitir.\n\nSegunda via: {LINK}"


def test_a_request_for_information_names_no_article_neither_on_the_screen_nor_in_the_letter(
    empty_place: Place,
) -> None:
    ref = three(empty_place)[0]
    add_article(empty_place.desk("ana"), "senha", "Trocar a senha", LINK)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Qual é o pedido?")
        await press(pilot, "f9", "enter")
        assert LINK in flat(pilot)
        pilot.app.screen.query_one(Radio).choose("ask")
        await settle(pilot)
        assert LINK not in flat(pilot)
        await press(pilot, "f9")
        assert isinstance(pilot.app.screen, ComposeScreen)
        await press(pilot, "f2")
        assert LINK not in flat(pilot)
        await press(pilot, "f2")

    play(empty_place.console(), story)
    event, words = last(empty_place, ref)
    assert (event.type, words) == (Act.ASKED, "Qual é o pedido?")


def test_an_article_put_aside_meanwhile_is_refused_before_it_leaves(empty_place: Place) -> None:
    ref = three(empty_place)[0]
    add_article(empty_place.desk("ana"), "senha", "Trocar a senha", LINK)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r")
        await write(pilot, "Veja.")
        await press(pilot, "f9", "enter")
        set_article_active(empty_place.desk("ana"), "senha", active=False)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, ComposeScreen)
        assert "senha" in toasts(pilot)[-1]

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(ref).status is Status.OPEN


@pytest.mark.parametrize(("size", "ascii_only"), SIZES)
def test_hostile_templates_and_articles_are_harmless(
    empty_place: Place, tmp_path: Path, size: tuple[int, int], ascii_only: bool
) -> None:
    ref = worked_out(empty_place)
    desk = empty_place.desk("ana")
    nasty = " ".join(
        words for name, words in NASTY.items() if name in ("closing tag", "action", "markup end", "wide")
    )
    shipped = template_in_force(desk, "C1", "pt-BR").text
    edit_template(desk, "C1", "pt-BR", shipped.replace("Analisamos", f"{nasty} Analisamos"))
    for number, words in enumerate(NASTY.values()):
        title = "".join(char for char in words[:150] if char.isprintable()) or "x"
        add_article(desk, f"a{number}", title, LINK, title[:100])

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "r", "f9")
        harmless(pilot)
        await press(pilot, "enter", "f9", "down", "enter")
        harmless(pilot)
        await write(pilot, "Veja.")
        await press(pilot, "f2")
        harmless(pilot)
        await press(pilot, "escape", "f8")
        await choose(pilot, "C1", "atendido")
        harmless(pilot)
        assert "[@click=app.quit]" in text(pilot)
        await press(pilot, "f2")
        harmless(pilot)
        await press(pilot, "f2")
        await settle(pilot)
        harmless(pilot)

    play(empty_place.console(ascii_only=ascii_only), story, size=size)
    event, words = last(empty_place, ref)
    assert event.payload["template"] == "C1"
    assert "[@click=app.quit]clique[/]" in words
