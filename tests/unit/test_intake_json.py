from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.intake.reader import read
from ouvidoria_tui.intake.record import MAX_ROW, Record, Reject
from ouvidoria_tui.intake.source import CHUNK

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = 1_750_000_000
A = '{"subject": "a", "received_at": "2024-03-01"}'
B = '{"subject": "b", "received_at": "2024-03-01"}'
C = '{"subject": "c", "received_at": "2024-03-01"}'


def rows(tmp_path: Path, content: str | bytes, name: str = "in.json") -> list[Record | Reject]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    with read(path, zone=ZONE, now=NOW) as items:
        return list(items)


def subjects(items: list[Record | Reject]) -> list[str]:
    return [item.subject for item in items if isinstance(item, Record)]


def rejects(items: list[Record | Reject]) -> list[tuple[int, int, str]]:
    return [(item.line, item.column, item.code) for item in items if isinstance(item, Reject)]


@pytest.mark.parametrize(
    "text",
    [
        f"[{A},{B}]",
        f"  [\n{A}\n,\n{B} ]\n",
        f'{{"exported": 1, "tickets": [{A},{B}], "more": {{"x": []}}}}',
        f"{A}\n{B}\n",
        f"\ufeff[{A},{B}]",
    ],
)
def test_every_shape_of_document_is_read(tmp_path: Path, text: str) -> None:
    items = rows(tmp_path, text)
    assert (subjects(items), rejects(items)) == (["a", "b"], [])


def test_one_object_is_one_record_and_keeps_its_unknown_fields(tmp_path: Path) -> None:
    (record,) = rows(tmp_path, json.dumps({**json.loads(A), "floor": {"no": 2}, "gap": None}, indent=2))
    assert isinstance(record, Record)
    assert record.extra == {"floor": {"no": 2}, "gap": None}


def test_an_empty_list_is_no_record_and_no_fault(tmp_path: Path) -> None:
    assert rows(tmp_path, "[]") == []


def test_records_know_their_lines(tmp_path: Path) -> None:
    items = rows(tmp_path, f"[\n\n{A},\n{B}]")
    assert [item.line for item in items] == [3, 4]


def test_a_document_longer_than_the_window_is_read_whole(tmp_path: Path) -> None:
    many = [{"external_id": n, "subject": "é" * 900, "received_at": "2024-03-01"} for n in range(900)]
    assert len(subjects(rows(tmp_path, json.dumps(many, ensure_ascii=False)))) == 900


