"""`ouvidoria area`: the register of areas, and beside it their work, their digests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli import area_digests
from ouvidoria_tui.cli.common import choice
from ouvidoria_tui.cli.output import FormatOption, choose, emit
from ouvidoria_tui.cli.register_entries import area
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, say, term_of
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.domain.area_list import AreaWork

__all__ = ["area", "area_digests"]

#: The keys of a line of an area's list in the machine formats: a contract.
KEYS: Final = (
    "priority",
    "area",
    "what",
    "protocol",
    "number",
    "due_at",
    "state",
    "asked_at",
    "reminded",
    "ordinary_due_at",
    "text",
    "delay_minutes",
    "extended",
    "level",
)
_WHAT: Final[Mapping[str, Text]] = {
    "request": N_("request of the desk"),
    "measure": N_("measure"),
    "improvement": N_("improvement"),
}


@area.command(
    "requests",
    help=_("What areas have to do: requests of the desk first, by due time, then their other work.")
    + f"\n\n\b\n{_('Examples')}:\nouvidoria area requests\nouvidoria area requests financeiro --all"
    + "\nouvidoria area requests --state overdue",
)
def requests(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[AREA]", help=_("One area alone"))] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("Answered requests, too"))] = False,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="STATE", help=_("Only what stands so, as the list says it")),
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.forward import known_area
    from ouvidoria_tui.domain.area_list import AreaState
    from ouvidoria_tui.report.areas import work
    from ouvidoria_tui.report.reading import connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk(read_only=True) as desk:
        slug = None if name is None else known_area(desk, name)
        now, zone = desk.clock.now(), desk.policy.policy.zone
        wanted = choice(AreaState, state, "--state")
        everything = everything or wanted not in (None, AreaState.OPEN, AreaState.OVERDUE)
        lines = work(connection(desk.store), desk.policy, now, slug, everything=everything)
        lines = [line for line in lines if wanted in (None, line.state)]
        emit(given, chosen, [_record(line, zone) for line in lines], _columns(chosen, zone))
    if chosen == "table" and not lines:
        given.narrate(_("no area owes the desk anything"))
    return 0


def _record(line: AreaWork, zone: str) -> dict[str, object]:
    from ouvidoria_tui.present.dates import rfc3339

    def at(epoch: int | None) -> str | None:
        return None if epoch is None else rfc3339(epoch, zone)

    moments = {
        "due_at": at(line.due_at),
        "asked_at": at(line.asked_at),
        "ordinary_due_at": at(line.ordinary_due_at),
    }
    special: dict[str, object] = {**moments, "delay_minutes": line.delay // 60}
    return {key: special[key] if key in special else getattr(line, key) for key in KEYS}


def _columns(fmt: str, zone: str) -> list[Column]:
    if fmt not in ("table", "md"):
        return [Column(key, Text(key)) for key in KEYS]
    from ouvidoria_tui.domain.area_list import AreaState
    from ouvidoria_tui.domain.area_request import PRIORITY
    from ouvidoria_tui.present.dates import parse_rfc3339
    from ouvidoria_tui.present.record_clocks import due_moment

    def due(record: Record) -> str:
        written = record["due_at"]
        return "—" if written is None else due_moment(parse_rfc3339(str(written)), zone)

    return [
        Column(
            "priority",
            N_("Priority"),
            render=lambda one: _("ombudsman") if one["priority"] == PRIORITY else _("ordinary"),
        ),
        Column("area", N_("Area"), flex=True),
        Column("what", N_("What"), priority=2, render=lambda one: say(_WHAT[str(one["what"])])),
        Column("protocol", N_("Protocol")),
        Column("due_at", N_("Due"), render=due),
        Column("state", N_("State"), render=lambda one: term_of(AreaState, one["state"])),
        Column("reminded", N_("Reminders"), align="right", priority=3),
        Column("extended", N_("Extensions"), align="right", priority=4),
        Column(
            "level", N_("Level"), priority=4, render=lambda one: f"N{one['level']}" if one["level"] else "—"
        ),
        Column(
            "text",
            N_("Text"),
            flex=True,
            priority=1,
            render=lambda one: _("[not shown]") if one["text"] is None else str(one["text"]),
        ),
    ]
