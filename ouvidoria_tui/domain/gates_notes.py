"""What triage notes beside its decision: gaps of the registration, courtesy, an emergency. Nothing here holds back."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.domain.gates_text import capitals
from ouvidoria_tui.domain.policy_gates import Courtesy, Emergency, Gates
from ouvidoria_tui.domain.registration import GAPS, gaps
from ouvidoria_tui.domain.triage_plan import Case, Draft, Reason
from ouvidoria_tui.text import N_

#: Flags that the notes set.
CAPITALS, FLOOD, REGISTRATION_STALE, EMERGENCY = (
    "capitals",
    "many-messages",
    "registration-stale",
    "emergency",
)


def registration_note(gates: Gates, case: Case, draft: Draft) -> None:
    """What is wanting in the customer's registration: to be asked for now that there is a contact."""
    if case.registration is None:
        return
    found = gaps(case.registration, gates.stale_months, case.arrived_at)
    for gap in found:
        text, requirement = GAPS[gap]
        draft.reasons.append(Reason("registration", requirement, text, warning=True))
    if found:
        draft.flags.append(REGISTRATION_STALE)


def courtesy_note(rule: Courtesy, case: Case, draft: Draft) -> None:
    """Notes that change neither decision nor place (C-24)."""
    if rule.capitals and capitals(case.text, rule.letters) >= rule.capitals:
        text = N_("written mostly in capitals: a note of courtesy goes with the answer, nothing else changes")
        draft.reasons.append(Reason("capitals", "S3-48", text, warning=True))
        draft.flags.append(CAPITALS)
    if rule.flood and case.messages >= rule.flood:
        text = N_(
            "{count} messages in a short time: they change neither place nor due time", count=case.messages
        )
        draft.reasons.append(Reason("flood", "S3-53", text, warning=True))
        draft.flags.append(FLOOD)


def emergency_note(rule: Emergency | None, found: Mapping[str, str], draft: Draft) -> None:
    """An emergency is recognised and marked; only where the policy has the lane does it change the place (S3-19)."""
    word = found.get("emergency:emergency")
    if rule is None or word is None:
        return
    if rule.lane:
        text = N_("an emergency: it says “{word}”; it goes into the emergency lane", word=word)
    else:
        text = N_("an emergency: it says “{word}”; its place in the queue stays", word=word)
    draft.reasons.append(Reason(EMERGENCY, rule.requirement, text, warning=True))
    draft.flags.append(EMERGENCY)
