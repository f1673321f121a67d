"""First-line history, volumes, customers and event logs into a desk: upsert, replay, and a second run that is quiet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.import_chunks import Imported, Took
from ouvidoria_tui.desk.import_customers import import_customers
from ouvidoria_tui.desk.import_events import import_events
from ouvidoria_tui.desk.import_first_line import import_first_line, import_volumes
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.triage import plan
from ouvidoria_tui.domain.customer import ContactRole, Customer
from ouvidoria_tui.domain.first_line import DayVolume, Ending, FirstLineTicket
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.record import Record
from ouvidoria_tui.domain.record_rows import CustomerRow, StatusRow
from ouvidoria_tui.domain.ticket import Admission, Status, Ticket
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.report.batch import Priors, case_of, connection
from ouvidoria_tui.store.rebuild import rebuild
from ouvidoria_tui.store.verify import verify

NOW = 1_780_000_000
HOUR = 3600
THEN = NOW - 1000 * HOUR
LONG = "A cobrança veio duas vezes no cartão e o atendimento não devolveu o valor, apesar de três pedidos."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(NOW)
    store = found_desk(tmp_path / "d.db", profile="loja-virtual", clock=clock, admin="ana")
    yield desk_over(store, agent="ana", clock=clock)
    store.close()


def took(done: Iterable[Imported]) -> list[Took]:
    return [one.took for one in done]


def first_line(number: str = "12345", **more: object) -> FirstLineTicket:
    values: dict[str, object] = {"number": number, "source": "sac", "email": "maria@example.com", **more}
    return FirstLineTicket(**values)  # type: ignore[arg-type]


def planned(desk: Desk, number: str | None, email: str = "maria@example.com") -> Plan:
    what = Manifestation("Cobrança", LONG, customer=Customer(0, "Maria", email), prior_ticket=number)
    protocol = receive(desk, what).protocol
    conn = connection(desk.store)
    (made,) = plan(desk, [case_of(conn, protocol)], prior=Priors.of(conn))
    return made


def said(made: Plan) -> str:
    return " | ".join(str(reason.text) for reason in made.reasons if reason.rule.startswith("prior-ticket"))


def test_the_history_is_taken_once_and_brought_up_to_date(desk: Desk) -> None:
    assert took(import_first_line(desk, [first_line()])) == [Took.CREATED]
    assert took(import_first_line(desk, [first_line()])) == [Took.UNCHANGED]
    assert took(import_first_line(desk, [first_line(outcome=Ending.SATISFIED)])) == [Took.UPDATED]


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    assert took(import_first_line(desk, [first_line()], dry_run=True)) == [Took.CREATED]
    assert Priors.of(connection(desk.store)) is None


def test_who_may_not_import_reads_nothing(desk: Desk) -> None:
    desk.store.add_agent("caio", "Caio", Role.AGENT, True, NOW)
    with pytest.raises(NotAllowed):
        import_first_line(desk_over(desk.store, agent="caio", clock=desk.clock), [first_line()])  # type: ignore[arg-type]


def test_without_a_history_a_number_is_taken_as_it_is(desk: Desk) -> None:
    assert (planned(desk, "999").decision, said(planned(desk, "999"))) == (Admission.ADMITTED, "")


@pytest.mark.parametrize("number", ["12345", "#0012345", " 12-345 "])
def test_an_unsatisfied_customers_own_ticket_opens_the_door(desk: Desk, number: str) -> None:
    list(import_first_line(desk, [first_line(outcome=Ending.UNSATISFIED)]))
    made = planned(desk, number)
    assert (made.decision, made.flags) == (Admission.ADMITTED, ())
    assert "not satisfied" in said(made)


def test_a_number_that_the_history_does_not_know_is_as_one_that_is_missing(desk: Desk) -> None:
    list(import_first_line(desk, [first_line()]))
    made = planned(desk, "999")
    assert (made.decision, made.codes) == (Admission.AWAITING_INFO, ("PRIOR_TICKET_REQUIRED",))
    assert "not found in the imported history" in said(made)


@pytest.mark.parametrize(
    ("row", "email", "words"),
    [
        (first_line(outcome=Ending.UNSATISFIED), "outra@example.com", "another customer"),
        (first_line(), "maria@example.com", "has not ended"),
        (first_line(outcome=Ending.SATISFIED), "maria@example.com", "customer satisfied"),
    ],
)
def test_what_speaks_against_a_number_is_flagged_and_never_refused(
    desk: Desk, row: FirstLineTicket, email: str, words: str
) -> None:
    list(import_first_line(desk, [row]))
    made = planned(desk, "12345", email)
    assert (made.decision, made.flags) == (Admission.ADMITTED, ("prior-ticket-doubtful",))
    assert words in said(made)


def test_of_two_tickets_of_one_number_the_customers_own_counts(desk: Desk) -> None:
    other = first_line(source="antigo", email="outra@example.com")
    list(import_first_line(desk, [other, first_line(outcome=Ending.UNSATISFIED)]))
    assert planned(desk, "12345").flags == ()


def test_volumes_are_replaced_by_what_is_said_later(desk: Desk) -> None:
    day = date(2026, 3, 2)
    assert took(import_volumes(desk, [DayVolume(day, 100, 99, "chat")])) == [Took.CREATED]
    assert took(import_volumes(desk, [DayVolume(day, 100, 99, "chat")])) == [Took.UNCHANGED]
    assert took(import_volumes(desk, [DayVolume(day, 100, 100, "chat")])) == [Took.UPDATED]


def customer(**more: object) -> CustomerRow:
    values: dict[str, object] = {"source": "crm", "external_id": "C1", "name": "Loja", **more}
    return CustomerRow(**values)  # type: ignore[arg-type]


def test_a_customer_is_known_again_and_what_is_not_said_stays(desk: Desk) -> None:
    assert took(import_customers(desk, [customer(email="a@example.com")])) == [Took.CREATED]
    assert took(import_customers(desk, [customer(email="a@example.com")])) == [Took.UNCHANGED]
    assert took(import_customers(desk, [customer(name="Loja Nova", plan="Ouro")])) == [Took.UPDATED]
    known = desk.store.customer(1)
    assert known is not None
    assert (known.name, known.email, known.plan) == ("Loja Nova", "a@example.com", "ouro")


def test_each_row_may_bring_another_contact(desk: Desk) -> None:
    rows = [
        customer(contact_name="João", contact_email="j@example.com", authorised=True),
        customer(contact_name="Bia", contact_email="b@example.com", authorised=False),
    ]
    assert took(import_customers(desk, rows)) == [Took.CREATED, Took.UPDATED]
    assert took(import_customers(desk, rows)) == [Took.UNCHANGED, Took.UNCHANGED]
    found = {contact.email: contact.authorised for contact in desk.store.contacts(1)}
    assert found == {"j@example.com": True, "b@example.com": False}


def test_contacts_come_with_both_kinds_of_numbers_and_their_roles(desk: Desk) -> None:
    rows = [
        customer(contact_name="João", contact_phone="(11) 91234-5678", contact_role=ContactRole.PRIMARY),
        customer(contact_name="Bia", contact_phone="(11) 3123-4567", contact_role=ContactRole.SECONDARY),
        customer(contact_name="Rui", contact_mobile="0800 1", contact_landline="91234-5678"),
    ]
    list(import_customers(desk, rows))
    assert took(import_customers(desk, rows)) == [Took.UNCHANGED] * 3
    assert [(one.name, one.mobile, one.landline, one.role) for one in desk.store.contacts(1)] == [
        ("João", "(11) 91234-5678", None, "primary"),
        ("Bia", None, "(11) 3123-4567", "secondary"),
        ("Rui", "0800 1", "91234-5678", "other"),
    ]


def test_another_primary_contact_takes_the_place_of_the_one_before(desk: Desk) -> None:
    first = customer(contact_name="J", contact_phone="1", contact_role=ContactRole.PRIMARY)
    list(import_customers(desk, [first]))
    other = customer(contact_name="B", contact_email="b@example.com", contact_role=ContactRole.PRIMARY)
    list(import_customers(desk, [other]))
    assert [one.role for one in desk.store.contacts(1)] == ["other", "primary"]


def test_a_contact_may_lose_the_word(desk: Desk) -> None:
    list(import_customers(desk, [customer(contact_email="j@example.com", authorised=True)]))
    assert took(import_customers(desk, [customer(contact_email="j@example.com", authorised=False)])) == [
        Took.UPDATED
    ]
    assert [contact.authorised for contact in desk.store.contacts(1)] == [False]


def row(status: Status, hours: int, **more: object) -> StatusRow:
    values: dict[str, object] = {
        "ticket": "x1",
        "source": "old",
        "status": status,
        "at": THEN + hours * HOUR,
        **more,
    }
    return StatusRow(**values)  # type: ignore[arg-type]


@pytest.fixture
def ticket(desk: Desk) -> int:
    list(import_records(desk, [Record("x1", "old", THEN, "Assunto", "texto")]))
    return 1


LOG = [
    row(Status.OPEN, 0),
    row(Status.ASSIGNED, 1, agent="bia"),
    row(Status.IN_PROGRESS, 2, agent="bia"),
    row(Status.ANSWERED, 3, text="Resolvemos."),
    row(Status.CUSTOMER_REPLY, 4, text="Não resolveu."),
    row(Status.ANSWERED, 5, text="Agora sim."),
    row(Status.CLOSED, 6),
]


def state(desk: Desk, ticket: int) -> Ticket:
    return desk.store.get(ticket)


def test_a_log_is_told_as_history(desk: Desk, ticket: int) -> None:
    assert took(import_events(desk, LOG)) == [Took.UPDATED] * 7
    found = state(desk, ticket)
    assert (found.status, found.closed_at, found.answered_at) == (
        Status.CLOSED,
        THEN + 6 * HOUR,
        THEN + 5 * HOUR,
    )
    events = desk.store.events(ticket)[1:]
    assert [event.happened_at for event in events] == [entry.at for entry in LOG]
    assert [event.type for event in events][1:4] == [Act.ASSIGNED, Act.STARTED, Act.REPLIED]


def test_a_second_run_tells_nothing_twice(desk: Desk, ticket: int) -> None:
    list(import_events(desk, LOG))
    before = state(desk, ticket).revision
    assert took(import_events(desk, LOG)) == [Took.UNCHANGED] * 7
    assert state(desk, ticket).revision == before


def test_an_illegal_move_is_refused_by_its_line_and_kept_as_a_note(desk: Desk, ticket: int) -> None:
    illegal = row(Status.CUSTOMER_REPLY, 1, text="antes da hora", agent="bia", line=7)
    (done,) = import_events(desk, [illegal])
    assert (done.took, done.line, done.error and done.error.code) == (Took.REJECTED, 7, "ILLEGAL_TRANSITION")
    (note,) = [message for message in desk.store.messages(ticket).values() if message.part is Part.NOTE]
    assert "customer-reply (bia)" in note.text
    assert "antes da hora" in note.text
    assert state(desk, ticket).status is Status.OPEN
    assert took(import_events(desk, [illegal])) == [Took.UNCHANGED]


def test_a_row_before_what_is_known_moves_nothing(desk: Desk, ticket: int) -> None:
    list(import_events(desk, [row(Status.ASSIGNED, 5)]))
    (done,) = import_events(desk, [row(Status.IN_PROGRESS, 2)])
    assert (done.took, done.error and done.error.code) == (Took.REJECTED, "DATE_ORDER")
    assert state(desk, ticket).status is Status.ASSIGNED


def test_a_ticket_is_named_by_its_protocol_too(desk: Desk, ticket: int) -> None:
    rows = [
        row(Status.ASSIGNED, 1, ticket=state(desk, ticket).protocol),
        row(Status.CLOSED, 2, ticket="nada"),
    ]
    done = list(import_events(desk, rows))
    assert [one.took for one in done] == [Took.UPDATED, Took.REJECTED]
    assert done[1].error is not None
    assert done[1].error.code == "TICKET_NOT_FOUND"


def test_rows_that_say_the_same_are_told_apart_by_their_ordinal(desk: Desk, ticket: int) -> None:
    list(import_events(desk, LOG[:2]))
    twice = [row(Status.ANSWERED, 9, text="Um"), row(Status.ANSWERED, 9, text="Dois", ordinal=2)]
    assert took(import_events(desk, twice)) == [Took.UPDATED, Took.UPDATED]
    texts = [message.text for message in desk.store.messages(ticket).values() if message.part is Part.DESK]
    assert texts == ["Um", "Dois"]


def test_the_ledger_holds_after_every_kind(desk: Desk, ticket: int) -> None:
    list(import_events(desk, [*LOG, row(Status.CUSTOMER_REPLY, 0, ordinal=2)]))
    list(import_first_line(desk, [first_line()]))
    list(import_volumes(desk, [DayVolume(date(2026, 3, 2), 1, 1)]))
    list(import_customers(desk, [customer(contact_email="j@example.com")]))
    conn = connection(desk.store)
    assert verify(conn).ok
    before = state(desk, ticket)
    assert rebuild(desk.store).differences == ()
    assert state(desk, ticket) == before
