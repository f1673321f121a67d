"""Letters of the desk: every shipped template can be filled, none goes out with a place left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.letters import greeting, letter
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.intake.templates import TemplateFolder

PLACES: dict[str, object] = {
    "saudacao": "Olá.",
    "protocolo": "2026-000002-8",
    "assunto": "Entrega",
    "protocolo_original": "2026-000001-5",
    "minimo": 30,
}


@pytest.mark.parametrize("language", ["pt-BR", "en"])
@pytest.mark.parametrize("name", ["P1", "P2", "D1"])
def test_a_shipped_template_is_filled_and_names_the_protocol(name: str, language: str) -> None:
    message = letter(name, TemplateFolder()(name, language), PLACES)
    assert message.subject.startswith("[2026-000002-8] ")
    assert "{{" not in message.text + message.subject


def test_a_place_without_a_value_is_refused_by_name() -> None:
    with pytest.raises(Refused) as caught:
        letter("D1", TemplateFolder()("D1", "pt-BR"), {**PLACES, "protocolo_original": None})
    assert caught.value.code == "TEMPLATE_INCOMPLETE"
    assert caught.value.details["places"] == ["protocolo_original"]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Z9", "pt-BR"),
        ("../P1", "pt-BR"),
        ("", "pt-BR"),
        ("P1.pt-BR.txt", "pt-BR"),
        ("P1\0", "en"),
        ("P1", "../en"),
        ("P1", "fr"),
    ],
)
def test_there_are_no_other_templates(name: str, language: str) -> None:
    with pytest.raises(NotFound) as caught:
        TemplateFolder()(name, language)
    assert caught.value.code == "TEMPLATE_NOT_FOUND"


def test_a_desk_may_have_templates_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "P1.pt-BR.txt").write_text("Assunto {{protocolo}}\n\nTexto {{ nome }}\n", "utf-8")
    places: dict[str, object] = {"protocolo": "X", "nome": "{{ outro }}"}
    message = letter("P1", TemplateFolder(tmp_path)("P1", "pt-BR"), places)
    assert (message.subject, message.text) == ("Assunto X", "Texto {{ outro }}")


def test_a_person_without_a_name_is_greeted_without_one() -> None:
    assert (greeting("  Ana \n Exemplo "), greeting(None), greeting(" ")) == (
        "Olá, Ana Exemplo.",
        "Olá.",
        "Olá.",
    )
