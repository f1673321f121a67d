"""A letter by template while it is written: what is still open in it, and whether it still is the template's.

The places of a letter may be written over, its other words not: a letter that says them otherwise is the agent's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from ouvidoria_tui.desk.answer_places import places_of
from ouvidoria_tui.desk.answers import answer, declared, letter_of
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letters import language_of
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.desk.templates import template_in_force
from ouvidoria_tui.domain import template
from ouvidoria_tui.domain.answer import POSITION, Wanted
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.reading import check_may_open
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: The place whose value stands in a sentence of the letter's own, and only where the desk promises dates.
_FORECAST: Final = "previsao"
#: The place that is the ticket's own: over it nobody writes.
_OWN: Final = "protocolo"
#: Around the name of a place, where a letter is made to be read back: private characters, which nobody types.
_OPEN, _CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as far as the case fills it; a place that is ``open`` stands in the text as ``{{ name }}``."""

    subject: str
    text: str
    open: tuple[str, ...] = ()


def begun(desk: Desk, ref: str, wanted: Wanted) -> LetterDraft:
    """The letter as the case fills it now, also where it is incomplete; nothing is recorded.

    Raises as :func:`ouvidoria_tui.desk.answers.preview` does, but for places without a value.
    """
    ticket = _readable(desk, ref)
    missing = _missing(desk, ticket, wanted)
    marked = {name: _mark(name) for name in missing}
    letter = letter_of(desk, ticket, replace(wanted, values={**wanted.values, **marked}))
    text = letter.text
    for name in missing:
        text = text.replace(_mark(name), f"{{{{ {name} }}}}")
    return LetterDraft(letter.subject, text, missing)


def completed(desk: Desk, ref: str, wanted: Wanted, text: str) -> str:
    """``text`` with the open places that the case fills by now; raises as :func:`begun` where it may not be read."""
    places = {**places_of(desk, _readable(desk, ref), wanted), _FORECAST: ""}
    return template.PLACE.sub(lambda place: str(places.get(place[1]) or place[0]), text)


def as_template(desk: Desk, ref: str, wanted: Wanted, text: str) -> Wanted | None:
    """The answer by template that sends exactly ``text``; ``None`` where other words than its places were changed.

    Raises ``Refused`` ``TEMPLATE_INCOMPLETE`` where a place was emptied or left open, and what ``preview`` raises.
    """
    ticket = _readable(desk, ref)
    known = places_of(desk, ticket, wanted)
    for frame in _frames(desk, ticket, wanted):
        read = _read(frame, _plain(text))
        if read is None:
            continue
        emptied = sorted(name for name, value in read.items() if not value.strip())
        if emptied:
            raise template.incomplete(wanted.template, emptied)
        values = {
            name: value
            for name, value in read.items()
            if name == _FORECAST or value != _plain(str(known.get(name) or ""))
        }
        found = replace(wanted, values=values)
        if _plain(letter_of(desk, ticket, found).text) == _plain(text):
            return found
    return None


def answer_written(
    desk: Desk, ref: str, wanted: Wanted, text: str, *, revision: int | None = None
) -> Outcome:
    """The customer answered by exactly ``text``: by its template where it still is that, else in the agent's words.

    Raises as :func:`ouvidoria_tui.desk.answers.answer` does; ``Refused`` ``TEMPLATE_LEFT`` of what only informs.
    """
    kept = as_template(desk, ref, wanted, text)
    if kept is not None:
        return answer(desk, ref, kept, revision=revision)
    if wanted.template == POSITION:
        raise template_left(wanted)
    return reply(desk, ref, text, conclusive=True, said=declared(wanted), revision=revision)


def template_left(wanted: Wanted) -> Refused:
    """``TEMPLATE_LEFT``: in words of one's own the letter would be an answer, which it is not."""
    return Refused(
        "TEMPLATE_LEFT",
        N_(
            "{template} tells how it stands and answers nothing: only its places may be written over",
            template=wanted.template,
        ),
        N_("fill the template again, or send your words as an interim answer"),
        details={"template": wanted.template},
    )


def _readable(desk: Desk, ref: str) -> Ticket:
    """The ticket, where the agent may answer it and read what its letter says of the case."""
    desk.allow(Verb.REPLY)
    ticket = desk.store.find(ref)
    check_may_open(desk.agent, ticket)
    return ticket


def _missing(desk: Desk, ticket: Ticket, wanted: Wanted) -> tuple[str, ...]:
    try:
        letter_of(desk, ticket, wanted)
    except Refused as refusal:
        places = refusal.details.get("places")
        if refusal.code != "TEMPLATE_INCOMPLETE" or not isinstance(places, list):
            raise
        return tuple(map(str, places))
    return ()


def _frames(desk: Desk, ticket: Ticket, wanted: Wanted) -> list[str]:
    """The letter with its places marked: with the case's own word about the next step, then with a date for it."""
    there = template.places_of(template_in_force(desk, wanted.template, language_of(desk, ticket)).text)
    marked = {name: _mark(name) for name in there if name not in (_FORECAST, _OWN)}
    dated = _FORECAST in there and desk.policy.policy.promise
    frames = [] if dated and not places_of(desk, ticket, wanted)[_FORECAST] else [marked]
    frames += [{**marked, _FORECAST: _mark(_FORECAST)}] if dated else []
    return [_plain(letter_of(desk, ticket, replace(wanted, values=values)).text) for values in frames]


def _read(frame: str, text: str) -> dict[str, str] | None:
    """What stands in the places of ``frame`` where ``text`` is the same letter, each place up to the next words."""
    first, *rest = frame.split(_OPEN)
    if not text.startswith(first):
        return None
    found: dict[str, str] = {}
    at = len(first)
    for number, piece in enumerate(rest, 1):
        name, _close, words = piece.partition(_CLOSE)
        end = len(text) - len(words) if number == len(rest) else text.find(words, at)
        if end < at or not text.startswith(words, end):
            return None
        found.setdefault(name, text[at:end])
        at = end + len(words)
    return found if at == len(text) else None


def _mark(name: str) -> str:
    return f"{_OPEN}{name}{_CLOSE}"


def _plain(text: str) -> str:
    """Without what a screen does not keep: tabs, and empty lines around the text."""
    return text.replace("\r\n", "\n").replace("\t", "    ").strip()
