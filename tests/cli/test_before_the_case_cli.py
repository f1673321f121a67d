"""What was before a case, from the shell: when it happened, and which department had not solved it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell

NEW = ("new", "--subject", "Nota fiscal", "--text", "Veio com o CNPJ errado.", "--format", "json")


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    found_desk(tmp_path / "d.db", profile="ecommerce-planos", admin="ana").close()
    return Shell(tmp_path / "d.db", capsys, monkeypatch)


def code(shell: Shell, *args: str) -> tuple[int, str]:
    said = shell(*args, "--format", "json")
    return said.code, str(said.error["code"])


@pytest.mark.req("S3-32")
def test_when_it_happened_and_when_it_was_reported_are_two_dates(shell: Shell) -> None:
    made = shell(*NEW, "--at", "2026-03-12 10:00", "--occurred", "2026-03-02 10:00")
    ref = str(made.json["protocol"])

    ticket = shell("show", ref, "--format", "json").json
    assert (ticket["occurred_at"][:10], ticket["arrived_at"][:10]) == ("2026-03-02", "2026-03-12")
    assert "reported 10 days later" in shell("show", ref).out
    shell("classify", ref, "--occurred", "2026-03-11 10:00")
    assert "reported 1 day later" in shell("show", ref).out
    totals = shell("report", "delays", "--format", "json").json["totals"]
    assert (totals["received"], totals["dated"], totals["p50_minutes"]) == (1, 1, 1440)
    assert shell("verify").code == 0


@pytest.mark.req("S3-32")
def test_nothing_happens_after_it_was_reported(shell: Shell) -> None:
    past = ("--at", "2026-03-12 10:00")
    assert code(shell, *NEW[:-2], *past, "--occurred", "2026-03-13 10:00") == (4, "DATE_OUT_OF_ORDER")
    ref = str(shell(*NEW, *past).json["protocol"])
    assert code(shell, "classify", ref, "--occurred", "2026-03-12 10:01") == (4, "DATE_OUT_OF_ORDER")
    assert code(shell, "classify", ref, "--occurred", "ontem?") == (2, "BAD_TIME")
    assert shell("report", "delays", "--format", "json").json["totals"]["p50_minutes"] is None


@pytest.mark.req("S2-13")
def test_the_department_that_had_not_solved_it_is_named_before_the_end_and_ranked(shell: Shell) -> None:
    refs = [str(shell(*NEW, "--complained", name).json["protocol"]) for name in ("Financeiro", "suporte")]
    refs.append(str(shell(*NEW).json["protocol"]))
    conclude = ("reply", refs[2], "--conclusive", "--text", "Nova nota emitida.")

    assert code(shell, *conclude) == (4, "COMPLAINED_DEPARTMENT_REQUIRED")
    assert code(shell, "classify", refs[2], "--complained", "nenhum") == (3, "DEPARTMENT_NOT_FOUND")
    assert shell("classify", refs[2], "--complained", "financeiro").code == 0
    assert shell(*conclude).code == 0

    rows = shell("report", "volume", "--by", "complained", "--format", "json").json["rows"]
    assert {row["complained"]: row["received"] for row in rows} == {"financeiro": 2, "suporte": 1}
    page = shell("show", refs[2]).out
    assert "Complained of" in page
    assert "Financeiro" in page


@pytest.mark.req("S2-13", "S3-32")
def test_both_travel_with_an_export_to_another_desk(shell: Shell, tmp_path: Path) -> None:
    shell(*NEW, "--at", "2026-03-12 10:00", "--occurred", "2026-03-02 10:00", "--complained", "financeiro")
    told = shell("export", "--native", "--format", "csv").out
    (tmp_path / "out.csv").write_text(told, "utf-8")
    found_desk(tmp_path / "other.db", profile="ecommerce-planos", admin="ana").close()
    other = Shell(tmp_path / "other.db", shell.capsys, shell.monkeypatch)

    assert other("import", str(tmp_path / "out.csv")).code == 0
    (row,) = other("queue", "--format", "json").json
    assert (row["occurred_at"][:16], row["complained_department"]) == ("2026-03-02T10:00", "financeiro")


def test_a_date_of_the_fact_after_the_arrival_rejects_its_row_alone(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "assunto,data de abertura,data do fato\nUm,2026-03-12,2026-03-13\nDois,2026-03-12,01/03/2026\n",
        "utf-8",
    )
    found = shell("import", str(path), "--format", "json").json
    assert (found["created"], found["rejected"]) == (1, 1)
    assert shell("report", "delays", "--format", "json").json["totals"]["dated"] == 1
