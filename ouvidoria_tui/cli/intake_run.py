"""One run of the intake: messages from wherever they lie to the desk, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.intake_tally import Tally
from ouvidoria_tui.cli.output import choose

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.mail_hooks import Item
    from ouvidoria_tui.desk.mail_take import Taken
    from ouvidoria_tui.intake.mail.source_item import Skipped


@dataclass(frozen=True, slots=True)
class Round:
    """Messages to be kept together; ``settle`` tells their mailbox so, once they are."""

    items: Iterable[Item]
    settle: Callable[[], None] = lambda: None


#: Told of what lies there and cannot be read.
Passed = Callable[["Skipped"], None]
#: Messages as they are asked for, round by round, given the desk and whom to tell what is passed over.
Source = Callable[["Desk", Passed], Iterable[Round]]


def run(
    given: Globals, fmt: str | None, source: Source, *, historic: bool, dry_run: bool, silent: bool = False
) -> int:
    """The exit code of taking in what ``source`` gives; the summary is printed, unless ``silent`` about nothing."""
    from ouvidoria_tui.domain.permission import Verb

    chosen = choose(given, fmt)
    tally = Tally(given)
    with given.desk() as desk:
        desk.allow(Verb.INTAKE)  # before a mailbox is opened
        taken = _taken(desk, source(desk, tally.passed), historic=historic, dry_run=dry_run)
        for one in _told(given, taken, quiet=given.quiet or silent):
            tally.add(one)
        if tally.written and not dry_run:
            from ouvidoria_tui.report.batch import analyse, connection

            analyse(connection(desk.store))
    if not (silent and tally.empty):
        tally.print(chosen, dry_run=dry_run)
        given.out.flush()
    return tally.exit_code()


def _taken(desk: Desk, rounds: Iterable[Round], *, historic: bool, dry_run: bool) -> Iterator[Taken]:
    from ouvidoria_tui.bootstrap import mail_hooks, mail_reader
    from ouvidoria_tui.desk.intake import take

    parse, hooks = mail_reader(desk), mail_hooks(desk)
    for one in rounds:
        yield from take(desk, one.items, parse, hooks=hooks, historic=historic, dry_run=dry_run)
        if not dry_run:
            one.settle()


def _told(given: Globals, taken: Iterator[Taken], *, quiet: bool) -> Iterator[Taken]:
    """The same, with how far it is told on stderr."""
    from ouvidoria_tui.present.progress import stage
    from ouvidoria_tui.text import N_

    with stage(
        N_("Taking mail in"), None, given.err, quiet=quiet, colour=given.colour, ascii_only=given.ascii
    ) as told:
        for one in taken:
            told.advance()
            yield one
