"""More time: justification, measures, a bounded date and the notice to the customer together, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.extend import extend
from ouvidoria_tui.desk.reply import ask, reply
from ouvidoria_tui.desk.suspend import suspend
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.ticket import CloseReason, Status
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.founding import profile_text
from tests.desk.bench import DAY, HOUR, Bench, code_of
from tests.desk.clock_bench import POLICY, acts, at, clock, due, found, proven

WHY, DONE = "A perícia ainda não terminou.", "Ouvimos a área e pedimos o laudo."


@pytest.fixture
def public(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", profile="publico-13460")


@pytest.fixture
def private(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", text=POLICY)


def test_the_date_the_reasons_and_the_notice_are_one_event(public: Bench) -> None:
    ref = public.new()

    outcome = extend(public.desk, ref, at("04-20 00:00"), WHY, DONE)

    event = public.last(ref)
    message = public.store.messages(public.ticket(ref).id)[event.seq]
    assert (event.type, event.seq, message.part) == (Act.EXTENDED, 2, Part.DESK)
    assert all(words in message.text for words in (WHY, DONE, "20/04/2026", "Cliente 1"))
    assert str(outcome.message) == "resolution is due on 2026-04-20"
    assert due(clock(public, ref, "resolution")) == "04-21 00:00"
    assert proven(public.store)


def test_the_new_due_time_is_a_version_with_its_cause(public: Bench) -> None:
    ref = public.new()
    extend(public.desk, ref, at("04-20 00:00"), WHY, DONE)

    row = public.store.conn.execute("SELECT * FROM deadline_version WHERE seq = 2").fetchone()

    assert (row["cause"], row["clock"], row["old_due"]) == ("extended", "resolution", at("04-02 00:00"))
    assert row["new_due"] == at("04-21 00:00")


@pytest.mark.parametrize("more", [{}, {"clock": "answer"}], ids=["by itself", "by an alias"])
def test_the_clock_with_a_rule_is_the_one_that_is_meant(public: Bench, more: dict[str, str]) -> None:
    ref = public.new()
    extend(public.desk, ref, at("04-20 00:00"), WHY, DONE, **more)  # type: ignore[arg-type]
    assert acts(public, ref, Act.EXTENDED)[0].payload["clocks"] == ["resolution"]


def test_a_second_extension_is_impossible(public: Bench) -> None:
    ref = public.new()
    extend(public.desk, ref, at("04-10 00:00"), WHY, DONE)
    assert code_of(lambda: extend(public.desk, ref, at("04-20 00:00"), WHY, DONE)) == "EXTENSION_EXHAUSTED"


def test_beyond_the_bound_the_last_possible_date_is_named_and_nothing_written(public: Bench) -> None:
    ref = public.new()

    with pytest.raises(Refused) as caught:
        extend(public.desk, ref, at("05-05 00:00"), WHY, DONE)

    # Sixty days from 2 March end on 1 May, a holiday, which rolls to Monday the fourth.
    assert (caught.value.code, caught.value.details["last"]) == ("EXTENSION_TOO_LONG", "2026-05-04")
    assert len(public.events(ref)) == 1


@pytest.mark.parametrize("date", ["05-01", "05-02", "05-04"])
def test_it_counts_from_the_start_and_is_rolled_once(public: Bench, date: str) -> None:
    ref = public.new()
    extend(public.desk, ref, at(f"{date} 00:00"), WHY, DONE)
    assert due(clock(public, ref, "resolution")) == "05-05 00:00"


def test_a_date_that_is_no_later_is_refused(public: Bench) -> None:
    ref = public.new()
    assert code_of(lambda: extend(public.desk, ref, at("03-20 00:00"), WHY, DONE)) == "EXTENSION_NOT_LATER"


def test_what_is_late_cannot_be_extended(public: Bench) -> None:
    ref = public.new()
    public.clock.at += 32 * DAY
    assert code_of(lambda: extend(public.desk, ref, at("04-20 00:00"), WHY, DONE)) == "EXTENSION_TOO_LATE"


def test_what_is_suspended_has_no_date_to_extend(public: Bench) -> None:
    ref = public.new()
    suspend(public.desk, ref, "Falta um documento")
    refused = code_of(lambda: extend(public.desk, ref, at("04-20 00:00"), WHY, DONE, clock="resolution"))
    assert refused == "CLOCK_NOT_RUNNING"


def test_a_norm_without_a_rule_allows_none(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", profile="lgpd")
    ref = bench.new()
    assert code_of(lambda: extend(bench.desk, ref, at("03-20 00:00"), WHY, DONE)) == "EXTENSION_EXHAUSTED"


def test_a_health_plan_extends_by_agreement_only(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", profile="saude-ans323")
    ref = bench.new()
    assert code_of(lambda: extend(bench.desk, ref, at("03-20 00:00"), WHY, DONE)) == "EXTENSION_NEEDS_CONSENT"

    extend(bench.desk, ref, at("03-20 00:00"), WHY, DONE, consent=True)

    assert bench.last(ref).payload["consent"] is True
    assert due(clock(bench, ref, "resolution")) == "03-20 18:00"


def test_the_share_of_a_month_is_capped_where_the_norm_says_so(tmp_path: Path) -> None:
    text = profile_text("financeiro-cmn4860")[1].replace("monthly_cap_enabled = false", "")
    bench = found(tmp_path, "03-02 10:00", text=text)
    refs = [bench.new() for _ in range(19)]
    extend(bench.desk, refs[0], at("03-20 00:00"), WHY, DONE)

    # Two of nineteen are more than ten in a hundred; of twenty they are not.
    again = code_of(lambda: extend(bench.desk, refs[1], at("03-20 00:00"), WHY, DONE))
    bench.new()
    extend(bench.desk, refs[1], at("03-20 00:00"), WHY, DONE)

    assert again == "EXTENSION_CAP_REACHED"


def test_a_contract_without_a_rule_is_extended_once_by_its_own_figure(private: Bench) -> None:
    ref = private.new()
    # Ten business days and ten more: 16 and 30 March.
    assert code_of(lambda: extend(private.desk, ref, at("03-31 00:00"), WHY, DONE)) == "EXTENSION_TOO_LONG"
    extend(private.desk, ref, at("03-30 00:00"), WHY, DONE)
    assert due(clock(private, ref, "resolution")) == "03-30 18:00"
    assert code_of(lambda: extend(private.desk, ref, at("03-31 00:00"), WHY, DONE)) == "EXTENSION_EXHAUSTED"


@pytest.mark.parametrize(("to", "end"), [("03-03 00:00", "03-03 18:00"), ("03-03 11:30", "03-03 11:30")])
def test_hours_are_extended_to_a_moment_or_to_the_end_of_a_day(private: Bench, to: str, end: str) -> None:
    ref = private.new()
    private.clock.at = at("03-02 17:00")
    extend(private.desk, ref, at(to), WHY, DONE, clock="first response")
    assert due(clock(private, ref, "first-response")) == (end if end < "03-03 16:00" else "03-03 16:00")


def test_what_was_added_survives_a_pause(private: Bench) -> None:
    ref = private.new()
    extend(private.desk, ref, at("03-20 00:00"), WHY, DONE, clock="resolution")
    private.clock.at += DAY
    ask(private.desk, ref, "Qual o número?")
    paused = clock(private, ref, "resolution")
    assert paused.remaining == 13 * DAY


def test_the_notice_keeps_the_customer_informed_and_answers_nothing(private: Bench) -> None:
    ref = private.at(Status.IN_PROGRESS)
    before = private.ticket(ref)
    extend(private.desk, ref, at("03-20 00:00"), WHY, DONE, clock="resolution")

    after = private.ticket(ref)
    assert clock(private, ref, "keep-informed").state == "met"
    assert clock(private, ref, "first-response").state == "running"
    assert (after.status, after.turn, after.answered_at) == (before.status, before.turn, None)
    assert after.public_word_at == private.clock.at


def test_a_place_that_was_not_filled_lets_nothing_leave(public: Bench) -> None:
    ref = public.new()
    words = "Falta {{ motivo }}"
    assert code_of(lambda: extend(public.desk, ref, at("04-20 00:00"), words, DONE)) == "TEMPLATE_INCOMPLETE"
    assert clock(public, ref, "resolution").extensions is None


def test_measures_are_needed(public: Bench) -> None:
    ref = public.new()
    assert code_of(lambda: extend(public.desk, ref, at("04-20 00:00"), WHY, " ")) == "TEXT_REQUIRED"


@pytest.mark.parametrize(("name", "code"), [("nada", "CLOCK_UNKNOWN"), (None, "NO_CLOCK")])
def test_a_clock_that_is_not_there_is_named(private: Bench, name: str | None, code: str) -> None:
    ref = private.new()
    reply(private.desk, ref, "Resolvido", conclusive=True)
    private.clock.at += HOUR
    assert code_of(lambda: extend(private.desk, ref, at("03-20 00:00"), WHY, DONE, clock=name)) == code


def test_a_closed_ticket_has_nothing_to_extend(private: Bench) -> None:
    from ouvidoria_tui.desk.close import close

    ref = private.new()
    close(private.desk, ref, CloseReason.WITHDRAWN)
    assert code_of(lambda: extend(private.desk, ref, at("03-20 00:00"), WHY, DONE)) == "ILLEGAL_TRANSITION"
