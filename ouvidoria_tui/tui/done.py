"""What this console did, so that ``u`` can take it back, and the sentence that says how an act ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui.messages import Acted, Target

#: Acts that :mod:`ouvidoria_tui.desk.undo` can take back.
REVERSIBLE = frozenset(
    verb.value
    for verb in (
        Verb.ASSIGN, Verb.TAKE, Verb.NEXT, Verb.START, Verb.RETURN, Verb.CLOSE, Verb.REOPEN, Verb.TRANSFER,
        Verb.CLASSIFY, Verb.TRIAGE, Verb.ESCALATE, Verb.ACK, Verb.HAND_BACK,
        Verb.SUSPEND, Verb.RESUME, Verb.INTERRUPT,
        Verb.MERGE, Verb.LINK, Verb.UNLINK,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """One act that can be taken back: its words, and the tickets at the revision that it left them."""

    label: str
    targets: tuple[Target, ...]


def done_of(message: Acted) -> Done | None:
    """What of an act can be taken back."""
    if message.verb not in REVERSIBLE:
        return None
    targets = tuple(
        Target(0, outcome.protocol, outcome.revision)
        for outcome in message.outcomes
        if outcome.result is Result.DONE and not outcome.told
    )
    return Done(message.label, targets) if targets else None


def told(message: Acted) -> tuple[str, Literal["information", "warning", "error"]]:
    """How an act ended, in a sentence or two: what was done, then the first refusal and how many there were."""
    by: dict[Result, list[Outcome]] = {}
    for outcome in message.outcomes:
        by.setdefault(outcome.result, []).append(outcome)
    done, same = by.get(Result.DONE, []), by.get(Result.UNCHANGED, [])
    refused = by.get(Result.REFUSED, []) + by.get(Result.CONFLICT, [])
    words: list[str] = []
    if done:
        many = f" ({len(done)})" if len(message.outcomes) > 1 else ""
        back = message.verb in REVERSIBLE and any(not outcome.told for outcome in done)
        undo = " " + _("u undoes") if back else ""
        words.append(f"{message.label}{many}.{undo}")
    if same:
        words.append(plural("{count} was so already.", "{count} were so already.", len(same)))
    if refused:
        error = refused[0].error
        hint = f" {say(error.hint)}." if error is not None and error.hint is not None else ""
        if len(message.outcomes) > 1:
            words.append(plural("{count} refused:", "{count} refused:", len(refused)))
        words.append(f"{say(refused[0].message)}.{hint}")
    return " ".join(words), "error" if refused and not done else "warning" if refused else "information"
