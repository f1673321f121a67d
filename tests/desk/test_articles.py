"""Articles of the knowledge base: a small register, found by words, named in answers."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.articles import add_article, edit_article, set_article_active
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.article import checked_link
from ouvidoria_tui.errors import NotAllowed
from ouvidoria_tui.report.articles import articles
from ouvidoria_tui.report.reading import connection
from ouvidoria_tui.store.check import check_store
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import Bench, code_of

LINK = "https://ajuda.example.com/2via?p=1"


@pytest.fixture
def base(bench: Bench) -> Bench:
    add_article(bench.desk, "segunda-via", "Segunda via do boleto", LINK, "fatura cobrança")
    add_article(bench.desk, "senha", "Como trocar a senha", "https://ajuda.example.com/senha")
    return bench


def found(bench: Bench, words: str = "", **more: bool) -> list[str]:
    return [one.slug for one in articles(connection(bench.store), words, **more)]


@pytest.mark.req("S0-27", "S1-09")
def test_articles_are_found_by_title_and_topic_without_accents_or_ends(base: Bench) -> None:
    assert found(base, "fatura") == ["segunda-via"]
    assert found(base, "COBRANCA") == ["segunda-via"]
    assert found(base, "sen") == ["senha"]
    assert found(base, "fatura senha") == []
    assert found(base) == ["segunda-via", "senha"]
    assert found(base, '" OR 1') == []
    assert found(base, "***") == []


@pytest.mark.req("S0-27", "S1-09")
def test_an_answer_names_an_article_with_its_address_and_the_ledger_by_its_slug(base: Bench) -> None:
    ref = base.new()
    reply(base.desk, ref, "Veja como fazer.", articles=["segunda-via", "segunda-via"])
    assert base.words(ref)[-1] == f"Veja como fazer.\n\nSegunda via do boleto: {LINK}"
    assert base.last(ref).payload["articles"] == ["segunda-via"]
    edit_article(base.desk, "segunda-via", {"title": "Outro título"})
    assert "Segunda via do boleto" in base.words(ref)[-1], "what was said stays as it was said"
    assert verify(base.store.conn).ok
    assert all(finding.ok for finding in check_store(base.store.conn))


def test_an_article_that_was_put_aside_is_named_no_more_and_can_come_back(base: Bench) -> None:
    ref = base.new()
    assert set_article_active(base.desk, "senha", active=False)[1]
    assert not set_article_active(base.desk, "senha", active=False)[1]
    assert (found(base), found(base, inactive=True)) == (["segunda-via"], ["segunda-via", "senha"])
    assert code_of(lambda: reply(base.desk, ref, "Veja.", articles=["senha"])) == "ARTICLE_INACTIVE"
    assert set_article_active(base.desk, "senha", active=True)[1]


def test_an_answer_of_nothing_but_an_article_is_none(base: Bench) -> None:
    ref = base.new()
    assert code_of(lambda: reply(base.desk, ref, " ", articles=["senha"])) == "TEXT_REQUIRED"
    assert code_of(lambda: reply(base.desk, ref, "Veja.", articles=["nada"])) == "ARTICLE_NOT_FOUND"


def test_changes_are_found_anew_and_recorded_without_words(base: Bench) -> None:
    edit_article(base.desk, "senha", {"topics": "acesso", "title": "Acesso"})
    assert (found(base, "acesso"), found(base, "trocar")) == (["senha"], [])
    assert not edit_article(base.desk, "senha", {"title": "Acesso"})[1]
    payloads = base.store.conn.execute("SELECT payload FROM event WHERE type = 'register-changed'").fetchall()
    assert not any("Acesso" in row[0] for row in payloads)


@pytest.mark.parametrize(
    "written",
    [
        "http://ajuda.example.com/",
        "ajuda.example.com",
        "https://localhost/x",
        "https://ajuda.example.com/a b",
        "https://ajuda.example.com/\r\nBcc: x@example.com",
        "https://user:pw@ajuda.example.com/",
        "https://ajuda.example.com/<script>",
        "javascript:alert(1)",
        "https://",
        "https://a.b/" + "x" * 500,
    ],
)
def test_only_a_plain_https_address_is_one(written: str) -> None:
    assert code_of(lambda: checked_link(written)) == "BAD_LINK"


def test_slugs_are_checked_and_stand_once_and_an_agent_adds_none(base: Bench) -> None:
    assert code_of(lambda: add_article(base.desk, "Com Espaço", "x", LINK)) == "BAD_SLUG"
    assert code_of(lambda: add_article(base.desk, "senha", "x", LINK)) == "ARTICLE_EXISTS"
    assert code_of(lambda: add_article(base.desk, "outro", " ", LINK)) == "TEXT_REQUIRED"
    with pytest.raises(NotAllowed):
        add_article(base.of("caio"), "outro", "x", LINK)
