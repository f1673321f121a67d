from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.domain.permission import MAY, Role, Verb
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.domain.ticket import Channel, CloseReason, Difficulty, Severity, Status, Type
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.sample import Sample, SampleTicket, load, with_figures
from ouvidoria_tui.intake.sample_times import Story, moment

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "sample"
ZONE = "America/Sao_Paulo"
SAO_PAULO = ZoneInfo(ZONE)
MOMENTS = {
    "a Monday morning": "2026-11-23T08:00",
    "a Sunday night": "2026-11-22T03:00",
    "the last day of the year": "2026-12-31T17:30",
    "right after midnight": "2026-07-01T00:00:07",
    "a leap day": "2028-02-29T12:00",
    "the year's first minute": "2027-01-01T00:01",
}


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=SAO_PAULO).timestamp())


@cache
def sample(at: str = "2026-11-25T10:00") -> Sample:
    return load(FOLDER, now=epoch(at), zone=ZONE)


def final_status(ticket: SampleTicket) -> Status:
    """Where the acts lead, by the rules of the lifecycle."""
    status = ticket.record.status or Status.OPEN
    for act in ticket.acts:
        match act.verb:
            case Verb.REOPEN:
                status = Status.CUSTOMER_REPLY if "information" in act.args else Status.OPEN
            case Verb.START:
                status = Status.IN_PROGRESS
            case Verb.REPLY | Verb.ASK:
                status = Status.ANSWERED
            case Verb.CLOSE:
                status = Status.CLOSED
            case _:
                pass
    return status


def story(ticket: SampleTicket) -> list[int]:
    record = ticket.record
    told = [record.received_at, *(message.at for message in record.messages)]
    ends = [] if record.closed_at is None else [record.closed_at]
    return [*told, *ends, *(act.at for act in ticket.acts)]


def all_text() -> str:
    return (FOLDER / "tickets.jsonl").read_text(encoding="utf-8") + (FOLDER / "desk.toml").read_text(
        encoding="utf-8"
    )


def test_there_are_about_two_hundred_tickets() -> None:
    assert 190 <= len(sample().tickets) <= 215


def test_no_external_id_stands_twice() -> None:
    ids = [ticket.record.external_id for ticket in sample().tickets]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("status", "least"),
    [
        (Status.OPEN, 50),
        (Status.ASSIGNED, 25),
        (Status.IN_PROGRESS, 20),
        (Status.ANSWERED, 20),
        (Status.CUSTOMER_REPLY, 15),
        (Status.CLOSED, 40),
    ],
)
def test_every_status_is_there_in_number(status: Status, least: int) -> None:
    assert Counter(map(final_status, sample().tickets))[status] >= least


def test_every_type_channel_severity_and_difficulty_is_there() -> None:
    records = [ticket.record for ticket in sample().tickets]
    assert set(Type) <= {record.type for record in records}
    assert set(Channel) <= {record.channel for record in records}
    assert set(Severity) <= {record.severity for record in records}
    assert set(Difficulty) <= {record.difficulty for record in records}


def test_every_reason_for_closing_is_there() -> None:
    assert set(CloseReason) <= {ticket.record.close_reason for ticket in sample().tickets}


def test_every_satisfaction_above_one_is_there() -> None:
    assert {2, 3, 4, 5} <= {ticket.record.satisfaction for ticket in sample().tickets}


def test_departments_are_those_of_the_profile() -> None:
    text = (DATA / "profiles" / f"{sample().profile}.toml").read_text(encoding="utf-8")
    known = {one.slug for one in parse(text, name="hospedagem").departments}
    acts = [act for ticket in sample().tickets for act in ticket.acts if act.verb is Verb.TRANSFER]
    used = {ticket.record.department for ticket in sample().tickets} | {
        act.args["department"] for act in acts
    }
    assert used - {None} == known


def test_the_figures_reach_the_clocks_of_the_profile() -> None:
    text = (DATA / "profiles" / f"{sample().profile}.toml").read_text(encoding="utf-8")
    policy = parse(with_figures(text, sample().figures), name="sample")
    assert {clock.name: clock.amount for clock in policy.clocks} == sample().figures


def test_a_figure_that_the_source_gives_is_kept() -> None:
    text = '[clocks.first-response]\namount = 4\n[clocks.resolution]\namount = "not defined"'
    assert with_figures(text, {"first-response": 9, "resolution": 5}).split("\n")[1::2] == [
        "amount = 4",
        "amount = 5",
    ]


def test_the_agents_include_a_supervisor_and_an_ombudsman() -> None:
    assert {Role.AGENT, Role.SUPERVISOR, Role.OMBUDSMAN} == {agent.role for agent in sample().agents}


