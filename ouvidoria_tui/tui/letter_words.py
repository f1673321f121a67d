"""What the compose screen says of letters by template: what each is for, and where an open place is filled. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ouvidoria_tui.domain.answer import POSITION, Wanted
from ouvidoria_tui.present.words import _, say, term
from ouvidoria_tui.text import N_, Text
from ouvidoria_tui.tui.letter_check import names_left

#: What each template is for, in the order in which they are offered.
ABOUT: Final[Mapping[str, Text]] = {
    POSITION: N_("how it stands: tells, answers nothing"),
    "C1": N_("conclusive: founded, in part, or no complaint"),
    "C2": N_("conclusive: unfounded, said and dated"),
    "C3": N_("conclusive: the decision on a suggestion"),
    "C4": N_("conclusive: praise was delivered"),
}
_MERIT = N_("W, Merit, with grounds")
_DECISION = N_("W, Decision on the suggestion")
#: Where a place is filled from the case; of some templates otherwise.
_FROM: Final[Mapping[str, Text]] = {
    "resultado": _MERIT,
    "fundamento": _MERIT,
    "medidas": N_("W, Measure that is taken, or No measure"),
    "desejo": N_("F8, and what became of the wish"),
}
_FROM_SUGGESTION: Final[Mapping[str, Text]] = {"resultado": _DECISION, "fundamento": _DECISION}


def open_words(template: str, text: str) -> str:
    """Which places of the letter are open and where each is filled; empty where none is."""
    names = names_left(text)
    if not names:
        return ""
    told = [f"{name} ({where})" if (where := _where(template, name)) else name for name in names]
    return _(
        "TEMPLATE_INCOMPLETE: {places}; or write over it in the text",
        places="; ".join(told),
    )


def _where(template: str, name: str) -> str:
    if template == POSITION:
        return _("how the case stands, in your words") if name == "resultado" else ""
    found = (_FROM_SUGGESTION if template == "C3" else {}).get(name) or _FROM.get(name)
    return "" if found is None else say(found)


def letter_line(wanted: Wanted, dot: str) -> str:
    """The template that is chosen, what it counts as, and what it declares."""
    wish = wanted.concluding.wish
    counts = _("tells, answers nothing") if wanted.template == POSITION else _("conclusive answer")
    declares = "" if wish is None else _("wish {wish}", wish=term(wish))
    parts = (_("Template {name}", name=wanted.template), counts, declares)
    return f" {dot} ".join(part for part in parts if part)
