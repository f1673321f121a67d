"""Telling words, likeness and votes, from rows."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.neighbours import (
    TELLING,
    WORDS,
    Asked,
    Field,
    Past,
    Spread,
    Value,
    asked_words,
    nearest,
    telling,
    vote,
)


def past(id_: int, text: str, arrived_at: int = 0) -> Past:
    return Past(id_, f"2026-{id_:06}-0", "", text, arrived_at)


def test_words_of_the_subject_come_first_and_each_once() -> None:
    assert asked_words(Asked("Cobrança em dobro", "a COBRANCA veio", 0)) == (
        "cobranca",
        "em",
        "dobro",
        "veio",
    )


def test_a_pasted_log_does_not_make_more_words_than_are_looked_at() -> None:
    assert len(asked_words(Asked("", " ".join(f"palavra{n}" for n in range(5000)), 0))) == WORDS


def test_the_rarest_words_tell_most_and_unknown_ones_nothing() -> None:
    spreads = [Spread("boleto", 10, 1000), Spread("estorno", 2, 1000), Spread("xyzzy", 0, 1000)]
    weights = telling(spreads)
    assert weights["estorno"] > weights["boleto"]
    assert "xyzzy" not in weights


def test_common_words_are_left_out_only_where_enough_others_are_there() -> None:
    rare = [Spread(f"raro{n}", 5, 1000) for n in range(4)]
    assert "de" not in telling([*rare, Spread("de", 900, 1000)])
    assert "de" in telling([*rare[:2], Spread("de", 900, 1000)])


def test_no_more_than_the_telling_words_are_compared() -> None:
    assert len(telling(Spread(f"w{n}", n + 1, 10_000) for n in range(90))) == TELLING


def test_the_nearest_shares_the_most_weight_and_says_by_which_words() -> None:
    weights = {"estorno": 6.0, "boleto": 4.0, "site": 1.0}
    found = nearest(
        weights, [past(1, "o boleto do site"), past(2, "estorno do boleto"), past(3, "nada disso")]
    )
    assert [(one.past.id, one.shared) for one in found] == [
        (2, ("estorno", "boleto")),
        (1, ("boleto", "site")),
    ]


def test_of_two_as_near_the_later_one_comes_first() -> None:
    found = nearest({"estorno": 1.0}, [past(1, "estorno", 10), past(2, "estorno", 20)])
    assert [one.past.id for one in found] == [2, 1]


def test_a_persons_decisions_outweigh_as_many_automatic_ones() -> None:
    near = nearest({"estorno": 1.0}, [past(n, "estorno") for n in range(1, 5)])
    cause = {1: "a", 2: "a", 3: "b", 4: "b"}
    values = {n: {Field.CAUSE: [Value(name, by_person=name == "b")]} for n, name in cause.items()}
    (said,) = vote(near, values)
    assert (said.value, said.votes, said.of, said.people) == ("b", 2, 4, 2)
    assert said.share == pytest.approx(2 / 3)


def test_one_ticket_alone_is_never_clear() -> None:
    near = nearest({"estorno": 1.0}, [past(1, "estorno")])
    (said,) = vote(near, {1: {Field.AREA: [Value("fiscal", by_person=True)]}})
    assert (said.share, said.clear) == (1.0, False)
