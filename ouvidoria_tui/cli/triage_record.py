"""A triage plan as a record of the machine formats, and back: ``--format jsonl`` saves it, ``--plan`` reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.domain.ticket import Admission, Difficulty, Severity, Type
from ouvidoria_tui.domain.triage_plan import Plan, Reason
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import say
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.outcome import Outcome

#: The keys of a plan: a contract. With ``--apply`` ``result`` and ``code`` follow, with ``--explain`` what similar
#: tickets suggest.
KEYS: Final = (
    "protocol",
    "decision",
    "codes",
    "reasons",
    "department",
    "severity",
    "difficulty",
    "team",
    "duplicate_of",
    "messages",
    "flags",
    "redirect",
    "redirect_cause",
    "convert",
    "prior_ticket",
    "places",
    "gates",
    "revision",
)
APPLIED_KEYS: Final = (*KEYS, "result", "code")
EXPLAINED_KEYS: Final = (*KEYS, "suggestions")

_LONGEST = 1_000_000
_LONGEST_SOURCE = 120
_MOST = 100
_LONGEST_PLACE = 2_000
_NUMBER = re.compile(r"#?[A-Za-z0-9][A-Za-z0-9./-]{0,63}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")


def plan_record(plan: Plan) -> dict[str, object]:
    """A plan under :data:`KEYS`; the reasons' texts in the language in force."""
    return {
        "protocol": plan.protocol,
        "decision": plan.decision.value,
        "codes": list(plan.codes),
        "reasons": [
            {"rule": reason.rule, "requirement": reason.requirement, "text": say(reason.text)}
            for reason in plan.reasons
        ],
        "department": plan.department,
        "severity": plan.severity.value,
        "difficulty": plan.difficulty.value,
        "team": plan.team,
        "duplicate_of": plan.duplicate_of,
        "messages": list(plan.messages),
        "flags": list(plan.flags),
        "redirect": plan.redirect,
        "redirect_cause": plan.redirect_cause,
        "convert": None if plan.convert is None else plan.convert.value,
        "prior_ticket": plan.prior_ticket,
        "places": dict(plan.places),
        "gates": [
            {"gate": one.gate, "answer": one.answer.value, "codes": list(one.codes)} for one in plan.verdicts
        ],
        "revision": plan.revision,
    }


def applied_record(plan: Plan, outcome: Outcome) -> dict[str, object]:
    """A plan and how carrying it out ended, under :data:`APPLIED_KEYS`."""
    return {**plan_record(plan), "result": outcome.result.value, "code": outcome.code}


def read_plans(file: BinaryIO, name: str) -> Iterator[Plan]:
    """The plans of a file of JSON lines as :func:`plan_record` writes them; further keys are passed over.

    Raises ``UsageError`` ``PLAN_UNREADABLE`` naming the line.
    """
    for number, line in enumerate(iter(partial(file.readline, _LONGEST + 1), b""), 1):
        if not line.strip():
            continue
        try:
            if len(line) > _LONGEST:
                raise ValueError
            yield _plan(json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UsageError):
            raise UsageError(
                "PLAN_UNREADABLE",
                N_("line {line} of {file} is no triage plan", line=number, file=name),
                N_("save a plan with: ouvidoria triage --format jsonl > FILE"),
                details={"file": name, "line": number},
            ) from None


def _plan(value: dict[str, object]) -> Plan:
    revision = value["revision"]
    team = value["team"]
    if type(revision) is not int or not 0 < revision < 2**31 or type(team) is not bool:
        raise ValueError
    original = value["duplicate_of"]
    department = value["department"]
    return Plan(
        protocol=parse_protocol(_text(value["protocol"])),
        decision=Admission(_text(value["decision"])),
        codes=_names(value["codes"]),
        reasons=tuple(_reason(item) for item in _list(value["reasons"])),
        department=None if department is None else _text(department),
        severity=Severity(_text(value["severity"])),
        difficulty=Difficulty(_text(value["difficulty"])),
        team=team,
        duplicate_of=None if original is None else parse_protocol(_text(original)),
        messages=_names(value["messages"]),
        flags=_names(value.get("flags") or []),
        revision=revision,
        redirect=_optional_name(value.get("redirect")),
        redirect_cause=_optional_name(value.get("redirect_cause")),
        convert=None if value.get("convert") is None else Type(_text(value["convert"])),
        prior_ticket=_number(value.get("prior_ticket")),
        places=_places(value.get("places")),
    )


def _reason(item: object) -> Reason:
    if not isinstance(item, dict):
        raise TypeError
    requirement = item["requirement"]
    if requirement is not None:
        requirement = _text(requirement)
        if len(requirement) > _LONGEST_SOURCE or not requirement.isprintable():
            raise ValueError
    # The sentence was filled when the plan was made: it is shown as it is.
    return Reason(_name(item["rule"]), requirement, N_("{said}", said=_text(item["text"])))


def _names(value: object) -> tuple[str, ...]:
    return tuple(_name(item) for item in _list(value))


def _name(value: object) -> str:
    # Rules, requirements and codes go into the ledger, which holds no free text.
    if not isinstance(value, str) or _NAME.fullmatch(value) is None:
        raise ValueError
    return value


def _optional_name(value: object) -> str | None:
    return None if value is None else _name(value)


def _number(value: object) -> str | None:
    """A previous ticket's number: it goes into the ledger, too."""
    if value is None:
        return None
    if not isinstance(value, str) or _NUMBER.fullmatch(value) is None:
        raise ValueError
    return value


def _places(value: object) -> dict[str, str]:
    """What the letters name; the texts go into letters only, and the places are names."""
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > _MOST:
        raise TypeError
    places = {_name(name): _text(said) for name, said in value.items()}
    if any(len(said) > _LONGEST_PLACE or not said.isprintable() for said in places.values()):
        raise ValueError
    return places


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
