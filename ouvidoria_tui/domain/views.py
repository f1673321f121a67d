"""The views that every desk has: named queries, the same on the command line and in the console (keys 1 to 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_, Text


@dataclass(frozen=True, slots=True)
class View:
    """A query with a name in both languages and the order that suits it."""

    name: str
    alias: str
    title: Text
    query: str
    order: Literal["arrival", "due", "severity"] = "arrival"


VIEWS: tuple[View, ...] = (
    View("mine", "minhas", N_("Mine"), "owner:me"),
    View("unowned", "sem-dono", N_("Unowned"), "owner:none"),
    View("due", "vencendo", N_("Due soon"), "due<2d", "due"),
    View("escalated", "escaladas", N_("Escalated"), "is:escalated", "due"),
    View("all", "todas", N_("All"), ""),
    View("triage", "triagem", N_("For triage"), "admission:pending"),
)


def view_of(name: str, own: Sequence[View] = ()) -> View:
    """The view of a name in either language, or one of the agent's ``own``; ``UsageError`` ``UNKNOWN_VIEW``."""
    wanted = fold(name.strip()).replace(" ", "-").replace("_", "-")
    for view in (*VIEWS, *own):
        if wanted in (view.name, view.alias):
            return view
    names = [f"{view.name} ({view.alias})" for view in VIEWS] + [view.name for view in own]
    raise UsageError(
        "UNKNOWN_VIEW",
        N_("there is no view {name}", name=name[:40]),
        N_("the views are: {names}", names=", ".join(names)),
    )
