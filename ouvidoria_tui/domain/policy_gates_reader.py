"""The gates of a policy, from ``[gates]`` and its lists of tables; every mistake is named at its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ouvidoria_tui.domain.policy_gates import (
    Cause,
    ChannelRule,
    Courtesy,
    Emergency,
    Entitlement,
    Evidence,
    Gates,
    Ineligible,
    NonCustomer,
    PlanChannels,
    Prior,
    Redirect,
    RefusalCode,
    Topic,
    Wording,
)
from ouvidoria_tui.domain.policy_reader import Section, read_reference
from ouvidoria_tui.domain.ticket import Channel, Difficulty, Type
from ouvidoria_tui.text import N_

#: What a template of a letter may be called.
TEMPLATES = ("P1", "P2", "P3", "I1", "I2", "I3", "R1", "R2", "R3", "R4", "N1", "N2", "N3", "N9", "N10")
#: What a row of the channel matrix writes for ``plans`` where its source names none (C-21).
UNSPECIFIED = "unspecified"


class _Registers:
    """The slugs that rules may refer to."""

    def __init__(
        self, departments: Collection[str], plans: Collection[str], calendars: Collection[str]
    ) -> None:
        self.departments, self.plans, self.calendars = departments, plans, calendars
        self.topics: tuple[str, ...] = ()


def read_gates(
    section: Section | None,
    departments: Collection[str],
    plans: Collection[str],
    calendars: Mapping[str, object],
) -> Gates:
    """The gates; without the table nothing is held back."""
    if section is None:
        return Gates()
    known = _Registers(departments, plans, calendars)
    topics = tuple(_topic(one) for one in section.sections("topics"))
    known.topics = tuple(topic.name for topic in topics)
    _once(section, "topics", known.topics)
    gates = Gates(
        topics=topics,
        channels=tuple(_channel(one, known) for one in section.sections("channels")),
        entitlements=tuple(_entitlement(one, known) for one in section.sections("entitlements")),
        redirects=tuple(_redirect(one, known) for one in section.sections("redirects")),
        ineligible=tuple(_ineligible(one) for one in section.sections("ineligible")),
        evidence=tuple(_evidence(one, known) for one in section.sections("evidence")),
        prior=_prior(section.section("prior"), known),
        non_customer=section.choice("non_customer", NonCustomer) or NonCustomer.ACCEPT,
        non_customer_contact=section.text("non_customer_contact"),
        non_customer_requirement=section.text("non_customer_requirement"),
        courtesy=_courtesy(section.section("courtesy")),
        emergency=_emergency(section.section("emergency")),
        stale_months=section.whole("stale_months", 1, 120) or 0,
        ticket_contact=section.text("ticket_contact"),
    )
    _once(section, "redirects", [one.name for one in gates.redirects])
    _once(section, "ineligible", [one.name for one in gates.ineligible])
    _check_needs(section, gates)
    section.close()
    return gates


def _once(section: Section, key: str, names: Sequence[str]) -> None:
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        section.note(key, N_("{slug} is already there; every slug may stand only once", slug=name))


def _check_needs(section: Section, gates: Gates) -> None:
    if gates.non_customer is NonCustomer.REDIRECT and not gates.non_customer_contact:
        section.note("non_customer", N_("say where they are sent, with {key}", key="non_customer_contact"))
    for key, rules in (("channels", gates.channels), ("evidence", gates.evidence)):
        if rules and not gates.ticket_contact:
            section.note(key, N_("say how a ticket is opened instead, with {key}", key="ticket_contact"))
            return


def _wording(section: Section) -> Wording:
    if not section.has("words"):
        section.note("words", N_("this key is missing"))
    return _words(section)


def _words(section: Section) -> Wording:
    wording = Wording(section.texts("words"), section.texts("unless"), section.flag("stem", False))
    for key, words in (("words", wording.words), ("unless", wording.unless)):
        for word in words:
            if word and sum(char.isalnum() for char in word) < 2:
                section.note(key, N_("“{word}” would match almost everything", word=word[:40]))
            elif "*" in word.rstrip("*") or word.count("*") > 1:
                section.note(key, N_("in “{word}” a * may stand only once, at the end", word=word[:40]))
    return wording


def _topic(section: Section) -> Topic:
    topic = Topic(
        name=section.need_slug("name"),
        title=section.need_text("title"),
        wording=_wording(section),
        requirement=section.text("requirement"),
        registered_address=section.flag("registered_address", False),
    )
    section.close()
    return topic


def _references(section: Section, key: str, known: Collection[str]) -> frozenset[str]:
    found = section.texts(key)
    for slug in found:
        if slug and slug not in known:
            section.note(
                key,
                N_(
                    "{slug} is not in the register of this policy: {known}",
                    slug=slug[:60],
                    known=", ".join(known),
                ),
            )
    return frozenset(found)


def _channel(section: Section, known: _Registers) -> ChannelRule:
    unspecified = section.has("plans") and section.raw["plans"] == UNSPECIFIED
    rule = ChannelRule(
        channel=section.need_choice("channel", Channel),
        allowed=section.flag("allowed", True),
        topics=_references(section, "topics", known.topics),
        types=section.choices("types", Type),
        difficulties=section.choices("difficulties", Difficulty),
        plans=frozenset() if unspecified else _references(section, "plans", known.plans),
        plan_from=read_reference(section, "plan_from", known.plans),
        calendar=read_reference(section, "calendar", known.calendars),
        customers=section.flag("customers", False),
        unspecified=unspecified,
        becomes_ticket=section.flag("becomes_ticket", False),
        requirement=section.text("requirement"),
    )
    section.close()
    return rule


def _entitlement(section: Section, known: _Registers) -> Entitlement:
    section.need_text("department")
    rule = Entitlement(
        department=read_reference(section, "department", known.departments) or "",
        plans=_references(section, "plans", known.plans),
        plan_from=read_reference(section, "plan_from", known.plans),
        contract=section.flag("contract", False),
        requirement=section.text("requirement"),
    )
    if not rule.plans and rule.plan_from is None and not rule.contract:
        section.note("plans", N_("say which plans have this department"))
    section.close()
    return rule


def _template(section: Section, usual: str) -> str:
    written = section.text("template") or usual
    if written not in TEMPLATES:
        section.note("template", N_("this must be one of: {names}", names=", ".join(TEMPLATES)))
    return written


def _redirect(section: Section, known: _Registers) -> Redirect:
    department = read_reference(section, "department", known.departments)
    rule = Redirect(
        name=section.need_slug("name"),
        title=section.need_text("title"),
        wording=_wording(section),
        template=_template(section, "R4" if department else "R1"),
        department=department,
        contact=section.text("contact"),
        causes=tuple(_cause(one) for one in section.sections("causes")),
        stays_with_prior=section.flag("stays_with_prior", False),
        requirement=section.text("requirement"),
    )
    if (rule.department is None) is (rule.contact is None):
        section.note(None, N_("say where to: a department of the desk, or a contact outside of it"))
    section.close()
    return rule


def _cause(section: Section) -> Cause:
    cause = Cause(section.need_slug("name"), section.need_text("title"), _words(section))
    section.close()
    return cause


def _ineligible(section: Section) -> Ineligible:
    code = section.need_choice("code", RefusalCode)
    usual = {RefusalCode.FEATURE_NOT_AVAILABLE: "I2", RefusalCode.COMMERCIAL_NEGOTIATION: "I3"}[code]
    rule = Ineligible(
        name=section.need_slug("name"),
        code=code,
        wording=_wording(section),
        template=_template(section, usual),
        contact=section.text("contact"),
        convert=section.choice("convert", Type),
        requirement=section.text("requirement"),
    )
    if rule.template == "I3" and rule.contact is None:
        section.note("contact", N_("say who deals with it instead"))
    section.close()
    return rule


def _evidence(section: Section, known: _Registers) -> Evidence:
    rule = Evidence(
        name=section.text("name") or "tier-two",
        topics=_references(section, "topics", known.topics),
        difficulties=section.choices("difficulties", Difficulty),
        channels=section.choices("channels", Channel),
        image=section.flag("image", False),
        steps=section.whole("steps", 1, 2_000) or 0,
        details=section.whole("details", 1, 5_000) or 0,
        template=_template(section, "P3"),
        competence=section.text("competence"),
        department=read_reference(section, "department", known.departments),
        requirement=section.text("requirement"),
    )
    if not rule.topics and not rule.difficulties:
        section.note(None, N_("say for which topics or difficulties this is needed"))
    section.close()
    return rule


def _prior(section: Section | None, known: _Registers) -> Prior:
    if section is None:
        return Prior()
    written = section.texts("channels")
    prior = Prior(
        # In the order in which they are written, because letters name them so.
        channels=tuple(sorted(section.choices("channels", Channel), key=written.index)),
        plans=tuple(_plan_channels(one, known, written) for one in section.sections("plans")),
        unsatisfied=section.flag("unsatisfied", False),
        requirement=section.text("requirement"),
    )
    _once(section, "plans", [one.plan for one in prior.plans])
    section.close()
    return prior


def _plan_channels(section: Section, known: _Registers, primary: Sequence[str]) -> PlanChannels:
    section.need_text("plan")
    row = PlanChannels(
        read_reference(section, "plan", known.plans) or "", section.choices("channels", Channel)
    )
    for channel in sorted(row.channels):
        if channel.value not in primary:
            section.note("channels", N_("{channel} is none of the primary channels", channel=channel.value))
    section.close()
    return row


def _emergency(section: Section | None) -> Emergency | None:
    if section is None:
        return None
    rule = Emergency(_wording(section), section.flag("lane", False), section.text("requirement"))
    section.close()
    return rule


def _courtesy(section: Section | None) -> Courtesy:
    if section is None:
        return Courtesy()
    usual = Courtesy()
    courtesy = Courtesy(
        capitals=section.whole("capitals", 1, 100) or 0,
        letters=section.whole("letters", 1, 10_000) or usual.letters,
        flood=section.whole("flood", 2, 1_000) or 0,
    )
    section.close()
    return courtesy
