from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.domain.admissibility import Case, Plan, Reason, triage
from ouvidoria_tui.domain.classify import compile_rules
from ouvidoria_tui.domain.first_line import Ending, Prior
from ouvidoria_tui.domain.policy import KeywordRule, PriorTicket, TriageRule
from ouvidoria_tui.domain.ticket import Admission, Channel, Difficulty, Severity, Type
from ouvidoria_tui.domain.triage_plan import deciding

LONG = "A fatura veio com um valor que não foi o contratado e ninguém explicou."

CASE = Case(
    protocol="2026-000002-0",
    subject="Fatura errada",
    text=LONG,
    type=Type.COMPLAINT,
    channel=Channel.PORTAL,
    customer=7,
    revision=3,
)

RULES = (
    KeywordRule("billing", ("fatura",), department="billing", requirement="S2-08"),
    KeywordRule("outage", ("fora do ar",), department="support", severity=Severity.HIGH),
    KeywordRule("loss", ("perda de dados",), severity=Severity.CRITICAL, difficulty=Difficulty.COMPLEX),
    KeywordRule("doubt", ("dúvida",), severity=Severity.LOW, difficulty=Difficulty.SIMPLE),
    KeywordRule("idea", ("sugiro",), type=Type.SUGGESTION),
)

POLICY = TriageRule(keywords=RULES, default_department="front")


def plan(case: Case = CASE, policy: TriageRule = POLICY, *, public_body: bool = False) -> Plan:
    return triage(case, policy, compile_rules(policy.keywords), public_body=public_body)


def reason(made: Plan, rule: str) -> Reason:
    return next(one for one in made.reasons if one.rule == rule)


def prior(mode: PriorTicket, requirement: str = "S1-16") -> TriageRule:
    return replace(POLICY, prior_ticket=mode, prior_ticket_requirement=requirement)


@pytest.mark.req("S1-16", "S1-27", "S2-14")
def test_a_missing_required_prior_ticket_waits_for_it_and_the_customer_is_asked() -> None:
    made = plan(policy=prior(PriorTicket.REQUIRED))
    assert made.decision is Admission.AWAITING_INFO
    assert made.codes == ("PRIOR_TICKET_REQUIRED",)
    assert made.messages == ("P1",)
    assert reason(made, "prior-ticket").requirement == "S1-16"


def test_a_prior_ticket_of_blanks_is_missing() -> None:
    made = plan(replace(CASE, prior_ticket="  "), prior(PriorTicket.REQUIRED))
    assert made.codes == ("PRIOR_TICKET_REQUIRED",)


def test_a_named_prior_ticket_is_admitted() -> None:
    made = plan(replace(CASE, prior_ticket="12345"), prior(PriorTicket.REQUIRED))
    assert (made.decision, made.codes, made.messages) == (Admission.ADMITTED, (), ())


@pytest.mark.req("S0-03")
@pytest.mark.parametrize("mode", [PriorTicket.RECOMMENDED, PriorTicket.REQUESTED])
def test_a_missing_recommended_prior_ticket_is_admitted_with_a_warning(mode: PriorTicket) -> None:
    made = plan(policy=prior(mode, "S0-03"))
    assert made.decision is Admission.ADMITTED
    assert made.codes == ()
    assert made.flags == ("first-instance-skipped",)
    assert reason(made, "prior-ticket").warning
    assert reason(made, "prior-ticket").requirement == "S0-03"


def test_without_the_gate_a_missing_prior_ticket_is_not_mentioned() -> None:
    assert [one for one in plan().reasons if one.rule == "prior-ticket"] == []


@pytest.mark.req("S1-27")
@pytest.mark.parametrize("number", ["não tenho", "1" * 65])
def test_a_prior_ticket_that_looks_wrong_is_flagged_and_not_refused(number: str) -> None:
    policy = replace(prior(PriorTicket.REQUIRED), prior_ticket_pattern="[0-9]+")
    made = plan(replace(CASE, prior_ticket=number), policy)
    assert made.decision is Admission.ADMITTED
    assert made.flags == ("prior-ticket-doubtful",)
    assert reason(made, "prior-ticket").warning


def looked_up(mode: PriorTicket, found: Prior | None, *, public_body: bool = False) -> Plan:
    return triage(
        replace(CASE, prior_ticket="123"),
        prior(mode),
        compile_rules(()),
        lookup_prior=lambda _case: found,
        public_body=public_body,
    )


def test_a_number_that_is_not_in_the_history_counts_as_missing_where_one_is_required() -> None:
    made = looked_up(PriorTicket.REQUIRED, None)
    assert (made.codes, made.messages) == (("PRIOR_TICKET_REQUIRED",), ("P1",))
    assert "not found in the imported history" in str(reason(made, "prior-ticket").text)


