"""S0 and S3, what the customer hears: each step that matters, in order, and how it was in the end."""

from __future__ import annotations

import pytest

from ouvidoria_tui.intake.sample import with_figures
from tests.demonstrations.conftest import Open, Story

DESK = ("outbox", "settings", "--from", "ouvidoria@example.com", "--host", "mail.example.com")


@pytest.fixture
def story(opened: Open) -> Story:
    return opened("hospedagem", lambda text: with_figures(text, {"area": 2}))


def analysed(story: Story, ref: str) -> None:
    story("position", ref, "--side", "customer", "--text", "Cobraram duas vezes.")
    story("position", ref, "--side", "company", "--text", "Houve erro.")
    story("assess", ref, "--merit", "founded", "--grounds", "O extrato mostra.")


def letters(story: Story) -> list[tuple[str, str]]:
    """Queued letters, oldest first: kind and the act that wrote each."""
    rows = story("outbox", "list")
    acts = {
        (protocol, event["seq"]): event["type"]
        for protocol in {row["protocol"] for row in rows}
        for event in story("history", protocol)
    }
    return [(row["kind"], acts[row["protocol"], row["seq"]]) for row in reversed(rows)]


@pytest.mark.req("S0-08")
def test_each_step_that_matters_to_the_customer_queues_a_letter(story: Story) -> None:
    story(*DESK)
    ref = story.new("Cobrança", "Duas vezes.", "--name", "Ana", "--email", "ana@example.com")
    analysed(story, ref)
    story("reply", ref, "--template", "T3", "--text", "ouvimos a área.")
    story("ask", ref, "--text", "Qual o número da fatura?")
    story("customer-reply", ref, "--text", "É a 17.")
    story("measure", ref, "--text", "Estorno")
    story("measure", ref, "--done", "1", "--evidence", "Comprovante")
    story("reply", ref, "--template", "C1", "--wish", "met")
    story("classify", ref, "--cause", "Cobrança")
    story("improvement", "add", "--from", ref, "--target", "process", "--text", "Conferir lotes")
    story("close", ref, "--reason", "solved")
    assert letters(story) == [
        ("automatic", "replied"),
        ("notice", "informed"),
        ("request", "asked"),
        ("reply", "replied"),
        ("automatic", "survey-offered"),
    ]


@pytest.mark.req("S0-08")
def test_each_step_that_the_desk_takes_by_itself_queues_a_letter(story: Story) -> None:
    ref = story.new("Cobrança", "Duas vezes.", "--name", "Ana", "--email", "ana@example.com")
    story(*DESK)
    story("transfer", ref, "--department", "suporte", "--reason", "É falha do sistema.")
    story("close", ref, "--reason", "withdrawn")
    story("reopen", ref, "--reason", "Foi engano nosso.")
    assert letters(story) == [
        ("automatic", "informed"),
        ("automatic", "survey-offered"),
        ("automatic", "informed"),
    ]


@pytest.mark.req("S0-08")
def test_a_customer_who_hears_nothing_for_the_days_of_the_profile_is_on_the_list(story: Story) -> None:
    silent, told, theirs = (story.new(subject, "Texto.") for subject in ("A", "B", "C"))
    story.at("2026-11-27T10:00")
    story("reply", told, "--template", "T3", "--text", "em análise.")
    story("ask", theirs, "--text", "Qual fatura?")
    assert [row["protocol"] for row in story("queue", "silent>3d")] == [silent]

    story.at("2026-11-28T09:59")
    assert [row for row in story("watch") if row["kind"] == "silent"] == []
    story.at("2026-11-30T10:00")
    found = [row for row in story("watch") if row["kind"] == "silent"]
    assert [(row["protocol"], row["at"][:16]) for row in found] == [(silent, "2026-11-28T10:00")]
    before = story("show", silent)["revision"]
    story("watch", "--apply")
    assert story("show", silent)["revision"] == before
    story("reply", silent, "--template", "T3", "--text", "em análise.")
    assert [row for row in story("watch") if row["kind"] == "silent"] == []


@pytest.mark.req("S0-15")
def test_analysis_areas_and_answer_keep_their_order_and_leave_three_stamps(story: Story) -> None:
    ref = story.new("Cobrança", "Duas vezes.")
    early = story.refused("reply", ref, "--conclusive", "--text", "Decidido.")
    assert early["code"] == "STEP_SKIPPED"
    analysed(story, ref)
    story.at("2026-11-24T10:00")
    story("forward", ref, "--area", "financeiro", "--text", "O que houve?")
    early = story.refused("reply", ref, "--conclusive", "--text", "Decidido.")
    assert (early["code"], early["areas"]) == ("STEP_SKIPPED", ["financeiro"])
    story("ask", ref, "--text", "Qual fatura?")
    story("customer-reply", ref, "--text", "A de março.")
    story("area-answer", ref, "--text", "Erro de lote.")
    story.at("2026-11-25T10:00")
    story("reply", ref, "--conclusive", "--text", "Decidido.")

    steps = story("show", ref)["work"]["steps"]
    assert {name: when[:10] for name, when in steps.items()} == {
        "analysis": "2026-11-23",
        "areas": "2026-11-24",
        "answer": "2026-11-25",
    }
    page = " ".join(story.words("show", ref).split())
    assert "Steps analysis 2026-11-23 10:00, areas 2026-11-24 10:00, answer 2026-11-25 10:00" in page


