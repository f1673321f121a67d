from __future__ import annotations

import io

import pytest

from ouvidoria_tui.present.progress import stage


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_terminal_a_stage_is_one_line() -> None:
    err = io.StringIO()
    with stage("Reading a.csv", 3, err) as work:
        work.advance(1)
        work.advance(2)
    assert err.getvalue() == "Reading a.csv: 3\n"


def test_a_stage_that_stops_early_says_how_far_it_came() -> None:
    err = io.StringIO()

    def work() -> None:
        with stage("Reading", 9, err) as running:
            running.advance(4)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert err.getvalue() == "Reading: 4 of 9\n"


@pytest.mark.parametrize("err", [io.StringIO(), Terminal()])
def test_quiet_says_nothing(err: io.StringIO) -> None:
    with stage("Reading", 3, err, quiet=True) as work:
        work.advance(3)
    assert err.getvalue() == ""


def test_a_terminal_gets_a_bar_whose_label_is_not_markup() -> None:
    err = Terminal()
    with stage("Reading [/b] {x}\x1b]0;t\x07", 3, err, colour=False) as work:
        work.advance(3)
    assert "[/b] {x}]0;t" in err.getvalue()
