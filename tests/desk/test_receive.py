"""Whatever comes is registered, with a protocol and a receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.desk.receive import SUBJECT_LIMIT, TEXT_LIMIT, Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.customer import Customer, Requester
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.mail_settings import MailSettings
from ouvidoria_tui.domain.outbox import LetterState
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.domain.ticket import Admission, Channel, Status, Ticket, Type
from ouvidoria_tui.domain.triage_plan import AT_REQUEST
from tests.desk.bench import AGENTS, HOUR, Bench, code_of
from tests.desk.clock_bench import POLICY, found


@pytest.mark.req("S4-16", "S4-28")
@pytest.mark.parametrize("kind", Type)
def test_every_kind_of_manifestation_gets_a_protocol(bench: Bench, kind: Type) -> None:
    outcome = receive(bench.desk, Manifestation("Assunto", "Relato", kind))
    assert outcome.result is Result.DONE
    assert parse_protocol(outcome.protocol) == outcome.protocol
    assert bench.ticket(outcome.protocol).type is kind


@pytest.mark.req("S2-29", "S4-16")
def test_a_new_ticket_waits_in_the_queue_and_is_not_judged_yet(bench: Bench) -> None:
    ticket = bench.ticket(bench.new())
    assert (ticket.status, ticket.admission, ticket.assignee) == (Status.OPEN, Admission.PENDING, None)


@pytest.mark.req("S4-16")
@pytest.mark.parametrize("text", ["x", "GRITO GRITO GRITO", "😠", "\x00", "=cmd|' /C calc'!A0"])
def test_no_text_is_turned_away_for_what_it_says(bench: Bench, text: str) -> None:
    outcome = receive(bench.desk, Manifestation("", text))
    assert outcome.result is Result.DONE


@pytest.mark.req("S0-17")
def test_the_words_are_kept_verbatim(bench: Bench) -> None:
    text = "  Prezados,\r\n\r\n\tNão É O QUE EU PEDI!!!  \n--\nassinatura  "
    ref = receive(bench.desk, Manifestation("Assunto", text)).protocol
    assert bench.words(ref) == [text]


def test_a_text_without_subject_is_headed_by_its_first_line(bench: Bench) -> None:
    ref = receive(bench.desk, Manifestation("", "\n\n  Primeira linha  \nsegunda")).protocol
    assert bench.ticket(ref).subject == "Primeira linha"


def anonymous(kind: Type = Type.REPORT, **more: Any) -> Manifestation:
    return Manifestation("Desvio", "Vi o desvio.", kind, anonymous=True, **more)


def with_rule(folder: Path, lines: str) -> Bench:
    return found(folder, "03-02 10:00", text=POLICY.replace("zone =", f"{lines}\nzone =", 1))


@pytest.mark.req("S4-10")
@pytest.mark.parametrize(
    ("rule", "heard"),
    [
        ("", set()),
        ('anonymous = "no"', set()),
        ('anonymous = "denuncia-only"', {Type.REPORT}),
        ('anonymous = "yes"', set(Type)),
        ('anonymous = "denuncia-only"\npublic_body = true', set(Type)),
    ],
)
def test_somebody_without_a_name_is_heard_where_the_policy_or_the_law_says_so(
    tmp_path: Path, rule: str, heard: set[Type]
) -> None:
    bench = with_rule(tmp_path, rule)
    for kind in Type:
        if kind in heard:
            ticket = bench.ticket(receive(bench.desk, anonymous(kind)).protocol)
            assert (ticket.customer, ticket.flags) == (None, ("anonymous",))
            assert ticket.confidential is (kind is Type.REPORT)
        else:
            assert code_of(lambda kind=kind: receive(bench.desk, anonymous(kind))) == (  # type: ignore[misc]
                "ANONYMOUS_NOT_ALLOWED"
            )


def test_what_is_anonymous_comes_without_a_person(tmp_path: Path) -> None:
    bench = with_rule(tmp_path, 'anonymous = "yes"')
    what = anonymous(customer=Customer(0, "Joana"))
    assert code_of(lambda: receive(bench.desk, what)) == "ANONYMOUS_WITH_NAME"


def test_to_somebody_without_a_name_nothing_is_mailed(tmp_path: Path) -> None:
    bench = with_rule(tmp_path, 'anonymous = "yes"')
    bench.store.outbox.put_settings(
        MailSettings(from_address="ouvidoria@example.com", road="sendmail", sendmail="/bin/true")
    )
    ref = receive(bench.desk, anonymous(Type.COMPLAINT)).protocol
    reply(bench.desk, ref, "Fica registrado")
    assert list(bench.store.outbox.letters(list(LetterState), None)) == []


@pytest.mark.req("S4-15")
def test_only_those_whom_the_organisation_has_named_receive(tmp_path: Path) -> None:
    bench = with_rule(tmp_path, 'receivers = ["supervisor", "ombudsman"]')
    what = Manifestation("Assunto", "Relato")
    for login in ("caio", "ana"):
        assert code_of(lambda login=login: receive(bench.of(login), what)) == (  # type: ignore[misc]
            "NOT_A_RECEIVER"
        )
    for login in ("bia", "oto"):
        assert receive(bench.of(login), what).result is Result.DONE


@pytest.mark.req("S4-08")
@pytest.mark.parametrize("who", [Requester.USER, Requester.CONSUMER])
@pytest.mark.parametrize("kind", [Type.CRITICISM, Type.SUGGESTION, Type.COMPLAINT])
def test_users_and_consumers_bring_criticism_suggestions_and_complaints(
    bench: Bench, who: Requester, kind: Type
) -> None:
    what = Manifestation("Assunto", "Relato", kind, customer=Customer(0, "Maria", kind=who))
    ticket = bench.ticket(receive(bench.desk, what).protocol)
    assert ticket.customer is not None
    customer = bench.store.customer(ticket.customer)
    assert customer is not None
    assert (ticket.type, customer.kind) == (kind, who)


@pytest.mark.req("S4-01")
@pytest.mark.parametrize("channel", Channel)
def test_every_channel_is_a_way_in_for_every_kind(bench: Bench, channel: Channel) -> None:
    for kind in Type:
        ref = receive(bench.desk, Manifestation("Assunto", "Relato", kind, channel)).protocol
        assert (bench.ticket(ref).channel, bench.ticket(ref).type) == (channel, kind)


@pytest.mark.req("S2-02")
def test_mail_and_client_area_open_the_same_ticket_in_the_department_desired(bench: Bench) -> None:
    def opened(channel: Channel) -> Ticket:
        what = Manifestation("Assunto", "Relato", channel=channel, department="financeiro")
        return bench.ticket(receive(bench.desk, what).protocol)

    mail, area = opened(Channel.EMAIL), opened(Channel.PORTAL)
    assert mail.department == area.department == "financeiro"
    own = replace(mail, id=area.id, protocol=area.protocol, channel=area.channel, head=area.head)
    assert (mail.channel, own) == (Channel.EMAIL, area)


@pytest.mark.req("S0-19")
@pytest.mark.parametrize("login", [login for login, role in AGENTS.items() if role is not Role.AUDITOR])
def test_whoever_attends_opens_a_ticket_for_the_customer(bench: Bench, login: str) -> None:
    who = Customer(0, "Maria", email="m@example.com")
    asked = Manifestation("Assunto", "Relato", channel=Channel.PHONE, customer=who, at_request=True)
    ref = receive(bench.of(login), asked).protocol
    opened = bench.events(ref)[0]
    assert (opened.type, opened.actor) == (Act.RECEIVED, bench.of(login).agent.id)
    assert (bench.ticket(ref).channel, AT_REQUEST in bench.ticket(ref).flags) == (Channel.PHONE, True)
    customer = bench.store.customer(bench.ticket(ref).customer or 0)
    assert customer is not None
    assert customer.email == "m@example.com"


@pytest.mark.req("S4-10")
def test_whoever_is_affected_comes_back_without_being_a_customer(bench: Bench) -> None:
    ref = receive(bench.desk, Manifestation("Ruído na obra", "Moro ao lado")).protocol
    reply(bench.desk, ref, "Vamos ver")
    customer_reply(bench.desk, ref, "O ruído voltou")
    assert (bench.ticket(ref).customer, bench.status(ref)) == (None, Status.CUSTOMER_REPLY)


def test_nothing_at_all_is_a_mistake_of_the_call(bench: Bench) -> None:
    assert code_of(lambda: receive(bench.desk, Manifestation(" ", "\n"))) == "TEXT_REQUIRED"


@pytest.mark.parametrize(
    "what",
    [Manifestation("Assunto", "x" * (TEXT_LIMIT + 1)), Manifestation("x" * (SUBJECT_LIMIT + 1), "Relato")],
    ids=["text", "subject"],
)
def test_what_is_longer_than_any_letter_is_refused_at_the_door(bench: Bench, what: Manifestation) -> None:
    assert code_of(lambda: receive(bench.desk, what)) == "TEXT_TOO_LONG"


def test_an_arrival_in_the_future_is_refused(bench: Bench) -> None:
    what = Manifestation("Assunto", "Relato")
    assert code_of(lambda: receive(bench.desk, what, at=bench.clock.at + 1)) == "DATE_IN_FUTURE"


def test_the_year_of_the_protocol_is_that_of_the_arrival_at_the_desk(bench: Bench) -> None:
    # One hour into 2026 in Greenwich it is still 2025 in São Paulo.
    at = int(datetime(2026, 1, 1, 1, tzinfo=UTC).timestamp())
    assert receive(bench.desk, Manifestation("Assunto", "Relato"), at=at).protocol.startswith("2025-")


def test_protocols_of_a_year_count_without_a_gap(bench: Bench) -> None:
    numbers = [int(bench.new().split("-")[1]) for _ in range(5)]
    assert numbers == [1, 2, 3, 4, 5]


def test_a_refused_registration_uses_no_protocol_up(bench: Bench) -> None:
    bench.new()
    what = Manifestation("Assunto", "Relato", department="Marte")
    assert code_of(lambda: receive(bench.desk, what)) == "DEPARTMENT_NOT_FOUND"
    assert bench.new().split("-")[1] == "000002"


def test_two_times_are_kept(bench: Bench) -> None:
    ref = receive(bench.desk, Manifestation("Assunto", "Relato"), at=bench.clock.at - HOUR).protocol
    ticket = bench.ticket(ref)
    assert (ticket.arrived_at, ticket.registered_at) == (bench.clock.at - HOUR, bench.clock.at)


def test_a_customer_is_known_again_by_the_address(bench: Bench) -> None:
    who = (Customer(0, "Maria", email="M@Example.com"), Customer(0, "Maria Silva", email="m@example.com"))
    first, second = (receive(bench.desk, Manifestation("a", "b", customer=one)).protocol for one in who)
    assert bench.ticket(first).customer == bench.ticket(second).customer


@pytest.mark.req("S3-47")
def test_a_second_ticket_of_the_same_subject_is_told_and_registered_all_the_same(bench: Bench) -> None:
    who = Customer(0, "Maria", email="m@example.com")
    first = receive(bench.desk, Manifestation("Cobrança", "a", customer=who))
    second = receive(bench.desk, Manifestation("RES: cobrança", "b", customer=who))
    assert second.details["duplicate_of"] == first.protocol
    assert second.protocol != first.protocol


def test_confidential_words_are_in_no_index(bench: Bench) -> None:
    receive(bench.desk, Manifestation("Denúncia", "palavrachave", confidential=True))
    found = bench.store.conn.execute(
        "SELECT count(*) FROM message_fts WHERE message_fts MATCH 'palavrachave'"
    )
    assert found.fetchone()[0] == 0


def test_half_characters_in_names_do_not_stop_a_registration(bench: Bench) -> None:
    who = Customer(0, "Mar\udce9a", email="m@example.com", document="\udfff")
    outcome = receive(bench.desk, Manifestation("a\ud800", "b\udfff", customer=who, prior_ticket="\ud83d"))
    assert outcome.result is Result.DONE


def test_a_known_customer_brings_the_plan_of_the_register(bench: Bench) -> None:
    receive(
        bench.desk, Manifestation("Um", "Relato", customer=Customer(0, "Davi", "d@example.com", plan="team"))
    )
    again = receive(
        bench.desk, Manifestation("Dois", "Relato", customer=Customer(0, "Davi", "d@example.com"))
    )
    assert bench.ticket(again.protocol).plan == "team"


def test_a_plan_that_is_named_counts_before_the_register(bench: Bench) -> None:
    receive(
        bench.desk, Manifestation("Um", "Relato", customer=Customer(0, "Davi", "d@example.com", plan="team"))
    )
    who = Customer(0, "Davi", "d@example.com")
    again = receive(bench.desk, Manifestation("Dois", "Relato", customer=who, plan="basico"))
    assert bench.ticket(again.protocol).plan == "basico"


def test_a_department_is_named_by_its_name_as_well(bench: Bench) -> None:
    known = bench.store.known_slugs("department")
    assert known
    for slug, name in known.items():
        what = Manifestation("Assunto", "Relato", department=name)
        assert bench.ticket(receive(bench.desk, what).protocol).department == slug


def test_an_address_that_is_none_is_refused_before_anything_is_registered(bench: Bench) -> None:
    who = Customer(0, "Ana Exemplo", email="nao é email")
    what, before = Manifestation("Assunto", "Relato", customer=who), bench.store.desk_head()
    assert code_of(lambda: receive(bench.desk, what)) == "BAD_ADDRESS"
    assert bench.store.desk_head() == before
