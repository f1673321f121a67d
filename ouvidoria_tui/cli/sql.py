"""SQL over the store, for reading: db sql."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.text import Text

if TYPE_CHECKING:
    from ouvidoria_tui.report.care import Answer

#: Rows of one answer where ``--limit`` is not given.
LIMIT = 1000


def sql(
    ctx: typer.Context,
    statement: Annotated[str, typer.Argument(metavar="SELECT", help=_("One SELECT; - reads it"))],
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help=_("How many rows; 0 for all"))
    ] = LIMIT,
    fmt: FormatOption = None,
) -> None:
    from ouvidoria_tui.report.care import asked

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        assert desk is not None  # whoever asks is an agent of the desk
    with asked(given.path, text_from(statement) or "") as answer:
        emit(given, chosen, _records(answer, limit), [Column(name, Text(name)) for name in answer.columns])
        if next(answer.rows, None) is not None:
            given.narrate(
                plural(
                    "Only the first row is shown; --limit 0 shows all.",
                    "Only the first {count} rows are shown; --limit 0 shows all.",
                    limit,
                )
            )


def _records(answer: Answer, limit: int) -> Iterator[Record]:
    rows = islice(answer.rows, limit) if limit else answer.rows
    for row in rows:
        yield {
            name: value.hex() if isinstance(value, bytes) else value
            for name, value in zip(answer.columns, row, strict=True)
        }
