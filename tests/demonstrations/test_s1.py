"""S1, an online-shop platform: a second instance that is reached by ticket."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demonstrations.conftest import Open, Story

TEXT = "A loja está fora do ar desde ontem à noite e ninguém responde."


@pytest.fixture
def story(opened: Open) -> Story:
    return opened("loja-virtual")


def test_a_customer_is_asked_for_the_number_and_then_heard(story: Story) -> None:
    protocol = story.new("Loja fora do ar", TEXT)
    (asked,) = story("triage", "--apply")
    story("customer-reply", protocol, "--text", "Falei por chat, chamado 48200.")
    (heard,) = story("triage", "--apply")
    assert (asked["decision"], asked["codes"], asked["messages"]) == (
        "awaiting-info",
        ["PRIOR_TICKET_REQUIRED"],
        ["P1"],
    )
    assert (heard["decision"], story("show", protocol)["prior_ticket"]) == ("admitted", "48200")


@pytest.mark.parametrize(
    ("text", "decision", "codes"),
    [
        ("Por favor criem um relatório de vendas por vendedor.", "ineligible", ["FEATURE_NOT_AVAILABLE"]),
        ("Pago em dia e quero um desconto na mensalidade.", "ineligible", ["COMMERCIAL_NEGOTIATION"]),
        ("Quero o desconto de 20% que foi anunciado em novembro.", "admitted", []),
    ],
)
def test_the_desk_decides_what_was_announced_and_nothing_else_of_commerce(
    story: Story, text: str, decision: str, codes: list[str]
) -> None:
    plan = story.plan(story.new("Pedido", text, "--prior-ticket", "48211"))
    assert (plan["decision"], plan["codes"]) == (decision, codes)


@pytest.mark.req("S1-01")
def test_whatever_came_in_is_decided_and_answered_and_none_is_left(story: Story) -> None:
    named = ("--prior-ticket", "48211")
    texts = (
        (TEXT, ()),
        (TEXT, named),
        ("Por favor criem um relatório de vendas por vendedor.", named),
        ("Pago em dia e quero um desconto na mensalidade.", named),
        ("Perdi o acesso ao painel: o domínio está congelado.", ()),
        ("Preciso da 2ª via da fatura de novembro, onde encontro a fatura?", ()),
        (TEXT, ("--channel", "whatsapp", *named)),
    )
    made = [story.new(f"Assunto {number}", text, *more) for number, (text, more) in enumerate(texts)]
    story("triage", "--apply")
    story("customer-reply", made[0], "--text", "Falei por chat, chamado 48200.")
    story("triage", "--apply")
    for row in story("queue", "turn:desk"):
        story("prior-records", row["protocol"], "--text", "Chat de 10/10: sem solução.")
        story("quality", row["protocol"], "--effective", "--good", "--balanced")
        story("reply", row["protocol"], "--conclusive", "--text", "A loja voltou ao ar.")

    assert [row["protocol"] for row in story("queue", "status:any")] == made
    for protocol in made:
        assert "triaged" in [event["type"] for event in story("history", protocol)], protocol
        said = [
            event["actor"] for event in story("history", protocol, "--audience", "customer") if event["text"]
        ]
        assert said[-1] == "desk", protocol
    assert story("queue", "admission:pending") == []
    assert story("queue", "turn:desk") == []


@pytest.mark.req("S1-05")
@pytest.mark.parametrize(("solved", "below"), [(991, 0), (990, 1), (989, 1), (1000, 0)])
def test_each_day_of_the_first_line_is_held_against_more_than_99_percent(
    story: Story, tmp_path: Path, solved: int, below: int
) -> None:
    path = tmp_path / "volumes.csv"
    path.write_text(f"data,recebidos,resolvidos\n2026-11-16,1000,{solved}\n2026-11-17,500,500\n", "utf-8")
    story("import", "--kind", "volumes", str(path))
    rows = story("report", "first-line", "--by", "day")["rows"]
    assert [(row["day"], row["received"], row["solved"]) for row in rows] == [
        ("2026-11-16", 1000, solved),
        ("2026-11-17", 500, 500),
    ]
    assert [row["days_below"] for row in rows] == [below, 0]


@pytest.mark.parametrize(
    ("at", "starts"),
    [("2026-11-20T10:00", "2026-11-23T09:00:00-03:00"), ("2026-11-23T10:00", None)],
)
def test_a_holiday_closes_the_desk_and_no_manifestation_is_turned_away_for_it(
    story: Story, at: str, starts: str | None
) -> None:
    story.at(at)
    (hours,) = story("calendar", "open", "--at", at)
    protocol = story.new("Loja fora do ar", TEXT, "--prior-ticket", "48211")
    assert hours["open"] is (starts is None)
    assert starts in (None, hours["next_opening"])
    assert story.plan(protocol)["decision"] == "admitted"


def register(story: Story, *rows: str) -> None:
    """The history of the first instance: number, address, end, outcome."""
    path = story.folder / "sac.csv"
    path.write_text("\n".join(["chamado,e-mail,encerrado em,resultado", *rows, ""]), "utf-8")
    story("import", "--kind", "first-line", str(path))


@pytest.mark.req("S1-19")
@pytest.mark.parametrize(
    ("row", "said", "flagged"),
    [
        ("48211,maria@example.com,2026-10-10,insatisfeito", "the customer was not satisfied", False),
        ("48211,maria@example.com,2026-10-10,satisfeito", "ask what is still unsolved", True),
        ("48211,maria@example.com,,", "has not ended in the first instance", True),
        ("48211,rui@example.com,2026-10-10,insatisfeito", "is another customer's", True),
    ],
)
def test_the_earlier_ticket_must_have_ended_without_satisfying(
    story: Story, row: str, said: str, flagged: bool
) -> None:
    register(story, row)
    protocol = story.new("Loja fora do ar", TEXT, "--prior-ticket", "48211", "--email", "maria@example.com")
    (made,) = story("triage", "--apply")

    assert made["decision"] == "admitted"
    assert any(said in reason["text"] for reason in made["reasons"])
    assert ("prior-ticket-doubtful" in story("show", protocol)["flags"]) is flagged


@pytest.mark.req("S1-20", "S1-23")
def test_the_desk_stands_between_both_sides_and_its_reasons_can_be_read(story: Story) -> None:
    protocol = story.new("Loja fora do ar", TEXT, "--prior-ticket", "48211")
    story("prior-records", protocol, "--text", "Chat de 10/10: sem solução.")
    assess = ("assess", protocol, "--merit", "partly", "--outcome", "desconto")
    story("position", protocol, "--side", "customer", "--text", "Perdi dois dias de vendas.")
    assert story(*assess, "--grounds", "Dois dias.", code=4)[0]["code"] == "BOTH_SIDES_REQUIRED"
    story("position", protocol, "--side", "company", "--text", "A queda durou um dia.")
    assert story(*assess, "--grounds", " ", code=2)[0]["code"] == "TEXT_REQUIRED"
    story(*assess, "--grounds", "O registro mostra um dia e meio.")
    story("customer-view", protocol, "--agrees")

    file = story("show", protocol)
    work = file["work"]
    assert (work["customer"], work["company"]) == ("Perdi dois dias de vendas.", "A queda durou um dia.")
    assert (file["merit"], file["outcome"], work["grounds"]) == (
        "partly",
        "desconto",
        "O registro mostra um dia e meio.",
    )
    assert "customer-agrees" in file["flags"]
    page = story.words("show", protocol)
    assert "O registro mostra um dia e meio." in page
    plan = story.plan(protocol)
    assert plan["reasons"]
    assert all(reason["text"] for reason in plan["reasons"])


@pytest.mark.req("S1-22")
def test_the_areas_are_set_to_work_and_followed_up_until_they_answer(story: Story) -> None:
    protocol = story.new("Loja fora do ar", TEXT, "--prior-ticket", "48211")
    story("forward", protocol, "--area", "suporte", "--text", "O que houve na noite do dia 22?")
    assert (story("show", protocol)["turn"], [row["protocol"] for row in story("queue", "turn:area")]) == (
        "area",
        [protocol],
    )
    story("forward", protocol, "--area", "suporte", "--text", "Ainda esperamos a resposta.")
    (asked,) = story("show", protocol)["requests"]
    assert (asked["area"], asked["answered_at"]) == ("suporte", None)
    assert asked["reminded"]
    close = ("close", protocol, "--reason", "solved")
    story("prior-records", protocol, "--none", "O chat não foi guardado.")
    assert story(*close, code=4)[0]["code"] in ("NO_CONCLUSIVE_ANSWER", "OPEN_ACTIONS")

    story("area-answer", protocol, "--text", "O disco encheu; foi trocado.")

    (heard,) = story("show", protocol)["requests"]
    assert heard["answered_at"] is not None
    assert story("show", protocol)["turn"] == "desk"


@pytest.mark.req("S1-25")
def test_a_complaint_is_not_closed_as_solved_before_somebody_looked_for_an_improvement(story: Story) -> None:
    protocol = story.new("Loja fora do ar", TEXT, "--prior-ticket", "48211")
    story("prior-records", protocol, "--text", "Chat de 10/10: sem solução.")
    story("quality", protocol, "--effective", "--good", "--balanced")
    story("reply", protocol, "--conclusive", "--text", "A loja voltou ao ar.")
    close = ("close", protocol, "--reason", "solved")

    assert story(*close, code=4)[0]["code"] == "CAUSE_REQUIRED"
    story("classify", protocol, "--cause", "Loja fora do ar")
    assert story(*close, code=4)[0]["code"] == "IMPROVEMENT_REQUIRED"
    story(
        "improvement",
        "add",
        "--from",
        protocol,
        "--target",
        "process",
        "--text",
        "Avisar antes que o disco encha",
    )
    assert story(*close)[0]["result"] == "done"
    (made,) = story("improvement", "list")
    assert (made["protocol"], made["target"]) == (protocol, "process")


PLANS = """
[[plans]]
slug = "basico"
name = "Básico"
rank = 1

