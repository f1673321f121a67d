"""Writes docs/regulation.md: the clocks and duties of the regulation profiles, with where each comes from.

``python -m tests.regulation_page`` writes the page; ``--check`` only says whether it is fresh (exit 1: no).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ouvidoria_tui.domain.policy import ClockRule, Policy, Unit
from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.domain.policy_law import DutyRule, Extension, Origin

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "regulation.md"
FOLDER = ROOT / "data" / "profiles"
NAMES = (
    "publico-13460",
    "denuncia",
    "lai",
    "financeiro-cmn4860",
    "pagamentos-bcb28",
    "valores-cvm43",
    "saude-ans323",
    "telecom-anatel",
    "seguros-cnsp445",
    "sac-11034",
    "lgpd",
    "consumidor-gov",
    "estadual-sp",
    "estadual-df",
)

_MARKS = {"confirmed": "confirmado", "secondary-source": "fonte secundária", "to-confirm": "**a confirmar**"}
_UNITS = {
    Unit.HOURS: "horas",
    Unit.BUSINESS_HOURS: "horas úteis",
    Unit.CALENDAR_DAYS: "dias corridos",
    Unit.BUSINESS_DAYS: "dias úteis",
}
_DUTY_UNITS = {"hours": "horas", "days": "dias", "years": "anos"}

_HEAD = """\
# Regulação: os perfis prontos

Página gerada de `data/profiles/` por `python -m tests.regulation_page`; não a edite.

**Isto não é aconselhamento jurídico (not legal advice).** Cada número diz a norma, o artigo, o dia em que a pesquisa
entrou no perfil e quanto se sabe: **confirmado** (lido no texto da norma ou em cópia oficial), **fonte secundária**
(lido em quem a descreve), **a confirmar** (conhecimento geral: o número está escrito no perfil e **desligado**). O que
está desligado não conta prazo nenhum e aparece como `not defined`; `ouvidoria policy check PERFIL` lista tudo o que
está por confirmar. Para ligar um número, leia a norma, corrija artigo, data e marca, e tire `enabled = false`.

O primeiro dia fica fora e o último conta (Lei 9.784/1999, art. 66). Passar ao dia útil seguinte quando o último dia
não é útil é costume nos perfis em que a coluna diz “passa”, e está a confirmar. Uma prorrogação conta do início e só
existe uma. O que não corre com o chamado (pedido à área, complementação, consentimento, recurso, avaliação, reabertura,
incidente) está declarado e serve a `ouvidoria deadline due`; cada pedido terá o seu relógio.
"""

_KEYS = """\
## As chaves dos perfis de regulação

Além das que os demais perfis têm. Uma chave desconhecida é recusada, com a linha e a mais parecida.

| Onde | Chaves |
|---|---|
| topo | `public_body` (órgão público: os deveres da Lei 13.460 valem, escritos ou não), \
`anonymous` (`no`, `denuncia-only`, `yes`), `ombudsman` (`person`, `programme`), \
`organisation` (`company`, `institution`, `public-body`), `receivers` (papéis que registram o que chega) |
| `[counting]` | `roll` (vale para todo relógio que não diz o seu), `source`, `article`, `checked_on`, `mark` |
| `[clocks.…]` | `enabled`, `statutory`, `source`, `article`, `checked_on`, \
`mark` (`confirmed`, `secondary-source`, `to-confirm`), \
`within` (o relógio dentro do qual este corre), `aliases`, `on_breach` (`filed`, `pseudonymised`), `note` |
| `[clocks.….extension]` | `times`, `amount` (na unidade do relógio), `most` (o total a que se pode chegar), \
`reason`, `tell_customer`, `consent`, `types`, `monthly_cap` (por cento), `monthly_cap_enabled`, e a origem |
| `[clocks.….suspension]` | `by` (`complement-request`), `times`, e a origem |
| `[duties]` | uma linha por dever: `on`, `amount` e `unit` (`hours`, `days`, `years`), `note`, \
e a origem; os nomes são os das tabelas acima |

Onde a vontade da mesa e a lei colidem, `ouvidoria policy check` dá um erro com o artigo, e o perfil não se aplica:

