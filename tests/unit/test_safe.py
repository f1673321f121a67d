from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ouvidoria_tui.present.escapes import tsv_safe
from ouvidoria_tui.present.safe import cells, clean, cut, fit, one_line

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=60) | st.text(
    st.sampled_from("a=+-@'\t\r\n \x00\x1b\x7f\x9b‮⁦‏​\u00ad\ud800é\u0301\u0301日👩\u200d＝|\\\ufeff"),
    max_size=30,
)


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]52;c;AAAA\x07", "]52;c;AAAA"),
        ("\x9b31m", "31m"),
        ("a\x00b\x7fc", "abc"),
        ("one\r\ntwo\tthree", "one two three"),
        ("cliente\rFAKE", "cliente FAKE"),
        ("user\u202egpj.exe", "usergpj.exe"),
        ("\u2066x\u2069\u200e\u200f\u061c", "x"),
        ("pay\u200bpal\u00ad", "paypal"),
        ("\ud83d", "\ufffd"),
        ("\ue000\uffff", "\ufffd\ufffd"),
        ("a\u2028b\u2029c", "a b c"),
        ("a\u00a0b\u3000c", "a b c"),
        ("\U000e0041\U000e0042", ""),
        ("\ufff9x\ufffay\ufffb", "xy"),
        ("\u0301acento", "acento"),
        ("a\u3164b", "ab"),
    ],
)
def test_what_acts_or_hides_is_gone(hostile: str, harmless: str) -> None:
    assert clean(hostile) == harmless


@pytest.mark.parametrize(
    "text", ["Cobrança em duplicidade", "cliente disse [/b] [@click=app.quit]x[/]", "日本語 👍", "a\u0303"]
)
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_lines_are_kept_where_they_are_asked_for() -> None:
    assert clean("a\r\nb\rc\x0bd\te", newlines=True) == "a\nb\nc\nd    e"


def test_a_pile_of_marks_is_bounded() -> None:
    assert clean("z" + "\u0336" * 500 + "y") == "z" + "\u0336" * 4 + "y"


@given(ANY_TEXT, st.booleans())
@settings(max_examples=200)
def test_cleaning_twice_changes_nothing(text: str, newlines: bool) -> None:
    once = clean(text, newlines=newlines)
    assert clean(once, newlines=newlines) == once


@given(ANY_TEXT, st.booleans())
@settings(max_examples=200)
def test_clean_text_holds_no_control_no_format_character_and_no_surrogate(text: str, newlines: bool) -> None:
    kept = clean(text, newlines=newlines).replace("\n", "" if newlines else "\n")
    assert not {unicodedata.category(char) for char in kept} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    kept.encode("utf-8")


@given(ANY_TEXT, st.integers(-2, 40))
@settings(max_examples=200)
def test_one_line_never_takes_more_cells_than_it_is_given(text: str, width: int) -> None:
    assert cells(one_line(text, width)) <= max(0, width)


@given(ANY_TEXT, st.integers(0, 40), st.booleans())
@settings(max_examples=200)
def test_fit_takes_exactly_its_cells(text: str, width: int, right: bool) -> None:
    assert cells(fit(clean(text), width, right=right)) == width


def test_wide_characters_are_cut_at_whole_characters() -> None:
    assert cut("日本語日本語", 6) == "日本…"


def test_what_fits_exactly_is_not_cut() -> None:
    assert (cut("abcdef", 6), cut("abcdefg", 6), cut("abcdefg", 6, "..")) == ("abcdef", "abcde…", "abcd..")


def test_cell_widths_agree_with_what_the_console_uses() -> None:
    from rich.cells import cell_len

    for text in ("Cobrança", "日本語", "a\u0303b", "—…•", "👍"):
        assert cells(text) == cell_len(text)


@given(ANY_TEXT)
@settings(max_examples=200)
def test_tsv_escapes_can_be_read_back(value: str) -> None:
    names = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    back = re.sub(
        r"\\(?:x(..)|u(....)|U(.{8})|(.))",
        lambda m: names[m[4]] if m[4] else chr(int(m[1] or m[2] or m[3], 16)),
        tsv_safe(value),
    )
    assert back == value
