"""Mappings as TOML, by name (``data/mappings``) or by file; what is wrong is told with its key and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.intake.dates import DATE_FORMATS
from ouvidoria_tui.intake.kinds import KINDS
from ouvidoria_tui.intake.mapping import FieldMapping, FieldRule, Others, fold
from ouvidoria_tui.text import N_, Text

_ADAPTERS = ("", "falabr")
_TOP = {"title", "source", "kind", "extends", "adapt", "strip", "guard", "fields"}
_RULE = {"from", "format", "values", "others", "constant", "default", "strip", "rule", "when", "keep"}
_MAX_FILE = 1024 * 1024


def mapping_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the mappings that come with the program, in order."""
    return tuple(sorted(path.stem for path in (folder or _folder()).glob("*.toml")))


def load_mapping(name: str | Path, folder: Path | None = None) -> FieldMapping:
    """The mapping called ``name``, or the one in the file ``name``.

    Raises ``NotFound`` (``MAPPING_NOT_FOUND``) and ``UsageError`` (``MAPPING_INVALID``: file, key, line).
    """
    folder = folder or _folder()
    text = str(name)
    path = folder / f"{text}.toml"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text) or not path.is_file():
        path = Path(name)
    try:
        with path.open("rb") as handle:
            raw = handle.read(_MAX_FILE + 1)
    except OSError:
        raise NotFound(
            "MAPPING_NOT_FOUND",
            N_("there is no mapping {name}", name=text),
            N_("name a file, or one of: {names}", names=", ".join(mapping_names(folder))),
        ) from None
    if len(raw) > _MAX_FILE:
        _refuse(path.name, "", 0, N_("longer than {limit} bytes", limit=_MAX_FILE))
    try:
        return parse_mapping(raw.decode("utf-8-sig"), path.stem, path.name)
    except UnicodeDecodeError:
        _refuse(path.name, "", 0, N_("not UTF-8 text"))


