"""Measures of a case: recorded, done, or why there is none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import (
    FormatOption,
    PastOption,
    Protocols,
    RevisionOption,
    choice,
    epoch,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.outcome import Outcome

AreaOption = Annotated[str | None, typer.Option("--area", metavar="NAME", help=_("The area that does it"))]
DueOption = Annotated[str | None, typer.Option("--due", metavar="DATE", help=_("Until when"))]


def measure(
    ctx: typer.Context,
    protocols: Protocols,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help=_("What is done; - reads it"))
    ] = None,
    area: AreaOption = None,
    due: DueOption = None,
    target: Annotated[
        str | None,
        typer.Option("--target", metavar="WHAT", help=_("What it changes: service, process or product")),
    ] = None,
    done: Annotated[
        int | None, typer.Option("--done", metavar="N", help=_("Measure N was carried out"))
    ] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", metavar="TEXT", help=_("What shows that it was done"))
    ] = None,
    none: Annotated[str | None, typer.Option("--none", metavar="WHY", help=_("Why nothing is done"))] = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk import measures
    from ouvidoria_tui.domain.case_work import Target
    from ouvidoria_tui.domain.permission import Verb

    if [text is not None, done is not None, none is not None].count(True) != 1:
        raise UsageError(
            "ONE_OF_THREE",
            N_("say one of --text, --done, --none"),
            N_("--text records a measure, --done that it was carried out, --none why there is none"),
        )
    kind = choice(Target, target, "--target")

    def one(desk: Desk, ref: str) -> Outcome:
        when = moment(desk, at)
        if done is not None:
            shown = text_from(evidence) or ""
            return measures.measure_done(desk, ref, done, shown, when=when, revision=revision)
        if none is not None:
            return measures.no_measures(desk, ref, none, when=when, revision=revision)
        return measures.add_measure(
            desk, ref, words, target=kind, area=area, due=day(desk, due), when=when, revision=revision
        )

    words = text_from(text) or ""
    return perform(ctx.obj, fmt, protocols, Verb.MEASURE, one)


def day(desk: Desk, written: str | None) -> date | None:
    """The date at the desk that ``--due`` names; ``UsageError`` ``BAD_TIME``."""
    at = epoch(desk, written)
    if at is None:
        return None
    from ouvidoria_tui.present.zones import local

    found = local(at, desk.policy.policy.zone)
    return None if found is None else found.date()


vars(measure)["example"] = (
    "ouvidoria measure 2026-000123-8 --text 'Estorno da segunda cobrança' --area financeiro --due 2026-12-04\n"
    "ouvidoria measure 2026-000123-8 --done 1 --evidence 'Comprovante 4471'\n"
    "ouvidoria measure 2026-000123-8 --none 'A cobrança era devida e foi explicada'"
)
