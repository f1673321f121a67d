"""What became, or would become, of a notice's audience, in words: both counts, and each difference by its cause."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.domain.notice import NO_ENTRY, Tally
from ouvidoria_tui.domain.outbox import LetterState
from ouvidoria_tui.present.words import _, plural, term_of

#: In the order in which a letter lives.
STATES = ("queued", "sending", "sent", "held", "failed", "cancelled")


def tally_lines(tally: Tally, *, applied: bool) -> list[str]:
    """How many were found, have an entry, get a copy, and who does not, a line each."""
    entries = (
        plural("{count} entry in histories", "{count} entries in histories", tally.entries)
        if applied
        else plural("{count} entry to be written", "{count} entries to be written", tally.entries)
    )
    copies = plural("{count} copy by mail", "{count} copies by mail", tally.copies)
    lines = [_("{found} in the audience", found=tally.found), entries, copies]
    if tally.held:
        lines.append(_("held, because this is a sample desk: {count}", count=tally.held))
    if tally.had:
        lines.append(_("had it already: {count}", count=tally.had))
    for title, causes in (
        (_("no entry"), [cause for cause in tally.missing if cause in NO_ENTRY]),
        (_("no copy"), [cause for cause in tally.missing if cause not in NO_ENTRY]),
    ):
        lines += [f"{title}: {term_of(type(cause), cause)} {tally.missing[cause]}" for cause in causes]
    return lines


def states_words(states: Mapping[str, int]) -> str:
    """How the copies of a notice stand: ``sent 12, failed 1``; ``0`` where there is none."""
    return (
        ", ".join(f"{term_of(LetterState, name)} {states[name]}" for name in STATES if states.get(name))
        or "0"
    )
