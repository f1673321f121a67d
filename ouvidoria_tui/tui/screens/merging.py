"""``d``: the tickets that may be the same matter, then merge or link, with a look at the merge before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.message import Message

from ouvidoria_tui.desk.link import link, unlink
from ouvidoria_tui.desk.merge import merge, unmerge
from ouvidoria_tui.desk.merge_plan import Wanted
from ouvidoria_tui.domain.duplicates import Candidate
from ouvidoria_tui.domain.merge_plan import MergePlan
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.merge_words import effects
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.words import _, plural, say
from ouvidoria_tui.tui.messages import Target
from ouvidoria_tui.tui.reads_duplicates import Alike, Merges, alike, merges
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.reopening import Reopening
from ouvidoria_tui.tui.screens.review import Intent, Review
from ouvidoria_tui.tui.service import Act

#: So many tickets are compared and merged at once from the screen.
MOST = 50
_OTHER = "other"


@dataclass(eq=False)
class AlikeRead(Message):
    """What may be the same matter."""

    alike: Alike

    bubble = False


@dataclass(eq=False)
class MergesRead(Message):
    """What a merge would do."""

    merges: Merges
    sources: tuple[Target, ...]

    bubble = False


def candidate_words(one: Candidate) -> str:
    """A candidate in a line: score, whose, the words in common, the subject."""
    whose = _("recurrence") if one.recurrence else _("same customer") if one.same_customer else _("other")
    subject = one_line(one.twin.subject, 40)
    return f"{one.score:>3}  {whose}  {', '.join(one.words) or '-'}  «{subject}»"


class Merging(Reopening):
    """A screen on which duplicates can be merged and linked."""

    def action_duplicates(self) -> None:
        """``d``: on the ticket, or on what is marked."""
        targets = self.targets()
        if len(targets) > MOST:
            self.toast(_("More than {most}: narrow the filter first", most=MOST), "warning")
        elif targets:
            self.service.read(self, alike(targets), AlikeRead, group="alike")

    def on_alike_read(self, message: AlikeRead) -> None:
        """Offers the candidates, and any other ticket by its protocol; what is merged can be taken back."""
        found = message.alike
        if found.merged_into:
            self._take_back(found)
            return
        choices = [
            Choice(one.twin.protocol, candidate_words(one), one.twin.protocol) for one in found.candidates
        ]
        choices.append(Choice(_OTHER, _("Another ticket, by its protocol"), "…"))
        many = len(found.sources) > 1
        title = (
            _("Which of them goes on?")
            if many
            else _("The same matter as {protocol}?", protocol=found.sources[0].protocol)
        )

        def chosen(protocol: str | None) -> None:
            if protocol == _OTHER:
                self.app.push_screen(Ask(_("Its protocol")), lambda said: self._how(found, said))
            else:
                self._how(found, protocol)

        self.app.push_screen(Choose(title, choices), chosen)

    def _how(self, found: Alike, other: str | None) -> None:
        """Merge or link?"""
        if not other:
            return
        into = other.strip()
        linked = any(one.twin.protocol == into and one.twin.id in found.linked for one in found.candidates)
        tie = (
            Choice("unlink", _("Remove the link between them"))
            if linked
            else Choice("link", _("Link: they have to do with each other and stay two"))
        )
        choices = [Choice("merge", _("Merge: one matter, which goes on in {protocol}", protocol=into)), tie]

        def chosen(how: str | None) -> None:
            if how == "merge":
                self._look(found.sources, Wanted(into))
            elif how is not None:
                self._tie(found.sources, into, linking=how == "link")

        self.app.push_screen(Choose(into, choices), chosen)

    # --- merge

    def _look(self, sources: tuple[Target, ...], wanted: Wanted) -> None:
        job = merges(sources, wanted)
        self.service.read(self, job, lambda found: MergesRead(found, sources), group="merges")

    def on_merges_read(self, message: MergesRead) -> None:
        """Shows what will happen; customers who are not known to be one need a reason first."""
        found = message.merges
        refused = [one for _target, one in found.plans if isinstance(one, OuvidoriaError)]
        if any(error.code == "OTHER_CUSTOMER" for error in refused):
            self._ask_why(message)
            return
        plans = [(target, one) for target, one in found.plans if isinstance(one, MergePlan)]
        act = Act(
            _("Merged into {protocol}", protocol=found.wanted.into),
            Verb.MERGE,
            [target for target, _plan in plans],
            lambda desk, ref, seen: merge(desk, ref, found.wanted, revision=seen),
        )
        review = Review(_intent(plans, refused), late=self.glyphs.late, bullet=self.glyphs.bullet)
        self.app.push_screen(review, lambda yes: self.service.act(self, act) if yes else None)

    def _ask_why(self, message: MergesRead) -> None:
        def said(words: str | None) -> None:
            if words is not None:
                wanted = replace(message.merges.wanted, reason=words, different_customers=True)
                self._look(message.sources, wanted)

        question = _("Not known to be of the same customer. Why do they belong together?")
        self.app.push_screen(Ask(question), said)

    def _take_back(self, found: Alike) -> None:
        def said(words: str | None) -> None:
            if words is not None:
                act = Act(
                    _("Merge taken back"),
                    Verb.UNMERGE,
                    found.sources,
                    lambda desk, ref, seen: unmerge(desk, ref, words, revision=seen),
                )
                self.service.act(self, act)

        question = _("Merged into {protocol}. Why is that taken back?", protocol=found.merged_into)
        self.app.push_screen(Ask(question), said)

    # --- link

    def _tie(self, sources: tuple[Target, ...], other: str, *, linking: bool) -> None:
        one = link if linking else unlink
        label = (
            _("Linked to {protocol}", protocol=other)
            if linking
            else _("No longer linked to {protocol}", protocol=other)
        )
        targets = [target for target in sources if len(sources) == 1 or target.protocol != other]
        verb = Verb.LINK if linking else Verb.UNLINK
        act = Act(label, verb, targets, lambda desk, ref, seen: one(desk, ref, other, revision=seen))
        self.service.act(self, act)


def _intent(plans: Sequence[tuple[Target, MergePlan]], refused: Sequence[OuvidoriaError]) -> Intent:
    """What will happen, ticket by ticket; what is refused is said, and blocks where nothing is left to do."""
    facts: list[tuple[str, str]] = []
    lines: list[str] = []
    for _target, plan in plans:
        facts += [
            (
                _("Ticket"),
                f"{plan.source.protocol}  {_subject(plan.source.subject, plan.source.confidential)}",
            ),
            (
                _("Goes on in"),
                f"{plan.target.protocol}  {_subject(plan.target.subject, plan.target.confidential)}",
            ),
        ]
        lines += effects(plan)
    said = [say(error.message) for error in refused]
    return Intent(
        plural("Merge {count} ticket", "Merge {count} tickets", len(plans)),
        _("Merge"),
        facts,
        blocks=[] if plans else said or [_("There is nothing to merge")],
        warnings=said if plans else [],
        effects=lines,
    )


def _subject(subject: str, confidential: bool) -> str:
    return _("[confidential]") if confidential else subject
