"""What the compose screen sends: one of the desk's verbs of words, chosen by what was said beside them."""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.desk import reply as replying
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.letter_draft import answer_written
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.domain.answer import Concluding, Wanted


@dataclass(frozen=True, slots=True)
class Said:
    """Words, how they are meant (empty: a note), what they declare, their template or the articles they name."""

    text: str
    way: str
    declares: Concluding
    letter: Wanted | None = None
    articles: tuple[str, ...] = ()


def spoken(desk: Desk, ref: str, seen: int | None, said: Said) -> Outcome:
    """Sends it, where the ticket is as it was ``seen``; raises what the verb raises."""
    if said.letter is not None:
        return answer_written(desk, ref, said.letter, said.text, revision=seen)
    if said.way == "":
        return replying.note(desk, ref, said.text, revision=seen)
    if said.way == "ask":
        return replying.ask(desk, ref, said.text, revision=seen)
    return replying.reply(
        desk,
        ref,
        said.text,
        conclusive=said.way == "conclusive",
        said=said.declares,
        articles=said.articles,
        revision=seen,
    )
