"""The part of a long list that is in memory: pages of rows, the newest used kept, and one row that left."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from ouvidoria_tui.tui.reads import PAGE, QueueRow

#: So many pages are kept.
KEPT = 24


class Window:
    """Rows by their number on the screen.

    ``ghost`` is a row that the filter finds no more but that the cursor is still on: it stands at its old number,
    between the rows of the store.
    """

    def __init__(self, page: int = PAGE, kept: int = KEPT) -> None:
        self.page = page
        self.kept = kept
        self.total = 0
        self.ghost: tuple[int, QueueRow] | None = None
        self._pages: OrderedDict[int, tuple[QueueRow, ...]] = OrderedDict()

    def __len__(self) -> int:
        return self.total + (self.ghost is not None)

    def reset(
        self,
        total: int,
        pages: Mapping[int, tuple[QueueRow, ...]],
        ghost: tuple[int, QueueRow] | None = None,
    ) -> None:
        """Everything anew."""
        self.total = total
        self._pages = OrderedDict(pages)
        self.ghost = (min(ghost[0], total), ghost[1]) if ghost is not None else None

    def put(self, number: int, rows: tuple[QueueRow, ...]) -> None:
        """One page more; the longest unused one goes."""
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > self.kept:
            self._pages.popitem(last=False)

    def row(self, index: int) -> QueueRow | None:
        """The row of a number; ``None`` where it is not there (yet)."""
        if self.ghost is not None:
            if index == self.ghost[0]:
                return self.ghost[1]
            index -= index > self.ghost[0]
        if not 0 <= index < self.total:
            return None
        number, at = divmod(index, self.page)
        rows = self._pages.get(number)
        if rows is None or at >= len(rows):
            return None
        self._pages.move_to_end(number)
        return rows[at]

    def is_ghost(self, index: int) -> bool:
        """Whether a number is that of the row that left."""
        return self.ghost is not None and self.ghost[0] == index

    def drop_ghost(self) -> int | None:
        """Lets the row that left go; its number."""
        if self.ghost is None:
            return None
        index, self.ghost = self.ghost[0], None
        return index

    def missing(self, first: int, count: int) -> list[int]:
        """The pages that ``count`` rows from number ``first`` on need and that are not here."""
        last = min(first + count, self.total) - 1
        first = max(0, first - 1)  # a ghost above shifts them by one
        if last < first:
            return []
        return [n for n in range(first // self.page, last // self.page + 1) if n not in self._pages]

    def find(self, ticket_id: int) -> int | None:
        """The number of a ticket among the rows that are here."""
        if self.ghost is not None and self.ghost[1].id == ticket_id:
            return self.ghost[0]
        for number, rows in self._pages.items():
            for at, row in enumerate(rows):
                if row.id == ticket_id:
                    index = number * self.page + at
                    return index + (self.ghost is not None and index >= self.ghost[0])
        return None
