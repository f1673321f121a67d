"""Rights and duties in plain words, made from the very rules that the desk applies (S3-03).

Whatever a page promises here is what triage and the clocks do: there is no second text to keep true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.policy_rights_ways import Line, plan_names, ways
from ouvidoria_tui.cli.policy_words import amount_words, hours_words, origin_words
from ouvidoria_tui.domain.policy import PriorTicket
from ouvidoria_tui.domain.policy_collisions import norm_of
from ouvidoria_tui.domain.policy_gates import NonCustomer
from ouvidoria_tui.domain.policy_law import Anonymous, Duty
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.present.words import _, clock_name, plural, term_of

if TYPE_CHECKING:
    from ouvidoria_tui.domain.policy import Policy
    from ouvidoria_tui.domain.policy_gates import Evidence


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title."""

    title: str
    lines: tuple[Line, ...]


def rights(policy: Policy) -> list[Section]:
    """The page, in the language in force; sections without a line are left out."""
    sections = [
        Section(_("Who may write"), tuple(_who(policy))),
        Section(_("When"), tuple(_when(policy))),
        Section(_("By which way, and what"), tuple(ways(policy))),
        Section(_("What to bring"), tuple(_bring(policy))),
        Section(_("What is solved elsewhere"), tuple(_elsewhere(policy))),
        Section(_("In which order"), tuple(_order(policy))),
        Section(_("How long it takes"), tuple(_times(policy))),
    ]
    return [section for section in sections if section.lines]


def page(policy: Policy, version: int | None, *, markdown: bool) -> Iterator[str]:
    """The lines of the page; with their sources in markdown, bare in text."""
    title = _("Rights and duties: {name}", name=policy.name)
    yield f"# {title}" if markdown else title
    yield ""
    if version is None:
        yield _("Made from the rules of the profile {key}.", key=policy.key)
    else:
        yield _(
            "Made from the rules that the desk applies: {key}, version {version}.",
            key=policy.key,
            version=version,
        )
    for section in rights(policy):
        yield ""
        yield f"## {section.title}" if markdown else section.title
        if markdown:
            yield ""
        for line in section.lines:
            source = f" ({line.source})" if markdown and line.source else ""
            yield f"- {line.text}{source}" if markdown else f"  {line.text}"


def _who(policy: Policy) -> Iterator[Line]:
    gates = policy.gates
    norm = norm_of(policy, Duty.RECEIVE_EVERYTHING)
    if norm is not None:
        yield Line(_("Whatever you write is received; nobody is turned away."), norm)
    if gates.non_customer is NonCustomer.ACCEPT or norm is not None:
        yield Line(_("Anybody may write, customer or not."), "C-08")
    else:
        text = _(
            "Customers may write. Whoever is no customer turns to: {contact}.",
            contact=gates.non_customer_contact,
        )
        yield Line(text, gates.non_customer_requirement)
        yield Line(_("Whoever was harmed is heard, customer or not."), "C-08")
    if policy.anonymous is Anonymous.DENUNCIA_ONLY:
        yield Line(_("A report of wrongdoing may come without a name."), "C-25")


def _when(policy: Policy) -> Iterator[Line]:
    yield Line(_("Whatever arrives is registered at once, at any hour, and gets its number."), "C-28")
    desk = policy.calendars.get("desk")
    if desk is None:
        return
    hours = hours_words(desk)
    if desk.holidays:
        yield Line(_("The desk works: {hours}; not on holidays.", hours=hours), desk.assumed and "C-03")
    else:
        yield Line(_("The desk works: {hours}, holidays too.", hours=hours), desk.assumed and "C-03")


