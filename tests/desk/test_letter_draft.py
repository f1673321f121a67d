"""A letter by template while it is written: filled as far as the case goes, and kept to its template or not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ouvidoria_tui.desk.answers import preview
from ouvidoria_tui.desk.assess import assess, position
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.customers import edit_customer
from ouvidoria_tui.desk.letter_draft import answer_written, as_template, begun, completed
from ouvidoria_tui.desk.measures import no_measures
from ouvidoria_tui.desk.paths import decide
from ouvidoria_tui.desk.templates import edit_template, template_in_force
from ouvidoria_tui.domain.answer import CONCLUSIVE, Concluding, Wanted, Wish
from ouvidoria_tui.domain.case_work import Side
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.paths import Decision
from ouvidoria_tui.domain.ticket import Merit, Status, Type
from tests.desk.bench import Bench, code_of
from tests.desk.clock_bench import POLICY, found

C1 = Wanted("C1", concluding=Concluding(Wish.MET))
T3 = Wanted("T3")


@pytest.fixture
def desk(tmp_path: Path) -> Bench:
    return found(tmp_path, "03-02 10:00", text=POLICY)


def worked_out(bench: Bench, merit: Merit = Merit.PARTLY) -> str:
    ref = bench.new()
    position(bench.desk, ref, Side.CUSTOMER, "Cobraram duas vezes.")
    position(bench.desk, ref, Side.COMPANY, "Houve erro.")
    assess(bench.desk, ref, merit, "O extrato mostra duas cobranças.")
    no_measures(bench.desk, ref, "o estorno já tinha sido feito")
    return ref


def test_what_the_case_does_not_say_stays_open_by_name(desk: Bench) -> None:
    ref = desk.new()
    letter = begun(desk.desk, ref, C1)
    assert letter.open == ("resultado", "fundamento", "medidas")
    assert "Por quê: {{ fundamento }}" in letter.text
    assert code_of(lambda: answer_written(desk.desk, ref, C1, letter.text)) == "TEMPLATE_INCOMPLETE"
    position(desk.desk, ref, Side.CUSTOMER, "x")
    position(desk.desk, ref, Side.COMPANY, "y")
    assess(desk.desk, ref, Merit.FOUNDED, "Houve erro.")
    later = completed(desk.desk, ref, C1, letter.text)
    assert "Por quê: Houve erro." in later
    assert "{{ medidas }}" in later


def test_a_letter_as_it_was_filled_leaves_by_its_template(desk: Bench) -> None:
    ref = worked_out(desk)
    letter = begun(desk.desk, ref, C1)
    assert letter == begun(desk.desk, ref, C1)
    answer_written(desk.desk, ref, C1, letter.text)
    assert desk.words(ref)[-1] == letter.text == preview(desk.desk, ref, C1).text
    event = desk.last(ref)
    assert (event.type, event.payload["template"], event.payload["wish"]) == (Act.REPLIED, "C1", "met")


@pytest.mark.req("S4-23")
def test_places_that_were_written_over_keep_the_letter_to_its_template(desk: Bench) -> None:
    ref = worked_out(desk)
    text = begun(desk.desk, ref, C1).text
    text = text.replace("O extrato mostra duas cobranças.", "Veja o extrato.\n\nHá duas linhas iguais.")
    text = text.replace("Olá, Cliente 1.", "Prezada Cliente,")
    kept = as_template(desk.desk, ref, C1, text)
    assert kept is not None
    assert dict(kept.values) == {
        "saudacao": "Prezada Cliente,",
        "fundamento": "Veja o extrato.\n\nHá duas linhas iguais.",
    }
    answer_written(desk.desk, ref, C1, text)
    assert (desk.words(ref)[-1], desk.last(ref).payload["template"]) == (text, "C1")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Analisamos a sua", "Vimos a sua"),
        ("Medidas tomadas: ", ""),
        ("Se algo não corresponde", "PS.\n\nSe algo não corresponde"),
        ("Ouvidoria. Protocolo", "Protocolo"),
    ],
)
def test_other_words_make_it_the_agents_own_answer(desk: Bench, old: str, new: str) -> None:
    ref = worked_out(desk)
    text = begun(desk.desk, ref, C1).text
    assert old in text
    changed = text.replace(old, new)
    kept = as_template(desk.desk, ref, C1, changed)
    if kept is not None:  # what was added belongs to a place
        assert preview(desk.desk, ref, kept).text == changed
    answer_written(desk.desk, ref, C1, changed)
    event = desk.last(ref)
    assert desk.words(ref)[-1] == changed
    assert (event.payload["conclusive"], "template" in event.payload) == (True, kept is not None)


def test_what_only_informs_never_leaves_as_an_answer(desk: Bench) -> None:
    ref = desk.new()
    text = begun(desk.desk, ref, T3).text.replace("{{ resultado }}", "o técnico está vendo.")
    wrong = text.replace("a resposta ainda virá", "esta é a resposta")
    assert code_of(lambda: answer_written(desk.desk, ref, T3, wrong)) == "TEMPLATE_LEFT"
    answer_written(desk.desk, ref, T3, text)
    assert (desk.last(ref).type, desk.status(ref)) == (Act.INFORMED, Status.OPEN)


def test_the_day_of_the_next_word_is_read_back_where_the_desk_promises_dates(desk: Bench) -> None:
    ref = desk.new()
    text = begun(desk.desk, ref, Wanted("T3", "o técnico está vendo.")).text
    assert "quando houver novidade." in text
    dated = text.replace("quando houver novidade.", "até sexta-feira.")
    kept = as_template(desk.desk, ref, T3, dated)
    assert kept is not None
    assert kept.values["previsao"] == "sexta-feira"
    desk.under(promise=False)
    assert as_template(desk.desk, ref, T3, dated) is None


def test_a_suggestion_that_is_accepted_leaves_the_forecast_open(desk: Bench) -> None:
    ref = desk.new()
    classify(desk.desk, ref, Classification(type=Type.SUGGESTION))
    decide(desk.desk, ref, Decision.ACCEPTED, "É uma boa ideia.")
    wanted = Wanted("C3")
    letter = begun(desk.desk, ref, wanted)
    assert letter.open == ("previsao",)
    assert "Previsão: {{ previsao }}." in letter.text
    answer_written(desk.desk, ref, wanted, letter.text.replace("{{ previsao }}", "março"))
    assert "Previsão: março." in desk.words(ref)[-1]
    assert desk.last(ref).payload["template"] == "C3"


def test_an_emptied_place_is_named(desk: Bench) -> None:
    ref = desk.new()
    text = begun(desk.desk, ref, C1).text
    for name in ("resultado", "fundamento", "medidas"):
        text = text.replace(f"{{{{ {name} }}}}", "")
    assert code_of(lambda: as_template(desk.desk, ref, C1, text)) == "TEMPLATE_INCOMPLETE"


def test_a_place_that_the_case_knows_is_not_emptied_either(desk: Bench) -> None:
    ref = worked_out(desk)
    text = begun(desk.desk, ref, C1).text.replace("O extrato mostra duas cobranças.", "")
    assert code_of(lambda: answer_written(desk.desk, ref, C1, text)) == "TEMPLATE_INCOMPLETE"


def test_the_protocol_is_no_place_to_write_over(desk: Bench) -> None:
    ref = worked_out(desk)
    text = begun(desk.desk, ref, C1).text.replace(ref, "2026-000009-9")
    assert as_template(desk.desk, ref, C1, text) is None
    other = replace(C1, text="x", values={"protocolo": "2026-000009-9"})
    assert code_of(lambda: preview(desk.desk, ref, other)) == "TEMPLATE_PLACE_UNKNOWN"


def test_a_template_edited_meanwhile_does_not_change_what_was_seen(desk: Bench) -> None:
    ref = worked_out(desk)
    text = begun(desk.desk, ref, C1).text
    new = template_in_force(desk.desk, "C1", Language.PORTUGUESE).text.replace("Analisamos", "Examinamos")
    edit_template(desk.desk, "C1", Language.PORTUGUESE, new)
    answer_written(desk.desk, ref, C1, text)
    assert (desk.words(ref)[-1], "template" in desk.last(ref).payload) == (text, False)


@pytest.mark.parametrize("name", CONCLUSIVE)
def test_a_template_that_does_not_fit_is_refused_as_the_command_does(desk: Bench, name: str) -> None:
    ref = desk.new()
    classify(desk.desk, ref, Classification(type=Type.PRAISE))
    if name == "C4":
        assert begun(desk.desk, ref, Wanted(name)).open == ()
    else:
        assert code_of(lambda: begun(desk.desk, ref, Wanted(name))) == "TEMPLATE_NOT_FITTING"


def test_a_letter_in_the_customers_language_is_read_back_too(desk: Bench) -> None:
    ref = worked_out(desk)
    customer = desk.ticket(ref).customer
    assert customer is not None
    edit_customer(desk.desk, str(customer), {"language": "en"})
    text = begun(desk.desk, ref, C1).text
    assert "What you asked for was done." in text
    answer_written(desk.desk, ref, C1, text.replace("Hello,", "Dear"))
    assert desk.last(ref).payload["template"] == "C1"
    assert "Dear" in desk.words(ref)[-1]
