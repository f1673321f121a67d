"""What is wrong or doubtful in a text before it leaves the desk. Pure: words in, sentences out."""

from __future__ import annotations

import re

from ouvidoria_tui.domain.policy_tone import ToneRule
from ouvidoria_tui.domain.template import PLACE
from ouvidoria_tui.domain.tone import criticisms
from ouvidoria_tui.present.words import _

_PLACE = re.compile(r"\{\{[^{}\n]{0,80}\}\}")
_OPEN = re.compile(r"\{\{|\}\}")
#: Fewer letters than this are not shouting.
_SHOUT = 12


def places_left(text: str) -> list[str]:
    """The places ``{{ name }}`` that nobody has filled, each once; braces that are left open count too."""
    found = list(dict.fromkeys(_PLACE.findall(text)))
    return found or list(dict.fromkeys(_OPEN.findall(text)))


def names_left(text: str) -> list[str]:
    """The names of the places that nobody has filled, each once."""
    return list(dict.fromkeys(PLACE.findall(text)))


def shouts(text: str) -> bool:
    """Whether the text is written in capitals."""
    letters = [char for char in text if char.isalpha() and char.lower() != char.upper()]
    return len(letters) >= _SHOUT and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def blocks_of(text: str, *, public: bool) -> list[str]:
    """What must be put right before the text can go."""
    if not text.strip():
        return [_("The text is empty.")]
    places = places_left(text) if public else []
    return [_("A place of the template is not filled: {places}", places=", ".join(places))] if places else []


def held_for(text: str, rule: ToneRule) -> str:
    """What must be confirmed before it leaves: that it may criticise the company or its sectors (S4-03)."""
    found = criticisms(text, rule)
    if not found:
        return ""
    words = ", ".join(found)
    return _("It may criticise the company or colleagues of other sectors: {words}.", words=words)


def warnings_of(text: str) -> list[str]:
    """What is said and does not hold it up."""
    return [_("The text is written in capitals.")] if shouts(text) else []
