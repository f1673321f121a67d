"""What an import came to: the counts, the rejects by place and reason, and how both are printed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from ouvidoria_tui.desk.import_chunks import Imported, Took
from ouvidoria_tui.intake.record import Reject
from ouvidoria_tui.present.column import Column
from ouvidoria_tui.present.columns import machine_columns
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.intake.rejects import RejectFile
    from ouvidoria_tui.intake.remark import Remark

#: The keys of the summary: a contract. json and jsonl add ``rejects``, the first of them.
KEYS: Final = ("read", "created", "updated", "unchanged", "rejected")
REJECT_KEYS: Final = ("file", "line", "column", "code", "message")
#: So many rejects are named; all of them stand in the file of --rejects.
NAMED: Final = 50
#: So many remarks of one code are named; of the others it is said how many there are.
REMARKED: Final = 5


class Tally:
    """Counts what became of the rows. The value of a refused one goes to the file of rejects and nowhere else."""

    def __init__(self, given: Globals, file: RejectFile | None) -> None:
        self._given = given
        self._file = file
        self._counts: Counter[Took] = Counter()
        self._named: list[dict[str, object]] = []
        self._remarks: Counter[str] = Counter()
        self._remarked: list[dict[str, object]] = []

    @property
    def written(self) -> bool:
        """Whether anything was created or updated."""
        return bool(self._counts[Took.CREATED] or self._counts[Took.UPDATED])

    def add(self, file: str, done: Imported) -> None:
        """One record that the desk was given."""
        if done.error is not None:
            self.reject(Reject(file, done.line, 0, done.error.code, done.error.message, ""))
        else:
            self._counts[done.took] += 1

    def reject(self, reject: Reject) -> None:
        """One row that was refused."""
        self._counts[Took.REJECTED] += 1
        if self._file is not None:
            self._file.add(reject)
        if len(self._named) < NAMED:
            values = (reject.file, reject.line, reject.column, reject.code, say(reject.message))
            self._named.append(dict(zip(REJECT_KEYS, values, strict=True)))

    def remark(self, remarks: list[Remark]) -> None:
        """What was done to rows that were taken; ``remarks`` is empty afterwards."""
        for one in remarks:
            self._remarks[one.code] += 1
            if self._remarks[one.code] <= REMARKED:
                values = (one.file, one.line, one.column, one.code, say(one.message))
                self._remarked.append(dict(zip(REJECT_KEYS, values, strict=True)))
        remarks.clear()

    def record(self) -> dict[str, object]:
        """The counts under :data:`KEYS`; they add up to ``read``."""
        counts = {took.value: self._counts[took] for took in Took}
        return {key: sum(counts.values()) if key == "read" else counts[key] for key in KEYS}

    def print(self, fmt: str, *, dry_run: bool) -> None:
        """The summary on stdout; for people and flat formats the rejects are lines on stderr."""
        record = self.record()
        if fmt in ("json", "jsonl"):
            from ouvidoria_tui.present.json_text import json_text

            said: dict[str, object] = {**record, "rejects": self._named}
            if self._remarked:
                said |= {"remarks": self._remarked, "remarked": dict(self._remarks)}

            self._given.out.write(json_text(said) + "\n")
        else:
            from ouvidoria_tui.cli.output import emit

            emit(self._given, fmt, [record], _columns(fmt))
            self._say(self._remarked, sum(self._remarks.values()))
            self._say(self._named, self._counts[Took.REJECTED])
        if dry_run:
            self._given.narrate(_("A dry run: nothing was written."))

    def exit_code(self) -> int:
        """0, or 6 where some rows were refused."""
        return 6 if self._counts[Took.REJECTED] else 0

    def _say(self, named: list[dict[str, object]], total: int) -> None:
        from ouvidoria_tui.present.safe import clean

        for one in named:
            place = ":".join(str(part) for part in (one["file"], one["line"], one["column"]) if part)
            self._given.err.write(clean(f"{place}: {one['message']} [{one['code']}]") + "\n")
        more = total - len(named)
        if more > 0 and named is self._named:
            self._given.err.write(_("{count} more; --rejects FILE lists them all", count=more) + "\n")
        elif more > 0:
            counts = ", ".join(f"{code} {count}" for code, count in self._remarks.most_common())
            self._given.err.write(
                _("{count} more remarks; in all: {counts}", count=more, counts=counts) + "\n"
            )


def _columns(fmt: str) -> tuple[Column, ...]:
    if fmt not in ("table", "md"):
        return machine_columns(KEYS)
    titles = (N_("Read"), N_("Created"), N_("Updated"), N_("Unchanged"), N_("Rejected"))
    return tuple(Column(key, title, align="right") for key, title in zip(KEYS, titles, strict=True))
