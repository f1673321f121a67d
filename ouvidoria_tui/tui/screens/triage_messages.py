"""What the reads of triage bring."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.domain.triage_plan import Plan
from ouvidoria_tui.tui.reads_triage import Decision, Past


@dataclass(eq=False)
class PlansRead(Message):
    """What triage would do with each of the marked tickets."""

    plans: tuple[Plan, ...]

    bubble = False


@dataclass(eq=False)
class WaitingRead(Message):
    """The protocols of what waits."""

    refs: tuple[str, ...]

    bubble = False


@dataclass(eq=False)
class DecisionRead(Message):
    """One ticket with its plan."""

    ref: str
    decision: Decision

    bubble = False


@dataclass(eq=False)
class PastRead(Message):
    """What similar tickets suggest."""

    past: Past

    bubble = False
