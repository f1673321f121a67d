"""The sentences that an expression of the source may be, without running it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

#: A sentence as the catalogue knows it: its source, or its two forms where it changes with a number.
Sentence = tuple[str, ...]
Function = ast.FunctionDef | ast.AsyncFunctionDef

_DEEPEST = 3


class Texts:
    """One module's source. ``elsewhere`` holds the public functions of all modules, by name."""

    def __init__(self, tree: ast.Module, elsewhere: Mapping[str, Texts]) -> None:
        self.elsewhere = elsewhere
        self.owner: dict[ast.AST, Function] = {}
        self.assigned: dict[str, list[ast.expr]] = {}
        self.nodes = list(ast.walk(tree))
        for node in self.nodes:
            if isinstance(node, Function):
                self.owner.update(dict.fromkeys(ast.walk(node), node))  # the innermost function comes last
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    self.assigned.setdefault(ast.unparse(target), []).append(node.value)
        self.functions = {node.name: node for node in self.nodes if isinstance(node, Function)}

    def said(self, call: ast.Call, at: int) -> tuple[Sentence, ...]:
        """The sentences of argument ``at``, also where a function gives several arguments at once (``*f()``)."""
        for place, written in enumerate(call.args[: at + 1]):
            if isinstance(written, ast.Starred):
                return self._one_of_several(written.value, at - place, call)
        return self.of(argument(call, at), call)

    def of(
        self, value: ast.expr | None, near: ast.AST, depth: int = 0, part: int | None = None
    ) -> tuple[Sentence, ...]:
        """The sentences of ``value`` as it stands at ``near``; none where they come from elsewhere.

        ``part`` asks for one value of a tuple.
        """
        if isinstance(value, ast.Tuple) and part is not None:
            return self.of(value.elts[part], near, depth)
        if isinstance(value, ast.IfExp):
            return _once(self.of(value.body, near, depth) + self.of(value.orelse, near, depth))
        if isinstance(value, ast.Subscript):
            value = value.value
        if isinstance(value, ast.Name | ast.Attribute) and depth < _DEEPEST:
            here, written = self.owner.get(near), self.assigned.get(ast.unparse(value), [])
            found = [one for one in written if self.owner.get(one) in (here, None)]
            return _once(tuple(said for one in found for said in self.of(one, near, depth + 1)))
        if isinstance(value, ast.GeneratorExp):
            return self.of(value.elt, near, depth)
        return self._of_call(value, near, depth) if isinstance(value, ast.Call) else ()

    def nearest(self, value: ast.expr | None, near: ast.expr) -> ast.expr | None:
        """What a name stands for at ``near``: what was assigned to it last; anything else as it is."""
        if not isinstance(value, ast.Name):
            return value
        here = self.owner.get(near)
        found = [one for one in self.assigned.get(value.id, []) if self.owner.get(one) is here]
        before = [one for one in found if one.lineno < near.lineno]
        return max(before, key=lambda one: one.lineno, default=None)

    def _of_call(self, call: ast.Call, near: ast.AST, depth: int) -> tuple[Sentence, ...]:
        name = called(call)
        if name in ("N_", "NN_"):
            return (_sentence(call.args[: 2 if name == "NN_" else 1]),)
        if name == "tuple":
            return self.of(argument(call, 0), near, depth)
        return self._returned(name, depth) if depth < _DEEPEST else ()

    def _returned(self, name: str, depth: int, part: int | None = None) -> tuple[Sentence, ...]:
        function = self.functions.get(name)
        if function is None:
            return ()
        returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
        return _once(tuple(said for one in returned for said in self.of(one, function, depth + 1, part)))

    def _one_of_several(self, value: ast.expr, part: int, near: ast.AST) -> tuple[Sentence, ...]:
        if not isinstance(value, ast.Call):
            return self.of(value, near, 0, part)
        name = called(value)
        home = self if name in self.functions else self.elsewhere.get(name)
        return () if home is None else home._returned(name, 0, part)


def called(call: ast.Call) -> str:
    """The name by which a function is called: ``f``, ``self.f``, ``super().__init__``."""
    return ast.unparse(call.func)


def literal(node: ast.expr | None) -> str | None:
    """The text that is written out in a place."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def argument(call: ast.Call, at: int) -> ast.expr | None:
    """The positional argument ``at``, where there is one."""
    return call.args[at] if at < len(call.args) else None


def _sentence(nodes: Sequence[ast.expr]) -> Sentence:
    return tuple(text for node in nodes if (text := literal(node)) is not None)


def _once(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return tuple(dict.fromkeys(sentences))
