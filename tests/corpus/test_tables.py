"""The open data of consumidor.gov.br, as it is published."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.intake.reader import read
from ouvidoria_tui.intake.record import Record, Reject, row_hash

ROOT = os.environ.get("OUVIDORIA_CORPUS", "")
TABLES = Path(ROOT) / "tables"
pytestmark = pytest.mark.skipif(not ROOT or not TABLES.is_dir(), reason="OUVIDORIA_CORPUS is not set")
ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_750_000_000
MONTHS = [("05", 70, 0), ("06", 585, 0), ("07", 5015, 3), ("08", 5404, 2)]


def items(month: str) -> Iterator[Record | Reject]:
    with read(
        TABLES / f"consumidor-gov-2014-{month}.csv", zone=ZONE, now=NOW, mapping="consumidor-gov"
    ) as reading:
        assert (reading.encoding, reading.delimiter) == ("cp1252", ";")
        yield from reading


@pytest.mark.parametrize(("month", "count", "twins"), MONTHS)
def test_every_row_is_a_record(month: str, count: int, twins: int) -> None:
    found = list(items(month))
    assert [type(item) for item in found] == [Record] * count


@pytest.mark.parametrize(("month", "count", "twins"), MONTHS)
def test_ids_are_unique_and_twins_are_numbered(month: str, count: int, twins: int) -> None:
    names = [item.external_id for item in items(month) if isinstance(item, Record)]
    assert len(set(names)) == count
    assert sum(name.endswith("-2") for name in names) == twins


def test_ids_are_unique_over_all_months() -> None:
    names = {item.external_id for month, _, _ in MONTHS for item in items(month) if isinstance(item, Record)}
    assert len(names) == 70 + 585 + 5015 + 5404


def test_a_second_run_says_the_same() -> None:
    first, second = ([row_hash(item) for item in items("06") if isinstance(item, Record)] for _ in range(2))
    assert first == second


def test_what_was_answered_closed_solved_and_rated_is_so() -> None:
    found = [item for item in items("05") if isinstance(item, Record)]
    assert sum(item.answered_at is not None for item in found) == 65
    assert sum(item.closed_at is not None for item in found) == 70
    assert sum(item.close_reason is not None for item in found) == 40
    assert sum(item.satisfaction is not None for item in found) == 56


def test_nothing_keeps_the_blanks_of_the_file() -> None:
    for item in items("07"):
        assert isinstance(item, Record)
        texts = [item.subject, item.department or "", item.cause or "", *map(str, item.extra.values())]
        assert texts == [text.strip() for text in texts]