def _bring(policy: Policy) -> Iterator[Line]:
    triage = policy.triage
    source = triage.prior_ticket_requirement
    channels = ", ".join(term_of(Channel, one.value) for one in policy.gates.prior.channels)
    first = _("customer service ({ways})", ways=channels) if channels else _("customer service")
    match triage.prior_ticket:
        case PriorTicket.REQUIRED:
            yield Line(
                _("The number of the earlier request to {first}: without it the case waits.", first=first),
                source,
            )
        case PriorTicket.REQUESTED | PriorTicket.RECOMMENDED:
            yield Line(
                _(
                    "If you have it, the number of the earlier request to {first}; it may be missing.",
                    first=first,
                ),
                source,
            )
    if triage.description_minimum and triage.description_blocks:
        text = plural(
            "What happened, in your own words: at least {count} character.",
            "What happened, in your own words: at least {count} characters.",
            triage.description_minimum,
        )
        yield Line(text, triage.description_requirement)
    else:
        yield Line(
            _("What happened, in your own words; the more is told, the sooner it can be understood."),
            triage.description_requirement,
        )
    for rule in policy.gates.evidence:
        yield Line(_evidence(rule, policy), rule.requirement)


def _evidence(rule: Evidence, policy: Policy) -> str:
    titles = [topic.title for topic in policy.gates.topics if topic.name in rule.topics]
    what = "; ".join([*titles, *([_("problems that are hard to find")] if rule.difficulties else [])])
    wanted = [
        *([_("what happens, in detail")] if rule.details else []),
        *([_("a picture of the screen")] if rule.image else []),
        *([_("the steps up to the fault")] if rule.steps else []),
    ]
    return _("For {what}: {wanted}.", what=what, wanted=", ".join(wanted))


def _elsewhere(policy: Policy) -> Iterator[Line]:
    if norm_of(policy, Duty.RECEIVE_EVERYTHING) is not None:
        return
    gates = policy.gates
    names = {one.slug: one.name for one in policy.departments}
    for rule in gates.redirects:
        where = rule.contact or names.get(rule.department or "", rule.target)
        if rule.stays_with_prior:
            text = _(
                "{what}: {where}. If you have been there, write with the number you got.",
                what=rule.title,
                where=where,
            )
        else:
            text = _("{what}: {where}.", what=rule.title, where=where)
        yield Line(text, rule.requirement)
    for one in gates.ineligible:
        if one.code.value == "COMMERCIAL_NEGOTIATION":
            text = _(
                "Discounts and conditions of one's own: {where}. What was announced is looked into here.",
                where=one.contact,
            )
        elif one.convert is not None:
            text = _("What does not exist yet: it can be registered as a suggestion, which is answered.")
        else:
            text = _("What does not exist yet is not for the desk to decide.")
        yield Line(text, one.requirement)
    for limit in gates.entitlements:
        text = _(
            "{department}: for customers of {plans}.",
            department=names.get(limit.department, limit.department),
            plans=plan_names(sorted(limit.plans), limit.plan_from, policy),
        )
        yield Line(text, limit.requirement)


def _order(policy: Policy) -> Iterator[Line]:
    yield Line(_("In the order of arrival; only what the law puts first comes before."), "C-06")
    yield Line(
        _(
            "Writing again, or in capitals, changes neither the place nor the time, and costs nobody anything."
        ),
        "C-24",
    )
    if policy.triage.duplicates:
        yield Line(
            _("One ticket for one subject: a second one is joined to the first, which keeps its place."),
            policy.triage.duplicates_requirement,
        )
    yield Line(
        _("Whoever is told that a case ends, or goes elsewhere, may answer: it is looked at again."), "S4-33"
    )


def _times(policy: Policy) -> Iterator[Line]:
    if not policy.promise:
        yield Line(_("No date is promised: it depends on how hard the problem is."), "S3-37")
    without = [one.name for one in policy.clocks if one.enabled and one.amount is None and not one.targets]
    for clock in policy.clocks:
        if clock.enabled and clock.amount is not None:
            amount = amount_words(clock.amount, clock.unit)
            yield Line(f"{clock_name(clock.name)}: {amount}.", origin_words(clock) or None)
    if policy.promise and without:
        clocks = ", ".join(map(clock_name, without))
        yield Line(_("No time is fixed for: {clocks}.", clocks=clocks), "S2-48")
    if policy.average_days is not None:
        amount = amount_words(policy.average_days, policy.average_unit)
        text = _("On average a solution takes {amount}; one case may take longer.", amount=amount)
        yield Line(text, policy.average_source)
