"""Numbers that belong to a person, found in a plain text: documents, telephones, cards, accounts, plates, dates.

A number is known by the word before it, by how it is written, or by its check digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ouvidoria_tui.domain.redaction_digits import is_cnpj, is_cpf
from ouvidoria_tui.domain.redaction_span import Kind, Span

_re = partial(re.compile, flags=re.ASCII)

#: What may stand between a word that says what a number is, and the number.
_BETWEEN = r"(?:[\s:=#.()\-\u00b0]{1,4}|(?:numero|num|nr|no|n|e|eh|sob|o|a|do|da|de|meu|minha|final|com|que|tem)\b){0,6}+"
_DIGITS = r"[0-9*x](?:[ .\-/]{0,2}[0-9*x]){%s}(?![0-9])"


def _labelled(words: str, many: str) -> re.Pattern[str]:
    return _re(rf"\b(?:{words}){_BETWEEN}({_DIGITS % many})")


#: By the word before it, whatever its check digits say.
_LABELLED = (
    (Kind.CPF, _labelled(r"c\.?p\.?f\.?(?:/mf)?|cpfs", "4,13")),
    (Kind.CNPJ, _re(rf"\bc\.?n\.?p\.?j\.?{_BETWEEN}([0-9a-z](?:[ .\-/]{{0,2}}[0-9a-z]){{7,13}})(?![0-9a-z])")),
    (
        Kind.RG,
        _re(
            rf"\b(?:r\.?g\.?|identidade|cedula de identidade|registro geral){_BETWEEN}"
            r"((?:[a-z]{2}[ \-]?)?[0-9](?:[ .\-/]{0,2}[0-9]){4,11}(?:[ \-]{0,2}x\b)?)(?![0-9])"
        ),
    ),
    (Kind.CNH, _labelled(r"c\.?n\.?h\.?|habilitacao|carteira de motorista", "7,12")),
    (Kind.PIS, _labelled(r"pis(?:/pasep)?|pasep|n\.?i\.?s\.?|n\.?i\.?t\.?", "8,12")),
    (Kind.VOTER, _labelled(r"titulo(?: de eleitor| eleitoral)?", "7,13")),
    (Kind.HEALTH_CARD, _labelled(r"cns|sus|cartao nacional de saude", "9,16")),
    (Kind.PASSPORT, _re(rf"\bpassaporte{_BETWEEN}([a-z]{{1,3}}[ .\-]{{0,2}}[0-9](?:[ .\-]{{0,2}}[0-9]){{4,8}})(?![0-9])")),
    (
        Kind.DOCUMENT,
        _re(
            r"\b(?:oab|crm|crea|crc|cro|coren|crp|cau|ctps|carteira de trabalho|minha matricula|certidao(?: de \w{1,12})?"
            rf"|renavam|inscricao estadual|reservista)(?:[ /\-]{{0,2}}[a-z]{{2}}\b)?{_BETWEEN}({_DIGITS % '2,16'})"
        ),
    ),
    (Kind.PHONE, _labelled(
        r"tel|telefones?|fones?|cel|celular(?:es)?|whats(?:app)?|wpp|zap|zapzap|contatos?|liguem?|ligar(?: para)?"
        r"|ramal|recados?(?: com)?|telegram|discar", "6,15")),
    (Kind.POSTCODE, _labelled(r"c\.?e\.?p\.?", "7,7")),
    (Kind.CARD, _labelled(r"cartao(?: de (?:credito|debito))?", "11,18")),
    (Kind.CARD, _labelled(r"cvv|cvc|codigo de seguranca", "2,3")),
    (
        Kind.BANK,
        _re(
            rf"\b(?:ag|agencia|cc|c/c|c\.c|cp|conta(?: corrente| poupanca| bancaria| salario)?|poupanca|op|operacao){_BETWEEN}"
            r"([0-9](?:[.\-/]?[0-9]){2,13}(?:-?x\b|[ ]?-[ ]?[0-9x]\b)?)(?![0-9])"
        ),
    ),
    (
        Kind.PIX,
        _re(r"\b(?:chave(?: do| de)? pix|chave aleatoria|pix)[ :=\-]{1,4}((?=[a-z0-9\-]{0,40}[0-9])[a-z0-9][a-z0-9\-]{10,40})"),
    ),
)  # fmt: skip

_GAP = r"[ .\-/_,\n]{0,3}"
_NUM = r"(?<![0-9])"
_END = r"(?![0-9])"
#: By how it is written.
_WRITTEN = (
    (Kind.CPF, _re(rf"{_NUM}[0-9*x]{{3}} ?[.,] ?[0-9*x]{{3}} ?[.,] ?[0-9*x]{{3}}\s?[\-/.]\s?[0-9*x]{{2}}{_END}")),
    (Kind.CPF, _re(rf"{_NUM}[0-9]{{9}}\s?[\-/]\s?[0-9]{{2}}{_END}")),
    (Kind.CPF, _re(rf"{_NUM}[0-9]{{3}} [0-9]{{3}} [0-9]{{3}}[ \-]{{1,3}}[0-9]{{2}}{_END}")),
    (Kind.CPF, _re(rf"{_NUM}[0-9]{{3}}-[0-9]{{3}}-[0-9]{{3}}-[0-9]{{2}}{_END}")),
    (
        Kind.CNPJ,
        _re(r"(?<![0-9a-z])[0-9a-z]{2}[. ]{1,2}[0-9a-z]{3}[. ]{1,2}[0-9a-z]{3} ?/ ?[0-9a-z]{4} ?- ?[0-9]{2}" + _END),
    ),
    (Kind.CNPJ, _re(rf"{_NUM}[0-9]{{8}} ?/ ?[0-9]{{4}} ?- ?[0-9]{{2}}{_END}")),
    (Kind.PIS, _re(rf"{_NUM}[0-9]{{3}}[. ][0-9]{{5}}[. ][0-9]{{2}}[ \-.][0-9]{_END}")),
    (Kind.RG, _re(rf"(?:\b[a-z]{{2}}-)?{_NUM}[0-9]{{1,2}}\.[0-9]{{3}}\.[0-9]{{3}} ?- ?[0-9x]\b")),
    (Kind.RG, _re(r"\b[a-z]{2}[ \-]{1,2}[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}" + _END)),
    (Kind.POSTCODE, _re(rf"{_NUM}(?<![.\-])(?:[0-9]{{5}}|[0-9]{{2}}\.[0-9]{{3}}) ?- ?[0-9]{{3}}{_END}(?!-[0-9])")),
    (Kind.PIX, _re(r"(?<![0-9a-f])[0-9a-f]{8}[\- ][0-9a-f]{4}[\- ][0-9a-f]{4}[\- ][0-9a-f]{4}[\- ][0-9a-f]{12}(?![0-9a-f])")),
    (Kind.PLATE, _re(r"(?<![a-z0-9])[a-z]{3}[\- ]?[0-9][a-j][0-9]{2}(?![a-z0-9])")),
    (Kind.PLATE, _re(r"(?<![a-z0-9])[a-z]{3} ?- ?[0-9]{4}(?![a-z0-9\-])")),
    (Kind.PLATE, _re(r"\bplacas?\b[ :]{1,3}(?:(?:do|da|e|meu|minha|carro|moto|veiculo)[ :]{1,2}){0,3}[a-z]{3}[ \-]{0,2}[0-9][0-9a-j][0-9]{2}\b")),
)  # fmt: skip
#: Only where the letters are capitals.
_CAPITALS = (
    (Kind.PLATE, _re(r"(?<![a-z0-9])(?!lei|art|nbr|iso|ped|cod|ref|res|dec|nfe|nota|sac|cep|cpf)[a-z]{3} ?[0-9]{4}(?![a-z0-9,/\-])")),
    (Kind.PASSPORT, _re(r"(?<![a-z0-9])[a-z]{2} ?[0-9]{6}(?![a-z0-9])")),
    (Kind.DOCUMENT, _re(r"(?<![a-z0-9])(?=[a-z0-9]{0,16}[0-9])(?=[0-9]{0,16}[a-z])[a-hj-npr-z0-9]{17}(?![a-z0-9])")),
)  # fmt: skip
_CNPJ_LETTERS = _re(r"(?<![a-z0-9])[0-9a-z]{12}[0-9]{2}(?![a-z0-9])")
_CPF_ROW = _re(rf"{_NUM}(?:[0-9]{_GAP}){{10}}[0-9]{_END}")

_MONTH = r"(?:janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez)"
_DATE = (
    rf"(?:[0-9]{{1,2}}\s?[/.\-]\s?[0-9]{{1,2}}\s?[/.\-]\s?(?:[0-9]{{4}}|[0-9]{{2}})|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|[0-9]{{1,2}}o?\s(?:de\s)?{_MONTH}(?:\s(?:de\s)?[0-9]{{2,4}})?|[0-9]{{8}})"
)
_BORN = r"(?:nasci(?:d[oa]|mento)?|nasceu|nasc|data de nasc\w{0,7}|d\.?n\.?|aniversario|dt\.? ?nasc\w{0,7})"
_BIRTHS = (
    _re(rf"\b{_BORN}\b[^0-9\n]{{0,40}}\n?[ ]{{0,4}}({_DATE}){_END}"),
    _re(
        rf"{_NUM}({_DATE})[ ]?[(,\-]?[ ]?(?:e |eh |foi )?(?:a |o |minha |meu )?(?:data (?:de|do) (?:meu )?)?{_BORN}\b"
    ),
)
_WORDS = "zero um uma dois duas tres quatro cinco seis meia sete oito nove dez onze quinze vinte trinta"
_SPOKEN = _re(
    rf"\b(?:{'|'.join(_WORDS.split())})(?:[ ,.\-]{{1,3}}(?:e )?(?:{'|'.join(_WORDS.split())})\b){{7,20}}"
)


def numbers(plain: str, capital: bytes) -> Iterator[Span]:
    """The numbers in ``plain`` that labels, spelling or check digits give away."""
    for kind, pattern in _LABELLED:
        for found in pattern.finditer(plain):
            if any(char.isdigit() for char in found[1]):
                yield Span(*found.span(1), kind)
    for kind, pattern in _WRITTEN:
        for found in pattern.finditer(plain):
            if sum(char.isdigit() for char in found[0]) > 2:
                yield Span(*found.span(), kind)
    for kind, pattern in _CAPITALS:
        for found in pattern.finditer(plain):
            if all(capital[at] for at in range(*found.span()) if plain[at].isalpha()):
                yield Span(*found.span(), kind)
    for found in _CNPJ_LETTERS.finditer(plain):
        if is_cnpj(found[0]):
            yield Span(*found.span(), Kind.CNPJ)
    for found in _CPF_ROW.finditer(plain):
        if is_cpf("".join(char for char in found[0] if char.isdigit())):
            yield Span(*found.span(), Kind.CPF)
    for pattern in _BIRTHS:
        for found in pattern.finditer(plain):
            yield Span(*found.span(1), Kind.BIRTH)
    for found in _SPOKEN.finditer(plain):
        yield Span(*found.span(), Kind.PHONE)
