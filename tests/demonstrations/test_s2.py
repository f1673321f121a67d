"""S2, e-commerce with plans: who may write, one subject a ticket, what the plan covers."""

from __future__ import annotations

import pytest

from tests.demonstrations.conftest import Open, Story

DEPARTMENTS = (
    "atendimento",
    "suporte",
    "financeiro",
    "manutencao",
    "qualidade-e-projetos",
    "sucesso-do-cliente",
    "ouvidoria",
)
LAW = """
[clocks.law]
start = "receipt"
stop = "conclusion"
unit = "calendar-days"
amount = 20
statutory = true
source = "Lei 13.460/2017"
article = "art. 16"
checked_on = 2026-11-23
"""


def contract(text: str) -> str:
    """The profile with the figure of a contract, a clock of a law, and an address for each department."""
    before, name, after = text.partition("[clocks.first-response]")
    after = after.replace('amount = "not defined"', "amount = 8", 1)
    mail = "".join(f'"{slug}@exemplo.com.br" = "{slug}"\n' for slug in DEPARTMENTS)
    addresses = f"[mail.addresses]\n{mail}\n[mail.letters]"
    return before + name + after.replace("[mail.letters]", addresses, 1) + LAW


def message(number: int, sender: str, to: str, subject: str, text: str) -> str:
    head = (
        f"From: {sender}\nTo: {to}@exemplo.com.br\nMessage-ID: <{number}@example.com>\nSubject: {subject}\n"
    )
    return f"{head}\n{text}\n"


@pytest.fixture
def story(opened: Open) -> Story:
    story = opened("ecommerce-planos", contract)
    story.customers("C1,Loja da Maria,maria@example.com,,,", "C2,Loja do Davi,davi@example.com,team,,")
    return story


def clocks(story: Story, protocol: str) -> dict[str, str]:
    return {one["name"]: one["state"] for one in story("show", protocol)["clocks"]}


@pytest.mark.req("S2-18")
def test_a_ticket_of_an_unregistered_sender_hangs_on_no_customer_and_is_marked(story: Story) -> None:
    story.mail(
        message(1, "nina@example.net", "financeiro", "Nota fiscal", "A nota veio errada."),
        message(2, "maria@example.com", "financeiro", "Boleto", "O boleto veio errado."),
    )
    unknown, known = story("queue")
    assert (unknown["customer"], unknown["flags"]) == (None, ["unauthorised"])
    assert known["customer"] is not None
    assert known["flags"] == []


@pytest.mark.req("S2-20")
def test_an_unregistered_sender_has_the_times_of_the_law_and_none_of_the_contract(story: Story) -> None:
    story.mail(
        message(1, "nina@example.net", "financeiro", "Nota fiscal", "A nota veio errada."),
        message(2, "maria@example.com", "financeiro", "Boleto", "O boleto veio errado."),
    )
    unknown, known = (row["protocol"] for row in story("queue"))
    early = clocks(story, unknown), clocks(story, known)
    story.at("2026-12-30T10:00")
    late = clocks(story, unknown), clocks(story, known)
    told = {row["clock"]: row for row in story("report", "sla")["rows"]}

    assert [(one["first-response"], one["law"]) for one in early] == [
        ("paused", "running"),
        ("running", "running"),
    ]
    assert (late[0]["first-response"], late[0]["law"]) == ("paused", late[1]["law"])
    assert late[0]["law"] != "running"
    contract_, law = told["first-response"], told["law"]
    assert (contract_["total"], contract_["missed"], contract_["paused"]) == (2, 1, 1)
    assert (law["total"], law["missed"]) == (2, 2)


def test_a_clock_that_waits_for_a_sender_says_so(story: Story) -> None:
    story.mail(message(1, "nina@example.net", "financeiro", "Nota fiscal", "A nota veio errada."))
    (ticket,) = story("queue")
    story.clock.at += 3600
    words = story.words("deadline", "explain", ticket["protocol"])
    assert "sender not authorised, since event 1" in words
    assert "nothing to wait for" not in words


