"""Deadlines in the console: read to the last stretch, extended, suspended, told of; and classification."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk import drafts
from ouvidoria_tui.desk.reply import note
from ouvidoria_tui.domain.clock_state import ClockState
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import Severity, Type
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.present.words import _
from ouvidoria_tui.report.explain import explanations
from ouvidoria_tui.report.reading import connection
from ouvidoria_tui.tui.draft_text import FIELD
from ouvidoria_tui.tui.screens.classify import ClassifyScreen
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.conflict import Conflicted
from ouvidoria_tui.tui.screens.deadline import DeadlineScreen
from ouvidoria_tui.tui.screens.deadline_form import ClockForm
from ouvidoria_tui.tui.screens.deadline_forms import ExtendForm
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.text_box import TextBox
from tests.tui.conftest import AGENT, NOW, Place, play, press, settle
from tests.tui.ticket_desk import page, three, toasts

DAY = 86_400

#: A contract's clocks; what is light is solved sooner.
POLICY = """
key = "teste"
name = "Mesa"
source = "escrita para os testes"
zone = "America/Sao_Paulo"

[calendars.desk.week]
mon = [["08:00", "18:00"]]
tue = [["08:00", "18:00"]]
wed = [["08:00", "18:00"]]
thu = [["08:00", "18:00"]]
fri = [["08:00", "18:00"]]

[clocks.first-response]
start = "receipt"
stop = "public-answer"
unit = "business-hours"
amount = 20

[clocks.resolution]
start = "receipt"
stop = "conclusion"
unit = "business-days"
amount = 10

