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
    for protocol in made:
        story("take", protocol)
        story("classify", protocol, "--difficulty", "medium")
        story("measure", protocol, "--none", "Nada a mudar por ora.")
        decided = ("--decision", "studied") if protocol == made[KINDS.index("suggestion")] else ()
        story("reply", protocol, "--conclusive", "--text", "Foi decidido assim.", *decided)
        story("close", protocol, "--reason", "solved")
    paths = [[event["type"] for event in story("history", protocol)] for protocol in made]
    assert due[0] == due[1]
    assert paths[0] == paths[1]
