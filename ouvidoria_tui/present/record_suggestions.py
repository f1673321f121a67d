"""What similar tickets suggest: a record for machines, lines for people. Words from outside are cleaned."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.domain.neighbours import Field, Neighbour, Suggestion, Suggestions
from ouvidoria_tui.domain.ticket import Severity
from ouvidoria_tui.present.safe import clean, one_line
from ouvidoria_tui.present.words import _, plural, say, term_of
from ouvidoria_tui.text import N_

#: The keys of a suggestion in every format: a contract.
SUGGESTION_KEYS: Final = (
    "protocol",
    "field",
    "value",
    "clear",
    "votes",
    "of",
    "people",
    "share",
    "neighbours",
)

FIELDS: Final = {
    Field.DEPARTMENT: N_("Department"),
    Field.CAUSE: N_("Cause"),
    Field.SEVERITY: N_("Severity"),
    Field.AREA: N_("Area"),
    Field.TEMPLATE: N_("Letters"),
}
#: So many similar tickets are shown to people, and so many of the words that they share.
SHOWN, WORDS = 5, 6


def suggestion_records(protocol: str, found: Suggestions) -> list[dict[str, object]]:
    """A record for each field under :data:`SUGGESTION_KEYS`; ``neighbours`` are those that voted for the value."""
    return [_record(protocol, one, found) for one in found.found]


def _record(protocol: str, one: Suggestion, found: Suggestions) -> dict[str, object]:
    voters = set(one.voters)
    return {
        "protocol": protocol,
        "field": one.field.value,
        "value": one.value,
        "clear": one.clear,
        "votes": one.votes,
        "of": one.of,
        "people": one.people,
        "share": round(one.share, 3),
        "neighbours": [
            {"protocol": near.past.protocol, "score": round(near.score, 3), "words": list(near.shared)}
            for near in found.neighbours
            if near.past.protocol in voters
        ],
    }


def suggestion_lines(found: Suggestions | None, *, every: bool = False) -> list[str]:
    """What is suggested, then the nearest tickets with the words that they share; with ``every`` also the unclear.

    ``None`` stands for a confidential ticket.
    """
    if found is None:
        return [_("A confidential ticket is compared with no other one.")]
    if not found.neighbours:
        return [_("No concluded ticket of the past is like this one.")]
    lines = [suggestion_line(one) for one in found.found if one.clear or every]
    if not lines:
        lines.append(_("Similar tickets do not agree on anything."))
    return [
        clean(line) for line in [*lines, _("Most alike:"), *map(neighbour_line, found.neighbours[:SHOWN])]
    ]


def suggestion_line(one: Suggestion) -> str:
    """A value with how many of the similar tickets had it, and how many of those were a person's choice."""
    line = plural(
        "{field}: {value} ({votes} of {count} similar ticket, {share} %)",
        "{field}: {value} ({votes} of {count} similar tickets, {share} %)",
        one.of,
        field=say(FIELDS[one.field]),
        value=value_words(one),
        votes=one.votes,
        share=round(one.share * 100),
    )
    if one.people:
        line += ", " + plural("{count} decided by a person", "{count} decided by people", one.people)
    return line if one.clear else f"{line} · {_('not clear')}"


def value_words(one: Suggestion) -> str:
    """The value as people read it."""
    return term_of(Severity, one.value) if one.field is Field.SEVERITY else one.value


def neighbour_line(near: Neighbour) -> str:
    """A similar ticket: protocol, likeness, subject, shared words."""
    words = ", ".join(near.shared[:WORDS])
    return (
        f"  {near.past.protocol}  {round(near.score * 100):>3} %  {one_line(near.past.subject, 40)} [{words}]"
    )
