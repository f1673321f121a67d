"""The lines of the board of areas: time to breach, area, what was done about it, what the ticket is about."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ouvidoria_tui.domain.area_list import AreaState
from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.present.dates import day, due_words, same_day
from ouvidoria_tui.present.safe import cells, clean, cut, fit, one_line
from ouvidoria_tui.present.words import _, plural, status_label, term_of
from ouvidoria_tui.tui.reads_areas import AreaRow
from ouvidoria_tui.tui.title_words import short_day
from ouvidoria_tui.tui.widgets.lines import Line, plain
from ouvidoria_tui.tui.widgets.rows import Look

#: The widths of time, what was done, and the day of the request.
_DUE, _DONE, _ASKED = 8, 9, 6


def _area(width: int) -> int:
    """The width of the area's name in a list of ``width`` cells."""
    return 14 if width < 100 else 24


def _wide(width: int) -> bool:
    """Whether status and owner of the ticket have room."""
    return width >= 112


def matching(rows: Sequence[AreaRow], typed: str) -> tuple[AreaRow, ...]:
    """The rows that hold every typed word, accents and case ignored; a masked subject holds none."""
    words = fold(typed).split()
    return tuple(row for row in rows if all(word in fold(_text(row)) for word in words))


def _text(row: AreaRow) -> str:
    ticket, record = row.ticket, row.followed.record
    subject = "" if ticket.confidential else ticket.subject
    return (
        f"{ticket.protocol} {row.name} {row.area} {subject} {record.assignee or ''} {ticket.department or ''}"
    )


def header(width: int) -> str:
    """The titles over the lines; ``width`` is that of the whole list."""
    room = width - 4
    titles = [fit(_("Protocol"), 13), fit(_("Due"), _DUE), fit(_("Area"), _area(room))]
    titles += [fit(_("Since"), _ASKED), fit(_("Pursued"), _DONE), _("Subject")]
    return cut("    " + " ".join(titles), width, "")


def area_lines(
    rows: Sequence[AreaRow], marked: Container[str], look: Look, width: int, *, empty: str
) -> list[Line]:
    """One line a request, in the order that they came; ``empty`` says why there is none."""
    if not rows:
        return [plain(clean(empty), "quiet")]
    return [_line(row, row.key in marked, look, width) for row in rows]


def _line(row: AreaRow, marked: bool, look: Look, width: int) -> Line:
    ticket, request, glyphs = row.ticket, row.followed.asked.request, look.glyphs
    due, tone = due_cell(row, look)
    spans = [
        (f"{glyphs.mark if marked else ' '} ", "head"),
        (f"{ticket.protocol} ", ""),
        (fit(due, _DUE) + " ", tone),
        (fit(clean(row.name), _area(width), ellipsis=glyphs.ellipsis) + " ", ""),
        (fit(short_day(request.asked_at, look.zone), _ASKED) + " ", "quiet"),
        (fit(pursued(row, look), _DONE) + " ", ""),
    ]
    left = width - sum(cells(text) for text, _tone in spans)
    tail = ""
    if _wide(width):
        owner = clean(row.followed.record.assignee or glyphs.nothing)
        status = status_label(ticket.status, look.labels, short=True)
        tail = "  " + fit(status, 13) + fit(owner, 10, ellipsis=glyphs.ellipsis)
    subject = _("[confidential]") if ticket.confidential else ticket.subject
    rest = max(4, min(left - cells(tail), 88))
    spans += [(fit(one_line(subject, rest, glyphs.ellipsis), rest), ""), (tail, "quiet")]
    return Line(tuple(spans), row.key)


def due_cell(row: AreaRow, look: Look) -> tuple[str, str]:
    """What is left, or by how much it is late; of what ended whether it was answered, and how late."""
    asked, glyphs = row.followed.asked, look.glyphs
    late = f"+{due_words(look.now + row.followed.delay, look.now)}" if row.followed.delay else ""
    if not row.followed.waiting:
        answered = row.followed.state in {AreaState.ANSWERED, AreaState.LATE}
        mark = glyphs.ok if answered else glyphs.late
        return f"{mark} {late}".rstrip(), "late" if late or not answered else "good"
    if asked.due_at is None:
        return (f"{glyphs.paused} {_('hold')}", "quiet") if asked.clock else (f"  {glyphs.nothing}", "")
    words = due_words(asked.due_at, look.now)
    if look.now > asked.due_at:
        return f"{glyphs.late} {words}", "late"
    if same_day(asked.due_at, look.now, look.zone):
        return f"{glyphs.today} {words}", "today"
    return f"  {words}", ""


def pursued(row: AreaRow, look: Look) -> str:
    """``2× +1 N2``: how often it was reminded and given more time, and how far up the ticket is."""
    asked = row.followed.asked
    times = "x" if look.glyphs.nothing.isascii() else "×"
    parts = [f"{asked.request.reminded}{times}"] if asked.request.reminded else []
    parts += [f"+{asked.extended}"] if asked.extended else []
    parts += [f"N{asked.level}"] if asked.level else []
    return " ".join(parts) or look.glyphs.nothing


def told(row: AreaRow, look: Look, width: int) -> str:
    """The request under the cursor in two lines: how it stands in words, and what was asked."""
    return f"{one_line(_facts(row, look), width, look.glyphs.ellipsis)}\n{_asked(row, look, width)}"


def _facts(row: AreaRow, look: Look) -> str:
    asked, zone = row.followed.asked, look.zone
    request = asked.request
    parts: list[str] = []
    if not row.followed.waiting:
        at = request.answered_at or request.ended_at or request.asked_at
        parts.append(f"{term_of(AreaState, row.followed.state)} {day(at, zone)}")
    if asked.due_at is not None:
        parts.append(_("due {when}", when=day(asked.due_at - 1, zone)))
    elif row.followed.waiting and not asked.clock:
        parts.append(_("nothing says when it is due"))
    if request.reminded and request.reminded_at is not None:
        last = short_day(request.reminded_at, zone)
        parts.append(
            plural(
                "reminded {count}×, last {when}",
                "reminded {count}×, last {when}",
                request.reminded,
                when=last,
            )
        )
    if asked.extended:
        parts.append(plural("more time {count}×", "more time {count}×", asked.extended))
    parts.append(_("asked by {who}", who=row.followed.asked_by or look.glyphs.nothing))
    parts += [f"N{asked.level}"] if asked.level else []
    return f" {look.glyphs.dot} ".join(parts)


def _asked(row: AreaRow, look: Look, width: int) -> str:
    text = row.followed.asked.text
    if text is None or not row.readable:
        return _("[not shown]")
    return one_line(text, width, look.glyphs.ellipsis)
