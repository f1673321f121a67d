"""What was done to work a case out, as a fold over its events: both sides, merit, team, measures, improvements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ouvidoria_tui.domain import area_request
from ouvidoria_tui.domain.ledger import TAKE_BACK, Act, Event
from ouvidoria_tui.domain.paths import Checked, Decision, Element, Mediated, Mediation, Proposed, Told


class Side(StrEnum):
    """Whose position it is (S0-02)."""

    CUSTOMER = "customer"
    COMPANY = "company"


class Target(StrEnum):
    """What a measure or an improvement changes (S0-09)."""

    SERVICE = "service"
    PROCESS = "process"
    PRODUCT = "product"


class Reproduced(StrEnum):
    """Whether the fault was seen again when the customer's steps were followed (S3-25)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure taken for a case (S4-23); ``number`` counts from 1, ``seq`` is its event's.

    ``due`` is an ISO date. ``carried`` is the number of the improvement that goes on with it.
    """

    number: int
    seq: int
    target: Target | None = None
    area: str | None = None
    due: str | None = None
    done_at: int | None = None
    carried: int | None = None

    @property
    def open(self) -> bool:
        """Whether it has still to be done, in this case."""
        return self.done_at is None and self.carried is None


@dataclass(frozen=True, slots=True)
class Improvement:
    """What shall be better for everybody after this case (S0-09); ``number`` is the desk's own, over all cases.

    ``owner`` is an agent's id, ``due`` an ISO date.
    """

    number: int
    seq: int
    added_at: int
    target: Target
    area: str | None = None
    owner: int | None = None
    due: str | None = None
    done_at: int | None = None


@dataclass(frozen=True, slots=True)
class CaseWork:
    """How far a case is worked out. The numbers are those of events, the texts stand beside them.

    Of each side the latest words count. ``conflicts`` and ``team`` are ids of agents. ``reproduced`` is the
    latest finding with the number of its event. ``quality`` and
    ``reminders`` (the moments at which the customer was reminded, and ``reminded_until`` the end of what the last one
    gave) begin anew with each public answer, and
    reminders with each word of the customer; so does what was ``proposed`` as the answer. ``prior`` is the event by
    which the records of the first attendance were kept, or said not to be there.

    The three steps in their order (S0-15): ``analysed_at`` is when both sides were there or the merit was assessed,
    ``areas_at`` when an area last answered, ``answered_at`` when the conclusive answer was given. ``owing`` are the
    areas that were asked and have not answered. The conclusive answer says whether the wish was ``granted`` (S4-14).
    """

    prior: int | None = None
    customer: int | None = None
    wish: int | None = None
    company: int | None = None
    assessed: int | None = None
    conflicts: tuple[int, ...] = ()
    team: tuple[int, ...] = ()
    measures: tuple[Measure, ...] = ()
    no_measures: int | None = None
    improvements: tuple[Improvement, ...] = ()
    no_improvement: int | None = None
    quality: int | None = None
    reproduced: tuple[Reproduced, int] | None = None
    written: int | None = None
    reminders: tuple[int, ...] = ()
    reminded_until: int | None = None
    analysed_at: int | None = None
    areas_at: int | None = None
    owing: tuple[str, ...] = ()
    answered_at: int | None = None
    granted: str | None = None
    decided: int | None = None
    decision: Decision | None = None
    praised: int | None = None
    told: tuple[Told, ...] = ()
    elements: Checked | None = None
    proposed: Proposed | None = None
    mediated: Mediated | None = None

    @property
    def missing_sides(self) -> tuple[Side, ...]:
        """The sides that were not heard yet."""
        heard = {Side.CUSTOMER: self.customer, Side.COMPANY: self.company}
        return tuple(side for side, seq in heard.items() if seq is None)

    @property
    def open_measures(self) -> tuple[Measure, ...]:
        """What has still to be done in this case."""
        return tuple(one for one in self.measures if one.open)

    @property
    def begun(self) -> bool:
        """Whether there is anything to tell of."""
        return self != CaseWork(
            reminders=self.reminders, reminded_until=self.reminded_until, owing=self.owing
        )


def fold(events: Iterable[Event]) -> CaseWork:
    """The work on a case from all its events; acts that were undone count as not done."""
    events = list(events)
    undone = {int(str(event.payload["undoes"])) for event in events if event.type in TAKE_BACK}
    work = CaseWork()
    for event in events:
        if event.seq not in undone:
            work = _after(work, event)
    asked = area_request.fold(events)
    owing = [one for one in asked if one.open] + list(area_request.left(asked))
    return replace(work, owing=tuple(one.area for one in owing))


def _after(work: CaseWork, event: Event) -> CaseWork:
    facts, seq = event.payload, event.seq
    match event.type:
        case Act.PRIOR_RECORDED:
            return replace(work, prior=seq)
        case Act.POSITION_STATED:
            if facts.get("wish"):
                return replace(work, wish=seq)
            customers = facts["side"] == Side.CUSTOMER
            heard = replace(work, customer=seq) if customers else replace(work, company=seq)
            return heard if heard.missing_sides else _analysed(heard, event)
        case Act.ASSESSED:
            return _analysed(replace(work, assessed=seq), event)
        case Act.AREA_ANSWERED:
            return replace(work, areas_at=event.happened_at)
        case Act.CONFLICT_DECLARED:
            return replace(work, conflicts=(*work.conflicts, int(str(facts["agent"]))))
        case Act.TEAM_SET:
            return replace(work, team=_ids(facts["members"]))
        case Act.MEASURE_ADDED:
            return replace(work, measures=(*work.measures, _measure(event)), no_measures=None)
        case Act.MEASURE_DONE:
            return replace(work, measures=_done(work.measures, facts, event.happened_at))
        case Act.MEASURES_NONE:
            return replace(work, no_measures=seq)
        case Act.IMPROVEMENT_ADDED:
            return _improved(work, event)
        case Act.IMPROVEMENT_DONE:
            return replace(work, improvements=_effected(work.improvements, facts, event.happened_at))
        case Act.IMPROVEMENT_NONE:
            return replace(work, no_improvement=seq)
        case Act.QUALITY_CHECKED:
            return replace(work, quality=seq)
        case Act.REPRODUCED:
            return replace(work, reproduced=(Reproduced(str(facts["result"])), seq))
        case Act.WRITTEN_CONFIRMED:
            return replace(work, written=seq)
        case Act.REMINDED:
            until = facts.get("until")
            return replace(
                work,
                reminders=(*work.reminders, event.happened_at),
                reminded_until=None if until is None else int(str(until)),
            )
        case Act.REPLIED | Act.ASKED:
            proposed = None if facts.get("conclusive") else work.proposed
            return _spoken(
                replace(work, quality=None, reminders=(), reminded_until=None, proposed=proposed), event
            )
        case Act.CUSTOMER_REPLIED | Act.REOPENED:
            return replace(work, reminders=(), reminded_until=None, proposed=None)
    return _on_its_path(work, event)


def _on_its_path(work: CaseWork, event: Event) -> CaseWork:
    """The acts that only some kinds of manifestation have."""
    facts, seq = event.payload, event.seq
    match event.type:
        case Act.DECIDED:
            return replace(work, decided=seq, decision=Decision(str(facts["decision"])))
        case Act.PRAISE_NAMED:
            return replace(work, praised=seq, told=())
        case Act.PRAISE_TOLD:
            told = {*work.told, Told(str(facts["to"]))}
            return replace(work, told=tuple(one for one in Told if one in told))
        case Act.ELEMENTS_CHECKED:
            found = frozenset(one for one in Element if facts.get(one.value))
            return replace(work, elements=Checked(seq, found))
        case Act.ANSWER_PROPOSED:
            return replace(work, proposed=Proposed(seq, event.actor))
        case Act.ANSWER_REVIEWED if work.proposed is not None:
            how = {"approved": seq} if facts["approved"] else {"returned": seq}
            return replace(work, proposed=replace(work.proposed, **how))
        case Act.MEDIATED:
            outcome = Mediation(str(facts["outcome"]))
            return replace(work, mediated=Mediated(seq, outcome, _text(facts.get("area"))))
    return work


def _analysed(work: CaseWork, event: Event) -> CaseWork:
    return replace(work, analysed_at=work.analysed_at or event.happened_at)


def _spoken(work: CaseWork, event: Event) -> CaseWork:
    facts = event.payload
    if not facts.get("conclusive"):
        return work
    return replace(work, answered_at=event.happened_at, granted=_text(facts.get("wish")))


def _measure(event: Event) -> Measure:
    facts = event.payload
    target = facts.get("target")
    return Measure(
        number=int(str(facts["number"])),
        seq=event.seq,
        target=None if target is None else Target(str(target)),
        area=_text(facts.get("area")),
        due=_text(facts.get("due")),
    )


def _done(measures: tuple[Measure, ...], facts: Mapping[str, object], at: int) -> tuple[Measure, ...]:
    return tuple(replace(one, done_at=at) if one.number == facts.get("measure") else one for one in measures)


def _improved(work: CaseWork, event: Event) -> CaseWork:
    facts = event.payload
    owner = facts.get("owner")
    made = Improvement(
        number=int(str(facts["number"])),
        seq=event.seq,
        added_at=event.happened_at,
        target=Target(str(facts["target"])),
        area=_text(facts.get("area")),
        owner=owner if isinstance(owner, int) else None,
        due=_text(facts.get("due")),
    )
    measures = tuple(
        replace(one, carried=made.number) if one.number == facts.get("measure") else one
        for one in work.measures
    )
    return replace(work, improvements=(*work.improvements, made), no_improvement=None, measures=measures)


def _effected(
    improvements: tuple[Improvement, ...], facts: Mapping[str, object], at: int
) -> tuple[Improvement, ...]:
    return tuple(
        replace(one, done_at=at) if one.number == facts.get("improvement") else one for one in improvements
    )


def _ids(value: object) -> tuple[int, ...]:
    return tuple(int(str(one)) for one in value) if isinstance(value, list | tuple) else ()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
