"""The filter line: one text, the same in the console and in every command that takes a QUERY.

``parse`` makes values of it; ``store.search`` makes bound parameters of those. Every term must hold (AND);
the values of one field are alternatives (OR); a leading ``-`` turns one term round.
"""

from __future__ import annotations

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.query_error import bad_query, caret, shown
from ouvidoria_tui.domain.query_fields import BY_NAME, FIELDS, FieldSpec, Kind, fields_help
from ouvidoria_tui.domain.query_lex import Piece, Value, pieces
from ouvidoria_tui.domain.query_terms import (
    ANY,
    ME,
    NONE,
    Compare,
    Field,
    Has,
    Is,
    Period,
    Query,
    Term,
    Words,
    wants_closed,
)
from ouvidoria_tui.domain.query_values import Span, read_period, read_span
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_, Text

__all__ = [
    "ANY",
    "MAX_LENGTH",
    "MAX_TERMS",
    "ME",
    "NONE",
    "Compare",
    "Field",
    "Has",
    "Is",
    "Period",
    "Query",
    "Term",
    "Words",
    "caret",
    "fields_help",
    "parse",
    "wants_closed",
]

#: Limits of one query; every value of a field counts as a term.
MAX_LENGTH = 2000
MAX_TERMS = 64

_NOBODY = {"none", "nenhum", "nenhuma", "ninguem", "nobody"}
_MYSELF = {"me", "eu", "mim"}


def parse(text: str) -> Query:
    """The query that ``text`` says.

    Raises ``UsageError`` ``BAD_QUERY`` for anything it cannot read, and nothing else; its details hold
    ``column`` (from 1) and ``query``: see :func:`caret`.
    """
    if len(text) > MAX_LENGTH:
        raise bad_query(
            text[: MAX_LENGTH + 1],
            MAX_LENGTH,
            N_("the query is longer than {limit} characters", limit=MAX_LENGTH),
            N_("shorten it"),
        )
    terms: list[Term] = []
    count = 0
    for piece in pieces(text):
        count += max(1, len(piece.values))
        if count > MAX_TERMS:
            raise bad_query(
                text,
                piece.at,
                N_("the query has more than {limit} words and values", limit=MAX_TERMS),
                N_("shorten it"),
            )
        terms.append(_term(text, piece))
    return Query(tuple(terms))


def _term(text: str, piece: Piece) -> Term:
    if not piece.op:
        value = piece.values[0]
        return Words(value.text, value.quoted, piece.negated)
    name_at = piece.at + piece.negated
    spec = BY_NAME.get(fold(piece.name))
    if spec is None:
        if not piece.values and piece.op == ":":
            # "Assunto: boleto" pasted from a mail: a word at the end of which a colon happens to stand.
            return Words(piece.name, negated=piece.negated)
        raise _unknown_field(text, name_at, piece.name)
    op_at = name_at + len(piece.name)
    if not piece.values:
        raise _bad_value(text, op_at + len(piece.op), spec, N_("{field} needs a value", field=spec.name))
    if piece.op == ":":
        return _equals(text, piece, spec)
    return _compares(text, piece, spec, op_at)


def _equals(text: str, piece: Piece, spec: FieldSpec) -> Term:
    """``name:value,value``"""
    if Kind.PERIOD in spec.kinds:
        return Period(spec.name, tuple(_span(text, spec, value) for value in piece.values), piece.negated)
    if Kind.SPAN in spec.kinds:
        raise _bad_value(
            text, piece.values[0].at, spec, N_("{field} is compared with a length of time", field=spec.name)
        )
    if spec.values:
        slugs = tuple(_slug(text, spec, value) for value in piece.values)
        if Kind.IS in spec.kinds:
            return Is(slugs, piece.negated)
        return Has(slugs, piece.negated) if Kind.HAS in spec.kinds else Field(spec.name, slugs, piece.negated)
    return Field(spec.name, tuple(_special(spec, value) for value in piece.values), piece.negated)


