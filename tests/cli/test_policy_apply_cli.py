from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.reading_desk import ReadingDesk, make_desk
from tests.store.policy_story import ORGANIZACIONAL, changed, propose


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> ReadingDesk:
    return make_desk(tmp_path, monkeypatch, capsys)


@pytest.fixture
def profile(tmp_path: Path) -> str:
    path = tmp_path / "perfil.toml"
    path.write_text(changed(("amount = 24", "amount = 20")), encoding="utf-8")
    return str(path)


def policy(desk: ReadingDesk, *args: str, code: int = 0, agent: str = "ana") -> tuple[str, str]:
    return desk.run("policy", *args, code=code, agent=agent)


def test_a_policy_is_applied_and_told_under_its_keys(desk: ReadingDesk, profile: str) -> None:
    desk.new()
    out, _err = policy(desk, "apply", profile, "--format", "json")
    assert json.loads(out) == {
        "version": 2,
        "result": "done",
        "tickets": 1,
        "changed": 1,
        "due_times": 1,
        "waiting": 0,
        "registers": {},
    }


def test_the_same_once_more_is_unchanged(desk: ReadingDesk, profile: str) -> None:
    policy(desk, "apply", profile)
    out, _err = policy(desk, "apply", profile, "--format", "json")
    assert json.loads(out)["result"] == "unchanged"


def test_a_dry_run_shows_the_difference_and_changes_nothing(desk: ReadingDesk, profile: str) -> None:
    out, err = policy(desk, "apply", profile, "--dry-run", "--format", "jsonl")
    assert [json.loads(line) for line in out.splitlines()] == [
        {
            "section": "clocks",
            "key": "first-response.amount",
            "change": "changed",
            "before": 24,
            "after": 20,
        }
    ]
    assert "nothing was changed" in err
    with desk.desk() as opened:
        assert opened.policy.version == 1


def test_what_was_interrupted_is_finished_with_resume(desk: ReadingDesk) -> None:
    desk.new()
    with desk.desk() as opened:
        propose(opened, changed(("amount = 24", "amount = 20")))
    out, _err = policy(desk, "apply", "--resume", "--format", "json")
    assert (json.loads(out)["tickets"], json.loads(out)["waiting"]) == (1, 0)


def test_diff_alone_shows_what_the_newest_version_changed(desk: ReadingDesk, profile: str) -> None:
    policy(desk, "apply", profile)
    out, _err = policy(desk, "diff", "--format", "json")
    assert [one["key"] for one in json.loads(out)] == ["first-response.amount"]


def test_diff_names_new_entries_as_a_whole(desk: ReadingDesk, tmp_path: Path) -> None:
    path = tmp_path / "areas.toml"
    path.write_text(ORGANIZACIONAL + '\n[[areas]]\nslug = "juridico"\nname = "Jurídico"\n', encoding="utf-8")
    out, _err = policy(desk, "diff", str(path), "--format", "json")
    (one,) = json.loads(out)
    assert (one["section"], one["key"], one["change"]) == ("areas", "juridico", "added")


def test_a_profile_or_resume_must_be_named(desk: ReadingDesk) -> None:
    policy(desk, "apply", code=2)


def test_mistakes_in_a_profile_change_nothing(desk: ReadingDesk, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(changed(("amount = 24", "amount = -1")), encoding="utf-8")
    policy(desk, "apply", str(path), code=2)
    with desk.desk() as opened:
        assert opened.policy.version == 1


def test_an_agent_may_not(desk: ReadingDesk, profile: str) -> None:
    policy(desk, "apply", profile, code=8, agent="bia")
