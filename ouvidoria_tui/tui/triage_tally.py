"""Where a walk through triage stands, and how each of its tickets ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from ouvidoria_tui.domain.ticket import Admission
from ouvidoria_tui.present.words import _, term


class Ending(StrEnum):
    """How one ticket of a walk ended: by its plan's decision, or otherwise."""

    ADMITTED = "admitted"
    AWAITING_INFO = "awaiting-info"
    DUPLICATE = "duplicate"
    REDIRECTED = "redirected"
    INELIGIBLE = "ineligible"
    OVERRIDDEN = "overridden"
    SKIPPED = "skipped"
    ELSEWHERE = "elsewhere"

    @classmethod
    def of(cls, decision: Admission) -> Ending:
        """The ending of a plan that was carried out."""
        return cls(decision.value)

    @property
    def words(self) -> str:
        """What it is called."""
        match self:
            case Ending.OVERRIDDEN:
                return _("decided otherwise")
            case Ending.SKIPPED:
                return _("skipped, still waiting")
            case Ending.ELSEWHERE:
                return _("decided by somebody else meanwhile")
            case _:
                return term(Admission(self.value))


class Tally:
    """The tickets of a walk in its order, the place, the endings."""

    def __init__(self) -> None:
        self.refs: tuple[str, ...] = ()
        self.at = 0
        self.ready = False
        self._endings: dict[str, Ending] = {}
        self._done: list[str] = []

    def begin(self, refs: Sequence[str], first: str | None = None) -> None:
        """A walk from ``first`` on and round, else from its head; what was counted before is forgotten."""
        self.__init__()  # type: ignore[misc]
        at = refs.index(first) if first in refs else 0
        self.refs, self.ready = (*refs[at:], *refs[:at]), True

    @property
    def ref(self) -> str | None:
        """The ticket in front; ``None`` at the end."""
        return self.refs[self.at] if self.at < len(self.refs) else None

    @property
    def place(self) -> str:
        """``12 of 93``."""
        return _("{number} of {total}", number=min(self.at + 1, len(self.refs)), total=len(self.refs))

    @property
    def undoable(self) -> bool:
        """Whether this walk has done something."""
        return bool(self._done)

    def end(self, ending: Ending) -> None:
        """The ticket in front has ended so; on to the next."""
        ref = self.ref
        if ref is None:
            return
        self._endings[ref] = ending
        if ending not in (Ending.SKIPPED, Ending.ELSEWHERE):
            self._done.append(ref)
        self.at += 1

    def back_to(self, ref: str) -> bool:
        """The walk stands at ``ref`` again, whose ending no longer counts; ``False`` where it is not of this walk."""
        if ref not in self.refs:
            return False
        self.at = self.refs.index(ref)
        self._done = [one for one in self._done if one != ref]
        for later in self.refs[self.at :]:
            if self._endings.get(later) in (Ending.SKIPPED, Ending.ELSEWHERE) or later == ref:
                self._endings.pop(later, None)
        return True

    def counts(self) -> list[tuple[Ending, int]]:
        """How many ended how, in the order of :class:`Ending`."""
        many = Counter(self._endings.values())
        return [(ending, many[ending]) for ending in Ending if many[ending]]
