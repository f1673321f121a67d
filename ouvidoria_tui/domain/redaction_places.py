"""Where somebody lives, and what leads to somebody on the net: streets, e-mail addresses, links, profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ouvidoria_tui.domain.redaction_span import Kind, Span

_re = partial(re.compile, flags=re.ASCII)

_STREET = (
    r"(?:rua|r\.|avenida|aven\.|av\.?|travessa|tv\.|trav\.|alameda|al\.|praca|pca\.?|rodovia|rod\.|estrada|estr?\.|largo|viela|beco|ladeira"
    r"|quadra|qd\.?|servidao|passagem|vila|via)"
)
_WORD = r"[a-z0-9'.\u00b0]{1,24}"
_NUMBER = r"(?:,?[ ]{0,2}(?:n[ou.\u00b0]{0,2}|numero|num\.?|nr\.?)?[ ]{0,2}[0-9]{1,6}(?:[ \-]?[a-z])?\b|,?[ ]{0,2}s/n\b)"
_INSIDE = (
    r"(?:[,;]?[ ]{0,2}\-?[ ]{0,2}(?:apartamento|apto?\.?|ap|bloco|bl\.?|casa|cs\.?|fundos|lote|lt\.?|quadra|qd\.?|sala|conjunto|conj\.?|cj\.?|torre"
    r"|andar|sobrado|edificio|ed\.|condominio|cond\.|bairro|km|unidade|complemento|predio|sobreloja)[ ]{0,2}[:.]?[ ]{0,2}"
    r"(?:n[o.\u00b0]{0,2}[ ])?[a-z0-9\-]{0,12}){0,5}"
)
_ADDRESSES = (
    # With its number, in whatever letters.
    _re(rf"\b{_STREET}[ ]{{1,2}}{_WORD}(?:[ ]{{1,2}}{_WORD}){{0,6}}?{_NUMBER}{_INSIDE}"),
    _re(r"\b(?:sqn|sqs|sqnw|sqsw|shis|shin|shcgn|scln|scls|cln|cls|qnm|qnn|qnl|qnp|qne|qnd|qs|qi|ql|smpw|sgas|sgan|srtvs|srtvn)\b"
        rf"[ ]{{0,2}}[0-9]{{1,4}}{_INSIDE}"),
    _re(r"\b(?:apartamento|apto\.?|ap\.?)[ ]{0,2}(?:n[o.\u00b0]{0,2}[ ])?[0-9]{1,5}[a-z]?\b(?:[, ]{1,3}(?:bloco|bl\.?|torre)[ ]{0,2}[a-z0-9]{1,4}\b)?"),
    _re(r"\bquadra[ ]{1,2}[a-z0-9]{1,4}[, ]{1,3}(?:lote|casa|conjunto)[ ]{1,2}[a-z0-9]{1,4}\b"),
)  # fmt: skip
#: Without a number only where it is written as a name.
_NAMED = _re(
    rf"\b(?:{_STREET}|bairro|condominio|residencial|edificio|vila|jardim|loteamento|conjunto)[ ]{{1,2}}(?=[a-z])"
)
_NAME_PART = _re(r"[a-z0-9'.]{1,24}")
_SMALL = frozenset({"da", "de", "do", "das", "dos", "e"})

_AT = r"(?:@|[\[({<]?[ ]?\b(?:arroba|at)\b[ ]?[\])}>]?)"
_SPELLED = r"(?:[ ]?[\[({]?[ ]?\b(?:ponto|dot)\b[ ]?[\])}]?[ ]?)"
_DOT = r"(?:\.|[ ]?[\[({]?[ ]?\b(?:ponto|dot)\b[ ]?[\])}]?[ ]?)"
_EMAILS = (
    _re(r"[a-z0-9_.+\-%]{1,64}[ ]?@[ ]?[a-z0-9\-]{1,63}(?:[ ]?\.[ ]?[a-z0-9\-]{2,63}){1,5}"),
    _re(
        rf"[a-z0-9_.+\-%]{{1,64}}(?:{_SPELLED}[a-z0-9_.+\-%]{{1,40}}){{0,3}}[ ]{{0,2}}{_AT}[ ]{{0,2}}[a-z0-9\-]{{1,63}}"
        rf"(?:[ ]?{_DOT}[ ]?(?:com|br|net|org|gov|edu|info|dev|me|adv|[a-z0-9\-]{{1,30}}\b(?=[ ]?{_DOT}))){{1,4}}"
    ),
    _re(r"[a-z0-9_.+\-]{2,64}[ ]{0,2}[\[({][ ]?(?:arroba|at|a)[ ]?[\])}][ ]{0,2}[a-z0-9.\-]{2,63}"),
    _re(r"[a-z0-9_.+\-]{2,64}[ ]{0,2}\b(?<!\bda )(?<!\bde )(?<!\buma )(?<!\bpor )(?<!\bcada )arroba\b[ ]{0,2}(?:gmail|hotmail|outlook|yahoo|uol|bol|terra|icloud|live|globo)\b(?:[ ]?(?:\.|ponto)[ ]?(?:com|br)){0,2}"),
)  # fmt: skip
_LINKS = _re(
    r"\b(?:https?://|ftp://|www\.)[^\s<>\"]{2,400}|\b(?:[a-z0-9\-]{1,40}\.){1,4}[a-z]{2,10}/[^\s<>\"]{1,400}"
)
#: A link leads to somebody where it has a name, a token, or belongs to a network of people.
_PERSONAL = _re(
    r"[?#@~]|(?:facebook|fb|instagram|linkedin|twitter|tiktok|youtube|youtu|threads|wa|t|telegram|github|gitlab|x|kwai|orkut|lattes)\.(?:com|me|be|net|cnpq)[^/]{0,12}/"
    r"|/(?:u|user|users|usuario|usuarios|perfil|profile|profiles|conta|contas|cliente|clientes|account|accounts|in|pessoa|pessoas|member|d|file|share|s|drive)/"
    r"|(?=[a-z0-9_\-]{0,40}[0-9])[a-z0-9_\-]{16}|[0-9]{6}"
)
_HANDLE = _re(r"(?<![a-z0-9_.@/])@[ ]?[a-z0-9_.]{2,30}")


def places(plain: str, capital: bytes) -> Iterator[Span]:
    """Streets with their numbers, and districts and buildings that are called by name."""
    for pattern in _ADDRESSES:
        for found in pattern.finditer(plain):
            yield Span(found.start(), _trimmed(plain, found.end()), Kind.ADDRESS)
    for found in _NAMED.finditer(plain):
        end = _named_end(plain, capital, found.end())
        if end is not None:
            yield Span(found.start(), end, Kind.ADDRESS)


def net(plain: str) -> Iterator[Span]:
    """E-mail addresses, also as they are spelled out, links that lead to somebody, names of profiles."""
    for pattern in _EMAILS:
        for found in pattern.finditer(plain):
            yield Span(*found.span(), Kind.EMAIL)
    for found in _LINKS.finditer(plain):
        if _PERSONAL.search(found[0]) is not None:
            yield Span(*found.span(), Kind.LINK)
    for found in _HANDLE.finditer(plain):
        yield Span(*found.span(), Kind.HANDLE)


def _named_end(plain: str, capital: bytes, start: int) -> int | None:
    """Where a name of capitals (with small words between) that begins at ``start`` ends."""
    end, at = None, start
    for _turn in range(8):
        part = _NAME_PART.match(plain, at)
        if part is None or not (capital[at] or plain[at].isdigit() or part[0] in _SMALL):
            break
        at = part.end()
        if part[0] not in _SMALL:
            end = at
        if not plain.startswith(" ", at):
            break
        at += 1
    if end is None or not any(capital[start:end]):
        return None
    return _trimmed(plain, end)


def _trimmed(plain: str, end: int) -> int:
    """``end`` without the sign that ends a sentence."""
    while end and plain[end - 1] in " .,;":
        end -= 1
    return end
