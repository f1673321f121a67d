"""What a valid policy still leaves open: errors against the law, gaps, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.domain.policy import ClockRule, Policy
from ouvidoria_tui.domain.policy_check_gates import gate_findings
from ouvidoria_tui.domain.policy_collisions import collisions
from ouvidoria_tui.domain.policy_finding import Finding, FindingKind
from ouvidoria_tui.domain.policy_law import Origin
from ouvidoria_tui.text import N_

__all__ = ["Finding", "FindingKind", "check"]


def check(policy: Policy) -> list[Finding]:
    """The findings, errors first, then warnings, then assumptions; empty where nothing is left open.

    Whatever is marked ``to-confirm`` is an assumption, be it in use or off.
    """
    found = [
        *collisions(policy),
        *gate_findings(policy),
        *_receivers(policy),
        *_access(policy),
        *_assumptions(policy),
        *_unsure(policy),
    ]
    for clock in policy.clocks:
        found.extend(_clock(clock, policy.promise))
    order = list(FindingKind)
    return sorted(found, key=lambda one: order.index(one.severity))


def _receivers(policy: Policy) -> Iterator[Finding]:
    if not policy.receivers:
        message = N_("nobody is named who receives what comes: write receivers = [the roles]")
        yield Finding(FindingKind.WARNING, "receivers", message, "S4-15")


def _access(policy: Policy) -> Iterator[Finding]:
    """A public body asks nobody for a reason before it registers (Lei 13.460/2017 art. 11)."""
    if policy.public_body and policy.access.escalation_reason:
        message = N_("a public body cannot make a reason a condition of registering")
        yield Finding(FindingKind.ERROR, "access.escalation_reason", message, "Lei 13.460/2017 art. 11")


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


def _unsure(policy: Policy) -> Iterator[Finding]:
    """Whatever is marked ``to-confirm``, beside the figures of clocks, and the figures that are off."""
    if policy.counting.origin.unsure:
        yield _to_confirm("counting", policy.counting.origin)
    for clock in policy.clocks:
        key = f"clocks.{clock.name}"
        if clock.mark == "to-confirm" and not clock.enabled:
            yield _off(clock, key)
        elif clock.mark == "to-confirm":
            message = N_(
                "the figure of {clock} is not confirmed; read the norm before relying on it", clock=clock.name
            )
            yield Finding(FindingKind.ASSUMPTION, f"{key}.mark", message, clock.origin.norm or None)
        if clock.extension is not None:
            if clock.extension.origin.unsure:
                yield _to_confirm(f"{key}.extension", clock.extension.origin, on=clock.enabled)
            if clock.extension.monthly_cap_off is not None:
                message = N_("the cap of {percent}% a month is off", percent=clock.extension.monthly_cap_off)
                origin = clock.extension.origin.norm or clock.origin.norm
                yield Finding(FindingKind.ASSUMPTION, f"{key}.extension.monthly_cap", message, origin or None)
        if clock.suspension is not None and clock.suspension.origin.unsure:
            yield _to_confirm(f"{key}.suspension", clock.suspension.origin, on=clock.enabled)
    for duty, rule in policy.duties.items():
        if rule.origin.unsure:
            yield _to_confirm(f"duties.{duty.value}", rule.origin, on=rule.on)


def _off(clock: ClockRule, key: str) -> Finding:
    if clock.figure_off is None:
        message = N_("{clock} is off: its figure is not known and has to be confirmed", clock=clock.name)
    else:
        message = N_(
            "{clock} is off: {amount} {unit} is not confirmed; read the norm before switching it on",
            clock=clock.name,
            amount=clock.figure_off,
            unit=clock.unit.value,
        )
    return Finding(FindingKind.ASSUMPTION, f"{key}.mark", message, clock.origin.norm or None)


def _to_confirm(key: str, origin: Origin, *, on: bool = True) -> Finding:
    message = (
        N_("{key} is in use and not confirmed; read the norm before relying on it", key=key)
        if on
        else N_("{key} is off until it is confirmed in the norm", key=key)
    )
    return Finding(FindingKind.ASSUMPTION, f"{key}.mark", message, origin.norm or None)


def _clock(clock: ClockRule, promise: bool) -> Iterator[Finding]:
    key = f"clocks.{clock.name}"
    if clock.enabled and clock.amount is None and not clock.targets:
        # A desk that promises no date (S3-37) leaves nothing open by having no figure.
        if promise or clock.article:
            yield _gap(clock, key)
        return
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
