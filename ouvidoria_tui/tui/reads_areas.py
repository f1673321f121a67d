"""What the console asks about areas: those there are, and which of them owe a ticket an answer."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.forward import owed
from ouvidoria_tui.tui.messages import Target


@dataclass(frozen=True, slots=True)
class Areas:
    """Slug → name of every area, and the slugs of those that owe an answer on the one ticket asked about."""

    targets: tuple[Target, ...]
    names: dict[str, str]
    owing: tuple[str, ...] = ()


def areas(desk: Desk, targets: tuple[Target, ...]) -> Areas:
    """The areas for a request about ``targets``."""
    names = dict(sorted(desk.store.known_slugs("area").items(), key=lambda item: item[1].casefold()))
    owing: tuple[str, ...] = ()
    if len(targets) == 1:
        owing = tuple(one.area for one in owed(desk, desk.store.get(targets[0].id)))
    return Areas(targets, names, owing)
