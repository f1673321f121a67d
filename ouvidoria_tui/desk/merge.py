"""Two tickets about one matter become one, and two again: merge and unmerge.

Nothing is moved: the merged ticket keeps its words, files, references and clocks, and is closed; the other one
keeps its own place and clocks, shows the joined words, and hears what the customer writes from then on (C-19).
"""

from __future__ import annotations

from ouvidoria_tui.desk.act import NOW, check_revision, diff, moment_of, need_text, note_of
from ouvidoria_tui.desk.close import closing
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.follow import final, merged_by
from ouvidoria_tui.desk.merge_plan import Wanted, plan_merge, told_before
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.reply import heard
from ouvidoria_tui.domain.ledger import Act, Draft, Event, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Admission, CloseReason, Status, Ticket
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_, NN_

__all__ = ["join", "later_words", "merge", "merging", "take_back", "told_before", "unmerge"]

#: The letter that tells the customer under which number the matter goes on.
LETTER = "D1"


def merge(desk: Desk, ref: str, wanted: Wanted, *, revision: int | None = None) -> Outcome:
    """The ticket ``ref`` closed as a duplicate and joined to another (S3-47); merged there already: ``unchanged``.

    A customer of both is told first, once; of confidential tickets nobody learns whether they have one customer,
    so that nobody is told and ``reason`` is needed. Where the other was merged itself, the merge is followed to its
    end; ``details`` name where it went (``into``). Raises ``Refused`` ``MERGE_INTO_ITSELF``,
    ``MERGE_TARGET_CLOSED``, ``TICKET_MERGED``, ``TICKET_CLOSED``, ``OTHER_CUSTOMER``,
    ``CONFIDENTIAL_MERGE``; ``NotAllowed`` ``CONFIDENTIAL``; ``UsageError`` ``TEXT_REQUIRED``; ``Conflict``
    ``TICKET_CHANGED``.
    """
    desk.allow(Verb.MERGE)
    with desk.store.transaction():
        source = desk.store.find(ref)
        target = final(desk.store, desk.store.find(wanted.into))
        if (
            merged_by(desk.store, source) is not None
            and final(desk.store, source).id == target.id != source.id
        ):
            return _outcome(source, target, Result.UNCHANGED)
        check_revision(desk, source, revision)
        plan = plan_merge(desk, source, wanted)
        drafts: list[Draft] = []
        moment = moment_of(desk, source, NOW)
        if plan.letter is not None:
            facts = {"automatic": True, "template": LETTER, "original": target.id}
            drafts.append(Draft(Act.REPLIED, moment, {}, facts, plan.letter, to_customer=True))
        drafts.append(merging(source, target, moment, note_of(wanted.reason)))
        after, _clocks = record(desk, source, drafts)
        join(desk, source, target)
    return _outcome(after, target, Result.DONE, told=plan.letter is not None)


def merging(source: Ticket, target: Ticket, moment: int, words: Message | None = None) -> Draft:
    """The event that closes ``source`` as a duplicate of ``target``."""
    changes = closing(source, moment, CloseReason.DUPLICATE)
    changes |= diff(source, admission=Admission.DUPLICATE, duplicate_of=target.id)
    return Draft(Act.MERGED, moment, changes, {"into": target.id}, words)


def join(desk: Desk, source: Ticket, target: Ticket) -> None:
    """Records on ``target`` that ``source`` joined it; to be called inside a transaction.

    What the customer wrote there after the last word said here has not been answered: it is heard.
    """
    moment = moment_of(desk, target, NOW)
    wrote, said = source.customer_wrote_at or 0, _last_word(desk.store.events(target.id))
    # Of confidential tickets it is not asked whose they are, not even here: a turn would tell.
    theirs = target.confidential or (source.customer == target.customer and target.customer is not None)
    unheard = wrote > said and theirs
    changes = dict(heard(target, wrote)) if unheard and target.status is Status.ANSWERED else {}
    if unheard and not changes:
        changes = diff(target, unread=True)
    record(desk, target, [Draft(Act.JOINED, moment, changes, {"joined": source.id})])


