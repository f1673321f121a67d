"""Whether words say who somebody is: what goes to others from a confidential ticket goes without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.fold import fold

#: On a ticket whose customer has answered whether they may be named to others.
GIVEN, REFUSED = "consent-given", "consent-refused"

#: On a ticket of somebody who gave no name.
ANONYMOUS = "anonymous"

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d(?:[\s./-]{0,2}\d)*")
#: Shorter parts of a name (de, da, e) are in every text, and so are shorter numbers.
_SHORTEST, _DIGITS = 3, 5


class Trait(StrEnum):
    """What gives a person away."""

    NAME = "name"
    ADDRESS = "address"
    DOCUMENT = "document"
    NUMBER = "number"


def named_in(words: str, customer: Customer, contacts: Iterable[Contact] = ()) -> tuple[Trait, ...]:
    """By what ``words`` name the customer or one of its contacts; empty where they do not.

    A name is there with two of its parts, or with all of it where it is one word; accents, case and the marks in
    numbers make no difference.
    """
    return tuple(dict.fromkeys(_traits(words, customer, list(contacts))))


def _traits(words: str, customer: Customer, contacts: list[Contact]) -> Iterator[Trait]:
    folded = fold(words)
    said = set(_WORD.findall(folded))
    numbers = {re.sub(r"\D", "", number) for number in _NUMBER.findall(words)}
    for name in (customer.name, *(one.name for one in contacts)):
        parts = {part for part in _WORD.findall(fold(name or "")) if len(part) >= _SHORTEST}
        if parts and len(parts & said) >= min(2, len(parts)):
            yield Trait.NAME
    for address in (customer.email, *(one.email for one in contacts)):
        if address and fold(address) in folded:
            yield Trait.ADDRESS
    document = re.sub(r"\D", "", customer.document or "")
    if len(document) >= _DIGITS and any(document in number for number in numbers):
        yield Trait.DOCUMENT
    known = fold(customer.external_id or "")
    if len(known) >= _SHORTEST and known in said:
        yield Trait.NUMBER
