"""Letters of the desk: a template with its places filled, nothing left open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.templates import template_in_force
from ouvidoria_tui.domain.ledger import Message, Part
from ouvidoria_tui.domain.template import LANGUAGE, PLACE
from ouvidoria_tui.domain.ticket import Channel, Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

_MARK = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_GREETING = {"pt-BR": ("Olá, {name}.", "Olá."), "en": ("Hello, {name}.", "Hello.")}

__all__ = [
    "LANGUAGE",
    "about",
    "channel_name",
    "check_words",
    "desk_letter",
    "first_line",
    "greeting",
    "letter",
    "week_words",
]

#: Ways in as a letter names them; a letter has one language, whatever the screen's.
_CHANNELS: Mapping[str, Mapping[Channel, str]] = {
    "pt-BR": {
        Channel.PORTAL: "área do cliente",
        Channel.EMAIL: "e-mail",
        Channel.PHONE: "telefone",
        Channel.CHAT: "chat",
        Channel.WHATSAPP: "WhatsApp",
        Channel.LETTER: "carta",
        Channel.IN_PERSON: "atendimento presencial",
        Channel.SOCIAL: "rede social",
        Channel.INTERNAL: "canal interno",
    },
    "en": {
        Channel.PORTAL: "customer area",
        Channel.EMAIL: "e-mail",
        Channel.PHONE: "telephone",
        Channel.CHAT: "chat",
        Channel.WHATSAPP: "WhatsApp",
        Channel.LETTER: "letter",
        Channel.IN_PERSON: "the counter",
        Channel.SOCIAL: "social network",
        Channel.INTERNAL: "internal channel",
    },
}
_FIRST_LINE = {"pt-BR": ("o atendimento", " ou "), "en": ("customer service", " or ")}
_DAYS = {
    "pt-BR": ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo", " a "),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", " to "),
}
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def channel_name(channel: Channel, language: str = LANGUAGE) -> str:
    """A way in as a letter names it."""
    return _CHANNELS[language][channel]


def first_line(channels: Sequence[Channel], language: str = LANGUAGE) -> str:
    """The first instance, with the channels by which it is reached where a policy names them (S1-17)."""
    plain, or_ = _FIRST_LINE[language]
    if not channels:
        return plain
    names = [channel_name(one, language) for one in channels]
    said = ", ".join(names[:-1]) + or_ + names[-1] if len(names) > 1 else names[0]
    return f"{plain} ({said})"


def week_words(week: Mapping[str, Sequence[tuple[str, str]]], language: str = LANGUAGE) -> str:
    """The hours of a week as a letter says them: ``segunda a sexta, 09:00-17:00``."""
    *days, to = _DAYS[language]
    said = []
    open_days = [(place, tuple(week[day])) for place, day in enumerate(_WEEK) if week.get(day)]
    for _key, group in groupby(enumerate(open_days), lambda one: (one[1][0] - one[0], one[1][1])):
        run = [day for _turn, day in group]
        first, last = days[run[0][0]], days[run[-1][0]]
        hours = ", ".join(f"{start}-{end}" for start, end in run[0][1])
        said.append(f"{first if first == last else first + to + last}, {hours}")
    return "; ".join(said)


def letter(name: str, template: str, places: Mapping[str, object]) -> Message:
    """The message to the customer that the template ``name`` gives, subject and text.

    Raises ``Refused`` ``TEMPLATE_INCOMPLETE`` where a place has no value: nothing half-written leaves the desk.
    """
    subject, _, text = template.partition("\n")
    missing = [place for place in PLACE.findall(template) if places.get(place) in (None, "")]
    if missing:
        missing = list(dict.fromkeys(missing))
        raise Refused(
            "TEMPLATE_INCOMPLETE",
            N_("the template {template} has no value for: {names}", template=name, names=", ".join(missing)),
            N_(
                "complete the ticket; `ouvidoria reply --template` also takes --text, --wish, --decision and --set"
            ),
            details={"template": name, "places": missing},
        )
    return Message(Part.DESK, _filled(text.strip(), places), _filled(subject.strip(), places))


def desk_letter(desk: Desk, name: str, places: Mapping[str, object]) -> Message:
    """The letter ``name`` in the desk's language, by the version of its template that is in force.

    Raises ``NotFound`` ``TEMPLATE_NOT_FOUND``; ``Refused`` ``TEMPLATE_INCOMPLETE``.
    """
    return letter(name, template_in_force(desk, name, LANGUAGE).text, places)


def check_words(template: str, *words: str) -> None:
    """Nothing, where words of a person hold no place of a template; ``Refused`` ``TEMPLATE_INCOMPLETE``."""
    if any(_MARK.search(one) for one in words):
        raise Refused(
            "TEMPLATE_INCOMPLETE",
            N_("the words for the customer hold a place that was not filled"),
            N_("write out what belongs there"),
            details={"template": template},
        )


def about(desk: Desk, ticket: Ticket) -> dict[str, object]:
    """The places that every letter about ``ticket`` has: greeting, protocol, subject."""
    customer = None if ticket.customer is None else desk.store.customer(ticket.customer)
    return {
        "saudacao": greeting(None if customer is None else customer.name),
        "protocolo": ticket.protocol,
        "assunto": " ".join(ticket.subject.split()) or ticket.protocol,
    }


def greeting(name: str | None, language: str = LANGUAGE) -> str:
    """How a letter begins, with the person's name where it is known."""
    named, plain = _GREETING.get(language, _GREETING[LANGUAGE])
    name = " ".join((name or "").split())
    return named.format(name=name) if name else plain


def _filled(text: str, places: Mapping[str, object]) -> str:
    # One pass: what a customer wrote is never read as a place.
    return PLACE.sub(lambda place: str(places[place.group(1)]), text)
