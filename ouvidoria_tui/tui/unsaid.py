"""What was typed into one-line questions and has not been acted on: in memory, until the console ends."""

from __future__ import annotations

from collections.abc import Set

#: The tickets that a question is about, and its words.
_Question = tuple[frozenset[str], str]


class Unsaid:
    """The last words of each question about the same tickets; what is about nothing is not kept."""

    def __init__(self) -> None:
        self._kept: dict[_Question, str] = {}
        #: Answered, and the act that follows has not ended.
        self._said: set[_Question] = set()

    def of(self, about: Set[str], question: str) -> str | None:
        """The words that were typed last, where they led to nothing."""
        return self._kept.get((frozenset(about), question))

    def keep(self, about: Set[str], question: str, words: str, *, said: bool) -> None:
        """Keeps what stands in the line when it is left; ``said``: an act follows, which may yet be refused."""
        one = (frozenset(about), question)
        self._said.discard(one)
        if not about or not words.strip():
            self._kept.pop(one, None)
            return
        self._kept[one] = words
        if said:
            self._said.add(one)

    def ended(self, about: Set[str], *, done: bool) -> None:
        """An act on some of these tickets ended: its words go where it was ``done``, and stay where it was refused."""
        for one in [each for each in self._said if each[0] & about]:
            self._said.discard(one)
            if done:
                self._kept.pop(one, None)
