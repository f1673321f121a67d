"""A triage plan for people: the table that fits 80 columns, one plan explained, and how applying it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.triage_record import APPLIED_KEYS, EXPLAINED_KEYS, KEYS
from ouvidoria_tui.domain.ticket import Admission, Difficulty, Severity
from ouvidoria_tui.domain.triage_plan import Plan
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
    facts = [
        (_("Department"), plan.department),
        (_("Severity"), term_of(Severity, plan.severity.value)),
        (_("Difficulty"), term_of(Difficulty, plan.difficulty.value)),
        (_("Analysis team"), _("yes") if plan.team else None),
        (_("Duplicate of"), plan.duplicate_of),
        (_("Letters to the customer"), ", ".join(plan.messages)),
        (_("Codes"), ", ".join(plan.codes)),
    ]
    lines += [f"  {name}: {value}" for name, value in facts if value]
    return [clean(line) for line in lines]


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
