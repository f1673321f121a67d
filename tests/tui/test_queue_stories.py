"""What an agent does in the queue, key by key."""

from __future__ import annotations

from collections.abc import Sequence

from textual.pilot import Pilot

from ouvidoria_tui.desk.assign import assign
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.ticket import CloseReason
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.help import Help
from ouvidoria_tui.tui.screens.palette import Palette
from ouvidoria_tui.tui.screens.picker import Picker
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.screens.too_small import TooSmall
from tests.tui.conftest import Place, lines, play, press, protocol, queue_of, settle, type_in


def toasts(pilot: Pilot[int]) -> Sequence[str]:
    return [note.message for note in pilot.app._notifications]


def test_the_filter_works_while_typing_and_the_cursor_stays_on_its_ticket(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "j", "j", "j")
        at = protocol(pilot)
        total = queue_of(pilot).total
        assert "? Ajuda" in lines(pilot)[-1]
        await press(pilot, "slash")
        assert "F1 Ajuda" in lines(pilot)[-1]
        await type_in(pilot, " -gravidade:critica")
        assert 0 < queue_of(pilot).total <= total
        assert protocol(pilot) == at
        await press(pilot, "enter", "o")
        assert protocol(pilot) == at
        await press(pilot, "escape")
        assert queue_of(pilot).total == total
        assert protocol(pilot) == at

    play(place.console(), story)


def test_the_seventh_key_opens_the_agents_own_view(place: Place) -> None:
    from ouvidoria_tui.desk.saved_views import save

    save(place.desk("ana"), "Graves [red]", "gravidade:critica", "due")

    async def story(pilot: Pilot[int]) -> None:
        everything = queue_of(pilot).total
        await press(pilot, "7")
        assert 0 < queue_of(pilot).total < everything
        page = "\n".join(lines(pilot))
        assert "[7 graves-red" in page
        assert "gravidade:critica" in page

    play(place.console(), story)


def test_a_mistake_in_the_filter_is_shown_and_the_list_stays(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        before = [line[4:17] for line in lines(pilot) if "2026-" in line][:3]
        await press(pilot, "slash")
        await type_in(pilot, "prazo<x")
        page = "\n".join(lines(pilot))
        assert "^" in page
        assert "não é uma duração" in page
        assert all(line in page for line in before)

    play(place.console(), story)


def test_marks_survive_filters_and_one_question_one_undo_go_for_all(place: Place) -> None:
    desk = place.desk()
    chosen: list[str] = []

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "space", "space", "space")
        screen = queue_of(pilot)
        chosen.extend(target.protocol for target in screen.marks.targets)
        await press(pilot, "4")
        assert "ocultas" in lines(pilot)[2]
        assert "Atribuir (3)" in lines(pilot)[-1]
        await press(pilot, "a")
        await type_in(pilot, "bia")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "enter")
        assert {desk.store.find(p).assignee for p in chosen} == {desk.store.agent("bia").id}  # type: ignore[union-attr]
        assert toasts(pilot)[-1].startswith("Atribuída a bia (3). u desfaz")
        assert len(screen.marks) == 0
        await press(pilot, "u")
        assert {desk.store.find(p).assignee for p in chosen} == {None}

    play(place.console(), story)


def test_one_ticket_is_taken_at_once_and_the_next_one_comes(place: Place) -> None:
    desk = place.desk()

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "2")
        first = protocol(pilot)
        await press(pilot, "m")
        owner = desk.store.find(first).assignee
        assert owner is not None
        assert owner == desk.store.agent("ana").id  # type: ignore[union-attr]
        assert protocol(pilot) != first

    play(place.console(), story)


def test_what_others_do_shows_without_moving_the_cursor(place: Place) -> None:
    desk = place.desk()

    async def story(pilot: Pilot[int]) -> None:
        console = pilot.app
        screen = queue_of(pilot)
        await press(pilot, "2", "j", "j")
        at, line = protocol(pilot), screen.tickets.line
        total = screen.total
        await console.live.look()  # type: ignore[attr-defined]
        row = screen.tickets.window.row(0)
        assert row is not None
        assign(desk, row.protocol, "bia")
        place.clock.at += 60
        receive(desk, Manifestation("Chegou agora", "texto"))
        await console.live.look()  # type: ignore[attr-defined]
        await settle(pilot)
        assert protocol(pilot) == at
        assert screen.tickets.line == line - 1 or screen.tickets.line == line
        assert screen.total == total - 1
        assert "1 nova · F5" in lines(pilot)[-2]
        await press(pilot, "f5")
        assert screen.total == total
        assert protocol(pilot) == at
        assert "nova" not in lines(pilot)[-2]

    play(place.console(), story)


def test_a_ticket_that_left_the_filter_stays_until_the_cursor_leaves_it(place: Place) -> None:
    desk = place.desk()

    async def story(pilot: Pilot[int]) -> None:
        screen = queue_of(pilot)
        await press(pilot, "2", "j", "j")
        at = protocol(pilot)
        await pilot.app.live.look()  # type: ignore[attr-defined]
        close(desk, at, CloseReason.WITHDRAWN)
        await pilot.app.live.look()  # type: ignore[attr-defined]
        await settle(pilot)
        assert protocol(pilot) == at
        assert screen.tickets.window.is_ghost(screen.tickets.cursor)
        await press(pilot, "j")
        assert protocol(pilot) != at
        assert screen.tickets.window.ghost is None

    play(place.console(), story)