def _last_word(events: list[Event]) -> int:
    """When the customer was last written to, letters included: 0 where that never was."""
    told = (event.happened_at for event in events if event.payload.get("part") == Part.DESK.value)
    return max(told, default=0)


def unmerge(desk: Desk, ref: str, reason: str, *, revision: int | None = None) -> Outcome:
    """The ticket as it stood before it was merged: status, owner, admission, and clocks as if it had not been.

    What came to the other ticket meanwhile stays there; ``details`` list it (``stay``). Raises ``UsageError``
    ``TEXT_REQUIRED``; ``Refused`` ``NOT_MERGED``.
    """
    words = need_text(reason, "--reason")
    desk.allow(Verb.UNMERGE)
    with desk.store.transaction():
        source = desk.store.find(ref)
        check_revision(desk, source, revision)
        event = merged_by(desk.store, source)
        if event is None:
            raise Refused(
                "NOT_MERGED",
                N_("{protocol} is not merged into another ticket", protocol=source.protocol),
                N_(
                    "`ouvidoria show {protocol}` says how it hangs together with others",
                    protocol=source.protocol,
                ),
            )
        return take_back(desk, source, event, Verb.UNMERGE, Message(Part.REASON, words))


def take_back(desk: Desk, source: Ticket, event: Event, verb: Verb, words: Message | None = None) -> Outcome:
    """Undoes the merge that ``event`` recorded, on both tickets; to be called inside a transaction."""
    target = desk.store.get(int(str(event.payload["into"])))
    stay = later_words(desk.store.events(target.id), source.id)
    before = {name: pair[0] for name, pair in event.changes.items()}
    facts = {"undoes": event.seq, "from": target.id}
    draft = Draft(Act.UNMERGED, moment_of(desk, source, NOW), diff_kept(source, before), facts, words)
    after, _clocks = record(desk, source, [draft])
    _unjoin(desk, source, target)
    message = (
        NN_(
            "{count} later message stays on {protocol}",
            "{count} later messages stay on {protocol}",
            len(stay),
            protocol=target.protocol,
        )
        if stay
        else N_("out of {protocol}", protocol=target.protocol)
    )
    details = {"from": target.protocol, "stay": stay}
    return Outcome(
        after.protocol, verb.value, Result.DONE, after.status, after.revision, None, message, details=details
    )


def diff_kept(ticket: Ticket, wanted: dict[str, object]) -> dict[str, tuple[object, object]]:
    """The changes back to ``wanted``, which come from an event and compare as JSON keeps them."""
    return {
        name: (getattr(ticket, name), old) for name, old in wanted.items() if getattr(ticket, name) != old
    }


def _unjoin(desk: Desk, source: Ticket, target: Ticket) -> None:
    events = desk.store.events(target.id)
    joined = next(
        (e for e in reversed(events) if e.type is Act.JOINED and e.payload["joined"] == source.id), None
    )
    # Joining moved the other ticket; with nothing done since, that is taken back with it.
    changes: dict[str, tuple[object, object]] = {}
    if joined is not None and joined.seq == target.revision:
        changes = diff_kept(target, {name: pair[0] for name, pair in joined.changes.items()})
    moment = moment_of(desk, target, NOW)
    record(desk, target, [Draft(Act.UNJOINED, moment, changes, {"joined": source.id})])


def later_words(events: list[Event], source: int) -> list[int]:
    """The numbers of the customer's messages and files that came to a ticket since ``source`` joined it."""
    since = max(
        (e.seq for e in events if e.type is Act.JOINED and e.payload["joined"] == source), default=None
    )
    if since is None:
        return []
    return [
        event.seq
        for event in events
        if event.seq > since
        and (
            event.type is Act.CUSTOMER_REPLIED
            or (event.type is Act.ATTACHED and event.payload.get("direction") == "in")
        )
    ]


def _outcome(source: Ticket, target: Ticket, result: Result, *, told: bool = False) -> Outcome:
    message = N_("into {protocol}", protocol=target.protocol)
    if told:
        message = N_("into {protocol}; the customer was told", protocol=target.protocol)
    return Outcome(
        source.protocol,
        Verb.MERGE.value,
        result,
        source.status,
        source.revision,
        None,
        message,
        details={"into": target.protocol, "told": told},
    )
