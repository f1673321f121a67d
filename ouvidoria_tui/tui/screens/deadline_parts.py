"""The parts of the screen of deadlines and what each of them shows; the keys are in ``deadline``."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize

from ouvidoria_tui.domain.extension import choose
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui import reads_deadline
from ouvidoria_tui.tui.keys import BY_ID, Key, keys_of, shown
from ouvidoria_tui.tui.messages import Failed, Target
from ouvidoria_tui.tui.reads_deadline import VERBS, ClockDeadline, Deadlines
from ouvidoria_tui.tui.screens.acting import Acting
from ouvidoria_tui.tui.screens.deadline_messages import DeadlinesRead
from ouvidoria_tui.tui.title_words import overdue_words
from ouvidoria_tui.tui.widgets.clock_bars import readings
from ouvidoria_tui.tui.widgets.deadline_lines import act_lines, explained_lines
from ouvidoria_tui.tui.widgets.lines import Line, plain
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.views import Views

#: Narrower than this a line is all that an act gets; its rule stands on its form.
ROOMY = 118


class DeadlineParts(Acting):
    """Clocks as tabs, the explanation of one, what can be done to it; filled from :class:`Deadlines`."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target
        self.found: Deadlines | None = None
        self.chosen_clock = ""

    def body(self) -> ComposeResult:
        """Clocks, the explanation, what can be done."""
        yield Views(id="tabs", ellipsis=self.glyphs.ellipsis)
        with Container(id="parts"):
            yield Pane(id="explained")
            yield Pane(pointer=self.glyphs.cursor, id="acts")

    def on_mount(self) -> None:
        """Reads the clocks."""
        self.reload()

    # --- reading

    def reload(self) -> None:
        """The clocks as they stand now; the chosen one stays chosen."""
        job = reads_deadline.deadlines(self.target.id)
        self.service.read(self, job, DeadlinesRead, group="deadlines")

    def action_reload(self) -> None:
        """``F5``"""
        self.reload()

    def on_deadlines_read(self, message: DeadlinesRead) -> None:
        """Shows them; at first the clock that is meant where nobody names one."""
        self.found = message.found
        ticket = message.found.page.ticket
        self.target = Target(ticket.id, ticket.protocol, ticket.revision)
        if message.found.clock(self.chosen_clock) is None:
            self.chosen_clock = _meant(message.found)
        self.fill()
        self.ready()

    def ready(self) -> None:
        """After the clocks were read."""

    def on_failed(self, message: Failed) -> None:
        """What cannot be read is said in the title, with the key that tries again."""
        super().on_failed(message)
        if message.what == "deadlines" and self.found is None:
            self.title_bar.show(_("The ticket cannot be read; F5 tries again, esc goes back"))

    def on_resize(self, event: Resize) -> None:
        """Rules are shown where there is room for them."""
        self.call_after_refresh(self.fill)

    def targets(self) -> tuple[Target, ...]:
        """The ticket, as it was seen."""
        return () if self.found is None else (self.target,)

    @property
    def clock(self) -> ClockDeadline | None:
        """The chosen clock."""
        return None if self.found is None else self.found.clock(self.chosen_clock)

    # --- showing

    def say_title(self) -> None:
        """Where one is, and how late it is."""
        into = f" {self.glyphs.into} "
        narrow = self.app.size.width < 100
        right = "" if self.found is None else overdue_words(self.found.page, short=narrow)
        self.title_bar.show(f"{_('Queue')}{into}{self.target.protocol}{into}{_('Deadline')}", right)

    def fill(self) -> None:
        """Everything anew; what is read stays where it is on the screen."""
        found, clock = self.found, self.clock
        if found is None:
            return
        self.say_title()
        names = [one.name for one in found.clocks]
        at = names.index(self.chosen_clock) if self.chosen_clock in names else 0
        self.query_one("#tabs", Views).show(self.labels(), at)
        acts = self.query_one("#acts", Pane)
        acts.display = clock is not None
        self.query_one("#explained", Pane).fill(self._explained, key=self.chosen_clock)
        acts.fill(self._acts, key="acts")
        self.show_hints()

    def labels(self) -> list[str]:
        """The clocks with what they say in a word."""
        if self.found is None:
            return []
        page = self.found.page
        states = [one.explained.state for one in self.found.clocks]
        told = readings(states, page.clocks, page.now, page.policy.zone, self.glyphs)
        marks = [f" ({one.mark})" if one.mark else "" for one in told]
        return [
            f"{number} {one.name} {one.short}{mark}"
            for number, (one, mark) in enumerate(zip(told, marks, strict=True), 1)
        ]

    def _explained(self, width: int) -> Sequence[Line]:
        if self.found is None or self.clock is None:
            return [plain(_("no deadline is counted"), "quiet")]
        return list(explained_lines(self.found, self.clock, width, ascii_only=self.console_app.ascii_only))

    def _acts(self, width: int) -> Sequence[Line]:
        if self.found is None or self.clock is None:
            return []
        keys = {verb: shown(keys_of(BY_ID[verb.value], self.console_app.keymap)[0]) for verb in VERBS}
        rules = self.app.size.width >= ROOMY
        return list(act_lines(self.found, self.clock, keys, width, self.glyphs, rules=rules))

    def why_not(self, entry: Key) -> str:
        """As everywhere; and an act must be possible for the chosen clock now."""
        reason = super().why_not(entry)
        verb = next((verb for verb in VERBS if verb.value == entry.id), None)
        if reason or verb is None:
            return reason
        if self.clock is None:
            return _("There is no clock here")
        why = self.clock.acts[verb].why_not
        return "" if why is None else say(why)


def _meant(found: Deadlines) -> str:
    """The clock that people mean who name none; else the first that runs, else the first."""
    states = [one.explained.state for one in found.clocks]
    clock = choose(states, found.page.clocks)
    if clock is not None:
        return clock.rule.name
    return states[0].name if states else ""
