"""The values of batch triage: the case it looks at, and the plan with its reasons that comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ouvidoria_tui.domain.first_line import Prior
from ouvidoria_tui.domain.registration import Registration
from ouvidoria_tui.domain.ticket import Admission, Channel, Difficulty, Severity, Type
from ouvidoria_tui.text import N_, Text

#: Gives the protocol of the oldest open ticket of a customer (id) with this normalised subject that arrived
#: before this one, or ``None``. The subject is as :func:`~ouvidoria_tui.domain.fold.normal_subject` makes it.
DuplicateOf = Callable[["Case", str], str | None]

#: Gives what the imported history of the first instance knows of a case's number, ``None`` where it is not there.
#: Without any history there is nothing to look up in: no such function is passed then.
PriorKnown = Callable[["Case"], Prior | None]


@dataclass(frozen=True, slots=True)
class Case:
    """What triage looks at; ``severity``, ``difficulty``, ``department`` only where a person chose them.

    ``text`` is all that the customer wrote, ``first`` the manifestation, ``later`` what came after it, ``messages``
    how many messages that was in the policy's short time, ``images`` how many images came with them. A
    ``known_customer`` stands in the company's own register. ``told`` are the letters of earlier plans: whoever
    has such a letter and waits for triage again has answered it. ``asked`` is how often the previous ticket's
    number was asked for. ``addresses`` are the e-mail addresses of the customer and its active contacts.
    """

    protocol: str
    subject: str
    text: str
    type: Type
    channel: Channel
    prior_ticket: str | None = None
    department: str | None = None
    customer: int | None = None
    severity: Severity | None = None
    difficulty: Difficulty | None = None
    arrived_at: int = 0
    revision: int = 0
    plan: str | None = None
    flags: tuple[str, ...] = ()
    known_customer: bool = True
    images: int = 0
    messages: int = 1
    first: str = ""
    later: str = ""
    told: frozenset[str] = frozenset()
    asked: int = 0
    registration: Registration | None = None
    addresses: frozenset[str] = frozenset()
    confidential: bool = False
    assignee: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule's name, its requirement, a sentence; ``warning`` where a person should look."""

    rule: str
    requirement: str | None
    text: Text
    warning: bool = False


class Answer(StrEnum):
    """What a gate says of a case: it opens, a person should look, it holds, or the policy does not ask."""

    OPEN = "open"
    WARNS = "warns"
    HOLDS = "holds"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gate's answer, with the codes that it gave (S1-14)."""

    gate: str
    answer: Answer
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What triage would do with one case.

    ``redirect`` is where the customer is sent, ``redirect_cause`` why, ``convert`` what the case is offered to be
    or, where it is admitted, agreed to be; ``places`` what the letters say beside the ticket's own data.
    ``prior_ticket`` is a number that the customer wrote and that the ticket takes over. ``verdicts`` are
    the gates in the order in which they were asked; a plan that was read from a file has none.

    ``codes`` hold what decided against plain admission, ``messages`` the ids of the templates to send (P1,
    P2, D1), ``type`` a suggestion that is never applied, ``revision`` the ticket's when the plan was made.
    ``chosen`` names the fields that a person set while looking at the plan.
    """

    protocol: str
    decision: Admission
    codes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    department: str | None
    severity: Severity
    difficulty: Difficulty
    team: bool
    duplicate_of: str | None = None
    messages: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    type: Type | None = None
    revision: int = 0
    redirect: str | None = None
    redirect_cause: str | None = None
    convert: Type | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    prior_ticket: str | None = None
    verdicts: tuple[Verdict, ...] = ()
    chosen: tuple[str, ...] = ()


#: Of several decisions the one that stands: what is another's matter needs no more of the customer.
_GRAVITY = {
    Admission.ADMITTED: 0,
    Admission.AWAITING_INFO: 1,
    Admission.INELIGIBLE: 2,
    Admission.REDIRECTED: 3,
    Admission.DUPLICATE: 4,
}


#: The decision that each code gives, where it gives one: beside a graver one it was said to the agent alone.
_DECIDES: Mapping[str, Admission] = {
    "PRIOR_TICKET_REQUIRED": Admission.AWAITING_INFO,
    "DESCRIPTION_TOO_SHORT": Admission.AWAITING_INFO,
    "MISSING_EVIDENCE": Admission.AWAITING_INFO,
    "SENDER_UNAUTHORISED": Admission.AWAITING_INFO,
    "NO_PRIOR_TICKET": Admission.INELIGIBLE,
    "FEATURE_NOT_AVAILABLE": Admission.INELIGIBLE,
    "COMMERCIAL_NEGOTIATION": Admission.INELIGIBLE,
    "REDIRECTED": Admission.REDIRECTED,
    "TICKET_REQUIRED": Admission.REDIRECTED,
    "DUPLICATE": Admission.DUPLICATE,
}


def deciding(decision: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Of the ``codes`` of a plan those that its decision rests on, and those that decide nothing (a way in).

    All gates are asked, also after one that decides: whoever is sent elsewhere is not asked for a number as well.
    """
    return tuple(code for code in codes if _DECIDES.get(code, decision) == decision)


