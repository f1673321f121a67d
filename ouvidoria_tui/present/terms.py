"""The table behind ``words.term``: what a screen says for each slug of the closed vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ouvidoria_tui.domain.answer import Wish
from ouvidoria_tui.domain.area_list import AreaState
from ouvidoria_tui.domain.case_work import Reproduced, Side, Target
from ouvidoria_tui.domain.conduct import Conduct
from ouvidoria_tui.domain.customer import AddressState, ContactRole, Requester
from ouvidoria_tui.domain.identity import IdentityLevel
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.lifecycle import LIFECYCLE
from ouvidoria_tui.domain.notice import Missing, NoticeKind
from ouvidoria_tui.domain.outbox import LetterKind, LetterState, Trouble
from ouvidoria_tui.domain.paths import Decision, Element, Mediation, Told
from ouvidoria_tui.domain.policy_access import WayLevel
from ouvidoria_tui.domain.redaction_span import TITLES, Kind
from ouvidoria_tui.domain.ticket import (
    Admission,
    Channel,
    CloseReason,
    Difficulty,
    EscalationReason,
    Lane,
    Merit,
    Severity,
    Status,
    Turn,
    Type,
)
from ouvidoria_tui.present.terms_acts import ACTS
from ouvidoria_tui.text import N_, Text

#: By vocabulary and then by slug, because members of two StrEnums with the same slug are equal.
TERMS: Final[Mapping[type[StrEnum], Mapping[str, Text]]] = {
    Status: {status: rule.label for status, rule in LIFECYCLE.items()},
    Turn: {
        Turn.DESK: N_("the desk"),
        Turn.CUSTOMER: N_("the customer"),
        Turn.AREA: N_("the area"),
        Turn.NONE: N_("nobody"),
    },
    Requester: {
        Requester.CUSTOMER: N_("customer"),
        Requester.CUSTOMER_NO_ACCESS: N_("customer without access"),
        Requester.NON_CUSTOMER: N_("no customer"),
        Requester.THIRD_PARTY: N_("third party affected"),
        Requester.USER: N_("user"),
        Requester.CONSUMER: N_("consumer"),
    },
    Decision: {
        Decision.ACCEPTED: N_("accepted"),
        Decision.UNDER_STUDY: N_("under study"),
        Decision.NOT_ACCEPTED: N_("not accepted"),
    },
    Told: {
        Told.PERSON: N_("the person"),
        Told.HEAD: N_("the head"),
    },
    Element: {
        Element.RELEVANCE: N_("relevance"),
        Element.AUTHORSHIP: N_("authorship"),
        Element.MATERIALITY: N_("materiality"),
    },
    Mediation: {
        Mediation.AGREEMENT: N_("agreement"),
        Mediation.PARTIAL: N_("agreement in part"),
        Mediation.NONE: N_("no agreement"),
    },
    ContactRole: {
        ContactRole.PRIMARY: N_("primary"),
        ContactRole.SECONDARY: N_("secondary"),
        ContactRole.OTHER: N_("other"),
    },
    AddressState: {
        AddressState.OK: N_("ok"),
        AddressState.BOUNCING: N_("mail comes back"),
        AddressState.DEAD: N_("no address any more"),
    },
    IdentityLevel: {
        IdentityLevel.AUTHENTICATED: N_("authenticated"),
        IdentityLevel.MATCHED: N_("matched with the register"),
        IdentityLevel.UNVERIFIED: N_("not verified"),
    },
    Wish: {Wish.MET: N_("granted"), Wish.PARTLY: N_("granted in part"), Wish.NOT: N_("not granted")},
    Type: {
        Type.COMPLAINT: N_("Complaint"),
        Type.CRITICISM: N_("Criticism"),
        Type.SUGGESTION: N_("Suggestion"),
        Type.PRAISE: N_("Praise"),
        Type.REQUEST: N_("Request"),
        Type.REPORT: N_("Report of wrongdoing"),
    },
    Channel: {
        Channel.PORTAL: N_("portal"),
        Channel.EMAIL: N_("e-mail"),
        Channel.PHONE: N_("phone"),
        Channel.CHAT: N_("chat"),
        Channel.WHATSAPP: N_("WhatsApp"),
        Channel.LETTER: N_("letter"),
        Channel.IN_PERSON: N_("in person"),
        Channel.SOCIAL: N_("social media"),
        Channel.INTERNAL: N_("internal"),
    },
    Severity: {
        Severity.LOW: N_("low"),
        Severity.MEDIUM: N_("medium"),
        Severity.HIGH: N_("high"),
        Severity.CRITICAL: N_("critical"),
    },
    Difficulty: {
        Difficulty.SIMPLE: N_("simple"),
        Difficulty.MEDIUM: N_("medium"),
        Difficulty.COMPLEX: N_("complex"),
    },
    Admission: {
        Admission.PENDING: N_("waits for triage"),
        Admission.ADMITTED: N_("admitted"),
        Admission.AWAITING_INFO: N_("waits for information"),
        Admission.REDIRECTED: N_("redirected"),
        Admission.INELIGIBLE: N_("not eligible"),
        Admission.DUPLICATE: N_("duplicate"),
    },
    Merit: {
        Merit.NOT_ASSESSED: N_("not assessed"),
        Merit.FOUNDED: N_("founded"),
        Merit.PARTLY: N_("partly founded"),
        Merit.UNFOUNDED: N_("unfounded"),
    },
    CloseReason: {
        CloseReason.SOLVED: N_("solved"),
        CloseReason.NO_REPLY: N_("the customer did not reply"),
        CloseReason.DUPLICATE: N_("duplicate"),
        CloseReason.INELIGIBLE: N_("not eligible"),
        CloseReason.REDIRECTED: N_("redirected"),
        CloseReason.WITHDRAWN: N_("withdrawn by the customer"),
    },
    Lane: {
        Lane.LEGAL_PRIORITY: N_("legal priority"),
        Lane.EMERGENCY: N_("emergency"),
        Lane.ORDINARY: N_("ordinary"),
    },
    Side: {
        Side.CUSTOMER: N_("the customer"),
        Side.COMPANY: N_("the company"),
    },
    Reproduced: {
        Reproduced.YES: N_("reproduced"),
        Reproduced.PARTLY: N_("reproduced in part"),
        Reproduced.NO: N_("not reproduced"),
    },
    Target: {
        Target.SERVICE: N_("service"),
        Target.PROCESS: N_("process"),
        Target.PRODUCT: N_("product"),
    },
    LetterKind: {
        LetterKind.REPLY: N_("answer"),
        LetterKind.REQUEST: N_("question"),
        LetterKind.NOTICE: N_("notice"),
        LetterKind.AUTOMATIC: N_("by a rule"),
        LetterKind.AREA: N_("to an area"),
    },
    LetterState: {
        LetterState.QUEUED: N_("waits"),
        LetterState.SENDING: N_("leaving"),
        LetterState.SENT: N_("sent"),
        LetterState.FAILED: N_("failed"),
        LetterState.CANCELLED: N_("cancelled"),
        LetterState.HELD: N_("held"),
    },
    AreaState: {
        AreaState.OPEN: N_("open"),
        AreaState.OVERDUE: N_("overdue"),
        AreaState.ANSWERED: N_("answered"),
        AreaState.LATE: N_("answered late"),
        AreaState.WAIVED: N_("never answered"),
        AreaState.ENDED: N_("ended with the ticket"),
    },
    Kind: TITLES,
    Trouble: {
        Trouble.NOT_AN_ADDRESS: N_("not an e-mail address"),
        Trouble.NOT_FOR_THE_CUSTOMER: N_("the words are not for the customer"),
        Trouble.NOT_FOR_THE_AREA: N_("the words are not for an area"),
        Trouble.UNWRITABLE: N_("no message can be made of it"),
        Trouble.ERASED: N_("the words were erased"),
        Trouble.INTERRUPTED: N_("sending was interrupted"),
        Trouble.NO_ANSWER: N_("the program did not answer in time"),
        Trouble.NEVER_FINISHED: N_("no sender ever finished it"),
        Trouble.RELEASED: N_("released by a person"),
        Trouble.DAILY_CEILING: N_("too many letters by rules to one address in a day"),
        Trouble.DEAD_ADDRESS: N_("an earlier letter to this address came back for good"),
    },
    EscalationReason: {
        EscalationReason.SPEED: N_("speed"),
        EscalationReason.QUALITY: N_("quality"),
        EscalationReason.OTHER: N_("other"),
    },
    Conduct: {
        Conduct.CLEAR: N_("spoke clearly"),
        Conduct.COURTEOUS: N_("was courteous"),
        Conduct.LISTENED: N_("listened to the end"),
        Conduct.EMPATHY: N_("showed empathy"),
        Conduct.NO_CRITICISM: N_("criticised neither the company nor other sectors"),
    },
    WayLevel: {
        WayLevel.SELF_SERVICE: N_("self-service"),
        WayLevel.ATTENDANCE: N_("attendance"),
        WayLevel.DESK: N_("the desk"),
    },
    NoticeKind: {
        NoticeKind.MAINTENANCE: N_("maintenance"),
        NoticeKind.INCIDENT: N_("incident"),
        NoticeKind.OTHER: N_("other"),
    },
    Missing: {
        Missing.MERGED: N_("joined to another entry"),
        Missing.DEACTIVATED: N_("put aside"),
        Missing.NO_ADDRESS: N_("without an address"),
        Missing.BOUNCED: N_("mail to the address came back"),
        Missing.PAST_DATED: N_("dated in the past, so not mailed"),
        Missing.NO_MAIL: N_("this desk sends no mail"),
    },
    Act: ACTS,
}

#: What a clock may be doing.
CLOCK_STATES: Final[Mapping[str, Text]] = {
    "running": N_("running"),
    "paused": N_("paused"),
    "met": N_("met"),
    "missed": N_("missed"),
    "lapsed": N_("time is over"),
    "suspended": N_("suspended"),
    "cancelled": N_("cancelled"),
    "stopped": N_("stopped"),
    "undefined": N_("not defined"),
}

#: The clocks by name; a profile may have others, which show their own name.
CLOCK_NAMES: Final[Mapping[str, Text]] = {
    "first_response": N_("1st response"),
    "keep_informed": N_("keep informed"),
    "resolution": N_("solution"),
    "first_position": N_("1st position"),
    "area": N_("area answer"),
    "complement": N_("complement"),
    "consent": N_("consent"),
    "forwarding": N_("forwarding"),
    "simplifique": N_("simplification"),
    "survey": N_("survey"),
    "reopen_window": N_("reopening window"),
    "appeal": N_("appeal"),
    "history": N_("history of contacts"),
    "incident_notice": N_("incident notice"),
    "agency_complaint": N_("agency complaint"),
    "final": N_("final answer"),
    "resolution_forecast": N_("forecast of the solution"),
    "retention": N_("retention"),
}

#: The flags that the desk itself sets; the others are tags that came with the ticket, and show themselves.
FLAGS: Final[Mapping[str, Text]] = {
    "first-instance-skipped": N_("without an earlier ticket"),
    "prior-ticket-doubtful": N_("doubtful number of the earlier ticket"),
    "unauthorised": N_("sender not authorised"),
    "third-party-affected": N_("harmed, not a customer"),
    "capitals": N_("written in capitals"),
    "many-messages": N_("many messages in a short time"),
    "registration-stale": N_("registration old or incomplete"),
    "conflict-declared": N_("conflict of interest declared"),
    "customer-agrees": N_("customer satisfied with the result"),
    "customer-disagrees": N_("customer disagrees with the result"),
    "consent-given": N_("consent given"),
    "consent-refused": N_("consent refused"),
    "identity-unverified": N_("identity not verified"),
    "sender-of-several": N_("address of several customers"),
    "authentication-failed": N_("sender's authentication failed"),
    "recurrence": N_("recurrence"),
    "emergency": N_("EMERGENCY"),
    "anonymous": N_("anonymous"),
    "at-request": N_("asked for the desk"),
}

#: For a narrow column, at most 13 cells.
SHORT_STATUS: Final[Mapping[str, Text]] = {Status.CUSTOMER_REPLY: N_("Cust. replied")}
