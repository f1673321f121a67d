"""The work on a case and the improvements of the desk, in the machine formats and as columns for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from ouvidoria_tui.domain.case_work import Target
from ouvidoria_tui.domain.paths import Element
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.dates import day, rfc3339
from ouvidoria_tui.present.words import _, term_of
from ouvidoria_tui.present.zones import parse_rfc3339
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.improvement import Effect, Improved
    from ouvidoria_tui.domain.ticket_file import TicketDetail

#: The keys of a line of ``improvement list`` and of ``improvement effect``.
IMPROVEMENT_KEYS: Final = (
    "number",
    "protocol",
    "target",
    "area",
    "owner",
    "due",
    "overdue",
    "status",
    "added_at",
    "done_at",
    "text",
)
EFFECT_KEYS: Final = ("number", "protocol", "cause", "done_at", "days", "before", "days_after", "after")


def work_record(detail: TicketDetail, zone: str, *, hidden: bool) -> dict[str, object]:
    """How far a case is worked out: both sides, grounds, team, measures and why none; words masked where ``hidden``."""
    work = detail.work
    texts = texts_of(detail)

    def said(seq: int | None) -> str | None:
        return None if seq is None or hidden else texts.get(seq)

    def at(moment: int | None) -> str | None:
        return None if moment is None else rfc3339(moment, zone)

    return {
        "prior_records": said(work.prior),
        "customer": said(work.customer),
        "wish": said(work.wish),
        "company": said(work.company),
        "grounds": said(work.assessed),
        "conflicts": [detail.agents.get(one) for one in work.conflicts],
        "team": [detail.agents.get(one) for one in work.team],
        "no_measures": said(work.no_measures),
        "improvements": [one.number for one in work.improvements],
        "no_improvement": said(work.no_improvement),
        "quality_checked": work.quality is not None,
        "reproduced": None if work.reproduced is None else work.reproduced[0].value,
        "reproduction": said(None if work.reproduced is None else work.reproduced[1]),
        "written_confirmation": said(work.written),
        "steps": {
            "analysis": at(work.analysed_at),
            "areas": at(work.areas_at),
            "answer": at(work.answered_at),
        },
        "wish_outcome": work.granted,
        "decision": work.decision,
        "reminders": [rfc3339(at, zone) for at in work.reminders],
        **_path_record(detail, said),
    }


def _path_record(detail: TicketDetail, said: Callable[[int | None], str | None]) -> dict[str, object]:
    """What only some kinds of manifestation have; ``None`` where it has not been done."""
    work = detail.work
    proposed, elements, mediated = work.proposed, work.elements, work.mediated
    return {
        "decision": work.decision,
        "decision_grounds": said(work.decided),
        "praise_for": said(work.praised),
        "praise_told": [one.value for one in work.told],
        "elements": None
        if elements is None
        else {**{one.value: one in elements.found for one in Element}, "grounds": said(elements.seq)},
        "proposed": None
        if proposed is None
        else {
            "author": detail.agents.get(proposed.author),
            "text": said(proposed.seq),
            "approved": None if proposed.waits else proposed.approved is not None,
            "returned_because": said(proposed.returned),
        },
        "mediation": None
        if mediated is None
        else {"outcome": mediated.outcome.value, "area": mediated.area, "text": said(mediated.seq)},
    }


def measure_records(detail: TicketDetail, zone: str, *, hidden: bool) -> list[dict[str, object]]:
    """The measures of a case, oldest first."""
    texts = texts_of(detail)
    return [
        {
            "number": one.number,
            "text": None if hidden else texts.get(one.seq),
            "target": None if one.target is None else one.target.value,
            "area": one.area,
            "due": one.due,
            "done_at": None if one.done_at is None else rfc3339(one.done_at, zone),
            "improvement": one.carried,
        }
        for one in detail.work.measures
    ]


def texts_of(detail: TicketDetail) -> Mapping[int, str | None]:
    """The words beside each event by its number; ``None`` where they were erased."""
    return {entry.event.seq: entry.text for entry in detail.entries}


def improvement_record(one: Improved, zone: str, today: date | None, *, reveal: bool) -> Record:
    """A line of ``improvement list``; of a confidential ticket the words are masked unless ``reveal``."""
    made = one.improvement
    late = (
        made.done_at is None and made.due is not None and today is not None and made.due < today.isoformat()
    )
    return {
        "number": made.number,
        "protocol": one.protocol,
        "target": made.target.value,
        "area": made.area,
        "owner": one.owner,
        "due": made.due,
        "overdue": late,
        "status": "done" if made.done_at is not None else "late" if late else "open",
        "added_at": rfc3339(made.added_at, zone),
        "done_at": None if made.done_at is None else rfc3339(made.done_at, zone),
        "text": None if one.confidential and not reveal else one.text,
    }


def improvement_columns(zone: str) -> tuple[Column, ...]:
    """The columns of ``improvement list`` for people."""

    def state(record: Record) -> str:
        if record["done_at"] is not None:
            return _("done {when}", when=_day(record["done_at"], zone))
        if record["due"] is None:
            return _("open")
        due = iso_day(str(record["due"]))
        return _("late, was due {when}", when=due) if record["overdue"] else _("due {when}", when=due)

    return (
        Column("target", N_("Changes"), render=lambda record: term_of(Target, record["target"]), priority=1),
        Column("number", N_("No."), priority=1),
        Column("protocol", N_("Ticket"), priority=1),
        Column("area", N_("Area"), priority=3),
        Column("owner", N_("Owner"), priority=2),
        Column("due", N_("State"), render=state, priority=1),
        Column(
            "text",
            N_("What shall be better"),
            render=lambda record: _("[confidential]") if record["text"] is None else str(record["text"]),
            flex=True,
        ),
    )


def effect_record(one: Improved, effect: Effect, zone: str) -> Record:
    """The line of ``improvement effect``: tickets of the cause that came before it was done, and after."""
    made = one.improvement
    return {
        "number": made.number,
        "protocol": one.protocol,
        "cause": one.cause,
        "done_at": None if made.done_at is None else rfc3339(made.done_at, zone),
        "days": effect.days,
        "before": effect.before,
        "days_after": effect.days_after,
        "after": effect.after,
    }


def effect_columns(zone: str) -> tuple[Column, ...]:
    """The columns of ``improvement effect`` for people."""
    return (
        Column("number", N_("No."), priority=1),
        Column("cause", N_("Cause"), priority=1),
        Column("done_at", N_("Done"), render=lambda record: _day(record["done_at"], zone)),
        Column("days", N_("Days before"), priority=2),
        Column("before", N_("Tickets before"), priority=1),
        Column("days_after", N_("Days after"), priority=2),
        Column("after", N_("Tickets after"), priority=1),
    )


def _day(value: object, zone: str) -> str:
    return day(parse_rfc3339(str(value)), zone)


def iso_day(written: str) -> str:
    """An ISO date as people read it."""
    return day(parse_rfc3339(f"{written}T12:00:00Z"), "UTC")