#: Who speaks is asked of everybody: it is about whose data these are, not about whether the desk is reached.
_WHO_SPEAKS = frozenset({"SENDER_UNAUTHORISED"})
#: Set on a ticket whose customer asked for the desk (S0-20).
AT_REQUEST = "at-request"
#: Decisions that end a case; a second one by the same letter is left to a person.
_FINAL = frozenset({Admission.INELIGIBLE, Admission.REDIRECTED})


@dataclass(slots=True)
class Draft:
    """The plan while it grows. ``told`` are the letters of earlier plans, which the customer has answered.

    ``at_request`` says that the customer asked for the desk, under a policy by which that is enough (S0-20).
    """

    told: frozenset[str] = frozenset()
    at_request: bool = False
    decision: Admission = Admission.ADMITTED
    codes: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    department: str | None = None
    duplicate_of: str | None = None
    prior_ticket: str | None = None
    convert: Type | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    _refused: int = 0
    _letters: list[tuple[Admission, str, Mapping[str, str]]] = field(default_factory=list)

    def ask(self, gate: str, asked: bool, question: Callable[[Draft], None]) -> None:
        """Asks one gate where the policy has it, and keeps what it said."""
        if not asked:
            self.verdicts.append(Verdict(gate, Answer.NOT_ASKED))
            return
        reasons, codes, refused = len(self.reasons), len(self.codes), self._refused
        question(self)
        said, given = self.reasons[reasons:], tuple(self.codes[codes:])
        answer = Answer.OPEN
        if self._refused > refused:
            answer = Answer.HOLDS
        elif given or any(reason.warning for reason in said):
            answer = Answer.WARNS
        self.verdicts.append(Verdict(gate, answer, given))

    def hold(self, code: str, message: str, reason: Reason) -> None:
        """Holds the case back until the customer has said more; the customer is always told by ``message``."""
        self.refuse(Admission.AWAITING_INFO, code, message, reason, {})

    def refuse(
        self,
        decision: Admission,
        code: str,
        message: str | None,
        reason: Reason,
        places: Mapping[str, str],
    ) -> None:
        """A gate that did not open. Of several the gravest decides, and only its letters are sent.

        Whoever was turned away by the same letter before and has written since is not turned away by it again:
        a person decides, and no letter answers a letter. Whoever asked for the desk, where that is enough, is turned
        away by nothing (S0-20): what the gate has to say is said to the agent.
        """
        if self.at_request and decision is not Admission.DUPLICATE and code not in _WHO_SPEAKS:
            self.reasons.append(Reason(reason.rule, reason.requirement, reason.text, warning=True))
            return
        if message in self.told and decision in _FINAL:
            self.reasons.append(Reason(reason.rule, reason.requirement, reason.text, warning=True))
            text = N_(
                "the customer was told so by {letter} and has answered: a person decides", letter=message
            )
            self.reasons.append(Reason("told-before", "S4-33", text, warning=True))
            return
        self._refused += 1
        if _GRAVITY[decision] > _GRAVITY[self.decision]:
            self.decision = decision
        self.tell(code, message, reason, places, decision)

    def tell(
        self,
        code: str | None,
        message: str | None,
        reason: Reason | None,
        places: Mapping[str, str],
        decision: Admission = Admission.ADMITTED,
    ) -> None:
        """Something that the customer is told, whatever else is decided."""
        if code is not None and code not in self.codes:
            self.codes.append(code)
        if reason is not None:
            self.reasons.append(reason)
        if message is not None:
            self._letters.append((decision, message, places))

    @property
    def messages(self) -> tuple[str, ...]:
        """The letters of the decision that stands, each once."""
        return tuple(dict.fromkeys(name for decision, name, _places in self._letters if self._sent(decision)))

    @property
    def places(self) -> dict[str, str]:
        """What those letters name beside the ticket's own data; the first word on each counts."""
        found: dict[str, str] = {}
        for decision, _name, places in self._letters:
            if self._sent(decision):
                found = {**{name: value for name, value in places.items() if value}, **found}
        return found

    def _sent(self, decision: Admission) -> bool:
        # Whoever is sent elsewhere is not also told of a move inside the desk.
        return decision is self.decision
