"""What triage found: the decision it would make, every reason with its requirement, and what would follow."""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.domain.ledger import Act, Message
from ouvidoria_tui.domain.ticket import Admission, Difficulty, Severity, Type
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.present.record_suggestions import suggestion_lines
from ouvidoria_tui.present.safe import cells, clean
from ouvidoria_tui.present.words import _, say, term_of
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.reads_triage import Past
from ouvidoria_tui.tui.theme import Glyphs
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, pair, plain, prose


def warnings_in(plan: Plan | None) -> int:
    """How many reasons a person should look at."""
    return 0 if plan is None else sum(reason.warning for reason in plan.reasons) + len(plan.codes)


def finding_lines(
    page: TicketPage, width: int, glyphs: Glyphs, *, hidden: bool, past: Past | None = None
) -> list[Line]:
    """The plan for a ticket that waits for triage; for another one what was decided, and why.

    ``past`` is what similar tickets suggest, where it has been read.
    """
    if hidden:
        # A reason quotes words of the text.
        return [plain(_("[confidential]"), "quiet")]
    if page.plan is None:
        return _decided(page, width, glyphs)
    lines = plan_lines(page, page.plan, width, glyphs)
    lines += [blank(), *prose(_("t carries out exactly this."), width, "quiet"), blank()]
    return lines if past is None else [*lines, *past_lines(past, width)]


def past_lines(past: Past, width: int) -> list[Line]:
    """What similar tickets suggest, with the evidence: it is shown, never applied."""
    lines = [head(_("Similar tickets suggest"), width)]
    for line in suggestion_lines(past.found):
        lines += prose(line, width, "quiet" if line.startswith(" ") else "")
    return lines


def letter_lines(letters: Sequence[Message], width: int) -> list[Line]:
    """The letters that would be sent, subject and text."""
    lines: list[Line] = []
    for letter in letters:
        lines += [blank(), head(_("Letter to the customer: {subject}", subject=letter.subject), width)]
        lines += prose(letter.text, width)
    return lines


def plan_lines(page: TicketPage, plan: Plan, width: int, glyphs: Glyphs) -> list[Line]:
    """The decision, what would be set, and every reason with its requirement and codes."""
    lines = [head(_("Triage would decide: {decision}", decision=term_of(Admission, plan.decision)), width)]
    lines += _outcome(page, plan, width)
    lines += [blank(), head(_("Reasons"), width)] if plan.reasons else []
    for reason in plan.reasons:
        sign = glyphs.late if reason.warning or _holds(plan, reason.rule) else glyphs.bullet
        where = f" ({reason.requirement})" if reason.requirement else ""
        tone = "today" if sign == glyphs.late else ""
        lines += _bulleted(sign, say(reason.text) + where, width, tone)
    return lines


def _holds(plan: Plan, rule: str) -> bool:
    return bool(plan.codes) and rule in ("prior-ticket", "description", "duplicate")


def _outcome(page: TicketPage, plan: Plan, width: int) -> list[Line]:
    names = {named.slug: named.name for named in page.policy.departments}
    values = [
        (_("Department"), names.get(plan.department or "") or plan.department or ""),
        (_("Severity"), term_of(Severity, plan.severity)),
        (_("Difficulty"), term_of(Difficulty, plan.difficulty)),
        (_("Type (suggestion)"), term_of(Type, plan.type)),
        (_("Duplicate of"), plan.duplicate_of or ""),
        (_("Letters"), ", ".join(plan.messages)),
        (_("Codes"), ", ".join(plan.codes)),
    ]
    told = [(title, value) for title, value in values if value]
    column = max(cells(clean(title)) for title, _value in told)
    return [line for title, value in told for line in pair(title, value, width, column)]


def _decided(page: TicketPage, width: int, glyphs: Glyphs) -> list[Line]:
    if page.stood is not None and page.ticket.admission is Admission.PENDING:
        return [plain(_("Triage had not been decided by then."), "quiet")]
    lines = [head(_("Triage decided: {decision}", decision=term_of(Admission, page.ticket.admission)), width)]
    for entry in page.detail.entries:
        if entry.event.type is not Act.TRIAGED:
            continue
        facts = entry.event.payload
        said = [*_strings(facts.get("codes")), *_strings(facts.get("rules"))]
        wanted = _strings(facts.get("requirements"))
        text = ", ".join(said) + (f" ({', '.join(wanted)})" if wanted else "")
        lines += _bulleted(glyphs.bullet, text or _("by {who}", who=entry.actor), width, "")
        if entry.text:
            lines += prose(entry.text, width, "", "  ")
    return lines


def _strings(value: object) -> list[str]:
    return [str(one) for one in value if one is not None] if isinstance(value, list) else []


def _bulleted(sign: str, text: str, width: int, tone: str) -> list[Line]:
    made = list(prose(" ".join(text.split()), max(8, width - 2), tone))
    return [
        Line(((f"{sign} " if number == 0 else "  ", tone), *line.spans)) for number, line in enumerate(made)
    ]
