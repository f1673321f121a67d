"""What workers say to screens. A worker never touches a widget: it posts one of these.

Textual calls a handler ``on_…`` of every class of a screen, the base's too. Those of the namespace ``desk`` are
handled once, by ``DeskScreen.on_desk_…``, which calls an ordinary method that a screen may override.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.errors import OuvidoriaError


@dataclass(frozen=True, slots=True)
class Target:
    """A ticket that a verb acts on, at the revision the agent has seen (``None``: whatever it is)."""

    id: int
    protocol: str
    revision: int | None = None


@dataclass(eq=False)
class Failed(Message, namespace="desk"):
    """What could not be read or done (``what`` is the group of the call), and how to try again."""

    what: str
    error: OuvidoriaError
    retry: Callable[[], None]

    bubble = False


@dataclass(eq=False)
class Acted(Message, namespace="desk"):
    """A verb has been carried out; ``label`` is its sentence for one ticket or many, already in words."""

    label: str
    verb: str
    outcomes: tuple[Outcome, ...]

    bubble = False


@dataclass(eq=False)
class Fetched(Message):
    """What a read gave: ``what`` is the group of the call, ``value`` what its job returned."""

    what: str
    value: object

    bubble = False


@dataclass(eq=False)
class StoreChanged(Message, namespace="desk"):
    """Somebody committed since the last look: another process, or this console."""

    bubble = False


@dataclass(eq=False)
class HintChosen(Message):
    """A hint of the footer was clicked."""

    action: str


@dataclass(eq=False)
class ViewChosen(Message):
    """A view or tab was clicked: its number from 1."""

    number: int


#: Counts by the name of what was counted; one more than a cap means "more".
Counts = Mapping[str, int]