def test_a_sender_who_is_authorised_later_brings_what_was_written_before(story: Story) -> None:
    story.mail(message(1, "nina@example.net", "financeiro", "Nota fiscal", "A nota veio errada."))
    (ticket,) = story("queue")
    story("contact", "add", "C1", "--name", "Nina", "--email", "nina@example.net")
    asked, nina = (str(one["id"]) for one in story("contact", "list", "C1"))
    story("contact", "authorise", nina, "--by", asked, "--link")
    shown = story("show", ticket["protocol"])
    assert shown["flags"] == []
    assert shown["customer"]["name"] == "Loja da Maria"
    assert clocks(story, ticket["protocol"])["first-response"] == "running"


def test_the_same_subject_goes_into_one_ticket_and_a_new_one_opens_another(story: Story) -> None:
    done = story.mail(
        message(1, "maria@example.com", "financeiro", "Boleto", "O boleto veio errado."),
        message(2, "maria@example.com", "financeiro", "Re: Boleto", "O chamado anterior é o 48300."),
        message(3, "maria@example.com", "suporte", "Checkout", "O checkout caiu."),
    )
    assert (done["tickets"], done["replies"]) == (2, 1)
    assert [row["subject"] for row in story("queue")] == ["Boleto", "Checkout"]


@pytest.mark.req("S2-25")
def test_a_new_subject_takes_its_address_department_and_a_text_that_fits_another_is_told(
    story: Story,
) -> None:
    story.mail(
        message(1, "maria@example.com", "financeiro", "Boleto", "O boleto do chamado 48300 veio errado."),
        message(2, "maria@example.com", "financeiro", "Loja", "A loja está fora do ar desde ontem."),
    )
    fits, other = story("queue")
    assert (fits["department"], other["department"]) == ("financeiro", "financeiro")
    plan = story.plan(other["protocol"])
    said = [reason["text"] for reason in plan["reasons"] if "suporte" in reason["text"].casefold()]
    assert plan["department"] == "financeiro"
    assert said
    assert not [one for one in story.plan(fits["protocol"])["reasons"] if "suporte" in one["text"].casefold()]


@pytest.mark.req("S2-43")
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_mail_to_the_address_of_each_department_is_a_ticket_of_it(story: Story, department: str) -> None:
    story.mail(message(1, "davi@example.com", department, "Assunto", "Escrevo por e-mail sobre isto."))
    (ticket,) = story("queue")
    assert (ticket["channel"], ticket["department"]) == ("email", department)


@pytest.mark.req("S2-40")
@pytest.mark.parametrize(
    ("plan", "codes"), [("team", []), ("basico", ["CHANNEL_NOT_IN_PLAN"]), ("", ["CHANNEL_NOT_IN_PLAN"])]
)
def test_chat_is_a_channel_of_the_plans_that_the_desk_names(
    opened: Open, plan: str, codes: list[str]
) -> None:
    low = '[[plans]]\nslug = "basico"\nname = "Básico"\nrank = 10\n\n[[plans]]\nslug = "team"'

    def edit(text: str) -> str:
        text = text.replace('channel = "chat"\nplans = "unspecified"', 'channel = "chat"\nplan_from = "team"')
        return text.replace('[[plans]]\nslug = "team"', low)

    story = opened("ecommerce-planos", edit)
    more = ("--plan", plan) if plan else ()
    asked = ("--channel", "chat", "--prior-ticket", "48300", *more)
    protocol = story.new("Painel", "O painel da loja trava ao abrir os pedidos.", *asked)
    assert story.plan(protocol)["codes"] == codes
    by_ticket = story.new(
        "Painel lento", "O painel da loja trava ao abrir.", "--prior-ticket", "48300", *more
    )
    assert story.plan(by_ticket)["codes"] == []


