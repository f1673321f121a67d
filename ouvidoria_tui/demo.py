"""The sample desk: a store in which four months of invented manifestations happened, up to now.

Everything goes through the same import and the same verbs as at a real desk. The clock is set to each moment
in the order of time over all tickets, so that the ledger reads as if the desk had worked: a record comes in
when its own history ends (for most, when it arrives), each act is recorded when it happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import Clock, FixedClock, SystemClock
from ouvidoria_tui.desk.assess import assess, position
from ouvidoria_tui.desk.assign import assign, start
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.escalate import acknowledge, escalate, hand_back
from ouvidoria_tui.desk.forward import area_answer, forward
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.improvements import add_improvement
from ouvidoria_tui.desk.measures import add_measure, measure_done
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.reply import ask, customer_reply, note, reply
from ouvidoria_tui.desk.triage import apply, plan
from ouvidoria_tui.domain.case_work import Side, Target
from ouvidoria_tui.domain.mail_settings import MailSettings, Road
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.domain.record import Record
from ouvidoria_tui.domain.ticket import Admission, CloseReason, Difficulty, Merit, Severity, Status, Type
from ouvidoria_tui.founding import found_desk, profile_text, remove_store
from ouvidoria_tui.intake.sample import Sample, SampleAct, SampleTicket, load, with_figures
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.store.first_line import Priors
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.triage_reads import Originals, case_of

_DAY: Final = 86_400
#: What arrived in the last days still waits for triage, so that there is something to show.
_UNTRIAGED_DAYS: Final = 3


#: A sample desk writes letters, so that the outbox can be looked at; none of them ever leaves.
_NEVER_SENT: Final = MailSettings(
    from_address="ouvidoria@example.com", road=Road.SENDMAIL.value, sendmail="/bin/false", demo=True
)


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that happens to a ticket: its record comes in (``act`` is ``None``), or an act."""

    at: int
    ticket: SampleTicket
    act: SampleAct | None = None


def build_demo(path: Path, *, clock: Clock | None = None, admin: str | None = None) -> Path:
    """A new store at ``path`` with the sample desk as it stands at the clock's moment; gives ``path``.

    ``admin`` (the system user) is its administrator. Raises what :func:`~ouvidoria_tui.founding.found_desk`
    raises, and ``UsageError`` ``SAMPLE_INVALID``; no store is left behind then.
    """
    now = (clock or SystemClock()).now()
    folder = data_folder() / "sample"
    # The profile is named by the sample, and the profile names the zone in which its times are told.
    name = load(folder, now=now, zone="UTC").profile
    text = profile_text(name)[1]
    sample = load(folder, now=now, zone=parse(text, name=name).zone)
    past = FixedClock(min(ticket.record.received_at for ticket in sample.tickets) - _DAY)
    text = with_figures(text, sample.figures)
    store = found_desk(path, profile=name, text=text, clock=past, admin=admin)
    try:
        with store.transaction():
            store.outbox.put_settings(_NEVER_SENT)
        _fill(store, sample, past, now, admin)
    except BaseException:
        store.close()
        remove_store(path)
        raise
    store.close()
    return path


def _fill(store: SqliteStore, sample: Sample, past: FixedClock, now: int, admin: str | None) -> None:
    desk = desk_over(store, agent=admin, clock=past)
    hands = {one.login: register_agent(desk, one.login, one.name, one.role) for one in sample.agents}
    desks = {login: desk.as_agent(agent) for login, agent in hands.items()}
    protocols: dict[str, str] = {}
    # One transaction: nobody else looks on, and the disk is waited for once.
    with store.transaction():
        for step in _in_order(sample):
            past.at = step.at
            key = step.ticket.record.external_id
            if step.act is None:
                protocols[key] = _bring_in(desk, step.ticket.record)
                _triage(desk, store, protocols[key], step.ticket.record, now)
            else:
                _carry_out(desks[step.act.by], protocols[key], step.act)


def _in_order(sample: Sample) -> Iterator[_Step]:
    steps = [_Step(_told_until(ticket.record), ticket) for ticket in sample.tickets]
    steps += [_Step(act.at, ticket, act) for ticket in sample.tickets for act in ticket.acts]
    return iter(sorted(steps, key=lambda step: step.at))


