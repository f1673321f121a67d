"""By which way a customer may come with what, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.policy_words import hours_words
from ouvidoria_tui.domain.policy_collisions import norm_of
from ouvidoria_tui.domain.policy_law import Duty
from ouvidoria_tui.domain.ticket import Channel, Type
from ouvidoria_tui.present.words import _, term_of

if TYPE_CHECKING:
    from ouvidoria_tui.domain.policy import Policy
    from ouvidoria_tui.domain.policy_gates import ChannelRule


@dataclass(frozen=True, slots=True)
class Line:
    """One right or duty, and the requirement, ruling or article that it comes from."""

    text: str
    source: str | None = None


def ways(policy: Policy) -> Iterator[Line]:
    """Each restricted way in; all the others take everything."""
    free = norm_of(policy, Duty.RECEIVE_EVERYTHING) is not None
    rows = () if free else policy.gates.channels
    shut = [row for row in rows if not row.allowed and not (row.topics or row.types or row.difficulties)]
    closed = {row.channel for row in shut}
    restricted = {row.channel for row in rows}
    for channel in Channel:
        if channel in restricted and channel not in closed:
            yield from _way(channel, [row for row in rows if row.channel is channel], policy)
    others = [one for one in Channel if one not in restricted and one is not Channel.INTERNAL]
    yield Line(_("Everything: {ways}.", ways=_names(others)), None)
    if closed:
        shut_ways = _names([one for one in Channel if one in closed])
        yield Line(_("Not this desk's ways: {ways}.", ways=shut_ways), shut[0].requirement)
    if policy.gates.ticket_contact is not None:
        yield Line(_("A ticket is opened here: {contact}.", contact=policy.gates.ticket_contact), None)


def _names(channels: Sequence[Channel]) -> str:
    return ", ".join(term_of(Channel, one.value) for one in channels)


def _way(channel: Channel, rows: Sequence[ChannelRule], policy: Policy) -> Iterator[Line]:
    """One way in: rows under the same conditions in one line, then what it does not take."""
    name = term_of(Channel, channel.value)
    groups: dict[tuple[str, bool], list[ChannelRule]] = {}
    for row in rows:
        if row.allowed:
            groups.setdefault((_conditions(row, policy), row.becomes_ticket), []).append(row)
    for (conditions, on), found in groups.items():
        said = _("By {way}: {what}", way=name, what=_matters(found, policy) or _("everything"))
        tail = " " + _("Anything else goes on as a ticket.") if on else ""
        more = f" ({conditions})" if conditions else ""
        yield Line(f"{said}{more}.{tail}", found[0].requirement)
    refused = [row for row in rows if not row.allowed]
    if refused:
        what = _matters(refused, policy)
        yield Line(_("Not by {way}: {what}.", way=name, what=what), refused[0].requirement)
    if refused and not groups:
        yield Line(_("By {way}: everything else.", way=name))


def _matters(rows: Sequence[ChannelRule], policy: Policy) -> str:
    wanted = {name for row in rows for name in row.topics}
    types = sorted({one for row in rows for one in row.types})
    said = [topic.title for topic in policy.gates.topics if topic.name in wanted]
    said += [term_of(Type, one) for one in types]
    if any(row.difficulties for row in rows):
        said.append(_("what is simple"))
    # A row without any condition takes everything, whatever the others say.
    return "; ".join(said) if all(row.topics or row.types or row.difficulties for row in rows) else ""


def _conditions(row: ChannelRule, policy: Policy) -> str:
    said = [_("for customers")] if row.customers else []
    if row.plans or row.plan_from:
        said.append(_("with the plan {plans}", plans=plan_names(sorted(row.plans), row.plan_from, policy)))
    if row.calendar is not None:
        said.append(hours_words(policy.calendars[row.calendar]))
    return "; ".join(said)


def plan_names(slugs: Sequence[str], plan_from: str | None, policy: Policy) -> str:
    """Plans by their names, and the lowest of those from which on all have it."""
    plans = {one.slug: one.name for one in policy.plans}
    names = [plans.get(slug, slug) for slug in slugs]
    if plan_from:
        names.append(_("{plan} and above", plan=plans.get(plan_from, plan_from)))
    return ", ".join(names)
