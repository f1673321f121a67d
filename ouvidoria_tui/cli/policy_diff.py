"""What differs between two policies: setting by setting, entries of lists by their name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.column import human as words_of
from ouvidoria_tui.present.words import say
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.domain.policy import Policy

#: By what an entry of a list is known, the first that it has.
_NAMES = ("slug", "level", "duty", "name")
_CHANGES = {"added": N_("added"), "removed": N_("removed"), "changed": N_("changed")}
_Key = tuple[str, ...]


def differences(before: Policy, after: Policy) -> Iterator[Record]:
    """``section key change before after`` of every setting that differs, in the order of ``policy show``."""
    from ouvidoria_tui.cli.policy_sheet import whole

    old, new = whole(before, None), whole(after, None)
    for section in old:
        found, wanted = old[section], new[section]
        flat = dict(_flat(found, ())), dict(_flat(wanted, ()))
        for key in sorted({*flat[0], *flat[1]}, key=_order(*flat)):
            yield from _difference(section, key, *flat)


def _order(old: Mapping[_Key, object], new: Mapping[_Key, object]) -> Callable[[_Key], int]:
    """Settings in the order of the new policy, those that only the old one has behind them."""
    places = {key: place for place, key in enumerate((*new, *(key for key in old if key not in new)))}
    return places.__getitem__


def _difference(
    section: str, key: _Key, old: Mapping[_Key, object], new: Mapping[_Key, object]
) -> Iterator[Record]:
    before, after = old.get(key), new.get(key)
    if before == after and (key in old) == (key in new):
        return
    entry = key[:1]
    if key[1:] and not any(other[:1] == entry for other in (new if key in old else old)):
        # An entry that is new or gone as a whole is one line.
        if key == next(other for other in (old if key in old else new) if other[:1] == entry):
            yield _record(section, entry, "removed" if key in old else "added", None, None)
        return
    change = "changed" if key in old and key in new else "removed" if key in old else "added"
    yield _record(section, key, change, before, after)


def _record(section: str, key: _Key, change: str, before: object, after: object) -> Record:
    return {
        "section": section,
        "key": ".".join(filter(None, key)),
        "change": change,
        "before": before,
        "after": after,
    }


def _flat(value: object, key: _Key) -> Iterator[tuple[_Key, object]]:
    """Every setting under its path; what is not set is left out."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _flat(item, (*key, str(name)))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        names = [next((str(item[name]) for name in _NAMES if name in item), None) for item in value]
        if None in names:
            yield key, [_compact(item) for item in value]
            return
        for name, item in zip(names, value, strict=True):
            yield from _flat(
                {k: v for k, v in item.items() if str(v) != name} or {"": True}, (*key, str(name))
            )
    elif isinstance(value, list) and value and isinstance(value[0], list):
        yield key, [f"{start}-{end}" for start, end in value]
    elif value is not None and value != []:
        yield key, value


def _compact(item: Mapping[str, object]) -> str:
    return " ".join(f"{name}={value}" for name, value in item.items() if value is not None)


def diff_columns(*, human: bool) -> tuple[Column, ...]:
    """The columns of :func:`differences`."""

    def change(record: Record) -> str:
        return say(_CHANGES[str(record["change"])])

    def value(which: str, title: Text) -> Column:
        def render(record: Record) -> str:
            return words_of(record[which])

        return Column(which, title, flex=True, render=render if human else None)

    return (
        Column("section", N_("Section")),
        Column("key", N_("Setting"), flex=True),
        Column("change", N_("Change"), render=change if human else None),
        value("before", N_("Before")),
        value("after", N_("After")),
    )
