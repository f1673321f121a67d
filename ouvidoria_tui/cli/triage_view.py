"""A triage plan for people: the table that fits 80 columns, one plan explained, and how applying it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.triage_record import APPLIED_KEYS, EXPLAINED_KEYS, KEYS
from ouvidoria_tui.domain.ticket import Admission, Difficulty, Severity, Type
from ouvidoria_tui.domain.triage_plan import Answer, Plan, Verdict
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.columns import machine_columns
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, say, term_of
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.outcome import Outcome

_RESULTS: Mapping[str, Text] = {
    "done": N_("done"),
    "unchanged": N_("unchanged"),
    "refused": N_("refused"),
    "conflict": N_("changed since"),
}

_GATES: Mapping[str, Text] = {
    "duplicate": N_("another open ticket on the same"),
    "sender": N_("who writes"),
    "customer": N_("customer of the company"),
    "redirect": N_("solved by somebody else"),
    "prior-ticket": N_("previous ticket"),
    "channel": N_("way in"),
    "eligibility": N_("the desk can decide it"),
    "department": N_("department of the plan"),
    "address": N_("address to send to"),
    "evidence": N_("evidence for the analysis"),
    "description": N_("description"),
    "registration": N_("registration of the customer"),
    "courtesy": N_("courtesy"),
    "emergency": N_("emergency"),
}
_ANSWERS: Mapping[Answer, Text] = {
    Answer.OPEN: N_("open"),
    Answer.WARNS: N_("open, look at it"),
    Answer.HOLDS: N_("holds"),
    Answer.NOT_ASKED: N_("not asked for"),
}


def columns(fmt: str, *, applied: bool, explained: bool = False) -> tuple[Column, ...]:
    """The columns of plans: a few for ``table`` and ``md``, all keys for the machine formats."""
    if fmt not in ("table", "md"):
        return machine_columns(EXPLAINED_KEYS if explained else APPLIED_KEYS if applied else KEYS)
    shown = (
        Column("protocol", N_("Protocol"), width=13),
        Column("decision", N_("Decision"), render=_decision, tone=_tone),
        Column("department", N_("Department"), width=8, priority=2),
        Column(
            "severity", N_("Severity"), priority=3, render=lambda row: term_of(Severity, row.get("severity"))
        ),
        Column(
            "difficulty",
            N_("Difficulty"),
            priority=4,
            render=lambda row: term_of(Difficulty, row.get("difficulty")),
        ),
        Column("reasons", N_("Why"), width=26, flex=True, render=_why),
    )
    return (*shown, Column("result", N_("Result"), render=_result)) if applied else shown


def explanation(plan: Plan, admission: Admission) -> list[str]:
    """One plan in lines, each reason with its rule and requirement; ``admission`` is the ticket's present one."""
    lines = [f"{plan.protocol}  {term_of(Admission, plan.decision.value)}"]
    if admission is not Admission.PENDING:
        decided = term_of(Admission, admission.value)
        lines.append("  " + _("This ticket has been decided already: {decision}.", decision=decided))
    for reason in plan.reasons:
        source = ", ".join(part for part in (reason.rule, reason.requirement) if part)
        lines.append(f"  {'!' if reason.warning else '-'} {say(reason.text)} [{source}]")
    if plan.verdicts:
        lines.append("  " + _("Gates, in the order in which they were asked:"))
        lines += [_verdict(number, one) for number, one in enumerate(plan.verdicts, 1)]
    facts = [
        (_("Department"), plan.department),
        (_("Severity"), term_of(Severity, plan.severity.value)),
        (_("Difficulty"), term_of(Difficulty, plan.difficulty.value)),
        (_("Analysis team"), _("yes") if plan.team else None),
        (_("Duplicate of"), plan.duplicate_of),
        (_("Previous ticket"), plan.prior_ticket),
        (_("Sent to"), " / ".join(filter(None, (plan.redirect, plan.redirect_cause)))),
        (_becomes(plan), term_of(Type, plan.convert.value) if plan.convert else None),
        (_("Letters to the customer"), ", ".join(plan.messages)),
        (_("Codes"), ", ".join(plan.codes)),
    ]
    lines += [f"  {name}: {value}" for name, value in facts if value]
    return [clean(line) for line in lines]


def _becomes(plan: Plan) -> str:
    return _("Becomes") if plan.decision is Admission.ADMITTED else _("Offered as")


def _verdict(number: int, one: Verdict) -> str:
    name = say(_GATES.get(one.gate, Text(one.gate)))
    codes = f" ({', '.join(one.codes)})" if one.codes else ""
    return f"  {number:>4}. {name}: {say(_ANSWERS[one.answer])}{codes}"


class Endings:
    """How the tickets of a plan ended: what was refused is said on stderr, and the exit code follows from all."""

    def __init__(self, given: Globals, fmt: str) -> None:
        self.given = given
        self.machine = fmt in ("json", "jsonl")
        self.total = 0
        self.refusals: list[int] = []
        self._last: Outcome | None = None

    def add(self, outcome: Outcome) -> None:
        """One more ticket; in json and jsonl its code stands in its record and stderr stays free."""
        self.total += 1
        error = outcome.error
        if error is None:
            return
        self.refusals.append(error.exit_code)
        self._last = outcome
        if not self.machine:
            hint = "" if error.hint is None else "  " + clean(say(error.hint)) + "\n"
            self.given.err.write(
                clean(f"{outcome.protocol}: {say(error.message)} [{error.code}]") + "\n" + hint
            )

    def exit_code(self) -> int:
        """0; 6 where some were refused; where all were: the one code they share, else 4.

        A single ticket that was refused is an error of the call: json and jsonl say it on stderr too.
        """
        if not self.refusals:
            return 0
        if self.machine and self.total == 1 and self._last is not None and self._last.error is not None:
            from ouvidoria_tui.cli.fail import say_failure

            say_failure(self._last.error, ["--format", "json"])
        if len(self.refusals) < self.total:
            return 6
        kinds = set(self.refusals)
        return kinds.pop() if len(kinds) == 1 else 4


def _decision(record: Record) -> str:
    return term_of(Admission, record.get("decision"))


def _tone(record: Record) -> str:
    return "" if record.get("decision") == Admission.ADMITTED.value else "warn"


def _result(record: Record) -> str:
    result = str(record.get("result"))
    word = _RESULTS.get(result)
    return result if word is None else say(word)


def _why(record: Record) -> str:
    """The reasons that decided first; a plan that holds nothing back says its first one."""
    reasons = record.get("reasons")
    if not isinstance(reasons, Sequence):
        return ""
    codes = record.get("codes")
    said = [str(reason["text"]) for reason in reasons]
    return "; ".join(said if codes or not said else said[:2])
