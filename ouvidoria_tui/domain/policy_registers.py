"""The registers, labels and triage rules of a policy, from their TOML tables."""

from __future__ import annotations

import re
from collections.abc import Collection

from ouvidoria_tui.domain.policy import KeywordRule, Named, PriorTicket, TriageRule
from ouvidoria_tui.domain.policy_reader import Section, read_reference
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Status, Type
from ouvidoria_tui.text import N_


def read_register(root: Section, key: str) -> tuple[Named, ...]:
    """The entries of ``[[departments]]``, ``[[areas]]`` or ``[[plans]]``; a slug may stand only once."""
    found: list[Named] = []
    for section in root.sections(key):
        slug = section.need_slug("slug")
        if slug and any(slug == other.slug for other in found):
            section.note("slug", N_("{slug} is already there; every slug may stand only once", slug=slug))
        found.append(
            Named(
                slug=slug,
                name=section.need_text("name"),
                scope=section.text("scope") or "",
                rank=section.whole("rank", 0, 1_000_000) or 0,
                support_level=section.text("support_level"),
                due_days=section.whole("due_days", 1, 3_650) if key == "areas" else None,
            )
        )
        section.close()
    return tuple(found)


def read_labels(root: Section) -> dict[str, dict[Status, str]]:
    """The words of the statuses by language: ``[labels.pt-BR]`` with one key for each status (C-01)."""
    outer = root.section("labels")
    if outer is None:
        return {}
    found: dict[str, dict[Status, str]] = {}
    for language in outer.raw:
        section = outer.section(language)
        if section is None:
            continue
        found[language] = {status: section.need_text(status.value) for status in Status}
        section.close()
    return found


def read_triage(section: Section | None, departments: Collection[str]) -> TriageRule:
    """The gates and keyword rules of batch triage."""
    if section is None:
        return TriageRule()
    default = TriageRule()
    rule = TriageRule(
        prior_ticket=section.choice("prior_ticket", PriorTicket) or default.prior_ticket,
        prior_ticket_requirement=section.text("prior_ticket_requirement"),
        prior_ticket_pattern=_pattern(section, "prior_ticket_pattern"),
        description_minimum=section.whole("description_minimum", 0, 5_000) or 0,
        description_requirement=section.text("description_requirement"),
        description_blocks=section.flag("description_blocks", default.description_blocks),
        default_department=read_reference(section, "default_department", departments),
        default_severity=section.choice("default_severity", Severity) or default.default_severity,
        default_difficulty=section.choice("default_difficulty", Difficulty) or default.default_difficulty,
        duplicates=section.flag("duplicates", default.duplicates),
        duplicates_requirement=section.text("duplicates_requirement") or default.duplicates_requirement,
        keywords=_keywords(section, departments),
        prior_ticket_asks=section.whole("prior_ticket_asks", 0, 10) or 0,
        recurrence_days=section.whole("recurrence_days", 0, 3_650) or 0,
    )
    section.close()
    return rule


def _pattern(section: Section, key: str) -> str | None:
    written = section.text(key)
    if written:
        try:
            re.compile(written)
        except (re.error, RecursionError, OverflowError) as error:
            section.note(key, N_("this is not a regular expression: {why}", why=str(error)))
    return written or None


def _keywords(triage: Section, departments: Collection[str]) -> tuple[KeywordRule, ...]:
    found: list[KeywordRule] = []
    for section in triage.sections("keywords"):
        name = section.need_slug("name")
        if name and any(name == other.name for other in found):
            section.note("name", N_("{slug} is already there; every slug may stand only once", slug=name))
        rule = KeywordRule(
            name=name,
            words=_words(section),
            severity=section.choice("severity", Severity),
            difficulty=section.choice("difficulty", Difficulty),
            department=read_reference(section, "department", departments),
            type=section.choice("type", Type),
            requirement=section.text("requirement"),
        )
        if not any(section.has(key) for key in ("severity", "difficulty", "department", "type")):
            section.note(
                None, N_("this rule decides nothing; give it a severity, difficulty, department or type")
            )
        section.close()
        found.append(rule)
    return tuple(found)


def _words(section: Section) -> tuple[str, ...]:
    if not section.has("words"):
        section.note("words", N_("this key is missing"))
    words = section.texts("words")
    if section.has("words") and not any(char.isalnum() for word in words for char in word):
        section.note("words", N_("give at least one word or phrase"))
    return words
