"""The fields of the filter line and the values they take, with their Portuguese names.

One table serves the parser, the hints of its errors and the generated reference. Names and values are
written folded here, because what a person types is folded before it is looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.query_choices import (
    ADMISSION,
    CHANNEL,
    DIFFICULTY,
    HAS,
    IS,
    LANE,
    MERIT,
    REASON,
    SEVERITY,
    STATUS,
    TURN,
    TYPE,
    YES_NO,
    Values,
)
from ouvidoria_tui.text import N_, Text

__all__ = ["BY_NAME", "FIELDS", "FieldHelp", "FieldSpec", "Kind", "fields_help"]


class Kind(Enum):
    """What stands after the colon (or the comparison)."""

    CHOICE = "one of a closed list"
    REGISTER = "a slug of a register, or its beginning with *, or none"
    PERSON = "a login, me or none"
    TEXT = "any text"
    SPAN = "a length of time after < <= > >="
    PERIOD = "a day, a month, a year or a range of them"
    IS = "a property"
    HAS = "a thing the ticket may have"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its name, its other names, what it takes. ``ordered`` values may also be compared."""

    name: str
    kinds: tuple[Kind, ...]
    about: Text
    example: str
    aliases: tuple[str, ...] = ()
    values: Values = field(default_factory=dict)
    ordered: bool = False

    def canonical(self, value: str) -> str | None:
        """The slug of a written value, in either language, or ``None`` where there is no such value."""
        wanted = fold(value).replace("_", "-").replace(" ", "-")
        for slug, others in self.values.items():
            if wanted == slug or wanted in others:
                return slug
        return None


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """A line of the reference: what a field is called, which values it takes, an example."""

    name: str
    aliases: tuple[str, ...]
    values: tuple[str, ...]
    about: Text
    example: str


FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec(
        "status", (Kind.CHOICE,), N_("the status"), "status:open,customer-reply", ("situacao",), STATUS
    ),
    FieldSpec(
        "owner",
        (Kind.PERSON,),
        N_("who works on it: a login, me, none"),
        "owner:me",
        ("dono", "dona", "assignee", "responsavel"),
    ),
    FieldSpec("type", (Kind.CHOICE,), N_("the type of manifestation"), "type:complaint", ("tipo",), TYPE),
    FieldSpec(
        "dept",
        (Kind.REGISTER,),
        N_("the department"),
        "dept:financeiro",
        ("department", "depto", "departamento", "setor"),
    ),
    FieldSpec("area", (Kind.REGISTER,), N_("the area that was asked"), "area:logistica"),
    FieldSpec("plan", (Kind.REGISTER,), N_("the customer's plan"), "plan:premium", ("plano",)),
    FieldSpec("cause", (Kind.REGISTER,), N_("the cause"), "cause:cobranca-*", ("causa", "motivo")),
    FieldSpec(
        "severity",
        (Kind.CHOICE,),
        N_("how grave the problem is"),
        "severity>=high",
        ("gravidade",),
        SEVERITY,
        ordered=True,
    ),
    FieldSpec(
        "difficulty",
        (Kind.CHOICE,),
        N_("how hard the problem is to solve"),
        "difficulty:complex",
        ("dificuldade",),
        DIFFICULTY,
        ordered=True,
    ),
    FieldSpec("channel", (Kind.CHOICE,), N_("the way in"), "channel:email,phone", ("canal",), CHANNEL),
    FieldSpec(
        "customer",
        (Kind.TEXT,),
        N_("the customer's name, e-mail or external id"),
        'customer:"Maria Silva"',
        ("cliente", "manifestante"),
    ),
    FieldSpec(
        "confidential",
        (Kind.CHOICE,),
        N_("whether it is confidential"),
        "confidential:yes",
        ("sigilo", "sigiloso", "sigilosa", "confidencial"),
        YES_NO,
    ),
    FieldSpec(
        "level",
        (Kind.CHOICE,),
        N_("the level of escalation, 0 to 9"),
        "level>=2",
        ("nivel",),
        {str(number): (f"n{number}",) for number in range(10)},
        ordered=True,
    ),
    FieldSpec("lane", (Kind.CHOICE,), N_("the lane of the queue"), "lane:legal-priority", ("fila",), LANE),
    FieldSpec("turn", (Kind.CHOICE,), N_("who has to move next"), "turn:customer", ("vez",), TURN),
    FieldSpec(
        "admission",
        (Kind.CHOICE,),
        N_("what triage found"),
        "admission:pending",
        ("admissao", "admissibilidade", "triagem", "triage"),
        ADMISSION,
    ),
    FieldSpec("merit", (Kind.CHOICE,), N_("the assessment"), "merit:founded", ("procedencia",), MERIT),
    FieldSpec(
        "reason",
        (Kind.CHOICE,),
        N_("why it was closed"),
        "reason:solved",
        ("close-reason", "encerramento", "motivo-fechamento"),
        REASON,
    ),
    FieldSpec(
        "tag", (Kind.TEXT,), N_("a flag of the ticket"), "tag:vip", ("flag", "marcador", "etiqueta", "tags")
    ),
    FieldSpec("protocol", (Kind.TEXT,), N_("the protocol number"), "protocol:2026-000123-8", ("protocolo",)),
    FieldSpec(
        "due",
        (Kind.SPAN, Kind.PERIOD),
        N_("the time left to the next deadline, or its date"),
        "due<2d",
        ("prazo", "vencimento", "vence"),
    ),
    FieldSpec("age", (Kind.SPAN,), N_("the time since it arrived"), "age>5d", ("idade",)),
    FieldSpec(
        "silent",
        (Kind.SPAN,),
        N_("the time since the customer last heard of an open ticket that is not the customer's turn"),
        "silent>5d",
        ("silencio", "sem-noticia", "sem-posicao"),
    ),
    FieldSpec(
        "opened",
        (Kind.PERIOD,),
        N_("the date it arrived"),
        "opened:2026-10",
        ("aberta", "aberto", "abertura", "arrived", "chegada", "recebida", "recebido"),
    ),
    FieldSpec(
        "answered",
        (Kind.PERIOD,),
        N_("the date it was answered"),
        "answered:2026-10-21",
        ("respondida", "respondido", "resposta"),
    ),
    FieldSpec(
        "closed",
        (Kind.PERIOD,),
        N_("the date it was closed"),
        "closed:2026-10..2026-12",
        ("fechada", "fechado", "encerrada", "encerrado"),
    ),
    FieldSpec("is", (Kind.IS,), N_("a property"), "is:overdue", ("e", "esta"), IS),
    FieldSpec("has", (Kind.HAS,), N_("what it has"), "has:attachment", ("tem", "com"), HAS),
)

#: Every accepted name, in either language, folded → its field.
BY_NAME: Mapping[str, FieldSpec] = {
    name: spec for spec in FIELDS for name in (spec.name, *(fold(alias) for alias in spec.aliases))
}


def fields_help() -> list[FieldHelp]:
    """The reference of the filter line: every field with its other names, its values and an example."""
    return [
        FieldHelp(spec.name, spec.aliases, tuple(spec.values), spec.about, spec.example) for spec in FIELDS
    ]
