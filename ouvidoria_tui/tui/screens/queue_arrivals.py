"""``n`` registers what comes; ``N`` takes the first that waits."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from ouvidoria_tui.desk.assign import take_next
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.keys import BY_ID
from ouvidoria_tui.tui.messages import Acted
from ouvidoria_tui.tui.screens.queue_triage import QueueTriage
from ouvidoria_tui.tui.service import Lane


@dataclass(eq=False)
class TakenNext(Message):
    """The first that waited is the agent's now."""

    ticket_id: int
    outcome: Outcome

    bubble = False


class QueueArrivals(QueueTriage):
    """What comes to the desk, and who takes it."""

    def action_new(self) -> None:
        """``n``"""
        why = self.why_not(BY_ID["new"])
        if why:
            self.toast(why, "warning")
        else:
            self.console_app.go("new")

    def action_take_next(self) -> None:
        """``N``: the first of the whole desk's queue, whatever is filtered here."""
        self.service.read(self, _next, lambda taken: TakenNext(*taken), group="next", lane=Lane.ACTS)

    def on_taken_next(self, message: TakenNext) -> None:
        """Said, and opened."""
        outcome = message.outcome
        label = _("{protocol} is yours", protocol=outcome.protocol)
        self.on_acted(Acted(label, outcome.verb, (outcome,)))
        self.console_app.open_ticket(message.ticket_id)


def _next(desk: Desk) -> tuple[int, Outcome]:
    outcome = take_next(desk)
    return desk.store.find(outcome.protocol).id, outcome
