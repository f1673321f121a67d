"""The gates of triage one by one: which code, which letter, and what a law that receives everything makes of them."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.gate_context import Surroundings
from ouvidoria_tui.domain.gates import GateKeeper
from ouvidoria_tui.domain.gates_text import capitals, has_steps, names_contract
from ouvidoria_tui.domain.policy_file import PolicyInvalid, parse
from ouvidoria_tui.domain.ticket import Admission, Channel, Difficulty, Type
from ouvidoria_tui.domain.triage_plan import Case, Draft
from ouvidoria_tui.domain.wording import Matcher
from tests.unit.policy_sample import MINIMAL

REGISTERS = """
[[departments]]
slug = "suporte"
name = "Suporte"
scope = "s"

[[departments]]
slug = "sucesso"
name = "Sucesso do Cliente"
scope = "s"

[[plans]]
slug = "start"
name = "START"
rank = 1

[[plans]]
slug = "team"
name = "TEAM"
rank = 2
"""
GATES = """
[gates]
ticket_contact = "a área do cliente"
non_customer = "redirect"
non_customer_contact = "o Comercial"

[[gates.topics]]
name = "fatura"
title = "Fatura"
words = ["fatura*", "boleto"]

[[gates.topics]]
name = "third-party-affected"
title = "Terceiro afetado"
words = ["me prejudicou"]

[[gates.channels]]
channel = "chat"
topics = ["fatura"]
plan_from = "team"
requirement = "S3-08"

[[gates.entitlements]]
department = "sucesso"
plan_from = "team"
requirement = "S2-11"

[[gates.redirects]]
name = "painel"
title = "Acesso ao painel"
words = ["sem acesso ao painel"]
contact = "o suporte técnico"
requirement = "S1-08"

[[gates.redirects.causes]]
name = "inactivity"
title = "Inatividade"
words = ["inatividade"]

[[gates.ineligible]]
name = "novidade"
code = "FEATURE_NOT_AVAILABLE"
words = ["criem", "novo recurso"]
unless = ["foi anunciado"]
convert = "suggestion"
requirement = "S1-31"

[[gates.evidence]]
difficulties = ["complex"]
channels = ["email", "portal"]
image = true
steps = 20
requirement = "S3-23"