@pytest.mark.req("S0-15")
def test_an_area_that_never_answers_does_not_keep_the_customer_waiting_for_ever(story: Story) -> None:
    ref = story.new("Cobrança", "Duas vezes.")
    analysed(story, ref)
    story("forward", ref, "--area", "financeiro", "--text", "O que houve?")
    story.at("2026-11-27T10:00")
    story("forward", ref, "--area", "financeiro", "--text", "Lembramos.")
    story("area-answer", ref, "--none", "--text", "Dois pedidos sem resposta.")
    story("reply", ref, "--conclusive", "--text", "Decidido.")
    assert story("show", ref)["status"] == "answered"


@pytest.mark.req("S0-36")
def test_a_change_of_plan_is_not_answered_before_it_is_confirmed_in_writing(story: Story) -> None:
    ref = story.new("Mudar de plano", "Quero o plano maior.", "--type", "request", "--channel", "phone")
    story("classify", ref, "--cause", "Alteração de plano")
    answer = ("reply", ref, "--conclusive", "--text", "Plano mudado.")
    assert story.refused(*answer)["code"] == "WRITTEN_CONFIRMATION_REQUIRED"
    story("confirm-written", ref, "--text", "Confirmo a mudança para o plano maior.")
    story(*answer)
    assert story("show", ref)["work"]["written_confirmation"] == "Confirmo a mudança para o plano maior."


@pytest.mark.req("S0-06")
def test_a_case_closes_as_solved_only_when_nothing_of_it_is_open(story: Story) -> None:
    ref = story.new("Cobrança", "Duas vezes.")
    analysed(story, ref)
    story("classify", ref, "--cause", "Cobrança")
    story("measure", ref, "--text", "Estorno")
    story("improvement", "none", ref, "--why", "Caso isolado")
    story("reply", ref, "--conclusive", "--text", "Estornado.")
    story("forward", ref, "--area", "financeiro", "--text", "O que houve?")
    close = ("close", ref, "--reason", "solved")
    waits = story.refused(*close)
    assert (waits["code"], "financeiro" in waits["message"]) == ("OPEN_ACTIONS", True)
    story("area-answer", ref, "--text", "Erro de lote.")
    waits = story.refused(*close)
    assert (waits["code"], "1" in waits["message"]) == ("OPEN_ACTIONS", True)
    story("measure", ref, "--done", "1", "--evidence", "Comprovante")
    story(*close)


@pytest.mark.req("S0-09")
@pytest.mark.req("S0-10")
def test_a_complaint_ends_with_its_cause_and_an_improvement_that_aims_at_something(story: Story) -> None:
    ref = story.new("Cobrança", "Duas vezes.")
    analysed(story, ref)
    story("reply", ref, "--conclusive", "--text", "Estornado.")
    close = ("close", ref, "--reason", "solved")
    assert story.refused(*close)["code"] == "CAUSE_REQUIRED"
    story("classify", ref, "--cause", "Cobrança em duplicidade")
    assert story.refused(*close)["code"] == "IMPROVEMENT_REQUIRED"
    add = (
        "improvement",
        "add",
        "--from",
        ref,
        "--text",
        "Conferir lotes",
        "--owner",
        "ana",
        "--due",
        "2026-12-10",
    )
    assert story.refused(*add, "--target", "nothing", code=2)["code"] == "BAD_CHOICE"
    story(*add, "--target", "process")
    story(*close)

    (kept,) = story("improvement", "list")
    assert (kept["target"], kept["owner"], kept["due"], kept["done_at"]) == (
        "process",
        "ana",
        "2026-12-10",
        None,
    )
    assert story("show", ref)["cause"] == "cobranca-em-duplicidade"


@pytest.mark.req("S3-02")
@pytest.mark.req("S3-04")
def test_after_the_service_the_customer_is_asked_once_how_it_was(opened: Open) -> None:
    story = opened("suporte-tecnico")
    story(*DESK)
    ref = story.new("Site fora do ar", "Desde ontem.", "--name", "Ana", "--email", "ana@example.com")
    story("reply", ref, "--conclusive", "--text", "Voltou.")
    story("close", ref, "--reason", "solved")
    asked = story("history", ref)[-1]
    assert (asked["type"], "Conte como foi" in asked["text"]) == ("survey-offered", True)

    scores = ("--solution", "5", "--service", "4")
    story("survey", "record", ref, *scores)
    assert story.refused("survey", "record", ref, *scores)["code"] == "SURVEY_DONE"
    totals = story("report", "satisfaction")["totals"]
    assert (totals["invited"], totals["answered"], totals["response_pct"]) == (1, 1, 100.0)
