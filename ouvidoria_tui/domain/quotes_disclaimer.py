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
_BINDS = re.compile(
    r"confiden[ct]i|privileg|sigilos|vertraulich|vertrouwelijk|riservat|destinat[áa]ri"
    r"|intended (?:only|solely|recipient)|destina-se exclusivamente|uso exclusivo|disclosure|libra esva",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\W{0,6}(?:antes de imprimir|pense (?:bem )?antes de imprimir|please consider the environment"
    r"|think before you print|(?:livre|não cont[ée]m) (?:de )?vírus\W{1,4}(?:www\.)?\w+"
    r"|virus-free\.?\s*(?:www\.)?\w|este e-?mail foi (?:escaneado|verificado|analisado) (?:pelo|por|quanto)"
    r"|this e-?mail has been (?:checked|scanned) (?:for viruses )?by)",
    re.IGNORECASE,
)


def is_disclaimer(paragraph: str) -> bool:
    """Whether ``paragraph`` is such a notice; a question is never one."""
    head = paragraph[:_HEAD]
    if "?" in paragraph:
        return False
    if _ALONE.match(head):
        return True
    return _OPENS.match(head) is not None and _BINDS.search(head) is not None
