"""Satisfaction: answers recorded for customers, answered by the code of the closing letter, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import RevisionOption, choice
from ouvidoria_tui.cli.output import FormatOption, choose, emit, emit_outcomes
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.present.words import _

if TYPE_CHECKING:
    from ouvidoria_tui.desk.survey import Given

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=CONTEXT
)
SolutionOption = Annotated[
    int, typer.Option("--solution", metavar="1..5", help=_("How well the problem was solved"))
]
ServiceOption = Annotated[int, typer.Option("--service", metavar="1..5", help=_("How well the desk served"))]
CommentOption = Annotated[
    str | None, typer.Option("--comment", metavar="TEXT", help=_("The customer's own words; - reads them"))
]
ChannelOption = Annotated[
    str, typer.Option("--channel", metavar="CHANNEL", help=_("By which way it was answered: phone, portal …"))
]


def _help(text: str, example: str) -> str:
    return f"{text}\n\n\b\n{_('Examples')}:\n{example}"


def _given(solution: int, service: int, comment: str | None, channel: str) -> Given:
    from ouvidoria_tui.desk.survey import Given
    from ouvidoria_tui.domain.survey import Scores
    from ouvidoria_tui.domain.ticket import Channel

    way = choice(Channel, channel, "--channel")
    assert way is not None
    return Given(Scores(solution, service), text_from(comment) or "", way.value)


@app.command(
    "record",
    help=_help(
        _("Record what the customer of a closed ticket answered."),
        "ouvidoria survey record 2026-000123-8 --solution 4 --service 5 --channel phone",
    ),
)
def record(
    ctx: typer.Context,
    protocol: Annotated[str, typer.Argument(metavar="P", help=_("The protocol of a ticket"))],
    solution: SolutionOption,
    service: ServiceOption,
    comment: CommentOption = None,
    channel: ChannelOption = "phone",
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.survey import record_survey

    given: Globals = ctx.obj
    chosen, answer = choose(given, fmt), _given(solution, service, comment, channel)
    with given.desk() as desk:
        return emit_outcomes(given, chosen, [record_survey(desk, protocol, answer, revision=revision)])


@app.command(
    "answer",
    help=_help(
        _("Answer by the survey code of the closing letter."),
        "ouvidoria survey answer K7QF-2MXA-9RTD --solution 4 --service 5 --comment 'Rápido'",
    ),
)
def answer(
    ctx: typer.Context,
    token: Annotated[str, typer.Argument(metavar="CODE", help=_("The survey code; - reads it"))],
    solution: SolutionOption,
    service: ServiceOption,
    comment: CommentOption = None,
    channel: ChannelOption = "portal",
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.survey import answer_survey

    given: Globals = ctx.obj
    chosen, said = choose(given, fmt), _given(solution, service, comment, channel)
    with given.desk() as desk:
        return emit_outcomes(given, chosen, [answer_survey(desk, text_from(token) or "", said)])


@app.command(
    "list",
    help=_help(
        _("The answers with what IN BCB 550/2024 keeps of each."),
        "ouvidoria survey list --period last-month --documents --format csv",
    ),
)
def list_(
    ctx: typer.Context,
    period: Annotated[
        str | None,
        typer.Option(
            "--period", metavar="PERIOD", help=_("Of tickets that arrived then: 2026-10, last-month")
        ),
    ] = None,
    documents: Annotated[
        bool, typer.Option("--documents", help=_("With the numbers of documents (CPF, CNPJ)"))
    ] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help=_("With the words of confidential tickets, where you may"))
    ] = False,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.domain.reading import READS_CONFIDENTIAL
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_survey import SURVEY_KEYS, kept_record
    from ouvidoria_tui.report.answer import Question
    from ouvidoria_tui.report.period import local_date, parse_period
    from ouvidoria_tui.report.satisfaction import connection, kept_answers

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        now, zone = desk.clock.now(), desk.policy.policy.zone
        span = None if period is None else parse_period(period, zone, local_date(now, zone))
        found = kept_answers(connection(desk.store), Question("satisfaction", now, period=span).scope)
        may = reveal and desk.agent.role in READS_CONFIDENTIAL
        rows = [kept_record(one, zone, reveal=may, documents=documents) for one in found]
    emit(given, chosen, rows, machine_columns(SURVEY_KEYS))
    if not rows:
        given.narrate(_("no survey was answered"))
