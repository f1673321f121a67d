"""What the commands of care share: one record in any format, a stage told on stderr."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.output import emit, piped
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import plural
from ouvidoria_tui.text import Text

if TYPE_CHECKING:
    from ouvidoria_tui.present.progress import Stage
    from ouvidoria_tui.present.writers import Format


def emit_one(given: Globals, fmt: Format, record: Record) -> None:
    """One record on stdout: an object in json and jsonl, a line under its keys elsewhere."""
    if fmt in ("json", "jsonl"):
        from ouvidoria_tui.present.json_text import json_text

        with piped():
            given.out.write(json_text(record) + "\n")
    else:
        emit(given, fmt, [record], [Column(key, Text(key)) for key in record])


def holdings(events: int, tickets: int) -> str:
    """What a ledger holds, in words: ``3 events, 1 ticket``."""
    return ", ".join(
        (
            plural("{count} event", "{count} events", events),
            plural("{count} ticket", "{count} tickets", tickets),
        )
    )


def stage(given: Globals, label: Text, total: int | None = None) -> AbstractContextManager[Stage]:
    """Long work told on stderr: a bar on a terminal, one line elsewhere, nothing with ``--quiet``."""
    from ouvidoria_tui.present.progress import stage as told

    return told(label, total, given.err, quiet=given.quiet, colour=given.colour, ascii_only=given.ascii)
