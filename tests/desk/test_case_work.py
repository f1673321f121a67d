"""Both sides heard, merit assessed by whom it does not concern, and what the customer says to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ouvidoria_tui.desk.assess import assess, conflict, customer_view, position
from ouvidoria_tui.desk.assign import assign, take, take_next
from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.measures import add_measure, measure_done, no_measures
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.prepare import confirm_written, quality, reproduce, team
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.desk.staff import give_competence, local_day
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.case_work import Reproduced, Side, Target
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.policy_gates import Evidence
from ouvidoria_tui.domain.ticket import CloseReason, Difficulty, Merit, Status, Type
from ouvidoria_tui.errors import NotFound
from tests.desk.bench import DAY, Bench, code_of
from tests.desk.clock_bench import POLICY, found, proven


@pytest.fixture
def strict(tmp_path: Path) -> Bench:
    """A desk whose policy asks for everything."""
    work = (
        "\n[work]\nsteps = true\nteam = true\nmeasures = true\nimprovement = true\nquality = true\n"
        'written_confirmation = ["alteracao-de-plano"]\nreminders = 1\nreminder_days = 3\n'
        'assess_competence = "procedencia"\n'
    )
    return found(tmp_path, "03-02 10:00", text=POLICY + work)


def heard(desk: Desk, ref: str) -> None:
    position(desk, ref, Side.CUSTOMER, "Fui cobrada duas vezes.")
    position(desk, ref, Side.COMPANY, "A segunda foi um erro.")


# --- both sides


def test_each_side_is_kept_verbatim_and_the_latest_words_count(bench: Bench) -> None:
    ref = bench.new()
    position(bench.desk, ref, Side.CUSTOMER, "Primeira versão.")
    position(bench.desk, ref, Side.CUSTOMER, "Segunda versão.")
    position(bench.desk, ref, Side.CUSTOMER, "Quero o estorno.", wish=True)
    position(bench.desk, ref, Side.COMPANY, "A empresa discorda.")

    ticket = bench.ticket(ref)
    work, texts = work_of(bench.desk, ticket), bench.store.messages(ticket.id)
    said = [texts[seq].text for seq in (work.customer, work.wish, work.company) if seq is not None]
    assert said == ["Segunda versão.", "Quero o estorno.", "A empresa discorda."]
    assert "Primeira versão." in bench.words(ref)
    assert {texts[event.seq].part for event in bench.events(ref)[1:]} == {Part.CASE}
    assert ticket.status is Status.OPEN
    assert proven(bench.store)


def test_a_position_moves_no_clock_and_no_status(bench: Bench) -> None:
    ref = bench.new()
    before = bench.store.clocks(bench.ticket(ref).id)

    heard(bench.desk, ref)

    assert bench.store.clocks(bench.ticket(ref).id) == before


def test_the_company_has_no_wish(bench: Bench) -> None:
    ref = bench.new()

    assert (
        code_of(lambda: position(bench.desk, ref, Side.COMPANY, "Nada.", wish=True)) == "WISH_OF_THE_CUSTOMER"
    )


# --- merit


@pytest.mark.parametrize("only", [None, Side.CUSTOMER, Side.COMPANY])
def test_merit_is_not_assessed_before_both_sides_were_heard(bench: Bench, only: Side | None) -> None:
    ref = bench.new()
    if only is not None:
        position(bench.desk, ref, only, "Palavras.")

    assert code_of(lambda: assess(bench.desk, ref, Merit.FOUNDED, "Porque sim.")) == "BOTH_SIDES_REQUIRED"


def test_an_assessment_sets_merit_and_outcome_and_keeps_its_grounds(bench: Bench) -> None:
    ref = bench.new()
    heard(bench.desk, ref)

    assess(bench.desk, ref, Merit.PARTLY, "O extrato mostra.", outcome="Estorno parcial")

    ticket = bench.ticket(ref)
    assert (ticket.merit, ticket.outcome) == (Merit.PARTLY, "estorno-parcial")
    assert bench.words(ref)[-1] == "O extrato mostra."
    assert proven(bench.store)


def test_whom_it_concerns_neither_has_nor_assesses_nor_concludes_it(bench: Bench) -> None:
    ref, bia = bench.at(Status.IN_PROGRESS, "bia"), bench.of("bia")
    heard(bench.desk, ref)

    conflict(bench.desk, ref, "bia", "Foi quem atendeu antes.")

    assert (bench.ticket(ref).assignee, bench.status(ref)) == (None, Status.OPEN)
    for act in (
        lambda: take(bia, ref),
        lambda: assign(bench.desk, ref, "bia"),
        lambda: assess(bia, ref, Merit.FOUNDED, "Motivo."),
        lambda: reply(bia, ref, "Decidido.", conclusive=True),
        lambda: team(bench.desk, ref, ["bia", "caio"]),
    ):
        assert code_of(act) == "CONFLICT_OF_INTEREST"
    assert assign(bench.desk, ref, "caio").result is Result.DONE


def test_the_next_ticket_is_never_one_that_concerns_the_agent(bench: Bench) -> None:
    first, second = bench.new(), bench.new()
    conflict(bench.desk, first, "caio", "Parente da cliente.")

    assert take_next(bench.of("caio")).protocol == second
    assert take_next(bench.of("dora")).protocol == first


def test_where_everything_that_waits_is_barred_next_says_how_many_and_why(bench: Bench) -> None:
    tier = Evidence(difficulties=frozenset({Difficulty.COMPLEX}), competence="tecnico")
    bench.under(gates=replace(bench.desk.policy.policy.gates, evidence=(tier,)))
    mine, deep, deeper = bench.new(), bench.new(), bench.new()
    conflict(bench.desk, mine, "caio", "Parente da cliente.")
    for ref in (deep, deeper):
        classify(bench.desk, ref, Classification(difficulty=Difficulty.COMPLEX))

    with pytest.raises(NotFound) as told:
        take_next(bench.of("caio"))

    assert told.value.code == "QUEUE_EMPTY"
    assert told.value.details == {"waiting": 3, "concerning": 1, "competence": 2}
    assert str(told.value.message) == (
        "3 tickets wait for an owner, and caio may take none of them: 1 for a conflict of interest;"
        " 2 for want of the competence tecnico"
    )


def test_a_conflict_that_is_taken_back_bars_nobody(bench: Bench) -> None:
    ref = bench.new()
    conflict(bench.desk, ref, "caio", "Engano.")
    undo(bench.desk, ref)

    assert bench.ticket(ref).flags == ()
    assert take_next(bench.of("caio")).protocol == ref


@pytest.mark.req("S4-17")
def test_only_who_holds_the_competence_assesses_and_only_while_it_holds(strict: Bench) -> None:
    ref = strict.new()
    heard(strict.desk, ref)
    today = local_day(strict.desk, strict.clock.at)

    assert code_of(lambda: assess(strict.desk, ref, Merit.FOUNDED, "Motivo.")) == "NOT_COMPETENT"
    give_competence(strict.desk, "ana", "procedencia", until=today - timedelta(days=1))
    assert code_of(lambda: assess(strict.desk, ref, Merit.FOUNDED, "Motivo.")) == "NOT_COMPETENT"
    give_competence(strict.desk, "ana", "procedencia", until=today)
    assert assess(strict.desk, ref, Merit.FOUNDED, "Motivo.").result is Result.DONE


def test_what_the_customer_says_to_the_result_stands_until_it_is_assessed_anew(bench: Bench) -> None:
    ref = bench.new()
    assert code_of(lambda: customer_view(bench.desk, ref, agrees=False)) == "NOT_ASSESSED"
    heard(bench.desk, ref)
    assess(bench.desk, ref, Merit.UNFOUNDED, "Contrato.")

    customer_view(bench.desk, ref, agrees=False, text="Não concordo.")
    assert bench.ticket(ref).flags == ("customer-disagrees",)
    customer_view(bench.desk, ref, agrees=True)
    assert bench.ticket(ref).flags == ("customer-agrees",)
    assess(bench.desk, ref, Merit.FOUNDED, "Revisto.")
    assert bench.ticket(ref).flags == ()
    assert proven(bench.store)


# --- before a conclusive answer


def test_a_conclusive_answer_waits_for_the_analysis(strict: Bench) -> None:
    ref = strict.new()

    assert code_of(lambda: reply(strict.desk, ref, "Decidido.", conclusive=True)) == "STEP_SKIPPED"
    assert reply(strict.desk, ref, "Estamos vendo.").result is Result.DONE


def test_everything_that_is_asked_for_is_asked_one_after_the_other(strict: Bench) -> None:
    desk, ref = strict.desk, strict.new()
    classify(desk, ref, Classification(difficulty=Difficulty.COMPLEX, cause="alteracao-de-plano"))

    def conclude() -> object:
        return reply(desk, ref, "Decidido.", conclusive=True)

    assert code_of(conclude) == "STEP_SKIPPED"
    heard(desk, ref)
    assert code_of(conclude) == "TEAM_REQUIRED"
    team(desk, ref, ["bia", "caio"])
    assert code_of(conclude) == "WRITTEN_CONFIRMATION_REQUIRED"
    confirm_written(desk, ref, "Peço a mudança.")
    assert code_of(conclude) == "NO_MEASURES"
    add_measure(desk, ref, "Mudar o plano.", target=Target.SERVICE)
    assert code_of(conclude) == "QUALITY_UNCHECKED"
    quality(desk, ref, effective=True, good=True, balanced=True)
    conclude()

    assert strict.last(ref).payload["conclusive"] is True
    assert code_of(conclude) == "QUALITY_UNCHECKED"  # every answer is checked anew
    assert proven(strict.store)


@pytest.mark.req("S3-25")
def test_the_second_tier_says_whether_it_could_reproduce_the_fault_before_it_answers(tmp_path: Path) -> None:
    tier = '\n[work]\nreproduce = ["tier-2"]\n\n[[departments]]\nslug = "tier-2"\nname = "Tier II"\n'
    bench = found(tmp_path, "03-02 10:00", text=POLICY + tier)
    desk, first, deep = bench.desk, bench.new(), bench.new()
    transfer(desk, deep, "tier-2", "Falha a reproduzir.")

    assert reply(desk, first, "Decidido.", conclusive=True).result is Result.DONE
    assert code_of(lambda: reply(desk, deep, "Decidido.", conclusive=True)) == "REPRODUCTION_REQUIRED"
    reproduce(desk, deep, Reproduced.NO, "Com o navegador do cliente, nada.")
    undo(desk, deep)
    assert code_of(lambda: reply(desk, deep, "Decidido.", conclusive=True)) == "REPRODUCTION_REQUIRED"
    reproduce(desk, deep, Reproduced.PARTLY, "Só no celular, no terceiro passo.")
    assert bench.last(deep).payload["result"] == "partly"
    assert reply(desk, deep, "Decidido.", conclusive=True).result is Result.DONE
    assert proven(bench.store)


def test_praise_and_simple_requests_have_no_two_sides(strict: Bench) -> None:
    ref = strict.new()
    classify(strict.desk, ref, Classification(type=Type.PRAISE))

    assert reply(strict.desk, ref, "Obrigado.", conclusive=True).result is Result.DONE


def test_a_profile_that_asks_for_nothing_changes_nothing(bench: Bench) -> None:
    ref = bench.new()

    reply(bench.desk, ref, "Decidido.", conclusive=True)

    assert close(bench.desk, ref, CloseReason.SOLVED).result is Result.DONE


@pytest.mark.parametrize("members", [["bia"], ["bia", "bia"], ["", " "]])
def test_a_team_is_two_or_more(bench: Bench, members: list[str]) -> None:
    ref = bench.new()

    assert code_of(lambda: team(bench.desk, ref, members)) == "TEAM_TOO_SMALL"


@pytest.mark.parametrize(
    ("who", "code"), [("ina", "AGENT_CANNOT_WORK"), ("aldo", "AGENT_CANNOT_WORK"), ("ze", "AGENT_NOT_FOUND")]
)
def test_only_people_who_work_here_are_in_a_team(bench: Bench, who: str, code: str) -> None:
    ref = bench.new()

    assert code_of(lambda: team(bench.desk, ref, ["bia", who])) == code


def test_the_quality_check_is_all_three_ticks(bench: Bench) -> None:
    ref = bench.new()

    assert (
        code_of(lambda: quality(bench.desk, ref, effective=True, good=True, balanced=False))
        == "QUALITY_NOT_MET"
    )


# --- measures


def test_a_measure_is_open_until_it_is_shown_to_be_done(bench: Bench) -> None:
    desk, ref = bench.desk, bench.new()
    add_measure(desk, ref, "Estornar.", area="financeiro")
    add_measure(desk, ref, "Avisar a área.")
    reply(desk, ref, "Decidido.", conclusive=True)

    assert code_of(lambda: close(desk, ref, CloseReason.SOLVED)) == "OPEN_ACTIONS"
    measure_done(desk, ref, 1, "Comprovante 4471.")
    assert code_of(lambda: close(desk, ref, CloseReason.SOLVED)) == "OPEN_ACTIONS"
    measure_done(desk, ref, 2, "Avisada.")
    assert measure_done(desk, ref, 2, "Avisada.").result is Result.UNCHANGED
    assert close(desk, ref, CloseReason.SOLVED).result is Result.DONE
    assert proven(bench.store)


def test_a_measure_that_is_not_there_cannot_be_done(bench: Bench) -> None:
    ref = bench.new()

    assert code_of(lambda: measure_done(bench.desk, ref, 1, "Feito.")) == "MEASURE_NOT_FOUND"


def test_why_nothing_is_done_is_enough_and_is_not_said_beside_measures(strict: Bench) -> None:
    desk, ref = strict.desk, strict.new()
    heard(desk, ref)
    quality(desk, ref, effective=True, good=True, balanced=True)
    no_measures(desk, ref, "A cobrança era devida.")
    reply(desk, ref, "Decidido.", conclusive=True)
    add_measure(desk, ref, "Explicar por telefone.")

    assert code_of(lambda: no_measures(desk, ref, "Nada.")) == "MEASURES_THERE"


def test_a_measure_that_is_taken_back_leaves_none(strict: Bench) -> None:
    desk, ref = strict.desk, strict.new()
    add_measure(desk, ref, "Engano.")
    undo(desk, ref)

    assert work_of(desk, strict.ticket(ref)).measures == ()
    assert strict.last(ref).type is Act.UNDONE


def test_a_fold_of_a_day_ago_knows_nothing_of_today(bench: Bench) -> None:
    from ouvidoria_tui.domain.ticket_file import as_of
    from ouvidoria_tui.report.reading import connection, detail

    desk, ref = bench.desk, bench.new()
    then = bench.clock.now()
    bench.clock.at += DAY
    heard(desk, ref)
    assess(desk, ref, Merit.FOUNDED, "Extrato.")
    whole = detail(connection(bench.store), bench.ticket(ref).id)
    assert whole is not None

    before = as_of(whole, then, desk.policy.clocks)

    assert (before.work.begun, whole.work.begun) == (False, True)
    assert (before.ticket.merit, whole.ticket.merit) == (Merit.NOT_ASSESSED, Merit.FOUNDED)
