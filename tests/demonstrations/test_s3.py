"""S3, technical support in order of arrival: a queue that nothing moves, and a second tier by ticket."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demonstrations.conftest import Open, Story

LOST = "Meus arquivos sumiram do servidor depois da atualização de ontem."
STEPS = "Passo a passo: entrei no painel, abri o gerenciador, cliquei em public_html e a pasta está vazia."


@pytest.fixture
def story(opened: Open) -> Story:
    return opened("suporte-tecnico")


def three(story: Story) -> list[str]:
    """Three tickets, a minute apart."""
    made = []
    for minute, subject in enumerate(("Site lento", "Caixa cheia", "Certificado")):
        story.at(f"2026-11-23T10:0{minute}")
        who = ("--name", subject, "--email", f"c{minute}@example.com")
        made.append(story.new(subject, f"{subject}: o problema continua desde ontem de manhã.", *who))
    story("triage", "--apply")
    return made


def test_ten_messages_in_five_minutes_move_neither_place_nor_times(story: Story) -> None:
    three(story)
    kept = ("protocol", "arrived_at", "next_due", "clocks")
    before = [{key: row[key] for key in kept} for row in story("queue")]
    last = before[-1]["protocol"]
    for number in range(9):
        story.clock.at += 30
        story("customer-reply", last, "--text", f"E o certificado? Já pedi {number} vezes.")
    story("customer-reply", last, "--text", "O CERTIFICADO VENCEU E NINGUÉM RESPONDE, RESOLVAM JÁ!")
    assert [{key: row[key] for key in kept} for row in story("queue")] == before


def test_a_duplicate_is_joined_to_the_older_ticket_which_keeps_its_place(story: Story) -> None:
    made = three(story)
    again = story.new("Certificado", "De novo: respondam logo, por favor.", "--email", "c2@example.com")
    (done,) = story("triage", "--apply")
    assert (done["protocol"], done["decision"], done["duplicate_of"]) == (again, "duplicate", made[2])
    assert [row["protocol"] for row in story("queue")] == made


@pytest.mark.parametrize("severity", ["low", "critical"])
def test_the_next_ticket_is_the_oldest_however_grave_the_others_are(story: Story, severity: str) -> None:
    first, *_others, last = three(story)
    story("classify", last, "--severity", severity)
    taken = story("next")
    assert (taken[0] if isinstance(taken, list) else taken)["protocol"] == first


@pytest.mark.parametrize("channel", ["phone", "chat", "whatsapp"])
def test_the_second_tier_is_refused_by_telephone_and_messenger(story: Story, channel: str) -> None:
    plan = story.plan(story.new("Arquivos apagados", LOST, "--channel", channel))
    assert plan["decision"] == "redirected"
    assert "TICKET_REQUIRED" in plan["codes"]


@pytest.mark.req("S3-29")
def test_the_steps_up_to_the_fault_are_asked_for_and_then_enough(story: Story, tmp_path: Path) -> None:
    protocol = story.new("Pasta vazia no servidor", LOST)
    (asked,) = story("triage", "--apply")
    words = story("show", protocol)["messages"]
    picture = tmp_path / "tela.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    story("attach", protocol, str(picture))
    story("customer-reply", protocol, "--text", STEPS)
    plan = story.plan(protocol)

    assert (asked["decision"], asked["messages"]) == ("awaiting-info", ["P3"])
    assert any("do começo até o ponto em que dá errado" in " ".join(str(one).split()) for one in words)
    assert (plan["decision"], plan["department"]) == ("admitted", "suporte-avancado-2")


@pytest.mark.parametrize(
    ("text", "at", "codes"),
    [
        ("Peço o desbloqueio de IP do escritório.", "2026-11-24T10:00", []),
        ("O técnico foi grosseiro e desligou ontem.", "2026-11-24T10:00", ["CHANNEL_PURPOSE_MISMATCH"]),
        ("Preciso da 2ª via da fatura de novembro.", "2026-11-24T20:00", ["OUTSIDE_HOURS"]),
    ],
)
def test_the_telephone_is_for_eight_matters_in_its_hours(
    story: Story, text: str, at: str, codes: list[str]
) -> None:
    story.at(at)
    assert story.plan(story.new("Telefone", text, "--channel", "phone"))["codes"] == codes


def kept(story: Story, name: str, data: bytes) -> str:
    path = story.folder / name
    path.write_bytes(data)
    return str(path)


def team(story: Story) -> None:
    for login in ("bia", "tom"):
        story("agent", "add", login, "--name", login.title(), "--role", "agent")
    story("agent", "competence", "add", "tom", "tecnico")


@pytest.mark.req("S3-27")
def test_only_a_technician_has_the_analysis_of_the_second_tier(story: Story) -> None:
    team(story)
    deep, plain = (
        story.new("Arquivos apagados", LOST),
        story.new("Fatura", "A fatura de maio não chegou até hoje."),
    )
    story("classify", deep, "--difficulty", "complex")

    refused = story("assign", deep, "--to", "bia", code=4)[0]
    assert (refused["code"], "tecnico" in refused["message"]) == ("NOT_COMPETENT", True)
    assert story("take", deep, code=4)[0]["code"] == "NOT_COMPETENT"
    assert story("start", deep, code=4)[0]["code"] == "NOT_COMPETENT"
    taken = story("next")
    assert (taken[0] if isinstance(taken, list) else taken)["protocol"] == plain
    story("ask", deep, "--text", "Pode mandar a imagem da tela?")
    assert story("show", deep)["assignee"] is None
    assert story("assign", deep, "--to", "tom")[0]["result"] == "done"
    assert story("show", deep)["assignee"] == "tom"


@pytest.mark.req("S3-22", "S3-28")
def test_the_second_tier_is_told_everything_that_is_missing_at_once(story: Story) -> None:
    protocol = story.new("Site", "Sumiu tudo, perdi os dados.")
    (asked,) = story("triage", "--apply")
    missing = [one["text"] for one in asked["reasons"] if one["text"].startswith("missing for the analysis")]
    assert missing == [
        "missing for the analysis: what happens, in detail",
        "missing for the analysis: an image of the screen",
        "missing for the analysis: the steps up to the fault",
    ]
    assert "S3-28" in [one["requirement"] for one in asked["reasons"]]
    assert (asked["decision"], asked["codes"], asked["messages"]) == (
        "awaiting-info",
        ["MISSING_EVIDENCE"],
        ["P3"],
    )

    story("attach", protocol, kept(story, "tela.png", b"\x89PNG\r\n\x1a\n"))
    story(
        "customer-reply", protocol, "--text", f"{STEPS} Antes disso tudo funcionava normalmente no servidor."
    )
    plan = story.plan(protocol)
    assert (plan["decision"], plan["codes"]) == ("admitted", [])
    assert "S3-28" not in [one["requirement"] for one in plan["reasons"]]


@pytest.mark.req("S3-30")
@pytest.mark.parametrize("name", ["tela.png", "TELA.JPG", "tela.jpeg", "tela.gif", "tela.webp", "tela.bmp"])
def test_an_image_of_the_fault_comes_through_the_client_area_and_says_so(story: Story, name: str) -> None:
    protocol = story.new("Arquivos apagados", f"{LOST} {STEPS}")
    story("attach", protocol, kept(story, name, b"imagem"))
    story("attach", protocol, kept(story, "nota.txt", b"texto"), "--channel", "email")
    story("attach", protocol, kept(story, "resposta.pdf", b"%PDF-"), "--outgoing")

    files = {one["name"]: one["channel"] for one in story("attachments", protocol)}
    assert files == {name: "portal", "nota.txt": "email", "resposta.pdf": None}
    assert "an image of the screen" not in " ".join(one["text"] for one in story.plan(protocol)["reasons"])
    assert story("db", "rebuild")
    assert {one["name"]: one["channel"] for one in story("attachments", protocol)} == files


@pytest.mark.req("S3-19")
@pytest.mark.parametrize("lane", [False, True])
def test_an_emergency_is_marked_and_moves_only_where_the_desk_has_a_lane_for_it(
    opened: Open, lane: bool
) -> None:
    story = opened(
        "suporte-tecnico", lambda text: text.replace("lane = false", f"lane = {str(lane).lower()}")
    )
    first = story.new("Fatura", "A fatura de maio não chegou até hoje, podem reenviar?")
    urgent = story.new("Servidor", "Emergência: o servidor caiu agora e nada responde.")
    assert [row["protocol"] for row in story("queue")] == [first, urgent]

    plans = {one["protocol"]: one for one in story("triage", "--apply")}

    said = next(one for one in plans[urgent]["reasons"] if one["rule"] == "emergency")
    assert (said["requirement"], "emergência" in said["text"]) == ("S3-19", True)
    after = story("queue")
    assert [row["protocol"] for row in after] == ([urgent, first] if lane else [first, urgent])
    marked = {row["protocol"]: "emergency" in row["flags"] for row in after}
    assert marked == {first: False, urgent: True}
    assert "[EMERGENCY] Servidor" in story.words("queue")
    assert "EMERGENCY" in story.words("show", urgent)
    assert story("show", urgent)["lane"] == ("emergency" if lane else "ordinary")
    assert story("verify")["ok"]
