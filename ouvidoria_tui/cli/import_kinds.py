"""The kinds of `ouvidoria import`: who reads a kind, who takes it in, and which mapping it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.import_chunks import Imported
    from ouvidoria_tui.intake.reader import MakerOf


class Take(Protocol):
    """Takes the rows of a kind in, and says of each what became of it."""

    def __call__(self, desk: Desk, rows: Iterable[Any], /, *, dry_run: bool = False) -> Iterator[Imported]:
        """As ``desk.importing.import_records`` does."""
        ...


@dataclass(frozen=True, slots=True)
class ImportKind:
    """How one kind is brought in; ``mapping`` where none is asked for."""

    name: str
    mapping: str
    maker: MakerOf[Any]
    take: Take


def kind_of(name: str) -> ImportKind:
    """The kind called ``name``; ``UsageError`` ``KIND_NOT_READ``."""
    from ouvidoria_tui.desk.import_customers import import_customers
    from ouvidoria_tui.desk.import_events import import_events
    from ouvidoria_tui.desk.import_first_line import import_first_line, import_volumes
    from ouvidoria_tui.desk.import_surveys import import_surveys
    from ouvidoria_tui.desk.importing import import_records
    from ouvidoria_tui.intake import maker, rows

    kinds = (
        ImportKind("tickets", "native", maker.RecordMaker, import_records),
        ImportKind("first-line", "first-line", rows.FirstLineMaker, import_first_line),
        ImportKind("events", "events", rows.StatusMaker, import_events),
        ImportKind("volumes", "volumes", rows.VolumeMaker, import_volumes),
        ImportKind("customers", "customers", rows.CustomerMaker, import_customers),
        ImportKind("satisfaction", "satisfaction", rows.SurveyMaker, import_surveys),
    )
    for kind in kinds:
        if kind.name == name:
            return kind
    raise UsageError(
        "KIND_NOT_READ",
        N_("rows of the kind {kind} are not read", kind=name[:40]),
        N_("the kinds are: {names}", names=", ".join(kind.name for kind in kinds)),
    )
