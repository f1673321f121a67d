"""Outside words on every screen of a ticket, at every size: nothing acts, nothing breaks, nothing is too wide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget

from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.escalate import escalate
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply, note
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.tui.screens.review import Intent, Review
from ouvidoria_tui.tui.theme import ASCII, UNICODE
from ouvidoria_tui.tui.widgets.clock_bars import ClockBars, Reading
from ouvidoria_tui.tui.widgets.lines import Line, heading, pair, prose
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.radio import Option, Radio
from ouvidoria_tui.tui.widgets.text_box import TextBox
from tests.tui.conftest import Place, lines, play, press
from tests.tui.test_hostile import NASTY

SIZES = [((60, 16), True), ((80, 24), False), ((120, 40), False), ((200, 60), False)]


def harmless(pilot: Pilot[int]) -> None:
    shown = lines(pilot)
    assert not any(char in "".join(shown) for char in "\x1b\x9b\x00\x07\x7f\u202e\ud800\u2028")


class One(App[int]):
    def __init__(self, widget: Widget, words: str) -> None:
        super().__init__()
        self.widget = widget
        self.words = words

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        if isinstance(self.widget, Pane):
            self.widget.fill(self.make, key=1)
        elif isinstance(self.widget, TextBox):
            self.widget.put(self.words)

    def make(self, width: int) -> Sequence[Line]:
        words = self.words
        return [heading(words, words, width), *prose(words, width), *pair(words, words, width, 10)]


MAKERS: dict[str, Callable[[str], Widget]] = {
    "pane": lambda words: Pane(),
    "radio": lambda words: Radio(words[:500], [Option("a", words[:500]), Option("b", "b", words[:500])]),
    "text": lambda words: TextBox(),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_part_shows_hostile_words_without_obeying_them(kind: str) -> None:
    async def all_of_them() -> None:
        for words in NASTY.values():
            app = One(MAKERS[kind](words), words)
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                harmless(pilot)

    asyncio.run(all_of_them())


@pytest.mark.parametrize(("size", "ascii_only"), SIZES)
def test_every_tab_of_a_hostile_ticket_is_harmless(
    empty_place: Place, size: tuple[int, int], ascii_only: bool
) -> None:
    desk = empty_place.desk("ana")
    words = " ".join(words[:300] for words in NASTY.values())
    who = Customer(0, words[:200], email="f@example.com")
    made = receive(desk, Manifestation(words[:200], words, customer=who)).protocol
    receive(desk, Manifestation(words[50:250], words, customer=who))
    note(desk, made, words)
    customer_reply(desk, made, words)
    attach(desk, made, words[:250], b"x")
    escalate(desk, made, 2, words)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        for key in "12345":
            await press(pilot, key)
            harmless(pilot)
        await press(pilot, "r")
        harmless(pilot)
        await press(pilot, "f2")
        harmless(pilot)
        await press(pilot, "escape", "escape", "e")
        harmless(pilot)
        await press(pilot, "escape", "E")
        harmless(pilot)

    play(empty_place.console(ascii_only=ascii_only), story, size=size)


def test_a_review_and_the_clocks_show_hostile_words_without_obeying_them(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        for words in NASTY.values():
            intent = Intent(words, words, [(words[:50], words)], words, [words], [words], [words])
            pilot.app.push_screen(Review(intent))
            await pilot.pause()
            harmless(pilot)
            pilot.app.pop_screen()
            await pilot.pause()

    play(empty_place.console(), story)


def test_the_ascii_twin_has_no_other_signs() -> None:
    from ouvidoria_tui.tui.widgets.clock_bars import bar_line

    found = [Reading("a", 0.5, "b", "c"), Reading("d", None, "e", "f")]
    assert "".join(text for text, _tone in bar_line(found, 60, ASCII)).isascii()
    assert ClockBars(UNICODE).found == ()
