"""What the agent has marked: ticket ids with the protocol and the revision that was seen. Survives every filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads import QueueRow


class Marks:
    """Marked tickets in the order of marking."""

    def __init__(self) -> None:
        self._targets: dict[int, Target] = {}
        #: How many of them the filter does not find, as of the last read.
        self.hidden = 0

    def __len__(self) -> int:
        return len(self._targets)

    def __contains__(self, ticket_id: object) -> bool:
        return ticket_id in self._targets

    @property
    def ids(self) -> tuple[int, ...]:
        """The marked ids."""
        return tuple(self._targets)

    @property
    def targets(self) -> tuple[Target, ...]:
        """What a verb acts on."""
        return tuple(self._targets.values())

    def toggle(self, row: QueueRow) -> None:
        """Marks a ticket, or unmarks it."""
        if self._targets.pop(row.id, None) is None:
            self._targets[row.id] = Target(row.id, row.protocol, row.revision)

    def add(self, targets: Iterable[Target]) -> None:
        """Marks these too."""
        self._targets |= {target.id: target for target in targets}

    def clear(self) -> None:
        """Unmarks all."""
        self._targets.clear()
        self.hidden = 0

    def see(self, rows: Mapping[int, QueueRow], hidden: int) -> None:
        """What a read brought: the agent now sees these revisions; a ticket that is gone is unmarked."""
        self._targets = {
            id_: Target(id_, row.protocol, row.revision) for id_, row in rows.items() if id_ in self
        }
        self.hidden = min(hidden, len(self._targets))

    def settle(self, outcomes: Iterable[Outcome]) -> None:
        """After an act: what was refused stays marked, so that the agent sees which."""
        ended = {o.protocol for o in outcomes if o.result in {Result.DONE, Result.UNCHANGED}}
        self._targets = {id_: t for id_, t in self._targets.items() if t.protocol not in ended}
        self.hidden = min(self.hidden, len(self._targets))
