"""The quarantine as lines: what waits, and one message with its headers, its reason and its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ouvidoria_tui.domain.mail_record import KeptMail
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.intake_words import FOUND, STEPS, WHYS, marks_words, why_waiting, word
from ouvidoria_tui.present.record_mail import suggested
from ouvidoria_tui.present.safe import cells, clean, fit, one_line
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.reads_quarantine import SHOWN, Preview
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, pair, plain, prose

_NUMBER, _WHEN, _REASON, _FROM = 5, 16, 34, 28


def waiting_lines(rows: Sequence[KeptMail], zone: str, width: int, empty: str) -> list[Line]:
    """One line a message: number, arrival, why it waits, from whom, subject; what has no room is left out."""
    if not rows:
        return [plain(empty, "quiet")]
    return [_row(row, zone, width) for row in rows]


def _row(row: KeptMail, zone: str, width: int) -> Line:
    wide = width >= 110
    spans = [
        (fit(str(row.id), _NUMBER) + " ", "quiet"),
        (fit(moment(row.arrived_at, zone), _WHEN) + "  ", "quiet"),
    ]
    used = _NUMBER + 1 + _WHEN + 2
    if wide:
        spans.append((fit(why_waiting(row), _REASON) + "  ", "today"))
        used += _REASON + 2
    who = min(_FROM, max(12, (width - used) // 3))
    spans.append((fit(one_line(row.sender or row.label, who), who) + "  ", ""))
    used += who + 2
    spans.append((fit(one_line(row.subject or _("(no subject)"), width), max(1, width - used)), ""))
    return Line(tuple(spans), str(row.id))


def preview_lines(found: Preview, zone: str, width: int) -> list[Line]:
    """Why it waits and where it may belong, who sent it, what it says, its files."""
    kept, mail = found.kept, found.mail
    lines = [head(_("Why it waits: {why}", why=why_waiting(kept)), width)]
    for protocol in suggested(kept):
        lines.append(plain(_("may belong to {protocol}", protocol=clean(protocol)), "today"))
    facts = [(title, value) for title, value in _facts(found, zone) if value]
    column = max(cells(clean(title)) for title, _value in facts)
    for title, value in facts:
        lines += pair(title, value, width, column)
    lines += [blank(), *prose(mail.text[:SHOWN].strip() or _("(no text)"), width)]
    if len(mail.text) > SHOWN:
        lines.append(plain(_("The rest is not shown; ouvidoria intake raw writes it whole."), "quiet"))
    lines += [blank(), head(_("What was considered"), width), *_steps(kept, width)]
    return lines


def _facts(found: Preview, zone: str) -> Iterator[tuple[str, str]]:
    """Who wrote to whom about what comes first: that is what is decided by."""
    kept, mail = found.kept, found.mail
    yield _("From"), f"{kept.sender_name} <{kept.sender}>".strip() if kept.sender else ""
    yield _("To"), ", ".join(kept.recipients)
    yield _("Subject"), kept.subject
    yield _("Arrived"), moment(kept.arrived_at, zone)
    yield _("Marks"), marks_words(kept.marks)
    yield (
        _("Files"),
        ", ".join(f"{part.name or part.content_type} ({len(part.data)})" for part in mail.parts[:20]),
    )
    yield _("Read from"), kept.label
    yield _("Message-ID"), f"<{kept.message_id}>"


def _steps(kept: KeptMail, width: int) -> Iterator[Line]:
    for step in kept.steps:
        told = ", ".join(part for part in (word(WHYS, step.why), *step.tickets) if part)
        words = f"{word(STEPS, step.name.value)}: {word(FOUND, step.found.value)}"
        yield from prose(f"{words} ({told})" if told else words, width, "quiet")
