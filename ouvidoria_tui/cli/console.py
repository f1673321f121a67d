"""Opening the console: the only door from the command line to the screens."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals


def open_console(given: Globals, path: Path | None = None) -> int:
    """The exit code of the console over the store at ``path`` (default: the one that is meant)."""
    from ouvidoria_tui.tui.app import open_app

    return open_app(
        path or given.path,
        agent=given.agent or os.environ.get("OUVIDORIA_AGENT") or None,
        ascii=given.ascii,
        colour=given.colour,
    )