@pytest.mark.parametrize(
    ("email", "department", "codes"),
    [
        ("maria@example.com", "ouvidoria", ["DEPT_NOT_IN_PLAN"]),
        ("davi@example.com", "sucesso-do-cliente", []),
    ],
)
def test_a_department_of_a_plan_is_for_those_who_have_it(
    story: Story, email: str, department: str, codes: list[str]
) -> None:
    asked = ("--email", email, "--prior-ticket", "48302", "--department", "sucesso-do-cliente")
    plan = story.plan(story.new("Natal", "Queremos ajuda com a estratégia de Natal da loja.", *asked))
    assert (plan["codes"], plan["department"]) == (codes, department)


def test_a_closed_ticket_comes_back_with_something_new_and_keeps_its_number(story: Story) -> None:
    protocol = story.new("Frete", "O frete é calculado com o CEP antigo.", "--prior-ticket", "48304")
    story("classify", protocol, "--complained", "suporte")
    story("reply", protocol, "--conclusive", "--text", "O CEP do frete foi corrigido.")
    story("close", protocol, "--reason", "solved")
    refused = story("reopen", protocol, code=4)
    story("reopen", protocol, "--information", "O frete errado voltou.")
    shown = story("show", protocol)
    assert "REOPEN_NEEDS_INFORMATION" in str(refused)
    assert (shown["protocol"], shown["status"], shown["turn"]) == (protocol, "customer-reply", "desk")


@pytest.mark.req("S2-04", "S2-36")
def test_another_subject_is_a_ticket_of_its_own_and_the_closed_one_stays_closed(story: Story) -> None:
    protocol = story.new("Frete", "O frete é calculado com o CEP antigo.", "--email", "davi@example.com")
    story("close", protocol, "--reason", "withdrawn")
    before = story("show", protocol)

    missing = story("reopen", protocol, "--other-subject", "Boleto", code=2)
    done = story(
        "reopen", protocol, "--other-subject", "Boleto", "--information", "E o boleto veio em dobro."
    )

    assert missing[0]["code"] == "TEXT_REQUIRED"
    closed, other = (row for row in story("queue", "status:any"))
    assert (closed["protocol"], closed["status"], closed["close_reason"]) == (protocol, "closed", "withdrawn")
    assert (other["subject"], other["status"], other["customer"]) == ("Boleto", "open", before["customer"])
    assert other["protocol"] in done[0]["message"]
    assert [one["protocol"] for one in story("show", other["protocol"])["links"]] == [protocol]
    assert story("verify")["ok"]


@pytest.mark.req("S2-19")
def test_an_unknown_sender_is_told_how_to_be_served_and_gets_no_decision_before(story: Story) -> None:
    story.mail(
        message(1, "nina@example.net", "financeiro", "Nota", "Sobre o chamado 48300: a nota veio errada.")
    )
    (ticket,) = story("queue", "tag:unauthorised")
    protocol = ticket["protocol"]
    (made,) = story("triage", "--apply")
    assert (made["decision"], made["codes"], made["messages"]) == (
        "awaiting-info",
        ["SENDER_UNAUTHORISED"],
        ["N1"],
    )
    conclude = ("reply", protocol, "--conclusive", "--text", "Seu plano vence em maio.")
    story("classify", protocol, "--complained", "financeiro")
    assert story(*conclude, code=4)[0]["code"] == "SENDER_UNAUTHORISED"
    assert "not an authorised contact" in " ".join(story.words("show", protocol).split())

    story("contact", "add", "1", "--name", "Nina", "--email", "nina@example.net")
    contact = next(row for row in story("contact", "list", "1") if row["email"] == "nina@example.net")
    story("contact", "authorise", str(contact["id"]), "--link")
    assert story(*conclude)[0]["result"] == "done"


