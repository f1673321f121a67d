"""What comes out of a message: headers, text, parts, in the forms in which mail really comes."""

from __future__ import annotations

import base64

import pytest

from ouvidoria_tui.domain.mail import Address, Mail
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.intake.mail.limits import Limits
from ouvidoria_tui.intake.mail.parse import parse

HEAD = b"From: ana@example.com\n"


def read(headers: bytes, body: bytes = b"x\n") -> Mail:
    return parse(HEAD + headers + b"\n" + body)


def text(headers: bytes, body: bytes) -> str:
    return read(headers, body).text


def multipart(kind: bytes, *parts: bytes) -> bytes:
    inner = b"".join(b"--b\n" + part + b"\n" for part in parts)
    return HEAD + b"Content-Type: multipart/" + kind + b"; boundary=b\n\n" + inner + b"--b--\n"


PLAIN = b"Content-Type: text/plain\n\nplain"
DEEP = HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1_000))
HTML = b"Content-Type: text/html\n\n<p>html</p>"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"=?utf-8?q?Ol=C3=A1?=", "Olá"),
        (b"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        (b"=?UTF-8?B?T2zDoQ?=", "Olá"),
        (b"=?iso-8859-1?Q?n=E3o_sei?= =?utf-8?q?!?=", "não sei!"),
        (b"=?utf-8?q?tem espa=C3=A7o?= fim", "tem espaço fim"),
        (b"=?uft-8?q?Ol=C3=A1?=", "Olá"),
        (b"=?x-unknown?q?Ol=E1?=", "Olá"),
        (b"=?utf-8*pt?q?Ol=C3=A1?=", "Olá"),
        (b"=?utf-8?q?quem??= foi", "quem? foi"),
        (b"Re: Ol\xc3\xa1", "Re: Olá"),
        (b"Re: Ol\xe1", "Re: Olá"),
        (b"=?utf-8?b?!!!?= =?", "=?"),
        (b"um\n dois\n\ttres", "um dois tres"),
        (b"a\0b\x07c", "a b c"),
    ],
)
def test_subjects_in_all_their_forms(written: bytes, said: str) -> None:
    assert read(b"Subject: " + written + b"\n").subject == said


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (b"Ana <Ana@Example.com>", [Address("ana@example.com", "Ana")]),
        (b'"Silva, Ana" <ana@example.com>', [Address("ana@example.com", "Silva, Ana")]),
        (b"Ana <ana@example.com>, b@example.com", [Address("ana@example.com", "Ana"), Address("b@example.com")]),
        (b"=?utf-8?q?Silva=2C_Ana?= <ana@example.com>", [Address("ana@example.com", "Silva, Ana")]),
        (b"=?utf-8?q?Silva, Ana?= <ana@example.com>", [Address("ana@example.com", "Silva, Ana")]),
        (b"ana@example.com (Ana (da) Silva)", [Address("ana@example.com", "Ana (da) Silva")]),
        (b"Equipe: a@example.com, b@example.com;", [Address("a@example.com"), Address("b@example.com")]),
        (b"undisclosed-recipients:;", []),
        (b"<@a.example,@b.example:ana@example.com>", [Address("ana@example.com")]),
        (b"Ana ana@example.com", [Address("ana@example.com", "Ana")]),
        (b"<>", []),
        (b"<ana@example.com", [Address("ana@example.com")]),
        (b"=?utf-8?q?ana=40example=2Ecom?=", [Address("ana@example.com")]),
        (b"MAILER-DAEMON", [Address("mailer-daemon")]),
        (b"", []),
    ],
)  # fmt: skip
def test_addresses_in_all_their_forms(written: bytes, found: list[Address]) -> None:
    assert list(read(b"To: " + written + b"\n").to) == found


def test_of_several_authors_the_first_is_the_sender_and_it_is_noted() -> None:
    mail = parse(b"From: a@example.com\nFrom: b@example.com\n\nx")
    assert mail.sender == Address("a@example.com")
    assert "several-from" in mail.remarks


def test_who_sends_for_nobody_is_the_sender_and_it_is_noted() -> None:
    mail = parse(b"From:\nSender: c@example.com\n\nx")
    assert (mail.sender, mail.remarks) == (Address("c@example.com"), ("no-from",))


