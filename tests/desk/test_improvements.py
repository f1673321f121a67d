"""What shall be better after complaints, whether it was done, and whether it helped."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.improvements import add_improvement, improvement_done, no_improvement
from ouvidoria_tui.desk.measures import add_measure
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.case_work import Target
from ouvidoria_tui.domain.ticket import CloseReason, Type
from ouvidoria_tui.report.improvements import connection, effect, improvements
from tests.desk.bench import DAY, Bench, code_of
from tests.desk.clock_bench import POLICY, found, proven


@pytest.fixture
def careful(tmp_path: Path) -> Bench:
    """A desk that looks for an improvement after every complaint."""
    return found(tmp_path, "03-02 10:00", text=POLICY + "\n[work]\nimprovement = true\n")


def concluded(bench: Bench) -> str:
    ref = bench.new()
    reply(bench.desk, ref, "Decidido.", conclusive=True)
    return ref


def solve(bench: Bench, ref: str) -> Result:
    return close(bench.desk, ref, CloseReason.SOLVED).result


def test_a_complaint_is_not_closed_before_somebody_looked_for_an_improvement(careful: Bench) -> None:
    ref = concluded(careful)

    assert code_of(lambda: solve(careful, ref)) == "IMPROVEMENT_REQUIRED"
    add_improvement(careful.desk, ref, Target.PROCESS, "Conferir a fatura.")
    assert solve(careful, ref) is Result.DONE


def test_to_say_why_nothing_has_to_be_better_is_enough(careful: Bench) -> None:
    ref = concluded(careful)
    no_improvement(careful.desk, ref, "Caso isolado.")

    assert solve(careful, ref) is Result.DONE


def test_only_complaints_that_are_solved_need_one(careful: Bench) -> None:
    request, withdrawn = concluded(careful), careful.new()
    classify(careful.desk, request, Classification(type=Type.REQUEST))

    assert solve(careful, request) is Result.DONE
    assert close(careful.desk, withdrawn, CloseReason.WITHDRAWN).result is Result.DONE


def test_they_are_numbered_over_the_whole_desk_and_never_twice(careful: Bench) -> None:
    first, second = careful.new(), careful.new()
    add_improvement(careful.desk, first, Target.PROCESS, "Um.")
    add_improvement(careful.desk, second, Target.SERVICE, "Engano.")
    undo(careful.desk, second)
    add_improvement(careful.desk, second, Target.PRODUCT, "Três.", owner="bia")

    found = improvements(connection(careful.store))
    assert [(one.improvement.number, one.protocol, one.owner) for one in found] == [
        (1, first, None),
        (3, second, "bia"),
    ]
    assert code_of(lambda: no_improvement(careful.desk, first, "Nada.")) == "IMPROVEMENTS_THERE"


def test_one_is_done_also_after_its_ticket_was_closed(careful: Bench) -> None:
    ref = concluded(careful)
    add_improvement(careful.desk, ref, Target.PROCESS, "Conferir.")
    solve(careful, ref)

    assert improvement_done(careful.desk, 1, "Roteiro novo.").result is Result.DONE
    assert improvement_done(careful.desk, 1, "Roteiro novo.").result is Result.UNCHANGED
    assert code_of(lambda: improvement_done(careful.desk, 2, "Nada.")) == "IMPROVEMENT_NOT_FOUND"
    assert improvements(connection(careful.store))[0].improvement.done_at == careful.clock.now()
    assert proven(careful.store)


def test_a_measure_that_goes_on_as_an_improvement_is_not_in_the_way(careful: Bench) -> None:
    ref = concluded(careful)
    add_measure(careful.desk, ref, "Trocar o sistema.")
    assert code_of(lambda: solve(careful, ref)) == "OPEN_ACTIONS"

    add_improvement(careful.desk, ref, Target.PRODUCT, "Trocar o sistema.", measure=1)

    assert solve(careful, ref) is Result.DONE
    assert (
        code_of(lambda: add_improvement(careful.desk, ref, Target.PRODUCT, "x", measure=9))
        == "MEASURE_NOT_FOUND"
    )


def test_the_effect_is_tickets_of_the_cause_before_and_after(careful: Bench) -> None:
    start = careful.clock.at

    def came(days: int, cause: str) -> str:
        careful.clock.at = start + days * DAY
        ref = careful.new()
        classify(careful.desk, ref, Classification(cause=cause))
        return ref

    for days in (0, 1, 2):
        came(days, "cobranca")
    came(2, "entrega")
    careful.clock.at = start + 10 * DAY
    done_at = careful.clock.now()
    came(12, "cobranca")
    came(31, "cobranca")

    found = effect(connection(careful.store), "cobranca", done_at, careful.clock.now(), 20)

    assert (found.before, found.after, found.days, found.days_after) == (3, 1, 20, 20)
    early = effect(connection(careful.store), "cobranca", done_at, done_at + 5 * DAY, 20)
    assert (early.after, early.days_after) == (1, 5)
