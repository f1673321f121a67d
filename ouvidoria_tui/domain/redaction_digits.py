"""Numbers of people by their check digits: which kind of number a row of digits can be."""

from __future__ import annotations

from typing import Final

from ouvidoria_tui.domain.document import is_document

#: The area codes of Brazil.
AREA_CODES: Final = frozenset(map(str, range(11, 100))) - {
    "20",
    "23",
    "25",
    "26",
    "29",
    "30",
    "36",
    "39",
    "40",
    "50",
    "52",
    "56",
    "57",
    "58",
    "59",
    "60",
    "70",
    "72",
    "76",
    "78",
    "80",
    "90",
}


def is_cpf(digits: str) -> bool:
    """Whether 11 digits are a CPF."""
    return len(digits) == 11 and is_document(digits)


def is_cnpj(signs: str) -> bool:
    """Whether 14 signs are a CNPJ, with letters or without."""
    return len(signs) == 14 and is_document(signs)


def is_pis(digits: str) -> bool:
    """Whether 11 digits are a PIS, PASEP or NIS number."""
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    rest = 11 - _weighed(digits, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return int(digits[10]) == (0 if rest > 9 else rest)


def is_voter(digits: str) -> bool:
    """Whether 12 digits are those of a título de eleitor: eight, the state, two check digits."""
    if len(digits) != 12 or not 1 <= int(digits[8:10]) <= 28:
        return False
    first = _weighed(digits[:8], range(2, 10)) % 11
    first = 0 if first == 10 else first
    second = (int(digits[8]) * 7 + int(digits[9]) * 8 + first * 9) % 11
    return digits[10:] == f"{first}{0 if second == 10 else second}"


def is_health_card(digits: str) -> bool:
    """Whether 15 digits are a number of the SUS card."""
    return len(digits) == 15 and digits[0] in "12789" and _weighed(digits, range(15, 0, -1)) % 11 == 0


def is_card(digits: str) -> bool:
    """Whether 13 to 19 digits are a payment card's: a known beginning, and Luhn's sum."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456" or len(set(digits)) == 1:
        return False
    doubled = (int(one) * (2 if place % 2 else 1) for place, one in enumerate(reversed(digits)))
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def phone_digits(digits: str) -> str | None:
    """Area code and number of a Brazilian telephone, without what is dialled before them; ``None`` for another."""
    rest = digits
    if len(rest) in (12, 13) and rest.startswith("55"):
        rest = rest[2:]
    elif rest.startswith("0") and len(rest) in (11, 12):
        rest = rest[1:]
    elif rest.startswith("0") and len(rest) in (13, 14):
        rest = rest[3:]  # 0, two digits of the carrier
    if rest[:2] not in AREA_CODES:
        return None
    mobile = len(rest) == 11 and rest[2] == "9"
    return rest if mobile or (len(rest) == 10 and rest[2] in "23456789") else None


def _weighed(digits: str, weights: range | tuple[int, ...]) -> int:
    return sum(int(one) * weight for one, weight in zip(digits, weights, strict=False))
