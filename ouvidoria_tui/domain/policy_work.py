"""What a policy asks of the work on a case before it ends: the ``[work]`` table of a profile, and how it is read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ouvidoria_tui.domain.policy_reader import Section, read_references
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class WorkRule:
    """What must have been done; a policy that says nothing asks for nothing.

    Before the merit is assessed, and before a conclusive answer: the ``prior_records`` of the first attendance
    (S1-21). Before a conclusive answer: the analysis (``steps``, S0-15), a ``team`` for what is complex (S4-20),
    ``measures`` or why there are none (S4-23), the ``quality`` check (S1-24), the ``complained_department`` of a
    dispute (S2-13), for tickets of the causes ``written_confirmation`` the customer's request in writing (S0-36),
    and in the departments ``reproduce`` whether the fault could be reproduced (S3-25). With it: whether the ``wish``
    that was recorded is met (S4-14), and the ``decision`` on a suggestion (S4-31). Before a complaint is closed as
    solved: an ``improvement``, or why there is none (S0-09). Before it is closed for silence: ``reminders``, each
    ``reminder_days`` of 24 hours long (S3-46). ``assess_competence`` names what an assessor must hold (S4-17).
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
    written_confirmation: tuple[str, ...] = ()
    reminders: int = 0
    reminder_days: int = 0
    wish: bool = False
    decision: bool = False


def read_work(section: Section | None, departments: Collection[str]) -> WorkRule:
    """The rule that ``[work]`` gives; ``departments`` are the slugs of the policy's register."""
    if section is None:
        return WorkRule()
    competence = section.text("assess_competence")
    if competence:
        section.check_slug("assess_competence", competence)
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
        assess_competence=competence or None,
        written_confirmation=causes,
        reminders=section.whole("reminders", 0, 10) or 0,
        reminder_days=section.whole("reminder_days", 0, 365) or 0,
        wish=section.flag("wish", False),
        decision=section.flag("decision", False),
    )
    if rule.reminder_days and not rule.reminders:
        section.note("reminder_days", N_("this needs reminders, how many there must be"))
    section.close()
    return rule
