"""Letters that the desk writes by itself to who writes to it: few, and never to a machine."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.mail_hooks import Letter as AutomaticLetter
from ouvidoria_tui.desk.mail_hooks import MailHooks
from ouvidoria_tui.domain.mail_letters import NOT_REGISTERED, RECEIPT, Silence
from ouvidoria_tui.domain.policy_mail import Identity, MailLetters, MailRule
from tests.desk.bench import HOUR, Bench
from tests.desk.mail_sample import letter
from tests.desk.mail_taken import REGISTERED, ends, follow_rule


def posts(letters: list[AutomaticLetter]) -> MailHooks:
    return MailHooks(post=lambda _desk, one: letters.append(one))


def test_one_sender_gets_one_letter_an_hour(bench: Bench) -> None:
    follow_rule(bench, MailRule(letters=MailLetters(receipt=True)))
    letters: list[AutomaticLetter] = []
    first = ends(bench, letter("a@x"), letter("b@x", subject="Outro"), hooks=posts(letters))
    bench.clock.at += HOUR + 1
    ends(bench, letter("c@x", subject="Ainda outro"), hooks=posts(letters))
    assert [one.template for one in letters] == [RECEIPT, RECEIPT]
    assert first[1].silence is Silence.SENDER_LIMIT


def test_there_is_a_ceiling_a_day(bench: Bench) -> None:
    follow_rule(bench, MailRule(letters=MailLetters(receipt=True, a_day=2)))
    letters: list[AutomaticLetter] = []
    taken = ends(
        bench,
        *(letter(f"{one}@x", sender=f"p{one}@example.com") for one in range(4)),
        hooks=posts(letters),
    )
    assert len(letters) == 2
    assert [one.silence for one in taken] == [None, None, Silence.DAY_LIMIT, Silence.DAY_LIMIT]


@pytest.mark.parametrize(
    "more",
    [
        {"machine": "auto-reply"},
        {"machine": "list"},
        {"sender": "noreply@example.com"},
        {"sender": "nao-responda@example.com"},
        {"sender": "vendas-bounces@example.com"},
        {"forged": True},
    ],
)
def test_no_letter_goes_to_a_machine_or_to_nobody(bench: Bench, more: dict[str, str]) -> None:
    follow_rule(bench, REGISTERED)
    letters: list[AutomaticLetter] = []
    ends(bench, letter("a@x", **more), hooks=posts(letters))  # type: ignore[arg-type]
    assert letters == []


def test_who_is_not_registered_is_told_so(bench: Bench) -> None:
    follow_rule(bench, MailRule(identity=Identity.REGISTERED))
    letters: list[AutomaticLetter] = []
    ends(bench, letter("a@x"), hooks=posts(letters))
    assert [one.template for one in letters] == [NOT_REGISTERED]


def test_history_is_answered_with_silence(bench: Bench) -> None:
    follow_rule(bench, REGISTERED)
    letters: list[AutomaticLetter] = []
    ends(bench, letter("a@x"), hooks=posts(letters), historic=True)
    assert letters == []
