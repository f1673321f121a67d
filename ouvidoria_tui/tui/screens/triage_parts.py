"""What the walk through triage shows: the decision in one line, the customer's words, the plan, the summary."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.domain.ticket import Admission, Severity
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.present.safe import clean, cut
from ouvidoria_tui.present.words import _, plural, say, term, term_of
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_triage import Chosen, Decision, Past
from ouvidoria_tui.tui.screens.acting import Acting
from ouvidoria_tui.tui.triage_tally import Tally
from ouvidoria_tui.tui.widgets.complaint import complaint_lines
from ouvidoria_tui.tui.widgets.facts import related_lines
from ouvidoria_tui.tui.widgets.findings import letter_lines, past_lines, plan_lines
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, pair, plain, prose
from ouvidoria_tui.tui.widgets.pane import Pane


class TriageParts(Acting):
    """One line of decision, two panes; filled from a :class:`Decision`."""

    shown: Decision | None = None
    past: Past | None = None

    def __init__(self) -> None:
        super().__init__()
        self.tally = Tally()
        #: What was set while looking at the plan in front.
        self.picked = Chosen()

    def body(self) -> ComposeResult:
        """The panes stand side by side where there is room (``triage.tcss``)."""
        yield Static("", id="decision", markup=False)
        with Container(id="both"):
            yield Pane(pointer=self.glyphs.cursor, id="words")
            yield Pane(pointer=self.glyphs.cursor, id="plan")

    @property
    def pane(self) -> Pane:
        """The one that the keys move."""
        return self.focused if isinstance(self.focused, Pane) else self.query_one("#words", Pane)

    @property
    def plan(self) -> Plan | None:
        """The plan that is shown."""
        return None if self.shown is None else self.shown.plan

    def targets(self) -> tuple[Target, ...]:
        """The ticket in front, at the revision of the plan that is shown."""
        if self.shown is None or self.plan is None:
            return ()
        return (Target(self.shown.page.ticket.id, self.plan.protocol, self.plan.revision),)

    @property
    def hidden(self) -> bool:
        """Whether the words are masked."""
        page = None if self.shown is None else self.shown.page
        if page is None or not page.ticket.confidential:
            return False
        return not (page.may_open and page.ticket.id in self.console_app.opened)

    # --- filling

    def say_title(self) -> None:
        """Where one is in the walk."""
        into = f" {self.glyphs.into} "
        ref = self.tally.ref
        where = f"{_('Queue')}{into}{_('Triage')}"
        self.title_bar.show(where if ref is None else f"{where}{into}{ref}", self.tally.place if ref else "")

    def fill(self) -> None:
        """Everything anew; what is read stays where it is on the screen."""
        if not self.is_mounted:
            return
        self.say_title()
        self.say_decision()
        ref, found = self.tally.ref, self.shown
        self.query_one("#words", Pane).fill(self._words, key=("words", ref, found is None, self.hidden))
        self.query_one("#plan", Pane).fill(self._plan, key=("plan", ref, found is None, self.hidden))
        self.query_one("#plan").display = ref is not None
        self.show_hints()

    def say_decision(self) -> None:
        """What enter would do, in one line."""
        plan = self.plan
        line = self.query_one("#decision", Static)
        line.display = plan is not None
        if plan is None:
            return
        dot = f" {self.glyphs.dot} "
        parts = [term(plan.decision), plan.department or "", term_of(Severity, plan.severity)]
        if plan.messages:
            # What has left is never taken back: it is said before it leaves.
            parts.append(_("sends {letters}", letters=", ".join(plan.messages)))
        parts.append(", ".join(plan.codes))
        words = _("enter: {what}", what=dot.join(clean(part) for part in parts if part))
        calm = plan.decision is Admission.ADMITTED
        short = cut(words, max(10, self.app.size.width - 2), self.glyphs.ellipsis)
        line.update(Content(short).stylize("bold" if calm else "bold $warning"))

    def _words(self, width: int) -> Sequence[Line]:
        if self.tally.ref is None:
            return self._summary(width)
        if self.shown is None:
            return [plain(_("Reading the ticket…"), "quiet")]
        if self.hidden:
            return [
                plain(_("[confidential]"), "head"),
                *prose(_("v opens the ticket, where you may."), width),
            ]
        return complaint_lines(self.shown.page, width, hidden=False)

    def _plan(self, width: int) -> Sequence[Line]:
        found, plan = self.shown, self.plan
        if found is None or plan is None:
            return []
        if self.hidden:
            # A reason quotes words of the text, a letter the subject.
            return [plain(_("[confidential]"), "quiet")]
        lines = plan_lines(found.page, plan, width, self.glyphs)
        lines += letter_lines(found.letters, width)
        if found.lacking is not None:
            lines += [blank(), *prose(say(found.lacking.message), width, "late")]
        if self.past is not None:
            lines += [blank(), *past_lines(self.past, width)]
        if found.page.related:
            # Tickets beside it open from their own screen: here they are lines to be read.
            beside = related_lines(found.page, width, hidden=False)
            lines += [blank(), *(Line(line.spans) for line in beside)]
        return lines

    def _summary(self, width: int) -> list[Line]:
        """How the walk ended."""
        if not self.tally.ready:
            return [plain(_("Reading the queue…"), "quiet")]
        total = len(self.tally.refs)
        if not total:
            return list(prose(_("No ticket waits for triage here. esc goes back."), width))
        lines = [
            head(
                plural("Triage: {count} ticket looked at", "Triage: {count} tickets looked at", total), width
            )
        ]
        counts = self.tally.counts()
        column = max((len(ending.words) for ending, _many in counts), default=0)
        for ending, many in counts:
            lines += pair(ending.words, str(many), width, column)
        return [
            *lines,
            blank(),
            *prose(_("esc goes back; F5 looks for what waits now; u takes the last one back."), width),
        ]
