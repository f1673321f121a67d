"""What stands above a message that was put under the reply whole: a marker, or a few of its header lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from ouvidoria_tui.domain.quotes_lines import LONGEST


class Marker(StrEnum):
    """What a line says that stands for itself: the original message follows, or a forwarded one."""

    ORIGINAL = "original"
    FORWARDED = "forwarded"


_ORIGINAL = (
    r"mensagem original|mensagem anterior|original message|original e-?mail|mensaje original|missatge original"
    r"|message d['’]origine|message original|ursprüngliche (?:nachricht|mail)|original(?:nachricht| besked)"
    r"|messaggio originale|oorspronkelijk bericht|origineel bericht|oryginalna wiadomość|wiadomość oryginalna"
    r"|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti"
    r"|původní (?:zpráva|e-?mail)|pôvodná správa|исходное сообщение|оригинальное сообщение|вихідне повідомлення"
    r"|özgün ileti|orijinal (?:mesaj|ileti)|原始邮件|原始郵件|元のメッセージ|원본 메시지|eredeti üzenet|mesaj original"
)
_FORWARDED = (
    r"mensagem (?:encaminhada|reencaminhada)|forwarded (?:message|e-?mail|by .{1,60})|mensaje reenviado"
    r"|message (?:transféré|réexpédié)|weitergeleitete (?:nachricht|mail)|messaggio inoltrato|doorgestuurd bericht"
    r"|(?:przekazana|przesłana dalej) wiadomość|wiadomość przekazana|vidarebefordrat meddelande"
    r"|videresendt (?:besked|meddelelse|melding)|välitetty viesti|přeposlaná zpráva|preposlaná správa"
    r"|(?:пересылаемое|пересланное|перенаправленное) сообщение|переслане повідомлення|iletilen (?:mesaj|ileti)"
    r"|转发(?:的)?邮件|轉寄(?:的)?郵件|転送メッセージ|전달된 메시지|továbbított üzenet|mesaj redirecționat"
)
_LABELS: Final = {
    "from": r"de|from|von|da|van|od|från|fra|lähettäjä|от|від|kimden"
    r"|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|feladó|de la",
    "date": r"enviad[oa](?: em| el)?|data|date|sent|fecha|envoyé(?: le)?|gesendet|datum|inviato|verzonden|wysłano"
    r"|skickat|sendt|dato|lähetetty|päiväys|odesláno|отправлено|дата|надіслано|gönderil(?:me|di)|tarih|发送时间|日期"
    r"|寄件日期|傳送時間|送信日時|日時|보낸 날짜|elküldve|dátum|trimis",
    "to": r"para|to|an|à|a|aan|do|till|til|vastaanottaja|komu|кому|kime|收件人|收件者|宛先|받는 사람|címzett|către",
    "copy": r"cc|c/c|cco|bcc|kopia|kopi|kopie|копия|bilgi|抄送|副本|참조",
    "reply": r"responder a|reply-to|risposta|antwort an|répondre à",
    "subject": r"assunto|subject|asunto|objet|betreff|oggetto|onderwerp|temat|ämne|emne|aihe|předmět|predmet|тема"
    r"|konu|主题|主旨|件名|제목|tárgy|subiect",
}
_LABEL = re.compile(
    r"[*_]{0,2}(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + r")\s?[*_]{0,2}[:：]",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\s[*_]{0,2}(?:"
    + "|".join(f"(?P<{kind}>{_LABELS[kind]})" for kind in ("date", "to", "subject"))
    + r")\s?[*_]{0,2}[:：]",
    re.IGNORECASE,
)
_MARKED = re.compile(
    rf"[-=_*>~–—\s]{{2,}}(?:(?P<original>{_ORIGINAL})|(?P<forwarded>{_FORWARDED}))\s?[-=_*~–—:]{{2,}}\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:início da mensagem (?:encaminhada|reenviada)|begin forwarded message|inicio del mensaje reenviado"
    r"|début du message (?:réexpédié|transféré)|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato"
    r"|begin doorgestuurd bericht|vidarebefordrat brev|videresendt besked|начало переадресованного сообщения)\s?:",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\W{0,12}(?:(?:please )?(?:type|write|reply)(?: your reply)? above this line"
    r"|(?:por favor,? )?(?:responda|escreva|digite)(?: a?\s?sua resposta)? acima desta linha)\W{0,12}",
    re.IGNORECASE,
)
#: Lines that one header may be wrapped over, and the most that a block is looked through.
_WRAPPED, _MOST = 4, 30


def marker_of(plain: str) -> Marker | None:
    """What ``plain`` announces, where it is a marker."""
    if not plain or len(plain) > LONGEST:
        return None
    found = _MARKED.fullmatch(plain)
    if found is not None and (not found["rest"] or _LABEL.match(found["rest"])):
        return Marker.ORIGINAL if found["original"] else Marker.FORWARDED
    if _BEGINS.fullmatch(plain):
        return Marker.FORWARDED
    return Marker.ORIGINAL if _ABOVE.fullmatch(plain) else None


def headers_at(plains: Sequence[str], at: int) -> int | None:
    """Where the block of header lines ends that begins at ``at``, if one does.

    Somebody's own list (``De: São Paulo``, ``Para: Recife``, ``Data: 3/4``) is none: a block says from whom,
    when (with a digit) and to whom or about what, and has a subject or an address.
    """
    if _kind(plains[at]) != "from":
        return None
    seen = {"from": plains[at]} | _inside(plains[at])
    end, loose = at + 1, 0
    for place in range(at + 1, min(at + _MOST, len(plains))):
        kind = _kind(plains[place])
        if kind is not None and kind not in seen:
            seen[kind] = plains[place]
            seen |= {name: text for name, text in _inside(plains[place]).items() if name not in seen}
            end, loose = place + 1, 0
            continue
        loose += 1
        if loose > _WRAPPED or kind == "from":
            break
    return end if _complete(seen) else None


def _complete(seen: dict[str, str]) -> bool:
    when = seen.get("date", "")
    addressed = "@" in seen["from"] or "@" in seen.get("to", "")
    return (
        any(sign.isdigit() for sign in when)
        and ("to" in seen or "subject" in seen)
        and ("subject" in seen or addressed)
        and (len(seen) >= 3)
    )


def _kind(plain: str) -> str | None:
    if not plain or len(plain) > LONGEST:
        return None
    found = _LABEL.match(plain)
    return None if found is None else found.lastgroup


def _inside(plain: str) -> dict[str, str]:
    """Headers that stand on the same line after the first, as HTML without its line breaks leaves them."""
    found = {str(one.lastgroup): plain[one.start() :] for one in _INSIDE.finditer(plain)}
    return found if {"date", "subject"} <= found.keys() else {}
