"""The quarantine in the console: what waits, why, and the three ways out; mail on a ticket, trimmed and whole."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from textual.pilot import Pilot

from ouvidoria_tui.bootstrap import mail_reader
from ouvidoria_tui.desk.intake import take
from ouvidoria_tui.desk.mail_hooks import MailHooks
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.report.mail import connection, count_waiting
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.quarantine import QuarantineScreen, ToTicket
from tests.tui.conftest import Place, lines, play, press, type_in

SIZES = [(80, 24), (120, 40), (200, 60)]


@dataclass(frozen=True)
class Lying:
    label: str
    raw: bytes
    received_at: int | None = None


def arrive(place: Place, *raws: bytes, own: dict[str, str] | None = None) -> list[str | None]:
    """Takes messages in; the tickets on which they ended."""
    desk = place.desk("ana")
    ids = {one: desk.store.find(ref).id for one, ref in (own or {}).items()}
    items = [Lying(f"{number}.eml", raw) for number, raw in enumerate(raws, 1)]
    hooks = MailHooks(own_ticket=ids.get)
    return [one.ticket for one in take(desk, items, mail_reader(desk), hooks=hooks)]


def ticket(place: Place, subject: str) -> str:
    return receive(place.desk("ana"), Manifestation(subject, "Relato", channel=Channel.EMAIL)).protocol


def message(*headers: str, body: str = "O boleto veio errado.") -> bytes:
    return "\r\n".join([*headers, "", body]).encode()


def waits(place: Place) -> int:
    return count_waiting(connection(place.desk("ana").store))


def words(place: Place, ref: str) -> list[str]:
    store = place.desk("ana").store
    return [one.text for one in store.messages(store.find(ref).id).values()]


def shown(pilot: Pilot[int]) -> str:
    return "\n".join(lines(pilot))


NOBODY = message("Message-ID: <n@example.com>", "Subject: Sem remetente")


def test_an_empty_quarantine_says_so(empty_place: Place) -> None:
    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "M")
        assert isinstance(pilot.app.screen, QuarantineScreen)
        assert "Nothing waits" in shown(pilot) or "Nada espera" in shown(pilot)
        await press(pilot, "n", "x", "a")
        assert isinstance(pilot.app.screen, QuarantineScreen)

    play(empty_place.console(), story)


def test_the_palette_leads_there(empty_place: Place) -> None:
    arrive(empty_place, NOBODY)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "colon")
        await type_in(pilot, "quarent")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, QuarantineScreen)

    play(empty_place.console(), story)


@pytest.mark.parametrize("size", SIZES)
def test_a_message_is_shown_with_its_reason_its_headers_and_its_words(
    empty_place: Place, size: tuple[int, int]
) -> None:
    arrive(empty_place, NOBODY)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "M")
        assert "Sem remetente" in shown(pilot)
        assert "<n@example.com>" in shown(pilot)
        await press(pilot, "tab", "pagedown")
        assert "O boleto veio errado." in shown(pilot)

    play(empty_place.console(), story, size)


def test_a_message_opens_a_ticket_after_one_question(empty_place: Place) -> None:
    arrive(empty_place, NOBODY)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "M", "n")
        assert isinstance(pilot.app.screen, Confirm)
        assert waits(empty_place) == 1
        await press(pilot, "enter")
        assert waits(empty_place) == 0

    play(empty_place.console(), story)
    assert "O boleto veio errado." in words(empty_place, empty_place.desk("ana").store.get(1).protocol)


def test_a_message_goes_on_the_ticket_that_was_suggested(empty_place: Place) -> None:
    first, second = ticket(empty_place, "Um"), ticket(empty_place, "Dois")
    tied = message(
        "From: ana@example.com",
        "Message-ID: <t@example.com>",
        "In-Reply-To: <1@desk.example> <2@desk.example>",
        "Subject: Re",
    )
    arrive(empty_place, tied, own={"1@desk.example": first, "2@desk.example": second})

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "M", "a")
        assert isinstance(pilot.app.screen, ToTicket)
        assert first in shown(pilot)
        assert second in shown(pilot)
        await press(pilot, "down", "enter")
        assert waits(empty_place) == 0

    play(empty_place.console(), story)
    assert words(empty_place, second)[-1] == "O boleto veio errado."


def test_a_message_goes_on_any_ticket_by_its_digits(empty_place: Place) -> None:
    ref = ticket(empty_place, "Um")
    arrive(empty_place, NOBODY)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "M", "a")
        await type_in(pilot, ref.replace("-", ""))
        await press(pilot, "enter")

    play(empty_place.console(), story)
    assert words(empty_place, ref)[-1] == "O boleto veio errado."


def test_a_message_is_discarded_with_a_reason(empty_place: Place) -> None:
    arrive(empty_place, NOBODY, b"\0\xff nonsense")

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "M", "x", "escape")
        assert waits(empty_place) == 2
        await press(pilot, "x")
        await type_in(pilot, "Propaganda")
        await press(pilot, "enter")
        assert waits(empty_place) == 1

    play(empty_place.console(), story)


def test_who_changes_nothing_cannot_settle_anything(place: Place) -> None:
    from ouvidoria_tui.domain.permission import Role

    place.desk().store.add_agent("aldo", "Aldo", Role.AUDITOR, True, 0)
    arrive(place, NOBODY)
    before = waits(place)

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "M", "n")
        await press(pilot, "enter")

    play(place.console("aldo"), story)
    assert waits(place) == before


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("nasty", ["[b]x[/b]", "[@click=app.quit]x[/]", "\x1b[2J", "\u202eexe", "a[/"])
def test_hostile_headers_and_words_stay_words(empty_place: Place, nasty: str, size: tuple[int, int]) -> None:
    from base64 import b64encode

    encoded = f"=?utf-8?b?{b64encode(nasty.encode()).decode()}?="
    arrive(
        empty_place,
        message(
            "Message-ID: <n@example.com>", f"Subject: {encoded}", f"To: {encoded} <x@example.com>", body=nasty
        ),
    )

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "M", "tab", "pagedown")
        assert "\x1b" not in shown(pilot)
        assert "\u202e" not in shown(pilot)

    play(empty_place.console(), story, size)


ATTRIBUTION = "Em seg., 19 de jul. de 2021 às 10:12, Ouvidoria <ouvidoria@example.com> escreveu:"
QUOTED = f"Continua sem funcionar.\r\n\r\n{ATTRIBUTION}\r\n> O que havia antes\r\n> e mais isto"


def test_mail_on_a_ticket_is_shown_without_quotes_and_unfolds(empty_place: Place) -> None:
    (ref,) = arrive(
        empty_place,
        message(
            "From: ana@example.com",
            "Message-ID: <q@example.com>",
            "Subject: Site",
            "Content-Type: text/plain; charset=utf-8",
            body=QUOTED,
        ),
    )
    assert ref is not None

    async def story(pilot: Pilot[int]) -> None:
        await press(pilot, "5", "enter")
        assert "Continua sem funcionar." in shown(pilot)
        assert "O que havia antes" not in shown(pilot)
        await press(pilot, "w")
        assert "O que havia antes" in shown(pilot)
        await press(pilot, "w")
        assert "O que havia antes" not in shown(pilot)

    play(empty_place.console(), story, (120, 40))
