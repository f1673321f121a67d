"""The paths of suggestions, praise, reports and mediation from the shell: what is refused, done and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.desk.register import register_agent
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Said, Shell
from tests.plain_profile import plain

WORK = '[work]\ndecision = true\npraise = true\nelements = true\nsecond_reader = ["adverse"]\n'


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    text = plain("organizacional").replace("[[departments]]", f"{WORK}\n[[departments]]", 1)
    text = text.replace("promise = true", 'promise = true\nanonymous = "denuncia-only"', 1)
    store = found_desk(tmp_path / "d.db", profile="organizacional", text=text, admin="ana")
    register_agent(desk_over(store, agent="ana"), "bia", "Bia", Role.AGENT)
    store.close()
    return Shell(tmp_path / "d.db", capsys, monkeypatch)


def _new(shell: Shell, kind: str, *more: str) -> str:
    made = shell("new", "--type", kind, "--subject", "Assunto", "--text", "Relato", *more, "--format", "json")
    assert made.code == 0, made.err
    return str(made.json["protocol"])


def _refused(said: Said) -> tuple[int, str]:
    return said.code, str(said.error["code"])


def _work(shell: Shell, ref: str) -> dict[str, object]:
    return dict(shell("show", ref, "--format", "json").json["work"])


def _conclude(shell: Shell, ref: str, text: str = "Foi decidido.") -> Said:
    return shell("reply", ref, "--conclusive", "--text", text, "--format", "json")


@pytest.mark.req("S4-31")
def test_whoever_suggests_hears_what_was_decided_and_why(shell: Shell) -> None:
    ref = _new(shell, "suggestion", "--name", "Maria")
    assert _refused(_conclude(shell, ref)) == (4, "DECISION_REQUIRED")
    bad = shell("decide", ref, "--decision", "talvez", "--grounds", "x", "--format", "json")
    assert _refused(bad) == (2, "BAD_CHOICE")
    assert shell("decide", ref, "--decision", "not-accepted", "--grounds", "-", stdin="Custa caro").code == 0
    assert _work(shell, ref)["decision"] == "not-accepted"
    assert _work(shell, ref)["decision_grounds"] == "Custa caro"
    assert _refused(_conclude(shell, ref, "Não.")) == (4, "SECOND_READER_REQUIRED")
    assert shell("review", ref, "--propose", "Não, porque custa caro.").code == 0
    assert shell("review", ref, "--approve", agent="bia").code == 0
    assert _conclude(shell, ref, "Não, porque custa caro.").code == 0
    page = shell("show", ref, "--format", "table", lang="pt-BR").out
    assert "não acatada: Custa caro" in page
    assert "Não, porque custa caro." in page
    assert shell("show", ref, "--format", "json").json["outcome"] == "not-accepted"


def test_praise_is_shown_with_whom_it_is_for_and_whom_it_has_reached(shell: Shell) -> None:
    ref = _new(shell, "praise")
    for wrong in ([], ["--for", "Rita", "--told", "head"]):
        assert _refused(shell("hand-on", ref, *wrong, "--format", "json")) == (2, "FOR_OR_TOLD")
    assert shell("hand-on", ref, "--for", "Rita", "--area", "atendimento").code == 0
    assert shell("hand-on", ref, "--told", "head", "--text", "Por e-mail").code == 0
    assert (_work(shell, ref)["praise_for"], _work(shell, ref)["praise_told"]) == ("Rita", ["head"])
    assert "Rita [handed on to: the head]" in shell("show", ref, "--format", "table").out
    assert "Rita" not in shell("history", ref, "--audience", "customer").out


def test_what_a_report_holds_is_shown_to_who_may_read_it(shell: Shell) -> None:
    ref = _new(shell, "report")
    assert shell("elements", ref, "--relevance", "--grounds", "Só um boato").code == 0
    assert _work(shell, ref)["elements"] == {
        "relevance": True,
        "authorship": False,
        "materiality": False,
        "grounds": "Só um boato",
    }
    assert "boato" not in shell("show", ref, "--format", "table").out
    assert "relevance: Só um boato" in shell("show", ref, "--reveal", "--format", "table").out


def test_a_returned_answer_says_why_and_who_wrote_it(shell: Shell) -> None:
    ref = _new(shell, "complaint")
    for wrong in ([], ["--approve", "--return"], ["--propose", "a", "--approve"]):
        assert _refused(shell("review", ref, *wrong, "--format", "json")) == (2, "ONE_OF_THREE")
    shell("review", ref, "--propose", "Não procede.")
    assert _refused(shell("review", ref, "--approve", "--format", "json")) == (4, "SECOND_READER_SAME")
    assert shell("review", ref, "--return", "--text", "Diga o motivo", agent="bia").code == 0
    assert _work(shell, ref)["proposed"] == {
        "author": "ana",
        "text": "Não procede.",
        "approved": False,
        "returned_because": "Diga o motivo",
    }
    page = shell("show", ref, "--format", "table").out
    assert "Answer by ana" in page
    assert "returned: Diga o motivo" in page


@pytest.mark.req("S4-07", "S4-09")
def test_a_mediation_names_both_parties_and_its_outcome(shell: Shell) -> None:
    ref = _new(shell, "complaint", "--name", "Maria Souza")
    told = ("mediate", ref, "--outcome", "partial", "--text", "Metade do valor", "--format", "json")
    assert _refused(shell(*told)) == (4, "BOTH_SIDES_REQUIRED")
    shell("position", ref, "--side", "customer", "--text", "Cobrou duas vezes")
    shell("position", ref, "--side", "company", "--text", "Cobrou uma")
    assert shell(*told, "--area", "financeiro").code == 0
    assert _work(shell, ref)["mediation"] == {
        "outcome": "partial",
        "area": "financeiro",
        "text": "Metade do valor",
    }
    page = shell("show", ref, "--format", "table", lang="pt-BR").out
    for words in ("Maria Souza e Financeiro", "acordo parcial: Metade do valor", "Cobrou duas", "Cobrou uma"):
        assert words in page


@pytest.mark.parametrize(
    "command",
    [
        ("decide", "--decision", "accepted", "--grounds", "a"),
        ("hand-on", "--for", "a"),
        ("elements", "--grounds", "a"),
        ("review", "--propose", "a"),
        ("mediate", "--outcome", "none", "--text", "a"),
        ("identity", "--reason", "a"),
    ],
)
def test_a_ticket_that_is_not_there_is_three(shell: Shell, command: tuple[str, ...]) -> None:
    said = shell(command[0], make_protocol(2026, 9), *command[1:], "--format", "json")
    assert (said.code, said.error["code"]) == (3, "TICKET_NOT_FOUND")


# --- somebody without a name


def test_the_receipt_of_somebody_without_a_name_says_what_cannot_follow(shell: Shell) -> None:
    args = ("new", "--type", "report", "--anonymous", "--subject", "Desvio", "--text", "Vi.")
    receipt = shell(*args, "--format", "table", lang="pt-BR").out
    assert "Como não houve identificação" in receipt
    assert "elementos mínimos" in receipt
    assert "assunto" not in receipt.split("O que")[-1].lower()


def test_without_a_name_only_a_report_is_heard_here(shell: Shell) -> None:
    args = ("new", "--anonymous", "--subject", "a", "--text", "b", "--format", "json")
    assert _refused(shell(*args, "--type", "complaint")) == (4, "ANONYMOUS_NOT_ALLOWED")
    assert _refused(shell(*args, "--type", "report", "--name", "Joana")) == (2, "ANONYMOUS_WITH_NAME")


@pytest.mark.req("S4-08")
def test_who_writes_may_be_a_user_a_consumer_or_a_third_party(shell: Shell) -> None:
    for kind in ("user", "consumer"):
        _new(
            shell, "criticism", "--name", kind.title(), "--email", f"{kind}@example.com", "--requester", kind
        )
    listed = shell("customer", "list", "--format", "json").json
    assert {row["name"]: row["kind"] for row in listed} == {"User": "user", "Consumer": "consumer"}
    harmed = _new(shell, "complaint", "--requester", "third-party-affected")
    assert shell("show", harmed, "--format", "json").json["flags"] == ["third-party-affected"]
    args = ("new", "--subject", "a", "--text", "b", "--requester", "user", "--format", "json")
    assert _refused(shell(*args)) == (2, "REQUESTER_UNKNOWN")
