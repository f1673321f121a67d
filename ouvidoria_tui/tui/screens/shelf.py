"""A register that is read at once: its entries above, the one under the cursor in full below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.message import Message

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.messages import Failed
from ouvidoria_tui.tui.screens.list_and_one import ListAndOne
from ouvidoria_tui.tui.widgets.lines import Line, plain
from ouvidoria_tui.tui.widgets.pane import Pane


@dataclass(eq=False)
class RowsRead(Message):
    """What the register holds."""

    rows: Sequence[Any]

    bubble = False


class Shelf(ListAndOne):
    """A subclass says what is read, how an entry is called, and how both panes show it."""

    CSS_PATH = "shelf.tcss"
    AUTO_FOCUS = "#shelf"

    #: ``None`` until it was read.
    rows: Sequence[Any] | None = None
    failure = ""

    def body(self) -> ComposeResult:
        """Two panes."""
        yield Pane(pointer=self.glyphs.cursor, id="shelf")
        yield Pane(pointer=self.glyphs.cursor, id="shelf-one")

    def on_mount(self) -> None:
        """Reads it."""
        self.reload()

    # --- what a subclass says

    def job(self) -> Callable[[Desk], Sequence[Any]]:
        """What reads the entries."""
        raise NotImplementedError

    def id_of(self, row: Any) -> str:
        """How an entry is called: where the cursor stands."""
        raise NotImplementedError

    def list_lines(self, rows: Sequence[Any], width: int, empty: str) -> list[Line]:
        """The entries, a line each; ``empty`` where there is none."""
        raise NotImplementedError

    def one_lines(self, row: Any, width: int) -> list[Line]:
        """One of them in full."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What is said where there is none."""
        raise NotImplementedError

    # --- reading

    @property
    def listing(self) -> Pane:
        """The entries."""
        return self.query_one("#shelf", Pane)

    def row(self) -> Any | None:
        """The entry under the cursor."""
        return next((one for one in self.rows or () if self.id_of(one) == self.listing.cursor), None)

    def reload(self) -> None:
        """As it stands now; the cursor stays on its entry."""
        self.service.read(self, self.job(), RowsRead, group="shelf")

    def on_rows_read(self, message: RowsRead) -> None:
        """Shown."""
        self.rows, self.failure = message.rows, ""
        self.fill()

    def on_failed(self, message: Failed) -> None:
        """What cannot be read says so in its place."""
        if message.what != "shelf":
            super().on_failed(message)
            return
        self.rows, self.failure = None, _("{why}. F5 tries again", why=say(message.error.message))
        self.fill()

    def fill(self) -> None:
        """Both panes anew."""
        self.say_title()
        empty = self.failure or (_("Reading…") if self.rows is None else self.nothing())
        self.listing.fill(lambda width: self.list_lines(self.rows or (), width, empty), key="shelf")
        self._look()
        self.show_hints()

    def on_pane_moved(self, message: Pane.Moved) -> None:
        """Another one under the cursor."""
        if message.pane is self.listing:
            self._look()
            self.show_hints()

    def _look(self) -> None:
        row = self.row()
        below = self.query_one("#shelf-one", Pane)
        if row is None:
            below.fill(lambda _width: [plain("")], key="")
        else:
            below.fill(lambda width: self.one_lines(row, width), key=self.id_of(row))
