"""Answers by template: filled from the case, shown first, recorded with what they declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.answers import answer, preview
from ouvidoria_tui.desk.assess import assess, position
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.forward import area_answer, forward
from ouvidoria_tui.desk.measures import add_measure, measure_done, no_measures
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain import case_work
from ouvidoria_tui.domain.answer import Concluding, Decision, Wanted, Wish
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.ticket import CloseReason, Merit, Status, Type
from ouvidoria_tui.errors import Refused
from tests.desk.bench import Bench, code_of
from tests.desk.clock_bench import POLICY, clock, found, proven

WORK = '\n[work]\nmeasures = true\nwish = true\ndecision = true\n\n[[areas]]\nslug = "finance"\nname = "Financeiro"\n'
MET = Concluding(wish=Wish.MET)


@pytest.fixture
def desk(tmp_path: Path) -> Bench:
    """A desk that wants measures, wishes and decisions answered."""
    return found(tmp_path, "03-02 10:00", text=POLICY + WORK)


def worked_out(bench: Bench, merit: Merit = Merit.PARTLY) -> str:
    ref = bench.new()
    position(bench.desk, ref, Side.CUSTOMER, "Cobraram duas vezes.")
    position(bench.desk, ref, Side.CUSTOMER, "Quero o estorno.", wish=True)
    forward(bench.desk, ref, "finance", "O que houve?")
    area_answer(bench.desk, ref, "Erro de um lote.")
    position(bench.desk, ref, Side.COMPANY, "Houve erro.")
    assess(bench.desk, ref, merit, "O extrato mostra duas cobranças.")
    return ref


def test_a_conclusive_letter_says_what_the_case_says(desk: Bench) -> None:
    ref = worked_out(desk)
    add_measure(desk.desk, ref, "Estorno da segunda cobrança", area="finance")
    measure_done(desk.desk, ref, 1, "Comprovante")
    add_measure(desk.desk, ref, "Revisão do lote")
    letter = preview(desk.desk, ref, Wanted("C1", concluding=MET))
    assert letter.subject == f"[{ref}] Resposta à sua manifestação"
    for said in (
        "Olá, Cliente 1.",
        "ouvindo você e a área Financeiro",
        "Conclusão: a reclamação é procedente em parte.",
        "Por quê: O extrato mostra duas cobranças.",
        "- Estorno da segunda cobrança (Financeiro, feito em 02/03/2026)\n- Revisão do lote",
        "O que você pediu foi atendido.",
    ):
        assert said in letter.text
    assert "{{" not in letter.text


@pytest.mark.req("S4-23")
def test_the_customer_learns_the_measures_or_why_there_is_none(desk: Bench) -> None:
    ref = worked_out(desk)
    wanted = Wanted("C1", concluding=MET)
    assert code_of(lambda: answer(desk.desk, ref, wanted)) == "TEMPLATE_INCOMPLETE"
    assert code_of(lambda: reply(desk.desk, ref, "Feito.", conclusive=True, said=MET)) == "NO_MEASURES"
    no_measures(desk.desk, ref, "o estorno já tinha sido feito")
    answer(desk.desk, ref, wanted)
    assert "Medidas tomadas: nenhuma, porque o estorno já tinha sido feito" in desk.words(ref)[-1]


@pytest.mark.req("S4-14")
def test_a_wish_that_was_written_down_is_answered(desk: Bench) -> None:
    ref = worked_out(desk)
    add_measure(desk.desk, ref, "Estorno")
    assert code_of(lambda: reply(desk.desk, ref, "Feito.", conclusive=True)) == "WISH_UNANSWERED"
    with pytest.raises(Refused) as caught:
        answer(desk.desk, ref, Wanted("C1"))
    assert caught.value.details["places"] == ["desejo"]
    answer(desk.desk, ref, Wanted("C1", concluding=Concluding(wish=Wish.PARTLY)))
    assert "O que você pediu foi atendido em parte." in desk.words(ref)[-1]
    assert case_work.fold(desk.events(ref)).granted == "partly"
    assert desk.last(ref).payload["wish"] == "partly"


def test_a_conclusive_letter_concludes_as_any_conclusive_answer(desk: Bench) -> None:
    ref = worked_out(desk)
    add_measure(desk.desk, ref, "Estorno")
    measure_done(desk.desk, ref, 1, "Feito")
    answer(desk.desk, ref, Wanted("C1", concluding=MET))
    event = desk.last(ref)
    assert (event.type, event.payload["conclusive"], event.payload["template"]) == (Act.REPLIED, True, "C1")
    assert event.payload["template_version"] == 0
    assert clock(desk, ref, "resolution").met_at == event.happened_at
    assert desk.status(ref) is Status.ANSWERED
    close(desk.desk, ref, CloseReason.SOLVED)
    assert proven(desk.store)


def test_no_is_said_in_so_many_words_and_dated(desk: Bench) -> None:
    ref = worked_out(desk, Merit.UNFOUNDED)
    no_measures(desk.desk, ref, "não houve falha")
    answer(desk.desk, ref, Wanted("C2", "As duas compras são suas."))
    words = desk.words(ref)[-1]
    assert (
        "Em 02/03/2026 decidimos: a reclamação é improcedente, e o que você pediu não será atendido." in words
    )
    assert "Por quê: As duas compras são suas." in words
    assert desk.last(ref).payload["wish"] == "not"


@pytest.mark.parametrize(
    ("type_", "merit", "template"),
    [
        (Type.COMPLAINT, Merit.UNFOUNDED, "C1"),
        (Type.COMPLAINT, Merit.FOUNDED, "C2"),
        (Type.COMPLAINT, Merit.FOUNDED, "C3"),
        (Type.COMPLAINT, Merit.FOUNDED, "C4"),
        (Type.SUGGESTION, None, "C1"),
        (Type.SUGGESTION, None, "C4"),
        (Type.PRAISE, None, "C1"),
        (Type.PRAISE, None, "C3"),
    ],
)
def test_a_template_that_says_something_else_than_the_case_is_refused(
    desk: Bench, type_: Type, merit: Merit | None, template: str
) -> None:
    ref = worked_out(desk, merit) if merit is not None else desk.new()
    classify(desk.desk, ref, Classification(type=type_))
    before = desk.ticket(ref).revision
    assert code_of(lambda: answer(desk.desk, ref, Wanted(template, "x"))) == "TEMPLATE_NOT_FITTING"
    assert desk.ticket(ref).revision == before


@pytest.mark.req("S4-31")
@pytest.mark.parametrize(
    ("decision", "said", "then"),
    [
        (Decision.ACCEPTED, "Decisão: acatada.", "Previsão: março."),
        (Decision.STUDIED, "Decisão: em estudo.", "Voltaremos a escrever quando houver uma decisão."),
        (Decision.REFUSED, "Decisão: não acatada.", "Não há outro passo previsto."),
    ],
)
def test_whoever_suggests_hears_the_decision_and_its_reason(
    desk: Bench, decision: Decision, said: str, then: str
) -> None:
    ref = desk.new()
    classify(desk.desk, ref, Classification(type=Type.SUGGESTION))
    no_measures(desk.desk, ref, "é uma sugestão")
    assert code_of(lambda: reply(desk.desk, ref, "Obrigado.", conclusive=True)) == "SUGGESTION_UNDECIDED"
    values = {"previsao": "março"} if decision is Decision.ACCEPTED else {}
    wanted = Wanted("C3", "Muitos pediram o mesmo.", Concluding(decision=decision), values)
    answer(desk.desk, ref, wanted)
    words = desk.words(ref)[-1]
    assert said in words
    assert "Por quê: Muitos pediram o mesmo." in words
    assert then in words
    assert case_work.fold(desk.events(ref)).decision == decision.value


def test_a_decision_without_its_reason_and_an_accepted_suggestion_without_a_forecast_do_not_leave(
    desk: Bench,
) -> None:
    ref = desk.new()
    classify(desk.desk, ref, Classification(type=Type.SUGGESTION))
    accepted = Concluding(decision=Decision.ACCEPTED)
    for wanted in (Wanted("C3", "Sim.", accepted), Wanted("C3", "", Concluding(decision=Decision.REFUSED))):
        assert code_of(lambda one=wanted: preview(desk.desk, ref, one)) == "TEMPLATE_INCOMPLETE"  # type: ignore[misc]


def test_praise_is_answered_without_an_analysis(desk: Bench) -> None:
    ref = desk.new()
    classify(desk.desk, ref, Classification(type=Type.PRAISE))
    answer(desk.desk, ref, Wanted("C4"))
    assert "foi entregue à pessoa citada" in desk.words(ref)[-1]
    assert desk.ticket(ref).concluded_at is not None


def test_an_interim_position_informs_and_is_no_answer(desk: Bench) -> None:
    ref = desk.new()
    forward(desk.desk, ref, "finance", "O que houve?")
    before = desk.ticket(ref)
    answer(desk.desk, ref, Wanted("T3", "pedimos o extrato.", values={"previsao": "05/03/2026"}))
    event, ticket = desk.last(ref), desk.ticket(ref)
    words = desk.store.messages(ticket.id)[event.seq]
    assert (event.type, words.part, ticket.status, ticket.answered_at) == (
        Act.INFORMED,
        Part.DESK,
        before.status,
        None,
    )
    assert "Situação em 02/03/2026" in words.text
    assert "com a área Financeiro. Voltaremos a escrever até 05/03/2026." in words.text
    assert clock(desk, ref, "first-response").met_at is None
    assert clock(desk, ref, "keep-informed").met_at == event.happened_at
    assert ticket.public_word_at == event.happened_at
    assert proven(desk.store)


def test_a_desk_that_promises_no_date_names_none(tmp_path: Path) -> None:
    text = POLICY.replace("[calendars.desk]", "promise = false\n\n[calendars.desk]", 1)
    bench = found(tmp_path, "03-02 10:00", text=text)
    ref = bench.new()
    wanted = Wanted("T3", "em análise.", values={"previsao": "05/03/2026"})
    assert code_of(lambda: preview(bench.desk, ref, wanted)) == "DATE_NOT_PROMISED"
    assert "quando houver novidade" in preview(bench.desk, ref, Wanted("T3", "em análise.")).text


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted("T1", "x"), "BAD_CHOICE"),
        (Wanted("../C1", "x"), "BAD_CHOICE"),
        (Wanted("T3", "diga {{ nome }}"), "TEMPLATE_INCOMPLETE"),
        (Wanted("T3", "x", values={"motivo": "{{ x }}"}), "TEMPLATE_INCOMPLETE"),
        (Wanted("T3", "x", values={"nome": "x"}), "TEMPLATE_PLACE_UNKNOWN"),
        (Wanted("T3", " "), "TEMPLATE_INCOMPLETE"),
    ],
)
def test_nothing_half_written_leaves(desk: Bench, wanted: Wanted, code: str) -> None:
    ref = desk.new()
    before = desk.ticket(ref).revision
    assert code_of(lambda: answer(desk.desk, ref, wanted)) == code
    assert desk.ticket(ref).revision == before


def test_a_preview_records_nothing(desk: Bench) -> None:
    ref = desk.new()
    before = desk.ticket(ref).revision
    preview(desk.desk, ref, Wanted("T3", "em análise."))
    assert desk.ticket(ref).revision == before
    assert code_of(lambda: preview(desk.of("aldo"), ref, Wanted("T3", "x"))) == "ROLE_MAY_NOT"
