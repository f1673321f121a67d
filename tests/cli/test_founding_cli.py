from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import system_user
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.store.store import SqliteStore
from ouvidoria_tui.store.verify import verify

Capture = pytest.CaptureFixture[str]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def profile_with(tmp_path: Path, **changes: str) -> Path:
    text = (data_folder() / "profiles" / "hospedagem.toml").read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    path = tmp_path / "perfil.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_init_says_where_the_store_is_and_who_administers_it(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "mesa" / "desk.db"
    assert run(["--db", str(path), "init", "--format", "json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record == {
        "path": str(path),
        "profile": "hospedagem",
        "name": "Hospedagem de sites",
        "administrator": system_user(),
        "policy_version": 1,
        "holidays": record["holidays"],
    }
    assert record["holidays"] > 300


def test_init_tells_the_next_steps_on_stderr(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "desk.db"
    run(["--db", str(path), "init"])
    told = capsys.readouterr().err
    assert f"ouvidoria --db {path} policy check" in told
    assert "agent add" in told


def test_quiet_leaves_the_next_steps_out(tmp_path: Path, capsys: Capture) -> None:
    run(["--quiet", "--db", str(tmp_path / "desk.db"), "init"])
    assert capsys.readouterr().err == ""


def test_a_new_store_and_its_folder_belong_to_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "mesa" / "desk.db"
    run(["--db", str(path), "init"])
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_a_store_of_a_group_is_open_to_it_and_to_nobody_else(tmp_path: Path) -> None:
    import grp

    path = tmp_path / "mesa" / "desk.db"
    group = grp.getgrgid(os.getgid()).gr_name
    assert run(["--db", str(path), "init", "--group", group]) == 0
    assert (mode(path), mode(path.parent)) == (0o660, 0o2770)


def test_init_over_an_existing_store_is_refused_and_touches_nothing(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(b"mine")
    assert run(["--db", str(path), "init", "--format", "json"]) == 4
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "STORE_EXISTS"
    assert path.read_bytes() == b"mine"


def test_init_over_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.symlink_to(tmp_path / "elsewhere.db")
    assert run(["--db", str(path), "init"]) == 4
    assert path.is_symlink()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--profile", "nenhum"], 3),
        (["--group", "no-such-group-here"], 7),
        (["--format", "xml"], 2),
    ],
)
def test_a_failed_init_leaves_nothing_behind(tmp_path: Path, options: list[str], code: int) -> None:
    assert run(["--db", str(tmp_path / "a" / "b" / "desk.db"), "init", *options]) == code
    assert list(tmp_path.iterdir()) == []


def test_a_fault_half_way_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ouvidoria_tui.founding.record_desk_act", broken)
    assert run(["--db", str(tmp_path / "a" / "desk.db"), "init"]) != 0
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert run(["--db", str(tmp_path / "file" / "desk.db"), "init"]) == 7


def test_every_mistake_of_a_profile_is_named_with_its_line(tmp_path: Path, capsys: Capture) -> None:
    path = profile_with(tmp_path, **{'zone = "America/Sao_Paulo"': 'zone = "Lua"', "promise": "promete"})
    assert run(["--db", str(tmp_path / "d.db"), "init", "--profile", str(path), "-f", "json"]) == 2
    error = json.loads(capsys.readouterr().err)["error"]
    assert error["code"] == "POLICY_INVALID"
    assert {problem["key"] for problem in error["problems"]} == {"zone", "promete"}


def test_the_mistakes_of_a_profile_are_told_in_portuguese(tmp_path: Path, capsys: Capture) -> None:
    path = profile_with(tmp_path, **{"[holidays]": "[feriados]"})
    assert run(["--lang", "pt-BR", "--db", str(tmp_path / "d.db"), "init", "--profile", str(path)]) == 2
    said = capsys.readouterr().err
    assert "esta chave não é conhecida aqui" in said
    assert "linha" in said


def test_a_policy_against_the_law_founds_no_desk(tmp_path: Path, capsys: Capture) -> None:
    path = profile_with(
        tmp_path,
        **{"promise = true": "promise = true\npublic_body = true", '"recommended"': '"required"'},
    )
    assert run(["--db", str(tmp_path / "d.db"), "init", "--profile", str(path)]) == 4
    assert "POLICY_HAS_ERRORS" in capsys.readouterr().err
    assert not (tmp_path / "d.db").exists()


def test_the_agent_named_with_as_becomes_administrator(tmp_path: Path, capsys: Capture) -> None:
    run(["--db", str(tmp_path / "d.db"), "--as", "ana", "init", "--format", "jsonl"])
    assert json.loads(capsys.readouterr().out)["administrator"] == "ana"


def test_a_login_that_nobody_can_type_is_refused(tmp_path: Path) -> None:
    assert run(["--db", str(tmp_path / "d.db"), "--as", "ana maria", "init"]) == 2
    assert not (tmp_path / "d.db").exists()


def test_the_ledger_of_a_new_desk_passes_its_proof(tmp_path: Path) -> None:
    run(["--db", str(tmp_path / "d.db"), "init"])
    store = SqliteStore.open(tmp_path / "d.db")
    proof = verify(store.conn)
    store.close()
    assert (proof.ok, proof.events) == (True, 3)


def test_the_holidays_of_a_new_desk_say_where_they_come_from(tmp_path: Path) -> None:
    run(["--db", str(tmp_path / "d.db"), "init"])
    store = SqliteStore.open(tmp_path / "d.db")
    sources = {row[0] for row in store.conn.execute("SELECT DISTINCT source FROM holiday")}
    store.close()
    assert len(sources) == 1
    assert sources.pop().startswith("holidays ")


PROFILE_KEYS = ["name", "title", "source", "prior_ticket", "hours", "clocks"]


def test_profiles_lists_the_keys_of_the_contract(capsys: Capture) -> None:
    assert run(["profiles", "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert {record["name"] for record in records} >= {
        "hospedagem",
        "loja-virtual",
        "ecommerce-planos",
        "suporte-tecnico",
        "organizacional",
    }
    assert [list(record) for record in records] == [PROFILE_KEYS] * len(records)


def test_a_profile_says_its_hours_and_clocks(capsys: Capture) -> None:
    run(["profiles", "--format", "json"])
    found = {record["name"]: record for record in json.loads(capsys.readouterr().out)}
    assert found["hospedagem"]["hours"] == "mon-fri 08:00-18:00"
    assert found["hospedagem"]["prior_ticket"] == "recommended"
    assert found["organizacional"]["clocks"][0] == {"name": "first-response", "amount": 24, "unit": "hours"}


def test_a_clock_without_a_figure_is_not_defined_to_people(capsys: Capture) -> None:
    run(["--lang", "en", "profiles", "--format", "table"])
    assert "1st response: not defined" in capsys.readouterr().out


@pytest.mark.parametrize("fmt", ["table", "tsv", "csv", "json", "jsonl", "md"])
def test_profiles_speaks_every_format(fmt: str, capsys: Capture) -> None:
    assert run(["profiles", "--format", fmt]) == 0
    assert "organizacional" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["init", "profiles"])
def test_help_has_an_example(command: str, capsys: Capture) -> None:
    assert run(["--lang", "en", command, "--help"]) == 0
    assert f"ouvidoria {command}" in capsys.readouterr().out.partition("Examples")[2]


def test_init_works_as_a_process_without_a_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ouvidoria_tui", "--db", str(tmp_path / "d.db"), "init"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].split("\t")[0] == "path"
