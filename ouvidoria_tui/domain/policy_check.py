"""What a valid policy still leaves open: errors against the law, gaps, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.policy import ClockRule, Policy, PriorTicket
from ouvidoria_tui.text import N_, Text

__all__ = ["Finding", "FindingKind", "check"]


class FindingKind(StrEnum):
    """How much a finding weighs: an error must be corrected before the policy is applied."""

    ERROR = "error"
    WARNING = "warning"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a policy; ``requirement`` is the requirement, ruling or law that it comes from."""

    severity: FindingKind
    key: str
    message: Text
    requirement: str | None = None


def check(policy: Policy) -> list[Finding]:
    """The findings, errors first, then warnings, then assumptions; empty where nothing is left open."""
    found = [*_law(policy), *_assumptions(policy)]
    for clock in policy.clocks:
        found.extend(_clock(clock, policy.promise))
    order = list(FindingKind)
    return sorted(found, key=lambda one: order.index(one.severity))


def _law(policy: Policy) -> Iterator[Finding]:
    triage = policy.triage
    if not policy.public_body:
        return
    if triage.prior_ticket is PriorTicket.REQUIRED:
        yield Finding(
            FindingKind.ERROR,
            "triage.prior_ticket",
            N_("a public body may never refuse to receive: write requested or recommended"),
            "Lei 13.460/2017 art. 11",
        )
    if triage.description_minimum and triage.description_blocks:
        yield Finding(
            FindingKind.ERROR,
            "triage.description_blocks",
            N_("a public body may not hold back a short description: write description_blocks = false"),
            "Lei 13.460/2017 art. 11",
        )


def _assumptions(policy: Policy) -> Iterator[Finding]:
    for name, calendar in policy.calendars.items():
        if calendar.assumed:
            yield _assumed(f"calendars.{name}", calendar.assumed, "C-03")
    for clock in policy.clocks:
        if clock.assumed:
            yield _assumed(f"clocks.{clock.name}", clock.assumed, "C-05")
    if policy.average_assumed:
        yield _assumed("average", policy.average_assumed, "C-05")


def _assumed(key: str, sentence: str, requirement: str) -> Finding:
    return Finding(FindingKind.ASSUMPTION, key, N_("assumed: {what}", what=sentence), requirement)


def _clock(clock: ClockRule, promise: bool) -> Iterator[Finding]:
    key = f"clocks.{clock.name}"
    if clock.amount is None and not clock.targets:
        # A desk that promises no date (S3-37) leaves nothing open by having no figure.
        if promise or clock.article:
            yield _gap(clock, key)
        return
    if clock.mark == "to-confirm":
        yield Finding(
            FindingKind.WARNING,
            f"{key}.mark",
            N_(
                "the figure of {clock} is not confirmed; read the norm before relying on it", clock=clock.name
            ),
        )
    if clock.statutory:
        for field, value in (
            ("source", clock.source),
            ("article", clock.article),
            ("checked_on", clock.checked_on),
        ):
            if not value:
                message = N_("a statutory clock must say its {field}", field=field)
                yield Finding(FindingKind.ERROR, f"{key}.{field}", message)


def _gap(clock: ClockRule, key: str) -> Finding:
    if clock.article:
        message = N_(
            "{clock} is not defined: the figure comes from {article} and has to be filled in",
            clock=clock.name,
            article=clock.article,
        )
    else:
        message = N_("{clock} is not defined: the source gives no figure", clock=clock.name)
    return Finding(FindingKind.WARNING, f"{key}.amount", message, "S2-48")
