"""Each letter is in one language: the customer's own where it is known, else the desk's; areas have the desk's."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import mail_hooks
from ouvidoria_tui.desk.answers import answer, preview
from ouvidoria_tui.desk.assess import assess, position
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.customers import edit_customer
from ouvidoria_tui.desk.delay_notice import delay_notice
from ouvidoria_tui.desk.forward import area_answer, forward
from ouvidoria_tui.desk.import_customers import import_customers
from ouvidoria_tui.desk.incident import link_incident, open_incident
from ouvidoria_tui.desk.incident_tell import tell_incident
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.measures import no_measures
from ouvidoria_tui.desk.merge import merge
from ouvidoria_tui.desk.merge_plan import Wanted as Merging
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register_entries import edit_entry
from ouvidoria_tui.desk.remind import remind
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.desk.templates import edit_template, template_in_force
from ouvidoria_tui.desk.triage import apply, letters_of, plan
from ouvidoria_tui.domain import survey
from ouvidoria_tui.domain.answer import Concluding, Wanted, Wish
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.language import Language, language_named
from ouvidoria_tui.domain.record_rows import CustomerRow
from ouvidoria_tui.domain.survey import Scores
from ouvidoria_tui.domain.ticket import CloseReason, Merit
from ouvidoria_tui.founding import profile_text
from ouvidoria_tui.store.reading import connection
from ouvidoria_tui.store.triage_reads import case_of
from tests.desk.bench import Bench
from tests.desk.clock_bench import POLICY, at, found, proven, round_
from tests.desk.mail_sample import letter, parse

AREAS = '\n[[areas]]\nslug = "finance"\nname = "Finance"\n'
TELLING = "\n[telling]\nclosing_letter = true\nsurvey_days = 10\n"
MAIL = "\n[mail.letters]\nreceipt = true\n"
ENGLISH = POLICY + AREAS + TELLING + 'language = "en"\n' + MAIL
PORTUGUESE = POLICY + AREAS + TELLING + MAIL
JOHN = Customer(0, "John Sample", email="john@example.com", language=Language.ENGLISH)
#: What only Portuguese has, of what a letter may say; and the same of English.
_PT = re.compile(r"[ãõçáéíóúâêô]|\b(?:não|até|você|por|uma|para|que|foi|sua|nosso)\b", re.IGNORECASE)
_EN = re.compile(r"\b(?:the|you|your|will|until|was|have|please|hello|with)\b", re.IGNORECASE)


SETTINGS = {"from_address": "desk@company.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"}


def desk_of_profile(folder: Path, profile: str) -> Bench:
    bench = found(folder, "03-02 10:00", text=profile_text(profile)[1])
    change_mail(bench.desk, SETTINGS)
    return bench


def desk_of(folder: Path, text: str) -> Bench:
    bench = found(folder, "03-02 10:00", text=text)
    change_mail(bench.desk, SETTINGS)
    edit_entry(bench.desk, "area", "finance", {"email": "finance@company.example"})
    return bench


@pytest.fixture
def english(tmp_path: Path) -> Bench:
    """A desk that writes in English."""
    return desk_of(tmp_path, ENGLISH)


@pytest.fixture
def portuguese(tmp_path: Path) -> Bench:
    """A desk that writes in Portuguese."""
    return desk_of(tmp_path, PORTUGUESE)


def sent(bench: Bench) -> list[str]:
    """The subject and text of everything that was queued, in order."""
    rows = bench.store.conn.execute(
        "SELECT subject, text FROM outbox JOIN message USING (ticket_id, seq) ORDER BY outbox.id"
    )
    return [f"{subject}\n{text}" for subject, text in rows]


def received(bench: Bench, customer: Customer | None, subject: str = "Late") -> str:
    what = Manifestation(subject, "It came a week later than it was said to.", customer=customer)
    return receive(bench.desk, what).protocol


def worked(bench: Bench, customer: Customer) -> str:
    """One case with every letter that a desk writes of one, all words of people in English."""
    desk, ref = bench.desk, received(bench, customer)
    twin = received(bench, customer, "Late again")
    merge(desk, twin, Merging(ref))
    incident = open_incident(desk, "Warehouse").number
    link_incident(desk, ref, incident)
    list(tell_incident(desk, incident, "Shelf B is shut."))
    delay_notice(desk, ref, at("03-05 00:00"), "Shelf B is shut.")
    position(desk, ref, Side.CUSTOMER, "It came late.")
    forward(desk, ref, "finance", "What happened?")
    forward(desk, ref, "finance", "Please answer.")
    area_answer(desk, ref, "A shelf was shut.")
    position(desk, ref, Side.COMPANY, "A shelf was shut.")
    assess(desk, ref, Merit.FOUNDED, "It was late.")
    answer(desk, ref, Wanted("T3", "We wait for a report."))
    no_measures(desk, ref, "it is settled")
    answer(desk, ref, Wanted("C1", "It was late.", Concluding(wish=Wish.MET)))
    remind(desk, ref)
    close(desk, ref, CloseReason.SOLVED)
    return ref


def test_a_desk_that_writes_in_english_writes_every_letter_in_it(english: Bench) -> None:
    worked(english, replace(JOHN, language=None))
    letters = sent(english)
    assert len(letters) >= 11
    assert [text for text in letters if _PT.search(text)] == []
    assert [text for text in letters if not _EN.search(text)] == []
    assert proven(english.store)


def test_a_desk_that_says_nothing_writes_in_portuguese(portuguese: Bench) -> None:
    received(portuguese, replace(JOHN, language=None))
    (receipt,) = sent(portuguese)
    assert "Olá, John Sample." in receipt
    assert not _EN.search(receipt.replace("Late", ""))


def test_a_customers_own_language_comes_before_the_desks_and_areas_have_the_desks(portuguese: Bench) -> None:
    worked(portuguese, JOHN)
    rows = portuguese.store.conn.execute(
        "SELECT outbox.kind, subject || text FROM outbox JOIN message USING (ticket_id, seq)"
    ).fetchall()
    areas = [text for kind, text in rows if kind == "area"]
    assert len(areas) == 2
    assert all(_PT.search(text) for text in areas)
    assert [text for kind, text in rows if kind != "area" and _PT.search(text)] == []


def test_a_ticket_of_nobody_is_written_about_in_the_desks_language(english: Bench) -> None:
    ref = received(english, None)
    assert "the complaint is founded" in _founded(english, ref)


def _founded(bench: Bench, ref: str) -> str:
    position(bench.desk, ref, Side.CUSTOMER, "Late.")
    position(bench.desk, ref, Side.COMPANY, "Yes.")
    assess(bench.desk, ref, Merit.FOUNDED, "It was.")
    no_measures(bench.desk, ref, "it is settled")
    return preview(bench.desk, ref, Wanted("C1", "It was.", Concluding(wish=Wish.MET))).text


def test_changing_the_customers_language_changes_the_next_letter_and_no_earlier_one(
    portuguese: Bench,
) -> None:
    ref = received(portuguese, replace(JOHN, language=None))
    before = sent(portuguese)
    edit_customer(portuguese.desk, "john@example.com", {"language": "en"})
    delay_notice(portuguese.desk, ref, at("03-05 00:00"), "Shelf B is shut.")
    after = sent(portuguese)
    assert after[: len(before)] == before
    assert "Hello, John Sample." in after[-1]
    assert "2026-03-05" in after[-1]
    edit_customer(portuguese.desk, "john@example.com", {"language": ""})
    delay_notice(portuguese.desk, ref, at("03-06 00:00"), "Shelf B is shut.")
    assert "Olá, John Sample." in sent(portuguese)[-1]


def test_the_event_names_language_and_version_of_its_template(portuguese: Bench) -> None:
    edited = template_in_force(portuguese.desk, "T1", "en").text
    edit_template(portuguese.desk, "T1", "en", f"{edited}\nThe desk.\n")
    mine = received(portuguese, JOHN)
    hers = received(portuguese, Customer(0, "Maria Exemplo", email="maria@example.com"))
    for ref in (mine, hers):
        delay_notice(portuguese.desk, ref, at("03-05 00:00"), "Shelf B is shut.")
    said = [portuguese.last(ref).payload for ref in (mine, hers)]
    assert [(one["template_language"], one["template_version"]) for one in said] == [("en", 1), ("pt-BR", 0)]


def test_the_round_begins_notices_in_the_customers_language_and_tells_colleagues_in_the_desks(
    portuguese: Bench,
) -> None:
    reply(portuguese.desk, received(portuguese, JOHN), "We look into it.")
    customer_reply(portuguese.desk, received(portuguese, JOHN, "Broken"), "And?")
    portuguese.clock.at = at("03-13 09:00")
    round_(portuguese)
    drafts = [row[0] for row in portuguese.store.conn.execute("SELECT text FROM draft")]
    reasons = portuguese.store.conn.execute("SELECT text FROM message WHERE part = 'reason'").fetchall()
    assert drafts
    assert [text for text in drafts if _PT.search(text)] == []
    assert reasons
    assert all(_PT.search(text) for (text,) in reasons)


def test_what_triage_writes_is_in_the_customers_language(tmp_path: Path) -> None:
    bench = desk_of_profile(tmp_path, "loja-virtual")
    what = Manifestation("Late", "It came a week later than it was said to.", customer=JOHN)
    ref = receive(bench.desk, what).protocol
    (planned,) = plan(bench.desk, [case_of(connection(bench.store), ref)])
    assert planned.messages
    shown = letters_of(bench.desk, planned)
    list(apply(bench.desk, [planned]))
    said = [message for message in shown if _PT.search(message.text) or not _EN.search(message.text)]
    assert said == []
    assert [f"{one.subject}\n{one.text}" for one in shown] == sent(bench)[-len(shown) :]


@pytest.mark.req("S0-07")
def test_the_english_survey_is_answered_by_mail(english: Bench) -> None:
    ref = received(english, replace(JOHN, language=None))
    reply(english.desk, ref, "It is settled.", conclusive=True)
    close(english.desk, ref, CloseReason.SOLVED)
    asked = sent(english)[-1]
    form = asked[asked.index("Solution (1 to 5): ") :].splitlines()[:3]
    filled = "\n".join(line + said for line, said in zip(form, ("4", "5", "Quick"), strict=True))
    ours = english.store.conn.execute("SELECT message_id FROM outbox ORDER BY id DESC LIMIT 1").fetchone()[0]
    mail = letter(answers=[ours], sender="john@example.com", text=f"{filled}\n")
    list(take(english.desk, [mail], parse, hooks=mail_hooks(english.desk)))
    given = survey.fold(english.events(ref)).answer
    assert given is not None
    assert given.scores == Scores(4, 5)


def test_an_import_says_and_keeps_the_language(portuguese: Bench) -> None:
    row = CustomerRow(
        "crm", external_id="7", name="John", email="john@example.com", language=Language.ENGLISH
    )
    list(import_customers(portuguese.desk, [row]))
    list(import_customers(portuguese.desk, [replace(row, language=None, name="John Sample")]))
    (known,) = portuguese.store.people.named("7")
    customer = portuguese.store.customer(known)
    assert customer is not None
    assert (customer.name, customer.language) == ("John Sample", Language.ENGLISH)


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("pt-BR", Language.PORTUGUESE),
        ("PT_br", Language.PORTUGUESE),
        (" pt ", Language.PORTUGUESE),
        ("en-GB", Language.ENGLISH),
        ("EN", Language.ENGLISH),
        ("english", None),
        ("", None),
        ("-", None),
        ("fr", None),
    ],
)
def test_a_language_is_known_by_its_tag(written: str, language: Language | None) -> None:
    assert language_named(written) is language
