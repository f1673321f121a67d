"""S0, a hosting company: who is no customer is heard, areas are asked, five days are an average."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.intake.sample import with_figures
from tests.demonstrations.conftest import Open, Story

NINA = """From: Nina <nina@example.net>
Message-ID: <n1@example.net>
Subject: Boleto

Recebi um boleto sem ser cliente de vocês. De onde veio?
"""


@pytest.fixture
def story(opened: Open) -> Story:
    return opened("hospedagem", lambda text: with_figures(text, {"area": 2}))


def test_who_is_no_customer_is_heard_and_an_earlier_attempt_is_only_recommended(story: Story) -> None:
    story.mail(NINA)
    (done,) = story("triage", "--apply")
    shown = story("show", done["protocol"])
    assert (done["decision"], done["codes"], done["messages"]) == ("admitted", [], [])
    assert set(shown["flags"]) >= {"identity-unverified", "first-instance-skipped"}


@pytest.mark.req("S0-04")
def test_an_area_has_a_time_of_its_own_which_ends_with_its_answer(story: Story) -> None:
    story.mail(NINA)
    (ticket,) = story("queue")
    protocol = ticket["protocol"]
    story("forward", protocol, "--area", "financeiro", "--text", "De quem é o boleto?")
    asked = {one["name"]: one["state"] for one in story("show", protocol)["clocks"]}
    story.at("2026-11-24T10:00")
    story("area-answer", protocol, "--text", "É de um homônimo.")
    heard = {one["name"]: one["state"] for one in story("show", protocol)["clocks"]}
    acts = [event["type"] for event in story("history", protocol)]
    (request,) = story("show", protocol)["requests"]
    said = [event["text"] for event in story("history", protocol, "--audience", "customer")]
    assert (asked["area:financeiro"], heard["area:financeiro"]) == ("running", "met")
    assert (request["area"], request["answered_at"]) == ("financeiro", "2026-11-24T10:00:00-03:00")
    assert acts == ["received", "forwarded", "area-answered"]
    assert len(said) == 1


@pytest.mark.req("S0-04", "S0-05")
def test_what_the_desk_asks_is_due_before_an_areas_ordinary_work_and_stands_first(story: Story) -> None:
    story.mail(NINA)
    (ticket,) = story("queue")
    protocol = ticket["protocol"]
    story("area", "edit", "financeiro", "--due-days", "10")
    measure = ("measure", protocol, "--text", "Conferir os homônimos", "--area", "financeiro")
    story(*measure, "--due", "2026-11-24")
    shown = story("forward", protocol, "--area", "financeiro", "--text", "De quem é o boleto?", "--preview")
    story("forward", protocol, "--area", "financeiro", "--text", "De quem é o boleto?")
    first, second = story("area", "requests", "financeiro")
    assert (first["priority"], second["priority"]) == ("ombudsman", "ordinary")
    # two business days of Monday 23 November, against the ten days that the area has for everything else
    assert (first["due_at"][:10], first["ordinary_due_at"][:10]) == ("2026-11-25", "2026-12-04")
    assert second["due_at"] < first["due_at"]
    assert (shown[0] if isinstance(shown, list) else shown)["due_at"] == first["due_at"]
    story.at("2026-11-26T10:00")
    (late, _ordinary) = story("area", "requests", "financeiro")
    assert late["state"] == "overdue"


@pytest.mark.req("S0-05")
def test_the_letter_to_an_area_names_the_day_of_the_desks_own_clock(story: Story) -> None:
    story("outbox", "settings", "--from", "ouvidoria@example.com", "--host", "mail.example.com")
    story("area", "edit", "financeiro", "--email", "financeiro@example.com")
    protocol = story.new("Boleto", "De onde veio este boleto?")
    story("forward", protocol, "--area", "financeiro", "--text", "De quem é o boleto?")
    (said,) = [one["text"] for one in story("history", protocol) if one["type"] == "forwarded"]
    assert "25/11/2026" in said


def test_the_mean_stands_beside_the_five_days_and_nothing_is_late(story: Story) -> None:
    for number, (came, done) in enumerate(
        (("2026-11-09T09:00", "2026-11-16T09:00"), ("2026-11-16T09:00",) * 2)
    ):
        more = ("--type", "suggestion", "--at", came.replace("T", " "))
        protocol = story.new(f"Assunto {number}", "O site ficou fora do ar no domingo.", *more)
        story("reply", protocol, "--conclusive", "--text", "Corrigido.", "--at", done.replace("T", " "))
    report = story("report", "sla")
    assert (report["average"]["days"], report["average"]["target_days"]) == (3.5, 5)
    assert report["totals"]["missed"] == 0


@pytest.mark.req("S0-39")
@pytest.mark.parametrize(("solved", "below", "code"), [(991, 0, 0), (990, 1, 9), (900, 1, 9)])
def test_the_first_line_should_solve_more_than_99_percent_of_each_day(
    story: Story, tmp_path: Path, solved: int, below: int, code: int
) -> None:
    path = tmp_path / "volumes.csv"
    path.write_text(f"data,recebidos,resolvidos\n2026-11-16,1000,{solved}\n2026-11-17,500,500\n", "utf-8")
    story("import", "--kind", "volumes", str(path))
    report = story("report", "first-line", "--by", "day", "--fail-if", "days_below>0", code=code)
    assert [row["days_below"] for row in report["rows"]] == [below, 0]
