"""What the program can refuse, read from its source without running it: code, exit code, sentence, next step.

Three kinds of codes: errors end a call (or one ticket of several) with an exit code; triage's codes say why a
manifestation was held back; the codes of rows say why a line of an import was set aside. Maintainers' tool: it
needs the source tree.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from ouvidoria_tui import errors
from ouvidoria_tui.cli.reference_texts import Sentence, Texts, argument, called, literal

PACKAGE: Final = Path(__file__).resolve().parent.parent
_EXITS: Final[Mapping[str, int]] = {
    name: found.exit_code
    for name, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, errors.OuvidoriaError)
}
#: How gates of triage answer: which argument is the code, and which the reason or its sentence.
_GATES: Final[Mapping[str, tuple[int, int]]] = {
    "hold": (0, 2),
    "tell": (0, 2),
    "refuse": (1, 3),
    "_refuse": (2, 4),
    "Denial": (0, 1),
}
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[A-Z]{5,}")


class Unreadable(Exception):
    """A place where an error is made whose code cannot be read from the source."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One way in which a code is said. ``exit`` is ``None`` for triage (``triage``) and rows (``row``)."""

    code: str
    kind: str
    exit: int | None
    messages: tuple[Sentence, ...]
    hints: tuple[Sentence, ...]
    place: str


@dataclass(frozen=True, slots=True)
class _Maker:
    """A function that makes an error from what it is given: a literal, or the number of an argument."""

    kind: str
    exit: int | None
    code: str | int
    message: tuple[Sentence, ...] | int
    hint: tuple[Sentence, ...] | int


def sayings(package: Path = PACKAGE) -> list[Saying]:
    """Every saying of the package, in the order of the source. Raises :class:`Unreadable`."""
    modules = {
        path.relative_to(package.parent).as_posix(): ast.parse(path.read_bytes(), str(path))
        for path in sorted(package.rglob("*.py"))
        if not path.is_relative_to(package / "locale")
    }
    shared: dict[str, _Maker] = {}
    functions: dict[str, Texts] = {}
    readers = [_Module(place, tree, shared, functions) for place, tree in modules.items()]
    for reader in readers:
        shared.update({name: made for name, made in reader.makers.items() if not name.startswith("_")})
        texts = reader.texts
        functions.update(dict.fromkeys((name for name in texts.functions if not name.startswith("_")), texts))
    return [one for reader in readers for one in reader.sayings()]


