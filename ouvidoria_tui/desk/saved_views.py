"""An agent's own views: queries with a name, hers alone. No event is made of them, as of drafts."""

from __future__ import annotations

from typing import Literal

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.query import parse
from ouvidoria_tui.domain.views import VIEWS, View
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_, Text

#: So many views an agent keeps; the console has keys for the first three.
MOST = 50
_QUERY_LIMIT = 1_000


def save(desk: Desk, name: str, query: str, order: Literal["arrival", "due", "severity"] = "arrival") -> View:
    """The query kept under a name, in place of what the agent had under it.

    Raises ``UsageError`` ``BAD_NAME``, ``TEXT_TOO_LONG``, ``BAD_QUERY``; ``Refused`` ``VIEW_NAME_TAKEN`` for a view
    that every desk has, ``TOO_MANY_VIEWS``.
    """
    slug = slugify(name)
    if not slug:
        raise UsageError(
            "BAD_NAME",
            N_("{kind} has no letter or digit in its name", kind="view"),
            N_("give it a name that can be written"),
        )
    if any(slug in (view.name, view.alias) for view in VIEWS):
        raise Refused(
            "VIEW_NAME_TAKEN",
            N_("every desk has a view {name}", name=slug),
            N_("give yours another name"),
        )
    if len(query) > _QUERY_LIMIT:
        raise UsageError(
            "TEXT_TOO_LONG",
            N_("{size} characters are too many, {limit} are allowed", size=len(query), limit=_QUERY_LIMIT),
            N_("give a shorter query"),
        )
    parse(query)
    view = View(slug, slug, Text("{name}", {"name": slug}), query.strip(), order)
    with desk.store.transaction():
        known = [one.name for one in own(desk)]
        if slug not in known and len(known) >= MOST:
            raise Refused(
                "TOO_MANY_VIEWS",
                N_("{count} views are kept already", count=MOST),
                N_("remove one with `ouvidoria view remove`"),
            )
        desk.store.save_view(desk.agent.id, view, desk.clock.now())
    return view


def remove(desk: Desk, name: str) -> str:
    """The name of the view that is kept no longer; ``NotFound`` ``VIEW_NOT_FOUND``."""
    slug = slugify(name)
    with desk.store.transaction():
        if not desk.store.remove_view(desk.agent.id, slug):
            raise NotFound(
                "VIEW_NOT_FOUND",
                N_("you have no view {name}", name=name[:40]),
                N_("`ouvidoria view list` shows yours"),
            )
    return slug


def own(desk: Desk) -> list[View]:
    """The agent's own views, in the order in which they were first saved."""
    return desk.store.saved_views(desk.agent.id)