def test_ids_stand_without_brackets_each_once() -> None:
    mail = read(b"Message-ID: <a@b>\nIn-Reply-To: Your message <c@d>\nReferences: <e@f>\n <c@d> <e@f> g@h\n")
    assert (mail.message_id, mail.in_reply_to, mail.references) == ("a@b", ("c@d",), ("e@f", "c@d"))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        (b"Thu, 1 Feb 2024 10:00:00 -0300", 1_706_792_400),
        (b"1 Feb 24 13:00:00 GMT", 1_706_792_400),
        (b"Thu, 1 Feb 2024 10:00:00 -0300 (BRT)", 1_706_792_400),
        (b"ontem", None),
        (b"Thu, 99 Feb 99999999 10:00:00", None),
    ],
)
def test_dates_are_read_or_noted(written: bytes, moment: int | None) -> None:
    mail = read(b"Date: " + written + b"\n")
    assert mail.dated_at == moment
    assert ("date-unreadable" in mail.remarks) == (moment is None)


@pytest.mark.parametrize(
    ("label", "raw", "said"),
    [
        (b"utf-8", "ação".encode(), "ação"),
        (b"uft-8", "ação".encode(), "ação"),
        (b'"=utf-8"', "ação".encode(), "ação"),
        (b"iso-8859-1", b"a\xe7\xe3o \x93\x94", "ação “”"),
        (b"us-ascii", b"a\xe7\xe3o", "ação"),
        (b"iso-8859-1", "ação".encode(), "ação"),
        (b"x-unknown", b"a\xe7\xe3o", "ação"),
        (b"unicode-1-1-utf-7", b"a+AOcA4w-o", "ação"),
        (b"iso-2022-jp", b"\x1b$B$3\x1b(B", "こ"),
        (b"utf-16le", "ação".encode("utf-16-le"), "ação"),
        (b"utf-8", b"a\xe7\xe3o", "ação"),
        (b"hex", "ação".encode(), "ação"),
        (b"idna", "ação".encode(), "ação"),
        (b"no-such-charset", "ação".encode(), "ação"),
        (b"x-unknown", "ação".encode("utf-16"), "ação"),
        (b"x-unknown", b"\xff\xfe\r\n", "ÿþ"),
    ],
)
def test_charsets_by_alias_declaration_and_look(label: bytes, raw: bytes, said: str) -> None:
    encoded = b"Content-Transfer-Encoding: base64\n"
    assert (
        text(b"Content-Type: text/plain; charset=" + label + b"\n" + encoded, base64.encodebytes(raw)) == said
    )


def test_flowed_paragraphs_are_joined() -> None:
    flowed = b"Content-Type: text/plain; format=flowed\n"
    assert text(flowed, b"one \ntwo\n> q \n> r\n-- \nAna\n") == "one two\n> q r\n-- \nAna"


def test_flowed_with_deleted_spaces_joins_without_one() -> None:
    assert text(b"Content-Type: text/plain; format=flowed; delsp=yes\n", b"one \ntwo\n") == "onetwo"


def test_html_becomes_text_with_its_links_lists_and_quotations() -> None:
    page = (
        b"<html><head><title>no</title><style>p {}</style></head><body><p>Bom&nbsp;dia,<br>veja <a href='https://example.com/x'>"
        b"aqui</a>.</p><ul><li>um<li>dois</ul><script>alert(1)</script><div style='display:none'>hidden</div>"
        b"<blockquote><p>antes</p></blockquote><table><tr><td>a</td><td>b</td></tr></table></body></html>"
    )  # fmt: skip
    assert text(b"Content-Type: text/html\n", page) == (
        "Bom dia,\nveja aqui <https://example.com/x>.\n\n- um\n- dois\n\n> antes\n\na b"
    )


def test_html_hidden_to_its_end_is_shown_rather_than_lost() -> None:
    assert text(b"Content-Type: text/html\n", b"<div style='display:none'>tudo") == "tudo"


def test_the_plain_alternative_is_read() -> None:
    mail = parse(multipart(b"alternative", PLAIN, HTML))
    assert (mail.text, mail.parts) == ("plain", ())


def test_an_empty_plain_alternative_gives_way() -> None:
    assert parse(multipart(b"alternative", b"Content-Type: text/plain\n\n \n", HTML)).text == "html"


def test_files_are_kept_under_the_name_that_their_sender_gave() -> None:
    named = [
        b"Content-Type: application/pdf\nContent-Disposition: attachment;\n"
        b" filename*0*=utf-8''a%C3%A7; filename*1=ao.pdf\n\n1",
        b"Content-Type: image/png; name=\"=?utf-8?q?=C3=A7.png?=\"\n\n2",
        b"Content-Type: text/plain\nContent-Disposition: attachment; filename=\"../../etc/passwd\"\n\n3",
        b"Content-Type: application/ms-tnef\n\n4",
        b"Content-Type: text/calendar\n\n5",
        b"Content-Type: message/rfc822\n\nSubject: inner\n\n6",
        b"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=sem aspas.bin\n\n7",
    ]  # fmt: skip
    mail = parse(multipart(b"mixed", PLAIN, *named))
    names = [
        "açao.pdf",
        "ç.png",
        "../../etc/passwd",
        "winmail.dat",
        "invite.ics",
        "message.eml",
        "sem aspas.bin",
    ]
    assert [part.name for part in mail.parts] == names
    assert mail.text == "plain"
    assert "tnef" in mail.remarks


