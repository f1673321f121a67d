"""The gates of the five profiles, asked with the words of their sources."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.domain.admissibility import triage
from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.classify import Classifier, compile_rules
from ouvidoria_tui.domain.gate_context import Surroundings
from ouvidoria_tui.domain.gates import GateKeeper
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.policy_check import check
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.domain.policy_gates import Gates
from ouvidoria_tui.domain.ticket import Admission, Channel, Difficulty, Type
from ouvidoria_tui.domain.triage_plan import Case, Plan
from ouvidoria_tui.domain.wording import Matcher
from ouvidoria_tui.paths import data_folder

FOLDER = data_folder() / "profiles"
ALL = sorted(path.stem for path in FOLDER.glob("*.toml"))
PUBLIC = ("publico-13460", "saude-ans323", "lai", "denuncia", "estadual-sp", "estadual-df")
#: A Tuesday in São Paulo; the numbers that follow are hours of it.
LONG = " O relato é este, com tudo o que aconteceu desde o começo."


def at(hour: int) -> int:
    return int(datetime(2026, 3, 3, hour, tzinfo=ZoneInfo("America/Sao_Paulo")).timestamp())


@cache
def made(name: str) -> tuple[Policy, Classifier, GateKeeper]:
    policy = parse((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name=name)
    around = Surroundings(
        {plan.slug: plan.rank for plan in policy.plans},
        {plan.slug: plan.name for plan in policy.plans},
        {one.slug: one.name for one in policy.departments},
        lambda calendar, moment: Calendar(policy.calendars[calendar], {}).is_open(moment),
        policy.triage.default_department,
        policy.public_body,
    )
    wordings = ((f"{kind}:{key}", wording) for kind, key, wording in policy.gates.wordings())
    return policy, compile_rules(policy.triage.keywords), GateKeeper(policy.gates, Matcher(wordings), around)


def planned(
    name: str,
    text: str,
    *,
    channel: Channel = Channel.PORTAL,
    prior: str | None = None,
    department: str | None = None,
    plan: str | None = None,
    hour: int = 11,
    known: bool = True,
    images: int = 0,
    difficulty: Difficulty | None = None,
    kind: Type = Type.COMPLAINT,
    addresses: frozenset[str] = frozenset(),
) -> Plan:
    policy, classifier, gates = made(name)
    case = Case(
        "2026-000001-5",
        "Assunto",
        text + LONG,
        kind,
        channel,
        prior_ticket=prior,
        department=department,
        plan=plan,
        arrived_at=at(hour),
        known_customer=known,
        addresses=addresses,
        images=images,
        difficulty=difficulty,
    )
    return triage(case, policy.triage, classifier, public_body=policy.public_body, gates=gates)


class TestHospedagem:
    @pytest.mark.parametrize(
        ("text", "difficulty", "codes"),
        [
            ("Qual o andamento?", Difficulty.MEDIUM, ()),
            ("Como mudo a senha?", Difficulty.SIMPLE, ()),
            ("O banco de dados corrompe", Difficulty.COMPLEX, ("CHANNEL_NOT_ALLOWED",)),
        ],
    )
    @pytest.mark.req("S0-21", "S0-22")
    def test_chat_gives_news_and_solves_what_is_simple_and_the_rest_goes_on_as_a_ticket(
        self, text: str, difficulty: Difficulty, codes: tuple[str, ...]
    ) -> None:
        plan = planned("hospedagem", text, channel=Channel.CHAT, difficulty=difficulty)
        assert (plan.decision, plan.codes) == (Admission.ADMITTED, codes)

    @pytest.mark.req("S0-24")
    def test_who_is_no_customer_is_heard(self) -> None:
        plan = planned("hospedagem", "Um site", channel=Channel.EMAIL, known=False)
        assert plan.decision is Admission.ADMITTED


class TestLojaVirtual:
    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ("Estou sem acesso ao painel por inatividade.", "inactivity"),
            ("Perdi o acesso ao painel, o domínio foi congelado.", "domain-frozen"),
            ("Não consigo entrar no painel: troquei o domínio.", "domain-change"),
            ("Não consigo entrar no painel.", "other"),
        ],
    )
    @pytest.mark.req("S1-07", "S1-08")
    def test_lost_access_to_the_panel_goes_to_support_with_one_of_four_causes(
        self, text: str, cause: str
    ) -> None:
        plan = planned("loja-virtual", text)
        assert (plan.decision, plan.messages) == (Admission.REDIRECTED, ("R1",))
        assert (plan.redirect, plan.redirect_cause) == ("acesso-ao-painel", cause)

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ("Dúvida sobre o plano.", "plans"),
            ("Preciso da 2ª via da fatura.", "invoices"),
            ("Tenho uma dúvida sobre cobrança.", "billing"),
            ("Como funciona a migração de plano?", "migration"),
        ],
    )
    @pytest.mark.req("S1-13")
    def test_plans_invoices_billing_and_migration_go_to_the_knowledge_base(
        self, text: str, cause: str
    ) -> None:
        plan = planned("loja-virtual", text)
        assert (plan.decision, plan.messages, plan.redirect_cause) == (Admission.REDIRECTED, ("R2",), cause)
        assert "Base de Conhecimento" in plan.places["artigo"]

    @pytest.mark.parametrize("text", ["Perdi o acesso ao painel.", "A 2ª via do boleto não chega."])
    def test_who_has_been_there_already_stays(self, text: str) -> None:
        assert planned("loja-virtual", text, prior="48211").decision is Admission.ADMITTED

    @pytest.mark.parametrize(
        "text", ["A 2ª via do boleto veio em dobro.", "Fui cobrada duas vezes na mudança de plano."]
    )
    def test_a_charge_that_is_disputed_is_no_question(self, text: str) -> None:
        assert planned("loja-virtual", text).codes == ("PRIOR_TICKET_REQUIRED",)

    @pytest.mark.req("S1-11")
    def test_who_is_no_customer_goes_to_commerce(self) -> None:
        plan = planned("loja-virtual", "Quero saber mais.", known=False)
        assert (plan.decision, plan.messages, plan.redirect) == (
            Admission.REDIRECTED,
            ("R3",),
            "non-customer",
        )

    @pytest.mark.parametrize(
        ("text", "more"),
        [("Comprei numa loja de vocês e fui prejudicada.", None), ("Não acho o meu cadastro.", "48211")],
    )
    def test_who_was_harmed_or_names_a_ticket_is_not_sent_to_commerce(
        self, text: str, more: str | None
    ) -> None:
        plan = planned("loja-virtual", text, known=False, prior=more)
        assert plan.decision is not Admission.REDIRECTED

    @pytest.mark.parametrize(
        "channel", [Channel.CHAT, Channel.EMAIL, Channel.PHONE, Channel.WHATSAPP, Channel.SOCIAL]
    )
    @pytest.mark.req("S1-15")
    def test_the_desk_is_reached_by_ticket_only(self, channel: Channel) -> None:
        plan = planned("loja-virtual", "A loja caiu.", channel=channel, prior="1234")
        assert (plan.decision, plan.codes, plan.messages) == (
            Admission.REDIRECTED,
            ("CHANNEL_NOT_ALLOWED",),
            ("N2",),
        )

    @pytest.mark.parametrize(
        ("text", "code", "letter"),
        [
            ("Criem um relatório novo.", "FEATURE_NOT_AVAILABLE", "I2"),
            ("Não existe integração com o meu sistema.", "FEATURE_NOT_AVAILABLE", "I2"),
            ("Quero um desconto na mensalidade.", "COMMERCIAL_NEGOTIATION", "I3"),
        ],
    )
    @pytest.mark.req("S1-31", "S1-32")
    def test_what_the_desk_cannot_decide_is_not_eligible(self, text: str, code: str, letter: str) -> None:
        plan = planned("loja-virtual", text, prior="1234")
        assert (plan.decision, plan.codes, plan.messages) == (Admission.INELIGIBLE, (code,), (letter,))

    @pytest.mark.parametrize(
        "text",
        [
            "Criem o relatório que foi anunciado.",
            "Quero o desconto que vi no anúncio, a condição especial.",
            "Cobraram sem o desconto da promoção.",
        ],
    )
    @pytest.mark.req("S1-32")
    def test_what_was_announced_is_always_eligible(self, text: str) -> None:
        assert planned("loja-virtual", text, prior="1234").decision is Admission.ADMITTED

    @pytest.mark.req("S1-14")
    def test_the_gates_are_asked_in_the_order_of_the_source(self) -> None:
        gates = [one.gate for one in planned("loja-virtual", "A loja caiu.").verdicts]
        assert [one for one in gates if one in ("redirect", "prior-ticket", "eligibility")] == [
            "redirect",
            "prior-ticket",
            "eligibility",
        ]


class TestEcommercePlanos:
    @pytest.mark.parametrize(
        ("department", "plan", "refused"),
        [
            ("qualidade-e-projetos", None, True),
            ("qualidade-e-projetos", "team", True),
            ("qualidade-e-projetos", "pacote-expresso", False),
            ("sucesso-do-cliente", "pacote-expresso", True),
            ("sucesso-do-cliente", "team", False),
        ],
    )
    @pytest.mark.req("S2-10", "S2-11")
    def test_a_department_is_for_those_who_bought_it(
        self, department: str, plan: str | None, refused: bool
    ) -> None:
        made_ = planned("ecommerce-planos", "Estratégia.", department=department, plan=plan, prior="1234")
        assert made_.codes == (("DEPT_NOT_IN_PLAN",) if refused else ())
        assert made_.department == ("ouvidoria" if refused else department)
        assert made_.decision is Admission.ADMITTED

    @pytest.mark.parametrize(
        ("text", "known", "code"),
        [
            ("Quero contratar o serviço.", False, None),
            ("O painel trava.", True, None),
            ("O painel trava.", False, "CHANNEL_NOT_ALLOWED"),
            ("Quero elogiar a Carla.", True, "CHANNEL_PURPOSE_MISMATCH"),
        ],
    )
    @pytest.mark.req("S2-41", "S2-42")
    def test_whatsapp_is_for_commerce_and_for_the_platform_of_customers(
        self, text: str, known: bool, code: str | None
    ) -> None:
        plan = planned("ecommerce-planos", text, channel=Channel.WHATSAPP, known=known, prior="1234")
        assert plan.codes == (() if code is None else (code,))

    @pytest.mark.parametrize("channel", [Channel.CHAT, Channel.WHATSAPP, Channel.PHONE])
    @pytest.mark.parametrize(("hour", "open_"), [(8, False), (9, True), (16, True), (17, False)])
    @pytest.mark.req("S2-47")
    def test_real_time_is_from_9_to_17(self, channel: Channel, hour: int, open_: bool) -> None:
        plan = planned("ecommerce-planos", "O painel trava.", channel=channel, hour=hour, prior="1234")
        assert plan.codes == (() if open_ else ("OUTSIDE_HOURS",))
        assert plan.messages == (() if open_ else ("N10",))

    @pytest.mark.req("S2-46")
    def test_a_ticket_may_be_opened_at_any_hour(self) -> None:
        assert planned("ecommerce-planos", "O painel trava.", hour=3, prior="1234").codes == ()

    def test_plans_that_the_source_does_not_name_are_told_as_gaps(self) -> None:
        gaps = [one.key for one in check(made("ecommerce-planos")[0]) if one.requirement == "C-21"]
        assert gaps == ["gates.channels[1].plans", "gates.channels[4].plans"]


class TestSuporteTecnico:
    @pytest.mark.parametrize("channel", [Channel.PHONE, Channel.CHAT])
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("Tenho uma dúvida básica.", marks=pytest.mark.req("S3-09")),
            pytest.param("Verificação emergencial: o site caiu.", marks=pytest.mark.req("S3-10")),
            pytest.param("Quanto custa um servidor?", marks=pytest.mark.req("S3-11")),
            pytest.param("Podem reenviar o e-mail?", marks=pytest.mark.req("S3-12")),
            pytest.param("Troca da forma de pagamento.", marks=pytest.mark.req("S3-13")),
            pytest.param("Preciso de mais espaço, qual serviço?", marks=pytest.mark.req("S3-14")),
            pytest.param("Há instabilidade no acesso.", marks=pytest.mark.req("S3-15")),
            pytest.param("Desbloqueio de IP, por favor.", marks=pytest.mark.req("S3-16")),
        ],
    )
    def test_eight_matters_may_come_by_phone_and_chat(self, channel: Channel, text: str) -> None:
        plan = planned("suporte-tecnico", text, channel=channel)
        assert (plan.decision, plan.codes) == (Admission.ADMITTED, ())

    @pytest.mark.req("S3-12")
    @pytest.mark.parametrize(
        ("address", "codes"),
        [("RITA@example.com", ()), ("outra@example.net", ("ADDRESS_NOT_REGISTERED",))],
    )
    def test_what_is_sent_again_goes_to_a_registered_address_only(
        self, address: str, codes: tuple[str, ...]
    ) -> None:
        text = f"Podem reenviar o e-mail para {address}?"
        plan = planned(
            "suporte-tecnico", text, channel=Channel.PHONE, addresses=frozenset({"rita@example.com"})
        )
        assert plan.codes == codes
        assert plan.messages == (("N1",) if codes else ())

    @pytest.mark.parametrize("channel", [Channel.PHONE, Channel.CHAT])
    @pytest.mark.req("S3-08")
    def test_anything_else_is_told_what_they_are_for(self, channel: Channel) -> None:
        plan = planned("suporte-tecnico", "O técnico foi grosseiro.", channel=channel)
        assert (plan.codes, plan.messages) == (("CHANNEL_PURPOSE_MISMATCH",), ("N9",))
        assert "Desbloqueio de IP" in plan.places["canais"] or "desbloqueio de IP" in plan.places["canais"]

    @pytest.mark.parametrize("channel", [Channel.CHAT, Channel.WHATSAPP])
    @pytest.mark.req("S3-34")
    def test_a_problem_report_never_comes_by_chat_or_whatsapp(self, channel: Channel) -> None:
        plan = planned("suporte-tecnico", "Aparece uma mensagem de erro.", channel=channel)
        assert plan.codes == ("CHANNEL_NOT_ALLOWED",)

    def test_a_notice_of_instability_is_no_report(self) -> None:
        text = "Aviso de instabilidade: aparece um erro."
        assert planned("suporte-tecnico", text, channel=Channel.CHAT).codes == ()

    @pytest.mark.parametrize("channel", [Channel.PHONE, Channel.CHAT])
    @pytest.mark.parametrize(("hour", "open_"), [(8, False), (9, True), (17, True), (18, False)])
    @pytest.mark.req("S3-18")
    def test_after_hours_only_tickets_and_mail(self, channel: Channel, hour: int, open_: bool) -> None:
        text = "Tenho uma dúvida básica."
        codes = planned("suporte-tecnico", text, channel=channel, hour=hour).codes
        assert codes == (() if open_ else ("OUTSIDE_HOURS",))
        assert planned("suporte-tecnico", text, channel=Channel.EMAIL, hour=hour).codes == ()

    @pytest.mark.parametrize("channel", [Channel.PHONE, Channel.CHAT])
    def test_praise_is_not_sent_away(self, channel: Channel) -> None:
        plan = planned("suporte-tecnico", "A Carla foi ótima.", channel=channel, kind=Type.PRAISE)
        assert plan.codes == ()

    @pytest.mark.parametrize("channel", [Channel.PHONE, Channel.SOCIAL, Channel.CHAT, Channel.WHATSAPP])
    @pytest.mark.req("S3-21", "S3-26")
    def test_the_second_tier_never_works_by_phone_or_messenger(self, channel: Channel) -> None:
        text = "Há instabilidade, passo a passo: abri, cliquei."
        plan = planned("suporte-tecnico", text, channel=channel, difficulty=Difficulty.COMPLEX, images=1)
        assert "TICKET_REQUIRED" in plan.codes
        assert plan.decision is Admission.REDIRECTED

    @pytest.mark.req("S3-20", "S3-23", "S3-24")
    def test_the_second_tier_asks_for_picture_and_steps_and_gets_the_case(self) -> None:
        plan = planned("suporte-tecnico", "Trava.", difficulty=Difficulty.COMPLEX)
        assert (plan.decision, plan.messages) == (Admission.AWAITING_INFO, ("P3",))
        assert plan.department == "suporte-avancado-2"
        missing = [one for one in plan.reasons if one.rule == "tier-two"]
        assert len(missing) == 2

    @pytest.mark.req("S3-33")
    def test_faults_of_other_programs_need_a_picture_too(self) -> None:
        text = "O Outlook não envia."
        assert planned("suporte-tecnico", text).codes == ("MISSING_EVIDENCE",)
        assert planned("suporte-tecnico", text, images=1).codes == ()

    @pytest.mark.req("S3-48")
    def test_capitals_are_noted_and_change_nothing(self) -> None:
        loud = planned("suporte-tecnico", "MEU SITE SUMIU E NINGUÉM RESPONDE, RESOLVAM JÁ! " * 4)
        assert (loud.decision, loud.codes, loud.flags) == (Admission.ADMITTED, (), ("capitals",))


@pytest.mark.req("S4-16")
def test_organizacional_has_no_gates() -> None:
    assert made("organizacional")[0].gates == Gates()


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("channel", list(Channel))
def test_no_gate_of_a_public_desk_holds_back(name: str, channel: Channel) -> None:
    plan = planned(name, "oi", channel=channel, known=False, difficulty=Difficulty.COMPLEX)
    assert (plan.decision, plan.codes, plan.messages) == (Admission.ADMITTED, (), ())


@pytest.mark.parametrize("name", ALL)
def test_no_profile_breaks_the_law_or_has_a_rule_that_cannot_be_reached(name: str) -> None:
    said = [str(one.message) for one in check(made(name)[0]) if one.key.startswith("gates.")]
    assert not [one for one in said if "C-21" not in one and "plans have it" not in one]
