"""Header values that can do no harm: one line, no controls, nothing that turns the direction of writing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SUBJECT_LIMIT, NAME_LIMIT, ID_LIMIT = 200, 100, 500
#: So many Message-IDs are named in References: the first, which opens the thread, and the newest.
REFERENCES = 20

#: Marks of a reply or forward in front of a subject, in Portuguese, English and German, any number of them.
_PREFIX = re.compile(r"\A(?:(?:re|res|enc|fw|fwd|aw|rv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_ID = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+")
#: Signs that structure an address; a name keeps its meaning without them.
_SPECIAL = re.compile(r'[()<>@,;:\\".\[\]]+')


def one_line(text: str, limit: int) -> str:
    """``text`` on one line, without controls and invisible or direction marks, cut to ``limit`` characters."""
    kept = (" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join("".join(kept).split())[:limit].strip()


def display_name(text: str) -> str:
    """A person's name as it may stand in front of an address."""
    return one_line(_SPECIAL.sub(" ", text), NAME_LIMIT)


def subject_line(subject: str, protocol: str, *, answer: bool) -> str:
    """The customer's own subject with the protocol's token once; ``Re:`` once where it answers something."""
    token = f"[{protocol}]" if protocol else ""
    bare = _PREFIX.sub("", one_line(subject.replace(token, " ") if token else subject, SUBJECT_LIMIT))
    said = f"{bare} {token}".strip()
    return f"Re: {said}" if answer else said


def message_ids(ids: Iterable[str]) -> list[str]:
    """Those of ``ids`` that can stand in a header, in angle brackets, each once, in their order."""
    bare = (one.strip().removeprefix("<").removesuffix(">") for one in ids)
    return list(
        dict.fromkeys(f"<{one}>" for one in bare if len(one) <= ID_LIMIT and _ID.fullmatch(one) is not None)
    )


def references(ids: Iterable[str]) -> str:
    """The value of References: the message that opened the thread and the newest ones."""
    known = message_ids(ids)
    return " ".join(known if len(known) <= REFERENCES else [known[0], *known[1 - REFERENCES :]])
