"""The parts of the ticket's screens that are no widgets: bars, places found, folds, names of files, checks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.domain.calendar import Calendar
from ouvidoria_tui.domain.clock_state import MET, PAUSED, RUNNING, ClockState, CompiledClock
from ouvidoria_tui.domain.ledger import Act, Event, Part
from ouvidoria_tui.domain.policy import CalendarRule, ClockRule, ClockStart, ClockStop, Unit
from ouvidoria_tui.domain.ticket_file import Entry
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.floods import folded
from ouvidoria_tui.present.record_files import size_words
from ouvidoria_tui.present.safe import cells
from ouvidoria_tui.present.saved_files import save_file
from ouvidoria_tui.tui.letter_check import blocks_of, places_left, warnings_of
from ouvidoria_tui.tui.screens.escalate import reason_missing
from ouvidoria_tui.tui.theme import ASCII, UNICODE
from ouvidoria_tui.tui.widgets.clock_bars import Reading, bar, bar_line, readings, share_used
from ouvidoria_tui.tui.widgets.lines import found_in, pair, plain, prose

T0 = 1_794_916_800
HOURS = CompiledClock(
    ClockRule("resolution", ClockStart.RECEIPT, ClockStop.CONCLUSION, Unit.HOURS, 10),
    Calendar(CalendarRule("desk", "America/Sao_Paulo", {"mon": (("09:00", "18:00"),)}), {}),
)
STATE = ClockState("resolution", RUNNING, T0, due_at=T0 + 36_000, amount=10)


def test_a_bar_shows_the_share_of_the_clocks_own_time() -> None:
    assert share_used(STATE, HOURS, T0 + 18_000) == 0.5
    assert share_used(replace(STATE, state=PAUSED, due_at=None, spent=9_000), HOURS, T0 + 99_999) == 0.25
    assert share_used(STATE, HOURS, T0 + 36_001) == 1.0
    assert share_used(replace(STATE, amount=None), HOURS, T0 + 1) is None


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0.0, "......"), (0.01, "#....."), (0.5, "###..."), (0.99, "#####."), (1.0, "######")],
)
def test_only_all_of_the_time_fills_a_bar(share: float, drawn: str) -> None:
    assert bar(share, 6, ASCII) == drawn


def test_the_words_say_what_the_bar_says() -> None:
    def words(state: ClockState, now: int) -> str:
        return readings([state], [HOURS], now, "America/Sao_Paulo", UNICODE)[0].words

    assert words(STATE, T0 + 36_000 + 7_200).endswith(" 2h")
    assert "3h" in words(STATE, T0 + 36_000 - 10_800)
    assert "paus" in words(replace(STATE, state=PAUSED, remaining=600), T0)
    assert "cumprido" in words(replace(STATE, state=MET, met_at=T0), T0)


@pytest.mark.parametrize("width", [200, 118, 78, 58, 30, 10])
def test_the_clocks_never_take_more_than_the_line(width: int) -> None:
    found = [
        Reading(name, 0.4, "vencido há 12h", "! -12h", "late")
        for name in ("1ª resposta", "informar", "solução")
    ]
    assert sum(cells(text) for text, _tone in bar_line(found, width, UNICODE)) <= width


def test_words_are_found_without_accents_and_across_lines() -> None:
    lines = [plain("A solicitação não"), plain("foi atendida. SOLICITACAO")]
    found = found_in(lines, "solicitacao")
    assert [(piece.line, lines[piece.line].text[piece.start : piece.end]) for piece in found] == [
        (0, "solicitação"),
        (1, "SOLICITACAO"),
    ]
    across = found_in(lines, "não foi")
    assert [(piece.line, piece.match) for piece in across] == [(0, 0), (1, 0)]
    assert found_in(lines, "  ") == []


def test_text_is_never_wider_than_a_comfortable_line() -> None:
    wide = "palavra " * 200 + "x" * 500
    assert max(cells(line.text) for line in [*prose(wide, 300), *pair("t", wide, 300, 12)]) <= 88


def entry(seq: int, kind: Act, actor: int = 1) -> Entry:
    event = Event(seq, 1, seq, kind, actor, "os", T0 + seq, T0 + seq, {}, b"", b"", b"")
    return Entry(event, f"a{actor}", Part.CUSTOMER, "", "oi")


def test_a_flood_of_one_kind_is_one_group_and_a_few_are_not() -> None:
    flood = [entry(seq, Act.CUSTOMER_REPLIED) for seq in range(10)]
    few = [entry(20 + seq, Act.NOTED) for seq in range(3)]
    other = [entry(30 + seq, Act.NOTED, actor=2) for seq in range(4)]
    acts = [entry(40 + seq, Act.ASSIGNED) for seq in range(5)]
    assert [len(group) for group in folded([*flood, *few, *other, *acts])] == [10, 1, 1, 1, 4, 1, 1, 1, 1, 1]


def test_saving_never_writes_over_a_file_or_through_a_link(tmp_path: Path) -> None:
    save_file(tmp_path / "a", b"1")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    (tmp_path / "link").symlink_to(tmp_path / "b")
    for taken in ("a", "link"):
        with pytest.raises(Refused, match="FILE_NOT_SAVED"):
            save_file(tmp_path / taken, b"2")
    assert not (tmp_path / "b").exists()


def test_sizes_are_said_with_a_decimal_comma() -> None:
    assert [size_words(size) for size in (812, 3_400, 1_200_000)] == ["812 B", "3,4 kB", "1,2 MB"]


def test_what_must_be_put_right_before_a_text_goes_out() -> None:
    assert places_left("Olá {{ nome }}, {{prazo}} {{ nome }}") == ["{{ nome }}", "{{prazo}}"]
    assert places_left("aberto {{nome") == ["{{"]
    assert blocks_of(" \n", public=False) != []
    assert blocks_of("vale {{x}}", public=False) == []
    assert blocks_of("vale {{x}}", public=True) != []


def test_capitals_are_a_warning_and_an_acronym_is_not() -> None:
    assert warnings_of("PAREM DE RECLAMAR TANTO") != []
    assert warnings_of("A NF-e e o CNPJ foram corrigidos na LGPD") == []


def test_a_reason_of_blanks_is_no_reason() -> None:
    assert [reason_missing(text) for text in ("", "a" * 20, " a   b ")] == [20, 0, 17]
