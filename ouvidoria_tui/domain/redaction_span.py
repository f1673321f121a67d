"""What is removed from a text: the kinds, their marks, and the places where something stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ouvidoria_tui.text import N_, Text


class Kind(StrEnum):
    """What a piece of personal data is."""

    NAME = "name"
    CPF = "cpf"
    CNPJ = "cnpj"
    RG = "rg"
    CNH = "cnh"
    PIS = "pis"
    VOTER = "voter"
    PASSPORT = "passport"
    HEALTH_CARD = "health-card"
    DOCUMENT = "document"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    ADDRESS = "address"
    CARD = "card"
    BANK = "bank"
    PIX = "pix"
    PLATE = "plate"
    BIRTH = "birth"
    LINK = "link"
    HANDLE = "handle"
    CUSTOMER = "customer"
    MARKED = "marked"


#: What stands in the place of what was removed; letters to areas are in the desk's own language.
MARKS: Final = {
    Kind.NAME: "[nome]",
    Kind.CPF: "[CPF]",
    Kind.CNPJ: "[CNPJ]",
    Kind.RG: "[RG]",
    Kind.CNH: "[CNH]",
    Kind.PIS: "[PIS]",
    Kind.VOTER: "[título de eleitor]",
    Kind.PASSPORT: "[passaporte]",
    Kind.HEALTH_CARD: "[cartão SUS]",
    Kind.DOCUMENT: "[documento]",
    Kind.EMAIL: "[e-mail]",
    Kind.PHONE: "[telefone]",
    Kind.POSTCODE: "[CEP]",
    Kind.ADDRESS: "[endereço]",
    Kind.CARD: "[cartão]",
    Kind.BANK: "[conta bancária]",
    Kind.PIX: "[chave Pix]",
    Kind.PLATE: "[placa]",
    Kind.BIRTH: "[data de nascimento]",
    Kind.LINK: "[link]",
    Kind.HANDLE: "[perfil]",
    Kind.CUSTOMER: "[código de cliente]",
    Kind.MARKED: "[retirado]",
}

#: What each is called.
TITLES: Final[Mapping[str, Text]] = {
    Kind.NAME: N_("name"),
    Kind.CPF: N_("CPF"),
    Kind.CNPJ: N_("CNPJ"),
    Kind.RG: N_("identity card"),
    Kind.CNH: N_("driving licence"),
    Kind.PIS: N_("PIS/NIS"),
    Kind.VOTER: N_("voter's card"),
    Kind.PASSPORT: N_("passport"),
    Kind.HEALTH_CARD: N_("health card"),
    Kind.DOCUMENT: N_("document"),
    Kind.EMAIL: N_("e-mail address"),
    Kind.PHONE: N_("telephone number"),
    Kind.POSTCODE: N_("postcode"),
    Kind.ADDRESS: N_("postal address"),
    Kind.CARD: N_("payment card"),
    Kind.BANK: N_("bank account"),
    Kind.PIX: N_("Pix key"),
    Kind.PLATE: N_("licence plate"),
    Kind.BIRTH: N_("date of birth"),
    Kind.LINK: N_("personal link"),
    Kind.HANDLE: N_("profile name"),
    Kind.CUSTOMER: N_("customer number"),
    Kind.MARKED: N_("marked by an agent"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """``[start, end)`` of a text that holds personal data; ``known`` where the desk's registers have it."""

    start: int
    end: int
    kind: Kind
    known: bool = False


def joined(spans: list[Span]) -> list[Span]:
    """The spans in their order, those that overlap made one: nothing that any of them covers is left out.

    A joined span is called what its longest part is.
    """
    found: list[Span] = []
    sizes: list[int] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        size = span.end - span.start
        if not found or span.start >= found[-1].end:
            found.append(span)
            sizes.append(size)
            continue
        last = found[-1]
        kind = span.kind if size > sizes[-1] else last.kind
        sizes[-1] = max(sizes[-1], size)
        found[-1] = Span(last.start, max(last.end, span.end), kind, last.known or span.known)
    return found
