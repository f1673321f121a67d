"""The first ticket of the queue that an agent may take (none that concerns her, no analysis barred to her), and how
many wait that she may not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from ouvidoria_tui.domain.permission import Agent
from ouvidoria_tui.domain.policy_gates import Evidence
from ouvidoria_tui.domain.second_tier import Waiting
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.store.beside import Beside
from ouvidoria_tui.store.rows import TICKET_COLUMNS, ticket_of

#: Whom a complaint concerns, as a condition over ``ticket``: the agent of its one parameter. Only flagged tickets
#: are looked into; a declaration that was taken back counts as not made.
CONCERNS = (
    "(ticket.flags LIKE '%\"conflict-declared\"%' AND EXISTS (SELECT 1 FROM event WHERE event.ticket_id = ticket.id"
    " AND event.type = 'conflict-declared' AND json_extract(event.payload, '$.agent') = ?"
    " AND NOT EXISTS (SELECT 1 FROM event AS back WHERE back.ticket_id = ticket.id AND back.type = 'undone'"
    " AND json_extract(back.payload, '$.undoes') = event.seq)))"
)
_WAITS = "status <> 'closed' AND assignee_id IS NULL AND turn = 'desk'"
_OPEN_TO = (
    "(ifnull(difficulty, '') NOT IN (SELECT value FROM json_each(?))"
    " AND ifnull(department, '') NOT IN (SELECT value FROM json_each(?)))"
)
_HEAD = (
    f"SELECT {TICKET_COLUMNS} FROM ticket WHERE {_WAITS} AND NOT {CONCERNS} AND {_OPEN_TO}"
    " ORDER BY lane_rank, arrived_at, protocol LIMIT 1"
)
_WAITING = (
    "SELECT count(*), ifnull(sum(concerns), 0), ifnull(sum(NOT concerns AND NOT open_to), 0)"
    f" FROM (SELECT {CONCERNS} AS concerns, {_OPEN_TO} AS open_to FROM ticket WHERE {_WAITS})"
)


class Takeable(Beside):
    """What of the queue an agent may take."""

    def queue_head(self, agent: Agent, barred: Sequence[Evidence] = ()) -> Ticket | None:
        """The first ticket of the queue that ``agent`` may take: lane, arrival, protocol; none of ``barred``."""
        self._flush()
        row = self.conn.execute(_HEAD, _params(agent, barred)).fetchone()
        return None if row is None else ticket_of(row)

    def queue_waiting(self, agent: Agent, barred: Sequence[Evidence] = ()) -> Waiting:
        """How many tickets wait for an owner, and how many of them ``agent`` may not take."""
        self._flush()
        return Waiting(*self.conn.execute(_WAITING, _params(agent, barred)).fetchone())


def _params(agent: Agent, barred: Sequence[Evidence]) -> tuple[int, str, str]:
    difficulties = sorted({one.value for rule in barred for one in rule.difficulties})
    departments = [rule.department for rule in barred if rule.department is not None]
    return agent.id, json.dumps(difficulties), json.dumps(departments)
