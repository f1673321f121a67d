"""Mail that is too much, broken off or malicious: each file is accounted for, once, and memory stays bounded."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ouvidoria_tui.founding import found_desk
from tests.cli.shell import Shell

MIB = 1024 * 1024
#: A process that takes mail in and says on stderr how much memory it ever held (getrusage begins with its parent's).
RUN = """
import re, sys
from ouvidoria_tui.cli.main import run
code = run(sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
sys.exit(code)
"""


def head(name: str, kind: str = "text/plain", encoding: str = "8bit") -> bytes:
    lines = (
        "From: rita@example.com",
        f"Message-ID: <{name}@example.com>",
        f"Subject: Assunto {name}",
        f"Content-Type: {kind}",
        f"Content-Transfer-Encoding: {encoding}",
        "",
        "",
    )
    return "\r\n".join(lines).encode()


def mixed(name: str, *parts: bytes) -> bytes:
    whole = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return head(name, "multipart/mixed; boundary=b") + whole + b"--b--\r\n"


def many_parts() -> bytes:
    return mixed(
        "parts",
        *(b"Content-Disposition: attachment; filename=a%d.txt\r\n\r\nx%d" % (n, n) for n in range(10_000)),
    )


def long_header() -> bytes:
    return b"X-Long: " + b"a" * MIB + b"\r\n" + head("header") + b"oi"


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zero", b"\0" * 100 * MIB)
    attached = b"Content-Type: application/zip; name=z.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return mixed("zip", b"\r\noi", attached + base64.encodebytes(packed.getvalue()))


def base64_in_base64() -> bytes:
    inner = b"Subject: deep\r\n\r\n" + b"A" * 6 * MIB
    for _turn in range(3):
        wrapped = base64.encodebytes(inner)
        inner = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped
    return mixed("matryoshka", inner)


def tags() -> bytes:
    return head("tags", "text/html", "base64") + base64.encodebytes(b"<div>" * 1_000_000)


BAD = {
    "parts": many_parts,
    "header": long_header,
    "zip": zip_bomb,
    "matryoshka": base64_in_base64,
    "tags": tags,
}


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    path = tmp_path / "d.db"
    found_desk(path, profile="hospedagem", admin="ana").close()
    return Shell(path, capsys, monkeypatch)


def _peak(shell: Shell, *args: str) -> tuple[int, int]:
    """Exit code and most memory in MiB of a process of its own."""
    call = [sys.executable, "-c", RUN, "--db", str(shell.path), "--as", "ana", "--quiet", "intake", *args]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    peak = re.findall(r"^\d+$", done.stderr, re.MULTILINE)
    assert peak, done.stderr
    return done.returncode, int(peak[-1]) // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("name", BAD)
def test_a_message_that_is_too_much_is_taken_once_whole_and_in_bounded_memory(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    raw = BAD[name]()
    path = tmp_path / f"{name}.eml"
    path.write_bytes(raw)
    code, peak = _peak(shell, "eml", str(path))
    assert code == 0
    assert peak < 60 + 8 * len(raw) // MIB
    again = shell("intake", "eml", str(path), "--format", "json").json
    assert (again["read"], again["seen"]) == (1, 1)
    (kept,) = shell("intake", "explain", f"{name}@example.com", "--format", "json").json
    assert (kept["ending"], kept["size"]) == ("ticket", len(raw))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("command", ["eml", "maildir"])
def test_a_message_of_200_mib_is_told_and_left_where_it_is(
    shell: Shell, tmp_path: Path, command: str
) -> None:
    folder = tmp_path / "box"
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    with (folder / "new" / "1.eml").open("wb") as file:
        file.write(head("large", "application/octet-stream"))
        file.truncate(200 * MIB)
    where = str(folder / "new" / "1.eml") if command == "eml" else str(folder)
    code, peak = _peak(shell, command, where)
    assert code == 6
    assert peak < 250
    said = shell("intake", command, where, "--format", "json").json
    assert (said["read"], [one["reason"] for one in said["skipped"]]) == (0, ["too-large"])


@pytest.mark.parametrize("place", [0, 1, 20, 90, 130, 200, -1])
def test_a_message_cut_anywhere_is_accounted_for(shell: Shell, tmp_path: Path, place: int) -> None:
    whole = mixed("cut", b"\r\noi", b"Content-Disposition: attachment; filename=a.txt\r\n\r\n" + b"x" * 500)
    path = tmp_path / "cut.eml"
    path.write_bytes(whole[:place])
    first = shell("intake", "eml", str(path), "--format", "json").json
    assert (first["read"], first["tickets"] + first["quarantined"]) == (1, 1)
    assert shell("intake", "eml", str(path), "--format", "json").json["seen"] == 1


def test_the_whole_message_after_a_cut_one_joins_it(shell: Shell, tmp_path: Path) -> None:
    whole = head("cut") + b"oi, tudo bem? " * 50
    for raw, ended in ((whole[:-300], "tickets"), (whole, "replies")):
        (tmp_path / "a.eml").write_bytes(raw)
        assert shell("intake", "eml", str(tmp_path / "a.eml"), "--format", "json").json[ended] == 1
    both = shell("intake", "explain", "cut@example.com", "--format", "json").json
    assert "same-id-other-body" in str(both[-1]["marks"])
