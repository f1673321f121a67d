"""Business time beside its peers on the same pairs, and a re-assessment beside a loop that writes the same rows."""

from __future__ import annotations

import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.apply_policy import Proposal, apply_policy, reassess_open, waiting
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.domain.record import Author, MessageRecord, Record
from ouvidoria_tui.founding import closed_days, found_desk, profile_text
from ouvidoria_tui.present.progress import stage
from ouvidoria_tui.store.policy_versions import PolicyVersions
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.text import N_
from tests.bench.stores import DAY, FOLDER, NOW
from tests.bench.timing import Figure, figure, once

_PAIRS = 100_000
_FEW = 2_000
#: So many tickets are imported; a larger desk is these copied by SQL, because importing is not what is measured.
_IMPORTED = 10_000
#: Above this size a re-assessment is timed once, not three times.
_OFTEN = 20_000
_PEERS = ("businesstimedelta", "pandas", "holidays")
_VENV = FOLDER / "venv"
#: What each peer does with the same pairs: prints the seconds of due and of elapsed for the first FEW.
_PEER_CODE = """
import datetime, json, sys, time
asked = json.load(open(sys.argv[1]))
tz = datetime.timezone(datetime.timedelta(hours=-3))
def local(at):
    return datetime.datetime.fromtimestamp(at, tz).replace(tzinfo=None)

pairs = [tuple(map(local, pair)) for pair in asked['pairs']]
closed = {datetime.date.fromisoformat(day): name for day, name in asked['closed'].items()}

def timed(work):
    start = time.perf_counter()
    got = [work(*pair) for pair in pairs]
    return time.perf_counter() - start, got

def at(moment):
    return int(moment.replace(tzinfo=tz).timestamp())

found = {}
import businesstimedelta
day = businesstimedelta.WorkDayRule(
    start_time=datetime.time(8), end_time=datetime.time(18), working_days=[0, 1, 2, 3, 4]
)
rules = businesstimedelta.Rules([day, businesstimedelta.HolidayRule(closed)])
lead = businesstimedelta.BusinessTimeDelta(rules, hours=16)
seconds, due = timed(lambda start, end: start + lead)
found['businesstimedelta due'] = [seconds, [at(moment) for moment in due]]
seconds, spans = timed(lambda start, end: rules.difference(start, end))
found['businesstimedelta elapsed'] = [seconds, [span.hours * 3600 + span.seconds for span in spans]]
import pandas
offset = pandas.offsets.CustomBusinessHour(16, start='08:00', end='18:00', holidays=list(closed))
seconds, due = timed(lambda start, end: pandas.Timestamp(start) + offset)
found['pandas CustomBusinessHour due'] = [seconds, [at(moment.to_pydatetime()) for moment in due]]
print(json.dumps(found))
"""


