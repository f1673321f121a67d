"""The only words that can leave: those that the desk addressed to the customer, or to an area.

Whatever builds a message takes :class:`PublicWords`, and only :func:`public_words` and :func:`area_words` make them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from ouvidoria_tui.domain.access_code import MASK
from ouvidoria_tui.domain.ledger import Message, Part

_Made = NewType("_Made", object)
_MADE = _Made(object())


class NotForTheCustomer(Exception):
    """An internal text was about to leave: a note, a reason, anything but the desk's word to the customer."""


class NotForTheArea(Exception):
    """What was not said to an area was about to leave for one."""


@dataclass(frozen=True, slots=True)
class PublicWords:
    """Words for whoever the letter is for. ``subject`` is a letter's own, empty for what a person wrote."""

    text: str
    subject: str
    made: _Made

    def __post_init__(self) -> None:
        if self.made is not _MADE:
            raise NotForTheCustomer


def public_words(message: Message, code: str = "") -> PublicWords:
    """The words of ``message``, where they are the desk's to the customer; raises :class:`NotForTheCustomer`.

    ``code`` stands where the kept text has the mask of a code.
    """
    if message.part is not Part.DESK:
        raise NotForTheCustomer(message.part.value)
    text = message.text.replace(MASK, code) if code else message.text
    return PublicWords(text, message.subject, _MADE)


def area_words(message: Message) -> PublicWords:
    """The words of ``message``, where they are the desk's to an area; raises :class:`NotForTheArea`."""
    if message.part is not Part.AREA:
        raise NotForTheArea(message.part.value)
    return PublicWords(message.text, message.subject, _MADE)
