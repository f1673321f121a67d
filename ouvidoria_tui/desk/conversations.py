"""Calls and meetings about a ticket, recorded by who spoke: facts from outside that move nothing (S2-44, S4-02).

What was said stays inside the desk. Whom one spoke with stands with the words, not with the facts: it is a
person's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ouvidoria_tui.desk.act import act, need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.reply import outside_moment
from ouvidoria_tui.domain.conduct import Conduct
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Channel, Ticket
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

#: Minutes of a day: no conversation is longer.
LONGEST = 1440
_NAMES_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Call:
    """A call: who was spoken with, how long, who called, and which points of the card were kept.

    ``conduct`` is ``None`` where the card was not filled in, which is not the same as an empty one.
    """

    with_: str = ""
    minutes: int | None = None
    outgoing: bool = False
    channel: Channel = Channel.PHONE
    conduct: tuple[Conduct, ...] | None = None

    def facts(self) -> dict[str, object]:
        """What the ledger keeps of it."""
        said: dict[str, object] = {
            "channel": self.channel.value,
            "direction": "out" if self.outgoing else "in",
        }
        if self.minutes is not None:
            said["minutes"] = self.minutes
        if self.conduct is not None:
            said["conduct"] = [one.value for one in self.conduct]
        return said


def record_call(
    desk: Desk, ref: str, call: Call, text: str, *, at: int | None = None, revision: int | None = None
) -> Outcome:
    """A call on a ticket, now or at a moment after the ticket's arrival; its text is reason enough for that.

    Raises ``UsageError`` ``TEXT_REQUIRED``, ``BAD_MINUTES``; ``Refused`` ``DATE_IN_FUTURE``, ``DATE_OUT_OF_ORDER``.
    """
    words = need_text(text, "--text")
    check_minutes(call.minutes)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        message = Message(Part.NOTE, words, _names(call.with_))
        return [Draft(Act.CALLED, outside_moment(ticket, moment, at), facts=call.facts(), message=message)]

    return act(desk, ref, Verb.CALL, decide, revision=revision)


def record_meeting(
    desk: Desk,
    ref: str,
    participants: Sequence[str],
    minutes_text: str,
    *,
    minutes: int | None = None,
    at: int | None = None,
    revision: int | None = None,
) -> Outcome:
    """A meeting on a ticket: who was there and what was agreed (S2-44, S2-45); raises as :func:`record_call`."""
    words = need_text(minutes_text, "--minutes-text")
    there = need_text(", ".join(name.strip() for name in participants if name.strip()), "--participants")
    check_minutes(minutes)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        facts = {} if minutes is None else {"minutes": minutes}
        message = Message(Part.NOTE, words, _names(there))
        return [Draft(Act.MET, outside_moment(ticket, moment, at), facts=facts, message=message)]

    return act(desk, ref, Verb.MEETING, decide, revision=revision)


def _names(written: str) -> str:
    return " ".join(written.split())[:_NAMES_LIMIT]


def check_minutes(minutes: int | None) -> None:
    """Nothing, where a conversation can have been so long; ``UsageError`` ``BAD_MINUTES`` otherwise."""
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise _bad_minutes(str(minutes))


def typed_minutes(written: str) -> int | None:
    """The length of a conversation as somebody typed it, ``None`` where nothing is; ``UsageError`` ``BAD_MINUTES``."""
    words = written.strip()
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and len(words) <= 6):
        raise _bad_minutes(words[:20])
    check_minutes(int(words))
    return int(words)


def _bad_minutes(written: str) -> UsageError:
    return UsageError(
        "BAD_MINUTES",
        N_("{minutes} minutes are no length of a conversation", minutes=written),
        N_("give whole minutes, 1 to {longest}, or leave it out", longest=LONGEST),
    )
