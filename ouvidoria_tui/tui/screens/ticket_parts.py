"""The parts of the ticket's screen and what each of them shows; the keys are in ``ticket``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from ouvidoria_tui.domain.next_step import next_step
from ouvidoria_tui.present.dates import hour
from ouvidoria_tui.present.safe import cells, cut
from ouvidoria_tui.present.words import _
from ouvidoria_tui.present.work_words import missing
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.reads_triage import Past, past_of
from ouvidoria_tui.tui.screens.merging import Merging
from ouvidoria_tui.tui.screens.triage_messages import PastRead
from ouvidoria_tui.tui.service import Lane
from ouvidoria_tui.tui.title_words import overdue_words, step_words, what_words
from ouvidoria_tui.tui.widgets.attachments import attachment_lines
from ouvidoria_tui.tui.widgets.clock_bars import ClockBars, readings
from ouvidoria_tui.tui.widgets.complaint import complaint_lines
from ouvidoria_tui.tui.widgets.facts import fact_lines, neighbour_lines, related_lines
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.findings import finding_lines, warnings_in
from ouvidoria_tui.tui.widgets.lines import Line
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.timeline import timeline_lines
from ouvidoria_tui.tui.widgets.title_bar import line
from ouvidoria_tui.tui.widgets.views import Views
from ouvidoria_tui.tui.widgets.work import work_lines

#: The tabs by number, from 0.
REPORT, HISTORY, TRIAGE, FILES, RELATED, WORK = range(6)


class TicketParts(Merging):
    """Title, clocks, tabs, panes, next step, place; filled from a :class:`TicketPage`."""

    page: TicketPage | None = None
    tab = REPORT
    unfolded = False
    #: Whether mail is shown with what was quoted and signed in it.
    whole = False
    #: What similar tickets suggest, once its tab has been looked at.
    past: Past | None = None

    def body(self) -> ComposeResult:
        """Panes at the sides are shown where there is room for them (``ticket.tcss``)."""
        pointer = self.glyphs.cursor
        yield ClockBars(self.glyphs, id="clocks")
        yield Views(id="tabs", ellipsis=self.glyphs.ellipsis)
        with Horizontal(id="panes"):
            yield Pane(pointer=pointer, id="neighbours")
            yield Pane(pointer=pointer, id="main")
            with Vertical(id="side"):
                yield Pane(pointer=pointer, id="facts")
                yield Pane(pointer=pointer, id="history")
        yield Static("", id="step", markup=False)
        yield Field(placeholder=_("find in the text"), id="find")
        yield Static("", id="place", markup=False)

    @property
    def main(self) -> Pane:
        """The pane of the chosen tab."""
        return self.query_one("#main", Pane)

    @property
    def pane(self) -> Pane:
        """The pane that the keys move: the one with the focus, else the chosen tab's."""
        return self.focused if isinstance(self.focused, Pane) else self.main

    @property
    def hidden(self) -> bool:
        """Whether the words are masked."""
        page = self.page
        if page is None or not page.ticket.confidential:
            return False
        return not (page.may_open and page.ticket.id in self.console_app.opened)

    # --- filling

    def say_title(self) -> None:
        """Where one is, what it is, how late it is."""
        page = self.page
        if page is None:
            self.title_bar.show(_("Reading the ticket…"))
            return
        into = f" {self.glyphs.into} "
        origin = _("Queue") if page.place is None else page.place.title
        narrow = self.app.size.width < 100
        left = f"{origin}{into}{page.ticket.protocol}  {what_words(page, self.glyphs, short=narrow)}"
        self.title_bar.show(left, overdue_words(page, short=narrow))

    def fill(self) -> None:
        """Everything anew from the page; what is read stays where it is on the screen."""
        page = self.page
        if page is None:
            return
        self.say_title()
        found = readings(page.detail.record.clocks, page.clocks, page.now, page.policy.zone, self.glyphs)
        self.query_one("#clocks", ClockBars).show(found)
        self.query_one("#tabs", Views).show(self.labels(page), self.tab)
        id_, hidden = page.ticket.id, self.hidden
        self.main.fill(self._making(self.tab), key=(id_, self.tab, hidden), at_end=self.tab == HISTORY)
        self.query_one("#facts", Pane).fill(
            lambda width: fact_lines(page, width, self.glyphs, hidden=hidden), key=id_
        )
        self.query_one("#history", Pane).fill(self._making(HISTORY), key=id_, at_end=True)
        around = self.query_one("#neighbours", Pane)
        around.fill(lambda width: neighbour_lines(page, width, self.glyphs), key="neighbours")
        around.put(str(id_))
        self.say_step(page)
        self.say_place()
        self.show_hints()
        if self.tab == TRIAGE and page.plan is not None and not hidden and self._past_of(page) is None:
            job = past_of(page.ticket.protocol)
            self.service.read(self, job, PastRead, group="past", lane=Lane.COUNTS)

    def on_past_read(self, message: PastRead) -> None:
        """What similar tickets suggest has been found."""
        self.past = message.past
        self.fill()

    def _past_of(self, page: TicketPage) -> Past | None:
        return self.past if self.past is not None and self.past.protocol == page.ticket.protocol else None

    def labels(self, page: TicketPage) -> list[str]:
        """The tabs with what is in them."""
        look_at, asked = warnings_in(page.plan), len(missing(page.detail, page.policy))
        names = [
            _("Report"),
            f"{_('History')} {len(page.detail.entries)}",
            _("Triage") + (f" {self.glyphs.late}{look_at}" if look_at else ""),
            f"{_('Files')} {len(page.detail.attachments)}",
            f"{_('Related')} {len(page.related)}",
            _("Conclusion") + (f" {self.glyphs.late}{asked}" if asked else ""),
        ]
        return [f"{number} {name}" for number, name in enumerate(names, 1)]

    def _making(self, tab: int) -> Callable[[int], Sequence[Line]]:
        page, hidden, glyphs = self.page, self.hidden, self.glyphs
        assert page is not None
        makers: dict[int, Callable[[int], Sequence[Line]]] = {
            REPORT: lambda width: complaint_lines(page, width, hidden=hidden, whole=self.whole),
            HISTORY: lambda width: timeline_lines(page, width, glyphs, hidden=hidden, unfolded=self.unfolded),
            TRIAGE: lambda width: finding_lines(page, width, glyphs, hidden=hidden, past=self._past_of(page)),
            FILES: lambda width: attachment_lines(page, width, hidden=hidden),
            RELATED: lambda width: related_lines(page, width, hidden=hidden),
            WORK: lambda width: work_lines(page, width, glyphs, hidden=hidden),
        }
        return makers[tab]

    def say_step(self, page: TicketPage) -> None:
        """What should be done next."""
        stops = {clock.rule.name: clock.rule.stop for clock in page.clocks}
        codes = () if page.plan is None else page.plan.codes
        step = next_step(
            page.ticket,
            page.detail.record.clocks,
            page.now,
            stops=stops,
            escalation=page.standing,
            codes=codes,
            asked=[one.code for one in missing(page.detail, page.policy)],
        )
        words = cut(step_words(step, page), max(10, self.app.size.width - 2), self.glyphs.ellipsis)
        self.query_one("#step", Static).update(Content(words).stylize("bold" if step.late else ""))

    def say_place(self) -> None:
        """Where it stands in its list, what is found in the text, and when a draft was kept."""
        page = self.page
        if page is None:
            return
        width = max(20, self.app.size.width - 2)
        left, right = self._place_words(page), self._draft_words(page)
        if self.main.matches or self.main.wanted:
            place = f"{self.main.at + 1}/{self.main.matches}" if self.main.matches else _("not found")
            left = _("found {place}: n and N go on, esc ends", place=place)
        if cells(left) + cells(right) + 2 > width:
            right = ""
        self.query_one("#place", Static).update(Content(line(left, right, width, self.glyphs.ellipsis)))

    def _place_words(self, page: TicketPage) -> str:
        place = page.place
        if place is None:
            return ""
        if place.number is None:
            return _("no longer in «{view}»", view=place.title)
        total = f"{place.total - 1}+" if place.total > 500 else str(place.total)
        return _(
            "J/K next/previous {dot} {number} of {total} in «{view}»",
            dot=self.glyphs.dot,
            number=place.number,
            total=total,
            view=place.title,
        )

    def _draft_words(self, page: TicketPage) -> str:
        if not page.drafts:
            return ""
        return _("draft kept {when}", when=hour(page.drafts[0].updated_at, page.policy.zone))
