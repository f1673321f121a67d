from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping

import pytest

from ouvidoria_tui.domain.formula import plain
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.present.writers import FORMATS, default_format, write
from ouvidoria_tui.text import Text

COLUMNS = (Column("name", Text("Name")), Column("note", Text("Note"), flex=True))

NASTY = {
    "escape": "\x1b[2J\x1b]52;c;QQ==\x07\x1b[31m",
    "c1": "\x9b31m\x85\x90",
    "markup": "cliente disse [/b] [@click=app.quit]x[/] [bold",
    "bidi": "a\u202egpj\u2066b\u2069",
    "nul": "a\x00b\x7f",
    "surrogate": "a\ud800b\udcff",
    "newline": "a\nb\r\nc\rd\te\u2028f",
    "formula": '=HYPERLINK("http://example.org";"x")',
    "spaced formula": " \t+1",
    "pipe": "a|b\\|c",
    "quotes": "a\"b'c,d;e",
    "long": "x" * 100_000,
    "zalgo": "z" + "\u0336" * 1000,
    "backslash": "C:\\new\\table",
    "html": "<script>alert(1)</script>",
}


def written(value: object, fmt: str, **options: object) -> str:
    out = io.StringIO(newline="")
    rows = [{"name": "first", "note": value}, {"name": value, "note": "last"}]
    write(rows, COLUMNS, fmt, out, **options)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY.keys())
def test_no_format_lets_a_hostile_value_act(fmt: str, value: str) -> None:
    text = written(value, fmt, width=80)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    text.encode("utf-8")


@pytest.mark.parametrize("fmt", ["table", "tsv", "jsonl", "md"])
@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY.keys())
def test_a_value_never_makes_a_line_of_its_own(fmt: str, value: str) -> None:
    assert len(re.split("[\n\r\u2028\u2029]", written(value, fmt, width=80).rstrip("\n"))) == len(
        written("x", fmt, width=80).rstrip("\n").split("\n")
    )


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY.keys())
def test_json_gives_back_the_value_as_it_was(value: str) -> None:
    assert json.loads(written(value, "json"))[0]["note"] == value


@pytest.mark.parametrize("value", ["formula", "spaced formula", "quotes", "pipe", "html", "markup", "long"])
def test_csv_gives_back_the_value_without_its_guard(value: str) -> None:
    rows = list(csv.reader(io.StringIO(written(NASTY[value], "csv"), newline="")))
    assert plain(rows[1][1]) == NASTY[value]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "'"])
def test_a_cell_that_a_spreadsheet_would_run_is_marked_in_csv_and_tsv(start: str) -> None:
    value = f"{start}1+1"
    rows = list(csv.reader(io.StringIO(written(value, "csv"), newline="")))
    assert rows[1][1] == "'" + value
    assert written(value, "tsv").splitlines()[1].split("\t", 1)[1] == "'" + value.replace("\t", "\\t")


@pytest.mark.parametrize("value", ["", "a=b", "2026-000123-8", "ana@example.org", "R$ 10,00"])
def test_an_honest_cell_stays_as_it_is(value: str) -> None:
    assert written(value, "tsv").splitlines()[1] == f"first\t{value}"


def test_coloured_tables_hold_only_the_colours_of_the_theme() -> None:
    text = written(NASTY["escape"], "table", width=80, colour=True)
    assert "\x1b[1m" in text
    assert "\x1b" not in re.sub("\x1b\\[[0-9;]*m", "", text)


@pytest.mark.parametrize("width", [1, 5, 20, 40, 80])
def test_no_line_of_a_table_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, written("x" * 500, "table", width=width).splitlines())) <= width


def test_a_table_without_a_terminal_cuts_nothing() -> None:
    assert "x" * 500 in written("x" * 500, "table", width=None)


def test_wide_characters_keep_the_columns_aligned() -> None:
    out = io.StringIO()
    write([{"name": "日本", "note": "A"}, {"name": "abcd", "note": "B"}], COLUMNS, "table", out, width=80)
    assert out.getvalue().splitlines()[2:] == ["日本  A", "abcd  B"]


