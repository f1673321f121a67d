"""The work on a case: position, assess, conflict, customer-view, team, quality and the like."""

from __future__ import annotations

from typing import Annotated

import typer

from ouvidoria_tui.cli.common import (
    FormatOption,
    NoteOption,
    PastOption,
    Protocols,
    RevisionOption,
    choice,
    moment,
    perform,
)
from ouvidoria_tui.cli.session import text_from
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_


def position(
    ctx: typer.Context,
    protocols: Protocols,
    side: Annotated[str, typer.Option("--side", metavar="SIDE", help=_("customer or company"))],
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help=_("What that side says, verbatim; - reads it"))
    ],
    wish: Annotated[bool, typer.Option("--wish", help=_("What the customer wants to come of it"))] = False,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.assess import position as verb
    from ouvidoria_tui.domain.case_work import Side
    from ouvidoria_tui.domain.permission import Verb

    whose, words = choice(Side, side, "--side"), text_from(text) or ""
    assert whose is not None
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.POSITION,
        lambda desk, ref: verb(desk, ref, whose, words, wish=wish, when=moment(desk, at), revision=revision),
    )


def assess(
    ctx: typer.Context,
    protocols: Protocols,
    merit: Annotated[str, typer.Option("--merit", metavar="MERIT", help=_("founded, partly or unfounded"))],
    grounds: Annotated[
        str, typer.Option("--grounds", metavar="TEXT", help=_("Why; - reads it from the standard input"))
    ],
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome", metavar="SLUG", help=_("What comes of it, in a word: refunded, explained …")
        ),
    ] = None,
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.assess import assess as verb
    from ouvidoria_tui.domain.permission import Verb
    from ouvidoria_tui.domain.ticket import Merit

    found, words = choice(Merit, merit, "--merit"), text_from(grounds) or ""
    if found is None or found is Merit.NOT_ASSESSED:
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option="--merit", written=merit[:40]),
            N_("choose one of: {names}", names="founded, partly, unfounded"),
        )
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.ASSESS,
        lambda desk, ref: verb(
            desk, ref, found, words, outcome=outcome, when=moment(desk, at), revision=revision
        ),
    )


def conflict(
    ctx: typer.Context,
    protocols: Protocols,
    agent: Annotated[
        str, typer.Option("--agent", metavar="LOGIN", help=_("The agent whom the complaint concerns"))
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why; - reads it from the standard input"))
    ],
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.assess import conflict as verb
    from ouvidoria_tui.domain.permission import Verb

    why = text_from(reason) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CONFLICT,
        lambda desk, ref: verb(desk, ref, agent, why, when=moment(desk, at), revision=revision),
    )


def customer_view(
    ctx: typer.Context,
    protocols: Protocols,
    agrees: Annotated[
        bool, typer.Option("--agrees", help=_("The customer is satisfied with the result"))
    ] = False,
    disagrees: Annotated[bool, typer.Option("--disagrees", help=_("The customer is not"))] = False,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="TEXT", help=_("In the customer's own words; - reads them")),
    ] = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.assess import customer_view as verb
    from ouvidoria_tui.domain.permission import Verb

    if agrees is disagrees:
        raise UsageError(
            "ONE_OF_TWO",
            N_("say one of --agrees, --disagrees"),
            N_("record what the customer said to the result"),
        )
    words = text_from(text)
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CUSTOMER_VIEW,
        lambda desk, ref: verb(desk, ref, agrees=agrees, text=words, revision=revision),
    )


def team(
    ctx: typer.Context,
    protocols: Protocols,
    members: Annotated[
        str, typer.Option("--members", metavar="LOGINS", help=_("Two or more agents, with commas between"))
    ],
    note: NoteOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.prepare import team as verb
    from ouvidoria_tui.domain.permission import Verb

    logins = members.split(",")
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.TEAM,
        lambda desk, ref: verb(desk, ref, logins, note=note, revision=revision),
    )


def quality(
    ctx: typer.Context,
    protocols: Protocols,
    effective: Annotated[bool, typer.Option("--effective", help=_("The answer settles the matter"))] = False,
    good: Annotated[bool, typer.Option("--good", help=_("It is complete, right and clear"))] = False,
    balanced: Annotated[bool, typer.Option("--balanced", help=_("It weighs both sides"))] = False,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.prepare import quality as verb
    from ouvidoria_tui.domain.permission import Verb

    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.QUALITY,
        lambda desk, ref: verb(
            desk, ref, effective=effective, good=good, balanced=balanced, revision=revision
        ),
    )


def reproduce(
    ctx: typer.Context,
    protocols: Protocols,
    result: Annotated[str, typer.Option("--result", metavar="RESULT", help=_("yes, partly or no"))],
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help=_("What was tried, and what was seen; - reads it"))
    ],
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.prepare import reproduce as verb
    from ouvidoria_tui.domain.case_work import Reproduced
    from ouvidoria_tui.domain.permission import Verb

    found, words = choice(Reproduced, result, "--result"), text_from(text) or ""
    assert found is not None
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.REPRODUCE,
        lambda desk, ref: verb(desk, ref, found, words, when=moment(desk, at), revision=revision),
    )


def confirm_written(
    ctx: typer.Context,
    protocols: Protocols,
    text: Annotated[
        str,
        typer.Option("--text", metavar="TEXT", help=_("What the customer wrote, verbatim; - reads it")),
    ],
    at: PastOption = None,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.prepare import confirm_written as verb
    from ouvidoria_tui.domain.permission import Verb

    words = text_from(text) or ""
    return perform(
        ctx.obj,
        fmt,
        protocols,
        Verb.CONFIRM_WRITTEN,
        lambda desk, ref: verb(desk, ref, words, when=moment(desk, at), revision=revision),
    )


def remind(
    ctx: typer.Context,
    protocols: Protocols,
    revision: RevisionOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.remind import remind as verb
    from ouvidoria_tui.domain.permission import Verb

    return perform(ctx.obj, fmt, protocols, Verb.REMIND, lambda desk, ref: verb(desk, ref, revision=revision))


vars(position)["example"] = (
    "ouvidoria position 2026-000123-8 --side customer --text 'Fui cobrada duas vezes.'\n"
    "ouvidoria position 2026-000123-8 --side customer --wish --text 'Quero o estorno.'\n"
    "ouvidoria position 2026-000123-8 --side company --text 'A segunda cobrança foi um erro nosso.'"
)
vars(assess)["example"] = (
    "ouvidoria assess 2026-000123-8 --merit founded --grounds 'O extrato mostra as duas.' --outcome estornado"
)
vars(conflict)["example"] = "ouvidoria conflict 2026-000123-8 --agent bia --reason 'Foi quem atendeu antes'"
vars(customer_view)["example"] = "ouvidoria customer-view 2026-000123-8 --disagrees --text 'Faltou a multa.'"
vars(team)["example"] = "ouvidoria team 2026-000123-8 --members ana,bia"
vars(quality)["example"] = "ouvidoria quality 2026-000123-8 --effective --good --balanced"
vars(reproduce)["example"] = "ouvidoria reproduce 2026-000123-8 --result yes --text 'No celular, passo 3.'"
vars(confirm_written)["example"] = "ouvidoria confirm-written 2026-000123-8 --text 'Peço a mudança de plano.'"
vars(remind)["example"] = "ouvidoria queue 'status:answered' --format tsv | ouvidoria remind -"
