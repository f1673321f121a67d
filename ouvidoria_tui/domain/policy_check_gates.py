"""What the gates of a valid policy leave open: against the law, contradictory, never reached, or far too wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from ouvidoria_tui.domain.classify import words_of
from ouvidoria_tui.domain.gates import THIRD_PARTY
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_collisions import norm_of
from ouvidoria_tui.domain.policy_finding import Finding, FindingKind
from ouvidoria_tui.domain.policy_gates import (
    ChannelRule,
    Gates,
    Ineligible,
    NonCustomer,
    Redirect,
    Wording,
)
from ouvidoria_tui.domain.policy_law import Duty
from ouvidoria_tui.text import N_, Text

#: So few letters stand in almost any text: as a whole word, and as the beginning of one.
_SHORT_WORD, _SHORT_BEGINNING = 2, 3

Rule = Redirect | Ineligible


def gate_findings(policy: Policy) -> Iterator[Finding]:
    """The findings of ``[gates]``, each at its key."""
    gates = policy.gates
    yield from _against_the_law(policy)
    yield from _channels(policy)
    yield from _contradictions(gates)
    yield from _never_reached("gates.redirects", gates.redirects)
    yield from _never_reached("gates.ineligible", gates.ineligible)
    yield from _unused_topics(gates)
    yield from _wide(gates)


def _warning(key: str, message: Text, requirement: str | None = None) -> Finding:
    return Finding(FindingKind.WARNING, key, message, requirement)


def _against_the_law(policy: Policy) -> Iterator[Finding]:
    """A law that receives everything leaves no gate that turns away or holds back."""
    norm = norm_of(policy, Duty.RECEIVE_EVERYTHING)
    if norm is None:
        return
    gates = policy.gates
    refusing = (
        *(["gates.non_customer"] if gates.non_customer is NonCustomer.REDIRECT else []),
        *(_at("redirects", n) for n, one in enumerate(gates.redirects, 1) if one.department is None),
        *(_at("ineligible", n) for n, _one in enumerate(gates.ineligible, 1)),
        *(_at("channels", n) for n, one in enumerate(gates.channels, 1) if _restricts(one)),
        *(_at("evidence", n) for n, _one in enumerate(gates.evidence, 1)),
    )
    for key in refusing:
        message = N_("the law receives everything: this gate would turn somebody away or hold them back")
        yield Finding(FindingKind.ERROR, key, message, norm)


def _at(key: str, number: int, field: str = "") -> str:
    return f"gates.{key}[{number}]" + (f".{field}" if field else "")


def _restricts(rule: ChannelRule) -> bool:
    conditions = (rule.topics, rule.types, rule.difficulties, rule.plans, rule.plan_from, rule.calendar)
    return not rule.becomes_ticket and (not rule.allowed or rule.customers or any(conditions))


def _channels(policy: Policy) -> Iterator[Finding]:
    """Plans that the source does not name (C-21), rows behind a closed door; hours that never come are no policy."""
    shut = {
        rule.channel
        for rule in policy.gates.channels
        if not rule.allowed and not (rule.topics or rule.types or rule.difficulties)
    }
    for number, rule in enumerate(policy.gates.channels, 1):
        if rule.unspecified:
            message = N_(
                "{channel}: the source does not say which plans have it, so all have it",
                channel=rule.channel.value,
            )
            yield _warning(_at("channels", number, "plans"), message, "C-21")
        if rule.allowed and rule.channel in shut:
            message = N_(
                "this row can never be reached: {channel} is closed by another", channel=rule.channel.value
            )
            yield _warning(_at("channels", number), message)


def _contradictions(gates: Gates) -> Iterator[Finding]:
    """One word in two rules: the first decides, and nobody reading the second would know."""
    seen: dict[tuple[str, ...], str] = {}
    rules: Iterator[tuple[str, int, Rule]] = chain(
        (("redirects", number, one) for number, one in enumerate(gates.redirects, 1)),
        (("ineligible", number, one) for number, one in enumerate(gates.ineligible, 1)),
    )
    for kind, number, rule in rules:
        for place, word in enumerate(rule.wording.words, 1):
            key = tuple(words_of(word))
            other = seen.setdefault(key, rule.name)
            if key and other != rule.name:
                message = N_("“{word}” leads to {rule} already: the first one wins", word=word, rule=other)
                yield _warning(_at(kind, number, f"words[{place}]"), message)


def _never_reached(key: str, rules: Sequence[Rule]) -> Iterator[Finding]:
    """A rule all of whose words an earlier one has without an exception, or that its own exceptions bar."""
    for number, rule in enumerate(rules, 1):
        barred = {tuple(words_of(word)) for word in rule.wording.unless}
        if rule.wording.words and all(tuple(words_of(word)) in barred for word in rule.wording.words):
            message = N_("this rule can never be reached: its own `unless` bars every word of it")
            yield _warning(f"{key}[{number}]", message)
            continue
        before = next((one for one in rules[: number - 1] if _covers(one.wording, rule.wording)), None)
        if before is not None:
            message = N_("this rule can never be reached: {rule} has every word of it", rule=before.name)
            yield _warning(f"{key}[{number}]", message)


def _covers(earlier: Wording, later: Wording) -> bool:
    if earlier.unless or not later.words:
        return False
    return all(any(_matches(one, word) for one in earlier.words) for word in later.words)


def _matches(wider: str, narrower: str) -> bool:
    """Whether every text with ``narrower`` in it has ``wider`` in it."""
    wide, narrow = words_of(wider), words_of(narrower)
    for at in range(len(narrow) - len(wide) + 1):
        part = narrow[at : at + len(wide)]
        if part == wide or (wider.endswith("*") and part[:-1] == wide[:-1] and part[-1].startswith(wide[-1])):
            # An open end of the narrower one stands for words that the wider does not have.
            return not narrower.endswith("*") or wider.endswith("*") or at + len(wide) < len(narrow)
    return False


def _unused_topics(gates: Gates) -> Iterator[Finding]:
    """A topic that nothing asks for: written for a rule that is not there."""
    asked = {
        THIRD_PARTY,
        *(name for row in gates.channels for name in row.topics),
        *(name for rule in gates.evidence for name in rule.topics),
    }
    for number, topic in enumerate(gates.topics, 1):
        if topic.name not in asked:
            message = N_("no rule asks for the topic {topic}", topic=topic.name)
            yield _warning(_at("topics", number), message)


def _wide(gates: Gates) -> Iterator[Finding]:
    """Words so short that almost every text has them."""
    wordings: Iterator[tuple[str, int, Wording]] = chain(
        (("topics", number, one.wording) for number, one in enumerate(gates.topics, 1)),
        (("redirects", number, one.wording) for number, one in enumerate(gates.redirects, 1)),
        (("ineligible", number, one.wording) for number, one in enumerate(gates.ineligible, 1)),
    )
    for kind, number, wording in wordings:
        for place, word in enumerate(wording.words, 1):
            letters = sum(char.isalnum() for char in word)
            if letters <= (_SHORT_BEGINNING if word.endswith("*") else _SHORT_WORD):
                message = N_("“{word}” matches almost everything: write a longer word", word=word[:40])
                yield _warning(_at(kind, number, f"words[{place}]"), message)
