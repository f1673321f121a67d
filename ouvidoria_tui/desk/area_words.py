"""What may be said to an area: a text without personal data where identity is withheld, looked at twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.domain.consent import GIVEN
from ouvidoria_tui.domain.policy_collisions import withholds_identity
from ouvidoria_tui.domain.redaction import Kind, Known, Wish, redact
from ouvidoria_tui.domain.redaction_check import leaks
from ouvidoria_tui.domain.redaction_span import TITLES
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_, Text


@dataclass(frozen=True, slots=True)
class Cleared:
    """Texts that may be shown to an area, by their names; what was removed by kind; the pieces that came back."""

    texts: Mapping[str, str]
    counts: Mapping[Kind, int] = field(default_factory=dict)
    restored: tuple[str, ...] = ()


#: The places of a letter as a refusal names them.
_PLACES: Mapping[str, Text] = {
    "question": N_("the question"),
    "manifestation": N_("the manifestation"),
    "prior": N_("the previous ticket"),
}


def withheld(desk: Desk, ticket: Ticket) -> bool:
    """Whether an area may not see who wrote: by the policy, or because the ticket is confidential.

    Who has agreed to be named may be seen (Lei 13.608/2018 art. 4º-B).
    """
    if GIVEN in ticket.flags:
        return False
    return ticket.confidential or withholds_identity(desk.policy.policy)


def known_of(desk: Desk, ticket: Ticket) -> Known:
    """What the registers and the mail know of everybody who stands behind ``ticket``."""
    store, found = desk.store, Known()
    if ticket.customer is not None:
        ids = dict.fromkeys((ticket.customer, store.people.standing(ticket.customer)))
        customers = [one for id_ in ids if (one := store.customer(id_)) is not None]
        contacts = [one for id_ in ids for one in store.contacts(id_)]
        found = Known(
            names=_said(*(one.name for one in customers), *(one.name for one in contacts)),
            emails=_said(*(one.email for one in customers), *(one.email for one in contacts)),
            documents=_said(*(one.document for one in customers)),
            phones=_said(*(number for one in contacts for number in (one.mobile, one.landline))),
            codes=_said(*(one.external_id for one in customers)),
        )
    senders = store.mails.senders(ticket.id)
    return Known(
        names=(*found.names, *_said(*(name for _email, name in senders))),
        emails=(*found.emails, *_said(*(email for email, _name in senders))),
        documents=found.documents,
        phones=found.phones,
        codes=found.codes,
    )


def cleared(texts: Mapping[str, str], known: Known, wish: Wish, *, blind: bool = False) -> Cleared:
    """``texts`` redacted, and looked at again; ``blind``: the question as if nothing were known.

    Raises ``UsageError`` ``WORD_NOT_FOUND`` for a wish about words that are nowhere; ``Refused``
    ``KNOWN_VALUE_STAYS`` where what the registers know is asked back, ``REDACTION_LEAKS`` where the second look
    finds anything, naming kind and place but not the value.
    """
    knows = {name: Known() if blind and name == "question" else known for name in texts}
    done = {name: redact(text, knows[name], wish) for name, text in texts.items()}
    _check_wish(
        wish, [one.unfound for one in done.values()], [word for one in done.values() for word in one.held]
    )
    counts = Counter[Kind]()
    for name, one in done.items():
        found = leaks(one.text, knows[name], one.restored)
        if found:
            raise Refused(
                "REDACTION_LEAKS",
                N_(
                    "{where}, line {line}, column {column}, still holds personal data ({kind}); nothing leaves",
                    where=_PLACES.get(name, Text(name)),
                    line=found[0].line,
                    column=found[0].column,
                    kind=TITLES[found[0].kind],
                ),
                N_("take the words out with --remove, or say the same in other words"),
                details={
                    "leaks": [{"text": name, "kind": leak.kind.value, "line": leak.line} for leak in found]
                },
            )
        counts.update(dict(one.counts))
    restored = tuple(dict.fromkeys(piece for one in done.values() for piece in one.restored))
    return Cleared({name: one.text for name, one in done.items()}, dict(sorted(counts.items())), restored)


def _check_wish(wish: Wish, unfound: Sequence[Sequence[str]], held: Sequence[str]) -> None:
    nowhere = [word for word in (*wish.remove, *wish.restore) if all(word in one for one in unfound)]
    if nowhere:
        raise UsageError(
            "WORD_NOT_FOUND",
            N_("the text for the area does not hold: {words}", words=", ".join(nowhere)[:120]),
            N_("look at it with `ouvidoria forward --preview`"),
        )
    if held:
        raise Refused(
            "KNOWN_VALUE_STAYS",
            N_("what the register knows of whoever wrote stays removed"),
            N_("leave --restore out; ask the customer for consent with `ouvidoria consent --ask`"),
        )


def _said(*values: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value and value.strip()))
