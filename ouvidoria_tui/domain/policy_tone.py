"""What a policy says of the tone of letters: the ``[tone]`` table of a profile, and how it is read (S4-03)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ouvidoria_tui.domain.policy_reader import Section

#: What a desk that says nothing of its own is warned of; a word that ends in ``*`` stands for all that begin so.
WORDS: Final = (
    "incompetente*",
    "incompetência*",
    "irresponsáve*",
    "irresponsabilidade*",
    "despreparad*",
    "despreparo",
    "desorganizad*",
    "desorganização",
    "preguiça",
    "preguiços*",
    "má vontade",
    "descaso do setor",
    "descaso da área",
    "descaso da empresa",
    "bagunça",
    "uma vergonha",
    "vergonhos*",
    "péssimo setor",
    "péssimo serviço",
    "péssima empresa",
    "péssimo atendimento da",
    "esta empresa não presta",
    "essa empresa não presta",
    "a empresa não presta",
    "não sabem trabalhar",
    "não sabe trabalhar",
    "não sabem o que fazem",
    "não sabe o que faz",
    "nunca resolvem nada",
    "nunca resolve nada",
    "sempre erram",
    "sempre erra",
    "ninguém aqui",
    "aqui ninguém",
    "culpa deles",
    "culpa delas",
    "culpa dos colegas",
    "culpa do setor",
    "culpa da área",
    "culpa do suporte",
    "culpa do financeiro",
    "culpa do comercial",
    "culpa do atendimento",
    "culpa da empresa",
)


@dataclass(frozen=True, slots=True)
class ToneRule:
    """The words and phrases that hold a text back until it is confirmed; none: nothing is held."""

    words: tuple[str, ...] = WORDS


def read_tone(section: Section | None) -> ToneRule:
    """The rule of ``[tone]``: ``words`` instead of the list of the house, ``more`` beside it."""
    if section is None:
        return ToneRule()
    words = section.texts("words") if section.has("words") else WORDS
    rule = ToneRule((*words, *section.texts("more")))
    section.close()
    return rule
