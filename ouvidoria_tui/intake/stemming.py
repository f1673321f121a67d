"""Stems of Portuguese words, by the Snowball algorithm, over words without accents."""

from __future__ import annotations

from functools import cache
from typing import Any


def stem(word: str) -> str:
    """The stem of a folded word: ``cobrados`` and ``cobrada`` have the same one."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    from snowballstemmer import stemmer  # type: ignore[import-untyped]

    return stemmer("portuguese")
