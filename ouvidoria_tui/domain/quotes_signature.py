"""What stands under the words and is not said: a signature behind its dashes, what a telephone or a list adds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ouvidoria_tui.domain.quotes_disclaimer import is_disclaimer
from ouvidoria_tui.domain.quotes_lines import Line

#: The most lines of a signature.
MOST: Final = 14
_BARE_MOST: Final = 9

_DEVICE = (
    r"iphone|ipad|ipod|ios|android|samsung|galaxy|motorola|moto|xiaomi|redmi|huawei|htc|nokia|sony|xperia|zenfone|lumia"
    r"|blackberry|windows|outlook|yahoo|gmail|proton|protonmail|mailbox|airmail|thunderbird|spark|k-9|ti-85|alcatel"
    r"|smartphone|celular|telefone|telem[óo]vel|m[óo]vil|mobile|phone|cell|tablet|bol mail|uol mail|mail|e-?mail"
    r"|mobil\w*|handy|téléphone|telefono|telefoon|telefonu?|puhelimesta|iphonesta"
)
_SENT = (
    r"sent|enviad[oa]|envoyé|inviato|verzonden|verstuurd|gesendet|wysłan[eo]|skickat|sendt|lähetetty|odesláno|odoslané"
    r"|отправлено|надіслано|trimis|enviat"
)
_HOW = (
    r"from|via|with|by|using|do|da|de|pelo|pela|através|com|a partir|por|desde|con|depuis|avec|dal|dalla|tramite"
    r"|van|vanaf|met|von|vom|mit|z|ze|från|fra|med|iphonesta|puhelimesta|из|с|від|з|din|des|fra min"
)
_TAIL = (
    r"(?-i:(?:\s+(?:[A-Z0-9][^\s,;?!]*|[a-z]\d+|no|na|on|para|for|from|do|da|de|com|with|using|via|by|pour|für|per|voor"
    r"|pro|plus|max|mini|device|phone|smartphone|mobile|app|mail|windows|android|ios|\W?https?:\S*|<\S*|\[\S*)){0,6})"
    r"[.!]?(?:\s*[,.;-]?\s+(?:please|pls|excuse|sorry|desculp\w*|perd[ãoó]\w*|disculp\w*|by \w+)[^?]{0,80})?"
)
_TELEPHONE: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:{_SENT})\s+(?:{_HOW})\s+(?:[^\s,;:?!]+\s+){{0,4}}?[^\s,;:?!]{{0,12}}\b(?:{_DEVICE})\b[^\s,]{{0,80}}{_TAIL}",
        r"(?:[\w.]+\s+){0,2}from\s+(?:my\s+)?(?:mobile|iphone|ipad|android|phone)(?:\s\d+)?",
        r"von mein\w{1,3}\s+\S+(?:\s+\S+){0,3}\s+gesendet\.?",
        r"diese nachricht wurde von mein.{3,80} gesendet\.?",
        r"(?:從我的|从我的|发自我的|發自我的).{1,30}|.{1,24}から送信|나의 .{1,20}에서 보냄"
        r"|.{1,20}den gönderildi|.{1,20}dan gönderildi",
        r"(?:get|obter|obtenha|baixe|baixar|obtener|descargar|télécharger|obtenir|holen sie sich|scarica|ottieni"
        r"|download|pobierz|hämta|hent|hanki|získejte|скачать|загрузить|获取|取得)"
        r"\s?(?:o |a |l['’]|the )?\[?outlook\b[^?]{0,160}",
        r"outlook für \w{2,12} (?:herunterladen|beziehen|abrufen).{0,80}",
    )
)
_MINE = re.compile(r"\b(?:my|meu|minha|mi|mon|mein\w*|mio|min|mijn|mojego)\b", re.IGNORECASE)
_AROUND: Final = "<>()*_~-–—|[] "
_DELIMITER = re.compile(r"--|__|—|–|-- ?")
#: Words that were thought of after the signature are said.
_POSTSCRIPT = re.compile(r"(?:p\.?\s?s|obs|n\.?\s?b|em tempo)\b[.:\s]", re.IGNORECASE)
_LIST_RULE = re.compile(r"_{20,}|-{40,}")
_LINK = re.compile(r"[<(\[]?https?://\S{1,300}[>)\]]?")
_LIST = re.compile(r"mailing list|lista de (?:discussão|e-?mails)|https?://|unsubscribe|\S@\S", re.IGNORECASE)


def is_telephones(plain: str) -> bool:
    """Whether a telephone or a mail program wrote the line (``Enviado do meu iPhone``)."""
    if not plain or len(plain) > 250:
        return False
    inner = plain.strip(_AROUND)
    if inner == plain and inner[0].islower() and not inner.startswith("iP"):
        return False
    return any(form.fullmatch(inner) for form in _TELEPHONE)


def signature_from(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Where a signature begins that ends before ``end`` (its last line is not blank); ``None`` for none."""
    link = _LINK.fullmatch(lines[end - 1].plain) is not None
    last = end - 2 if link else end - 1
    if last >= start and is_telephones(lines[last].plain) and _stands_apart(lines, start, last):
        return last
    return _behind_dashes(lines, start, end)


def _stands_apart(lines: Sequence[Line], start: int, place: int) -> bool:
    """Whether the line does not go on with a sentence of the one above it."""
    if place == start:
        return True
    above = lines[place - 1]
    if above.blank or above.rule or is_telephones(above.plain):
        return True
    return _MINE.search(lines[place].plain) is not None and not above.plain.endswith((":", ","))


def _behind_dashes(lines: Sequence[Line], start: int, end: int) -> int | None:
    for place in range(max(start, end - MOST - 1), end):
        line = lines[place]
        under = lines[place + 1 : end]
        if any(_POSTSCRIPT.match(one.plain) for one in under):
            continue
        if _DELIMITER.fullmatch(line.plain) and (_by_a_program(line, under) or _like_a_signature(under)):
            return place
        if _LIST_RULE.fullmatch(line.plain) and _of_a_list(under):
            return place
    return None


def _by_a_program(delimiter: Line, under: Sequence[Line]) -> bool:
    """Dashes and a blank, by the book (RFC 3676, 4.3): what follows is a signature, but no question."""
    written = delimiter.raw.rstrip("\r\n").replace("\xa0", " ")
    return written == "-- " and not any("?" in line.plain for line in under)


def _like_a_signature(under: Sequence[Line]) -> bool:
    """Few and short lines without a sentence among them: a person divides a text by dashes, too."""
    return len(under) <= _BARE_MOST and not any(_is_sentence(line.plain) for line in under)


def _is_sentence(plain: str) -> bool:
    words = len(plain.split())
    if "?" in plain or words > 12:
        return not is_disclaimer(plain)
    return words >= 4 and plain.endswith((".", "!", ";", ","))


def _of_a_list(under: Sequence[Line]) -> bool:
    return 1 <= len(under) <= 6 and all(
        _LIST.search(line.plain[:300]) or line.blank or line.rule for line in under
    )