def test_encrypted_mail_is_kept_and_noted() -> None:
    mail = read(
        b"Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n", b"AAAA"
    )
    assert (mail.text, mail.parts[0].data, mail.remarks) == ("", b"\0\0\0", ("smime",))


def test_a_message_that_holds_another_and_no_word_is_read_by_it() -> None:
    mail = parse(multipart(b"mixed", b"Content-Type: message/rfc822\n\nFrom: b@example.com\n\ninner"))
    assert (mail.text, mail.remarks) == ("inner", ("text-of-attached",))


def test_uuencoded_bodies_are_decoded() -> None:
    assert text(b"Content-Transfer-Encoding: x-uuencode\n", b"begin 644 a\n#0V%T\n`\nend\n") == "Cat"


def test_a_boundary_that_is_wrong_or_missing_is_guessed() -> None:
    raw = multipart(b"mixed", PLAIN, HTML).replace(b"boundary=b", b"boundary=other")
    assert parse(raw).text == "plain\n\nhtml"
    assert "boundary-guessed" in parse(raw).remarks


def test_a_body_without_a_blank_line_before_it_is_found() -> None:
    mail = parse(b"From: ana@example.com\nSubject: x\nBom dia, tudo bem?\nAna\n")
    assert (mail.subject, mail.text) == ("x", "Bom dia, tudo bem?\nAna")


def test_a_header_broken_over_lines_is_mended() -> None:
    mail = parse(b"From: ana@example.com\nSubject: um assunto\nmuito longo\nTo: b@example.com\n\nx")
    assert (mail.subject, mail.to, mail.text) == ("um assunto muito longo", (Address("b@example.com"),), "x")


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_any_kind_are_read_alike(end: bytes) -> None:
    raw = multipart(b"mixed", PLAIN, HTML)
    assert parse(raw.replace(b"\n", end)).body_sha256 == parse(raw).body_sha256


def test_the_hash_of_the_body_does_not_change_with_the_road() -> None:
    near = parse(HEAD + b"\nFrom here  \n>From there\nend")
    far = parse(b"Received: by x\n" + HEAD + b"\r\n>From here\r\n>>From there\r\nend\r\n\r\n")
    assert near.raw_sha256 != far.raw_sha256
    assert near.body_sha256 == far.body_sha256


def test_another_body_or_another_file_has_another_hash() -> None:
    one = [PLAIN, b"Content-Type: image/png\n\n1"]
    bodies = [
        multipart(b"mixed", *one),
        multipart(b"mixed", one[0], one[1] + b"2"),
        multipart(b"mixed", HTML, one[1]),
    ]
    assert len({parse(body).body_sha256 for body in bodies}) == 3


def test_what_was_said_is_trimmed_by_whoever_knows_how() -> None:
    mail = parse(HEAD + b"\nnew\n> old", trim=lambda whole: whole.partition("\n")[0])
    assert (mail.text, mail.said) == ("new\n> old", "new")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (bytes(range(256)) * 9, "no-message"),
        (b"just words\n", "no-message"),
    ],
)
def test_what_is_no_message_is_said_so(raw: bytes, reason: str) -> None:
    with pytest.raises(OuvidoriaError, match="MAIL_UNREADABLE") as caught:
        parse(raw)
    assert caught.value.details["reason"] == reason


def test_a_message_above_the_limit_is_not_read() -> None:
    with pytest.raises(OuvidoriaError, match="larger than the desk accepts"):
        parse(HEAD + b"\n" + b"x" * 100, limits=Limits(size=50))


@pytest.mark.parametrize(
    ("raw", "remark"),
    [
        (multipart(b"mixed", *[PLAIN] * 10_000), "parts-cut"),
        (DEEP, "nesting-cut"),
        (HEAD + b"X: " + b"a" * 1_000_000 + b"\n\nx", "header-cut"),
        (HEAD + b"X: y\n" * 100_000 + b"\nx", "headers-cut"),
        (HEAD + b"To: " + b"".join(b"a%d@example.com," % n for n in range(900)) + b"\n\nx", "addresses-cut"),
        (HEAD + b"\n" + b"x" * 1_100_000, "text-cut"),
        (HEAD + b"\na\0b", "controls-dropped"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_what_is_too_much_is_cut_and_noted(raw: bytes, remark: str) -> None:
    assert remark in parse(raw).remarks