def business_time() -> Iterator[Figure]:
    """16 hours due and elapsed up to 90 days over São Paulo, 08–18: ours alone, then beside each peer."""
    policy = parse(profile_text("hospedagem")[1], name="hospedagem")
    closed = closed_days(policy, NOW)
    calendar = Calendar(policy.calendars["desk"], closed)
    source = random.Random(5)
    starts = [NOW - source.randint(0, 6 * 365 * DAY) // 60 * 60 for _ in range(_PAIRS)]
    pairs = [(start, start + source.randint(0, 90 * DAY)) for start in starts]
    calendar.elapsed(min(starts), NOW + 90 * DAY)  # the years are compiled once in the life of a desk
    due = once(lambda: [calendar.add(start, 57_600) for start, _end in pairs]) / _PAIRS
    elapsed = once(lambda: [calendar.elapsed(start, end) for start, end in pairs]) / _PAIRS
    paused = [(start, [(start + 3600, start + 3 * DAY)]) for start, _end in pairs[:20_000]]
    pauses = once(lambda: [calendar.add(start, 57_600, span) for start, span in paused]) / len(paused)
    budget = 1 / 200_000
    for name, took in (("due", due), ("elapsed", elapsed), ("due with a pause", pauses)):
        note = f"{1 / took:,.0f} a second"
        yield Figure(
            f"business time: {name}", f"{_PAIRS:,}", took, budget, "≤ 1 (200,000/s)", took / budget, note
        )
    few = pairs[:_FEW]
    mine = {
        "due": [calendar.add(start, 57_600) for start, _end in few],
        "elapsed": [calendar.elapsed(start, end) for start, end in few],
    }
    days = {day.isoformat(): name for day, name in closed.items() if 2018 <= day.year <= 2028}
    for name, (seconds, answers) in _peers(few, days).items():
        what = name.rsplit(" ", 1)[1]
        took, theirs = (due if what == "due" else elapsed), seconds / _FEW
        right = sum(one == other for one, other in zip(mine[what], answers, strict=True)) / _FEW
        aim = "≤ 1/50" if name == "businesstimedelta due" else "faster"
        note = f"{theirs / took:,.0f} × as fast; theirs {1 / theirs:,.0f} a second, {right:.1%} as ours"
        yield Figure(f"business time: {name}", f"{_FEW:,}", took, theirs, aim, took / theirs, note)


def _peers(pairs: list[tuple[int, int]], closed: dict[str, str]) -> dict[str, tuple[float, list[int]]]:
    """What the peers took and answered, in an environment of their own; nothing where there is no network."""
    python = _VENV / "bin" / "python"
    try:
        if not (_VENV / ".ready").exists():
            subprocess.run(
                [sys.executable, "-m", "venv", "--clear", str(_VENV)], check=True, capture_output=True
            )
            pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_PEERS]
            subprocess.run(pip, check=True, capture_output=True, timeout=600)
            (_VENV / ".ready").touch()
        with tempfile.TemporaryDirectory(dir=FOLDER) as name:
            asked = Path(name) / "pairs.json"
            asked.write_text(json.dumps({"pairs": pairs, "closed": closed}))
            done = subprocess.run(
                [str(python), "-c", _PEER_CODE, str(asked)],
                check=True,
                capture_output=True,
                text=True,
                timeout=600,
            )
        found: dict[str, tuple[float, list[int]]] = {
            key: (float(value[0]), value[1]) for key, value in json.loads(done.stdout).items()
        }
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        said = (getattr(error, "stderr", None) or str(error)) or ""
        text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        print(f"… peers of business time skipped: {text.strip()[-200:]}", file=sys.stderr)
        return {}
    return found


def reassessment(size: int, label: str) -> Iterator[Figure]:
    """Open tickets × 3 clocks under a new policy, beside a loop that only writes the same rows.

    In a process of its own, whose peak of memory is told, with a figure of progress a chunk.
    """
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name)
        _desk_of(folder / "made.db", size)
        pairs, peak = [], 0
        for turn in range(1 if size > _OFTEN else 3):
            ours, floor = folder / f"ours{turn}.db", folder / f"floor{turn}.db"
            for path in (ours, floor):
                shutil.copyfile(folder / "made.db", path)
            code = f"from tests.bench.times import reassess; reassess({str(ours)!r})"
            done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
            took, memory = json.loads(done.stdout)
            peak = max(peak, memory)
            pairs.append((float(took), once(partial(_write_only, ours, floor))))
            ours.unlink()
            floor.unlink()
        best = figure("re-assessment of open tickets × 3 clocks", label, pairs, "≤ 4 × writing the rows")
        note = (
            f"{size / best.ours:,.0f} tickets a second; writing alone {size / best.floor:,.0f};"
            f" peak memory {peak / 1024:,.0f} MB"
        )
        yield Figure(best.name, label, best.ours, best.floor, best.budget, best.ratio, note)


def _text(amount: int) -> str:
    text = profile_text("organizacional")[1]
    text = text.replace("amount = 24", f"amount = {amount}", 1)
    text = text.replace("amount = 48", f"amount = {2 * amount}", 1)
    return text.replace('amount = "not defined"', f"amount = {amount}", 1)


