"""What an area gets when it is asked or reminded: the words, or the whole letter where it goes by mail (E1, E2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from ouvidoria_tui.desk.area_words import Cleared, cleared, known_of, withheld
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letters import desk_language, desk_letter, told
from ouvidoria_tui.domain.area_letter import AreaLetter
from ouvidoria_tui.domain.area_list import area_rules
from ouvidoria_tui.domain.area_request import AreaRequest, ordinary_due
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import ALIVE
from ouvidoria_tui.domain.deadline import advance
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Message, Part
from ouvidoria_tui.domain.projection import fact_of
from ouvidoria_tui.domain.redaction import Wish
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.domain.ticket import Ticket

ASKED, REMINDED = "E1", "E2"

_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.PORTUGUESE: {
        "by": "até {day}",
        "soon": "assim que possível",
        "late": "venceu em {day}",
        "due": "vence em {day}",
        "today": "hoje",
        "owed": "ainda não chegou",
        "head": "a chefia da área",
        "named": "a chefia ({head})",
        "prior": "protocolo {number}",
        "none": "não informado",
        "subject": "Assunto: {subject}",
        "text": "A manifestação:",
        "redacted": "A manifestação, sem os dados pessoais de quem escreveu:",
        "erased": "(o texto foi eliminado)",
    },
    Language.ENGLISH: {
        "by": "by {day}",
        "soon": "as soon as possible",
        "late": "was due on {day}",
        "due": "is due on {day}",
        "today": "today",
        "owed": "has not come yet",
        "head": "the area's head",
        "named": "the head ({head})",
        "prior": "protocol {number}",
        "none": "not given",
        "subject": "Subject: {subject}",
        "text": "The manifestation:",
        "redacted": "The manifestation, without personal data of whoever wrote:",
        "erased": "(the text was erased)",
    },
}


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is wished beside the rules: ``always`` redacts where the policy does not; ``reason`` says why words stay."""

    wish: Wish = field(default_factory=Wish)
    reason: str | None = None
    always: bool = False


def area_letter(
    desk: Desk,
    ticket: Ticket,
    area: Entry,
    words: str,
    moment: int,
    *,
    owed: AreaRequest | None,
    by_mail: bool,
    redaction: Redaction,
    blind: bool = False,
) -> AreaLetter:
    """What ``area`` gets at ``moment``; ``owed`` is its request where it is reminded of one.

    ``blind``: the question is shown as if nothing were known of who wrote; what leaves is never blind.

    Raises what ``area_words.cleared`` raises, and ``Refused`` ``TEMPLATE_INCOMPLETE``.
    """
    to = desk.store.outbox.area_address(area.slug) if by_mail and desk.store.outbox.settings().ready else None
    texts = {"question": words}
    if to is not None and owed is None:
        texts |= {"manifestation": _manifestation(desk, ticket), "prior": _prior(desk, ticket)}
    wish = redaction.wish
    redacted = withheld(desk, ticket) or redaction.always or bool(wish.remove or wish.restore)
    clear = cleared(texts, known_of(desk, ticket), wish, blind=blind) if redacted else Cleared(texts)
    due_at = request_due(desk, ticket, area, moment, owed)
    made = AreaLetter(
        area.slug,
        Message(Part.AREA, clear.texts["question"]),
        due_at=due_at,
        reminder=owed is not None,
        redacted=redacted,
        counts=clear.counts,
        restored=clear.restored,
    )
    if to is None:
        return made
    template = ASKED if owed is None else REMINDED
    places = {"protocolo": ticket.protocol, "area": area.name, "motivo": clear.texts["question"]}
    places |= (
        _request(desk, clear, due_at, redacted) if owed is None else _reminder(desk, area, due_at, moment)
    )
    letter = desk_letter(desk, template, places, desk_language(desk))
    return replace(made, to=to, template=template, message=Message(Part.AREA, letter.text, letter.subject))


def request_due(desk: Desk, ticket: Ticket, area: Entry, moment: int, owed: AreaRequest | None) -> int | None:
    """When the area's answer is due: by its clock, else by the days that the register gives the area."""
    states = desk.store.clocks(ticket.id)
    if owed is None:
        then = replace(ticket, area=area.slug, revision=ticket.revision + 1)
        states = advance(
            states, fact_of(then, Act.FORWARDED, moment, {"area": area.slug}), desk.policy.clocks
        )
    rules = area_rules(one.rule for one in desk.policy.clocks)
    named = f":{area.slug}"
    for state in states:
        if (
            state.rule in rules
            and state.state in ALIVE
            and (state.name.endswith(named) or ":" not in state.name)
        ):
            return state.due_at
    return ordinary_due(_desk_calendar(desk), area.due_days, moment if owed is None else owed.asked_at)


def _desk_calendar(desk: Desk) -> Calendar:
    return Calendar(desk.policy.policy.calendars["desk"], desk.policy.closed)


def _request(desk: Desk, clear: Cleared, due_at: int | None, redacted: bool) -> dict[str, str]:
    said = _WORDS[desk_language(desk)]
    prior, text = clear.texts["prior"].strip(), clear.texts["manifestation"]
    head = said["redacted"] if redacted else said["text"]
    return {
        "quando": said["soon"] if due_at is None else said["by"].format(day=_day(desk, due_at)),
        "chamado_anterior": prior or said["none"],
        "manifestacao": f"{head}\n\n{text}",
    }


def _reminder(desk: Desk, area: Entry, due_at: int | None, moment: int) -> dict[str, str]:
    said = _WORDS[desk_language(desk)]
    key = "owed" if due_at is None else "late" if due_at <= moment else "due"
    calendar = _desk_calendar(desk)
    last = moment if due_at is None else max(moment, due_at - 1)
    after = calendar.next_opening(calendar.midnight(calendar.local_date(last) + timedelta(days=1)))
    return {
        "quando": said["by"].format(day=_day(desk, due_at)) if due_at and key == "due" else said["today"],
        "situacao": said[key].format(day="" if due_at is None else _day(desk, due_at)),
        "chefia": head_words(desk, area),
        "nova_previsao": told(desk, after, desk_language(desk), day=True),
    }


def head_words(desk: Desk, area: Entry) -> str:
    """Who answers for an area, as a letter names them: the agent of the login, else what the register says."""
    if not area.head:
        return _WORDS[desk_language(desk)]["head"]
    agent = desk.store.agent(area.head)
    return _WORDS[desk_language(desk)]["named"].format(head=area.head if agent is None else agent.name)


def _day(desk: Desk, due_at: int) -> str:
    """The day of a due moment; one that ends at midnight ends with the day before."""
    return told(desk, due_at - 1, desk_language(desk), day=True)


def _prior(desk: Desk, ticket: Ticket) -> str:
    """The number of the earlier contact, called what it is: a bare row of digits might be somebody's."""
    return (
        _WORDS[desk_language(desk)]["prior"].format(number=ticket.prior_ticket) if ticket.prior_ticket else ""
    )


def _manifestation(desk: Desk, ticket: Ticket) -> str:
    """Subject and words with which the ticket began."""
    said = _WORDS[desk_language(desk)]
    messages = desk.store.messages(ticket.id).values()
    text = next((one.text for one in messages if one.part is Part.MANIFESTATION), "").strip()
    return f"{said['subject'].format(subject=ticket.subject)}\n\n{text or said['erased']}"
