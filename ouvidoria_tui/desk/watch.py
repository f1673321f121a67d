"""The clock's round: warnings, breaches, escalations, and who must be told today. However often it runs.

What a round does is recorded as acts of the agent who runs it, marked ``automatic``. A breach is dated when it
happened, however late it is found; warnings and escalations only happen in the desk's hours. Nothing is ever
sent to a customer by itself: a notice is drafted, a person reads and sends it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from ouvidoria_tui.desk.act import CHUNK, NOW, chunks, diff, moment_of
from ouvidoria_tui.desk.delay_notice import TEMPLATE, notice
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.forward import owed
from ouvidoria_tui.desk.letters import desk_language, desk_letter, language_of, told
from ouvidoria_tui.desk.staff import local_day
from ouvidoria_tui.domain import ladder
from ouvidoria_tui.domain.area_list import AreaState, Asked, area_rules
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import ClockState, rule_of
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import ClockStop
from ouvidoria_tui.domain.staff import away_on
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.domain.watch_plan import Item, Kind, Round, Verdict, passed, plan, tell_until
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

_REASON = "V1"
_PASSED = frozenset({Kind.BREACH, Kind.LAPSE})
_REMIND = {
    Language.PORTUGUESE: "A resposta da área venceu em {day}. Pedimos que responda hoje.",
    Language.ENGLISH: "The area's answer was due on {day}. Please answer today.",
}
#: What only a person can do something about: it is said, and no event.
_SAID_ONLY = frozenset({Kind.TELL_TODAY, Kind.SILENT, Kind.AREA_OVERDUE})
_DAY = 86_400
_UNFINISHED = {
    Language.PORTUGUESE: "a análise ainda não terminou.",
    Language.ENGLISH: "the analysis is not finished yet.",
}


class Reads(Protocol):
    """What the round needs beside the desk's store; ``store.watch_reads`` has it."""

    def near(self, now: int, until: int) -> list[int]:
        """Open tickets with a due time up to ``until`` or a warning up to ``now``."""
        ...

    def silent(self, since: int) -> list[int]:
        """Open tickets, not the customer's turn, of which the customer has heard nothing after ``since``."""
        ...

    def asked(self, now: int, calendar: Calendar, rules: Collection[str]) -> dict[int, list[Asked]]:
        """By ticket what areas owe the open ones at ``now``, whether by a clock of ``rules`` or by the register."""
        ...

    def touched(self) -> list[int]:
        """Tickets in which a cycle of a clock may have ended late since the last round."""
        ...

    def newest(self) -> int:
        """The id of the newest event."""
        ...

    def keep_bookmark(self, event_id: int) -> None:
        """Remembers up to where a round has looked."""
        ...

    def keep_draft(self, agent_id: int, ticket_id: int, kind: str, text: str, at: int) -> bool:
        """A drafted text of that kind, unless there is one; whether it is new."""
        ...

    def logins(self) -> dict[int, str]:
        """The login of every agent, by id."""
        ...

    def breaches(self, ticket_id: int) -> list[tuple[str, int]]:
        """Every (clock, due moment) that passed unmet in any cycle."""
        ...


def watch(
    desk: Desk, reads: Reads, *, as_of: int | None = None, apply: bool = False, chunk: int = CHUNK
) -> Iterator[Item]:
    """The items of one round, ticket by ticket; with ``apply`` they are done, a chunk of tickets a transaction.

    ``as_of`` looks from another moment than now. Done twice it is as done once. Raises ``NotAllowed`` (only
    where it is to act), ``Refused`` ``DATE_IN_FUTURE``.
    """
    now = desk.clock.now()
    if apply:
        desk.allow(Verb.WATCH)
        if as_of is not None and as_of > now:
            raise Refused(
                "DATE_IN_FUTURE",
                N_("what has not happened yet cannot be acted upon"),
                N_("leave --as-of or --apply out"),
            )
    return _walk(desk, reads, now if as_of is None else as_of, apply, chunk)


