"""What a ticket is about and who it belongs to: classify, transfer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ouvidoria_tui.desk.act import NOW, When, act, diff, moment_of, need_text, note_of
from ouvidoria_tui.desk.convert import forced
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.follow import family
from ouvidoria_tui.desk.gatekeeper import check_entitled
from ouvidoria_tui.desk.identity import check_may_lift
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.desk.register import register_named
from ouvidoria_tui.desk.step_letter import step_letter
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.lifecycle import check_not_closed
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy_telling import Step
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Ticket, Type
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class Classification:
    """What shall be set; what is ``None`` stays as it is."""

    type: Type | None = None
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    cause: str | None = None
    confidential: bool | None = None
    complained_department: str | None = None
    occurred_at: int | None = None

    def wanted(self) -> dict[str, object]:
        """The fields that are given."""
        given = {
            "type": self.type,
            "severity": self.severity,
            "difficulty": self.difficulty,
            "cause": None if self.cause is None else slugify(self.cause),
            "confidential": self.confidential,
            "complained_department": self.complained_department,
            "occurred_at": self.occurred_at,
        }
        return {name: value for name, value in given.items() if value is not None}


def classify(
    desk: Desk,
    ref: str,
    classification: Classification,
    *,
    note: str | None = None,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """Type, severity, difficulty and cause of a ticket (S4-18, S4-19), when it happened, and which department failed.

    Severity never moves its place (S3-40). What becomes a report of wrongdoing becomes confidential with it, and so
    does what was merged with it; to lift that, or to have it otherwise from the first, needs ``note``, the reason.
    Raises ``NotFound`` ``DEPARTMENT_NOT_FOUND``; ``Refused`` ``IDENTITY_ACCESS_NEEDS_REASON``, ``DATE_OUT_OF_ORDER``
    where it happened after it was reported (S3-32); ``NotAllowed`` ``ROLE_MAY_NOT``.
    """
    if classification.complained_department is not None:
        slug = known_department(desk, classification.complained_department)
        classification = replace(classification, complained_department=slug)
    wanted = classification.wanted()
    if not wanted:
        raise UsageError(
            "NOTHING_TO_CLASSIFY",
            N_("nothing was given to classify by"),
            N_(
                "give at least one of --type, --severity, --difficulty, --cause, --confidential, --complained,"
                " --occurred"
            ),
        )

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_occurred(classification.occurred_at, ticket.arrived_at)
        changes = diff(ticket, **protected(ticket, wanted))
        if not changes:
            return []
        if classification.confidential is False and (ticket.confidential or _becomes_report(ticket, wanted)):
            check_may_lift(desk, ticket, note)
        if "cause" in changes and classification.cause is not None:
            register_named(desk, "cause", classification.cause)
        classified = Draft(Act.CLASSIFIED, moment, changes, message=note_of(note))
        return [classified, *forced(desk, ticket, classification.difficulty, moment)]

    with desk.store.transaction():
        outcome = act(desk, ref, Verb.CLASSIFY, decide, when=when, revision=revision)
        if outcome.result is Result.DONE:
            keep_together(desk, outcome.protocol, note)
    return outcome


def keep_together(desk: Desk, protocol: str, note: str | None = None, *, undoing: bool = False) -> None:
    """What was merged is read in one place: all of it is confidential as the ticket is, or none of it.

    ``note`` says why it ceases to be; where the ticket ceases by an undo, nothing else may have been done on the others
    since: ``Refused`` ``NOTHING_TO_UNDO``. To be called inside a transaction.
    """
    ticket = desk.store.find(protocol)
    facts = {"automatic": True, "along": ticket.id}
    for one in family(desk.store, ticket):
        changes = diff(one, confidential=ticket.confidential)
        if not changes:
            continue
        if undoing and not ticket.confidential:
            last = desk.store.events(one.id)[-1].payload
            if last.get("along") != ticket.id:
                raise _kept_since(one)
        moment = moment_of(desk, one, NOW)
        record(desk, one, [Draft(Act.CLASSIFIED, moment, changes, facts, note_of(note))])


def _kept_since(ticket: Ticket) -> Refused:
    return Refused(
        "NOTHING_TO_UNDO",
        N_("{protocol} was merged with it, and something was done on it since", protocol=ticket.protocol),
        N_("lift it with `ouvidoria classify --not-confidential --note …`, where you may"),
    )


def protected(ticket: Ticket, wanted: dict[str, object]) -> dict[str, object]:
    """What is wanted, and that who makes a report of wrongdoing is kept from then on (Decreto 10.153/2019 art. 6º)."""
    return {"confidential": True, **wanted} if _becomes_report(ticket, wanted) else wanted


def _becomes_report(ticket: Ticket, wanted: dict[str, object]) -> bool:
    return wanted.get("type") is Type.REPORT and ticket.type is not Type.REPORT


def transfer(
    desk: Desk,
    ref: str,
    department: str,
    reason: str,
    *,
    when: When = NOW,
    revision: int | None = None,
) -> Outcome:
    """The ticket in another department, with its arrival and so its place in the queue kept (S2-37).

    Where the policy says so the customer is told (S0-08). Raises ``NotFound`` ``DEPARTMENT_NOT_FOUND`` naming those
    that exist; ``Refused`` ``DEPT_NOT_IN_PLAN`` naming those that the customer's plan has (S2-10, S2-11).
    """
    words = need_text(reason, "--reason")
    slug = known_department(desk, department)

    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        check_not_closed(ticket.status)
        changes = diff(ticket, department=slug)
        if not changes:
            return []
        check_entitled(desk, ticket.plan, slug)
        moved = Draft(Act.TRANSFERRED, moment, changes, message=Message(Part.REASON, words))
        places = {"departamento": desk.store.known_slugs("department")[slug]}
        return [moved, *step_letter(desk, ticket, Step.TRANSFERRED, moment, when, places)]

    late = When(when.at, when.reason or words)
    return act(desk, ref, Verb.TRANSFER, decide, when=late, revision=revision)


def check_occurred(occurred: int | None, arrived: int) -> None:
    """Nothing, where it happened before it was reported; ``Refused`` ``DATE_OUT_OF_ORDER`` (S3-32)."""
    if occurred is not None and occurred > arrived:
        raise Refused(
            "DATE_OUT_OF_ORDER",
            N_("it cannot have happened after it was reported"),
            N_("give with --occurred a moment before the arrival"),
        )


def known_department(desk: Desk, written: str) -> str:
    """The slug of a department that the desk has, from its slug or name; ``NotFound`` otherwise."""
    known = desk.store.known_slugs("department")
    wanted = slugify(written)
    slug = next((one for one, name in known.items() if wanted in (one, slugify(name))), None)
    if slug is not None:
        return slug
    raise NotFound(
        "DEPARTMENT_NOT_FOUND",
        N_("there is no department {department}", department=written[:60]),
        N_("the desk has: {names}", names=", ".join(sorted(known)) or "-"),
    )
