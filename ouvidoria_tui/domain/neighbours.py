"""What was decided of similar tickets: telling words, how near a past ticket is, and what its likes vote for.

Nothing is trained and nothing is kept. Words are weighed by how rare they are at this desk, past tickets by the
weight of the words they share, values by the tickets that have them. A suggestion is evidence, never a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

from ouvidoria_tui.domain.classify import words_of

__all__ = [
    "Asked", "Field", "Neighbour", "Past", "Spread", "Suggestion", "Suggestions", "Value", "asked_words", "nearest",
    "telling", "vote",
]  # fmt: skip

#: So many different words of a ticket are looked at, those of the subject first.
WORDS = 80
#: So many of them, the rarest, are compared.
TELLING = 16
#: Longer words are pasted codes and addresses, shorter ones tell nothing.
_LENGTH = range(2, 40)
#: A word that stands in more than this share of all messages is left out where enough others are there.
_COMMON = 0.2
_ENOUGH = 4
#: So many past tickets vote.
VOTERS = 40
#: What a value counts that no person of the desk chose: it came with the ticket, or triage's rules set it.
AUTOMATIC = 0.5
#: A past ticket that shares less of the words' weight than this is no likeness.
LEAST_LIKE = 0.25
#: A value is suggested from so many tickets on, and where it has so much of the votes.
LEAST_VOTES, LEAST_SHARE = 2, 0.5
#: How much a long text, which shares words by chance, counts less: its length beside this many words.
_LENGTH_WORDS = 60
_LENGTH_WEIGHT = 0.25


class Field(StrEnum):
    """What can be suggested for a ticket."""

    DEPARTMENT = "department"
    CAUSE = "cause"
    SEVERITY = "severity"
    AREA = "area"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: the customer's words, when they came (UTC epoch seconds), the ticket if it is stored."""

    subject: str
    text: str
    arrived_at: int
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """In how many of ``total`` messages a word stands; an estimate where it stands in very many."""

    word: str
    messages: float
    total: int


@dataclass(frozen=True, slots=True)
class Value:
    """What a past ticket had, and whether a person of the desk chose it."""

    value: str
    by_person: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A concluded ticket: the customer's words, and what was decided. Times are UTC epoch seconds."""

    id: int
    protocol: str
    subject: str
    text: str
    arrived_at: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A past ticket with its likeness, 0 to 1, and the telling words that it shares, the most telling first."""

    past: Past
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The value that similar tickets had most: how many of those that had any, and its share of their weight.

    ``people`` of the votes are values that a person of the desk chose; ``voters`` are the tickets, nearest first.
    """

    field: Field
    value: str
    votes: int
    of: int
    people: int
    share: float
    voters: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Whether it is worth showing: several tickets, and at least half of the weight."""
        return self.votes >= LEAST_VOTES and self.share >= LEAST_SHARE


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Everything that similar tickets say, clear or not, with the evidence: the words and the tickets."""

    words: tuple[str, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    found: tuple[Suggestion, ...] = ()

    def of(self, field: Field) -> Suggestion | None:
        """What is suggested for ``field``, clear or not."""
        return next((one for one in self.found if one.field is field), None)

    @property
    def clear(self) -> tuple[Suggestion, ...]:
        """Those worth showing."""
        return tuple(one for one in self.found if one.clear)


def asked_words(asked: Asked) -> tuple[str, ...]:
    """The different words of a ticket, folded, in the order of writing, at most 80."""
    found: dict[str, None] = {}
    for word in (*words_of(asked.subject), *words_of(asked.text)):
        if len(word) in _LENGTH:
            found.setdefault(word)
            if len(found) == WORDS:
                break
    return tuple(found)


def telling(spreads: Iterable[Spread]) -> dict[str, float]:
    """The rarest words with what each weighs; words that no message has tell nothing."""
    known = [spread for spread in spreads if spread.messages >= 1]
    ranked = sorted(known, key=lambda spread: (spread.messages / max(1, spread.total), spread.word))[:TELLING]
    rare = [spread for spread in ranked if spread.messages <= spread.total * _COMMON]
    chosen = rare if len(rare) >= _ENOUGH else ranked
    return {spread.word: log(1 + spread.total / spread.messages) for spread in chosen}


def nearest(words: Mapping[str, float], candidates: Iterable[Past], most: int = VOTERS) -> list[Neighbour]:
    """The past tickets most like ``words``, the nearest first; of two as near the later one."""
    whole = sum(words.values())
    if not whole:
        return []
    found = []
    for past in candidates:
        has = words_of(past.subject) + words_of(past.text)
        shared = sorted(words.keys() & set(has), key=lambda word: (-words[word], word))
        length = 1 + _LENGTH_WEIGHT * min(4.0, len(has) / _LENGTH_WORDS)
        score = sum(words[word] for word in shared) / whole / length
        if score >= LEAST_LIKE:
            found.append(Neighbour(past, min(1.0, score), tuple(shared)))
    found.sort(key=lambda one: (-one.score, -one.past.arrived_at, one.past.protocol))
    return found[:most]


def vote(
    neighbours: Sequence[Neighbour], values: Mapping[int, Mapping[Field, Sequence[Value]]]
) -> tuple[Suggestion, ...]:
    """For each field the value with the most weight; ``values`` are those of the past tickets by their id."""
    found = []
    for field in Field:
        weights: dict[str, float] = {}
        voters: dict[str, list[str]] = {}
        people: dict[str, int] = {}
        voted = 0
        for one in neighbours:
            had = values.get(one.past.id, {}).get(field, ())
            voted += bool(had)
            for value in had:
                weight = one.score**2 * (1.0 if value.by_person else AUTOMATIC)
                weights[value.value] = weights.get(value.value, 0.0) + weight
                voters.setdefault(value.value, []).append(one.past.protocol)
                people[value.value] = people.get(value.value, 0) + value.by_person
        if weights:
            best = min(weights, key=lambda value: (-weights[value], value))
            share = weights[best] / sum(weights.values())
            mine = tuple(voters[best])
            found.append(Suggestion(field, best, len(mine), voted, people[best], share, mine))
    return tuple(found)
