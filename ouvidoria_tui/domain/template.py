"""A template of a letter: its versions, its places, and what an edit of it may not do.

It holds the subject in its first line, an empty line, then the text. Places are written ``{{ name }}``. Version 0 is
the file that comes with ouvidoria; it says which places there are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ouvidoria_tui.errors import OuvidoriaError, Refused, UsageError
from ouvidoria_tui.text import N_

PLACE: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LIMIT: Final = 20_000
_BRACES = re.compile(r"\{\{|\}\}")
_OPEN = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template. ``changed_by`` is an agent's id; version 0 was changed by nobody.

    A ``reset`` version says what version 0 says.
    """

    name: str
    language: str
    version: int
    text: str
    changed_at: int | None = None
    changed_by: int | None = None
    reset: bool = False


def places_of(text: str) -> dict[str, int]:
    """The places of a template and the line, from 1, where each stands first."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for name in PLACE.findall(line):
            found.setdefault(name, number)
    return found


def incomplete(template: str, places: Sequence[str]) -> Refused:
    """The refusal of a letter whose ``places`` have no value: nothing half-written leaves the desk."""
    return Refused(
        "TEMPLATE_INCOMPLETE",
        N_("the template {template} has no value for: {names}", template=template, names=", ".join(places)),
        N_("complete the ticket; `ouvidoria reply --template` also takes --text, --wish and --set"),
        details={"template": template, "places": list(places)},
    )


def check_words(template: str | None, *words: str) -> None:
    """Nothing, where words of a person hold no place of a template; ``Refused`` ``TEMPLATE_INCOMPLETE``.

    ``template`` names the one that they were meant for, ``None`` where they stand alone.
    """
    if any(_OPEN.search(one) for one in words):
        raise Refused(
            "TEMPLATE_INCOMPLETE",
            N_("the words for the customer hold a place that was not filled"),
            N_("write out what belongs there"),
            details={} if template is None else {"template": template},
        )


def checked(name: str, text: str, first: str) -> str:
    """``text`` as it is kept, where it may take the place of a template whose version 0 is ``first``.

    Raises ``UsageError`` ``BAD_TEMPLATE``; ``Refused`` ``TEMPLATE_PLACE_UNKNOWN``, ``TEMPLATE_PLACE_MISSING``.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n ") + "\n"
    for problem in (_shape(text), _unknown(name, text, first), _missing(name, text, first)):
        if problem is not None:
            raise problem
    return text


def _shape(text: str) -> OuvidoriaError | None:
    subject, empty, *rest = [*text.split("\n"), "", ""]
    bad = next((n for n, line in enumerate(text.split("\n"), 1) if not _writable(line)), None)
    if len(text) > LIMIT:
        problem = N_("{size} characters are too many, {limit} are allowed", size=len(text), limit=LIMIT)
    elif bad is not None:
        problem = N_("line {line} holds a character that no letter shows", line=bad)
    elif not subject.strip() or empty.strip() or not "".join(rest).strip():
        problem = N_("a template is a subject in line 1, an empty line 2, and the text from line 3 on")
    else:
        return None
    return UsageError("BAD_TEMPLATE", problem, N_("`ouvidoria template show` prints one that can be edited"))


def _writable(line: str) -> bool:
    return all(char.isprintable() or char == "\t" for char in line)


def _unknown(name: str, text: str, first: str) -> Refused | None:
    known = places_of(first)
    for number, line in enumerate(text.splitlines(), 1):
        strange = [place for place in PLACE.findall(line) if place not in known]
        if not strange and _BRACES.search(PLACE.sub("", line)):
            strange = [line.strip()[:40]]
        if strange:
            return Refused(
                "TEMPLATE_PLACE_UNKNOWN",
                N_(
                    "line {line}: the template {template} has no place {place}",
                    line=number,
                    template=name,
                    place=strange[0][:40],
                ),
                N_("its places are: {names}", names=", ".join(known)),
                details={"line": number, "place": strange[0][:40]},
            )
    return None


def _missing(name: str, text: str, first: str) -> Refused | None:
    there = places_of(text)
    for place, line in places_of(first).items():
        if place not in there:
            return Refused(
                "TEMPLATE_PLACE_MISSING",
                N_("the place {place} is gone from the template {template}", place=place, template=name),
                N_(
                    "write {place} somewhere in it: version 0 has it in line {line}",
                    place=f"{{{{ {place} }}}}",
                    line=line,
                ),
                details={"line": line, "place": place},
            )
    return None
