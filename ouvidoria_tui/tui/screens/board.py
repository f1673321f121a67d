"""The keys of every board: moving, tabs, marks, filter, copies; what it shows is in ``board_parts``."""

from __future__ import annotations

from typing import Generic

from textual.widgets import Input

from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.tui.messages import ViewChosen
from ouvidoria_tui.tui.screens.board_parts import BoardParts, R, target_of
from ouvidoria_tui.tui.screens.choose import Choice
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.widgets.pane import Pane


class BoardScreen(BoardParts[R], Generic[R]):
    """A board; what is marked is acted on, else the line under the cursor."""

    CSS_PATH = "board.tcss"
    AUTO_FOCUS = "#board"

    def action_open(self) -> None:
        """``enter``"""
        row = self.row()
        if row is not None:
            self.console_app.open_ticket(row.ticket.id)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A second click."""
        self.action_open()

    def on_pane_moved(self, message: Pane.Moved) -> None:
        """Another line under the cursor."""
        self._state()
        self.show_hints()

    def action_move_up(self) -> None:
        """``↑ k``"""
        self.lines.move(-1)

    def action_move_down(self) -> None:
        """``↓ j``"""
        self.lines.move(1)

    action_next_ticket, action_previous_ticket = action_move_down, action_move_up

    def action_page_up(self) -> None:
        """``PgUp``"""
        self.lines.page(-1)

    def action_page_down(self) -> None:
        """``PgDn``"""
        self.lines.page(1)

    def action_first(self) -> None:
        """``g``"""
        self.lines.edge(end=False)

    def action_last(self) -> None:
        """``G``"""
        self.lines.edge(end=True)

    def view_choices(self) -> list[Choice]:
        """The tabs, for the palette."""
        return [Choice(f"view:{number}", label) for number, (label, _rows) in enumerate(self.tabs(), 1)]

    def on_view_chosen(self, message: ViewChosen) -> None:
        """A click on a tab."""
        self.action_tab(message.number)

    def action_tab(self, number: int) -> None:
        """``1`` to ``9``"""
        if number <= len(self.tabs()):
            self.tab = number - 1
            self.fill()

    def action_previous_tab(self) -> None:
        """``[``"""
        self.action_tab((self.tab - 1) % len(self.tabs()) + 1)

    def action_next_tab(self) -> None:
        """``]``"""
        self.action_tab((self.tab + 1) % len(self.tabs()) + 1)

    def action_mark(self) -> None:
        """``space``: marks or unmarks, and goes to the next."""
        row = self.row()
        if row is not None:
            if self.marks.pop(row.key, None) is None:
                self.marks[row.key] = target_of(row)
            self.fill()
            self.lines.move(1)

    def action_mark_all(self) -> None:
        """``V``: everything that is shown, asked once."""
        found = {row.key: target_of(row) for row in self.shown()}
        ask = plural("Mark {count} ticket?", "Mark all {count} tickets?", len(found))

        def answered(wanted: bool | None) -> None:
            if wanted:
                self.marks |= found
                self.fill()

        if found:
            self.app.push_screen(Confirm(ask), answered)

    def action_filter(self) -> None:
        """``/``"""
        self.add_class("-filtering")
        self.query_one("#board-filter", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filters while typing."""
        self.fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the lines."""
        self.lines.focus()

    def action_out(self) -> None:
        """``esc``: out of the filter, of the marks, of the board."""
        field = self.query_one("#board-filter", Input)
        if self.has_class("-filtering"):
            field.value = ""
            self.remove_class("-filtering")
            self.lines.focus()
            self.fill()
        elif self.marks:
            self.marks = {}
            self.fill()
        else:
            super().action_out()

    def action_copy(self) -> None:
        """``y``: the protocols of what the verbs would act on."""
        names = [target.protocol for target in self.targets()]
        if names:
            self.app.copy_to_clipboard("\n".join(names))
            self.toast(_("Copied: {what}", what=names[0] if len(names) == 1 else str(len(names))))
