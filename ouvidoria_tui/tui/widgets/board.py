"""The lines of the board of escalations: deadline, who was told and when, acknowledged or not, what it is about."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.reading import next_due
from ouvidoria_tui.present.dates import due_words, moment, same_day
from ouvidoria_tui.present.safe import cells, clean, cut, fit, one_line
from ouvidoria_tui.present.words import _, status_label
from ouvidoria_tui.tui.reads_ticket import BoardRow
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.widgets.lines import Line, plain
from ouvidoria_tui.tui.widgets.rows import Look

#: The widths of deadline, addressee, moment and acknowledgement.
_DUE, _WHO, _WHEN, _SEEN = 7, 10, 16, 9


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
    """The titles over the lines."""
    return cut(
        "    "
        + " ".join(
            (
                fit(_("Protocol"), 13),
                fit(_("Due"), _DUE),
                fit(_("Told"), _WHO),
                fit(_("When"), _WHEN),
                fit(_("Seen"), _SEEN),
                _("Subject"),
            )
        ),
        width,
        "",
    )


def board_lines(
    rows: Sequence[BoardRow], marked: Container[int], look: Look, width: int, empty: str
) -> list[Line]:
    """One line a ticket, by time to breach as it came; ``empty`` says why there is none."""
    if not rows:
        return [plain(clean(empty), "quiet")]
    return [_line(row, row.ticket.id in marked, look, width) for row in rows]


def _line(row: BoardRow, marked: bool, look: Look, width: int) -> Line:
    ticket, standing, glyphs = row.ticket, row.raised.escalation, look.glyphs
    due, tone = _due(row, look)
    to = clean(standing.addressee) if standing is not None else glyphs.nothing
    when = moment(standing.raised_at, look.zone) if standing is not None else glyphs.nothing
    seen, seen_tone = _seen(row, glyphs)
    spans = [
        (f"{glyphs.mark if marked else ' '} ", "head"),
        (f"{ticket.protocol} ", ""),
        (fit(due, _DUE) + " ", tone),
        (fit(to, _WHO, ellipsis=glyphs.ellipsis) + " ", ""),
        (fit(when, _WHEN) + " ", "quiet"),
        (fit(seen, _SEEN) + " ", seen_tone),
    ]
    room = width - sum(cells(text) for text, _tone in spans)
    tail = ""
    if room >= 50:
        owner = clean(row.raised.record.assignee or glyphs.nothing)
        tail = "  " + fit(status_label(ticket.status, look.labels, short=True), 13) + fit(owner, 10)
    subject = _("[confidential]") if ticket.confidential else ticket.subject
    rest = max(4, min(room - cells(tail), 88))
    spans += [(fit(one_line(subject, rest, glyphs.ellipsis), rest), ""), (tail, "quiet")]
    return Line(tuple(spans), str(ticket.id))


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