def parse_mapping(text: str, name: str, file: str = "mapping") -> FieldMapping:
    """The mapping that ``text`` (TOML) says; raises ``UsageError`` with ``MAPPING_INVALID``."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        _refuse(file, "", int(found[1]) if found else 1, N_("not valid TOML"))
    return _Parser(text, file).mapping(data, name)


class _Parser:
    """Walks the data of one file; knows the text, to say the line of what it refuses."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = text.splitlines()
        self._file = file
        self._kind = KINDS["tickets"]

    def mapping(self, data: Mapping[str, object], name: str) -> FieldMapping:
        self._only(data, _TOP, "")
        base = self._base(data)
        kind = self._text(data, "kind", "") or (base.kind if base else "tickets")
        if kind not in KINDS:
            self._refuse("kind", N_("one of: {names}", names=", ".join(KINDS)))
        self._kind = KINDS[kind]
        fields = data.get("fields", {})
        if not isinstance(fields, dict) or not (fields or base):
            self._refuse("fields", N_("a mapping needs at least one [fields.NAME]"))
        rules = tuple(self._rule(target, body, base) for target, body in fields.items())
        if base is not None:
            own = {rule.target for rule in rules}
            rules += tuple(rule for rule in base.fields if rule.target not in own)
        self._check_needs({rule.target for rule in rules})
        return FieldMapping(
            name=name,
            source=self._text(data, "source", "") or name,
            fields=rules,
            title=self._text(data, "title", "") or "",
            strip=self._flag(data, "strip", "") or bool(base and base.strip),
            guard=self._flag(data, "guard", "") or bool(base and base.guard),
            kind=kind,
            adapt=self._adapt(data) or (base.adapt if base else ""),
        )

    def _base(self, data: Mapping[str, object]) -> FieldMapping | None:
        """The mapping of the program that this one adds to; such a mapping extends no other."""
        name = self._text(data, "extends", "")
        if name is None:
            return None
        if name not in mapping_names():
            self._refuse("extends", N_("one of: {names}", names=", ".join(mapping_names())))
        return load_mapping(name)

    def _adapt(self, data: Mapping[str, object]) -> str:
        name = self._text(data, "adapt", "") or ""
        if name not in _ADAPTERS:
            self._refuse("adapt", N_("one of: {names}", names=", ".join(filter(None, _ADAPTERS))))
        return name

    def _check_needs(self, targets: set[str]) -> None:
        if self._kind.name == "tickets" and (
            "received_at" not in targets or not targets & {"subject", "description"}
        ):
            self._refuse("fields", N_("a mapping needs received_at, and subject or description"))
        for group in self._kind.needs:
            if not targets.intersection(group):
                self._refuse("fields", N_("a mapping of this kind needs {names}", names=" / ".join(group)))

    def _rule(self, target: str, body: object, base: FieldMapping | None) -> FieldRule:
        """The rule of one field; one of the base gives what this one does not say, and its further synonyms."""
        own = self._own_rule(target, body, base is not None)
        before = next((rule for rule in base.fields if rule.target == target), None) if base else None
        if before is None or own.constant is not None:
            return own
        return replace(
            own,
            columns=tuple(dict.fromkeys((*own.columns, *before.columns))),
            formats=own.formats or before.formats,
            values={**before.values, **own.values},
            others=own.others if own.others is not Others.KEEP else before.others,
            row_digest=own.row_digest or before.row_digest,
            strip=own.strip or before.strip,
            keep=own.keep or before.keep,
        )

    def _own_rule(self, target: str, body: object, extending: bool) -> FieldRule:
        where = f"fields.{target}"
        if target not in self._kind.targets:
            self._refuse(where, N_("the record has no field of this name"))
        if not isinstance(body, dict):
            self._refuse(where, N_("a table of keys is expected here"))
        self._only(body, _RULE, where)
        columns = self._texts(body, "from", where)
        constant = self._text(body, "constant", where)
        digest = self._row_digest(body, target, where)
        if constant is not None and columns:
            self._refuse(f"{where}.constant", N_("either from or constant, not both"))
        if not columns and constant is None and not digest and not extending:
            self._refuse(where, N_("from or constant is missing"))
        condition, accepted = self._when(body, where)
        others = self._text(body, "others", where) or Others.KEEP
        if others not in list(Others):
            self._refuse(f"{where}.others", N_("one of: {names}", names=", ".join(Others)))
        return FieldRule(
            target=target,
            columns=columns,
            formats=self._formats(body, target, where),
            values=self._values(body, where),
            others=Others(others),
            constant=constant,
            default=self._text(body, "default", where),
            strip=self._flag(body, "strip", where),
            row_digest=digest,
            when_column=condition,
            when_values=accepted,
            keep=self._flag(body, "keep", where),
        )

    def _row_digest(self, body: Mapping[str, object], target: str, where: str) -> bool:
        rule = self._text(body, "rule", where)
        if rule is None:
            return False
        if target != "external_id" or rule != "sha256-row":
            self._refuse(f"{where}.rule", N_("the only rule is sha256-row, of external_id"))
        return True

    def _when(self, body: Mapping[str, object], where: str) -> tuple[str | None, frozenset[str]]:
        when = body.get("when")
        if when is None:
            return None, frozenset()
        if not isinstance(when, dict) or set(when) != {"column", "is"}:
            self._refuse(f"{where}.when", N_("two keys are expected here: column and is"))
        column = self._text(when, "column", f"{where}.when")
        return column, frozenset(fold(value) for value in self._texts(when, "is", f"{where}.when"))

    def _values(self, body: Mapping[str, object], where: str) -> dict[str, str]:
        values = body.get("values", {})
        if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
            self._refuse(f"{where}.values", N_("a table of texts is expected here"))
        folded = {fold(key): value for key, value in values.items()}
        if len(folded) != len(values):
            self._refuse(f"{where}.values", N_("two values differ only in case, accents or punctuation"))
        return folded

    def _formats(self, body: Mapping[str, object], target: str, where: str) -> tuple[str, ...]:
        formats = self._texts(body, "format", where)
        if formats and target not in self._kind.dated:
            self._refuse(f"{where}.format", N_("only a date has a format"))
        if any(name not in DATE_FORMATS for name in formats):
            self._refuse(f"{where}.format", N_("one of: {names}", names=", ".join(DATE_FORMATS)))
        return formats

    def _texts(self, body: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
        value = body.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) and item.strip() for item in items):
            self._refuse(_join(where, key), N_("a text or a list of texts is expected here"))
        return tuple(items)

    def _text(self, body: Mapping[str, object], key: str, where: str) -> str | None:
        value = body.get(key)
        if value is not None and not isinstance(value, str):
            self._refuse(_join(where, key), N_("a text is expected here"))
        return value

    def _flag(self, body: Mapping[str, object], key: str, where: str) -> bool:
        value = body.get(key, False)
        if not isinstance(value, bool):
            self._refuse(_join(where, key), N_("true or false is expected here"))
        return value

    def _only(self, body: Mapping[str, object], known: set[str], where: str) -> None:
        for key in body:
            if key not in known:
                self._refuse(
                    _join(where, key), N_("unknown key; known are: {names}", names=", ".join(sorted(known)))
                )

    def _refuse(self, key: str, reason: Text) -> NoReturn:
        _refuse(self._file, key, self._line(key), reason)

    def _line(self, key: str) -> int:
        """The line where ``key`` stands (or its table begins); TOML's parser does not keep it."""
        parts = key.split(".", 1)
        section = parts[1] if parts[0] == "fields" and len(parts) == 2 else None
        here = None
        best = 1
        for number, line in enumerate(self._lines, 1):
            bare = line.strip()
            if bare.startswith("["):
                here = (
                    bare.split("#")[0].strip().strip("[]").replace('"', "").replace("'", "").replace(" ", "")
                )
                if here == key:
                    return number
                if section is not None and key.startswith(f"{here}."):
                    best = number
                continue
            name = bare.partition("=")[0].strip().strip("\"'")
            if name and key == (f"{here}.{name}" if here else name):
                return number
        return best


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _refuse(file: str, key: str, line: int, reason: Text) -> NoReturn:
    raise UsageError(
        "MAPPING_INVALID",
        N_(
            "the mapping {file}, line {line}, {key}: {reason}",
            file=file,
            line=line,
            key=key or "-",
            reason=reason,
        ),
        N_("see data/mappings/native.toml for every key"),
        details={"file": file, "line": line, "key": key},
    )


def _folder() -> Path:
    """Where the mappings are: in the wheel beside the package's code, in a checkout beside the package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data" / "mappings"
    return inside if inside.is_dir() else package.parent / "data" / "mappings"
