"""Keep the pt-BR catalogue true to the code: ``python -m ouvidoria_tui.locale.update [--check]``.

Reads every sentence marked with ``_``, ``N_``, ``NN_`` or ``plural`` in the package, keeps the translations
that exist in ``pt_BR/LC_MESSAGES/ouvidoria.po`` (the file that people edit), drops what nobody says any more,
and compiles the ``.mo``. Prints what still waits for a translation. With ``--check`` nothing is written and
the exit code is 1 where a file is stale or a translation is missing or fills other places. Maintainers' tool:
it needs Babel and the source tree.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
PO = PACKAGE / "locale" / "pt_BR" / "LC_MESSAGES" / "ouvidoria.po"
MO = PO.with_suffix(".mo")
_ARGUMENTS = {"_": 1, "N_": 1, "NN_": 2, "plural": 2}
_HEADER = """\
# Brazilian Portuguese of ouvidoria. English is the source. Edit the msgstr lines, then run
# python -m ouvidoria_tui.locale.update
"""

Key = str | tuple[str, str]


class _SteadyCatalogue(Catalog):
    """A catalogue whose header names no date and no tool: the same sentences give the same bytes."""

    mime_headers = property(
        lambda self: [
            ("Language", "pt_BR"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            # "0 manifestações": what Brazilian screens say, although CLDR counts zero as singular.
            ("Plural-Forms", "nplurals=2; plural=(n != 1);\n"),
        ],
        lambda self, headers: None,
    )


def sentences(package: Path = PACKAGE) -> Iterator[tuple[Key, str]]:
    """Every marked sentence with its place ``file:line``; a pair (one, many) where it changes with a number.

    Raises ``ValueError`` where ``N_`` or ``NN_`` is called with something that is not a literal.
    """
    # The syntax tree, because Babel's own reader loses calls nested in the arguments of another.
    for path in sorted(package.rglob("*.py")):
        if path.is_relative_to(PACKAGE / "locale"):
            continue
        for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
            if not isinstance(node, ast.Call):
                continue
            name = str(getattr(node.func, "attr", None) or getattr(node.func, "id", ""))
            wanted = _ARGUMENTS.get(name)
            if wanted is None:
                continue
            place = f"{path.relative_to(package.parent).as_posix()}:{node.lineno}"
            found = [
                a.value
                for a in node.args[:wanted]
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            ]
            if len(found) == wanted and all(found):
                yield (found[0] if wanted == 1 else (found[0], found[1])), place
            elif name in ("N_", "NN_"):
                raise ValueError(f"{place}: {name}() needs literal sentences")


def merged(po: Path = PO, package: Path = PACKAGE) -> tuple[Catalog, dict[Key, str]]:
    """The catalogue as it should be, sorted, and the place where each sentence is said first."""
    places: dict[Key, str] = {}
    for key, place in sentences(package):
        places.setdefault(key, place)
    known = Catalog(locale="pt_BR")
    if po.exists():
        with po.open("rb") as file:
            known = read_po(file, locale="pt_BR")
    catalogue = _SteadyCatalogue(locale="pt_BR", header_comment=_HEADER.rstrip(), fuzzy=False)
    for key in sorted(places, key=lambda key: (key,) if isinstance(key, str) else key):
        old = known.get(key[0] if isinstance(key, tuple) else key)
        fits = old is not None and old.id == key
        catalogue.add(key, old.string if old is not None and fits else "")
    return catalogue, places


def rendered(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The bytes of the ``.po`` and of the ``.mo``."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=110, no_location=True, ignore_obsolete=True)
    write_mo(mo, catalogue)
    return po.getvalue().rstrip(b"\n") + b"\n", mo.getvalue()


def faults(catalogue: Catalog) -> Iterator[tuple[Key, str]]:
    """Each sentence without a translation, or whose translation fills other places than the source."""
    for message in catalogue:
        if not message.id:
            continue
        ids, strings = _forms(message.id), _forms(message.string or "")
        key = ids[0] if len(ids) == 1 else (ids[0], ids[1])
        if len(strings) < len(ids) or not all(strings):
            yield key, "not translated"
        elif _places(strings) != _places(ids):
            yield key, f"places {sorted(_places(ids))} became {sorted(_places(strings))}"


def _forms(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _places(templates: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for template in templates:
        try:
            found.update(name for _text, name, _spec, _conversion in Formatter().parse(template) if name)
        except ValueError:
            found.add("(braces that do not match)")
    return found


def main(arguments: list[str]) -> int:
    """Exit code: with ``--check`` 1 where anything is stale, missing or wrong, else 0."""
    check = "--check" in arguments
    catalogue, places = merged()
    po, mo = rendered(catalogue)
    stale = [path for path, data in ((PO, po), (MO, mo)) if not path.exists() or path.read_bytes() != data]
    wrong = list(faults(catalogue))
    for key, why in wrong:
        print(f"{places.get(key, PO.name)}: {why}: {key!r}")
    if check:
        for path in stale:
            print(f"{path.relative_to(PACKAGE.parent)}: stale, run python -m ouvidoria_tui.locale.update")
        return 1 if wrong or stale else 0
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po)
    MO.write_bytes(mo)
    print(f"{len(places)} sentences, {len(wrong)} to translate in {PO.relative_to(PACKAGE.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
