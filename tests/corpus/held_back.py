"""History with some rows held back: the rest is imported, and the held-back rows are asked about.

Which words a row is known by is chosen: its own, or only the fields that a form would have.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.neighbours import Asked, Field
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.report.suggest import suggestions
from ouvidoria_tui.store.connection import connect

MONTHS = ("2014-05", "2014-06", "2014-07", "2014-08")
#: One row in so many of July and August is held back.
ONE_IN = 8
ZONE = ZoneInfo("America/Sao_Paulo")
PROBLEM = ("Problema",)
FORM = ("Assunto", "Segmento de Mercado", "Área")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """How often the first suggestion was right, and how often it was where it was clear enough to be shown."""

    asked: int
    right: int
    shown: int
    shown_right: int
    most_frequent: int

    @property
    def accuracy(self) -> float:
        """Of all that were asked, those whose first suggestion was right."""
        return self.right / self.asked

    @property
    def precision(self) -> float:
        """Of those that were shown, those that were right."""
        return self.shown_right / max(1, self.shown)

    @property
    def baseline(self) -> float:
        """The share of the class that is most frequent in what was imported."""
        return self.most_frequent / self.asked


def measure(tables: Path, folder: Path, words: Sequence[str]) -> Measured:
    """Imports all but what is held back into a new store under ``folder`` and asks for the cause of the rest."""
    db = folder / "held-back.db"
    found_desk(db, profile="organizacional", admin="ana").close()
    asked: list[Row] = []
    kept: Counter[str] = Counter()
    for month in MONTHS:
        back: list[Row] = []
        stay: list[Row] = []
        for row in _rows(tables / f"consumidor-gov-{month}.csv"):
            (back if month >= "2014-07" and _is_held_back(row) else stay).append(_worded(row, words))
        asked += back
        kept.update(slugify(row["Grupo Problema"]) for row in stay)
        path = _written(folder / f"{month}.csv", stay)
        given = [
            "--db",
            str(db),
            "--as",
            "ana",
            "--quiet",
            "import",
            str(path),
            "--mapping",
            "consumidor-gov",
        ]
        assert run([*given, "--format", "json"]) == 0
    return _asked(db, asked, kept.most_common(1)[0][0])


def _asked(db: Path, rows: Sequence[Row], most_frequent: str) -> Measured:
    conn = connect(db, read_only=True)
    right = shown = shown_right = frequent = 0
    for row in rows:
        true = slugify(row["Grupo Problema"])
        day = datetime.strptime(row["Data Abertura"], "%d/%m/%Y").replace(tzinfo=ZONE)
        found = suggestions(conn, Asked(row["Problema"], "", int(day.timestamp()))).of(Field.CAUSE)
        frequent += true == most_frequent
        if found is not None:
            right += found.value == true
            shown += found.clear
            shown_right += found.clear and found.value == true
    conn.close()
    return Measured(len(rows), right, shown, shown_right, frequent)


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="cp1252", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            yield {name: value.strip() for name, value in row.items()}


def _worded(row: Row, words: Sequence[str]) -> Row:
    return {**row, "Problema": " ".join(row[name] for name in words)}


def _is_held_back(row: Row) -> bool:
    return sha256("|".join(row.values()).encode()).digest()[0] % ONE_IN == 0


def _written(path: Path, rows: Sequence[Row]) -> Path:
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path
