"""Numbers of Brazilian documents: whether the check digits of a CPF or CNPJ are right."""

from __future__ import annotations

_CPF = (tuple(range(10, 1, -1)), tuple(range(11, 1, -1)))
_CNPJ = ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))


def is_document(text: str) -> bool:
    """Whether ``text`` is a CPF (11 digits) or CNPJ (14, since 2026 with letters), punctuation apart."""
    signs = "".join(char for char in text.upper() if char.isascii() and char.isalnum())
    if len(signs) == 11 and signs.isdigit():
        return len(set(signs)) > 1 and _checked(signs, _CPF)
    if len(signs) == 14 and signs[-2:].isdigit():
        return len(set(signs)) > 1 and _checked(signs, _CNPJ)
    return False


def _checked(signs: str, weights: tuple[tuple[int, ...], tuple[int, ...]]) -> bool:
    for row in weights:
        total = sum(weight * (ord(sign) - 48) for weight, sign in zip(row, signs, strict=False))
        rest = total % 11
        if int(signs[len(row)]) != (0 if rest < 2 else 11 - rest):
            return False
    return True
