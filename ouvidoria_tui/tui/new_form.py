"""What is put into the form of a registration, as values: to a draft and back. No widgets and no store here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ouvidoria_tui.domain.policy_access import REAL_TIME
from ouvidoria_tui.domain.ticket import Channel
from ouvidoria_tui.tui.draft_text import FIELD

#: The lines that are typed, in the order in which a draft keeps them.
TYPED: Final = (
    "subject",
    "text",
    "name",
    "email",
    "document",
    "plan",
    "department",
    "prior",
    "records",
    "wish",
    "occurred",
    "complained",
    "at",
    "minutes",
)
#: The lines of which one is chosen.
CHOSEN: Final = ("type", "channel", "requester", "language", "reason", "difficulty")
#: The lines in which any are ticked: what holds for who it is from, and the card of conduct.
TICKED: Final = ("marks", "conduct")
#: The marks.
ANONYMOUS, CONFIDENTIAL, AT_REQUEST = "anonymous", "confidential", "at-request"
#: Chosen where nobody says it.
UNSAID: Final = ""


@dataclass(frozen=True, slots=True)
class NewForm:
    """What stands in the form; ``customer`` is the number of the one that was chosen from the register."""

    typed: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    customer: int | None = None

    def __getitem__(self, name: str) -> str:
        """What is typed or chosen in a line, without white space around it."""
        return (self.typed.get(name) or self.chosen.get(name) or "").strip()

    def marked(self, mark: str) -> bool:
        """Whether it is anonymous, confidential, or at the customer's request."""
        return mark in self.ticked.get("marks", ())

    @property
    def somebody_new(self) -> bool:
        """Whether somebody is named who is not chosen from the register."""
        return self.customer is None and any(self[name] for name in ("name", "email", "document"))

    @property
    def spoken(self) -> bool:
        """Whether it comes in a conversation, which has minutes and a card."""
        return self["channel"] in {one.value for one in REAL_TIME}


def draft_words(form: NewForm) -> str:
    """What is typed, as a draft keeps it; blank where nothing is."""
    return FIELD.join(form.typed.get(name, "") for name in TYPED)


def draft_choice(form: NewForm) -> str:
    """What is chosen beside it."""
    return json.dumps(
        {
            "chosen": dict(form.chosen),
            "ticked": {name: list(ticked) for name, ticked in form.ticked.items()},
            "customer": form.customer,
        },
        sort_keys=True,
    )


def typed_of(words: str) -> dict[str, str]:
    """The lines of a draft."""
    return dict(zip(TYPED, words.split(FIELD), strict=False))


def choice_of(choice: str) -> NewForm:
    """What a draft says was chosen; nothing where it cannot be read."""
    try:
        kept = json.loads(choice or "{}")
        ticked = {name: tuple(map(str, kept["ticked"].get(name, ()))) for name in TICKED}
        chosen = {name: str(kept["chosen"].get(name, "")) for name in CHOSEN}
        customer = None if kept["customer"] is None else int(kept["customer"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return NewForm()
    return NewForm({}, chosen, ticked, customer)


def channel_of(form: NewForm) -> Channel:
    """The way by which it came."""
    return Channel(form["channel"] or Channel.PHONE)
