"""The number of the previous ticket in what a customer wrote back: the one that was meant, or none.

The desk asked for a number (S1-16) and the answer is free text. A number counts where a word beside it says what
it is, or where it is the only one that could be; dates, amounts, telephone numbers and the desk's own protocols
are none. Of several the one that the first instance's history knows is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.errors import UsageError

_READ_AT_MOST = 20_000
_MOST = 20
_LEAST_DIGITS, _LONGEST = 3, 64
_TOKEN = re.compile(r"#?[A-Za-z0-9][A-Za-z0-9./-]*")
_AMOUNT = re.compile(r"(?:r\$|us\$|€)\s*$", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d{2}-\d{2}")
_TELEPHONE = re.compile(r"(?:\d{2}[ -]?)?9?\d{4}-\d{4}")
#: What stands before a number that is one of a ticket, within three words.
_NAMED = re.compile(
    r"\b(?:chamado|protocolo|ticket|atendimento|numero|number|request|n[o.]?|nr)\b\W*(?:\w+\W+){0,3}$"
)


def number_said(
    text: str, pattern: str | None, known: Callable[[str], bool] | None = None
) -> tuple[str | None, bool]:
    """The number that ``text`` gives, and whether it leaves a choice: several that could be it are none.

    ``pattern`` is what the whole number must match, ``known`` says whether the history has it.
    """
    named, plain = _numbers(text[:_READ_AT_MOST], pattern)
    if known is not None:
        found = [one for one in (*named, *plain) if known(one)]
        if found:
            return found[0], False
    for group in (named, plain):
        if group:
            return (group[0], False) if len(group) == 1 else (None, True)
    return None, False


def _numbers(text: str, pattern: str | None) -> tuple[list[str], list[str]]:
    """Numbers that are called a ticket's, and others; each once, in their order."""
    named: list[str] = []
    plain: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith(">"):  # what the desk wrote, quoted
            continue
        for match in _TOKEN.finditer(line):
            token = match.group().rstrip("./-")
            if not _could_be(token, line[: match.start()], pattern):
                continue
            before = fold(line[: match.start()])
            group = named if token.startswith("#") or _NAMED.search(before) else plain
            if token not in (*named, *plain) and len(named) + len(plain) < _MOST:
                group.append(token)
    return named, plain


def _could_be(token: str, before: str, pattern: str | None) -> bool:
    if len(token) > _LONGEST or sum(char.isdigit() for char in token) < _LEAST_DIGITS:
        return False
    if _DATE.fullmatch(token) or _TELEPHONE.fullmatch(token) or _AMOUNT.search(before):
        return False
    if pattern is not None and re.fullmatch(pattern, token) is None:
        return False
    return not _own_protocol(token)


def _own_protocol(token: str) -> bool:
    """Whether it is a protocol of the desk; bare digits may be anybody's, and the check digit fits one in ten."""
    try:
        return "-" in token and bool(parse_protocol(token))
    except UsageError:
        return False