@pytest.mark.parametrize(
    ("mode", "public_body"), [(PriorTicket.RECOMMENDED, False), (PriorTicket.REQUIRED, True)]
)
def test_elsewhere_a_number_that_is_not_in_the_history_is_only_flagged(
    mode: PriorTicket, public_body: bool
) -> None:
    made = looked_up(mode, None, public_body=public_body)
    assert (made.decision, made.flags) == (Admission.ADMITTED, ("prior-ticket-doubtful",))


@pytest.mark.parametrize(
    ("same", "closed_at", "outcome", "flags"),
    [
        (True, 5, Ending.UNSATISFIED, ()),
        (True, 5, Ending.UNKNOWN, ()),
        (None, 5, Ending.UNSATISFIED, ()),
        (True, None, Ending.UNSATISFIED, ()),
        (False, 5, Ending.UNSATISFIED, ("prior-ticket-doubtful",)),
        (True, None, Ending.UNKNOWN, ("prior-ticket-doubtful",)),
        (True, 5, Ending.SATISFIED, ("prior-ticket-doubtful",)),
        (False, None, Ending.UNKNOWN, ("prior-ticket-doubtful",)),
    ],
)
def test_what_the_history_knows_of_a_number_is_said_and_what_is_against_it_flagged(
    same: bool | None, closed_at: int | None, outcome: Ending, flags: tuple[str, ...]
) -> None:
    made = looked_up(PriorTicket.REQUIRED, Prior("123", same, 1, closed_at, outcome))
    assert (made.decision, made.flags) == (Admission.ADMITTED, flags)
    assert any(one.rule.startswith("prior-ticket") for one in made.reasons)


@pytest.mark.req("S1-28")
def test_a_short_description_that_blocks_waits_for_more() -> None:
    policy = replace(POLICY, description_minimum=30, description_requirement="S1-28")
    made = plan(replace(CASE, text="não   funciona" + " " * 40), policy)
    assert made.decision is Admission.AWAITING_INFO
    assert made.codes == ("DESCRIPTION_TOO_SHORT",)
    assert made.messages == ("P2",)
    assert "12 characters; at least 30" in str(reason(made, "description").text)


def test_a_short_description_that_does_not_block_is_a_warning() -> None:
    policy = replace(POLICY, description_minimum=30, description_blocks=False)
    made = plan(replace(CASE, text="não funciona"), policy)
    assert (made.decision, made.codes) == (Admission.ADMITTED, ())
    assert reason(made, "description").warning


def test_both_gates_speak_at_once() -> None:
    policy = replace(prior(PriorTicket.REQUIRED), description_minimum=30)
    made = plan(replace(CASE, text=""), policy)
    assert made.codes == ("PRIOR_TICKET_REQUIRED", "DESCRIPTION_TOO_SHORT")
    assert made.messages == ("P1", "P2")


def test_a_public_body_never_holds_back() -> None:
    policy = replace(prior(PriorTicket.REQUIRED), description_minimum=30)
    made = plan(replace(CASE, text=""), policy, public_body=True)
    assert (made.decision, made.codes) == (Admission.ADMITTED, ())
    assert {one.rule for one in made.reasons if one.warning} == {"prior-ticket", "description"}


def duplicate_of(case: Case, original: str | None, policy: TriageRule = POLICY) -> tuple[Plan, list[str]]:
    asked: list[str] = []

    def lookup(looked_at: Case, subject: str) -> str | None:
        assert looked_at is case
        asked.append(subject)
        return original

    return triage(case, policy, compile_rules(()), lookup_duplicate=lookup), asked


@pytest.mark.req("S3-47")
def test_the_same_subject_of_the_same_customer_still_open_is_a_duplicate() -> None:
    made, asked = duplicate_of(replace(CASE, subject="RES: Fatura  ERRADA"), "2026-000001-3")
    assert asked == ["fatura errada"]
    assert made.decision is Admission.DUPLICATE
    assert made.codes == ("DUPLICATE",)
    assert made.messages == ("D1",)
    assert made.duplicate_of == "2026-000001-3"
    assert reason(made, "duplicate").requirement == "S3-47"


def test_a_duplicate_is_not_asked_for_what_its_original_already_answers_for() -> None:
    made, _ = duplicate_of(CASE, "2026-000001-3", prior(PriorTicket.REQUIRED))
    assert made.codes == ("DUPLICATE",)


@pytest.mark.parametrize("case", [replace(CASE, customer=None), replace(CASE, subject=" Re: ")])
def test_without_a_customer_or_a_subject_nothing_is_a_duplicate(case: Case) -> None:
    made, asked = duplicate_of(case, "2026-000001-3")
    assert (made.decision, asked) == (Admission.ADMITTED, [])


