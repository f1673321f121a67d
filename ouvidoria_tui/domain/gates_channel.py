"""The channel matrix: channel × topic × type × difficulty × plan × hours; each denial has one named reason (C-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.gate_context import WAYS, Surroundings, covers, next_plan
from ouvidoria_tui.domain.policy_gates import ChannelRule, Gates
from ouvidoria_tui.domain.ticket import Difficulty
from ouvidoria_tui.domain.triage_plan import Case
from ouvidoria_tui.text import N_, Text


@dataclass(frozen=True, slots=True)
class Denial:
    """Why a channel does not take this: code, sentence, the letter that tells of it and what that names."""

    code: str
    text: Text
    requirement: str | None
    letter: str
    places: Mapping[str, str]
    becomes_ticket: bool = False


#: How far a row was from letting a case in: the nearest row names the reason.
_STEPS = ("closed", "type", "topic", "difficulty", "customer", "plan", "hours")


def channel_denial(
    case: Case,
    gates: Gates,
    topics: frozenset[str],
    difficulty: Difficulty,
    around: Surroundings,
) -> Denial | None:
    """Why no row of the matrix lets the case in; ``None`` where one does, or the channel has no row."""
    rows = [rule for rule in gates.channels if rule.channel is case.channel]
    if not rows:
        return None
    closed = next(
        (rule for rule in rows if not rule.allowed and _concerns(rule, case, topics, difficulty)), None
    )
    if closed is not None:
        return _denial("closed", closed, case, rows, gates, around)
    opening = [rule for rule in rows if rule.allowed]
    if not opening:
        return None
    best: tuple[int, ChannelRule] | None = None
    for rule in opening:
        failed = _failed(rule, case, topics, difficulty, around)
        if failed is None:
            return None
        if best is None or _STEPS.index(failed) > best[0]:
            best = (_STEPS.index(failed), rule)
    assert best is not None
    return _denial(_STEPS[best[0]], best[1], case, opening, gates, around)


def _concerns(rule: ChannelRule, case: Case, topics: frozenset[str], difficulty: Difficulty) -> bool:
    """Whether a row that closes the channel is about this case."""
    return (
        (not rule.topics or bool(rule.topics & topics))
        and (not rule.types or case.type in rule.types)
        and (not rule.difficulties or difficulty in rule.difficulties)
    )


def _failed(
    rule: ChannelRule, case: Case, topics: frozenset[str], difficulty: Difficulty, around: Surroundings
) -> str | None:
    """The first condition of a row that does not hold; ``None`` where all do."""
    if rule.types and case.type not in rule.types:
        return "type"
    if rule.topics and not rule.topics & topics:
        return "topic"
    if rule.difficulties and difficulty not in rule.difficulties:
        return "difficulty"
    if rule.customers and not case.known_customer:
        return "customer"
    if not covers(case.plan, rule.plans, rule.plan_from, around.ranks):
        return "plan"
    if rule.calendar is not None and not around.open_at(rule.calendar, case.arrived_at):
        return "hours"
    return None


def _denial(
    failed: str,
    rule: ChannelRule,
    case: Case,
    rows: Sequence[ChannelRule],
    gates: Gates,
    around: Surroundings,
) -> Denial:
    channel, requirement, on = WAYS[case.channel], rule.requirement, rule.becomes_ticket
    places = {"contato": gates.ticket_contact or "", "target": "ticket"}
    match failed:
        case "plan":
            needed = next_plan(case.plan, rule.plans, rule.plan_from, around)
            text = N_(
                "{channel} is not in this customer's plan; the next one that has it is {plan}",
                channel=channel,
                plan=needed,
            )
            places |= {"motivo": needed, "canais": gates.ticket_contact or ""}
            return Denial("CHANNEL_NOT_IN_PLAN", text, requirement, "N3", places, on)
        case "hours":
            text = N_(
                "{channel} was used outside its hours; a ticket can be opened at any time", channel=channel
            )
            return Denial("OUTSIDE_HOURS", text, requirement, "N10", places, on)
        case "topic":
            titles = _titles(rows, gates)
            text = N_("{channel} is for: {topics}", channel=channel, topics=titles)
            places["canais"] = titles
            return Denial("CHANNEL_PURPOSE_MISMATCH", text, requirement, "N9", places, on)
        case "customer":
            text = N_("{channel} is for customers", channel=channel)
            return Denial("CHANNEL_NOT_ALLOWED", text, requirement, "N2", places, on)
        case _:
            text = N_("{channel} does not take this; it needs a ticket", channel=channel)
            return Denial("CHANNEL_NOT_ALLOWED", text, requirement, "N2", places, on)


def _titles(rows: Sequence[ChannelRule], gates: Gates) -> str:
    """The matters that the rows of a channel name, as the policy calls them."""
    wanted = {name for row in rows for name in row.topics}
    return "; ".join(topic.title for topic in gates.topics if topic.name in wanted)
