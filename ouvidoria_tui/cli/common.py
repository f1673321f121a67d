"""What the commands that act share: protocols from arguments or standard input, moments, batches of one verb."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ouvidoria_tui.cli.output import FormatOption, choose, emit_outcomes
from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from enum import StrEnum

    from ouvidoria_tui.desk.act import When
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.outcome import Outcome
    from ouvidoria_tui.domain.language import Language
    from ouvidoria_tui.domain.permission import Verb

Protocols = Annotated[
    list[str], typer.Argument(metavar="P...", help=_("Protocols; - reads them from the standard input"))
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="DATE", help=_("When it happened, where that is past (needs a note or reason)")
    ),
]
#: The same for acts whose own words are reason enough.
PastOption = Annotated[
    str | None, typer.Option("--at", metavar="DATE", help=_("When it happened, where that is past"))
]
NoteOption = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help=_("An internal reason kept with the act"))
]
ComplainedOption = Annotated[
    str | None, typer.Option("--complained", metavar="NAME", help=_("The department that had not solved it"))
]
OccurredOption = Annotated[str | None, typer.Option("--occurred", metavar="DATE", help=_("When it happened"))]
RevisionOption = Annotated[
    int | None,
    typer.Option(
        "--revision", metavar="N", help=_("Refuse where the ticket has changed since this revision")
    ),
]

#: For whatever leaves for a customer in an agent's own words (S4-03).
ToneOption = Annotated[
    bool,
    typer.Option("--confirm-tone", help=_("Let it leave although its tone was held (TONE_WARNING)")),
]

_E = TypeVar("_E", bound="StrEnum")

__all__ = [
    "AtOption",
    "FormatOption",
    "NoteOption",
    "PastOption",
    "Protocols",
    "RevisionOption",
    "ToneOption",
]


def each(protocols: Sequence[str]) -> Iterator[str]:
    """The protocols of a call: the arguments, and for ``-`` the first word of every line of standard input."""
    for protocol in protocols:
        if protocol != "-":
            yield protocol
            continue
        for line in sys.stdin:
            words = line.split()
            if words and not words[0].startswith("#") and words[0] != "protocol":
                yield words[0]


def perform(
    given: Globals,
    fmt: str | None,
    protocols: Sequence[str],
    verb: Verb,
    one: Callable[[Desk, str], Outcome],
    *,
    confirm_tone: bool = False,
) -> int:
    """The exit code of one verb over many tickets; outcomes are printed as their chunk is committed.

    ``confirm_tone``: words that were held for their tone may leave.
    """
    from ouvidoria_tui.desk.act import batch

    chosen = choose(given, fmt)
    with given.desk() as opened:
        desk = opened.confirming_tone(confirm_tone)
        outcomes = batch(desk, each(protocols), verb, lambda ref: one(desk, ref))
        return emit_outcomes(given, chosen, outcomes)


def moment(desk: Desk, at: str | None, reason: str | None = None) -> When:
    """The moment of ``--at`` at the desk's own time zone, with its reason."""
    from ouvidoria_tui.desk.act import When

    return When(epoch(desk, at), reason)


def epoch(desk: Desk, at: str | None) -> int | None:
    """UTC epoch seconds of ``--at`` as the desk's zone reads it; ``UsageError`` ``BAD_TIME``."""
    if at is None:
        return None
    from ouvidoria_tui.present.dates import parse_when

    return parse_when(at, desk.policy.policy.zone, desk.clock.now())


def written_in(written: str | None) -> Language | None:
    """The language that ``--language`` names; an empty one is none. ``UsageError`` ``BAD_LANGUAGE``."""
    from ouvidoria_tui.domain.language import language_named

    if not (written or "").strip():
        return None
    named = language_named(written or "")
    if named is None:
        raise UsageError(
            "BAD_LANGUAGE",
            N_("there is no language {lang}", lang=(written or "")[:20]),
            N_("use pt-BR or en"),
        )
    return named


def choice(kind: type[_E], written: str | None, option: str) -> _E | None:
    """The value of a closed vocabulary; ``UsageError`` ``BAD_CHOICE`` naming the values there are."""
    if written is None:
        return None
    try:
        return kind(written.strip().lower())
    except ValueError:
        raise UsageError(
            "BAD_CHOICE",
            N_("{option} cannot be {written}", option=option, written=written[:40]),
            N_("choose one of: {names}", names=", ".join(item.value for item in kind)),
        ) from None
