"""Taking back the last act: a compensating event, never a change of the past."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.desk.act import act, check_revision
from ouvidoria_tui.desk.classify import keep_together
from ouvidoria_tui.desk.convert import FORCED
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.follow import merged_by
from ouvidoria_tui.desk.link import take_link_back
from ouvidoria_tui.desk.merge import take_back
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.ledger import Act, Draft, Event
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_, Text

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
        Act.DECIDED,
        Act.PRAISE_NAMED,
        Act.PRAISE_TOLD,
        Act.ELEMENTS_CHECKED,
        Act.ANSWER_PROPOSED,
        Act.ANSWER_REVIEWED,
        Act.MEDIATED,
    }
)

_SAID = N_("what was said to or by a customer, or sent to an area, was said")
_OUTSIDE = N_("it tells what happened outside the desk, or what time itself brought")
_FINAL = N_("it takes an act back itself; do that act again")
_DESK = N_("it is an act of the desk as a whole; correct it with another one of its kind")

#: Why every other act stays; each act of the ledger is either above or here.
FINAL: Mapping[Act, Text] = {
    Act.RECEIVED: N_("what came is registered for good; close the ticket with its reason"),
    Act.REPLIED: _SAID,
    Act.ASKED: _SAID,
    Act.NOTED: N_("a note stays as it was written; write another one"),
    Act.CUSTOMER_REPLIED: _SAID,
    Act.CUSTOMER_VIEWED: _SAID,
    Act.EXTENDED: _SAID,
    Act.DELAY_NOTICED: _SAID,
    Act.REMINDED: _SAID,
    Act.FORWARDED: _SAID,
    Act.AREA_ANSWERED: _SAID,
    Act.AREA_WAIVED: _SAID,
    Act.INFORMED: _SAID,
    Act.CALLED: _SAID,
    Act.MET: _SAID,
    Act.INCIDENT_NOTICED: _SAID,
    Act.NOTICE_GIVEN: _SAID,
    Act.SURVEY_OFFERED: _SAID,
    Act.SURVEY_ANSWERED: _OUTSIDE,
    Act.CODE_ISSUED: N_("the code before it is void; issue another one"),
    Act.CONSENT_ASKED: _SAID,
    Act.CONSENT_ANSWERED: _SAID,
    Act.WRITTEN_CONFIRMED: _SAID,
    Act.ATTACHED: N_("a file stays with what was said"),
    Act.IDENTITY_SHOWN: N_("who was told who is behind a ticket knows it"),
    Act.WARNED: _OUTSIDE,
    Act.BREACHED: _OUTSIDE,
    Act.BOUNCED: _OUTSIDE,
    Act.UPDATED: _OUTSIDE,
    Act.MAIL_CANCELLED: N_("put the letter into the queue again with `ouvidoria outbox retry`"),
    Act.MAIL_RETRIED: N_("cancel the letter with `ouvidoria outbox cancel`, while it has not left"),
    Act.CUSTOMER_LINKED: N_("the clocks of the contract have begun with it"),
    Act.UNDONE: _FINAL,
    Act.UNMERGED: _FINAL,
    Act.UNJOINED: _FINAL,
    Act.DESK_CREATED: _DESK,
    Act.POLICY_APPLIED: _DESK,
    Act.AGENT_REGISTERED: _DESK,
    Act.CUSTOMER_REGISTERED: _DESK,
    Act.REGISTER_CHANGED: _DESK,
    Act.MAIL_DISCARDED: _DESK,
    Act.INCIDENT_OPENED: _DESK,
    Act.INCIDENT_CLOSED: _DESK,
    Act.INCIDENT_TOLD: _DESK,
    Act.NOTICE_MADE: _DESK,
    Act.NOTICE_EXTENDED: _DESK,
    Act.DIGEST_SENT: _DESK,
    Act.DIGEST_ACKNOWLEDGED: _DESK,
    Act.ANALYSIS_RECORDED: _DESK,
    Act.TEMPLATE_CHANGED: _DESK,
    Act.TEMPLATE_RESET: _DESK,
}

_NOTED = frozenset({Act.WARNED, Act.BREACHED, Act.BOUNCED, Act.SURVEY_ANSWERED, Act.IDENTITY_SHOWN})


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
        kept = desk.store.find(ref).confidential
        outcome = _undo_one(desk, ref, revision)
        if desk.store.find(ref).confidential != kept:
            keep_together(desk, outcome.protocol, undoing=True)
        return outcome


def _undo_one(desk: Desk, ref: str, revision: int | None) -> Outcome:
    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        return [_undoing(event, moment) for event in _whole(desk, ticket, _last(desk, ticket))]

    return act(desk, ref, Verb.UNDO, decide, revision=revision)


def _undoing(event: Event, moment: int) -> Draft:
    inverse = {name: (new, old) for name, (old, new) in event.changes.items()}
    return Draft(Act.UNDONE, moment, inverse, {"undoes": event.seq, "act": event.type.value})


def _whole(desk: Desk, ticket: Ticket, last: Event) -> list[Event]:
    """The events of the act that ended with ``last``, the last one first.

    What brought about another event stands right before it: the finding that moved a conversation to a ticket, and the
    return of a closed ticket that was to be escalated. Raises ``NOTHING_TO_UNDO`` where any of them stays.
    """
    before = next((one for one in desk.store.events(ticket.id) if one.seq == last.seq - 1), None)
    if before is None or not _brought(before, last):
        return [last]
    _check_undoable(desk, ticket, before)
    return [last, before]


def _brought(before: Event, last: Event) -> bool:
    """Whether ``last`` followed from ``before`` of itself, in the same act."""
    if last.type is Act.CONVERTED:
        return last.payload.get("why") == FORCED
    return last.type is Act.ESCALATED and before.type is Act.REOPENED and "at_request" in before.payload


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
    # What the watch and the mail noted meanwhile, and who looked, is no act on the ticket.
    last = next(event for event in reversed(desk.store.events(ticket.id)) if event.type not in _NOTED)
    _check_undoable(desk, ticket, last)
    return last


def _check_undoable(desk: Desk, ticket: Ticket, last: Event) -> None:
    own = last.actor == desk.agent.id and not last.payload.get("automatic")
    if own and last.type in UNDOABLE and "text" not in _customers_words(last):
        return
    raise Refused(
        "NOTHING_TO_UNDO",
        N_(
            "the last act on {protocol} ({act}) cannot be taken back by {login}",
            protocol=ticket.protocol,
            act=(last.type,),
            login=desk.agent.login,
        ),
        FINAL[last.type]
        if last.type in FINAL
        else N_("only one's own last act can be undone, and nothing that was said to or by a customer"),
    )


def _customers_words(event: Event) -> dict[str, object]:
    """The payload, where it binds words of the customer: they were said and stay."""
    return dict(event.payload) if event.payload.get("part") == "customer" else {}
