"""`ouvidoria import --guess FILE`: a mapping proposed on stdout, every line with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.cli.session import Globals
    from ouvidoria_tui.intake.guess import Guess
    from ouvidoria_tui.intake.mapping import FieldMapping

_ROWS = 500


def propose(
    given: Globals,
    files: Sequence[str],
    kind: str,
    *,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
) -> int:
    """Prints the proposal for one file; 6 where a field that every row needs could not be told for sure."""
    from ouvidoria_tui.cli.import_kinds import kind_of
    from ouvidoria_tui.intake.guess import confident, guess
    from ouvidoria_tui.intake.mapping_file import load_mapping
    from ouvidoria_tui.intake.sampling import sample

    if len(files) != 1:
        raise UsageError(
            "USAGE",
            N_("--guess looks at one file"),
            N_("write: ouvidoria import FILE --guess > mapping.toml"),
        )
    base = load_mapping(kind_of(kind).mapping)
    names, rows = sample(files[0], limit=_ROWS, encoding=encoding, delimiter=delimiter, sheet=sheet)
    guesses = guess(names, rows, base)
    missing = confident(guesses, kind)
    given.out.write("\n".join(_lines(files[0], names, len(rows), guesses, base, missing)) + "\n")
    if missing is not None:
        given.narrate(
            _("no column is surely {names}: choose one in the proposal and take its # away", names=missing)
        )
        return 6
    return 0


def _lines(
    file: str,
    names: Sequence[str],
    count: int,
    guesses: Sequence[Guess],
    base: FieldMapping,
    missing: str | None,
) -> Iterator[str]:
    from ouvidoria_tui.intake.guess import Sure

    name = Path(file).name
    yield _comment(
        _(
            "Proposed for {file}: {rows} rows and {columns} columns looked at.",
            file=name,
            rows=count,
            columns=len(names),
        )
    )
    yield _comment(_("Read it through, change what is wrong, and use it with --mapping."))
    if missing is not None:
        yield _comment(_("Not complete: no column is surely {names}.", names=missing))
    yield ""
    yield f"title = {_quoted(name)}"
    yield f"source = {_quoted(Path(file).stem or 'import')}"
    if base.kind != "tickets":
        yield f"kind = {_quoted(base.kind)}"
    taken = {one.target for one in guesses if one.sure is not Sure.DOUBTFUL}
    if base.kind == "tickets" and "external_id" not in taken:
        yield ""
        yield _comment(_("No column is an id: a row is known by its content."))
        yield "[fields.external_id]"
        yield 'rule = "sha256-row"'
    for one in guesses:
        yield ""
        yield from _field(one, off=one.sure is Sure.DOUBTFUL)
    rest = [name for name in names if name and name not in {one.column for one in guesses}]
    if rest:
        yield ""
        yield _comment(_("No field for these; they are kept in extra: {names}", names=", ".join(rest)))


def _field(one: Guess, *, off: bool) -> Iterator[str]:
    words = {"certain": _("certain"), "likely": _("likely"), "doubtful": _("doubtful, so it is left out")}
    yield _comment(f"{words[one.sure.value]}: " + "; ".join(say(why) for why in one.why))
    mark = "# " if off else ""
    target = one.target if "." not in one.target else _quoted(one.target)
    yield f"{mark}[fields.{target}]"
    yield f"{mark}from = {_quoted(one.column)}"
    if one.formats:
        formats = ", ".join(_quoted(name) for name in one.formats)
        yield f"{mark}format = [{formats}]"
    if one.values or one.unknown:
        yield f"{mark}[fields.{target}.values]"
        for value, slug in one.values.items():
            yield f"{mark}{_quoted(value)} = {_quoted(slug)}"
        for value in one.unknown:
            yield _comment(_("not known, say what it is: {value}", value=_quoted(value)))


def _comment(text: str) -> str:
    """``text`` as one comment: what comes from the file can end no line and begin no key."""
    return "# " + "".join(char if char.isprintable() else " " for char in text)


def _quoted(text: str) -> str:
    """``text`` as a basic string of TOML."""
    import json

    return json.dumps(text, ensure_ascii=not text.isprintable()).replace("\x7f", "\\u007f")
