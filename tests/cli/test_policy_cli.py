from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.paths import data_folder

Capture = pytest.CaptureFixture[str]
HOSPEDAGEM = data_folder() / "profiles" / "hospedagem.toml"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    found_desk(tmp_path / "d.db", clock=FixedClock(1_795_000_000), admin="ana").close()
    return tmp_path / "d.db"


def policy(db: Path, *args: str) -> int:
    return run(["--lang", "en", "--db", str(db), "--as", "ana", "policy", *args])


def changed(tmp_path: Path, old: str, new: str) -> str:
    text = HOSPEDAGEM.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "perfil.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def test_show_gives_the_policy_in_force_as_one_record(db: Path, capsys: Capture) -> None:
    assert policy(db, "show", "--format", "json") == 0
    record = json.loads(capsys.readouterr().out)
    assert list(record) == [
        "version",
        "key",
        "name",
        "source",
        "zone",
        "promise",
        "public_body",
        "average",
        "holidays",
        "calendars",
        "counting",
        "clocks",
        "anonymous",
        "ombudsman",
        "organisation",
        "receivers",
        "duties",
        "gates",
        "admission",
        "keywords",
        "levels",
        "departments",
        "areas",
        "plans",
        "labels",
        "mail",
        "work",
        "area_requests",
        "analysis",
        "telling",
        "tone",
        "access",
        "ways",
    ]
    assert (record["version"], record["key"]) == (1, "hospedagem")
    assert record["average"]["days"] == 5


@pytest.mark.req("S2-48")
def test_a_clock_without_a_figure_is_shown_as_not_defined(db: Path, capsys: Capture) -> None:
    assert policy(db, "show") == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["clock", "first-response", "not defined", ""] in rows


@pytest.mark.req("S3-17")
def test_hours_and_what_is_assumed_of_them_are_shown(db: Path, capsys: Capture) -> None:
    assert policy(db, "show", "--profile", "suporte-tecnico") == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    (desk,) = [row for row in rows if row[:2] == ["calendar", "desk"]]
    assert desk[2] == "mon-fri 09:00-18:00"
    assert desk[3].startswith("assumed: ")


def test_gates_name_their_values(db: Path, capsys: Capture) -> None:
    policy(db, "show")
    assert "gate\tprior_ticket\trecommended\t" in capsys.readouterr().out


def test_what_a_norm_asks_stands_with_its_article(tmp_path: Path, capsys: Capture) -> None:
    assert policy(tmp_path / "none.db", "show", "--profile", "publico-13460") == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    duties = {row[1]: row[3] for row in rows if row[0] == "duty"}
    assert "Lei 13.460/2017" in duties["receive-everything"]
    assert ["clock", "resolution", "30 calendar-days"] in [row[:3] for row in rows]


@pytest.mark.parametrize("fmt", ["table", "tsv", "csv", "json", "jsonl", "md"])
@pytest.mark.parametrize("command", ["show", "check"])
def test_every_format(db: Path, command: str, fmt: str, capsys: Capture) -> None:
    assert policy(db, command, "--format", fmt) == 0
    assert capsys.readouterr().out


def test_the_text_comes_back_as_it_was_written(db: Path, capsys: Capture) -> None:
    assert policy(db, "show", "--toml") == 0
    assert capsys.readouterr().out == HOSPEDAGEM.read_text(encoding="utf-8")


def test_a_profile_can_be_shown_without_a_store(tmp_path: Path, capsys: Capture) -> None:
    assert policy(tmp_path / "none.db", "show", "--profile", "organizacional", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["version"] is None


def test_the_policy_in_force_needs_a_store(tmp_path: Path) -> None:
    assert policy(tmp_path / "none.db", "show") == 7


def test_check_names_gaps_and_assumptions_with_their_lines(db: Path, capsys: Capture) -> None:
    assert policy(db, "check", "--format", "json") == 0
    findings = json.loads(capsys.readouterr().out)
    lines = HOSPEDAGEM.read_text(encoding="utf-8").splitlines()
    gap = next(one for one in findings if one["key"] == "clocks.resolution.amount")
    assert (gap["severity"], gap["requirement"]) == ("warning", "S2-48")
    assert lines[gap["line"] - 1] == 'amount = "not defined"'
    assert {one["severity"] for one in findings} == {"warning", "assumption"}


def test_check_of_a_broken_file_names_key_and_line(tmp_path: Path, capsys: Capture) -> None:
    path = changed(tmp_path, 'unit = "business-hours"', 'unit = "horas"')
    assert policy(tmp_path / "none.db", "check", path, "--format", "json") == 2
    captured = capsys.readouterr()
    error = json.loads(captured.err)["error"]
    assert captured.out == ""
    assert error["code"] == "POLICY_INVALID"
    assert [problem["key"] for problem in error["problems"]] == [
        "clocks.first-response.unit",
        "clocks.keep-informed.unit",
    ]
    assert error["line"] == error["problems"][0]["line"]


def test_check_of_a_policy_against_the_law_is_refused_after_its_findings(
    tmp_path: Path, capsys: Capture
) -> None:
    path = changed(tmp_path, 'prior_ticket = "recommended"', 'prior_ticket = "required"')
    text = Path(path).read_text(encoding="utf-8").replace("promise = true", "public_body = true")
    Path(path).write_text(text, encoding="utf-8")
    assert policy(tmp_path / "none.db", "check", path, "--format", "jsonl") == 4
    captured = capsys.readouterr()
    first = json.loads(captured.out.splitlines()[0])
    assert (first["severity"], first["key"]) == ("error", "triage.prior_ticket")
    assert json.loads(captured.err)["error"]["code"] == "POLICY_HAS_ERRORS"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("check", "nenhum"), 3, "PROFILE_NOT_FOUND"),
        (("show", "--profile", "x" * 300), 3, "PROFILE_NOT_FOUND"),
        (("show", "--format", "yaml"), 2, "BAD_FORMAT"),
        (("show", "extra"), 2, "USAGE"),
        (("dance",), 2, "USAGE"),
    ],
)
def test_wrong_calls_have_their_code(
    db: Path, args: tuple[str, ...], code: int, said: str, capsys: Capture
) -> None:
    assert policy(db, *args) == code
    assert f"[{said}]" in capsys.readouterr().err


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "p.toml").write_bytes(b"\xff\xfe\x00")
    assert policy(tmp_path / "none.db", "check", str(tmp_path / "p.toml")) == 2
    assert "PROFILE_UNREADABLE" in capsys.readouterr().err


def test_the_group_alone_shows_its_help(db: Path, capsys: Capture) -> None:
    assert policy(db) == 0
    assert "check" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["show", "check"])
def test_help_has_an_example(command: str, capsys: Capture) -> None:
    assert run(["--lang", "en", "policy", command, "--help"]) == 0
    assert f"ouvidoria policy {command}" in capsys.readouterr().out
