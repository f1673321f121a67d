"""The ``[mail]`` table of a profile: what it says, and each mistake by its line."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.policy_mail import Identity, MailLetters, MailLimits, MailRule
from tests.unit.policy_sample import DEPARTMENTS, MINIMAL


def rule(text: str) -> MailRule:
    return parse(MINIMAL + DEPARTMENTS + text, name="p.toml").mail


def test_a_policy_without_mail_takes_anybodys_and_answers_nothing() -> None:
    assert rule("") == MailRule(identity=Identity.OPEN, letters=MailLetters(receipt=False))


def test_everything_that_can_be_said() -> None:
    said = rule(
        '[mail]\nidentity = "registered"\nrecent_days = 0\nown_hosts = ["MX.example.com"]\n'
        '[mail.addresses]\n"Billing@Example.com" = "billing"\n'
        "[mail.limits]\nsize = 2\nparts = 5\nnesting = 3\n[mail.letters]\nreceipt = true\na_day = 0\n"
    )
    assert said == MailRule(
        Identity.REGISTERED,
        0,
        ("mx.example.com",),
        {"billing@example.com": "billing"},
        MailLimits(2 * 1024 * 1024, 5, 3),
        MailLetters(True, 0),
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[mail]\nidentity = "anyone"', "mail.identity"),
        ("[mail]\nrecent_days = -1", "mail.recent_days"),
        ('[mail]\nown_hosts = ["a b"]', "mail.own_hosts"),
        ("[mail]\nreciept = true", "mail.reciept"),
        ('[mail.addresses]\n"nobody" = "billing"', "mail.addresses.nobody"),
        ('[mail.addresses]\n"a@example.com" = "sales"', "mail.addresses.a@example.com"),
        ("[mail.limits]\nsize = 0", "mail.limits.size"),
        ("[mail.limits]\nbytes = 1", "mail.limits.bytes"),
        ("[mail.letters]\nan_hour = 3", "mail.letters.an_hour"),
    ],
)
def test_a_mistake_is_named_by_key_and_line(text: str, key: str) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        rule(text)
    before = (MINIMAL + DEPARTMENTS).count("\n")
    assert (caught.value.details["key"], caught.value.details["line"]) == (key, before + 2)