def _walk(desk: Desk, reads: Reads, at: int, apply: bool, chunk: int) -> Iterator[Item]:
    this = _round(desk, at, acting=apply)
    newest = reads.newest()
    touched = set(reads.touched())
    silent = reads.silent(at - this.silence) if this.silence else ()
    watchman = _Watchman(desk, reads, this)
    ids = sorted(touched.union(reads.near(at, this.tell_until), silent, watchman.late_areas()))
    for group in chunks(ids, chunk):
        if not apply:
            for id_ in group:
                yield from watchman.items(desk.store.get(id_), replay=id_ in touched)[2]
            continue
        done: list[Item] = []
        with desk.store.transaction():
            for id_ in group:
                done += watchman.carry_out(desk.store.get(id_), replay=id_ in touched)
        yield from done
    if apply and at == desk.clock.now():
        with desk.store.transaction():
            reads.keep_bookmark(newest)


def _round(desk: Desk, at: int, *, acting: bool) -> Round:
    policy, closed = desk.policy.policy, desk.policy.closed
    names = {"desk", *(rung.calendar for rung in policy.levels)}
    calendars = {name: Calendar(policy.calendars[name], closed) for name in names}
    return Round(
        now=at,
        open=calendars["desk"].is_open(desk.clock.now() if acting else at),
        tell_until=tell_until(calendars["desk"], at),
        rules={compiled.rule.name: compiled.rule for compiled in desk.policy.clocks},
        levels=policy.levels,
        calendars=calendars,
        silence=policy.telling.silent_days * _DAY,
    )


