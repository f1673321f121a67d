"""Where a desk's wishes and the law collide: nine cases, each an error with the article that forbids it.

The law holds for a public body whether its profile says so or not, and for any desk whose profile declares
the duty (``[duties.…]``) or marks the clock as statutory.
"""

from __future__ import annotations

from collections.abc import Iterator

from ouvidoria_tui.domain.policy import ClockRule, Policy, PriorTicket
from ouvidoria_tui.domain.policy_finding import Finding, FindingKind
from ouvidoria_tui.domain.policy_law import PUBLIC_DUTIES, Anonymous, Duty, DutyUnit
from ouvidoria_tui.text import N_, Text

_RESTRICTED_YEARS = 100
_RESTRICTED_NORM = "Lei 12.527/2011 art. 31, § 1º, I"


def collisions(policy: Policy) -> Iterator[Finding]:
    """The errors against the law, in the order of the nine cases."""
    yield from _intake(policy)
    for clock in policy.clocks:
        if clock.statutory:
            yield from _extension(clock, policy)
            yield from _contract(clock)
            yield from _pause(clock, policy)
        yield from _within(clock, policy)
    yield from _identity(policy)
    yield from _duties(policy)


def withholds_identity(policy: Policy) -> bool:
    """Whether areas may not see who wrote: the policy says so, or says nothing and the law does."""
    wanted = policy.area_requests.withhold_identity
    return _hidden_by(policy) is not None if wanted is None else wanted


def _hidden_by(policy: Policy) -> str | None:
    return norm_of(policy, Duty.HIDE_IDENTITY) or norm_of(policy, Duty.PSEUDONYMISE)


def norm_of(policy: Policy, duty: Duty) -> str | None:
    """The norm that puts ``duty`` on this desk; ``None`` where none does, or it is off and unconfirmed."""
    rule = policy.duties.get(duty)
    public = PUBLIC_DUTIES.get(duty) if policy.public_body else None
    if rule is None or (not rule.on and rule.origin.unsure):
        return public
    return rule.origin.norm


def receives_everything(policy: Policy) -> bool:
    """Whether a norm lets this desk turn nobody away, whatever its gates say (Lei 13.460/2017 art. 11)."""
    return policy.public_body or norm_of(policy, Duty.RECEIVE_EVERYTHING) is not None


def _error(key: str, message: Text, norm: str | None) -> Finding:
    return Finding(FindingKind.ERROR, key, message, norm or None)


def _intake(policy: Policy) -> Iterator[Finding]:
    """Cases 1 and 2: nobody is turned away for want of an earlier ticket, or of words."""
    everything = norm_of(policy, Duty.RECEIVE_EVERYTHING)
    optional = norm_of(policy, Duty.PRIOR_TICKET_OPTIONAL) or norm_of(policy, Duty.ACCESS_WITHOUT_DATA)
    triage = policy.triage
    if triage.prior_ticket is PriorTicket.REQUIRED and policy.public_body:
        message = N_("a public body may never refuse to receive: write requested or recommended")
        yield _error("triage.prior_ticket", message, everything)
    elif triage.prior_ticket is PriorTicket.REQUIRED and (everything or optional):
        message = N_("the earlier ticket may be asked for, and its absence bars nobody: write requested")
        yield _error("triage.prior_ticket", message, optional or everything)
    if triage.description_minimum and triage.description_blocks and policy.public_body:
        message = N_("a public body may not hold back a short description: write description_blocks = false")
        yield _error("triage.description_blocks", message, everything)
    elif triage.description_minimum and triage.description_blocks and everything:
        message = N_("a short description may not hold a case back: write description_blocks = false")
        yield _error("triage.description_blocks", message, everything)
    if policy.public_body and policy.anonymous is Anonymous.NO:
        message = N_("a public body hears a denúncia without a name: write denuncia-only")
        yield _error("anonymous", message, "C-25")


