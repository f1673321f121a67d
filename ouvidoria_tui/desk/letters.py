"""Letters that the desk sends by itself: a template of ``data/templates``, its places filled, nothing left open.

A file ``ID.LANGUAGE.txt`` holds the subject in its first line, an empty line, then the text. Places are written
``{{ name }}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ouvidoria_tui.domain.ledger import Message, Part
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.text import N_

#: Customers are written to in the desk's language, whatever language the agent's screen has.
LANGUAGE = "pt-BR"

_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_ID = re.compile(r"[A-Z][0-9]{1,3}")
_GREETING = {"pt-BR": ("Olá, {name}.", "Olá."), "en": ("Hello, {name}.", "Hello.")}


def letter(
    template: str, places: Mapping[str, object], *, language: str = LANGUAGE, folder: Path | None = None
) -> Message:
    """The message to the customer that a template gives, subject and text.

    Raises ``Refused`` ``TEMPLATE_INCOMPLETE`` where a place has no value: nothing half-written leaves the
    desk; ``NotFound`` ``TEMPLATE_NOT_FOUND``.
    """
    subject, text = _template(template, language, folder or data_folder() / "templates")
    return Message(Part.DESK, _filled(text, template, places), _filled(subject, template, places))


def greeting(name: str | None, language: str = LANGUAGE) -> str:
    """How a letter begins, with the person's name where it is known."""
    named, plain = _GREETING.get(language, _GREETING[LANGUAGE])
    name = " ".join((name or "").split())
    return named.format(name=name) if name else plain


def _filled(text: str, template: str, places: Mapping[str, object]) -> str:
    """``text`` with its places filled in one pass: what a customer wrote is never read as a place."""
    missing = [name for name in _PLACE.findall(text) if places.get(name) in (None, "")]
    if missing:
        raise Refused(
            "TEMPLATE_INCOMPLETE",
            N_(
                "the template {template} has no value for: {names}",
                template=template,
                names=", ".join(missing),
            ),
            N_("complete the ticket, or remove the place from the template"),
            details={"template": template, "places": missing},
        )
    return _PLACE.sub(lambda place: str(places[place.group(1)]), text)


@cache
def _template(template: str, language: str, folder: Path) -> tuple[str, str]:
    """Subject and text of a template; the name is one of ours, never a path."""
    try:
        if _ID.fullmatch(template) is None:
            raise FileNotFoundError(template)
        written = (folder / f"{template}.{language}.txt").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotFound(
            "TEMPLATE_NOT_FOUND",
            N_("there is no template {template} in {language}", template=template[:20], language=language),
            N_("the templates are in the folder {folder}", folder=str(folder)),
        ) from error
    subject, _, text = written.partition("\n")
    return subject.strip(), text.strip()
