"""Letters that the desk sends by itself: a template with its places filled, nothing left open.

A template holds the subject in its first line, an empty line, then the text. Places are written ``{{ name }}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ouvidoria_tui.desk.ports import Templates
from ouvidoria_tui.domain.ledger import Message, Part
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.text import N_

#: Customers are written to in the desk's language, whatever language the agent's screen has.
LANGUAGE = "pt-BR"

_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_GREETING = {"pt-BR": ("Olá, {name}.", "Olá."), "en": ("Hello, {name}.", "Hello.")}


def letter(name: str, template: str, places: Mapping[str, object]) -> Message:
    """The message to the customer that the template ``name`` gives, subject and text.

    Raises ``Refused`` ``TEMPLATE_INCOMPLETE`` where a place has no value: nothing half-written leaves the desk.
    """
    subject, _, text = template.partition("\n")
    missing = [place for place in _PLACE.findall(template) if places.get(place) in (None, "")]
    if missing:
        missing = list(dict.fromkeys(missing))
        raise Refused(
            "TEMPLATE_INCOMPLETE",
            N_("the template {template} has no value for: {names}", template=name, names=", ".join(missing)),
            N_("complete the ticket, or remove the place from the template"),
            details={"template": name, "places": missing},
        )
    return Message(Part.DESK, _filled(text.strip(), places), _filled(subject.strip(), places))


def desk_letter(templates: Templates | None, name: str, places: Mapping[str, object]) -> Message:
    """The letter ``name`` in the desk's language; ``NotFound`` ``TEMPLATE_NOT_FOUND`` without templates."""
    if templates is None:
        raise NotFound(
            "TEMPLATE_NOT_FOUND",
            N_("there is no template {template} in {language}", template=name[:20], language=LANGUAGE),
        )
    return letter(name, templates(name, LANGUAGE), places)


def greeting(name: str | None, language: str = LANGUAGE) -> str:
    """How a letter begins, with the person's name where it is known."""
    named, plain = _GREETING.get(language, _GREETING[LANGUAGE])
    name = " ".join((name or "").split())
    return named.format(name=name) if name else plain


def _filled(text: str, places: Mapping[str, object]) -> str:
    # One pass: what a customer wrote is never read as a place.
    return _PLACE.sub(lambda place: str(places[place.group(1)]), text)
