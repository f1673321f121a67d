"""A policy as one record for machines, and as rows of section, name and value for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.policy_gate_rows import gate_lines, gate_record
from ouvidoria_tui.cli.policy_words import (
    amount_words,
    choice_words,
    clock_record,
    hours_text,
    hours_words,
    origin_words,
)
from ouvidoria_tui.domain.policy_access import LEVELS
from ouvidoria_tui.domain.policy_collisions import withholds_identity
from ouvidoria_tui.domain.policy_gates import Gates
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Turn
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.column import human as words_of
from ouvidoria_tui.present.words import _, clock_name, plural, say, term, term_of
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.policy import CalendarRule, ClockRule, ClockTarget, Named, Policy, TriageRule
    from ouvidoria_tui.domain.policy_access import AccessRule, Way
    from ouvidoria_tui.domain.policy_law import DutyRule
    from ouvidoria_tui.domain.policy_mail import MailRule
    from ouvidoria_tui.domain.policy_work import WorkRule


def whole(policy: Policy, version: int | None) -> dict[str, object]:
    """The policy under the keys of ``policy show --format json``."""
    return {
        "version": version,
        "key": policy.key,
        "name": policy.name,
        "source": policy.source,
        "zone": policy.zone,
        "promise": policy.promise,
        "public_body": policy.public_body,
        "average": None
        if policy.average_days is None
        else {
            "days": policy.average_days,
            "unit": policy.average_unit.value,
            "source": policy.average_source,
            "assumed": policy.average_assumed,
        },
        "holidays": {
            "country": policy.holidays.country,
            "state": policy.holidays.state,
            "optional": list(policy.holidays.optional),
            "municipal": list(policy.holidays.municipal),
            "local": dict(policy.holidays.local),
        },
        "calendars": [_calendar(rule) for rule in policy.calendars.values()],
        "counting": asdict(policy.counting),
        "clocks": [clock_record(rule) for rule in policy.clocks],
        "anonymous": policy.anonymous,
        "ombudsman": policy.ombudsman,
        "organisation": policy.organisation,
        "receivers": sorted(policy.receivers),
        "duties": [asdict(rule) for rule in policy.duties.values()],
        "gates": _gates(policy.triage),
        "admission": gate_record(policy.gates),
        "keywords": [
            {
                "name": rule.name,
                "words": list(rule.words),
                "severity": rule.severity,
                "difficulty": rule.difficulty,
                "department": rule.department,
                "type": rule.type,
                "requirement": rule.requirement,
            }
            for rule in policy.triage.keywords
        ],
        "levels": [{"level": rung.level, "name": rung.name, "to": rung.to} for rung in policy.levels],
        "departments": [_named(entry) for entry in policy.departments],
        "areas": [{**_named(entry), "due_days": entry.due_days} for entry in policy.areas],
        "plans": [
            {**_named(entry), "rank": entry.rank, "support_level": entry.support_level}
            for entry in policy.plans
        ],
        "labels": {
            language: {status.value: word for status, word in words.items()}
            for language, words in policy.labels.items()
        },
        "mail": _mail(policy.mail),
        "work": _work(policy.work),
        "area_requests": asdict(policy.area_requests),
        "analysis": asdict(policy.analysis),
        "telling": asdict(policy.telling),
        "tone": {"words": list(policy.tone.words)},
        "access": _access(policy.access),
        "ways": [{**asdict(way), "number": LEVELS[way.level]} for way in policy.access.ways],
    }


def sheet(policy: Policy, version: int | None, *, human: bool) -> Iterator[Record]:
    """The rows of the flat formats: ``section name value note``; words for people, slugs for machines."""
    if version is not None:
        yield _row("policy", "version", version)
    yield _row("policy", "key", policy.key)
    yield _row("policy", "name", policy.name, policy.source)
    yield _row("policy", "zone", policy.zone)
    yield _row("policy", "promise", policy.promise)
    yield _row("policy", "public_body", policy.public_body)
    said = (
        ("anonymous", policy.anonymous),
        ("ombudsman", policy.ombudsman),
        ("organisation", policy.organisation),
        ("receivers", ", ".join(sorted(policy.receivers)) or None),
    )
    yield from (_row("policy", name, word) for name, word in said if word is not None)
    if policy.average_days is not None:
        amount = amount_words(policy.average_days, policy.average_unit)
        if not human:
            amount = f"{policy.average_days} {policy.average_unit.value}"
        note = "; ".join(filter(None, (policy.average_source, _assumed(policy.average_assumed, human))))
        yield _row("average", "solution", amount, note)
    for name, rule in policy.calendars.items():
        hours = hours_words(rule) if human else hours_text(rule)
        yield _row("calendar", name, hours, _assumed(rule.assumed, human))
    for clock in policy.clocks:
        yield from _clock(clock, human)
    for gate, value in _gates(policy.triage).items():
        yield _row("gate", gate, _gate_words(gate, value) if human else value)
    if policy.gates != Gates():
        for name, value, requirement in gate_lines(policy.gates):
            yield _row("gate", name, words_of(value) if human else value, requirement)
    for key, value in _mail(policy.mail).items():
        if value or isinstance(value, bool):
            yield _row("mail", key, value)
    for section, asked in (("work", _work(policy.work)), ("telling", asdict(policy.telling))):
        for key, value in asked.items():
            if value or isinstance(value, bool):
                yield _row(section, key, value)
    yield from _areas(policy)
    yield from _reaching(policy, human)
    for duty in policy.duties.values():
        yield _row("duty", duty.duty.value, *_duty(duty, human))
    for rung in policy.levels:
        yield _row("level", f"N{rung.level}", rung.name)
    for section, entries in (
        ("department", policy.departments),
        ("area", policy.areas),
        ("plan", policy.plans),
    ):
        for entry in entries:
            yield _row(section, entry.slug, entry.name, entry.scope)
    for language, words in policy.labels.items():
        for status, word in words.items():
            yield _row("label", f"{language}.{status.value}", word)


def sheet_columns() -> tuple[Column, ...]:
    """The columns of :func:`sheet`."""
    sections = {
        "policy": N_("policy"),
        "average": N_("average"),
        "calendar": N_("calendar"),
        "clock": N_("clock"),
        "gate": N_("gate of triage"),
        "mail": N_("mail"),
        "work": N_("work on a case"),
        "area_requests": N_("requests to areas"),
        "analysis": N_("analysis"),
        "telling": N_("telling the customer"),
        "tone": N_("tone of letters"),
        "access": N_("reaching the desk"),
        "way": N_("way to be helped"),
        "duty": N_("duty"),
        "level": N_("escalation"),
        "department": N_("department"),
        "area": N_("area"),
        "plan": N_("plan"),
        "label": N_("status label"),
    }

    def section(record: Record) -> str:
        return say(sections[str(record["section"])])

    def name(record: Record) -> str:
        slug = str(record["name"])
        return clock_name(slug) if record["section"] == "clock" else slug

    return (
        Column("section", N_("Section"), render=section, priority=1),
        Column("name", N_("Name"), render=name),
        Column("value", N_("Value"), flex=True),
        Column("note", N_("Remark"), flex=True, priority=2),
    )


def _gate_words(gate: str, value: object) -> str:
    if gate == "default_severity":
        return term_of(Severity, value)
    if gate == "default_difficulty":
        return term_of(Difficulty, value)
    return words_of(value) if value is None or isinstance(value, bool) else choice_words(value)


def _row(section: str, name: str, value: object, note: str = "") -> Record:
    return {"section": section, "name": name, "value": value, "note": note}


def _clock(rule: ClockRule, human: bool) -> Iterator[Record]:
    def amount(figure: int | None) -> str:
        if human:
            return amount_words(figure, rule.unit)
        return "not defined" if figure is None else f"{figure} {rule.unit.value}"

    notes = [origin_words(rule) if human else ", ".join(filter(None, (rule.source, rule.article, rule.mark)))]
    if human and rule.pause_while:
        turns = ", ".join(term(turn) for turn in Turn if turn in rule.pause_while)
        notes.append(_("stands still while the turn is: {turns}", turns=turns))
    if rule.figure_off is not None:
        off = amount(rule.figure_off)
        notes.append(_("switched off, to be confirmed: {amount}", amount=off) if human else f"off: {off}")
    notes.append(_assumed(rule.assumed, human))
    yield _row("clock", rule.name, amount(rule.amount), "; ".join(filter(None, notes)))
    for target in rule.targets:
        yield _row("clock", rule.name, amount(target.amount), _conditions(target))


def _duty(rule: DutyRule, human: bool) -> tuple[object, str]:
    """What a duty asks, and where it comes from."""
    figure = "" if rule.amount is None or rule.unit is None else f"{rule.amount} {rule.unit.value}"
    if human and figure:
        figure = f"{rule.amount} {choice_words(rule.unit)}"
    state: object = rule.on if not rule.on or not figure else figure
    note = origin_words(rule.origin) if human else rule.origin.norm
    return words_of(state) if human else state, "; ".join(filter(None, (note, rule.note)))


def _reaching(policy: Policy, human: bool) -> Iterator[Record]:
    """The tone of letters, who reaches the desk, and the ways to be helped."""
    tone = policy.tone.words
    told = plural("{count} word or phrase", "{count} words and phrases", len(tone))
    yield _row("tone", "words", told if human else ", ".join(tone))
    for key, value in _access(policy.access).items():
        if value or isinstance(value, bool):
            yield _row("access", key, value)
    for way in policy.access.ways:
        yield _row("way", way.name, *_way(way, human))


def _access(rule: AccessRule) -> dict[str, object]:
    """How the desk is reached, by the keys of ``[access]``."""
    return {
        "at_request": rule.at_request,
        "escalation_reason": rule.escalation_reason,
        "record_channel": rule.record_channel,
    }


def _way(way: Way, human: bool) -> tuple[str, str]:
    """What a way is called and for, with its level; the advised one is marked (S0-13, S0-31)."""
    level = f"{LEVELS[way.level]} {term(way.level) if human else way.level.value}"
    advised = (_("recommended") if human else "recommended") if way.recommended else ""
    said = f"{way.title}: {way.purpose}" if way.purpose else way.title
    return said, ", ".join(filter(None, (level, advised, way.requirement)))


def _conditions(target: ClockTarget) -> str:
    given = ("type", "severity", "difficulty", "department", "plan")
    return ", ".join(f"{name}={getattr(target, name)}" for name in given if getattr(target, name) is not None)


def _assumed(sentence: str | None, human: bool) -> str:
    if not sentence:
        return ""
    return _("assumed: {what}", what=sentence) if human else f"assumed: {sentence}"


def _gates(rule: TriageRule) -> dict[str, object]:
    return {
        "prior_ticket": rule.prior_ticket.value,
        "prior_ticket_requirement": rule.prior_ticket_requirement,
        "prior_ticket_pattern": rule.prior_ticket_pattern,
        "description_minimum": rule.description_minimum,
        "description_requirement": rule.description_requirement,
        "description_blocks": rule.description_blocks,
        "default_department": rule.default_department,
        "default_severity": rule.default_severity.value,
        "default_difficulty": rule.default_difficulty.value,
        "duplicates": rule.duplicates,
        "duplicates_requirement": rule.duplicates_requirement,
        "prior_ticket_asks": rule.prior_ticket_asks,
    }


def _mail(rule: MailRule) -> dict[str, object]:
    """How mail is taken in, by the keys of ``[mail]``; ``size`` in bytes."""
    return {
        "identity": rule.identity.value,
        "recent_days": rule.recent_days,
        "own_hosts": list(rule.own_hosts),
        "addresses": dict(rule.addresses),
        "limits": asdict(rule.limits),
        "letters": asdict(rule.letters),
    }


def _work(rule: WorkRule) -> dict[str, object]:
    """What must have been done before a case ends, by the keys of ``[work]``."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(rule).items()}


def _areas(policy: Policy) -> Iterator[Record]:
    """What is said of areas and of looking back, as it is in force."""
    yield _row("area_requests", "withhold_identity", withholds_identity(policy))
    if policy.area_requests.digest_days:
        yield _row("area_requests", "digest_days", policy.area_requests.digest_days)
    if policy.analysis.months:
        yield _row("analysis", "months", policy.analysis.months)
        yield _row("analysis", "days", policy.analysis.days)


def _calendar(rule: CalendarRule) -> dict[str, object]:
    return {
        "name": rule.name,
        "zone": rule.zone,
        "week": {day: [list(window) for window in found] for day, found in rule.week.items()},
        "dates": {day: [list(window) for window in found] for day, found in rule.dates.items()},
        "holidays": rule.holidays,
        "assumed": rule.assumed,
    }


def _named(entry: Named) -> dict[str, object]:
    return {"slug": entry.slug, "name": entry.name, "scope": entry.scope}
