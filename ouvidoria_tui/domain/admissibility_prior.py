"""The number of the previous ticket: what it looks like, and what the first instance's history says of it.

The desk is for what the first instance has not solved: a ticket of the same customer that ended unsatisfactorily
(S1-16, S1-19). Only a number that the history does not know counts as missing; everything else is said and flagged,
and a person decides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ouvidoria_tui.domain.first_line import Ending, Prior
from ouvidoria_tui.domain.gate_context import WAYS
from ouvidoria_tui.domain.policy import PriorTicket, TriageRule
from ouvidoria_tui.domain.policy_gates import Prior as PriorRule
from ouvidoria_tui.domain.prior_number import number_named, number_said
from ouvidoria_tui.domain.ticket import Admission
from ouvidoria_tui.domain.triage_plan import Case, Draft, PriorKnown, Reason
from ouvidoria_tui.text import N_, Text

FIRST_INSTANCE_SKIPPED = "first-instance-skipped"
PRIOR_TICKET_DOUBTFUL = "prior-ticket-doubtful"

_LONGEST_NUMBER = 64
_NOTHING_MORE = PriorRule()


def with_number(case: Case, policy: TriageRule, known: PriorKnown | None, draft: Draft) -> Case:
    """The case with the number that the customer wrote, so that the gates see it.

    Asked for it, anything counts that could be one; in the first message only what is called a ticket's (S1-27).
    """
    if case.prior_ticket or policy.prior_ticket is PriorTicket.OFF:
        return case
    in_history = None if known is None else (lambda one: known(replace(case, prior_ticket=one)) is not None)
    pattern = policy.prior_ticket_pattern
    number, unclear = number_said(case.later, pattern, in_history) if case.later else (None, False)
    text = N_("previous ticket {number}: the customer wrote it in a later message", number=number)
    several = N_("the customer's answer holds several numbers: which is the previous ticket's?")
    if number is None and not unclear:
        number, unclear = number_named(f"{case.subject}\n{case.first}", pattern, in_history)
        text = N_("previous ticket {number}: the customer named it in the first message", number=number)
        several = N_("the first message names several tickets: which is the previous one?")
    requirement = policy.prior_ticket_requirement
    if number is None:
        if unclear:
            draft.reasons.append(Reason("prior-ticket-said", requirement, several, warning=True))
        return case
    draft.reasons.append(Reason("prior-ticket-said", requirement, text))
    draft.prior_ticket = number
    return replace(case, prior_ticket=number)


def check_prior(
    case: Case,
    number: str,
    policy: TriageRule,
    known: PriorKnown | None,
    draft: Draft,
    *,
    holds: bool,
    rule: PriorRule = _NOTHING_MORE,
) -> None:
    """Adds to ``draft`` what follows from the ``number`` that is given (S1-27); ``holds``: a gate may hold back.

    ``rule`` is what the policy asks of that ticket beside its number (S1-19).
    """
    requirement = policy.prior_ticket_requirement
    pattern = policy.prior_ticket_pattern
    if pattern is not None and (len(number) > _LONGEST_NUMBER or re.fullmatch(pattern, number) is None):
        _doubt(draft, policy, N_("the number of the previous ticket does not look like one of ours"))
    elif known is not None:
        found = known(case)
        if found is not None:
            _tell(found, policy, rule, draft)
            _by_channel(found, case, policy, rule, draft)
        elif policy.prior_ticket is PriorTicket.REQUIRED and holds:
            text = N_(
                "the number of the previous ticket is required and was not found in the imported history"
            )
            reason = Reason("prior-ticket", requirement, text)
            if not asked_enough(case, policy, draft, reason):
                draft.hold("PRIOR_TICKET_REQUIRED", "P1", reason)
        else:
            _doubt(draft, policy, N_("the number of the previous ticket is not in the imported history"))


def asked_enough(case: Case, policy: TriageRule, draft: Draft, reason: Reason) -> bool:
    """Whether the number was asked for as often as the policy wants: then the case is not the desk's (S1-30)."""
    if not policy.prior_ticket_asks or case.asked < policy.prior_ticket_asks:
        return False
    text = N_("the number was asked for and answered without it: nothing was opened before")
    draft.reasons.append(reason)
    final = Reason("prior-ticket", "S1-30", text)
    draft.refuse(Admission.INELIGIBLE, "NO_PRIOR_TICKET", "I1", final, {})
    return True


def _tell(found: Prior, policy: TriageRule, rule: PriorRule, draft: Draft) -> None:
    """Says what was found: whose it is, whether it ended, and how."""
    if found.same_customer is False:
        _doubt(draft, policy, N_("the previous ticket is another customer's in the imported history"))
    elif found.same_customer is None:
        _say(draft, policy, N_("the previous ticket is in the imported history; whose it is cannot be told"))
    if not found.ended:
        _doubt(draft, policy, N_("the previous ticket has not ended in the first instance"))
    elif found.outcome is Ending.SATISFIED:
        _satisfied(policy, rule, draft)
    elif found.outcome is Ending.UNSATISFIED:
        _say(draft, policy, N_("the previous ticket ended, and the customer was not satisfied"))
    else:
        _say(draft, policy, N_("the previous ticket ended; whether the customer was satisfied is not known"))


def _by_channel(found: Prior, case: Case, policy: TriageRule, rule: PriorRule, draft: Draft) -> None:
    """The way by which the first instance was reached: one that the plan does not have is said, not refused (S1-18)."""
    if found.channel is None or not rule.channels or found.channel in rule.channels_of(case.plan):
        return
    text = N_(
        "the previous ticket came by {channel}, which this customer's plan does not have",
        channel=WAYS[found.channel],
    )
    if found.channel not in rule.channels:
        text = N_(
            "the previous ticket came by {channel}, which is no primary channel", channel=WAYS[found.channel]
        )
    _doubt(draft, policy, text, rule.requirement)


def _satisfied(policy: TriageRule, rule: PriorRule, draft: Draft) -> None:
    """A previous ticket that ended well: where the policy asks for the contrary, a person looks at why (S1-19)."""
    if not rule.unsatisfied:
        _doubt(draft, policy, N_("the previous ticket ended with the customer satisfied"))
        return
    text = N_("the previous ticket ended with the customer satisfied: ask what is still unsolved")
    _doubt(draft, policy, text, rule.requirement)


def _say(draft: Draft, policy: TriageRule, text: Text) -> None:
    # Under a name of its own: a reason "prior-ticket" means that something about the number is in doubt.
    draft.reasons.append(Reason("prior-ticket-history", policy.prior_ticket_requirement, text))


def _doubt(draft: Draft, policy: TriageRule, text: Text, requirement: str | None = None) -> None:
    requirement = requirement or policy.prior_ticket_requirement
    draft.reasons.append(Reason("prior-ticket", requirement, text, warning=True))
    if PRIOR_TICKET_DOUBTFUL not in draft.flags:
        draft.flags.append(PRIOR_TICKET_DOUBTFUL)
