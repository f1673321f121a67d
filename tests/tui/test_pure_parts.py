"""What needs no terminal: footers, windows, cells, marks, sentences."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.present.safe import cells
from ouvidoria_tui.present.words import say
from ouvidoria_tui.tui.done import Deeds, done_of, told
from ouvidoria_tui.tui.keys import BY_ID, HINTS, Where, keys_of, shown
from ouvidoria_tui.tui.marks import Marks
from ouvidoria_tui.tui.messages import Acted
from ouvidoria_tui.tui.reads import candidates
from ouvidoria_tui.tui.screens.too_small import too_small
from ouvidoria_tui.tui.theme import ASCII, UNICODE, glyphs
from ouvidoria_tui.tui.widgets.hints import Hint, fitting
from ouvidoria_tui.tui.widgets.rows import COLUMNS, GUTTER, Look, cells_of, due, header, layout
from ouvidoria_tui.tui.widgets.title_bar import line
from ouvidoria_tui.tui.widgets.views import bar
from ouvidoria_tui.tui.widgets.window import Window
from tests.tui.conftest import NOW
from tests.tui.rows_sample import row_of

LOOK = Look(NOW, "America/Sao_Paulo", UNICODE)


def hints(where: Where, count: int = 0) -> list[Hint]:
    entries = [BY_ID[id_] for id_ in HINTS[where]]
    return [
        Hint(shown(keys_of(e)[0]), say(e.label) + (f" ({count})" if e.counts and count else ""), e.action)
        for e in entries
    ]


HELP = Hint("?", "Ajuda", "help")


@pytest.mark.parametrize("width", [20, 60, 80, 120, 200])
@pytest.mark.parametrize("where", list(Where))
def test_no_hint_is_cut_and_help_is_always_last(where: Where, width: int) -> None:
    placed = fitting(hints(where, 1234), HELP, width)
    assert placed[-1][1] is HELP
    assert all(at + hint.width <= width for at, hint in placed)


@pytest.mark.parametrize(("width", "most"), [(80, 6), (120, 9), (200, 12)])
def test_a_footer_offers_no_more_than_can_be_read(width: int, most: int) -> None:
    short = [Hint("k", "x", "a")] * 30
    assert len(fitting(short, HELP, width)) == most


def test_the_footer_of_the_queue_has_six_hints_at_80_columns() -> None:
    assert len(fitting(hints(Where.QUEUE, 2), HELP, 80)) == 6


def test_help_stays_where_nothing_else_fits() -> None:
    assert [hint for _at, hint in fitting(hints(Where.QUEUE), HELP, 5)] == [HELP]


# --- the window over a long list


def rows(number: int, count: int = 4) -> tuple:  # type: ignore[type-arg]
    return tuple(row_of(number * 4 + n + 1) for n in range(count))


def window(total: int = 10) -> Window:
    made = Window(page=4, kept=2)
    made.reset(total, {0: rows(0), 1: rows(1)})
    return made


def test_a_row_is_found_by_its_number_and_by_its_ticket() -> None:
    row = window().row(5)
    assert row is not None
    assert (row.id, window().find(6), window().row(9), window().row(10)) == (6, 5, None, None)


def test_missing_pages_are_those_in_sight_and_not_here() -> None:
    assert window(20).missing(6, 6) == [2]
    assert window(8).missing(0, 100) == []


def test_the_longest_unused_page_goes_first() -> None:
    made = window(12)
    made.row(0)
    made.put(2, rows(2))
    assert (made.row(5), made.row(8) is not None, made.row(0) is not None) == (None, True, True)


def test_a_row_that_left_stands_between_the_others_until_it_is_let_go() -> None:
    made = window()
    made.reset(8, {0: rows(0), 1: rows(1)}, (2, row_of(99)))
    ids = [row.id for n in range(len(made)) if (row := made.row(n)) is not None]
    assert ids == [1, 2, 99, 3, 4, 5, 6, 7, 8]
    assert made.find(3) == 3
    assert made.drop_ghost() == 2
    assert len(made) == 8


# --- cells


@pytest.mark.parametrize("width", [60, 79, 96, 112, 138, 200])
def test_a_row_fills_its_line_exactly(width: int) -> None:
    texts = cells_of(row_of(1, subject="Cobrança 漢字 em duplicidade " * 9), LOOK, width)
    assert GUTTER + sum(map(cells, texts)) + len(texts) - 1 == width
    assert cells(header(LOOK, width)) <= width


def test_a_wider_list_shows_more_columns() -> None:
    assert len(layout(80)) < len(layout(130)) < len(layout(200)) == len(COLUMNS)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-2 * 86400, "! -2d"), (-60, "! -1min"), (3 * 3600, "* 3h"), (3 * 86400, "  3d")],
)
def test_a_deadline_is_a_glyph_and_a_word_before_it_is_a_colour(seconds: int, text: str) -> None:
    assert due(row_of(1, due=NOW + seconds), LOOK) == text


def test_ascii_twins_are_ascii() -> None:
    assert all(getattr(ASCII, name).isascii() for name in ASCII.__slots__)
    assert glyphs(True) is ASCII


# --- lines


def test_a_title_cuts_its_left_before_its_right_goes() -> None:
    assert line("Ouvidoria · Fila", "ana", 24) == "Ouvidoria · Fila     ana"
    assert line("Ouvidoria · Fila", "vencidas 3 · ana", 32) == "Ouvidoria · F…  vencidas 3 · ana"
    assert line("Ouvidoria · Fila", "vencidas 3 · ana", 20) == "Ouvidoria · Fila"


def test_the_chosen_view_is_always_on_the_line() -> None:
    labels = [f"{n} Visão {n}" for n in range(1, 10)]
    for chosen in range(9):
        placed = bar(labels, chosen, 40)
        assert any(text == f"[{labels[chosen]}]" for _at, _n, text in placed)
        assert all(at + cells(text) <= 40 for at, _n, text in placed)


@pytest.mark.parametrize(
    ("width", "height", "is_small"), [(80, 24, False), (60, 16, False), (59, 24, True), (1, 1, True)]
)
def test_the_least_window(width: int, height: int, is_small: bool) -> None:
    from textual.geometry import Size

    assert too_small(Size(width, height)) is is_small


# --- digits, marks, sentences


def test_digits_mean_a_whole_protocol_or_a_number_of_late_years() -> None:
    whole = make_protocol(2026, 131)
    digits = whole.replace("-", "")
    assert whole in candidates(digits, 2026)
    assert candidates("131", 2026)[0] == whole
    assert whole in candidates(f"131{whole[-1]}", 2026)
    assert make_protocol(2025, 131) in candidates("131", 2026)
    assert candidates("0", 2026) == []
    assert candidates("9" * 40, 2026) == []


def test_marks_keep_what_was_refused() -> None:
    marks = Marks()
    marks.toggle(row_of(1))
    marks.toggle(row_of(2))
    marks.settle(
        [
            Outcome(row_of(1).protocol, "take", Result.DONE),
            Outcome(row_of(2).protocol, "take", Result.REFUSED),
        ]
    )
    assert marks.ids == (2,)
    marks.toggle(row_of(2))
    assert marks.targets == ()


def test_marks_take_over_the_revision_that_is_shown() -> None:
    marks = Marks()
    marks.toggle(row_of(1, revision=3))
    marks.see({1: row_of(1, revision=4)}, hidden=0)
    assert marks.targets[0].revision == 4


def test_an_act_says_how_many_and_what_was_refused() -> None:
    outcomes = (
        Outcome("a", "take", Result.DONE, revision=7),
        Outcome("b", "take", Result.UNCHANGED),
        Outcome("c", "take", Result.REFUSED, message=None),
    )
    words, severity = told(Acted("Atribuída a ana", "take", outcomes))
    assert words.startswith("Atribuída a ana (1). u desfaz 1 já estava assim. 1 recusada:")
    assert severity == "warning"
    done = done_of(Acted("Atribuída a ana", "take", outcomes))
    assert done is not None
    assert [(t.protocol, t.revision) for t in done.targets] == [("a", 7)]


def test_an_act_that_has_to_stay_is_not_passed_over_by_undo() -> None:
    deeds = Deeds()
    deeds.remember(Acted("Atribuída a ana", "take", (Outcome("a", "take", Result.DONE, revision=3),)))
    deeds.remember(Acted("Anotado", "note", (Outcome("b", "note", Result.DONE, revision=5),)))
    deeds.remember(Acted("Desfeito", "undo", (Outcome("b", "undo", Result.REFUSED),)))
    assert deeds.last is not None
    assert deeds.last.label == "Anotado"


def test_after_an_undoing_the_act_before_is_meant_at_the_revision_as_it_stands() -> None:
    deeds = Deeds()
    deeds.remember(Acted("Atribuída a ana", "take", (Outcome("a", "take", Result.DONE, revision=3),)))
    deeds.remember(Acted("Em trabalho", "start", (Outcome("a", "start", Result.DONE, revision=4),)))
    deeds.remember(Acted("Desfeito", "undo", (Outcome("a", "undo", Result.DONE, revision=5),)))
    assert deeds.last is not None
    assert (deeds.last.label, deeds.last.targets[0].revision) == ("Atribuída a ana", 5)
