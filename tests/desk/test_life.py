"""One ticket from its receipt to its reopening, its solution clock worked out by hand.

Hours Mon-Fri 09-17, national holidays closed; solution in 40 business hours, 24 where the severity is high;
it pauses while it is the customer's turn. November 2026: Friday 20 is a holiday.

Fri 13 16:50  received; 40 h: Fri 0h10, Mon-Thu 32h, then 7h50 on Mon 23
                                                         due Mon 23 16:50
Fri 13 16:51  automatic reply: nobody answered           used 0h01
Mon 16 10:00  answered, the customer's turn: pause       used 0h10 + 1h = 1h10
Fri 20 11:00  the customer writes, on the holiday        goes on, but the desk opens on Mon 23 09:00;
              38h50 left: Mon-Thu 32h, then 6h50         due Fri 27 15:50
Mon 23 10:00  an area is asked: it has 3 business days  due for the area Thu 26 17:00; here nothing moves
Mon 23 11:00  severity high: 24 h, of which 22h50 left since Mon 09:00: Mon, Tue 16h, then 6h50
                                                         due Wed 25 15:50
Tue 24 12:00  policy 2: a break from 12 to 13 (7 h a day), 30 h where the severity is high
              used 1h10 + 8h + 3h = 12h10, 17h50 left: Tue 13-17 4h, Wed 7h, Thu 3h + 3h50
                                                         due Thu 26 16:50
Tue 24 14:00  extended to Fri 27 16:00: Thu 10 min, Fri 3h + 3h, so 6h10 more: 36h10 in all
                                                         due Fri 27 16:00
Tue 24 16:00  the area answers, within its time
Wed 25 10:00  conclusive answer                          met; used 12h10 + 4h + 1h = 17h10
Wed 25 16:00  closed
Fri 27 14:00  reopened with information: 19h left: Fri 3h, Mon 7h, Tue 7h, Wed 2h
                                                         due Wed 2 December 11:00
Mon 30 12:00  asked                                      used 17h10 + 3h + 3h = 23h10, 13h left
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.extend import extend
from ouvidoria_tui.desk.forward import area_answer, forward
from ouvidoria_tui.desk.reply import customer_reply, reply
from ouvidoria_tui.domain.explain import Explanation
from ouvidoria_tui.domain.explain_stretch import CLOSED, Why
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.ticket import CloseReason, Severity
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.report.explain import explanations
from ouvidoria_tui.store.rebuild import compare
from ouvidoria_tui.store.store import SqliteStore
from tests.store.policy_story import apply, changed, in_business_hours
from tests.store.stories import HOUR, clock_of, desk_at, manifest

ZONE = ZoneInfo("America/Sao_Paulo")
MINUTE = 60


def at(written: str) -> int:
    return int(datetime.fromisoformat(f"2026-{written}").replace(tzinfo=ZONE).timestamp())


def resolution(amount: int, high: int) -> tuple[str, str]:
    return (
        'unit = "business-days"\namount = "not defined"\npause_while = ["customer"]',
        f'unit = "business-hours"\namount = {amount}\npause_while = ["customer"]\n'
        f'[[clocks.resolution.targets]]\nseverity = "high"\namount = {high}',
    )


AREA = """
[clocks.area]
start = "area-request"
stop = "area-answer"
unit = "business-days"
amount = 3
within = "resolution"
"""
FIRST = changed(resolution(40, 24), text=in_business_hours(8)) + AREA
SECOND = FIRST.replace("amount = 24", "amount = 30").replace(
    '[["09:00", "17:00"]]', '[["09:00", "12:00"], ["13:00", "17:00"]]'
)


def automatic_reply(desk: Desk, protocol: str) -> None:
    now = desk.clock.now()
    words = Message(Part.DESK, "Recebemos a sua manifestação.")
    with desk.store.transaction():
        draft = Draft(Act.REPLIED, now, {}, {"automatic": True}, words)
        record(desk, desk.store.find(protocol), [draft])


@pytest.fixture
def life(tmp_path: Path) -> tuple[Desk, str]:
    begin = FixedClock(at("11-01 12:00"))
    desk = desk_at(found_desk(tmp_path / "d.db", text=FIRST, clock=begin, admin="ana"))
    now = clock_of(desk)
    now.at = at("11-13 16:50")
    protocol = manifest(desk, 1)
    now.at = at("11-13 16:51")
    automatic_reply(desk, protocol)
    now.at = at("11-16 10:00")
    reply(desk, protocol, "Estamos apurando.")
    now.at = at("11-20 11:00")
    customer_reply(desk, protocol, "Continua errado.")
    now.at = at("11-23 10:00")
    forward(desk, protocol, "financeiro", "O estorno foi feito?")
    now.at = at("11-23 11:00")
    classify(desk, protocol, Classification(severity=Severity.HIGH))
    now.at = at("11-24 12:00")
    apply(desk, SECOND)
    now.at = at("11-24 14:00")
    extend(desk, protocol, at("11-27 16:00"), "Falta o extrato.", "Ouvimos a área.", clock="resolution")
    now.at = at("11-24 16:00")
    area_answer(desk, protocol, "Foi feito hoje.")
    now.at = at("11-25 10:00")
    reply(desk, protocol, "Estornado.", conclusive=True)
    now.at = at("11-25 16:00")
    close(desk, protocol, CloseReason.SOLVED)
    now.at = at("11-27 14:00")
    reopen(desk, protocol, information="O estorno não veio.")
    now.at = at("11-30 12:00")
    return desk, protocol


def explained(life: tuple[Desk, str], clock: str = "resolution") -> Explanation:
    desk, protocol = life
    assert isinstance(desk.store, SqliteStore)
    _ticket, (found,) = explanations(desk.store.conn, desk.store.policy(), protocol, desk.clock.now(), clock)
    return found


def test_what_was_used_and_what_is_left(life: tuple[Desk, str]) -> None:
    found = explained(life)
    assert (found.counted, found.remaining) == (23 * HOUR + 10 * MINUTE, 13 * HOUR)
    assert found.target == 36 * HOUR + 10 * MINUTE
    assert (found.state.due_at, found.policy) == (at("12-02 11:00"), 2)


def test_every_change_of_the_due_time_has_its_row(life: tuple[Desk, str]) -> None:
    assert [(one.cause, one.old, one.new, one.policy) for one in explained(life).versions] == [
        ("received", None, at("11-23 16:50"), 1),
        ("replied", at("11-23 16:50"), None, 1),
        ("customer-replied", None, at("11-27 15:50"), 1),
        ("classified", at("11-27 15:50"), at("11-25 15:50"), 1),
        ("policy-applied", at("11-25 15:50"), at("11-26 16:50"), 2),
        ("extended", at("11-26 16:50"), at("11-27 16:00"), 2),
        ("reopened", at("11-27 16:00"), at("12-02 11:00"), 2),
    ]


def test_the_stretches_are_those_of_the_story(life: tuple[Desk, str]) -> None:
    told = [(one.start, one.end, one.counted) for one in explained(life).stretches if one.why not in CLOSED]
    hour = HOUR
    assert told == [
        (at("11-13 16:50"), at("11-13 17:00"), 10 * MINUTE),
        (at("11-16 09:00"), at("11-16 10:00"), hour),
        (at("11-16 10:00"), at("11-20 11:00"), 0),  # paused
        (at("11-23 09:00"), at("11-23 17:00"), 8 * hour),
        (at("11-24 09:00"), at("11-24 12:00"), 3 * hour),  # the last hours without a break
        (at("11-24 13:00"), at("11-24 17:00"), 4 * hour),
        (at("11-25 09:00"), at("11-25 10:00"), hour),
        (at("11-25 10:00"), at("11-27 14:00"), 0),  # answered, closed
        (at("11-27 14:00"), at("11-27 17:00"), 3 * hour),
        (at("11-30 09:00"), at("11-30 12:00"), 3 * hour),
    ]


def test_the_holiday_and_the_break_are_named(life: tuple[Desk, str]) -> None:
    found = explained(life).stretches
    assert [(one.start, one.name) for one in found if one.why is Why.HOLIDAY] == [
        (at("11-20 11:00"), "Dia Nacional de Zumbi e da Consciência Negra")
    ]
    assert [one.start for one in found if one.why is Why.BREAK] == [at("11-24 12:00")]


def test_the_automatic_reply_answered_nothing(life: tuple[Desk, str]) -> None:
    found = explained(life, "first-response")
    assert (found.state.met_at, found.counted) == (at("11-16 10:00"), HOUR + 10 * MINUTE)


def test_the_area_has_a_clock_of_its_own_inside_the_solution(life: tuple[Desk, str]) -> None:
    found = explained(life, "area")
    assert (found.state.name, found.state.state) == ("area:financeiro", "met")
    assert (found.state.due_at, found.state.met_at) == (at("11-26 17:00"), at("11-24 16:00"))


def test_the_ledger_gives_the_same_rows(life: tuple[Desk, str]) -> None:
    desk, _protocol = life
    assert isinstance(desk.store, SqliteStore)
    assert compare(desk.store.conn).differences == ()
