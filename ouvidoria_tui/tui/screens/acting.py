"""The verbs, the same from the list and from a ticket: on :meth:`Acting.targets`.

Reversible and one ticket: done at once, with a toast and ``u``. Many tickets: one question first. Closing and
reopening: a look at it first, always. Each is carried out on the ids and revisions that the agent has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.desk import assign as assigning
from ouvidoria_tui.desk import close as closing
from ouvidoria_tui.desk import escalate as escalating
from ouvidoria_tui.desk import undo as undoing
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.status import Move, set_status
from ouvidoria_tui.domain.permission import Agent, Verb
from ouvidoria_tui.domain.policy_telling import Step
from ouvidoria_tui.domain.ticket import CloseReason, Status
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, plural, status_label, term
from ouvidoria_tui.tui import reads
from ouvidoria_tui.tui.keys import Key
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_areas import Areas, Asking, areas
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.service import Act

One = Callable[[Desk, str, int | None], Outcome]

#: The statuses that ``s`` leads to, with the verb each needs; an answer is written with ``r``.
_MOVES = {
    Status.OPEN: Verb.RETURN,
    Status.ASSIGNED: Verb.ASSIGN,
    Status.IN_PROGRESS: Verb.START,
    Status.CUSTOMER_REPLY: Verb.CUSTOMER_REPLY,
    Status.CLOSED: Verb.CLOSE,
}


#: Acts that a policy may tell the customer of.
_STEPS = {
    Verb.REOPEN: Step.REOPENED,
    Verb.ASSIGN: Step.ASSIGNED,
    Verb.TAKE: Step.ASSIGNED,
    Verb.TRANSFER: Step.TRANSFERRED,
}


@dataclass(eq=False)
class AgentsRead(Message):
    """Who can be given tickets."""

    agents: tuple[Agent, ...]

    bubble = False


@dataclass(eq=False)
class AreasRead(Message):
    """Who can be asked about tickets."""

    areas: Areas

    bubble = False


class Acting(DeskScreen):
    """A screen whose verbs act on :meth:`targets`."""

    def targets(self) -> tuple[Target, ...]:
        """What a verb acts on: the marked ones, else the one under the cursor or on the screen."""
        return ()

    def here(self) -> Target | None:
        """The one ticket under the cursor or on the screen, whatever is marked."""
        return next(iter(self.targets()), None)

    def about(self) -> frozenset[str]:
        """What a verb acts on."""
        return frozenset(target.protocol for target in self.targets())

    def why_not(self, entry: Key) -> str:
        """As everywhere; and a verb needs something to act on."""
        reason = super().why_not(entry)
        if not reason and (entry.counts or entry.action in _ON_ONE) and not self.targets():
            return _("There is no ticket here")
        return reason

    def perform(self, label: str, verb: Verb, one: One, *, ask: str = "", to: Status | None = None) -> None:
        """Carries ``verb`` out on the targets; ``ask`` is the question, which many tickets always get.

        ``to`` is the status that a look at it beforehand names.
        """
        targets = self.targets()
        if not targets:
            return
        self.ask_and_act(Act(label, verb, targets, one), ask, to)

    def tells(self, verb: Verb, to: Status | None = None) -> str:
        """That a rule of the policy tells the customer of the act; empty where nobody is told.

        What the customer brought (``to`` says so) is no step of the desk's own.
        """
        rule, step = self.facts.policy.telling, _STEPS.get(verb)
        wanted = step in rule.step_letters or (verb is Verb.CLOSE and rule.closing_letter)
        if not wanted or not self.facts.mail or to is Status.CUSTOMER_REPLY:
            return ""
        return _("a letter tells the customer, where there is an address; what was told cannot be undone")

    def ask_and_act(self, act: Act, ask: str = "", to: Status | None = None) -> None:
        """Carries ``act`` out, asking first where there is something to ask, many are meant or a letter leaves."""
        targets, letter = act.targets, self.tells(act.verb, to)
        if not ask and (letter or len(targets) > 1):
            ask = plural(
                "{count} ticket → {what}. Go on?",
                "{count} tickets → {what}. Go on?",
                len(targets),
                what=act.label,
            )

        def answered(wanted: bool | None) -> None:
            if wanted:
                self.service.act(self, act)

        if ask:
            lines = [*_names(targets), *([letter] if letter else [])]
            self.app.push_screen(Confirm(ask, lines), answered)
        else:
            self.service.act(self, act)

    # --- who

    def action_take(self) -> None:
        """``m``"""
        label = _("Assigned to {login}", login=self.facts.agent.login)
        self.perform(label, Verb.TAKE, lambda desk, ref, seen: assigning.take(desk, ref, revision=seen))

    def action_assign(self) -> None:
        """``a``: choose an agent, then as :meth:`action_take`."""
        if self.targets():
            self.service.read(self, reads.agents, AgentsRead, group="agents")

    def on_agents_read(self, message: AgentsRead) -> None:
        """Who shall have it."""
        choices = [Choice(agent.login, agent.name, agent.login) for agent in message.agents]

        def chosen(login: str | None) -> None:
            if login is not None:
                label = _("Assigned to {login}", login=clean(login))
                self.perform(
                    label,
                    Verb.ASSIGN,
                    lambda desk, ref, seen: assigning.assign(desk, ref, login, revision=seen),
                )

        self.app.push_screen(Choose(self._many(_("Assign to")), choices), chosen)

    # --- where

    def action_status(self) -> None:
        """``s``: choose a status; closing goes its own way."""
        labels = self.facts.policy.labels
        choices = [Choice(status.value, status_label(status, labels)) for status in _MOVES]

        def chosen(slug: str | None) -> None:
            if slug is not None:
                self._to_status(Status(slug))

        if self.targets():
            self.app.push_screen(Choose(self._many(_("Status")), choices), chosen)

    def _to_status(self, status: Status) -> None:
        if status is Status.CLOSED:
            self.action_close()
            return
        label = _("Status: {status}", status=status_label(status, self.facts.policy.labels))

        def moved(words: str | None, *, spoken: bool) -> None:
            if spoken and words is None:
                return
            move = Move(status, text=words)
            self.perform(
                label, _MOVES[status], lambda desk, ref, seen: set_status(desk, ref, move, revision=seen)
            )

        if status is Status.CUSTOMER_REPLY:
            self.app.push_screen(
                Ask(_("What did the customer say?")), lambda words: moved(words, spoken=True)
            )
        else:
            moved(None, spoken=False)

    def action_close(self) -> None:
        """``x``: choose a reason, look at it, close."""
        choices = [Choice(reason.value, term(reason)) for reason in CloseReason]

        def chosen(slug: str | None) -> None:
            if slug is None:
                return
            reason = CloseReason(slug)
            label = _("Closed: {reason}", reason=term(reason))
            self.perform(
                label,
                Verb.CLOSE,
                lambda desk, ref, seen: closing.close(desk, ref, reason, revision=seen),
                ask=self._many(_("Close as {reason}", reason=term(reason))) + "?",
            )

        if self.targets():
            self.app.push_screen(Choose(self._many(_("Close ticket")), choices), chosen)

    # --- what it is, and until when

    def action_classify(self) -> None:
        """``c``: its own form."""
        if self.targets():
            self.console_app.open_classify(self.targets())

    def action_deadline(self) -> None:
        """``p``: its own screen; of one ticket at a time, also where others are marked."""
        target = self.here()
        if target is None:
            return
        if self.counted():
            words = _(
                "Deadlines are looked at one ticket at a time: this is {protocol}", protocol=target.protocol
            )
            self.toast(words)
        self.console_app.open_deadline(target)

    def action_forward(self) -> None:
        """``f``: choose an area, to ask it, or to write down what it answered."""
        targets = self.targets()
        if targets:
            self.service.read(self, lambda desk: areas(desk, targets), AreasRead, group="areas")

    def on_areas_read(self, message: AreasRead) -> None:
        """Which area, and whether it is asked or heard."""
        found = message.areas
        if not found.names:
            self.toast(_("This desk has no areas: its policy names them"), "warning")
            return
        owing = [slug for slug in found.owing if slug in found.names]
        choices = [
            Choice(f"answer {slug}", _("{area} answered: write it down", area=found.names[slug]))
            for slug in owing
        ]
        choices += [
            Choice(
                f"ask {slug}", _("Remind {area}", area=name) if slug in owing else _("Ask {area}", area=name)
            )
            for slug, name in found.names.items()
        ]

        def chosen(id_: str | None) -> None:
            if id_ is not None:
                what, _space, slug = id_.partition(" ")
                asks = tuple(Asking(target, slug, found.names[slug]) for target in found.targets)
                self.console_app.open_forward(asks, answer=what == "answer")

        self.app.push_screen(Choose(self._many(_("Forward")), choices), chosen)

    # --- up and down

    def action_escalate(self) -> None:
        """``e``: its own screen."""
        if self.targets():
            self.console_app.open_escalate(self.targets())

    def action_acknowledge(self) -> None:
        """``A``"""
        self.perform(
            _("Escalation acknowledged"),
            Verb.ACK,
            lambda desk, ref, seen: escalating.acknowledge(desk, ref, revision=seen),
        )

    def action_hand_back(self) -> None:
        """``B``: with an instruction."""

        def said(words: str | None) -> None:
            if words is not None:
                self.perform(
                    _("Handed back"),
                    Verb.HAND_BACK,
                    lambda desk, ref, seen: escalating.hand_back(desk, ref, words, revision=seen),
                )

        if self.targets():
            self.app.push_screen(Ask(_("What shall the desk do?")), said)

    # --- words

    def action_reply(self) -> None:
        """``r``"""
        for target in self.targets()[:1]:
            self.console_app.open_compose(target, "reply")

    def action_note(self) -> None:
        """``i``"""
        for target in self.targets()[:1]:
            self.console_app.open_compose(target, "note")

    def action_call(self) -> None:
        """``l``"""
        for target in self.targets()[:1]:
            self.console_app.open_compose(target, "call")

    # --- back

    def action_undo(self) -> None:
        """``u``: the last act of this console, one ticket or many, in one go; the desk says why one has to stay."""
        last = self.console_app.last_done()
        if last is None:
            self.toast(_("There is nothing to undo"), "warning")
            return
        self.service.act(
            self,
            Act(
                last.taken_back,
                Verb.UNDO,
                last.targets,
                lambda desk, ref, seen: undoing.undo(desk, ref, revision=seen),
            ),
        )

    def _many(self, words: str) -> str:
        """``words`` with the protocol, or with how many."""
        targets = self.targets()
        return f"{words} · {targets[0].protocol}" if len(targets) == 1 else f"{words} ({len(targets)})"


#: Verbs on the one under the cursor, whatever is marked.
_ON_ONE = frozenset({"reply", "note", "deadline"})


def _names(targets: Sequence[Target], most: int = 6) -> list[str]:
    names = [target.protocol for target in targets[:most]]
    return [*names, f"… +{len(targets) - most}"] if len(targets) > most else names
