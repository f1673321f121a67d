"""Failed never looks empty, and every failure says what to do."""

from __future__ import annotations

import threading
import time

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.errors import NotAllowed, StoreError
from ouvidoria_tui.store.reading import connection
from ouvidoria_tui.tui.messages import Fetched
from ouvidoria_tui.tui.service import Lane, open_service
from tests.tui.conftest import Place, lines, play, press, queue_of, settle, type_in


def page(pilot: Pilot[int]) -> str:
    return "\n".join(lines(pilot))


def test_an_empty_desk_says_so_and_how_to_go_on(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        assert "Nada aqui" in page(pilot)
        await press(pilot, "j", "G", "space", "a", "enter", "y", "J", "V", "pagedown", "v")
        assert "Nada aqui" in page(pilot)

    play(empty_place.console(), story)


def test_an_empty_answer_to_a_filter_names_the_key_that_clears_it(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "slash")
        await type_in(pilot, "xyzzy")
        assert "esc limpa o filtro" in page(pilot)
        await press(pilot, "escape", "escape")
        assert queue_of(pilot).total > 0

    play(place.console(), story)


def test_a_store_that_is_deleted_while_open_is_an_error_with_a_way_back(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        kept = place.path.with_name("kept.db")
        await press(pilot, "j")
        place.path.rename(kept)
        await press(pilot, "f5")
        assert "não há" in page(pilot)
        assert "F5 tenta de novo" in page(pilot)
        await press(pilot, "m")
        kept.rename(place.path)
        await press(pilot, "f5")
        assert queue_of(pilot).failure is None
        assert queue_of(pilot).total > 0

    play(place.console(), story)


def test_a_store_that_becomes_unreadable_shows_by_itself_and_so_does_its_return(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        kept = place.path.with_name("kept.db")
        place.path.rename(kept)
        await pilot.app.live.look()  # type: ignore[attr-defined]
        await settle(pilot)
        assert queue_of(pilot).failure is not None
        kept.rename(place.path)
        await pilot.app.live.look()  # type: ignore[attr-defined]
        await settle(pilot)
        assert queue_of(pilot).failure is None

    play(place.console(), story)


def test_a_locked_store_says_that_it_is_locked(place: Place) -> None:
    def locked() -> Desk:
        from ouvidoria_tui.text import N_

        raise StoreError(
            "STORE_LOCKED", N_("{path} is busy: another process has been writing for too long", path="x")
        )

    console = place.console()
    for lane in console.service._lanes.values():
        lane.opener = locked

    async def story(pilot: Pilot[int]) -> None:
        assert queue_of(pilot).failure is not None
        assert "F5 tenta de novo" in page(pilot)
        assert "Nada aqui" not in page(pilot)

    play(console, story)


def test_a_stranger_is_refused_before_anything_is_drawn(place: Place) -> None:
    with pytest.raises(NotAllowed):
        open_service(place.path, agent="ninguem")


def test_a_missing_store_is_refused_before_anything_is_drawn(place: Place) -> None:
    with pytest.raises(StoreError):
        open_service(place.path.with_name("nowhere.db"), agent="ana")


def test_a_newer_question_interrupts_the_one_before(place: Place) -> None:
    started = threading.Event()

    def endless(desk: Desk) -> int:
        started.set()
        sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        return int(connection(desk.store).execute(sql).fetchone()[0])

    async def story(pilot: Pilot[int]) -> None:
        screen = queue_of(pilot)
        screen.service.read(screen, endless, lambda n: Fetched("slow", n), group="slow", lane=Lane.COUNTS)
        while not started.is_set():
            await pilot.pause(0.01)
        before = time.monotonic()
        screen.service.read(
            screen, lambda desk: 1, lambda n: Fetched("slow", n), group="slow", lane=Lane.COUNTS
        )
        await settle(pilot)
        assert time.monotonic() - before < 20

    play(place.console(), story)
