"""What a ticket is about: type, severity, difficulty, cause, and what that does to its due times before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from ouvidoria_tui.desk import classify as classifying
from ouvidoria_tui.desk.classify import Classification
from ouvidoria_tui.desk.outcome import Result
from ouvidoria_tui.domain.fold import fold, slugify
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Difficulty, Severity, Ticket, Type
from ouvidoria_tui.present.safe import clean
from ouvidoria_tui.present.words import _, plural, term
from ouvidoria_tui.tui.classify_words import change_words, effects, value_words
from ouvidoria_tui.tui.keys import Where, bindings
from ouvidoria_tui.tui.messages import Acted, Target
from ouvidoria_tui.tui.reads_classify import Basis, basis
from ouvidoria_tui.tui.screens.confirm import Confirm
from ouvidoria_tui.tui.screens.desk_screen import DeskScreen
from ouvidoria_tui.tui.screens.sending import Sending
from ouvidoria_tui.tui.service import Act
from ouvidoria_tui.tui.widgets.field import Field
from ouvidoria_tui.tui.widgets.happened import Happened
from ouvidoria_tui.tui.widgets.radio import Option, Radio

Kind = TypeVar("Kind", bound=StrEnum)

#: What stays as it is on every ticket.
_KEEP = "keep"
_KINDS: dict[str, type[StrEnum]] = {"type": Type, "severity": Severity, "difficulty": Difficulty}


@dataclass(eq=False)
class BasisRead(Message):
    """The tickets as they are."""

    basis: Basis

    bubble = False


class ClassifyScreen(Sending):
    """The form for ``targets``; reversible, so that F2 does it at once (many are asked for once more)."""

    where = Where.FORM
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.FORM)]
    CSS_PATH = "classify.tcss"
    AUTO_FOCUS = "#type"

    def __init__(self, targets: tuple[Target, ...]) -> None:
        super().__init__()
        self.targets = targets
        self.target = targets[0] if len(targets) == 1 else None
        self.seen = None if self.target is None else self.target.revision
        self.basis: Basis | None = None

    def body(self) -> ComposeResult:
        """A line each, and what follows."""
        for name, title in (
            ("type", _("Type")),
            ("severity", _("Severity")),
            ("difficulty", _("Difficulty")),
        ):
            yield Radio(title, [Option(_KEEP, self._kept())], bullet=self.glyphs.bullet, id=name)
        yield Static(_("Cause (the right arrow takes what is suggested)"), id="cause-title", markup=False)
        yield Field(id="cause")
        yield Happened(self.facts.policy, late=self.glyphs.late)
        yield Static("", id="effects", markup=False)

    def on_mount(self) -> None:
        """Reads the tickets."""
        self.reload()

    def reload(self) -> None:
        """The tickets as they are now; what was chosen stays chosen."""
        ids = [target.id for target in self.targets]
        self.service.read(self, basis(ids), BasisRead, group="basis")

    def on_basis_read(self, message: BasisRead) -> None:
        """The present values are chosen, where it is one ticket."""
        first = self.basis is None
        self.basis = message.basis
        if first:
            self._offer()
        self.told()

    def _kept(self) -> str:
        return _("as it is") if self.target is None else self.glyphs.nothing

    @property
    def _causes(self) -> Mapping[str, str]:
        return {} if self.basis is None else self.basis.causes

    @property
    def ticket(self) -> Ticket | None:
        """The one ticket, where it is one."""
        one = self.target is not None and self.basis is not None and len(self.basis.tickets) == 1
        return self.basis.tickets[0][0] if one and self.basis is not None else None

    def _offer(self) -> None:
        assert self.basis is not None
        for name, kind in _KINDS.items():
            present = None if self.ticket is None else getattr(self.ticket, name)
            radio = self.query_one(f"#{name}", Radio)
            keep = [Option(_KEEP, self._kept())] if present is None else []
            radio.options = (*keep, *(Option(one.value, term(one)) for one in kind))
            radio.value = _KEEP if present is None else str(present)
            radio.refresh(layout=True)
        causes = self.basis.causes
        field = self.query_one("#cause", Field)
        self.query_one("#cause-title").display = field.display = bool(causes)
        field.suggester = SuggestFromList([clean(name) for name in causes.values()], case_sensitive=False)
        if self.ticket is not None and self.ticket.cause:
            field.value = causes.get(self.ticket.cause, self.ticket.cause)
        if self.ticket is not None:
            self.happened.begin(self.ticket)

    # --- what is chosen

    def wanted(self) -> Classification:
        """What shall be set: only what differs from the one ticket, or was chosen for many."""
        return Classification(
            type=self._chosen("type", Type),
            severity=self._chosen("severity", Severity),
            difficulty=self._chosen("difficulty", Difficulty),
            cause=self._cause(),
            complained_department=self.happened.complained(),
            occurred_at=self.happened.occurred(self.service.clock.now()),
        )

    @property
    def happened(self) -> Happened:
        """When, and whom it complains of."""
        return self.query_one(Happened)

    def _chosen(self, name: str, kind: type[Kind]) -> Kind | None:
        value = self.query_one(f"#{name}", Radio).value
        present = None if self.ticket is None else getattr(self.ticket, name)
        return None if value in ("", _KEEP) or value == present else kind(value)

    def _cause(self) -> str | None:
        typed = self.query_one("#cause", Field).value.strip()
        causes = self._causes
        slug = next((slug for slug, name in causes.items() if fold(name) == fold(typed)), slugify(typed))
        present = None if self.ticket is None else self.ticket.cause
        if not slug or slug == present:
            return None
        return slug if slug in causes else typed

    @property
    def words(self) -> str:
        """What was chosen, in words."""
        return value_words(self.wanted(), self._causes)

    # --- what is said

    def say_title(self) -> None:
        """Where one is."""
        one = self.target.protocol if self.target is not None else str(len(self.targets))
        into = f" {self.glyphs.into} "
        self.title_bar.show(f"{_('Queue')}{into}{one}{into}{_('Classify')}")

    def told(self) -> None:
        """What will happen."""
        if self.basis is None:
            return
        heading = Content(_("What will happen")).stylize("bold $primary")
        for words in self._effects(self.basis):
            heading += Content(f"\n {self.glyphs.bullet} {clean(words)}")
        self.query_one("#effects", Static).update(heading)

    def _effects(self, found: Basis) -> Sequence[str]:
        wanted = self.wanted()
        if not wanted.wanted():
            return [_("nothing: choose what is different")]
        arrow = "->" if self.console_app.ascii_only else "→"
        told = [*self._changes(wanted, arrow), *effects(found, wanted, self.facts.zone, arrow)]
        if wanted.cause is not None and slugify(wanted.cause) not in found.causes:
            told.append(_("a new cause is added to the register: {name}", name=wanted.cause))
        return [
            *told,
            _("the place in the queue stays"),
            _("recorded in the history with your name; u undoes it"),
        ]

    def _changes(self, wanted: Classification, arrow: str) -> list[str]:
        if self.ticket is None:
            return [value_words(wanted, self._causes)]
        return change_words(self.ticket, wanted, self._causes, self.facts.policy, arrow, self.glyphs.nothing)

    def on_radio_chosen(self) -> None:
        """Another value, other effects."""
        self.told()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another cause."""
        self.told()

    # --- doing it

    def action_send(self) -> None:
        """``F2``"""
        wanted = self.wanted().wanted()
        if self.happened.wrong:
            self.app.bell()
            self.happened.when.focus()
            return
        if not wanted:
            self.app.bell()
            self.toast(_("Nothing is different yet"), "warning")
            return
        if self.target is not None:
            self.send()
            return
        ask = plural("Classify {count} ticket?", "Classify {count} tickets?", len(self.targets))
        self.app.push_screen(Confirm(ask, [self.words]), lambda sure: self.send() if sure else None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line of the cause."""
        self.action_send()

    def act(self) -> Act:
        """The classification."""
        wanted = self.wanted()
        targets = self.targets
        if self.target is not None:
            targets = (Target(self.target.id, self.target.protocol, self.seen),)
        label = _("Classified: {what}", what=value_words(wanted, self._causes))
        return Act(
            label,
            Verb.CLASSIFY,
            targets,
            lambda desk, ref, seen: classifying.classify(desk, ref, wanted, revision=seen),
        )

    def done(self) -> None:
        """Back; what is under it is read again."""
        below = self.app.screen_stack[-2]
        if isinstance(below, DeskScreen):
            below.stale = True
        self.app.pop_screen()

    def acted(self, message: Acted) -> None:
        """Where all of many were refused the form stays, and is read again; why stands beside the line it is about."""
        super().acted(message)
        for outcome in message.outcomes:
            if outcome.error is not None:
                self.happened.refuse(outcome.error)
        if all(outcome.result is Result.REFUSED for outcome in message.outcomes):
            self.reload()
