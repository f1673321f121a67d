"""Export of csv, beside the same columns by bare SQL and csv.writer; and memory, few tickets beside many."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.bench.stores import store_of
from tests.bench.timing import Figure, figure, once, ouvidoria, python, run_process

#: The rows of ``export --format csv`` by hand: the ticket, its customer and login, clocks and references as JSON.
_BARE = """
import csv, sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo
c = sqlite3.connect({path!r})
zone = ZoneInfo('America/Sao_Paulo')
at = lambda epoch: None if epoch is None else datetime.fromtimestamp(epoch, zone).isoformat()
out = csv.writer(open('/dev/null', 'w', newline=''))
for row in c.execute('''
    SELECT protocol, status, turn, type, channel, department, subject,
      json_object('id', customer.id, 'name', customer.name, 'email', customer.email),
      (SELECT login FROM agent WHERE agent.id = assignee_id), area, ticket.plan, severity, difficulty, cause, lane,
      level, admission, merit, outcome, close_reason, prior_ticket, confidential, flags, arrived_at, registered_at,
      answered_at, closed_at, next_due_clock, next_due_at,
      (SELECT json_group_array(json_object('name', name, 'state', state, 'due_at', due_at, 'met_at', met_at,
        'missed_at', missed_at)) FROM clock WHERE ticket_id = ticket.id), revision,
      (SELECT json_group_array(json_object('source', source, 'external_id', external_id)) FROM external_ref
        WHERE ticket_id = ticket.id)
    FROM ticket LEFT JOIN customer ON customer.id = customer_id ORDER BY ticket.id'''):
    out.writerow([at(value) if place in (23, 24, 25, 26, 28) else value for place, value in enumerate(row)])
"""


def exports(size: int, label: str) -> Iterator[Figure]:
    """``ouvidoria export --format csv`` of a whole store, whole processes; then the peak of memory."""
    path = store_of(size)
    command = ouvidoria("--db", str(path), "--as", "bench", "--quiet", "export", "--format", "csv")
    bare = python(_BARE.format(path=str(path)))
    pairs = [(once(partial(run_process, command)), once(partial(run_process, bare))) for _turn in range(3)]
    ours = sorted(pair[0] for pair in pairs)[1]
    yield figure(
        "export of csv", label, pairs, "≤ 4 × bare SQL + csv.writer", f"{size / ours:,.0f} tickets a second"
    )
    few, many = (_peak(store_of(count), "csv") for count in (10_000, size))
    yield Figure(
        "export of csv: peak memory, 10,000 beside these", label, 0, 0, "flat", many / few,
        f"{few / 1024:.0f} → {many / 1024:.0f} MB",
    )  # fmt: skip


def _peak(store: Path, fmt: str) -> int:
    """VmHWM of an export in kB."""
    code = (
        "import re, sys; from ouvidoria_tui.cli.main import run;"
        f"code = run(['--db', {str(store)!r}, '--as', 'bench', '--quiet', 'export', '--format', {fmt!r},"
        " '--out', '/dev/null']);"
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1])