def test_ascii_tables_are_ascii() -> None:
    assert written("x" * 500, "table", width=40, ascii=True).isascii()


def test_later_rows_of_a_long_list_are_cut_to_the_same_columns() -> None:
    rows = [{"name": "a", "note": "b"}] * 600 + [{"name": "n" * 90, "note": "b"}]
    out = io.StringIO()
    write(rows, COLUMNS, "table", out, width=80)
    assert max(map(len, out.getvalue().splitlines())) <= 80


def test_columns_of_low_priority_go_first() -> None:
    columns = (Column("a", Text("A")), Column("b", Text("B"), priority=1), Column("c", Text("C"), priority=2))
    out = io.StringIO()
    write([{"a": "1" * 10, "b": "2" * 10, "c": "3" * 10}], columns, "table", out, width=24)
    assert out.getvalue().splitlines()[2] == "1111111111  2222222222"


def test_tsv_is_one_record_a_line_headed_by_keys() -> None:
    assert written("a\tb\nc\\d", "tsv") == "name\tnote\nfirst\ta\\tb\\nc\\\\d\na\\tb\\nc\\\\d\tlast\n"


def test_csv_lines_end_as_rfc_4180_says() -> None:
    assert written('a"b,c', "csv") == 'name,note\r\nfirst,"a""b,c"\r\n"a""b,c",last\r\n'


def test_markdown_keeps_its_columns_and_its_words() -> None:
    assert written("a|b", "md").splitlines()[2] == "| first | a\\|b |"


@pytest.mark.parametrize(
    ("value", "machine"),
    [
        (None, ""),
        (True, "true"),
        (-5, "-5"),
        (1.5, "1.5"),
        (["a", "b"], "a,b"),
        ({"clock": "resolution"}, '{"clock": "resolution"}'),
    ],
)
def test_machine_cells_are_raw_values(value: object, machine: str) -> None:
    assert written(value, "tsv").splitlines()[1] == f"first\t{machine}"


@pytest.mark.parametrize(("fmt", "line"), [("csv", "first,-5"), ("tsv", "first\t-5")])
def test_a_negative_number_is_not_taken_for_a_formula(fmt: str, line: str) -> None:
    assert written(-5, fmt).splitlines()[1] == line


def test_json_keeps_nested_values_and_accents() -> None:
    text = written({"ação": [1, {"x": None}], "nan": float("nan")}, "jsonl")
    assert '"ação"' in text
    assert json.loads(text.splitlines()[0])["note"] == {"ação": [1, {"x": None}], "nan": None}


def test_dotted_keys_reach_into_records() -> None:
    out = io.StringIO()
    write(
        [{"next_due": {"due_at": "x"}}, {"next_due": None}, {}],
        [Column("next_due.due_at", Text(""))],
        "tsv",
        out,
    )
    assert out.getvalue() == "next_due.due_at\nx\n\n\n"


@pytest.mark.parametrize(("fmt", "expected"), [("json", []), ("jsonl", None)])
def test_no_record_is_still_well_formed(fmt: str, expected: object) -> None:
    out = io.StringIO()
    assert write([], COLUMNS, fmt, out) == 0
    assert (json.loads(out.getvalue()) if out.getvalue() else None) == expected


@pytest.mark.parametrize("fmt", ["tsv", "csv", "json", "jsonl", "md"])
def test_records_flow_out_as_they_come_in(fmt: str) -> None:
    out = io.StringIO()
    seen: list[int] = []

    def source() -> Iterator[Mapping[str, object]]:
        for number in range(4):
            seen.append(len(out.getvalue()))
            yield {"name": str(number)}

    assert write(source(), COLUMNS, fmt, out) == 4
    assert seen[3] > seen[1]


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        write([], COLUMNS, "yaml", io.StringIO())
    assert "jsonl" in str(caught.value.hint)


def test_a_pipe_gets_tsv_and_a_terminal_a_table() -> None:
    assert (default_format(True), default_format(False)) == ("table", "tsv")
