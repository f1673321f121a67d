from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from ouvidoria_tui.domain.calendar_layers import Layer, layered
from ouvidoria_tui.domain.clock_state import ALIVE, CompiledClock, Fact
from ouvidoria_tui.domain.deadline import derive
from ouvidoria_tui.domain.policy import CalendarRule, Unit
from ouvidoria_tui.domain.reassess import Change, reassess
from ouvidoria_tui.domain.ticket import Channel, Status, Ticket
from tests.cases import cases as tried_on
from tests.unit.test_explain_properties import WEEKS, clocks, histories


def ticket_after(fact: Fact) -> Ticket:
    return Ticket(
        1,
        "2026-000001-5",
        fact.status,
        fact.turn,
        fact.type,
        Channel.PORTAL,
        0,
        0,
        severity=fact.severity,
    )


@tried_on(200)
@given(st.data())
def test_new_targets_and_hours_give_what_following_all_that_happened_gives(data: st.DataObject) -> None:
    old, change = data.draw(clocks())
    facts = data.draw(histories(change))
    # An answer to a clock without a figure neither keeps nor misses it: then the two are different stories.
    assume(facts[-1].status is not Status.CLOSED and old.rule.amount is not None)
    now = facts[-1].at + data.draw(st.integers(0, 5 * 86_400))
    rule = replace(old.rule, amount=data.draw(st.sampled_from([2, 30, 200])), warn_before=3600)
    hours = CalendarRule("desk", old.calendar.rule.zone, data.draw(st.sampled_from(WEEKS)))
    # The date of the change is a business day if the new hours say so: day units would count it otherwise.
    assume(rule.unit is not Unit.BUSINESS_DAYS or hours.week == old.calendar.rule.week)
    calendar = layered(hours, {}, [Layer(now, old.calendar.rule, {})])
    before = CompiledClock(old.rule, layered(old.calendar.rule, {}, []))
    after = CompiledClock(rule, calendar)
    states = derive(facts, (before,))
    assume(bool(states) and states[0].state in ALIVE)
    (found,) = reassess(ticket_after(facts[-1]), states, lambda: facts, Change((before,), (after,)), now)
    (followed,) = derive(facts, (after,))
    if found.late_at is None and followed.late_at is None:
        assert found == replace(followed, missed_at=found.missed_at)
    else:  # late under one of the two: what was used is the same all the same
        assert (found.spent, found.since, found.amount) == (followed.spent, followed.since, followed.amount)


@tried_on(200)
@given(st.data())
def test_a_breach_of_before_is_never_erased(data: st.DataObject) -> None:
    old, change = data.draw(clocks())
    new, _change = data.draw(clocks())
    facts = data.draw(histories(change))
    now = facts[-1].at + data.draw(st.integers(0, 5 * 86_400))
    states = derive(facts, (old,))
    assume(bool(states))
    found = reassess(ticket_after(facts[-1]), states, lambda: facts, Change((old,), (new,)), now)
    (state,) = states
    known = state.missed_at or (state.lateness(now) if state.state in ALIVE else None)
    assert known is None or [one.missed_at for one in found] == [known]


@tried_on(100)
@given(st.data())
def test_twice_is_as_once(data: st.DataObject) -> None:
    old, change = data.draw(clocks())
    new, _change = data.draw(clocks())
    facts = data.draw(histories(change))
    ticket, now = ticket_after(facts[-1]), facts[-1].at + 3600
    once = reassess(ticket, derive(facts, (old,)), lambda: facts, Change((old,), (new,)), now)
    assert reassess(ticket, once, lambda: facts, Change((new,), (new,)), now) == once
