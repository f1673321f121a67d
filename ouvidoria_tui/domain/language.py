"""The languages of the house: each letter and each screen has one of them."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A language that letters are written in, by its tag (BCP 47)."""

    PORTUGUESE = "pt-BR"
    ENGLISH = "en"


def language_named(written: str) -> Language | None:
    """The language of a tag as people write it (``pt-BR``, ``pt_br``, ``PT``, ``en``, ``en-GB``), or ``None``."""
    primary = written.strip().replace("_", "-").lower().partition("-")[0]
    return next((one for one in Language if one.value.partition("-")[0] == primary), None)
