"""Whether a text for a customer criticises the company or colleagues of other sectors, by a list of words (S4-03).

A list of words knows nothing of what was meant: what it finds is held until a person confirms it, never refused.
"""

from __future__ import annotations

from functools import lru_cache

from ouvidoria_tui.domain.policy_gates import Wording
from ouvidoria_tui.domain.policy_tone import ToneRule
from ouvidoria_tui.domain.wording import Matcher


def criticisms(text: str, rule: ToneRule) -> tuple[str, ...]:
    """The words of the rule that ``text`` holds, as the rule writes them: whole words, accents and case folded."""
    found = _matcher(rule.words).match("", text).values() if rule.words else ()
    return tuple(word.rstrip("*") for word in found)


@lru_cache(maxsize=8)
def _matcher(words: tuple[str, ...]) -> Matcher:
    return Matcher([(word, Wording((word,))) for word in words])
