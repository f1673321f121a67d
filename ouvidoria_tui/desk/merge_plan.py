"""What a merge would do, before it is done: the same look that the merge itself takes."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.desk.act import check_revision, need_text
from ouvidoria_tui.desk.close import closed
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import check_not_merged, final
from ouvidoria_tui.desk.letters import about, desk_letter, language_of
from ouvidoria_tui.domain.area_request import fold
from ouvidoria_tui.domain.ledger import Act, Event, Message
from ouvidoria_tui.domain.merge_plan import MergePlan
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.reading import check_may_open
from ouvidoria_tui.domain.ticket import Status, Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class Wanted:
    """Into which ticket, why, and whether it is known that the two customers are not the same."""

    into: str
    reason: str | None = None
    different_customers: bool = False


def preview(desk: Desk, ref: str, wanted: Wanted, *, revision: int | None = None) -> MergePlan:
    """What ``merge`` would do; nothing is written, and what it would refuse is refused here."""
    desk.allow(Verb.MERGE)
    source = desk.store.find(ref)
    check_revision(desk, source, revision)
    return plan_merge(desk, source, wanted)


def plan_merge(desk: Desk, source: Ticket, wanted: Wanted) -> MergePlan:
    """The plan for ``source``, or the refusal that :func:`~ouvidoria_tui.desk.merge.merge` names."""
    store = desk.store
    named = store.find(wanted.into)
    target = final(store, named)
    _check(desk, source, target)
    same = _same_customer(source, target)
    if same is None:
        # Whether two confidential tickets are of one person is itself what is kept: nothing depends on it.
        need_text(wanted.reason, "--reason")
    elif not same:
        _check_different(source, target, wanted)
    events, clocks = store.events(source.id), store.clocks(source.id)
    told = told_before(events, target.id)
    return MergePlan(
        source=source,
        named=named,
        target=target,
        same_customer=same,
        letter=_letter(desk, source, target) if same and not told else None,
        messages=len(store.messages(source.id)),
        files=sum(event.type is Act.ATTACHED for event in events),
        missed=tuple(clock.name for clock in clocks if clock.missed_at is not None),
        running=tuple(clock.name for clock in clocks if clock.state in ("running", "paused")),
        owed=tuple(one for one in fold(events) if one.open),
        along=tuple(one.protocol for one in store.merged(source.id)),
    )


def _same_customer(source: Ticket, target: Ticket) -> bool | None:
    if source.confidential or target.confidential:
        return None
    return source.customer is not None and source.customer == target.customer


def told_before(events: list[Event], target: int) -> bool:
    """Whether the customer was told already that the matter goes on at ``target``."""
    return any(event.type is Act.REPLIED and event.payload.get("original") == target for event in events)


def _check(desk: Desk, source: Ticket, target: Ticket) -> None:
    if source.id == target.id:
        raise Refused(
            "MERGE_INTO_ITSELF",
            N_("{protocol} cannot be merged into itself", protocol=source.protocol),
            N_("name another ticket after --into; what was merged already is followed to where it went on"),
        )
    check_not_merged(desk.store, source)
    if source.status is Status.CLOSED:
        raise closed(source)
    if target.status is Status.CLOSED:
        raise Refused(
            "MERGE_TARGET_CLOSED",
            N_("{protocol} is closed: the customer would have no open ticket", protocol=target.protocol),
            N_(
                "reopen it first: ouvidoria reopen {protocol} --reason …, or link the two with `ouvidoria link`",
                protocol=target.protocol,
            ),
        )
    if source.confidential != target.confidential:
        kept, other = (source, target) if source.confidential else (target, source)
        raise Refused(
            "CONFIDENTIAL_MERGE",
            N_(
                "{protocol} is confidential and {other} is not: its words, or whose it is, would be read there",
                protocol=kept.protocol,
                other=other.protocol,
            ),
            N_(
                "keep the other one, too: ouvidoria classify {other} --confidential; or link the two with"
                " `ouvidoria link`",
                other=other.protocol,
            ),
        )
    for ticket in (source, target):
        check_may_open(desk.agent, ticket)


def _check_different(source: Ticket, target: Ticket, wanted: Wanted) -> None:
    if wanted.different_customers:
        need_text(wanted.reason, "--reason")
        return
    raise Refused(
        "OTHER_CUSTOMER",
        N_(
            "{protocol} and {target} are not known to be of the same customer",
            protocol=source.protocol,
            target=target.protocol,
        ),
        N_(
            "give --different-customers and --reason where they belong together all the same, or use `ouvidoria link`"
        ),
    )


def _letter(desk: Desk, source: Ticket, target: Ticket) -> Message:
    places = {**about(desk, source), "protocolo_original": target.protocol}
    return desk_letter(desk, "D1", places, language_of(desk, source))
