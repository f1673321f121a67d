"""The desk's own Message-IDs: read back by whoever has the key, worth nothing without it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.message_ids import is_loop_mark, loop_mark, make, read

KEY = bytes(range(32))
NONCE = b"8 bytes!"
MADE = make(123, 7, domain="ouvidoria.example.com", nonce=NONCE, key=KEY)
tickets = st.integers(1, 10**9)
seqs = st.integers(1, 10**6)
nonces = st.binary(min_size=8, max_size=16)


@given(tickets, seqs, nonces)
def test_an_id_says_its_ticket_to_whoever_has_the_key(ticket: int, seq: int, nonce: bytes) -> None:
    assert read(make(ticket, seq, domain="mail.example.com", nonce=nonce, key=KEY), KEY) == ticket


@given(tickets, seqs, nonces)
def test_an_id_says_nothing_to_another_key(ticket: int, seq: int, nonce: bytes) -> None:
    assert read(make(ticket, seq, domain="mail.example.com", nonce=nonce, key=KEY), bytes(32)) is None


@given(st.integers(0, len(MADE) - 1), st.characters(codec="ascii"))
def test_no_letter_of_an_id_can_be_changed(place: int, letter: str) -> None:
    forged = MADE[:place] + letter + MADE[place + 1 :]
    assert read(forged, KEY) == (123 if forged.lower() == MADE else None)


def test_brackets_spaces_and_capitals_of_mail_systems_do_no_harm() -> None:
    assert read(f" <{MADE.upper()}> ", KEY) == 123


@given(st.text())
def test_whatever_else_a_header_says_is_no_id_of_ours(text: str) -> None:
    assert read(text, KEY) is None
    assert not is_loop_mark(text, KEY)


@pytest.mark.parametrize("domain", ["", "exa mple.com", "example.com\r\nBcc: x", "exämple.com", "a@b"])
def test_an_id_is_not_made_with_a_domain_that_is_none(domain: str) -> None:
    with pytest.raises(ValueError, match="no Message-ID"):
        make(1, 1, domain=domain, nonce=NONCE, key=KEY)


def test_the_digits_of_other_scripts_are_no_ticket() -> None:
    assert read(MADE.replace("123", "١٢٣", 1), KEY) is None


def test_two_letters_of_one_event_differ_by_their_nonce() -> None:
    assert make(1, 2, domain="example.com", nonce=b"x" * 8, key=KEY) != make(
        1, 2, domain="example.com", nonce=b"y" * 8, key=KEY
    )


@given(nonces)
def test_a_loop_mark_is_known_by_the_key_that_made_it(nonce: bytes) -> None:
    assert is_loop_mark(loop_mark(nonce, KEY), KEY)
    assert not is_loop_mark(loop_mark(nonce, KEY), bytes(32))


def test_the_mac_of_an_id_is_no_loop_mark() -> None:
    _ticket, _seq, nonce, rest = MADE.split(".", 3)
    assert not is_loop_mark(f"{nonce}.{rest.split('@')[0]}", KEY)
