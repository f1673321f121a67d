"""Each kind of manifestation on its own path: a suggestion is decided, praise handed on, a report checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.assess import assess, conflict, position
from ouvidoria_tui.desk.assign import assign, start, take, take_next
from ouvidoria_tui.desk.case import work_of
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.forward import forward
from ouvidoria_tui.desk.mediate import mediate
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.paths import check_elements, decide, hand_on, praise_for
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.desk.review import approve, give_back, propose
from ouvidoria_tui.desk.staff import give_competence, local_day
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.paths import Decision, Element, Mediation, Told
from ouvidoria_tui.domain.ticket import Merit, Status, Type
from ouvidoria_tui.errors import NotFound
from tests.desk.bench import DAY, Bench, code_of
from tests.desk.clock_bench import POLICY, found, proven

AREA = '\n[[areas]]\nslug = "financeiro"\nname = "Financeiro"\n'


def policy(work: str) -> str:
    return f"{POLICY}{AREA}\n[work]\n{work}\n"


@pytest.fixture
def paths(tmp_path: Path) -> Bench:
    """A desk whose policy asks every kind for its own path."""
    text = policy(
        'decision = true\npraise = true\nelements = true\nsecond_reader = ["suggestion", "adverse"]'
    )
    return found(tmp_path, "03-02 10:00", text=text)


def bring(bench: Bench, kind: Type) -> str:
    return receive(bench.desk, Manifestation("Assunto", "Relato", kind)).protocol


def conclude(bench: Bench, ref: str, words: str = "Foi decidido.", login: str = "ana") -> None:
    reply(bench.of(login), ref, words, conclusive=True)


# --- a suggestion


@pytest.mark.req("S4-31")
@pytest.mark.parametrize("decision", list(Decision))
def test_a_suggestion_is_decided_with_grounds_before_its_answer(paths: Bench, decision: Decision) -> None:
    ref = bring(paths, Type.SUGGESTION)
    assert code_of(lambda: conclude(paths, ref)) == "DECISION_REQUIRED"
    decide(paths.desk, ref, decision, "Foi levada à área")
    work = work_of(paths.desk, paths.ticket(ref))
    assert (work.decision, paths.ticket(ref).outcome) == (decision, decision.value)
    assert work.decided is not None
    assert paths.store.messages(paths.ticket(ref).id)[work.decided].text == "Foi levada à área"
    propose(paths.desk, ref, "Obrigada pela sugestão.")
    approve(paths.of("bia"), ref)
    conclude(paths, ref, "Obrigada pela sugestão.")
    assert paths.status(ref) is Status.ANSWERED
    assert proven(paths.store)


def test_a_decision_needs_grounds_and_the_last_one_counts(paths: Bench) -> None:
    ref = bring(paths, Type.SUGGESTION)
    assert code_of(lambda: decide(paths.desk, ref, Decision.ACCEPTED, " ")) == "TEXT_REQUIRED"
    decide(paths.desk, ref, Decision.UNDER_STUDY, "A área estuda")
    decide(paths.desk, ref, Decision.NOT_ACCEPTED, "Custa demais")
    assert work_of(paths.desk, paths.ticket(ref)).decision is Decision.NOT_ACCEPTED
    undo(paths.desk, ref)
    assert work_of(paths.desk, paths.ticket(ref)).decision is Decision.UNDER_STUDY
    assert paths.ticket(ref).outcome == "under-study"


def test_whom_it_concerns_does_not_decide(paths: Bench) -> None:
    ref = bring(paths, Type.SUGGESTION)
    conflict(paths.desk, ref, "caio", "É a ideia dele")
    got = code_of(lambda: decide(paths.of("caio"), ref, Decision.ACCEPTED, "Boa ideia"))
    assert got == "CONFLICT_OF_INTEREST"


@pytest.mark.parametrize("kind", [kind for kind in Type if kind is not Type.SUGGESTION])
def test_only_a_suggestion_is_decided(paths: Bench, kind: Type) -> None:
    ref = bring(paths, kind)
    assert code_of(lambda: decide(paths.desk, ref, Decision.ACCEPTED, "Sim")) == "WRONG_TYPE"


# --- praise


def test_praise_reaches_the_person_and_the_head_before_it_is_answered(paths: Bench) -> None:
    ref = bring(paths, Type.PRAISE)
    assert code_of(lambda: hand_on(paths.desk, ref, Told.HEAD)) == "PRAISE_FOR_NOBODY"
    praise_for(paths.desk, ref, "Rita, do balcão", area="financeiro")
    hand_on(paths.desk, ref, Told.HEAD)
    assert code_of(lambda: conclude(paths, ref)) == "PRAISE_NOT_HANDED_ON"
    hand_on(paths.desk, ref, Told.PERSON, text="Lido em reunião")
    assert hand_on(paths.desk, ref, Told.PERSON).result is Result.UNCHANGED
    work = work_of(paths.desk, paths.ticket(ref))
    assert (work.told, paths.ticket(ref).area) == ((Told.PERSON, Told.HEAD), "financeiro")
    conclude(paths, ref)
    assert paths.status(ref) is Status.ANSWERED
    assert proven(paths.store)


def test_praise_for_somebody_else_is_handed_on_anew(paths: Bench) -> None:
    ref = bring(paths, Type.PRAISE)
    praise_for(paths.desk, ref, "Rita")
    hand_on(paths.desk, ref, Told.PERSON)
    praise_for(paths.desk, ref, "Renata, não Rita")
    assert work_of(paths.desk, paths.ticket(ref)).told == ()
    assert code_of(lambda: praise_for(paths.desk, ref, "Rita", area="nenhuma")) == "AREA_NOT_FOUND"
    assert code_of(lambda: praise_for(paths.desk, bring(paths, Type.REQUEST), "Rita")) == "WRONG_TYPE"


# --- a report of wrongdoing


def test_a_report_goes_to_an_area_once_it_holds_the_elements(paths: Bench) -> None:
    ref = bring(paths, Type.REPORT)
    assert code_of(lambda: forward(paths.desk, ref, "financeiro", "Apurar")) == "ELEMENTS_UNCHECKED"
    check_elements(paths.desk, ref, [Element.RELEVANCE, Element.MATERIALITY], "Não diz quem foi")
    assert code_of(lambda: forward(paths.desk, ref, "financeiro", "Apurar")) == "ELEMENTS_MISSING"
    found = work_of(paths.desk, paths.ticket(ref)).elements
    assert found is not None
    assert found.missing == (Element.AUTHORSHIP,)
    check_elements(paths.desk, ref, list(Element), "A segunda mensagem diz quem foi")
    forward(paths.desk, ref, "financeiro", "Apurar")
    assert paths.last(ref).type is Act.FORWARDED
    assert proven(paths.store)


def test_a_report_is_not_concluded_unchecked_and_a_complaint_needs_no_check(paths: Bench) -> None:
    report, complaint = bring(paths, Type.REPORT), bring(paths, Type.COMPLAINT)
    assert code_of(lambda: conclude(paths, report)) == "ELEMENTS_UNCHECKED"
    assert code_of(lambda: check_elements(paths.desk, complaint, [], "Nada")) == "WRONG_TYPE"
    check_elements(paths.desk, report, [], "Não há o que apurar")
    conclude(paths, report)
    conclude(paths, complaint)
    forward(paths.desk, complaint, "financeiro", "Sem conferência")


# --- the second reader


@pytest.mark.req("S4-32")
def test_an_answer_leaves_word_for_word_as_somebody_else_has_read_it(paths: Bench) -> None:
    ref = bring(paths, Type.SUGGESTION)
    decide(paths.desk, ref, Decision.ACCEPTED, "Cabe no plano")
    assert code_of(lambda: conclude(paths, ref, "Sim.")) == "SECOND_READER_REQUIRED"
    propose(paths.desk, ref, "Sim, em abril.\n")
    assert code_of(lambda: conclude(paths, ref, "Sim, em abril.")) == "SECOND_READER_REQUIRED"
    assert code_of(lambda: approve(paths.desk, ref)) == "SECOND_READER_SAME"
    approve(paths.of("caio"), ref)
    assert code_of(lambda: conclude(paths, ref, "Sim, em maio.")) == "SECOND_READER_REQUIRED"
    conclude(paths, ref, "Sim, em abril.  ")
    assert paths.status(ref) is Status.ANSWERED
    assert proven(paths.store)


def test_an_answer_that_went_back_is_written_anew(paths: Bench) -> None:
    ref = bring(paths, Type.SUGGESTION)
    decide(paths.desk, ref, Decision.ACCEPTED, "Cabe")
    assert code_of(lambda: approve(paths.of("bia"), ref)) == "NOTHING_TO_REVIEW"
    propose(paths.desk, ref, "Sim.")
    assert propose(paths.desk, ref, "Sim.").result is Result.UNCHANGED
    assert code_of(lambda: give_back(paths.of("bia"), ref, "")) == "TEXT_REQUIRED"
    give_back(paths.of("bia"), ref, "Diga quando")
    assert code_of(lambda: approve(paths.of("bia"), ref)) == "NOTHING_TO_REVIEW"
    assert code_of(lambda: conclude(paths, ref, "Sim.")) == "SECOND_READER_REQUIRED"
    propose(paths.desk, ref, "Sim.")
    approve(paths.of("bia"), ref)
    conclude(paths, ref, "Sim.")


def test_what_the_customer_writes_meanwhile_is_read_by_both_again(paths: Bench) -> None:
    ref = bring(paths, Type.SUGGESTION)
    decide(paths.desk, ref, Decision.ACCEPTED, "Cabe")
    propose(paths.desk, ref, "Sim.")
    approve(paths.of("bia"), ref)
    customer_reply(paths.desk, ref, "Retiro a sugestão")
    assert code_of(lambda: conclude(paths, ref, "Sim.")) == "SECOND_READER_REQUIRED"


def test_whom_it_concerns_is_no_second_reader(paths: Bench) -> None:
    ref = bring(paths, Type.SUGGESTION)
    propose(paths.desk, ref, "Sim.")
    conflict(paths.desk, ref, "bia", "A ideia é contra ela")
    assert code_of(lambda: approve(paths.of("bia"), ref)) == "CONFLICT_OF_INTEREST"
    assert code_of(lambda: propose(paths.of("bia"), ref, "Não.")) == "CONFLICT_OF_INTEREST"


@pytest.mark.parametrize(
    ("merit", "asked"), [(Merit.UNFOUNDED, True), (Merit.PARTLY, False), (Merit.FOUNDED, False)]
)
def test_an_answer_against_who_complains_is_read_by_somebody_else(
    paths: Bench, merit: Merit, asked: bool
) -> None:
    ref = bring(paths, Type.COMPLAINT)
    position(paths.desk, ref, Side.CUSTOMER, "Cobrou")
    position(paths.desk, ref, Side.COMPANY, "Não cobrou")
    assess(paths.desk, ref, merit, "O extrato mostra")
    if asked:
        assert code_of(lambda: conclude(paths, ref)) == "SECOND_READER_REQUIRED"
    else:
        conclude(paths, ref)


def test_a_policy_that_says_nothing_asks_for_none_of_it(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", text=POLICY)
    for kind in Type:
        ref = bring(bench, kind)
        conclude(bench, ref)
        assert bench.status(ref) is Status.ANSWERED


# --- mediation


@pytest.mark.req("S4-07")
def test_only_somebody_impartial_mediates_and_between_two_sides_that_were_heard(paths: Bench) -> None:
    ref = bring(paths, Type.COMPLAINT)

    def act(login: str = "ana") -> None:
        mediate(paths.of(login), ref, Mediation.AGREEMENT, "Estorno em três dias", area="financeiro")

    position(paths.desk, ref, Side.CUSTOMER, "Cobrou duas vezes")
    assert code_of(act) == "BOTH_SIDES_REQUIRED"
    position(paths.desk, ref, Side.COMPANY, "Foi um erro")
    conflict(paths.desk, ref, "caio", "Foi quem cobrou")
    assert code_of(lambda: act("caio")) == "CONFLICT_OF_INTEREST"
    act()
    mediated = work_of(paths.desk, paths.ticket(ref)).mediated
    assert mediated is not None
    assert (mediated.outcome, mediated.area) == (Mediation.AGREEMENT, "financeiro")
    assert proven(paths.store)


@pytest.mark.req("S4-09")
@pytest.mark.parametrize("outcome", list(Mediation))
def test_a_mediation_ends_in_an_outcome_and_the_latest_counts(paths: Bench, outcome: Mediation) -> None:
    ref = bring(paths, Type.COMPLAINT)
    for side in Side:
        position(paths.desk, ref, side, "Diz isto")
    mediate(paths.desk, ref, Mediation.NONE, "Ainda não")
    mediate(paths.desk, ref, outcome, "Depois da segunda conversa")
    work = work_of(paths.desk, paths.ticket(ref))
    assert work.mediated is not None
    assert work.mediated.outcome is outcome
    undo(paths.desk, ref)
    before = work_of(paths.desk, paths.ticket(ref)).mediated
    assert before is not None
    assert before.outcome is Mediation.NONE


# --- people who are able


@pytest.mark.req("S4-13")
def test_only_who_holds_the_competence_is_given_a_ticket_and_only_while_it_holds(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", text=policy('competence = "atendimento"'))
    ref, desk = bring(bench, Type.COMPLAINT), bench.desk
    acts = (
        lambda: assign(desk, ref, "caio"),
        lambda: take(bench.of("caio"), ref),
        lambda: start(bench.of("caio"), ref),
        lambda: reply(bench.of("caio"), ref, "Olá"),
        lambda: forward(bench.of("caio"), ref, "financeiro", "Vejam"),
    )
    assert [code_of(act) for act in acts] == ["NOT_COMPETENT"] * len(acts)
    give_competence(desk, "caio", "atendimento", until=local_day(desk, bench.clock.at), note="Curso de março")
    assign(desk, ref, "caio")
    bench.clock.at += DAY
    other = bring(bench, Type.COMPLAINT)
    assert code_of(lambda: assign(desk, other, "caio")) == "NOT_COMPETENT"
    with pytest.raises(NotFound, match="atendimento") as told:
        take_next(bench.of("caio"))
    assert told.value.details == {"waiting": 1, "concerning": 0, "competence": 1}


def test_what_is_no_report_any_more_is_forwarded_unchecked(paths: Bench) -> None:
    ref = bring(paths, Type.REPORT)
    classify(paths.desk, ref, Classification(Type.COMPLAINT))
    forward(paths.desk, ref, "financeiro", "Vejam")
    assert paths.ticket(ref).confidential
