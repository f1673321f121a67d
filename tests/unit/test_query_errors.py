from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ouvidoria_tui.domain.query import MAX_LENGTH, MAX_TERMS, caret, parse
from ouvidoria_tui.domain.query_error import cells
from ouvidoria_tui.domain.query_fields import FIELDS
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_


def failure(text: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("foo:bar", 1),
        ("boleto -foo:bar", 9),
        ("status:", 8),
        ("status: open", 8),
        ("status:open,closd", 13),
        ("status:open,", 13),
        ('customer:""', 10),
        ('boleto "frase', 8),
        ('customer:"Maria', 10),
        ("due<soon", 5),
        ("due<2", 5),
        ("age>-5d", 5),
        ("due<1d,2d", 8),
        ("idade:5d", 7),
        ("opened:2026-13", 8),
        ("opened:2026-12..2026-10", 8),
        ("opened:..", 8),
        ("type<complaint", 5),
        ("is:nice", 4),
        ("severity>=none", 9),
    ],
)
def test_an_error_says_the_column(text: str, column: int) -> None:
    error = failure(text)
    assert (error.code, error.details["column"], error.details["query"]) == ("BAD_QUERY", column, text)


def test_a_wrong_field_names_the_fields_that_exist() -> None:
    hint = str(failure("foo:bar").hint)
    assert all(spec.name in hint for spec in FIELDS)


def test_a_misspelt_field_names_the_one_that_was_meant() -> None:
    assert "did you mean situacao" in str(failure("situacoa:aberto").hint)


def test_a_wrong_value_names_the_values_that_exist() -> None:
    assert "in-progress" in str(failure("status:opne").hint)


def test_the_longest_query_is_read_and_a_longer_one_is_refused() -> None:
    assert parse("a" * MAX_LENGTH).terms
    assert failure("a" * (MAX_LENGTH + 1)).details["column"] == MAX_LENGTH + 1


def test_words_and_values_are_counted_together() -> None:
    assert len(parse("a " * MAX_TERMS).terms) == MAX_TERMS
    assert failure("a " * MAX_TERMS + "a").details["column"] == MAX_TERMS * 2 + 1
    assert failure("owner:" + ",".join("a" * (MAX_TERMS + 1))).code == "BAD_QUERY"


def test_the_caret_stands_under_the_place() -> None:
    assert caret(failure("boleto foo:bar")) == "boleto foo:bar\n       ^"


def test_the_caret_counts_wide_characters_twice_and_marks_not_at_all() -> None:
    line, mark = caret(failure("日本 e\u0301 foo:bar")).split("\n")
    assert line == "日本 e\u0301 foo:bar"
    assert mark == " " * 7 + "^"


def test_the_caret_neutralises_controls_and_bidi() -> None:
    line, mark = caret(failure("\x1b[31m \u202e \ud800\x00 foo:bar")).split("\n")
    assert line == "?[31m ? ?? foo:bar"
    assert mark == " " * 11 + "^"


def test_a_long_query_is_cut_around_the_place() -> None:
    line, mark = caret(failure("日" * 600 + " foo:bar " + "x" * 600)).split("\n")
    assert cells(line) <= 76
    assert line.startswith("…")
    assert line.endswith("…")
    assert "foo:bar" in line
    at = len(mark) - 1
    assert cells(line[: line.index("foo")]) == at


def test_another_error_has_no_caret() -> None:
    assert caret(UsageError("BAD_PROTOCOL", N_("x"))) == ""


def test_messages_do_not_carry_controls_of_the_query() -> None:
    assert "\x1b" not in str(failure("status:\x1b[2J").message)


@settings(max_examples=200)
@given(
    st.one_of(
        st.text(st.characters(codec=None), max_size=80),
        st.lists(
            st.sampled_from(
                [spec.name for spec in FIELDS] + list(':<>="-,* .') + ["2d", "2026-10", "é", "none", ".."]
            ),
            max_size=20,
        ).map("".join),
    )
)
@example("opened:9999")
@example("closed:2999-12..")
@example("age>999999w")
@example('""')
@example("due<٣d")
@example("opened:²026")
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    error: UsageError | None = None
    try:
        parse(text)
    except UsageError as refused:
        error = refused
    if error is not None:
        column = error.details["column"]
        assert isinstance(column, int)
        assert 1 <= column <= len(text) + 1
        assert len(caret(error).split("\n")) == 2
