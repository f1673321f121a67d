"""Invented replies in other languages. A line that begins with ``¦`` is to be trimmed, every other one stays."""


def _reply(said: str, *trimmed: str) -> str:
    return "\n".join([said, "", *(f"¦{line}" for line in trimmed)])


_QUOTE = ("", "> Lorem ipsum dolor sit amet.")
_BODY = ("", "Lorem ipsum dolor sit amet.")

PAIRS: dict[str, str] = {
    "en gmail": _reply("Thanks.", "On Mon, Jul 19, 2021 at 10:12 AM Desk <desk@example.com> wrote:", *_QUOTE),
    "en wrapped": _reply(
        "Thanks.", "On Mon, 19 Jul 2021 at 10:12, The Desk <", "desk@example.com> wrote:", *_QUOTE
    ),
    "en unmarked": _reply("No.", "On 19 Jul 2021, at 10:12, Desk <desk@example.com> wrote:", *_BODY),
    "en mutt": _reply("Fine.", "On Mon, Jul 19, 2021 at 10:12:13AM +0100, A Desk wrote:", "> Lorem ipsum."),
    "en name only": _reply("Fine.", "Ann Desk wrote:", "> Lorem ipsum."),
    "en outlook": _reply(
        "Done.",
        "From: Desk <desk@example.com>",
        "Sent: Monday, July 19, 2021 10:12 AM",
        "To: Ann <ann@example.org>",
        "Subject: RE: Case",
        *_BODY,
    ),
    "en marker": _reply("Done.", "-----Original Message-----", "From: Desk", *_BODY),
    "en forwarded": _reply(
        "FYI", "Begin forwarded message:", "", "> From: Desk <desk@example.com>", "> Hello."
    ),
    "en telephone": _reply("Yes.", "Sent from my iPhone"),
    "en not a signature": "Yes.\n\nSent from my desk to yours, will it arrive?",
    "es gmail": _reply(
        "Gracias.", "El lun, 19 jul 2021 a las 10:12, Mesa (<mesa@example.com>) escribió:", *_QUOTE
    ),
    "es outlook": _reply(
        "Hecho.",
        "De: Mesa <mesa@example.com>",
        "Enviado el: lunes, 19 de julio de 2021 10:12",
        "Para: Ana",
        "Asunto: RE: Caso",
        *_BODY,
    ),
    "es telephone": _reply("Sí.", "Enviado desde mi iPhone"),
    "fr gmail": _reply(
        "Merci.", "Le lun. 19 juil. 2021 à 10:12, Bureau <bureau@example.com> a écrit :", *_QUOTE
    ),
    "fr no-break space": _reply("Merci.", "Le 19/07/2021 à 10:12, Bureau a écrit\u00a0:", "> Lorem ipsum."),
    "fr outlook": _reply(
        "Fait.",
        "De\u00a0: Bureau <bureau@example.com>",
        "Envoyé\u00a0: lundi 19 juillet 2021 10:12",
        "À\u00a0: Anne",
        "Objet\u00a0: RE: Cas",
        *_BODY,
    ),
    "fr telephone": _reply("Oui.", "Envoyé de mon iPhone"),
    "de gmail": _reply(
        "Danke.", "Am Mo., 19. Juli 2021 um 10:12 Uhr schrieb Amt <amt@example.com>:", *_QUOTE
    ),
    "de name first": _reply(
        "Danke.", "Amt <amt@example.com> schrieb am Mo., 19.", "Juli 2021 um 10:12 Uhr:", *_QUOTE
    ),
    "de outlook": _reply(
        "Erledigt.",
        "Von: Amt <amt@example.com>",
        "Gesendet: Montag, 19. Juli 2021 10:12",
        "An: Anna",
        "Betreff: AW: Fall",
        *_BODY,
    ),
    "de telephone": _reply("Ja.", "Von meinem iPhone gesendet"),
    "it gmail": _reply(
        "Grazie.", "Il giorno lun 19 lug 2021 alle ore 10:12 Ufficio <u@example.com> ha scritto:", *_QUOTE
    ),
    "nl gmail": _reply("Dank.", "Op ma 19 jul. 2021 om 10:12 schreef Loket <loket@example.com>:", *_QUOTE),
    "pl gmail": _reply("Dzięki.", "pon., 19 lip 2021 o 10:12 Biuro <biuro@example.com> napisał(a):", *_QUOTE),
    "pl thunderbird": _reply("Dzięki.", "W dniu 19.07.2021 o 10:12, Biuro pisze:", "> Lorem ipsum."),
    "sv gmail": _reply("Tack.", "Den mån 19 juli 2021 kl 10:12 skrev Disk <disk@example.com>:", *_QUOTE),
    "da gmail": _reply("Tak.", "man. 19. jul. 2021 kl. 10.12 skrev Disk <disk@example.com>:", *_QUOTE),
    "no outlook": _reply(
        "Takk.",
        "Fra: Disk <disk@example.com>",
        "Sendt: mandag 19. juli 2021 10:12",
        "Til: Anne",
        "Emne: SV: Sak",
        *_BODY,
    ),
    "fi gmail": _reply(
        "Kiitos.", "ma 19. heinäk. 2021 klo 10.12 Tiski (tiski@example.com) kirjoitti:", *_QUOTE
    ),
    "cs gmail": _reply("Díky.", "po 19. 7. 2021 v 10:12 odesílatel Stůl <stul@example.com> napsal:", *_QUOTE),
    "ru gmail": _reply("Спасибо.", "пн, 19 июл. 2021 г. в 10:12, Стол <stol@example.com>:", *_QUOTE),
    "ru yandex": _reply("Спасибо.", '19.07.2021, 10:12, "Стол" <stol@example.com>:', *_QUOTE),
    "tr gmail": _reply(
        "Sağ olun.", "Masa <masa@example.com>, 19 Tem 2021 Pzt, 10:12 tarihinde şunu yazdı:", *_QUOTE
    ),
    "zh gmail": _reply("谢谢。", "Desk <desk@example.com> 于2021年7月19日周一 上午10:12写道：", *_QUOTE),
    "zh outlook": _reply(
        "谢谢。",
        "发件人: 客服 <desk@example.com>",
        "发送时间: 2021年7月19日 10:12",
        "收件人: 安娜",
        "主题: 回复",
        *_BODY,
    ),
    "ja gmail": _reply("ありがとう。", "2021年7月19日(月) 10:12 窓口 <desk@example.com>:", *_QUOTE),
    "ja telephone": _reply("はい。", "iPhoneから送信"),
    "zh telephone": _reply("好。", "发自我的iPhone"),
    "hu gmail": _reply(
        "Köszönöm.", "Pult <pult@example.com> ezt írta (időpont: 2021. júl. 19., H, 10:12):", *_QUOTE
    ),
    "ro gmail": _reply(
        "Mulțumesc.", "În lun., 19 iul. 2021 la 10:12, Birou <b@example.com> a scris:", *_QUOTE
    ),
    "uk gmail": _reply("Дякую.", "пн, 19 лип. 2021 р. о 10:12 Стіл <stil@example.com> пише:", *_QUOTE),
    "ko gmail": _reply(
        "감사합니다.", "2021년 7월 19일 (월) 오전 10:12, 창구 <desk@example.com>님이 작성:", *_QUOTE
    ),
}
