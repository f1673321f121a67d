"""A desk whose policy has every kind of clock, and the proof that the ledger tells the same story."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.watch import watch
from ouvidoria_tui.domain.clock_state import ClockState
from ouvidoria_tui.domain.ledger import Act, Event
from ouvidoria_tui.domain.watch_plan import Item, Kind
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify
from ouvidoria_tui.store.watch_reads import WatchReads
from tests.desk.bench import AGENTS, Bench

ZONE = ZoneInfo("America/Sao_Paulo")

#: Business hours from Monday to Friday, 08:00 to 18:00; eight of them to a first answer.
POLICY = """
key = "teste"
name = "Mesa de teste"
source = "escrita para os testes"
zone = "America/Sao_Paulo"

[calendars.desk]
[calendars.desk.week]
mon = [["08:00", "18:00"]]
tue = [["08:00", "18:00"]]
wed = [["08:00", "18:00"]]
thu = [["08:00", "18:00"]]
fri = [["08:00", "18:00"]]

[clocks.first-response]
start = "receipt"
stop = "public-answer"
unit = "business-hours"
amount = 8
warn_before = "2h"

[clocks.keep-informed]
start = "customer-message"
stop = "public-answer"
unit = "hours"
amount = 48

[clocks.resolution]
start = "receipt"
stop = "conclusion"
unit = "business-days"
amount = 10
pause_while = ["customer"]

[[levels]]
level = 1
name = "Área"
to = "area"
after = "0h"

[[levels]]
level = 2
name = "Ouvidoria"
to = "ombudsman"
after = "8h"
agent = "oto"
delegate = "bia"

[[levels]]
level = 3
name = "Diretoria"
to = "board"
after = "20h"
"""


def at(text: str) -> int:
    """A moment of 2026 at the desk: ``at("03-02 10:00")``."""
    return int(datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE).timestamp())


def found(folder: Path, when: str, *, profile: str = "hospedagem", text: str | None = None) -> Bench:
    """A desk founded at ``when`` with six agents."""
    clock = FixedClock(at(when))
    path = folder / "d.db"
    store = found_desk(path, profile=profile, text=text, clock=clock, admin="ana")
    bench = Bench(store, clock)
    for login, role in AGENTS.items():
        if login != "ana":
            register_agent(bench.desk, login, login.title(), role)
    return bench


def clock(bench: Bench, ref: str, name: str) -> ClockState:
    """One clock of a ticket as it stands."""
    return next(state for state in bench.store.clocks(bench.ticket(ref).id) if state.name == name)


def acts(bench: Bench, ref: str, kind: Act) -> list[Event]:
    """The events of one kind on a ticket."""
    return [event for event in bench.events(ref) if event.type is kind]


def due(state: ClockState) -> str:
    """A due moment as it reads at the desk."""
    assert state.due_at is not None
    return f"{datetime.fromtimestamp(state.due_at, ZONE):%m-%d %H:%M}"


def proven(store: SqliteStore) -> bool:
    """Whether the ledger passes its proof and gives the very rows that stand in the tables."""
    return verify(store.conn).ok and not compare(store.conn).differences


def round_(bench: Bench, *, apply: bool = True, as_of: int | None = None, by: str = "ana") -> list[Item]:
    """One round at the bench's moment."""
    return list(watch(bench.of(by), WatchReads(bench.store.conn), as_of=as_of, apply=apply))


def of(items: list[Item], kind: Kind) -> list[Item]:
    """The items of one kind."""
    return [item for item in items if item.kind is kind]