def test_an_element_longer_than_the_window_is_read(tmp_path: Path) -> None:
    big = json.dumps({"subject": "x", "received_at": "2024-03-01", "description": '\\"[{' * (CHUNK // 4)})
    assert subjects(rows(tmp_path, f"[{big},{A}]")) == ["x", "a"]


@pytest.mark.parametrize("shift", range(0, 60, 7))
def test_a_fault_across_the_end_of_the_window_is_found_all_the_same(tmp_path: Path, shift: int) -> None:
    pad = json.dumps(
        {"subject": "pad", "received_at": "2024-03-01", "extra": {"p": "x" * (CHUNK - 150 + shift)}}
    )
    items = rows(tmp_path, f'[{pad},{{"subject": "a",, "b": 1}},{B}]')
    assert (subjects(items), [code for _, _, code in rejects(items)]) == (["pad", "b"], ["BAD_JSON"])


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        ('{"subject": "x",, "y": 1}', (3, 17, "BAD_JSON")),
        ('{"subject": "x" "y": 1}', (3, 17, "BAD_JSON")),
        ('{"subject": "x", "y": NaN, "received_at": "2024-03-01"}', (3, 1, "BAD_JSON")),
        pytest.param('{"subject": "x", "y": ' + "9" * 5000 + "}", (3, 1, "BAD_JSON"), id="huge number"),
        ('{"subject": "x", "subject": "y"}', (3, 1, "DUPLICATE_KEY")),
        ("12", (3, 1, "BAD_TYPE")),
        ('"text"', (3, 1, "BAD_TYPE")),
        ("[1, 2]", (3, 1, "BAD_TYPE")),
        ("nonsense", (3, 1, "BAD_JSON")),
        ('{"subject": "x", "received_at": "2024-03-01"', (4, 1, "BAD_JSON")),
        ('{"subject": "x, "received_at": "2024-03-01"}', (3, 18, "BAD_JSON")),
        ('{"subject": "x", "received_at": "2024-03-01}', (3, 46, "BAD_JSON")),
        ('{"subject": "x", "received_at": "2024-03-01"]', (3, 45, "BAD_JSON")),
        ('{"subject": "x", "received_at": "soon"}', (3, 18, "BAD_TIME")),
        ('{"subject": "a\\u0000b", "received_at": "2024-03-01"}', (3, 2, "BAD_TEXT")),
        ('{"subject": "\\ud800", "received_at": "2024-03-01"}', (3, 2, "BAD_TEXT")),
        ('{"subject": "x", "received_at": "2024-03-01", "z": {"k": 1e999}}', (3, 47, "BAD_VALUE")),
        ("{}", (3, 1, "MISSING_FIELD")),
    ],
)
def test_a_broken_element_is_named_by_its_place_and_the_others_stand(
    tmp_path: Path, broken: str, place: tuple[int, int, str]
) -> None:
    items = rows(tmp_path, f"[\n{A},\n{broken},\n{B},\n{C}\n]")
    assert rejects(items)[0] == place
    assert (subjects(items), len(rejects(items))) == (["a", "b", "c"], 1)


def test_a_lost_brace_on_one_line_costs_one_element(tmp_path: Path) -> None:
    items = rows(tmp_path, f'[{A},{{"subject": "x", {B},{C}]')
    assert (subjects(items), len(rejects(items))) == (["a", "b", "c"], 1)


def test_a_lost_quote_in_an_indented_document_costs_one_element(tmp_path: Path) -> None:
    message = [{"at": "2024-03-01", "from": "desk", "text": "m"}]
    many = [{"subject": s, "received_at": "2024-03-01", "messages": message} for s in ("a", "b", "c")]
    text = json.dumps(many, indent=2).replace('"b"', '"b', 1)
    items = rows(tmp_path, text)
    assert (subjects(items), len(rejects(items))) == (["a", "c"], 1)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_absurd_nesting_is_refused_and_not_a_crash(tmp_path: Path, opening: str) -> None:
    closing = {"[": "]"}.get(opening, "}")
    deep = f'{{"x": {opening * 50_000}1{closing * 50_000}}}'
    items = rows(tmp_path, f"[{A},{deep},{B}]")
    assert (subjects(items), [code for _, _, code in rejects(items)]) == (["a", "b"], ["TOO_DEEP"])


def test_endless_nesting_is_refused_and_not_a_crash(tmp_path: Path) -> None:
    assert {code for _, _, code in rejects(rows(tmp_path, "[" * 300_000))} == {"BAD_JSON"}


def test_an_overlong_element_is_refused_and_the_next_stands(tmp_path: Path) -> None:
    big = json.dumps({"subject": "x", "received_at": "2024-03-01", "description": "y" * (MAX_ROW + CHUNK)})
    items = rows(tmp_path, f"[{A},{big},{B}]")
    assert (subjects(items), [code for _, _, code in rejects(items)]) == (["a", "b"], ["ROW_TOO_LONG"])


@pytest.mark.parametrize(
    ("text", "subject", "code"),
    [
        (f"[{A},", ["a"], "BAD_JSON"),
        (f"[{A}", ["a"], "BAD_JSON"),
        (f'[{A},{{"subject": "x', ["a"], "BAD_JSON"),
        (f"[{A}] trailing", ["a"], "BAD_JSON"),
        (f"[{A} {B}]", ["a", "b"], "BAD_JSON"),
        (f"[{A},,{B}]", ["a", "b"], "BAD_JSON"),
        ("12", [], "BAD_JSON"),
        ('{"subject": "x"', [], "BAD_JSON"),
        ('{"subject": "x", "subject": "y", "received_at": "2024-03-01"}', [], "DUPLICATE_KEY"),
    ],
)
def test_a_fault_of_the_document_is_told_once(
    tmp_path: Path, text: str, subject: list[str], code: str
) -> None:
    items = rows(tmp_path, text)
    assert (subjects(items), [found for _, _, found in rejects(items)]) == (subject, [code])


def test_a_broken_line_is_named_by_its_place_and_the_others_stand(tmp_path: Path) -> None:
    text = f'{A}\n{{"subject": oops}}\n\n{B}\n[1]\n{C}'
    items = rows(tmp_path, text, "in.jsonl")
    assert rejects(items) == [(2, 13, "BAD_JSON"), (5, 1, "BAD_TYPE")]
    assert subjects(items) == ["a", "b", "c"]


def test_a_line_with_a_bad_byte_is_refused_alone(tmp_path: Path) -> None:
    good = A.replace('"a"', '"ação"').encode()
    content = good + b'\n{"subject": "\xe7", "received_at": "2024-03-01"}\n' + B.encode()
    items = rows(tmp_path, content, "in.jsonl")
    assert (subjects(items), [code for _, _, code in rejects(items)]) == (["ação", "b"], ["BAD_ENCODING"])


def test_an_element_with_a_bad_byte_is_refused_alone(tmp_path: Path) -> None:
    good = A.replace('"a"', '"ação"').encode()
    content = b"[" + good + b',\n{"subject": "\xe7", "received_at": "2024-03-01"},\n' + B.encode() + b"]"
    items = rows(tmp_path, content)
    assert (subjects(items), rejects(items)) == (["ação", "b"], [(2, 2, "BAD_TEXT")])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("[" * 100_000, "TOO_DEEP", id="nested"),
        pytest.param('{"subject": "' + "x" * (MAX_ROW + 5) + '"}', "ROW_TOO_LONG", id="overlong"),
    ],
)
def test_an_absurd_line_is_refused_and_the_next_stands(tmp_path: Path, line: str, code: str) -> None:
    items = rows(tmp_path, f"{line}\n{A}\n", "in.jsonl")
    assert ([found for _, _, found in rejects(items)], subjects(items)) == ([code], ["a"])


def test_a_reject_names_the_key_of_a_nested_field_and_its_place(tmp_path: Path) -> None:
    message = '{"at": "2024-03-02", "from": "desk", "text": "x"}'
    text = f'{{"subject": "a", "received_at": "2024-03-01", "messages": [{message}, {message.replace("-02", "-32")}]}}'
    (item,) = rows(tmp_path, text, "in.jsonl")
    assert isinstance(item, Reject)
    assert (item.field, item.code, item.value) == ("messages.2.at", "BAD_TIME", "2024-03-32")
    assert text[item.column - 1 :].startswith('"at": "2024-03-32"')
