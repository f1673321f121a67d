"""How a report is shown: one object in json, rows elsewhere, with its explanation where people read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from ouvidoria_tui.cli.output import emit
from ouvidoria_tui.cli.reporting_words import DIMENSIONS, FIGURES, VOCABULARIES
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.dates import day, decimal, minutes_words, moment, rfc3339
from ouvidoria_tui.present.style import nothing
from ouvidoria_tui.present.words import _, clock_name, plural, say, status_label, term_of
from ouvidoria_tui.text import Text

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.domain.policy import Policy
    from ouvidoria_tui.report.answer import Average, Report

_MARGIN = 100
#: Figures that say something in their second decimal.
_TWO: Final = frozenset({"solved_pct", "solution_mean", "service_mean"})


def show(given: Globals, fmt: str, report: Report, policy: Policy) -> None:
    """Writes ``report`` to stdout; where that holds rows only, stderr says what they count and the head."""
    zone = policy.zone
    if fmt == "json":
        from ouvidoria_tui.present.json_text import json_text

        given.out.write(json_text(record_of(report, zone)) + "\n")
        return
    rows: Iterator[Record] = (_machine(row, zone) for row in report.rows)
    if fmt in ("table", "md"):
        rows = iter([*report.rows, *_total_line(report, fmt)])
    columns = _columns(report, fmt, policy, given.ascii)
    if fmt != "table":
        emit(given, fmt, rows, columns)
        for line in _explained(report, policy, None):
            given.narrate(line)
        return
    from ouvidoria_tui.present.safe import clean

    said = [clean(line) for line in _explained(report, policy, min(given.width or _MARGIN, _MARGIN))]
    given.out.write("\n".join(said[:1]) + "\n\n")
    if report.rows:
        emit(given, fmt, rows, columns)
        given.out.write("\n")
    given.out.write("\n".join(said[1:]) + "\n")


def record_of(report: Report, zone: str) -> dict[str, object]:
    """The report as json holds it."""
    asked = report.question
    record: dict[str, object] = {
        "name": report.name,
        "definition": say(report.definition),
        "period": None if asked.period is None else str(asked.period),
        "as_of": rfc3339(asked.as_of, zone),
        "by": list(report.dimensions),
        "rows": [_machine(row, zone) for row in report.rows],
        "totals": _machine(report.totals, zone),
    }
    if report.name == "sla":
        record["not_defined"] = list(report.not_defined)
        record["average"] = None if report.average is None else _average_record(report.average)
    return record | {
        "notes": [say(note) for note in report.notes],
        "policy": {"key": report.policy, "version": report.policy_version},
        "head": report.head,
        "query": list(report.queries),
    }


def _average_record(average: Average) -> dict[str, object]:
    return {
        "days": average.days,
        "target_days": average.target_days,
        "unit": average.unit.value,
        "tickets": average.tickets,
        "source": average.source,
        "assumed": average.assumed,
    }


def _machine(row: Record, zone: str) -> Record:
    oldest = row.get("oldest_at")
    return {**row, "oldest_at": rfc3339(oldest, zone)} if isinstance(oldest, int) else row


def _total_line(report: Report, fmt: str) -> list[Record]:
    """The totals as a last line, where there is more than one to add up and a place for the word."""
    if fmt == "md" or len(report.rows) < 2 or not report.dimensions:
        return []
    return [{**report.totals, "": True}]


def _columns(report: Report, fmt: str, policy: Policy, ascii_only: bool) -> list[Column]:
    if fmt not in ("table", "md"):
        return [Column(name, Text(name)) for name in (*report.dimensions, *report.figures)]
    none = nothing(ascii_only)
    columns = [
        Column(
            name, DIMENSIONS[name], flex=True, render=_dimension(name, report, policy, none, first=not place)
        )
        for place, name in enumerate(report.dimensions)
    ]
    for name in report.figures:
        title, priority = FIGURES[name]
        # What is nothing everywhere only takes room from what is something.
        if priority > 3 and not any(row.get(name) for row in report.rows):
            continue
        columns.append(
            Column(name, title, align="right", priority=priority, render=_figure(name, report, policy, none))
        )
    return columns


def _dimension(
    name: str, report: Report, policy: Policy, none: str, *, first: bool
) -> Callable[[Record], str]:
    names = report.names.get(name, {})

    def render(row: Record) -> str:
        if "" in row:
            return _("Total") if first else ""
        value = row.get(name)
        if value is None:
            return none
        slug = str(value)
        if name == "status":
            return status_label(slug, policy.labels)
        if name == "clock":
            return clock_name(slug)
        if name in VOCABULARIES:
            return term_of(VOCABULARIES[name], slug)
        return names.get(slug, slug)

    return render


def _figure(name: str, report: Report, policy: Policy, none: str) -> Callable[[Record], str]:
    from ouvidoria_tui.domain.policy import Unit

    # A day unit's own time is whole days of 1,440 minutes; ages by the wall are said in days too.
    in_days = {rule.name for rule in policy.clocks if rule.unit in (Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS)}
    only = str(report.rows[0].get("clock")) if report.rows else ""

    def render(row: Record) -> str:
        value = row.get(name)
        if not isinstance(value, int | float):
            return none
        if name == "oldest_at":
            return day(int(value), policy.zone)
        if name.endswith("_minutes"):
            minutes = int(value)
            if report.name == "sla" and str(row.get("clock", only)) in in_days:
                return f"{minutes // 1440}d"
            if report.name in ("backlog", "transfers", "delays") and minutes >= 1440:
                return f"{decimal(minutes / 1440)}d"
            return minutes_words(minutes)
        return decimal(value, 2 if name in _TWO else 1 if name.endswith("_pct") else 0)

    return render


def _explained(report: Report, policy: Policy, width: int | None) -> Iterator[str]:
    """What the report is, then what it counts, what it cannot say, and where it comes from."""
    asked, zone = report.question, policy.zone
    at = moment(asked.as_of, zone)
    if report.name == "areas":
        period = _("everything") if asked.period is None else str(asked.period)
        yield _("Report {name}, asked in {period}, as of {at}", name=report.name, period=period, at=at)
    elif asked.period is None:
        yield _("Report {name}, everything that arrived, as of {at}", name=report.name, at=at)
    else:
        first, last = _date_words(asked.period.first), _date_words(asked.period.last)
        yield _(
            "Report {name}, arrived {first} to {last}, as of {at}",
            name=report.name,
            first=first,
            last=last,
            at=at,
        )
    said = [say(report.definition), *(say(note) for note in report.notes)]
    if report.not_defined:
        names = ", ".join(map(clock_name, report.not_defined))
        said.append(_("Not defined by the profile {profile}: {clocks}", profile=report.policy, clocks=names))
    if report.average is not None:
        said += _average_words(report.average)
    for paragraph in said:
        yield from _wrapped(paragraph, width)
    yield _("Policy {key}, version {version}", key=report.policy, version=report.policy_version)
    yield _("Ledger head {head}", head=report.head)


def _average_words(average: Average) -> list[str]:
    unit = _("calendar days") if average.unit.value == "calendar-days" else _("business days")
    source = f" ({average.source})" if average.source else ""
    goal = _("forecast {target} {unit}{source}", target=average.target_days, unit=unit, source=source)
    if average.days is None:
        said = _("Mean time to a solution: nothing solved; {goal}", goal=goal)
    else:
        tickets = plural("{count} ticket", "{count} tickets", average.tickets)
        said = _(
            "Mean time to a solution: {days} over {tickets}; {goal}",
            days=decimal(average.days),
            tickets=tickets,
            goal=goal,
        )
    return [said] if not average.assumed else [said, average.assumed]


def _date_words(date_: date) -> str:
    return day(int(datetime(date_.year, date_.month, date_.day, 12, tzinfo=UTC).timestamp()), "UTC")


def _wrapped(text: str, width: int | None) -> list[str]:
    if width is None:
        return [text]
    from textwrap import wrap

    return wrap(text, max(width, 20)) or [""]
