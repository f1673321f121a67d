"""`ouvidoria analysis`: what was recorded, analysed period by period, with conclusions and by whom (S4-24)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.domain.digest import Analysis

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)
#: The keys of an analysis in the machine formats: a contract. One that is missing has no number.
KEYS: Final = ("number", "first", "last", "state", "by", "recorded_at", "recorded_by", "text")
_STATES: Final[Mapping[str, Text]] = {"recorded": N_("recorded"), "overdue": N_("overdue")}


@app.callback(
    invoke_without_command=True,
    help=_("Analyses of what was recorded, by period; without a command it lists them and what is overdue.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria analysis\n"
    "ouvidoria analysis record --period 2026-11 --by 'Comitê de qualidade' --text 'A cobrança dobrada voltou.'",
)
def analysis(ctx: typer.Context) -> int | None:
    return list_(ctx) if ctx.invoked_subcommand is None else None


@app.command(
    "list",
    help=_("The analyses that were recorded, and the periods that wait for one.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria analysis list --format json",
)
def list_(ctx: typer.Context, fmt: FormatOption = None) -> int:
    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        records = [*_missing(desk), *(_record(desk, one) for one in desk.store.analyses())]
        emit(given, chosen, records, _columns(chosen, desk.policy.policy.zone))
    if chosen == "table" and not records:
        given.narrate(_("no analysis was recorded, and the policy asks for none"))
    return 0


@app.command(
    "record",
    help=_("Record the analysis of a period, with its conclusions.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria analysis record --period last-month --by Diretoria --text -",
)
def record(
    ctx: typer.Context,
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help=_("What was analysed: 2026-11, last-month"))
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("Who analysed it"))],
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="TEXT", help=_("The conclusions; - reads them from the standard input")
        ),
    ],
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.cli.area_digests import span_of
    from ouvidoria_tui.desk.digest import record_analysis

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    words = text_from(text) or ""
    with given.desk() as desk:
        made, changed = record_analysis(desk, span_of(desk, period), by, words)
        emit(given, chosen, [_record(desk, made)], _columns(chosen, desk.policy.policy.zone))
    if not changed:
        given.narrate(_("unchanged"))
    return 0


def _missing(desk: Desk) -> Iterator[dict[str, object]]:
    from ouvidoria_tui.domain.digest import missing_analyses
    from ouvidoria_tui.report.digests import connection, founded_at

    policy = desk.policy.policy
    founded = founded_at(connection(desk.store))
    wanting = missing_analyses(policy.analysis, desk.store.analyses(), founded, desk.clock.now(), policy.zone)
    for first, last in wanting:
        yield {
            **dict.fromkeys(KEYS),
            "first": first.isoformat(),
            "last": last.isoformat(),
            "state": "overdue",
        }


def _record(desk: Desk, one: Analysis) -> dict[str, object]:
    from ouvidoria_tui.present.dates import rfc3339

    logins = {agent.id: agent.login for agent in desk.store.agents()}
    return {
        "number": one.number,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "state": "recorded",
        "by": one.by,
        "recorded_at": rfc3339(one.recorded_at, desk.policy.policy.zone),
        "recorded_by": logins.get(one.recorded_by),
        "text": one.text,
    }


def _columns(fmt: str, zone: str) -> list[Column]:
    if fmt not in ("table", "md"):
        return [Column(key, Text(key)) for key in KEYS]
    from ouvidoria_tui.present.dates import moment, parse_rfc3339

    def when(record: Record) -> str:
        written = record["recorded_at"]
        return "—" if written is None else moment(parse_rfc3339(str(written)), zone)

    return [
        Column("number", N_("No."), align="right"),
        Column("first", N_("From")),
        Column("last", N_("To")),
        Column("state", N_("State"), render=lambda one: say(_STATES[str(one["state"])])),
        Column("by", N_("By"), flex=True),
        Column("recorded_at", N_("Recorded"), priority=1, render=when),
        Column("text", N_("Conclusions"), flex=True),
    ]
