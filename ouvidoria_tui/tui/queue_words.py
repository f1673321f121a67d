"""The words around the queue: views with counts, what the filter found, the title's figures. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ouvidoria_tui.domain.views import View
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.text import N_, Text
from ouvidoria_tui.tui.reads import CAP, Order
from ouvidoria_tui.tui.theme import Glyphs

#: The figures of the title, by the filter line that counts them.
FIGURES: Mapping[str, str] = {"overdue": "is:overdue", "today": "due:today", "open": ""}
_FIGURES: Mapping[str, Text] = {"overdue": N_("overdue"), "today": N_("today"), "open": N_("open tickets")}
#: The built-in filter lines as a Portuguese agent would type them; both spellings mean the same.
_QUERIES: Mapping[str, Text] = {
    "owner:me": N_("owner:me"),
    "owner:none": N_("owner:none"),
    "due<2d": N_("due<2d"),
    "is:escalated": N_("is:escalated"),
    "admission:pending": N_("admission:pending"),
}
_ORDERS: Mapping[str, Text] = {"arrival": N_("arrival"), "due": N_("deadline"), "severity": N_("severity")}
ORDERS: tuple[Order, ...] = ("arrival", "due", "severity")


def written(query: str) -> str:
    """A built-in filter line in the language in force."""
    return say(_QUERIES[query]) if query in _QUERIES else query


def capped(count: int | None, *, cap: int = CAP) -> str:
    """A count as it is shown: ``500+`` beyond the cap, nothing while it is unknown."""
    if count is None:
        return ""
    return f"{cap}+" if count > cap else str(count)


def view_labels(views: Sequence[View], counts: Mapping[str, int]) -> list[str]:
    """``1 Minhas 14`` for every view."""
    return [
        f"{number} {say(view.title)} {capped(counts.get(view.name))}".rstrip()
        for number, view in enumerate(views, 1)
    ]


def figures(counts: Mapping[str, int], login: str, glyphs: Glyphs) -> str:
    """``vencidas 3 · hoje 9 · abertas 128   m.souza``"""
    shown = [f"{say(words)} {capped(counts[name])}" for name, words in _FIGURES.items() if name in counts]
    return f"{f' {glyphs.dot} '.join(shown)}   {login}".strip()


def found(
    total: int, more: bool, of: int | None, order: Order, marked: int, hidden: int, glyphs: Glyphs
) -> Sequence[str]:
    """The facts of the filter line, the most wanted first: how many of how many, the order, the marks."""
    many = f"{CAP}+" if more else f"{total:d}"
    facts = [many if of is None else _("{many} of {all}", many=many, all=capped(of))]
    if marked:
        marks = plural("{count} marked", "{count} marked", marked)
        facts.append(f"{marks} {_('({count} hidden)', count=hidden)}" if hidden else marks)
    facts.append(_("order: {order} {arrow}", order=say(_ORDERS[order]), arrow=glyphs.rising))
    return facts


def pill(arrivals: int) -> str:
    """``3 novas · F5``, or nothing."""
    if not arrivals:
        return ""
    if arrivals > CAP:
        return _("more than {count} new · F5", count=CAP)
    return plural("{count} new · F5", "{count} new · F5", arrivals)
