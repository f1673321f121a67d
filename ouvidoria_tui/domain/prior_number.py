"""The number of the previous ticket in what a customer wrote: the one that was meant, or none.

The desk asked for a number (S1-16) and the answer is free text. A number counts where a word beside it says what
it is, or where it is the only one that could be; dates, amounts, telephone numbers and the desk's own protocols
are none. Of several the one that the first instance's history knows is meant. In a first message, where nobody
was asked for it, only a number counts that is called the one of a ticket.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.protocol import parse_protocol
from ouvidoria_tui.domain.quotes import trim
from ouvidoria_tui.errors import UsageError

_READ_AT_MOST = 20_000
_MOST = 20
_LEAST_DIGITS, _LONGEST = 3, 64
#: So much of a line is looked at on either side of a number.
_BESIDE = 200
_TOKEN = re.compile(r"#?[A-Za-z0-9][A-Za-z0-9./-]*")
_AMOUNT = re.compile(r"(?:r\$|us\$|€)\s*$", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2}h\d{2}(?:min)?")
_TELEPHONE = re.compile(r"(?:\d{2}[ -]?)?9?\d{4}-\d{4}|0[3589]00-?\d{3}-?\d{4}")
#: What stands before a number that is one of a ticket, within three words.
_NAMED = re.compile(
    r"\b(?:chamado|protocolo|ticket|atendimento|numero|number|request|n[o.]?|nr)\b\W*(?:\w+\W+){0,3}$"
)
#: What names the number of a ticket and nothing else.
_TICKET = re.compile(
    r".*\b(?:chamados?|tickets?|atendimentos?|protocolos?|solicitac(?:ao|oes))\b\W*((?:\w+\W+){0,3})$"
)
#: Between such a word and the number, what says that the number is another thing's.
_OTHER = re.compile(
    r"\b(?:pedidos?|notas?|nf|nfe|faturas?|boletos?|contratos?|contas?|cpf|cnpj|rg|cep|pix|codigo|rastreio|valor"
    r"|telefones?|fones?|tel|celular|cel|zap|ramal|loja|lojas|rua|avenida|ip|erro|erros|versao|plano)\b"
)
#: What makes a number of a ticket's form a quantity: a unit or cents behind it.
_QUANTITY = re.compile(
    r"\s*(?:,\d|%|(?:dias?|horas?|h|hs|hrs?|min|minutos?|meses|mes|semanas?|anos?|vezes|reais|mil|pessoas)\b)"
)
#: What may stand between two numbers that one word names.
_AND = re.compile(r"\w*\d\w*\W+(?:(?:e|ou|and|or)\W+)?$")
_YEAR = re.compile(r"(?:19|20)\d{2}")


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


def number_named(
    text: str, pattern: str | None, known: Callable[[str], bool] | None = None
) -> tuple[str | None, bool]:
    """The number that a first message calls a ticket's, and whether it names several.

    Stricter than :func:`number_said`: a word for a ticket stands before it on the line, within three words and
    with nothing between that the number could belong to. Of several only one that alone is ``known`` counts.
    """
    named = _called(text, pattern)
    if named:  # what is quoted underneath is somebody else's
        own = set(_called(trim(text), pattern))
        named = [one for one in named if one in own]
    if len(named) > 1 and known is not None:
        named = [one for one in named if known(one)] or named
    return (named[0], False) if len(named) == 1 else (None, bool(named))


def _called(text: str, pattern: str | None) -> list[str]:
    """The numbers of which ``text`` says that they are tickets'; each once, in their order."""
    named: list[str] = []
    for token, before, after in _tokens(text[:_READ_AT_MOST], pattern):
        if not _is_called(before) or _QUANTITY.match(after):
            continue
        if not (_YEAR.fullmatch(token) or _bare_protocol(token) or token in named) and len(named) < _MOST:
            named.append(token)
    return named


def _is_called(before: str) -> bool:
    """Whether what stands before a number says that it is a ticket's."""
    called = _TICKET.match(before)
    if called is None:
        return False
    between = called[1]
    return not _OTHER.search(between) and (_AND.search(between) is not None or not re.search(r"\d", between))


def _numbers(text: str, pattern: str | None) -> tuple[list[str], list[str]]:
    """Numbers that are called a ticket's, and others; each once, in their order."""
    named: list[str] = []
    plain: list[str] = []
    for token, before, _after in _tokens(text, pattern):
        group = named if token.startswith("#") or _NAMED.search(before) else plain
        if token not in (*named, *plain) and len(named) + len(plain) < _MOST:
            group.append(token)
    return named, plain


def _tokens(text: str, pattern: str | None) -> Iterator[tuple[str, str, str]]:
    """What could be a number, with what stands before and behind it on its line, folded."""
    for line in text.splitlines():
        if line.lstrip().startswith(">"):  # what the desk wrote, quoted
            continue
        for match in _TOKEN.finditer(line):
            token = match.group().rstrip("./-")
            before = line[max(0, match.start() - _BESIDE) : match.start()]
            if _could_be(token, before, pattern):
                behind = match.start() + len(token)
                yield token, fold(before), fold(line[behind : behind + _BESIDE])


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


def _bare_protocol(token: str) -> bool:
    """Whether bare digits can be read as a protocol of the desk: where nobody asked, they are taken for one."""
    try:
        return _YEAR.match(token) is not None and bool(parse_protocol(token))
    except UsageError:
        return False
