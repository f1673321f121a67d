"""What commands print: lists in every format, and how acts ended. stdout is data, stderr narration."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.column import Column, Record
from ouvidoria_tui.present.words import _, say, status_label
from ouvidoria_tui.present.writers import FORMATS, Format, default_format, write
from ouvidoria_tui.text import N_, Text

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.outcome import Outcome

#: The option of every command that prints a list: ``fmt: FormatOption = None``.
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=_("table, tsv, csv, json, jsonl or md (default: table on a terminal, else tsv)"),
    ),
]

#: The keys of an act in the machine formats: a contract.
ACT_KEYS: Final = ("protocol", "verb", "result", "code", "message", "status", "revision")

#: What is said of an act that was done, by its verb.
_DONE: Final = {
    "receive": N_("registered"),
    "assign": N_("assigned"),
    "take": N_("taken"),
    "next": N_("taken"),
    "start": N_("in progress"),
    "return": N_("returned to the queue"),
    "reply": N_("answered"),
    "ask": N_("information asked for"),
    "note": N_("note written"),
    "customer-reply": N_("customer's message recorded"),
    "close": N_("closed"),
    "reopen": N_("reopened"),
    "transfer": N_("moved to another department"),
    "classify": N_("classified"),
    "escalate": N_("escalated"),
    "ack": N_("escalation acknowledged"),
    "hand-back": N_("handed back"),
    "extend": N_("deadline extended, the customer told"),
    "suspend": N_("clock suspended"),
    "resume": N_("clock resumed"),
    "interrupt": N_("clock started again"),
    "delay-notice": N_("the customer told of the delay"),
    "forward": N_("the area was asked"),
    "area-answer": N_("the area's answer recorded"),
    "area-waive": N_("going on without the area"),
    "consent": N_("consent noted"),
    "attach": N_("file attached"),
    "triage": N_("triaged"),
    "prior-records": N_("records of the earlier attendance kept"),
    "position": N_("position recorded"),
    "assess": N_("merit assessed"),
    "conflict": N_("conflict of interest declared"),
    "customer-view": N_("customer's view recorded"),
    "team": N_("team named"),
    "measure": N_("measures recorded"),
    "improvement": N_("improvement recorded"),
    "quality": N_("quality checked"),
    "reproduce": N_("attempt to reproduce recorded"),
    "confirm-written": N_("written confirmation recorded"),
    "remind": N_("customer reminded"),
    "access-code": N_("access code"),
    "inform": N_("customer told how it stands"),
    "survey": N_("survey answered"),
    "decide": N_("suggestion decided"),
    "hand-on": N_("praise recorded"),
    "elements": N_("elements of the report checked"),
    "review": N_("second reader's part recorded"),
    "mediate": N_("outcome of the mediation recorded"),
    "call": N_("call recorded"),
    "meeting": N_("meeting recorded"),
    "convert": N_("goes on as a ticket"),
    "cancel": N_("letter cancelled"),
    "retry": N_("letter in the queue again"),
    "merge": N_("merged"),
    "unmerge": N_("merge taken back"),
    "link": N_("linked"),
    "unlink": N_("link removed"),
    "incident": N_("incident"),
    "customer": N_("linked to the customer"),
}


def choose(given: Globals, fmt: str | None) -> Format:
    """The format in force: the one that was asked for, else ``table`` on a terminal and ``tsv`` elsewhere.

    Raises ``UsageError`` ``BAD_FORMAT``, before anything is done.
    """
    if fmt is None:
        return default_format(given.terminal)
    for known in FORMATS:
        if fmt == known:
            return known
    raise UsageError(
        "BAD_FORMAT",
        N_("there is no format {name}", name=fmt[:40]),
        N_("choose one of: {names}", names=", ".join(FORMATS)),
    )


def emit(given: Globals, fmt: str | None, rows: Iterable[Record], columns: Sequence[Column]) -> int:
    """The number of records written to stdout; ``columns`` are those of the format that is chosen."""
    chosen = choose(given, fmt)
    with piped():
        return write(
            rows, columns, chosen, given.out, width=given.width, colour=given.colour, ascii=given.ascii
        )


@contextmanager
def piped() -> Iterator[None]:
    """Writing that ends the command quietly, with exit code 0, where the reader went away (``| head``)."""
    # The parser would make exit code 1 of it, which fails a script under `set -o pipefail`.
    try:
        yield
    except BrokenPipeError:
        _into_nothing()
        raise typer.Exit(0) from None


def _into_nothing() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def act_record(outcome: Outcome) -> dict[str, object]:
    """One act under :data:`ACT_KEYS`."""
    return {
        "protocol": outcome.protocol,
        "verb": outcome.verb,
        "result": outcome.result.value,
        "code": outcome.code,
        "message": None if outcome.message is None else say(outcome.message),
        "status": None if outcome.status is None else outcome.status.value,
        "revision": outcome.revision,
    }


def emit_outcomes(given: Globals, fmt: str | None, outcomes: Iterable[Outcome]) -> int:
    """The exit code of acts on tickets, each told as soon as it is known.

    People (``table``) read a short line a ticket on stdout; in every other format a record a ticket goes
    there. Refusals are sentences on stderr, with the next step and the code; in json and jsonl only that of a
    single ticket, as ``{"error": …}``. The code is 0 where nothing was refused; a single ticket's own (2 to
    5); 4 where all of several were refused (3 where none was found, 5 where all had changed); else 6.
    """
    chosen = choose(given, fmt)
    source = iter(outcomes)
    first = list(islice(source, 2))
    tally = _Tally(given, chosen, alone=len(first) < 2)
    watched = tally.watch(chain(first, source))
    try:
        _tell(given, chosen, watched)
    except BrokenPipeError:
        # Nobody listens any more; what was asked for is done all the same.
        _into_nothing()
        for _outcome in watched:
            pass
    return tally.exit_code()


def judge(given: Globals, fmt: Format, outcomes: Sequence[Outcome]) -> int:
    """The exit code of ``outcomes`` that no record tells of; what was refused is said on stderr in every format."""
    alone = len(outcomes) < 2
    tally = _Tally(given, fmt if alone else "table", alone=alone)
    for _outcome in tally.watch(outcomes):
        pass
    return tally.exit_code()


def _tell(given: Globals, fmt: Format, outcomes: Iterable[Outcome]) -> None:
    if fmt == "table":
        for outcome in outcomes:
            if outcome.error is None:
                given.out.write(done_words(outcome) + "\n")
    else:
        write(map(act_record, outcomes), [Column(key, Text(key)) for key in ACT_KEYS], fmt, given.out)


def done_words(outcome: Outcome) -> str:
    """An act that was not refused, in one line: ``2026-000123-8  assigned``."""
    status = "" if outcome.status is None else status_label(outcome.status.value)
    if outcome.result == "unchanged":
        return f"{outcome.protocol}  {_('unchanged')}: {status}"
    if outcome.verb == "undo":
        return f"{outcome.protocol}  {_('undone')}: {status}"
    word = _DONE.get(outcome.verb)
    said = f"{outcome.protocol}  {say(word) if word else outcome.verb}"
    return said if outcome.message is None else f"{said}: {say(outcome.message)}"


class _Tally:
    """Counts how acts ended and says on stderr why some were refused."""

    def __init__(self, given: Globals, fmt: Format, *, alone: bool) -> None:
        self.given = given
        self.fmt = fmt
        self.alone = alone
        self.total = 0
        self.refusals: list[int] = []

    def watch(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        for outcome in outcomes:
            self.total += 1
            if outcome.error is not None:
                self.refusals.append(self._said(outcome))
            yield outcome

    def exit_code(self) -> int:
        if not self.refusals:
            return 0
        if self.alone:
            return self.refusals[0]
        if len(self.refusals) < self.total:
            return 6
        kinds = set(self.refusals)
        return kinds.pop() if kinds in ({3}, {5}) else 4

    def _said(self, outcome: Outcome) -> int:
        error = outcome.error
        assert error is not None
        if self.alone:
            from ouvidoria_tui.cli.fail import say_failure

            return say_failure(error, ["--format", self.fmt])
        if self.fmt not in ("json", "jsonl"):
            from ouvidoria_tui.present.safe import clean

            hint = "" if error.hint is None else "  " + clean(say(error.hint)) + "\n"
            said, ticket = say(error.message), outcome.protocol[:60]
            place = "" if ticket in said else f"{ticket}: "
            self.given.err.write(clean(f"{place}{said} [{error.code}]") + "\n" + hint)
        return error.exit_code
