"""Import and status moves, beside a script that runs the very same statements."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.founding import found_desk
from tests.bench.stores import DAY, FOLDER, NOW, WORDS, store_of
from tests.bench.timing import Figure, figure, once, ouvidoria, python, run_process

_OURS = ("--as", "bench", "--quiet")
#: 1,000 rows moved by hand, in chunks of one durable transaction as the command does.
_BARE_MOVES = """
import sqlite3
c = sqlite3.connect({path!r}, isolation_level=None)
c.execute('PRAGMA synchronous = FULL')
turn = c.execute('SELECT max(updated_at) FROM ticket').fetchone()[0]
for at, ticket in enumerate({ids!r}, 1):
    if at % 200 == 1:
        c.execute('BEGIN IMMEDIATE')
    c.execute("UPDATE ticket SET assignee_id = ?, status = 'assigned', updated_at = ?, revision = revision + 1"
              " WHERE id = ?", (2 + turn % 7, turn + 1, ticket))
    if at % 200 == 0:
        c.execute('COMMIT')
"""


def imports(size: int, label: str) -> Iterator[Figure]:
    """``ouvidoria import`` of native records of about 2 KB, against the statements it ran, replayed."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name)
        source = folder / "records.jsonl"
        _write_records(source, size)
        trace = _trace(folder, source)
        times = []
        for turn in range(3):
            ours, floor = folder / f"ours{turn}.db", folder / f"floor{turn}.db"
            _empty(ours)
            _empty(floor)
            command = ouvidoria(*_OURS, "--db", str(ours), "import", str(source), "--format", "json")
            took = once(partial(run_process, command))
            times.append((took, once(partial(_replay, floor, trace))))
        took, bare = sorted(times)[1]
        yield Figure(
            "import of 2 KB records",
            label,
            took,
            bare,
            "≤ 3 × the same statements",
            took / bare,
            f"{size / took:,.0f} tickets a second; the same statements by hand {size / bare:,.0f}",
        )
        small, large = folder / "small.db", folder / "large.db"
        _empty(small)
        _empty(large)
        few = folder / "few.jsonl"
        _write_records(few, max(100, size // 10))
        yield _memory(few, small, source, large, label)


def moves(size: int, label: str) -> Iterator[Figure]:
    """1,000 tickets moved by one command, against 1,000 bare UPDATEs by one script."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        path = Path(name) / "desk.db"
        path.write_bytes(store_of(size).read_bytes())
        conn = sqlite3.connect(path)
        rows = conn.execute(
            "SELECT id, protocol FROM ticket WHERE status <> 'closed' ORDER BY arrived_at LIMIT 1000"
        ).fetchall()
        conn.close()
        marks = Path(name) / "protocols.txt"
        marks.write_text("".join(f"{row[1]}\n" for row in rows))
        ids = [row[0] for row in rows]
        bare = _BARE_MOVES.format(path=str(path), ids=ids)
        turn = iter(range(100))

        def ours() -> list[str]:
            agent = f"agent{next(turn) % 8}"
            line = f"exec {ouvidoria()[0]} --db {path} --as bench --quiet assign --to {agent} - --format json <{marks}"
            return ["sh", "-c", line]

        pairs = []
        for number in range(6):
            command = ours()
            pair = (
                once(partial(run_process, command)),
                once(partial(run_process, python(bare))),
            )
            if number:
                pairs.append(pair)
        yield figure(
            "1,000 tickets assigned by one command", label, pairs, "≤ 10 × bare UPDATEs", "whole processes"
        )


def _write_records(path: Path, size: int) -> None:
    source = random.Random(3)
    with path.open("w", encoding="utf-8") as out:
        for number in range(size):
            text = " ".join(source.choices(WORDS, k=260))
            arrived = NOW - source.randint(10, 300) * DAY
            record = {
                "external_id": f"r{number}",
                "source": "bench",
                "subject": " ".join(source.choices(WORDS, k=5)),
                "description": text,
                "type": "complaint",
                "channel": "email",
                "received_at": _rfc(arrived),
                "department": source.choice(("suporte", "financeiro", "comercial")),
                "customer": {"name": f"Cliente {number % 5000}", "email": f"c{number % 5000}@example.com"},
                "answered_at": _rfc(arrived + DAY),
                "closed_at": _rfc(arrived + 2 * DAY),
                "close_reason": "solved",
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _rfc(epoch: int) -> str:
    from ouvidoria_tui.present.dates import rfc3339

    return rfc3339(epoch, "America/Sao_Paulo")


def _empty(path: Path) -> None:
    found_desk(path, profile="organizacional", clock=FixedClock(NOW), admin="bench").close()


Trace = list[tuple[str, list[tuple[object, ...]]]]


def _trace(folder: Path, source: Path) -> Trace:
    """Every writing statement of an import with its parameters, in order."""
    from ouvidoria_tui.bootstrap import desk_over
    from ouvidoria_tui.desk.importing import import_records
    from ouvidoria_tui.domain.record import Record
    from ouvidoria_tui.intake.reader import read
    from ouvidoria_tui.store.store import SqliteStore

    path = folder / "traced.db"
    _empty(path)
    store = SqliteStore.open(path)
    traced = _Recorder(store.conn)
    store.conn = traced  # type: ignore[assignment]
    store.registers.conn = traced  # type: ignore[assignment]
    desk = desk_over(store, agent="bench", clock=FixedClock(NOW + 60))
    records = (
        item
        for item in read(str(source), mapping="native", zone=ZoneInfo("America/Sao_Paulo"), now=NOW + 60)
        if isinstance(item, Record)
    )
    for _done in import_records(desk, records):
        pass
    store.close()
    return traced.trace


class _Recorder:
    """A connection that remembers what is written through it."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self.trace: Trace = []

    def execute(self, sql: str, params: tuple[object, ...] = ()) -> sqlite3.Cursor:
        if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            self._keep(sql, [tuple(params)])
        return self._conn.execute(sql, params)

    def executemany(self, sql: str, rows: object) -> sqlite3.Cursor:
        kept = [tuple(row) for row in rows]  # type: ignore[attr-defined]
        self._keep(sql, kept)
        return self._conn.executemany(sql, kept)

    def _keep(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        self.trace.append((sql, rows))

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)


def _replay(path: Path, trace: Trace) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA secure_delete = ON")
    conn.execute("PRAGMA cache_size = -32000")
    for sql, rows in trace:
        if len(rows) == 1:
            conn.execute(sql, rows[0])
        else:
            conn.executemany(sql, rows)
    conn.close()


def _memory(few: Path, small: Path, many: Path, large: Path, label: str) -> Figure:
    """Peak memory of an import of ten times as much, beside the tenth."""
    a, b = _peak(small, few), _peak(large, many)
    return Figure(
        "import: peak memory, ten times the records",
        label,
        0,
        0,
        "flat",
        b / a,
        f"{a / 1024:.0f} → {b / 1024:.0f} MB",
    )


def _peak(store: Path, source: Path) -> int:
    # VmHWM and not getrusage: the latter begins with the memory of the process that started this one.
    code = (
        "import re, sys; from ouvidoria_tui.cli.main import run; sys.stdout = open('/dev/null', 'w');"
        f"code = run(['--db', {str(store)!r}, '--as', 'bench', '--quiet', 'import', {str(source)!r}]);"
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1])
