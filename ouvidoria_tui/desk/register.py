"""The registers as acts of the desk: every change is an event of the desk as a whole, without personal data."""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.desk.desk import Desk
from ouvidoria_tui.desk.ports import Customer
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import Act, Event, canonical, event_hash, next_anchor
from ouvidoria_tui.domain.permission import Agent, Role, Verb
from ouvidoria_tui.errors import Refused, UsageError
from ouvidoria_tui.text import N_


def record_desk_act(desk: Desk, type_: Act, facts: Mapping[str, object]) -> Event:
    """An event of the desk as a whole, recorded; to be called inside a transaction."""
    store, now = desk.store, desk.clock.now()
    seq, prev = store.desk_head()
    payload = dict(facts)
    hash_ = event_hash(
        ticket=None,
        seq=seq + 1,
        type=type_.value,
        actor=desk.agent.id,
        os_user=desk.os_user,
        happened_at=now,
        recorded_at=now,
        payload=canonical(payload),
        prev=prev,
    )
    event = Event(
        id=store.next_event_id(),
        ticket=None,
        seq=seq + 1,
        type=type_,
        actor=desk.agent.id,
        os_user=desk.os_user,
        happened_at=now,
        recorded_at=now,
        payload=payload,
        prev=prev,
        hash=hash_,
        anchor=next_anchor(store.anchor(), hash_),
    )
    store.record_desk(event)
    return event


def register_named(desk: Desk, kind: str, name: str) -> str:
    """The slug of an entry (department, area, plan, cause), registered where it is new.

    Raises ``UsageError`` ``BAD_NAME`` where nothing of the name can be written as a slug.
    """
    slug = slugify(name)
    if not slug:
        raise UsageError(
            "BAD_NAME",
            N_("{kind} has no letter or digit in its name", kind=kind),
            N_("give it a name that can be written"),
        )
    if desk.store.ensure_named(kind, slug, name):
        record_desk_act(desk, Act.REGISTER_CHANGED, {"register": kind, "slug": slug, "change": "added"})
    return slug


def register_customer(desk: Desk, customer: Customer) -> int:
    """The id of a customer: the one already known by the same source and id, or e-mail, or a new one."""
    known = desk.store.match_customer(customer)
    if known is not None:
        return known
    new = desk.store.add_customer(customer, desk.clock.now())
    record_desk_act(desk, Act.CUSTOMER_REGISTERED, {"customer": new})
    return new


def register_agent(desk: Desk, login: str, name: str, role: Role, *, active: bool = True) -> Agent:
    """A new agent; ``Refused`` ``AGENT_EXISTS`` where the login is taken."""
    desk.allow(Verb.REGISTER)
    login = login.strip()
    if not login or len(login) > 64 or not login.isprintable() or any(char.isspace() for char in login):
        raise UsageError(
            "BAD_LOGIN",
            N_("a login has 1 to 64 visible characters without spaces"),
            N_("use letters, digits, a dot or a hyphen"),
        )
    with desk.store.transaction():
        if desk.store.agent(login) is not None:
            raise Refused(
                "AGENT_EXISTS",
                N_("there is an agent {login} already", login=login),
                N_("`ouvidoria agent` lists the agents of the desk"),
            )
        agent = desk.store.add_agent(login, name, role, active, desk.clock.now())
        facts = {"agent": agent.id, "role": role.value, "active": active}
        record_desk_act(desk, Act.AGENT_REGISTERED, facts)
    return agent
