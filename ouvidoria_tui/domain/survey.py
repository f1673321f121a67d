"""How a customer found it, as a fold over the events of a ticket: asked at closing, answered once a closing.

Two items from 1 to 5, the solution and the service, with what IN BCB 550/2024 wants kept: when the answer and the
survey were sent, when it was answered, and by which channel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from ouvidoria_tui.domain.fold import fold as folded
from ouvidoria_tui.domain.ledger import TAKE_BACK, Act, Event
from ouvidoria_tui.domain.promised import day_end
from ouvidoria_tui.domain.ticket import Status

#: The channel of what a file brought in.
IMPORTED: Final = "import"
_FORM: Final = re.compile(
    r"[\s>*|]*(?P<item>solucao|solution|atendimento|service|comentario|comment)\b[^:\n]{0,30}:(?P<said>.*)"
)
_ITEMS: Final = {
    "solucao": "solution",
    "solution": "solution",
    "atendimento": "service",
    "service": "service",
    "comentario": "comment",
    "comment": "comment",
}


@dataclass(frozen=True, slots=True)
class Scores:
    """From 1 to 5: how the problem was solved, and how the desk served. What an import has may be one of the two."""

    solution: int | None
    service: int | None


@dataclass(frozen=True, slots=True)
class Offer:
    """The letter that asked: its event's number, when it was written, and until when an answer is taken."""

    seq: int
    at: int
    until: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, about the closing whose event is ``closing``; ``offered_at`` where a letter had asked."""

    seq: int
    at: int
    scores: Scores
    channel: str
    closing: int | None
    offered_at: int | None = None


@dataclass(frozen=True, slots=True)
class Surveys:
    """Where a ticket stands: its ``closing`` (number and moment; ``None`` while open), the offer, all answers."""

    closing: int | None = None
    closed_at: int = 0
    offer: Offer | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def answer(self) -> Answer | None:
        """The answer about the closing that stands."""
        found = (one for one in reversed(self.answers) if one.closing == self.closing)
        return None if self.closing is None else next(found, None)

    def until(self, days: int, zone: str) -> int | None:
        """Before when an answer is taken: as the letter said, else to the end of the day ``days`` after the closing.

        ``None``: for ever.
        """
        if self.offer is not None and self.offer.until is not None:
            return self.offer.until
        return day_end(self.closed_at, days, zone) if days else None


def fold(events: Iterable[Event]) -> Surveys:
    """The surveys of a ticket from all its events; acts that were undone count as not done."""
    events = list(events)
    undone = {int(str(event.payload["undoes"])) for event in events if event.type in TAKE_BACK}
    found = Surveys()
    for event in events:
        if event.seq not in undone and event.type not in TAKE_BACK:
            found = _after(found, event)
    return found


def _after(found: Surveys, event: Event) -> Surveys:
    status = event.changes.get("status")
    if status is not None and status[1] == Status.CLOSED.value:
        return replace(found, closing=event.seq, closed_at=event.happened_at, offer=None)
    if status is not None:
        return replace(found, closing=None, offer=None)
    if event.type is Act.SURVEY_OFFERED:
        until = _number(event.payload.get("until"))
        return replace(found, offer=Offer(event.seq, event.happened_at, until))
    if event.type is Act.SURVEY_ANSWERED:
        return replace(found, answers=(*found.answers, answer_of(event)))
    return found


def answer_of(event: Event) -> Answer:
    """The answer that an event records."""
    facts = event.payload
    return Answer(
        seq=event.seq,
        at=event.happened_at,
        scores=Scores(_number(facts.get("solution")), _number(facts.get("service"))),
        channel=str(facts.get("channel", "")),
        closing=_number(facts.get("closing")),
        offered_at=_number(facts.get("offered_at")),
    )


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as IN BCB 550/2024 wants it kept; moments are epoch seconds."""

    protocol: str
    confidential: bool
    document: str | None
    answer_at: int | None
    answer_mail: str | None
    channel: str
    offered_at: int | None
    at: int
    by: str
    solution: int | None
    service: int | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """The form of the closing letter as a customer filled it in; ``rest`` is what else was written, unquoted."""

    scores: Scores
    comment: str
    rest: str


def read_form(text: str, said: str) -> Form | None:
    """The form in a message, also where it stands in the quoted letter; ``None`` unless both items are filled.

    ``said`` is the message without what it quotes.
    """
    filled: dict[str, str] = {}
    for line in text.splitlines():
        match = _line(line)
        if match is not None:
            filled.setdefault(*match)
    scores = [
        int(filled[name]) if filled.get(name, "") in _SCORES else None for name in ("solution", "service")
    ]
    if None in scores:
        return None
    return Form(Scores(*scores), filled.get("comment", ""), _rest(said))


_SCORES: Final = frozenset("12345")


def _rest(said: str) -> str:
    """What was said besides; a message that only quotes counts as said, so its marked lines are left out here."""
    kept: list[str] = []
    for line in said.splitlines():
        quoted = line.lstrip().startswith(">")
        if quoted and kept and kept[-1].rstrip().endswith(":"):
            kept.pop()  # the line that says whose words follow
        if line.strip() and not quoted and _line(line) is None:
            kept.append(line)
    return "\n".join(kept).strip()


def _line(line: str) -> tuple[str, str] | None:
    """An item of the form and what was written for it; nothing where nothing was."""
    match = _FORM.fullmatch(folded(line)) if len(line) < 2_000 else None
    if match is None or not match["said"].strip():
        return None
    return _ITEMS[match["item"]], line.partition(":")[2].strip()


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
