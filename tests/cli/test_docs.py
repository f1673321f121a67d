"""What the documentation shows is true: its commands parse, its links lead somewhere, the guide is run as it stands.

A page of the guide, or a demonstration, is one session in an empty folder: its ``console`` blocks are typed into
one shell, on a terminal, one after the other. Each command must end well, unless the next one is ``echo $?``. Lines
that are shown must be printed, in their order; digits and hashes may differ, and ``…`` stands for what was left out.
"""

from __future__ import annotations

import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ouvidoria_tui.bootstrap import desk_over
from ouvidoria_tui.cli.main import run
from ouvidoria_tui.desk.receive import Manifestation, receive
from ouvidoria_tui.desk.reply import reply
from ouvidoria_tui.domain.permission import MAY, Role, Verb
from ouvidoria_tui.domain.protocol import make_protocol
from ouvidoria_tui.founding import found_desk
from tests.cli.console_lines import ROOT, Typed, calls, parse, sessions

DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md"]
_TYPED = ("guide", "demonstrations")
GUIDE = [page for page in PAGES if "```console" in page.read_text("utf-8") and page.parent.name in _TYPED]
RUN = [*GUIDE, DOCS / "ledger.md", ROOT / "README.md"]
_MARK = "\x1e"
_PROTOCOL = re.compile(r"\b2026-(\d{6})-\d\b")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_that_a_page_shows_parses(page: Path) -> None:
    for typed in (one for block in sessions(page.read_text("utf-8")) for one in block):
        for arguments in calls(typed.command):
            try:
                parse(arguments)
            except Exception as error:
                pytest.fail(f"{typed.command}: {type(error).__name__}: {error}")


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = [
        target
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
        if not re.match(r"[a-z]+:", target) and not _stands(page, target)
    ]

    assert not broken


