"""Batch triage, first form: does a manifestation belong at the desk, and how does it start?

Everything here is a decision about one case from what is given; nothing is read, written or sent. A case that
is held back or joined to another always carries the message that tells the customer (S4-33).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ouvidoria_tui.domain.admissibility_prior import (
    FIRST_INSTANCE_SKIPPED,
    PRIOR_TICKET_DOUBTFUL,
    asked_enough,
    check_prior,
    with_number,
)
from ouvidoria_tui.domain.classify import Classifier, Hit
from ouvidoria_tui.domain.fold import normal_subject
from ouvidoria_tui.domain.gates import GateKeeper, Step
from ouvidoria_tui.domain.policy import PriorTicket, TriageRule
from ouvidoria_tui.domain.policy_gates import Prior
from ouvidoria_tui.domain.ticket import SEVERITY_ORDER, Admission, Difficulty, Severity, Type
from ouvidoria_tui.domain.triage_plan import AT_REQUEST, Case, Draft, DuplicateOf, Plan, PriorKnown, Reason
from ouvidoria_tui.text import N_, Text

__all__ = [
    "FIRST_INSTANCE_SKIPPED",
    "PRIOR_TICKET_DOUBTFUL",
    "Case",
    "DuplicateOf",
    "Plan",
    "PriorKnown",
    "Reason",
    "triage",
]

#: Gates that come before the previous ticket is asked for.
BEFORE_PRIOR = frozenset({"sender", "customer", "redirect"})
_DIFFICULTY_ORDER = {Difficulty.SIMPLE: 0, Difficulty.MEDIUM: 1, Difficulty.COMPLEX: 2}
_GRADE: dict[str, Text] = {
    "low": N_("low"),
    "medium": N_("medium"),
    "high": N_("high"),
    "critical": N_("critical"),
    "simple": N_("simple"),
    "complex": N_("complex"),
}


def triage(
    case: Case,
    policy: TriageRule,
    classifier: Classifier,
    *,
    lookup_duplicate: DuplicateOf | None = None,
    lookup_prior: PriorKnown | None = None,
    public_body: bool = False,
    at_request: bool = False,
    gates: GateKeeper | None = None,
) -> Plan:
    """The plan for one case whose admission is pending (the caller chooses those).

    A public body never holds back: there a missing number or a short text is only a warning (Lei 13.460/2017
    art. 11). ``classifier`` is compiled from ``policy.keywords``. With ``at_request`` no gate turns away who asked
    for the desk (S0-20).
    """
    asked = at_request and AT_REQUEST in case.flags
    draft, graded = Draft(told=case.told, at_request=asked), Draft()
    draft.ask("duplicate", policy.duplicates, lambda one: _duplicate(case, policy, lookup_duplicate, one))
    hits = classifier.match(case.subject, case.text)
    department = _department(case, policy, hits, graded)
    severity = _severity(case, policy, hits, graded)
    difficulty = _difficulty(case, policy, hits, graded)
    kind = _type(case, hits, graded)
    if draft.duplicate_of is None:
        case = with_number(case, policy, lookup_prior, draft)
        steps = () if gates is None else gates.steps(case, difficulty, department)
        rule = Prior() if gates is None else gates.gates.prior
        for step in _in_order(case, policy, lookup_prior, public_body, rule, steps):
            draft.ask(step.gate, step.asked, step.ask)
        if {"PRIOR_TICKET_REQUIRED", "NO_PRIOR_TICKET"} & set(draft.codes):
            draft.prior_ticket = None  # a number that nobody knows: the ticket stays free for the right one
    if asked:
        text = N_("the customer asked for the desk: nothing turns that away")
        draft.reasons.append(Reason("at-request", "S0-20", text))
    draft.reasons += graded.reasons
    team = difficulty is Difficulty.COMPLEX
    if team:
        text = N_("a complex problem needs an analysis team of at least two people before an answer")
        draft.reasons.append(Reason("team", "S4-20", text))
    places = draft.places
    target, cause, offer = (places.pop(name, None) for name in ("target", "cause", "convert"))
    convert = draft.convert if offer is None else Type(offer)
    return Plan(
        protocol=case.protocol,
        decision=draft.decision,
        codes=tuple(draft.codes),
        reasons=tuple(draft.reasons),
        department=draft.department or department,
        severity=severity,
        difficulty=difficulty,
        team=team,
        duplicate_of=draft.duplicate_of,
        messages=draft.messages,
        flags=tuple(dict.fromkeys(draft.flags)),
        type=kind,
        revision=case.revision,
        redirect=target,
        redirect_cause=cause,
        convert=convert,
        places=places,
        prior_ticket=draft.prior_ticket,
        verdicts=tuple(draft.verdicts),
    )


def _in_order(
    case: Case,
    policy: TriageRule,
    known: PriorKnown | None,
    public_body: bool,
    rule: Prior,
    steps: tuple[Step, ...],
) -> Iterator[Step]:
    """The gates in the order of S1-14: who and where to, the previous ticket, what can be decided, what is missing."""
    prior = Step(
        "prior-ticket",
        policy.prior_ticket is not PriorTicket.OFF or bool(case.prior_ticket),
        lambda draft: _prior_ticket(case, policy, known, public_body, rule, draft),
    )
    description = Step(
        "description",
        policy.description_minimum > 0,
        lambda draft: _description(case, policy, public_body, draft),
    )
    first = [step for step in steps if step.gate in BEFORE_PRIOR]
    last = [step for step in steps if step.gate in ("registration", "courtesy", "emergency")]
    yield from first
    yield prior
    yield from (step for step in steps if step not in first and step not in last)
    yield description
    yield from last


def _duplicate(case: Case, policy: TriageRule, lookup: DuplicateOf | None, draft: Draft) -> None:
    """The older open ticket on the same subject (S3-47); the gates are the original's matter then."""
    if lookup is None or case.customer is None:
        return
    subject = normal_subject(case.subject)
    original = lookup(case, subject) if subject else None
    if original is None or original == case.protocol:
        return
    text = N_(
        "same customer and same subject as {protocol}, which is older and still open", protocol=original
    )
    reason = Reason("duplicate", policy.duplicates_requirement, text)
    draft.refuse(Admission.DUPLICATE, "DUPLICATE", "D1", reason, {})
    draft.duplicate_of = original