1. atendimento anterior obrigatório onde a lei o proíbe; 2. descrição curta que retém, ou recusa de quem não se
identifica, em órgão público; 3. segunda prorrogação, prorrogação sem motivo ou, onde a norma pede, sem acordo;
4. prazo da área maior que o prazo final em que corre; 5. prazo legal desligado, ou alongado por plano ou por alvo;
6 a 9. dever legal desligado: ciência ao usuário, identidade escondida da área, negativa expressa, identidade restrita
que nenhum pedido de eliminação apaga (100 anos).
"""


def profile(name: str) -> Policy:
    """One of the profiles of the folder, parsed."""
    return parse((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name=f"{name}.toml")


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(line for name in NAMES for line in _profile(profile(name))), _KEYS])


def _profile(policy: Policy) -> Iterator[str]:
    yield f"## {policy.key}"
    yield ""
    yield f"{policy.name}. {policy.source}. Atendimento anterior: `{policy.triage.prior_ticket.value}`."
    yield ""
    yield "| Relógio | Prazo | Prorrogação | Norma e artigo | Registrado em | Marca |"
    yield "|---|---|---|---|---|---|"
    for clock in policy.clocks:
        cells = [f"`{clock.name}`", _amount(clock), _extension(clock), *_origin(clock.origin)]
        yield "| " + " | ".join(cells) + " |"
    if policy.counting.roll:
        cells = ["contagem", "passa ao dia útil seguinte", "", *_origin(policy.counting.origin)]
        yield "| " + " | ".join(cells) + " |"
    yield ""
    if policy.duties:
        yield "| Dever | | Norma e artigo | Registrado em | Marca |"
        yield "|---|---|---|---|---|"
        for duty in policy.duties.values():
            yield "| " + " | ".join([f"`{duty.duty.value}`", _duty(duty), *_origin(duty.origin)]) + " |"
        yield ""


def _amount(clock: ClockRule) -> str:
    figure = clock.amount if clock.enabled else clock.figure_off
    said = "sem número" if figure is None else f"{figure} {_UNITS[clock.unit]}"
    parts = [said if clock.enabled else f"~~{said}~~ desligado"]
    if clock.roll:
        parts.append("passa")
    if clock.within:
        parts.append(f"dentro de `{clock.within}`")
    if clock.suspension:
        norm = clock.suspension.origin
        parts.append(f"o 1º pedido de complementação suspende ({norm.norm}; {_MARKS[norm.mark or '']})")
    if clock.note:
        parts.append(clock.note)
    return "; ".join(parts)


def _extension(clock: ClockRule) -> str:
    rule = clock.extension
    if rule is None:
        return "não há"
    unit = _UNITS[clock.unit]
    parts = [f"uma vez, +{rule.amount}" if rule.amount else "uma vez, como se pactue"]
    if rule.most:
        parts.append(f"até {rule.most} {unit}")
    parts.extend(_conditions(rule))
    return ", ".join(parts) + f" ({rule.origin.norm}; {_MARKS[rule.origin.mark or '']})"


def _conditions(rule: Extension) -> Iterator[str]:
    if rule.reason:
        yield "com motivo"
    if rule.consent:
        yield "com acordo do cliente"
    if rule.types:
        yield "só para: " + ", ".join(sorted(f"`{one.value}`" for one in rule.types))
    if rule.monthly_cap_off is not None:
        yield f"limite de {rule.monthly_cap_off} % do mês desligado (a confirmar)"


def _duty(rule: DutyRule) -> str:
    figure = f"{rule.amount} {_DUTY_UNITS[rule.unit.value]}" if rule.amount and rule.unit else ""
    off = "" if rule.on else "desligado"
    return "; ".join(filter(None, (off, figure, rule.note)))


def _origin(origin: Origin) -> tuple[str, str, str]:
    norm = ", ".join(filter(None, (origin.source, origin.article)))
    return norm, origin.checked_on or "", _MARKS[origin.mark or ""]


def main(argv: Sequence[str]) -> int:
    """Writes the page, or says whether it is fresh."""
    text = page()
    if "--check" not in argv:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(
        "docs/regulation.md is not what the profiles say; run `python -m tests.regulation_page`\n"
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
