"""Policies to change to, and the road by which a test applies them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ouvidoria_tui.desk.apply_policy import Applied, Proposal, Tally, apply_policy, reassess_open
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.store.policy_versions import PolicyVersions
from ouvidoria_tui.store.store import SqliteStore
from tests.plain_profile import plain

ORGANIZACIONAL = plain("organizacional")


def versions_of(desk: Desk) -> PolicyVersions:
    assert isinstance(desk.store, SqliteStore)
    return PolicyVersions(desk.store)


def changed(*pairs: tuple[str, str], text: str = ORGANIZACIONAL) -> str:
    """A text with some of its words replaced, each the first time that it stands there."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def in_business_hours(amount: int, start: str = "09:00", end: str = "17:00") -> str:
    """The profile on weekdays only, its first response in business hours, holidays kept."""
    text = changed(("holidays = false", "holidays = true"), ('unit = "hours"', 'unit = "business-hours"'))
    text = text.replace("amount = 24", f"amount = {amount}", 1)
    text = text.replace('sat = [["00:00", "24:00"]]\n', "").replace('sun = [["00:00", "24:00"]]\n', "")
    return text.replace('[["00:00", "24:00"]]', f'[["{start}", "{end}"]]')


def propose(desk: Desk, text: str, closed: Mapping[date, str] | None = None) -> Applied:
    return apply_policy(
        desk, versions_of(desk), Proposal(parse(text, name="novo"), text, lambda: closed or {}, "holidays 1")
    )


def apply(desk: Desk, text: str, closed: Mapping[date, str] | None = None) -> Tally:
    """The text in force, and every open ticket re-assessed."""
    propose(desk, text, closed)
    return reassess_open(desk, versions_of(desk))
