"""Reading mail, beside the standard library's parser alone on the same messages."""

from __future__ import annotations

import email
import os
from collections.abc import Iterator
from pathlib import Path

from ouvidoria_tui.intake.mail.parse import parse
from ouvidoria_tui.intake.mail.unreadable import MailUnreadable
from tests.bench.timing import Figure, calls

_LETTER = """From: =?utf-8?q?Ana_Concei=C3=A7=C3=A3o?= <ana{n}@example.com>
To: Ouvidoria <ouvidoria@example.com>
Subject: =?utf-8?q?Reclama=C3=A7=C3=A3o_n=C3=BAmero_{n}?=
Date: Thu, 1 Feb 2024 10:00:00 -0300
Message-ID: <{n}@example.com>
Content-Type: multipart/alternative; boundary="b{n}"

--b{n}
Content-Type: text/plain; charset=utf-8

{text}
--b{n}
Content-Type: text/html; charset=utf-8

<p>{text}</p>
--b{n}--
"""


def parsing() -> Iterator[Figure]:
    """``parse`` of every message of the corpus (of made-up ones without it), against ``message_from_bytes``."""
    folder = os.environ.get("OUVIDORIA_CORPUS", "")
    raws = _corpus(Path(folder) / "mail") if folder else _letters(500)

    def ours() -> None:
        for raw in raws:
            parse(raw)

    def floor() -> None:
        for raw in raws:
            email.message_from_bytes(raw)

    found = calls("mail read whole", f"{len(raws):,}", ours, floor, budget="≤ 3 × the split alone")
    yield Figure(
        found.name,
        found.size,
        found.ours,
        found.floor,
        found.budget,
        found.ratio,
        f"{len(raws) / found.ours:,.0f} messages a second ({sum(map(len, raws)) / len(raws) / 1024:.1f} KiB each)",
    )


def _corpus(folder: Path) -> list[bytes]:
    raws = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in (".eml", ".txt")]
    return [raw for raw in raws if _readable(raw)]


def _readable(raw: bytes) -> bool:
    try:
        parse(raw)
    except MailUnreadable:
        return False
    return True


def _letters(count: int) -> list[bytes]:
    text = "Comprei e não recebi. Já escrevi três vezes.\n" * 40
    return [_LETTER.format(n=n, text=text).encode() for n in range(count)]