[gates.courtesy]
capitals = 70
flood = 10
"""


def keeper(*, lenient: bool = False, text: str = GATES) -> GateKeeper:
    policy = parse(MINIMAL + REGISTERS + text, name="desk.toml")
    around = Surroundings(
        {plan.slug: plan.rank for plan in policy.plans},
        {plan.slug: plan.name for plan in policy.plans},
        {one.slug: one.name for one in policy.departments},
        lambda name, at: False,
        "suporte",
        lenient,
    )
    return GateKeeper(policy.gates, Matcher((f"{k}:{n}", w) for k, n, w in policy.gates.wordings()), around)


def decided(
    text: str,
    *,
    lenient: bool = False,
    difficulty: Difficulty = Difficulty.MEDIUM,
    department: str | None = None,
    channel: Channel = Channel.PORTAL,
    plan: str | None = None,
    known: bool = True,
    flags: tuple[str, ...] = (),
    images: int = 0,
    messages: int = 1,
    kind: Type = Type.COMPLAINT,
) -> Draft:
    case = Case(
        "2026-000001-5",
        "Assunto",
        text,
        kind,
        channel,
        plan=plan,
        known_customer=known,
        flags=flags,
        images=images,
        messages=messages,
    )
    draft = Draft()
    keeper(lenient=lenient).decide(case, difficulty, department, draft)
    return draft


def test_what_fits_passes_all_gates() -> None:
    draft = decided("O site caiu ontem e ninguém respondeu.")
    assert (draft.decision, draft.codes, draft.messages) == (Admission.ADMITTED, [], ())


@pytest.mark.req("S1-07", "S1-08")
@pytest.mark.parametrize(
    ("more", "cause"), [("", "other"), (" por inatividade", "inactivity"), (" POR INATIVIDADE", "inactivity")]
)
def test_lost_access_to_the_panel_goes_to_support_with_its_cause(more: str, cause: str) -> None:
    draft = decided("Estou sem acesso ao painel" + more)
    assert (draft.decision, draft.messages) == (Admission.REDIRECTED, ("R1",))
    assert (draft.places["cause"], draft.places["contato"]) == (cause, "o suporte técnico")


@pytest.mark.req("S1-11")
def test_nobody_we_know_is_sent_to_commerce_unless_harmed() -> None:
    assert decided("Quero contratar", known=False).messages == ("R3",)
    harmed = decided("Uma loja de vocês me prejudicou", known=False)
    assert (harmed.decision, harmed.flags) == (Admission.ADMITTED, ["third-party-affected"])


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Criem um novo recurso de frete", Admission.INELIGIBLE),
        ("Criem o recurso que foi anunciado", Admission.ADMITTED),
    ],
)
@pytest.mark.req("S1-31")
def test_a_feature_that_does_not_exist_is_no_complaint_unless_announced(
    text: str, decision: Admission
) -> None:
    draft = decided(text)
    assert draft.decision is decision
    if decision is Admission.INELIGIBLE:
        assert (draft.codes, draft.messages) == (["FEATURE_NOT_AVAILABLE"], ("I2",))
        assert draft.places["convert"] == "suggestion"


def test_a_suggestion_may_ask_for_anything() -> None:
    assert decided("Criem um novo recurso", kind=Type.SUGGESTION).decision is Admission.ADMITTED


@pytest.mark.parametrize(
    ("text", "plan", "code"),
    [
        ("Meu site caiu", "team", "CHANNEL_PURPOSE_MISMATCH"),
        ("Segunda via das faturas", "start", "CHANNEL_NOT_IN_PLAN"),
        ("Segunda via das faturas", None, "CHANNEL_NOT_IN_PLAN"),
        ("Segunda via das faturas", "team", None),
    ],
)
def test_a_channel_takes_what_its_row_names_and_says_the_one_reason_why_not(
    text: str, plan: str | None, code: str | None
) -> None:
    assert decided(text, channel=Channel.CHAT, plan=plan).codes == ([] if code is None else [code])


@pytest.mark.req("S2-11")
def test_a_department_of_a_higher_plan_is_refused_with_those_that_are_open_and_the_plan_that_has_it() -> None:
    draft = decided("Estratégia", department="sucesso", plan="start")
    assert (draft.codes, draft.messages, draft.department) == (["DEPT_NOT_IN_PLAN"], ("N3",), "suporte")
    assert draft.decision is Admission.ADMITTED
    assert (draft.places["canais"], draft.places["motivo"]) == ("Suporte", "TEAM")
    assert decided("Estratégia", department="sucesso", plan="team").codes == []


@pytest.mark.parametrize(
    ("images", "text", "channel", "codes"),
    [
        (1, "Passo a passo: abri, cliquei e travou", Channel.EMAIL, []),
        (0, "Passo a passo: abri, cliquei e travou", Channel.EMAIL, ["MISSING_EVIDENCE"]),
        (1, "Travou, resolvam isso logo por favor", Channel.EMAIL, ["MISSING_EVIDENCE"]),
        (1, "Passo a passo: abri, cliquei e travou", Channel.WHATSAPP, ["TICKET_REQUIRED"]),
    ],
)
@pytest.mark.req("S3-21", "S3-23", "S3-24", "S3-26")
def test_the_second_tier_needs_a_ticket_an_image_and_the_steps(
    images: int, text: str, channel: Channel, codes: list[str]
) -> None:
    draft = decided(text, images=images, channel=channel, difficulty=Difficulty.COMPLEX)
    assert (draft.codes, draft.messages) == (codes, ("P3",) if codes else ())


def test_an_unauthorised_sender_is_told_how_to_become_authorised() -> None:
    draft = decided("Troquem a senha", flags=("unauthorised",))
    assert (draft.decision, draft.codes, draft.messages) == (
        Admission.AWAITING_INFO,
        ["SENDER_UNAUTHORISED"],
        ("N1",),
    )


@pytest.mark.parametrize(
    ("text", "messages", "flags"),
    [("RESOLVAM ISTO AGORA MESMO, POR FAVOR", 1, ["capitals"]), ("Resolvam.", 10, ["many-messages"])],
)
def test_shouting_and_insisting_change_nothing_but_a_note(text: str, messages: int, flags: list[str]) -> None:
    draft = decided(text, messages=messages)
    assert (draft.decision, draft.codes, draft.flags) == (Admission.ADMITTED, [], flags)


def test_what_is_another_desks_matter_asks_nothing_more_of_the_customer() -> None:
    draft = decided("Sem acesso ao painel; criem um novo recurso", flags=("unauthorised",))
    assert (draft.decision, draft.messages) == (Admission.REDIRECTED, ("R1",))
    assert set(draft.codes) == {"REDIRECTED", "FEATURE_NOT_AVAILABLE", "SENDER_UNAUTHORISED"}


@pytest.mark.parametrize(
    "text", ["Sem acesso ao painel", "Criem um novo recurso", "Troquem a senha", "Quero contratar"]
)
def test_where_the_law_receives_everything_no_gate_holds_back(text: str) -> None:
    draft = decided(
        text,
        lenient=True,
        known=False,
        flags=("unauthorised",),
        channel=Channel.CHAT,
        difficulty=Difficulty.COMPLEX,
    )
    assert (draft.decision, draft.codes, draft.messages) == (Admission.ADMITTED, [], ())
    assert all(reason.warning for reason in draft.reasons)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (('department = "sucesso"', 'department = "nenhum"'), "department"),
        (('words = ["sem acesso ao painel"]', 'words = ["*"]'), "words"),
        (('words = ["sem acesso ao painel"]', 'words = ["a*b*"]'), "words"),
        (('contact = "o suporte técnico"', ""), ""),
        (('code = "FEATURE_NOT_AVAILABLE"', 'code = "NO"'), "code"),
        (('topics = ["fatura"]', 'topics = ["nada"]'), "topics"),
        (('ticket_contact = "a área do cliente"', ""), "channels"),
        (('name = "painel"', 'name = "painel"\ncolour = "red"'), "colour"),
    ],
)
def test_a_gate_that_cannot_be_is_named_at_its_line(change: tuple[str, str], key: str) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        keeper(text=GATES.replace(*change))
    assert "gates" in str(caught.value.details["key"])
    assert key in str(caught.value.details["key"])


def test_capitals_are_a_share_of_letters_and_a_short_shout_is_none() -> None:
    assert (capitals("ABCDEFGHIJ klmnopqrst", 20), capitals("SOCORRO", 20)) == (50, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1. abri a loja\n2) cliquei em pagar\n3 - travou", True),
        ("- abri\n- cliquei", True),
        ("Primeiro abri a loja, depois cliquei em pagar", True),
        ("Não funciona de jeito nenhum, é um absurdo", False),
        ("- abri", False),
    ],
)
def test_steps_are_a_list_or_words_that_order_them(text: str, told: bool) -> None:
    assert has_steps(text, 5) is told


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("O contrato nº 4471 parou", True),
        ("Proposta de março: 2026/12", True),
        ("projeto P-9", True),
        ("Contratei em 2026 e parou", False),
        ("O contrato que eu e a equipe toda assinamos em 2026", False),
        ("contrato", False),
        ("contrato " * 20_000, False),
    ],
    ids=["number", "proposal", "project", "verb", "far", "bare", "hostile"],
)
def test_a_contract_is_named_by_its_number(text: str, named: bool) -> None:
    assert names_contract(text) is named


MORE = """
[gates.prior]
channels = ["chat", "email", "phone"]

