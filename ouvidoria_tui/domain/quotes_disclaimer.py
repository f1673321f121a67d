"""Legal notices and advertisements that a company's mail server hangs under every message."""

from __future__ import annotations

import re
from typing import Final

#: What is looked at of a paragraph.
_HEAD: Final = 500

_OPENS = re.compile(
    r"\W{0,6}(?:(?:aviso (?:legal|de confidencialidade)|aviso:|confidentiality notice|disclaimer|legal notice"
    r"|nota de confidencialidade|aviso importante)\b"
    r"|(?:esta|essa|este|a presente|o presente|as informações contidas n?esta?)\s(?:mensagem|e-?mail|mensaje|correo)"
    r"|(?:the information (?:contained )?in )?this\s(?:e-?mail|message|communication)"
    r"|ce (?:message|courriel)|diese (?:e-?mail|nachricht)|questo messaggio|dit (?:e-mail)?bericht)",
    re.IGNORECASE,
)
_SECRET = r"(?:\w+mente )?(?:confiden[ct]i\w+|privileg\w+|sigilos\w+|vertraulich|vertrouwelijk|riservat\w|reservad\w)"
_BINDS = re.compile(
    rf"\b(?:é|são|is|are|est|sind|ist|is|es|son|e) (?:de uso )?{_SECRET}"
    r"|(?:conter|contém|contains?|contenir|enthalten|contener) (?:informaç\w+ |information |dados )?"
    rf"{_SECRET}"
    r"|destina(?:-se|d[ao]s?) (?:\w+mente |apenas |somente )?(?:a|ao|à|aos|para)\b|uso exclusivo"
    r"|intended (?:only|solely|for|recipient)|unauthori[sz]ed (?:disclosure|use)|libra esva|vertrauliche",
    re.IGNORECASE,
)
#: No server speaks in the first person.
_PERSON = re.compile(r"\b(?:eu|meus?|minhas?|quero|queria|vou|preciso|I|my|mine)\b")
_ALONE = re.compile(
    r"\W{0,6}(?:antes de imprimir|pense (?:bem )?antes de imprimir|please consider the environment"
    r"|think before you print|(?:livre|não cont[ée]m) (?:de )?vírus\W{1,4}(?:www\.)?\w+"
    r"|virus-free\.?\s*(?:www\.)?\w|este e-?mail foi (?:escaneado|verificado|analisado) (?:pelo|por|quanto)"
    r"|this e-?mail has been (?:checked|scanned) (?:for viruses )?by)",
    re.IGNORECASE,
)


def is_disclaimer(paragraph: str) -> bool:
    """Whether ``paragraph`` is such a notice; a question is none, nor are words of one's own."""
    head = paragraph[:_HEAD]
    if "?" in paragraph or _PERSON.search(head):
        return False
    if _ALONE.match(head):
        return True
    return _OPENS.match(head) is not None and _BINDS.search(head) is not None