def _stands(page: Path, target: str) -> bool:
    path, _hash, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not anchor or file.suffix != ".md":
        return file.exists()
    titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE) if file.exists() else []
    return anchor in {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", RUN, ids=_name)
def test_a_page_of_the_guide_can_be_followed_to_the_letter(page: Path, tmp_path: Path) -> None:
    typed = [one for block in sessions(_of_this_year(page.read_text("utf-8"))) for one in block]
    answers = list(_type_into_a_shell(typed, tmp_path))

    assert len(answers) == len(typed), f"the shell ended at: {typed[len(answers)].command}"
    for at, (one, (code, said)) in enumerate(zip(typed, answers, strict=True)):
        failing = at + 1 < len(typed) and typed[at + 1].command == "echo $?"
        assert code == 0 or failing, f"{one.command}\nexit {code}\n{said}"
        missing = _first_missing(one.output, said)
        assert missing is None, f"{one.command}\ndoes not print: {missing}\nbut:\n{said}"


def _of_this_year(text: str) -> str:
    """The page as of the desk's present year: a protocol begins with it, and its check digit follows."""
    year = datetime.now(ZoneInfo("America/Sao_Paulo")).year
    return _PROTOCOL.sub(lambda found: make_protocol(year, int(found[1])), text)


def _type_into_a_shell(typed: list[Typed], folder: Path) -> Iterator[tuple[int, str]]:
    """Exit code and words of each command; stdout and stderr are a terminal of 100 columns, stdin is empty."""
    lines = [
        f"{one.command}\n__code=$?; printf '\\n{_MARK}%s{_MARK}\\n' $__code; (exit $__code)" for one in typed
    ]
    ours, theirs = pty.openpty()
    shell = subprocess.Popen(
        ["bash", "--noprofile", "--norc", "-c", "\n".join(lines)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=_environment(folder),
    )
    os.close(theirs)
    said = b""
    try:
        while chunk := os.read(ours, 65536):
            said += chunk
    except OSError:  # how a terminal says on Linux that nobody holds its other end any more
        pass
    os.close(ours)
    shell.wait()
    parts = said.decode("utf-8", "replace").replace("\r\n", "\n").split(_MARK)
    for words, code in zip(parts[::2], parts[1::2], strict=False):
        yield int(code), words


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OUVIDORIA")}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
    ours = {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1"}
    return {**kept, **ours, "XDG_DATA_HOME": str(folder / "data"), "TERM": "xterm"}


def _first_missing(shown: tuple[str, ...], said: str) -> str | None:
    """The first shown line that was not printed behind the one before it."""
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "\n", said)  # a progress bar wipes itself away
    printed = iter([_masked(line) for line in re.split(r"[\r\n]", said)])
    for line in shown:
        wanted = ".*".join(map(re.escape, _masked(line).split("…")))
        if wanted not in ("", ".*") and not any(re.fullmatch(wanted, one) for one in printed):
            return line
    return None


def _masked(line: str) -> str:
    """A line without what differs from one run to the next: hashes, times, numbers, the width of a column."""
    line = re.sub(r"\b[0-9a-f]{64}\b", "H", line)
    line = re.sub(r"\b\d+(s|min|h|d)\b", "T", line)
    line = re.sub(r"\d+", "0", line)
    return re.sub(r"[ ─]+", " ", line).strip()


def test_the_table_of_permissions_in_the_guide_is_the_one_in_force() -> None:
    text = (DOCS / "guide" / "roles.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "|" in line
    ]
    roles = [Role(cell) for cell in rows[0][1:]]

    shown = {
        (role, Verb(verb.strip("` ")))
        for row in rows[2:]
        for verb in row[0].split(",")
        for role, cell in zip(roles, row[1:], strict=True)
        if cell == "yes"
    }

    assert shown == {(role, verb) for role in Role for verb in MAY[role]}


def test_the_keys_in_the_guide_are_the_ones_in_force() -> None:
    from ouvidoria_tui.cli.output import ACT_KEYS
    from ouvidoria_tui.cli.triage_record import KEYS
    from ouvidoria_tui.present.columns import HISTORY_KEYS, TICKET_KEYS
    from ouvidoria_tui.present.record_detail import DETAIL_KEYS

    text = (DOCS / "guide" / "scripting.md").read_text("utf-8")
    ticket = dict.fromkeys(key.partition(".")[0] for key in TICKET_KEYS)

    assert not [
        keys for keys in (ticket, DETAIL_KEYS, HISTORY_KEYS, KEYS, ACT_KEYS) if " ".join(keys) not in text
    ]


def _by_hand(store: Path) -> subprocess.CompletedProcess[str]:
    """The verifier that docs/ledger.md shows, run on a store."""
    (program,) = re.findall(r"```python\n(.*?)```", (DOCS / "ledger.md").read_text("utf-8"), re.DOTALL)
    return subprocess.run(
        [sys.executable, "-c", program, str(store)], capture_output=True, text=True, check=False
    )


def _store(folder: Path) -> Path:
    path = folder / "desk.db"
    store = found_desk(path, profile="organizacional", admin="ana")
    desk = desk_over(store, agent="ana")
    protocol = receive(desk, Manifestation("Cobrança", "fui cobrada duas vezes \u202e = +1")).protocol
    reply(desk, protocol, "O valor foi estornado.")
    store.close()
    return path


def test_the_verifier_in_the_documentation_finds_the_head_that_verify_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _store(tmp_path)

    done = _by_hand(path)

    assert run(["--db", str(path), "--as", "ana", "--quiet", "verify", "--format", "json"]) == 0
    assert done.stdout.strip() == json.loads(capsys.readouterr().out)["head"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET recorded_at = recorded_at + 1 WHERE id = 4",
        "UPDATE message SET text = 'O valor foi estornado ontem.' WHERE seq = 2",
        "DELETE FROM event WHERE id = 4",
    ],
)
def test_the_verifier_in_the_documentation_finds_what_was_changed(tmp_path: Path, change: str) -> None:
    path = _store(tmp_path)
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    conn = sqlite3.connect(path)
    for (name,) in conn.execute(triggers).fetchall():
        conn.execute(f"DROP TRIGGER {name}")
    conn.execute(change)
    conn.commit()
    conn.close()

    done = _by_hand(path)

    assert done.returncode != 0
    assert "recorded" in done.stderr
