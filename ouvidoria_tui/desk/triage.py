"""Batch triage: the plan with its reasons, and exactly that plan carried out.

Planning only reads. Applying records one ``triaged`` event a ticket and, where the decision is not plain
admission, the letter that tells the customer before anything else happens (S4-33). Letters are automatic:
they satisfy no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ouvidoria_tui.desk.act import CHUNK, NOW, check_revision, chunks, diff, moment_of, move, refused
from ouvidoria_tui.desk.classify import known_department
from ouvidoria_tui.desk.close import closed, closing
from ouvidoria_tui.desk.convert import forced
from ouvidoria_tui.desk.desk import Desk, record
from ouvidoria_tui.desk.gatekeeper import gatekeeper
from ouvidoria_tui.desk.letter_words import channel_name, first_line, week_words
from ouvidoria_tui.desk.letters import about, desk_letter, language_of
from ouvidoria_tui.desk.merge import join, merging
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.admissibility import FIRST_INSTANCE_SKIPPED, PRIOR_TICKET_DOUBTFUL, triage
from ouvidoria_tui.domain.advice import RECURRENCE, advised
from ouvidoria_tui.domain.classify import compile_rules
from ouvidoria_tui.domain.gates_notes import EMERGENCY
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act, Draft, Message
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_collisions import receives_everything
from ouvidoria_tui.domain.reading import check_may_open, may_open
from ouvidoria_tui.domain.ticket import Admission, Channel, CloseReason, Lane, Status, Ticket
from ouvidoria_tui.domain.triage_plan import Case, DuplicateOf, Plan, PriorKnown
from ouvidoria_tui.errors import Conflict, NotFound, Refused, UsageError
from ouvidoria_tui.text import N_, Text

#: What a plan may decide.
PLANNED = frozenset(Admission) - {Admission.PENDING}
#: Decisions after which the ticket ends, once the customer has been told (S4-33).
_ENDS = {
    Admission.REDIRECTED: CloseReason.REDIRECTED,
    Admission.INELIGIBLE: CloseReason.INELIGIBLE,
}


def plan(
    desk: Desk,
    cases: Iterable[Case],
    *,
    original: DuplicateOf | None = None,
    prior: PriorKnown | None = None,
) -> Iterator[Plan]:
    """A plan for each of ``cases``, one at a time; nothing is written and no role is needed.

    ``original`` finds the older open ticket on the same subject (S3-47), ``prior`` a first-instance number.
    """
    policy = desk.policy.policy
    classifier = compile_rules(policy.triage.keywords)
    gates = gatekeeper(desk)
    advise = _adviser(desk)
    for case in cases:
        yield _told(
            desk,
            case,
            advise(
                triage(
                    case,
                    policy.triage,
                    classifier,
                    lookup_duplicate=original,
                    lookup_prior=prior,
                    public_body=policy.public_body,
                    at_request=policy.access.at_request,
                    gates=gates,
                ),
                case,
            ),
        )


def _told(desk: Desk, case: Case, made: Plan) -> Plan:
    """The plan as the desk's agent may see it: of a confidential ticket without the words that decided."""
    if may_open(desk.agent, case):
        return made
    reasons = tuple(replace(one, text=_without_words(one.text)) for one in made.reasons)
    return replace(made, reasons=reasons)


def _without_words(text: Text) -> Text:
    if "word" not in text.params:
        return text
    return replace(text, params={**text.params, "word": "…"})


def _adviser(desk: Desk) -> Callable[[Plan, Case], Plan]:
    """What adds to a plan that the customer was here before, and which open incident it sounds like."""
    seconds = desk.policy.policy.triage.recurrence_days * 86_400
    incidents = [incident for incident in desk.store.incidents() if incident.open]

    def advise(plan: Plan, case: Case) -> Plan:
        again = (
            desk.store.recurrences(case.protocol, seconds) if seconds and case.customer is not None else []
        )
        return advised(plan, case, again, incidents)

    return advise


def apply(desk: Desk, plans: Iterable[Plan], *, chunk: int = CHUNK) -> Iterator[tuple[Plan, Outcome]]:
    """Each plan with how carrying it out ended; results appear when their chunk has been committed.

    A ticket that changed since its plan was made is a conflict, what a plan may not do is refused; the others
    stand. A plan whose every value already holds is ``unchanged``, so that an interrupted run can be repeated.
    Raises ``NotAllowed`` before anything is done.
    """
    desk.allow(Verb.TRIAGE)
    for group in chunks(plans, chunk):
        with desk.store.transaction():
            results = [(one, _try(desk, one)) for one in group]
        yield from results


def _try(desk: Desk, plan: Plan) -> Outcome:
    try:
        return _carry_out(desk, plan)
    except (Refused, Conflict, NotFound, UsageError) as error:
        return refused(plan.protocol, Verb.TRIAGE, error)


