from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.present.record_text import wrapped
from ouvidoria_tui.present.safe import cells, clean


@given(st.text(max_size=300), st.integers(12, 88))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = list(wrapped(text, width, "  "))
    assert max(map(cells, lines), default=0) <= width
    assert "".join("".join(lines).split()) == "".join(clean(text, newlines=True).split())


@pytest.mark.parametrize("hostile", ["\x1b[2Jlimpo", "a\x00b", "\u202etxt.exe", "\x9b31m"])
def test_nothing_acts_on_a_terminal(hostile: str) -> None:
    assert all(line.isprintable() for line in wrapped(hostile, 40))


def test_line_breaks_stay_and_empty_lines_are_folded() -> None:
    assert list(wrapped("um\r\ndois\n\n\n\ntrês\n", 40)) == ["um", "dois", "", "três"]


def test_a_word_wider_than_a_line_is_broken() -> None:
    assert list(wrapped("x" * 25, 12)) == ["x" * 12, "x" * 12, "x"]
