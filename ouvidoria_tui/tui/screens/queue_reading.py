"""What the queue asks the store, and what it does with the answers."""

from __future__ import annotations

from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input

from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.tui import queue_words as words
from ouvidoria_tui.tui import reads
from ouvidoria_tui.tui.messages import Acted, Failed
from ouvidoria_tui.tui.reads import Asked
from ouvidoria_tui.tui.screens.queue_messages import CountsRead, ExactRead, GlanceRead, ListingRead, PageRead
from ouvidoria_tui.tui.screens.queue_parts import QueueParts
from ouvidoria_tui.tui.service import Lane
from ouvidoria_tui.tui.widgets.ticket_list import TicketList

#: Seconds of silence after a keystroke before the filter asks the store.
PAUSE = 0.15
#: Seconds after which deadlines are drawn for the present moment.
MINUTE = 30.0


class QueueReading(QueueParts):
    """A reload keeps cursor and scroll by the ticket under the cursor; arrivals are held back until F5."""

    _pause: Timer | None = None

    def on_mount(self) -> None:
        """Asks for the first page."""
        self.bar.problem(None)
        self.state.waiting()
        self.tickets.marked = self.marks
        self._arrange()
        self.choose_view(self.view)
        if self.console_app.live.interval:
            self.set_interval(MINUTE, self._minute)

    def on_resize(self, event: Resize) -> None:
        """The layout of this size."""
        self._arrange()
        self.call_after_refresh(self._head)

    # --- asking

    def choose_view(self, number: int, *, stay: bool = False) -> None:
        """The view of that number (from 0), with its own query and order; ``stay``: the cursor on its ticket."""
        view = self.facts.views[number]
        self.view = number
        with self.prevent(Input.Changed):
            self.bar.field.value = words.written(view.query)
            self.bar.field.cursor_position = len(self.bar.field.value)
        self.bar.problem(None)
        self.asked = Asked(parse(view.query), view.order, self.service.clock.now())
        self.ask(to_top=not stay)

    def refilter(self) -> None:
        """What was typed; a mistake is shown in its place and the list stays."""
        assert self.asked is not None
        try:
            query = parse(self.bar.field.value)
        except UsageError as error:
            self.bar.problem(error)
            return
        self.bar.problem(None)
        self.asked = Asked(query, self.asked.order, self.service.clock.now())
        self.ask()

    def ask(self, *, to_top: bool = False) -> None:
        """Reads the list around the cursor and, apart, the counts."""
        assert self.asked is not None
        rows = self.tickets
        above = 0 if to_top else rows.line
        job = reads.listing(
            self.asked,
            anchor=None if to_top else rows.cursor_id,
            first=0 if to_top else rows.scroll_offset.y,
            height=max(rows.height, 20),
            above=above,
            marked=self.marks.ids,
        )
        self.service.read(self, job, lambda listing: ListingRead(listing, above, to_top), group="listing")
        queries = {**{view.name: view.query for view in self.facts.views}, **words.FIGURES}
        self.service.read(self, reads.counts(queries), CountsRead, group="counts", lane=Lane.COUNTS)

    def reload(self) -> None:
        """The same question again; what arrived since stays held back."""
        if self.asked is not None:
            self.ask()

    def action_reload(self) -> None:
        """``F5``: shows what arrived too."""
        if self.asked is not None:
            self.asked = Asked(self.asked.query, self.asked.order, self.service.clock.now())
            self.ask()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Waits for a pause, then filters."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.refilter)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the list."""
        self.tickets.focus()

    # --- what comes

    def on_listing_read(self, message: ListingRead) -> None:
        """The list as it stands: same question, same places; another question, the cursor where its ticket is."""
        listing = message.listing
        if listing.asked != self.asked:
            return
        before = self.shown.asked if self.shown is not None else None
        same = before is not None and (before.query, before.order) == (
            listing.asked.query,
            listing.asked.order,
        )
        if listing.more:
            self.total = max(listing.total, self.total if same else 0)
            self.service.read(self, reads.exact(listing.asked), ExactRead, group="exact", lane=Lane.COUNTS)
        else:
            self.total = listing.total
        self.failure = None
        self.shown = listing
        self.marks.see(listing.fresh or {}, listing.hidden)
        lost = listing.anchor_at is None and not same
        self.tickets.set_look(self.look())
        self.tickets.show(listing, self.total, above=message.above, to_top=message.to_top or lost)
        self._tell()

    def on_exact_read(self, message: ExactRead) -> None:
        """The length to the last one."""
        if self.shown is not None and self.shown.more:
            self.total = message.count
            self.tickets.set_total(message.count)
            self._facts(exact=True)

    def on_page_read(self, message: PageRead) -> None:
        """Rows that came into sight."""
        if message.asked == self.asked:
            self.tickets.put_page(message.number, message.rows)

    def on_counts_read(self, message: CountsRead) -> None:
        """The figures of views and title."""
        self.counts = dict(message.counts)
        self._views()
        self.say_title()
        self._facts()

    def on_glance_read(self, message: GlanceRead) -> None:
        """The words for the preview."""
        self.preview.show(message.glance, self.look())

    def on_failed(self, message: Failed) -> None:
        """A list that cannot be read says so in its own place; the rest is told as a notice."""
        if message.what in {"listing", "page", "watch"}:
            self.failure = message.error
            self._tell()
        elif message.what == "counts":
            self.counts = {}
            self._views()
            self.say_title()
        elif message.what == "glance":
            self.preview.fail(message.error)
        else:
            super().on_failed(message)
            self.reload()

    def acted(self, message: Acted) -> None:
        """The next ticket, where the act was on the one under the cursor; what was refused stays marked."""
        row = self.tickets.cursor_row
        done = [outcome.protocol for outcome in message.outcomes if outcome.result is Result.DONE]
        if row is not None and done == [row.protocol] and not len(self.marks) and message.verb != Verb.UNDO:
            self.tickets.move_by(1)
        self.marks.settle(message.outcomes)
        self.tickets.marks_changed()
        self.reload()

    def on_ticket_list_page_wanted(self, message: TicketList.PageWanted) -> None:
        """Rows are visible and not here."""
        if self.asked is not None:
            asked, number = self.asked, message.number
            self.service.read(
                self,
                reads.page(asked, number),
                lambda rows: PageRead(asked, number, rows),
                group=f"page{number}",
            )

    def on_ticket_list_cursor_moved(self, message: TicketList.CursorMoved) -> None:
        """Another ticket under the cursor."""
        self._status()
        self.show_hints()
        self.look_at()

    def look_at(self) -> None:
        """Reads the words of the ticket under the cursor, where the preview is open."""
        row = self.tickets.cursor_row
        if not self.has_class("-preview"):
            return
        if row is None:
            self.preview.show(None, self.look())
        else:
            self.service.read(self, reads.glance(row.id), GlanceRead, group="glance", lane=Lane.PAGES)

    def _arrange(self) -> None:
        """Preview below from 110 columns and 34 lines, at the right from 160 columns; elsewhere when asked for."""
        size = self.app.size
        fits = size.width >= 160 or (size.width >= 110 and size.height >= 34)
        wanted = fits if self.preview_wanted is None else self.preview_wanted
        before = self.has_class("-preview")
        self.set_class(wanted, "-preview")
        if wanted and not before:
            self.look_at()

    def _minute(self) -> None:
        self.tickets.set_look(self.look())
        self._status()
