"""One ticket as a page for people: facts, clocks in words, the words that were said, and the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.identity import identity_level
from ouvidoria_tui.domain.ledger import Act, Part
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Difficulty,
    EscalationReason,
    Lane,
    Merit,
    Severity,
    Turn,
    Type,
)
from ouvidoria_tui.domain.ticket_file import Entry, TicketDetail
from ouvidoria_tui.domain.ties import Tie
from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.floods import folded, many_words
from ouvidoria_tui.present.mail_words import mail_words
from ouvidoria_tui.present.prior_words import occurred_words, prior_words
from ouvidoria_tui.present.record_clocks import ClockReader
from ouvidoria_tui.present.record_history import act_words, in_order, words_of
from ouvidoria_tui.present.record_survey import survey_words
from ouvidoria_tui.present.record_text import WIDEST, wrapped
from ouvidoria_tui.present.safe import cells, fit, one_line
from ouvidoria_tui.present.style import ellipsis, toned
from ouvidoria_tui.present.words import _, flag_words, plural, say, status_label, term, term_of
from ouvidoria_tui.present.work_words import work_pairs
from ouvidoria_tui.text import N_

#: So many of the newest events are on the page; `history` shows all.
NEWEST = 10
_TIES = {
    Tie.MERGED_INTO: N_("Merged into"),
    Tie.JOINED: N_("Joined by"),
    Tie.LINKED: N_("Linked to"),
}
_HEADS = frozenset({Part.CUSTOMER, Part.DESK, Part.NOTE, Part.AREA})


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is drawn: the terminal's width (``None``: not a terminal), colours, ASCII signs only."""

    width: int | None = None
    colour: bool = False
    ascii: bool = False

    @property
    def room(self) -> int:
        """Cells in a line."""
        return WIDEST if self.width is None else max(20, min(WIDEST, self.width))

    @property
    def dot(self) -> str:
        """What stands between two facts."""
        return " - " if self.ascii else " · "

    def head(self, text: str) -> str:
        """A heading (already clean)."""
        return toned(text, "head", self.colour)


def page(
    detail: TicketDetail, policy: Policy, clocks: ClockReader, look: Look, *, reveal: bool = False
) -> Iterator[str]:
    """The lines of the page. A confidential ticket's words, and who is behind it, are masked unless ``reveal``."""
    hidden = detail.ticket.confidential and not reveal
    yield from _title(detail, policy, look, hidden)
    yield ""
    yield from _facts(detail, policy.zone, look, hidden)
    yield ""
    yield look.head(_("Deadlines"))
    yield from (f"  {line}" for line in clocks.lines(detail.record.clocks, look.room - 2))
    yield from _work(detail, policy, look, hidden)
    yield from _said(detail, policy.zone, look, hidden)
    yield from _timeline(detail, policy.zone, look, hidden)


def _title(detail: TicketDetail, policy: Policy, look: Look, hidden: bool) -> Iterator[str]:
    ticket = detail.ticket
    turn = _("turn: {who}", who=term_of(Turn, ticket.turn))
    parts = (
        ticket.protocol,
        term_of(Type, ticket.type),
        status_label(ticket.status.value, policy.labels),
        turn,
    )
    yield look.head(one_line(look.dot.join(parts), look.room, ellipsis(look.ascii)))
    subject = _("[confidential]") if hidden else ticket.subject
    yield from wrapped(subject, look.room)


def _facts(detail: TicketDetail, zone: str, look: Look, hidden: bool) -> Iterator[str]:
    yield from _listed([(title, value) for title, value in _pairs(detail, zone, look, hidden) if value], look)


def _work(detail: TicketDetail, policy: Policy, look: Look, hidden: bool) -> Iterator[str]:
    pairs = work_pairs(detail, policy, hidden=hidden)
    if pairs:
        yield ""
        yield look.head(_("Working it out"))
        yield from _listed(pairs, look)


def _listed(titled: Sequence[tuple[str, str]], look: Look) -> Iterator[str]:
    widest = max(cells(title) for title, _value in titled)
    for title, value in titled:
        lines = list(wrapped(" ".join(value.split()), look.room - widest - 4))
        for number, line in enumerate(lines):
            yield f"  {fit(title if number == 0 else '', widest)}  {line}".rstrip()