def test_agents_do_only_what_their_role_may() -> None:
    roles = {agent.login: agent.role for agent in sample().agents}
    acts = [act for ticket in sample().tickets for act in ticket.acts]
    assert [act for act in acts if act.verb not in MAY[roles[act.by]]] == []


def test_assignees_are_agents_of_the_desk() -> None:
    logins = {agent.login for agent in sample().agents}
    assert {ticket.record.assignee for ticket in sample().tickets} - {None} <= logins


def test_escalations_reach_every_level_and_some_are_seen_and_handed_back() -> None:
    acts = [act for ticket in sample().tickets for act in ticket.acts]
    assert {act.args["level"] for act in acts if act.verb is Verb.ESCALATE} == {1, 2, 3}
    assert {Verb.ACK, Verb.HAND_BACK} <= {act.verb for act in acts}


def test_levels_only_go_up() -> None:
    ladders = [
        [int(str(act.args["level"])) for act in ticket.acts if act.verb is Verb.ESCALATE]
        for ticket in sample().tickets
    ]
    assert [ladder for ladder in ladders if ladder != sorted(set(ladder))] == []


def test_reports_of_wrongdoing_are_marked_confidential() -> None:
    secret = [
        ticket
        for ticket in sample().tickets
        if any(act.verb is Verb.CLASSIFY and act.args.get("confidential") for act in ticket.acts)
    ]
    assert len(secret) >= 3
    assert {ticket.record.type for ticket in secret} == {Type.REPORT}


def test_at_least_three_open_tickets_repeat_another_of_the_same_customer() -> None:
    keys = Counter(
        (ticket.record.customer.external_id, ticket.record.subject)
        for ticket in sample().tickets
        if ticket.record.customer is not None and final_status(ticket) is not Status.CLOSED
    )
    assert sum(count - 1 for count in keys.values()) >= 3


def test_one_customer_writes_ten_messages_in_a_day() -> None:
    assert any(
        sum(message.from_.value == "customer" for message in ticket.record.messages) >= 10
        for ticket in sample().tickets
    )


def test_some_lack_the_prior_ticket_that_triage_asks_for() -> None:
    waiting = [ticket.record for ticket in sample().tickets if ticket.record.status is Status.OPEN]
    named = sum(record.prior_ticket is not None for record in waiting)
    assert 10 <= named <= len(waiting) - 10


def test_the_history_covers_four_months() -> None:
    arrivals = [ticket.record.received_at for ticket in sample().tickets]
    assert len({datetime.fromtimestamp(at, SAO_PAULO).strftime("%Y-%m") for at in arrivals}) >= 4


@pytest.mark.parametrize(
    "piece",
    [
        "[bold red]",
        "[@click=app.quit]",
        "\x1b[31m",
        "\u202e",
        "=HYPERLINK(",
        "'; DROP TABLE ticket; --",
        "👨‍👩‍👧‍👦",
        "商品",
        "\u0337",
        "NINGUÉM RESPONDE!!!",
    ],
)
def test_a_hostile_subject_is_there(piece: str) -> None:
    assert any(piece in ticket.record.subject for ticket in sample().tickets)


def test_a_subject_of_three_hundred_characters_is_there() -> None:
    assert max(len(ticket.record.subject) for ticket in sample().tickets) >= 300


@pytest.mark.parametrize("when", MOMENTS.values(), ids=MOMENTS.keys())
def test_nothing_lies_in_the_future(when: str) -> None:
    now = epoch(when)
    assert [ticket.record.external_id for ticket in sample(when).tickets if max(story(ticket)) >= now] == []


@pytest.mark.parametrize("when", MOMENTS.values(), ids=MOMENTS.keys())
def test_times_follow_the_order_of_the_story(when: str) -> None:
    wrong = [
        ticket.record.external_id
        for ticket in sample(when).tickets
        if any(later < earlier for earlier, later in pairwise(story(ticket)))
    ]
    assert wrong == []


@pytest.mark.parametrize("when", MOMENTS.values(), ids=MOMENTS.keys())
def test_the_answer_stands_at_a_message_of_the_desk(when: str) -> None:
    wrong = [
        ticket.record.external_id
        for ticket in sample(when).tickets
        if ticket.record.answered_at is not None
        and ticket.record.answered_at
        not in {message.at for message in ticket.record.messages if message.from_.value == "desk"}
    ]
    assert wrong == []


@pytest.mark.parametrize("when", MOMENTS.values(), ids=MOMENTS.keys())
def test_tickets_come_by_arrival(when: str) -> None:
    arrivals = [ticket.record.received_at for ticket in sample(when).tickets]
    assert arrivals == sorted(arrivals)


