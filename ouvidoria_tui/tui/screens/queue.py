"""The queue: what its keys do. The verbs are those of every screen; the cursor and the marks are tickets.

``queue_parts`` holds the widgets and what they say, ``queue_reading`` the questions to the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui import queue_words as words
from ouvidoria_tui.tui import reads
from ouvidoria_tui.tui.among import Among
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import Target, ViewChosen
from ouvidoria_tui.tui.reads import Asked
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.queue_arrivals import QueueArrivals
from ouvidoria_tui.tui.screens.queue_messages import AllRead
from ouvidoria_tui.tui.widgets.rows import subject, summary


class QueueScreen(QueueArrivals):
    """The root of the console."""

    where = Where.QUEUE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.QUEUE)]
    CSS_PATH = "queue.tcss"
    AUTO_FOCUS = "#list"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-medium"), (160, "-wide")]  # noqa: RUF012

    def targets(self) -> tuple[Target, ...]:
        """The marked tickets, else the one under the cursor."""
        if len(self.marks):
            return self.marks.targets
        here = self.here()
        return (here,) if here is not None else ()

    def here(self) -> Target | None:
        """The ticket under the cursor."""
        row = self.tickets.cursor_row
        return None if row is None else Target(row.id, row.protocol, row.revision)

    def counted(self) -> int:
        """The marks."""
        return len(self.marks)

    def among(self) -> Among | None:
        """The list as it stands, for a ticket that is opened from it."""
        if self.asked is None:
            return None
        return Among(say(self.facts.views[self.view].title), asked=self.asked, follow=self._follow)

    def _follow(self, ticket_id: int) -> None:
        self.tickets.cursor_id, self.stale = ticket_id, True

    # --- moving

    def action_move_up(self) -> None:
        """``↑ k``"""
        if self.preview.has_focus:
            self.preview.scroll_up(animate=False)
        else:
            self.tickets.move_by(-1)

    def action_move_down(self) -> None:
        """``↓ j``"""
        if self.preview.has_focus:
            self.preview.scroll_down(animate=False)
        else:
            self.tickets.move_by(1)

    def action_page_up(self) -> None:
        """``PgUp``"""
        self.tickets.move_page(-1)

    def action_page_down(self) -> None:
        """``PgDn``"""
        self.tickets.move_page(1)

    def action_first(self) -> None:
        """``g``"""
        self.tickets.move_to(0)

    def action_last(self) -> None:
        """``G``"""
        self.tickets.move_to(len(self.tickets.window) - 1)

    def action_next_ticket(self) -> None:
        """``J``"""
        self.tickets.move_by(1)

    def action_previous_ticket(self) -> None:
        """``K``"""
        self.tickets.move_by(-1)

    def action_open(self) -> None:
        """``enter``"""
        row = self.tickets.cursor_row
        if row is not None:
            self.console_app.open_ticket(row.id)

    def on_ticket_list_row_opened(self) -> None:
        """A second click."""
        self.action_open()

    def action_next_pane(self) -> None:
        """``tab``: filter to list, list to preview, preview to list."""
        to_preview = self.tickets.has_focus and self.has_class("-preview")
        (self.preview if to_preview else self.tickets).focus()

    # --- views, filter, order

    def on_view_chosen(self, message: ViewChosen) -> None:
        """A click on a view."""
        self.action_tab(message.number)

    def action_tab(self, number: int) -> None:
        """``1`` to ``9``"""
        if number <= len(self.facts.views):
            self.choose_view(number - 1)

    def action_previous_tab(self) -> None:
        """``[``"""
        self.choose_view((self.view - 1) % len(self.facts.views))

    def action_next_tab(self) -> None:
        """``]``"""
        self.choose_view((self.view + 1) % len(self.facts.views))

    def action_filter(self) -> None:
        """``/``: behind what stands there already; esc afterwards brings the view's own filter back."""
        field = self.bar.field
        if field.value and not field.value.endswith(" "):
            with field.prevent(Input.Changed):
                field.value += " "
        field.cursor_position = len(field.value)
        field.focus()

    def action_order(self) -> None:
        """``o``: the next order; the cursor stays on its ticket."""
        if self.asked is not None:
            order = words.ORDERS[(words.ORDERS.index(self.asked.order) + 1) % len(words.ORDERS)]
            self.asked = Asked(self.asked.query, order, self.asked.horizon)
            self.ask()

    def action_out(self) -> None:
        """``esc``: out of the filter line, then the filter itself, then the marks; never out of the console."""
        own = words.written(self.facts.views[self.view].query)
        if isinstance(self.focused, Input) or self.preview.has_focus:
            self.tickets.focus()
        elif self.has_class("-only-list") or self.has_class("-only-preview"):
            self.remove_class("-only-list", "-only-preview")
        elif self.bar.field.value.strip() != own:
            self.choose_view(self.view, stay=True)
        elif len(self.marks):
            self.marks.clear()
            self._marked()

    # --- marks

    def action_mark(self) -> None:
        """``space``: marks or unmarks, and goes to the next."""
        self.on_ticket_list_mark_clicked()
        self.tickets.move_by(1)

    def on_ticket_list_mark_clicked(self) -> None:
        """A click on the mark."""
        row = self.tickets.cursor_row
        if row is not None:
            self.marks.toggle(row)
            self._marked()

    def action_mark_all(self) -> None:
        """``V``: everything that the filter finds now, as ids; what comes later is not marked."""
        if self.asked is not None:
            self.service.read(self, reads.all_of(self.asked), AllRead, group="all")

    def on_all_read(self, message: AllRead) -> None:
        """What "mark all" found: asked once, then marked by id."""
        self.mark_these([Target(*each) for each in message.found])

    def mark_these(self, targets: Sequence[Target]) -> None:
        """Asks how many, then marks."""
        if len(targets) > reads.MARKED:
            self.toast(_("More than {most}: narrow the filter first", most=reads.MARKED), "warning")
            return
        ask = plural("Mark {count} ticket?", "Mark all {count} tickets?", len(targets))

        def answered(wanted: bool | None) -> None:
            if wanted:
                self.marks.add(targets)
                self._marked()

        if targets:
            self.app.push_screen(Confirm(ask), answered)

    def _marked(self) -> None:
        self.tickets.marks_changed()
        self._facts()
        self.show_hints()

    # --- panes

    def action_preview(self) -> None:
        """``v``"""
        self.preview_wanted = not self.has_class("-preview")
        self._arrange()
        if not self.preview_wanted:
            self.tickets.focus()

    def action_maximise(self) -> None:
        """``Z``: the pane with the focus alone, and back."""
        if self.has_class("-only-list") or self.has_class("-only-preview"):
            self.remove_class("-only-list", "-only-preview")
        else:
            self.add_class("-only-preview" if self.preview.has_focus else "-only-list")

    # --- copying

    def action_copy(self) -> None:
        """``y``: the protocols of what is marked, else of the one under the cursor."""
        names = [target.protocol for target in self.targets()]
        if names:
            self.app.copy_to_clipboard("\n".join(names))
            self.toast(_("Copied: {what}", what=names[0] if len(names) == 1 else str(len(names))))

    def action_copy_summary(self) -> None:
        """``Y``: what the list shows of the one under the cursor; what is masked stays masked."""
        row = self.tickets.cursor_row
        if row is not None:
            self.app.copy_to_clipboard(f"{summary(row, self.look())}\n{subject(row, self.look())}")
            self.toast(_("Copied: {what}", what=row.protocol))
