"""A new access code told once, satisfaction written down, an article carried into an answer: from ``W`` on a ticket."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk import drafts
from ouvidoria_tui.desk.access import issue_code, open_with_code
from ouvidoria_tui.desk.articles import add_article
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.tui.app import Console
from ouvidoria_tui.tui.messages import Acted
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.compose import ComposeScreen
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.survey import SurveyScreen
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.screens.told_once import ToldOnce
from ouvidoria_tui.tui.widgets.radio import Radio
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.test_hostile import NASTY
from tests.tui.test_letter_stories import choose, flat, last
from tests.tui.test_ticket_hostile import SIZES, harmless
from tests.tui.ticket_desk import three, toasts, write


def opens(place: Place, ref: str, code: str) -> bool:
    try:
        open_with_code(place.desk("ana"), ref, code)
    except Refused:
        return False
    return True


async def look_at(pilot: Pilot[int], place: Place, ref: str) -> None:
    """A ticket that no view of the queue lists."""
    console = pilot.app
    assert isinstance(console, Console)
    console.open_ticket(place.desk("ana").store.find(ref).id)
    await settle(pilot)


@pytest.mark.req("S2-27")
@pytest.mark.parametrize(("language", "menu"), [("pt-BR", "novo código"), ("en", "new access")])
def test_a_new_code_is_asked_for_confirmed_and_told_once(
    empty_place: Place, monkeypatch: pytest.MonkeyPatch, language: str, menu: str
) -> None:
    ref = three(empty_place)[0]
    old = str(issue_code(empty_place.desk("ana"), ref, "perdido").details["access_code"])
    set_language(language)
    told: list[str] = []
    heard: list[Acted] = []
    before = TicketScreen.on_acted

    def hear(screen: TicketScreen, message: Acted) -> None:
        heard.append(message)
        before(screen, message)

    monkeypatch.setattr(TicketScreen, "on_acted", hear)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "W")
        await choose(pilot, menu)
        assert isinstance(pilot.app.screen, Ask)
        await type_in(pilot, "Perdeu o código")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Confirm)
        assert opens(empty_place, ref, old)
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ToldOnce)
        told.append(screen._code)
        assert told[0] in flat(pilot)
        assert not opens(empty_place, ref, old)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ToldOnce)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TicketScreen)
        for keys in ("1", "2", "6"):
            await press(pilot, keys)
            assert told[0] not in flat(pilot)
        assert told[0] not in str(toasts(pilot)) + str([one.outcomes for one in heard]) + screen._code
        assert pilot.app.clipboard == ""

    play(empty_place.console(), story)
    assert opens(empty_place, ref, told[0])
    assert told[0].encode() not in empty_place.path.read_bytes()
    assert drafts.own(empty_place.desk("ana")) == ()


def test_without_the_confirmation_the_old_code_stands(empty_place: Place) -> None:
    ref = three(empty_place)[0]
    old = str(issue_code(empty_place.desk("ana"), ref, "perdido").details["access_code"])

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "W")
        await choose(pilot, "novo código")
        await type_in(pilot, "Perdeu")
        await press(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(empty_place.console(), story)
    assert opens(empty_place, ref, old)


def test_a_code_goes_by_itself_when_its_time_is_over(
    empty_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ouvidoria_tui.tui.screens.told_once.SHOWN", 0.01)

    async def story(pilot: Pilot[int]) -> None:
        pilot.app.push_screen(ToldOnce("Código", "AAAA-BBBB-CCCC"))
        for _round in range(100):
            await pilot.pause(0.02)
            if not isinstance(pilot.app.screen, ToldOnce):
                break
        assert "AAAA" not in flat(pilot)
        assert not isinstance(pilot.app.screen, ToldOnce)

    play(empty_place.console(), story)


@pytest.mark.req("S0-07", "S3-04")
@pytest.mark.parametrize(("language", "menu"), [("pt-BR", "satisfação"), ("en", "satisfaction:")])
def test_what_the_customer_found_is_written_down_once_and_can_be_seen(
    empty_place: Place, language: str, menu: str
) -> None:
    ref = three(empty_place)[0]
    close(empty_place.desk("ana"), ref, CloseReason.WITHDRAWN)
    set_language(language)

    async def story(pilot: Pilot[int]) -> None:
        await look_at(pilot, empty_place, ref)
        await press(pilot, "W")
        await choose(pilot, menu)
        assert isinstance(pilot.app.screen, SurveyScreen)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, SurveyScreen)
        await press(pilot, "left", "tab", *["right"] * 4)
        await write(pilot, "Rápido e claro.")
        await press(pilot, "escape", "R", "enter")
        assert isinstance(pilot.app.screen, SurveyScreen)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)
        assert "Rápido e claro." in flat(pilot)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)
        await press(pilot, "6")
        assert "Rápido e claro." in flat(pilot)
        await press(pilot, "W")
        await choose(pilot, menu)
        assert "SURVEY_DONE" in flat(pilot)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, SurveyScreen)

    play(empty_place.console(), story)
    event, words = last(empty_place, ref)
    assert (event.type, event.payload["solution"], event.payload["service"]) == (Act.SURVEY_ANSWERED, 5, 4)
    assert (event.payload["channel"], words) == ("phone", "Rápido e claro.")
    assert drafts.own(empty_place.desk("ana")) == ()


def test_a_ticket_that_is_open_has_nothing_to_answer(empty_place: Place) -> None:
    three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "W")
        await choose(pilot, "satisfação")
        assert "SURVEY_NOT_OPEN" in flat(pilot)
        pilot.app.screen.query_one("#solution", Radio).choose("4")
        pilot.app.screen.query_one("#service", Radio).choose("4")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, SurveyScreen)

    play(empty_place.console(), story)


@pytest.mark.req("S0-27")
def test_an_article_is_carried_from_the_ticket_into_an_answer(empty_place: Place) -> None:
    ref = three(empty_place)[0]
    add_article(empty_place.desk("ana"), "senha", "Trocar a senha", "https://ajuda.example.com/senha")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "W")
        await choose(pilot, "artigo")
        await choose(pilot, "senha")
        assert isinstance(pilot.app.screen, ComposeScreen)
        assert "Trocar a senha: https://ajuda.example.com/senha" in flat(pilot)
        await write(pilot, "Veja.")
        await press(pilot, "f2", "f2")

    play(empty_place.console(), story)
    assert last(empty_place, ref)[0].payload["articles"] == ["senha"]


@pytest.mark.parametrize(("size", "ascii_only"), SIZES)
def test_hostile_words_of_a_customer_are_harmless(
    empty_place: Place, size: tuple[int, int], ascii_only: bool
) -> None:
    ref = three(empty_place)[0]
    close(empty_place.desk("ana"), ref, CloseReason.WITHDRAWN)
    nasty = " ".join(words[:200] for words in NASTY.values())

    async def story(pilot: Pilot[int]) -> None:
        await look_at(pilot, empty_place, ref)
        await press(pilot, "W")
        await choose(pilot, "satisfação")
        await press(pilot, "right")
        pilot.app.screen.query_one("#service", Radio).choose("1")
        await write(pilot, nasty)
        harmless(pilot)
        await press(pilot, "f2")
        harmless(pilot)
        await press(pilot, "f2", "6")
        harmless(pilot)
        await press(pilot, "W")
        await choose(pilot, "satisfação")
        harmless(pilot)

    play(empty_place.console(ascii_only=ascii_only), story, size=size)
