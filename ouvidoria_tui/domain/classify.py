"""Keyword rules over subject and text: whole words and phrases, accents and case set aside.

The rules are compiled once into a table by first word; a text is cut into words once and looked up, so the
time does not depend on how many rules there are, and no pattern can be made to backtrack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.policy import KeywordRule

__all__ = ["Classifier", "Hit", "compile_rules", "words_of"]

#: Characters of a text that are read: the evidence of a rule stands early or it is a pasted log.
READ_AT_MOST = 100_000
_LONGEST_WORD = 60
_REMEMBERED = 32_768
_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


class _Folded(dict[str, str]):
    """Words already folded: a desk's texts use the same few thousand words again and again."""

    def __missing__(self, word: str) -> str:
        if len(word) > _LONGEST_WORD:
            return ""
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = folded = fold(word)
        return folded


_FOLDED = _Folded()


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched and the word or phrase of the rule that was found, as the rule writes it."""

    rule: KeywordRule
    word: str


@dataclass(frozen=True, slots=True)
class _Entry:
    order: tuple[int, int]
    words: Words
    hit: Hit


class Classifier:
    """Compiled keyword rules; made by :func:`compile_rules`, used for any number of tickets."""

    __slots__ = ("_by_first", "_first_words")

    def __init__(self, entries: Iterable[_Entry]) -> None:
        by_first: dict[str, list[_Entry]] = {}
        for entry in entries:
            by_first.setdefault(entry.words[0], []).append(entry)
        self._by_first = by_first
        self._first_words = frozenset(by_first)

    def match(self, subject: str, text: str) -> tuple[Hit, ...]:
        """Every rule word found, in the order of the rules and of the words in each; each once.

        A phrase never runs from the subject into the text. The first 100,000 characters of each are read.
        """
        words = words_of(subject)
        words.append("")
        words += words_of(text)
        first_words = self._first_words.intersection(words)
        if not first_words:
            return ()
        by_first = self._by_first
        found: dict[tuple[int, int], Hit] = {}
        for at, word in enumerate(words):
            if word in first_words:
                for entry in by_first[word]:
                    length = len(entry.words)
                    if length == 1 or tuple(words[at : at + length]) == entry.words:
                        found[entry.order] = entry.hit
        return tuple(found[order] for order in sorted(found))


def compile_rules(rules: Iterable[KeywordRule]) -> Classifier:
    """A classifier for ``rules``, in their order; words without a letter or digit are passed over."""
    return Classifier(
        _Entry((place, turn), tuple(words), Hit(rule, word))
        for place, rule in enumerate(rules)
        for turn, word in enumerate(rule.words)
        if (words := words_of(word))
    )


def words_of(text: str) -> list[str]:
    """The words of ``text``, folded; the first 100,000 characters are read. A word too long to be one is empty."""
    # "ç" may be written as two characters, and a bare accent would cut the word.
    text = unicodedata.normalize("NFC", text[:READ_AT_MOST]).replace("_", " ")
    if text.isascii():
        return _WORD.findall(text.lower())
    return list(map(_FOLDED.__getitem__, _WORD.findall(text)))
