"""What an answer says beside its words: whether the customer's wish was met, what became of a suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ouvidoria_tui.domain.case_work import CaseWork
from ouvidoria_tui.domain.policy_work import WorkRule
from ouvidoria_tui.domain.ticket import Merit, Ticket, Type
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_


class Wish(StrEnum):
    """What became of what the customer wanted (S4-14)."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"


class Decision(StrEnum):
    """What became of a suggestion (S4-31)."""

    ACCEPTED = "accepted"
    STUDIED = "studied"
    REFUSED = "refused"


#: The template that informs and concludes nothing, and those that conclude.
POSITION: Final = "T3"
CONCLUSIVE: Final = ("C1", "C2", "C3", "C4")


@dataclass(frozen=True, slots=True)
class Concluding:
    """What a conclusive answer declares; recorded as facts of its event."""

    wish: Wish | None = None
    decision: Decision | None = None

    def facts(self) -> dict[str, object]:
        """What the event holds of it."""
        said = {"wish": self.wish, "decision": self.decision}
        return {name: value.value for name, value in said.items() if value is not None}


NOTHING: Final = Concluding()


@dataclass(frozen=True, slots=True)
class Wanted:
    """An answer by a template: the agent's own ``text`` and ``values`` for places that the case does not fill."""

    template: str
    text: str = ""
    concluding: Concluding = NOTHING
    values: Mapping[str, str] = field(default_factory=dict)


def undeclared(ticket: Ticket, work: CaseWork, rule: WorkRule, said: Concluding) -> Iterator[Refused]:
    """What a conclusive answer must declare and does not: ``WISH_UNANSWERED``, ``SUGGESTION_UNDECIDED``."""
    if rule.wish and work.wish is not None and said.wish is None:
        yield Refused(
            "WISH_UNANSWERED",
            N_(
                "the answer to {protocol} does not say whether the customer's wish was met",
                protocol=ticket.protocol,
            ),
            N_(
                "say it with `ouvidoria reply --conclusive --wish met|partly|not`, in the words of the answer too"
            ),
        )
    if rule.decision and ticket.type is Type.SUGGESTION and said.decision is None:
        yield Refused(
            "SUGGESTION_UNDECIDED",
            N_(
                "the answer to {protocol} does not say what becomes of the suggestion",
                protocol=ticket.protocol,
            ),
            N_("decide with `ouvidoria reply --template C3 --decision accepted|studied|refused --text`"),
        )


def unfitting(ticket: Ticket, template: str) -> Refused | None:
    """``TEMPLATE_NOT_FITTING`` where a template says something else than the case: S4-31, CDC art. 26."""
    type_, merit = ticket.type, ticket.merit
    wrong = {
        "C1": merit is Merit.UNFOUNDED or type_ in (Type.SUGGESTION, Type.PRAISE),
        "C2": merit is not Merit.UNFOUNDED,
        "C3": type_ is not Type.SUGGESTION,
        "C4": type_ is not Type.PRAISE,
    }
    if not wrong.get(template):
        return None
    fits = next((name for name, bad in wrong.items() if not bad), "C1")
    return Refused(
        "TEMPLATE_NOT_FITTING",
        N_("the template {template} does not fit {protocol}", template=template, protocol=ticket.protocol),
        N_(
            "{template} is for such a case; `ouvidoria assess` and `ouvidoria classify` say what it is",
            template=fits,
        ),
    )
