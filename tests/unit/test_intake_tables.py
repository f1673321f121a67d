from __future__ import annotations

import codecs
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.reader import read
from ouvidoria_tui.intake.record import MAX_ROW, Record, Reject

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_750_000_000
HEAD = "external_id;subject;received_at;department\n"


def rows(tmp_path: Path, content: str | bytes, name: str = "in.csv", **options: str) -> list[Record | Reject]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with read(
        path, zone=ZONE, now=NOW, encoding=options.get("encoding"), delimiter=options.get("delimiter")
    ) as items:
        return list(items)


def records(items: list[Record | Reject]) -> list[Record]:
    assert not [item for item in items if isinstance(item, Reject)], items
    return [item for item in items if isinstance(item, Record)]


def rejects(items: list[Record | Reject]) -> list[tuple[int, int, str]]:
    return [(item.line, item.column, item.code) for item in items if isinstance(item, Reject)]


def subjects(items: list[Record | Reject]) -> list[str]:
    return [item.subject for item in items if isinstance(item, Record)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    text = delimiter.join(["subject", "received_at"]) + "\n" + delimiter.join(["Água", "2024-03-01"]) + "\n"
    assert subjects(rows(tmp_path, text)) == ["Água"]


def test_delimiters_inside_quoted_names_do_not_count(tmp_path: Path) -> None:
    text = '"a,b,c,d";subject;received_at\n1;x;2024-03-01\n'
    assert records(rows(tmp_path, text))[0].extra == {"a,b,c,d": "1"}


def test_a_declared_delimiter_is_obeyed(tmp_path: Path) -> None:
    (record,) = records(rows(tmp_path, "sep=|\nsubject|received_at\nx|2024-03-01\n"))
    assert (record.subject, record.line) == ("x", 3)


@pytest.mark.parametrize("delimiter", ["^", "tab"])
def test_a_delimiter_that_is_given_wins(tmp_path: Path, delimiter: str) -> None:
    mark = {"tab": "\t"}.get(delimiter, delimiter)
    text = f"subject{mark}received_at\nx{mark}2024-03-01\n"
    assert subjects(rows(tmp_path, text, delimiter=delimiter)) == ["x"]


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "a"])
def test_a_delimiter_that_cannot_be_one_is_a_usage_error(tmp_path: Path, delimiter: str) -> None:
    with pytest.raises(UsageError) as caught:
        rows(tmp_path, HEAD, delimiter=delimiter or "  ")
    assert caught.value.code == "IMPORT_DELIMITER"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le+bom", "utf-32"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    text = HEAD + "1;Ligação não concluída – “ruído”;2024-03-01;Atenção\n"
    content = codecs.BOM_UTF16_LE + text.encode("utf-16-le") if "+" in encoding else text.encode(encoding)
    assert subjects(rows(tmp_path, content)) == ["Ligação não concluída – “ruído”"]


def test_windows_1252_is_found_far_into_the_file(tmp_path: Path) -> None:
    text = HEAD + "".join(f"{n};plain;2024-03-01;x\n" for n in range(30_000)) + "a;ação;2024-03-01;x\n"
    assert subjects(rows(tmp_path, text.encode("cp1252")))[-1] == "ação"


def test_an_encoding_that_is_given_wins(tmp_path: Path) -> None:
    content = (HEAD + "1;ação;2024-03-01;x\n").encode("cp850")
    assert subjects(rows(tmp_path, content, encoding="cp850")) == ["ação"]


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", "zip"])
def test_an_unknown_encoding_is_a_usage_error(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UsageError) as caught:
        rows(tmp_path, HEAD, encoding=encoding)
    assert caught.value.code == "IMPORT_ENCODING"


def test_text_that_is_not_in_the_given_wide_encoding_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        rows(tmp_path, b"abc", encoding="utf-16-le")
    assert caught.value.code == "IMPORT_ENCODING"


def test_a_broken_byte_in_a_utf8_file_refuses_its_row_only(tmp_path: Path) -> None:
    good = "1;ação;2024-03-01;x\n".encode()
    content = HEAD.encode() + good + "2;ação".encode() + b"\xe7;2024-03-01;x\n" + good.replace(b"1;", b"3;")
    items = rows(tmp_path, content)
    assert rejects(items) == [(3, 2, "BAD_ENCODING")]
    assert subjects(items) == ["ação", "ação"]


