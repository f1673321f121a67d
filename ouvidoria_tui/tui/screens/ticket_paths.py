"""What ``W`` offers to one kind of manifestation alone, the second reader, mediation, and who is behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Final

from ouvidoria_tui.desk import paths
from ouvidoria_tui.desk import review as reviewing
from ouvidoria_tui.desk.classify import Classification, classify
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.identity import identity
from ouvidoria_tui.desk.mediate import mediate
from ouvidoria_tui.desk.outcome import Outcome, Result
from ouvidoria_tui.domain.paths import Decision, Element, Mediation, Told
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Type
from ouvidoria_tui.present.record_identity import identity_pairs
from ouvidoria_tui.present.words import _, say, term
from ouvidoria_tui.text import N_, Text
from ouvidoria_tui.tui.messages import Acted
from ouvidoria_tui.tui.screens.acting import One
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.ticket_parts import TicketParts

#: What may be chosen, in the order of the work; ``None``: for every kind of manifestation.
OFFERED: Final[tuple[tuple[str, Text, Type | None], ...]] = (
    ("mediation", N_("Outcome of the mediation"), None),
    ("decision", N_("Decision on the suggestion"), Type.SUGGESTION),
    ("praise", N_("Whom the praise is for"), Type.PRAISE),
    ("told-person", N_("The praise has reached the person"), Type.PRAISE),
    ("told-head", N_("The praise has reached the head"), Type.PRAISE),
    ("elements", N_("What the report holds"), Type.REPORT),
    ("propose", N_("Put my draft before a second reader"), None),
    ("approve", N_("Second reader: the answer may leave"), None),
    ("give-back", N_("Second reader: the answer goes back"), None),
    ("identity", N_("Who is behind it, with a reason"), None),
    ("keep", N_("Confidential: keep its words and who is behind it"), None),
    ("lift", N_("No longer confidential, because"), None),
)
#: A question, the verb, and what is done with the one line of words.
Worded = tuple[Text, Verb, Callable[[Desk, str, str, int | None], Outcome]]
_WORDED: Final[dict[str, Worded]] = {
    "praise": (
        N_("Whom is the praise for?"),
        Verb.HAND_ON,
        lambda desk, ref, words, seen: paths.praise_for(desk, ref, words, revision=seen),
    ),
    "give-back": (
        N_("Why does the answer go back?"),
        Verb.REVIEW,
        lambda desk, ref, words, seen: reviewing.give_back(desk, ref, words, revision=seen),
    ),
    "identity": (
        N_("Why do you have to know? It is kept with your name"),
        Verb.IDENTITY,
        lambda desk, ref, words, seen: _told(desk, ref, words),
    ),
    "lift": (
        N_("Why is it no longer confidential?"),
        Verb.IDENTITY,
        lambda desk, ref, words, seen: classify(
            desk, ref, Classification(confidential=False), note=words, revision=seen
        ),
    ),
}
_DONE: Final[Mapping[str, tuple[Verb, One]]] = {
    "told-person": (
        Verb.HAND_ON,
        lambda desk, ref, seen: paths.hand_on(desk, ref, Told.PERSON, revision=seen),
    ),
    "told-head": (Verb.HAND_ON, lambda desk, ref, seen: paths.hand_on(desk, ref, Told.HEAD, revision=seen)),
    "keep": (
        Verb.CLASSIFY,
        lambda desk, ref, seen: classify(desk, ref, Classification(confidential=True), revision=seen),
    ),
    "approve": (Verb.REVIEW, lambda desk, ref, seen: reviewing.approve(desk, ref, revision=seen)),
}


class TicketPaths(TicketParts):
    """The acts of one kind of manifestation, on the one ticket on the screen."""

    def offered(self) -> list[tuple[str, Text]]:
        """What this ticket may be given, of what only some kinds have."""
        ticket = None if self.page is None else self.page.ticket
        type_, kept = (None, False) if ticket is None else (ticket.type, ticket.confidential)
        left_out = "keep" if kept else "lift"
        return [
            (slug, words)
            for slug, words, kind in OFFERED
            if slug != left_out and (kind is None or kind is type_)
        ]

    def path_chosen(self, slug: str) -> None:
        """Asks for what is still to be said, and does it."""
        label = say(next(words for known, words, _kind in OFFERED if known == slug))
        if slug in _WORDED:
            question, verb, one = _WORDED[slug]
            self.worded(label, say(question), verb, one)
        elif slug in _DONE:
            self.perform(label, *_DONE[slug])
        elif slug == "decision":
            self.pick(list(Decision), label, lambda chosen: self._decide(label, Decision(chosen)))
        elif slug == "mediation":
            self.pick(list(Mediation), label, lambda chosen: self._mediate(label, Mediation(chosen)))
        elif slug == "elements":
            self._elements(label)
        else:
            self._propose(label)

    def worded(
        self, label: str, question: str, verb: Verb, one: Callable[[Desk, str, str, int | None], Outcome]
    ) -> None:
        """A verb that needs one line of words."""

        def said(words: str | None) -> None:
            if words is not None:
                self.perform(label, verb, lambda desk, ref, seen: one(desk, ref, words, seen))

        self.app.push_screen(Ask(question), said)

    def pick(self, kinds: Sequence[StrEnum], title: str, then: Callable[[str], None]) -> None:
        """One of a closed list, then what follows."""
        choices = [Choice(kind.value, term(kind)) for kind in kinds]
        self.app.push_screen(Choose(title, choices), lambda slug: then(slug) if slug is not None else None)

    def on_acted(self, message: Acted) -> None:
        """Who is behind a ticket is said once, and stands nowhere afterwards."""
        super().on_acted(message)
        for outcome in message.outcomes:
            if outcome.verb == Verb.IDENTITY.value and outcome.message is not None:
                self.toast(say(outcome.message))

    def _decide(self, label: str, decision: Decision) -> None:
        self.worded(
            label,
            _("On what grounds?"),
            Verb.DECIDE,
            lambda desk, ref, words, seen: paths.decide(desk, ref, decision, words, revision=seen),
        )

    def _mediate(self, label: str, outcome: Mediation) -> None:
        self.worded(
            label,
            _("What was agreed, or why was nothing?"),
            Verb.MEDIATE,
            lambda desk, ref, words, seen: mediate(desk, ref, outcome, words, revision=seen),
        )

    def _elements(self, label: str) -> None:
        sets = [found for size in range(len(Element), -1, -1) for found in combinations(Element, size)]
        choices = [
            Choice(str(place), ", ".join(term(one) for one in found) or _("none of them"))
            for place, found in enumerate(sets)
        ]

        def chosen(place: str | None) -> None:
            if place is not None:
                found = sets[int(place)]
                self.worded(
                    label,
                    _("On what grounds?"),
                    Verb.ELEMENTS,
                    lambda desk, ref, words, seen: paths.check_elements(
                        desk, ref, found, words, revision=seen
                    ),
                )

        self.app.push_screen(Choose(label, choices), chosen)

    def _propose(self, label: str) -> None:
        page = self.page
        draft = None if page is None else next((one for one in page.drafts if one.kind == "reply"), None)
        if draft is None:
            self.toast(_("Write the answer with r first and go back: it is kept as a draft"), "warning")
            return
        self.perform(
            label,
            Verb.REVIEW,
            lambda desk, ref, seen: reviewing.propose(desk, ref, draft.text, revision=seen),
        )


def _told(desk: Desk, ref: str, reason: str) -> Outcome:
    """Who is behind it, as the message of the act that put the question on record."""
    found = identity(desk, ref, reason)
    who = " · ".join(f"{title}: {value}" for title, value in identity_pairs(found))
    ticket = found.ticket
    said = N_("{who}", who=who)
    return Outcome(
        ticket.protocol, Verb.IDENTITY.value, Result.DONE, ticket.status, ticket.revision, message=said
    )
