"""Which channels and departments each plan has, as the gates of a policy say it (S2-01)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.gate_context import covers
from ouvidoria_tui.domain.policy_gates import ChannelRule, Gates
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.domain.ticket import Channel


@dataclass(frozen=True, slots=True)
class Served:
    """How one plan is served by a channel or department: at all, and only for some topics, types or hours."""

    open: bool
    topics: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A channel, a ``primary`` channel of the first instance or a department, and what it is to each plan (by slug)."""

    kind: str
    slug: str
    plans: Mapping[str, Served]


def matrix(gates: Gates, plans: Sequence[Entry], departments: Collection[str]) -> tuple[MatrixRow, ...]:
    """A row for every channel and department, a place for every plan.

    What no gate names is open to all. Of several rows of a channel a plan has those that let it in.
    """
    ranks = {plan.slug: plan.rank for plan in plans}
    rows = [
        MatrixRow(
            "channel",
            channel.value,
            {plan.slug: _channel(gates, channel, plan.slug, ranks) for plan in plans},
        )
        for channel in Channel
        if channel is not Channel.INTERNAL
    ]
    rows += [
        MatrixRow(
            "primary",
            channel.value,
            {plan.slug: Served(channel in gates.prior.channels_of(plan.slug)) for plan in plans},
        )
        for channel in gates.prior.channels
    ]
    rules = {one.department: one for one in gates.entitlements}
    for slug in departments:
        rule = rules.get(slug)
        served = {
            plan.slug: Served(rule is None or covers(plan.slug, rule.plans, rule.plan_from, ranks))
            for plan in plans
        }
        rows.append(MatrixRow("department", slug, served))
    return tuple(rows)


def _channel(gates: Gates, channel: Channel, plan: str, ranks: Mapping[str, int]) -> Served:
    rows = [rule for rule in gates.channels if rule.channel is channel]
    if any(not rule.allowed and not _narrow(rule) for rule in rows):
        return Served(False)
    opening = [rule for rule in rows if rule.allowed]
    letting = [rule for rule in opening if covers(plan, rule.plans, rule.plan_from, ranks)]
    if opening and not letting:
        return Served(False)
    if not letting or any(not _narrow(rule) for rule in letting):
        return Served(True)
    topics = tuple(dict.fromkeys(topic for rule in letting for topic in sorted(rule.topics)))
    return Served(True, topics, tuple(dict.fromkeys(one for rule in letting for one in _conditions(rule))))


def _narrow(rule: ChannelRule) -> bool:
    return bool(rule.topics or rule.types or rule.difficulties or rule.calendar)


def _conditions(rule: ChannelRule) -> list[str]:
    return [
        *sorted(kind.value for kind in rule.types),
        *sorted(one.value for one in rule.difficulties),
        *([rule.calendar] if rule.calendar else []),
    ]
