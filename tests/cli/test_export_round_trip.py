"""What `export --native` writes, `import` makes the same tickets of in another store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ouvidoria_tui.cli.main import run
from ouvidoria_tui.demo import build_demo
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.report.reading import connection, policy_text
from ouvidoria_tui.store.store import SqliteStore

Rows = list[dict[str, object]]
#: What is the other desk's own: when it registered, how many events it took, how much is left by now.
ITS_OWN = ("protocol", "registered_at", "revision", "next_due")

#: Everything, and whose a confidential ticket is.
WHOLE = ("export", "--native", "--with-identity", "--reason", "Mudança de mesa")


def exported(db: Path, *args: str) -> Rows:
    out = db.with_name(f"{db.stem}-again.jsonl")
    command = ["--db", str(db), "--as", "chefe", "--quiet", "export", *args, "--out", str(out)]
    assert run(command) == 0
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def other(db: Path, folder: Path, *files: Path) -> Path:
    """An empty store with the same policy that took ``files`` in."""
    store = SqliteStore.open(db)
    text = policy_text(connection(store))
    store.close()
    path = folder / f"other-{files[0].suffix[1:]}.db"
    found_desk(path, profile="hospedagem", text=text, admin="chefe").close()
    for file in files:
        assert run(["--db", str(path), "--as", "chefe", "--quiet", "import", str(file)]) == 0
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_demo(tmp_path_factory.mktemp("sample") / "sample.db", admin="chefe")


@pytest.fixture(scope="module")
def again(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("again")
    file = folder / "sample.jsonl"
    assert run(["--db", str(sample), "--as", "chefe", "--quiet", *WHOLE, "--out", str(file)]) == 0
    return other(sample, folder, file)


def test_the_records_are_the_same_again_to_the_letter(sample: Path, again: Path) -> None:
    def known(rows: Rows) -> Rows:
        return [{**row, "extra": None} for row in rows]  # the protocols are there

    assert known(exported(again, "--native")) == known(exported(sample, "--native"))


def test_the_tickets_are_the_same_but_for_what_is_the_other_desks_own(sample: Path, again: Path) -> None:
    def kept(rows: Rows) -> Rows:
        return [{k: v for k, v in row.items() if k not in (*ITS_OWN, "clocks")} for row in rows]

    before, after = kept(exported(sample)), kept(exported(again))
    # What an area was asked stays with the desk that asked it: here it is this desk's turn, and the area is named.
    asked = [row for row in before if row["turn"] == "area"]
    assert asked
    for row in asked:
        row["turn"] = "desk"
    assert after == before


def test_clocks_come_out_the_same_where_the_ticket_was_never_closed_between_and_no_area_asked(
    sample: Path, again: Path
) -> None:
    def told(row: dict[str, object]) -> list[tuple[object, ...]]:
        clocks = row["clocks"]
        assert isinstance(clocks, list)
        return [
            tuple(clock[key] for key in ("name", "due_at", "met_at", "missed_at"))
            for clock in clocks
            if not str(clock["name"]).startswith("area:")
        ]

    store = SqliteStore.open(sample)
    own = "SELECT protocol FROM ticket WHERE reopened > 0 OR turn = 'area'"
    moved = {row[0] for row in store.conn.execute(own)}
    store.close()
    pairs = zip(exported(sample), exported(again), strict=True)
    differ = {before["protocol"] for before, after in pairs if told(before) != told(after)}
    assert differ <= moved


def test_the_protocol_of_the_first_desk_is_kept_with_the_record(sample: Path, again: Path) -> None:
    first = exported(sample)[0]["protocol"]
    extra = exported(again, "--native")[0]["extra"]
    assert isinstance(extra, dict)
    assert extra["protocols"][0] == first


def test_a_ticket_without_an_older_id_is_found_by_its_protocol_there(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    found_desk(db, profile="organizacional", admin="chefe").close()
    assert run(["--db", str(db), "--as", "chefe", "-q", "new", "--subject", "=x", "--text", "'y"]) == 0
    protocol = exported(db)[0]["protocol"]
    file = tmp_path / "d.csv"
    assert run(["--db", str(db), "--as", "chefe", "-q", "export", "--native", "--out", str(file)]) == 0
    there = exported(other(db, tmp_path, file))[0]
    assert there["external_refs"] == [{"source": "ouvidoria", "external_id": protocol}]
    assert there["subject"] == "=x"


def test_a_table_keeps_everything_but_signs_that_no_table_holds(sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "sample.csv"
    assert (
        run(["--db", str(sample), "--as", "chefe", "--quiet", "export", "--native", "--out", str(file)]) == 0
    )
    before, after = exported(sample, "--native"), exported(other(sample, tmp_path, file), "--native")
    differ = {
        (str(one["external_id"]), key)
        for one, two in zip(before, after, strict=True)
        for key in one
        if key != "extra" and one[key] != two[key]
    }
    hostile = {
        (str(row["external_id"]), key)
        for row in before
        for key in ("subject", "description")
        if not str(row[key]).replace("\n", "").isprintable()
    }
    assert differ <= hostile


def test_a_second_import_of_the_same_export_finds_nothing_to_do(
    sample: Path, again: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sample.jsonl"
    assert run(["--db", str(sample), "--as", "chefe", "-q", *WHOLE, "--out", str(file)]) == 0
    capsys.readouterr()
    assert run(["--db", str(again), "--as", "chefe", "-q", "import", str(file), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["unchanged"], found["updated"], found["created"]) == (found["read"], 0, 0)


def test_a_confidential_ticket_stays_confidential(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    found_desk(db, profile="organizacional", admin="chefe").close()
    record = {"subject": "x", "received_at": "2026-01-05T10:00:00-03:00", "confidential": True, "level": 2}
    file = tmp_path / "r.jsonl"
    file.write_text(json.dumps(record), "utf-8")
    assert run(["--db", str(db), "--as", "chefe", "-q", "import", str(file)]) == 0
    assert (exported(db)[0]["confidential"], exported(db)[0]["level"]) == (True, 2)


@pytest.mark.parametrize(
    ("field", "value"), [("level", 4), ("level", "x"), ("confidential", "maybe"), ("lane", "fast")]
)
def test_what_another_desk_cannot_have_decided_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, value: object
) -> None:
    db = tmp_path / "d.db"
    found_desk(db, profile="organizacional", admin="chefe").close()
    file = tmp_path / "r.jsonl"
    file.write_text(json.dumps({"subject": "x", "received_at": "2026-01-05", field: value}), "utf-8")
    assert run(["--db", str(db), "--as", "chefe", "-q", "import", str(file)]) == 6
    assert "BAD_VALUE" in capsys.readouterr().err
