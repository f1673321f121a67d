from __future__ import annotations

import pytest

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.query import (
    Compare,
    Field,
    Has,
    Is,
    Period,
    Query,
    Term,
    Words,
    fields_help,
    parse,
    wants_closed,
)
from ouvidoria_tui.domain.query_fields import BY_NAME, FIELDS


def only(text: str) -> Term:
    terms = parse(text).terms
    assert len(terms) == 1
    return terms[0]


def test_no_text_is_no_term() -> None:
    assert parse("  \t ") == Query()


def test_free_words_are_separate_terms() -> None:
    assert parse("boleto pago").terms == (Words("boleto"), Words("pago"))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ('"frase exata"', Words("frase exata", phrase=True)),
        ('-"frase exata"', Words("frase exata", phrase=True, negated=True)),
        ('"diz ""não"" aqui"', Words('diz "não" aqui', phrase=True)),
        ("-boleto", Words("boleto", negated=True)),
        ("bol*", Words("bol*")),
        ("-", Words("-")),
        ('"status:open"', Words("status:open", phrase=True)),
    ],
)
def test_words_and_phrases(text: str, term: Term) -> None:
    assert only(text) == term


@pytest.mark.parametrize(
    "text",
    ["http://x.example/a?b=c", "HTTPS://x", "10:30", "2<3", "mailto:a@b.example", "C:\\x", "a.b:c", "a@b:c"],
)
def test_text_with_a_colon_that_names_no_field_is_a_word(text: str) -> None:
    assert only(text) == Words(text)


def test_a_pasted_mail_prefix_is_a_word() -> None:
    assert parse("Assunto: Re: boleto").terms == (Words("Assunto"), Words("Re"), Words("boleto"))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("status:open,customer-reply", Field("status", ("open", "customer-reply"))),
        ("-status:open", Field("status", ("open",), negated=True)),
        ("situação:Aberto,RESPONDIDO", Field("status", ("open", "answered"))),
        ("situacao:resposta-do-cliente", Field("status", ("customer-reply",))),
        ('status:"em andamento"', Field("status", ("in-progress",))),
        ("tipo:reclamação,sugestão,crítica", Field("type", ("complaint", "suggestion", "criticism"))),
        ("tipo:elogio,solicitacao,denúncia", Field("type", ("praise", "request", "report"))),
        ("gravidade:crítica", Field("severity", ("critical",))),
        ("severity>=high", Field("severity", ("high", "critical"))),
        ("severity<medium", Field("severity", ("low",))),
        ("difficulty:complex", Field("difficulty", ("complex",))),
        ("level>n7", Field("level", ("8", "9"))),
        ("level<0", Field("level", ())),
        ("owner:me", Field("owner", ("me",))),
        ("dono:eu,ninguém,bia", Field("owner", ("me", "none", "bia"))),
        ("dept:financeiro", Field("dept", ("financeiro",))),
        ("departamento:financeiro", Field("dept", ("financeiro",))),
        ('customer:"Maria Silva",joao', Field("customer", ("Maria Silva", "joao"))),
        ("sigilo:sim", Field("confidential", ("yes",))),
        ("confidential:no", Field("confidential", ("no",))),
        ("canal:telefone", Field("channel", ("phone",))),
        ("procedência:procedente", Field("merit", ("founded",))),
        ("fila:emergência", Field("lane", ("emergency",))),
        ("flag:vip", Field("tag", ("vip",))),
        ("is:vencido,unread", Is(("overdue", "unread"))),
        ("-is:paused", Is(("paused",), negated=True)),
        ("tem:anexo", Has(("attachment",))),
    ],
)
def test_fields_in_both_languages(text: str, term: Term) -> None:
    assert only(text) == term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("due<2d", Compare("due", "<", 172_800)),
        ("prazo<=90m", Compare("due", "<=", 5_400)),
        ("due<-4h", Compare("due", "<", -14_400)),
        ("due<0", Compare("due", "<", 0)),
        ("age>1w", Compare("age", ">", 604_800)),
        ("-idade>=5dias", Compare("age", ">=", 432_000, negated=True)),
    ],
)
def test_lengths_of_time_become_seconds(text: str, term: Term) -> None:
    assert only(text) == term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("opened:2026", Period("opened", (("2026", "2026"),))),
        ("opened:2026-10", Period("opened", (("2026-10", "2026-10"),))),
        ("aberta:21/10/2026", Period("opened", (("2026-10-21", "2026-10-21"),))),
        ("closed:2026-10..2026-12", Period("closed", (("2026-10", "2026-12"),))),
        ("answered:2026-10..", Period("answered", (("2026-10", None),))),
        ("opened:..2026", Period("opened", ((None, "2026"),))),
        ("prazo:hoje", Period("due", (("today", "today"),))),
        ("opened:2025,2026-2", Period("opened", (("2025", "2025"), ("2026-02", "2026-02")))),
    ],
)
def test_dates_become_periods(text: str, term: Term) -> None:
    assert only(text) == term


def test_fields_words_and_phrases_mix_without_order() -> None:
    assert parse('prazo<2d "frase exata" dono:eu boleto').terms == (
        Compare("due", "<", 172_800),
        Words("frase exata", phrase=True),
        Field("owner", ("me",)),
        Words("boleto"),
    )


def test_decomposed_accents_are_read_like_composed_ones() -> None:
    assert only("situac\u0327a\u0303o:aberto") == Field("status", ("open",))


@pytest.mark.parametrize(
    "text",
    [
        "status:closed",
        "status:any",
        "situacao:todas",
        "is:closed",
        "closed:2026",
        "reason:solved",
        "protocol:2026",
    ],
)
def test_closed_tickets_are_asked_for_by_name(text: str) -> None:
    assert wants_closed(parse(text))


def test_a_whole_protocol_asks_for_that_ticket_even_if_closed() -> None:
    assert wants_closed(parse("2026-000123-8"))


@pytest.mark.parametrize(
    "text", ["", "boleto", "-status:closed", "-status:open", "status:open", "2026-000123-0"]
)
def test_closed_tickets_are_not_asked_for_otherwise(text: str) -> None:
    assert not wants_closed(parse(text))


def test_the_help_names_every_field_with_an_example_that_parses() -> None:
    lines = fields_help()
    assert [line.name for line in lines] == [spec.name for spec in FIELDS]
    for line in lines:
        assert parse(line.example).terms


def test_no_name_stands_for_two_fields() -> None:
    names = [name for spec in FIELDS for name in (spec.name, *(fold(alias) for alias in spec.aliases))]
    assert sorted(names) == sorted(BY_NAME)


def test_every_written_value_reads_as_its_own_slug() -> None:
    for spec in FIELDS:
        for slug, others in spec.values.items():
            assert {spec.canonical(written) for written in (slug, *others)} == {slug}
