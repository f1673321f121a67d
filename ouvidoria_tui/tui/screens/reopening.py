"""``X``: opens a ticket again, for what the customer brought or for the desk's own reason; or begins another one."""

from __future__ import annotations

from ouvidoria_tui.desk import close as closing
from ouvidoria_tui.desk.other_subject import other_subject
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Status
from ouvidoria_tui.present.words import _, say
from ouvidoria_tui.tui.messages import Acted, Target
from ouvidoria_tui.tui.screens.acting import Acting
from ouvidoria_tui.tui.screens.ask import Ask
from ouvidoria_tui.tui.screens.choose import Choice, Choose
from ouvidoria_tui.tui.screens.review import Intent, Review
from ouvidoria_tui.tui.service import Act


class Reopening(Acting):
    """A screen from which tickets are opened again."""

    def action_reopen(self) -> None:
        """``X``: who wants it, then in words, then a look at it."""
        targets = self.targets()
        choices = [
            Choice("information", _("The customer brought something new on this subject")),
            Choice("reason", _("The desk itself decides so")),
        ]
        if len(targets) == 1:
            choices.append(Choice("other", _("Another subject: a new ticket, linked to this one")))
        if targets:
            self.app.push_screen(Choose(self._many(_("Reopen")), choices), self._reopen)

    def _reopen(self, why: str | None) -> None:
        if why == "information":
            self.app.push_screen(
                Ask(_("What did the customer bring?")), lambda said: self._again(information=said)
            )
        elif why == "reason":
            self.app.push_screen(Ask(_("Why is it reopened?")), lambda said: self._again(reason=said))
        elif why == "other":
            self.app.push_screen(Ask(_("What is the other subject?")), self._other)

    def _again(self, *, information: str | None = None, reason: str | None = None) -> None:
        if information is None and reason is None:
            return
        self.perform(
            _("Reopened"),
            Verb.REOPEN,
            lambda desk, ref, seen: closing.reopen(
                desk, ref, information=information, reason=reason, revision=seen
            ),
            ask=self._many(_("Reopen")) + "?",
            to=Status.OPEN if information is None else Status.CUSTOMER_REPLY,
        )

    def _other(self, subject: str | None) -> None:
        target = self.here()
        if subject is None or target is None:
            return
        question = Ask(_("What did the customer say of it?"))
        self.app.push_screen(question, lambda words: self._look_at_other(target, subject, words))

    def _look_at_other(self, target: Target, subject: str, words: str | None) -> None:
        """What will happen: nothing of this ticket moves."""
        if words is None:
            return
        act = Act(
            _("Registered as a ticket of its own"),
            Verb.RECEIVE,
            [target],
            lambda desk, ref, seen: other_subject(desk, ref, subject, words, revision=seen),
        )
        intent = Intent(
            _("Another subject"),
            _("Register it"),
            [(_("Ticket"), target.protocol), (_("Subject"), subject), (_("Report"), words)],
            effects=[
                _("a new ticket of the same customer stands in the queue, linked to this one"),
                _("this ticket stays as it is"),
                _("the customer is not written to by this"),
            ],
        )
        review = Review(intent, late=self.glyphs.late, bullet=self.glyphs.bullet)
        self.app.push_screen(review, lambda wanted: self.service.act(self, act) if wanted else None)

    def on_acted(self, message: Acted) -> None:
        """The new ticket is named."""
        super().on_acted(message)
        for outcome in message.outcomes:
            if "registered" in outcome.details and outcome.message is not None:
                self.toast(say(outcome.message))
