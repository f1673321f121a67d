"""The header of a table, checked against what its mapping needs."""

from __future__ import annotations

from collections.abc import Sequence

from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.intake.mapping import FieldMapping, fold
from ouvidoria_tui.text import N_, Text

MAX_COLUMNS = 4096


def check_header(names: Sequence[str], mapping: FieldMapping, file: str, line: int) -> None:
    """Nothing, where rows under ``names`` can be read.

    Raises ``UsageError`` with ``IMPORT_NO_HEADER IMPORT_DUPLICATE_COLUMN IMPORT_MISSING_COLUMN``.
    """
    if not mapping.known(names) or len(names) > MAX_COLUMNS:
        raise header_error("IMPORT_NO_HEADER", file, line, N_("no column of the mapping is in the header"))
    seen: set[str] = set()
    for name in names:
        key = fold(name) or name
        if key and key in seen:
            message = N_("the header has the column {name} twice", name=name)
            raise header_error("IMPORT_DUPLICATE_COLUMN", file, line, message)
        seen.add(key)
    missing = missing_columns(names, mapping)
    if missing is not None:
        message = N_("the header has no column {name}", name=missing)
        raise header_error("IMPORT_MISSING_COLUMN", file, line, message)


def missing_columns(names: Sequence[str], mapping: FieldMapping) -> str | None:
    """The columns of which one would have to be there and none is."""
    seen = {fold(name) or name for name in names}
    here = {
        rule.target
        for rule in mapping.fields
        if rule.constant is not None or any(fold(column) in seen for column in rule.columns)
    }
    wanted = {rule.target: rule.columns for rule in mapping.fields if rule.columns}
    for group in mapping.needs:
        if not any(target in here for target in group):
            return " / ".join(column for target in group for column in wanted.get(target, ())[:_SHOWN])
    return None


#: So many names of a column are said; more would hide them.
_SHOWN = 4


def header_error(code: str, file: str, line: int, reason: Text) -> UsageError:
    """The error about the header of ``file``."""
    return UsageError(
        code,
        N_("{file}, line {line}: {reason}", file=file, line=line, reason=reason),
        N_("check --mapping and --delimiter, and that the first line names the columns"),
        details={"file": file, "line": line},
    )
