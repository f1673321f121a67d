"""What is known of a ticket as titles and values, its deadlines in full words; and the tickets beside it."""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Difficulty,
    Lane,
    Merit,
    Severity,
    Turn,
    Type,
)
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.mail_words import mail_words
from ouvidoria_tui.present.record_clocks import ClockReader
from ouvidoria_tui.present.record_customer import gap_words
from ouvidoria_tui.present.safe import cells, clean, fit, one_line
from ouvidoria_tui.present.words import _, flag_words, status_label, term_of
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.title_words import addressee
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, pair, plain, prose
from ouvidoria_tui.tui.widgets.rows import Look, due, subject, tone


def fact_lines(page: TicketPage, width: int, glyphs: Glyphs, *, hidden: bool) -> list[Line]:
    """Titles and values, then the deadlines; who is behind a confidential ticket is masked with its words."""
    pairs = [(title, value) for title, value in _pairs(page, glyphs, hidden) if value]
    column = max(cells(clean(title)) for title, _value in pairs)
    lines = [head(_("Facts"), width)]
    for title, value in pairs:
        lines += pair(title, value, width, column)
    lines += [blank(), head(_("Deadlines"), width)]
    reader = ClockReader(page.policy, page.clocks, page.now)
    lines += [
        plain(clean(line).rstrip(), "late" if f" {glyphs.late} " in f" {line}" else "")
        for line in reader.lines(page.detail.record.clocks, width)
    ]
    return lines


def _pairs(page: TicketPage, glyphs: Glyphs, hidden: bool) -> Iterator[tuple[str, str]]:
    record, ticket, zone = page.detail.record, page.ticket, page.policy.zone
    names, who, dot = record.names, record.customer, f" {glyphs.dot} "
    yield _("Received"), dot.join((moment(ticket.arrived_at, zone), term_of(Channel, ticket.channel)))
    if record.kept:
        yield _("Customer"), _("[identity kept]")
    elif who is not None:
        yield (
            _("Customer"),
            dot.join(part for part in (who.name, who.email, who.document, who.external_id) if part),
        )
    yield _("Registration"), "" if hidden else gap_words(page.gaps)
    yield _("Turn"), term_of(Turn, ticket.turn)
    yield _("Owner"), record.assignee or _("nobody")
    yield _("Department"), names.get("department") or ticket.department or ""
    yield _("Area"), names.get("area") or ticket.area or ""
    yield _("Plan"), names.get("plan") or ticket.plan or ""
    yield _("Severity"), term_of(Severity, ticket.severity)
    yield _("Difficulty"), term_of(Difficulty, ticket.difficulty)
    yield _("Cause"), names.get("cause") or ticket.cause or ""
    yield _("Triage"), term_of(Admission, ticket.admission)
    yield _("Merit"), "" if ticket.merit is Merit.NOT_ASSESSED else term_of(Merit, ticket.merit)
    yield _("Lane"), "" if ticket.lane is Lane.ORDINARY else term_of(Lane, ticket.lane)
    yield _("Level"), _level(page)
    yield _("Earlier ticket"), ticket.prior_ticket or ""
    yield _("Flags"), flag_words(ticket.flags)
    yield _("Answered"), "" if ticket.answered_at is None else moment(ticket.answered_at, zone)
    if ticket.closed_at is not None:
        reason = term_of(CloseReason, ticket.close_reason)
        yield _("Closed"), dot.join(part for part in (moment(ticket.closed_at, zone), reason) if part)
    yield _("Reopened"), str(ticket.reopened) if ticket.reopened else ""
    yield _("Mail"), mail_words(page.detail, hidden=hidden)
    yield _("Known as"), ", ".join(f"{source}: {id_}" for source, id_ in record.refs)


def _level(page: TicketPage) -> str:
    standing, level = page.standing, page.ticket.level
    if standing is None:
        return f"N{level}" if level else ""
    when = moment(standing.raised_at, page.policy.zone)
    told = _(
        "N{level}: {who} was told {when}",
        level=standing.level,
        who=addressee(page.policy, standing.addressee),
        when=when,
    )
    if standing.acknowledged_at is None:
        return f"{told}, {_('not acknowledged')}"
    return f"{told}, {_('acknowledged {when}', when=moment(standing.acknowledged_at, page.policy.zone))}"


_TIES = {
    "original": lambda: _("Duplicate of"),
    "duplicate": lambda: _("Its duplicates"),
    "linked": lambda: _("Linked to"),
    "incident": lambda: _("Of the same incident"),
    "customer": lambda: _("Of the same customer"),
}


def related_lines(page: TicketPage, width: int, *, hidden: bool) -> list[Line]:
    """The tickets beside it, each an item with its id."""
    if hidden:
        return [plain(_("[confidential]"), "quiet")]
    lines: list[Line] = []
    if page.detail.incident is not None:
        incident = page.detail.incident
        lines.append(head(_("Incident {number}", number=incident.number), width))
        lines += prose(incident.title, width)
    before = ""
    for row in page.related:
        if row.tie != before:
            lines += [blank()] if lines else []
            lines.append(head(_TIES[row.tie](), width))
            before = row.tie
        text = _("[confidential]") if row.confidential else row.subject
        status = status_label(row.status, page.policy.labels, short=True)
        first = f"{row.protocol}  {fit(clean(status), 13)} {fit(term_of(Type, row.type), 11)} "
        spans = ((first, "quiet"), (one_line(text, max(8, width - cells(first))), ""))
        lines.append(Line(spans, str(row.id)))
    return lines or [plain(_("No other ticket hangs together with this one."), "quiet")]


def neighbour_lines(page: TicketPage, width: int, glyphs: Glyphs) -> list[Line]:
    """The tickets around it in the list it was opened from, each an item with its id."""
    place = page.place
    if place is None or not place.rows:
        return [plain(_("Opened by itself"), "quiet")]
    look = Look(page.now, page.policy.zone, glyphs, page.policy.labels)
    lines: list[Line] = []
    for row in place.rows:
        lines.append(Line(((f"{row.protocol} ", ""), (due(row, look), tone(row, look))), str(row.id)))
        lines.append(plain("  " + one_line(subject(row, look), max(4, width - 2)), "quiet", item=str(row.id)))
    return lines
