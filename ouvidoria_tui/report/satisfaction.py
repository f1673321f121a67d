"""How customers found it: two items from 1 to 5, asked at closing (S0-07, S3-02). Out of no data comes no figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ouvidoria_tui.report.answer import Question, Row
from ouvidoria_tui.report.desk_data import Answer, Source
from ouvidoria_tui.report.fold import percent, sort_key
from ouvidoria_tui.store.figures import CELL
from ouvidoria_tui.store.figures_satisfaction import Survey, kept_answers, rows_of_surveys, surveys
from ouvidoria_tui.store.reading import connection
from ouvidoria_tui.text import N_, Text

__all__ = ["FIGURES", "answer", "connection", "kept_answers"]

_ITEMS: Final = ("solution", "service")
_SCORES: Final = range(1, 6)
FIGURES: Final = (
    "invited",
    "answered",
    "response_pct",
    *(f"{item}_mean" for item in _ITEMS),
    *(f"{item}_{score}" for item in _ITEMS for score in _SCORES),
)
_DEFINITION = N_(
    "Surveys of tickets by their arrival: how many customers were invited by a closing letter that left, how many"
    " answered (invited or not, imported ratings included), the share of the invited who did, and of each item the"
    " mean and how often each score from 1 to 5 was given. Imported ratings are of the service.",
)
_NO_DATA = N_("no data: no survey was offered or answered among these tickets")


@dataclass(slots=True)
class _Tally:
    invited: int = 0
    answered: int = 0
    came: int = 0
    scores: Counter[tuple[str, int]] = field(default_factory=Counter)

    def invite(self) -> None:
        self.invited += 1

    def take(self, one: Survey) -> None:
        self.answered += 1
        self.came += one.offered_at is not None
        for item, score in zip(_ITEMS, (one.solution, one.service), strict=True):
            if score is not None:
                self.scores[item, score] += 1


def answer(source: Source, question: Question) -> Answer:
    """Invited, answered, the share of it, means and distributions; ``None`` where nobody answered."""
    statement = surveys(source.by, question.scope)
    found = rows_of_surveys(source.conn, statement, len(source.by))
    cells: dict[CELL, _Tally] = {}
    total = _Tally()
    for one in found:
        if not one.answered and one.token is not None:
            cells.setdefault(source.slugs(source.by, one.cell), _Tally()).invite()
            total.invite()
    for one in _newest(found):
        cells.setdefault(source.slugs(source.by, one.cell), _Tally()).take(one)
        total.take(one)
    rows = tuple(
        {**dict(zip(source.by, cell, strict=True)), **_figures(cells[cell])}
        for cell in sorted(cells, key=sort_key(source.by))
    )
    notes: tuple[Text, ...] = () if cells else (_NO_DATA,)
    return Answer(
        _DEFINITION, source.by, rows if source.by or cells else (), _figures(total), (statement,), notes
    )


def _newest(found: Iterable[Survey]) -> list[Survey]:
    """The answer about each closing; one that a source corrected counts as it said it last."""
    last = {(one.ticket, one.closing): one for one in found if one.answered}
    return list(last.values())


def _figures(tally: _Tally) -> Row:
    """A share of nobody and a mean of nothing do not exist."""
    row: dict[str, object] = {
        "invited": tally.invited,
        "answered": tally.answered,
        "response_pct": percent(tally.came, tally.invited),
    }
    for item in _ITEMS:
        given = {score: tally.scores[item, score] for score in _SCORES}
        count = sum(given.values())
        total = sum(score * times for score, times in given.items())
        row[f"{item}_mean"] = round(total / count, 2) if count else None
    for item in _ITEMS:
        row |= {f"{item}_{score}": tally.scores[item, score] for score in _SCORES}
    return row