def _carry_out(desk: Desk, plan: Plan) -> Outcome:
    # Everything that can be refused is found out before the first event is recorded.
    ticket = desk.store.find(plan.protocol)
    original = _original(desk, plan, ticket)
    changes = _changes(desk, plan, ticket, original)
    if ticket.admission is plan.decision and not changes:
        return Outcome(ticket.protocol, Verb.TRIAGE.value, Result.UNCHANGED, ticket.status, ticket.revision)
    check_revision(desk, ticket, plan.revision)
    _check_pending(ticket)
    _check_original(plan, ticket, original)
    drafts = _drafts(desk, plan, ticket, changes, original)
    ticket, _clocks = record(desk, ticket, drafts)
    if original is not None:
        join(desk, ticket, original)
    return Outcome(ticket.protocol, Verb.TRIAGE.value, Result.DONE, ticket.status, ticket.revision)


def _drafts(
    desk: Desk,
    plan: Plan,
    ticket: Ticket,
    changes: dict[str, tuple[object, object]],
    original: Ticket | None,
) -> list[Draft]:
    """The decision, then the letters that tell of it, then what follows from it."""
    moment = moment_of(desk, ticket, NOW)
    drafts = [Draft(Act.TRIAGED, moment, changes, facts_of(plan))]
    if plan.decision not in _ENDS and original is None:
        drafts += forced(desk, ticket, plan.difficulty, moment)
    places, language = _places(desk, plan, ticket), language_of(desk, ticket)
    if plan.decision in _ENDS or plan.decision is Admission.ADMITTED or original is not None:
        facts = {} if original is None else {"original": original.id}
        for name in plan.messages:
            words = desk_letter(desk, name, places, language)
            drafts.append(_automatic(Act.REPLIED, moment, {}, name, words, facts))
        if original is not None:
            drafts.append(merging(ticket, original, moment))
        elif plan.decision in _ENDS:
            drafts.append(Draft(Act.CLOSED, moment, closing(ticket, moment, _ENDS[plan.decision])))
    elif plan.decision is Admission.AWAITING_INFO:
        to_customer = move(ticket, Status.ANSWERED)
        for name in plan.messages:
            words = desk_letter(desk, name, places, language)
            drafts.append(_automatic(Act.ASKED, moment, to_customer, name, words))
            to_customer = {}
    return drafts


def _automatic(
    type_: Act,
    moment: int,
    changes: Mapping[str, tuple[object, object]],
    template: str,
    words: Message,
    more: Mapping[str, object] | None = None,
) -> Draft:
    facts = {"automatic": True, "template": template, **(more or {})}
    return Draft(type_, moment, changes, facts, words, to_customer=True)


def letters_of(desk: Desk, plan: Plan) -> tuple[Message, ...]:
    """The letters that carrying ``plan`` out would send, as they would be written now; nothing is.

    Raises ``NotFound`` ``TEMPLATE_NOT_FOUND`` and ``Refused`` ``TEMPLATE_INCOMPLETE`` as carrying it out would;
    ``NotAllowed`` ``CONFIDENTIAL`` where the agent may not read what they quote.
    """
    ticket = desk.store.find(plan.protocol)
    check_may_open(desk.agent, ticket)
    places, language = _places(desk, plan, ticket), language_of(desk, ticket)
    return tuple(desk_letter(desk, name, places, language) for name in plan.messages)


def facts_of(plan: Plan) -> dict[str, object]:
    """What the event says of a plan beside the changes: codes, rules, requirements; no free text."""
    facts: dict[str, object] = {
        "decision": plan.decision.value,
        "codes": list(plan.codes),
        "rules": [reason.rule for reason in plan.reasons],
        "requirements": [reason.requirement for reason in plan.reasons],
        "templates": list(plan.messages),
        "team": plan.team,
        "redirect": plan.redirect,
        "redirect_cause": plan.redirect_cause,
        "convert": None if plan.convert is None else plan.convert.value,
        "chosen": list(plan.chosen),
    }
    return {name: value for name, value in facts.items() if value}


def flags_of(plan: Plan, ticket: Ticket) -> tuple[str, ...]:
    """The ticket's flags with those of the plan.

    A plan that was read from a file has none of its own: they follow from its reasons.
    """
    flags = list(plan.flags)
    warned = any(reason.rule == "prior-ticket" for reason in plan.reasons)
    if not flags and warned and "PRIOR_TICKET_REQUIRED" not in plan.codes:
        flags.append(PRIOR_TICKET_DOUBTFUL if ticket.prior_ticket else FIRST_INSTANCE_SKIPPED)
    said = {reason.rule for reason in plan.reasons}
    flags += [flag for flag in (RECURRENCE, EMERGENCY) if flag in said and flag not in flags]
    return (*ticket.flags, *(flag for flag in flags if flag not in ticket.flags))