def test_a_byte_that_windows_1252_does_not_know_refuses_its_row_only(tmp_path: Path) -> None:
    items = rows(tmp_path, HEAD.encode() + b"1;\x81\xe7;2024-03-01;x\n2;a\xe7\xe3o;2024-03-01;x\n")
    assert (rejects(items), subjects(items)) == ([(2, 2, "BAD_ENCODING")], ["ação"])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(tmp_path: Path, newline: str) -> None:
    text = (HEAD + "1;x;2024-03-01;a\n2;y;2024-03-01;b\n").replace("\n", newline)
    items = records(rows(tmp_path, text))
    assert [(item.line, item.department) for item in items] == [(2, "a"), (3, "b")]


def test_the_last_row_needs_no_line_end(tmp_path: Path) -> None:
    assert subjects(rows(tmp_path, HEAD + "1;x;2024-03-01;a")) == ["x"]


def test_blank_rows_are_passed_over(tmp_path: Path) -> None:
    assert subjects(rows(tmp_path, HEAD + "\n;;;\n  \n1;x;2024-03-01;a\n\n")) == ["x"]


def test_line_numbers_stay_true_after_cells_of_several_lines(tmp_path: Path) -> None:
    text = HEAD + '1;"two\nlines; ""quoted""";2024-03-01;a\n2;y;2024-03-01;b\n3;z;never;b\n'
    items = rows(tmp_path, text)
    assert [item.line for item in items] == [2, 4, 5]
    assert subjects(items)[0] == 'two\nlines; "quoted"'


def test_a_quote_in_the_middle_of_a_cell_is_a_character(tmp_path: Path) -> None:
    assert subjects(rows(tmp_path, HEAD + '1;monitor 24";2024-03-01;a\n')) == ['monitor 24"']


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("1;x;2024-03-01", (2, 4, "TOO_FEW_CELLS")),
        ("1;x;2024-03-01;a;b", (2, 5, "TOO_MANY_CELLS")),
        ('1;"x" y;2024-03-01;a', (2, 0, "BAD_QUOTE")),
        ('1;"x;2024-03-01;a', (2, 0, "UNTERMINATED_QUOTE")),
        ("1;x\0y;2024-03-01;a", (2, 2, "NUL_BYTE")),
        ("1;x;31/02/2024;a", (2, 3, "BAD_TIME")),
        ("1;;2024-03-01;a", (2, 2, "MISSING_FIELD")),
    ],
)
def test_a_broken_row_is_named_by_its_place_and_the_next_one_stands(
    tmp_path: Path, row: str, place: tuple[int, int, str]
) -> None:
    items = rows(tmp_path, f"{HEAD}{row}\n2;y;2024-03-01;b\n")
    assert rejects(items) == [place]
    assert subjects(items) == ["y"]


def test_a_reject_names_the_column_and_keeps_the_value(tmp_path: Path) -> None:
    items = rows(tmp_path, "Subject;Received At\nx;soon\n")
    assert isinstance(items[0], Reject)
    assert (items[0].field, items[0].value) == ("Received At", "soon")


def test_a_stray_quote_takes_no_later_row_along(tmp_path: Path) -> None:
    good = "".join(f'{n};"s{n}";2024-03-01;a\n' for n in range(3, 9))
    items = rows(tmp_path, f'{HEAD}2;"stray;2024-03-01;a\n{good}')
    assert (rejects(items), len(subjects(items))) == ([(2, 0, "BAD_QUOTE")], 6)


def test_a_quote_that_never_ends_is_refused_where_it_begins(tmp_path: Path) -> None:
    items = rows(tmp_path, HEAD + '1;x;2024-03-01;a\n2;"open;2024-03-01;a\n3;y;2024-03-01;a')
    assert (rejects(items), subjects(items)) == ([(3, 0, "UNTERMINATED_QUOTE")], ["x", "y"])


def test_a_file_of_stray_quotes_is_read_in_bounded_work(tmp_path: Path) -> None:
    items = rows(tmp_path, HEAD + '1;"open;2024-03-01;a\n' * 3001)
    assert {code for _, _, code in rejects(items)} <= {"UNTERMINATED_QUOTE", "BAD_QUOTE"}


