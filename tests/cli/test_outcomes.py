"""How acts on several tickets are told: what was refused names its ticket once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.reading_desk import ReadingDesk, make_desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


def test_a_refusal_in_a_batch_names_its_ticket_once(desk: ReadingDesk) -> None:
    first, second = desk.new(), desk.new("Entrega")
    _out, err = desk.run("close", first, second, "--reason", "solved", code=4)
    told = [line for line in err.splitlines() if "NO_CONCLUSIVE_ANSWER" in line]
    assert [line.count(protocol) for line, protocol in zip(told, (first, second), strict=True)] == [1, 1]


def test_a_refusal_that_names_no_ticket_is_told_with_it(desk: ReadingDesk) -> None:
    first, second = desk.new(), desk.new("Entrega")
    _out, err = desk.run("assign", first, second, "--to", "bia", "--at", "+1d", code=4)
    told = [line for line in err.splitlines() if "DATE_IN_FUTURE" in line]
    assert [line.partition(":")[0] for line in told] == [first, second]
