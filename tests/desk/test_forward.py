"""Areas are asked, reminded and heard; their clock is their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.extend import extend
from ouvidoria_tui.desk.forward import area_answer, forward
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.area_request import fold
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.ticket import CloseReason, Status, Turn
from ouvidoria_tui.domain.watch_plan import Kind
from tests.desk.bench import DAY, HOUR, Bench, code_of
from tests.desk.clock_bench import acts, at, clock, due, found, of, proven, round_

AREAS = """
[[areas]]
slug = "financeiro"
name = "Financeiro"
scope = "Cobranças"

[[areas]]
slug = "vendas"
name = "Vendas"
scope = "Contratos"
"""


@pytest.fixture
def public(tmp_path: Path) -> Bench:
    from ouvidoria_tui.founding import profile_text

    text = profile_text("publico-13460")[1]
    return found(tmp_path, "03-02 10:00", text=text if "[[areas]]" in text else text + AREAS)


def areas(bench: Bench) -> list[str]:
    return sorted(bench.store.known_slugs("area"))


def test_what_an_area_is_asked_is_one_act_in_words_that_no_customer_sees(public: Bench) -> None:
    ref, area = public.new(), areas(public)[0]

    outcome = forward(public.desk, ref, area, "O estorno foi feito?")

    event, ticket = public.last(ref), public.ticket(ref)
    message = public.store.messages(ticket.id)[event.seq]
    assert (event.type, message.part, message.text) == (Act.FORWARDED, Part.AREA, "O estorno foi feito?")
    assert (ticket.status, ticket.turn, ticket.area) == (Status.IN_PROGRESS, Turn.AREA, area)
    assert outcome.status is Status.IN_PROGRESS
    assert due(clock(public, ref, f"area:{area}")) == "03-24 00:00"
    assert proven(public.store)


def test_the_answer_gives_the_turn_back_and_stops_the_areas_clock(public: Bench) -> None:
    ref, area = public.new(), areas(public)[0]
    forward(public.desk, ref, area, "O estorno foi feito?")
    public.clock.at += 3 * DAY

    area_answer(public.desk, ref, "Foi, ontem.")

    assert public.ticket(ref).turn is Turn.DESK
    assert clock(public, ref, f"area:{area}").state == "met"
    assert proven(public.store)


def test_with_two_areas_asked_the_answer_says_whose_it_is(public: Bench) -> None:
    ref = public.new()
    first, second = areas(public)[:2]
    forward(public.desk, ref, first, "A?")
    forward(public.desk, ref, second, "B?")

    assert code_of(lambda: area_answer(public.desk, ref, "Sim.")) == "AREA_AMBIGUOUS"
    area_answer(public.desk, ref, "Sim.", area=second)

    assert (public.ticket(ref).turn, public.ticket(ref).area) == (Turn.AREA, first)
    assert [one.open for one in fold(public.events(ref))] == [True, False]


def test_an_area_that_owes_an_answer_is_reminded_and_its_time_goes_on(public: Bench) -> None:
    ref, area = public.new(), areas(public)[0]
    forward(public.desk, ref, area, "A?")
    before = clock(public, ref, f"area:{area}")
    public.clock.at += 2 * DAY

    forward(public.desk, ref, area, "Lembrete.")

    assert public.last(ref).payload["reminder"] is True
    assert [one.reminded for one in fold(public.events(ref))] == [1]
    assert clock(public, ref, f"area:{area}") == before


def test_asking_an_area_while_the_customer_has_the_turn_leaves_it_there(public: Bench) -> None:
    ref = public.at(Status.ANSWERED)
    forward(public.desk, ref, areas(public)[0], "A?")
    assert (public.status(ref), public.ticket(ref).turn) == (Status.ANSWERED, Turn.CUSTOMER)


def test_an_unknown_area_is_named_with_those_there_are(public: Bench) -> None:
    assert code_of(lambda: forward(public.desk, public.new(), "nenhuma", "A?")) == "AREA_NOT_FOUND"


def test_an_answer_that_nobody_asked_for_is_refused(public: Bench) -> None:
    assert code_of(lambda: area_answer(public.desk, public.new(), "Sim.")) == "NO_AREA_REQUEST"


def test_a_ticket_that_waits_for_an_area_is_not_closed_as_solved(public: Bench) -> None:
    ref = public.new()
    forward(public.desk, ref, areas(public)[0], "A?")
    reply(public.desk, ref, "Resolvido.", conclusive=True)
    assert code_of(lambda: close(public.desk, ref, CloseReason.SOLVED)) == "OPEN_ACTIONS"
    close(public.desk, ref, CloseReason.WITHDRAWN)
    assert [one.open for one in fold(public.events(ref))] == [False]


def test_more_time_for_an_area_is_told_to_the_area_and_to_no_customer(public: Bench) -> None:
    ref, area = public.new(), areas(public)[0]
    forward(public.desk, ref, area, "A?")
    said = public.ticket(ref).public_word_at

    extend(public.desk, ref, at("04-02 00:00"), "Falta o laudo.", "Perícia pedida.", clock="area")

    event = public.last(ref)
    message = public.store.messages(public.ticket(ref).id)[event.seq]
    assert (message.part, event.payload["clocks"]) == (Part.AREA, [f"area:{area}"])
    assert (due(clock(public, ref, f"area:{area}")), public.ticket(ref).public_word_at) == (
        "04-03 00:00",
        said,
    )
    assert (
        code_of(lambda: extend(public.desk, ref, at("04-10 00:00"), "Falta.", "Pedido.", clock="area"))
        == "EXTENSION_EXHAUSTED"
    )
    assert proven(public.store)


def test_with_two_areas_asked_the_one_to_extend_is_named(public: Bench) -> None:
    ref = public.new()
    first, second = areas(public)[:2]
    forward(public.desk, ref, first, "A?")
    forward(public.desk, ref, second, "B?")
    more = ("Falta o laudo.", "Perícia pedida.")
    assert (
        code_of(lambda: extend(public.desk, ref, at("04-02 00:00"), *more, clock="area")) == "CLOCK_AMBIGUOUS"
    )
    extend(public.desk, ref, at("04-02 00:00"), *more, clock=f"area:{second}")
    assert public.last(ref).payload["clocks"] == [f"area:{second}"]


def test_the_watch_records_that_an_area_was_late_on_the_day_it_was(public: Bench) -> None:
    ref, area = public.new(), areas(public)[0]
    forward(public.desk, ref, area, "A?")
    public.clock.at += 22 * DAY + HOUR

    items = of(round_(public), Kind.BREACH)

    assert f"area:{area}" in [item.clock for item in items]
    breach = next(one for one in acts(public, ref, Act.BREACHED) if one.payload["clocks"] == [f"area:{area}"])
    assert breach.happened_at == at("03-24 00:00")
    assert not of(round_(public), Kind.BREACH)
    assert proven(public.store)
