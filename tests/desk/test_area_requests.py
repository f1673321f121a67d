"""Requests of the desk come first in an area's list, their delays are the area's, and silence has an end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.extend import extend
from ouvidoria_tui.desk.forward import area_answer, forward, waive
from ouvidoria_tui.desk.improvements import add_improvement
from ouvidoria_tui.desk.measures import add_measure
from ouvidoria_tui.desk.register_entries import edit_entry
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.area_list import AreaState, AreaWork
from ouvidoria_tui.domain.area_request import fold
from ouvidoria_tui.domain.case_work import Target
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import CloseReason, Turn
from ouvidoria_tui.domain.watch_plan import Item, Kind, Verdict
from ouvidoria_tui.founding import profile_text
from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.areas import work
from ouvidoria_tui.report.ask import ask
from tests.desk.bench import DAY, HOUR, Bench, code_of
from tests.desk.clock_bench import at, clock, due, found, of, proven, round_

AREA, OTHER, FINANCE = "corregedoria", "gabinete", "financeiro"


@pytest.fixture
def public(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", text=profile_text("publico-13460")[1])


def listed(bench: Bench, area: str | None = None, *, everything: bool = False) -> list[AreaWork]:
    return work(bench.store.conn, bench.desk.policy, bench.clock.at, area, everything=everything)


def figures(bench: Bench, area: str = AREA) -> Row:
    report = ask(bench.store.conn, bench.desk.policy, Question("areas", bench.clock.at, by=("area",)))
    return next(row for row in report.rows if row["area"] == area)


def overdue(bench: Bench) -> list[Item]:
    return of(round_(bench), Kind.AREA_OVERDUE)


@pytest.mark.req("S0-05")
def test_requests_of_the_desk_come_before_an_areas_other_work_however_urgent_that_is(public: Bench) -> None:
    edit_entry(public.desk, "area", AREA, {"due_days": "30"})
    first, second, third = public.new(), public.new(), public.new()
    add_measure(public.desk, first, "Trocar a placa", area=AREA, due=date(2026, 3, 3))
    add_improvement(public.desk, third, Target.SERVICE, "Treinar", area=AREA)
    forward(public.desk, second, AREA, "Quem atendeu?")
    public.clock.at += HOUR
    forward(public.desk, first, AREA, "Quem decidiu?")
    extend(public.desk, second, at("04-02 00:00"), "Falta o laudo.", "Pedido.", clock="area")

    lines = listed(public, AREA)

    assert [(one.priority, one.what, one.protocol) for one in lines] == [
        ("ombudsman", "request", first),
        ("ombudsman", "request", second),
        ("ordinary", "measure", first),
        ("ordinary", "improvement", third),
    ]
    assert (lines[2].due_at or 0) < (lines[0].due_at or 0)
    # 20 days for the desk, 30 for whatever else the area does
    assert (due_of(lines[0]), due_of(lines[0], ordinary=True)) == ("03-24 00:00", "04-02 00:00")


def due_of(line: AreaWork, *, ordinary: bool = False) -> str:
    from datetime import datetime

    from tests.desk.clock_bench import ZONE

    moment = line.ordinary_due_at if ordinary else line.due_at
    assert moment is not None
    return f"{datetime.fromtimestamp(moment, ZONE):%m-%d %H:%M}"


@pytest.mark.req("S1-22")
def test_areas_are_followed_up_who_was_asked_answered_late_and_reminded(public: Bench) -> None:
    edit_entry(public.desk, "area", AREA, {"head": "rui"})
    quick, late, never = public.new(), public.new(), public.new()
    for ref in (quick, late, never):
        forward(public.desk, ref, AREA, "Quem atendeu?")
    public.clock.at += 2 * DAY
    area_answer(public.desk, quick, "Foi a Ana.")
    public.clock.at = at("03-26 10:00")
    area_answer(public.desk, late, "Foi o Rui.")
    forward(public.desk, never, AREA, "Lembramos.")

    row = figures(public)

    assert {
        name: row[name]
        for name in ("requests", "answered", "on_time", "late", "open", "overdue", "reminders")
    } == {
        "requests": 3,
        "answered": 2,
        "on_time": 1,
        "late": 1,
        "open": 1,
        "overdue": 1,
        "reminders": 1,
    }
    assert row["p50_minutes"] == (2 * DAY + 24 * DAY) // 2 // 60
    # two days and ten hours, twice: the area's own delay, also while nobody has answered yet
    assert row["delay_minutes"] == 2 * (2 * 24 + 10) * 60
    assert [one.state for one in listed(public, AREA)] == [AreaState.OVERDUE]
    assert [(item.protocol, item.clock, item.addressee) for item in overdue(public)] == [
        (never, f"area:{AREA}", "rui")
    ]


def test_figures_of_the_past_are_those_of_the_past(public: Bench) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "Quem atendeu?")
    before = public.clock.at
    public.clock.at += 2 * DAY
    area_answer(public.desk, ref, "Foi a Ana.")
    report = ask(public.store.conn, public.desk.policy, Question("areas", before, past=True, by=("area",)))
    assert [(row["requests"], row["answered"], row["open"]) for row in report.rows] == [(1, 0, 1)]


def test_the_time_that_counts_is_the_extended_one(public: Bench) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "Quem atendeu?")
    extend(public.desk, ref, at("04-02 00:00"), "Falta o laudo.", "Pedido.", clock="area")
    public.clock.at = at("03-30 10:00")
    area_answer(public.desk, ref, "Foi a Ana.")
    assert (figures(public)["on_time"], figures(public)["late"]) == (1, 0)


def test_an_area_that_is_asked_again_after_its_answer_has_a_new_request_with_its_own_time(
    public: Bench,
) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "A?")
    public.clock.at += DAY
    area_answer(public.desk, ref, "A.")
    public.clock.at += DAY
    forward(public.desk, ref, AREA, "B?")
    states = [(one.state, due_of(one)) for one in listed(public, AREA, everything=True)]
    assert states == [(AreaState.ANSWERED, "03-24 00:00"), (AreaState.OPEN, "03-25 00:00")]


def test_the_watch_drafts_a_reminder_once_and_names_the_area_until_it_answers(public: Bench) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "Quem atendeu?")
    public.clock.at = at("03-25 10:00")

    assert [item.result for item in overdue(public)] == [Verdict.DONE]
    assert [item.result for item in overdue(public)] == [Verdict.UNCHANGED]
    draft = public.store.draft(public.desk.agent.id, public.ticket(ref).id, f"forward:{AREA}")
    assert draft is not None
    assert "venceu em 23/03/2026" in draft.text

    forward(public.desk, ref, AREA, draft.text)
    public.store.remove_draft(public.desk.agent.id, public.ticket(ref).id, f"forward:{AREA}")
    assert [item.result for item in overdue(public)] == [Verdict.UNCHANGED]
    area_answer(public.desk, ref, "Foi a Ana.")
    assert overdue(public) == []


def test_the_desk_goes_on_without_an_area_only_when_it_is_late_and_was_reminded(public: Bench) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "Quem atendeu?")
    assert code_of(lambda: waive(public.desk, ref, "Sem resposta.")) == "AREA_STILL_IN_TIME"
    public.clock.at = at("03-26 10:00")
    assert code_of(lambda: waive(public.desk, ref, "Sem resposta.")) == "AREA_NOT_REMINDED"
    forward(public.desk, ref, AREA, "Lembramos.")
    reply(public.desk, ref, "Não houve resposta da área.", conclusive=True)
    assert code_of(lambda: close(public.desk, ref, CloseReason.SOLVED)) == "OPEN_ACTIONS"

    waive(public.desk, ref, "Sem resposta depois de dois pedidos.")
    close(public.desk, ref, CloseReason.SOLVED)

    (request,) = fold(public.events(ref))
    assert (request.waived, request.answered_at, request.open) == (True, None, False)
    state = clock(public, ref, f"area:{AREA}")
    assert (state.state, due(state), state.late_at) == ("stopped", "03-24 00:00", at("03-24 00:00"))
    assert (figures(public)["waived"], figures(public)["delay_minutes"]) == (1, (2 * 24 + 10) * 60)
    assert proven(public.store)


def test_going_on_without_one_area_leaves_the_turn_with_the_other(public: Bench) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "A?")
    forward(public.desk, ref, OTHER, "B?")
    public.clock.at = at("03-26 10:00")
    forward(public.desk, ref, AREA, "Lembramos.")
    waive(public.desk, ref, "Sem resposta.", area=AREA)
    assert (public.ticket(ref).turn, public.ticket(ref).area) == (Turn.AREA, OTHER)
    assert public.last(ref).type is Act.AREA_WAIVED


def test_without_a_clock_the_days_of_the_register_say_when_an_answer_is_due(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", text=profile_text("organizacional")[1])
    edit_entry(bench.desk, "area", "financeiro", {"due_days": "3"})
    ref = bench.new()
    forward(bench.desk, ref, "financeiro", "Houve estorno?")
    assert [due_of(one) for one in listed(bench)] == ["03-06 00:00"]
    assert code_of(lambda: waive(bench.desk, ref, "Sem resposta.")) == "AREA_STILL_IN_TIME"
    bench.clock.at += 5 * DAY
    assert [one.state for one in listed(bench)] == [AreaState.OVERDUE]


@pytest.mark.req("S1-22")
def test_an_area_without_a_clock_that_never_answers_is_overdue_for_everybody_at_the_same_moment(
    tmp_path: Path,
) -> None:
    bench = found(tmp_path, "03-02 10:00", text=profile_text("hospedagem")[1])
    edit_entry(bench.desk, "area", "financeiro", {"due_days": "3", "head": "rui"})
    ref = bench.new()
    forward(bench.desk, ref, "financeiro", "Houve estorno?")

    bench.clock.at = at("03-06 00:00")
    assert (overdue(bench), figures(bench, "financeiro")["overdue"]) == ([], 0)
    bench.clock.at = at("03-06 10:00")
    (item,) = overdue(bench)
    assert (item.protocol, item.clock, item.addressee, item.due_at) == (
        ref, "area:financeiro", "rui", at("03-06 00:00"),
    )  # fmt: skip
    assert figures(bench, "financeiro")["overdue"] == 1
    assert [one.state for one in listed(bench)] == [AreaState.OVERDUE]
    draft = bench.store.draft(bench.desk.agent.id, bench.ticket(ref).id, "forward:financeiro")
    assert draft is not None
    assert "venceu em 05/03/2026" in draft.text

    forward(bench.desk, ref, "financeiro", "Lembramos.")
    assert [one.result for one in overdue(bench)] == [Verdict.UNCHANGED]
    waive(bench.desk, ref, "Sem resposta.")
    assert (overdue(bench), figures(bench, "financeiro")["overdue"]) == ([], 0)


@pytest.fixture
def patient(tmp_path: Path) -> Bench:
    """A desk whose areas need not answer while the customer is waited for."""
    shipped = 'unit = "business-days"\namount = "not defined"\n\n# Primeiro a análise'
    own = 'unit = "calendar-days"\namount = 20\npause_while = ["customer"]\n\n# Primeiro a análise'
    text = profile_text("hospedagem")[1]
    assert shipped in text
    return found(tmp_path, "03-02 10:00", text=text.replace(shipped, own))


def test_an_area_whose_clock_stands_still_is_late_for_nobody(patient: Bench) -> None:
    ref = patient.new()
    forward(patient.desk, ref, FINANCE, "Quem atendeu?")
    reply(patient.desk, ref, "Em que dia foi?")
    patient.clock.at = at("03-26 10:00")
    assert clock(patient, ref, f"area:{FINANCE}").state == "paused"
    assert (overdue(patient), figures(patient, FINANCE)["overdue"]) == ([], 0)
    assert [(one.state, one.due_at) for one in listed(patient)] == [(AreaState.OPEN, None)]


def test_an_area_that_was_late_before_its_clock_stood_still_stays_late(patient: Bench) -> None:
    ref = patient.new()
    forward(patient.desk, ref, FINANCE, "Quem atendeu?")
    patient.clock.at = at("03-26 10:00")
    reply(patient.desk, ref, "Em que dia foi?")
    patient.clock.at += HOUR
    assert clock(patient, ref, f"area:{FINANCE}").state == "paused"
    assert [one.protocol for one in overdue(patient)] == [ref]
    assert figures(patient, FINANCE)["overdue"] == 1


def test_what_ended_with_a_closing_is_answered_after_the_reopening_or_stands_in_the_way(
    public: Bench,
) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "O que houve?")
    close(public.desk, ref, CloseReason.WITHDRAWN)
    assert (figures(public)["open"], figures(public)["ended"]) == (0, 1)
    reopen(public.desk, ref, reason="Foi engano")
    reply(public.desk, ref, "Está resolvido.", conclusive=True)
    assert code_of(lambda: close(public.desk, ref, CloseReason.SOLVED)) == "OPEN_ACTIONS"
    public.clock.at += HOUR
    area_answer(public.desk, ref, "Um lote saiu errado.", area=AREA)
    assert public.words(ref)[-1] == "Um lote saiu errado."
    assert (figures(public)["answered"], figures(public)["ended"]) == (1, 0)
    assert code_of(lambda: area_answer(public.desk, ref, "De novo.", area=AREA)) == "NO_AREA_REQUEST"
    close(public.desk, ref, CloseReason.SOLVED)
    assert proven(public.store)


def test_what_ended_with_a_closing_can_be_gone_on_without(public: Bench) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "O que houve?")
    forward(public.desk, ref, AREA, "Lembramos.")
    close(public.desk, ref, CloseReason.WITHDRAWN)
    reopen(public.desk, ref, reason="Foi engano")
    assert work_of(public.desk, public.ticket(ref)).owing == (AREA,)
    public.clock.at = at("05-04 10:00")
    waive(public.desk, ref, "Dois pedidos sem resposta.")
    assert work_of(public.desk, public.ticket(ref)).owing == ()
    reply(public.desk, ref, "Está resolvido.", conclusive=True)
    close(public.desk, ref, CloseReason.SOLVED)
    assert proven(public.store)


def test_asking_again_takes_the_place_of_what_ended_with_the_closing(public: Bench) -> None:
    ref = public.new()
    forward(public.desk, ref, AREA, "O que houve?")
    close(public.desk, ref, CloseReason.WITHDRAWN)
    reopen(public.desk, ref, reason="Foi engano")
    forward(public.desk, ref, AREA, "E então?")
    area_answer(public.desk, ref, "Um lote saiu errado.", area=AREA)
    first, second = fold(public.events(ref))
    assert (first.answered_at, second.answered_at) == (None, public.clock.at)
    reply(public.desk, ref, "Está resolvido.", conclusive=True)
    close(public.desk, ref, CloseReason.SOLVED)