def _compares(text: str, piece: Piece, spec: FieldSpec, op_at: int) -> Term:
    """``name<value``; an ordered list of values becomes those that the comparison allows."""
    if len(piece.values) > 1:
        raise _bad_value(
            text, piece.values[1].at, spec, N_("{field} is compared with one value only", field=spec.name)
        )
    value = piece.values[0]
    if Kind.SPAN in spec.kinds:
        seconds = read_span(value.text)
        if seconds is None or (seconds < 0 and spec.name != "due"):
            raise _bad_value(
                text, value.at, spec, N_("this is not a length of time: {value}", value=shown(value.text))
            )
        return Compare(spec.name, piece.op, seconds, piece.negated)
    if spec.ordered:
        ranks = [slug for slug in spec.values if slug != NONE]
        wanted = _slug(text, spec, value)
        if wanted in ranks:
            place = ranks.index(wanted)
            equal = (wanted,) if "=" in piece.op else ()
            slugs = (*ranks[:place], *equal) if "<" in piece.op else (*equal, *ranks[place + 1 :])
            return Field(spec.name, slugs, piece.negated)
    raise bad_query(
        text,
        op_at,
        N_("{field} cannot be compared like this", field=spec.name),
        N_(
            "compare due, age, silent, severity, difficulty or level; other fields take a colon: {example}",
            example=spec.example,
        ),
    )


def _slug(text: str, spec: FieldSpec, value: Value) -> str:
    slug = spec.canonical(value.text)
    if slug is None:
        raise _bad_value(
            text,
            value.at,
            spec,
            N_("{field} has no value {value}", field=spec.name, value=shown(value.text)),
        )
    return slug


def _span(text: str, spec: FieldSpec, value: Value) -> Span:
    span = read_period(value.text)
    if span is None:
        raise _bad_value(
            text,
            value.at,
            spec,
            N_("this is not a date or a range of dates: {value}", value=shown(value.text)),
        )
    return span


def _special(spec: FieldSpec, value: Value) -> str:
    """The written text, or ``me`` and ``none`` in their one spelling; quotes make them text."""
    if value.quoted:
        return value.text
    folded = fold(value.text)
    if folded in _NOBODY:
        return NONE
    if Kind.PERSON in spec.kinds and folded in _MYSELF:
        return ME
    return value.text


def _unknown_field(text: str, at: int, name: str) -> UsageError:
    # Only a mistake needs it, and it is slow to import.
    from difflib import get_close_matches

    names = ", ".join(spec.name for spec in FIELDS)
    near = get_close_matches(fold(name)[:40], list(BY_NAME), n=1)
    hint: Text
    if near:
        hint = N_("did you mean {near}? Fields: {names}. Quotes make it text", near=near[0], names=names)
    else:
        hint = N_("fields: {names}. Quotes make it text", names=names)
    return bad_query(text, at, N_("there is no field {name}", name=shown(name)), hint)


def _bad_value(text: str, at: int, spec: FieldSpec, message: Text) -> UsageError:
    if spec.values:
        hint = N_(
            "values of {field}: {names}; for example {example}",
            field=spec.name,
            names=", ".join(spec.values),
            example=spec.example,
        )
    elif Kind.SPAN in spec.kinds and Kind.PERIOD in spec.kinds:
        hint = N_(
            "compare {field} with minutes, hours, days or weeks, or give a date: due<2d, due:today",
            field=spec.name,
        )
    elif Kind.SPAN in spec.kinds:
        hint = N_(
            "compare {field} with minutes, hours, days or weeks: {example}, or 30m, 8h, 1w",
            field=spec.name,
            example=spec.example,
        )
    elif Kind.PERIOD in spec.kinds:
        hint = N_(
            "write {field}:2026, {field}:2026-10, {field}:2026-10-21 or {field}:2026-10..2026-12",
            field=spec.name,
        )
    else:
        hint = N_("write it without a space: {example}", example=spec.example)
    return bad_query(text, at, message, hint)