def _told_until(record: Record) -> int:
    """The last moment that a record speaks of."""
    moments = [record.received_at, record.answered_at or 0, record.closed_at or 0]
    return max(*moments, *(message.at for message in record.messages))


def _bring_in(desk: Desk, record: Record) -> str:
    (taken,) = import_records(desk, [record])
    assert taken.protocol is not None
    return taken.protocol


def _triage(desk: Desk, store: SqliteStore, protocol: str, record: Record, now: int) -> None:
    """Plain admissions of what came some days ago; what is doubtful is left for a person to look at."""
    if record.received_at > now - _UNTRIAGED_DAYS * _DAY or store.find(protocol).status is Status.CLOSED:
        return
    conn = store.conn
    (planned,) = plan(desk, [case_of(conn, protocol)], original=Originals(conn), prior=Priors.of(conn))
    if planned.decision is Admission.ADMITTED:
        list(apply(desk, [planned]))


def _carry_out(desk: Desk, ref: str, act: SampleAct) -> None:
    args = _Args(act.args)
    match act.verb:
        case Verb.ASSIGN:
            assign(desk, ref, args.need("to"))
        case Verb.START:
            start(desk, ref)
        case Verb.REPLY:
            reply(desk, ref, args.need("text"), conclusive=bool(args.raw.get("conclusive")))
        case Verb.ASK:
            ask(desk, ref, args.need("text"))
        case Verb.NOTE:
            note(desk, ref, args.need("text"))
        case Verb.CUSTOMER_REPLY:
            customer_reply(desk, ref, args.need("text"))
        case Verb.CLOSE:
            close(desk, ref, CloseReason(args.need("reason")), note=args.text("note"))
        case Verb.REOPEN:
            reopen(desk, ref, information=args.text("information"), reason=args.text("reason"))
        case Verb.TRANSFER:
            transfer(desk, ref, args.need("department"), args.need("reason"))
        case Verb.CLASSIFY:
            classify(desk, ref, args.classification())
        case Verb.ESCALATE:
            escalate(desk, ref, int(args.need("level")), args.need("reason"))
        case Verb.ACK:
            acknowledge(desk, ref)
        case Verb.HAND_BACK:
            hand_back(desk, ref, args.need("instruction"))
        case Verb.ATTACH:
            name = args.need("name")
            attach(desk, ref, name, f"{name}\n".encode())
        case _:
            _work_out(desk, ref, act.verb, args)


def _work_out(desk: Desk, ref: str, verb: Verb, args: _Args) -> None:
    match verb:
        case Verb.POSITION:
            position(desk, ref, Side(args.need("side")), args.need("text"), wish=bool(args.raw.get("wish")))
        case Verb.ASSESS:
            merit = Merit(args.need("merit"))
            assess(desk, ref, merit, args.need("grounds"), outcome=args.text("outcome"))
        case Verb.MEASURE if "evidence" in args.raw:
            measure_done(desk, ref, int(args.need("number")), args.need("evidence"))
        case Verb.MEASURE:
            add_measure(desk, ref, args.need("text"))
        case Verb.FORWARD:
            forward(desk, ref, args.need("area"), args.need("text"))
        case Verb.AREA_ANSWER:
            area_answer(desk, ref, args.need("text"))
        case Verb.IMPROVEMENT:
            add_improvement(desk, ref, Target(args.need("target")), args.need("text"))
        case _:
            raise ValueError(verb)


@dataclass(frozen=True, slots=True)
class _Args:
    """What a line of the sample says of an act."""

    raw: Mapping[str, object]

    def text(self, name: str) -> str | None:
        value = self.raw.get(name)
        return None if value is None else str(value)

    def need(self, name: str) -> str:
        return str(self.raw[name])

    def classification(self) -> Classification:
        type_, severity, difficulty = (self.text(name) for name in ("type", "severity", "difficulty"))
        confidential = self.raw.get("confidential")
        return Classification(
            type=Type(type_) if type_ else None,
            severity=Severity(severity) if severity else None,
            difficulty=Difficulty(difficulty) if difficulty else None,
            cause=self.text("cause"),
            confidential=bool(confidential) if confidential is not None else None,
        )
