"""What gates read out of a text by themselves: a yes, capitals, steps told in their order."""

from __future__ import annotations

import re

from ouvidoria_tui.domain.classify import words_of
from ouvidoria_tui.domain.fold import fold

#: A yes, in an answer that is short enough to be nothing else.
_YES, _NO, _SHORT = (
    frozenset({"sim", "yes", "concordo", "aceito", "pode"}),
    frozenset({"nao", "not", "no"}),
    12,
)
_CONTRACT = re.compile(
    r"\b(?:contratos?|propostas?|orcamentos?|ordem de servico|projetos?)\W+(?:[a-z]+\W+){0,3}\w*\d"
)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_STEP = re.compile(r"(?m)^\s{0,8}(?:\d{1,2}\s?[.)º°-]|[-*•–])\s*\S")
_STEPS = ("passo a passo", "passos", "primeiro", "depois", "em seguida", "cliquei", "step by step", "then")


def addresses_in(text: str) -> list[str]:
    """The e-mail addresses that a text names, each once, in lower case."""
    return list(dict.fromkeys(_ADDRESS.findall(text[:20_000].lower())))


def names_contract(text: str) -> bool:
    """Whether a text gives the number of a contract, proposal or service order: a digit within three words of it."""
    return _CONTRACT.search(fold(text[:20_000])) is not None


def agrees(text: str) -> bool:
    """Whether what a customer wrote last begins with a line that is a bare yes, as the letter asks for it."""
    words = words_of(next((line for line in text[:20_000].splitlines() if line.strip()), ""))
    return bool(words) and len(words) <= _SHORT and words[0] in _YES and not _NO.intersection(words)


def capitals(text: str, least: int) -> int:
    """The share of capitals among the letters of ``text``, in percent; 0 where it has fewer than ``least``."""
    letters = [char for char in text[:20_000] if char.isalpha()]
    if len(letters) < least:
        return 0
    return 100 * sum(char.isupper() for char in letters) // len(letters)


def has_steps(text: str, least: int) -> bool:
    """Whether a text of ``least`` characters or more tells steps: a list of two, or words that order them."""
    said = " ".join(text.split()).casefold()
    if len(said) < least:
        return False
    if len(_STEP.findall(text[:20_000])) >= 2 or "passo a passo" in said:
        return True
    return sum(f" {word}" in f" {said}" for word in _STEPS) >= 2
