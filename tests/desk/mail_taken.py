"""What tests of incoming mail ask of a desk: letters taken, how each ended, what the store holds then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_take import Taken
from ouvidoria_tui.domain.mail_decision import Ending
from ouvidoria_tui.domain.policy_mail import Identity, MailLetters, MailRule
from tests.desk.bench import Bench
from tests.desk.mail_sample import Letter, parse

REGISTERED = MailRule(identity=Identity.REGISTERED, letters=MailLetters(receipt=True))


def ends(bench: Bench, *letters: Letter, **more: object) -> list[Taken]:
    return list(take(bench.desk, letters, parse, **more))  # type: ignore[arg-type]


def endings(taken: Iterable[Taken]) -> list[Ending]:
    return [one.ending for one in taken]


def follow_rule(bench: Bench, rule: MailRule) -> None:
    """Puts the mail part of the policy in force in place of the profile's."""
    in_force = bench.store.policy()
    bench.store._policy = replace(in_force, policy=replace(in_force.policy, mail=rule))


def count(bench: Bench, table: str) -> int:
    return int(bench.store.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def the_ticket(taken: Taken) -> str:
    assert taken.ticket is not None
    return taken.ticket
