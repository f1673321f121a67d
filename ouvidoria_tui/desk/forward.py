"""Bringing in the areas responsible: the request, the reminder, and the area's answer (S0-21, S4-23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ouvidoria_tui.desk.act import NOW, When, act, diff, move, need_text
from ouvidoria_tui.desk.area_letter import Redaction, area_letter, request_due
from ouvidoria_tui.desk.case import check_forwarding, check_owner
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain import area_request
from ouvidoria_tui.domain.area_letter import AreaLetter
from ouvidoria_tui.domain.area_request import AreaRequest
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import MAY, Verb
from ouvidoria_tui.domain.reading import check_may_open
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.domain.ticket import Status, Ticket, Turn
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

AS_THE_POLICY_SAYS = Redaction()
#: What going on without an area is called among the outcomes.
WAIVED = "area-waive"


def forward(
    desk: Desk,
    ref: str,
    area: str,
    text: str,
    *,
    redaction: Redaction = AS_THE_POLICY_SAYS,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """What the desk asks of an area, in words for the area; the ticket is worked on, and it is the area's turn.

    Where the area has an address and the desk has mail, a letter leaves with it. Where identity is withheld, what
    the area gets holds no personal data. An area that owes an answer already is reminded: its clock runs on as it
    was. While it is the customer's turn, that stays so. Raises ``NotFound`` ``AREA_NOT_FOUND``, ``UsageError``
    ``TEXT_REQUIRED``, ``WORD_NOT_FOUND``; ``Refused`` ``REDACTION_LEAKS``, ``KNOWN_VALUE_STAYS``,
    ``TEMPLATE_INCOMPLETE``; ``ELEMENTS_UNCHECKED`` and ``ELEMENTS_MISSING`` for a report.
    """
    words = need_text(text, "--text")
    why = need_text(redaction.reason, "--reason") if redaction.wish.restore else None

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        if ticket.assignee is None:
            check_owner(desk, ticket, desk.agent)
        letter = _letter(desk, ticket, area, words, moment, redaction, by_mail=when.at is None)
        notes = [] if why is None else [_why_restored(letter, why, moment)]
        changes = diff(ticket, area=letter.area)
        if ticket.status is not Status.ANSWERED:
            changes |= move(ticket, Status.IN_PROGRESS, assignee=ticket.assignee or desk.agent.id)
            changes |= diff(ticket, turn=Turn.AREA)
            if ticket.turn is Turn.AREA:
                changes.pop("turn", None)
        to = letter.area if letter.to is not None else None
        return [*notes, Draft(Act.FORWARDED, moment, changes, _facts(letter), letter.message, to_area=to)]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.FORWARD, decide, when=late, revision=revision)


def preview(
    desk: Desk, ref: str, area: str, text: str, *, redaction: Redaction = AS_THE_POLICY_SAYS
) -> AreaLetter:
    """What :func:`forward` would give the area now; nothing is recorded. Raises as it does.

    It shows the customer's words: ``NotAllowed`` ``CONFIDENTIAL`` to who may not read them. From a question about a
    confidential ticket it takes out only what anybody could tell: tried with names, it would say whose the ticket is.
    """
    desk.allow(Verb.FORWARD)
    words = need_text(text, "--text")
    ticket = desk.store.find(ref)
    check_may_open(desk.agent, ticket)
    blind = ticket.confidential and Verb.IDENTITY not in MAY[desk.agent.role]
    return _letter(desk, ticket, area, words, desk.clock.now(), redaction, by_mail=True, blind=blind)


def _letter(
    desk: Desk,
    ticket: Ticket,
    area: str,
    words: str,
    moment: int,
    redaction: Redaction,
    *,
    by_mail: bool,
    blind: bool = False,
) -> AreaLetter:
    check_not_closed(ticket.status)
    entry = area_entry(desk, area)
    check_forwarding(desk, ticket)
    waiting = next((one for one in owed(desk, ticket) if one.area == entry.slug), None)
    return area_letter(
        desk, ticket, entry, words, moment, owed=waiting, by_mail=by_mail, redaction=redaction, blind=blind
    )


def _facts(letter: AreaLetter) -> dict[str, object]:
    """What is recorded of a letter: never a value that was removed, only how many of each kind."""
    facts: dict[str, object] = {"area": letter.area}
    if letter.reminder:
        facts["reminder"] = True
    if letter.redacted:
        facts["redacted"] = {kind.value: count for kind, count in letter.counts.items()}
    if letter.restored:
        facts["restored"] = len(letter.restored)
    if letter.template is not None:
        facts["template"] = letter.template
    return facts


def _why_restored(letter: AreaLetter, why: str, moment: int) -> Draft:
    pieces = "; ".join(letter.restored)
    return Draft(Act.NOTED, moment, message=Message(Part.NOTE, f"{letter.area}: {pieces}\n\n{why.strip()}"))


def area_answer(
    desk: Desk,
    ref: str,
    text: str,
    *,
    area: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """What an area answered, verbatim; once none owes an answer it is the desk's turn again.

    What ended with a closing is answered, too, once the ticket is open again.
    ``area`` may be left out where one alone was asked. Raises ``Refused`` ``NO_AREA_REQUEST``; ``UsageError``
    ``AREA_AMBIGUOUS``, ``TEXT_REQUIRED``; ``NotFound`` ``AREA_NOT_FOUND``.
    """
    words = need_text(text, "--text")
    slug = None if area is None else known_area(desk, area)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        waiting = owed(desk, ticket)
        late = () if waiting and slug is None else left_over(desk, ticket)
        meant = _meant(ticket, [*waiting, *late], slug)
        return [request_ended(ticket, waiting, meant, moment, words)]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.AREA_ANSWER, decide, when=late, revision=revision)


def waive(
    desk: Desk,
    ref: str,
    text: str,
    *,
    area: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The desk goes on without an area that never answered, and says why; its delay stays on record as its own.

    Only once the answer is overdue and the area was reminded. Raises ``Refused`` ``AREA_STILL_IN_TIME``,
    ``AREA_NOT_REMINDED``, and what :func:`area_answer` raises.
    """
    words = need_text(text, "--text")
    slug = None if area is None else known_area(desk, area)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        waiting = owed(desk, ticket)
        late = () if waiting and slug is None else left_over(desk, ticket)
        one = _meant(ticket, [*waiting, *late], slug)
        _check_waivable(desk, ticket, one, moment)
        return [request_ended(ticket, waiting, one, moment, words, Act.AREA_WAIVED)]

    late = When(when.at, when.reason or words)
    return replace(act(desk, ref, Verb.AREA_ANSWER, decide, when=late, revision=revision), verb=WAIVED)


