"""Names that a text itself says are names: "meu nome é …", "Sra. …", "minha filha …", a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ouvidoria_tui.domain.redaction_span import Kind, Span
from ouvidoria_tui.domain.redaction_words import LABELS, PARTICLES, STOP

_re = partial(re.compile, flags=re.ASCII)

#: After these comes a name, in whatever letters.
_SURELY = _re(
    r"\b(?:meu nome(?: completo| de batismo| social)?(?: e| eh|:)?|me chamo|chamo-me|eu me chamo|me chamam de|meu apelido e"
    r"|nome(?: completo| social| do titular| da titular| do cliente| da mae| do pai| do manifestante| do denunciante)? ?[:=\-]"
    r"|nome da mae e|(?:requerente|manifestante|denunciante|reclamante|titular|interessad[oa]|mae|pai|conjuge|esposa|marido) ?[:=]"
    r"|assinado(?: por)? ?:?|ass\.|sr\.a\.|sr\(a\)\.?|sras?\.|srs?\.|srta\.?|sra|sr|dona|fil(?:ho|ha) de|sou conhecid[oa] como"
    r"|my name is|i am called)(?![a-z])[ ]{0,3}"
)
#: After these comes a name where it begins with a capital.
_PERHAPS = _re(
    r"\b(?:sou (?:a|o)|sou|aqui (?:e|eh|quem fala e) (?:a|o)?|quem (?:fala|escreve) (?:e|eh) (?:a|o)?|seu|dra?\.?|senhora?|profa?\.|d\."
    r"|casad[oa] com(?: o| a)?|esposa de|marido de|mae de|pai de|em nome de|eu,|contato:|a/c|aos cuidados de"
    r"|(?:meu|minha|nosso|nossa|seu|sua) (?:marido|esposa|mulher|companheir[oa]|namorad[oa]|noiv[oa]|filh[oa]|mae|pai|irma|irmao|av[oa]|net[oa]"
    r"|ti[oa]|prim[oa]|sobrinh[oa]|sogr[oa]|cunhad[oa]|enteado|enteada|vizinh[oa]|amig[oa]|socio|socia|advogad[oa]|sindic[oa]|patrao|patroa|bebe)),?"
    r"[ ]{1,3}"
)
_TOKEN = _re(r"[a-z']+")
_BETWEEN = _re(r"(?:\.?[ ]{1,2}|-|\.(?=[a-z])|[ ]?\n[ ]?|,[ ](?=(?:junior|jr|neto|filho)\b))")
_CLOSING = _re(
    r"(?:(?<=\n)|(?<=[.!?,;] )|\A)[ ]{0,4}(?:atenciosamente|atte|att|abs|um abraco|abracos?|cordialmente|grat[oa]|(?:muito )?obrigad[oa]"
    r"|respeitosamente|saudacoes|sem mais|desde ja agradeco|agradeco|assinado|assina|ciente|beijos|bjs|regards|sincerely|best)"
    r"[ ]{0,2}[,.!;:\-]{0,3}[ ]{0,2}(\n[\n ]{0,6}|)"
)
_LINE = _re(r"[^\n]{0,80}")
_NAME_LINE = _re(r"[ \-_~*]{0,4}[a-z'][a-z'.\- ]{1,58}[ ]{0,2}")
_MOST = 8


def introduced(plain: str, capital: bytes) -> Iterator[Span]:
    """The names that follow words which introduce a person."""
    for pattern, surely in ((_SURELY, True), (_PERHAPS, False)):
        for found in pattern.finditer(plain):
            end = name_end(plain, capital, found.end(), surely=surely)
            if end is not None:
                yield Span(found.end(), end, Kind.NAME)


def signatures(plain: str, capital: bytes) -> Iterator[Span]:
    """The names under a letter: after its closing words, or alone in its last line."""
    for found in _CLOSING.finditer(plain):
        if not found[1]:
            end = name_end(plain, capital, found.end(), surely=False)
            if end is not None:
                yield Span(found.end(), end, Kind.NAME)
            continue
        line = _LINE.match(plain, found.end())
        if line is not None and _is_name_line(plain, capital, *line.span()):
            yield Span(*line.span(), Kind.NAME)
    last = plain.rstrip()
    start = last.rfind("\n") + 1
    words = _TOKEN.findall(last[start:])
    if start and 2 <= len(words) <= 5 and _is_name_line(plain, capital, start, len(last)):
        own = [match.start() for match in _TOKEN.finditer(last, start) if match[0] not in PARTICLES]
        if all(capital[at] for at in own):
            yield Span(start, len(last), Kind.NAME)


def name_end(plain: str, capital: bytes, start: int, *, surely: bool) -> int | None:
    """Where the name that begins at ``start`` ends; ``None`` where none does.

    One that begins with a capital goes on with capitals. ``surely``: it may also be written small.
    """
    first = _TOKEN.match(plain, start)
    if first is None or first[0] in STOP or first[0] in PARTICLES or not (surely or capital[start]):
        return None
    small = not capital[start]
    # Between capitals a small word ends the name; where all is written small, or all large, only its meaning does.
    ends = STOP if small or (first.end() - start > 1 and all(capital[start : first.end()])) else LABELS
    end, at, count = first.end(), first.end(), 1
    while count < _MOST:
        gap = _BETWEEN.match(plain, at)
        token = None if gap is None else _TOKEN.match(plain, gap.end())
        if gap is None or token is None:
            break
        particle = token[0] in PARTICLES
        if not particle and (token[0] in ends or (not small and not capital[token.start()])):
            break
        if "\n" in gap[0] and (small or particle):
            break
        at, count = token.end(), count + 1
        if not particle:
            end = at
    # An initial keeps its dot.
    return end + 1 if end - start < 3 and plain.startswith(".", end) else end


def _is_name_line(plain: str, capital: bytes, start: int, end: int) -> bool:
    """Whether a line can be nothing but a name: one that says something else has a word of another kind."""
    words = [found for found in _TOKEN.finditer(plain, start, end) if found[0] not in PARTICLES]
    if _NAME_LINE.fullmatch(plain, start, end) is None or not 1 <= len(words) <= 7:
        return False
    named = all(capital[word.start()] for word in words) and not all(
        capital[at] for at in range(start, end) if plain[at].isalpha()
    )
    return words[0][0] not in STOP and not any(word[0] in (LABELS if named else STOP) for word in words)