class _Watchman:
    """Plans and acts, ticket by ticket."""

    def __init__(self, desk: Desk, reads: Reads, this: Round) -> None:
        self.desk = desk
        self.reads = reads
        self.this = this
        self.logins = reads.logins()
        self.owners = {login: id_ for id_, login in self.logins.items()}
        agents = desk.store.agents()
        self.active = {agent.login for agent in agents if agent.active}
        self.day = local_day(desk, this.now)
        self.heads = {area.slug: area.head for area in desk.store.entries("area")}
        self.away = away_on(agents, self.day)
        self.asked = reads.asked(this.now, this.calendars["desk"], area_rules(this.rules.values()))

    def late_areas(self) -> Iterator[int]:
        """The tickets that an area owes an answer which is overdue."""
        for ticket, asked in self.asked.items():
            if any(one.state(self.this.now) is AreaState.OVERDUE for one in asked):
                yield ticket

    def items(self, ticket: Ticket, *, replay: bool) -> tuple[Ticket, tuple[ClockState, ...], list[Item]]:
        """The ticket, its clocks, and what there is to do, each item with who is told."""
        clocks = self.desk.store.clocks(ticket.id)
        asked = self.asked.get(ticket.id, ())
        items = plan(ticket, clocks, self.this, lambda: self.desk.store.escalations(ticket.id), asked)
        if replay or any(item.kind in _PASSED for item in items):
            items = self._with_breaches(ticket, items, replay=replay)
        return ticket, clocks, [self._addressed(ticket, item) for item in items]

    def carry_out(self, ticket: Ticket, *, replay: bool) -> list[Item]:
        """The items done, inside the transaction that is open."""
        ticket, clocks, items = self.items(ticket, replay=replay)
        drafts = [self._draft(ticket, item, clocks) for item in items if _acts(item)]
        if drafts:
            record(self.desk, ticket, drafts, clocks=clocks)
        return [self._done(ticket, item) for item in items]

    def _with_breaches(self, ticket: Ticket, items: list[Item], *, replay: bool) -> list[Item]:
        """Breaches of every cycle, less those that the ledger has; the other items stay."""
        found = {(item.clock, item.due_at) for item in items if item.kind in _PASSED}
        if replay:
            for clock, due_at in self.reads.breaches(ticket.id):
                rule = self.this.rules.get(rule_of(clock))
                ours = rule is not None and rule.stop is not ClockStop.REOPENING
                if ours and ticket.registered_at <= due_at < self.this.now:
                    found.add((clock, due_at))
        for event in self.desk.store.events(ticket.id):
            if event.type is Act.BREACHED:
                clocks = event.payload.get("clocks")
                name = str(clocks[0]) if isinstance(clocks, list) and clocks else ""
                found.discard((name, event.happened_at))
        breaches = [
            Item(ticket.protocol, passed(self.this.rules[rule_of(clock)]), clock, due_at, due_at)
            for clock, due_at in sorted(found, key=lambda one: (one[1], one[0]))
        ]
        return [*breaches, *(item for item in items if item.kind not in _PASSED)]

    def _addressed(self, ticket: Ticket, item: Item) -> Item:
        if item.kind is Kind.AREA_OVERDUE:
            area = item.area or ""
            return replace(item, addressee=self.heads.get(area) or area)
        if item.kind is not Kind.ESCALATION:
            owner = self.logins.get(ticket.assignee or 0)
            stand_in = self.away.get(owner) if owner is not None else None
            if stand_in is not None:
                return replace(item, addressee=stand_in, delegate_of=owner)
            return replace(item, addressee=owner)
        rung = next(rung for rung in self.this.levels if rung.level == item.level)
        who = ladder.addressee(rung, self.day.isoformat(), self.active, self.away)
        return replace(item, addressee=who.name, delegate_of=who.delegate_of)

    def _draft(self, ticket: Ticket, item: Item, clocks: Sequence[ClockState]) -> Draft:
        facts: dict[str, object] = {"automatic": True, "clocks": [item.clock], "until": item.due_at}
        if item.kind in _PASSED:
            if any(state.name == item.clock and state.notified_at is not None for state in clocks):
                facts["notified"] = True
            return Draft(Act.BREACHED, item.at, facts=facts)
        moment = moment_of(self.desk, ticket, NOW)
        if item.kind is Kind.WARNING:
            return Draft(Act.WARNED, moment, facts=facts)
        facts |= {"level": item.level, "addressee": item.addressee}
        if item.delegate_of is not None:
            facts["delegate_of"] = item.delegate_of
        return Draft(Act.ESCALATED, moment, diff(ticket, level=item.level), facts, self._reason(ticket, item))

    def _reason(self, ticket: Ticket, item: Item) -> Message:
        language = desk_language(self.desk)
        places = {
            "protocolo": ticket.protocol,
            "relogio": item.clock,
            "prazo": told(self.desk, item.due_at, language),
            "nivel": item.level,
        }
        words = desk_letter(self.desk, _REASON, places, language)
        return Message(Part.REASON, words.text, words.subject)

    def _done(self, ticket: Ticket, item: Item) -> Item:
        if item.result is Verdict.WAITING:
            return item
        if item.kind is Kind.SILENT or (item.kind is Kind.TELL_TODAY and not self._drafted(ticket)):
            return replace(item, result=Verdict.UNCHANGED)
        if item.kind is Kind.AREA_OVERDUE and not self._area_drafted(ticket, item):
            return replace(item, result=Verdict.UNCHANGED)
        return replace(item, result=Verdict.DONE)

    def _drafted(self, ticket: Ticket) -> bool:
        """Whether a notice was begun now for the ticket's owner, or for whoever runs the round."""
        desk = self.desk
        if not desk.policy.policy.promise:
            return False
        forecast = self.this.tell_until + 2 * 86_400
        opening, language = self.this.calendars["desk"].next_opening(forecast), language_of(desk, ticket)
        shown = {"nova_previsao": told(desk, opening, language, day=True)}
        text = notice(desk, ticket, TEMPLATE, _UNFINISHED[language], None, shown).text
        return self._keep(ticket, Act.DELAY_NOTICED.value, text)

    def _area_drafted(self, ticket: Ticket, item: Item) -> bool:
        """Whether a reminder to an area was begun now; not where it was reminded since it is late."""
        waiting = (one for one in owed(self.desk, ticket) if one.area == item.area)
        for one in waiting:
            if one.reminded_at is None or one.reminded_at <= item.due_at:
                language = desk_language(self.desk)
                words = _REMIND[language].format(day=told(self.desk, item.due_at - 1, language, day=True))
                return self._keep(ticket, f"forward:{one.area}", words)
        return False

    def _keep(self, ticket: Ticket, kind: str, text: str) -> bool:
        desk = self.desk
        return self.reads.keep_draft(
            ticket.assignee or desk.agent.id, ticket.id, kind, text, desk.clock.now()
        )


def _acts(item: Item) -> bool:
    return item.kind not in _SAID_ONLY and item.result is Verdict.PLANNED
