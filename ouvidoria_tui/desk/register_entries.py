"""Departments, areas and plans: seeded by the profile, edited by the desk. A new policy only adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ouvidoria_tui.desk.customers import changed_fields
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.domain.contact_data import checked_address, checked_words
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import Act
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

#: Whole numbers of an entry, and the largest that each may be.
_NUMBERS = {"rank": 1_000_000, "due_days": 3_650}
#: An area's address and head may be a person's: the ledger names the field and keeps no value.
_UNSAID = frozenset({"name", "scope", "email", "head", "support_level"})


def add_entry(desk: Desk, kind: str, slug: str, given: Mapping[str, str]) -> Entry:
    """A new department, area or plan; ``Refused`` ``ENTRY_EXISTS``, ``UsageError`` ``BAD_NAME`` and for values."""
    desk.allow(Verb.REGISTER)
    wanted = slugify(slug)
    if not wanted or wanted != slug.strip():
        raise UsageError(
            "BAD_SLUG",
            N_("{slug} cannot name an entry of a register", slug=slug[:60]),
            N_("use lower-case letters, digits and hyphens, like {slug}", slug=wanted or "suporte-2"),
        )
    with desk.store.transaction():
        if _find(desk, kind, wanted) is not None:
            raise Refused(
                "ENTRY_EXISTS",
                N_("{slug} is in that register already", slug=wanted),
                N_(
                    "edit it, or bring it back with: ouvidoria {kind} activate {slug}", kind=kind, slug=wanted
                ),
            )
        entry = with_fields(Entry(wanted, wanted), given)
        desk.store.put_entry(kind, entry)
        record_desk_act(desk, Act.REGISTER_CHANGED, {"register": kind, "slug": wanted, "change": "added"})
    return entry


def edit_entry(desk: Desk, kind: str, slug: str, given: Mapping[str, str]) -> tuple[Entry, bool]:
    """The entry with the fields that are given, and whether it changed; ``NotFound`` ``ENTRY_NOT_FOUND``."""
    desk.allow(Verb.REGISTER)
    with desk.store.transaction():
        before = known_entry(desk, kind, slug)
        return _put(desk, kind, before, with_fields(before, given), "edited")


def set_entry_active(desk: Desk, kind: str, slug: str, *, active: bool) -> tuple[Entry, bool]:
    """The entry to be chosen again or no more, and whether that changed; what has it keeps it.

    Raises ``NotFound`` ``ENTRY_NOT_FOUND``; ``Refused`` ``REGISTER_IN_USE`` for a department or area with open
    tickets, and for a department that the policy names as its default.
    """
    desk.allow(Verb.REGISTER)
    with desk.store.transaction():
        before = known_entry(desk, kind, slug)
        if before.active and not active:
            _check_unused(desk, kind, before.slug)
        after = replace(before, active=active)
        return _put(desk, kind, before, after, "activated" if active else "deactivated")


def known_entry(desk: Desk, kind: str, slug: str) -> Entry:
    """The entry of a slug, active or not; ``NotFound`` ``ENTRY_NOT_FOUND``."""
    entry = _find(desk, kind, slug.strip().lower())
    if entry is None:
        raise NotFound(
            "ENTRY_NOT_FOUND",
            N_("{slug} is not in that register", slug=slug[:60]),
            N_("`ouvidoria {kind} list` shows what is", kind=kind),
        )
    return entry


def with_fields(entry: Entry, given: Mapping[str, str]) -> Entry:
    """``entry`` with the values of ``given``, checked; an empty one takes the value away."""
    values: dict[str, object] = {}
    for name, text in given.items():
        if name in _NUMBERS:
            values[name] = _number(name, text)
        elif name == "email":
            values[name] = checked_address(text)
        elif name == "name":
            values[name] = checked_words(text, 120) or entry.slug
        elif name == "scope":
            values[name] = checked_words(text, 500) or ""
        else:
            values[name] = checked_words(text, 120)
    return replace(entry, **values)  # type: ignore[arg-type]


def _number(name: str, text: str) -> int | None:
    if not text.strip():
        return 0 if name == "rank" else None
    try:
        number = int(text)
    except ValueError:
        number = -1
    if not 0 <= number <= _NUMBERS[name]:
        raise UsageError(
            "BAD_NUMBER",
            N_("{written} is not a whole number from 0 to {most}", written=text[:20], most=_NUMBERS[name]),
            N_("write it with digits alone"),
        )
    return number


def _check_unused(desk: Desk, kind: str, slug: str) -> None:
    count = desk.store.open_tickets(kind, slug) if kind in ("department", "area") else 0
    if count:
        raise Refused(
            "REGISTER_IN_USE",
            N_("{slug} has open tickets: {count}", slug=slug, count=count),
            N_("see them with: ouvidoria queue {kind}:{slug}", kind=kind, slug=slug),
            details={"open": count},
        )
    if kind == "department" and desk.policy.policy.triage.default_department == slug:
        raise Refused(
            "REGISTER_IN_USE",
            N_("the policy names {slug} as its default department", slug=slug),
            N_("change default_department under [triage] and apply the policy first"),
        )


def _find(desk: Desk, kind: str, slug: str) -> Entry | None:
    return next((one for one in desk.store.entries(kind) if one.slug == slug), None)


def _put(desk: Desk, kind: str, before: Entry, after: Entry, change: str) -> tuple[Entry, bool]:
    if after == before:
        return before, False
    desk.store.put_entry(kind, after)
    facts = changed_fields(before, after)
    changes = facts.pop("changes", {})
    said = {name: pair for name, pair in dict(changes).items() if name not in _UNSAID}  # type: ignore[call-overload]
    recorded = {"register": kind, "slug": before.slug, "change": change, **facts}
    record_desk_act(desk, Act.REGISTER_CHANGED, {**recorded, "changes": said} if said else recorded)
    return after, True
