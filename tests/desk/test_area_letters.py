"""An area is asked by mail, without personal data where identity is withheld; nothing of the customer is in it."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from ouvidoria_tui.desk.area_letter import Redaction
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.extend import extend
from ouvidoria_tui.desk.forward import forward, preview
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.outbox import cancel
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register_entries import edit_entry
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.outbox import Letter, LetterKind
from ouvidoria_tui.domain.redaction import Kind, Wish
from ouvidoria_tui.founding import profile_text
from ouvidoria_tui.outbound.send import envelope_of
from ouvidoria_tui.outbound.words import NotForTheArea, NotForTheCustomer, area_words, public_words
from ouvidoria_tui.store.check import check_store
from tests.desk.bench import DAY, Bench, code_of
from tests.desk.clock_bench import at, found, proven

MARIA = Customer(0, "Maria da Silva Souza", email="maria.souza@exemplo.net", document="529.982.247-25")
TEXT = "Sou Maria Souza, CPF 529.982.247-25. O servidor Carlos Prado pediu dinheiro na Rua Nova, 10."
SETTINGS = {"from_address": "ouvidoria@orgao.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"}
AREA = "corregedoria"


def desk_of(tmp_path: Path, profile: str) -> Bench:
    bench = found(tmp_path, "03-02 10:00", text=profile_text(profile)[1])
    change_mail(bench.desk, SETTINGS)
    return bench


@pytest.fixture
def public(tmp_path: Path) -> Bench:
    """A public body whose areas may not see who wrote; one of them has an address."""
    bench = desk_of(tmp_path, "publico-13460")
    edit_entry(bench.desk, "area", AREA, {"email": "corregedoria@orgao.example", "head": "bia"})
    return bench


def complaint(bench: Bench, **more: object) -> str:
    what = Manifestation("Denúncia de Maria Souza", TEXT, customer=MARIA, **more)  # type: ignore[arg-type]
    return receive(bench.desk, what).protocol


def letters(bench: Bench) -> list[Letter]:
    ids = bench.store.conn.execute("SELECT id FROM outbox ORDER BY id").fetchall()
    return [letter for row in ids if (letter := bench.store.outbox.letter(row[0])) is not None]


def mailed(bench: Bench, letter: Letter) -> bytes:
    envelope = envelope_of(bench.desk, letter, bench.store.outbox.settings())
    assert envelope is not None
    return envelope.data


def test_an_area_with_an_address_is_asked_by_mail_and_the_letter_names_nobody(public: Bench) -> None:
    ref = complaint(public)

    forward(public.desk, ref, AREA, "A Sra. Maria Souza falou com quem?")

    (letter,) = letters(public)
    data = mailed(public, letter)
    message = message_from_bytes(data, policy=default)
    body = str(message.get_content())
    assert (letter.kind, letter.recipient) == (LetterKind.AREA, "corregedoria@orgao.example")
    assert message["Subject"] == f"Ouvidoria: resposta até 23/03/2026 [{ref}]"
    assert str(message["To"]) == "Corregedoria <corregedoria@orgao.example>"
    assert "A Sra. [nome] falou com quem?" in body
    assert "Sou [nome], CPF [CPF]. O servidor Carlos Prado pediu dinheiro na [endereço]." in body
    for value in (b"Maria", b"Souza", b"529", b"exemplo.net"):
        assert value not in data
    assert public.last(ref).payload["redacted"] == {"address": 1, "cpf": 1, "name": 3}
    assert proven(public.store)
    assert all(finding.ok for finding in check_store(public.store.conn))


def test_the_number_of_an_earlier_contact_is_no_telephone(public: Bench) -> None:
    ref = complaint(public, prior_ticket="1132145678")
    assert (
        "Atendimento anterior: protocolo 1132145678" in preview(public.desk, ref, AREA, "Onde?").message.text
    )


def test_what_is_recorded_is_what_left_and_the_customer_never_sees_it(public: Bench) -> None:
    ref = complaint(public)
    shown = preview(public.desk, ref, AREA, "Quem atendeu?")
    assert public.ticket(ref).revision == 1

    forward(public.desk, ref, AREA, "Quem atendeu?")

    event = public.last(ref)
    message = public.store.messages(public.ticket(ref).id)[event.seq]
    assert (message.text, message.subject, message.part) == (
        shown.message.text,
        shown.message.subject,
        Part.AREA,
    )
    assert "Maria" not in str(event.payload)


def test_words_of_one_kind_never_leave_in_a_letter_of_the_other(public: Bench) -> None:
    ref = complaint(public)
    forward(public.desk, ref, AREA, "Quem atendeu?")
    reply(public.desk, ref, "Estamos apurando.")
    messages = list(public.store.messages(public.ticket(ref).id).values())
    with pytest.raises(NotForTheCustomer):
        public_words(next(one for one in messages if one.part is Part.AREA))
    with pytest.raises(NotForTheArea):
        area_words(next(one for one in messages if one.part is Part.DESK))
    assert [(one.kind, one.recipient) for one in letters(public)] == [
        (LetterKind.AREA, "corregedoria@orgao.example"),
        (LetterKind.REPLY, "maria.souza@exemplo.net"),
    ]


def test_no_header_and_no_file_tells_one_side_of_the_other(public: Bench) -> None:
    ref = complaint(public)
    reply(public.desk, ref, "Recebemos.")
    attach(public.desk, ref, "laudo de Maria.pdf", b"%PDF", outgoing=True)
    forward(public.desk, ref, AREA, "Quem atendeu?")
    forward(public.desk, ref, AREA, "Lembramos.")
    reply(public.desk, ref, "Seguimos apurando.")
    for letter in letters(public):
        letter_sent(public, letter)
    first, asked, again, last = letters(public)

    def ids(letter: Letter) -> str:
        message = message_from_bytes(mailed(public, letter), policy=default)
        return f"{message['In-Reply-To']} {message['References']}"

    assert asked.message_id in ids(again)
    assert first.message_id in ids(last)
    assert first.message_id not in ids(again) + ids(asked)
    assert asked.message_id not in ids(last)
    assert b"laudo" not in mailed(public, asked)


def letter_sent(bench: Bench, letter: Letter) -> None:
    bench.store.conn.execute("UPDATE outbox SET state = 'sent', sent_at = 1 WHERE id = ?", (letter.id,))


def test_a_reminder_says_how_it_stands_and_whom_it_will_be_told_to(public: Bench) -> None:
    ref = complaint(public)
    forward(public.desk, ref, AREA, "Quem atendeu?")
    public.clock.at += 3 * DAY
    early = preview(public.desk, ref, AREA, "Lembramos.")
    public.clock.at += 20 * DAY
    late = preview(public.desk, ref, AREA, "Lembramos.")

    assert early.message.subject == f"[{ref}] Ouvidoria: a resposta vence em 23/03/2026"
    assert late.message.subject == f"[{ref}] Ouvidoria: a resposta venceu em 23/03/2026"
    assert "Responda hoje" in late.message.text
    assert "a chefia (Bia) será informada em 26/03/2026" in late.message.text
    assert (late.template, late.reminder) == ("E2", True)


def test_more_time_for_the_area_moves_the_date_of_its_reminder(public: Bench) -> None:
    ref = complaint(public)
    forward(public.desk, ref, AREA, "Quem atendeu?")
    extend(public.desk, ref, at("04-02 00:00"), "Falta o laudo.", "Perícia pedida.", clock="area")
    assert "02/04/2026" in preview(public.desk, ref, AREA, "Lembramos.").message.subject


def test_without_address_without_mail_or_for_the_past_nothing_leaves(public: Bench) -> None:
    ref = complaint(public)
    forward(public.desk, ref, "gabinete", "Quem decide? Maria Souza espera.")
    message = public.store.messages(public.ticket(ref).id)[public.last(ref).seq]
    assert (letters(public), message.text) == ([], "Quem decide? [nome] espera.")
    assert "mail" not in public.last(ref).payload


def test_a_letter_to_an_area_is_taken_back_like_any_other(public: Bench) -> None:
    ref = complaint(public)
    forward(public.desk, ref, AREA, "Quem atendeu?")
    cancel(public.desk, str(letters(public)[0].id))
    assert public.last(ref).type is Act.MAIL_CANCELLED


def test_where_the_policy_withholds_nothing_the_words_go_as_they_are_unless_it_is_wished(
    tmp_path: Path,
) -> None:
    bench = desk_of(tmp_path, "organizacional")
    ref = complaint(bench)
    assert preview(bench.desk, ref, "financeiro", "Maria Souza pagou?").message.text == "Maria Souza pagou?"
    wished = preview(bench.desk, ref, "financeiro", "Maria Souza pagou?", redaction=Redaction(always=True))
    assert wished.message.text == "[nome] pagou?"


def test_a_confidential_ticket_names_nobody_whatever_the_policy_says(tmp_path: Path) -> None:
    bench = desk_of(tmp_path, "organizacional")
    ref = complaint(bench, confidential=True)
    assert preview(bench.desk, ref, "financeiro", "Maria Souza pagou?").message.text == "[nome] pagou?"


def test_contacts_and_whoever_wrote_by_mail_are_known_too(public: Bench) -> None:
    from ouvidoria_tui.desk.contacts import add_contact

    ref = complaint(public)
    customer = public.ticket(ref).customer
    assert customer is not None
    add_contact(public.desk, str(customer), {"name": "Otaviano Peçanha", "mobile": "(11) 98765-4321"})
    shown = preview(public.desk, ref, AREA, "Otaviano disse; ligar em 98765 4321.")
    assert "[nome] disse; ligar em [telefone]." in shown.message.text


def test_what_was_removed_by_its_form_comes_back_with_a_reason_that_stays_inside(public: Bench) -> None:
    ref = complaint(public)
    wish = Wish(remove=("Carlos Prado",), restore=("Rua Nova",))
    assert (
        code_of(lambda: forward(public.desk, ref, AREA, "Onde?", redaction=Redaction(wish)))
        == "TEXT_REQUIRED"
    )

    forward(public.desk, ref, AREA, "Onde?", redaction=Redaction(wish, "É o endereço da unidade."))

    note, asked = public.events(ref)[-2:]
    messages = public.store.messages(public.ticket(ref).id)
    assert (note.type, messages[note.seq].text) == (
        Act.NOTED,
        "corregedoria: Rua Nova, 10\n\nÉ o endereço da unidade.",
    )
    assert "O servidor [retirado] pediu dinheiro na Rua Nova, 10." in messages[asked.seq].text
    assert (asked.payload["restored"], asked.payload["redacted"]) == (1, {"cpf": 1, "marked": 1, "name": 2})


def test_what_the_register_knows_is_not_given_back(public: Bench) -> None:
    ref = complaint(public)
    wish = Redaction(Wish(restore=("Maria",)), "Todos sabem.")
    assert code_of(lambda: forward(public.desk, ref, AREA, "Onde?", redaction=wish)) == "KNOWN_VALUE_STAYS"
    lost = Redaction(Wish(remove=("azul",)))
    assert code_of(lambda: forward(public.desk, ref, AREA, "Onde?", redaction=lost)) == "WORD_NOT_FOUND"
    assert public.ticket(ref).revision == 1


def test_a_text_in_which_the_second_look_finds_something_does_not_leave(public: Bench) -> None:
    from ouvidoria_tui.errors import Refused

    ref = complaint(public)
    with pytest.raises(Refused) as caught:
        forward(public.desk, ref, AREA, "Bom dia.\nÉ a Ma|ria da Sil|va Sou|za.")
    assert caught.value.code == "REDACTION_LEAKS"
    assert caught.value.details["leaks"] == [{"text": "question", "kind": Kind.NAME.value, "line": 2}]
    assert "Sou|za" not in str(caught.value.message)
    assert (public.ticket(ref).revision, letters(public)) == (1, [])


def test_a_customers_later_words_do_not_reach_the_area(public: Bench) -> None:
    ref = complaint(public)
    customer_reply(public.desk, ref, "Meu novo endereço é outro.")
    assert "novo endereço" not in preview(public.desk, ref, AREA, "Onde?").message.text
