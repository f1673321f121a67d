"""A ticket as it stood, looked at from its own screen: marked as past, and nothing is done to it."""

from __future__ import annotations

from textual.pilot import Pilot

from ouvidoria_tui.desk.assign import take
from ouvidoria_tui.desk.conversations import Call, record_call
from ouvidoria_tui.desk.reply import note, reply
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.tui.keys import BY_ID, keys_of
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.screens.ticket_past import REFUSED, PastScreen
from tests.tui.conftest import NOW, Place, play, press, type_in
from tests.tui.test_hostile import NASTY
from tests.tui.test_ticket_hostile import harmless
from tests.tui.ticket_desk import page, three, toasts


def lived(place: Place) -> str:
    """A ticket that was taken at 14h30 and answered at 16h30; its protocol."""
    ref = three(place)[0]
    place.clock.at = NOW + 4 * 3600 + 1800
    take(place.desk("bia"), ref)
    place.clock.at += 7200
    reply(place.desk("bia"), ref, "RESPOSTA DADA")
    return ref


async def back_to(pilot: Pilot[int], when: str) -> None:
    await press(pilot, "H")
    await type_in(pilot, when)
    await press(pilot, "enter")


def test_the_ticket_of_then_is_shown_marked_as_past_and_esc_goes_back_to_today(empty_place: Place) -> None:
    ref = lived(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "2")
        assert "RESPOSTA DADA" in page(pilot)
        await back_to(pilot, "20/11/2026 15h")
        assert isinstance(pilot.app.screen, PastScreen)
        title = page(pilot).splitlines()[0]
        assert "PASSADO: 20/11/2026 15h00" in title
        assert ref in title
        await press(pilot, "2")
        assert "RESPOSTA DADA" not in page(pilot)
        assert "esc volta para hoje" in page(pilot)
        await back_to(pilot, "-1min")
        await press(pilot, "2")
        assert "RESPOSTA DADA" not in page(pilot)
        await press(pilot, "escape")
        assert type(pilot.app.screen) is TicketScreen
        assert "RESPOSTA DADA" in page(pilot)

    play(empty_place.console("bia"), story, size=(120, 40))


def test_no_key_acts_on_the_past_and_each_says_why(empty_place: Place) -> None:
    ref = lived(empty_place)
    empty_place.clock.at += 60

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await back_to(pilot, "20/11/2026 15h")
        for id_ in sorted(REFUSED):
            before = len(toasts(pilot))
            await pilot.press(keys_of(BY_ID[id_])[0])
            await pilot.pause()
            assert type(pilot.app.screen) is PastScreen, id_
            assert len(toasts(pilot)) == before + 1, id_
            assert "nada se faz nela" in toasts(pilot)[-1]
        await press(pilot, "6", "enter")
        assert type(pilot.app.screen) is PastScreen
        screen = pilot.app.screen
        assert "nada se faz nela" in screen.why_not(BY_ID["reply"])

    revision = empty_place.desk("bia").store.find(ref).revision
    play(empty_place.console("bia"), story)
    after = empty_place.desk("bia").store.find(ref)
    assert (after.revision, after.status) == (revision, Status.ANSWERED)


def test_a_moment_that_cannot_be_is_said_beside_the_line(empty_place: Place) -> None:
    lived(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        for typed, code in (
            ("amanhã", "DATE_IN_FUTURE"),
            ("quando deus quiser", "BAD_TIME"),
            ("01/01/2020", "NOT_YET_RECEIVED"),
        ):
            await back_to(pilot, typed)
            assert isinstance(pilot.app.screen, Ask)
            assert code in page(pilot)
            await press(pilot, "escape")

    play(empty_place.console("bia"), story)


def test_what_was_recorded_later_is_counted_and_can_be_left_out(empty_place: Place) -> None:
    ref = lived(empty_place)
    record_call(empty_place.desk("bia"), ref, Call(), "SPOKEN AT THREE", at=NOW + 5 * 3600)
    set_language("en")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await back_to(pilot, "2026-11-20 15:30")
        await press(pilot, "2")
        assert "1 act that had happened by then was recorded later" in page(pilot)
        assert "SPOKEN AT THREE" in page(pilot)
        await press(pilot, "h")
        assert "As the desk knew it then" in page(pilot)
        assert "SPOKEN AT THREE" not in page(pilot)

    play(empty_place.console("bia"), story, size=(120, 40))


def test_hostile_words_stay_harmless_in_the_past(empty_place: Place) -> None:
    ref = lived(empty_place)
    note(empty_place.desk("bia"), ref, " ".join(words[:300] for words in NASTY.values()))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await back_to(pilot, "hoje")
        for tab in "123456":
            await press(pilot, tab)
            harmless(pilot)

    for size in ((80, 24), (200, 60)):
        play(empty_place.console("bia"), story, size=size)
