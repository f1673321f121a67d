"""A desk of one source's profile, spoken to through the command line as a program would: JSON in its answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.paths import data_folder


def moment(text: str) -> int:
    """The seconds of a moment in São Paulo, as ``2026-11-23T10:00``."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Sao_Paulo")).timestamp())


@dataclass
class Story:
    """The command line over one store, at a moment that the test sets."""

    folder: Path
    clock: FixedClock
    capsys: pytest.CaptureFixture[str]

    def at(self, text: str) -> None:
        """It is this moment now."""
        self.clock.at = moment(text)

    def __call__(self, *args: str, code: int = 0, lang: str = "en") -> Any:
        """What a command prints as JSON; it ends with ``code``, and a refusal's JSON is the answer then."""
        out, err = self._run(*args, "--format", "json", code=code, lang=lang)
        return json.loads(out) if out.strip() else json.loads(err.strip().splitlines()[-1])

    def refused(self, *args: str, code: int = 4) -> Any:
        """Why an act on one ticket is refused."""
        _out, err = self._run(*args, "--format", "json", code=code)
        return json.loads(err.strip().splitlines()[-1])["error"]

    def words(self, *args: str) -> str:
        """What a command prints for people."""
        return self._run(*args, "--format", "table")[0]

    def _run(self, *args: str, code: int = 0, lang: str = "en") -> tuple[str, str]:
        given = ["--db", str(self.folder / "desk.db"), "--as", "ana", "--lang", lang, "--quiet"]
        got = run([*given, *args])
        out, err = self.capsys.readouterr()
        assert got == code, err
        return out, err

    def new(self, subject: str, text: str, *more: str) -> str:
        """The protocol of a manifestation that is written down now."""
        return str(self("new", "--subject", subject, "--text", text, *more)["protocol"])

    def plan(self, protocol: str) -> Any:
        """What triage would do with one ticket, with every reason and gate."""
        told = self("triage", "--explain", protocol)
        return told[0] if isinstance(told, list) else told

    def mail(self, *messages: str) -> Any:
        """What taking these messages in came to; a message is its header lines, an empty line, and its text."""
        names = []
        for text in messages:
            path = self.folder / f"{len(list(self.folder.glob('*.eml')))}.eml"
            path.write_text(text, "utf-8")
            names.append(str(path))
        return self("intake", "eml", *names)

    def customers(self, *rows: str) -> None:
        """Imports these rows of a register: number, name, address, plan, a contact's address, authorised."""
        path = self.folder / "clientes.csv"
        head = "código,nome,e-mail,plano,e-mail do contato,autorizado"
        path.write_text("\n".join([head, *rows, ""]), "utf-8")
        self("import", "--kind", "customers", str(path))


Open = Callable[..., Story]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Open:
    """Founds the desk of a profile; ``edit`` changes the profile's text first, as a desk writes its own."""
    clock = FixedClock(moment("2026-11-23T10:00"))
    monkeypatch.setattr("ouvidoria_tui.bootstrap.SystemClock", lambda: clock)

    def one(profile: str, edit: Callable[[str], str] = str) -> Story:
        text = edit((data_folder() / "profiles" / f"{profile}.toml").read_text("utf-8"))
        parse(text, name=profile)
        path = tmp_path / f"{profile}.toml"
        path.write_text(text, "utf-8")
        found_desk(tmp_path / "desk.db", profile=str(path), clock=clock, admin="ana").close()
        return Story(tmp_path, clock, capsys)

    return one
