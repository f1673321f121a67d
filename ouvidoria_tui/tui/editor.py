"""Writing in $VISUAL or $EDITOR: the console steps aside, and takes the text back."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from textual.app import App

from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: Gives the text that somebody made of the one handed in. A test injects its own: a terminal is needed otherwise.
Editor = Callable[[App[int], str], str]


def run_editor(app: App[int], text: str, environ: Mapping[str, str] = os.environ) -> str:
    """The text as it was saved; ``Refused`` ``EDITOR_FAILED`` where the editor cannot be run or fails."""
    command = shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory(prefix="ouvidoria-") as folder:
        path = Path(folder) / "text.txt"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                code = subprocess.run([*command, str(path)], check=False).returncode
        except OSError as error:
            raise _failed(command, error.strerror or "") from error
        if code:
            raise _failed(command, str(code))
        return path.read_text(encoding="utf-8", errors="replace")


def _failed(command: list[str], reason: str) -> Refused:
    return Refused(
        "EDITOR_FAILED",
        N_("the editor {command} failed: {reason}", command=" ".join(command)[:60], reason=reason),
        N_("set VISUAL or EDITOR to one that works here; the text was kept"),
    )
