"""What is hashed, and how: anybody can compute it again from the documented form."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.ledger import (
    Act,
    Draft,
    Event,
    Message,
    Part,
    canonical,
    commitment,
    event_hash,
    next_anchor,
    storable,
)

TEXT = st.text(max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(
    st.none() | st.integers(1, 2**62),
    st.integers(1, 10**6),
    st.sampled_from(Act),
    st.integers(1, 10**6),
    TEXT,
    st.integers(0, 2**40),
    st.integers(0, 2**40),
    st.dictionaries(TEXT, JSON, max_size=4),
    st.binary(max_size=32),
)
def test_the_hash_is_that_of_the_canonical_json_of_the_event(
    ticket: int | None,
    seq: int,
    type_: Act,
    actor: int,
    os_user: str,
    happened_at: int,
    recorded_at: int,
    payload: dict[str, object],
    prev: bytes,
) -> None:
    value = {
        "ticket": ticket,
        "seq": seq,
        "type": type_.value,
        "actor": actor,
        "os_user": os_user,
        "happened_at": happened_at,
        "recorded_at": recorded_at,
        "payload": payload,
        "prev": prev.hex(),
    }
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert (
        event_hash(
            ticket=ticket,
            seq=seq,
            type=type_.value,
            actor=actor,
            os_user=os_user,
            happened_at=happened_at,
            recorded_at=recorded_at,
            payload=canonical(payload),
            prev=prev,
        )
        == sha256(told.encode("utf-8", "surrogatepass")).digest()
    )


@given(JSON)
def test_canonical_json_says_the_same_and_says_it_in_one_way(value: object) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


def test_canonical_json_has_no_number_that_json_has_not() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"a": float("nan")})


def test_the_anchor_binds_an_event_to_all_before_it() -> None:
    assert next_anchor(b"abc", b"def") == sha256(b"abcdef").digest()
    assert next_anchor(b"", b"def") == sha256(b"def").digest()


@given(TEXT, TEXT, st.binary(max_size=16))
def test_a_commitment_binds_salt_subject_and_text(subject: str, text: str, salt: bytes) -> None:
    bound = commitment(Message(Part.NOTE, text, subject, salt))
    assert bound == commitment(Message(Part.DESK, text, subject, salt))
    assert bound != commitment(Message(Part.NOTE, text + "x", subject, salt))
    assert bound != commitment(Message(Part.NOTE, text, subject + "x", salt))
    assert bound != commitment(Message(Part.NOTE, text, subject, salt + b"x"))


@given(TEXT, TEXT)
def test_moving_a_letter_from_the_subject_to_the_text_is_seen(subject: str, text: str) -> None:
    bound = commitment(Message(Part.NOTE, text, subject + "x"))
    assert bound != commitment(Message(Part.NOTE, "x" + text, subject))


def test_a_payload_holds_the_commitment_and_no_word() -> None:
    message = Message(Part.CUSTOMER, "segredo", "assunto secreto", b"sal")
    draft = Draft(Act.CUSTOMER_REPLIED, 5, {"unread": (False, True)}, {"source": "carta"}, message)
    assert draft.payload() == {
        "source": "carta",
        "changes": {"unread": [False, True]},
        "part": "customer",
        "text": commitment(message),
    }


def test_an_event_without_changes_has_none() -> None:
    event = Event(1, 1, 1, Act.NOTED, 1, "u", 5, 5, {}, b"", b"", b"")
    assert event.changes == {}


@given(st.text())
def test_whole_text_is_kept_as_it_is(text: str) -> None:
    assert storable(text) == text


@given(st.text(st.characters(), max_size=30), st.integers(0xD800, 0xDFFF), st.text(max_size=30))
def test_half_characters_become_signs_that_can_be_kept(before: str, half: int, after: str) -> None:
    kept = storable(before + chr(half) + after)
    assert "\ufffd" in kept
    assert kept.encode("utf-8").decode() == kept
