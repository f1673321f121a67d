"""Areas are told of a period once and say that they read it; what was recorded is analysed, or somebody notices."""

from __future__ import annotations

from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import mail_hooks
from ouvidoria_tui.desk.assess import assess
from ouvidoria_tui.desk.bounce import bounced
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.digest import acknowledge_digest, digest, record_analysis, send_digest
from ouvidoria_tui.desk.forward import area_answer, forward
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.measures import add_measure, measure_done
from ouvidoria_tui.desk.outbox import cancel
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register_entries import edit_entry
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.digest import Analysis, Span, missing_analyses
from ouvidoria_tui.domain.mail_decision import Ending, Reason
from ouvidoria_tui.domain.outbox import LetterKind
from ouvidoria_tui.domain.policy_areas import AnalysisRule
from ouvidoria_tui.founding import profile_text
from ouvidoria_tui.outbound.send import envelope_of
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.health_areas import area_checks
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, Bench, code_of
from tests.desk.clock_bench import ZONE, at, found
from tests.desk.mail_sample import letter, parse

AREA, AT = "financeiro", "financeiro@loja.example"
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31), at("03-01 00:00"), at("04-01 00:00"))
MARIA = Customer(0, "Maria da Silva Souza", email="maria.souza@exemplo.net")


@pytest.fixture
def desk(tmp_path: Path) -> Bench:
    """An organisation with mail and an area that has an address; two complaints of March, one of them founded."""
    bench = found(tmp_path, "03-02 10:00", text=profile_text("organizacional")[1])
    change_mail(
        bench.desk,
        {"from_address": "ouvidoria@desk.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"},
    )
    edit_entry(bench.desk, "area", AREA, {"email": AT, "due_days": "3"})
    for late in (False, True):
        what = Manifestation("Cobrança em dobro", "Fui cobrada duas vezes.", customer=MARIA)
        ref = receive(bench.desk, what).protocol
        classify(bench.desk, ref, Classification(cause="Cobrança em duplicidade"))
        forward(bench.desk, ref, AREA, "Houve estorno?")
        if not late:
            area_answer(bench.desk, ref, "Houve.")
            founded(bench, ref)
            add_measure(bench.desk, ref, "Estornar a segunda cobrança de Maria Souza", area=AREA)
            measure_done(bench.desk, ref, 1, "Comprovante 4471")
    bench.clock.at = at("04-02 10:00")
    return bench


def founded(bench: Bench, ref: str) -> None:
    from ouvidoria_tui.desk.assess import position
    from ouvidoria_tui.domain.ticket import Merit

    for side in Side:
        position(bench.desk, ref, side, "Duas cobranças.")
    assess(bench.desk, ref, Merit.FOUNDED, "A fatura mostra as duas.")


@pytest.mark.req("S4-25")
def test_an_area_learns_of_the_complaints_of_a_period_by_number_and_cause(desk: Bench) -> None:
    made, changed = send_digest(desk.desk, AREA, MARCH)

    facts = made.facts
    assert (changed, facts.received, facts.complaints, facts.founded, facts.late) == (True, 2, 2, 1, 1)
    assert facts.causes == (("Cobrança em duplicidade", 2),)
    (row,) = desk.store.conn.execute("SELECT id FROM outbox WHERE ticket_id = 0").fetchall()
    kept = desk.store.outbox.letter(row[0])
    assert kept is not None
    assert (kept.kind, kept.recipient) == (LetterKind.AREA, AT)
    envelope = envelope_of(desk.desk, kept, desk.store.outbox.settings())
    assert envelope is not None
    message = message_from_bytes(envelope.data, policy=default)
    assert message["Subject"] == "Ouvidoria: reclamações recebidas e providências, 03/2026"
    assert "Cobrança em duplicidade (2)" in str(message.get_content())
    assert all(finding.ok for finding in check_store(desk.store.conn))
    assert verify(desk.store.conn).ok


@pytest.mark.req("S4-26")
def test_the_digest_lists_measures_without_names_and_the_area_acknowledges_it(desk: Bench) -> None:
    made, _changed = send_digest(desk.desk, AREA, MARCH)
    assert "- Estornar a segunda cobrança de [nome] (feita)" in made.message.text
    assert "Responda a esta mensagem com “ciente” até 12/04/2026." in made.message.text
    assert "Maria" not in made.message.text

    sent, changed = acknowledge_digest(desk.desk, AREA, MARCH, by="Rui")

    assert (sent.acknowledged_at, sent.by, changed) == (desk.clock.at, "Rui", True)
    assert acknowledge_digest(desk.desk, AREA, MARCH) == (sent, False)


def test_a_digest_leaves_once_an_area_and_period(desk: Bench) -> None:
    send_digest(desk.desk, AREA, MARCH)
    _made, changed = send_digest(desk.desk, AREA, MARCH)
    assert not changed
    assert desk.store.conn.execute("SELECT count(*) FROM outbox WHERE ticket_id = 0").fetchone()[0] == 1
    assert len(desk.store.digests()) == 1


def test_an_acknowledgement_that_does_not_come_is_noticed_after_the_days_of_the_policy(desk: Bench) -> None:
    made, _changed = send_digest(desk.desk, AREA, MARCH)
    days, sent = desk.desk.policy.policy.area_requests.digest_days, desk.store.digests()[0]
    zone, last = desk.desk.policy.policy.zone, at("04-13 00:00")
    assert "até 12/04/2026" in made.message.text
    assert sent.due_at(days, zone) == last, "the day that the letter names is the area's to its end"
    assert (sent.overdue(days, zone, last - 1), sent.overdue(days, zone, last)) == (False, True)
    assert said(desk, desk.clock.at + 11 * DAY)["digests"] == "warning"
    acknowledge_digest(desk.desk, AREA, MARCH)
    assert said(desk, desk.clock.at + 11 * DAY)["digests"] == "ok"


