"""Opening the console: the only door from the command line to the screens."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals


def open_console(given: Globals, path: Path | None = None) -> int:
    """The exit code of the console over the store at ``path`` (default: the one that is meant)."""
    # Loading a console makes very many objects and no garbage: what is loaded is not searched for any, now or later.
    gc.disable()
    try:
        from ouvidoria_tui.tui.app import open_app
        from ouvidoria_tui.tui.screens import queue  # noqa: F401 - the first screen
    finally:
        gc.freeze()
        gc.enable()
    return open_app(
        path or given.path,
        agent=given.agent or os.environ.get("OUVIDORIA_AGENT") or None,
        ascii=given.ascii,
        colour=given.colour,
    )
