"""What happened, in order, as lines: internal and public told apart in words, floods folded into one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from ouvidoria_tui.domain.ledger import PUBLIC_PARTS, Act, Part
from ouvidoria_tui.domain.ticket import (
    Admission,
    CloseReason,
    Difficulty,
    Merit,
    Severity,
    Type,
)
from ouvidoria_tui.domain.ticket_file import Entry
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.floods import folded, many_words
from ouvidoria_tui.present.record_history import PUBLIC_ACTS, act_words, in_order, undone_seqs, words_of
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say, status_label, term_of
from ouvidoria_tui.text import N_, Text
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.widgets.lines import Line, blank, plain, prose

_VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "type": Type,
    "severity": Severity,
    "difficulty": Difficulty,
    "admission": Admission,
    "merit": Merit,
    "close_reason": CloseReason,
}
#: The changes that are told, in this order; the others follow from the act or are bookkeeping.
_TOLD: Mapping[str, Text] = {
    "status": N_("status"),
    "assignee": N_("owner"),
    "department": N_("department"),
    "level": N_("level"),
    "type": N_("type"),
    "severity": N_("severity"),
    "difficulty": N_("difficulty"),
    "cause": N_("cause"),
    "admission": N_("triage"),
    "merit": N_("merit"),
    "close_reason": N_("reason"),
    "confidential": N_("confidential"),
    "prior_ticket": N_("earlier ticket"),
    "complained_department": N_("complained of"),
    "channel": N_("channel"),
}


def timeline_lines(
    page: TicketPage, width: int, glyphs: Glyphs, *, hidden: bool, unfolded: bool = False
) -> list[Line]:
    """The whole timeline, oldest first."""
    entries = in_order(page.detail)
    undone = undone_seqs(page.detail)
    groups = [[entry] for entry in entries] if unfolded else folded(entries)
    lines: list[Line] = []
    for group in groups:
        if len(group) > 1:
            lines.append(_flood(page, group, glyphs))
        else:
            back = not group[0].origin and group[0].event.seq in undone
            lines += _one(page, group[0], width, glyphs, hidden, back)
    return lines or [plain(_("Nothing yet"), "quiet")]


def is_public(entry: Entry) -> bool:
    """Whether the customer sees that it happened."""
    return entry.event.type in PUBLIC_ACTS


def _mark(entry: Entry) -> tuple[str, str]:
    return (_("public"), "good") if is_public(entry) else (_("internal"), "internal")


def _flood(page: TicketPage, group: Sequence[Entry], glyphs: Glyphs) -> Line:
    zone, first, last = page.policy.zone, group[0], group[-1]
    mark, tone = _mark(first)
    start, end = moment(first.event.happened_at, zone), moment(last.event.happened_at, zone)
    act = clean(f"{act_words(page.detail, first)} {glyphs.dot} {first.actor}")
    return Line(
        (
            (f"{start}  ", "quiet"),
            (mark, tone),
            (f"  {act}  ", ""),
            (many_words(group), "head"),
            (_(" until {when}, enter unfolds", when=end), "quiet"),
        )
    )


def _one(
    page: TicketPage, entry: Entry, width: int, glyphs: Glyphs, hidden: bool, undone: bool
) -> Iterator[Line]:
    event = entry.event
    mark, tone = _mark(entry)
    act = clean(f"{act_words(page.detail, entry)} {glyphs.dot} {entry.actor}")
    spans = [(f"{moment(event.happened_at, page.policy.zone)}  ", "quiet"), (mark, tone), (f"  {act}", "")]
    if undone:
        spans.append((f"  {_('(taken back)')}", "quiet"))
    yield Line(tuple(spans))
    for text in changes_of(page, entry, glyphs):
        yield from prose(text, width, "quiet", "    ")
    if entry.part is Part.MANIFESTATION and not entry.origin:
        return
    words = None if hidden else words_of(entry)
    if words:
        inner = entry.part not in PUBLIC_PARTS and is_public(entry)
        yield from prose(words, width, "internal" if inner else "", "  ")
        yield blank()


def changes_of(page: TicketPage, entry: Entry, glyphs: Glyphs) -> list[str]:
    """What an act changed, in words: ``owner: — → ana``, several in one line."""
    if entry.event.type is Act.RECEIVED or entry.origin:
        return []
    arrow = "->" if glyphs.dot == "-" else "→"
    changes = entry.event.changes
    told = [
        f"{say(title)}: {_value(page, name, changes[name][0], glyphs)} {arrow}"
        f" {_value(page, name, changes[name][1], glyphs)}"
        for name, title in _TOLD.items()
        if name in changes
    ]
    return [f" {glyphs.dot} ".join(told)] if told else []


def _value(page: TicketPage, name: str, value: object, glyphs: Glyphs) -> str:
    if value is None or value == "":
        return glyphs.nothing
    if name == "status":
        return status_label(str(value), page.policy.labels)
    if name == "assignee":
        return clean(page.detail.agents.get(int(str(value)), str(value)))
    if name == "level":
        return f"N{value}" if value else glyphs.nothing
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    kind = _VOCABULARIES.get(name)
    return term_of(kind, value) if kind is not None else clean(str(value))
