"""A desk of five tickets whose figures are counted by hand (profile organizacional: 24 h, 48 h by the wall).

Local time (UTC-3), October 2026:

1 financeiro  arrives Mon 05 09:00, answered 10:30 (90 min), closed as solved 11:00
2 financeiro  arrives Mon 05 09:00, answered Wed 07 09:00 (2,880 min: late), open
3 vendas      arrives Tue 06 09:00, not answered
4 vendas      arrives Thu 08 08:00, not answered
5 (none)      arrives Wed 30 September 23:30, answered 24 hours later to the second (1,440 min: in time)
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.assign import take
from ouvidoria_tui.desk.close import close
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.ticket import Channel, CloseReason
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.store.store import SqliteStore
from tests.plain_profile import plain

ZONE = "America/Sao_Paulo"


def at(written: str) -> int:
    """Epoch seconds of a local time of 2026: ``10-05 09:00``."""
    return int(datetime.fromisoformat(f"2026-{written}").replace(tzinfo=ZoneInfo(ZONE)).timestamp())


#: When the figures are asked for, where nothing else is said: Thursday noon.
NOW = at("10-08 12:00")


class ReportDesk:
    """The desk with a clock that is set before every act; ``protocols`` by the number of the ticket."""

    def __init__(self, path: Path, *, profile: str = "organizacional") -> None:
        self.path = path
        self.clock = FixedClock(at("09-30 23:00"))
        self.store: SqliteStore = found_desk(
            path, profile=profile, text=plain(profile), clock=self.clock, admin="ana"
        )
        self.desk: Desk = desk_over(self.store, agent="ana", clock=self.clock)
        self.protocols: dict[int, str] = {}

    def arrives(
        self, number: int, when: str, department: str | None, channel: Channel = Channel.EMAIL
    ) -> None:
        self.clock.at = at(when)
        what = Manifestation(f"Assunto {number}", "texto", department=department, channel=channel)
        self.protocols[number] = receive(self.desk, what).protocol

    def answers(self, number: int, when: str, *, conclusive: bool = False) -> None:
        self.clock.at = at(when)
        reply(self.desk, self.protocols[number], "resposta", conclusive=conclusive)

    def closes(self, number: int, when: str) -> None:
        self.clock.at = at(when)
        close(self.desk, self.protocols[number], CloseReason.SOLVED)

    def five_tickets(self) -> ReportDesk:
        self.arrives(5, "09-30 23:30", None, Channel.PHONE)
        self.answers(5, "10-01 23:30")
        self.arrives(1, "10-05 09:00", "financeiro")
        self.arrives(2, "10-05 09:00", "financeiro", Channel.PHONE)
        self.answers(1, "10-05 10:30", conclusive=True)
        self.closes(1, "10-05 11:00")
        self.arrives(3, "10-06 09:00", "vendas")
        self.answers(2, "10-07 09:00")
        self.arrives(4, "10-08 08:00", "vendas")
        self.clock.at = at("10-08 09:00")
        take(self.desk, self.protocols[3])
        self.clock.at = NOW
        return self