def _desk_of(path: Path, size: int) -> None:
    """Open tickets with three messages of the customer each, and three clocks that run."""
    text = _text(24)
    store = found_desk(path, profile="bench", text=text, clock=FixedClock(NOW - DAY), admin="bench")
    desk = desk_over(store, agent="bench", clock=FixedClock(NOW))
    source = random.Random(9)
    imported = min(size, _IMPORTED)
    for _done in import_records(desk, (_record(number, source) for number in range(imported))):
        pass
    _copy(store.conn, imported, size)
    store.conn.execute("ANALYZE")
    store.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _copy(conn: sqlite3.Connection, imported: int, size: int) -> None:
    """The imported tickets once more under other ids, with their events and rows, until there are ``size``."""
    conn.execute("PRAGMA synchronous = OFF")
    for table in ("ticket", "event", "clock", "deadline_version"):
        names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        own = [name for name in names if not (name == "id" and table != "ticket")]
        values = {"id": "id + :by", "ticket_id": "ticket_id + :by", "protocol": "protocol || '-' || :by"}
        chosen = ", ".join(values.get(name, name) for name in own)
        key = "id" if table == "ticket" else "ticket_id"
        conn.execute("BEGIN")
        for by in range(imported, size, imported):
            conn.execute(
                f"INSERT INTO {table} ({', '.join(own)}) SELECT {chosen} FROM {table}"
                f" WHERE {key} BETWEEN 1 AND :most",
                {"by": by, "most": min(imported, size - by)},
            )
        conn.execute("COMMIT")


def _record(number: int, source: random.Random) -> Record:
    arrived = NOW - source.randint(3 * DAY, 300 * DAY)
    said = (
        MessageRecord(arrived + DAY // 2, Author.CUSTOMER, "Continuo esperando."),
        MessageRecord(arrived + DAY, Author.CUSTOMER, "Ainda nada."),
    )
    return Record(
        external_id=f"r{number}",
        source="bench",
        received_at=arrived,
        subject="Cobrança em duplicidade",
        description="Fui cobrada duas vezes no mesmo mês.",
        messages=said,
    )


def reassess(path: str) -> None:
    """Applies the other policy to a store; prints the seconds that it took and the peak of memory in KB."""
    store = SqliteStore.open(Path(path))
    desk = desk_over(store, agent="bench", clock=FixedClock(NOW + DAY))
    versions = PolicyVersions(store)
    text = _text(36)
    start = time.perf_counter()
    apply_policy(desk, versions, Proposal(parse(text, name="bench"), text, dict, "holidays"))
    with stage(N_("Re-assessing open tickets"), waiting(versions), sys.stderr) as told:
        reassess_open(desk, versions, told.advance)
    took = time.perf_counter() - start
    store.close()
    print(json.dumps([took, _peak()]))


def _peak() -> int:
    """The peak of this process's memory in KB."""
    # getrusage would say the parent's, where that was larger when it started this process.
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def _write_only(after: Path, into: Path) -> None:
    """The clocks, versions and queue places that the re-assessment wrote, written by hand in as many transactions."""
    done = sqlite3.connect(after)
    tickets = done.execute("SELECT count(*) FROM ticket").fetchone()[0]
    written = (NOW + DAY,)
    sources = [
        ("clock", "INSERT OR REPLACE INTO clock VALUES ({marks})", "SELECT * FROM clock", ()),
        (
            "deadline_version",
            "INSERT INTO deadline_version VALUES ({marks})",
            "SELECT * FROM deadline_version WHERE recorded_at = ?",
            written,
        ),
        (
            "ticket",
            "UPDATE ticket SET next_due_at = ?, next_due_clock = ?, next_warn_at = ? WHERE id = ?",
            "SELECT next_due_at, next_due_clock, next_warn_at, id FROM ticket",
            (),
        ),
    ]
    conn = sqlite3.connect(into, isolation_level=None)
    for pragma in (
        "synchronous = FULL",
        "secure_delete = ON",
        "cache_size = -32000",
        "recursive_triggers = ON",
    ):
        conn.execute(f"PRAGMA {pragma}")
    chunks = max(1, tickets // 500)
    walks = []
    for _table, sql, read, params in sources:
        rows = done.execute(read, params)
        total = done.execute(f"SELECT count(*) FROM ({read})", params).fetchone()[0]
        walks.append((sql.format(marks=", ".join("?" * len(rows.description))), rows, -(-total // chunks)))
    for _chunk in range(chunks):
        conn.execute("BEGIN IMMEDIATE")
        for sql, rows, step in walks:
            conn.executemany(sql, rows.fetchmany(step))
        conn.execute("COMMIT")
    done.close()
    conn.close()
