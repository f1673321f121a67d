"""Taking back the last act: a compensating event, never a change of the past."""

from __future__ import annotations

from ouvidoria_tui.desk.act import act, check_revision
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import merged_by
from ouvidoria_tui.desk.link import take_link_back
from ouvidoria_tui.desk.merge import take_back
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.ledger import Act, Draft, Event
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: What can be taken back: acts that stayed inside the desk and only set values.
UNDOABLE = frozenset(
    {
        Act.ASSIGNED,
        Act.RETURNED,
        Act.STARTED,
        Act.CLOSED,
        Act.REOPENED,
        Act.TRANSFERRED,
        Act.CLASSIFIED,
        Act.TRIAGED,
        Act.ESCALATED,
        Act.ACKNOWLEDGED,
        Act.HANDED_BACK,
        Act.SUSPENDED,
        Act.RESUMED,
        Act.INTERRUPTED,
        Act.MERGED,
        Act.JOINED,
        Act.LINKED,
        Act.UNLINKED,
        Act.INCIDENT_LINKED,
        Act.INCIDENT_UNLINKED,
        Act.PRIOR_RECORDED,
        Act.POSITION_STATED,
        Act.ASSESSED,
        Act.CONFLICT_DECLARED,
        Act.TEAM_SET,
        Act.MEASURE_ADDED,
        Act.MEASURE_DONE,
        Act.MEASURES_NONE,
        Act.IMPROVEMENT_ADDED,
        Act.IMPROVEMENT_DONE,
        Act.IMPROVEMENT_NONE,
        Act.QUALITY_CHECKED,
        Act.CONVERTED,
        Act.REPRODUCED,
    }
)


_NOTED = frozenset({Act.WARNED, Act.BREACHED, Act.BOUNCED, Act.SURVEY_ANSWERED})


def undo(desk: Desk, ref: str, *, revision: int | None = None) -> Outcome:
    """The ticket as it was before the desk's agent's last act on it; clocks run as if it had not been done.

    Outside the table of moves. Raises ``Refused`` ``NOTHING_TO_UNDO`` where the last act is another's, or one
    that cannot be taken back.
    """
    desk.allow(Verb.UNDO)
    with desk.store.transaction():
        both = _on_both(desk, ref, revision)
        if both is not None:
            return both
        return _undo_one(desk, ref, revision)


def _undo_one(desk: Desk, ref: str, revision: int | None) -> Outcome:
    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        last = _last(desk, ticket)
        inverse = {name: (new, old) for name, (old, new) in last.changes.items()}
        return [Draft(Act.UNDONE, moment, inverse, {"undoes": last.seq, "act": last.type.value})]

    return act(desk, ref, Verb.UNDO, decide, revision=revision)


def _on_both(desk: Desk, ref: str, revision: int | None) -> Outcome | None:
    """The undoing of an act that stands on two tickets; ``None`` where the last act is of one alone."""
    ticket = desk.store.find(ref)
    check_revision(desk, ticket, revision)
    last = _last(desk, ticket)
    if last.type in (Act.LINKED, Act.UNLINKED):
        return take_link_back(desk, ticket, last.type, int(str(last.payload["with"])))
    if last.type is Act.MERGED:
        return take_back(desk, ticket, last, Verb.UNDO)
    if last.type is Act.JOINED:
        source = desk.store.get(int(str(last.payload["joined"])))
        merged = merged_by(desk.store, source)
        if merged is not None:
            take_back(desk, source, merged, Verb.UNDO)
            after = desk.store.get(ticket.id)
            return Outcome(after.protocol, Verb.UNDO.value, Result.DONE, after.status, after.revision)
    return None


def _last(desk: Desk, ticket: Ticket) -> Event:
    # What the watch and the mail noted meanwhile is nobody's act.
    last = next(event for event in reversed(desk.store.events(ticket.id)) if event.type not in _NOTED)
    own = last.actor == desk.agent.id and not last.payload.get("automatic")
    if own and last.type in UNDOABLE and "text" not in _customers_words(last):
        return last
    raise Refused(
        "NOTHING_TO_UNDO",
        N_(
            "the last act on {protocol} ({act}) cannot be taken back by {login}",
            protocol=ticket.protocol,
            act=last.type.value,
            login=desk.agent.login,
        ),
        N_("only one's own last act can be undone, and nothing that was said to or by a customer"),
    )


def _customers_words(event: Event) -> dict[str, object]:
    """The payload, where it binds words of the customer: they were said and stay."""
    return dict(event.payload) if event.payload.get("part") == "customer" else {}
