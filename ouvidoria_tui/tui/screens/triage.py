"""Triage one ticket after the other: the customer's words, the plan with why, one key for each decision.

What is applied is exactly the plan that is shown: it carries the revision that it was made for, and a ticket that
changed meanwhile shows its new plan instead. Marked tickets are triaged at once from the list (``queue_triage``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Resize

from ouvidoria_tui.desk import triage as triaging
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.override import override
from ouvidoria_tui.domain.neighbours import Field
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.query_terms import Query
from ouvidoria_tui.domain.ticket import Admission, Severity
from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.present.words import _, term
from ouvidoria_tui.tui import reads_triage
from ouvidoria_tui.tui.keys import Key, Where, bindings
from ouvidoria_tui.tui.messages import Acted, Failed
from ouvidoria_tui.tui.reads_triage import Chosen
from ouvidoria_tui.tui.screens.acting import One
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.incidents import LinksIncidents
from ouvidoria_tui.tui.screens.triage_messages import DecisionRead, PastRead, WaitingRead
from ouvidoria_tui.tui.screens.triage_parts import TriageParts
from ouvidoria_tui.tui.service import Act, Lane
from ouvidoria_tui.tui.triage_tally import Ending

_ON_ONE = frozenset({"apply", "override", "department", "severity", "skip", "open", "incident"})


class TriageScreen(LinksIncidents, TriageParts):
    """The walk through what waits of ``query`` (``None``: of the whole desk), in queue order, from ``first`` on.

    The walk goes round: what waits before ``first`` comes at the end, so that nothing is left out.
    """

    where = Where.TRIAGE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.TRIAGE)]
    CSS_PATH = "triage.tcss"
    AUTO_FOCUS = "#words"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (118, "-medium"), (190, "-wide")]  # noqa: RUF012

    def __init__(self, query: Query | None, first: str | None = None) -> None:
        super().__init__()
        self.query_asked = Query(()) if query is None else query
        self.first = first
        self._acting: Ending | None = None

    def on_mount(self) -> None:
        """Reads what waits."""
        self.begin()

    def on_resize(self, event: Resize) -> None:
        """Fits what depends on the width."""
        self.call_after_refresh(self.fill)

    # --- reading

    def begin(self) -> None:
        """What waits now, from its head."""
        self.service.read(self, reads_triage.waiting(self.query_asked), WaitingRead, group="waiting")

    def on_waiting_read(self, message: WaitingRead) -> None:
        """The walk begins."""
        self.tally.begin(message.refs, self.first)
        self.turn()

    def turn(self) -> None:
        """To the ticket of the walk's place, with nothing chosen yet."""
        self.picked, self.shown, self.past = Chosen(), None, None
        self.reload()
        ref = self.tally.ref
        if ref is not None:
            job = reads_triage.past_of(ref)
            self.service.read(self, job, PastRead, group="past", lane=Lane.COUNTS)
        self.fill()

    def reload(self) -> None:
        """The ticket and its plan as they stand now; what was chosen stays chosen."""
        ref = self.tally.ref
        if ref is not None:
            job = reads_triage.decision(ref, self.picked)
            self.service.read(self, job, lambda found: DecisionRead(ref, found), group="decision")

    def action_reload(self) -> None:
        """``F5``: this ticket again; at the end what waits now."""
        if self.tally.ref is None:
            self.begin()
        else:
            self.reload()

    def on_decision_read(self, message: DecisionRead) -> None:
        """Shows it; one that somebody else has decided meanwhile is passed over, and counted."""
        if message.ref != self.tally.ref:
            return
        if message.decision.plan is None:
            self.tally.end(Ending.ELSEWHERE)
            self.turn()
            return
        self.shown = message.decision
        self.fill()

    def on_past_read(self, message: PastRead) -> None:
        """What similar tickets suggest has been found."""
        if message.past.protocol == self.tally.ref:
            self.past = message.past
            self.fill()

    def on_failed(self, message: Failed) -> None:
        """What could not be read or done; the ticket stays in front."""
        self._acting = None
        super().on_failed(message)

    def why_not(self, entry: Key) -> str:
        """As everywhere; and there must be a ticket to decide, or something to undo."""
        reason = super().why_not(entry)
        if not reason and entry.action in _ON_ONE and self.plan is None:
            return _("There is no ticket here")
        if not reason and entry.id == "undo" and not self.tally.undoable:
            return _("There is nothing to undo")
        return reason

    # --- deciding

    def action_apply(self) -> None:
        """``enter``: exactly the plan that is shown."""
        plan = self.plan
        if plan is None:
            return

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            ((_plan, outcome),) = triaging.apply(desk, [plan])
            return outcome

        self._decide(_("Triage: {decision}", decision=term(plan.decision)), Ending.of(plan.decision), one)

    def action_override(self) -> None:
        """``o``: another decision, with why."""
        plan = self.plan
        if plan is None:
            return
        others = [one for one in Admission if one not in (Admission.PENDING, plan.decision)]
        choices = [Choice(one.value, term(one)) for one in others]

        def chosen(slug: str | None) -> None:
            if slug is not None:
                ask = _("Why {decision}?", decision=term(Admission(slug)))
                self.app.push_screen(Ask(ask), lambda words: self._override(plan, Admission(slug), words))

        self.app.push_screen(Choose(f"{_('Decide otherwise')} · {plan.protocol}", choices), chosen)

    def _override(self, plan: Plan, wanted: Admission, words: str | None) -> None:
        if words is None:
            return

        def one(desk: Desk, ref: str, seen: int | None) -> Outcome:
            return override(desk, ref, wanted, words, revision=seen)

        self._decide(_("Decided: {decision}", decision=term(wanted)), Ending.OVERRIDDEN, one)

    def _decide(self, label: str, ending: Ending, one: One) -> None:
        if self._acting is not None:
            return
        self._acting = ending
        self.service.act(self, Act(label, Verb.TRIAGE, self.targets(), one))

    def action_department(self) -> None:
        """``d``: another department; the plan is made again with it."""
        named = {one.slug: one.name for one in self.facts.policy.departments}
        choices = [
            Choice(slug, self._marked(Field.DEPARTMENT, slug, name), slug) for slug, name in named.items()
        ]
        self._choose(_("Department"), choices, lambda slug: Chosen(slug, self.picked.severity))

    def action_severity(self) -> None:
        """``s``: another severity; the plan is made again with it. The place in the queue stays (S3-40)."""
        choices = [Choice(one.value, self._marked(Field.SEVERITY, one.value, term(one))) for one in Severity]
        self._choose(_("Severity"), choices, lambda slug: Chosen(self.picked.department, Severity(slug)))

    def _marked(self, field: Field, value: str, name: str) -> str:
        """A value's name, and whether similar tickets suggest it."""
        one = None if self.past is None or self.past.found is None else self.past.found.of(field)
        suggested = one is not None and one.clear and one.value == value
        return f"{name} {self.glyphs.dot} {_('as similar tickets had it')}" if suggested else name

    def _choose(self, title: str, choices: Sequence[Choice], made: Callable[[str], Chosen]) -> None:
        if self.plan is None:
            return

        def chosen(slug: str | None) -> None:
            if slug is not None:
                self.picked = made(slug)
                self.reload()

        self.app.push_screen(Choose(f"{title} · {self.plan.protocol}", choices), chosen)

    def action_skip(self) -> None:
        """``space``: it goes on waiting."""
        if self.plan is not None and self._acting is None:
            self.tally.end(Ending.SKIPPED)
            self.turn()

    def action_open(self) -> None:
        """``v``: the ticket itself; what is done there is seen here afterwards."""
        if self.shown is not None:
            self.stale = True
            self.console_app.open_ticket(self.shown.page.ticket.id)

    # --- afterwards

    def acted(self, message: Acted) -> None:
        """Done: on to the next. Taken back: back to it. Changed meanwhile: its new plan is shown."""
        ending, self._acting = self._acting, None
        done = [one.protocol for one in message.outcomes if one.result in (Result.DONE, Result.UNCHANGED)]
        if message.verb == Verb.UNDO.value:
            if done and self.tally.back_to(done[0]):
                self.turn()
        elif ending is not None and self.tally.ref in done:
            self.tally.end(ending)
            self.turn()
        else:
            self.reload()

    # --- moving

    def action_move_up(self) -> None:
        """``↑ k``"""
        self.pane.move(-1)

    def action_move_down(self) -> None:
        """``↓ j``"""
        self.pane.move(1)

    def action_page_up(self) -> None:
        """``PgUp``"""
        self.pane.page(-1)

    def action_page_down(self) -> None:
        """``PgDn``"""
        self.pane.page(1)

    def action_first(self) -> None:
        """``g``"""
        self.pane.edge(end=False)

    def action_last(self) -> None:
        """``G``"""
        self.pane.edge(end=True)
