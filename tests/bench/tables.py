"""Reading tables: rows a second beside a bare ``csv.reader`` with ``executemany``, and the memory it takes."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.bench.stores import FOLDER, NOW
from tests.bench.timing import Figure, once

_HEADER = ("Número", "Assunto", "Relato", "Aberto em", "Situação", "Tipo", "Canal", "Setor", "Nome", "E-mail")
_PEAK = """
# VmHWM and not getrusage: the latter begins with the memory of the process that started this one.
import re, sys
from zoneinfo import ZoneInfo
from ouvidoria_tui.intake.reader import read
with read(sys.argv[1], zone=ZoneInfo("America/Sao_Paulo"), now=int(sys.argv[2])) as items:
    count = sum(1 for _item in items)
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
print(count, peak)
"""
#: A workbook of a million rows takes minutes, and says what a tenth of it says.
_SHEET = 100_000


def tables(size: int, label: str) -> Iterator[Figure]:
    """A csv read to records, against the bare reading and writing of its rows; memory against a file of 1 %."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name)
        source, few = folder / "rows.csv", folder / "few.csv"
        _write(source, size)
        _write(few, max(1000, size // 100))
        pairs = sorted((once(partial(_read, source)), once(partial(_bare, source))) for _turn in range(3))
        took, bare = pairs[1]
        note = f"{size / took:,.0f} rows a second; the bare way {size / bare:,.0f}"
        yield Figure("reading a csv", label, took, bare, "≤ 20 × csv.reader + executemany", took / bare, note)
        yield _memory("memory of reading a csv", few, source, label)
        sheet, small = folder / "rows.xlsx", folder / "few.xlsx"
        rows = min(size, _SHEET)
        _write_sheet(sheet, rows)
        _write_sheet(small, max(1000, rows // 100))
        yield _memory("memory of reading an xlsx", small, sheet, f"{rows:,}")


def _rows(size: int) -> Iterator[tuple[str, ...]]:
    for number in range(size):
        day = f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/2024 09:{number % 60:02d}"
        who = f"Cliente {number % 997}"
        mail = f"c{number % 997}@example.com"
        text = f"A cobrança {number} veio em duplicidade e não foi devolvida até agora."
        yield (
            str(number),
            f"Cobrança {number}",
            text,
            day,
            "Em andamento",
            "Reclamação",
            "Telefone",
            "SAC",
            who,
            mail,
        )


def _write(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADER)
        writer.writerows(_rows(size))


def _write_sheet(path: Path, size: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Dados")
    sheet.append(list(_HEADER))
    for row in _rows(size):
        sheet.append(list(row))
    book.save(path)


def _read(path: Path) -> None:
    from ouvidoria_tui.intake.reader import read

    with read(path, zone=ZoneInfo("America/Sao_Paulo"), now=NOW) as items:
        for _item in items:
            pass


def _bare(path: Path) -> None:
    conn = sqlite3.connect(":memory:")
    conn.execute(f"CREATE TABLE t ({', '.join(f'c{index}' for index in range(len(_HEADER)))})")
    with path.open(encoding="utf-8", newline="") as file:
        marks = ", ".join("?" * len(_HEADER))
        conn.executemany(f"INSERT INTO t VALUES ({marks})", csv.reader(file, delimiter=";"))
    conn.close()


def _memory(name: str, few: Path, many: Path, label: str) -> Figure:
    (less, small), (more, large) = _peak(few), _peak(many)
    note = f"{small / 1024:,.0f} MiB for {less:,} rows, {large / 1024:,.0f} MiB for {more:,}"
    return Figure(name, label, 0, 0, "≤ 1.5 × a hundredth of it", large / small, note)


def _peak(path: Path) -> tuple[int, int]:
    """Rows read, and the largest resident size in KiB of a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(path), str(NOW)], capture_output=True, text=True, check=True
    )
    count, peak = done.stdout.split()
    return int(count), int(peak)
