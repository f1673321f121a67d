"""Every move between the six statuses, by the name of where it leads: legal ones are made, the others refused."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.act import When, batch
from ouvidoria_tui.desk.close import reopen
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.status import Move, set_status
from ouvidoria_tui.domain.lifecycle import LIFECYCLE
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.domain.ticket import CloseReason, Status, Turn
from ouvidoria_tui.errors import Conflict, Refused
from tests.desk.bench import HOUR, Bench, code_of

MOVES = {
    Status.OPEN: Move(Status.OPEN),
    Status.ASSIGNED: Move(Status.ASSIGNED, to="caio"),
    Status.IN_PROGRESS: Move(Status.IN_PROGRESS),
    Status.ANSWERED: Move(Status.ANSWERED, text="Resposta"),
    Status.CUSTOMER_REPLY: Move(Status.CUSTOMER_REPLY, text="Réplica"),
    Status.CLOSED: Move(Status.CLOSED, reason=CloseReason.NO_REPLY),
}
PAIRS = [(old, new) for old in Status for new in Status if old is not new]
#: Not refused and not moved: the customer's words are recorded whatever the status.
HEARD = {(old, Status.CUSTOMER_REPLY) for old in (Status.OPEN, Status.ASSIGNED, Status.IN_PROGRESS)}
LEGAL = [
    pair for pair in PAIRS if pair[1] in LIFECYCLE[pair[0]].moves and pair != (Status.CLOSED, Status.OPEN)
]
ILLEGAL = [
    pair for pair in PAIRS if pair not in LEGAL and pair not in HEARD and pair != (Status.CLOSED, Status.OPEN)
]


@pytest.mark.req("S2-29", "S2-30", "S2-31", "S2-32", "S2-33", "S2-34")
@pytest.mark.parametrize(("old", "new"), LEGAL)
def test_a_legal_move_is_made(bench: Bench, old: Status, new: Status) -> None:
    ref = bench.at(old)
    outcome = set_status(bench.desk, ref, MOVES[new])
    assert (outcome.result, bench.status(ref)) == (Result.DONE, new)


@pytest.mark.parametrize(("old", "new"), ILLEGAL)
def test_an_illegal_move_is_refused_with_the_legal_ones(bench: Bench, old: Status, new: Status) -> None:
    ref = bench.at(old)
    with pytest.raises(Refused) as caught:
        set_status(bench.desk, ref, MOVES[new])
    legal = {status.value for status in LIFECYCLE[old].moves}
    assert caught.value.code == "ILLEGAL_TRANSITION"
    assert set(caught.value.details["legal"]) == legal  # type: ignore[call-overload]
    assert bench.status(ref) is old


def test_a_refused_move_leaves_no_event(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    before = bench.ticket(ref)
    code_of(lambda: set_status(bench.desk, ref, MOVES[Status.IN_PROGRESS]))
    assert bench.ticket(ref) == before


@pytest.mark.parametrize("status", Status)
def test_to_where_it_is_already_is_unchanged(bench: Bench, status: Status) -> None:
    ref = bench.at(status, "caio")
    before = bench.ticket(ref)
    outcome = set_status(bench.desk, ref, MOVES[status])
    assert (outcome.result, outcome.revision) == (Result.UNCHANGED, before.revision)
    assert bench.ticket(ref) == before


@pytest.mark.parametrize("status", Status)
def test_the_turn_follows_the_status(bench: Bench, status: Status) -> None:
    turns = {Status.ANSWERED: Turn.CUSTOMER, Status.CLOSED: Turn.NONE}
    assert bench.ticket(bench.at(status)).turn is turns.get(status, Turn.DESK)


@pytest.mark.req("S2-35")
def test_a_closed_ticket_does_not_open_by_its_status_alone(bench: Bench) -> None:
    ref = bench.at(Status.CLOSED)
    assert code_of(lambda: set_status(bench.desk, ref, MOVES[Status.OPEN])) == "REOPEN_NEEDS_INFORMATION"


@pytest.mark.parametrize("old", [Status.OPEN, Status.ASSIGNED, Status.IN_PROGRESS])
def test_a_customers_words_move_nothing_while_it_is_the_desks_turn(bench: Bench, old: Status) -> None:
    ref = bench.at(old)
    set_status(bench.desk, ref, MOVES[Status.CUSTOMER_REPLY])
    ticket = bench.ticket(ref)
    assert (ticket.status, ticket.unread) == (old, True)


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CUSTOMER_REPLY])
def test_a_move_that_needs_words_says_so(bench: Bench, status: Status) -> None:
    ref = bench.new()
    assert code_of(lambda: set_status(bench.desk, ref, Move(status, text="  "))) == "TEXT_REQUIRED"


def test_closing_by_status_needs_a_reason(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: set_status(bench.desk, ref, Move(Status.CLOSED))) == "REASON_REQUIRED"


def test_the_note_of_a_move_with_words_is_kept_beside_them(bench: Bench) -> None:
    ref = bench.new()
    outcome = set_status(bench.desk, ref, Move(Status.ANSWERED, text="Resposta", note="por telefone"))
    assert bench.words(ref)[-2:] == ["Resposta", "por telefone"]
    assert outcome.revision == bench.ticket(ref).revision


def test_the_note_of_a_move_is_reason_enough_for_a_past_moment(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += HOUR
    when = When(bench.clock.at - 60)
    set_status(bench.desk, ref, Move(Status.IN_PROGRESS, note="registrado depois", when=when))
    assert bench.last(ref).happened_at == bench.clock.at - 60


def test_an_unknown_protocol_is_not_found(bench: Bench) -> None:
    ref = make_protocol(1999, 7)
    assert code_of(lambda: set_status(bench.desk, ref, MOVES[Status.ASSIGNED])) == "TICKET_NOT_FOUND"


def test_a_mistyped_protocol_is_told_by_its_check_digit(bench: Bench) -> None:
    ref = bench.new()
    wrong = ref[:-1] + str((int(ref[-1]) + 1) % 10)
    assert code_of(lambda: set_status(bench.desk, wrong, MOVES[Status.ASSIGNED])) == "BAD_PROTOCOL"


def test_a_ticket_that_moved_on_is_a_conflict_that_names_what_changed(bench: Bench) -> None:
    ref = bench.new()
    seen = bench.ticket(ref).revision
    set_status(bench.of("caio"), ref, Move(Status.ASSIGNED))
    before = bench.ticket(ref)
    with pytest.raises(Conflict) as caught:
        set_status(bench.desk, ref, MOVES[Status.IN_PROGRESS], revision=seen)
    assert caught.value.code == "TICKET_CHANGED"
    assert [event["type"] for event in caught.value.details["since"]] == ["assigned"]  # type: ignore[attr-defined]
    assert bench.ticket(ref) == before


def test_the_revision_that_is_current_is_accepted(bench: Bench) -> None:
    ref = bench.new()
    outcome = set_status(bench.desk, ref, MOVES[Status.IN_PROGRESS], revision=bench.ticket(ref).revision)
    assert outcome.result is Result.DONE


@pytest.mark.parametrize(
    ("ahead", "reason", "code"),
    [
        (60, "x", "DATE_IN_FUTURE"),
        (-60, None, "DATE_NEEDS_REASON"),
        (-60, " ", "DATE_NEEDS_REASON"),
        (-2 * HOUR, "x", "DATE_OUT_OF_ORDER"),
    ],
)
def test_a_moment_that_does_not_fit_is_refused(
    bench: Bench, ahead: int, reason: str | None, code: str
) -> None:
    ref = bench.new()
    bench.clock.at += HOUR
    when = When(bench.clock.at + ahead, reason)
    assert code_of(lambda: set_status(bench.desk, ref, Move(Status.IN_PROGRESS, when=when))) == code


def test_an_act_is_not_dated_before_the_last_act_of_a_person(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += HOUR
    set_status(bench.desk, ref, Move(Status.ASSIGNED))
    bench.clock.at += HOUR
    when = When(bench.clock.at - HOUR - 1, "registrado depois")
    assert (
        code_of(lambda: set_status(bench.desk, ref, Move(Status.IN_PROGRESS, when=when)))
        == "DATE_OUT_OF_ORDER"
    )


def test_an_act_in_the_past_keeps_both_times(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += HOUR
    when = When(bench.clock.at - 600, "registrado depois")
    set_status(bench.desk, ref, Move(Status.IN_PROGRESS, when=when))
    event = bench.last(ref)
    assert (event.happened_at, event.recorded_at) == (bench.clock.at - 600, bench.clock.at)


def test_of_many_the_refused_ones_leave_the_others_standing(bench: Bench) -> None:
    refs = [bench.new(), bench.at(Status.CLOSED), bench.new(), "2026-9", bench.at(Status.IN_PROGRESS)]
    outcomes = list(
        batch(
            bench.desk, refs, Verb.START, lambda ref: set_status(bench.desk, ref, MOVES[Status.IN_PROGRESS])
        )
    )
    assert [outcome.result.value for outcome in outcomes] == [
        "done",
        "refused",
        "done",
        "refused",
        "unchanged",
    ]
    assert [outcome.code for outcome in outcomes][1] == "ILLEGAL_TRANSITION"
    assert [bench.status(ref).value for ref in (refs[0], refs[2])] == ["in-progress", "in-progress"]


def test_the_same_ticket_twice_in_a_batch_is_done_once(bench: Bench) -> None:
    ref = bench.new()
    outcomes = list(
        batch(
            bench.desk,
            [ref, ref],
            Verb.START,
            lambda one: set_status(bench.desk, one, MOVES[Status.IN_PROGRESS]),
        )
    )
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.UNCHANGED]


def test_nothing_is_lost_when_reopening_what_is_not_closed(bench: Bench) -> None:
    ref = bench.at(Status.ANSWERED)
    assert code_of(lambda: reopen(bench.desk, ref, information="Notícia nova")) == "ILLEGAL_TRANSITION"