[[gates.prior.plans]]
plan = "start"
channels = ["email"]

[gates.emergency]
words = ["emergência"]
lane = true
requirement = "S3-19"

[[gates.entitlements]]
department = "suporte"
contract = true
"""


def test_the_primary_channels_of_a_plan_are_those_it_names_and_another_plan_has_all() -> None:
    prior = keeper(text=GATES + MORE).gates.prior
    assert prior.channels_of("start") == (Channel.EMAIL,)
    assert prior.channels_of("team") == prior.channels_of(None) == prior.channels
    assert prior.channels == (Channel.CHAT, Channel.EMAIL, Channel.PHONE)


def test_an_emergency_is_said_with_its_word_and_holds_nothing_back() -> None:
    case = Case("2026-000001-5", "Assunto", "É uma EMERGÊNCIA, a loja caiu", Type.COMPLAINT, Channel.PORTAL)
    draft = Draft()
    keeper(text=GATES + MORE).decide(case, Difficulty.MEDIUM, None, draft)
    assert (draft.decision, draft.codes, draft.flags) == (Admission.ADMITTED, [], ["emergency"])
    (said,) = [one for one in draft.reasons if one.rule == "emergency"]
    assert (said.requirement, said.warning, "lane" in str(said.text)) == ("S3-19", True, True)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (('channels = ["email"]', 'channels = ["whatsapp"]'), "channels"),
        (('plan = "start"', 'plan = "nenhum"'), "plan"),
        (('words = ["emergência"]', 'words = ["*"]'), "words"),
        (("lane = true", 'lane = "yes"'), "lane"),
        (("contract = true", "contract = false"), "plans"),
    ],
)
def test_what_such_a_gate_cannot_be_is_named_at_its_line(change: tuple[str, str], key: str) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        keeper(text=GATES + MORE.replace(*change))
    assert key in str(caught.value.details["key"])
