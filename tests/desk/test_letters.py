"""Letters of the desk: every shipped template can be filled, none goes out with a place left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.desk.letter_words import channel_name, first_line, greeting, week_words
from ouvidoria_tui.desk.letters import letter
from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.domain.policy_gates_reader import TEMPLATES
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.errors import NotFound, Refused
from ouvidoria_tui.intake.templates import TemplateFolder

PT, EN = Language.PORTUGUESE, Language.ENGLISH
PLACES: dict[str, object] = {
    "saudacao": "Olá.",
    "protocolo": "2026-000002-8",
    "assunto": "Entrega",
    "protocolo_original": "2026-000001-5",
    "minimo": 30,
    "atendimento": "o atendimento (chat ou telefone)",
    "canal": "chat",
    "canais": "Faturas",
    "recurso": "chat",
    "contato": "o suporte técnico",
    "artigo": "a Base de Conhecimento",
    "departamento": "Financeiro",
    "motivo": "TEAM",
    "horario": "segunda a sexta, 09:00-17:00",
}


@pytest.mark.parametrize("language", ["pt-BR", "en"])
@pytest.mark.parametrize("name", ["D1", *TEMPLATES])
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
    assert [greeting(name, PT) for name in ("  Ana \n Exemplo ", None, " ")] == [
        "Olá, Ana Exemplo.",
        "Olá.",
        "Olá.",
    ]


@pytest.mark.parametrize("language", Language)
def test_every_way_in_has_a_name_in_letters(language: Language) -> None:
    assert all(channel_name(one, language) for one in Channel)


@pytest.mark.req("S1-17")
def test_the_first_instance_is_named_with_its_channels_where_the_policy_names_them() -> None:
    assert first_line((), PT) == "o atendimento"
    several = (Channel.CHAT, Channel.EMAIL, Channel.PHONE)
    assert first_line(several, PT) == "o atendimento (chat, e-mail ou telefone)"
    assert first_line((Channel.CHAT,), EN) == "customer service (chat)"


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ({day: (("09:00", "17:00"),) for day in ("mon", "tue", "wed")}, "segunda a quarta, 09:00-17:00"),
        (
            {"mon": (("09:00", "12:00"), ("13:00", "17:00")), "sat": (("09:00", "12:00"),)},
            "segunda, 09:00-12:00, 13:00-17:00; sábado, 09:00-12:00",
        ),
        ({"mon": (("09:00", "17:00"),), "tue": ()}, "segunda, 09:00-17:00"),
    ],
)
def test_the_hours_of_a_week_are_said_by_runs_of_days(
    week: dict[str, tuple[tuple[str, str], ...]], said: str
) -> None:
    assert week_words(week, PT) == said