[[clocks.resolution.targets]]
severity = "low"
amount = 2
"""


def founded(folder: Path, *, profile: str = "teste", text: str | None = POLICY) -> Place:
    clock = FixedClock(NOW)
    found_desk(folder / "desk.db", profile=profile, text=text, clock=clock, admin=AGENT).close()
    return Place(folder / "desk.db", clock)


@pytest.fixture
def desk_place(tmp_path: Path) -> Place:
    """A desk whose clocks have figures, at which nothing has arrived."""
    return founded(tmp_path)


def at_deadlines(pilot: Pilot[int]) -> DeadlineScreen:
    screen = pilot.app.screen
    assert isinstance(screen, DeadlineScreen)
    return screen


def at_form(pilot: Pilot[int]) -> ClockForm:
    screen = pilot.app.screen
    assert isinstance(screen, ClockForm)
    return screen


def explained(pilot: Pilot[int]) -> str:
    """All lines of the explanation, also those out of sight."""
    return "\n".join(line.text for line in at_deadlines(pilot).query_one("#explained", Pane).lines)


async def fill(pilot: Pilot[int], *, date: str = "", reason: str = "", measures: str = "") -> None:
    """What a form is given, where it is given."""
    screen = at_form(pilot)
    if date:
        screen.query_one("#date", Input).value = date
    if reason:
        screen.query_one("#text", TextBox).put(reason)
    if measures:
        screen.query_one("#measures", TextBox).put(measures)
    await settle(pilot)


def clock_of(place: Place, protocol: str, name: str) -> ClockState:
    store = place.desk(AGENT).store
    return next(state for state in store.clocks(store.find(protocol).id) if state.name == name)


def kinds(place: Place, protocol: str) -> list[Act]:
    store = place.desk(AGENT).store
    return [event.type for event in store.events(store.find(protocol).id)]


def test_every_clock_is_explained_as_the_command_line_explains_it(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "G", "enter", "p")
        screen = at_deadlines(pilot)
        assert screen.found is not None
        desk = place.desk(AGENT)
        ref = screen.target.protocol
        _ticket, told = explanations(connection(desk.store), desk.policy, ref, NOW)
        for number, one in enumerate(screen.found.clocks, 1):
            await press(pilot, str(number))
            twin = next(other for other in told if other.state.name == one.name)
            assert (twin.counted, twin.stretches) == (one.explained.counted, one.explained.stretches)
            assert screen.chosen_clock == one.name
            assert "20/11/2026 09h40" in explained(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TicketScreen)

    play(place.console(), story)


def test_the_long_explanation_scrolls_and_the_acts_are_reached_by_enter(place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "3", "p")
        pane = at_deadlines(pilot).query_one("#explained", Pane)
        assert pane.max_scroll_y > 0
        await press(pilot, "G")
        assert pane.scroll_offset.y == pane.max_scroll_y
        await press(pilot, "enter", "j", "enter")
        assert at_form(pilot).verb.value == "delay-notice"

    play(place.console(), story)


def test_an_extension_too_long_is_refused_in_words_and_a_shorter_one_granted(desk_place: Place) -> None:
    made = three(desk_place)
    before = clock_of(desk_place, made[0], "resolution")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "p", "p")
        await fill(pilot, date="+90", reason="A perícia não terminou.", measures="Ouvimos a área.")
        assert "EXTENSION_TOO_LONG" in at_form(pilot).missing()
        await press(pilot, "f2")
        assert at_form(pilot).words == FIELD.join(("+90", "A perícia não terminou.", "Ouvimos a área."))
        await fill(pilot, date="+3")
        assert at_form(pilot).missing() == ""
        await press(pilot, "f2")
        review = pilot.app.screen
        assert isinstance(review, Review)
        assert review.intent.text is not None
        assert "Ouvimos a área." in review.intent.text
        await press(pilot, "f2")
        at_deadlines(pilot)
        assert "(" + _("extended") + ")" in page(pilot)
        await press(pilot, "p")
        assert "EXTENSION_EXHAUSTED" in toasts(pilot)[-1]

    play(desk_place.console(), story)
    after = clock_of(desk_place, made[0], "resolution")
    assert (before.extra, after.extra) == (None, 3 * DAY)
    assert drafts.own(desk_place.desk(AGENT)) == ()


def test_what_needs_an_agreement_waits_for_it(tmp_path: Path) -> None:
    place = founded(tmp_path, profile="saude-ans323", text=None)
    made = three(place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "p", "p")
        await fill(pilot, date="+3", reason="Falta o laudo.", measures="Pedimos o laudo.")
        assert at_form(pilot).missing().startswith("EXTENSION_NEEDS_CONSENT")
        await press(pilot, "tab", "right")
        assert at_form(pilot).missing() == ""
        await press(pilot, "f2", "f2")

    play(place.console(), story)
    store = place.desk(AGENT).store
    assert store.events(store.find(made[0]).id)[-1].payload["consent"] is True


def test_what_was_typed_is_kept_on_esc_and_comes_back_from_the_list_of_drafts(desk_place: Place) -> None:
    three(desk_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "p", "p")
        await fill(pilot, date="+3", reason="metade")
        await press(pilot, "escape")
        await press(pilot, "p")
        assert at_form(pilot).words == FIELD.join(("+3", "metade", ""))
        await press(pilot, "escape")
        await press(pilot, "R")
        assert "+3 metade" in page(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ExtendForm)
        assert at_form(pilot).words == FIELD.join(("+3", "metade", ""))

    play(desk_place.console(), story)


def test_a_ticket_that_changed_meanwhile_shows_the_difference_before_anything_is_sent(
    desk_place: Place,
) -> None:
    made = three(desk_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "p", "n")
        await fill(pilot, date="+3", reason="A área pediu mais um dia.")
        note(desk_place.desk("bia"), made[0], "liguei para a área")
        await press(pilot, "f2", "f2")
        assert isinstance(pilot.app.screen, Conflicted)
        assert Act.DELAY_NOTICED not in kinds(desk_place, made[0])
        await press(pilot, "escape")
        assert "A área pediu mais um dia." in at_form(pilot).words
        await press(pilot, "f2", "f2")

    play(desk_place.console(), story)
    assert kinds(desk_place, made[0])[-1] is Act.DELAY_NOTICED
    assert clock_of(desk_place, made[0], "first-response").notified_at is not None


def test_a_suspension_shows_what_it_keeps_and_is_undone_with_u(desk_place: Place) -> None:
    made = three(desk_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "p", "s", "f2")
        assert at_form(pilot).missing() == _("Missing: the reason")
        await fill(pilot, reason="Falta o documento")
        await press(pilot, "f2")
        at_deadlines(pilot)
        assert clock_of(desk_place, made[0], "resolution").suspended_at is not None
        assert _("suspended") in page(pilot)
        await press(pilot, "u")

    play(desk_place.console(), story)
    assert clock_of(desk_place, made[0], "resolution").suspended_at is None


def test_what_a_role_may_not_do_is_said_with_its_code_and_the_next_step(desk_place: Place) -> None:
    three(desk_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "p", "i")
        at_deadlines(pilot)
        assert "ROLE_MAY_NOT" in toasts(pilot)[-1]

    play(desk_place.console("bia"), story)


def test_with_marks_the_deadlines_are_those_of_the_ticket_under_the_cursor(desk_place: Place) -> None:
    made = three(desk_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "space", "space", "p")
        assert at_deadlines(pilot).target.protocol == made[2]
        assert made[2] in toasts(pilot)[-1]

    play(desk_place.console(), story)


# --- classification


def test_a_classification_shows_the_due_times_it_moves_and_is_undone_with_u(desk_place: Place) -> None:
    made = three(desk_place)
    before = clock_of(desk_place, made[0], "resolution").due_at

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "c", "tab", "right")
        assert "04/12/2026 18h00 → 24/11/2026 18h00" in page(pilot)
        assert clock_of(desk_place, made[0], "resolution").due_at == before
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, TicketScreen)
        assert desk_place.desk(AGENT).store.find(made[0]).severity is Severity.LOW
        assert clock_of(desk_place, made[0], "resolution").due_at != before
        await press(pilot, "u")

    play(desk_place.console(), story)
    assert desk_place.desk(AGENT).store.find(made[0]).severity is None
    assert clock_of(desk_place, made[0], "resolution").due_at == before


def test_marked_tickets_are_classified_after_one_question_and_undone_together(desk_place: Place) -> None:
    made = three(desk_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "space", "space", "c", "right", "tab", "right")
        assert isinstance(pilot.app.screen, ClassifyScreen)
        assert made[1] in page(pilot)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "enter")
        store = desk_place.desk(AGENT).store
        assert [store.find(ref).severity for ref in made] == [Severity.LOW, Severity.LOW, None]
        await press(pilot, "u")

    play(desk_place.console(), story)
    store = desk_place.desk(AGENT).store
    assert {(store.find(ref).severity, store.find(ref).type) for ref in made} == {(None, Type.COMPLAINT)}


def test_a_form_without_a_choice_does_nothing(desk_place: Place) -> None:
    made = three(desk_place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "c", "f2")
        assert isinstance(pilot.app.screen, ClassifyScreen)
        assert toasts(pilot)[-1] == _("Nothing is different yet")
        await press(pilot, "escape")

    play(desk_place.console(), story)
    assert kinds(desk_place, made[0]) == [Act.RECEIVED]
