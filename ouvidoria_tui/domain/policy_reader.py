"""Reads values out of a parsed TOML table, and notes every problem instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from ouvidoria_tui.domain.toml_lines import Path
from ouvidoria_tui.text import N_, Text

E = TypeVar("E", bound=StrEnum)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a policy, and the key where it is."""

    path: Path
    message: Text


def show_path(path: Path) -> str:
    """A path as a person reads it: ``triage.keywords[2].words``, entries of a list counted from 1."""
    shown = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part[:60]}" for part in path)
    return shown.removeprefix(".")


class Section:
    """One table: every read names its key, and :meth:`close` refuses the keys that nobody asked for.

    A read of a missing or wrong value notes a problem and gives a harmless stand-in, so that one run finds
    everything; whoever started the run raises when there are problems.
    """

    def __init__(self, raw: Mapping[str, object], path: Path, problems: list[Problem]) -> None:
        self.raw = raw
        self.path = path
        self.problems = problems
        self._asked: set[str] = set()

    def note(self, key: str | None, message: Text) -> None:
        """Notes a problem of ``key``, or of the whole table where it is ``None``."""
        self.problems.append(Problem(self.path if key is None else (*self.path, key), message))

    def has(self, key: str) -> bool:
        """Whether the table says anything about ``key``."""
        self._asked.add(key)
        return key in self.raw

    def _required(self, key: str) -> bool:
        if not self.has(key):
            self.note(key, N_("this key is missing"))
            return False
        return True

    def text(self, key: str) -> str | None:
        """An optional text of one paragraph."""
        if not self.has(key):
            return None
        return self._text(key, self.raw[key], (*self.path, key))

    def _text(self, key: str, value: object, path: Path) -> str:
        if not isinstance(value, str):
            self.problems.append(Problem(path, N_("this must be text in quotes")))
        elif not value.strip() or len(value) > _LONGEST:
            self.problems.append(
                Problem(path, N_("this text must have between 1 and {most} characters", most=_LONGEST))
            )
        elif any((ord(char) < 32 and char not in "\n\t") or ord(char) == 127 for char in value):
            self.problems.append(Problem(path, N_("this text holds a control character")))
        else:
            return value
        return ""

    def need_text(self, key: str) -> str:
        """A text that must be there."""
        return (self.text(key) or "") if self._required(key) else ""

    def need_slug(self, key: str) -> str:
        """A short name for machines: small letters without accents, digits, single hyphens."""
        value = self.need_text(key)
        if value:
            self.check_slug(key, value)
        return value

    def check_slug(self, key: str, value: str) -> None:
        """Notes a problem where ``value`` cannot be a slug."""
        if len(value) > 60 or _SLUG.fullmatch(value) is None:
            self.note(key, N_("use small letters without accents, digits and single hyphens only"))

    def texts(self, key: str) -> tuple[str, ...]:
        """An optional list of texts."""
        if not self.has(key):
            return ()
        value = self.raw[key]
        if not isinstance(value, list):
            self.note(key, N_("this must be a list of texts"))
            return ()
        return tuple(self._text(key, item, (*self.path, key, place)) for place, item in enumerate(value))

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        if not self.has(key):
            return default
        value = self.raw[key]
        if not isinstance(value, bool):
            self.note(key, N_("this must be true or false, without quotes"))
            return default
        return value

    def whole(self, key: str, low: int, high: int) -> int | None:
        """An optional whole number from ``low`` to ``high``."""
        if not self.has(key):
            return None
        value = self.raw[key]
        if not isinstance(value, int) or isinstance(value, bool):
            self.note(key, N_("this must be a whole number"))
        elif not low <= value <= high:
            self.note(key, N_("this number must be from {low} to {high}", low=low, high=high))
        else:
            return value
        return None

    def choice(self, key: str, kind: type[E]) -> E | None:
        """An optional member of a closed list."""
        if not self.has(key):
            return None
        return self._choice(key, kind, self.raw[key], (*self.path, key))

    def _choice(self, key: str, kind: type[E], value: object, path: Path) -> E | None:
        names = [member.value for member in kind]
        if isinstance(value, str) and value in names:
            return kind(value)
        message = N_("this must be one of: {names}", names=", ".join(names))
        near = nearest(value, names) if isinstance(value, str) else None
        if near is not None:
            message = N_(
                "this must be one of: {names} (did you mean {near}?)", names=", ".join(names), near=near
            )
        self.problems.append(Problem(path, message))
        return None

    def need_choice(self, key: str, kind: type[E]) -> E:
        """A member of a closed list that must be there."""
        stand_in = next(iter(kind))
        return (self.choice(key, kind) or stand_in) if self._required(key) else stand_in

    def choices(self, key: str, kind: type[E]) -> frozenset[E]:
        """An optional list of members of a closed list."""
        found = (
            self._choice(key, kind, item, (*self.path, key, place))
            for place, item in enumerate(self.texts(key))
            if item
        )
        return frozenset(item for item in found if item is not None)

    def section(self, key: str) -> Section | None:
        """An optional table inside this one."""
        if not self.has(key):
            return None
        return self._section(self.raw[key], (*self.path, key))

    def _section(self, value: object, path: Path) -> Section | None:
        if not isinstance(value, dict):
            self.problems.append(Problem(path, N_("this must be a table")))
            return None
        return Section(value, path, self.problems)

    def named_sections(self, key: str) -> list[tuple[str, Section]]:
        """The tables of a table of tables (``[clocks.resolution]``), each with its name."""
        outer = self.section(key)
        if outer is None:
            return []
        found = []
        for name in outer.raw:
            outer.check_slug(name, name)
            inner = outer.section(name)
            if inner is not None:
                found.append((name, inner))
        return found

    def sections(self, key: str) -> list[Section]:
        """The entries of an array of tables (``[[departments]]``)."""
        if not self.has(key):
            return []
        value = self.raw[key]
        if not isinstance(value, list):
            self.note(
                key,
                N_("this must be a list of tables, each under [[{key}]]", key=show_path((*self.path, key))),
            )
            return []
        found = (self._section(item, (*self.path, key, place)) for place, item in enumerate(value))
        return [section for section in found if section is not None]

    def close(self) -> None:
        """Refuses the keys that no read asked for, with the nearest key that exists."""
        for key in self.raw:
            if key in self._asked:
                continue
            near = nearest(key, sorted(self._asked))
            if near is None:
                self.note(key, N_("this key is not known here"))
            else:
                self.note(key, N_("this key is not known here; did you mean {near}?", near=near))


def nearest(written: str, known: list[str]) -> str | None:
    """The known name that ``written`` is most probably a slip of, if any."""
    from difflib import get_close_matches  # only a mistake needs it

    return next(iter(get_close_matches(written[:100], known, 1)), None)


def read_reference(section: Section, key: str, known: Collection[str]) -> str | None:
    """An optional slug that must be in a register of this policy."""
    slug = section.text(key)
    if slug:
        _check_known(section, key, slug, known)
    return slug or None


def read_references(section: Section, key: str, known: Collection[str]) -> tuple[str, ...]:
    """A list of slugs, each of which must be in a register of this policy."""
    slugs = section.texts(key)
    for slug in slugs:
        _check_known(section, key, slug, known)
    return slugs


def _check_known(section: Section, key: str, slug: str, known: Collection[str]) -> None:
    if slug not in known:
        section.note(
            key,
            N_("{slug} is not in the register of this policy: {known}", slug=slug, known=", ".join(known)),
        )
