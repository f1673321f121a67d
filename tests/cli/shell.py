"""Calls of the command line in this process: exit code, stdout and stderr."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ouvidoria_tui.cli.main import run


@dataclass
class Said:
    """What a call gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error that a call said as JSON: the last line of stderr."""
        return json.loads(self.err.strip().splitlines()[-1])["error"]


@dataclass
class Shell:
    path: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *args: str, agent: str = "ana", stdin: str = "", lang: str = "en") -> Said:
        self.capsys.readouterr()
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        code = run(["--db", str(self.path), "--as", agent, "--lang", lang, *args])
        told = self.capsys.readouterr()
        return Said(code, told.out, told.err)
