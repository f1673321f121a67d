"""A screen on which something is written: the text is kept on every pause, on esc and when the console ends.

What was kept comes back when the same thing is written again. It goes in the transaction of the act that sends
it, so that a refused send keeps it and a sent text is never offered twice. Only its author sees it.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import TextArea

from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.dates import hour
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui import reads_ticket
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import Acted, Failed
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.screens.sending import Sending
from ouvidoria_tui.tui.screens.writing_messages import DraftRead, Kept, PageRead
from ouvidoria_tui.tui.service import Lane
from ouvidoria_tui.tui.widgets.text_box import TextBox

#: Seconds without a key after which the text is kept.
PAUSE = 0.6


class Writing(Sending):
    """The base of compose, escalate and the acts on deadlines. A subclass sets what is written and what sends it."""

    where = Where.COMPOSE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.COMPOSE)]
    AUTO_FOCUS = "#text"

    #: What of a ticket is written: with agent and ticket it names the draft.
    kind = "note"

    kept_at: int | None = None
    _pause: Timer | None = None
    _written: tuple[str, str] = ("", "")
    _now: tuple[str, str] = ("", "")
    _leaving = False

    @property
    def drawer(self) -> int | None:
        """The ticket whose draft it is; ``None`` where it is about several, and nothing is kept."""
        return None if self.target is None else self.target.id

    @property
    def box(self) -> TextBox:
        """The text."""
        return self.query_one("#text", TextBox)

    @property
    def words(self) -> str:
        """What is written, as it is kept."""
        return self.box.text

    def put(self, words: str) -> None:
        """What was kept, written again."""
        self.box.put(words)
        self.box.move_cursor(self.box.document.end)

    @property
    def choice(self) -> str:
        """What is chosen beside the text, kept with it."""
        return ""

    def choose(self, choice: str) -> None:
        """Chooses it again."""

    def on_mount(self) -> None:
        """Reads the ticket and what was begun earlier."""
        if self.drawer is None:
            return
        self.seen = None if self.target is None else self.target.revision
        self.service.read(self, reads_ticket.draft(self.drawer, self.kind), DraftRead, group="draft.read")
        self.reload()

    def reload(self) -> None:
        """Reads the ticket again; the text is left alone."""
        if self.target is not None:
            self.service.read(self, reads_ticket.page(self.target.id), PageRead, group="page")

    def on_page_read(self, message: PageRead) -> None:
        """The ticket as it stands."""
        self.page = message.page
        if self.seen is None:
            self.seen = message.page.ticket.revision
        self.say_title()
        self.told()

    # --- the draft

    def on_draft_read(self, message: DraftRead) -> None:
        """What was begun earlier comes back, unless something has been written already."""
        row = message.row
        if row is None or self.words.strip():
            return
        self.put(row.text)
        self.choose(row.choice)
        self._written = self._now = (self.words, self.choice)
        self.kept_at = row.updated_at
        self.told()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Waits for a pause, then keeps it."""
        self.told()
        self.later()

    def later(self) -> None:
        """Keeps the draft after a pause."""
        # Remembered here, because the text box is gone when the screen is taken down.
        self._now = (self.words, self.choice)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.keep)

    @property
    def unkept(self) -> bool:
        """Whether something is written that has not been kept."""
        words = self._now[0].strip() or self._written[0].strip()
        return self.drawer is not None and not self.sent and self._now != self._written and bool(words)

    def keep(self) -> None:
        """Keeps what is written now; not while it is sent, since the draft goes with the act."""
        if self.drawer is None or self.sending or not self.unkept:
            return
        written = self._now
        job = reads_ticket.keep_draft(self.drawer, self.kind, *written)
        self.service.read(self, job, lambda kept: Kept(kept, written), group="draft", lane=Lane.ACTS)

    def on_kept(self, message: Kept) -> None:
        """It is kept; where one is leaving, one leaves."""
        self._written = message.written
        self.kept_at = message.kept.at if message.written[0].strip() else None
        self.console_app.unsent = message.kept.count
        self.told()
        if self._leaving:
            self.leave()

    def on_failed(self, message: Failed) -> None:
        """A draft that cannot be kept is said, and nobody leaves without being asked."""
        super().on_failed(message)
        if message.what == "draft" and self._leaving:
            self._leaving = False
            lines = [_("The text will be lost.")]
            self.app.push_screen(
                Confirm(_("The draft could not be kept. Leave all the same?"), lines),
                lambda wanted: self.leave() if wanted else None,
            )

    def action_out(self) -> None:
        """``esc``: the text is kept, then one level out."""
        if self.unkept:
            self._leaving = True
            self.keep()
        else:
            self.leave()

    def leave(self) -> None:
        """Back to where one came from; what was read there is read again."""
        if not self.is_current:
            return
        below = self.app.screen_stack[-2]
        if isinstance(below, DeskScreen):
            below.stale = True
        self._written = self._now
        self.app.pop_screen()

    def acted(self, message: Acted) -> None:
        """What was not sent is kept again; of several tickets those that are done are marked no more."""
        below = self.app.screen_stack[-2] if self.is_current else None
        super().acted(message)
        if not self.sent:
            self.later()
        elif self.target is None and isinstance(below, DeskScreen):
            below.acted(message)

    def done(self) -> None:
        """The draft is gone with the act."""
        self.console_app.unsent = max(0, self.console_app.unsent - (self.kept_at is not None))
        self.leave()

    def on_unmount(self) -> None:
        """The console ends in the middle of a sentence: kept here and now, since no lane may be left."""
        if not self.unkept or self.drawer is None:
            return
        from ouvidoria_tui.bootstrap import open_desk
        from ouvidoria_tui.desk import drafts

        agent, clock = self.facts.agent.login, self.service.clock
        try:
            with open_desk(self.facts.path, agent=agent, clock=clock, busy_seconds=2.0) as desk:
                drafts.keep(desk, self.drawer, self.kind, *self._now)
        except OuvidoriaError as error:
            self.log.error(str(error))

    def kept_words(self) -> str:
        """``draft kept 12:01``, or nothing."""
        if self.drawer is None or self.kept_at is None:
            return ""
        return _("draft kept {when}", when=hour(self.kept_at, self.facts.zone))

    # --- the editor

    def action_editor(self) -> None:
        """``F4``: in $VISUAL or $EDITOR."""
        try:
            text = self.console_app.editor(self.console_app, self.box.text)
        except OuvidoriaError as error:
            self.tell_error(error)
            return
        self.box.put(text.removesuffix("\n") if text.endswith("\n") else text)
