"""Why a letter did not leave, in words: the desk's own are translated, a server's stay as they are."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.outbox import LetterKind, LetterState, Trouble, next_try, said_by_server
from ouvidoria_tui.present.mail_words import error_words
from ouvidoria_tui.present.words import term_of


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_of_the_desk_has_words(trouble: Trouble) -> None:
    assert error_words(trouble.value) != trouble.value


@pytest.mark.parametrize("kind", [*LetterKind, *LetterState])
def test_every_kind_and_state_has_words(kind: LetterKind | LetterState) -> None:
    assert term_of(type(kind), kind)


def test_the_reason_stands_behind_the_desks_own_words() -> None:
    assert error_words("unwritable: bad address").endswith(": bad address")


def test_a_servers_words_stay_as_they_are() -> None:
    assert error_words("550 5.1.1 erased: no such user") == "550 5.1.1 erased: no such user"


def test_a_letter_is_given_up_after_five_days_and_no_sooner() -> None:
    times = []
    attempts, now = 1, 0
    while (at := next_try(attempts, now)) is not None:
        times.append(at)
        attempts, now = attempts + 1, at
    assert times == sorted(times)
    assert 4 * 86_400 < now < 6 * 86_400


def test_a_servers_words_are_kept_on_one_line_without_the_password() -> None:
    assert said_by_server("535 s3cret\r\n\x1b[1m is wrong", secret="s3cret") == "535 *** [1m is wrong"
    assert len(said_by_server("x" * 9999)) == 300