def test_a_case_is_not_its_own_duplicate() -> None:
    made, _ = duplicate_of(CASE, CASE.protocol)
    assert made.decision is Admission.ADMITTED


def test_a_policy_may_leave_duplicates_alone() -> None:
    made, asked = duplicate_of(CASE, "2026-000001-3", replace(POLICY, duplicates=False))
    assert (made.decision, asked) == (Admission.ADMITTED, [])


def test_the_first_department_rule_wins_with_its_evidence() -> None:
    made = plan(replace(CASE, text=LONG + " E o site está fora do ar."))
    assert made.department == "billing"
    assert reason(made, "billing").requirement == "S2-08"
    assert "fatura" in str(reason(made, "billing").text)


def test_without_a_rule_the_default_department_is_taken_and_said() -> None:
    made = plan(replace(CASE, subject="", text="nada que se conheça"))
    assert made.department == "front"
    assert "default" in str(reason(made, "default-department").text)


@pytest.mark.req("S2-05")
def test_a_chosen_department_stays_and_another_is_only_suggested() -> None:
    made = plan(replace(CASE, department="support"))
    assert made.department == "support"
    assert reason(made, "billing").warning
    assert "suggestion: billing" in str(reason(made, "billing").text)


def test_a_chosen_department_that_the_rule_agrees_with_needs_no_word() -> None:
    made = plan(replace(CASE, department="billing"))
    assert [one for one in made.reasons if one.rule == "billing"] == []


@pytest.mark.req("S4-19")
def test_the_gravest_rule_gives_the_severity_and_says_the_word() -> None:
    made = plan(replace(CASE, text="Tenho uma dúvida: fora do ar e com perda de dados?"))
    assert made.severity is Severity.CRITICAL
    assert str(reason(made, "loss").text) == "severity critical: it says “perda de dados”"


@pytest.mark.req("S4-18")
def test_every_case_leaves_with_a_difficulty() -> None:
    assert plan().difficulty is Difficulty.MEDIUM
    assert plan(replace(CASE, text="Só uma dúvida")).difficulty is Difficulty.SIMPLE
    assert plan(replace(CASE, text="dúvida sobre perda de dados")).difficulty is Difficulty.COMPLEX


def test_a_persons_grades_are_never_changed() -> None:
    graded = replace(CASE, text="perda de dados", severity=Severity.LOW, difficulty=Difficulty.SIMPLE)
    made = plan(graded)
    assert (made.severity, made.difficulty, made.team) == (Severity.LOW, Difficulty.SIMPLE, False)


def test_a_complex_case_needs_a_team() -> None:
    made = plan(replace(CASE, text="perda de dados"))
    assert made.team
    assert reason(made, "team").requirement == "S4-20"


def test_a_simple_case_needs_no_team() -> None:
    assert not plan(replace(CASE, text="dúvida")).team


def test_a_type_is_only_suggested() -> None:
    made = plan(replace(CASE, text="sugiro outra coisa"))
    assert made.type is Type.SUGGESTION
    assert reason(made, "idea").warning
    assert plan(replace(CASE, type=Type.SUGGESTION, text="sugiro outra coisa")).type is None


def test_a_plan_remembers_which_state_of_the_ticket_it_was_made_for() -> None:
    assert (plan().protocol, plan().revision) == (CASE.protocol, 3)


@pytest.mark.req("S3-05")
@pytest.mark.parametrize("severity", list(Severity))
def test_no_gravity_keeps_a_case_out(severity: Severity) -> None:
    assert plan(replace(CASE, severity=severity)).decision is Admission.ADMITTED


@pytest.mark.req("S4-33")
@settings(max_examples=150, deadline=None)
@given(
    mode=st.sampled_from(PriorTicket),
    minimum=st.integers(0, 60),
    text=st.text(max_size=60),
    number=st.none() | st.text(max_size=8),
    original=st.none() | st.just("2026-000001-3"),
    public=st.booleans(),
)
def test_no_case_is_held_back_without_a_message_and_a_code(
    mode: PriorTicket, minimum: int, text: str, number: str | None, original: str | None, public: bool
) -> None:
    policy = replace(prior(mode), description_minimum=minimum)
    case = replace(CASE, text=text, prior_ticket=number)
    made = triage(
        case,
        policy,
        compile_rules(policy.keywords),
        lookup_duplicate=lambda _case, _subject: original,
        public_body=public,
    )
    assert (made.decision is not Admission.ADMITTED) == bool(made.codes) == bool(made.messages)
    assert len(made.codes) == len(made.messages)
    assert bool(deciding(made.decision.value, made.codes)) == bool(made.codes)
