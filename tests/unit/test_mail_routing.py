"""Where a message of mail goes: every branch of the walk, without a store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from ouvidoria_tui.domain.mail import Address, Machine, Mail
from ouvidoria_tui.domain.mail_decision import Ending, Found, Reason, StepName
from ouvidoria_tui.domain.mail_identity import Registered, Speaker, Standing, speaker_of
from ouvidoria_tui.domain.mail_knowledge import Knowledge, Named
from ouvidoria_tui.domain.mail_letters import Silence, Written, letter_for, nobody_reads
from ouvidoria_tui.domain.mail_routing import route
from ouvidoria_tui.domain.mail_welcome import arrival, department_of, flags_of
from ouvidoria_tui.domain.policy_mail import Identity, MailLetters, MailRule
from ouvidoria_tui.domain.projection import blank
from ouvidoria_tui.domain.ticket import Status, Ticket

NOW, DAY = 1_772_456_400, 86_400
ANA = Address("ana@example.com", "Ana")
MAIL = Mail(
    raw_sha256="r",
    body_sha256="b",
    size=10,
    message_id="a@x",
    sender=ANA,
    subject="Cobrança",
    text="Texto",
)
RULE = MailRule(addresses={"f@desk.example": "financeiro"})


def ticket(number: int, status: Status = Status.OPEN, **more: object) -> Ticket:
    return replace(
        blank(number, f"2026-{number:06d}-0", NOW - 9 * DAY, NOW - 9 * DAY),
        status=status,
        **more,  # type: ignore[arg-type]
    )


OPEN = {number: ticket(number) for number in (1, 2, 3)}
KNOWN = Knowledge(Speaker(ANA, Standing.AUTHORISED, (7,)), tickets=OPEN)
BELONG = frozenset({1, 2, 3})


@dataclass(frozen=True)
class Case:
    known: Knowledge
    ending: Ending
    ticket: int | None = None
    by: StepName = StepName.NEW
    why: str = ""
    mail: Mail = field(default=MAIL)


def with_(**more: object) -> Knowledge:
    return replace(KNOWN, **more)  # type: ignore[arg-type]


MERGED = {1: ticket(1, duplicate_of=2), 2: ticket(2, duplicate_of=3), 3: ticket(3)}
CLOSED = {
    1: ticket(1, Status.CLOSED, closed_at=NOW - 5 * DAY),
    2: ticket(2, Status.CLOSED, closed_at=NOW - 50 * DAY),
}
CASES = {
    "nothing known": Case(KNOWN, Ending.TICKET, why="no-address"),
    "seen": Case(with_(seen=True), Ending.SEEN, by=StepName.SEEN, why="same-id-and-body"),
    "machine": Case(
        with_(own=Named((1,))),
        Ending.MACHINE,
        1,
        StepName.MACHINE,
        "auto-reply",
        replace(MAIL, machine=Machine.AUTO_REPLY),
    ),
    "machine about nothing": Case(
        KNOWN, Ending.MACHINE, None, StepName.MACHINE, "list", replace(MAIL, machine=Machine.LIST)
    ),
    "own id answered": Case(with_(own=Named((1,), (2,))), Ending.REPLY, 1, StepName.OWN_ID, "in-reply-to"),
    "own id in the thread": Case(with_(own=Named((), (2,))), Ending.REPLY, 2, StepName.OWN_ID, "references"),
    "own id before any other": Case(
        with_(own=Named((), (1,)), stored=Named((2,))), Ending.REPLY, 1, StepName.OWN_ID, "references"
    ),
    "own ids of two": Case(
        with_(own=Named((1, 2))), Ending.QUARANTINE, None, StepName.OWN_ID, Reason.AMBIGUOUS
    ),
    "own ids of two that became one": Case(
        with_(own=Named((1, 2)), tickets=MERGED), Ending.REPLY, 3, StepName.OWN_ID, "merged"
    ),
    "own id of a ticket that is gone": Case(with_(own=Named((9,))), Ending.TICKET, why="no-address"),
    "stored id": Case(with_(stored=Named((1,))), Ending.REPLY, 1, StepName.STORED_ID, "in-reply-to"),
    "stored ids of two": Case(
        with_(stored=Named((), (1, 2))), Ending.QUARANTINE, None, StepName.STORED_ID, Reason.AMBIGUOUS
    ),
    "stored id before the token": Case(
        with_(stored=Named((1,)), token=(2,), belongs=BELONG),
        Ending.REPLY,
        1,
        StepName.STORED_ID,
        "in-reply-to",
    ),
    "its answer came first": Case(
        with_(answers=(1,)), Ending.REPLY, 1, StepName.ANSWERED_BY, "answer-came-first"
    ),
    "sibling of somebody who belongs": Case(
        with_(siblings=(1,), belongs=BELONG),
        Ending.REPLY,
        1,
        StepName.ANSWERED_BY,
        "same-missing-message",
    ),
    "sibling of somebody else": Case(with_(siblings=(1,)), Ending.TICKET, why="no-address"),
    "token believed": Case(
        with_(token=(1,), belongs=BELONG), Ending.REPLY, 1, StepName.TOKEN, "sender-belongs"
    ),
    "token not believed": Case(with_(token=(1,)), Ending.TICKET, why="no-address"),
    "two tokens, one believed": Case(
        with_(token=(1, 2), belongs=frozenset({2})), Ending.REPLY, 2, StepName.TOKEN, "sender-belongs"
    ),
    "two tokens believed": Case(
        with_(token=(1, 2), belongs=BELONG), Ending.QUARANTINE, None, StepName.TOKEN, Reason.AMBIGUOUS
    ),
    "token before the subject": Case(
        with_(token=(1,), subject=(2,), belongs=BELONG), Ending.REPLY, 1, StepName.TOKEN, "sender-belongs"
    ),
    "same subject": Case(with_(subject=(1,), belongs=BELONG), Ending.REPLY, 1, StepName.SUBJECT, "open"),
    "same subject of two": Case(
        with_(subject=(1, 2), belongs=BELONG), Ending.QUARANTINE, None, StepName.SUBJECT, Reason.AMBIGUOUS
    ),
    "same subject, an open one and a closed one": Case(
        with_(subject=(1, 3), tickets={**CLOSED, 3: ticket(3)}, belongs=BELONG),
        Ending.REPLY,
        3,
        StepName.SUBJECT,
        "open",
    ),
    "same subject, closed lately": Case(
        with_(subject=(1, 2), tickets=CLOSED, belongs=BELONG),
        Ending.REPLY,
        1,
        StepName.SUBJECT,
        "closed-recently",
    ),
    "same subject, closed long ago": Case(
        with_(subject=(2,), tickets=CLOSED, belongs=BELONG), Ending.TICKET, why="no-address"
    ),
    "no sender": Case(
        KNOWN, Ending.QUARANTINE, None, StepName.SENDER, Reason.NO_SENDER, replace(MAIL, sender=None)
    ),
    "sender without a host": Case(
        KNOWN,
        Ending.QUARANTINE,
        None,
        StepName.SENDER,
        Reason.NO_SENDER,
        replace(MAIL, sender=Address("root")),
    ),
    "from the desk itself": Case(
        KNOWN,
        Ending.QUARANTINE,
        None,
        StepName.SENDER,
        Reason.OWN_ADDRESS,
        replace(MAIL, sender=Address("f@desk.example")),
    ),
    "empty": Case(
        KNOWN,
        Ending.QUARANTINE,
        None,
        StepName.SENDER,
        Reason.EMPTY,
        replace(MAIL, subject=" ", text="\n"),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_message_goes_where_the_strongest_evidence_says(case: Case) -> None:
    decision = route(case.mail, case.known, RULE, NOW)
    last = decision.steps[-1]
    assert (decision.ending, decision.ticket, last.name, last.why) == (
        case.ending,
        case.ticket,
        case.by,
        case.why,
    )


def test_the_sender_alone_is_never_enough() -> None:
    known = with_(belongs=BELONG)
    assert route(MAIL, known, RULE, NOW).ending is Ending.TICKET


@pytest.mark.parametrize("evidence", ["token", "subject", "siblings"])
def test_who_is_not_who_it_says_reaches_no_ticket_by_belonging(evidence: str) -> None:
    speaker = Speaker(ANA, Standing.AUTHORISED, (7,), proven=False)
    known = with_(speaker=speaker, belongs=BELONG, **{evidence: (1,)})
    decision = route(replace(MAIL, authentication_failed=True), known, RULE, NOW)
    assert (decision.ending, decision.marks) == (Ending.TICKET, ("authentication-failed",))


def test_every_step_that_was_considered_is_told() -> None:
    steps = route(MAIL, with_(token=(1,)), RULE, NOW).steps
    assert [step.name for step in steps] == [name for name in StepName if name is not StepName.READ]
    assert steps[7].found is Found.NOT_BELIEVED


def test_a_merge_in_a_circle_ends() -> None:
    circle = {1: ticket(1, duplicate_of=2), 2: ticket(2, duplicate_of=1)}
    assert route(MAIL, with_(own=Named((1,)), tickets=circle), RULE, NOW).ending is Ending.REPLY


@pytest.mark.parametrize(
    ("registered", "standing", "customer", "authorised"),
    [
        ([], Standing.UNKNOWN, None, False),
        ([Registered(7, None, True)], Standing.AUTHORISED, 7, True),
        ([Registered(7, 1, False)], Standing.CONTACT, 7, False),
        ([Registered(7, 1, False), Registered(7, 2, True)], Standing.AUTHORISED, 7, True),
        ([Registered(7, 1, True), Registered(8, 2, True)], Standing.SEVERAL, None, False),
    ],
)
def test_who_speaks_is_what_the_registers_say(
    registered: list[Registered], standing: Standing, customer: int | None, authorised: bool
) -> None:
    who = speaker_of(MAIL, registered)
    assert (who.standing, who.customer, who.authorised) == (standing, customer, authorised)


def test_a_failed_authentication_speaks_for_nobody() -> None:
    who = speaker_of(replace(MAIL, authentication_failed=True), [Registered(7, 1, True)])
    assert (who.customer, who.authorised) == (7, False)


@pytest.mark.parametrize(
    ("standing", "proven", "identity", "flags"),
    [
        (Standing.AUTHORISED, True, Identity.REGISTERED, ()),
        (Standing.CONTACT, True, Identity.REGISTERED, ("unauthorised",)),
        (Standing.UNKNOWN, True, Identity.REGISTERED, ("unauthorised",)),
        (Standing.UNKNOWN, True, Identity.OPEN, ("identity-unverified",)),
        (Standing.SEVERAL, True, Identity.REGISTERED, ("sender-of-several",)),
        (Standing.AUTHORISED, False, Identity.REGISTERED, ("unauthorised", "authentication-failed")),
    ],
)
def test_a_ticket_is_flagged_by_who_opened_it(
    standing: Standing, proven: bool, identity: Identity, flags: tuple[str, ...]
) -> None:
    assert flags_of(Speaker(ANA, standing, proven=proven), MailRule(identity=identity)) == flags


def test_the_first_address_of_the_desk_decides_the_department() -> None:
    mail = replace(MAIL, to=(Address("x@example.com"),), cc=(Address("f@desk.example"),))
    assert department_of(mail, RULE) == ("financeiro", "address")


@pytest.mark.parametrize(
    ("told", "server", "historic", "at"),
    [
        (None, None, False, NOW),
        (None, NOW - 60, False, NOW - 60),
        (NOW - 90, NOW - 60, False, NOW - 90),
        (NOW + 60, None, False, NOW),
        (None, None, True, NOW - DAY),
        (NOW - 90, None, True, NOW - DAY),
        (-5, None, False, 0),
    ],
)
def test_a_message_arrives_when_the_desks_server_says(
    told: int | None, server: int | None, historic: bool, at: int
) -> None:
    mail = replace(MAIL, dated_at=NOW - DAY, received_at=server)
    assert arrival(mail, told, NOW, historic=historic) == at


def test_a_receipt_is_written_where_it_is_wanted() -> None:
    rule = replace(RULE, letters=MailLetters(receipt=True))
    decision = route(MAIL, KNOWN, rule, NOW)
    assert letter_for(MAIL, decision, rule, Written()) == "A1"
    assert letter_for(MAIL, decision, RULE, Written()) is Silence.NOT_WANTED
    assert letter_for(MAIL, decision, rule, Written(to_sender=1)) is Silence.SENDER_LIMIT
    assert letter_for(MAIL, decision, rule, Written(to_all=200)) is Silence.DAY_LIMIT


@pytest.mark.parametrize(
    ("address", "nobody"),
    [
        ("noreply@x.com", True),
        ("no-reply@x.com", True),
        ("do_not_reply@x.com", True),
        ("naoresponda@x.com", True),
        ("mailer-daemon@x.com", True),
        ("alertas-noreply@x.com", True),
        ("lista-owner@x.com", True),
        ("ana.noronha@x.com", False),
        ("owner.silva@x.com", False),
    ],
)
def test_addresses_that_only_send_are_known(address: str, nobody: bool) -> None:
    assert nobody_reads(address) is nobody


AREA = {"areas": ("financeiro",), "asked": {1: ("financeiro",)}, "between": frozenset({1})}


@pytest.mark.parametrize(
    ("known", "ending", "area"),
    [
        # what the area was written to, or its protocol, from its registered address
        ({"own": Named((1,)), **AREA}, Ending.REPLY, "financeiro"),
        ({"own": Named(thread=(1,)), **AREA}, Ending.REPLY, "financeiro"),
        ({"token": (1,), **AREA, "between": frozenset()}, Ending.REPLY, "financeiro"),
        # from another address
        ({"own": Named((1,)), "between": frozenset({1})}, Ending.QUARANTINE, None),
        # a customer who was sent what the area got is a party, and speaks as one
        ({"own": Named((1,)), "between": frozenset({1}), "belongs": BELONG}, Ending.REPLY, None),
        # an area that is a customer, too, answers what was written to the customer
        ({"own": Named((1,)), **AREA, "between": frozenset(), "belongs": BELONG}, Ending.REPLY, None),
        # two areas at one address, both asked
        (
            {"own": Named((1,)), **AREA, "asked": {1: ("financeiro", "vendas")}},
            Ending.QUARANTINE,
            None,
        ),
        # a digest is about no ticket
        ({"own": Named((0,)), "areas": ("financeiro",)}, Ending.QUARANTINE, None),
    ],
)
def test_what_desk_and_areas_say_to_one_another_is_told_apart_from_customers(
    known: dict[str, object], ending: Ending, area: str | None
) -> None:
    decision = route(MAIL, with_(**known), RULE, NOW)
    assert (decision.ending, decision.area) == (ending, area)
    assert ("area" in decision.marks) is (area is not None)


def test_an_area_whose_address_is_not_believed_is_not_the_area() -> None:
    speaker = replace(KNOWN.speaker, proven=False)
    decision = route(MAIL, with_(own=Named((1,)), speaker=speaker, **AREA), RULE, NOW)
    assert (decision.ending, decision.reason) == (Ending.QUARANTINE, Reason.NOT_THE_AREA)
