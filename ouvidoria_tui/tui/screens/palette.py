"""``:``: commands, views, and any ticket by the digits of its protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.widgets import Input

from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui import reads
from ouvidoria_tui.tui.messages import Failed
from ouvidoria_tui.tui.screens.picker import Choice, Picker
from ouvidoria_tui.tui.service import Service


@dataclass(eq=False)
class TicketsFound(Message):
    """The tickets whose protocol has the typed digits: id, protocol, and how they are called."""

    found: tuple[tuple[int, str, str], ...]

    bubble = False


class Palette(Picker):
    """Dismissed with ``key:ID``, ``view:NUMBER``, ``go:NAME``, ``ticket:ID``, or ``None``."""

    def __init__(self, service: Service, choices: Sequence[Choice]) -> None:
        super().__init__(_("Go to"), choices, hint=_("a command, a view, or digits of a protocol"), lead=10)
        self.service = service

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filters; digits look for tickets."""
        digits = "".join(char for char in event.value if char.isdigit() and char.isascii())
        if digits and not any(char.isalpha() for char in event.value):
            job: Callable[..., tuple[tuple[int, str, str], ...]] = reads.by_digits(digits)
            self.service.read(self, job, TicketsFound, group="digits")
        else:
            self.offer(self.matching(event.value))

    def on_tickets_found(self, message: TicketsFound) -> None:
        """Lists them before the commands that hold the digits."""
        tickets = [
            Choice(f"ticket:{id_}", f"{protocol} · {subject}") for id_, protocol, subject in message.found
        ]
        self.offer([*tickets, *self.matching(self.query_one(Input).value)])

    def on_desk_failed(self, message: Failed) -> None:
        """The store could not be asked: there is nothing to offer."""
        self.offer(())
