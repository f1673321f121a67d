"""What a policy says of the areas and of looking back: ``[area_requests]`` and ``[analysis]``, as they are read."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.domain.policy_reader import Section
from ouvidoria_tui.text import N_


@dataclass(frozen=True, slots=True)
class AreaRule:
    """How areas are asked and told.

    ``withhold_identity``: an area is shown a text without personal data (``None``: as the law asks of this desk).
    An area says by the end of the day ``digest_days`` later that it has read a digest (S4-26); 0: nobody waits.
    """

    withhold_identity: bool | None = None
    digest_days: int = 0


@dataclass(frozen=True, slots=True)
class AnalysisRule:
    """How often what was recorded is analysed (S4-24): every so many ``months``, within ``days`` after their end.

    0 months: the policy asks for none.
    """

    months: int = 0
    days: int = 0


def read_areas(section: Section | None) -> AreaRule:
    """The rule that ``[area_requests]`` gives."""
    if section is None:
        return AreaRule()
    withheld = section.flag("withhold_identity", False) if section.has("withhold_identity") else None
    rule = AreaRule(withheld, section.whole("digest_days", 0, 365) or 0)
    section.close()
    return rule


def read_analysis(section: Section | None) -> AnalysisRule:
    """The rule that ``[analysis]`` gives."""
    if section is None:
        return AnalysisRule()
    rule = AnalysisRule(section.whole("months", 0, 12) or 0, section.whole("days", 0, 365) or 0)
    if rule.months and 12 % rule.months:
        section.note("months", N_("write 1, 2, 3, 4, 6 or 12: a year is made of whole periods"))
    if rule.days and not rule.months:
        section.note("days", N_("this needs months, how many make one period"))
    section.close()
    return rule
