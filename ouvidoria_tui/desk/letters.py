"""Letters of the desk: a template with its places filled, nothing left open, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.desk.desk import Desk, desk_language, language_of
from ouvidoria_tui.desk.letter_words import greeting, moment_words
from ouvidoria_tui.desk.templates import template_in_force
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Message, Part
from ouvidoria_tui.domain.template import PLACE, check_words, incomplete
from ouvidoria_tui.domain.ticket import Ticket

__all__ = ["about", "check_words", "desk_language", "desk_letter", "language_of", "letter", "told"]


def letter(name: str, template: str, places: Mapping[str, object]) -> Message:
    """The message to the customer that the template ``name`` gives, subject and text.

    Raises ``Refused`` ``TEMPLATE_INCOMPLETE`` where a place has no value: nothing half-written leaves the desk.
    """
    subject, _, text = template.partition("\n")
    missing = [place for place in PLACE.findall(template) if places.get(place) in (None, "")]
    if missing:
        missing = list(dict.fromkeys(missing))
        raise incomplete(name, missing)
    return Message(Part.DESK, _filled(text.strip(), places), _filled(subject.strip(), places))


def desk_letter(desk: Desk, name: str, places: Mapping[str, object], language: Language) -> Message:
    """The letter ``name`` in ``language``, by the version of its template that is in force.

    Raises ``NotFound`` ``TEMPLATE_NOT_FOUND``; ``Refused`` ``TEMPLATE_INCOMPLETE``.
    """
    return letter(name, template_in_force(desk, name, language).text, places)


def about(desk: Desk, ticket: Ticket) -> dict[str, object]:
    """The places that every letter about ``ticket`` has: greeting, protocol, subject.

    It greets by name, where that is not kept.
    """
    customer = (
        None if ticket.customer is None or ticket.confidential else desk.store.customer(ticket.customer)
    )
    return {
        "saudacao": greeting(None if customer is None else customer.name, language_of(desk, ticket)),
        "protocolo": ticket.protocol,
        "assunto": " ".join(ticket.subject.split()) or ticket.protocol,
    }


def told(desk: Desk, moment: int, language: Language, *, day: bool = False) -> str:
    """A moment as a letter of the desk says it; a midnight, or any moment where ``day``, is a date alone."""
    return moment_words(moment, desk.policy.policy.zone, language, day=day)


def _filled(text: str, places: Mapping[str, object]) -> str:
    # One pass: what a customer wrote is never read as a place.
    return PLACE.sub(lambda place: str(places[place.group(1)]), text)
