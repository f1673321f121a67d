"""What ``--fail-if`` asks of a report: ``met_pct<95``, ``missed>0 or overdue>=10``, ``rows.any.met_pct<90``."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.report.answer import Report
from ouvidoria_tui.text import N_, Text

#: Longer ones are no condition that a person wrote.
LONGEST = 500

_TERM = re.compile(
    r"\s*(?:(?P<scope>totals|rows\.any|rows\.all|average)\.)?(?P<figure>[a-z][a-z0-9_]*)"
    r"\s*(?P<op><=|>=|==|!=|<|>|=)\s*(?P<number>-?\d{1,15}(?:[.,]\d{1,6})?)\s*%?\s*",
    re.ASCII,
)
_WORD = re.compile(r"(and|or|e|ou)(?=\s)|,", re.ASCII)


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison; ``scope`` is ``totals``, ``rows.any``, ``rows.all`` or ``average``."""

    scope: str
    figure: str
    op: str
    number: float
    written: str

    def holds(self, report: Report) -> bool:
        """Whether it is true of ``report``; a figure that does not exist is neither below nor above anything."""
        found = [self._compare(value) for value in values(self, report)]
        return all(found) and bool(found) if self.scope == "rows.all" else any(found)

    def _compare(self, value: float | None) -> bool:
        if value is None:
            return False
        match self.op:
            case "<":
                return value < self.number
            case "<=":
                return value <= self.number
            case ">":
                return value > self.number
            case ">=":
                return value >= self.number
            case "!=":
                return value != self.number
            case _:
                return value == self.number


@dataclass(frozen=True, slots=True)
class Condition:
    """Comparisons joined by ``and`` inside, by ``or`` outside."""

    written: str
    any_of: tuple[tuple[Term, ...], ...]

    def holds(self, report: Report) -> bool:
        """Whether it is true of ``report``."""
        return any(all(term.holds(report) for term in terms) for terms in self.any_of)

    def without_value(self, report: Report) -> list[str]:
        """The figures that it names and that do not exist in ``report``: nothing was compared with them."""
        terms = [term for terms in self.any_of for term in terms]
        return [term.figure for term in terms if all(value is None for value in values(term, report))]


def values(term: Term, report: Report) -> list[float | None]:
    """The figures that a term looks at."""
    if term.scope == "average":
        return [None if report.average is None else report.average.days]
    rows = report.rows if term.scope.startswith("rows") else (report.totals,)
    found = [row.get(term.figure) for row in rows]
    return [value if isinstance(value, int | float) else None for value in found]


def parse_condition(text: str, figures: Collection[str]) -> Condition:
    """The condition of ``text`` over ``figures``. Raises ``UsageError`` ``BAD_EXPRESSION`` with its column."""
    if len(text) > LONGEST:
        raise _bad(text, LONGEST, N_("the expression is too long"), figures)
    any_of: list[list[Term]] = [[]]
    at = 0
    while True:
        match = _TERM.match(text, at)
        if match is None:
            raise _bad(text, at, N_("a comparison is expected here"), figures)
        any_of[-1].append(_term(match, text, figures))
        at = match.end()
        if at == len(text):
            return Condition(text.strip(), tuple(map(tuple, any_of)))
        word = _WORD.match(text, at)
        if word is None:
            raise _bad(text, at, N_("`and` or `or` is expected here"), figures)
        if word[1] in ("or", "ou"):
            any_of.append([])
        at = word.end()


def _term(match: re.Match[str], text: str, figures: Collection[str]) -> Term:
    scope, figure = match["scope"] or "totals", match["figure"]
    if figure not in ({"days"} if scope == "average" else figures):
        name = N_("there is no figure {name} in this report", name=figure[:40])
        raise _bad(text, match.start("figure"), name, figures)
    return Term(scope, figure, match["op"], float(match["number"].replace(",", ".")), match[0].strip())


def _bad(text: str, at: int, message: Text, figures: Collection[str]) -> UsageError:
    return UsageError(
        "BAD_EXPRESSION",
        N_("column {column} of the expression: {problem}", column=at + 1, problem=message),
        N_(
            "write it like {example}; the figures are: {names}",
            example="missed>0 or rows.any.total>=100",
            names=", ".join(figures),
        ),
        details={"column": at + 1, "expression": text[:LONGEST]},
    )
