"""The gates of a policy as a record for machines, and as rows for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ouvidoria_tui.domain.policy_gates import ChannelRule, Gates


def gate_record(gates: Gates) -> dict[str, object]:
    """``[gates]`` under its own keys; sets in the order of their words."""
    record = _plain(gates)
    assert isinstance(record, dict)
    return record


def gate_lines(gates: Gates) -> Iterator[tuple[str, object, str]]:
    """Name, value and requirement of each gate, in the words of the policy's own text."""
    yield "non_customer", gates.non_customer.value, gates.non_customer_requirement or ""
    for row in gates.channels:
        yield f"channel {row.channel.value}", _row_words(row), row.requirement or ""
    for limit in gates.entitlements:
        plans = ", ".join(
            [
                *sorted(limit.plans),
                *([f">= {limit.plan_from}"] if limit.plan_from else []),
                *(["contract"] if limit.contract else []),
            ]
        )
        yield f"department {limit.department}", plans, limit.requirement or ""
    for redirect in gates.redirects:
        yield f"redirect {redirect.name}", redirect.contact or redirect.target, redirect.requirement or ""
    for one in gates.ineligible:
        yield f"ineligible {one.name}", one.code.value, one.requirement or ""
    for had in gates.prior.plans:
        yield f"primary channels {had.plan}", ", ".join(sorted(had.channels)), gates.prior.requirement or ""
    if gates.emergency is not None:
        lane = "lane" if gates.emergency.lane else "mark"
        yield "emergency", lane, gates.emergency.requirement or ""
    for rule in gates.evidence:
        wanted = [
            *([f"details {rule.details}"] if rule.details else []),
            *(["image"] if rule.image else []),
            *([f"steps {rule.steps}"] if rule.steps else []),
            *([rule.competence] if rule.competence else []),
        ]
        yield f"evidence {rule.name}", ", ".join(wanted), rule.requirement or ""


def _row_words(row: ChannelRule) -> object:
    """The conditions of a row; ``True`` and ``False`` where it has none."""
    given: list[str] = [
        *sorted(row.topics),
        *sorted(row.types),
        *sorted(row.difficulties),
        *sorted(row.plans),
        *([f">= {row.plan_from}"] if row.plan_from else []),
        *(["customers"] if row.customers else []),
        *([row.calendar] if row.calendar else []),
    ]
    if not given:
        return row.allowed
    return ("" if row.allowed else "not: ") + ", ".join(given)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
