"""Links between tickets that stay two: link, unlink."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.common import FormatOption, RevisionOption, perform
from ouvidoria_tui.present.words import _

Protocol = Annotated[str, typer.Argument(metavar="P", help=_("The protocol of a ticket"))]
WhyOption = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help=_("Why; kept as an internal reason"))
]


def link(
    ctx: typer.Context,
    protocol: Protocol,
    other: Annotated[str, typer.Argument(metavar="OTHER", help=_("The other ticket"))],
    reason: WhyOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    """Both tickets show the link; nothing else changes."""
    from ouvidoria_tui.desk.link import link as verb
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        [protocol],
        Verb.LINK,
        lambda desk, ref: verb(desk, ref, other, reason=reason, revision=revision),
    )


def unlink(
    ctx: typer.Context,
    protocol: Protocol,
    other: Annotated[str, typer.Argument(metavar="OTHER", help=_("The other ticket"))],
    reason: WhyOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    """Neither ticket shows the link any more; the history keeps that it was there."""
    from ouvidoria_tui.desk.link import unlink as verb
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        [protocol],
        Verb.UNLINK,
        lambda desk, ref: verb(desk, ref, other, reason=reason, revision=revision),
    )


vars(link)["example"] = "ouvidoria link 2026-000131-0 2026-000123-8 --reason 'Mesmo fornecedor'"
vars(unlink)["example"] = "ouvidoria unlink 2026-000131-0 2026-000123-8"
