"""A conversation that proves complex goes on as a ticket (S0-22, S0-32, S0-35).

It keeps its protocol, its place in the queue and every word that was said; what changes is the channel by which
it is worked on, and the event says from where, to where and why.
"""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, When, act, diff, need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_access import REAL_TIME
from ouvidoria_tui.domain.ticket import Channel, Difficulty, Ticket

#: What "a ticket" is among the channels: what is opened in the customer area.
TICKET = Channel.PORTAL
#: Why a conversation goes on as a ticket where nobody chose so: the event right before says that it is complex.
FORCED = "complex"


def convert(desk: Desk, ref: str, reason: str, *, when: When = NOW, revision: int | None = None) -> Outcome:
    """The contact as a ticket, case by case (S0-22, S0-25); one that is a ticket already is ``unchanged``.

    Raises ``UsageError`` ``TEXT_REQUIRED``; ``Refused`` ``ILLEGAL_TRANSITION`` on a closed one.
    """
    words = need_text(reason, "--reason")

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        to = record_channel(desk.policy.policy)
        if ticket.channel is to:
            return []
        check_not_closed(ticket.status)
        return [_converted(ticket, to, moment, "by-hand", Message(Part.REASON, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.CONVERT, decide, when=late, revision=revision)


def forced(desk: Desk, ticket: Ticket, difficulty: Difficulty | None, moment: int) -> list[Draft]:
    """The change of channel that follows where a conversation is found complex; nothing where the policy asks none."""
    to = desk.policy.policy.access.record_channel
    if to is None or difficulty is not Difficulty.COMPLEX or ticket.channel not in REAL_TIME:
        return []
    return [_converted(ticket, to, moment, FORCED, None)]


def record_channel(policy: Policy) -> Channel:
    """The channel by which tickets are worked on."""
    return policy.access.record_channel or TICKET


def _converted(ticket: Ticket, to: Channel, moment: int, why: str, message: Message | None) -> Draft:
    facts = {"from": ticket.channel.value, "to": to.value, "why": why}
    return Draft(Act.CONVERTED, moment, diff(ticket, channel=to), facts, message)
