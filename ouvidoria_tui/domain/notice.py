"""A notice to many customers at once: maintenance, an incident, something else (S0-38).

It stands once in the desk's history, and once in that of each customer who got it; the words are kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from ouvidoria_tui.domain.language import Language
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_


class NoticeKind(StrEnum):
    """What a notice is about."""

    MAINTENANCE = "maintenance"
    INCIDENT = "incident"
    OTHER = "other"


class Missing(StrEnum):
    """Why somebody of the audience has no entry (the first two), or an entry and no copy by mail."""

    MERGED = "merged"
    DEACTIVATED = "deactivated"
    NO_ADDRESS = "no-address"
    BOUNCED = "bounced"
    PAST_DATED = "past-dated"
    NO_MAIL = "no-mail"


#: Those of the causes for which no entry is written at all.
NO_ENTRY = frozenset({Missing.MERGED, Missing.DEACTIVATED})


class Whom(StrEnum):
    """How an audience is named."""

    ALL = "all"
    PLAN = "plan"
    DEPARTMENT = "department"
    SEARCH = "search"


_NAMES = {
    "plan": Whom.PLAN,
    "plano": Whom.PLAN,
    "department": Whom.DEPARTMENT,
    "departamento": Whom.DEPARTMENT,
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a notice is for: all, the customers of a plan, those with a ticket in a department, or found by words.

    Where a ``language`` is named, only those of them who are written to in it.
    """

    whom: Whom
    value: str = ""
    language: Language | None = None

    @classmethod
    def parse(cls, written: str) -> Self:
        """The audience of ``all``, ``plan:SLUG``, ``department:SLUG``, or words of customers' data.

        Raises ``UsageError`` ``AUDIENCE_UNKNOWN``.
        """
        words = " ".join(written.split())
        if words.lower() in ("all", "todos"):
            return cls(Whom.ALL)
        name, colon, value = words.partition(":")
        whom = _NAMES.get(name.strip().lower()) if colon else None
        if whom is not None and value.strip():
            return cls(whom, value.strip())
        from difflib import get_close_matches  # only a mistake needs it

        # A word with a colon behind is meant as the name of a kind of audience, not as somebody's data.
        if whom is None and any(map(str.isalnum, words)) and not (colon and " " not in name.strip()):
            return cls(Whom.SEARCH, words)
        near = get_close_matches(name.strip().lower(), _NAMES, n=1) if whom is None and value.strip() else []
        raise UsageError(
            "AUDIENCE_UNKNOWN",
            N_("“{written}” names no audience", written=words[:60]),
            N_("did you mean: {names}?", names=f"{near[0]}:{value.strip()[:60]}")
            if near
            else N_("give all, plan:SLUG, department:SLUG, or words that find customers"),
        )

    @property
    def fact(self) -> str:
        """How the ledger names it; of words that may be a person's name only that there were some."""
        named = self.whom in (Whom.PLAN, Whom.DEPARTMENT)
        said = f"{self.whom.value}:{self.value}" if named else self.whom.value
        return said if self.language is None else f"{said} language:{self.language.value}"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was made. ``date`` is the ISO date of what it tells of; ``made_at`` UTC epoch seconds.

    ``audiences`` are those to whom it was sent, as the ledger names them; its words are in ``language``.
    """

    number: int
    kind: NoticeKind
    subject: str
    text: str
    made_at: int
    made_by: int
    date: str | None = None
    audiences: tuple[str, ...] = ()
    language: Language = Language.PORTUGUESE


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody of an audience: the address that a copy goes to, or why there is none; ``had`` it already."""

    customer: int
    address: str | None
    missing: Missing | None
    had: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What became, or would become, of an audience: ``found`` = ``had`` + ``entries`` + those with no entry.

    ``entries`` = ``copies`` + those with an entry and no copy; of the copies ``held`` are kept back (a demo).
    """

    found: int = 0
    had: int = 0
    entries: int = 0
    copies: int = 0
    held: int = 0
    missing: Mapping[Missing, int] = field(default_factory=dict)

    def plus(self, some: Iterable[Addressee], *, held: bool) -> Tally:
        """The tally with some more of the audience."""
        found, had, entries, copies = self.found, self.had, self.entries, self.copies
        missing = dict(self.missing)
        for one in some:
            found += 1
            if one.had:
                had += 1
                continue
            if one.missing is not None:
                missing[one.missing] = missing.get(one.missing, 0) + 1
            entries += one.missing not in NO_ENTRY
            copies += one.missing is None
        return Tally(found, had, entries, copies, copies if held else 0, missing)
