"""Real messages: none of them fails, machines are known, people are not taken for machines."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ouvidoria_tui.domain.mail import Machine, Mail
from ouvidoria_tui.intake.mail.parse import parse
from ouvidoria_tui.intake.mail.unreadable import MailUnreadable

#: Reports and lists among the messages of libraries that are mostly people's.
REPORTS = ("delivery", "bounce", "report", "msg_05.", "msg_16.", "msg_25.", "msg_42.", "msg_43.")
#: What the program that was asked for its opinion writes where the report has no status.
OWN_STATUS = re.compile(r"[45]\.0\.9\d\d")


@cache
def read(path: Path) -> Mail | None:
    try:
        return parse(path.read_bytes())
    except MailUnreadable:
        return None


def files(corpus: Path, *folders: str) -> list[Path]:
    return sorted(path for name in folders for path in (corpus / name).rglob("*") if path.is_file())


def test_every_message_is_read_and_what_is_none_is_said_so(corpus: Path) -> None:
    found = files(corpus, "mail", "replies")
    unread = [path for path in found if read(path) is None]
    assert len(found) > 639
    assert {path.suffix for path in unread if "replies" not in path.parts} <= {".json", ".txt", ""}
    messages = [path for path in unread if path.suffix == ".eml" and "mail" in path.parts]
    assert messages == []


def test_machines_are_known(corpus: Path) -> None:
    found = Counter(
        mail.machine if (mail := read(path)) else None for path in (corpus / "mail" / "sisimai").glob("*.eml")
    )
    assert sum(found.values()) == 315
    assert found[None] <= 3
    assert found[Machine.DELIVERY_REPORT] >= 300
    assert found[Machine.FEEDBACK_REPORT] >= 8


def test_people_are_not_taken_for_machines(corpus: Path) -> None:
    kinds = {Machine.DELIVERY_REPORT, Machine.AUTO_REPLY, Machine.FEEDBACK_REPORT, Machine.LOOP}
    paths = files(corpus, "mail/mikel", "mail/cpython", "mail/stalwart", "replies")
    taken = [path.name for path in paths if (mail := read(path)) and mail.machine in kinds]
    known = [name for name in taken if name.startswith(REPORTS) or "report" in name or "bounce" in name]
    assert [name for name in taken if name not in known] == [
        "raw_email_with_mimepart_without_content_type.eml"
    ]


def test_who_was_not_reached_is_found(corpus: Path) -> None:
    folder = corpus / "mail" / "sisimai"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    score: Counter[str] = Counter()
    for name, said in expected.items():
        bounced = [one for one in said if one["reason"] not in ("feedback", "vacation", "delivered")]
        mail = read(folder / name)
        if not bounced or mail is None:
            continue
        status = bounced[0]["status"]
        score["reports"] += 1
        score["recipients"] += len(mail.failures) == len(bounced)
        if mail.failures:
            score["permanent"] += mail.failures[0].permanent == status.startswith("5")
            if not OWN_STATUS.fullmatch(status):
                score["with status"] += 1
                score["status"] += mail.failures[0].status == status
        score["original"] += bool(mail.original_ids)
    assert score["reports"] == 264
    assert score["recipients"] >= 254
    assert score["permanent"] >= 242
    assert score["status"] >= 0.9 * score["with status"]
    assert score["original"] >= 228


def test_the_same_message_with_other_line_ends_says_the_same(corpus: Path) -> None:
    changed = []
    for path in (corpus / "mail" / "mikel").rglob("*.eml"):
        raw = path.read_bytes().replace(b"\r\n", b"\n")
        if b"\r" in raw:
            continue
        try:
            unix, network = parse(raw), parse(raw.replace(b"\n", b"\r\n"))
        except MailUnreadable:
            continue
        if unix.body_sha256 != network.body_sha256:
            changed.append(path.name)
    assert changed == []


@pytest.mark.parametrize(
    "name", ["delivery-status.anonymized.eml", "delivery-status.txt", "delivery-status2.txt"]
)
def test_reports_that_break_other_readers_are_reports(corpus: Path, name: str) -> None:
    mail = read(corpus / "mail" / "mimekit" / name)
    assert mail is not None
    assert mail.machine is Machine.DELIVERY_REPORT
    assert mail.failures
