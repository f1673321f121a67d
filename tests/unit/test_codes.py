"""Every refusal has a sentence and a next step, ends every call alike, and is known to a test."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ouvidoria_tui.cli.reference_codes import Saying, sayings

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent

#: The stable codes of refusal. Those that no rule uses yet are promised to the commands that will.
PROMISED = {
    "ILLEGAL_TRANSITION",
    "PRIOR_TICKET_REQUIRED",
    "PRIOR_RECORDS_REQUIRED",
    "DESCRIPTION_TOO_SHORT",
    "FEATURE_NOT_AVAILABLE",
    "COMMERCIAL_NEGOTIATION",
    "CHANNEL_NOT_ALLOWED",
    "CHANNEL_PURPOSE_MISMATCH",
    "CHANNEL_NOT_IN_PLAN",
    "DEPT_NOT_IN_PLAN",
    "OUTSIDE_HOURS",
    "SENDER_UNAUTHORISED",
    "ADDRESS_NOT_REGISTERED",
    "TICKET_REQUIRED",
    "MISSING_EVIDENCE",
    "NOT_COMPETENT",
    "TEAM_REQUIRED",
    "CONFLICT_OF_INTEREST",
    "BOTH_SIDES_REQUIRED",
    "STEP_SKIPPED",
    "OPEN_ACTIONS",
    "NO_MEASURES",
    "IMPROVEMENT_REQUIRED",
    "WRITTEN_CONFIRMATION_REQUIRED",
    "DUPLICATE",
    "REOPEN_NEEDS_INFORMATION",
    "EXTENSION_EXHAUSTED",
    "EXTENSION_CAP_REACHED",
    "EXTENSION_NEEDS_CONSENT",
    "SUSPENSION_ALREADY_USED",
    "REFUSAL_FORBIDDEN_BY_PROFILE",
    "IDENTITY_ACCESS_NEEDS_REASON",
    "TONE_WARNING",
    "NO_CONCLUSIVE_ANSWER",
    "STORE_EXISTS",
    "DATE_IN_FUTURE",
    "DATE_OUT_OF_ORDER",
    "TEMPLATE_INCOMPLETE",
}

#: Nothing can be done about it but to call again.
WITHOUT_NEXT_STEP = {"ABORTED"}


@cache
def _found() -> tuple[Saying, ...]:
    return tuple(sayings())


def _errors() -> list[Saying]:
    return [one for one in _found() if one.kind == "error"]


def test_every_promised_code_is_said_somewhere() -> None:
    assert {one.code for one in _found()} & PROMISED == PROMISED


def test_every_code_has_a_sentence() -> None:
    assert not [f"{one.place}: {one.code}" for one in _found() if not one.messages]


def test_every_error_names_the_next_step() -> None:
    hinted = {one.code for one in _errors() if one.hints}

    assert {one.code for one in _errors()} - hinted == WITHOUT_NEXT_STEP


def test_a_code_ends_every_call_alike() -> None:
    exits: dict[str, set[int | None]] = {}
    for one in _errors():
        exits.setdefault(one.code, set()).add(one.exit)

    assert not {code: found for code, found in exits.items() if len(found) > 1}


def test_every_code_of_an_error_or_of_a_gate_is_known_to_a_test() -> None:
    here = Path(__file__)
    said = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != here)
    known = set(re.findall(r"\b[A-Z0-9]+(?:_[A-Z0-9]+)*\b", said))

    assert not sorted({one.code for one in _found() if one.kind != "row"} - known)


def test_the_page_of_codes_names_each_of_them() -> None:
    page = (ROOT / "docs" / "codes.md").read_text("utf-8")

    assert not [one.code for one in _found() if f"`{one.code}`" not in page]
