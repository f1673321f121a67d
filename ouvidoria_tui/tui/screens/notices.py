"""The notices to many customers: those that were sent, whom they reached, and the way to a new one (S0-38)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.keys import BY_ID, Where, bindings
from ouvidoria_tui.tui.reads_notices import Sent, sent
from ouvidoria_tui.tui.screens.shelf import Shelf
from ouvidoria_tui.tui.widgets.lines import Line
from ouvidoria_tui.tui.widgets.notice_lines import notice_lines, sent_lines


class NoticesScreen(Shelf):
    """``:`` and its name lead here."""

    where = Where.NOTICES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.NOTICES)]

    def job(self) -> Callable[[Desk], Sequence[Sent]]:
        """Every notice, the newest first."""
        return sent

    def id_of(self, row: Sent) -> str:
        """Its number."""
        return str(row.notice.number)

    def list_lines(self, rows: Sequence[Sent], width: int, empty: str) -> list[Line]:
        """A line each."""
        return sent_lines(rows, self.facts.zone, width, empty)

    def one_lines(self, row: Sent, width: int) -> list[Line]:
        """Whom it reached, and its words."""
        return notice_lines(row, self.facts.zone, width)

    def nothing(self) -> str:
        """None yet."""
        return _("No notice has been sent.")

    def say_title(self) -> None:
        """Where one is."""
        count = "" if self.rows is None else str(len(self.rows))
        self.title_bar.show(f"{_('Queue')} {self.glyphs.into} {_('Notices')}", count)

    def action_new(self) -> None:
        """``n``: write one, where one may."""
        reason = self.why_not(BY_ID["notice.new"])
        if reason:
            self.toast(reason, "warning")
            return
        from ouvidoria_tui.tui.screens.notice_form import NoticeForm

        self.app.push_screen(NoticeForm())
