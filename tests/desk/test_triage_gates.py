"""Gates over a store: what an answer of the customer changes, and what a letter is never sent for twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.classify import Classification, classify, transfer
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.override import override
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import customer_reply
from ouvidoria_tui.desk.triage import apply, plan
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.first_line import FirstLineTicket
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.ticket import Admission, Channel, CloseReason, Status, Ticket, Type
from ouvidoria_tui.domain.triage_plan import Plan, deciding
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.report.answer import Question, Report
from ouvidoria_tui.report.ask import ask
from ouvidoria_tui.report.batch import Context, Originals, Priors, connection, pending

NOW = 1_780_000_000
LONG = "a loja está assim desde ontem e até agora ninguém me respondeu nada"
PANEL = "Estou sem acesso ao painel por inatividade, podem me ajudar com isso?"
WISH = "Por favor criem um relatório de vendas por vendedor na minha loja"
Open = Callable[[str], Desk]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    clock, stores = FixedClock(NOW), []

    def one(profile: str) -> Desk:
        stores.append(found_desk(tmp_path / f"{profile}.db", profile=profile, clock=clock, admin="ana"))
        return desk_over(stores[-1], agent="ana", clock=clock)

    yield one
    for store in stores:
        store.close()


@pytest.fixture
def desk(opened: Open) -> Desk:
    return opened("loja-virtual")


def bring(desk: Desk, text: str = LONG, prior: str | None = None, **more: object) -> str:
    what = Manifestation("Assunto", text, prior_ticket=prior, **more)  # type: ignore[arg-type]
    return receive(desk, what).protocol


def plans(desk: Desk) -> list[Plan]:
    conn = connection(desk.store)
    context = Context(desk.clock.now(), desk.agent.id, desk.policy.policy.zone)
    cases = pending(conn, parse(""), context)
    return list(plan(desk, cases, original=Originals(conn), prior=Priors.of(conn)))


def carried_out(desk: Desk) -> list[Plan]:
    made = plans(desk)
    codes = [outcome.code for _plan, outcome in apply(desk, made)]
    assert codes == [None] * len(made)
    return made


def ticket(desk: Desk, protocol: str) -> Ticket:
    return desk.store.find(protocol)


def letters(desk: Desk, protocol: str) -> list[object]:
    events = desk.store.events(ticket(desk, protocol).id)
    return [event.payload["template"] for event in events if "template" in event.payload]


def refusals(desk: Desk, *by: str) -> Report:
    return ask(connection(desk.store), desk.policy, Question("refusals", desk.clock.now() + 1, by=by))


def first_line(desk: Desk, *numbers: str) -> None:
    with desk.store.transaction():
        desk.store.put_first_line_tickets([FirstLineTicket(number, "sac") for number in numbers])


class TestAFirstMessage:
    @pytest.mark.req("S1-27", "S2-14")
    def test_a_ticket_that_is_named_is_taken_over_and_nobody_is_asked(self, desk: Desk) -> None:
        protocol = bring(desk, f"O chamado 48211 foi encerrado: {LONG}")
        (made,) = carried_out(desk)
        said = [str(one.text) for one in made.reasons if one.rule == "prior-ticket-said"]
        assert said == ["previous ticket 48211: the customer named it in the first message"]
        after = ticket(desk, protocol)
        assert (after.admission, after.prior_ticket) == (Admission.ADMITTED, "48211")
        assert letters(desk, protocol) == []

    def test_a_number_that_nothing_names_is_asked_for(self, desk: Desk) -> None:
        bring(desk, f"Nº 48211: {LONG}")
        (made,) = plans(desk)
        assert (made.decision, made.prior_ticket) == (Admission.AWAITING_INFO, None)

    def test_of_several_none_is_taken_and_it_is_said(self, desk: Desk) -> None:
        bring(desk, f"Chamado 48211 e chamado 48300: {LONG}")
        (made,) = plans(desk)
        assert (made.decision, made.prior_ticket) == (Admission.AWAITING_INFO, None)
        said = next(one for one in made.reasons if one.rule == "prior-ticket-said")
        assert said.warning
        assert "several tickets" in str(said.text)

    def test_of_several_the_one_in_the_history_is_taken(self, desk: Desk) -> None:
        first_line(desk, "48300")
        bring(desk, f"Chamado 48211 e chamado 48300: {LONG}")
        (made,) = plans(desk)
        assert (made.decision, made.prior_ticket) == (Admission.ADMITTED, "48300")

    def test_a_number_that_the_history_does_not_know_leaves_room_for_the_right_one(self, desk: Desk) -> None:
        first_line(desk, "48300")
        protocol = bring(desk, f"Chamado 48211: {LONG}")
        carried_out(desk)
        held = ticket(desk, protocol)
        assert (held.admission, held.prior_ticket) == (Admission.AWAITING_INFO, None)
        customer_reply(desk, protocol, "Desculpe, é o 48300.")
        carried_out(desk)
        assert ticket(desk, protocol).prior_ticket == "48300"


class TestAnAnswer:
    @pytest.mark.req("S1-16", "S1-27")
    def test_a_number_that_was_asked_for_is_taken_over(self, desk: Desk) -> None:
        protocol = bring(desk)
        carried_out(desk)
        assert letters(desk, protocol) == ["P1"]
        customer_reply(desk, protocol, "Bom dia! O chamado é o 48211.")
        assert ticket(desk, protocol).admission is Admission.PENDING
        (made,) = carried_out(desk)
        assert "48211" in str(made.reasons[0].text)
        after = ticket(desk, protocol)
        assert (after.admission, after.prior_ticket) == (Admission.ADMITTED, "48211")

    def test_an_answer_without_the_number_is_asked_again(self, desk: Desk) -> None:
        protocol = bring(desk)
        carried_out(desk)
        customer_reply(desk, protocol, "Que número? Falei no dia 10/10/2026.")
        (made,) = carried_out(desk)
        assert (made.decision, letters(desk, protocol)) == (Admission.AWAITING_INFO, ["P1", "P1"])

    def test_a_number_in_what_is_quoted_is_not_the_customers(self, desk: Desk) -> None:
        protocol = bring(desk)
        carried_out(desk)
        said = "Não sei qual é.\n\nEm 10/10/2026, Ouvidoria <o@example.com> escreveu:\n> chamado 99881"
        customer_reply(desk, protocol, said)
        assert plans(desk)[0].prior_ticket is None

    def test_several_numbers_are_shown_to_a_person(self, desk: Desk) -> None:
        protocol = bring(desk)
        carried_out(desk)
        customer_reply(desk, protocol, "chamado 48211 ou chamado 48300")
        (made,) = plans(desk)
        assert made.prior_ticket is None
        assert [one.warning for one in made.reasons if one.rule == "prior-ticket-said"] == [True]

    def test_words_on_a_ticket_that_was_admitted_change_no_decision(self, desk: Desk) -> None:
        protocol = bring(desk, prior="1234")
        carried_out(desk)
        customer_reply(desk, protocol, "E então?")
        assert ticket(desk, protocol).admission is Admission.ADMITTED

    def test_whoever_was_sent_elsewhere_and_comes_back_with_a_number_is_heard(self, desk: Desk) -> None:
        protocol = bring(desk, PANEL)
        carried_out(desk)
        assert ticket(desk, protocol).close_reason is CloseReason.REDIRECTED
        customer_reply(desk, protocol, "Já fiz isso: chamado 48211")
        carried_out(desk)
        after = ticket(desk, protocol)
        assert (after.admission, after.status) == (Admission.ADMITTED, Status.CUSTOMER_REPLY)

    @pytest.mark.req("S4-33")
    def test_nobody_is_turned_away_twice_by_one_letter(self, desk: Desk) -> None:
        protocol = bring(desk, "Quero um desconto na mensalidade da loja, por favor", prior="1234")
        carried_out(desk)
        customer_reply(desk, protocol, "Mas eu sou cliente há dez anos.")
        (made,) = carried_out(desk)
        assert (made.decision, made.codes, letters(desk, protocol)) == (Admission.ADMITTED, (), ["I3"])
        assert "told-before" in {one.rule for one in made.reasons}


class TestAWish:
    @pytest.mark.parametrize("said", ["Sim", "sim, por favor!", "Yes"])
    @pytest.mark.req("S1-31")
    def test_a_yes_to_the_letter_makes_it_a_suggestion(self, desk: Desk, said: str) -> None:
        protocol = bring(desk, WISH, prior="1234")
        carried_out(desk)
        assert (ticket(desk, protocol).close_reason, letters(desk, protocol)) == (
            CloseReason.INELIGIBLE,
            ["I2"],
        )
        customer_reply(desk, protocol, said)
        (made,) = carried_out(desk)
        after = ticket(desk, protocol)
        assert (made.convert, after.type, after.admission) == (
            Type.SUGGESTION,
            Type.SUGGESTION,
            Admission.ADMITTED,
        )

    @pytest.mark.parametrize("said", ["Não, obrigada", "Sim, mas isso não resolve", "Isso foi prometido"])
    def test_anything_else_is_left_to_a_person(self, desk: Desk, said: str) -> None:
        protocol = bring(desk, WISH, prior="1234")
        carried_out(desk)
        customer_reply(desk, protocol, said)
        carried_out(desk)
        after = ticket(desk, protocol)
        assert (after.type, after.admission) == (Type.COMPLAINT, Admission.ADMITTED)

    def test_a_person_may_make_it_a_suggestion_before(self, desk: Desk) -> None:
        protocol = bring(desk, WISH, prior="1234")
        classify(desk, protocol, Classification(type=Type.SUGGESTION))
        (made,) = plans(desk)
        assert made.decision is Admission.ADMITTED


class TestNonCustomers:
    def test_without_a_register_nobody_is_said_not_to_stand_in_it(self, desk: Desk) -> None:
        bring(desk, prior=None, customer=Customer(0, "Rita", email="rita@example.com"))
        assert plans(desk)[0].messages == ("P1",)

    @pytest.mark.req("S1-11")
    def test_with_a_register_whoever_is_not_in_it_goes_to_commerce(self, desk: Desk) -> None:
        bring(desk, prior="1", customer=Customer(0, "Loja", email="l@example.com", external_id="C1"))
        bring(desk, customer=Customer(0, "Rita", email="rita@example.com"))
        assert [one.messages for one in carried_out(desk)] == [(), ("R3",)]


@pytest.mark.parametrize(
    ("profile", "text", "more", "letter"),
    [
        ("loja-virtual", PANEL, {}, "R1"),
        ("loja-virtual", "Onde pego a segunda via da fatura da minha loja?", {}, "R2"),
        ("loja-virtual", LONG, {"channel": Channel.CHAT, "prior": "1"}, "N2"),
        ("suporte-tecnico", "O técnico foi grosseiro comigo", {"channel": Channel.CHAT}, "N10"),
        ("suporte-tecnico", "Meu site foi invadido e tem vírus", {}, "P3"),
        ("ecommerce-planos", "Estratégia de marketing da loja", {"prior": "1"}, "N3"),
    ],
)
def test_every_letter_of_a_profile_can_be_filled(
    opened: Open, profile: str, text: str, more: dict[str, object], letter: str
) -> None:
    desk = opened(profile)
    if letter == "N10":  # a night in São Paulo
        desk.clock.at = 1_780_024_000  # type: ignore[attr-defined]
        text = "Tenho uma dúvida básica sobre o serviço"
    protocol = bring(desk, text, **more)  # type: ignore[arg-type]
    (made,) = carried_out(desk)
    assert deciding(made.decision.value, made.codes)
    assert letter in letters(desk, protocol)
    written = list(desk.store.messages(ticket(desk, protocol).id).values())[-1]
    assert "{{" not in written.text + written.subject


class TestTransfer:
    @pytest.mark.req("S2-10", "S2-11")
    def test_a_department_that_the_plan_has_not_is_refused_with_those_it_has(self, opened: Open) -> None:
        desk = opened("ecommerce-planos")
        protocol = bring(desk, plan="pacote-expresso")
        with pytest.raises(Refused) as caught:
            transfer(desk, protocol, "sucesso-do-cliente", "é estratégia")
        assert caught.value.code == "DEPT_NOT_IN_PLAN"
        assert "Qualidade e Projetos" in str(caught.value.message)
        assert ticket(desk, protocol).department is None
        assert transfer(desk, protocol, "qualidade-e-projetos", "é do pacote").result == "done"


class TestForbidden:
    def test_a_desk_that_receives_everything_refuses_by_no_plan_and_no_person(self, opened: Open) -> None:
        desk = opened("publico-13460")
        protocol = bring(desk)
        (made,) = plans(desk)
        bent = replace(made, decision=Admission.REDIRECTED, messages=("R3",), codes=("REDIRECTED",))
        ((_plan, outcome),) = apply(desk, [bent])
        assert outcome.code == "REFUSAL_FORBIDDEN_BY_PROFILE"
        with pytest.raises(Refused) as caught:
            override(desk, protocol, Admission.INELIGIBLE, "não é conosco")
        assert caught.value.code == "REFUSAL_FORBIDDEN_BY_PROFILE"


class TestReport:
    def test_decisions_are_counted_by_code_with_redirects_and_causes(self, desk: Desk) -> None:
        bring(desk, PANEL)
        bring(desk, prior="1234")
        carried_out(desk)
        found = refusals(desk)
        rows = {(row["code"], row["redirect"], row["redirect_cause"]): row for row in found.rows}
        assert rows["REDIRECTED", "acesso-ao-painel", "inactivity"]["turned_away"] == 1
        assert rows[None, None, None]["admitted"] == 1
        assert (found.totals["decisions"], found.totals["overridden_pct"]) == (2, 0.0)

    def test_who_is_sent_elsewhere_does_not_count_as_asked_for_a_number(self, desk: Desk) -> None:
        bring(desk, PANEL)
        bring(desk)
        sent, asked = carried_out(desk)
        assert sent.codes == ("REDIRECTED", "PRIOR_TICKET_REQUIRED")
        assert asked.codes == ("PRIOR_TICKET_REQUIRED",)
        found = {
            (row["decision"], row["code"]): row["decisions"]
            for row in refusals(desk, "decision", "code").rows
        }
        assert found == {("redirected", "REDIRECTED"): 1, ("awaiting-info", "PRIOR_TICKET_REQUIRED"): 1}

    def test_a_rule_that_is_overridden_shows(self, desk: Desk) -> None:
        first, _second = bring(desk, PANEL), bring(desk, "Perdi o acesso ao painel e não sei por quê")
        made = plans(desk)
        list(apply(desk, made))
        customer_reply(desk, first, "é outra coisa")
        override(desk, first, Admission.ADMITTED, "o painel abre, o erro é outro")
        found = refusals(desk, "rule")
        (row,) = [row for row in found.rows if row["rule"] == "acesso-ao-painel"]
        assert (row["decisions"], row["turned_away"], row["overridden"], row["overridden_pct"]) == (
            2,
            2,
            1,
            50.0,
        )

    def test_a_persons_own_decision_is_no_rules_doing(self, desk: Desk) -> None:
        override(desk, bring(desk, PANEL), Admission.ADMITTED, "conheço o caso")
        assert refusals(desk).totals["decisions"] == 0

    def test_a_desk_that_decided_nothing_has_no_share(self, desk: Desk) -> None:
        found = refusals(desk)
        assert (found.rows, found.totals["decisions"], found.totals["overridden_pct"]) == ((), 0, None)
