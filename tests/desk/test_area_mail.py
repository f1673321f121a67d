"""An area answers by mail: from its registered address it is the answer, from another address it is nobody's word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ouvidoria_tui.bootstrap import mail_hooks
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.forward import forward
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.mail_take import Taken
from ouvidoria_tui.desk.quarantine import release_to
from ouvidoria_tui.desk.register_entries import edit_entry
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.area_request import fold
from ouvidoria_tui.domain.ledger import Act, Event, Part
from ouvidoria_tui.domain.mail_decision import Ending, Reason
from ouvidoria_tui.domain.ticket import CloseReason, Turn
from ouvidoria_tui.report.reading import detail
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import HOUR, Bench
from tests.desk.mail_sample import Letter as Arrived
from tests.desk.mail_sample import letter, parse

AREA, AT = "financeiro", "financeiro@loja.example"


@pytest.fixture
def desk(bench: Bench) -> Iterator[Bench]:
    """A desk that sends mail and has one area with an address."""
    change_mail(
        bench.desk,
        {"from_address": "ouvidoria@desk.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"},
    )
    edit_entry(bench.desk, "area", AREA, {"email": AT})
    yield bench
    assert verify(bench.store.conn).ok


def arrive(bench: Bench, *letters: Arrived) -> Taken:
    return list(take(bench.desk, letters, parse, hooks=mail_hooks(bench.desk)))[-1]


def asked(bench: Bench) -> tuple[str, str]:
    """A ticket about which the area was asked, and the Message-ID of the letter."""
    ref = bench.new()
    forward(bench.desk, ref, AREA, "Houve estorno?")
    return ref, str(bench.last(ref).payload["mail"])


def words(bench: Bench, ref: str, event: Event) -> tuple[str, Part]:
    message = bench.store.messages(bench.ticket(ref).id)[event.seq]
    return message.text, message.part


@pytest.mark.req("S1-22")
def test_the_areas_answer_is_recorded_from_its_registered_address(desk: Bench) -> None:
    ref, ours = asked(desk)
    desk.clock.at += HOUR

    taken = arrive(desk, letter(sender=AT, answers=[ours], text="Houve, ontem.", subject="Re: outro"))

    event = desk.last(ref)
    assert (taken.ending, taken.ticket) == (Ending.REPLY, ref)
    assert (event.type, words(desk, ref, event)) == (Act.AREA_ANSWERED, ("Houve, ontem.", Part.AREA))
    assert desk.ticket(ref).turn is Turn.DESK
    assert [one.open for one in fold(desk.events(ref))] == [False]


def test_the_token_in_the_subject_is_enough_for_the_area_that_was_asked(desk: Bench) -> None:
    ref, _ours = asked(desk)
    assert arrive(desk, letter(sender=AT, subject=f"Resposta [{ref}]")).ticket == ref
    assert desk.last(ref).type is Act.AREA_ANSWERED


def test_from_another_address_it_is_neither_the_areas_answer_nor_the_customers_word(desk: Bench) -> None:
    ref, ours = asked(desk)
    before = desk.ticket(ref).revision

    taken = arrive(desk, letter(sender="alguem@loja.example", answers=[ours], subject=f"Re: [{ref}]"))

    assert (taken.ending, taken.reason) == (Ending.QUARANTINE, Reason.NOT_THE_AREA)
    assert (desk.ticket(ref).revision, desk.ticket(ref).turn) == (before, Turn.AREA)


def test_an_address_that_the_own_server_does_not_believe_is_not_the_areas(desk: Bench) -> None:
    ref, ours = asked(desk)
    taken = arrive(desk, letter(sender=AT, answers=[ours], forged=True))
    assert taken.reason is Reason.NOT_THE_AREA
    assert desk.last(ref).type is Act.FORWARDED


def test_the_area_of_another_ticket_is_not_believed_on_this_one(desk: Bench) -> None:
    asked(desk)
    other = desk.new()
    taken = arrive(desk, letter(sender=AT, subject=f"Sobre [{other}]"))
    assert (taken.ending, taken.ticket == other) == (Ending.TICKET, False)


def test_what_the_area_adds_later_is_an_internal_note(desk: Bench) -> None:
    ref, ours = asked(desk)
    arrive(desk, letter("um@loja.example", sender=AT, answers=[ours], text="Houve."))
    arrive(desk, letter("dois@loja.example", sender=AT, answers=["um@loja.example"], text="Segue o valor."))
    event = desk.last(ref)
    assert (event.type, words(desk, ref, event)) == (Act.NOTED, ("Segue o valor.", Part.NOTE))


def test_an_answer_that_comes_after_the_closing_opens_nothing(desk: Bench) -> None:
    ref, ours = asked(desk)
    close(desk.desk, ref, CloseReason.WITHDRAWN)
    arrive(desk, letter(sender=AT, answers=[ours]))
    assert (desk.last(ref).type, desk.ticket(ref).closed_at is None) == (Act.NOTED, False)


def test_the_customer_sees_neither_the_areas_words_nor_its_files(desk: Bench) -> None:
    ref, ours = asked(desk)
    arrive(desk, letter(sender=AT, answers=[ours], text="Interno.", parts={"laudo.pdf": "%PDF"}))
    whole = detail(desk.store.conn, desk.ticket(ref).id)
    assert whole is not None
    assert [one.name for one in whole.attachments] == ["laudo.pdf"]
    assert [entry.part for entry in whole.entries][-2:] == [Part.AREA, Part.AREA_FILE]


def test_letters_to_the_customer_do_not_go_to_the_area_that_wrote_on_the_ticket(desk: Bench) -> None:
    from ouvidoria_tui.desk.receive import Manifestation, receive

    ref = receive(desk.desk, Manifestation("Sem nome", "Relato")).protocol
    forward(desk.desk, ref, AREA, "Houve estorno?")
    arrive(desk, letter(sender=AT, answers=[str(desk.last(ref).payload["mail"])]))
    reply(desk.desk, ref, "Resposta")
    assert desk.store.outbox.recipient(desk.ticket(ref)) is None
    # and the area does not become a party to the ticket by having answered
    stranger = arrive(desk, letter("x@loja.example", sender=AT, subject="Outra coisa", text="Novo assunto"))
    assert stranger.ticket != ref


def test_a_customer_who_is_also_an_area_speaks_as_the_one_who_was_written_to(desk: Bench) -> None:
    from ouvidoria_tui.desk.receive import Manifestation, receive
    from ouvidoria_tui.domain.customer import Customer

    who = Customer(0, "Loja", email=AT)
    ref = receive(desk.desk, Manifestation("Cobrança", "Relato", customer=who)).protocol
    reply(desk.desk, ref, "Resposta")
    answer = str(desk.last(ref).payload["mail"])
    forward(desk.desk, ref, AREA, "Houve estorno?")
    request = str(desk.last(ref).payload["mail"])
    arrive(desk, letter("a@loja.example", sender=AT, answers=[answer], text="Não concordo."))
    assert desk.last(ref).type is Act.CUSTOMER_REPLIED
    arrive(desk, letter("b@loja.example", sender=AT, answers=[request], text="Houve."))
    assert desk.last(ref).type is Act.AREA_ANSWERED


def test_a_person_may_say_of_a_message_in_quarantine_that_it_is_the_areas(desk: Bench) -> None:
    ref, ours = asked(desk)
    taken = arrive(desk, letter(sender="alguem@loja.example", answers=[ours], text="Houve."))
    assert taken.id is not None

    release_to(desk.desk, taken.id, ref, parse, area=AREA)

    assert desk.last(ref).type is Act.AREA_ANSWERED
    assert desk.store.mails.get(taken.id).marks == ("area",)


def test_an_answer_by_mail_counts_from_when_it_arrived(desk: Bench) -> None:
    ref, ours = asked(desk)
    desk.clock.at += 5 * HOUR
    arrive(desk, letter(sender=AT, answers=[ours], at=desk.clock.at - 2 * HOUR))
    assert desk.last(ref).happened_at == desk.clock.at - 2 * HOUR
