from __future__ import annotations

from pathlib import Path

import pytest

from tests import requirements_page
from tests.requirements_page import (
    NOT_COVERED,
    PageError,
    Requirement,
    Shown,
    check_ids,
    collect,
    read_register,
    render,
)

TITLES = {"S0": "a first source", "S1": "a second source"}
ROWS = [
    Requirement("S0-01", "S0", "C", "Keeps what came in."),
    Requirement("S0-02", "S0", "S", "Says a | b."),
    Requirement("S1-01", "S1", "I", "Is polite."),
]


def collected(tmp_path: Path, source: str) -> list[tuple[str, str]]:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_case.py").write_text(source, "utf-8")
    return [(shown.id, shown.test) for shown in collect(folder, tmp_path)]


def test_a_marked_function_shows_each_id_it_names(tmp_path: Path) -> None:
    source = "@pytest.mark.req('S0-01', 'S1-01')\ndef test_it(): ...\n"
    assert collected(tmp_path, source) == [
        ("S0-01", "tests/test_case.py::test_it"),
        ("S1-01", "tests/test_case.py::test_it"),
    ]


def test_a_marked_class_counts_for_each_of_its_tests(tmp_path: Path) -> None:
    source = "@pytest.mark.req('S0-01')\nclass TestDesk:\n  def test_a(self): ...\n  def test_b(self): ...\n"
    assert [test for _, test in collected(tmp_path, source)] == [
        "tests/test_case.py::TestDesk::test_a",
        "tests/test_case.py::TestDesk::test_b",
    ]


def test_a_module_mark_counts_for_each_test_of_the_file(tmp_path: Path) -> None:
    source = "pytestmark = [pytest.mark.req('S0-01')]\ndef test_a(): ...\nasync def test_b(): ...\n"
    assert [id_ for id_, _ in collected(tmp_path, source)] == ["S0-01", "S0-01"]


def test_a_marked_parameter_counts_for_its_test(tmp_path: Path) -> None:
    source = (
        "@pytest.mark.parametrize('n', [pytest.param(1, marks=pytest.mark.req('S0-02'))])\n"
        "def test_it(n): ...\n"
    )
    assert collected(tmp_path, source) == [("S0-02", "tests/test_case.py::test_it")]


def test_marked_cases_under_a_name_count_for_the_test_that_uses_them(tmp_path: Path) -> None:
    source = (
        "CASES = [pytest.param(1, marks=pytest.mark.req('S0-02'))]\n"
        "@pytest.mark.parametrize('n', CASES)\n"
        "def test_it(n): ...\n"
        "def test_other(): ...\n"
    )
    assert collected(tmp_path, source) == [("S0-02", "tests/test_case.py::test_it")]


def test_a_marker_with_a_computed_id_is_an_error_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"tests/test_case\.py:1"):
        collected(tmp_path, "@pytest.mark.req(NAME)\ndef test_it(): ...\n")


def test_a_marked_helper_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="is no test"):
        collected(tmp_path, "@pytest.mark.req('S0-01')\ndef helper(): ...\n")


def test_an_unknown_id_is_an_error_that_names_the_test() -> None:
    with pytest.raises(PageError, match=r"tests/test_a\.py::test_it .*S9-99"):
        check_ids([Shown("S9-99", "tests/test_a.py::test_it", 3)], ROWS)


def test_the_page_says_what_no_test_shows() -> None:
    page = render(TITLES, ROWS, [Shown("S0-01", "tests/test_a.py::test_it", 1)])
    assert "| S0-01 | C | Keeps what came in. | `tests/test_a.py::test_it` |" in page
    assert f"| S1-01 | I | Is polite. | {NOT_COVERED} |" in page


def test_a_bar_in_a_summary_does_not_split_the_table() -> None:
    assert r"Says a \| b." in render(TITLES, ROWS, [])


def test_totals_count_a_requirement_once_however_many_tests_show_it() -> None:
    page = render(TITLES, ROWS, [Shown("S0-01", "a::b", 1), Shown("S0-01", "c::d", 1)])
    assert "| S0 | 1 of 1 | 0 of 1 | 0 of 0 | 1 of 2 |" in page
    assert "| all | 1 of 1 | 0 of 1 | 0 of 1 | 1 of 3 |" in page


def test_a_requirement_under_another_source_is_refused() -> None:
    text = '[S0]\ntitle = "t"\n[S0.requirements]\nS1-01 = { class = "C", summary = "x" }\n'
    with pytest.raises(PageError, match="S1-01 stands under S0"):
        read_register(text)


def test_the_register_holds_the_218_requirements_of_five_sources() -> None:
    titles, rows = read_register(requirements_page.REGISTER.read_text("utf-8"))
    assert len(rows) == 218
    assert list(titles) == ["S0", "S1", "S2", "S3", "S4"]


def test_check_fails_where_the_page_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "requirements.md"
    page.write_text("old\n", "utf-8")
    monkeypatch.setattr(requirements_page, "PAGE", page)
    assert requirements_page.main(["--check"]) == 1
    assert "make docs" in capsys.readouterr().err
    assert page.read_text("utf-8") == "old\n"
