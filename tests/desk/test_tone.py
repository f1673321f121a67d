"""Words of an agent that criticise are held before they leave, and the ledger says that a person confirmed them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ouvidoria_tui.desk.act import When
from ouvidoria_tui.desk.consent import ask_consent
from ouvidoria_tui.desk.delay_notice import delay_notice
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import ask, note, reply
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.policy_tone import ToneRule
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import DAY, NOW, Bench, code_of

HARSH = "A culpa é do suporte: lá são todos incompetentes."
Say = Callable[[Desk, str], object]
_SAY: list[Say] = [
    lambda desk, ref: reply(desk, ref, HARSH),
    lambda desk, ref: reply(desk, ref, HARSH, conclusive=True),
    lambda desk, ref: ask(desk, ref, HARSH),
    lambda desk, ref: ask_consent(desk, ref, HARSH),
    lambda desk, ref: delay_notice(desk, ref, NOW + 9 * DAY, HARSH),
]


@pytest.mark.req("S4-03")
@pytest.mark.parametrize("say", _SAY)
def test_what_criticises_is_held_until_it_is_confirmed_and_the_confirmation_is_kept(
    bench: Bench, say: Say
) -> None:
    ref = bench.new()
    before = bench.events(ref)
    assert code_of(lambda: say(bench.desk, ref)) == "TONE_WARNING"
    assert bench.events(ref) == before
    say(bench.desk.confirming_tone(), ref)
    assert bench.last(ref).payload["tone"] == "confirmed"
    assert verify(bench.store.conn).ok


def test_a_confirmation_without_a_warning_leaves_no_mark(bench: Bench) -> None:
    ref = bench.new()
    reply(bench.desk.confirming_tone(), ref, "Corrigimos a cobrança.")
    assert "tone" not in bench.last(ref).payload


def test_a_note_to_the_desk_is_nobodys_letter(bench: Bench) -> None:
    ref = bench.new()
    note(bench.desk, ref, HARSH)
    assert bench.words(ref)[-1] == HARSH


def test_what_was_said_in_the_past_was_said(bench: Bench) -> None:
    ref = bench.new()
    bench.clock.at += DAY
    reply(bench.desk, ref, HARSH, when=When(NOW + 60, "foi por telefone"))
    assert bench.words(ref)[-1] == HARSH


def test_a_letter_that_repeats_the_customers_subject_is_not_the_desks_criticism(bench: Bench) -> None:
    what = Manifestation(
        "Suporte  incompetente", "Relato", customer=Customer(0, "Ana", email="a@example.com")
    )
    ref = receive(bench.desk, what).protocol
    delay_notice(bench.desk, ref, NOW + 9 * DAY, "Falta um laudo.")
    assert "incompetente" in bench.words(ref)[-1]


def test_a_profile_without_words_holds_nothing(bench: Bench) -> None:
    bench.under(tone=ToneRule(()))
    ref = bench.new()
    reply(bench.desk, ref, HARSH)
    assert "tone" not in bench.last(ref).payload
