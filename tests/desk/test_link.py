"""Links: two tickets that stay two, the same event on both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ouvidoria_tui.desk.link import link, unlink
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ties import Tie
from ouvidoria_tui.report.reading import connection, detail, related
from tests.desk.bench import Bench, code_of


def links(bench: Bench, ref: str) -> list[str]:
    found = detail(connection(bench.store), bench.ticket(ref).id)
    assert found is not None
    return [protocol for tie, protocol in found.ties if tie is Tie.LINKED]


def test_both_tickets_show_the_link_and_why(bench: Bench) -> None:
    one, other = bench.new(), bench.new()
    link(bench.desk, one, other, reason="Mesmo fornecedor")
    assert (links(bench, one), links(bench, other)) == ([other], [one])
    assert bench.words(one)[-1] == bench.words(other)[-1] == "Mesmo fornecedor"


def test_linking_moves_nothing_else(bench: Bench) -> None:
    one, other = bench.new(), bench.new()
    before = bench.ticket(other), bench.store.clocks(bench.ticket(other).id)
    link(bench.desk, one, other)
    after = bench.ticket(other)
    assert (after.status, after.assignee, after.unread) == (before[0].status, None, False)
    assert bench.store.clocks(after.id) == before[1]


@pytest.mark.parametrize("turned", [False, True])
def test_linking_again_from_either_side_changes_nothing(bench: Bench, turned: bool) -> None:
    one, other = bench.new(), bench.new()
    link(bench.desk, one, other)
    anchor = bench.store.anchor()
    pair = (other, one) if turned else (one, other)
    assert link(bench.desk, *pair).result is Result.UNCHANGED
    assert bench.store.anchor() == anchor


def test_an_unlinked_pair_shows_nothing_and_keeps_its_history(bench: Bench) -> None:
    one, other = bench.new(), bench.new()
    link(bench.desk, one, other)
    unlink(bench.desk, other, one)
    assert (links(bench, one), links(bench, other)) == ([], [])
    assert [event.type for event in bench.events(one)] == [Act.RECEIVED, Act.LINKED, Act.UNLINKED]


def test_what_is_not_linked_is_unlinked_already(bench: Bench) -> None:
    one, other = bench.new(), bench.new()
    assert unlink(bench.desk, one, other).result is Result.UNCHANGED


@pytest.mark.parametrize("verb", [link, unlink])
def test_a_ticket_is_not_tied_to_itself(bench: Bench, verb: Callable[..., object]) -> None:
    ref = bench.new()
    assert code_of(lambda: verb(bench.desk, ref, ref)) == "LINK_TO_ITSELF"


def test_a_link_on_what_was_seen_earlier_is_a_conflict(bench: Bench) -> None:
    one, other = bench.new(), bench.new()
    assert code_of(lambda: link(bench.desk, one, other, revision=7)) == "TICKET_CHANGED"


def test_undoing_takes_the_link_off_both(bench: Bench) -> None:
    one, other = bench.new(), bench.new()
    link(bench.desk, one, other)
    undo(bench.desk, other)
    assert (links(bench, one), links(bench, other)) == ([], [])


def test_a_linked_ticket_is_beside_the_other_in_what_the_console_shows(bench: Bench) -> None:
    one, other = bench.new(), bench.new()
    link(bench.desk, one, other)
    ticket = bench.ticket(one)
    found = related(connection(bench.store), ticket.id, ticket.customer, None)
    assert [(row.tie, row.protocol) for row in found] == [("linked", other)]
