"""A ticket: what its keys do. ``ticket_parts`` holds what is shown, ``ticket_acts`` what is done with it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Resize
from textual.widgets import Input

from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.among import Among, Listed
from ouvidoria_tui.tui.keys import Key, Where, bindings
from ouvidoria_tui.tui.messages import Failed, Target, ViewChosen
from ouvidoria_tui.tui.screens.choose import Choice
from ouvidoria_tui.tui.screens.ticket_acts import TicketActs
from ouvidoria_tui.tui.screens.ticket_parts import FILES, HISTORY, RELATED, WORK
from ouvidoria_tui.tui.screens.writing_messages import PageRead
from ouvidoria_tui.tui.widgets.pane import Pane


class TicketScreen(TicketActs):
    """The screen of the ticket ``ticket_id``; ``J`` and ``K`` make it that of a neighbour."""

    where = Where.TICKET
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.TICKET)]
    CSS_PATH = "ticket.tcss"
    AUTO_FOCUS = "#main"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (118, "-medium"), (190, "-wide")]  # noqa: RUF012

    def __init__(self, ticket_id: int) -> None:
        super().__init__()
        self.ticket_id = ticket_id
        self._among: Among | None = None

    def on_mount(self) -> None:
        """Reads the page, and where it stands in the list under this screen."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        self._among = below.among() if isinstance(below, Listed) else None
        self.reload()

    # --- reading

    def reload(self) -> None:
        """The page as it stands now."""
        job = reads_ticket.page(self.ticket_id, self._among)
        self.service.read(self, job, PageRead, group="page")

    def action_reload(self) -> None:
        """``F5``"""
        self.reload()

    def on_page_read(self, message: PageRead) -> None:
        """Shows it, unless one has gone on to a neighbour meanwhile."""
        if message.page.ticket.id == self.ticket_id:
            self.page = message.page
            self.fill()

    def on_failed(self, message: Failed) -> None:
        """What cannot be read is said in the title, with the key that tries again."""
        super().on_failed(message)
        if message.what == "page" and self.page is None:
            self.title_bar.show(_("The ticket cannot be read; F5 tries again, esc goes back"))

    def on_resize(self, event: Resize) -> None:
        """Fits what depends on the width."""
        self.call_after_refresh(self.fill)

    def targets(self) -> tuple[Target, ...]:
        """The ticket, as it was seen."""
        if self.page is None or self.page.ticket.id != self.ticket_id:
            return ()
        ticket = self.page.ticket
        return (Target(ticket.id, ticket.protocol, ticket.revision),)

    def why_not(self, entry: Key) -> str:
        """As everywhere; and neighbours must be there."""
        reason = super().why_not(entry)
        place = None if self.page is None else self.page.place
        if reason or entry.id not in ("next", "previous"):
            return reason
        there = None if place is None else place.after if entry.id == "next" else place.before
        return "" if there is not None else _("There is no ticket there")

    def hinted(self, entry: Key) -> bool:
        """As everywhere; what is closed can be opened again, and is not offered to be closed."""
        closed = self.page is not None and self.page.ticket.status is Status.CLOSED
        return super().hinted(entry) and entry.id != ("close" if closed else "reopen")

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

    def action_next_pane(self) -> None:
        """``tab``: the next of the panes that are visible."""
        shown = [pane for pane in self.query(Pane) if pane.region.width and pane.region.height]
        if shown:
            at = shown.index(self.pane) if self.pane in shown else -1
            shown[(at + 1) % len(shown)].focus()

    def action_next_ticket(self) -> None:
        """``J``"""
        self._go(None if self.page is None or self.page.place is None else self.page.place.after)

    def action_previous_ticket(self) -> None:
        """``K``"""
        self._go(None if self.page is None or self.page.place is None else self.page.place.before)

    def _go(self, ticket_id: int | None) -> None:
        if ticket_id is None:
            self.app.bell()
            return
        self.ticket_id = ticket_id
        self.unfolded = False
        if self._among is not None and self._among.follow is not None:
            self._among.follow(ticket_id)
        self.reload()

    # --- tabs

    def view_choices(self) -> list[Choice]:
        """The tabs, for the palette."""
        labels = [] if self.page is None else self.labels(self.page)
        return [Choice(f"view:{number}", label) for number, label in enumerate(labels, 1)]

    def on_view_chosen(self, message: ViewChosen) -> None:
        """A click on a tab."""
        self.action_tab(message.number)

    def action_tab(self, number: int) -> None:
        """``1`` to ``6``"""
        if number <= WORK + 1:
            self.tab = number - 1
            self.fill()
            self.main.focus()

    def action_previous_tab(self) -> None:
        """``[``"""
        self.action_tab((self.tab - 1) % (WORK + 1) + 1)

    def action_next_tab(self) -> None:
        """``]``"""
        self.action_tab((self.tab + 1) % (WORK + 1) + 1)

    # --- opening what is under the cursor

    def action_open(self) -> None:
        """``enter``: shows masked words, saves a file, opens a ticket, works it out, unfolds floods; else back."""
        pane = self.pane
        if self.hidden and self.page is not None and self.page.may_open:
            self.console_app.opened.add(self.page.ticket.id)
            self.fill()
        elif pane.id == "neighbours" and pane.cursor:
            self._go(int(pane.cursor))
        elif pane is self.main and self.tab in (FILES, RELATED) and pane.cursor:
            self.choose_item(pane.cursor)
        elif pane is self.main and self.tab == WORK:
            if not self.refuses("work"):
                self.action_work()
        elif pane.id == "history" or self.tab == HISTORY:
            self.unfolded = not self.unfolded
            self.fill()
        else:
            self.action_out()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A second click on an item."""
        message.pane.focus()
        self.action_open()

    def choose_item(self, item: str) -> None:
        """A file to be saved, or a ticket to be opened."""
        if self.tab == FILES:
            self.save_attachment(int(item))
        else:
            self.console_app.open_ticket(int(item))

    # --- finding

    def action_find(self) -> None:
        """``/``"""
        self.add_class("-finding")
        self.query_one("#find", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Finds while typing."""
        self.main.find(event.value)
        self.say_place()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the text; ``n`` and ``N`` go on."""
        self.remove_class("-finding")
        self.main.focus()

    def action_find_next(self) -> None:
        """``n``"""
        self.main.find_next(1)
        self.say_place()

    def action_find_previous(self) -> None:
        """``N``"""
        self.main.find_next(-1)
        self.say_place()

    def action_out(self) -> None:
        """``esc``: out of the find line, of what was found, of a pane alone, of the ticket."""
        field = self.query_one("#find", Input)
        if self.has_class("-finding") or self.main.wanted:
            self.remove_class("-finding")
            with self.prevent(Input.Changed):
                field.value = ""
            self.main.find("")
            self.main.focus()
            self.say_place()
        elif self.has_class("-alone"):
            self.remove_class("-alone")
        else:
            super().action_out()

    # --- panes

    def action_said(self) -> None:
        """``w``: mail with what was quoted and signed in it, and without."""
        self.whole = not self.whole
        self.fill()

    def action_preview(self) -> None:
        """``v``: the panes at the sides, on or off."""
        self.toggle_class("-bare")
        self.main.focus()

    def action_maximise(self) -> None:
        """``Z``: the text alone, and back."""
        self.toggle_class("-alone")
        self.main.focus()