def _extension(clock: ClockRule, policy: Policy) -> Iterator[Finding]:
    """Case 3: once, with a reason, within the limit, and with consent where the norm asks for it."""
    rule = clock.extension
    if rule is None:
        return
    key, norm = f"clocks.{clock.name}.extension", rule.origin.norm or clock.origin.norm
    if rule.times > 1:
        message = N_("a time of the law is extended once at most: write times = 1")
        yield _error(f"{key}.times", message, norm)
    if not rule.reason:
        message = N_("a time of the law is extended only with a reason: write reason = true")
        yield _error(f"{key}.reason", message, norm)
    consent = norm_of(policy, Duty.EXTENSION_WITH_CONSENT)
    if consent and not rule.consent:
        message = N_("a longer time needs the customer's recorded agreement: write consent = true")
        yield _error(f"{key}.consent", message, consent)
    base = clock.amount or clock.figure_off or 0
    if rule.most is not None and rule.amount is not None and base + rule.times * rule.amount > rule.most:
        message = N_(
            "{clock} and its extension are more than the most, {most}", clock=clock.name, most=rule.most
        )
        yield _error(f"{key}.amount", message, norm)


def _within(clock: ClockRule, policy: Policy) -> Iterator[Finding]:
    """Case 4: the area's time lies inside the desk's."""
    outer = next((one for one in policy.clocks if one.name == clock.within), None)
    if outer is None or outer.unit is not clock.unit or outer.amount is None or clock.amount is None:
        return
    if clock.amount > outer.amount:
        message = N_("{clock} runs inside {outer} and may not be longer", clock=clock.name, outer=outer.name)
        yield _error(f"clocks.{clock.name}.amount", message, clock.origin.norm)


def _contract(clock: ClockRule) -> Iterator[Finding]:
    """Case 5: neither plan nor contract lengthens or switches off a time of the law (C-13)."""
    key, norm = f"clocks.{clock.name}", clock.origin.norm or "C-13"
    if not clock.enabled and not clock.origin.unsure:
        message = N_("a clock of the law cannot be switched off; only an unconfirmed figure may be off")
        yield _error(f"{key}.enabled", message, norm)
    for target in clock.targets:
        if target.plan is not None:
            message = N_("a time of the law is the same under every plan: take the plan out of its targets")
            yield _error(f"{key}.targets", message, norm)
        elif clock.amount is not None and target.amount > clock.amount:
            message = N_("a target may be shorter than the time of the law, not longer")
            yield _error(f"{key}.targets", message, norm)


def _pause(clock: ClockRule, policy: Policy) -> Iterator[Finding]:
    """Only what the norm names suspends a time of the law, and only so many times (C-29)."""
    if clock.pause_while and (policy.public_body or clock.suspension is not None):
        message = N_("this clock stands still only as its suspension says: take pause_while out")
        yield _error(f"clocks.{clock.name}.pause_while", message, clock.origin.norm or "C-29")


def _identity(policy: Policy) -> Iterator[Finding]:
    """Case 7: areas never see who complained."""
    norm = _hidden_by(policy)
    if norm and not withholds_identity(policy):
        message = N_("areas may not see who complained: write withhold_identity = true")
        yield _error("area_requests.withhold_identity", message, norm)


def _duties(policy: Policy) -> Iterator[Finding]:
    """Cases 6, 8 and 9, and every other duty: what the law asks for cannot be switched off by the profile."""
    for duty, rule in policy.duties.items():
        norm = norm_of(policy, duty)
        if not rule.on and norm:
            message = N_("{duty} is asked by the law and cannot be switched off", duty=duty.value)
            yield _error(f"duties.{duty.value}.on", message, norm)
    identity = policy.duties.get(Duty.RESTRICT_IDENTITY)
    if identity is None or identity.amount is None:
        return
    if identity.unit is not DutyUnit.YEARS or identity.amount < _RESTRICTED_YEARS:
        message = N_("identity stays restricted for {years} years", years=_RESTRICTED_YEARS)
        yield _error("duties.restrict-identity.amount", message, identity.origin.norm or _RESTRICTED_NORM)
