"""What a policy asks of the work on a case before it ends: the ``[work]`` table of a profile, and how it is read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ouvidoria_tui.domain.policy_reader import Section, read_references
from ouvidoria_tui.text import N_


class Read(StrEnum):
    """Which conclusive answers a second person reads: to a type, or whatever goes against who wrote."""

    COMPLAINT = "complaint"
    CRITICISM = "criticism"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    REQUEST = "request"
    REPORT = "report"
    ADVERSE = "adverse"


@dataclass(frozen=True, slots=True)
class WorkRule:
    """What must have been done; a policy that says nothing asks for nothing.

    Before the merit is assessed, and before a conclusive answer: the ``prior_records`` of the first attendance
    (S1-21). Before a conclusive answer: the analysis (``steps``, S0-15), a ``team`` for what is complex (S4-20),
    ``measures`` or why there are none (S4-23), the ``quality`` check (S1-24), the ``complained_department`` of a
    dispute (S2-13), for tickets of the causes ``written_confirmation`` the customer's request in writing (S0-36),
    and in the departments ``reproduce`` whether the fault could be reproduced (S3-25). With it: whether the ``wish``
    that was recorded is met (S4-14). Before a complaint is closed as solved: an ``improvement``, or why there is none
    (S0-09). Before it is closed for silence: ``reminders``, each to the end of the day ``reminder_days`` later (S3-46).
    ``assess_competence`` names what an assessor must hold (S4-17), ``competence`` what whoever is given a ticket must
    (S4-13).

    Also before a conclusive answer: to a suggestion what was decided (``decision``, S4-31), to praise that it was
    handed on (``praise``), to a report that its ``elements`` were checked; and by ``second_reader``, the slugs of
    types or ``adverse``, that somebody else has read it (S4-32).
    """

    steps: bool = False
    team: bool = False
    measures: bool = False
    improvement: bool = False
    quality: bool = False
    reproduce: tuple[str, ...] = ()
    prior_records: bool = False
    complained_department: bool = False
    assess_competence: str | None = None
    competence: str | None = None
    written_confirmation: tuple[str, ...] = ()
    reminders: int = 0
    reminder_days: int = 0
    wish: bool = False
    decision: bool = False
    praise: bool = False
    elements: bool = False
    second_reader: frozenset[Read] = frozenset()


def read_work(section: Section | None, departments: Collection[str]) -> WorkRule:
    """The rule that ``[work]`` gives; ``departments`` are the slugs of the policy's register."""
    if section is None:
        return WorkRule()
    competences = {key: section.text(key) for key in ("assess_competence", "competence")}
    for key, competence in competences.items():
        if competence:
            section.check_slug(key, competence)
    causes = section.texts("written_confirmation")
    for cause in causes:
        if cause:
            section.check_slug("written_confirmation", cause)
    rule = WorkRule(
        steps=section.flag("steps", False),
        team=section.flag("team", False),
        measures=section.flag("measures", False),
        improvement=section.flag("improvement", False),
        quality=section.flag("quality", False),
        reproduce=read_references(section, "reproduce", departments),
        prior_records=section.flag("prior_records", False),
        complained_department=section.flag("complained_department", False),
        assess_competence=competences["assess_competence"] or None,
        competence=competences["competence"] or None,
        written_confirmation=causes,
        reminders=section.whole("reminders", 0, 10) or 0,
        reminder_days=section.whole("reminder_days", 0, 365) or 0,
        wish=section.flag("wish", False),
        decision=section.flag("decision", False),
        praise=section.flag("praise", False),
        elements=section.flag("elements", False),
        second_reader=section.choices("second_reader", Read),
    )
    if rule.reminder_days and not rule.reminders:
        section.note("reminder_days", N_("this needs reminders, how many there must be"))
    section.close()
    return rule
