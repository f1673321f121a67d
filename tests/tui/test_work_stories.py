"""A case worked out from its own screen, key by key."""

from __future__ import annotations

from textual.pilot import Pilot

from ouvidoria_tui.desk.assess import position
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.ticket import Merit
from ouvidoria_tui.present.words import _, term
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.ticket_desk import page, three, toasts


async def choose(pilot: Pilot[int], words: str) -> None:
    """W, and the line that says ``words`` in the language of the console."""
    await press(pilot, "W")
    await type_in(pilot, _(words))
    await press(pilot, "enter")


async def say(pilot: Pilot[int], words: str) -> None:
    await type_in(pilot, words)
    await press(pilot, "enter")
    await settle(pilot)


def test_both_sides_and_the_merit_are_recorded_and_stand_on_the_tab(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "What the customer says")
        await say(pilot, "Nunca chegou.")
        await choose(pilot, "What the company says")
        await say(pilot, "Extraviado.")
        await choose(pilot, "Merit, with grounds")
        await type_in(pilot, term(Merit.UNFOUNDED))
        await press(pilot, "enter")
        await say(pilot, "Foi entregue na portaria.")
        await press(pilot, "6")
        shown = page(pilot)
        for words in ("Nunca chegou.", "Extraviado.", "Foi entregue na portaria."):
            assert words in shown

    play(empty_place.console(), story)
    assert empty_place.desk("ana").store.find(ref).merit is Merit.UNFOUNDED


def test_a_refusal_says_what_to_do_first(empty_place: Place) -> None:
    three(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        await choose(pilot, "Merit, with grounds")
        await press(pilot, "enter")
        await say(pilot, "Porque sim.")
        assert any("ouvidoria position" in note for note in toasts(pilot))

    play(empty_place.console(), story)


def test_the_next_step_and_the_tab_name_what_is_missing_for_the_conclusion(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    desk = empty_place.desk("ana")
    classify(desk, ref, Classification(cause="alteracao-de-plano"))
    reply(desk, ref, "Estamos vendo.")
    customer_reply(desk, ref, "Ainda não chegou.")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        missing = ", ".join((_("both sides or an area"), _("the confirmation in writing")))
        assert missing in page(pilot)
        await press(pilot, "6")
        assert _("Missing for a conclusive answer") in page(pilot)

    play(empty_place.console(), story, size=(120, 40))


def test_hidden_words_stay_hidden_on_the_tab(empty_place: Place) -> None:
    (ref, *_rest) = three(empty_place)
    desk = empty_place.desk("ana")
    position(desk, ref, Side.CUSTOMER, "SEGREDO")
    classify(desk, ref, Classification(confidential=True))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "6")
        assert "SEGREDO" not in page(pilot)

    play(empty_place.console(), story)