def said(bench: Bench, now: int) -> dict[str, str]:
    return {
        one.name: one.health.value for one in area_checks(bench.store.conn, bench.desk.policy.policy, now)
    }


def test_what_cannot_be_sent_or_acknowledged_is_refused_with_its_code(desk: Bench) -> None:
    april = Span(date(2026, 4, 1), date(2026, 4, 30), at("04-01 00:00"), at("05-01 00:00"))
    assert code_of(lambda: send_digest(desk.desk, AREA, april)) == "PERIOD_NOT_OVER"
    assert code_of(lambda: send_digest(desk.desk, "marketing-nenhum", MARCH)) == "AREA_NOT_FOUND"
    other = next(one.slug for one in desk.store.entries("area") if one.slug != AREA)
    assert code_of(lambda: send_digest(desk.desk, other, MARCH)) == "AREA_WITHOUT_ADDRESS"
    assert code_of(lambda: acknowledge_digest(desk.desk, AREA, MARCH)) == "DIGEST_NOT_SENT"
    assert code_of(lambda: acknowledge_digest(desk.desk, AREA, MARCH, by="x" * 200)) == "TEXT_TOO_LONG"
    assert code_of(lambda: send_digest(desk.of("caio"), AREA, MARCH)) == "ROLE_MAY_NOT"


def test_the_letter_of_a_digest_can_be_cancelled_and_can_come_back(desk: Bench) -> None:
    send_digest(desk.desk, AREA, MARCH)
    (row,) = desk.store.conn.execute("SELECT id, message_id FROM outbox WHERE ticket_id = 0").fetchall()
    told = bounced(desk.desk, row[1], AT, "5.1.1", True)
    assert (told is not None, told and told.protocol) == (True, "")
    assert cancel(desk.desk, str(row[0])).result.value == "done"
    assert verify(desk.store.conn).ok


def test_what_an_area_answers_to_a_digest_waits_for_a_person(desk: Bench) -> None:
    send_digest(desk.desk, AREA, MARCH)
    (row,) = desk.store.conn.execute("SELECT message_id FROM outbox WHERE ticket_id = 0").fetchall()
    mails = [letter(sender=AT, answers=[row[0]], text="Ciente.")]
    (taken,) = take(desk.desk, mails, parse, hooks=mail_hooks(desk.desk))
    assert (taken.ending, taken.reason) == (Ending.QUARANTINE, Reason.DIGEST)


def test_a_digest_only_looked_at_leaves_no_trace(desk: Bench) -> None:
    before = desk.store.desk_head()
    assert digest(desk.desk, AREA, MARCH).facts.received == 2
    assert desk.store.desk_head() == before


@pytest.mark.req("S4-24")
def test_an_analysis_is_recorded_with_period_conclusions_and_by_whom_and_the_same_twice_is_one(
    desk: Bench,
) -> None:
    made, changed = record_analysis(desk.desk, MARCH, "Comitê de qualidade", "A cobrança dobrada voltou.")

    assert changed
    assert (made.first, made.last, made.by, made.text) == (
        MARCH.first,
        MARCH.last,
        "Comitê de qualidade",
        "A cobrança dobrada voltou.",
    )
    assert record_analysis(desk.desk, MARCH, "Comitê de qualidade", "A cobrança dobrada voltou.") == (
        made,
        False,
    )
    assert record_analysis(desk.desk, MARCH, "Diretoria", "Reincidência.")[0].number == 2
    assert verify(desk.store.conn).ok


@pytest.mark.req("S4-24")
def test_an_analysis_that_is_overdue_is_flagged_where_the_policy_asks_for_one(desk: Bench) -> None:
    # founded on 2 March: the first whole month is April, due on 15 May
    assert said(desk, at("05-15 23:59"))["analysis"] == "ok"
    assert said(desk, at("05-16 00:00"))["analysis"] == "warning"
    april = Span(date(2026, 4, 1), date(2026, 4, 30), at("04-01 00:00"), at("05-01 00:00"))
    desk.clock.at = at("05-16 00:00")
    record_analysis(desk.desk, april, "Comitê", "Nada novo.")
    assert said(desk, at("05-16 00:00"))["analysis"] == "ok"


def test_periods_are_as_long_as_the_policy_says_and_a_longer_analysis_covers_them() -> None:
    def missing(rule: AnalysisRule, *made: Analysis) -> list[str]:
        start = int(datetime(2026, 1, 1, tzinfo=ZONE).timestamp())
        now = int(datetime(2026, 8, 10, 12, tzinfo=ZONE).timestamp())
        found = missing_analyses(rule, made, start, now, "America/Sao_Paulo")
        return [f"{first:%m}-{last:%m}" for first, last in found]

    half = Analysis(1, date(2026, 1, 1), date(2026, 6, 30), 0, 1, "Diretoria", "x")
    assert missing(AnalysisRule(3, 20)) == ["01-03", "04-06"]
    assert missing(AnalysisRule(3, 45)) == ["01-03"]
    assert missing(AnalysisRule(3, 20), half) == []
    assert missing(AnalysisRule(1, 5), half) == ["07-07"]
    assert missing(AnalysisRule()) == []


def test_the_name_of_a_period_is_its_month_where_it_is_one() -> None:
    assert MARCH.name == "2026-03"
    assert Span(date(2026, 3, 1), date(2026, 4, 30), 0, 1).name == "2026-03-01..2026-04-30"
