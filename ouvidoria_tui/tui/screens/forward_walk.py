"""The letters of one question, looked at one after the other: which leave, which are left out, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ouvidoria_tui.desk import forward as forwarding
from ouvidoria_tui.desk.area_letter import Redaction
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.area_letter import AreaLetter
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.tui.reads_areas import Asking

_AS_IT_IS = Redaction()


@dataclass(frozen=True, slots=True)
class Looked:
    """What an area would get about one ticket, or the ``error`` that keeps it here."""

    letter: AreaLetter | None = None
    error: OuvidoriaError | None = None

    @property
    def plain(self) -> bool:
        """Whether there is nothing to look at: nothing leaves by mail and nothing is withheld."""
        return self.letter is not None and self.letter.to is None and not self.letter.redacted


class Walk:
    """From letter to letter. What was decided holds as long as the words stay the same."""

    def __init__(self, asks: tuple[Asking, ...]) -> None:
        self.asks = asks
        self.at = 0
        self.words = ""
        #: By number: whether it leaves.
        self.decided: dict[int, bool] = {}
        self.looked: dict[int, Looked] = {}
        self._redactions: dict[int, Redaction] = {}

    @property
    def many(self) -> bool:
        """Whether there is more than one letter."""
        return len(self.asks) > 1

    @property
    def asking(self) -> Asking:
        """The one that is looked at."""
        return self.asks[self.at]

    @property
    def redaction(self) -> Redaction:
        """What is wished of its letter."""
        return self._redactions.get(self.at, _AS_IT_IS)

    def begin(self, words: str) -> bool:
        """Goes to the first letter that is not decided; whether there is one. Other words begin anew."""
        if words != self.words:
            self.words = words
            self.decided.clear()
        return self._to_open()

    def decide(self, *, leaves: bool) -> bool:
        """The letter leaves, or is left out; then the next one, as :meth:`begin`."""
        self.decided[self.at] = leaves
        return self._to_open()

    def back(self) -> None:
        """To the letter before, to be decided again."""
        self.at = max(0, self.at - 1)
        self.decided.pop(self.at, None)

    def again(self) -> None:
        """Nothing is decided any more."""
        self.decided.clear()

    def remove(self, words: str) -> None:
        """These words shall be removed from the letter, too."""
        now = self.redaction
        self._redactions[self.at] = replace(now, wish=replace(now.wish, remove=(*now.wish.remove, words)))

    def restore(self, words: str, reason: str) -> None:
        """These may stay in it, for this reason."""
        now = self.redaction
        why = "; ".join(filter(None, (now.reason, reason)))
        wish = replace(now.wish, restore=(*now.wish.restore, words))
        self._redactions[self.at] = replace(now, wish=wish, reason=why)

    def forget(self) -> None:
        """Nothing is wished of the letter."""
        self._redactions.pop(self.at, None)

    def look(self) -> Callable[[Desk], Looked]:
        """What reads the letter as it would leave now."""
        asking, words, redaction = self.asking, self.words, self.redaction

        def job(desk: Desk) -> Looked:
            try:
                letter = forwarding.preview(
                    desk, asking.target.protocol, asking.area, words, redaction=redaction
                )
            except OuvidoriaError as error:
                return Looked(error=error)
            return Looked(letter)

        return job

    def leaving(self) -> list[tuple[Asking, Redaction]]:
        """What was approved, each with what is wished of it."""
        return [
            (asking, self._redactions.get(number, _AS_IT_IS))
            for number, asking in enumerate(self.asks)
            if self.decided.get(number)
        ]

    def staying(self) -> list[tuple[Asking, OuvidoriaError | None]]:
        """What was left out, with the error where there was one."""
        found = []
        for number, asking in enumerate(self.asks):
            if self.decided.get(number) is False:
                looked = self.looked.get(number)
                found.append((asking, None if looked is None else looked.error))
        return found

    def _to_open(self) -> bool:
        order = [*range(self.at, len(self.asks)), *range(self.at)]
        found = next((number for number in order if number not in self.decided), None)
        if found is not None:
            self.at = found
        return found is not None
