"""`python -m tests.bench [--sizes 1000,100000,1000000] [NAME…]`: prints the table of figures.

NAMES: start time mail queue pages text duplicates report moves export console reassess tables suggest triage import
(default: all).
Stores are kept in .bench/.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator

from tests.bench import console, export, mail, reading, tables, times, triage, writing
from tests.bench.stores import FOLDER
from tests.bench.timing import Figure, table

Case = Callable[[int, str], Iterator[Figure]]
CASES: dict[str, Case] = {
    "queue": reading.queue_process,
    "pages": reading.queue_pages,
    "text": reading.full_text,
    "duplicates": reading.near_duplicates,
    "report": reading.reports,
    "moves": writing.moves,
    "export": export.exports,
    "console": console.console,
    "reassess": times.reassessment,
    "tables": tables.tables,
    "suggest": triage.suggesting,
    "triage": triage.triage,
}
#: Importing a million takes long and says nothing that a hundred thousand does not.
IMPORTS = 100_000


def main(argv: list[str]) -> int:
    """Runs the cases that are named and prints their table."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument(
        "--sizes", default="1000,100000,1000000", help="tickets in the store, with commas between"
    )
    parser.add_argument("names", nargs="*", help="the cases; default: all")
    given = parser.parse_args(argv)
    FOLDER.mkdir(exist_ok=True)
    wanted = given.names or ["start", "time", "mail", *CASES, "import"]
    sizes = [int(size) for size in given.sizes.split(",")]
    figures: list[Figure] = []
    for name in wanted:
        if name == "start":
            figures += _shown(reading.start())
        elif name == "time":
            figures += _shown(times.business_time())
        elif name == "mail":
            figures += _shown(mail.parsing())
        elif name == "import":
            size = min(IMPORTS, max(sizes))
            figures += _shown(writing.imports(size, f"{size:,}"))
        else:
            for size in sizes:
                figures += _shown(CASES[name](size, f"{size:,}"))
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}\n")
    print(table(figures))
    return 0


def _shown(figures: Iterator[Figure]) -> Iterator[Figure]:
    for figure in figures:
        print(f"… {figure.name} {figure.size}: {figure.ratio:.2f} ({figure.budget})", file=sys.stderr)
        yield figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
