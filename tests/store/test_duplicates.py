"""Near-duplicates: what reads alike is found, whoever wrote it and however; what may not be compared is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.clock import FixedClock
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.merge import merge
from ouvidoria_tui.desk.merge_plan import Wanted
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.domain.customer import Customer
from ouvidoria_tui.domain.duplicates import DAY, Candidate
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.founding import found_desk
from ouvidoria_tui.report.duplicates import candidates, candidates_among, side_by_side
from ouvidoria_tui.report.reading import connection
from ouvidoria_tui.store.duplicates import RARE
from ouvidoria_tui.store.store import SqliteStore

NOW = 1_795_179_600
LIA = Customer(0, "Lia", email="lia@example.com")
EVA = Customer(0, "Eva", email="eva@example.com")
TWICE = "Fui cobrado duas vezes na fatura de maio pelo mesmo boleto e ninguém responde meus chamados"
ALSO = "Cobraram duas vezes o boleto da fatura de MAIO. Ninguem responde os meus chamados!"
ELSE = "Meu site está fora do ar desde ontem e o suporte não atende o telefone"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = found_desk(tmp_path / "d.db", profile="organizacional", clock=FixedClock(NOW), admin="ana")
    yield desk_over(store, agent="ana", clock=FixedClock(NOW))
    store.close()


def new(desk: Desk, subject: str, text: str, customer: Customer | None = LIA, **more: object) -> str:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at += 60
    return receive(desk, Manifestation(subject, text, customer=customer, **more)).protocol  # type: ignore[arg-type]


def found(desk: Desk, ref: str, days: int = 0) -> list[Candidate]:
    return candidates(connection(desk.store), desk.store.find(ref).id, days)


def names(desk: Desk, ref: str, days: int = 0) -> list[str]:
    return [one.twin.protocol for one in found(desk, ref, days)]


def test_the_same_matter_in_other_words_is_found_with_the_words_in_common(desk: Desk) -> None:
    older = new(desk, "Cobrança em duplicidade", TWICE)
    new(desk, "Site fora do ar", ELSE)
    later = new(desk, "Cobrado duas vezes", ALSO)
    (one,) = found(desk, later)
    assert one.twin.protocol == older
    assert 60 <= one.score <= 100
    assert {"duas", "vezes", "boleto"} <= set(one.words)


def test_the_same_text_scores_more_than_a_similar_one(desk: Desk) -> None:
    similar = new(desk, "Cobrado duas vezes", ALSO, EVA)
    same = new(desk, "Cobrança em duplicidade", TWICE, EVA)
    later = new(desk, "Cobrança em duplicidade", TWICE)
    assert [(one.twin.protocol, one.score == 100) for one in found(desk, later)] == [
        (same, True),
        (similar, False),
    ]


def test_a_candidate_says_whose_it_is_which_way_it_came_and_how_far_apart(desk: Desk) -> None:
    new(desk, "Cobrança em duplicidade", TWICE, LIA, channel=Channel.EMAIL)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at += 3 * DAY
    (one,) = found(desk, new(desk, "Cobrança em duplicidade", TWICE, EVA))
    assert (one.same_customer, one.twin.channel, one.days) == (False, Channel.EMAIL, 3)


def test_customers_without_a_name_are_not_one_customer(desk: Desk) -> None:
    new(desk, "Cobrança em duplicidade", TWICE, None)
    (one,) = found(desk, new(desk, "Cobrança em duplicidade", TWICE, None))
    assert not one.same_customer


def test_quotes_of_an_earlier_message_are_not_compared(desk: Desk) -> None:
    new(desk, "Cobrança em duplicidade", TWICE, EVA)
    said = "Em seg., 16 de nov. de 2026 às 10:12, Ouvidoria <ouvidoria@example.com> escreveu:"
    quoted = f"Obrigado pela ajuda com a minha loja\n\n{said}\n> {TWICE}\n> Em breve respondemos\n"
    assert names(desk, new(desk, "Agradecimento", quoted)) == []


def test_confidential_tickets_are_never_compared(desk: Desk) -> None:
    secret = new(desk, "Cobrança em duplicidade", TWICE, confidential=True)
    later = new(desk, "Cobrança em duplicidade", TWICE)
    assert names(desk, later) == []
    assert names(desk, secret) == []


def test_what_was_merged_is_no_candidate_any_more(desk: Desk) -> None:
    older, later = (new(desk, "Cobrança em duplicidade", TWICE) for _ in range(2))
    third = new(desk, "Cobrança em duplicidade", TWICE)
    merge(desk, later, Wanted(older))
    assert names(desk, third) == [older]


@pytest.mark.req("S3-50")
def test_another_title_on_the_same_matter_is_offered_for_the_ticket_that_is_under_way(desk: Desk) -> None:
    older = new(desk, "Cobrança em duplicidade", TWICE)
    later = new(desk, "Ainda sem resposta", TWICE)
    assert names(desk, later) == [older]
    merge(desk, later, Wanted(older))
    assert [row.protocol for row in desk.store.merged(desk.store.find(older).id)] == [later]


def test_the_same_subject_of_the_same_customer_counts_whatever_the_text(desk: Desk) -> None:
    older = new(desk, "Re: Entrega", "Chegou quebrado ontem cedo")
    (one,) = found(desk, new(desk, "entrega", "Nada ainda, paciência"))
    assert (one.twin.protocol, one.score) == (older, 90)


def test_words_that_are_everywhere_still_find_a_neighbour_by_pairs(desk: Desk) -> None:
    for number in range(RARE + 5):
        new(desk, f"Pedido {number}", "boleto da fatura" if number % 2 else "fatura do boleto paga", None)
    older = new(desk, "boleto fatura", "fatura boleto fatura", EVA)
    later = new(desk, "boleto fatura", "fatura boleto fatura")
    assert older in names(desk, later)


def test_hostile_words_are_words(desk: Desk) -> None:
    text = 'NEAR("a" OR *) AND -"fatura" {text}: ^boleto" \x00 ﷽ ' + "x" * 5000
    older = new(desk, 'x" OR 1', text)
    assert names(desk, new(desk, 'x" OR 1', text, EVA)) == [older]


def test_among_the_open_ones_each_pair_is_told_once(desk: Desk) -> None:
    older, later = (new(desk, "Cobrança em duplicidade", TWICE) for _ in range(2))
    conn = connection(desk.store)
    pairs = candidates_among(
        conn, parse(""), limit=50, now=desk.clock.now(), agent_id=None, zone="America/Sao_Paulo"
    )
    assert [(one.of.protocol, one.twin.protocol) for one in pairs] == [(later, older)]


def test_marked_tickets_are_compared_with_the_oldest_of_them(desk: Desk) -> None:
    refs = [new(desk, "Cobrança em duplicidade", TWICE), new(desk, "Site fora do ar", ELSE)]
    ids = [desk.store.find(ref).id for ref in reversed(refs)]
    compared = side_by_side(connection(desk.store), ids)
    assert [one.twin.protocol for one in compared] == refs
    assert compared[0].score == 100 > compared[1].score


def test_a_recurrence_is_the_same_customer_and_cause_within_the_days(desk: Desk) -> None:
    old = new(desk, "Fatura errada", "Primeira vez")
    classify(desk, old, Classification(cause="Fatura"))
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at += 20 * DAY
    again = new(desk, "Conta estranha", "Outro mês, outro valor")
    classify(desk, again, Classification(cause="Fatura"))
    assert [(one.twin.protocol, one.recurrence) for one in found(desk, again, 30)] == [(old, True)]
    assert names(desk, again, 10) == []
    assert names(desk, again, 0) == []


def test_another_customer_with_the_same_cause_is_no_recurrence(desk: Desk) -> None:
    for who, text in ((EVA, "Primeira vez"), (LIA, "Outro mês")):
        ref = new(desk, f"Fatura {who.name}", text, who)
        classify(desk, ref, Classification(cause="Fatura"))
    assert names(desk, ref, 30) == []


def test_a_store_that_is_read_only_is_enough(desk: Desk, tmp_path: Path) -> None:
    new(desk, "Cobrança em duplicidade", TWICE)
    later = new(desk, "Cobrança em duplicidade", TWICE)
    store = SqliteStore.open(tmp_path / "d.db", read_only=True)
    assert len(candidates(store.conn, store.find(later).id)) == 1
    store.close()
