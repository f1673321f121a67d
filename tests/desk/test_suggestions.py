"""Suggestions go the way of complaints: registered, in somebody's hands, on the clock, answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ouvidoria_tui.desk.assign import start, take
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.ticket import CloseReason, Status, Type
from tests.desk.bench import DAY, Bench


def bring(bench: Bench, kind: Type = Type.SUGGESTION) -> str:
    return receive(bench.desk, Manifestation("Horário", "Abram aos sábados", kind)).protocol


@pytest.mark.req("S4-27")
@pytest.mark.parametrize("kind", [Type.COMPLAINT, Type.SUGGESTION])
def test_a_suggestion_passes_the_statuses_of_a_complaint(bench: Bench, kind: Type) -> None:
    desk, ref = bench.of("caio"), bring(bench, kind)
    passed = [bench.status(ref)]
    acts: list[Callable[[], object]] = [
        lambda: take(desk, ref),
        lambda: start(desk, ref),
        lambda: reply(desk, ref, "Em estudo"),
        lambda: customer_reply(desk, ref, "E aos domingos?"),
        lambda: reply(desk, ref, "Abriremos aos sábados", conclusive=True),
        lambda: close(desk, ref, CloseReason.SOLVED),
    ]
    for act in acts:
        act()
        passed.append(bench.status(ref))
    assert passed == [
        Status.OPEN,
        Status.ASSIGNED,
        Status.IN_PROGRESS,
        Status.ANSWERED,
        Status.CUSTOMER_REPLY,
        Status.ANSWERED,
        Status.CLOSED,
    ]


@pytest.mark.req("S4-29")
def test_a_suggestion_that_is_answered_has_somebody_responsible(bench: Bench) -> None:
    ref = bring(bench)
    reply(bench.of("caio"), ref, "Em estudo")
    assert bench.ticket(ref).assignee == bench.of("caio").agent.id


@pytest.mark.req("S4-30")
def test_a_suggestion_has_24_hours_for_its_first_response(bench: Bench) -> None:
    ref = bring(bench)
    (clock,) = (one for one in bench.store.clocks(bench.ticket(ref).id) if one.name == "first-response")
    assert (clock.state, clock.due_at) == ("running", bench.clock.at + DAY)