def _check_waivable(desk: Desk, ticket: Ticket, one: AreaRequest, moment: int) -> None:
    due_at = request_due(desk, ticket, area_entry(desk, one.area), moment, one)
    if due_at is not None and moment <= due_at:
        raise Refused(
            "AREA_STILL_IN_TIME",
            N_("{area} still has time to answer about {protocol}", area=one.area, protocol=ticket.protocol),
            N_("wait for its answer; `ouvidoria area requests` shows when it is due"),
            details={"due_at": due_at},
        )
    if not one.reminded:
        raise Refused(
            "AREA_NOT_REMINDED",
            N_("{area} was not reminded of {protocol}", area=one.area, protocol=ticket.protocol),
            N_(
                "ask again with `ouvidoria forward {protocol} --area {area}`",
                area=one.area,
                protocol=ticket.protocol,
            ),
        )


def request_ended(
    ticket: Ticket,
    waiting: Sequence[AreaRequest],
    one: AreaRequest,
    moment: int,
    words: str,
    act_: Act = Act.AREA_ANSWERED,
) -> Draft:
    """The event by which the request ``one`` of those that are ``waiting`` is owed no more."""
    rest = [other for other in waiting if other is not one]
    changes = diff(ticket, area=rest[-1].area if rest else one.area)
    if ticket.turn is Turn.AREA and not rest:
        changes |= diff(ticket, turn=Turn.DESK)
    return Draft(act_, moment, changes, {"area": one.area, "request": one.seq}, Message(Part.AREA, words))


def owed(desk: Desk, ticket: Ticket) -> list[AreaRequest]:
    """The requests of ``ticket`` that no area has answered, oldest first."""
    if ticket.area is None:
        return []
    return [one for one in area_request.fold(desk.store.events(ticket.id)) if one.open]


def left_over(desk: Desk, ticket: Ticket) -> tuple[AreaRequest, ...]:
    """The requests of ``ticket`` that ended with a closing, unanswered, and were not made again."""
    return area_request.left(area_request.fold(desk.store.events(ticket.id)))


def area_entry(desk: Desk, written: str) -> Entry:
    """The entry of an area in the register; ``NotFound`` ``AREA_NOT_FOUND``."""
    slug = known_area(desk, written)
    return next(one for one in desk.store.entries("area") if one.slug == slug)


def known_area(desk: Desk, written: str) -> str:
    """The slug of an area that the desk has, from its slug or name; ``NotFound`` ``AREA_NOT_FOUND`` otherwise."""
    known = desk.store.known_slugs("area")
    wanted = slugify(written)
    slug = next((one for one, name in known.items() if wanted in (one, slugify(name))), None)
    if slug is not None:
        return slug
    raise NotFound(
        "AREA_NOT_FOUND",
        N_("there is no area {area}", area=written[:60]),
        N_("the desk has: {names}", names=", ".join(sorted(known)) or "-"),
    )


def _meant(ticket: Ticket, waiting: list[AreaRequest], slug: str | None) -> AreaRequest:
    found = [one for one in waiting if slug is None or one.area == slug]
    if not found:
        raise Refused(
            "NO_AREA_REQUEST",
            N_("no area owes {protocol} an answer", protocol=ticket.protocol)
            if slug is None
            else N_("{area} owes {protocol} no answer", area=slug, protocol=ticket.protocol),
            N_("ask an area with `ouvidoria forward`, or keep its words as a note"),
        )
    if len(found) > 1:
        raise UsageError(
            "AREA_AMBIGUOUS",
            N_("{protocol} waits for several areas", protocol=ticket.protocol),
            N_("say which with --area: {names}", names=", ".join(one.area for one in found)),
        )
    return found[0]