class _Module:
    """The sayings of one module; ``shared`` holds the makers that other modules offer."""

    def __init__(
        self, place: str, tree: ast.Module, shared: Mapping[str, _Maker], functions: Mapping[str, Texts]
    ) -> None:
        self.place = place
        self.shared = shared
        self.texts = Texts(tree, functions)
        self.nodes = self.texts.nodes
        self.owner = self.texts.owner
        self.makers: dict[str, _Maker] = {}
        self.direct: list[tuple[ast.Call, int | None]] = []
        self._find_makers(tree)

    def _find_makers(self, tree: ast.Module) -> None:
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        for node in self.nodes:
            if not isinstance(node, ast.Call):
                continue
            name = called(node)
            code = _EXITS.get(name)
            if name == "super().__init__":
                bases = [
                    base for one in classes if node in ast.walk(one) for base in map(ast.unparse, one.bases)
                ]
                code = next((_EXITS[base] for base in bases if base in _EXITS), None)
            if code is None or not node.args or self.place.endswith("ouvidoria_tui/errors.py"):
                continue
            self.direct.append((node, code))
            maker = self._maker(node, code)
            if maker is not None:
                self.makers[self.owner[node].name] = maker

    def _find_makers_of_makers(self, makers: Mapping[str, _Maker]) -> None:
        """Functions that pass their own argument on, as the sentence, to one that makes the error."""
        for node in self.nodes:
            maker = makers.get(called(node)) if isinstance(node, ast.Call) else None
            if not isinstance(node, ast.Call) or maker is None or not isinstance(maker.message, int):
                continue
            function, message = self.owner.get(node), argument(node, maker.message)
            if function is None or function.name in makers or not isinstance(message, ast.Name):
                continue
            names = [argument.arg for argument in function.args.args]
            if message.id in names:
                hint = maker.hint
                hints = hint if isinstance(hint, tuple) else self.texts.of(argument(node, hint), node)
                made = _Maker("error", maker.exit, maker.code, names.index(message.id), hints)
                self.makers[function.name] = made

    def _maker(self, node: ast.Call, code: int | None) -> _Maker | None:
        """What the function around ``node`` is, where it passes one of its own arguments on."""
        function = self.owner.get(node)
        if function is None or function.name == "__init__":
            return None
        names = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
        passed = [
            names.index(arg.id) if isinstance(arg, ast.Name) and arg.id in names else None
            for arg in node.args[:3]
        ]
        if all(one is None for one in passed):
            return None
        first = passed[0] if passed[0] is not None else literal(node.args[0])
        if first is None:
            raise Unreadable(f"{self.place}:{node.lineno}: the code is not written out")
        message = passed[1] if len(passed) > 1 and passed[1] is not None else self.texts.said(node, 1)
        hint = passed[2] if len(passed) > 2 and passed[2] is not None else self.texts.said(node, 2)
        before = self.makers.get(function.name)
        if before is not None and isinstance(before.message, tuple) and isinstance(message, tuple):
            message = tuple(dict.fromkeys(before.message + message))
        if before is not None and isinstance(before.hint, tuple) and isinstance(hint, tuple):
            hint = tuple(dict.fromkeys(before.hint + hint))
        return _Maker("error", code, first, message, hint)

    def sayings(self) -> Iterator[Saying]:
        """Errors made here, by whatever function; then what triage and the import say."""
        known = {id(node) for node, _exit in self.direct}
        self._find_makers_of_makers({**self.shared, **self.makers})
        makers = {**self.shared, **self.makers}
        for node, code in self.direct:
            written = literal(node.args[0])
            if written is not None and not self._passes_on(node):
                yield self._saying(
                    written, "error", code, self.texts.said(node, 1), self.texts.said(node, 2), node
                )
        for call in self.nodes:
            if not isinstance(call, ast.Call) or id(call) in known:
                continue
            maker = makers.get(called(call).removeprefix("self."))
            found = self._held(call) if maker is None else self._made(call, maker)
            if found is not None:
                yield found
        if "/intake/" in self.place:
            yield from self._rows(makers)

    def _passes_on(self, node: ast.Call) -> bool:
        """Whether the sentence comes from the caller, so that it is read there."""
        function = self.owner.get(node)
        maker = self.makers.get(function.name) if function is not None else None
        return maker is not None and isinstance(maker.message, int)

    def _made(self, node: ast.Call, maker: _Maker) -> Saying | None:
        code = maker.code if isinstance(maker.code, str) else literal(argument(node, maker.code))
        if code is None:
            return None
        if not isinstance(maker.code, int) and not isinstance(maker.message, int):
            return None  # read where it is made
        function = self.owner.get(node)
        if function is not None and function.name in self.makers and function.name != called(node):
            return None  # read where that function is called
        message = (
            maker.message
            if isinstance(maker.message, tuple)
            else self.texts.of(argument(node, maker.message), node)
        )
        hint = (
            maker.hint if isinstance(maker.hint, tuple) else self.texts.of(argument(node, maker.hint), node)
        )
        return self._saying(code, maker.kind, maker.exit, message, hint, node)

    def _held(self, node: ast.Call) -> Saying | None:
        """What a gate of triage says, where its code is written out."""
        places = _GATES.get(called(node).rpartition(".")[2]) if "/domain/" in self.place else None
        if places is None or len(node.args) <= max(places):
            return None
        code, reason = literal(node.args[places[0]]), node.args[places[1]]
        if code is None:
            return None  # read where that function is called
        made = self.texts.nearest(reason, node)
        text = made.args[2] if isinstance(made, ast.Call) and called(made) == "Reason" else made
        text = self.texts.nearest(text, node)
        return self._saying(code, "triage", None, self.texts.of(text, node), (), node)

    def _rows(self, makers: Mapping[str, _Maker]) -> Iterator[Saying]:
        """A code and, beside it, its sentence: in a call or a pair."""
        for node in self.nodes:
            parts: list[ast.expr] = []
            if isinstance(node, ast.Tuple):
                parts = node.elts
            elif isinstance(node, ast.Call) and not self._is_error(node, makers):
                parts = node.args
            for part, beside in pairwise(parts):
                code = literal(part)
                if code is not None and _CODE.fullmatch(code) and (said := self.texts.of(beside, node)):
                    yield self._saying(code, "row", None, said, (), part)

    def _is_error(self, node: ast.Call, makers: Mapping[str, _Maker]) -> bool:
        return called(node) in _EXITS or called(node).removeprefix("self.") in makers

    def _saying(
        self,
        code: str,
        kind: str,
        exit_: int | None,
        messages: tuple[Sentence, ...],
        hints: tuple[Sentence, ...],
        node: ast.expr,
    ) -> Saying:
        return Saying(code, kind, exit_, messages, hints, f"{self.place}:{node.lineno}")
