"""What only some kinds of manifestation go through: a suggestion is decided, praise handed on, a report checked."""

from __future__ import annotations

from collections.abc import Collection

from ouvidoria_tui.desk.act import NOW, When, act, diff, need_text, note_of
from ouvidoria_tui.desk.case import check_impartial, work_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.forward import known_area
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.paths import Decision, Element, Told
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket, Type
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


def decide(
    desk: Desk,
    ref: str,
    decision: Decision,
    grounds: str,
    *,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """What becomes of a suggestion, and why (S4-31); the customer hears it in the conclusive answer.

    A new decision takes the place of the one before. Raises ``Refused`` ``WRONG_TYPE``, ``CONFLICT_OF_INTEREST``;
    ``UsageError`` ``TEXT_REQUIRED``.
    """
    words = need_text(grounds, "--grounds")

    def drafts(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        _check_type(ticket, Type.SUGGESTION)
        check_impartial(ticket, work_of(desk, ticket), desk.agent)
        changes = diff(ticket, outcome=decision.value)
        return [Draft(Act.DECIDED, moment, changes, {"decision": decision.value}, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.DECIDE, drafts, when=late, revision=revision)


def praise_for(
    desk: Desk,
    ref: str,
    whom: str,
    *,
    area: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """Whom praise is for, in words, and that person's area; it has to be handed on from then.

    Raises ``Refused`` ``WRONG_TYPE``; ``NotFound`` ``AREA_NOT_FOUND``; ``UsageError`` ``TEXT_REQUIRED``.
    """
    words = need_text(whom, "--for")
    slug = None if area is None else known_area(desk, area)

    def drafts(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        _check_type(ticket, Type.PRAISE)
        facts = {} if slug is None else {"area": slug}
        changes = {} if slug is None else diff(ticket, area=slug)
        return [Draft(Act.PRAISE_NAMED, moment, changes, facts, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.HAND_ON, drafts, when=late, revision=revision)


def hand_on(
    desk: Desk,
    ref: str,
    told: Told,
    *,
    text: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """That praise has reached the person, or the head; ``text`` says how. Told twice it is unchanged.

    Raises ``Refused`` ``WRONG_TYPE``, ``PRAISE_FOR_NOBODY`` before it was said whom it is for.
    """

    def drafts(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        _check_type(ticket, Type.PRAISE)
        work = work_of(desk, ticket)
        if work.praised is None:
            raise Refused(
                "PRAISE_FOR_NOBODY",
                N_("nobody has said whom the praise {protocol} is for", protocol=ticket.protocol),
                N_("say it with `ouvidoria hand-on --for`"),
            )
        if told in work.told:
            return []
        return [Draft(Act.PRAISE_TOLD, moment, {}, {"to": told.value}, note_of(text, Part.CASE))]

    late = When(when.at, when.reason or text)
    return act(desk, ref, Verb.HAND_ON, drafts, when=late, revision=revision)


def check_elements(
    desk: Desk,
    ref: str,
    found: Collection[Element],
    grounds: str,
    *,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """Which elements a report of wrongdoing holds, with grounds; a new check takes the place of the one before.

    Raises ``Refused`` ``WRONG_TYPE``, ``CONFLICT_OF_INTEREST``; ``UsageError`` ``TEXT_REQUIRED``.
    """
    words = need_text(grounds, "--grounds")

    def drafts(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        _check_type(ticket, Type.REPORT)
        check_impartial(ticket, work_of(desk, ticket), desk.agent)
        facts = {one.value: one in found for one in Element}
        return [Draft(Act.ELEMENTS_CHECKED, moment, {}, facts, Message(Part.CASE, words))]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.ELEMENTS, drafts, when=late, revision=revision)


def _check_type(ticket: Ticket, wanted: Type) -> None:
    """Nothing, where it is that kind of manifestation; ``Refused`` ``WRONG_TYPE``."""
    if ticket.type is not wanted:
        raise Refused(
            "WRONG_TYPE",
            N_(
                "{protocol} is of the type {type}, not {wanted}",
                protocol=ticket.protocol,
                type=ticket.type.value,
                wanted=wanted.value,
            ),
            N_("where that is wrong, set it with `ouvidoria classify --type {wanted}`", wanted=wanted.value),
        )
