"""Letters of the desk and the mail that answers them: the signed id leads back, bounces are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ouvidoria_tui.bootstrap import mail_hooks
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.mail_take import Taken
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.mail import FailedDelivery, Mail
from ouvidoria_tui.domain.mail_decision import Ending
from ouvidoria_tui.domain.outbox import Letter
from ouvidoria_tui.domain.policy_mail import Identity, MailLetters, MailRule
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import HOUR, Bench
from tests.desk.mail_sample import Letter as Arrived
from tests.desk.mail_sample import letter, parse


@pytest.fixture
def desk(bench: Bench) -> Iterator[Bench]:
    """A desk that sends mail and answers new tickets."""
    wanted = {"from_address": "ouvidoria@desk.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"}
    change_mail(bench.desk, wanted)
    follow_rule(bench, MailRule(letters=MailLetters(receipt=True)))
    yield bench
    assert verify(bench.store.conn).ok


def follow_rule(bench: Bench, rule: MailRule) -> None:
    in_force = bench.store.policy()
    bench.store._policy = replace(in_force, policy=replace(in_force.policy, mail=rule))


def arrive(bench: Bench, *letters: Arrived) -> list[Taken]:
    return list(take(bench.desk, letters, parse, hooks=mail_hooks(bench.desk)))


def queued(bench: Bench) -> list[Letter]:
    rows = bench.store.conn.execute("SELECT id FROM outbox ORDER BY id").fetchall()
    found = (bench.store.outbox.letter(row[0]) for row in rows)
    return [one for one in found if one is not None]


def test_an_answer_to_our_letter_comes_back_to_its_ticket_from_whatever_address(desk: Bench) -> None:
    ref = desk.new()
    reply(desk.desk, ref, "Resposta")
    ours = queued(desk)[-1].message_id
    taken = arrive(desk, letter(answers=[ours.upper()], subject="Outra coisa", sender="casa@example.com"))
    assert (taken[0].ending, taken[0].ticket) == (Ending.REPLY, ref)
    assert desk.status(ref) is Status.CUSTOMER_REPLY


def test_a_letter_of_ours_that_somebody_else_signed_is_not_believed(desk: Bench) -> None:
    ref = desk.new()
    reply(desk.desk, ref, "Resposta")
    ours = queued(desk)[-1].message_id
    forged = ours.replace(f"{desk.ticket(ref).id}.", f"{desk.ticket(ref).id}0.", 1)
    assert arrive(desk, letter(answers=[forged]))[0].ticket != ref


def test_a_new_ticket_is_answered_with_its_protocol_and_no_clock_takes_it_for_an_answer(desk: Bench) -> None:
    taken = arrive(desk, letter(sender="rita@example.com", name="Rita"))
    ref = taken[0].ticket
    assert ref is not None
    (receipt,) = queued(desk)
    assert (receipt.recipient, desk.last(ref).type) == ("rita@example.com", Act.REPLIED)
    assert desk.last(ref).payload["automatic"] is True
    assert ref in desk.words(ref)[-1]
    assert "Rita" not in desk.words(ref)[-1]
    assert (desk.status(ref), desk.ticket(ref).answered_at) == (Status.OPEN, None)


def test_who_is_not_registered_is_written_to_where_the_message_came_from(desk: Bench) -> None:
    follow_rule(desk, MailRule(identity=Identity.REGISTERED))
    arrive(desk, letter(sender="stranger@example.com"))
    assert [one.recipient for one in queued(desk)] == ["stranger@example.com"]


def test_a_contact_who_is_not_authorised_is_not_linked_and_is_told_herself(desk: Bench) -> None:
    from ouvidoria_tui.domain.customer import Contact

    follow_rule(desk, MailRule(identity=Identity.REGISTERED))
    customer = desk.ticket(desk.new()).customer
    assert customer is not None
    with desk.store.transaction():
        desk.store.add_contact(Contact(0, customer, "Rui", "rui@example.com", authorised=False))
    ref = arrive(desk, letter(sender="rui@example.com"))[0].ticket
    assert ref is not None
    assert (desk.ticket(ref).customer, desk.ticket(ref).flags) == (None, ("unauthorised",))
    assert [one.recipient for one in queued(desk)] == ["rui@example.com"]


def test_an_automatic_answer_to_our_receipt_ends_there(desk: Bench) -> None:
    ref = arrive(desk, letter("a@x"))[0].ticket
    receipt = queued(desk)[-1].message_id
    desk.clock.at += 2 * HOUR
    taken = arrive(desk, letter("v@x", "Estou de férias", answers=[receipt], machine="auto-reply"))
    assert (taken[0].ending, taken[0].ticket, len(queued(desk))) == (Ending.MACHINE, ref, 1)


def test_a_bounce_of_our_letter_is_told_on_its_ticket(desk: Bench) -> None:
    ref = desk.new()
    reply(desk.desk, ref, "Resposta")
    ours = queued(desk)[-1]
    report = letter("r@x", "não entregue", machine="delivery-report", about=[ours.message_id], sender=None)

    def read(raw: bytes) -> Mail:
        return replace(parse(raw), failures=(FailedDelivery(ours.recipient, "5.1.1", True),))

    taken = list(take(desk.desk, [report], read, hooks=mail_hooks(desk.desk)))
    assert (taken[0].ending, taken[0].ticket) == (Ending.MACHINE, ref)
    assert desk.last(ref).type is Act.BOUNCED
    assert desk.status(ref) is Status.ANSWERED


def test_a_desk_without_mail_writes_no_letters(bench: Bench) -> None:
    follow_rule(bench, MailRule(letters=MailLetters(receipt=True)))
    ref = arrive(bench, letter())[0].ticket
    assert ref is not None
    assert [event.type for event in bench.events(ref)] == [Act.RECEIVED]


def test_a_report_on_an_unlinked_ticket_is_not_whom_the_desk_writes_to(desk: Bench) -> None:
    follow_rule(desk, MailRule(identity=Identity.REGISTERED))
    ref = arrive(desk, letter("a@x", sender="rita@example.com"))[0].ticket
    assert ref is not None
    ours = queued(desk)[-1].message_id
    arrive(desk, letter("r@x", sender="mailer-daemon@example.com", machine="delivery-report", about=[ours]))
    reply(desk.desk, ref, "Resposta")
    assert [one.recipient for one in queued(desk)] == ["rita@example.com"] * 2


def test_an_id_that_was_made_here_is_not_answered(desk: Bench) -> None:
    ref = arrive(desk, letter(None, sender="rita@example.com"))[0].ticket
    assert ref is not None
    reply(desk.desk, ref, "Resposta")
    heard = desk.store.outbox.contents(queued(desk)[-1])
    assert heard.heard is None
    assert not any(one.endswith(".invalid") for one in heard.thread)
