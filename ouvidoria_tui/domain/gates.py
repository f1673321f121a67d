"""The gates of triage: does the matter belong here, by this way in, from this customer, with what it needs?

Asked in the order of S1-14: who speaks, where it belongs, by which channel, whether the desk can decide, what is
missing. Each gate that does not open gives its code, its reason and the letter that tells the customer; nothing
here refuses by itself. Where the law receives everything (``lenient``) all of it is only said to the agent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ouvidoria_tui.domain.gate_context import KINDS, WAYS, Surroundings, covers, next_plan, open_departments
from ouvidoria_tui.domain.gates_channel import channel_denial
from ouvidoria_tui.domain.gates_notes import courtesy_note, emergency_note, registration_note
from ouvidoria_tui.domain.gates_text import addresses_in, agrees, has_steps, names_contract
from ouvidoria_tui.domain.policy_gates import (
    Evidence,
    Gates,
    Ineligible,
    NonCustomer,
    Redirect,
    RefusalCode,
    Topic,
)
from ouvidoria_tui.domain.ticket import Admission, Difficulty, Type
from ouvidoria_tui.domain.triage_plan import Case, Draft, Reason
from ouvidoria_tui.domain.wording import Matcher
from ouvidoria_tui.text import N_

#: Flags that the gates read and set.
AFFECTED, UNAUTHORISED = "third-party-affected", "unauthorised"
#: The topic by whose words somebody is known as harmed without being a customer (C-08).
THIRD_PARTY = "third-party-affected"


@dataclass(frozen=True, slots=True)
class Step:
    """One gate: its name, whether the policy has it for this case, and the question itself."""

    gate: str
    asked: bool
    ask: Callable[[Draft], None]


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
        for step in self.steps(case, difficulty, department):
            draft.ask(step.gate, step.asked, step.ask)

    def steps(self, case: Case, difficulty: Difficulty, department: str | None) -> tuple[Step, ...]:
        """The gates for one case in the order in which they are asked."""
        gates, found = self.gates, self.found(case)
        topics = frozenset(key.partition(":")[2] for key in found if key.startswith("topic:"))
        affected = THIRD_PARTY in topics or AFFECTED in case.flags
        evidence = [one for one in gates.evidence if difficulty in one.difficulties or topics & one.topics]
        matrix = any(rule.channel is case.channel for rule in gates.channels)
        resent = [one for one in gates.topics if one.registered_address and one.name in topics]
        courtesy = bool(gates.courtesy.capitals or gates.courtesy.flood)
        return (
            Step("sender", True, lambda draft: self._sender(case, draft)),
            Step(
                "customer",
                affected or gates.non_customer is not NonCustomer.ACCEPT,
                lambda draft: self._non_customer(case, affected, draft),
            ),
            Step(
                "redirect",
                bool(gates.redirects),
                lambda draft: self._redirects(case, found, department, draft),
            ),
            Step("channel", matrix, lambda draft: self._channel(case, topics, difficulty, draft)),
            Step("address", bool(resent), lambda draft: self._address(case, resent, draft)),
            Step("eligibility", bool(gates.ineligible), lambda draft: self._ineligible(case, found, draft)),
            Step(
                "department",
                bool(gates.entitlements),
                lambda draft: self._entitlement(case, department, draft),
            ),
            Step("evidence", bool(evidence), lambda draft: self._every_evidence(case, evidence, draft)),
            Step(
                "registration",
                case.registration is not None and gates.stale_months > 0,
                lambda draft: registration_note(gates, case, draft),
            ),
            Step("courtesy", courtesy, lambda draft: courtesy_note(gates.courtesy, case, draft)),
            Step(
                "emergency",
                gates.emergency is not None,
                lambda draft: emergency_note(gates.emergency, found, draft),
            ),
        )

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

    def _address(self, case: Case, topics: Sequence[Topic], draft: Draft) -> None:
        """What is sent again goes to the register's address only: another one has to be registered first (S3-12)."""
        other = next((one for one in addresses_in(case.text) if one not in case.addresses), None)
        if other is None:
            return
        text = N_("{address} is no address of the register, to which alone this may be sent", address=other)
        reason = Reason(topics[0].name, topics[0].requirement, text)
        self._refuse(draft, Admission.AWAITING_INFO, "ADDRESS_NOT_REGISTERED", "N1", reason)

    def _non_customer(self, case: Case, affected: bool, draft: Draft) -> None:
        """Somebody whom the company does not know is told where to turn (C-08)."""
        gates = self.gates
        if affected:
            draft.flags.append(AFFECTED)
            return
        if case.known_customer:
            return
        if case.prior_ticket:
            text = N_("this is nobody we know as a customer, but a previous ticket is named: look it up")
            draft.reasons.append(Reason("non-customer", gates.non_customer_requirement, text, warning=True))
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
        if rule.stays_with_prior and case.prior_ticket:
            text = N_(
                "{title} is solved elsewhere, but a previous ticket is named: it stays", title=rule.title
            )
            draft.reasons.append(Reason(rule.name, rule.requirement, text))
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
            department=self.around.departments.get(rule.department or "", rule.department),
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
        denial = channel_denial(case, self.gates, topics, difficulty, self.around)
        if denial is None:
            return
        reason = Reason("channel", denial.requirement, denial.text)
        if denial.becomes_ticket or self.around.lenient:
            draft.reasons.append(Reason("channel", denial.requirement, denial.text, warning=True))
            if not self.around.lenient:
                draft.tell(denial.code, None, None, {})
            return
        draft.refuse(Admission.REDIRECTED, denial.code, denial.letter, reason, denial.places)

    def _ineligible(self, case: Case, found: Mapping[str, str], draft: Draft) -> None:
        if case.type in (Type.SUGGESTION, Type.PRAISE):
            return
        rule = next((one for one in self.gates.ineligible if f"ineligible:{one.name}" in found), None)
        if rule is None:
            return
        word = found[f"ineligible:{rule.name}"]
        if rule.convert is not None and rule.template in case.told and agrees(case.later):
            text = N_("the customer agreed that it becomes: {type}", type=KINDS[rule.convert])
            draft.reasons.append(Reason(rule.name, rule.requirement, text, warning=True))
            draft.convert = rule.convert
            return
        if rule.code is RefusalCode.FEATURE_NOT_AVAILABLE:
            self._not_available(rule, word, draft)
            return
        text = N_("it asks for conditions of its own: it says “{word}”", word=word)
        reason = Reason(rule.name, rule.requirement, text)
        contact = rule.contact or ""
        self._refuse(
            draft, Admission.INELIGIBLE, "COMMERCIAL_NEGOTIATION", rule.template, reason, contato=contact
        )

    def _not_available(self, rule: Ineligible, word: str, draft: Draft) -> None:
        """What does not exist is no complaint; it may become a suggestion (C-16)."""
        text = N_("it asks for something that does not exist: it says “{word}”", word=word)
        more = {"contato": rule.contact or ""}
        if rule.convert is not None:
            text = N_(
                "it asks for something that does not exist: it says “{word}”; it can become: {type}",
                word=word,
                type=KINDS[rule.convert],
            )
            more["convert"] = rule.convert.value
        reason = Reason(rule.name, rule.requirement, text)
        self._refuse(draft, Admission.INELIGIBLE, "FEATURE_NOT_AVAILABLE", rule.template, reason, **more)

    def _entitlement(self, case: Case, department: str | None, draft: Draft) -> None:
        """A department that the customer's plan has not (S2-10, S2-11): another one takes it, with the reason."""
        chosen = draft.department or department
        rule = next((one for one in self.gates.entitlements if one.department == chosen), None)
        if rule is None:
            return
        if rule.contract and not names_contract(f"{case.subject}\n{case.text}"):
            text = N_(
                "{department} is for contracted work under way, and no contract is named: ask for its number",
                department=self.around.departments.get(rule.department, rule.department),
            )
            draft.reasons.append(Reason("contract", rule.requirement, text, warning=True))
        if covers(case.plan, rule.plans, rule.plan_from, self.around.ranks):
            return
        allowed = open_departments(self.gates, case.plan, self.around)
        needed = next_plan(case.plan, rule.plans, rule.plan_from, self.around)
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
                "recurso": self.around.departments.get(rule.department, rule.department),
                "motivo": needed,
            },
        )

    def _every_evidence(self, case: Case, rules: Iterable[Evidence], draft: Draft) -> None:
        for rule in rules:
            self._evidence(case, rule, draft)

    def _evidence(self, case: Case, rule: Evidence, draft: Draft) -> None:
        """What the second tier needs: a way in that keeps a record, an image, the steps (S3-21 to S3-26)."""
        if rule.department is not None and case.department is None:
            draft.department = rule.department
        if rule.channels and case.channel not in rule.channels:
            text = N_("this analysis needs a ticket or mail, never {channel}", channel=WAYS[case.channel])
            reason = Reason(rule.name, rule.requirement, text)
            more = {"contato": self.gates.ticket_contact or "", "target": "ticket"}
            self._refuse(draft, Admission.REDIRECTED, "TICKET_REQUIRED", rule.template, reason, **more)
            return
        missing = [
            *([N_("what happens, in detail")] if len(" ".join(case.text.split())) < rule.details else []),
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
