"""`ouvidoria watch`: the clock's round, for cron: what it would do, and with --apply just that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.cli.common import FormatOption, epoch
from ouvidoria_tui.cli.output import choose, emit
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.domain.watch_plan import Item

#: The keys of a line of the round in the machine formats: a contract.
KEYS: Final = ("protocol", "kind", "clock", "at", "level", "addressee", "result")

_KINDS: Final = {
    "warning": N_("due soon"),
    "breach": N_("due time missed"),
    "lapse": N_("the customer's time is over"),
    "escalation": N_("escalation"),
    "area-overdue": N_("the area is overdue"),
    "tell-today": N_("tell the customer today"),
    "silent": N_("no news for long"),
}
_RESULTS: Final = {
    "planned": N_("to be done"),
    "waiting": N_("when the desk opens"),
    "done": N_("done"),
    "unchanged": N_("unchanged"),
}
_TITLES: Final = (
    N_("Protocol"),
    N_("What"),
    N_("Clock"),
    N_("When"),
    N_("Level"),
    N_("To"),
    N_("Result"),
)


def watch(
    ctx: typer.Context,
    apply: Annotated[bool, typer.Option("--apply", help=_("Do what is shown; twice is as once"))] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="MOMENT", help=_("Look from another moment than now"))
    ] = None,
    fmt: FormatOption = None,
) -> int:
    from ouvidoria_tui.desk.watch import watch as round_
    from ouvidoria_tui.report.watching import WatchReads, connection

    given: Globals = ctx.obj
    chosen = choose(given, fmt)
    with given.desk() as desk:
        zone = desk.policy.policy.zone
        reads = WatchReads(connection(desk.store))
        items = round_(desk, reads, as_of=epoch(desk, as_of), apply=apply)
        records = _records(items, zone)
        try:
            count = emit(given, chosen, records, _columns(chosen, zone))
        except typer.Exit:
            # Nobody listens any more; what was asked for is done all the same.
            for _record in records:
                pass
            raise
    if chosen == "table" and count == 0:
        given.narrate(_("Nothing falls due: nobody has to be told."))
    return 0


vars(watch)["example"] = (
    "ouvidoria watch\nouvidoria --as ouvidora --quiet watch --apply --format jsonl >>watch.log"
)


def _records(items: Iterator[Item], zone: str) -> Iterator[dict[str, object]]:
    from ouvidoria_tui.present.dates import rfc3339

    for item in items:
        yield {
            "protocol": item.protocol,
            "kind": item.kind.value,
            "clock": item.clock,
            "at": rfc3339(item.at, zone),
            "level": item.level,
            "addressee": item.addressee,
            "result": item.result.value,
        }


def _columns(fmt: str, zone: str) -> list[Column]:
    if fmt not in ("table", "md"):
        return [Column(key, Text(key)) for key in KEYS]
    from ouvidoria_tui.present.dates import moment, parse_rfc3339
    from ouvidoria_tui.present.words import clock_name

    shown: dict[str, Callable[[Record], str]] = {
        "kind": lambda record: say(_KINDS[str(record["kind"])]),
        "clock": lambda record: clock_name(str(record["clock"])),
        "at": lambda record: moment(parse_rfc3339(str(record["at"])), zone),
        "level": lambda record: "" if record["level"] is None else f"N{record['level']}",
        "result": lambda record: say(_RESULTS[str(record["result"])]),
    }
    return [Column(key, title, render=shown.get(key)) for key, title in zip(KEYS, _TITLES, strict=True)]
