from __future__ import annotations

import pytest

from ouvidoria_tui.domain.toml_lines import Path, line_of, locate

TEXT = '''\
# a = 0
a = 1
b.c = "x # = y"
"quoted key".d = 2
text = """
e = 1
[f]
"""
[table]
list = [
  # a comment, with ]
  "one",
  ["two", 'three'],
  { k = 1, l = 2 },
]
after = 1
[[many]]
x = 1
[[many]]
x = 2
[many.inner]
y = 3
[[many.deep]]
z = 4
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 2),
        (("b", "c"), 3),
        (("quoted key", "d"), 4),
        (("text",), 5),
        (("table",), 9),
        (("table", "list"), 10),
        (("table", "list", 0), 12),
        (("table", "list", 1), 13),
        (("table", "list", 2, "l"), 14),
        (("table", "after"), 16),
        (("many", 0, "x"), 18),
        (("many", 1, "x"), 20),
        (("many", 1, "inner", "y"), 22),
        (("many", 1, "deep", 0, "z"), 24),
        (("table", "missing"), 9),
        (("nowhere",), 1),
    ],
)
def test_a_key_is_found_on_its_line(path: Path, line: int) -> None:
    assert line_of(locate(TEXT), path) == line


def test_windows_line_ends_count_once() -> None:
    assert line_of(locate("a = 1\r\nb = 2\r\n"), ("b",)) == 2


@pytest.mark.parametrize("text", ["", "[", "[[", "a", "a = [", "a = [}", "= 1", 'x = "', "a = {"])
def test_a_text_that_is_no_toml_does_not_hold_the_walk(text: str) -> None:
    assert line_of(locate(text), ("zzz",)) == 1
