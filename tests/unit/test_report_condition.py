from __future__ import annotations

from collections.abc import Mapping

import pytest

from ouvidoria_tui.domain.policy import Unit
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.report.answer import Average, Question, Report
from ouvidoria_tui.report.condition import parse_condition
from ouvidoria_tui.text import N_

FIGURES = ("total", "missed", "met_pct")


def report(
    totals: Mapping[str, object], *rows: Mapping[str, object], average: Average | None = None
) -> Report:
    return Report(
        name="sla",
        definition=N_("x"),
        question=Question("sla", 0),
        dimensions=(),
        figures=FIGURES,
        rows=rows,
        totals=totals,
        policy="p",
        policy_version=1,
        head="",
        queries=(),
        names={},
        average=average,
    )


SAMPLE = report({"total": 10, "missed": 1, "met_pct": 90.0}, {"met_pct": 80.0}, {"met_pct": 100.0})


@pytest.mark.parametrize(
    ("written", "true"),
    [
        ("met_pct<95", True),
        ("met_pct < 90", False),
        ("met_pct<=90%", True),
        ("met_pct < 90,5", True),
        ("totals.missed>0", True),
        ("missed>=2", False),
        ("missed=1", True),
        ("missed==1", True),
        ("missed!=1", False),
        ("missed>5 or met_pct<95", True),
        ("missed>5 or met_pct<95 and total>50", False),
        ("missed>0, total>5", True),
        ("missed>0 e total>50", False),
        ("rows.any.met_pct<90", True),
        ("rows.all.met_pct<90", False),
        ("rows.all.met_pct>=80", True),
        ("total>-1", True),
    ],
)
def test_a_condition_is_true_or_not(written: str, true: bool) -> None:
    assert parse_condition(written, FIGURES).holds(SAMPLE) is true


@pytest.mark.parametrize("written", ["met_pct<95", "met_pct>=0", "met_pct!=3", "rows.all.met_pct<90"])
def test_nothing_is_true_of_a_figure_that_does_not_exist(written: str) -> None:
    nothing = report({"total": 0, "missed": 0, "met_pct": None})
    condition = parse_condition(written, FIGURES)
    assert (condition.holds(nothing), condition.without_value(nothing)) == (False, ["met_pct"])


@pytest.mark.parametrize(("days", "true"), [(5.2, True), (4.9, False), (None, False)])
def test_the_average_can_be_asked_for(days: float | None, true: bool) -> None:
    average = Average(days, 5, Unit.CALENDAR_DAYS, 9, "S0-12", None)
    assert parse_condition("average.days>5", FIGURES).holds(report({}, average=average)) is true


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("", 1),
        ("met_pct", 1),
        ("met_pct<", 1),
        ("nonsense<3", 1),
        ("rows.any.nonsense<3", 10),
        ("average.total>1", 9),
        ("met_pct<95 xor missed>0", 12),
        ("met_pct<95 and", 12),
        ("met_pct<95 or missed", 14),
        ("__import__('os')", 1),
        ("met_pct<9e9", 10),
        ("missed>" + "9" * 5000, 501),
        ("\x1b[2Jmissed>0", 1),
    ],
)
def test_a_bad_expression_names_its_column(written: str, column: int) -> None:
    with pytest.raises(UsageError) as caught:
        parse_condition(written, FIGURES)
    assert (caught.value.code, caught.value.details["column"]) == ("BAD_EXPRESSION", column)
