"""What is said of bytes that are no message: they go to quarantine with this reason, and the run goes on."""

from __future__ import annotations

from enum import StrEnum

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_, Text


class Why(StrEnum):
    """Why bytes cannot be read as a message."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NO_MESSAGE = "no-message"


_SENTENCES: dict[Why, Text] = {
    Why.EMPTY: N_("there is nothing in it"),
    Why.TOO_LARGE: N_("it is larger than the desk accepts"),
    Why.NO_MESSAGE: N_("no header of a message is in it"),
}


class MailUnreadable(UsageError):
    """Nothing of these bytes can be read as mail; ``why`` is the reason, ``size`` how many bytes there are."""

    def __init__(self, why: Why, size: int) -> None:
        self.why = why
        self.size = size
        super().__init__(
            "MAIL_UNREADABLE",
            N_("the message cannot be read: {reason}", reason=_SENTENCES[why]),
            N_("look at its raw bytes in the quarantine, then ask the sender for it in another form"),
            details={"reason": why.value, "size": size},
        )
