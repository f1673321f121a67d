"""Sentences in the reader's language: gettext at run time, English as the source.

A face calls :func:`set_language` once, then :func:`say` for what inner code made, :func:`_` and
:func:`plural` for its own sentences. What comes back may hold outside text (a name, a file):
``present.safe`` cleans it before a screen shows it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations

from ouvidoria_tui.domain.language import Language, language_named
from ouvidoria_tui.domain.ticket import Status, Type
from ouvidoria_tui.text import Text

_LOCALE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "locale")
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")

_catalogue: NullTranslations = NullTranslations()
_language = "en"


class _Places(dict[str, object]):
    """Places of a sentence; one that nobody filled stays as it is written."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def set_language(tag: str | None, environ: Mapping[str, str] | None = None) -> None:
    """Every later sentence in ``tag`` (``pt-BR``, ``pt_BR``, ``pt``, ``en``); ``None``: as the locale asks.

    The locale is the first of LC_ALL, LC_MESSAGES, LANG, LANGUAGE that is set; C, POSIX and languages that
    are not kept give English.
    """
    global _catalogue, _language
    _language = resolve_language(tag, environ)
    _catalogue = _load("pt_BR") if _language == "pt-BR" else NullTranslations()


def resolve_language(tag: str | None, environ: Mapping[str, str] | None = None) -> str:
    """The kept language, ``pt-BR`` or ``en``, that a tag or (``None``) the locale's variables ask for."""
    if tag is None:
        variables = os.environ if environ is None else environ
        tag = next((variables[name] for name in _VARIABLES if variables.get(name)), "")
    for wish in tag.split(":"):
        known = language_named(wish.partition(".")[0])
        if known is not None:
            return known.value
    return Language.ENGLISH.value


def language() -> str:
    """The language in force: ``pt-BR`` or ``en``."""
    return _language


@cache
def _load(folder: str) -> NullTranslations:
    try:
        with open(os.path.join(_LOCALE, folder, "LC_MESSAGES", "ouvidoria.mo"), "rb") as file:
            return GNUTranslations(file)
    except (OSError, ValueError, UnicodeDecodeError):
        return NullTranslations()  # English is better than no answer at all


def _(source: str, /, **params: object) -> str:
    """The sentence ``source`` in the language in force, its places ``{name}`` filled."""
    # gettext answers an empty source with the catalogue's header.
    return _fill(_catalogue.gettext(source), params) if source else ""


def plural(one: str, many: str, /, count: int, **params: object) -> str:
    """The form that ``count`` asks for, in the language in force; ``{count}`` is filled too."""
    return _fill(_catalogue.ngettext(one, many, count), {"count": count, **params})


def say(text: object) -> str:
    """A :class:`~ouvidoria_tui.text.Text` in the language in force; anything else as ``str`` gives it."""
    if not isinstance(text, Text):
        return "" if text is None else str(text)
    if text.plural is not None and text.count is not None:
        return _fill(_catalogue.ngettext(text.source, text.plural, text.count), text.params)
    return _(text.source, **text.params)


def _fill(template: str, params: Mapping[str, object]) -> str:
    if "{" not in template and "}" not in template:
        return template
    places = _Places({name: _value(value) for name, value in params.items()})
    clock = places.get("clock")
    if isinstance(clock, str) and language() != "en":
        # The slug is the English name already; a Portuguese sentence has the word that the screens have.
        places["clock"] = clock_name(clock)
    try:
        return template.format_map(places)
    except (ValueError, LookupError, AttributeError, TypeError):
        return template  # a sentence with a hole still says more than a crash


def _value(value: object) -> object:
    """What stands in a place: a sentence in its language, members of closed vocabularies by their words."""
    if isinstance(value, tuple):
        return ", ".join(term(one) if isinstance(one, StrEnum) else say(one) for one in value)
    return say(value) if isinstance(value, Text) else value


# The tables are read when a term is first asked for: they bring the ledger, and with it hashlib, along.


def term(value: StrEnum) -> str:
    """The word for a member of a closed vocabulary; its slug where the table has none."""
    return term_of(type(value), value)


def term_of(vocabulary: type[StrEnum], slug: object) -> str:
    """The word for the slug that a record holds: empty for ``None``, the slug itself where it is unknown."""
    from ouvidoria_tui.present.terms import TERMS

    return "" if slug is None else _word(TERMS.get(vocabulary, {}), str(slug), str(slug))


def status_label(
    status: str, labels: Mapping[str, Mapping[Status, str]] | None = None, *, short: bool = False
) -> str:
    """What screens call a status: the profile's own label (``Policy.labels``, by language) or the usual word.

    ``short`` prefers a word of at most 13 cells, for a narrow column.
    """
    from ouvidoria_tui.present.terms import SHORT_STATUS

    by_language = labels or {}
    own = by_language.get(language()) or by_language.get(language().replace("-", "_")) or {}
    for known, label in own.items():
        if known == status:
            return label
    return say(SHORT_STATUS[status]) if short and status in SHORT_STATUS else term_of(Status, status)


def type_code(slug: object) -> str:
    """A type for a narrow column: the first four letters of its word, in capitals (``RECL``, ``DENÚ``)."""
    return term_of(Type, slug)[:4].upper()


def clock_state(state: object) -> str:
    """The word for what a clock is doing: running, paused, met, missed."""
    from ouvidoria_tui.present.terms import CLOCK_STATES

    return _word(CLOCK_STATES, str(state), str(state))


def flag_words(flags: Iterable[str]) -> str:
    """A ticket's flags in one line: the desk's own in words, tags as they came."""
    from ouvidoria_tui.present.terms import FLAGS

    return ", ".join(_word(FLAGS, flag, flag) for flag in flags)


def clock_name(name: str) -> str:
    """The words for a clock of the profile; its name, with spaces, where the catalogue does not know it."""
    from ouvidoria_tui.present.terms import CLOCK_NAMES

    name, _colon, area = name.partition(":")
    words = _word(CLOCK_NAMES, name.replace("-", "_"), name.replace("_", " ").replace("-", " "))
    return f"{words} ({area})" if area else words


def _word(table: Mapping[str, Text], slug: str, otherwise: str) -> str:
    text = table.get(slug)
    return otherwise if text is None else say(text)
