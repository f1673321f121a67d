"""What the form of a registration hears from the store."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.domain.customer_list import CustomerRow
from ouvidoria_tui.tui.new_form import NewForm
from ouvidoria_tui.tui.reads_new import Looked, Registered


@dataclass(eq=False)
class CustomersFound(Message):
    """The customers whose data hold the words."""

    words: str
    rows: tuple[CustomerRow, ...]

    bubble = False


@dataclass(eq=False)
class LookedAt(Message):
    """What would come of it."""

    form: NewForm
    looked: Looked

    bubble = False


@dataclass(eq=False)
class Done(Message):
    """It is registered."""

    registered: Registered

    bubble = False