def test_addresses_are_of_reserved_domains_only() -> None:
    domains = set(re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", all_text()))
    assert domains
    assert [name for name in domains if not re.fullmatch(r"example\.(com|net|org)|.+\.example", name)] == []


def test_links_are_of_reserved_domains_only() -> None:
    hosts = re.findall(r"https?://([\w.-]+)", all_text())
    assert [host for host in hosts if not host.endswith(".example")] == []


def check_digits(digits: str, longest: int) -> str:
    """The two digits that end a CPF (``longest`` 11) or CNPJ (``longest`` 9), by modulo 11."""
    for _ in range(2):
        weights = [2 + i % (longest - 1) for i in range(len(digits))]
        rest = sum(int(d) * w for d, w in zip(reversed(digits), weights, strict=True)) % 11
        digits += str(0 if rest < 2 else 11 - rest)
    return digits[-2:]


def test_the_check_digits_of_a_real_document_would_be_recognised() -> None:
    assert (check_digits("123456789", 11), check_digits("112223330001", 9)) == ("09", "81")


def test_no_document_could_belong_to_anyone() -> None:
    documents = {
        re.sub(r"\D", "", ticket.record.customer.document)
        for ticket in sample().tickets
        if ticket.record.customer is not None and ticket.record.customer.document is not None
    }
    valid = [d for d in documents if check_digits(d[:-2], 11 if len(d) == 11 else 9) == d[-2:]]
    assert documents
    assert valid == []


def test_no_telephone_number_is_written() -> None:
    assert re.findall(r"\(?\b\d{2}\)?[ -]?9?\d{4}-\d{4}\b", all_text()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-3d 10:20", "2026-11-22T10:20"),
        ("-3d", "2026-11-22T15:00"),
        ("-5h", "2026-11-25T10:00"),
        ("-90m", "2026-11-25T13:30"),
        ("-0d 18:00", "2026-11-25T18:00"),
    ],
)
def test_a_relative_time_is_read_at_the_desk(text: str, expected: str) -> None:
    assert moment(text, now=epoch("2026-11-25T15:00"), zone=SAO_PAULO) == epoch(expected)


@pytest.mark.parametrize("text", ["3d", "-3d 24:00", "-3w", "", "2026-11-25", "-3d10:00", "-99999d"])
def test_what_is_no_relative_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="relative time"):
        moment(text, now=0, zone=SAO_PAULO)


def test_what_would_be_in_the_future_is_put_shortly_before_now_in_its_order() -> None:
    now = epoch("2026-11-25T08:00")
    told = Story(["-0d 09:00", "-0d 10:00", "-0d 11:00"], now=now, zone=SAO_PAULO)
    assert [told.at(f"-0d {hour}:00") - now for hour in ("09", "10", "11")] == [-180, -120, -60]


def test_nothing_comes_before_the_arrival() -> None:
    now = epoch("2026-11-25T00:05")
    told = Story(["-1d 22:00", "-5h"], now=now, zone=SAO_PAULO)
    assert told.at("-5h") > told.at("-1d 22:00")


def test_the_same_words_are_the_same_moment() -> None:
    now = epoch("2026-11-25T12:00")
    told = Story(["-1d 10:00", "-1d 10:00", "-1h"], now=now, zone=SAO_PAULO)
    assert told.at("-1d 10:00") == epoch("2026-11-24T10:00")


def test_a_story_that_goes_back_is_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        Story(["-2d 10:00", "-1d 10:00", "-2d 10:00"], now=epoch("2026-11-25T12:00"), zone=SAO_PAULO)


def write(folder: Path, **fields: object) -> None:
    line = {"external_id": "S1", "subject": "oi", "received_at": "-1d 10:00", **fields}
    (folder / "tickets.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (folder / "desk.toml").write_text(
        'profile = "hospedagem"\n[[agents]]\nlogin = "ana"\nname = "Ana"\nrole = "agent"\n', encoding="utf-8"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"received_at": "ontem"},
        {"status": "lost"},
        {"acts": [{"at": "-5h", "by": "nobody", "verb": "ack"}]},
        {"acts": [{"at": "-5h", "by": "ana", "verb": "escalate"}]},
        {"acts": [{"at": "-5h", "by": "ana", "verb": "dance"}]},
    ],
    ids=["time", "status", "agent", "argument", "verb"],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, fields: dict[str, object]) -> None:
    write(tmp_path, **fields)
    with pytest.raises(UsageError, match=r"SAMPLE_INVALID.*line 1"):
        load(tmp_path, now=epoch("2026-11-25T12:00"), zone=ZONE)
