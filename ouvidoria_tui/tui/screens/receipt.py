"""The receipt of what was just registered: protocol, access code (told here alone), what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.present.record_page import Look
from ouvidoria_tui.present.record_receipt import receipt_lines
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, term
from ouvidoria_tui.tui.messages import HintChosen
from ouvidoria_tui.tui.reads_new import Registered
from ouvidoria_tui.tui.widgets.hints import Hint, Hints
from ouvidoria_tui.tui.widgets.lines import Line, blank, plain, prose
from ouvidoria_tui.tui.widgets.pane import Pane
from ouvidoria_tui.tui.widgets.title_bar import TitleBar


class ReceiptScreen(ModalScreen[bool]):
    """Dismissed with whether the ticket shall be opened."""

    CSS_PATH = "receipt.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", show=False),
        Binding("escape,q", "answer(False)", show=False),
        Binding("y", "copy", show=False),
        Binding("up,k", "pane('move', -1)", show=False),
        Binding("down,j", "pane('move', 1)", show=False),
        Binding("pageup", "pane('page', -1)", show=False),
        Binding("pagedown,space", "pane('page', 1)", show=False),
    ]

    def __init__(self, registered: Registered, policy: Policy, *, ascii_only: bool, late: str) -> None:
        super().__init__()
        self.registered = registered
        self.policy = policy
        self.ascii_only = ascii_only
        self.late = late

    def compose(self) -> ComposeResult:
        """Title, receipt, what one can do."""
        yield TitleBar(id="receipt-title")
        yield Pane(id="receipt-lines")
        yield Hints(id="receipt-hints")

    def on_mount(self) -> None:
        """Says it."""
        title = _("Registered: {protocol}", protocol=self.registered.protocol)
        self.query_one("#receipt-title", TitleBar).show(clean(title))
        self.query_one("#receipt-lines", Pane).fill(self.lines, key="receipt")
        self.query_one("#receipt-hints", Hints).show(
            [
                Hint("enter", _("Open ticket"), "answer(True)"),
                Hint("y", _("Copy the protocol"), "copy"),
            ],
            Hint("esc", _("Back"), "answer(False)"),
        )

    def lines(self, width: int) -> Sequence[Line]:
        """The receipt as it is read out to the customer, then what the agent should know."""
        look = Look(width, ascii=self.ascii_only)
        made = [plain(clean(line)) for line in receipt_lines(self.registered.receipt, self.policy, look)]
        notes = list(self._notes())
        return [
            *made,
            blank(),
            *(line for note in notes for line in prose(f"{self.late} {note}", width, "today")),
        ]

    def _notes(self) -> Sequence[str]:
        notes: list[str] = []
        one = self.registered
        if one.converted is not None:
            notes.append(
                _(
                    "{channel}: complex matters are worked on as a ticket; it goes on by {to}, linked to this contact",
                    channel=term(one.channel),
                    to=term(one.converted),
                )
            )
        if one.duplicate_of is not None:
            notes.append(
                _(
                    "note: {protocol} of the same customer and subject is open; it keeps its place (S3-47)",
                    protocol=one.duplicate_of,
                )
            )
        return notes

    def action_answer(self, wanted: bool) -> None:
        """To the ticket, or back."""
        self.dismiss(wanted)

    def action_copy(self) -> None:
        """The protocol, never the code."""
        self.app.copy_to_clipboard(self.registered.protocol)
        self.app.notify(_("Copied: {what}", what=self.registered.protocol), markup=False)

    def action_pane(self, move: str, by: int) -> None:
        """Scrolls."""
        pane = self.query_one("#receipt-lines", Pane)
        (pane.page if move == "page" else pane.move)(by)

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """A clicked hint is a pressed key."""
        await self.run_action(message.action)