def _pairs(detail: TicketDetail, zone: str, look: Look, hidden: bool) -> Iterator[tuple[str, str]]:
    record, ticket = detail.record, detail.ticket
    who = record.customer
    yield _("Received"), look.dot.join((moment(ticket.arrived_at, zone), term_of(Channel, ticket.channel)))
    if record.kept:
        yield _("Customer"), _("[identity kept]")
    elif who is not None:
        shown = (who.name, who.email, who.document, who.external_id)
        yield _("Customer"), look.dot.join(part for part in shown if part)
    yield _("Identity"), term(identity_level(ticket))
    yield _("Owner"), record.assignee or _("nobody")
    yield _("Department"), _named(record.names, "department", ticket.department)
    yield _("Area"), _named(record.names, "area", ticket.area)
    plan = (_named(record.names, "plan", ticket.plan), record.names.get("support_level"))
    yield _("Plan"), look.dot.join(part for part in plan if part)
    yield _("Severity"), term_of(Severity, ticket.severity)
    yield _("Difficulty"), term_of(Difficulty, ticket.difficulty)
    yield _("Cause"), _named(record.names, "cause", ticket.cause)
    yield _("Triage"), term_of(Admission, ticket.admission)
    if ticket.merit is not Merit.NOT_ASSESSED:
        yield _("Merit"), term_of(Merit, ticket.merit)
    if ticket.lane is not Lane.ORDINARY:
        yield _("Lane"), term_of(Lane, ticket.lane)
    if ticket.level:
        yield _("Level"), f"N{ticket.level}"
    yield _("Happened"), occurred_words(ticket, zone)
    yield _("Complained of"), _named(record.names, "complained_department", ticket.complained_department)
    yield _("Earlier ticket"), look.dot.join(prior_words(detail, zone))
    yield _("Came because of"), term_of(EscalationReason, ticket.escalation_reason)
    yield _("Flags"), flag_words(ticket.flags)
    for tie, title in _TIES.items():
        yield say(title), ", ".join(protocol for one, protocol in detail.ties if one is tie)
    if ticket.incident is not None:
        what = "" if detail.incident is None else detail.incident.title
        yield _("Incident"), look.dot.join(part for part in (str(ticket.incident), what) if part)
    if ticket.answered_at is not None:
        yield _("Answered"), moment(ticket.answered_at, zone)
    if ticket.closed_at is not None:
        reason = term_of(CloseReason, ticket.close_reason)
        yield _("Closed"), look.dot.join(part for part in (moment(ticket.closed_at, zone), reason) if part)
    yield _("Satisfaction"), survey_words(detail, zone, hidden=hidden)
    yield _("Files"), "" if hidden else ", ".join(item.name for item in detail.attachments)
    yield _("Mail"), mail_words(detail, hidden=hidden)
    yield _("Known as"), ", ".join(f"{source}: {id_}" for source, id_ in record.refs)


def _named(names: Mapping[str, str], register: str, slug: str | None) -> str:
    return names.get(register) or slug or ""


def _said(detail: TicketDetail, zone: str, look: Look, hidden: bool) -> Iterator[str]:
    yield ""
    yield look.head(_("What the customer reported"))
    if hidden:
        yield "  " + _("[confidential]")
    else:
        yield from wrapped(_erasable(detail.description), look.room, "  ")
    for entry in in_order(detail):
        if entry.text is None or (entry.part not in _HEADS and not _joined_report(entry)):
            continue
        parts = (moment(entry.event.happened_at, zone), _who(entry), _whence(detail, entry))
        head = look.dot.join(part for part in parts if part)
        yield ""
        yield look.head(one_line(head, look.room, ellipsis(look.ascii)))
        if hidden:
            yield "  " + _("[confidential]")
        else:
            yield from wrapped(entry.text, look.room, "  ")


def _erasable(text: str | None) -> str:
    return _("(erased)") if text is None else text or _("(no text)")


def _joined_report(entry: Entry) -> bool:
    return bool(entry.origin) and entry.part is Part.MANIFESTATION


def _whence(detail: TicketDetail, entry: Entry) -> str:
    """Where words came in, where that was another number."""
    if entry.origin:
        return _("on {protocol}, merged", protocol=entry.origin)
    other = detail.other(entry)
    return "" if other is None else _("sent to {protocol}", protocol=other)


def _who(entry: Entry) -> str:
    if entry.part in (Part.CUSTOMER, Part.MANIFESTATION):
        return _("the customer wrote")
    if entry.part is Part.NOTE:
        return _("internal note by {who}", who=entry.actor)
    if entry.part is Part.AREA:
        area = str(entry.event.payload.get("area", ""))
        if entry.event.type is Act.AREA_ANSWERED:
            return _("{area} answered", area=area)
        return _("{who} to {area}", who=entry.actor, area=area or _("the area"))
    return _("answer by {who}", who=entry.actor)


def _timeline(detail: TicketDetail, zone: str, look: Look, hidden: bool) -> Iterator[str]:
    groups = folded(in_order(detail))
    shown = groups[-NEWEST:]
    yield ""
    yield look.head(_("Timeline"))
    more = sum(map(len, groups[:-NEWEST]))
    if more:
        yield "  " + plural(
            "{count} earlier event: ouvidoria history {protocol}",
            "{count} earlier events: ouvidoria history {protocol}",
            more,
            protocol=detail.ticket.protocol,
        )
    whens = [moment(group[0].event.happened_at, zone) for group in shown]
    acts = [act_words(detail, group[0]) for group in shown]
    width = max(map(cells, acts), default=0)
    for group, when, act in zip(shown, whens, acts, strict=True):
        line = f"  {when}  {fit(act, width)}  {group[0].actor}  {_words_of(group, zone, hidden)}"
        yield one_line_kept(line, look)


def _words_of(group: Sequence[Entry], zone: str, hidden: bool) -> str:
    """The words of an act; of a flood how many they were, and until when."""
    first, last = group[0], group[-1]
    if len(group) > 1:
        end = moment(last.event.happened_at, zone)
        return _("{what} until {when}", what=many_words(group), when=end)
    told = first.part is Part.MANIFESTATION and not first.origin
    return "" if hidden or told else words_of(first) or ""


def one_line_kept(line: str, look: Look) -> str:
    """A line whose own spacing is meant, clean and cut to the page."""
    from ouvidoria_tui.present.safe import clean, cut

    return cut(clean(line).rstrip(), look.room, ellipsis(look.ascii))