@pytest.mark.req("S2-21")
def test_of_a_known_company_only_an_authorised_contact_speaks(story: Story) -> None:
    story("contact", "add", "1", "--name", "Rui", "--email", "rui@example.com")
    rui = next(row for row in story("contact", "list", "1") if row["email"] == "rui@example.com")

    def arrives(number: int) -> dict[str, object]:
        story.mail(
            message(
                number, "rui@example.com", "financeiro", f"Assunto {number}", "Chamado 48300 sem solução."
            )
        )
        row: dict[str, object] = story("queue", f"Assunto {number}")[-1]
        return row

    before = arrives(11)
    story("contact", "authorise", str(rui["id"]))
    after = arrives(12)
    story("contact", "revoke", str(rui["id"]))
    revoked = arrives(13)

    assert ["unauthorised" in row["flags"] for row in (before, after, revoked)] == [True, False, True]  # type: ignore[operator]
    assert (before["customer"], revoked["customer"]) == (None, None)
    assert after["customer"] is not None


@pytest.mark.req("S2-38")
def test_each_plan_has_its_level_of_support(story: Story) -> None:
    story(
        "plan",
        "add",
        "start",
        "--name",
        "START",
        "--rank",
        "1",
        "--support-level",
        "por chamado, em horário comercial",
    )
    story("plan", "edit", "team", "--support-level", "com gerente de conta")

    levels = {row["slug"]: row["support_level"] for row in story("plan", "list")}
    assert levels["start"] == "por chamado, em horário comercial"
    assert levels["team"] == "com gerente de conta"
    protocol = story.new("Painel", "O painel não abre.", "--plan", "team")
    assert "com gerente de conta" in story.words("show", protocol)


@pytest.mark.req("S2-39")
@pytest.mark.parametrize(("plan", "named"), [("basico", "Médio"), ("medio", "TEAM"), ("", "Básico")])
def test_who_is_not_covered_hears_of_the_next_plan_that_is(opened: Open, plan: str, named: str) -> None:
    low = "".join(
        f'[[plans]]\nslug = "{slug}"\nname = "{name}"\nrank = {rank}\n\n'
        for slug, name, rank in (("basico", "Básico", 10), ("medio", "Médio", 20))
    )
    # A row that no plan of the customer's has: for the plan above it, whichever that is.
    above = {"basico": '["medio", "team"]', "medio": '["basico", "team"]', "": '["basico", "team"]'}[plan]

    def edit(text: str) -> str:
        text = text.replace('channel = "chat"\nplans = "unspecified"', f'channel = "chat"\nplans = {above}')
        return text.replace('[[plans]]\nslug = "team"', f'{low}[[plans]]\nslug = "team"')

    story = opened("ecommerce-planos", edit)
    more = ("--plan", plan) if plan else ()
    protocol = story.new("Painel", "O painel trava.", "--channel", "chat", "--prior-ticket", "48300", *more)
    told = story.plan(protocol)
    assert told["codes"] == ["CHANNEL_NOT_IN_PLAN"]
    assert any(named in reason["text"] for reason in told["reasons"])
    story("triage", "--apply")
    assert named in story("show", protocol)["messages"][-1]["text"]


@pytest.mark.req("S2-09")
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("O ajuste de módulo do contrato nº 4471 parou na semana passada.", True),
        ("O novo recurso contratado na proposta 2026/12 não foi entregue.", True),
        ("O ajuste de módulo que contratei parou na semana passada.", False),
    ],
)
def test_manutencao_is_for_contracted_work_and_the_contract_is_asked_for(
    story: Story, text: str, named: bool
) -> None:
    plan = story.plan(story.new("Manutenção contratada", text, "--prior-ticket", "48300"))
    asked = [
        one
        for one in plan["reasons"]
        if one["requirement"] == "S2-09" and "no contract is named" in one["text"]
    ]
    assert (plan["department"], plan["decision"]) == ("manutencao", "admitted")
    assert bool(asked) is not named
