"""Outside words in every widget that shows them: nothing acts, nothing breaks."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.confirm import Confirm
from tests.tui.conftest import Place, lines, play, press, queue_of, settle

NASTY = {
    "closing tag": "cliente disse [/b] e [bold red]mais",
    "action": "[@click=app.quit]clique[/]",
    "escape": "vermelho \x1b[31m \x1b]52;c;AAAA\x07 fim",
    "C1": "csi \x9b31m \x85 fim",
    "bidi": "arquivo \u202egpj.exe\u202c fim",
    "nul": "a\x00b\x7fc",
    "surrogate": "torto \ud800 fim",
    "newlines": "uma\nduas\r\ntrês\u2028quatro",
    "zalgo": "M" + "\u0337\u0322\u031b" * 30 + "eu site",
    "wide": "漢字漢字漢字" * 30,
    "emoji": "👩‍👩‍👧‍👦 família 🇧🇷",
    "long": "x" * 20_000,
    "braces": "{place} {0} %s {}",
    "markup end": "\\[/]]][[[",
}


def test_the_list_and_the_preview_show_hostile_words_without_obeying_them(empty_place: Place) -> None:
    desk = empty_place.desk("ana")
    for words in NASTY.values():
        receive(desk, Manifestation(words[:1000], f"{words}\n{words[:300]}"))

    async def story(pilot: Pilot[int]) -> None:
        assert queue_of(pilot).total == len(NASTY)
        for _ in NASTY:
            _harmless(lines(pilot))
            await pilot.press("j")
        await press(pilot, "Y")
        await press(pilot, "colon", "1")
        _harmless(lines(pilot))

    play(empty_place.console(), story, size=(120, 40))


@pytest.mark.parametrize("kind", ["choose", "confirm", "ask"])
def test_a_question_shows_hostile_words_without_obeying_them(empty_place: Place, kind: str) -> None:
    def screen(words: str) -> Choose | Confirm | Ask:
        if kind == "choose":
            return Choose(words, [Choice("a", words, words[:8], words)])
        return Confirm(words, [words]) if kind == "confirm" else Ask(words, words)

    async def story(pilot: Pilot[int]) -> None:
        for words in NASTY.values():
            pilot.app.push_screen(screen(words))
            await pilot.pause()
            _harmless(lines(pilot))
            pilot.app.pop_screen()
            await pilot.pause()

    play(empty_place.console(), story)


def test_the_filter_and_the_notices_show_hostile_words_without_obeying_them(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        screen = queue_of(pilot)
        for words in NASTY.values():
            screen.bar.field.value = words
            screen.toast(words)
            await settle(pilot)
            _harmless(lines(pilot))
            pilot.app.clear_notifications()

    play(empty_place.console(), story)


def _harmless(shown: list[str]) -> None:
    text = "".join(shown)
    assert not any(char in text for char in "\x1b\x9b\x00\x07\x7f\u202e\ud800\u2028")
