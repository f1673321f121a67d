"""No side road leads to the words of a confidential ticket, or to whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ouvidoria_tui.desk.access import issue_code
from ouvidoria_tui.desk.answers import preview as answer_preview
from ouvidoria_tui.desk.assess import position
from ouvidoria_tui.desk.assign import assign, take
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.consent import answer_consent
from ouvidoria_tui.desk.customer_merge import merge as merge_customers
from ouvidoria_tui.desk.digest import digest
from ouvidoria_tui.desk.forward import forward
from ouvidoria_tui.desk.forward import preview as area_preview
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.letter_draft import as_template, begun, completed
from ouvidoria_tui.desk.measures import add_measure
from ouvidoria_tui.desk.merge import merge, unmerge
from ouvidoria_tui.desk.merge_plan import Wanted as Into
from ouvidoria_tui.desk.merge_plan import preview as merge_preview
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import note, reply
from ouvidoria_tui.desk.triage import letters_of, plan
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.answer import Wanted
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.digest import Span
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.record import Record
from ouvidoria_tui.domain.ticket import CloseReason, Severity, Type
from ouvidoria_tui.founding import profile_text
from ouvidoria_tui.present.merge_words import effects, plan_record
from ouvidoria_tui.present.record_history import shown_payload
from ouvidoria_tui.report.areas import work
from ouvidoria_tui.store.reading import connection
from ouvidoria_tui.store.triage_reads import Originals, case_of
from tests.desk.bench import Bench, code_of
from tests.desk.clock_bench import POLICY, at, found, proven

AREA = '\n[[areas]]\nslug = "corregedoria"\nname = "Corregedoria"\n'
JOANA = Customer(0, "Joana Prado Lima", "joana@example.com")
PEDRO = Customer(0, "Pedro Alves", "pedro@example.com")
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31), at("03-01 00:00"), at("04-01 00:00"))
SECRET = "o diretor levou a caixa"


@pytest.fixture
def desk(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", text=POLICY + AREA)


def report(bench: Bench, customer: Customer = JOANA, subject: str = "Desvio") -> str:
    return receive(bench.desk, Manifestation(subject, SECRET, Type.REPORT, customer=customer)).protocol


def complaint(bench: Bench, customer: Customer, subject: str = "Atraso") -> str:
    return receive(bench.desk, Manifestation(subject, "Atrasou.", customer=customer)).protocol


@pytest.mark.parametrize(
    "road",
    [
        lambda desk, ref: issue_code(desk, ref, "perdeu o código"),
        lambda desk, ref: answer_consent(desk, ref, given=True, text="Podem dizer."),
        lambda desk, ref: area_preview(desk, ref, "corregedoria", "O que houve?"),
        lambda desk, ref: answer_preview(desk, ref, Wanted("T3", "Em análise.")),
        lambda desk, ref: begun(desk, ref, Wanted("T3", "Em análise.")),
        lambda desk, ref: completed(desk, ref, Wanted("T3", "Em análise."), "{{ assunto }}"),
        lambda desk, ref: as_template(desk, ref, Wanted("T3", "Em análise."), "Olá."),
        lambda desk, ref: letters_of(desk, next(plan(desk, [case_of(connection(desk.store), ref)]))),
    ],
    ids=[
        "access code",
        "consent",
        "letter to an area",
        "letter to the customer",
        "letter begun",
        "letter completed",
        "letter read back",
        "letters of triage",
    ],
)
def test_who_may_not_read_it_is_shown_nothing_and_changes_nothing(
    desk: Bench, road: Callable[..., object]
) -> None:
    ref, before = report(desk), desk.store.anchor()
    assert code_of(lambda: road(desk.of("caio"), ref)) == "CONFIDENTIAL"
    assert desk.store.anchor() == before
    take(desk.of("caio"), ref)
    road(desk.of("caio"), ref)


def test_consent_needs_the_words_in_which_it_was_given(desk: Bench) -> None:
    ref = report(desk)
    assert code_of(lambda: answer_consent(desk.desk, ref, given=True)) == "TEXT_REQUIRED"
    answer_consent(desk.desk, ref, given=False)


def test_guessed_names_in_a_question_are_not_confirmed_by_its_preview(desk: Bench) -> None:
    ref = report(desk)
    take(desk.of("caio"), ref)
    guess = "foi a joana prado lima ou a rita souza?"
    assert area_preview(desk.of("caio"), ref, "corregedoria", guess).message.text == guess
    assert "joana" not in area_preview(desk.of("bia"), ref, "corregedoria", guess).message.text
    forward(desk.of("caio"), ref, "corregedoria", guess)
    assert "joana" not in desk.words(ref)[-1], "what leaves is redacted by all that is known"


@pytest.mark.parametrize("first", [True, False])
def test_a_confidential_ticket_and_an_open_one_are_not_merged_either_way(desk: Bench, first: bool) -> None:
    kept, other = report(desk), complaint(desk, JOANA)
    source, target = (kept, other) if first else (other, kept)
    assert code_of(lambda: merge_preview(desk.desk, source, Into(target))) == "CONFIDENTIAL_MERGE"
    assert code_of(lambda: merge(desk.desk, source, Into(target))) == "CONFIDENTIAL_MERGE"


@pytest.mark.parametrize("other", [JOANA, PEDRO])
def test_nothing_tells_whether_two_confidential_tickets_are_one_persons(desk: Bench, other: Customer) -> None:
    first, second = report(desk), report(desk, other, "Outra coisa")
    agent = desk.of("caio")
    for ref in (first, second):
        take(agent, ref)
    assert code_of(lambda: merge_preview(agent, second, Into(first))) == "TEXT_REQUIRED"
    made = merge_preview(agent, second, Into(first, "mesma caixa"))
    record = plan_record(made)
    assert (record["same_customer"], record["letter"]) == (None, False)
    assert any("confidential" in line for line in effects(made))
    merge(agent, second, Into(first, "mesma caixa"))
    assert desk.ticket(first).unread, "what was written there is heard, whoever wrote it"
    assert [one.type for one in desk.events(second)][-1] is Act.MERGED
    assert proven(desk.store)


def test_who_may_not_read_both_merges_neither(desk: Bench) -> None:
    first, second = report(desk), report(desk, JOANA, "Outra coisa")
    take(desk.of("caio"), second)
    assert code_of(lambda: merge(desk.of("caio"), second, Into(first, "igual"))) == "CONFIDENTIAL"


def test_what_was_merged_is_kept_and_opened_together(desk: Bench) -> None:
    older, later = complaint(desk, JOANA), complaint(desk, JOANA, "Atraso de novo")
    merge(desk.desk, later, Into(older))
    classify(desk.desk, older, Classification(confidential=True))
    assert (desk.ticket(older).confidential, desk.ticket(later).confidential) == (True, True)
    undo(desk.desk, older)
    assert (desk.ticket(older).confidential, desk.ticket(later).confidential) == (False, False)
    classify(desk.desk, later, Classification(Type.REPORT))
    assert desk.ticket(older).confidential, "its words are read where it went on"
    classify(desk.desk, older, Classification(confidential=False), note="era engano")
    assert not desk.ticket(later).confidential
    unmerge(desk.desk, later, "são duas coisas")
    assert proven(desk.store)


def test_what_was_kept_with_another_is_not_opened_by_undoing_it_there(desk: Bench) -> None:
    older, later = complaint(desk, JOANA), complaint(desk, JOANA, "Atraso de novo")
    merge(desk.desk, later, Into(older))
    take(desk.of("caio"), older)
    classify(desk.of("caio"), older, Classification(Type.REPORT))
    assert code_of(lambda: undo(desk.of("caio"), later)) == "NOTHING_TO_UNDO"
    note(desk.of("bia"), older, "olhado")
    assert code_of(lambda: undo(desk.of("caio"), older)) == "NOTHING_TO_UNDO"
    assert (desk.ticket(older).confidential, desk.ticket(later).confidential) == (True, True)


def test_an_undo_opens_nothing_that_was_worked_on_since(desk: Bench) -> None:
    older, later = complaint(desk, JOANA), complaint(desk, JOANA, "Atraso de novo")
    merge(desk.desk, later, Into(older))
    classify(desk.of("caio"), older, Classification(confidential=True))
    note(desk.of("bia"), later, "olhado")
    assert code_of(lambda: undo(desk.of("caio"), older)) == "NOTHING_TO_UNDO"
    assert (desk.ticket(older).confidential, desk.ticket(later).confidential) == (True, True)


def test_what_an_import_keeps_is_kept_with_all_that_was_merged_with_it(desk: Bench) -> None:
    said = Record("1", "sac", desk.clock.at - 60, "Atraso", "Atrasou.")
    list(import_records(desk.desk, [said, replace(said, external_id="2")]))
    first, second = "2026-000001-5", "2026-000002-8"
    merge(desk.desk, second, Into(first, "iguais", different_customers=True))
    list(import_records(desk.desk, [replace(said, type=Type.REPORT)]))
    assert (desk.ticket(first).confidential, desk.ticket(second).confidential) == (True, True)


def test_the_history_of_a_moved_confidential_ticket_does_not_name_the_entry_that_went(desk: Bench) -> None:
    kept, known = report(desk), complaint(desk, JOANA)
    complaint(desk, PEDRO)
    merge_customers(desk.of("bia"), "pedro@example.com", "joana@example.com", apply=True)
    assert "merged" in desk.last(known).payload
    event = desk.last(kept)
    assert (event.type, "merged" in event.payload) == (Act.CUSTOMER_LINKED, False)
    shown = shown_payload(desk.last(known), True)
    assert "merged" not in shown, "a ticket may become confidential afterwards"


def test_the_list_of_areas_shows_no_question_about_a_confidential_ticket(desk: Bench) -> None:
    ref, other = report(desk), complaint(desk, PEDRO)
    for one in (ref, other):
        forward(desk.desk, one, "corregedoria", "Onde está o cofre?")
    lines = work(desk.store.conn, desk.desk.policy, desk.clock.at, None, everything=True)
    assert {line.protocol: line.text for line in lines} == {ref: None, other: "Onde está o cofre?"}


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk, ref: take(desk, ref),
        lambda desk, ref: assign(desk, ref, "caio"),
        lambda desk, ref: reply(desk, ref, "Está resolvido."),
        lambda desk, ref: forward(desk, ref, "corregedoria", "O que houve?"),
        lambda desk, ref: position(desk, ref, Side.COMPANY, "Nada houve."),
        lambda desk, ref: close(desk, ref, CloseReason.WITHDRAWN),
        lambda desk, ref: classify(desk, ref, Classification(severity=Severity.LOW)),
    ],
    ids=["take", "assign", "reply", "forward", "position", "close", "classify"],
)
def test_a_confidential_ticket_that_somebody_has_is_worked_on_by_its_owner_and_the_heads(
    desk: Bench, deed: Callable[..., object]
) -> None:
    ref = report(desk)
    take(desk.of("dora"), ref)
    before = desk.store.anchor()
    assert code_of(lambda: deed(desk.of("caio"), ref)) == "CONFIDENTIAL"
    assert desk.store.anchor() == before
    note(desk.of("caio"), ref, "Ela ligou e pede retorno.")
    deed(desk.of("bia"), ref)


def test_a_report_is_not_left_open_without_right_and_reason(desk: Bench) -> None:
    ref = complaint(desk, JOANA)
    open_report = Classification(Type.REPORT, confidential=False)
    assert code_of(lambda: classify(desk.of("caio"), ref, open_report, note="pediu")) == "ROLE_MAY_NOT"
    assert code_of(lambda: classify(desk.of("bia"), ref, open_report)) == "IDENTITY_ACCESS_NEEDS_REASON"
    classify(desk.of("bia"), ref, open_report, note="a pessoa publicou a denúncia")
    assert (desk.ticket(ref).type, desk.ticket(ref).confidential) == (Type.REPORT, False)


def test_a_merge_of_customers_names_no_confidential_ticket_and_moves_it(desk: Bench) -> None:
    kept, known = report(desk), complaint(desk, JOANA)
    complaint(desk, PEDRO)
    done = merge_customers(desk.of("bia"), "pedro@example.com", "joana@example.com", apply=True)
    assert done.tickets == (known,)
    assert kept not in repr(done)
    assert desk.ticket(kept).customer == desk.ticket(known).customer == done.stays.id


def test_a_digest_drafted_by_an_agent_shows_no_words_of_what_the_agent_may_not_read(desk: Bench) -> None:
    ref = report(desk)
    forward(desk.desk, ref, "corregedoria", "O que houve?")
    add_measure(desk.desk, ref, "A caixa foi devolvida", area="corregedoria")
    assert "devolvida" not in digest(desk.of("caio"), "corregedoria", MARCH).message.text
    assert "devolvida" in digest(desk.of("bia"), "corregedoria", MARCH).message.text


def test_the_reasons_of_triage_quote_nothing_to_who_may_not_read(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", text=profile_text("loja-virtual")[1])
    what = Manifestation("Cobrança indevida", "Fui cobrado duas vezes, é fraude.", customer=JOANA)
    ref = receive(bench.desk, what).protocol
    classify(bench.desk, ref, Classification(confidential=True))

    def quoted(login: str) -> list[str]:
        (made,) = plan(bench.of(login), [case_of(connection(bench.store), ref)])
        return [str(one.text.params["word"]) for one in made.reasons if "word" in one.text.params]

    assert set(quoted("caio")) == {"…"}
    assert "…" not in quoted("bia")


def test_a_confidential_ticket_is_nobodys_duplicate_in_triage(tmp_path: Path) -> None:
    bench = found(tmp_path, "03-02 10:00", text=profile_text("loja-virtual")[1])
    first = receive(bench.desk, Manifestation("Atraso", "Atrasou.", Type.REPORT, customer=JOANA)).protocol
    bench.clock.at += 60
    second = receive(bench.desk, Manifestation("Atraso", "Atrasou.", customer=JOANA)).protocol
    conn = connection(bench.store)
    for ref, other in ((first, second), (second, first)):
        (made,) = plan(bench.of("caio"), [case_of(conn, ref)], original=Originals(conn))
        assert made.duplicate_of is None
        assert other not in "".join(str(reason.text) for reason in made.reasons)
