"""The kinds of `ouvidoria import`: who reads a kind, who takes it in, and which mapping it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.import_chunks import Imported
    from ouvidoria_tui.intake.reader import MakerOf


@dataclass(frozen=True, slots=True)
class ImportKind:
    """How one kind is brought in; ``mapping`` where none is asked for."""

    name: str
    mapping: str
    maker: MakerOf[Any]
    take: Callable[[Desk, Iterable[Any], bool], Iterator[Imported]]


NAMES = ("tickets", "first-line", "events", "volumes", "customers", "satisfaction")


def kind_of(name: str) -> ImportKind:
    """The kind called ``name``; ``UsageError`` ``KIND_NOT_READ``."""
    from ouvidoria_tui.intake import maker, rows

    match name:
        case "tickets":
            from ouvidoria_tui.desk.importing import import_records

            return ImportKind(
                name,
                "native",
                maker.RecordMaker,
                lambda desk, items, dry: import_records(desk, items, dry_run=dry),
            )
        case "first-line":
            from ouvidoria_tui.desk.import_first_line import import_first_line

            return ImportKind(
                name,
                name,
                rows.FirstLineMaker,
                lambda desk, items, dry: import_first_line(desk, items, dry_run=dry),
            )
        case "volumes":
            from ouvidoria_tui.desk.import_first_line import import_volumes

            return ImportKind(
                name,
                name,
                rows.VolumeMaker,
                lambda desk, items, dry: import_volumes(desk, items, dry_run=dry),
            )
        case "customers":
            from ouvidoria_tui.desk.import_customers import import_customers

            return ImportKind(
                name,
                name,
                rows.CustomerMaker,
                lambda desk, items, dry: import_customers(desk, items, dry_run=dry),
            )
        case "events":
            from ouvidoria_tui.desk.import_events import import_events

            return ImportKind(
                name, name, rows.StatusMaker, lambda desk, items, dry: import_events(desk, items, dry_run=dry)
            )
        case "satisfaction":
            from ouvidoria_tui.desk.import_surveys import import_surveys

            return ImportKind(
                name,
                name,
                rows.SurveyMaker,
                lambda desk, items, dry: import_surveys(desk, items, dry_run=dry),
            )
    raise UsageError(
        "KIND_NOT_READ",
        N_("rows of the kind {kind} are not read", kind=name[:40]),
        N_("the kinds are: {names}", names=", ".join(NAMES)),
    )
