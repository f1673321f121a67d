"""Notices to many customers and the articles of the knowledge base, each on a screen of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ouvidoria_tui.desk.articles import add_article, set_article_active
from ouvidoria_tui.desk.customers import add_customer
from ouvidoria_tui.desk.mail_settings import change_mail
from ouvidoria_tui.desk.notices import Told, send_notice
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.desk.register_entries import add_entry
from ouvidoria_tui.domain.article import Article
from ouvidoria_tui.domain.notice import Audience, NoticeKind
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.present.words import set_language
from ouvidoria_tui.report.articles import articles
from ouvidoria_tui.report.notices import copies_of, entries_of, notices
from ouvidoria_tui.report.reading import connection
from ouvidoria_tui.tui.app import Console
from ouvidoria_tui.tui.screens.article_form import ArticleForm
from ouvidoria_tui.tui.screens.articles import ArticlesScreen
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.notice_form import NoticeForm
from ouvidoria_tui.tui.screens.notices import NoticesScreen
from ouvidoria_tui.tui.screens.review import Review
from ouvidoria_tui.tui.widgets.radio import Radio
from tests.tui.conftest import Place, play, press, settle, type_in
from tests.tui.test_hostile import NASTY
from tests.tui.test_letter_stories import flat
from tests.tui.test_ticket_hostile import SIZES, harmless
from tests.tui.ticket_desk import toasts, write

WORDS = "Os sites ficam fora do ar das 2h às 4h."


def customers(place: Place) -> None:
    """Two of the plan team, one without an address, at a desk that sends mail."""
    desk = place.desk("ana")
    change_mail(desk, {"from_address": "ouvidoria@example.com", "host": "mail.example.com", "road": "smtp"})
    add_entry(desk, "plan", "team", {"name": "Team"})
    add_customer(desk, {"name": "Ana", "email": "a@example.com", "plan": "team"})
    add_customer(desk, {"name": "Bia", "plan": "team"})


def given(place: Place) -> list[tuple[int, int, int]]:
    """Number, entries and copies of each notice in the store."""
    conn = connection(place.desk("ana").store)
    return [
        (one.number, entries_of(conn, one.number), sum(copies_of(conn, one.number).values()))
        for one in notices(conn)
    ]


async def go(pilot: Pilot[int], words: str) -> None:
    """By the palette."""
    await press(pilot, "colon")
    await type_in(pilot, words)
    await press(pilot, "enter")


async def fill(pilot: Pilot[int], audience: str, subject: str, text: str, day: str = "") -> None:
    screen = pilot.app.screen
    assert isinstance(screen, NoticeForm)
    for name, value in (("audience", audience), ("day", day), ("subject", subject)):
        screen.query_one(f"#{name}", Input).value = value
    await write(pilot, text)


@pytest.mark.req("S0-38")
@pytest.mark.parametrize(
    ("language", "place_name", "two", "one"),
    [
        ("pt-BR", "avisos a", "2 registros a gravar", "1 cópia por e-mail"),
        ("en", "notices to", "2 entries to be written", "1 copy by mail"),
    ],
)
def test_a_notice_is_written_both_counts_are_seen_and_it_is_given_once(
    empty_place: Place, language: str, place_name: str, two: str, one: str
) -> None:
    customers(empty_place)
    set_language(language)

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, place_name)
        assert isinstance(pilot.app.screen, NoticesScreen)
        await press(pilot, "n")
        await fill(pilot, "plan:team", "Manutenção", WORDS, "15/01/2027")
        pilot.app.screen.query_one("#kind", Radio).choose("maintenance")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)
        shown = flat(pilot)
        assert two in shown
        assert one in shown
        assert "Este é um aviso de manutenção, com data de 15/01/2027." in shown
        assert given(empty_place) == []
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, NoticesScreen)
        assert one in toasts(pilot)[-1]
        assert "plan:team" in flat(pilot)
        assert WORDS in flat(pilot)
        await press(pilot, "n")
        await fill(pilot, "plan:team", "Manutenção", WORDS, "15/01/2027")
        pilot.app.screen.query_one("#kind", Radio).choose("maintenance")
        await press(pilot, "f2", "f2")
        assert isinstance(pilot.app.screen, Review)

    play(empty_place.console(), story, size=(120, 40))
    assert given(empty_place) == [(1, 2, 1)]


def test_a_notice_in_a_language_is_for_who_is_written_to_in_it(empty_place: Place) -> None:
    customers(empty_place)
    add_customer(empty_place.desk("ana"), {"name": "Eve", "email": "e@example.com", "language": "en"})

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, "avisos a")
        await press(pilot, "n")
        await fill(pilot, "all", "Maintenance", "The sites are down from 2 to 4.")
        pilot.app.screen.query_one("#language", Radio).choose("en")
        await press(pilot, "f2")
        assert "1 registro a gravar" in flat(pilot)
        assert "This is a notice." in flat(pilot)
        await press(pilot, "f2")

    play(empty_place.console(), story, size=(120, 40))
    assert given(empty_place) == [(1, 1, 1)]


@pytest.mark.parametrize(
    ("audience", "subject", "text", "code"),
    [
        ("plan:nada", "Aviso", WORDS, "PLAN_NOT_FOUND"),
        ("plan:", "Aviso", WORDS, "AUDIENCE_UNKNOWN"),
        ("all", "", WORDS, "TEXT_REQUIRED"),
        ("all", "Aviso", "Prezado {{ nome }}", "TEMPLATE_INCOMPLETE"),
    ],
)
def test_what_cannot_be_given_is_refused_on_the_form_with_its_code(
    empty_place: Place, audience: str, subject: str, text: str, code: str
) -> None:
    customers(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, "avisos a")
        await press(pilot, "n")
        await fill(pilot, audience, subject, text)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, NoticeForm)
        assert code in flat(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "escape")
        assert pilot.app.screen.query_one("#audience", Input).value == audience
        await press(pilot, "escape", "enter")
        assert isinstance(pilot.app.screen, NoticesScreen)

    play(empty_place.console(), story)
    assert given(empty_place) == []


def test_an_audience_of_nobody_holds_it_back(empty_place: Place) -> None:
    customers(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, "avisos a")
        await press(pilot, "n")
        await fill(pilot, "zzzz", "Aviso", WORDS)
        await press(pilot, "f2", "f2")
        assert isinstance(pilot.app.screen, Review)
        assert "Nenhum cliente é deste público." in flat(pilot)

    play(empty_place.console(), story)
    assert given(empty_place) == []


@pytest.mark.req("S4-03")
def test_criticism_in_a_notice_leaves_only_after_a_second_key(empty_place: Place) -> None:
    customers(empty_place)

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, "avisos a")
        await press(pilot, "n")
        await fill(pilot, "all", "Aviso", "O suporte foi incompetente.")
        await press(pilot, "f2", "f2")
        assert isinstance(pilot.app.screen, Review)
        assert given(empty_place) == []
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, NoticesScreen)

    play(empty_place.console(), story)
    assert given(empty_place) == [(1, 2, 1)]


def test_who_may_not_give_notices_reads_them(empty_place: Place) -> None:
    customers(empty_place)
    desk = empty_place.desk("ana")
    register_agent(desk, "caio", "Caio", Role.AGENT)
    told = Told(Audience.parse("all"), NoticeKind.OTHER, "Feriado", WORDS, date(2027, 1, 1))
    assert list(send_notice(desk, told))

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, "avisos a")
        assert "Feriado" in flat(pilot)
        await press(pilot, "n")
        assert "Novo aviso" not in flat(pilot)
        assert isinstance(pilot.app.screen, NoticesScreen)
        assert "papel" in toasts(pilot)[-1]

    play(empty_place.console("caio"), story)
    assert len(given(empty_place)) == 1


@pytest.mark.req("S0-27", "S1-09")
@pytest.mark.parametrize(("language", "name"), [("pt-BR", "artigos da"), ("en", "articles of")])
def test_articles_are_found_read_and_copied(empty_place: Place, language: str, name: str) -> None:
    desk = empty_place.desk("ana")
    add_article(desk, "segunda-via", "Segunda via", "https://ajuda.example.com/2via", "boleto fatura")
    add_article(desk, "senha", "Trocar a senha", "https://ajuda.example.com/senha")
    add_article(desk, "velho", "Velho", "https://ajuda.example.com/velho")
    set_article_active(desk, "velho", active=False)
    set_language(language)

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, name)
        assert isinstance(pilot.app.screen, ArticlesScreen)
        assert [one.slug for one in pilot.app.screen.rows or ()] == ["segunda-via", "senha", "velho"]
        assert "https://ajuda.example.com/2via" in flat(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "senh")
        assert "segunda-via" not in flat(pilot)
        await press(pilot, "enter", "y")
        assert pilot.app.clipboard == "Trocar a senha: https://ajuda.example.com/senha"
        await press(pilot, "escape")
        assert "segunda-via" in flat(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ArticlesScreen)

    play(empty_place.console(), story)


@pytest.mark.req("S0-27")
def test_an_article_is_kept_changed_put_aside_and_brought_back(empty_place: Place) -> None:
    def kept() -> list[Article]:
        return articles(connection(empty_place.desk("ana").store), inactive=True)

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, "artigos da")
        assert "Ainda não há artigo" in flat(pilot)
        await press(pilot, "e", "x", "n")
        assert isinstance(pilot.app.screen, ArticleForm)
        for words in ("senha", "Trocar a senha", "ajuda.example.com"):
            await type_in(pilot, words)
            await press(pilot, "enter")
        await press(pilot, "f2")
        assert "BAD_LINK" in flat(pilot)
        pilot.app.screen.query_one("#address", Input).value = "https://ajuda.example.com/senha"
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, ArticlesScreen)
        assert kept() == [Article("senha", "Trocar a senha", "https://ajuda.example.com/senha")]
        await press(pilot, "e")
        pilot.app.screen.query_one("#topics", Input).value = "acesso"
        await settle(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "escape", "f2")
        assert kept()[0].topics == "acesso"
        await press(pilot, "x")
        assert not kept()[0].active
        assert "posto de lado" in flat(pilot)
        await press(pilot, "x")
        assert kept()[0].active

    play(empty_place.console(), story)


def test_who_may_not_keep_articles_reads_them(empty_place: Place) -> None:
    desk = empty_place.desk("ana")
    register_agent(desk, "caio", "Caio", Role.AGENT)
    add_article(desk, "senha", "Trocar a senha", "https://ajuda.example.com/senha")

    async def story(pilot: Pilot[int]) -> None:
        await go(pilot, "artigos da")
        for key in "nex":
            await press(pilot, key)
            assert isinstance(pilot.app.screen, ArticlesScreen)
            assert "papel" in toasts(pilot)[-1]
            pilot.app.clear_notifications()
        assert "Trocar a senha" in flat(pilot)

    play(empty_place.console("caio"), story)


@pytest.mark.parametrize(("size", "ascii_only"), SIZES)
def test_hostile_notices_and_articles_are_harmless(
    empty_place: Place, size: tuple[int, int], ascii_only: bool
) -> None:
    customers(empty_place)
    desk = empty_place.desk("ana")
    nasty = " ".join(words[:200] for name, words in NASTY.items() if name != "surrogate")
    told = Told(Audience.parse("all"), NoticeKind.OTHER, nasty[:140], nasty)
    assert list(send_notice(desk, told))
    printable = "".join(char for char in nasty if char.isprintable())
    add_article(desk, "a", printable[:150], "https://ajuda.example.com/a", printable[:300])

    async def story(pilot: Pilot[int]) -> None:
        await _each(pilot, "avisos a", "artigos da")
        await go(pilot, "artigos da")
        await press(pilot, "e")
        harmless(pilot)
        await press(pilot, "f2", "x")
        harmless(pilot)
        await press(pilot, "escape")
        await go(pilot, "avisos a")
        await press(pilot, "n")
        await fill(pilot, nasty[:200], nasty[:140], nasty, nasty[:40])
        await press(pilot, "f2")
        harmless(pilot)
        await fill(pilot, "all", nasty[:140], nasty)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, Review)
        harmless(pilot)
        await press(pilot, "f2")
        harmless(pilot)

    play(empty_place.console(ascii_only=ascii_only), story, size=size)


async def _each(pilot: Pilot[int], *names: str) -> None:
    for name in names:
        await go(pilot, name)
        harmless(pilot)
        await press(pilot, "tab", "j", "pagedown", "G")
        harmless(pilot)
        await press(pilot, "escape")


def test_a_store_that_cannot_be_read_says_so_where_the_notices_would_be(empty_place: Place) -> None:
    def broken(_desk: object) -> tuple[object, ...]:
        from ouvidoria_tui.errors import StoreError
        from ouvidoria_tui.text import N_

        raise StoreError("STORE_LOCKED", N_("{path} is busy", path="x"), N_("try again"))

    async def story(pilot: Pilot[int]) -> None:
        console = pilot.app
        assert isinstance(console, Console)
        screen = NoticesScreen()
        well: Callable[[], object] = screen.job
        screen.job = lambda: broken  # type: ignore[method-assign,assignment,return-value]
        console.push_screen(screen)
        await settle(pilot)
        assert "F5 tenta de novo" in flat(pilot)
        screen.job = well  # type: ignore[method-assign,assignment]
        await press(pilot, "f5")
        assert "Nenhum aviso foi enviado." in flat(pilot)

    play(empty_place.console(), story)
