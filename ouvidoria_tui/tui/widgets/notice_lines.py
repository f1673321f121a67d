"""Notices as lines: those that were sent, and one of them in full."""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.domain.notice import NoticeKind
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.notice_words import states_words
from ouvidoria_tui.present.record_work import iso_day
from ouvidoria_tui.present.safe import cells, clean, fit, one_line
from ouvidoria_tui.present.words import _, plural, term, term_of
from ouvidoria_tui.tui.reads_notices import Sent
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, pair, plain, prose

_NUMBER, _WHEN, _KIND, _COUNTS = 4, 16, 12, 26


def sent_lines(rows: Sequence[Sent], zone: str, width: int, empty: str) -> list[Line]:
    """One line a notice: number, when, what about, subject, entries and copies; the kind where there is room."""
    return [_row(row, zone, width) for row in rows] if rows else [plain(empty, "quiet")]


def _row(row: Sent, zone: str, width: int) -> Line:
    one = row.notice
    spans = [
        (fit(str(one.number), _NUMBER) + " ", "quiet"),
        (fit(moment(one.made_at, zone), _WHEN) + "  ", "quiet"),
    ]
    used = _NUMBER + 1 + _WHEN + 2
    if width >= 100:
        spans.append((fit(term(one.kind), _KIND) + "  ", ""))
        used += _KIND + 2
    counts = f"{plural('{count} entry', '{count} entries', row.entries)}, " + plural(
        "{count} copy", "{count} copies", row.copies
    )
    room = max(8, width - used - _COUNTS - 2)
    spans.append((fit(one_line(one.subject, room), room) + "  ", ""))
    spans.append((fit(counts, _COUNTS, right=True), "quiet"))
    return Line(tuple(spans), str(one.number))


def notice_lines(row: Sent, zone: str, width: int) -> list[Line]:
    """Whom it was for and whom it reached, then its words."""
    one = row.notice
    facts = [
        (_("Kind"), term_of(NoticeKind, one.kind)),
        (_("Date"), iso_day(one.date) if one.date else ""),
        (_("Audience"), ", ".join(one.audiences)),
        (_("Sent"), f"{moment(one.made_at, zone)} ({row.by})"),
        (_("Entries"), str(row.entries)),
        (_("Copies by mail"), states_words(row.states)),
    ]
    column = max(cells(clean(title)) for title, _value in facts)
    lines = [head(one.subject, width)]
    for title, value in facts:
        if value:
            lines += pair(title, value, width, column)
    return [*lines, blank(), *prose(row.text, width)]