def test_a_ticket_that_somebody_changed_is_a_conflict_and_not_overwritten(place: Place) -> None:
    desk = place.desk()

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "2")
        first = protocol(pilot)
        assign(desk, first, "bia")
        await press(pilot, "m")
        assert desk.store.find(first).assignee == desk.store.agent("bia").id  # type: ignore[union-attr]
        assert "mudou" in toasts(pilot)[-1] or "alterad" in toasts(pilot)[-1]

    play(place.console(), story)


def test_any_ticket_is_two_steps_away_by_the_digits_of_its_protocol(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "colon", *"131")
        assert isinstance(pilot.app.screen, Palette)
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, TicketScreen)
        assert screen.ticket_id == place.desk().store.find("2026-000131-0").id
        await press(pilot, "q")
        assert len(pilot.app.screen_stack) == 2

    play(place.console(), story)


def test_help_is_searched_and_run_and_says_why_not(place: Place) -> None:
    register_agent(place.desk(), "auditora", "Auditora", Role.AUDITOR)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "question_mark")
        await type_in(pilot, "atribuir")
        assert isinstance(pilot.app.screen, Help)
        assert "Seu papel não pode fazer isto" in "\n".join(lines(pilot))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Help)
        await press(pilot, "escape", "question_mark")
        await type_in(pilot, "ordenar")
        await press(pilot, "enter")
        assert queue_of(pilot).asked.order == "due"  # type: ignore[union-attr]

    play(place.console("auditora"), story)


def test_everything_is_marked_after_one_question_and_what_comes_later_is_not(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        screen = queue_of(pilot)
        await press(pilot, "2", "V")
        assert f"todas as {screen.total}" in "\n".join(lines(pilot))
        await press(pilot, "enter")
        assert len(screen.marks) == screen.total
        await press(pilot, "escape")
        assert len(screen.marks) == 0

    play(place.console(), story)


def test_the_mouse_does_what_the_keys_do(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        screen = queue_of(pilot)
        await pilot.click("#list", offset=(10, 3))
        await settle(pilot)
        assert screen.tickets.cursor == 3
        await pilot.click("#list", offset=(0, 4))
        await settle(pilot)
        assert len(screen.marks) == 1
        await pilot.click("#views", offset=(3, 0))
        await settle(pilot)
        assert screen.view == 0
        await pilot.click("#hints", offset=(lines(pilot)[-1].index("?"), 0))
        await settle(pilot)
        assert isinstance(pilot.app.screen, Picker)

    play(place.console(), story)


def test_an_auditor_sees_everything_and_is_told_why_she_cannot_act(place: Place) -> None:
    register_agent(place.desk(), "auditora", "Auditora", Role.AUDITOR)

    async def story(pilot: Pilot[int]) -> None:
        assert "Atribuir" not in lines(pilot)[-1]
        await press(pilot, "m")
        assert "não pode" in toasts(pilot)[-1] or "may not" in toasts(pilot)[-1]
        await press(pilot, "enter")
        ticket = pilot.app.screen
        for count, key in enumerate(
            ("r", "i", "l", "e", "f", "c", "x", "X", "d", "s", "W", "D", "t", "plus"), 2
        ):
            await press(pilot, key)
            assert pilot.app.screen is ticket, key
            assert len(toasts(pilot)) == count, key
        await press(pilot, "6", "enter")
        assert pilot.app.screen is ticket

    play(place.console("auditora"), story)


def test_a_window_of_one_cell_does_not_break_it_and_it_comes_back(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        assert isinstance(pilot.app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await press(pilot, "j", "j")
        at = protocol(pilot)
        for size in ((59, 15), (200, 3)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert isinstance(pilot.app.screen, TooSmall)
        for size in ((200, 60), (120, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert len(pilot.app.screen_stack) == 2
            assert queue_of(pilot).has_class("-preview") is (size[0] > 80)
        assert protocol(pilot) == at

    play(place.console(), story, size=(1, 1))


def test_q_leaves_at_the_root_and_asks_only_where_a_draft_is_unsent(place: Place) -> None:
    async def leave(pilot: Pilot[int]) -> None:
        await press(pilot, "escape", "escape", "escape")
        assert pilot.app.is_running
        pilot.app.unsent = 1  # type: ignore[attr-defined]
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "escape")
        pilot.app.unsent = 0  # type: ignore[attr-defined]
        await pilot.press("q")

    assert play(place.console(), leave).return_value == 0


def test_triage_shows_its_plan_first_and_carries_out_exactly_that(place: Place) -> None:
    desk = place.desk()
    chosen: list[str] = []

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "6", "space", "space", "space")
        chosen.extend(target.protocol for target in queue_of(pilot).marks.targets)
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, Confirm)
        assert {desk.store.find(p).admission.value for p in chosen} == {"pending"}
        await press(pilot, "enter")
        assert "pending" not in {desk.store.find(p).admission.value for p in chosen}

    play(place.console(), story)
