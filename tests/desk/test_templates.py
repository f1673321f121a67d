"""Templates of the desk: edited, put back, every version kept, every letter dated with the one it used."""

from __future__ import annotations

import pytest

from ouvidoria_tui.desk.remind import remind
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.desk.templates import (
    edit_template,
    reset_template,
    template_history,
    template_in_force,
    templates,
)
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.template import Template, checked, places_of
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.intake.templates import TemplateFolder
from ouvidoria_tui.store.verify import verify
from tests.desk.bench import Bench, code_of

LANGUAGE = "pt-BR"
F2 = TemplateFolder()("F2", LANGUAGE)
MINE = "[{{ protocolo }}] Esperamos por você\n\n{{ saudacao }} Escrevemos em {{ respondida_em }}. Até {{ prazo }}!\n"


def edit(bench: Bench, text: str, name: str = "F2", language: str = LANGUAGE) -> tuple[Template, bool]:
    return edit_template(bench.desk, name, language, text)


def test_every_template_is_listed_and_shipped_in_both_languages(bench: Bench) -> None:
    named = [(one.name, one.language, one.version) for one in templates(bench.desk)]
    names = {name for name, _language, _version in named}
    assert {"A1", "C1", "C2", "C3", "C4", "F1", "T3"} <= names
    assert {(name, language) for name, language, _version in named} == {
        (name, language) for name in names for language in ("en", "pt-BR")
    }
    assert {version for _name, _language, version in named} == {0}


@pytest.mark.parametrize("name", sorted({name for name, _language in TemplateFolder().names()}))
def test_both_languages_of_a_template_have_the_same_places(name: str) -> None:
    folder = TemplateFolder()
    assert set(places_of(folder(name, "en"))) == set(places_of(folder(name, "pt-BR")))


def test_an_edited_template_is_what_letters_are_written_by_and_they_say_which_version(bench: Bench) -> None:
    first, second = bench.new(), bench.new()
    for ref in (first, second):
        reply(bench.desk, ref, "Funcionou?")
    remind(bench.desk, first)
    changed, new = edit(bench, MINE)
    remind(bench.desk, second)

    assert (changed.version, new, changed.text) == (1, True, MINE)
    assert [bench.last(ref).payload["template_version"] for ref in (first, second)] == [0, 1]
    assert "Escrevemos em 02/03/2026. Até 05/03/2026!" in bench.words(second)[-1]
    assert verify(bench.store.conn).ok


def test_the_history_says_who_and_when_and_ends_with_what_was_shipped(bench: Bench) -> None:
    edit(bench, MINE)
    bench.clock.at += 60
    edit_template(bench.of("oto"), "F2", LANGUAGE, MINE.replace("!", "."))
    reset_template(bench.desk, "F2", LANGUAGE)

    versions = template_history(bench.desk, "F2", LANGUAGE)
    logins = {agent.id: agent.login for agent in bench.store.agents()}
    told = [(one.version, one.reset, logins.get(one.changed_by or 0)) for one in versions]
    assert told == [(3, True, "ana"), (2, False, "oto"), (1, False, "ana"), (0, False, None)]
    assert versions[0].text == versions[-1].text == F2
    assert versions[1].changed_at == versions[2].changed_at + 60 if versions[2].changed_at else False
    assert template_in_force(bench.desk, "F2", LANGUAGE).text == F2


def test_the_same_text_and_what_is_shipped_already_are_no_new_versions(bench: Bench) -> None:
    assert edit(bench, F2.replace("\n", "\r\n"))[1] is False
    assert reset_template(bench.desk, "F2", LANGUAGE)[1] is False
    edit(bench, MINE)
    assert edit(bench, MINE)[1] is False
    assert len(template_history(bench.desk, "F2", LANGUAGE)) == 2


def test_one_language_is_edited_and_the_other_stays(bench: Bench) -> None:
    edit(bench, MINE)
    assert template_in_force(bench.desk, "F2", "en").version == 0


def _refused(text: str) -> tuple[str, object]:
    with pytest.raises(OuvidoriaError) as caught:
        checked("F2", text, F2)
    return caught.value.code, caught.value.details.get("line")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (MINE.replace("Até {{ prazo }}!", "Até {{ prazu }}!"), "TEMPLATE_PLACE_UNKNOWN", 3),
        (MINE.replace("{{ prazo }}", "{{ prazo }"), "TEMPLATE_PLACE_UNKNOWN", 3),
        (MINE.replace("{{ prazo }}", "{{ prazo }} {{"), "TEMPLATE_PLACE_UNKNOWN", 3),
        (MINE.replace("{{ saudacao }} ", ""), "TEMPLATE_PLACE_MISSING", 3),
        (MINE.replace("Até {{ prazo }}!", ""), "TEMPLATE_PLACE_MISSING", 5),
        (MINE.replace("\n\n", "\n", 1), "BAD_TEMPLATE", None),
        ("", "BAD_TEMPLATE", None),
        ("Só o assunto {{ protocolo }}", "BAD_TEMPLATE", None),
        (MINE.replace("Até", "\x1b[31mAté"), "BAD_TEMPLATE", None),
        (MINE.replace("Até", "\u202eAté"), "BAD_TEMPLATE", None),
        (MINE + "x" * 20_000, "BAD_TEMPLATE", None),
    ],
)
def test_an_edit_that_loses_or_invents_a_place_is_refused_with_its_line(
    text: str, code: str, line: int | None
) -> None:
    assert _refused(text) == (code, line)


def test_only_heads_of_the_desk_edit_and_only_what_there_is(bench: Bench) -> None:
    assert code_of(lambda: edit_template(bench.of("caio"), "F2", LANGUAGE, MINE)) == "ROLE_MAY_NOT"
    assert code_of(lambda: reset_template(bench.of("caio"), "F2", LANGUAGE)) == "ROLE_MAY_NOT"
    for name, language in (("Z9", LANGUAGE), ("../F2", LANGUAGE), ("F2", "fr")):
        assert code_of(lambda n=name, lang=language: edit(bench, MINE, n, lang)) == "TEMPLATE_NOT_FOUND"  # type: ignore[misc]


def test_a_changed_template_is_an_act_of_the_desk_whose_words_no_search_finds(bench: Bench) -> None:
    edit(bench, MINE)
    row = bench.store.conn.execute(
        "SELECT type, payload FROM event WHERE ticket_id = 0 ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    assert row[0] == Act.TEMPLATE_CHANGED.value
    assert "Esperamos" not in row[1]
    kept = bench.store.conn.execute("SELECT text, confidential FROM message WHERE ticket_id = 0").fetchall()
    assert (MINE, 1) in [tuple(one) for one in kept]
