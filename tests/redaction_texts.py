"""Made-up complaints with personal data planted in Brazilian forms.

Names and numbers are invented here; the numbers have right check digits where the real ones would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from ouvidoria_tui.domain.redaction import Known
from ouvidoria_tui.domain.redaction_digits import AREA_CODES

FIRST = (
    "Adalgisa Bonifácio Celestina Deoclécio Eulália Firmino Genoveva Hortênsia Iracema Joaquim Leocádia Marcelina"
    " Napoleão Otaviano Perpétua Quitéria Raimunda Sebastião Teodora Ubirajara Valdemira Wanderléia Xisto Zenaide"
).split()
LAST = (
    "Albuquerque Brasileiro Cavalcanti Drummond Esmeraldo Figueiredo Guimarães Holanda Ibiapina Jatobá Lacerda"
    " Magalhães Nepomuceno Ouriques Peçanha Queiroga Rebouças Sacramento Tavares Uchôa Vasconcelos Ximenes Zagallo"
).split()
STREETS = ("das Mangabeiras", "Ipê Amarelo", "do Sabiá", "Juscelino Tupinambá", "dos Jequitibás", "Xavantes")


@dataclass(frozen=True)
class Planted:
    """One piece of personal data as it stands in a text; ``secrets`` must be nowhere afterwards.

    Digits are looked for whatever stands between them, words as words.
    """

    kind: str
    written: str
    secrets: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Somebody whom the register knows."""

    name: str
    email: str
    document: str
    phone: str
    code: str

    @property
    def known(self) -> Known:
        return Known((self.name,), (self.email,), (self.document,), (self.phone,), (self.code,))


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _turn in range(count))


def _check(row: str, weights: Sequence[int]) -> str:
    rest = sum(int(one) * weight for one, weight in zip(row, weights, strict=True)) % 11
    return "0" if rest < 2 else str(11 - rest)


def cpf(rng: Random) -> str:
    row = digits(rng, 9)
    row += _check(row, range(10, 1, -1))
    return row + _check(row, range(11, 1, -1))


