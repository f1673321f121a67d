"""What the customer hears of steps that the desk takes by itself: opened again, with somebody, moved (S0-08)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.assign import assign, give_back, take
from ouvidoria_tui.desk.classify import transfer
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register_entries import add_entry
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.ticket import CloseReason
from tests.desk.bench import HOUR, Bench, code_of
from tests.desk.clock_bench import POLICY, found, proven

TELLS = POLICY + '\n[telling]\nstep_letters = ["reopened", "assigned", "transferred"]\n'
WANTED = {"from_address": "ouvidoria@desk.example", "road": "sendmail", "sendmail": "/usr/sbin/sendmail"}


def desk_of(folder: Path, text: str = TELLS, *, mail: bool = True) -> Bench:
    bench = found(folder, "03-02 10:00", text=text)
    add_entry(bench.desk, "department", "suporte", {"name": "Suporte"})
    if mail:
        change_mail(bench.desk, WANTED)
    return bench


@pytest.fixture
def telling(tmp_path: Path) -> Bench:
    """A desk with mail that tells of every step."""
    return desk_of(tmp_path)


def case(bench: Bench, *, email: str | None = "maria@example.net", language: Language | None = None) -> str:
    who = Customer(0, "Maria [b]Souza[/b]", email=email, language=language)
    return receive(bench.desk, Manifestation("Boleto\x1b[31m", "Veio duas vezes.", customer=who)).protocol


def told(bench: Bench, ref: str) -> list[str]:
    """The subjects of what the customer was told, oldest first."""
    messages = bench.store.messages(bench.ticket(ref).id)
    return [messages[one.seq].subject or "" for one in bench.events(ref) if one.type is Act.INFORMED]


def words(bench: Bench, ref: str) -> str:
    """The newest letter."""
    messages = bench.store.messages(bench.ticket(ref).id)
    return messages[max(one.seq for one in bench.events(ref) if one.type is Act.INFORMED)].text


@pytest.mark.req("S0-08")
def test_the_customer_hears_when_the_desk_opens_the_case_again_and_not_why(telling: Bench) -> None:
    ref = case(telling)
    close(telling.desk, ref, CloseReason.WITHDRAWN)
    reopen(telling.desk, ref, reason="A diretora pediu.")
    assert told(telling, ref) == [f"[{ref}] Reabrimos o seu caso"]
    assert "Olá, Maria [b]Souza[/b]." in words(telling, ref)
    assert "diretora" not in words(telling, ref)
    rows = telling.store.conn.execute("SELECT recipient, kind FROM outbox").fetchall()
    assert [tuple(row) for row in rows] == [("maria@example.net", "automatic")]
    assert proven(telling.store)


def test_what_the_customer_brought_itself_is_not_told_back(telling: Bench) -> None:
    ref = case(telling)
    close(telling.desk, ref, CloseReason.WITHDRAWN)
    reopen(telling.desk, ref, information="Veio outro boleto.")
    assert told(telling, ref) == []


@pytest.mark.req("S0-08")
def test_that_somebody_has_the_case_is_told_once_without_a_name_until_it_is_opened_again(
    telling: Bench,
) -> None:
    ref = case(telling)
    take(telling.desk, ref)
    assert told(telling, ref) == [f"[{ref}] Alguém da Ouvidoria está com o seu caso"]
    assert "ana" not in words(telling, ref).casefold().split()
    assign(telling.desk, ref, "bia")
    give_back(telling.desk, ref)
    assign(telling.desk, ref, "bia")
    assert len(told(telling, ref)) == 1
    close(telling.desk, ref, CloseReason.WITHDRAWN)
    reopen(telling.desk, ref, reason="Engano.")
    assign(telling.desk, ref, "bia")
    assert len(told(telling, ref)) == 3


@pytest.mark.req("S0-08")
def test_a_move_names_the_department_and_keeps_the_reason_inside(telling: Bench) -> None:
    ref = case(telling)
    transfer(telling.desk, ref, "suporte", "O financeiro errou de novo.")
    assert told(telling, ref) == [f"[{ref}] Seu caso foi para Suporte"]
    assert "errou" not in words(telling, ref)


def test_the_letter_has_the_language_of_its_reader(telling: Bench) -> None:
    ref = case(telling, language=Language.ENGLISH)
    take(telling.desk, ref)
    assert told(telling, ref) == [f"[{ref}] Somebody at the ombudsman's desk has your case"]


@pytest.mark.parametrize("why", ["policy", "mail", "address", "past"])
def test_nothing_is_told_where_nobody_asks_for_it_or_nothing_can_leave(tmp_path: Path, why: str) -> None:
    bench = desk_of(tmp_path, POLICY if why == "policy" else TELLS, mail=why != "mail")
    ref = case(bench, email=None if why == "address" else "maria@example.net")
    bench.clock.at += HOUR
    when = When(bench.clock.at - 60, "anotado depois") if why == "past" else When()
    outcome = transfer(bench.desk, ref, "suporte", "É de lá.", when=when)
    assert (told(bench, ref), outcome.told) == ([], False)
    undo(bench.desk, ref)


def test_no_clock_hears_such_a_letter_and_what_was_told_stays(telling: Bench) -> None:
    ref = case(telling)
    before = telling.store.clocks(telling.ticket(ref).id)
    outcome = transfer(telling.desk, ref, "suporte", "É de lá.")
    assert telling.store.clocks(telling.ticket(ref).id) == before
    assert telling.ticket(ref).public_word_at is None
    assert outcome.told
    assert code_of(lambda: undo(telling.desk, ref)) == "NOTHING_TO_UNDO"
