"""``improvement``: what shall be better for everybody after a complaint, and whether it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ouvidoria_tui.cli.common import FormatOption, PastOption, choice, moment
from ouvidoria_tui.cli.measures import AreaOption, DueOption, day
from ouvidoria_tui.cli.output import choose, emit, emit_outcomes
from ouvidoria_tui.cli.session import Globals, text_from
from ouvidoria_tui.cli.tree import CONTEXT
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.improvement import Improved

app = typer.Typer(
    help=_("What shall be better after a complaint: record it, follow it, see whether it helped")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria improvement list --open",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings=CONTEXT,
)


@app.command(
    "add",
    help=_("Record an improvement that came of a ticket.") + f"\n\n\b\n{_('Examples')}:\n"
    "ouvidoria improvement add --from 2026-000123-8 --target process --text 'Conferir a fatura antes'",
)
def add(
    ctx: typer.Context,
    came_from: Annotated[str, typer.Option("--from", metavar="P", help=_("The ticket that it came of"))],
    target: Annotated[
        str, typer.Option("--target", metavar="WHAT", help=_("What it changes: service, process or product"))
    ],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=_("What shall be better; - reads it"))],
    area: AreaOption = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="LOGIN", help=_("The agent who sees to it"))
    ] = None,
    due: DueOption = None,
    measure: Annotated[
        int | None,
        typer.Option("--measure", metavar="N", help=_("The open measure of the ticket that goes on as this")),
    ] = None,
    at: PastOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.improvements import add_improvement
    from ouvidoria_tui.domain.case_work import Target

    given: Globals = ctx.obj
    chosen, kind, words = choose(given, fmt), choice(Target, target, "--target"), text_from(text) or ""
    assert kind is not None
    with given.desk() as desk:
        outcome = add_improvement(
            desk,
            came_from,
            kind,
            words,
            area=area,
            owner=owner,
            due=day(desk, due),
            measure=measure,
            when=moment(desk, at),
        )
        return emit_outcomes(given, chosen, [outcome])


@app.command(
    "none",
    help=_("Say why nothing has to be better after a ticket.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria improvement none 2026-000123-8 --why 'Caso isolado'",
)
def none(
    ctx: typer.Context,
    protocol: Annotated[str, typer.Argument(metavar="P", help=_("The protocol of a ticket"))],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help=_("Why; - reads it"))],
    at: PastOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.improvements import no_improvement

    given: Globals = ctx.obj
    chosen, words = choose(given, fmt), text_from(why) or ""
    with given.desk() as desk:
        return emit_outcomes(given, chosen, [no_improvement(desk, protocol, words, when=moment(desk, at))])


@app.command(
    "done",
    help=_("Record that an improvement was carried out.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria improvement done 7 --evidence 'Roteiro novo em uso'",
)
def done(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help=_("The number of the improvement"))],
    evidence: Annotated[
        str, typer.Option("--evidence", metavar="TEXT", help=_("What shows that it was done"))
    ],
    at: PastOption = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.improvements import improvement_done

    given: Globals = ctx.obj
    chosen, words = choose(given, fmt), text_from(evidence) or ""
    with given.desk() as desk:
        return emit_outcomes(given, chosen, [improvement_done(desk, number, words, when=moment(desk, at))])


@app.command(
    "list",
    help=_("The improvements of the desk by what they change (service, process, product), then by number.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria improvement list --open\nouvidoria improvement list --target process",
)
def list_(
    ctx: typer.Context,
    still_open: Annotated[bool, typer.Option("--open", help=_("Only those that are not done"))] = False,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", metavar="WHAT", help=_("Only those that change this: service, process or product")
        ),
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.domain.case_work import Target
    from ouvidoria_tui.domain.reading import may_open
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_work import IMPROVEMENT_KEYS, improvement_columns, improvement_record
    from ouvidoria_tui.report.improvements import connection, improvements

    given: Globals = ctx.obj
    chosen, kind, groups = choose(given, fmt), choice(Target, target, "--target"), list(Target)
    with given.desk(read_only=True) as desk:
        zone, today = desk.policy.policy.zone, day(desk, "today")
        found = [
            one
            for one in improvements(connection(desk.store))
            if not (still_open and one.improvement.done_at is not None)
            and (kind is None or one.improvement.target is kind)
        ]
        found.sort(key=lambda one: groups.index(one.improvement.target))
        people = chosen in ("table", "md")
        rows = [
            improvement_record(
                one,
                zone,
                today,
                reveal=not people and may_open(desk.agent, desk.store.find(one.protocol)),
            )
            for one in found
        ]
        emit(given, chosen, rows, improvement_columns(zone) if people else machine_columns(IMPROVEMENT_KEYS))
    return 0


@app.command(
    "effect",
    help=_("Did it help? Tickets of the same cause before and after.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria improvement effect 7 --days 60",
)
def effect(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help=_("The number of the improvement"))],
    days: Annotated[
        int, typer.Option("--days", metavar="DAYS", help=_("So many days on either side"), min=1, max=3650)
    ] = 90,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.improvements import improvement_not_found
    from ouvidoria_tui.present.columns import machine_columns
    from ouvidoria_tui.present.record_work import EFFECT_KEYS, effect_columns, effect_record
    from ouvidoria_tui.report.improvements import connection, improvements
    from ouvidoria_tui.report.improvements import effect as counted

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        conn, zone = connection(desk.store), desk.policy.policy.zone
        one = next((one for one in improvements(conn) if one.improvement.number == number), None)
        if one is None:
            raise improvement_not_found(number)
        cause, done_at = _measurable(one)
        row = effect_record(one, counted(conn, cause, done_at, desk.clock.now(), days), zone)
    people = chosen in ("table", "md")
    emit(given, chosen, [row], effect_columns(zone) if people else machine_columns(EFFECT_KEYS))
    return 0


def _measurable(one: Improved) -> tuple[str, int]:
    """Cause and moment from which the effect is counted; ``Refused`` where either is missing."""
    if one.improvement.done_at is None:
        raise Refused(
            "IMPROVEMENT_OPEN",
            N_("improvement {number} is not done yet", number=one.improvement.number),
            N_("record it with `ouvidoria improvement done`; then its effect can be counted"),
        )
    if one.cause is None:
        raise Refused(
            "CAUSE_UNKNOWN",
            N_("{protocol} has no cause, so nothing can be counted", protocol=one.protocol),
            N_("give it one with `ouvidoria classify --cause`"),
        )
    return one.cause, one.improvement.done_at
