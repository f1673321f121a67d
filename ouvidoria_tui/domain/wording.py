"""Matters told from words: phrases, beginnings (``cobran*``) and stems, over subject and text in one pass.

Compiled once; a text is cut into words once and each is looked up, so that the time grows with the text and with
what is found in it, and no pattern can be made to backtrack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from ouvidoria_tui.domain.classify import words_of
from ouvidoria_tui.domain.policy_gates import Wording

__all__ = ["Matcher", "Stemmer"]


class Stemmer(Protocol):
    """Gives the stem of a folded word: ``cobrados`` and ``cobranca`` have one."""

    def __call__(self, word: str) -> str:
        """The stem."""
        ...


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    against: bool
    words: tuple[str, ...]
    open_end: bool
    written: str

    def fits(self, words: list[str], at: int) -> bool:
        """Whether the phrase stands in ``words`` from ``at`` on; its first word was looked up already."""
        size = len(self.words)
        if at + size > len(words):
            return False
        if size > 1 and tuple(words[at : at + size - 1]) != self.words[:-1]:
            return False
        last = words[at + size - 1]
        return last.startswith(self.words[-1]) if self.open_end else last == self.words[-1]


class Matcher:
    """What is recognised by which words; made once for a policy, used for any number of tickets."""

    __slots__ = ("_beginnings", "_exact", "_lengths", "_stem", "_stems")

    def __init__(self, wordings: Iterable[tuple[str, Wording]], stem: Stemmer | None = None) -> None:
        self._exact: dict[str, list[_Entry]] = {}
        self._beginnings: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[_Entry]] = {}
        self._stem = None if stem is None else lru_cache(50_000)(stem)
        for key, wording in wordings:
            for against, written in (
                *((False, word) for word in wording.words),
                *((True, word) for word in wording.unless),
            ):
                self._add(key, against, written, wording.stem)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def _add(self, key: str, against: bool, written: str, by_stem: bool) -> None:
        words = tuple(words_of(written))
        if not words:
            return
        open_end = written.rstrip().endswith("*")
        entry = _Entry(key, against, words, open_end, written)
        if by_stem and self._stem is not None and len(words) == 1 and not open_end:
            self._stems.setdefault(self._stem(words[0]), []).append(entry)
        elif open_end and len(words) == 1:
            self._beginnings.setdefault(words[0], []).append(entry)
        else:
            self._exact.setdefault(words[0], []).append(entry)

    def match(self, subject: str, text: str) -> dict[str, str]:
        """What is recognised: key → the word of the rule that was found first; nothing that its ``unless`` bars."""
        words = words_of(subject)
        words.append("")
        words += words_of(text)
        found: dict[str, str] = {}
        barred: set[str] = set()
        for at, word in enumerate(words):
            for entry in self._entries(word):
                if entry.against:
                    if entry.fits(words, at) or len(entry.words) == 1:
                        barred.add(entry.key)
                elif entry.key not in found and (len(entry.words) == 1 or entry.fits(words, at)):
                    found[entry.key] = entry.written
        return {key: word for key, word in found.items() if key not in barred}

    def _entries(self, word: str) -> list[_Entry]:
        if not word:
            return []
        entries = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            entries += self._beginnings.get(word[:length], ())
        if self._stems and self._stem is not None:
            entries += self._stems.get(self._stem(word), ())
        return entries
