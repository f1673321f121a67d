"""`deadline due` for a ticket of some kind: targets and hours are chosen as they are for a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from tests.desk.clock_bench import POLICY

MORE = """
[calendars.realtime]
[calendars.realtime.week]
mon = [["09:00", "17:00"]]

[[clocks.first-response.targets]]
severity = "critical"
amount = 2

[[clocks.first-response.calendars]]
calendar = "realtime"
channels = ["chat"]
"""


@pytest.fixture
def profile(tmp_path: Path) -> str:
    path = tmp_path / "mesa.toml"
    path.write_text(POLICY + MORE, "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("options", "due"),
    [
        ([], "2026-11-16T18:00"),
        (["--severity", "critical"], "2026-11-16T12:00"),
        (["--channel", "chat"], "2026-11-23T10:00"),
        (["--channel", "chat", "--severity", "critical"], "2026-11-16T12:00"),
        (["--channel", "e-mail"], ""),
    ],
)
def test_the_target_and_the_hours_are_those_of_such_a_ticket(
    profile: str, options: list[str], due: str, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["deadline", "due", "--profile", profile, "--clock", "first-response"]
    code = run([*base, "--registered-at", "2026-11-16T10:00", *options])
    assert (code, capsys.readouterr().out[:16].strip()) == (0 if due else 2, due)
