"""What an area would get, for the eyes of whoever is about to send it: whom it goes to, what was removed, the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.area_letter import AreaLetter
from ouvidoria_tui.domain.redaction import Kind
from ouvidoria_tui.present.dates import rfc3339
from ouvidoria_tui.present.record_clocks import due_moment
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, term_of

#: The keys of a preview in the machine formats: a contract.
LETTER_KEYS: Final = (
    "protocol",
    "area",
    "to",
    "template",
    "due_at",
    "reminder",
    "redacted",
    "removed",
    "subject",
    "text",
)


def letter_record(protocol: str, letter: AreaLetter, zone: str) -> dict[str, object]:
    """What the area would get under :data:`LETTER_KEYS`; ``removed`` counts by kind."""
    return {
        "protocol": protocol,
        "area": letter.area,
        "to": letter.to,
        "template": letter.template,
        "due_at": None if letter.due_at is None else rfc3339(letter.due_at, zone),
        "reminder": letter.reminder,
        "redacted": letter.redacted,
        "removed": {kind.value: count for kind, count in letter.counts.items()},
        "subject": letter.message.subject,
        "text": letter.message.text,
    }


def letter_lines(protocol: str, letter: AreaLetter, zone: str) -> Iterator[str]:
    """The same for people, cleaned: the facts first, then the text as it stands."""
    yield clean(f"{protocol} → {letter.area}")
    for line in fact_lines(letter, zone):
        yield "  " + clean(line)
    yield ""
    if letter.message.subject:
        yield clean(letter.message.subject)
        yield ""
    yield clean(letter.message.text, newlines=True)


def fact_lines(letter: AreaLetter, zone: str) -> Iterator[str]:
    """How it goes, until when, and what was removed."""
    yield (
        _("by mail to {address}", address=letter.to)
        if letter.to
        else _("not by mail: the area has no address, or the desk has no mail")
    )
    if letter.due_at is not None:
        yield _("answer due {when}", when=due_moment(letter.due_at, zone))
    if not letter.redacted:
        yield _("personal data stay in: the policy does not withhold them")
    elif letter.counts:
        counted = ", ".join(f"{term_of(Kind, kind)} {count}" for kind, count in letter.counts.items())
        yield _("removed: {kinds}", kinds=counted)
    else:
        yield _("nothing had to be removed")
