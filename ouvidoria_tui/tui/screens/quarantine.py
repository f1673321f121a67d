"""The quarantine: messages that need a person, one of them in full, and the three ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.mail_record import KeptMail
from ouvidoria_tui.present.record_mail import suggested
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui import reads_quarantine
from ouvidoria_tui.tui.keys import Key, Where, bindings
from ouvidoria_tui.tui.messages import Failed
from ouvidoria_tui.tui.reads_quarantine import Preview, Waiting
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.list_and_one import ListAndOne
from ouvidoria_tui.tui.screens.palette import Palette
from ouvidoria_tui.tui.screens.picker import Choice
from ouvidoria_tui.tui.service import Lane
from ouvidoria_tui.tui.widgets.lines import Line, plain
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.quarantine_lines import preview_lines, waiting_lines


@dataclass(eq=False)
class WaitingRead(Message):
    """What waits."""

    waiting: Waiting
    bubble = False


@dataclass(eq=False)
class PreviewRead(Message):
    """One message in full."""

    preview: Preview
    bubble = False


@dataclass(eq=False)
class Settled(Message):
    """A message has left the quarantine, with the sentence that says so."""

    words: str
    bubble = False


class ToTicket(Palette):
    """Which ticket a message belongs to: one of those that were suggested, or any by its digits."""

    def __init__(self, screen: QuarantineScreen, mail: KeptMail) -> None:
        likely = [Choice(f"protocol:{ref}", ref, _("likely")) for ref in suggested(mail)]
        super().__init__(screen.service, likely)
        self.title_text = _("To which ticket?")
        self.hint = _("digits of its protocol")


class QuarantineScreen(ListAndOne):
    """List above, message below; the keys move whichever has the focus."""

    where = Where.QUARANTINE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.QUARANTINE)]
    CSS_PATH = "quarantine.tcss"
    AUTO_FOCUS = "#waiting"

    waiting: Waiting | None = None
    shown: Preview | None = None
    failure = ""

    def body(self) -> ComposeResult:
        """Two panes."""
        yield Pane(pointer=self.glyphs.cursor, id="waiting")
        yield Pane(pointer=self.glyphs.cursor, id="message")

    def on_mount(self) -> None:
        """Reads what waits."""
        self.reload()

    # --- reading

    @property
    def listing(self) -> Pane:
        """What waits."""
        return self.query_one("#waiting", Pane)

    def reload(self) -> None:
        """What waits now."""
        self.service.read(self, reads_quarantine.in_quarantine, WaitingRead, group="quarantine")

    def on_waiting_read(self, message: WaitingRead) -> None:
        """Listed; the cursor stays on its message, or where that was."""
        self.waiting, self.failure = message.waiting, ""
        self.fill()
        self._look()

    def on_failed(self, message: Failed) -> None:
        """What cannot be read says so in its place."""
        if message.what != "quarantine":
            super().on_failed(message)
            self.reload()
            return
        self.failure = _("{why}. F5 tries again", why=say(message.error.message))
        self.waiting = None
        self.fill()

    def fill(self) -> None:
        """The list anew."""
        self.say_title()
        self.listing.fill(self._lines, key="waiting")
        self.show_hints()

    def _lines(self, width: int) -> Sequence[Line]:
        rows = () if self.waiting is None else self.waiting.rows
        empty = self.failure or (
            _("Reading…") if self.waiting is None else _("Nothing waits in the quarantine.")
        )
        return waiting_lines(rows, self.facts.zone, width, empty)

    def say_title(self) -> None:
        """Where one is, and how much waits."""
        left = f"{_('Queue')} {self.glyphs.into} {_('Quarantine')}"
        total = None if self.waiting is None else self.waiting.total
        self.title_bar.show(left, "" if total is None else plural("{count} waits", "{count} wait", total))

    def row(self) -> KeptMail | None:
        """The message under the cursor."""
        rows = () if self.waiting is None else self.waiting.rows
        return next((row for row in rows if str(row.id) == self.listing.cursor), None)

    def on_pane_moved(self, message: Pane.Moved) -> None:
        """Another message under the cursor."""
        if message.pane is self.listing:
            self._look()
            self.show_hints()

    def _look(self) -> None:
        row = self.row()
        if row is None:
            self.shown = None
            self.query_one("#message", Pane).fill(lambda _width: [plain("")], key=0)
        elif self.shown is None or self.shown.kept.id != row.id:
            self.service.read(self, reads_quarantine.preview(row), PreviewRead, group="message")

    def on_preview_read(self, message: PreviewRead) -> None:
        """The message in full."""
        self.shown = found = message.preview
        zone = self.facts.zone
        self.query_one("#message", Pane).fill(
            lambda width: preview_lines(found, zone, width), key=found.kept.id
        )

    # --- ways out

    def about(self) -> frozenset[str]:
        """The message under the cursor, which has no protocol yet."""
        row = self.row()
        return frozenset() if row is None else frozenset({f"mail {row.id}"})

    def why_not(self, entry: Key) -> str:
        """Nothing can be settled where nothing waits."""
        if entry.id.startswith("mail.") and self.row() is None:
            return _("Nothing is under the cursor")
        return super().why_not(entry)

    def action_to_ticket(self) -> None:
        """``a``: the message on a ticket that is chosen."""
        row = self.row()
        if row is None:
            return

        def chosen(choice: str | None) -> None:
            kind, _colon, what = (choice or "").partition(":")
            if kind:
                job = reads_quarantine.to_ticket(row.id, what if kind == "protocol" else int(what))
                self._settle(row, job, lambda ref: _("Put on {protocol}", protocol=ref))

        self.app.push_screen(ToTicket(self, row), chosen)

    def action_new_ticket(self) -> None:
        """``n``: a ticket of its own, asked once."""
        row = self.row()
        if row is None:
            return

        def answered(wanted: bool | None) -> None:
            if wanted:
                job = reads_quarantine.to_new_ticket(row.id)
                self._settle(row, job, lambda ref: _("Registered as {protocol}", protocol=ref))

        self.app.push_screen(Confirm(_("Open a ticket with this message?")), answered)

    def action_discard(self) -> None:
        """``x``: out of the quarantine, with why."""
        row = self.row()
        if row is None:
            return

        def answered(reason: str | None) -> None:
            if reason:
                job = reads_quarantine.out_of_sight(row.id, reason)
                self._settle(row, job, lambda _ref: _("Discarded; its bytes are kept"))

        self.app.push_screen(Ask(_("Why is this message no case?")), answered)

    def _settle(self, row: KeptMail, job: Callable[[Desk], str], words: Callable[[str], str]) -> None:
        # A group of its own for each message: a second act never interrupts the first.
        self.service.read(
            self, job, lambda ref: Settled(words(ref)), group=f"settle-{row.id}", lane=Lane.ACTS
        )

    def on_settled(self, message: Settled) -> None:
        """Said, and read again."""
        self.toast(message.words)
        self.shown = None
        self.reload()
