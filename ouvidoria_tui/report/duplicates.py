"""Which tickets may be the same matter as another one: candidates of the store, scored by how alike they read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ouvidoria_tui.domain.duplicates import DAY, Candidate, Twin
from ouvidoria_tui.domain.fold import normal_subject
from ouvidoria_tui.domain.incident import telling_words
from ouvidoria_tui.domain.query_terms import Query
from ouvidoria_tui.domain.quotes import trim
from ouvidoria_tui.store import queue
from ouvidoria_tui.store.connection import Connection
from ouvidoria_tui.store.duplicates import neighbours, of_customer, recurrences, twin, twins

#: Less alike than this is not shown, unless it is a recurrence.
LEAST = 60
#: What the same subject of the same customer counts at least (C-19: one open ticket a subject).
SAME_SUBJECT = 90
#: So many candidates are given for a ticket.
MOST = 10
#: How much the subject counts; the text counts the rest.
_SUBJECT = 0.35
#: A text that is wholly part of the other counts nearly as much as the same text.
_PART = 0.95
#: What a text counts whatever stands over it.
_RETITLED = 0.9
#: A text of fewer telling words is too easily part of another.
_ENOUGH = 6
_WORDS_SHOWN = 6
_WORDS_COMPARED = 300


def candidates(
    conn: Connection, ticket_id: int, recurrence_days: int = 0, *, most: int = MOST
) -> list[Candidate]:
    """The tickets that read like this one, the most alike first; confidential ones never.

    ``recurrence_days`` is the policy's; 0 looks for none. A confidential ticket has no candidates.
    """
    own = twin(conn, ticket_id)
    if own is None or not twins(conn, [ticket_id]):
        return []
    mine = _Compared(own)
    ids = dict.fromkeys(neighbours(conn, ticket_id, list(mine.words)))
    if own.customer is not None:
        ids |= dict.fromkeys(of_customer(conn, own.customer, ticket_id))
    again = set(recurrences(conn, own.protocol, recurrence_days * DAY)) if recurrence_days else set()
    found = (_candidate(mine, _Compared(other), again) for other in twins(conn, ids))
    shown = [one for one in found if one.score >= LEAST or one.recurrence]
    shown.sort(key=lambda one: (-one.score, one.twin.status == "closed", -one.twin.arrived_at))
    return shown[:most]


def candidates_among(
    conn: Connection,
    query: Query,
    recurrence_days: int = 0,
    *,
    limit: int,
    now: int,
    agent_id: int | None,
    zone: str,
) -> Iterator[Candidate]:
    """The pairs among the open tickets of ``query`` (at most ``limit`` of them): each with its older candidates."""
    rows = queue.page(conn, query, limit=limit, now=now, agent_id=agent_id, zone=zone).rows
    for row in rows:
        for one in candidates(conn, row.id, recurrence_days):
            if (one.twin.arrived_at, one.twin.protocol) < (one.of.arrived_at, one.of.protocol):
                yield one


def side_by_side(conn: Connection, ids: Sequence[int]) -> list[Candidate]:
    """These tickets, the oldest first, each compared with that one; confidential and merged ones are left out."""
    found = sorted(twins(conn, ids), key=lambda one: (one.arrived_at, one.protocol))
    if not found:
        return []
    oldest = _Compared(found[0])
    return [_candidate(oldest, _Compared(one), set()) for one in found]


class _Compared:
    """A ticket with what of it is compared, made once."""

    def __init__(self, own: Twin) -> None:
        self.twin = own
        self.subject = list(telling_words(normal_subject(own.subject)))
        self.text = list(telling_words(trim(own.text)))[:_WORDS_COMPARED]
        self.words = dict.fromkeys([*self.subject, *self.text])


def _candidate(mine: _Compared, other: _Compared, again: set[str]) -> Candidate:
    shared = tuple(word for word in mine.words if word in other.words)
    score = _score(mine, other) if shared else 0
    one = Candidate(mine.twin, other.twin, score, shared[:_WORDS_SHOWN], other.twin.protocol in again)
    same = mine.twin.subject_key and mine.twin.subject_key == other.twin.subject_key
    if one.same_customer and same and score < SAME_SUBJECT:
        return Candidate(one.of, one.twin, SAME_SUBJECT, one.words, one.recurrence)
    return one


def _score(mine: _Compared, other: _Compared) -> int:
    subjects, texts = _alike(mine.subject, other.subject), _alike(mine.text, other.text)
    if not mine.text or not other.text:
        return round(subjects)
    if not mine.subject or not other.subject:
        return round(texts)
    both = _SUBJECT * subjects + (1 - _SUBJECT) * texts
    # The same text under another title is the same matter (S3-50).
    long = min(len(mine.text), len(other.text)) >= _ENOUGH
    return round(max(both, _RETITLED * texts) if long else both)


def _alike(one: Sequence[str], two: Sequence[str]) -> float:
    """How alike two lists of words are, 0 to 100, whatever their order; a slip of the pen costs little."""
    from rapidfuzz import fuzz  # compiled code that no other command needs

    left, right = " ".join(one), " ".join(two)
    whole = fuzz.token_sort_ratio(left, right)
    if min(len(one), len(two)) < _ENOUGH:
        return whole
    return max(whole, _PART * fuzz.token_set_ratio(left, right))
