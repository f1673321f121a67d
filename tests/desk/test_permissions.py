"""Who may do what: the table of roles and verbs, tried act by act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ouvidoria_tui.desk.access import issue_code
from ouvidoria_tui.desk.act import batch
from ouvidoria_tui.desk.articles import add_article
from ouvidoria_tui.desk.assign import assign, give_back, start, take, take_next
from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.close import close, reopen
from ouvidoria_tui.desk.consent import ask_consent
from ouvidoria_tui.desk.conversations import Call, record_call, record_meeting
from ouvidoria_tui.desk.convert import convert
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.escalate import acknowledge, escalate, hand_back
from ouvidoria_tui.desk.forward import forward
from ouvidoria_tui.desk.identity import identity
from ouvidoria_tui.desk.importing import import_records
from ouvidoria_tui.desk.incident import open_incident
from ouvidoria_tui.desk.link import link
from ouvidoria_tui.desk.merge import merge
from ouvidoria_tui.desk.merge_plan import Wanted
from ouvidoria_tui.desk.notices import Told, send_notice
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.reply import ask, customer_reply, note, reply
from ouvidoria_tui.desk.review import propose
from ouvidoria_tui.desk.templates import edit_template
from ouvidoria_tui.desk.undo import undo
from ouvidoria_tui.domain.notice import Audience, NoticeKind
from ouvidoria_tui.domain.permission import MAY, Role, Verb
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.domain.ticket import CloseReason, Severity
from ouvidoria_tui.errors import NotAllowed
from tests.desk.bench import AGENTS, Bench

EVERYDAY = (
    "receive assign take next start return reply ask note customer-reply close reopen transfer classify"
)
EVERYDAY += (
    " escalate attach undo triage extend suspend resume delay-notice forward area-answer consent intake"
    " merge unmerge link unlink incident customer"
    " prior-records position assess conflict customer-view team measure improvement quality reproduce"
    " confirm-written remind access-code track survey decide hand-on elements review mediate call meeting convert"
)
HEADS = (
    EVERYDAY
    + " ack hand-back identity import interrupt watch outbox template notice article digest analysis"
    + " customer-merge staff"
)
#: What the desk agreed on; written out here so that a change of the table is a change of this page.
AGREED = {
    Role.AGENT: EVERYDAY,
    Role.SUPERVISOR: HEADS,
    Role.OMBUDSMAN: HEADS + " policy",
    Role.ADMINISTRATOR: HEADS + " policy register rebuild",
    Role.AUDITOR: "",
}

C4 = "[{{ protocolo }}] x\n\n{{ saudacao }} {{ assunto }}\n"
#: The ticket that an act on two needs.
OTHER = make_protocol(2026, 1)
ACTS: dict[Verb, Callable[[Desk, str], object]] = {
    Verb.RECEIVE: lambda desk, ref: receive(desk, Manifestation("a", "b")),
    Verb.ASSIGN: lambda desk, ref: assign(desk, ref, "caio"),
    Verb.TAKE: take,
    Verb.NEXT: lambda desk, ref: take_next(desk),
    Verb.START: start,
    Verb.RETURN: give_back,
    Verb.REPLY: lambda desk, ref: reply(desk, ref, "a"),
    Verb.ASK: lambda desk, ref: ask(desk, ref, "a"),
    Verb.NOTE: lambda desk, ref: note(desk, ref, "a"),
    Verb.CUSTOMER_REPLY: lambda desk, ref: customer_reply(desk, ref, "a"),
    Verb.CLOSE: lambda desk, ref: close(desk, ref, CloseReason.WITHDRAWN),
    Verb.REOPEN: lambda desk, ref: reopen(desk, ref, reason="a"),
    Verb.TRANSFER: lambda desk, ref: transfer(
        desk, ref, sorted(desk.store.known_slugs("department"))[0], "a"
    ),
    Verb.CLASSIFY: lambda desk, ref: classify(desk, ref, Classification(severity=Severity.LOW)),
    Verb.ESCALATE: lambda desk, ref: escalate(desk, ref, 3, "a"),
    Verb.ACK: acknowledge,
    Verb.HAND_BACK: lambda desk, ref: hand_back(desk, ref, "a"),
    Verb.FORWARD: lambda desk, ref: forward(desk, ref, "financeiro", "a"),
    Verb.CONSENT: lambda desk, ref: ask_consent(desk, ref, "a"),
    Verb.ATTACH: lambda desk, ref: attach(desk, ref, "a", b"a"),
    Verb.MERGE: lambda desk, ref: merge(desk, ref, Wanted(OTHER, "a", different_customers=True)),
    Verb.LINK: lambda desk, ref: link(desk, ref, OTHER),
    Verb.CALL: lambda desk, ref: record_call(desk, ref, Call(), "a"),
    Verb.MEETING: lambda desk, ref: record_meeting(desk, ref, ["a"], "a"),
    Verb.CONVERT: lambda desk, ref: convert(desk, ref, "a"),
    Verb.NOTICE: lambda desk, ref: list(
        send_notice(desk, Told(Audience.parse("all"), NoticeKind.OTHER, "a", "a"))
    ),
    Verb.ARTICLE: lambda desk, ref: add_article(desk, "a", "a", "https://a.example.com"),
    Verb.INCIDENT: lambda desk, ref: open_incident(desk, "a"),
    Verb.IDENTITY: lambda desk, ref: identity(desk, ref, "a"),
    Verb.REVIEW: lambda desk, ref: propose(desk, ref, "a"),
    Verb.IMPORT: lambda desk, ref: list(import_records(desk, [])),
    Verb.ACCESS_CODE: lambda desk, ref: issue_code(desk, ref, "a"),
    Verb.TEMPLATE: lambda desk, ref: edit_template(desk, "C4", "en", C4),
    Verb.REGISTER: lambda desk, ref: register_agent(desk, "nova", "Nova", Role.AGENT),
}
LOGIN = {role: login for login, role in AGENTS.items()}


def test_the_table_is_the_one_that_was_agreed_on() -> None:
    assert {role: {verb.value for verb in verbs} for role, verbs in MAY.items()} == {
        role: set(verbs.split()) for role, verbs in AGREED.items()
    }


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("role", Role)
def test_an_act_is_done_by_whom_the_table_allows_and_by_nobody_else(
    bench: Bench, role: Role, verb: Verb
) -> None:
    assert bench.new() == OTHER
    ref = bench.new()
    escalate(bench.desk, ref, 1, "Prazo")
    desk = bench.of(LOGIN[role])
    before = bench.store.anchor()
    if verb.value in AGREED[role].split():
        ACTS[verb](desk, ref)
        return
    with pytest.raises(NotAllowed) as caught:
        ACTS[verb](desk, ref)
    assert caught.value.code == "ROLE_MAY_NOT"
    assert bench.store.anchor() == before


def test_undoing_is_not_for_an_auditor(bench: Bench) -> None:
    ref = bench.new()
    with pytest.raises(NotAllowed):
        undo(bench.of("aldo"), ref)


def test_who_does_not_work_here_any_more_does_nothing(bench: Bench) -> None:
    ref = bench.new()
    with pytest.raises(NotAllowed) as caught:
        take(bench.of("ina"), ref)
    assert caught.value.code == "AGENT_INACTIVE"


def test_an_unknown_login_is_no_agent(bench: Bench) -> None:
    with pytest.raises(NotAllowed) as caught:
        bench.of("ninguem")
    assert caught.value.code == "AGENT_UNKNOWN"


def test_the_refusal_names_the_roles_that_may(bench: Bench) -> None:
    ref = bench.new()
    with pytest.raises(NotAllowed) as caught:
        acknowledge(bench.of("caio"), ref)
    assert str(caught.value.hint) == "this needs one of: supervisor, ombudsman, administrator"


def test_a_batch_asks_once_before_anything_is_done(bench: Bench) -> None:
    refs = [bench.new(), bench.new()]
    desk = bench.of("aldo")
    with pytest.raises(NotAllowed):
        list(batch(desk, refs, Verb.TAKE, lambda ref: take(desk, ref)))
    assert [bench.ticket(ref).assignee for ref in refs] == [None, None]


@pytest.mark.req("S4-11")
def test_every_event_names_the_agent_and_the_system_user(bench: Bench) -> None:
    ref = bench.new()
    take(bench.of("caio"), ref)
    event = bench.last(ref)
    assert event.actor == bench.of("caio").agent.id
    assert event.os_user == bench.desk.os_user
