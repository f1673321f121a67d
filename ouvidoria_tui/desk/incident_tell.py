"""One message to whoever reported an incident: an event and a letter on each linked ticket, once (S0-29).

It informs and answers nothing: status and turn stay, and the ticket is still answered by a person. The words stand
beside an event of the desk as well, so that the same words again reach only tickets that were linked since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ouvidoria_tui.desk.act import act, batch, diff, need_text
from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.incident import find_incident
from ouvidoria_tui.desk.letters import about, check_words, desk_letter, language_of
from ouvidoria_tui.desk.outcome import Outcome
from ouvidoria_tui.desk.register import record_desk_act
from ouvidoria_tui.desk.tone import confirmation
from ouvidoria_tui.domain.incident import Incident
from ouvidoria_tui.domain.ledger import Act, Draft, Message, Part
from ouvidoria_tui.domain.permission import Verb
from ouvidoria_tui.domain.ticket import Ticket
from ouvidoria_tui.text import N_

#: The letter while it goes on, and the one that says that it is over.
GOES_ON, IS_OVER = "R5", "R6"


def tell_incident(desk: Desk, number: int, text: str, *, over: bool = False) -> Iterator[Outcome]:
    """The outcome on each linked ticket that was not merged into another; told so already: ``unchanged``.

    Raises ``NotAllowed``; ``NotFound`` ``INCIDENT_NOT_FOUND``, ``TEMPLATE_NOT_FOUND``; ``UsageError``
    ``TEXT_REQUIRED``; ``Refused`` ``TEMPLATE_INCOMPLETE``, ``TONE_WARNING``, before anything is written.
    """
    words = need_text(text, "--text").strip()
    desk.allow(Verb.INCIDENT)
    template = IS_OVER if over else GOES_ON
    check_words(template, words)
    said = confirmation(desk.policy.policy, words, confirmed=desk.tone_confirmed)
    with desk.store.transaction():
        incident = find_incident(desk, number)
        telling = desk.store.incident_telling(number, words)
        if telling is None:
            telling = desk.store.last_incident_telling() + 1
            facts = {"incident": number, "telling": telling, "over": over, **said}
            record_desk_act(desk, Act.INCIDENT_TOLD, facts, Message(Part.DESK, words))
    refs = desk.store.of_incident(number)
    return batch(desk, refs, Verb.INCIDENT, lambda ref: _tell(desk, ref, incident, telling, template, words))


def _tell(desk: Desk, ref: str, incident: Incident, telling: int, template: str, words: str) -> Outcome:
    def decide(ticket: Ticket, moment: int) -> list[Draft]:
        events = desk.store.events(ticket.id)
        if any(one.type is Act.INCIDENT_NOTICED and one.payload.get("telling") == telling for one in events):
            return []
        places = {**about(desk, ticket), "incidente": incident.title, "motivo": words}
        facts = {"incident": incident.number, "telling": telling, "template": template}
        changes = diff(ticket, public_word_at=moment)
        letter = desk_letter(desk, template, places, language_of(desk, ticket))
        return [Draft(Act.INCIDENT_NOTICED, moment, changes, facts, letter, to_customer=True)]

    return replace(act(desk, ref, Verb.INCIDENT, decide), message=N_("the customer was told"))