[[plans]]
slug = "pro"
name = "Pro"
rank = 2
"""


def by_plan(text: str) -> str:
    """The profile of a desk whose basic plan has chat and e-mail only."""
    row = '[[gates.prior.plans]]\nplan = "basico"\nchannels = ["chat", "email"]\n'
    return text.replace("[[gates.topics]]", f"{row}\n[[gates.topics]]", 1).replace(
        "[[areas]]", f"{PLANS}\n[[areas]]", 1
    )


@pytest.mark.req("S1-17", "S1-18")
def test_the_plan_decides_which_primary_channels_a_customer_has(opened: Open) -> None:
    story = opened("loja-virtual", by_plan)
    has = {
        row["slug"]: (row["basico"]["open"], row["pro"]["open"])
        for row in story("plan", "matrix")
        if row["kind"] == "primary"
    }
    assert has == {
        "chat": (True, True),
        "email": (True, True),
        "phone": (False, True),
        "whatsapp": (False, True),
    }

    asked = [story.new(f"Loja {plan}", TEXT, "--plan", plan) for plan in ("basico", "pro")]
    story("triage", "--apply")
    basic, pro = (story("show", protocol)["messages"][-1]["text"] for protocol in asked)
    assert "chat ou e-mail" in basic
    assert "WhatsApp" in pro


@pytest.mark.req("S1-18")
@pytest.mark.parametrize(
    ("plan", "channel", "said"),
    [
        ("basico", "telefone", "which this customer's plan does not have"),
        ("basico", "chat", None),
        ("pro", "telefone", None),
        ("pro", "redes sociais", "which is no primary channel"),
    ],
)
def test_an_attempt_by_a_channel_outside_the_plan_is_flagged_and_not_refused(
    opened: Open, plan: str, channel: str, said: str | None
) -> None:
    story = opened("loja-virtual", by_plan)
    path = story.folder / "sac.csv"
    path.write_text(
        f"chamado,encerrado em,resultado,canal\n48211,2026-10-10,insatisfeito,{channel}\n", "utf-8"
    )
    story("import", "--kind", "first-line", str(path))
    protocol = story.new("Loja fora do ar", TEXT, "--prior-ticket", "48211", "--plan", plan)
    (made,) = story("triage", "--apply")

    assert made["decision"] == "admitted"
    assert any(said is not None and said in one["text"] for one in made["reasons"]) is (said is not None)
    assert ("prior-ticket-doubtful" in story("show", protocol)["flags"]) is (said is not None)


@pytest.mark.req("S1-16", "S1-30")
def test_where_nothing_was_opened_before_it_is_not_for_the_desk_until_the_number_comes(story: Story) -> None:
    protocol = story.new("Loja fora do ar", TEXT)
    story("triage", "--apply")
    story("customer-reply", protocol, "--text", "Não abri nenhum.")
    (again,) = story("triage", "--apply")
    assert (again["decision"], again["messages"]) == ("awaiting-info", ["P1"])
    story("customer-reply", protocol, "--text", "Já disse que não abri.")
    (last,) = story("triage", "--apply")

    assert (last["decision"], last["codes"], last["messages"]) == ("ineligible", ["NO_PRIOR_TICKET"], ["I1"])
    ended = story("show", protocol)
    assert (ended["status"], ended["close_reason"]) == ("closed", "ineligible")
    assert (
        "Primeiro passo" in ended["messages"][-1]["text"]
        or "guarde o número" in ended["messages"][-1]["text"]
    )
    counted = {
        (row["decision"], row["code"]): row["decisions"] for row in story("report", "refusals")["rows"]
    }
    assert counted == {("awaiting-info", "PRIOR_TICKET_REQUIRED"): 2, ("ineligible", "NO_PRIOR_TICKET"): 1}

    story("customer-reply", protocol, "--text", "Agora abri: chamado 48200, sem solução.")
    (heard,) = story("triage", "--apply")
    after = story("show", protocol)
    assert (heard["decision"], after["prior_ticket"], after["protocol"]) == ("admitted", "48200", protocol)
