"""What leaves for an area holds nobody's name, number or address, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ouvidoria_tui.domain.redaction import MARKS, Kind, Known, Wish, redact
from ouvidoria_tui.domain.redaction_check import leaks
from tests.cases import cases
from tests.redaction_report import measure, needless

MARIA = Known(
    names=("Maria da Silva Souza",),
    emails=("mari.souza82@exemplo.net",),
    documents=("529.982.247-25",),
    phones=("+55 11 98765-4321",),
    codes=("CLI-4471",),
)
NOBODY = Known()


def test_of_500_made_up_complaints_none_gives_away_what_was_planted_in_it() -> None:
    planted, lost, refused, shown = measure(seed=1, count=500)
    assert (lost.total(), refused, shown) == (0, 0, [])
    assert planted.total() > 1_000
    assert len(planted) == 26


def test_other_500_do_not_either() -> None:
    assert measure(seed=20_261_128, count=500)[3] == []


def test_of_words_and_numbers_that_are_nobodys_at_most_one_in_a_hundred_goes() -> None:
    there, gone = needless(seed=2, count=2_000)
    assert gone.total() <= there.total() / 100
    assert {kind for kind, count in gone.items() if count > there[kind] / 50} == set()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Falou com MARIA SOUZA.", "Falou com [nome]."),
        ("Falou com M. Souza e M.S.S. ontem", "Falou com [nome] e [nome] ontem"),
        ("login mariasouza ou mari82", "login [nome] ou [nome]"),
        ("M a r i a ligou", "[nome] ligou"),
        ("a Mariazinha ligou", "a [nome] ligou"),
        ("doc 5-2-9-9-8-2-2-4-7-2-5.", "doc [CPF]."),
        ("\uff15\uff12\uff19\uff19\uff18\uff12\uff12\uff14\uff17\uff12\uff15", "[CPF]"),
        ("529\u200b982\u200b247\u200b25", "[CPF]"),
        ("529\u00a0982\u00a0247\u00a025", "[CPF]"),
        ("529.982.247\u201125", "[CPF]"),
        ("ligue 98765 4321", "ligue [telefone]"),
        ("cadastro CLI-4471 ativo", "cadastro [código de cliente] ativo"),
        (
            "cadastro CLI 4471, cli4471 e CLI / 4471",
            "cadastro [código de cliente], [código de cliente] e [código de cliente]",
        ),
        ("Marí\u0301a ou M\u0430r\u0456a", "[nome] ou [nome]"),
    ],
)
def test_what_the_register_knows_goes_in_every_spelling(text: str, after: str) -> None:
    assert redact(text, MARIA).text == after


@pytest.mark.parametrize(
    "text",
    [
        "O pedido 12345678 de R$ 1.234,56 em 12/03/2026 às 10h30.",
        "Protocolo 2026-000123-8, NF 000.123.456, biênio 2025-2026.",
        "A Lei 13.460/2017, art. 16, dá 30 dias.",
        "Sou cliente, seu atendente foi grosseiro e minha mãe esperou.",
        "Obrigado pela atenção.\nAguardo retorno.",
        "Veja https://www.exemplo.gov.br/servicos e ligue para o 0800 123 4567.",
        "O servidor Carlos Prado pediu dinheiro.",
        "O preço da arroba do boi caiu. A arroba viva também.",
        "Entre 2025 2026 liguei para o 0800 2345 6789.",
        "Vendi 5 arroba globo rural, e o preço da arroba Terra subiu.",
        "O pedido nº 2500 1200, a nota fiscal 4471 2023 e o lote 3412 5567.",
        "Paguei R$ 2500 1200 no total, uns 2500 5000 reais.",
    ],
)
def test_what_is_nobodys_stays_and_so_does_whom_the_complaint_is_about(text: str) -> None:
    assert redact(text, NOBODY).text == text
    assert leaks(text, NOBODY) == []


def test_every_removal_is_counted_by_kind() -> None:
    done = redact("CPF 529.982.247-25 ou 111.444.777-35, (11) 98765-4321", NOBODY)
    assert done.text == "CPF [CPF] ou [CPF], [telefone]"
    assert done.counts == ((Kind.CPF, 2), (Kind.PHONE, 1))


def test_redacting_what_was_redacted_changes_nothing() -> None:
    once = redact(
        "Me chamo João Prado, moro na Rua das Acácias, 12. Placa ABC-1234.\n\nAtt,\nJoão Prado", NOBODY
    ).text
    assert redact(once, NOBODY).text == once


def test_a_person_may_have_more_removed_and_what_only_looked_personal_back() -> None:
    wish = Wish(remove=("carro vermelho",), restore=("Avenida Central",))
    done = redact("O carro  VERMELHO bateu na Avenida Central, 100.", NOBODY, wish)
    assert done.text == "O [retirado] bateu na Avenida Central, 100."
    assert done.restored == ("Avenida Central, 100",)
    assert leaks(done.text, NOBODY, done.restored) == []


@pytest.mark.parametrize(
    ("wish", "comes_back"),
    [
        ("a", False),
        ("rua", False),
        ("Acá", False),
        ("Acácia", False),
        ("Acácias", True),
        ("Rua das Acácias", True),
        ("rua das acacias, 12", True),
    ],
)
def test_only_whole_words_that_say_enough_bring_a_piece_back(wish: str, comes_back: bool) -> None:
    text = "Moro na Rua das Acácias, 12."
    done = redact(text, NOBODY, Wish(restore=(wish,)))
    assert (done.text == text, done.unfound == ()) == (comes_back, comes_back)


@pytest.mark.parametrize(("wish", "comes_back"), [("1", False), ("98765", False), ("11987654321", True)])
def test_a_number_comes_back_whole_or_not_at_all(wish: str, comes_back: bool) -> None:
    text = "Ligue (11) 98765-4321."
    done = redact(text, NOBODY, Wish(restore=(wish,)))
    assert (done.text == text, done.unfound == ()) == (comes_back, comes_back)


def test_what_the_register_knows_does_not_come_back() -> None:
    done = redact("Maria reclamou.", MARIA, Wish(restore=("Maria",)))
    assert (done.text, done.held) == ("[nome] reclamou.", ("Maria",))


def test_a_wish_about_words_that_are_nowhere_is_told() -> None:
    done = redact("Nada aqui.", NOBODY, Wish(remove=("azul",), restore=("Rua X",)))
    assert done.unfound == ("azul", "Rua X")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ma|ria da Sil|va Sou|za", Kind.NAME),
        ("Souza", Kind.NAME),
        ("mari,souza,82,exemplo,net", Kind.NAME),
        ("529|982|247|25", Kind.CPF),
        ("9.8.7.6.5.4.3.2.1", Kind.PHONE),
        ("CLI|4471", Kind.CUSTOMER),
        ("ligue 3456 7890", Kind.PHONE),
        ("SUS 898 0012 3456 7890", Kind.HEALTH_CARD),
        ("joana arroba exemplo.com", Kind.EMAIL),
        ("joana arroba exemplo ponto com", Kind.EMAIL),
        ("joana arroba gmail", Kind.EMAIL),
    ],
)
def test_the_second_look_finds_by_itself_what_the_register_knows(text: str, kind: Kind) -> None:
    assert kind in [leak.kind for leak in leaks(text, MARIA)]


def test_the_second_look_names_the_kind_and_the_place_and_not_the_value() -> None:
    found = leaks("Linha um.\nAqui: 111,444,777,35", NOBODY)
    assert [(leak.kind, leak.line, leak.column) for leak in found] == [(Kind.CPF, 2, 7)]
    assert "111" not in repr(found)


def test_what_a_person_allowed_is_no_leak_but_what_the_register_knows_always_is() -> None:
    assert leaks("529.982.247-25", NOBODY, ["529.982.247-25"]) == []
    assert leaks("529.982.247-25", MARIA, ["529.982.247-25"]) != []


def test_a_firm_whose_name_is_made_of_common_words_is_removed_by_its_whole_name() -> None:
    firm = Known(names=("Loja Digital Ltda",))
    assert redact("A LOJA DIGITAL LTDA reclama da loja.", firm).text == "A [nome] reclama da loja."


@cases(300)
@given(st.text(max_size=300))
def test_no_text_breaks_it_and_what_is_not_removed_stands_as_it_stood(text: str) -> None:
    done = redact(text, MARIA)
    rest = done.text
    for mark in MARKS.values():
        rest = rest.replace(mark, "\0")
    at = 0
    for piece in filter(None, rest.split("\0")):
        at = text.find(piece, at)
        assert at >= 0
        at += len(piece)
    leaks(done.text, MARIA, done.restored)
