"""One run of the intake: messages from wherever they lie to the desk, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.intake_tally import Tally
from ouvidoria_tui.cli.output import choose

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.desk import Desk
    from ouvidoria_tui.desk.mail_hooks import Item
    from ouvidoria_tui.desk.mail_take import Taken
    from ouvidoria_tui.intake.mail.source_item import Skipped

#: Told of what lies there and cannot be read.
Passed = Callable[["Skipped"], None]
#: Messages as they are asked for, given the desk that takes them, and whom to tell what is passed over.
Source = Callable[["Desk", Passed], Iterable["Item"]]


def run(given: Globals, fmt: str | None, source: Source, *, historic: bool, dry_run: bool) -> int:
    """The exit code of taking in what ``source`` gives; the summary is printed."""
    chosen = choose(given, fmt)
    tally = Tally(given)
    with given.desk() as desk:
        items = _take(desk, source, tally.passed, historic=historic, dry_run=dry_run)
        for taken in _told(given, items):
            tally.add(taken)
        if tally.written and not dry_run:
            from ouvidoria_tui.report.batch import analyse, connection

            analyse(connection(desk.store))
    tally.print(chosen, dry_run=dry_run)
    return tally.exit_code()


def _take(desk: Desk, source: Source, passed: Passed, *, historic: bool, dry_run: bool) -> Iterator[Taken]:
    from ouvidoria_tui.bootstrap import mail_hooks, mail_reader
    from ouvidoria_tui.desk.intake import take
    from ouvidoria_tui.domain.permission import Verb

    desk.allow(Verb.INTAKE)  # before a mailbox is opened
    return take(
        desk,
        source(desk, passed),
        mail_reader(desk),
        hooks=mail_hooks(desk),
        historic=historic,
        dry_run=dry_run,
    )


def _told(given: Globals, taken: Iterator[Taken]) -> Iterator[Taken]:
    """The same, with how far it is told on stderr."""
    from ouvidoria_tui.present.progress import stage
    from ouvidoria_tui.text import N_

    with stage(
        N_("Taking mail in"), None, given.err, quiet=given.quiet, colour=given.colour, ascii_only=given.ascii
    ) as told:
        for one in taken:
            told.advance()
            yield one
