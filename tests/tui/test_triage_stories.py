"""The walk through triage: one ticket at a time, one key a decision, exactly what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.override import override
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.ticket import Admission, CloseReason, Severity
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.tui.screens.choose import Choose
from ouvidoria_tui.tui.screens.ticket import TicketScreen
from ouvidoria_tui.tui.screens.triage import TriageScreen
from tests.plain_profile import plain
from tests.tui.conftest import NOW, Place, play, press, settle, type_in
from tests.tui.ticket_desk import page, toasts

TEXT = "o estorno da assinatura não caiu no cartão até hoje e ninguém responde"


def brought(place: Place, *texts: str) -> list[str]:
    """Tickets of different customers, a minute apart; their protocols."""
    desk, made = place.desk("ana"), []
    for number, text in enumerate(texts):
        place.clock.at += 60
        who = Customer(0, f"Cliente {number}", email=f"c{number}@example.com")
        what = Manifestation(f"Assunto {number}", text, customer=who, prior_ticket="123456")
        made.append(receive(desk, what).protocol)
    return made


def admissions(place: Place, refs: Sequence[str]) -> list[str]:
    desk = place.desk("ana")
    return [desk.store.find(ref).admission.value for ref in refs]


async def chosen(pilot: Pilot[int], words: str) -> None:
    """Chooses what begins so from the list in front."""
    assert isinstance(pilot.app.screen, Choose)
    await type_in(pilot, words)
    await press(pilot, "enter")


def test_enter_applies_the_plan_that_is_shown_and_goes_on(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, TriageScreen)
        assert refs[0] in page(pilot)
        assert TEXT[:30] in page(pilot)
        await press(pilot, "enter")
        assert admissions(empty_place, refs) == ["admitted", "pending"]
        assert refs[1] in page(pilot)

    play(empty_place.console(), story)


def test_the_walk_begins_at_the_cursor_and_comes_round_to_what_waits_before_it(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, TEXT, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "j", "t")
        for ref in (refs[1], refs[2], refs[0]):
            assert ref in page(pilot).splitlines()[0]
            await press(pilot, "space")

    play(empty_place.console(), story)


def test_space_skips_and_the_end_says_how_many_of_each(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, TEXT, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t", "y")
        await press(pilot, "space")
        await press(pilot, "y")
        assert admissions(empty_place, refs) == ["admitted", "pending", "admitted"]
        shown = [line.split() for line in page(pilot).splitlines()]
        assert ["admitida", "2"] in shown
        assert any((line[-1:] == ["1"] and "waiting" in line) or "esperando" in line for line in shown)

    play(empty_place.console(), story)


def test_another_decision_is_taken_with_its_reason(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t", "o")
        await chosen(pilot, "aguarda")
        await type_in(pilot, "falta o número do contrato")
        await press(pilot, "enter")
        assert admissions(empty_place, refs) == [Admission.AWAITING_INFO.value, "pending"]
        assert refs[1] in page(pilot)

    play(empty_place.console(), story)


def test_a_chosen_severity_and_department_are_in_the_plan_before_it_is_applied(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT)
    before = empty_place.desk("ana").store.find(refs[0])

    async def story(pilot: Pilot[int]) -> None:
        department = pilot.app.service.facts.policy.departments[-1]  # type: ignore[attr-defined]
        await press(pilot, "t", "s")
        await chosen(pilot, "crítica")
        await press(pilot, "d")
        await chosen(pilot, department.slug)
        assert "crítica" in page(pilot).splitlines()[1]
        assert empty_place.desk("ana").store.find(refs[0]) == before
        await press(pilot, "enter")
        after = empty_place.desk("ana").store.find(refs[0])
        assert (after.severity, after.department) == (Severity.CRITICAL, department.slug)
        last = empty_place.desk("ana").store.events(after.id)[-1]
        assert last.payload["chosen"] == ["department", "severity"]

    play(empty_place.console(), story)


def test_what_changed_meanwhile_is_not_decided_by_the_old_plan(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        classify(empty_place.desk("chefe"), refs[0], Classification(severity=Severity.CRITICAL))
        await press(pilot, "enter")
        assert admissions(empty_place, refs) == ["pending"]
        assert "crítica" in page(pilot).splitlines()[1]
        await press(pilot, "enter")
        assert admissions(empty_place, refs) == ["admitted"]

    register_agent(empty_place.desk("ana"), "chefe", "Chefe", Role.SUPERVISOR)
    play(empty_place.console(), story)


def test_the_walk_is_through_what_the_list_shows(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, "o elevador do prédio parou de novo entre dois andares", TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "slash")
        await type_in(pilot, "elevador")
        await press(pilot, "enter", "t")
        screen = pilot.app.screen
        assert isinstance(screen, TriageScreen)
        assert screen.tally.refs == (refs[1],)

    play(empty_place.console(), story)


def test_the_palette_leads_to_the_walk_through_everything(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        pilot.app.go("triage")  # type: ignore[attr-defined]
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, TriageScreen)
        assert screen.tally.refs == tuple(refs)

    play(empty_place.console(), story)


def test_at_the_end_u_comes_back_to_the_last_one(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, TriageScreen)
        assert screen.tally.ref is None
        await press(pilot, "u")
        assert screen.tally.ref == refs[0]
        assert screen.tally.counts() == []

    play(empty_place.console(), story)


def test_two_quick_presses_decide_one_ticket(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        screen = pilot.app.screen
        assert isinstance(screen, TriageScreen)
        screen.action_apply()
        screen.action_apply()
        screen.action_skip()
        await settle(pilot)
        assert admissions(empty_place, refs) == ["admitted", "pending"]
        assert screen.tally.ref == refs[1]

    play(empty_place.console(), story)


def test_u_takes_the_last_one_back_and_shows_it_again(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t", "enter")
        await press(pilot, "u")
        assert admissions(empty_place, refs) == ["pending", "pending"]
        assert refs[0] in page(pilot)

    play(empty_place.console(), story)


def test_what_somebody_else_decided_is_passed_over(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT, TEXT, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        override(empty_place.desk("ana"), refs[1], Admission.ADMITTED, "por telefone")
        await press(pilot, "enter")
        assert refs[2] in page(pilot)

    play(empty_place.console(), story)


def test_the_letters_that_would_leave_are_shown_before(empty_place: Place) -> None:
    desk, eva = empty_place.desk("ana"), Customer(0, "Eva", email="eva@example.com")
    for _ in range(2):
        receive(desk, Manifestation("Estorno", TEXT, customer=eva, prior_ticket="123456"))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t", "space")
        screen = pilot.app.screen
        assert isinstance(screen, TriageScreen)
        assert screen.plan is not None
        assert screen.shown is not None
        assert len(screen.shown.letters) == len(screen.plan.messages) > 0
        await press(pilot, "tab", "G")
        assert screen.shown.letters[0].text.split()[0] in page(pilot)

    play(empty_place.console(), story, size=(120, 40))


def test_similar_tickets_of_the_past_are_shown_with_their_evidence(tmp_path: Path) -> None:
    place = Place(tmp_path / "desk.db", FixedClock(NOW))
    found_desk(place.path, text=plain("hospedagem"), clock=place.clock, admin="ana").close()
    desk = place.desk("ana")
    done = brought(place, TEXT, TEXT)
    for ref in done:
        classify(desk, ref, Classification(cause="estorno"))
        reply(desk, ref, "Feito", conclusive=True)
        close(desk, ref, CloseReason.SOLVED)
    brought(place, TEXT)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t", "tab", "G")
        assert done[0] in page(pilot)
        assert "estorno" in page(pilot)

    play(place.console(), story, size=(120, 40))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_hostile_words_stay_words(empty_place: Place, size: tuple[int, int]) -> None:
    brought(empty_place, "[red]olá[/] \x1b[31m\x07 \u202egnp.exe {x} $(rm) " + "á\u0301" * 300)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        assert "[red]olá[/]" in page(pilot)
        assert "\x1b" not in page(pilot)
        assert "\u202e" not in page(pilot)

    play(empty_place.console(), story, size=size)


def test_confidential_words_are_masked_and_v_opens_the_ticket(empty_place: Place) -> None:
    desk = empty_place.desk("ana")
    receive(desk, Manifestation("Segredo", "o chefe cobra propina dos fornecedores", confidential=True))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        assert "propina" not in page(pilot)
        assert "Segredo" not in page(pilot)
        await press(pilot, "v")
        assert isinstance(pilot.app.screen, TicketScreen)
        await press(pilot, "enter")
        await press(pilot, "escape")
        await settle(pilot)
        assert "propina" in page(pilot)

    play(empty_place.console(), story)


def test_whoever_may_only_read_decides_nothing(empty_place: Place) -> None:
    refs = brought(empty_place, TEXT)
    register_agent(empty_place.desk("ana"), "auditora", "Auditora", Role.AUDITOR)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t", "enter")
        assert admissions(empty_place, refs) == ["pending"]
        assert toasts(pilot)

    play(empty_place.console("auditora"), story)


def test_where_nothing_waits_it_says_so(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "t")
        assert "esc" in page(pilot)
        await press(pilot, "enter", "space", "u", "o", "d", "s", "v")
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, TriageScreen)

    play(empty_place.console(), story)