def cnpj(rng: Random) -> str:
    row = digits(rng, 8) + "0001"
    row += _check(row, (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
    return row + _check(row, (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))


def pis(rng: Random) -> str:
    row = "1" + digits(rng, 9)
    rest = (
        11
        - sum(int(one) * weight for one, weight in zip(row, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    )
    return row + ("0" if rest > 9 else str(rest))


def voter(rng: Random) -> str:
    row, state = digits(rng, 8), f"{rng.randint(1, 28):02d}"
    first = sum(int(one) * weight for one, weight in zip(row, range(2, 10), strict=True)) % 11 % 10
    second = (int(state[0]) * 7 + int(state[1]) * 8 + first * 9) % 11 % 10
    return f"{row}{state}{first}{second}"


def card(rng: Random) -> str:
    row = "4" + digits(rng, 14)
    total = sum((int(one) * 2 - 9 * (int(one) > 4)) if not at % 2 else int(one) for at, one in enumerate(row))
    return row + str(-total % 10)


def mobile(rng: Random) -> str:
    return rng.choice(sorted(AREA_CODES)) + "9" + rng.choice("6789") + digits(rng, 7)


def landline(rng: Random) -> str:
    return rng.choice(sorted(AREA_CODES)) + rng.choice("2345") + digits(rng, 7)


def _name(rng: Random) -> str:
    middle = rng.choice(("", " da", " de", " dos"))
    first, last = rng.sample(LAST, 2)
    return f"{rng.choice(FIRST)} {first}{middle} {last}"


def _shortened(name: str) -> str:
    """A name with what stands in its middle as an initial: ``Ana P. Lopes``."""
    first, *middle, last = name.split()
    return f"{first} {middle[0][0].upper()}. {last}"


def person(rng: Random) -> Person:
    name = _name(rng)
    words = name.lower().translate(str.maketrans("áãâçéêíóôúõ", "aaaceeioouo")).split()
    email = f"{words[0]}.{words[-1]}{rng.randint(1, 99)}@exemplo.net"
    return Person(name, email, cpf(rng), mobile(rng), f"C-{rng.randint(1000, 9999)}")


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in name.split() if len(word) > 3)


def of_the_known(rng: Random, who: Person) -> Iterator[Planted]:
    """What the register knows, in the ways that people write it."""
    words = _words(who.name)
    first, last, doc, tel = words[0], words[-1], who.document, who.phone
    for written in (
        who.name, who.name.upper(), who.name.lower(), f"{first} {last}", f"{first[0]}. {last}", f"{last}, {first}",
        f"{first}-{last}", f"{first}{last}".lower(), f"{first}_{last}88".lower(), " ".join(first.upper()),
        f"{last.upper()} ({first})", f"{first[:3]}-\n{first[3:]}", f"{first}\n{last}", ".".join(last.lower()),
    ):  # fmt: skip
        yield Planted("known-name", written, words)
    yield Planted("known-email", who.email, (who.email.partition("@")[0],))
    yield Planted(
        "known-email", who.email.upper().replace("@", " (ARROBA) ").replace(".NET", " ponto NET"), words
    )
    for written in (
        doc, f"{doc[:3]}.{doc[3:6]}.{doc[6:9]}-{doc[9:]}", " ".join(doc), f"{doc[:3]} {doc[3:6]} {doc[6:9]} {doc[9:]}",
        f"{doc[:3]}.{doc[3:6]}.\n{doc[6:9]}-{doc[9:]}", f"{doc[:5]}-{doc[5:]}", f"{doc[:3]}/{doc[3:6]}/{doc[6:9]}/{doc[9:]}",
    ):  # fmt: skip
        yield Planted("known-document", written, (doc,))
    for written in (
        tel,
        f"({tel[:2]}) {tel[2:7]}-{tel[7:]}",
        f"{tel[2:7]}-{tel[7:]}",
        f"+55{tel}",
        tel[2:],
        " ".join(tel),
    ):
        yield Planted("known-phone", written, (tel[2:],))
    letter, _hyphen, row = who.code.partition("-")
    for written in (
        who.code,
        f"{letter} {row}",
        f"{letter}{row}".lower(),
        f"{letter}. {row}",
        f"código {letter} - {row}",
        f"{letter}/{row}",
    ):
        yield Planted("known-code", written, (row,))


def of_anybody(rng: Random) -> Iterator[Planted]:
    """What only its form gives away: nobody in the register has it."""
    doc, firm, tel, home = cpf(rng), cnpj(rng), mobile(rng), landline(rng)
    bad = doc[:9] + str((int(doc[9]) + 1) % 10) + doc[10]
    for written in (
        f"{doc[:3]}.{doc[3:6]}.{doc[6:9]}-{doc[9:]}", doc, f"{doc[:9]}-{doc[9:]}", f"{doc[:3]} {doc[3:6]} {doc[6:9]} {doc[9:]}",
        f"{doc[:3]} . {doc[3:6]} . {doc[6:9]} - {doc[9:]}", " ".join(doc), f"{doc[:3]}.{doc[3:6]}.{doc[6:9]}/{doc[9:]}",
    ):  # fmt: skip
        yield Planted("cpf", written, (doc,))
    yield Planted("cpf", f"CPF nº {bad}", (bad,))
    yield Planted("cpf", f"CPF: {bad[:3]}.{bad[3:6]}.{bad[6:9]}-{bad[9:]}", (bad,))
    for written in (
        f"{firm[:2]}.{firm[2:5]}.{firm[5:8]}/{firm[8:12]}-{firm[12:]}",
        firm,
        f"CNPJ {firm[:8]}/{firm[8:12]}-{firm[12:]}",
    ):
        yield Planted("cnpj", written, (firm,))
    rg = digits(rng, 9)
    for written in (
        f"RG {rg}",
        f"RG nº {rg[:2]}.{rg[2:5]}.{rg[5:8]}-{rg[8]}",
        f"identidade {rg} SSP/SP",
        f"{rg[:2]}.{rg[2:5]}.{rg[5:8]}-{rg[8]}",
        f"R.G.: {rg[:8]}-X",
    ):
        yield Planted("rg", written, (rg[:8],))
    license_ = digits(rng, 11)
    yield Planted("cnh", f"CNH {license_}", (license_,))
    yield Planted("cnh", f"minha habilitação nº {license_}", (license_,))
    work, vote = pis(rng), voter(rng)
    for written in (
        f"PIS {work}",
        f"NIS: {work}",
        f"{work[:3]}.{work[3:8]}.{work[8:10]}-{work[10]}",
        f"PIS/PASEP {work[:3]}.{work[3:8]}.{work[8:10]}-{work[10]}",
    ):
        yield Planted("pis", written, (work,))
    for written in (f"título de eleitor {vote}", f"título {vote[:4]} {vote[4:8]} {vote[8:]}", vote):
        yield Planted("voter", written, (vote,))
    sus = "898" + digits(rng, 12)
    for written in (
        f"SUS {sus[:3]} {sus[3:7]} {sus[7:11]} {sus[11:]}",
        f"cartão do SUS: {sus}",
        f"meu SUS é {sus[:3]}.{sus[3:7]}.{sus[7:11]}.{sus[11:]}",
        f"CNS nº {sus}",
    ):
        yield Planted("health-card", written, (sus,))
    trip = "FX" + digits(rng, 6)
    yield Planted("passport", f"passaporte {trip}", (trip[2:],))
    yield Planted("passport", trip, (trip[2:],))
    user = f"{rng.choice(FIRST)}{rng.randint(100, 999)}".lower()
    for written in (
        f"{user}@exemplo.com.br", f"{user} (arroba) exemplo ponto com", f"{user} [at] exemplo [dot] com", f"{user} @ exemplo.com",
        f"{user} arroba exemplo.com.br", f"{user}(at)exemplo.com", f"{user} arroba gmail", f"{user}＠exemplo．com",
    ):  # fmt: skip
        yield Planted("email", written, (user,))
    for written in (
        tel, f"({tel[:2]}) {tel[2:7]}-{tel[7:]}", f"{tel[:2]} {tel[2:7]}-{tel[7:]}", f"0xx{tel[:2]} {tel[2:7]}-{tel[7:]}",
        f"+55 {tel[:2]} {tel[2:7]}-{tel[7:]}", f"+55{tel}", f"{tel[2:7]}-{tel[7:]}", f"{tel[:2]} 9 {tel[3:7]} {tel[7:]}",
        " ".join(tel), f"0{tel[:2]} {tel[2:7]} {tel[7:]}", f"{tel[:2]}.{tel[2:7]}.{tel[7:]}", f"whats {tel[2:]}", f"({tel[:2]}){tel[2:]}",
        f"0 15 {tel[:2]} {tel[2:7]}-{tel[7:]}",
    ):  # fmt: skip
        yield Planted("phone", written, (tel[2:],))
    for written in (
        home,
        f"({home[:2]}) {home[2:6]}-{home[6:]}",
        f"{home[2:6]}-{home[6:]}",
        f"telefone {home[2:]}",
        f"{home[:2]} {home[2:6]} {home[6:]}",
        f"{home[2:6]} {home[6:]}",
        f"fixo: {home[2:6]} {home[6:]}",
    ):
        yield Planted("phone", written, (home[2:],))
    code = digits(rng, 8)
    for written in (f"{code[:5]}-{code[5:]}", f"CEP {code}", f"{code[:2]}.{code[2:5]}-{code[5:]}"):
        yield Planted("postcode", written, (code,))
    street, number = rng.choice(STREETS), str(rng.randint(1000, 9999))
    told = tuple(word for word in street.split() if len(word) > 3)
    for written in (
        f"Rua {street}, {number}, apto 45", f"rua {street.lower()} {number}", f"Av. {street}, nº {number}", f"TRAVESSA {street.upper()}, {number}",
        f"Alameda {street} {number} bloco B apartamento 12", f"R. {street}, {number}", f"avenida {street.lower()}, n. {number}, casa 2",
    ):  # fmt: skip
        yield Planted("address", written, (*told, number))
    paid = card(rng)
    for written in (
        paid,
        f"{paid[:4]} {paid[4:8]} {paid[8:12]} {paid[12:]}",
        f"{paid[:4]}-{paid[4:8]}-{paid[8:12]}-{paid[12:]}",
        f"{paid[:4]}.{paid[4:8]}.{paid[8:12]}.{paid[12:]}",
    ):
        yield Planted("card", written, (paid,))
    bank = digits(rng, 7)
    for written in (
        f"conta corrente {bank}-1",
        f"c/c {bank}-X",
        f"conta nº {bank[:6]}-{bank[6]}",
        f"poupança {bank}-0",
    ):
        yield Planted("bank", written, (bank,))
    yield Planted("bank", f"agência {bank[:4]}-3", (bank[:4],))
    pix = "-".join(
        "".join(rng.choice("0123456789abcdef") for _turn in range(size)) for size in (8, 4, 4, 4, 12)
    )
    yield Planted("pix", pix, (pix,))
    yield Planted("pix", f"chave pix {pix.upper()}", (pix,))
    letters = "".join(rng.choice("BDFGHJKLMQRVWXYZ") for _turn in range(3))
    for written in (
        f"{letters}-4{bank[:3]}",
        f"{letters}4{bank[:3]}",
        f"{letters}3D{bank[:2]}",
        f"{letters.lower()}3d{bank[:2]}",
        f"placa {letters} 4{bank[:3]}",
    ):
        yield Planted("plate", written, (written.split(maxsplit=1)[-1] if "placa" in written else written,))
    born = f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/{rng.randint(1940, 2005)}"
    for written in (
        f"nasci em {born}",
        f"data de nascimento: {born}",
        f"nascida no dia {born.replace('/', '.')}",
        f"{born} (nascimento)",
        f"DN {born}",
        f"nascido em 7 de março de {born[-4:]}",
    ):
        yield Planted("birth", written, (born[-4:] if "março" in written else born.replace("/", ""),))
    other = _name(rng)
    small = other.lower()
    for written in (
        f"meu nome é {other}", f"me chamo {other}", f"me chamo {small},", f"Meu nome completo: {other.upper()}", f"a Sra. {other}", f"o Sr. {other}",
        f"Dona {other}", f"Nome: {other}\n", f"sou a {other}", f"minha filha {other}", f"aqui é o {other}", f"chamo-me {other}", f"meu marido, {other},",
    ):  # fmt: skip
        yield Planted("name", written, _words(other))
    for written in (
        f"\n\nAtenciosamente,\n{other}",
        f"\nObrigada,\n\n{other.upper()}",
        f"\nAtt. {other}",
        f"\nGrato, {other}",
        f"\nAbraços\n{small}",
    ):
        yield Planted("signature", written + "\n", _words(other))
    short = _shortened(other)
    for written in (f"\nAtenciosamente,\n{short}", f"\nCordialmente\n\n{short}", f"\nGrata, {short}"):
        yield Planted("signature", written + "\n", _words(short))
    for written in (
        f"https://loja.exemplo/conta?token={user}9f",
        f"https://{user}:s@loja.exemplo/x",
        f"www.instagram.com/{user}",
        f"facebook.com/{user}",
    ):
        yield Planted("link", written, (user,))
    yield Planted("handle", f"@{user}", (user,))


_TRICKS: tuple[Callable[[str], str], ...] = (
    lambda text: text.translate({ord("0") + at: 0xFF10 + at for at in range(10)}),
    lambda text: "\u200b".join(text),
    lambda text: text.replace(" ", "\u00a0").replace("-", "\u2011"),
    lambda text: text.replace("-", "\u2212").replace(".", "\uff0e"),
    lambda text: text.translate({ord("0") + at: 0x1D7CE + at for at in range(10)}),
    lambda text: "\u00ad".join(text),
    lambda text: text.replace("a", "\u0430").replace("e", "\u0435").replace("o", "\u043e"),
)


def tricked(rng: Random, planted: Planted) -> Planted:
    """The same in other signs that look alike, now and then."""
    if rng.random() < 0.7 or "\n" in planted.written:
        return planted
    return Planted(planted.kind, rng.choice(_TRICKS)(planted.written), planted.secrets)


BEFORE = (
    "O serviço não foi prestado na data marcada.", "Fiquei três horas na fila e ninguém explicou o atraso.",
    "A cobrança veio em dobro este mês.", "Houve tratamento grosseiro no balcão.", "O sistema ficou fora do ar.",
)  # fmt: skip
_AROUND = (
    "Para contato: {}.",
    "Segue o dado: {} como pedido.",
    "Informo {} para conferência.",
    "({})",
    "Dados: {}; fim.",
    "{}",
    "Ele disse que {} consta lá.",
)
AFTER = (
    "Peço providências.",
    "Espero uma solução em breve.",
    "Isso já ocorreu outras vezes.",
    "O caso continua aberto.",
)


def complaints(seed: int, count: int) -> Iterator[tuple[str, Person, list[Planted]]]:
    """``count`` texts, each with somebody whom the register knows and up to four planted pieces; every form in turn."""
    rng = Random(seed)
    waiting: list[Planted] = []
    for _turn in range(count):
        who = person(rng)
        chosen = [rng.choice(list(of_the_known(rng, who)))]
        for _more in range(rng.randint(1, 3)):
            if not waiting:
                waiting = list(of_anybody(rng))
                rng.shuffle(waiting)
            chosen.append(waiting.pop())
        chosen = [tricked(rng, one) for one in chosen]
        parts = [rng.choice(BEFORE)]
        for one in chosen:
            frame = "{}" if one.written.startswith("\n") else rng.choice(_AROUND)
            parts += [frame.replace("{}", one.written), rng.choice(AFTER)]
        yield " ".join(parts[:-1] if chosen[-1].kind == "signature" else parts), who, chosen
