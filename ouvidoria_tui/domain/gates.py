"""The gates of triage: does the matter belong here, by this way in, from this customer, with what it needs?

Asked in the order of S1-14: who speaks, where it belongs, by which channel, whether the desk can decide, what is
missing. Each gate that does not open gives its code, its reason and the letter that tells the customer; nothing
here refuses by itself. Where the law receives everything (``lenient``) all of it is only said to the agent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ouvidoria_tui.domain.gate_context import Surroundings, covers, lowest
from ouvidoria_tui.domain.gates_channel import channel_denial
from ouvidoria_tui.domain.policy_gates import (
    Evidence,
    Gates,
    Ineligible,
    NonCustomer,
    Redirect,
)
from ouvidoria_tui.domain.registration import GAPS, gaps
from ouvidoria_tui.domain.ticket import Admission, Difficulty, Type
from ouvidoria_tui.domain.triage_plan import Case, Draft, Reason
from ouvidoria_tui.domain.wording import Matcher
from ouvidoria_tui.text import N_, Text

#: Flags that the gates set.
CAPITALS, FLOOD, AFFECTED = "capitals", "many-messages", "third-party-affected"
UNAUTHORISED = "unauthorised"
REGISTRATION_STALE = "registration-stale"

_STEP = re.compile(r"(?m)^\s{0,8}(?:\d{1,2}\s?[.)º°-]|[-*•–])\s*\S")
_STEPS = ("passo a passo", "passos", "primeiro", "depois", "em seguida", "cliquei", "step by step", "then")


class GateKeeper:
    """The gates of one policy, compiled; decides on any number of cases."""

    def __init__(self, gates: Gates, matcher: Matcher, around: Surroundings) -> None:
        self.gates = gates
        self.around = around
        self._matcher = matcher

    def found(self, case: Case) -> dict[str, str]:
        """What is recognised in a case: ``kind:name`` → the word that was found."""
        return self._matcher.match(case.subject, case.text)

    def decide(self, case: Case, difficulty: Difficulty, department: str | None, draft: Draft) -> None:
        """Adds to ``draft`` what each gate says; the gravest decision of them all stands at its end."""
        found = self.found(case)
        topics = frozenset(key.partition(":")[2] for key in found if key.startswith("topic:"))
        self._sender(case, draft)
        affected = "third-party-affected" in topics or AFFECTED in case.flags
        if affected:
            draft.flags.append(AFFECTED)
        self._non_customer(case, affected, draft)
        self._redirects(case, found, department, draft)
        self._channel(case, topics, difficulty, draft)
        self._ineligible(case, found, draft)
        self._entitlement(case, department, draft)
        for rule in self.gates.evidence:
            if difficulty in rule.difficulties or topics & rule.topics:
                self._evidence(case, rule, draft)
        self._registration(case, draft)
        self._courtesy(case, draft)

    def _refuse(
        self, draft: Draft, decision: Admission, code: str, letter: str | None, reason: Reason, **more: str
    ) -> None:
        """A gate that does not open; under a law that receives everything it is said and holds nothing back."""
        if self.around.lenient:
            draft.reasons.append(Reason(reason.rule, reason.requirement, reason.text, warning=True))
            return
        draft.refuse(decision, code, letter, reason, more)

    def _sender(self, case: Case, draft: Draft) -> None:
        """Who is not authorised is told how to become so; the case waits (S2-19, S2-21)."""
        if UNAUTHORISED in case.flags:
            text = N_("the sender is not an authorised contact of the customer")
            reason = Reason("sender", "S2-19", text)
            self._refuse(draft, Admission.AWAITING_INFO, "SENDER_UNAUTHORISED", "N1", reason)

    def _non_customer(self, case: Case, affected: bool, draft: Draft) -> None:
        gates = self.gates
        if gates.non_customer is NonCustomer.ACCEPT or case.known_customer or affected:
            return
        reason = Reason(
            "non-customer", gates.non_customer_requirement, N_("this is nobody we know as a customer")
        )
        self._refuse(
            draft,
            Admission.REDIRECTED,
            "REDIRECTED",
            "R3",
            reason,
            contato=gates.non_customer_contact or "",
            target="non-customer",
        )

    def _redirects(self, case: Case, found: Mapping[str, str], department: str | None, draft: Draft) -> None:
        rule = next((one for one in self.gates.redirects if f"redirect:{one.name}" in found), None)
        if rule is None:
            return
        word = found[f"redirect:{rule.name}"]
        cause = next((one for one in rule.causes if f"cause:{rule.name}/{one.name}" in found), None)
        if rule.department is not None:
            self._moved(case, rule, word, department, draft)
            return
        text = N_("{title} is solved elsewhere: it says “{word}”", title=rule.title, word=word)
        more = {"contato": rule.contact or "", "artigo": rule.contact or "", "target": rule.target}
        if rule.causes:
            more["cause"] = cause.name if cause is not None else "other"
        reason = Reason(rule.name, rule.requirement, text)
        self._refuse(draft, Admission.REDIRECTED, "REDIRECTED", rule.template, reason, **more)

    def _moved(self, case: Case, rule: Redirect, word: str, department: str | None, draft: Draft) -> None:
        """Another department of the desk: the ticket goes there, with its arrival kept (S2-37)."""
        if rule.department == department:
            return
        text = N_(
            "{title} is for {department}: it says “{word}”",
            title=rule.title,
            department=rule.department,
            word=word,
        )
        if case.department is not None:  # somebody chose: a rule only suggests (S2-05)
            draft.reasons.append(Reason(rule.name, rule.requirement, text, warning=True))
            return
        draft.reasons.append(Reason(rule.name, rule.requirement, text))
        draft.department = rule.department
        name = self.around.departments.get(rule.department or "", rule.department or "")
        draft.tell(None, rule.template, None, {"departamento": name})

    def _channel(self, case: Case, topics: frozenset[str], difficulty: Difficulty, draft: Draft) -> None:
        denial = channel_denial(case, self.gates.channels, topics, difficulty, self.around)
        if denial is None:
            return
        reason = Reason("channel", denial.requirement, denial.text)
        letter = "N3" if denial.code == "CHANNEL_NOT_IN_PLAN" else "N2"
        self._refuse(
            draft,
            Admission.REDIRECTED,
            denial.code,
            letter,
            reason,
            contato=self.gates.ticket_contact or "",
            canais=denial.instead,
            motivo=denial.needed,
            departamento=denial.wanted,
            target="ticket",
        )

    def _ineligible(self, case: Case, found: Mapping[str, str], draft: Draft) -> None:
        if case.type in (Type.SUGGESTION, Type.PRAISE):
            return
        rule = next((one for one in self.gates.ineligible if f"ineligible:{one.name}" in found), None)
        if rule is None:
            return
        word = found[f"ineligible:{rule.name}"]
        reason = Reason(rule.name, rule.requirement, self._why(rule, word))
        more = {"contato": rule.contact or "", "motivo": word}
        if rule.convert is not None:
            more["convert"] = rule.convert.value
        self._refuse(draft, Admission.INELIGIBLE, rule.code.value, rule.template, reason, **more)

    @staticmethod
    def _why(rule: Ineligible, word: str) -> Text:
        if rule.convert is not None:
            return N_(
                "not a complaint the desk can decide: it says “{word}”; it can become a {type}",
                word=word,
                type=rule.convert.value,
            )
        return N_("not a complaint the desk can decide: it says “{word}”", word=word)

    def _entitlement(self, case: Case, department: str | None, draft: Draft) -> None:
        """A department that the customer's plan has not (S2-10, S2-11): another one takes it, with the reason."""
        chosen = draft.department or department
        rule = next((one for one in self.gates.entitlements if one.department == chosen), None)
        if rule is None or covers(case.plan, rule.plans, rule.plan_from, self.around.ranks):
            return
        allowed = [
            name
            for slug, name in self.around.departments.items()
            if slug not in {one.department for one in self.gates.entitlements}
        ]
        needed = lowest(rule.plans, rule.plan_from, self.around)
        text = N_(
            "{department} is for {plans}; this customer's plan has: {allowed}",
            department=self.around.departments.get(rule.department, rule.department),
            plans=needed,
            allowed=", ".join(allowed),
        )
        reason = Reason("plan", rule.requirement, text)
        if self.around.lenient:
            draft.reasons.append(Reason(reason.rule, reason.requirement, reason.text, warning=True))
            return
        draft.department = self.around.default_department
        draft.tell(
            "DEPT_NOT_IN_PLAN",
            "N3",
            reason,
            {
                "canais": ", ".join(allowed),
                "departamento": self.around.departments.get(rule.department, rule.department),
                "motivo": needed,
            },
        )

    def _evidence(self, case: Case, rule: Evidence, draft: Draft) -> None:
        """What the second tier needs: a way in that keeps a record, an image, the steps (S3-21 to S3-26)."""
        if rule.department is not None and case.department is None:
            draft.department = rule.department
        if rule.channels and case.channel not in rule.channels:
            text = N_("this analysis needs a ticket or mail, never {channel}", channel=case.channel.value)
            reason = Reason(rule.name, rule.requirement, text)
            more = {"contato": self.gates.ticket_contact or "", "target": "ticket"}
            self._refuse(draft, Admission.REDIRECTED, "TICKET_REQUIRED", rule.template, reason, **more)
            return
        missing = [
            *([N_("an image of the screen")] if rule.image and not case.images else []),
            *(
                [N_("the steps up to the fault")]
                if rule.steps and not has_steps(case.text, rule.steps)
                else []
            ),
        ]
        for one in missing:
            reason = Reason(rule.name, rule.requirement, N_("missing for the analysis: {what}", what=one))
            self._refuse(draft, Admission.AWAITING_INFO, "MISSING_EVIDENCE", rule.template, reason)

    def _registration(self, case: Case, draft: Draft) -> None:
        """What is wanting in the customer's registration: to be asked for now that there is a contact."""
        if case.registration is None:
            return
        found = gaps(case.registration, self.gates.stale_months, case.arrived_at)
        for gap in found:
            text, requirement = GAPS[gap]
            draft.reasons.append(Reason("registration", requirement, text, warning=True))
        if found:
            draft.flags.append(REGISTRATION_STALE)

    def _courtesy(self, case: Case, draft: Draft) -> None:
        """Notes that change neither decision nor place (C-24)."""
        rule = self.gates.courtesy
        if rule.capitals and capitals(case.text, rule.letters) >= rule.capitals:
            text = N_(
                "written mostly in capitals: a note of courtesy goes with the answer, nothing else changes"
            )
            draft.reasons.append(Reason("capitals", "S3-48", text, warning=True))
            draft.flags.append(CAPITALS)
        if rule.flood and case.messages >= rule.flood:
            text = N_(
                "{count} messages in a short time: they change neither place nor due time",
                count=case.messages,
            )
            draft.reasons.append(Reason("flood", "S3-53", text, warning=True))
            draft.flags.append(FLOOD)


def capitals(text: str, least: int) -> int:
    """The share of capitals among the letters of ``text``, in percent; 0 where it has fewer than ``least``."""
    letters = [char for char in text[:20_000] if char.isalpha()]
    if len(letters) < least:
        return 0
    return 100 * sum(char.isupper() for char in letters) // len(letters)


def has_steps(text: str, least: int) -> bool:
    """Whether a text of ``least`` characters or more tells steps: a list of two, or words that order them."""
    said = " ".join(text.split()).casefold()
    if len(said) < least:
        return False
    if len(_STEP.findall(text[:20_000])) >= 2 or "passo a passo" in said:
        return True
    return sum(f" {word}" in f" {said}" for word in _STEPS) >= 2
