"""S4, the desk of an organisation: gravity and difficulty, told before the limit, suggestions like complaints."""

from __future__ import annotations

import pytest

from tests.demonstrations.conftest import Open, Story

GRAVE = "Meus dados foram apagados do sistema depois da migração e o processo parou."
KINDS = ("complaint", "suggestion")


@pytest.fixture
def story(opened: Open) -> Story:
    return opened("organizacional")


def test_a_grave_and_complex_complaint_says_why_and_that_a_team_is_needed(story: Story) -> None:
    plan = story.plan(story.new("Dados apagados", GRAVE))
    assert (plan["severity"], plan["difficulty"], plan["team"]) == ("critical", "complex", True)
    assert {"S4-19", "S4-20"} <= {reason["requirement"] for reason in plan["reasons"]}


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_told_before_the_limit_is_not_named_again_for_today(story: Story, kind: str) -> None:
    protocol = story.new("Assunto", GRAVE, "--type", kind)
    story.at("2026-11-24T07:00")
    named = [line["protocol"] for line in story("watch") if line["kind"] == "tell-today"]
    told = ("--new-date", "2026-11-30", "--reason", "A cópia leva tempo", "--measures", "Foi localizada")
    story("delay-notice", protocol, *told)
    assert named == [protocol]
    assert not [line for line in story("watch") if line["kind"] == "tell-today"]


def test_a_suggestion_goes_the_way_of_a_complaint(story: Story) -> None:
    made = [story.new(kind, GRAVE, "--type", kind) for kind in KINDS]
    due = [row["next_due"]["due_at"] for row in story("queue")]
    story("triage", "--apply")
    story("agent", "add", "bia", "--role", "agent")
    for kind, protocol in zip(KINDS, made, strict=True):
        story("take", protocol)
        story("classify", protocol, "--difficulty", "medium")
        story("measure", protocol, "--none", "Nada a mudar por ora.")
        if kind == "suggestion":  # decided, and read by somebody else: all that is its own
            story("decide", protocol, "--decision", "accepted", "--grounds", "Cabe no plano.")
            story("review", protocol, "--propose", "Foi decidido assim.")
            story("--as", "bia", "review", protocol, "--approve")
        story("reply", protocol, "--conclusive", "--text", "Foi decidido assim.")
        story("close", protocol, "--reason", "solved")
    own = {"decided", "answer-proposed", "answer-reviewed"}
    paths = [[e["type"] for e in story("history", one) if e["type"] not in own] for one in made]
    assert due[0] == due[1]
    assert paths[0] == paths[1]


@pytest.mark.req("S4-33")
def test_nobody_who_is_silent_is_closed_without_a_word_before(story: Story) -> None:
    protocol = story.new("Entrega", "O pedido não chegou.", "--name", "Ana", "--email", "ana@example.com")
    story("ask", protocol, "--text", "Qual o número do pedido?")
    close = ("close", protocol, "--reason", "no-reply")
    assert story.refused(*close)["code"] == "REMINDER_REQUIRED"
    story("remind", protocol)
    story.at("2026-11-26T23:59")
    assert story.refused(*close)["code"] == "REMINDER_REQUIRED"
    story.at("2026-11-27T00:00")
    story(*close)
    told = [event["type"] for event in story("history", protocol, "--audience", "customer")]
    assert told.index("reminded") < told.index("closed")


@pytest.mark.req("S4-12")
def test_each_step_has_its_letter_which_says_the_same_to_everybody(story: Story) -> None:
    story("outbox", "settings", "--from", "ouvidoria@example.com", "--host", "mail.example.com")
    told: dict[str, list[list[str]]] = {}
    for name in ("Jucélia", "Wesley"):
        protocol = story.new(
            "Entrega", "O pedido não chegou.", "--name", name, "--email", f"{len(name)}@example.com"
        )
        story("reply", protocol, "--template", "T3", "--text", "em análise.")
        story("ask", protocol, "--text", "Qual o número do pedido?")
        story("remind", protocol)
        story("delay-notice", protocol, "--new-date", "2026-11-30", "--reason", "A busca leva tempo")
        for side in ("customer", "company"):
            story("position", protocol, "--side", side, "--text", "O pedido atrasou.")
        story("assess", protocol, "--merit", "founded", "--grounds", "O rastreio mostra.")
        story("measure", protocol, "--none", "Já foi entregue.")
        story("reply", protocol, "--template", "C1", "--wish", "met")
        events = [event for event in story("history", protocol) if event["payload"].get("template")]
        told[name] = [
            [event["payload"]["template"], event["text"].replace(protocol, "P").replace(name, "N")]
            for event in events
        ]
    assert [name for name, _text in told["Jucélia"]] == ["T3", "F2", "T1", "C1"]
    assert told["Jucélia"] == told["Wesley"]
    assert {name for name, _text in told["Jucélia"]} <= {row["template"] for row in story("template", "list")}
