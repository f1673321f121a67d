"""prior-records: what the earlier attendance of a case left (S1-21)."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.common import FormatOption, PastOption, Protocols, RevisionOption, moment, perform
from ouvidoria_tui.cli.session import text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_


def prior_records(
    ctx: typer.Context,
    protocols: Protocols,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="TEXT", help=_("What they say, verbatim; - reads the standard input")),
    ] = None,
    file: Annotated[
        int | None,
        typer.Option("--file", metavar="N", help=_("The number of a file of the ticket that holds them")),
    ] = None,
    none: Annotated[
        str | None, typer.Option("--none", metavar="TEXT", help=_("Why there are none; - reads it"))
    ] = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.prepare import prior_records as verb
    from ouvidoria_tui.domain.permission import Verb

    if sum(given is not None for given in (text, file, none)) != 1:
        raise UsageError(
            "ONE_OF_TWO",
            N_("say one of --text, --file, --none"),
            N_("what the records say, which file of the ticket holds them, or why there are none"),
        )
    words, why = text_from(text), text_from(none)
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.PRIOR_RECORDS,
        lambda desk, ref: verb(
            desk, ref, words, file=file, none=why, when=moment(desk, at), revision=revision
        ),
    )


vars(prior_records)["example"] = (
    "ouvidoria prior-records 2026-000123-8 --text - < chamado-48211.txt\n"
    "ouvidoria prior-records 2026-000123-8 --file 4\n"
    "ouvidoria prior-records 2026-000123-8 --none 'O chat daquele mês não foi guardado.'"
)
