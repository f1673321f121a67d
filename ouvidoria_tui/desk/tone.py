"""What an agent is about to say to a customer, weighed before it leaves (S4-03): held until it is confirmed.

Letters that rules write are not weighed, nor what was said in the past by another way: only words of a person
that leave now. No place of a template leaves in them unfilled; of words that a template holds, its letter sees to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ouvidoria_tui.domain.ledger import Draft
from ouvidoria_tui.domain.policy import Policy
from ouvidoria_tui.domain.template import check_words
from ouvidoria_tui.domain.tone import criticisms
from ouvidoria_tui.errors import Refused
from ouvidoria_tui.text import N_

#: What stands with an event whose words were held and confirmed by a person.
CONFIRMED: Mapping[str, object] = {"tone": "confirmed"}


def weighed(policy: Policy, draft: Draft, subject: str, *, confirmed: bool) -> Draft:
    """``draft`` as it may leave, with the confirmation where one was needed.

    ``subject`` is the ticket's: where a letter repeats it, the words are the customer's. Raises ``Refused``
    ``TEMPLATE_INCOMPLETE``, ``TONE_WARNING``.
    """
    if not draft.to_customer or draft.message is None or draft.facts.get("automatic"):
        return draft
    text, theirs = (" ".join(words.split()) for words in (draft.message.text, subject))
    text = text.replace(theirs, " ") if theirs else text
    if "template" not in draft.facts:
        check_words(None, text)
    said = confirmation(policy, text, confirmed=confirmed)
    return replace(draft, facts={**draft.facts, **said}) if said else draft


def confirmation(policy: Policy, text: str, *, confirmed: bool) -> Mapping[str, object]:
    """What is recorded with ``text``: nothing, or that it was confirmed; raises ``Refused`` ``TONE_WARNING``."""
    found = criticisms(text, policy.tone)
    if not found:
        return {}
    if confirmed:
        return CONFIRMED
    raise Refused(
        "TONE_WARNING",
        N_("it may criticise the company or colleagues of other sectors: {words}", words=", ".join(found)),
        N_("write it otherwise, or confirm with --confirm-tone that it may leave so"),
        details={"words": list(found)},
    )
