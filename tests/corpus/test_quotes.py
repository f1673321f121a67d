"""Real replies in fifteen languages: how many are trimmed exactly, and that no word of a customer is lost."""

from __future__ import annotations

import email
from collections import Counter
from email.message import Message
from pathlib import Path

import pytest

from ouvidoria_tui.domain.quotes import pieces, trim

#: Of 32 pairs.
EXACT = 32


def pairs(corpus: Path) -> list[tuple[str, str, str]]:
    folder = corpus / "replies" / "discourse"
    found = [
        (path.name, read(path), (folder / "trimmed" / path.name).read_text(encoding="utf-8"))
        for path in sorted((folder / "emails").iterdir())
    ]
    assert found, f"no messages in {folder}"
    return found


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def test_pairs_are_trimmed_exactly(corpus: Path) -> None:
    differ = [name for name, text, wanted in pairs(corpus) if trim(text).split() != wanted.split()]
    assert len(pairs(corpus)) - len(differ) >= EXACT, differ


def test_no_word_of_a_customer_is_lost(corpus: Path) -> None:
    lost = {
        name: dict(missing)
        for name, text, wanted in pairs(corpus)
        if (missing := Counter(wanted.split()) - Counter(trim(text).split()))
    }
    assert lost == {}


def test_github_replies_keep_what_their_writers_said(corpus: Path) -> None:
    folder = corpus / "replies" / "github" / "emails"
    for path in sorted(folder.iterdir()):
        text = read(path)
        assert "".join(piece.text for piece in pieces(text)) == text
        kept = Counter(trim(text).split())
        first = next(line for line in text.splitlines() if line.strip())
        if not first.startswith((">", "On ")):
            assert not Counter(first.split()) - kept, path.name


@pytest.mark.parametrize("folder", ["mikel", "cpython", "stalwart", "mimekit", "sisimai"])
def test_every_real_message_can_be_unfolded_and_looked_at_again(corpus: Path, folder: str) -> None:
    read_any = 0
    for path in sorted((corpus / "mail" / folder).rglob("*")):
        if not path.is_file() or path.suffix in {".json", ".md"}:
            continue
        for text in plain_texts(email.message_from_bytes(path.read_bytes())):
            read_any += 1
            assert "".join(piece.text for piece in pieces(text)) == text
            assert trim(trim(text)) == trim(text)
    assert read_any


def plain_texts(message: Message) -> list[str]:
    """The plain parts, read as Latin-1: which signs they are does not matter here."""
    found: list[str] = []
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found.append(payload.decode("latin-1"))
    return found
