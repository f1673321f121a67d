"""What a run of the intake came to: the counts, what waits in quarantine, letters that were held back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from ouvidoria_tui.domain.mail_decision import Ending
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.columns import machine_columns
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, NN_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.desk.mail_take import Taken
    from ouvidoria_tui.intake.mail.source_item import Skipped

#: The keys of the summary: a contract; the others add up to ``read``. json adds the first of ``quarantine`` and
#: of ``skipped``.
KEYS: Final = ("read", "tickets", "replies", "machines", "quarantined", "seen")
WAITING_KEYS: Final = ("id", "source", "message_id", "reason")
PASSED_KEYS: Final = ("source", "reason", "size")
#: So many messages in quarantine are named; `intake quarantine` lists them all.
NAMED: Final = 50

_COUNTED: Final = {
    Ending.TICKET: "tickets",
    Ending.REPLY: "replies",
    Ending.MACHINE: "machines",
    Ending.QUARANTINE: "quarantined",
    Ending.SEEN: "seen",
}


class Tally:
    """Counts where messages ended."""

    def __init__(self, given: Globals) -> None:
        self._given = given
        self._counts: Counter[Ending] = Counter()
        self._silent = 0
        self._waiting: list[dict[str, object]] = []
        self._passed: list[dict[str, object]] = []
        self._passed_count = 0

    @property
    def written(self) -> bool:
        """Whether anything was taken."""
        return any(count for ending, count in self._counts.items() if ending is not Ending.SEEN)

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not self._counts and not self._passed_count

    def add(self, taken: Taken) -> None:
        """One message more."""
        self._counts[taken.ending] += 1
        self._silent += taken.silence is not None
        if taken.reason is not None and len(self._waiting) < NAMED:
            values = (taken.id, taken.label, taken.message_id, taken.reason.value)
            self._waiting.append(dict(zip(WAITING_KEYS, values, strict=True)))

    def passed(self, skipped: Skipped) -> None:
        """Something that lies there and was not read, and so is counted nowhere: it stays where it lies."""
        self._passed_count += 1
        if len(self._passed) < NAMED:
            values = (skipped.label, skipped.reason.value, skipped.size)
            self._passed.append(dict(zip(PASSED_KEYS, values, strict=True)))

    def exit_code(self) -> int:
        """0, or 6 where something was passed over."""
        return 6 if self._passed_count else 0

    def record(self) -> dict[str, object]:
        """The counts under :data:`KEYS`."""
        counts = {name: self._counts[ending] for ending, name in _COUNTED.items()}
        return {"read": sum(counts.values()), **counts}

    def print(self, fmt: str, *, dry_run: bool) -> None:
        """The summary on stdout; for people and flat formats what waits is told on stderr."""
        record = self.record()
        if fmt in ("json", "jsonl"):
            from ouvidoria_tui.present.json_text import json_text

            self._given.out.write(
                json_text({**record, "quarantine": self._waiting, "skipped": self._passed}) + "\n"
            )
        else:
            from ouvidoria_tui.cli.output import emit

            emit(self._given, fmt, [record], _columns(fmt))
            self._say_waiting()
        if self._silent:
            self._given.narrate(
                say(
                    NN_(
                        "{count} automatic letter was not written: too many had been, or its template is missing",
                        "{count} automatic letters were not written: too many had been, or their template is missing",
                        self._silent,
                    )
                )
            )
        if dry_run:
            self._given.narrate(_("A dry run: nothing was written."))

    def _say_waiting(self) -> None:
        from ouvidoria_tui.present.intake_words import REASONS, SKIPPED, word
        from ouvidoria_tui.present.safe import clean

        for one in self._passed:
            self._given.err.write(clean(f"{one['source']}: {word(SKIPPED, str(one['reason']))}") + "\n")
        for one in self._waiting:
            self._given.err.write(clean(f"{one['source']}: {word(REASONS, str(one['reason']))}") + "\n")
        if self._waiting:
            self._given.narrate(_("`ouvidoria intake quarantine` lists what waits for a person."))


def _columns(fmt: str) -> tuple[Column, ...]:
    if fmt not in ("table", "md"):
        return machine_columns(KEYS)
    titles = (
        N_("Read"),
        N_("New tickets"),
        N_("On tickets"),
        N_("Machines"),
        N_("Quarantined"),
        N_("Taken before"),
    )
    return tuple(Column(key, title, align="right") for key, title in zip(KEYS, titles, strict=True))