def _prior_ticket(
    case: Case,
    policy: TriageRule,
    known: PriorKnown | None,
    public_body: bool,
    rule: Prior,
    draft: Draft,
) -> None:
    mode, requirement = policy.prior_ticket, policy.prior_ticket_requirement
    number = (case.prior_ticket or "").strip()
    if number:
        check_prior(case, number, policy, known, draft, holds=not public_body, rule=rule)
    elif mode is PriorTicket.REQUIRED and not public_body:
        text = N_("the number of the previous ticket is required and is missing")
        reason = Reason("prior-ticket", requirement, text)
        if not asked_enough(case, policy, draft, reason):
            draft.hold("PRIOR_TICKET_REQUIRED", "P1", reason)
    elif mode is not PriorTicket.OFF:
        if mode is PriorTicket.RECOMMENDED:
            text = N_("no previous ticket is named; it is recommended, and the case is received without it")
        else:
            text = N_("no previous ticket is named; it is asked for, and the case is received without it")
        draft.reasons.append(Reason("prior-ticket", requirement, text, warning=True))
        draft.flags.append(FIRST_INSTANCE_SKIPPED)


def _description(case: Case, policy: TriageRule, public_body: bool, draft: Draft) -> None:
    length = len(" ".join(case.text.split()))
    if length >= policy.description_minimum:
        return
    text = N_(
        "the description has {length} characters; at least {minimum} are needed to understand the case",
        length=length,
        minimum=policy.description_minimum,
    )
    reason = Reason("description", policy.description_requirement, text, warning=True)
    if policy.description_blocks and not public_body:
        draft.hold("DESCRIPTION_TOO_SHORT", "P2", reason)
    else:
        draft.reasons.append(reason)


def _department(case: Case, policy: TriageRule, hits: Iterable[Hit], draft: Draft) -> str | None:
    """A chosen department stays, a rule only suggests another (S2-05); else the rule, or the default."""
    hit = next((hit for hit in hits if hit.rule.department is not None), None)
    if case.department is not None:
        if hit is not None and hit.rule.department != case.department:
            text = N_(
                "suggestion: {suggested}, because it says “{word}”; {chosen} was chosen and stays",
                suggested=hit.rule.department,
                word=hit.word,
                chosen=case.department,
            )
            draft.reasons.append(Reason(hit.rule.name, hit.rule.requirement or "S2-05", text, warning=True))
        return case.department
    if hit is not None:
        text = N_("department {department}: it says “{word}”", department=hit.rule.department, word=hit.word)
        draft.reasons.append(Reason(hit.rule.name, hit.rule.requirement, text))
        return hit.rule.department
    if policy.default_department is not None:
        text = N_(
            "department {department}: the default, no rule matched", department=policy.default_department
        )
        draft.reasons.append(Reason("default-department", None, text))
    return policy.default_department


def _severity(case: Case, policy: TriageRule, hits: Iterable[Hit], draft: Draft) -> Severity:
    """A person's choice, or the gravest that a rule gives, or the default (S4-19)."""
    if case.severity is not None:
        return case.severity
    graded = [(hit, hit.rule.severity) for hit in hits if hit.rule.severity is not None]
    if not graded:
        text = N_("severity {grade}: the default, no rule matched", grade=_GRADE[policy.default_severity])
        draft.reasons.append(Reason("default-severity", "S4-19", text))
        return policy.default_severity
    hit, severity = max(graded, key=lambda one: SEVERITY_ORDER[one[1]])
    text = N_("severity {grade}: it says “{word}”", grade=_GRADE[severity], word=hit.word)
    draft.reasons.append(Reason(hit.rule.name, hit.rule.requirement or "S4-19", text))
    return severity


def _difficulty(case: Case, policy: TriageRule, hits: Iterable[Hit], draft: Draft) -> Difficulty:
    """A person's choice, or the hardest that a rule gives, or the default (S4-18)."""
    if case.difficulty is not None:
        return case.difficulty
    graded = [(hit, hit.rule.difficulty) for hit in hits if hit.rule.difficulty is not None]
    if not graded:
        text = N_("difficulty {grade}: the default, no rule matched", grade=_GRADE[policy.default_difficulty])
        draft.reasons.append(Reason("default-difficulty", "S4-18", text))
        return policy.default_difficulty
    hit, difficulty = max(graded, key=lambda one: _DIFFICULTY_ORDER[one[1]])
    text = N_("difficulty {grade}: it says “{word}”", grade=_GRADE[difficulty], word=hit.word)
    draft.reasons.append(Reason(hit.rule.name, hit.rule.requirement or "S4-18", text))
    return difficulty


def _type(case: Case, hits: Iterable[Hit], draft: Draft) -> Type | None:
    """Another type that a rule suggests; the customer's own words about what it is are never changed."""
    hit = next((hit for hit in hits if hit.rule.type is not None and hit.rule.type is not case.type), None)
    if hit is None or hit.rule.type is None:
        return None
    text = N_("suggestion: type {type}, because it says “{word}”", type=hit.rule.type.value, word=hit.word)
    draft.reasons.append(Reason(hit.rule.name, hit.rule.requirement, text, warning=True))
    return hit.rule.type
