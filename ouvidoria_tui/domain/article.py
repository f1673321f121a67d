"""An article of the company's knowledge base: where it stands and what it is about (S0-27, S1-09)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_

_LONGEST = 500
#: A host name with a dot, an optional port, and a path without white space or signs that end an address in a text.
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ADDRESS = re.compile(rf"https://{_LABEL}(?:\.{_LABEL})+(?::\d{{1,5}})?(?:[/?#][!-;=?-~]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Article:
    """``slug`` names it at the desk; ``topics`` are words beside its title by which it is found."""

    slug: str
    title: str
    address: str
    topics: str = ""
    active: bool = True

    @property
    def line(self) -> str:
        """The article as a letter names it."""
        return f"{self.title}: {self.address}"


def checked_link(written: str) -> str:
    """The address of an article; ``UsageError`` ``BAD_LINK`` where it is not a plain https address."""
    address = written.strip()
    if len(address) <= _LONGEST and _ADDRESS.fullmatch(address):
        return address
    raise UsageError(
        "BAD_LINK",
        N_("{written} is no address of an article", written=address[:60]),
        N_("write it with https:// and the name of the server, like https://ajuda.example.com/fatura"),
    )
