"""Files of a ticket in the console: opened only after a question, never a program."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.desk.attach import attach
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.tui.screens.confirm import Confirm
from tests.tui.conftest import Place, play, press
from tests.tui.ticket_desk import page, three, toasts


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where private copies are made, on a desktop whose every program does nothing."""
    folder = tmp_path / "run"
    program = folder / "bin" / "xdg-open"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.mark.parametrize(("answer", "opened"), [("enter", 1), ("escape", 0)])
def test_a_file_is_opened_only_after_the_question(
    empty_place: Place, copies: Path, answer: str, opened: int
) -> None:
    made = three(empty_place)
    attach(empty_place.desk("bia"), made[0], "../../fatura\u202e.pdf", b"%PDF-1.4")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "4", "O")
        assert isinstance(pilot.app.screen, Confirm)
        assert "application/pdf" in page(pilot)
        assert "\u202e" not in page(pilot)
        assert not list(copies.glob("ouvidoria-open-*"))
        await press(pilot, answer)

    play(empty_place.console(), story)
    assert len(list(copies.glob("ouvidoria-open-*/fatura.pdf"))) == opened


def test_a_program_is_not_even_asked_about(empty_place: Place, copies: Path) -> None:
    made = three(empty_place)
    attach(empty_place.desk("bia"), made[0], "fatura.pdf", b"MZ\x90\0")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "4", "O")
        assert not isinstance(pilot.app.screen, Confirm)
        assert toasts(pilot)

    play(empty_place.console(), story)
    assert not list(copies.glob("ouvidoria-open-*"))


def test_a_masked_file_is_not_opened(empty_place: Place, copies: Path) -> None:
    made = three(empty_place)
    attach(empty_place.desk("bia"), made[0], "fatura.pdf", b"%PDF-1.4")
    classify(empty_place.desk("ana"), made[0], Classification(confidential=True))

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter", "4", "O")
        assert not isinstance(pilot.app.screen, Confirm)

    play(empty_place.console("bia"), story)
    assert not list(copies.glob("ouvidoria-open-*"))
