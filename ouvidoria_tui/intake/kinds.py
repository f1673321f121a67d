"""The kinds of rows that are read, and what a row of each may and must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ouvidoria_tui.domain.first_line import DayVolume, FirstLineTicket
from ouvidoria_tui.domain.record import CustomerRecord, Record
from ouvidoria_tui.domain.record_rows import CustomerRow, StatusRow, SurveyRow


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: the fields a mapping may fill, those that are dates, and of which groups one must be there."""

    name: str
    targets: frozenset[str]
    dated: frozenset[str]
    needs: tuple[tuple[str, ...], ...]


def _fields(*kinds: type) -> frozenset[str]:
    return frozenset(name for kind in kinds for name in kind.__slots__ if name != "line")  # type: ignore[attr-defined]


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            "tickets",
            _fields(Record) | {f"customer.{name}" for name in _fields(CustomerRecord)},
            frozenset({"received_at", "occurred_at", "answered_at", "closed_at", "messages"}),
            (("received_at",), ("subject", "description")),
        ),
        Kind("first-line", _fields(FirstLineTicket), frozenset({"opened_at", "closed_at"}), (("number",),)),
        Kind("volumes", _fields(DayVolume), frozenset({"day"}), (("day",), ("received",), ("solved",))),
        Kind("customers", _fields(CustomerRow), frozenset(), (("external_id", "email", "document", "name"),)),
        Kind(
            "satisfaction",
            _fields(SurveyRow),
            frozenset({"at"}),
            (("ticket",), ("at",), ("solution",), ("service",)),
        ),
        Kind("events", _fields(StatusRow), frozenset({"at"}), (("ticket",), ("status",), ("at",))),
    )
}
