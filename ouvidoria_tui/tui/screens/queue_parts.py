"""The parts of the queue's screen and what they say: no reads and no keys here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.domain.views import VIEWS
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.dates import hour
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui import queue_words as words
from ouvidoria_tui.tui import reads
from ouvidoria_tui.tui.marks import Marks
from ouvidoria_tui.tui.reads import Asked
from ouvidoria_tui.tui.screens.merging import Merging
from ouvidoria_tui.tui.screens.picker import Choice
from ouvidoria_tui.tui.widgets.filter_bar import FilterBar
from ouvidoria_tui.tui.widgets.preview import Preview
from ouvidoria_tui.tui.widgets.rows import Look, header, summary
from ouvidoria_tui.tui.widgets.state_panel import StatePanel
from ouvidoria_tui.tui.widgets.ticket_list import TicketList
from ouvidoria_tui.tui.widgets.title_bar import TitleBar
from ouvidoria_tui.tui.widgets.views import Views

#: The view that the console opens with: all that is open, in the order of arrival.
FIRST = next(number for number, view in enumerate(VIEWS) if view.name == "all")


class QueueParts(Merging):
    """Views, filter, list with header, preview and status, and the state that they show."""

    def __init__(self) -> None:
        super().__init__()
        self.view = FIRST
        self.marks = Marks()
        self.asked: Asked | None = None
        self.shown: reads.Listing | None = None
        self.total = 0
        self.failure: OuvidoriaError | None = None
        self.counts: dict[str, int] = {}
        self.preview_wanted: bool | None = None

    # --- parts

    def body(self) -> ComposeResult:
        """Views, filter, list with header, preview, status."""
        ellipsis = self.glyphs.ellipsis
        yield Views(id="views", ellipsis=ellipsis)
        yield FilterBar(id="filter")
        with Container(id="main"):
            with Horizontal(id="with-rail"):
                yield Views(id="rail", ellipsis=ellipsis)
                with Vertical(id="side"):
                    yield Static("", id="header", markup=False)
                    yield Static("", id="rule", markup=False)
                    yield TicketList(self.look(), id="list")
                    yield StatePanel(id="state")
            yield Preview(id="preview")
        yield Static("", id="foot-rule", markup=False)
        yield TitleBar(id="status")

    @property
    def tickets(self) -> TicketList:
        """The rows."""
        return self.query_one("#list", TicketList)

    @property
    def bar(self) -> FilterBar:
        """The filter line."""
        return self.query_one("#filter", FilterBar)

    @property
    def preview(self) -> Preview:
        """The pane beside or below."""
        return self.query_one("#preview", Preview)

    @property
    def state(self) -> StatePanel:
        """What stands in the place of the rows."""
        return self.query_one("#state", StatePanel)

    def look(self) -> Look:
        """The present moment, as cells need it."""
        return Look(self.service.clock.now(), self.facts.zone, self.glyphs, self.facts.policy.labels)

    # --- saying

    def say_title(self) -> None:
        """``Ouvidoria · Fila   vencidas 3 · hoje 9 · abertas 128   m.souza``"""
        right = words.figures(self.counts, self.facts.agent.login, self.glyphs)
        self.title_bar.show(f"Ouvidoria {self.glyphs.dot} {_('Queue')}", right)

    def view_choices(self) -> list[Choice]:
        """The views for the palette."""
        return [
            Choice(f"view:{n}", label.partition(" ")[2], str(n))
            for n, label in enumerate(words.view_labels(self.facts.views, {}), 1)
        ]

    def _tell(self) -> None:
        """One of: rows, loading, empty, empty by the filter, failed."""
        rows = self.failure is None and len(self.tickets.window) > 0
        self.tickets.display = rows
        self.state.display = not rows
        if self.failure is not None:
            self.state.failed(self.failure)
        elif not rows and self.bar.field.value.strip() != words.written(self.facts.views[self.view].query):
            self.state.filtered(self.bar.field.value)
        elif not rows:
            self.state.empty()
        self._views()
        self._facts()
        self._status()
        self._head()
        self.show_hints()

    def _views(self) -> None:
        labels = words.view_labels(self.facts.views, self.counts)
        self.query_one("#views", Views).show(labels, self.view)
        self.query_one("#rail", Views).show(labels, self.view, vertical=True)

    def _facts(self, *, exact: bool = False) -> None:
        if self.shown is None or self.asked is None or self.failure is not None:
            self.bar.facts("")
            return
        more = self.shown.more and not exact and self.total <= reads.CAP + 1
        facts = words.found(
            self.total,
            more,
            self.counts.get("all"),
            self.asked.order,
            len(self.marks),
            self.marks.hidden,
            self.glyphs,
        )
        self.bar.facts(f" {self.glyphs.dot} ".join(facts))

    def _status(self) -> None:
        row = self.tickets.cursor_row if self.failure is None else None
        look = self.look()
        right = [words.pill(self.shown.arrivals)] if self.shown is not None and self.shown.arrivals else []
        if self.failure is None and self.shown is not None:
            right.append(f"{hour(look.now, look.zone)} {self.glyphs.ok}")
        left = summary(row, look) if row is not None else ""
        self.query_one("#status", TitleBar).show(left, "   ".join(right))

    def _head(self) -> None:
        # The list's own width, which the scrollbar does not change: its gutter is always there.
        width = self.tickets.scrollable_content_region.width or max(0, self.query_one("#side").size.width - 1)
        look = self.look()
        self.query_one("#header", Static).update(Content(header(look, width)))
        self.query_one("#rule", Static).update(Content(self.glyphs.rule * self.query_one("#side").size.width))
        self.query_one("#foot-rule", Static).update(Content(self.glyphs.rule * self.size.width))
