"""How far a case is worked out: what is missing for a conclusive answer, then both sides, merit, team, measures."""

from __future__ import annotations

from ouvidoria_tui.present.record_survey import all_answers
from ouvidoria_tui.present.safe import cells, clean
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.present.work_words import missing, missing_title, work_pairs
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, pair, plain, prose


def work_lines(page: TicketPage, width: int, glyphs: Glyphs, *, hidden: bool) -> list[Line]:
    """What is missing with its next step, then what was done; a long position is wrapped, not cut."""
    lines: list[Line] = []
    asked = missing(page.detail, page.policy)
    if asked:
        lines.append(head(missing_title(page.detail), width))
        for refusal in asked:
            lines += prose(f"{glyphs.late} {say(refusal.message)}", width, "today")
        lines.append(blank())
    pairs = work_pairs(page.detail, page.policy, hidden=hidden, asked=False)
    if pairs:
        lines.append(head(_("Working it out"), width))
        column = max(cells(clean(title)) for title, _value in pairs)
        for title, value in pairs:
            lines += pair(title, value, width, column)
        lines.append(blank())
    elif not asked:
        lines += [plain(_("Nothing has been recorded yet, and nothing is asked for."), "quiet"), blank()]
    answers = all_answers(page.detail, page.policy.zone, hidden=hidden)
    if answers:
        lines.append(head(_("Satisfaction"), width))
        for words in answers:
            lines += prose(words, width)
        lines.append(blank())
    lines += prose(_("W records both sides, merit, team, measures and improvements."), width, "quiet")
    return lines
