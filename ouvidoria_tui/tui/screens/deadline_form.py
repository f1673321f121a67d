"""What the forms of acts on one clock share: the rule above, what is missing or was refused below, kept drafts."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.area_list import area_rules
from ouvidoria_tui.domain.clock_state import rule_of
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui import reads_deadline
from ouvidoria_tui.tui.error_words import error_words
from ouvidoria_tui.tui.messages import Acted, Failed, Target
from ouvidoria_tui.tui.reads_deadline import ClockDeadline, Deadlines
from ouvidoria_tui.tui.rule_words import act_words, clock_now, refusal, rule_sentences
from ouvidoria_tui.tui.screens.deadline_messages import DeadlinesRead
from ouvidoria_tui.tui.screens.writing import Writing
from ouvidoria_tui.tui.title_words import overdue_words


def draft_kind(verb: Verb, clock: str) -> str:
    """The name of the draft of an act on a clock: one for each clock."""
    return f"{verb.value}:{clock}"


def act_of(kind: str) -> tuple[Verb, str] | None:
    """The act and the clock of a draft; ``None`` where it is the draft of something else."""
    verb, colon, clock = kind.partition(":")
    return (Verb(verb), clock) if colon and verb in {one.value for one in reads_deadline.VERBS} else None


class ClockForm(Writing):
    """The form of :attr:`verb` on the clock ``clock_name`` of ``target``."""

    CSS_PATH = "deadline_form.tcss"
    AUTO_FOCUS = "#text"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    verb: ClassVar[Verb]

    def __init__(self, target: Target, clock_name: str) -> None:
        super().__init__()
        self.target: Target = target
        self.clock_name = clock_name
        self.kind = draft_kind(self.verb, clock_name)
        self.found: Deadlines | None = None
        self._refused = ("", "")

    # --- reading

    def reload(self) -> None:
        """The clocks as they stand now; what was typed is left alone."""
        job = reads_deadline.deadlines(self.target.id)
        self.service.read(self, job, DeadlinesRead, group="page")

    def on_deadlines_read(self, message: DeadlinesRead) -> None:
        """The rule and what follows, as things stand."""
        self.found, self.page = message.found, message.found.page
        if self.seen is None:
            self.seen = self.page.ticket.revision
        self.say_title()
        self.told()

    @property
    def clock(self) -> ClockDeadline | None:
        """The clock that it is about."""
        return None if self.found is None else self.found.clock(self.clock_name)

    @property
    def of_area(self) -> bool:
        """Whether it is the clock of an area, which the customer does not hear of."""
        return rule_of(self.clock_name) in area_rules(self.facts.policy.clocks)

    # --- what is said around it

    def say_title(self) -> None:
        """Where one is, and how late it is."""
        into = f" {self.glyphs.into} "
        right = "" if self.page is None else overdue_words(self.page, short=self.app.size.width < 100)
        where = f"{self.target.protocol}{into}{_('Deadline')}{into}{act_words(self.verb)}"
        self.title_bar.show(where, right)

    def told(self) -> None:
        """The rule, what follows, what is missing or was refused, when the draft was kept."""
        self.query_one("#rule", Static).update(Content(clean(self._rule())))
        self.follow()
        said = self.refused or self.missing()
        words = f"{self.glyphs.late} {clean(said)}" if said and self.found is not None else ""
        self.query_one("#missing", Static).update(Content(words))
        self.query_one("#note", Static).update(Content(self.kept_words()))

    def _rule(self) -> str:
        clock, page = self.clock, self.page
        if clock is None or page is None:
            return _("Reading…")
        zone, possible = page.policy.zone, clock.acts[self.verb]
        rule = rule_sentences(self.verb, clock.explained, possible, zone, promise=page.policy.promise)
        return " ".join([f"{clock_now(clock.explained, zone)}.", *rule])

    def follow(self) -> None:
        """Says what follows from what was typed."""

    def missing(self) -> str:
        """What is missing, in a sentence; empty where nothing is."""
        clock = self.clock
        return "" if clock is None else refusal(clock.acts[self.verb])

    # --- refusals: said until something else is typed

    @property
    def refused(self) -> str:
        """The last refusal, with its code and the next step, as long as the same thing is typed."""
        words, typed = self._refused
        return words if typed == self.words + self.choice else ""

    def refuse(self, words: str) -> None:
        """Says a refusal; nothing that was typed is lost."""
        self._refused = (words, self.words + self.choice)
        self.told()

    def on_failed(self, message: Failed) -> None:
        """A refusal before anything was done."""
        super().on_failed(message)
        if message.what in ("act", "letter"):
            self.refuse(error_words(message.error))

    def acted(self, message: Acted) -> None:
        """A refusal stays on the form."""
        for outcome in message.outcomes:
            if outcome.error is not None and outcome.code is not None:
                self.refuse(_refusal_of(outcome))
        super().acted(message)

    def action_send(self) -> None:
        """``F2``: what is missing is said, and the cursor goes there."""
        missing = self.missing()
        if missing or self.clock is None:
            self.app.bell()
            self.told()
            if missing:
                self.toast(missing, "warning")
            return
        self.ready()

    def ready(self) -> None:
        """Everything is there."""
        self.send()


def _refusal_of(outcome: Outcome) -> str:
    error = outcome.error
    hint = "" if error is None or error.hint is None else f". {say(error.hint)}"
    return f"{outcome.code}: {say(outcome.message)}{hint}"
