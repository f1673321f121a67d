"""What a report is asked and what it answers: plain values, no words of a language, no layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.report.period import Period
from ouvidoria_tui.store.figures import Scope
from ouvidoria_tui.text import Text

#: One line of figures: dimensions under their names, then the figures. ``None`` is a figure that does not exist.
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """Which report, of what, as of when (UTC epoch seconds); ``past`` where that is not now.

    ``by`` are dimensions in the order wanted; empty asks for the report's own. ``clock`` names one clock.
    """

    name: str
    as_of: int
    past: bool = False
    period: Period | None = None
    by: tuple[str, ...] = ()
    clock: str | None = None

    @property
    def scope(self) -> Scope:
        """The same as the store's own bounds."""
        period = self.period
        if period is None:
            return Scope(self.as_of, self.past)
        if period.whole:
            return Scope(self.as_of, self.past, period.months)
        return Scope(self.as_of, self.past, period.months, period.start, period.end)


@dataclass(frozen=True, slots=True)
class Average:
    """The mean time to a solution beside its target: a forecast, never a deadline of one case (S0-12).

    ``days`` is ``None`` where nothing has been solved; days are those of ``unit``.
    """

    days: float | None
    target_days: int
    unit: Unit
    tickets: int
    source: str | None
    assumed: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """Rows and totals of one question, with what it takes to explain and to repeat them.

    ``dimensions`` head every row, ``figures`` follow. ``names`` maps a dimension to slug → name, for people.
    ``not_defined`` are clocks of the policy without a figure. ``queries`` are the statements that were run,
    ``head`` the ledger's, in hex, at the same moment.
    """

    name: str
    definition: Text
    question: Question
    dimensions: tuple[str, ...]
    figures: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: Row
    policy: str
    policy_version: int
    head: str
    queries: tuple[str, ...]
    names: Mapping[str, Mapping[str, str]]
    notes: tuple[Text, ...] = ()
    not_defined: tuple[str, ...] = ()
    average: Average | None = None