def _changes(
    desk: Desk, plan: Plan, ticket: Ticket, original: Ticket | None
) -> dict[str, tuple[object, object]]:
    wanted: dict[str, object] = {
        "severity": plan.severity,
        "difficulty": plan.difficulty,
        "flags": flags_of(plan, ticket),
    }
    emergency = desk.policy.policy.gates.emergency
    if (
        emergency is not None
        and emergency.lane
        and ticket.lane is Lane.ORDINARY
        and EMERGENCY in flags_of(plan, ticket)
    ):
        wanted["lane"] = Lane.EMERGENCY
    if plan.prior_ticket is not None:
        wanted["prior_ticket"] = plan.prior_ticket
    if plan.convert is not None and plan.decision is Admission.ADMITTED:
        # Not a rule's opinion: the customer agreed to it (C-16).
        wanted["type"] = plan.convert
    if original is None:  # else the merge says it, so that it is taken back with the merge
        wanted |= {"admission": plan.decision, "duplicate_of": None}
    if plan.department is not None:
        wanted["department"] = known_department(desk, plan.department)
    return diff(ticket, **wanted)


def _places(desk: Desk, plan: Plan, ticket: Ticket) -> dict[str, object]:
    if not plan.messages:
        return {}
    policy, language = desk.policy.policy, language_of(desk, ticket)
    channel = channel_name(ticket.channel, language)
    return {
        **about(desk, ticket),
        "protocolo_original": plan.duplicate_of,
        "minimo": policy.triage.description_minimum,
        "atendimento": first_line(policy.gates.prior.channels_of(ticket.plan), language),
        "canal": channel,
        "recurso": channel,
        "contato": policy.gates.ticket_contact,
        "horario": _hours(policy, ticket.channel, language),
        **plan.places,
    }


def _hours(policy: Policy, channel: Channel, language: Language) -> str:
    """When a channel is served, as its first row with hours says."""
    rows = (rule for rule in policy.gates.channels if rule.channel is channel and rule.calendar is not None)
    row = next(rows, None)
    return (
        ""
        if row is None or row.calendar is None
        else week_words(policy.calendars[row.calendar].week, language)
    )


def _original(desk: Desk, plan: Plan, ticket: Ticket) -> Ticket | None:
    """The ticket that a plan calls the original; ``UsageError`` ``PLAN_INVALID`` where the plan cannot be."""
    told = len(plan.messages) > 0
    joined = plan.decision is Admission.DUPLICATE
    if plan.decision not in PLANNED or joined is (plan.duplicate_of is None):
        raise invalid_plan(plan.protocol)
    if plan.decision is not Admission.ADMITTED and not told:
        raise invalid_plan(plan.protocol)
    if plan.decision in (Admission.REDIRECTED, Admission.INELIGIBLE):
        check_may_refuse(desk)
    return desk.store.find(plan.duplicate_of) if plan.duplicate_of is not None else None


def check_may_refuse(desk: Desk) -> None:
    """Nothing, where the desk may turn a case away; ``Refused`` ``REFUSAL_FORBIDDEN_BY_PROFILE`` otherwise."""
    if receives_everything(desk.policy.policy):
        raise Refused(
            "REFUSAL_FORBIDDEN_BY_PROFILE",
            N_("this desk receives whatever comes: its norm forbids turning a case away"),
            N_("admit it, or ask for what is missing with `ouvidoria ask`"),
        )


def invalid_plan(protocol: str) -> UsageError:
    """The error for a plan that triage would never make."""
    return UsageError(
        "PLAN_INVALID",
        N_("the plan for {protocol} is not one that triage makes", protocol=protocol[:40]),
        N_("make the plan again with: ouvidoria triage --format jsonl"),
    )


def _check_pending(ticket: Ticket) -> None:
    if ticket.status is Status.CLOSED:
        raise closed(ticket)
    if ticket.admission is not Admission.PENDING:
        raise Refused(
            "ALREADY_TRIAGED",
            N_(
                "{protocol} has been triaged: {decision}",
                protocol=ticket.protocol,
                decision=ticket.admission.value,
            ),
            N_("`ouvidoria triage --override` changes a decision, with a reason"),
        )


def _check_original(plan: Plan, ticket: Ticket, original: Ticket | None) -> None:
    """Nothing, where the original still stands: a duplicate of a closed ticket would leave the customer with none."""
    if original is None:
        return
    if original.id == ticket.id or original.customer != ticket.customer or ticket.customer is None:
        raise invalid_plan(plan.protocol)
    if original.status is Status.CLOSED:
        raise Conflict(
            "ORIGINAL_CLOSED",
            N_(
                "{original}, of which {protocol} was a duplicate, has been closed since",
                original=original.protocol,
                protocol=ticket.protocol,
            ),
            N_("make the plan again"),
        )
