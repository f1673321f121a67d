"""A bare thank-you: words that ask nothing, say nothing new, and so must not move a ticket."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Longer texts say more than thanks.
_MOST_WORDS: Final = 25
_MOST_SIGNS: Final = 400

_WORD = re.compile(r"[^\W\d_]+")

_THANKS: Final = frozenset(
    _WORD.findall(
        "obrigado obrigada obrigados obrigadas obg obgd obrigadao obrigadinha brigado brigada agradeco agradecemos"
        " agradecido agradecida agradecimentos grato grata gratos gratas gratidao valeu vlw thanks thank thx"
        " gracias merci"
    )
)
#: What may stand around the thanks. Anything else may be a request, and is taken for one.
_AROUND: Final = frozenset(
    _WORD.findall(
        "muito muita muitos muitas mto mt mil imensamente de coracao ok okay okey oks okk certo perfeito otimo otima"
        " excelente maravilha beleza blz show entendi entendido ciente recebi recebido recebida a o as os e eu nos"
        " pela pelo pelas pelos por sua seu suas seus toda todo tudo atencao ajuda apoio retorno resposta respostas"
        " atendimento esclarecimento esclarecimentos informacao informacoes gentileza presteza rapidez agilidade"
        " cordialidade cuidado carinho oi ola bom boa dia tarde noite ate mais logo abraco abracos abs att atte"
        " atenciosamente cordialmente senhor senhora sr sra prezado prezada prezados equipe ouvidoria pessoal gente"
        " voce voces you so much very many the for your help support reply muchas mucho beaucoup deus abencoe"
    )
)
_FORMULAS: Final = frozenset({"att", "atte", "atenciosamente", "cordialmente", "abs", "abraco", "abracos"})
#: Endings of verbs: a name that looks like one is not believed to be a name.
_VERBAL = re.compile(r"(?:r|em|am|ei|ou|se|me|ndo)$")
_STEM = re.compile(r"brigad|obg|agrade|grat|valeu|vlw|thank|thx|gracias|merci", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+")


def is_bare_thanks(said: str) -> bool:
    """Whether ``said`` (without quotes and signature) only thanks; in doubt it does not.

    A question, a number, a negation, or any word that is not part of a thank-you makes it more than that. A
    name may be called after a comma, or stand below on a line of its own.
    """
    if len(said) > _MOST_SIGNS or "?" in said or any(sign.isnumeric() for sign in said):
        return False
    lines = [line.strip() for line in said.splitlines() if _WORD.search(line)]
    while len(lines) > 1 and _is_name(lines[-1], lines[-2]):
        lines.pop()
    words = [word for line in lines for word in _words(_without_called(line))]
    return (
        0 < len(words) <= _MOST_WORDS
        and any(word in _THANKS for word in words)
        and all(word in _THANKS or word in _AROUND for word in words)
    )


def thanks_somewhere(text: str) -> bool:
    """Whether ``text`` has a word of thanks at all: a quick look before its quotes are taken off."""
    return _STEM.search(text) is not None


def _words(text: str) -> list[str]:
    """Its words in lower case without accents; signs between them and emoji say nothing here."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(sign for sign in decomposed if not unicodedata.combining(sign)))


def _without_called(line: str) -> str:
    """``line`` without a name that is called after a comma: ``Obrigado, Maria!``."""
    before, comma, called = line.rpartition(",")
    names = _WORD.findall(called)
    return before if comma and before and 1 <= len(names) <= 2 and all(map(_may_be_name, names)) else line


def _is_name(line: str, above: str) -> bool:
    """Whether ``line`` is the writer's name: two words at least, or one under a closing formula."""
    names = _WORD.findall(line)
    if not 1 <= len(names) <= 4 or not all(map(_may_be_name, names)):
        return False
    formula = _words(above)
    return len(names) > 1 or (len(formula) == 1 and formula[0] in _FORMULAS)


def _may_be_name(word: str) -> bool:
    return _NAME.fullmatch(word) is not None and _VERBAL.search(word) is None
