"""Who may do what: one table, role × verb. Roles prevent mistakes, not attacks (who can write the file is trusted)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.permission_words import DEEDS, ROLES
from ouvidoria_tui.domain.staff import Absence, Competence
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.text import N_


class Role(StrEnum):
    """What an agent is at the desk. The auditor reads everything and changes nothing."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    OMBUDSMAN = "ombudsman"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Verb(StrEnum):
    """What can be done at the desk: the names of the commands."""

    RECEIVE = "receive"
    ASSIGN = "assign"
    TAKE = "take"
    NEXT = "next"
    START = "start"
    RETURN = "return"
    REPLY = "reply"
    ASK = "ask"
    NOTE = "note"
    CUSTOMER_REPLY = "customer-reply"
    CLOSE = "close"
    REOPEN = "reopen"
    TRANSFER = "transfer"
    CLASSIFY = "classify"
    ESCALATE = "escalate"
    ACK = "ack"
    HAND_BACK = "hand-back"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    INTERRUPT = "interrupt"
    DELAY_NOTICE = "delay-notice"
    FORWARD = "forward"
    AREA_ANSWER = "area-answer"
    CONSENT = "consent"
    WATCH = "watch"
    OUTBOX = "outbox"
    ATTACH = "attach"
    UNDO = "undo"
    PRIOR_RECORDS = "prior-records"
    POSITION = "position"
    ASSESS = "assess"
    CONFLICT = "conflict"
    CUSTOMER_VIEW = "customer-view"
    TEAM = "team"
    MEASURE = "measure"
    IMPROVEMENT = "improvement"
    QUALITY = "quality"
    REPRODUCE = "reproduce"
    CONFIRM_WRITTEN = "confirm-written"
    REMIND = "remind"
    ACCESS_CODE = "access-code"
    TRACK = "track"
    TEMPLATE = "template"
    SURVEY = "survey"
    DECIDE = "decide"
    HAND_ON = "hand-on"
    ELEMENTS = "elements"
    REVIEW = "review"
    MEDIATE = "mediate"
    IDENTITY = "identity"
    CALL = "call"
    MEETING = "meeting"
    CONVERT = "convert"
    ARTICLE = "article"
    TRIAGE = "triage"
    INTAKE = "intake"
    MERGE = "merge"
    UNMERGE = "unmerge"
    LINK = "link"
    UNLINK = "unlink"
    INCIDENT = "incident"
    DIGEST = "digest"
    ANALYSIS = "analysis"
    NOTICE = "notice"
    IMPORT = "import"
    POLICY = "policy"
    CUSTOMER = "customer"
    CUSTOMER_MERGE = "customer-merge"
    STAFF = "staff"
    REGISTER = "register"
    REBUILD = "rebuild"


@dataclass(frozen=True, slots=True)
class Agent:
    """A person of the desk."""

    id: int
    login: str
    name: str
    role: Role
    active: bool = True
    competences: tuple[Competence, ...] = ()
    absences: tuple[Absence, ...] = ()


_EVERYDAY = frozenset(
    {
        Verb.RECEIVE,
        Verb.ASSIGN,
        Verb.TAKE,
        Verb.NEXT,
        Verb.START,
        Verb.RETURN,
        Verb.REPLY,
        Verb.ASK,
        Verb.NOTE,
        Verb.CUSTOMER_REPLY,
        Verb.CLOSE,
        Verb.REOPEN,
        Verb.TRANSFER,
        Verb.CLASSIFY,
        Verb.ESCALATE,
        Verb.EXTEND,
        Verb.SUSPEND,
        Verb.RESUME,
        Verb.DELAY_NOTICE,
        Verb.FORWARD,
        Verb.AREA_ANSWER,
        Verb.CONSENT,
        Verb.ATTACH,
        Verb.UNDO,
        Verb.TRIAGE,
        Verb.INTAKE,
        Verb.MERGE,
        Verb.UNMERGE,
        Verb.LINK,
        Verb.UNLINK,
        Verb.INCIDENT,
        Verb.CUSTOMER,
        Verb.PRIOR_RECORDS,
        Verb.POSITION,
        Verb.ASSESS,
        Verb.CONFLICT,
        Verb.CUSTOMER_VIEW,
        Verb.TEAM,
        Verb.MEASURE,
        Verb.IMPROVEMENT,
        Verb.QUALITY,
        Verb.REPRODUCE,
        Verb.CONFIRM_WRITTEN,
        Verb.REMIND,
        Verb.ACCESS_CODE,
        Verb.TRACK,
        Verb.SURVEY,
        Verb.DECIDE,
        Verb.HAND_ON,
        Verb.ELEMENTS,
        Verb.REVIEW,
        Verb.MEDIATE,
        Verb.CALL,
        Verb.MEETING,
        Verb.CONVERT,
    }
)
_HEADS = _EVERYDAY | {
    Verb.ACK,
    Verb.HAND_BACK,
    Verb.DIGEST,
    Verb.ANALYSIS,
    Verb.IDENTITY,
    Verb.IMPORT,
    Verb.INTERRUPT,
    Verb.WATCH,
    Verb.OUTBOX,
    Verb.TEMPLATE,
    Verb.NOTICE,
    Verb.ARTICLE,
    Verb.CUSTOMER_MERGE,
    Verb.STAFF,
}

#: The table. A verb that is in no role's set can be done by nobody.
MAY: dict[Role, frozenset[Verb]] = {
    Role.AGENT: _EVERYDAY,
    Role.SUPERVISOR: _HEADS,
    Role.OMBUDSMAN: _HEADS | {Verb.POLICY},
    Role.ADMINISTRATOR: frozenset(Verb),
    Role.AUDITOR: frozenset(),
}


def check_permission(agent: Agent, verb: Verb) -> None:
    """Nothing, where ``agent`` may do ``verb``.

    Raises ``NotAllowed``: ``AGENT_INACTIVE`` or ``ROLE_MAY_NOT`` (naming the roles that may).
    """
    if not agent.active:
        raise NotAllowed(
            "AGENT_INACTIVE",
            N_("{login} is not an active agent of this desk", login=agent.login),
            N_("an administrator can register the agent as active"),
        )
    if verb in MAY[agent.role]:
        return
    roles = tuple(ROLES[role] for role in Role if verb in MAY[role])
    raise NotAllowed(
        "ROLE_MAY_NOT",
        N_(
            "{login} has the role {role} and may not {deed}",
            login=agent.login,
            role=ROLES[agent.role],
            deed=DEEDS[verb],
        ),
        N_("this needs one of: {roles}", roles=roles),
        details={"verb": verb.value, "role": agent.role.value},
    )
