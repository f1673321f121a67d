"""The lines of the board of escalations: deadline, who was told and when, acknowledged or not, what it is about."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.reading import next_due
from ouvidoria_tui.present.dates import due_words, hour, moment, same_day
from ouvidoria_tui.present.safe import cells, clean, cut, fit, one_line
from ouvidoria_tui.present.words import _, status_label
from ouvidoria_tui.tui.reads_ticket import BoardRow
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.title_words import short_day
from ouvidoria_tui.tui.widgets.lines import Line, plain
from ouvidoria_tui.tui.widgets.rows import Look

#: The widths of deadline, addressee and acknowledgement.
_DUE, _WHO, _SEEN = 7, 12, 9


@dataclass(frozen=True, slots=True)
class Room:
    """How wide the moment is and whether status and owner have room, in a list of ``width`` cells."""

    width: int

    @property
    def when(self) -> int:
        """Cells for when somebody was told: none, without the year, or whole."""
        return 0 if self.width < 74 else 11 if self.width < 112 else 16

    @property
    def tail(self) -> bool:
        """Whether status and owner are shown."""
        return self.width >= 112


def matching(rows: Sequence[BoardRow], typed: str) -> tuple[BoardRow, ...]:
    """The rows that hold every typed word, accents and case ignored; a masked subject holds none."""
    words = fold(typed).split()
    return tuple(row for row in rows if all(word in fold(_text(row)) for word in words))


def _text(row: BoardRow) -> str:
    ticket, standing = row.ticket, row.raised.escalation
    subject = "" if ticket.confidential else ticket.subject
    to = standing.addressee if standing is not None else ""
    owner = row.raised.record.assignee or ""
    return f"{ticket.protocol} {subject} {to} {owner} {ticket.department or ''}"


def header(width: int) -> str:
    """The titles over the lines; ``width`` is that of the whole list."""
    room = Room(width - 4)
    titles = [fit(_("Protocol"), 13), fit(_("Due"), _DUE), fit(_("Told"), _WHO)]
    titles += [fit(_("When"), room.when)] if room.when else []
    titles += [fit(_("Seen"), _SEEN), _("Subject")]
    return cut("    " + " ".join(titles), width, "")


def board_lines(
    rows: Sequence[BoardRow],
    marked: Container[str],
    look: Look,
    width: int,
    *,
    empty: str,
    names: Mapping[str, str],
) -> list[Line]:
    """One line a ticket, by time to breach as it came; ``empty`` says why there is none.

    ``names`` are the words for addressees.
    """
    if not rows:
        return [plain(clean(empty), "quiet")]
    return [_line(row, row.key in marked, look, width, names) for row in rows]


def _line(row: BoardRow, marked: bool, look: Look, width: int, names: Mapping[str, str]) -> Line:
    ticket, standing, glyphs, room = row.ticket, row.raised.escalation, look.glyphs, Room(width)
    due, tone = _due(row, look)
    to = glyphs.nothing if standing is None else clean(names.get(standing.addressee, standing.addressee))
    seen, seen_tone = _seen(row, glyphs)
    spans = [
        (f"{glyphs.mark if marked else ' '} ", "head"),
        (f"{ticket.protocol} ", ""),
        (fit(due, _DUE) + " ", tone),
        (fit(to, _WHO, ellipsis=glyphs.ellipsis) + " ", ""),
    ]
    if room.when:
        spans.append((fit(_when(row, look, room.when), room.when) + " ", "quiet"))
    spans.append((fit(seen, _SEEN, ellipsis=glyphs.ellipsis) + " ", seen_tone))
    left = width - sum(cells(text) for text, _tone in spans)
    tail = ""
    if room.tail:
        owner = clean(row.raised.record.assignee or glyphs.nothing)
        status = status_label(ticket.status, look.labels, short=True)
        tail = "  " + fit(status, 13) + fit(owner, 10, ellipsis=glyphs.ellipsis)
    subject = _("[confidential]") if ticket.confidential else ticket.subject
    rest = max(4, min(left - cells(tail), 88))
    spans += [(fit(one_line(subject, rest, glyphs.ellipsis), rest), ""), (tail, "quiet")]
    return Line(tuple(spans), row.key)


def _when(row: BoardRow, look: Look, room: int) -> str:
    standing = row.raised.escalation
    if standing is None:
        return look.glyphs.nothing
    if room >= 16:
        return moment(standing.raised_at, look.zone)
    return f"{short_day(standing.raised_at, look.zone)} {hour(standing.raised_at, look.zone)}"


def _due(row: BoardRow, look: Look) -> tuple[str, str]:
    clock = next_due(row.raised.record)
    if clock is None:
        return f"  {look.glyphs.nothing}", ""
    if clock.due_at is None:
        return f"{look.glyphs.paused} {_('hold')}", "quiet"
    words = due_words(clock.due_at, look.now)
    if look.now > clock.due_at:
        return f"{look.glyphs.late} {words}", "late"
    if same_day(clock.due_at, look.now, look.zone):
        return f"{look.glyphs.today} {words}", "today"
    return f"  {words}", ""


def _seen(row: BoardRow, glyphs: Glyphs) -> tuple[str, str]:
    standing = row.raised.escalation
    if standing is None:
        return glyphs.nothing, ""
    if standing.acknowledged_at is None:
        return f"{glyphs.late} {_('no')}", "late"
    return f"{glyphs.ok} {clean(row.raised.acknowledged_by or '')}", "good"
