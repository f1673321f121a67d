"""``W`` on a ticket: choose what to record of the work on it, then say it in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from textual.message import Message

from ouvidoria_tui.desk import assess as assessing
from ouvidoria_tui.desk import improvements, measures, prepare
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.remind import remind
from ouvidoria_tui.domain.case_work import Reproduced, Side, Target
from ouvidoria_tui.domain.permission import Agent, Verb
from ouvidoria_tui.domain.ticket import Merit
from ouvidoria_tui.present.safe import one_line
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.text import N_, Text
from ouvidoria_tui.tui import reads
from ouvidoria_tui.tui.screens.acting import One
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.ticket_files import TicketFiles
from ouvidoria_tui.tui.screens.ticket_letters import TicketLetters
from ouvidoria_tui.tui.screens.ticket_paths import Worded

#: What may be chosen, in the order of the work.
_CHOICES: Final[tuple[tuple[str, Text], ...]] = (
    ("prior", N_("Records of the earlier attendance")),
    ("prior-file", N_("Records of it, in a file")),
    ("no-prior", N_("No records of it, because")),
    ("customer", N_("What the customer says")),
    ("wish", N_("What the customer wants to come of it")),
    ("company", N_("What the company says")),
    ("merit", N_("Merit, with grounds")),
    ("agrees", N_("The customer is satisfied with the result")),
    ("disagrees", N_("The customer disagrees with the result")),
    ("conflict", N_("Conflict of interest: whom the complaint concerns")),
    ("team", N_("Team of a complex case")),
    ("measure", N_("Measure that is taken")),
    ("done", N_("Measure that was carried out")),
    ("none", N_("No measure, because")),
    ("written", N_("Confirmation in writing")),
    ("quality", N_("Quality check: the answer settles it, is well made, weighs both sides")),
    ("reproduce", N_("Whether the fault could be reproduced")),
    ("improvement", N_("Improvement that comes of it")),
    ("no-improvement", N_("No improvement, because")),
    ("remind", N_("Reminder to the customer")),
)
#: Those that are one line of words: the question, the verb, and what is done with the words.
_WORDED: Final[dict[str, Worded]] = {
    "prior": (
        N_("What do the records of the earlier attendance say?"),
        Verb.PRIOR_RECORDS,
        lambda desk, ref, words, seen: prepare.prior_records(desk, ref, words, revision=seen),
    ),
    "no-prior": (
        N_("Why are there no records of it?"),
        Verb.PRIOR_RECORDS,
        lambda desk, ref, words, seen: prepare.prior_records(desk, ref, none=words, revision=seen),
    ),
    "customer": (
        N_("What does the customer say?"),
        Verb.POSITION,
        lambda desk, ref, words, seen: assessing.position(desk, ref, Side.CUSTOMER, words, revision=seen),
    ),
    "wish": (
        N_("What does the customer want to come of it?"),
        Verb.POSITION,
        lambda desk, ref, words, seen: assessing.position(
            desk, ref, Side.CUSTOMER, words, wish=True, revision=seen
        ),
    ),
    "company": (
        N_("What does the company say?"),
        Verb.POSITION,
        lambda desk, ref, words, seen: assessing.position(desk, ref, Side.COMPANY, words, revision=seen),
    ),
    "agrees": (
        N_("What does the customer say to the result?"),
        Verb.CUSTOMER_VIEW,
        lambda desk, ref, words, seen: assessing.customer_view(
            desk, ref, agrees=True, text=words, revision=seen
        ),
    ),
    "disagrees": (
        N_("What does the customer say to the result?"),
        Verb.CUSTOMER_VIEW,
        lambda desk, ref, words, seen: assessing.customer_view(
            desk, ref, agrees=False, text=words, revision=seen
        ),
    ),
    "team": (
        N_("Who is in the team? Two logins or more, with commas between"),
        Verb.TEAM,
        lambda desk, ref, words, seen: prepare.team(desk, ref, words.split(","), revision=seen),
    ),
    "measure": (
        N_("What is done?"),
        Verb.MEASURE,
        lambda desk, ref, words, seen: measures.add_measure(desk, ref, words, revision=seen),
    ),
    "none": (
        N_("Why is nothing done?"),
        Verb.MEASURE,
        lambda desk, ref, words, seen: measures.no_measures(desk, ref, words, revision=seen),
    ),
    "written": (
        N_("What did the customer write?"),
        Verb.CONFIRM_WRITTEN,
        lambda desk, ref, words, seen: prepare.confirm_written(desk, ref, words, revision=seen),
    ),
    "no-improvement": (
        N_("Why does nothing have to be better?"),
        Verb.IMPROVEMENT,
        lambda desk, ref, words, seen: improvements.no_improvement(desk, ref, words, revision=seen),
    ),
}


@dataclass(eq=False)
class ConcernedRead(Message):
    """The agents whom a complaint may concern."""

    agents: tuple[Agent, ...]

    bubble = False


class TicketWork(TicketFiles, TicketLetters):
    """The work on the one ticket on the screen."""

    def action_work(self) -> None:
        """``W``"""
        choices = [Choice(slug, say(words)) for slug, words in (*_CHOICES, *self.offered())]
        if self.targets():
            self.app.push_screen(Choose(self._many(_("Work out")), choices), self._work_chosen)

    def _work_chosen(self, slug: str | None) -> None:
        if slug is None:
            return
        if slug not in dict(_CHOICES):
            self.path_chosen(slug)
        elif slug in _WORDED:
            question, verb, one = _WORDED[slug]
            self._worded(slug, say(question), verb, one)
        elif slug == "merit":
            self.pick([m for m in Merit if m is not Merit.NOT_ASSESSED], _("Merit"), self._assess)
        elif slug == "reproduce":
            self.pick(list(Reproduced), _("Could the fault be reproduced?"), self._reproduce)
        elif slug == "improvement":
            self.pick(list(Target), _("What does it change?"), self._improve)
        elif slug == "done":
            self._measure_done()
        elif slug == "prior-file":
            self.prior_file(say(dict(_CHOICES)[slug]))
        elif slug == "conflict":
            self.service.read(self, reads.agents, ConcernedRead, group="agents")
        elif slug == "quality":
            self._do(slug, Verb.QUALITY, _all_ticks)
        else:
            self._do(slug, Verb.REMIND, lambda desk, ref, seen: remind(desk, ref, revision=seen))

    def _do(self, slug: str, verb: Verb, one: One) -> None:
        self.perform(say(dict(_CHOICES)[slug]), verb, one)

    def _worded(
        self, slug: str, question: str, verb: Verb, one: Callable[[Desk, str, str, int | None], Outcome]
    ) -> None:
        self.worded(say(dict(_CHOICES)[slug]), question, verb, one)

    def _assess(self, merit: str) -> None:
        self._worded(
            "merit",
            _("On what grounds?"),
            Verb.ASSESS,
            lambda desk, ref, words, seen: assessing.assess(desk, ref, Merit(merit), words, revision=seen),
        )

    def _reproduce(self, result: str) -> None:
        self._worded(
            "reproduce",
            _("What was tried, and what was seen?"),
            Verb.REPRODUCE,
            lambda desk, ref, words, seen: prepare.reproduce(
                desk, ref, Reproduced(result), words, revision=seen
            ),
        )

    def _improve(self, target: str) -> None:
        self._worded(
            "improvement",
            _("What shall be better?"),
            Verb.IMPROVEMENT,
            lambda desk, ref, words, seen: improvements.add_improvement(
                desk, ref, Target(target), words, revision=seen
            ),
        )

    def _measure_done(self) -> None:
        page = self.page
        standing = () if page is None else page.detail.work.open_measures
        if page is None or not standing:
            self.toast(_("No measure is open"), "warning")
            return
        texts = {entry.event.seq: entry.text or "" for entry in page.detail.entries}
        choices = [
            Choice(str(one.number), "" if self.hidden else one_line(texts[one.seq], 60), str(one.number))
            for one in standing
        ]

        def chosen(number: str | None) -> None:
            if number is not None:
                self._worded(
                    "done",
                    _("What shows that it was done?"),
                    Verb.MEASURE,
                    lambda desk, ref, words, seen: measures.measure_done(
                        desk, ref, int(number), words, revision=seen
                    ),
                )

        self.app.push_screen(Choose(_("Which measure?"), choices), chosen)

    def on_concerned_read(self, message: ConcernedRead) -> None:
        """Whom does it concern, and why."""
        choices = [Choice(agent.login, agent.name, agent.login) for agent in message.agents]

        def chosen(login: str | None) -> None:
            if login is not None:
                self._worded(
                    "conflict",
                    _("Why does it concern {login}?", login=login),
                    Verb.CONFLICT,
                    lambda desk, ref, words, seen: assessing.conflict(desk, ref, login, words, revision=seen),
                )

        self.app.push_screen(Choose(_("Whom does it concern?"), choices), chosen)


def _all_ticks(desk: Desk, ref: str, seen: int | None) -> Outcome:
    return prepare.quality(desk, ref, effective=True, good=True, balanced=True, revision=seen)
