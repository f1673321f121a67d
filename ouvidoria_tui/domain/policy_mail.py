"""What a policy says about mail: the ``[mail]`` table of a profile, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ouvidoria_tui.domain.policy_reader import Section, read_reference
from ouvidoria_tui.text import N_

_ADDRESS = re.compile(r"[^\s@<>,;\"()]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")


class Identity(StrEnum):
    """Whose mail is taken as a customer's word (C-12)."""

    OPEN = "open"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class MailLimits:
    """What one message may cost: ``size`` in bytes, parts, and parts within parts."""

    size: int = 25 * 1024 * 1024
    parts: int = 100
    nesting: int = 20


@dataclass(frozen=True, slots=True)
class MailLetters:
    """What the desk answers by itself: ``receipt`` to a new ticket, at most ``a_day`` letters in 24 hours.

    One sender gets one letter an hour at most, whatever a policy says.
    """

    receipt: bool = False
    a_day: int = 200


@dataclass(frozen=True, slots=True)
class MailRule:
    """How mail is taken in. ``addresses`` maps an address of the desk to its department's slug (S2-15).

    ``own_hosts`` are the names of the desk's own mail servers: what they wrote into the headers is believed.
    A ticket closed less than ``recent_days`` ago is continued by a message with the same subject (C-19).
    """

    identity: Identity = Identity.OPEN
    recent_days: int = 30
    own_hosts: tuple[str, ...] = ()
    addresses: Mapping[str, str | None] = field(default_factory=dict)
    limits: MailLimits = MailLimits()
    letters: MailLetters = MailLetters()

    def address_of(self, department: str | None) -> str | None:
        """The address of a department, the first of several; ``None`` where it has none (S2-16)."""
        return next((email for email, slug in self.addresses.items() if slug and slug == department), None)


def read_mail(section: Section | None, departments: Collection[str]) -> MailRule:
    """The rule that ``[mail]`` gives; a policy without it takes anybody's mail and answers nothing by itself."""
    default = MailRule()
    if section is None:
        return default
    days = section.whole("recent_days", 0, 3_650)
    rule = MailRule(
        identity=section.choice("identity", Identity) or default.identity,
        recent_days=default.recent_days if days is None else days,
        own_hosts=_hosts(section),
        addresses=_addresses(section.section("addresses"), departments),
        limits=_limits(section.section("limits")),
        letters=_letters(section.section("letters")),
    )
    section.close()
    return rule


def _hosts(section: Section) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in section.texts("own_hosts"))
    if any(host and _HOST.fullmatch(host) is None for host in hosts):
        section.note("own_hosts", N_("write the names of servers, like {example}", example="mx.example.com"))
    return hosts


def _addresses(section: Section | None, departments: Collection[str]) -> dict[str, str | None]:
    """Address → department. The value of an address must be a department of the policy."""
    found: dict[str, str | None] = {}
    for written in () if section is None else section.raw:
        assert section is not None
        address = written.strip().lower()
        if _ADDRESS.fullmatch(address) is None:
            section.note(written, N_("write an address in quotes, like {example}", example="sac@example.com"))
        if address in found:
            section.note(written, N_("{slug} is already there; every slug may stand only once", slug=address))
        found[address] = read_reference(section, written, departments)
    return found


def _limits(section: Section | None) -> MailLimits:
    """``size`` is written in MiB."""
    default = MailLimits()
    if section is None:
        return default
    size = section.whole("size", 1, 100)
    limits = MailLimits(
        size=default.size if size is None else size * 1024 * 1024,
        parts=section.whole("parts", 1, 10_000) or default.parts,
        nesting=section.whole("nesting", 1, 100) or default.nesting,
    )
    section.close()
    return limits


def _letters(section: Section | None) -> MailLetters:
    default = MailLetters()
    if section is None:
        return default
    a_day = section.whole("a_day", 0, 100_000)
    letters = MailLetters(section.flag("receipt", default.receipt), default.a_day if a_day is None else a_day)
    section.close()
    return letters
