"""Access codes: unambiguous letters, nothing kept but a hash, a lock after too many wrong ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.access_code import (
    ALPHABET,
    LENGTH,
    LOCK,
    TRIES,
    WINDOW,
    digest,
    locked_until,
    opens,
    plain,
    seal,
    spell,
)

SALT = bytes(range(16))


def test_every_letter_is_as_likely_and_none_is_taken_for_another() -> None:
    made = {spell(bytes([byte] * LENGTH))[0] for byte in range(256)}
    assert made == set(ALPHABET)
    assert len(ALPHABET) == 32
    assert not set(ALPHABET) & set("01IO")


@given(st.binary(min_size=LENGTH, max_size=LENGTH))
def test_a_code_opens_in_any_case_and_with_any_separators(random: bytes) -> None:
    code = spell(random)
    sealed = seal(code, SALT)
    assert opens(sealed, code)
    assert opens(sealed, f" {code.lower().replace('-', ' . ')} ")
    assert plain(code) not in sealed


@pytest.mark.parametrize(
    "written", ["", "ABCD", "ABCD-EFGH-JKLN", "ABCD-EFGH-JKLM-N", "é" * 12, "\0\x1b[31m", "ßẞ"]
)
def test_another_code_does_not_open(written: str) -> None:
    assert not opens(seal("ABCD-EFGH-JKLM", SALT), written)


def test_where_there_is_no_code_none_opens() -> None:
    assert not opens(None, "")
    assert not opens(None, "ABCD-EFGH-JKLM")


def test_the_salt_makes_the_same_code_another_hash_and_a_token_is_found_by_its_digest() -> None:
    assert seal("ABCD-EFGH-JKLM", SALT) != seal("ABCD-EFGH-JKLM", SALT[::-1])
    assert digest("abcd efgh jklm") == digest("ABCD-EFGH-JKLM")


@pytest.mark.parametrize(
    ("failures", "now", "until"),
    [
        ([], 100, None),
        ([0] * (TRIES - 1), 1, None),
        ([0] * TRIES, 1, LOCK),
        ([0] * TRIES, LOCK, None),
        ([0, 1, 2, 3, WINDOW + 1], WINDOW + 2, None),
        ([0, 1, 2, 3, WINDOW], WINDOW + 1, WINDOW + LOCK),
        ([0, 5, 6, 7, 8, WINDOW + 4], WINDOW + 5, WINDOW + 4 + LOCK),
    ],
)
def test_so_many_wrong_codes_within_the_window_lock_for_a_while(
    failures: list[int], now: int, until: int | None
) -> None:
    assert locked_until(failures, now) == until
