"""`ouvidoria customer show`: everything that is known of a customer, for machines and as a page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ouvidoria_tui.cli.output import emit
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.present.words import _

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.customer import Customer


def whole(desk: Desk, customer: Customer) -> dict[str, object]:
    """The customer with its contacts, what is wanting, and its tickets: open ones first, the newest first (S2-03)."""
    from ouvidoria_tui.domain.registration import gaps
    from ouvidoria_tui.present.record_customer import contact_record, customer_record
    from ouvidoria_tui.present.records import ticket_record
    from ouvidoria_tui.report.registers import (
        connection,
        contacts_of,
        records,
        registration,
        snapshot,
        tickets_of,
    )

    policy, conn, now = desk.policy, connection(desk.store), desk.clock.now()
    zone = policy.policy.zone
    with snapshot(conn):
        found = registration(conn, customer.id)
        wanting = () if found is None else gaps(found, policy.policy.gates.stale_months, now)
        contacts = [contact_record(one, zone) for one in contacts_of(conn, customer.id)]
        tickets = [
            ticket_record(one, now, zone, policy.clocks, reveal=True)
            for one in records(conn, tickets_of(conn, customer.id))
            if not one.ticket.confidential  # that it is this customer's is itself what is kept
        ]
    return {
        **customer_record(customer, zone),
        "gaps": [gap.value for gap in wanting],
        "contacts": contacts,
        "tickets": tickets,
    }


def page(given: Globals, desk: Desk, record: dict[str, object]) -> None:
    """The same for people: facts, contacts, tickets."""
    from ouvidoria_tui.domain.customer import Requester
    from ouvidoria_tui.present.columns import ticket_columns
    from ouvidoria_tui.present.dates import moment, parse_rfc3339
    from ouvidoria_tui.present.record_customer import contact_columns, gap_words
    from ouvidoria_tui.present.safe import one_line
    from ouvidoria_tui.present.words import term_of

    policy = desk.policy.policy
    verified = record["verified_at"]
    gaps, contacts, tickets = record["gaps"], record["contacts"], record["tickets"]
    assert isinstance(gaps, list)
    assert isinstance(contacts, list)
    assert isinstance(tickets, list)
    plans = desk.store.known_slugs("plan")
    facts = {
        _("Name"): record["name"],
        _("E-mail"): record["email"],
        _("Document"): record["document"],
        _("Plan"): plans.get(str(record["plan"]), record["plan"]),
        _("Kind"): term_of(Requester, record["kind"]),
        _("Language"): record["language"],
        _("External id"): " ".join(
            str(record[key]) for key in ("source", "external_id") if record["external_id"]
        ),
        _("Verified"): "" if verified is None else moment(parse_rfc3339(str(verified)), policy.zone),
        _("State"): "" if record["active"] else _("put aside"),
        _("Wanting"): gap_words(gaps),
    }
    given.out.write(f"{_('Customer')} {record['id']}\n")
    for title, value in facts.items():
        if value:
            given.out.write(f"  {title}: {one_line(str(value), 500)}\n")
    given.out.write(f"\n{_('Contacts')}\n")
    emit(given, "table", contacts, contact_columns("table", policy.zone))
    given.out.write(f"\n{_('Tickets')}\n")
    columns = ticket_columns(
        "table", desk.clock.now(), policy.zone, labels=policy.labels, ascii_only=given.ascii
    )
    emit(given, "table", tickets, columns)
