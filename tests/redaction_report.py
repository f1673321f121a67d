"""`python -m tests.redaction_report [TEXTS]`: what was planted and leaked, and what was removed needlessly."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from ouvidoria_tui.domain.redaction import MARKS, Known, redact, squeezed
from ouvidoria_tui.domain.redaction_check import leaks
from tests.redaction_innocents import innocents
from tests.redaction_texts import Planted, complaints


def leaked(after: str, planted: Planted) -> Iterator[str]:
    """The secrets of ``planted`` that ``after`` still holds. It reads by itself: nothing of the product helps it."""
    bare = after
    for mark in MARKS.values():
        bare = bare.replace(mark, " ")
    run = squeezed(bare)
    words = set("".join(char if char.isalnum() else " " for char in _folded(bare)).split())
    for secret in planted.secrets:
        wanted = squeezed(secret)
        if wanted in (run if any(char.isdigit() for char in wanted) else words):
            yield secret


def measure(seed: int, count: int) -> tuple[Counter[str], Counter[str], int, list[str]]:
    """Planted and leaked by kind, texts that the second look refused, and the texts that leaked."""
    planted, lost, refused, shown = Counter[str](), Counter[str](), 0, []
    for text, who, pieces in complaints(seed, count):
        done = redact(text, who.known)
        refused += bool(leaks(done.text, who.known))
        for piece in pieces:
            planted[piece.kind] += 1
            if any(leaked(done.text, piece)):
                lost[piece.kind] += 1
                shown.append(f"{piece.kind}: {piece.written!r} in {done.text!r}")
    return planted, lost, refused, shown


def needless(seed: int, count: int) -> tuple[Counter[str], Counter[str]]:
    """Words and numbers of innocent texts by kind, and how many of them are gone."""
    there, gone = Counter[str](), Counter[str]()
    for kind, text in innocents(seed, count):
        before, after = text.split(), redact(text, Known()).text
        for mark in MARKS.values():
            after = after.replace(mark, " ")
        there[kind] += len(before)
        gone[kind] += sum((Counter(before) - Counter(after.split())).values())
    return there, gone


def _folded(text: str) -> str:
    from ouvidoria_tui.domain.fold import fold

    return fold(text)


def main(count: int) -> int:
    """Prints both tables; 1 where anything leaked."""
    planted, lost, refused, shown = measure(1, count)
    print(f"{'planted in ' + str(count) + ' texts':24}{'planted':>9}{'leaked':>9}")
    for kind in sorted(planted):
        print(f"{kind:24}{planted[kind]:>9}{lost[kind]:>9}")
    print(f"{'all':24}{planted.total():>9}{lost.total():>9}")
    print(f"texts that the second look would hold back: {refused}")
    there, gone = needless(2, count)
    print(f"\n{'innocent texts':24}{'words':>9}{'removed':>9}{'share':>9}")
    for kind in sorted(there):
        print(f"{kind:24}{there[kind]:>9}{gone[kind]:>9}{gone[kind] / there[kind]:>9.1%}")
    print(f"{'all':24}{there.total():>9}{gone.total():>9}{gone.total() / there.total():>9.1%}")
    for line in shown[:20]:
        print(line, file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