def test_lines_of_an_overlong_text_never_pose_as_rows(tmp_path: Path) -> None:
    posing = "9;posing;2024-03-01;a\n"
    long = posing * (MAX_ROW // len(posing) + 10)
    items = rows(tmp_path, f'{HEAD}1;"{long}";2024-03-01;a\n2;y;2024-03-01;a\n')
    assert (rejects(items), subjects(items)) == ([(2, 0, "ROW_TOO_LONG")], ["y"])


def test_an_overlong_line_is_refused_and_the_next_row_stands(tmp_path: Path) -> None:
    items = rows(tmp_path, f"{HEAD}1;{'x' * (MAX_ROW + 5)};2024-03-01;a\n2;y;2024-03-01;a\n")
    assert (rejects(items), subjects(items)) == ([(2, 0, "ROW_TOO_LONG")], ["y"])


def test_an_open_quote_before_many_rows_is_refused_alone(tmp_path: Path) -> None:
    good = "".join(f"{n};{'y' * 500};2024-03-01;a\n" for n in range(MAX_ROW // 500))
    items = rows(tmp_path, f'{HEAD}x;"open;2024-03-01;a\n{good}')
    assert (rejects(items), len(subjects(items))) == ([(2, 0, "UNTERMINATED_QUOTE")], MAX_ROW // 500)


def test_the_second_row_of_an_id_is_refused(tmp_path: Path) -> None:
    items = rows(tmp_path, HEAD + "1;x;2024-03-01;a\n1;y;2024-03-01;a\n")
    assert (rejects(items), subjects(items)) == ([(3, 1, "DUPLICATE_ID")], ["x"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1;x;2024-03-01\n2;y;2024-03-02\n", "IMPORT_NO_HEADER"),
        ("\n\n;;\n", "IMPORT_NO_HEADER"),
        ('"open\n', "IMPORT_NO_HEADER"),
        ("subject;department\nx;a\n", "IMPORT_MISSING_COLUMN"),
        ("received_at;department\n2024-03-01;a\n", "IMPORT_MISSING_COLUMN"),
        ("subject;received_at;Subject\nx;2024-03-01;y\n", "IMPORT_DUPLICATE_COLUMN"),
        ("subject;received_at;note;note\nx;2024-03-01;y;z\n", "IMPORT_DUPLICATE_COLUMN"),
    ],
)
def test_a_header_that_will_not_do_refuses_the_whole_file(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        rows(tmp_path, text)
    assert caught.value.code == code
    assert "in.csv, line" in str(caught.value.message)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        rows(tmp_path, "subject;x\na;b\n")
    assert "received_at" in str(caught.value.message)
    assert caught.value.details["line"] == 1


def test_dotted_names_fill_customer_messages_and_extra(tmp_path: Path) -> None:
    text = (
        "subject;received_at;customer.name;messages.1.at;messages.1.from;messages.1.text;extra.shop;floor;tags\n"
        "x;2024-03-01;Example;2024-03-02;desk;Hello;7;2;a, b\n"
        "y;2024-03-01;;;;;;;\n"
    )
    first, second = records(rows(tmp_path, text))
    assert first.customer is not None
    assert (first.customer.name, first.messages[0].text, first.tags) == ("Example", "Hello", ("a", "b"))
    assert first.extra == {"shop": "7", "floor": "2"}
    assert (second.customer, second.messages, second.extra) == (None, (), {})


def test_messages_may_be_json_in_one_cell(tmp_path: Path) -> None:
    cell = '"[{""at"": ""2024-03-02"", ""from"": ""note"", ""text"": ""x""}]"'
    (record,) = records(rows(tmp_path, f"subject;received_at;messages\nx;2024-03-01;{cell}\n"))
    assert record.messages[0].text == "x"


def test_extra_may_be_json_in_one_cell_beside_unknown_columns(tmp_path: Path) -> None:
    (record,) = records(rows(tmp_path, 'subject;received_at;extra;b\nx;2024-03-01;"{""a"": 1}";2\n'))
    assert record.extra == {"a": 1, "b": "2"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("'=1+1", "=1+1"),
        ("' @x", "' @x"),
        ("''tis", "'tis"),
        ("'hello", "'hello"),
        ("'-5", "-5"),
        ("''=x", "'=x"),
    ],
)
def test_the_guard_of_our_own_export_is_taken_back_once(tmp_path: Path, cell: str, expected: str) -> None:
    assert subjects(rows(tmp_path, f"subject;received_at\n{cell};2024-03-01\n")) == [expected]


def test_hostile_text_passes_unchanged(tmp_path: Path) -> None:
    text = "\x1b[2J\u202e[red]'; DROP TABLE ticket;--"
    items = rows(tmp_path, f"subject,received_at\n{text},2024-03-01\n")
    assert subjects(items) == [text]
