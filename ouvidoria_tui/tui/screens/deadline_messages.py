"""What the screens of deadlines hear from the store."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.tui.reads_deadline import Deadlines, Letter


@dataclass(eq=False)
class DeadlinesRead(Message):
    """The clocks of the ticket, explained."""

    found: Deadlines

    bubble = False


@dataclass(eq=False)
class LetterRead(Message):
    """The letter as it would go out: the act is possible as it was asked for."""

    letter: Letter

    bubble = False
