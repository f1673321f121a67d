"""What this console did, so that ``u`` can take it back, and the sentence that says how an act ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui.messages import Acted, Target

#: Acts of which is said that ``u`` takes them back; of the others :mod:`ouvidoria_tui.desk.undo` says why they stay.
REVERSIBLE = frozenset(
    verb.value
    for verb in (
        Verb.ASSIGN, Verb.TAKE, Verb.NEXT, Verb.START, Verb.RETURN, Verb.CLOSE, Verb.REOPEN, Verb.TRANSFER,
        Verb.CLASSIFY, Verb.TRIAGE, Verb.ESCALATE, Verb.ACK, Verb.HAND_BACK,
        Verb.SUSPEND, Verb.RESUME, Verb.INTERRUPT,
        Verb.MERGE, Verb.LINK, Verb.UNLINK,
    )
)  # fmt: skip


#: So many acts are remembered.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Done:
    """One act: its words, and the tickets at the revision that it left them."""

    label: str
    targets: tuple[Target, ...]

    @property
    def taken_back(self) -> str:
        """The sentence for its undoing: with the protocol where it was one ticket."""
        if len(self.targets) == 1:
            return _("Undone in {protocol}: {what}", protocol=self.targets[0].protocol, what=self.label)
        return _("Undone: {what}", what=self.label)


class Deeds:
    """The acts of this console, the last one in front. ``u`` goes for that one alone, also where it has to stay."""

    def __init__(self) -> None:
        self._done: tuple[Done, ...] = ()

    @property
    def last(self) -> Done | None:
        """What ``u`` goes for; whether it can be taken back the desk says."""
        return self._done[-1] if self._done else None

    def remember(self, message: Acted) -> None:
        """Puts an act in front; one that was taken back is forgotten, one that had to stay stays in front."""
        done = done_of(message)
        if done is None:
            return
        if message.verb != Verb.UNDO.value:
            self._done = (*self._done[1 - _MOST :], done)
            return
        # An older act on the same ticket is refused with its reason, not as a conflict with this undoing.
        now = {target.protocol: target for target in done.targets}
        self._done = tuple(
            replace(one, targets=tuple(now.get(target.protocol, target) for target in one.targets))
            for one in self._done[:-1]
        )


def done_of(message: Acted) -> Done | None:
    """What of an act was done: the tickets of which nobody was told, else those that stay for that reason."""
    done = [outcome for outcome in message.outcomes if outcome.result is Result.DONE]
    free = [outcome for outcome in done if not outcome.told]
    targets = tuple(Target(0, outcome.protocol, outcome.revision) for outcome in free or done)
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
