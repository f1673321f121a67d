"""The deadlines of a ticket: every clock explained to the last stretch, and what can be done to it, with the rule."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.words import _, clock_name
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import ViewChosen
from ouvidoria_tui.tui.rule_words import refusal
from ouvidoria_tui.tui.screens.choose import Choice
from ouvidoria_tui.tui.screens.deadline_parts import ROOMY, DeadlineParts
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.widgets.pane import Pane


class DeadlineScreen(DeadlineParts):
    """The screen of one ticket; a tab for each clock."""

    where = Where.DEADLINE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.DEADLINE)]
    CSS_PATH = "deadline.tcss"
    AUTO_FOCUS = "#explained"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (ROOMY, "-medium"), (190, "-wide")]  # noqa: RUF012

    _wanted: Verb | None = None

    def ready(self) -> None:
        """What was asked for before the clocks were there."""
        verb, self._wanted = self._wanted, None
        if verb is not None:
            self.begin(verb)

    # --- acts

    def begin(self, verb: Verb) -> None:
        """The form of an act on the chosen clock, or the refusal with its code and the next step."""
        if self.found is None:
            # Typed faster than the clocks are read: begun when they are.
            self._wanted = verb
            return
        clock = self.clock
        if clock is None:
            self.toast(_("There is no clock here"), "warning")
            return
        said = refusal(clock.acts[verb])
        if said:
            self.toast(f"{clock_name(clock.name)}: {said}", "warning")
            return
        self.console_app.open_deadline_act(self.target, verb, clock.name)

    def action_extend(self) -> None:
        """``p``"""
        self.begin(Verb.EXTEND)

    def action_notice(self) -> None:
        """``n``"""
        self.begin(Verb.DELAY_NOTICE)

    def action_suspend(self) -> None:
        """``s``"""
        self.begin(Verb.SUSPEND)

    def action_resume(self) -> None:
        """``r``"""
        self.begin(Verb.RESUME)

    def action_interrupt(self) -> None:
        """``i``"""
        self.begin(Verb.INTERRUPT)

    def action_open(self) -> None:
        """``enter``: the act under the cursor; from the explanation, to the acts."""
        acts = self.query_one("#acts", Pane)
        if not acts.has_focus:
            acts.focus()
        elif acts.cursor:
            self.begin(Verb(acts.cursor))

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A second click on an act."""
        message.pane.focus()
        self.action_open()

    # --- moving

    @property
    def pane(self) -> Pane:
        """The part that the keys move."""
        return self.focused if isinstance(self.focused, Pane) else self.query_one("#explained", Pane)

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

    def view_choices(self) -> list[Choice]:
        """The clocks, for the palette."""
        return [Choice(f"view:{number}", label) for number, label in enumerate(self.labels(), 1)]

    def on_view_chosen(self, message: ViewChosen) -> None:
        """A click on a clock."""
        self.action_tab(message.number)

    def action_tab(self, number: int) -> None:
        """``1`` to ``9``"""
        if self.found is not None and number <= len(self.found.clocks):
            self.chosen_clock = self.found.clocks[number - 1].name
            self.fill()

    def action_previous_tab(self) -> None:
        """``[``"""
        self._turn(-1)

    def action_next_tab(self) -> None:
        """``]``"""
        self._turn(1)

    def _turn(self, by: int) -> None:
        names = [] if self.found is None else [one.name for one in self.found.clocks]
        if self.chosen_clock in names:
            self.action_tab((names.index(self.chosen_clock) + by) % len(names) + 1)

    def action_copy(self) -> None:
        """``y``"""
        self.app.copy_to_clipboard(self.target.protocol)
        self.toast(_("Copied: {what}", what=self.target.protocol))

    # --- out

    def action_out(self) -> None:
        """``esc``"""
        self._told_below()
        super().action_out()

    def action_back(self) -> None:
        """``q``"""
        self._told_below()
        super().action_back()

    def _told_below(self) -> None:
        """What is under this screen reads again what was done here."""
        below = self.app.screen_stack[-2]
        if isinstance(below, DeskScreen):
            below.stale = True
