"""The board of areas: what they were asked, by time to breach; remind, hear, give more time, go on without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ouvidoria_tui.desk import forward as forwarding
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.area_list import AreaState
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, plural
from ouvidoria_tui.tui import reads_areas
from ouvidoria_tui.tui.keys import BY_ID, Key, Where, bindings
from ouvidoria_tui.tui.reads_areas import AreaBoard, AreaRow, Asking
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.board import BoardScreen
from ouvidoria_tui.tui.screens.board_parts import Tab, target_of
from ouvidoria_tui.tui.service import Act
from ouvidoria_tui.tui.widgets.area_board import area_lines, header, matching, told
from ouvidoria_tui.tui.widgets.lines import Line
from ouvidoria_tui.tui.widgets.rows import Look

_OPEN = frozenset({AreaState.OPEN, AreaState.OVERDUE})
_ANSWERED = frozenset({AreaState.ANSWERED, AreaState.LATE})
_NEVER = frozenset({AreaState.WAIVED, AreaState.ENDED})


@dataclass(eq=False)
class AreaBoardRead(Message):
    """The board as it stands."""

    board: AreaBoard

    bubble = False


class AreasScreen(BoardScreen[AreaRow]):
    """The board; tabs by how the requests stand, or by area."""

    where = Where.AREAS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.AREAS)]

    by_area = False

    def read(self) -> None:
        """Every request about an open ticket."""
        self.service.read(self, reads_areas.area_board, AreaBoardRead, group="board")

    def on_area_board_read(self, message: AreaBoardRead) -> None:
        """Shown."""
        self.stand(message.board.rows, message.board.now)

    # --- what it shows

    def tabs(self) -> list[Tab[AreaRow]]:
        """How the requests stand; or the areas that owe an answer, with how many of them are overdue."""
        rows = self.rows or ()
        if self.by_area and self.rows is not None:
            return self._areas([row for row in rows if row.followed.waiting])
        kinds = [
            (_("Waiting"), _OPEN),
            (_("Past due"), frozenset({AreaState.OVERDUE})),
            (_("In time"), frozenset({AreaState.OPEN})),
            (_("Answered already"), _ANSWERED),
            (_("No answer"), _NEVER),
        ]
        return [self._kind(label, states) for label, states in kinds]

    def _kind(self, label: str, states: frozenset[AreaState]) -> Tab[AreaRow]:
        if self.rows is None:
            return f"{label} {self.glyphs.nothing}", ()
        found = tuple(row for row in self.rows if row.followed.state in states)
        return f"{label} {len(found)}", found

    def _areas(self, rows: Sequence[AreaRow]) -> list[Tab[AreaRow]]:
        names = sorted({(row.name, row.area) for row in rows}, key=lambda one: one[0].casefold())
        made: list[Tab[AreaRow]] = [(f"{_('All')} {len(rows)}", tuple(rows))]
        for name, slug in names:
            found = tuple(row for row in rows if row.area == slug)
            late = sum(row.followed.state is AreaState.OVERDUE for row in found)
            label = f"{clean(name)} {len(found)}" + (f" {self.glyphs.late}{late}" if late else "")
            made.append((label, found))
        return made

    def action_by_area(self) -> None:
        """``b``: tabs by area, or by state again."""
        self.by_area, self.tab = not self.by_area, 0
        self.fill()

    def matching(self, rows: Sequence[AreaRow], typed: str) -> tuple[AreaRow, ...]:
        """By protocol, area, subject, owner, department."""
        return matching(rows, typed)

    def header(self, width: int) -> str:
        """Protocol, time left, area, when it was asked, what was done since, subject."""
        return header(width)

    def draw(self, rows: Sequence[AreaRow], look: Look, width: int, empty: str) -> list[Line]:
        """One line a request."""
        return area_lines(rows, self.marks, look, width, empty=empty)

    def nothing(self) -> str:
        """Nothing in this tab."""
        return _("No request to an area is here; f on a ticket asks an area")

    def told(self, row: AreaRow) -> str:
        """How the request stands, and what was asked."""
        look = Look(self.read_at, self.facts.zone, self.glyphs, self.facts.policy.labels)
        return told(row, look, max(20, self.app.size.width - 2))

    def walked(self) -> str:
        """The areas."""
        return _("Areas")

    def say_title(self) -> None:
        """Where one is, how many are owed and how many of them overdue."""
        left = f"{_('Queue')} {self.glyphs.into} {_('Areas')}"
        states = [row.followed.state for row in self.rows or ()]
        words = [
            plural("{count} past due", "{count} past due", states.count(AreaState.OVERDUE)),
            plural("{count} waits", "{count} wait", sum(state in _OPEN for state in states)),
        ]
        self.title_bar.show(left, f" {self.glyphs.dot} ".join(words) if self.rows is not None else "")

    # --- what its verbs act on

    def why_not(self, entry: Key) -> str:
        """As everywhere; and what is owed no more is not pursued."""
        reason = super().why_not(entry)
        if not reason and entry.id.startswith("area."):
            if entry.counts and self.marks:
                return "" if self.owed_rows() else _("Nothing that is marked is owed")
            row = self.row()
            if row is None or not row.followed.waiting:
                return _("The area owes nothing here")
        return reason

    def owed_rows(self) -> list[AreaRow]:
        """Of what is marked, else under the cursor: the requests that are not answered yet."""
        row = self.row()
        rows = [one for one in self.rows or () if one.key in self.marks] if self.marks else [row]
        return [one for one in rows if one is not None and one.followed.waiting]

    def asks(self) -> tuple[Asking, ...]:
        """The same as tickets with their areas, at the revisions that were seen."""
        return tuple(
            Asking(self.marks.get(row.key) or target_of(row), row.area, row.name) for row in self.owed_rows()
        )

    def _refused(self, id_: str) -> bool:
        reason = self.why_not(BY_ID[id_])
        if reason:
            self.app.bell()
            self.toast(reason, "warning")
        return bool(reason)

    # --- verbs

    def action_remind(self) -> None:
        """``r``: the same words to every area that owes an answer, each letter looked at."""
        if not self._refused("area.remind"):
            self.console_app.open_forward(self.asks())

    def action_answered(self) -> None:
        """``i``: what the area under the cursor answered."""
        row = self.row()
        if row is not None and not self._refused("area.answer"):
            self._one()
            asking = Asking(target_of(row), row.area, row.name)
            self.console_app.open_forward((asking,), answer=True)

    def action_more_time(self) -> None:
        """``P``: a later date for the area under the cursor, by its clock."""
        row = self.row()
        if row is None or self._refused("area.extend"):
            return
        clock = row.followed.asked.clock
        if clock is None:
            words = _("{area} has no clock here: its time is the days of the register", area=clean(row.name))
            self.toast(words, "warning")
            return
        self._one()
        self.console_app.open_deadline_act(target_of(row), Verb.EXTEND, clock)

    def action_without(self) -> None:
        """``n``: on without an answer, with why."""
        if self._refused("area.without"):
            return
        asks = self.asks()
        areas: dict[str, list[str]] = {}
        for asking in asks:
            areas.setdefault(asking.target.protocol, []).append(asking.area)

        def one(desk: Desk, ref: str, seen: int | None, why: str) -> Outcome:
            outcome = forwarding.waive(desk, ref, why, area=areas[ref][0], revision=seen)
            for area in areas[ref][1:]:
                outcome = forwarding.waive(desk, ref, why, area=area, revision=outcome.revision)
            return outcome

        def said(why: str | None) -> None:
            if why is not None:
                targets = tuple({asking.target.id: asking.target for asking in asks}.values())
                self.ask_and_act(
                    Act(
                        _("On without an answer"),
                        Verb.AREA_ANSWER,
                        targets,
                        lambda desk, ref, seen: one(desk, ref, seen, why),
                    )
                )

        self.app.push_screen(Ask(_("Why does the desk go on without an answer?")), said)

    def _one(self) -> None:
        """Says of which ticket it is, where others are marked."""
        here = self.here()
        if self.counted() and here is not None:
            self.toast(_("This is done one request at a time: {protocol}", protocol=here.protocol))
