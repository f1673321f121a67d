"""When it happened, and which department had not solved it: two fields side by side, and what is wrong with them."""

from __future__ import annotations

from textual.suggester import SuggestFromList

from ouvidoria_tui.domain.fold import fold
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import OuvidoriaError
from ouvidoria_tui.present.dates import moment, parse_when
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.error_words import error_words
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.form_row import FormRow


class Happened(FormRow):
    """The two fields; what stands in them from the beginning is not wanted anew."""

    def __init__(self, policy: Policy, *, late: str = "!") -> None:
        self.when = Field(placeholder=_("a date"), id="occurred")
        self.whom = Field(id="complained")
        super().__init__((_("Happened"), self.when), (_("Complained of"), self.whom), late=late)
        self.policy = policy
        self.departments = {one.slug: clean(one.name) for one in policy.departments}
        self.whom.suggester = SuggestFromList(list(self.departments.values()), case_sensitive=False)
        self.wrong = ""
        self._before = ("", "")
        self._refused = ("", ("", ""))

    def begin(self, ticket: Ticket) -> None:
        """What is known of the ticket."""
        whom, when = ticket.complained_department or "", ticket.occurred_at
        self.when.value = "" if when is None else moment(when, self.policy.zone)
        self.whom.value = self.departments.get(whom, whom)
        self._before = (self.when.value, self.whom.value)

    def occurred(self, now: int) -> int | None:
        """When it happened, where that is said anew; what cannot be read is said below it, and is :attr:`wrong`."""
        self.wrong = ""
        words = self.when.value.strip()
        try:
            if words and words != self._before[0]:
                return parse_when(words, self.policy.zone, now)
        except OuvidoriaError as error:
            self.wrong = error_words(error)
        finally:
            words, typed = self._refused
            self.say(self.wrong or (words if typed == self._typed else ""))
        return None

    def refuse(self, error: OuvidoriaError) -> bool:
        """Whether ``error`` is about these fields; then it stands below them until something else is typed."""
        about = {"DEPARTMENT_NOT_FOUND": self.whom, "DATE_OUT_OF_ORDER": self.when}.get(error.code)
        if about is not None:
            self._refused = (error_words(error), self._typed)
            self.say(self._refused[0])
            about.focus()
        return about is not None

    @property
    def _typed(self) -> tuple[str, str]:
        return self.when.value, self.whom.value

    def complained(self) -> str | None:
        """The department, where it is said anew; the desk knows whether there is one of that name."""
        words = self.whom.value.strip()
        if not words or words == self._before[1]:
            return None
        return next((slug for slug, name in self.departments.items() if fold(name) == fold(words)), words)
