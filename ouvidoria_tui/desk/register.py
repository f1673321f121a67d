"""The registers as acts of the desk: every change is an event of the desk as a whole, without personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ouvidoria_tui.desk.desk import Desk, salted
from ouvidoria_tui.domain.customer import Contact, Customer
from ouvidoria_tui.domain.fold import slugify
from ouvidoria_tui.domain.ledger import (
    Act,
    Draft,
    Event,
    Message,
    canonical,
    event_hash,
    next_anchor,
    storable,
)
from ouvidoria_tui.domain.permission import Agent, Role, Verb
from ouvidoria_tui.errors import NotFound, Refused, UsageError
from ouvidoria_tui.text import N_

_LOGIN_LIMIT = 64
_NAME_LIMIT = 120


def record_desk_act(
    desk: Desk, type_: Act, facts: Mapping[str, object], message: Message | None = None
) -> Event:
    """An event of the desk as a whole, recorded with its words; to be called inside a transaction."""
    store, now = desk.store, desk.clock.now()
    seq, prev = store.desk_head()
    draft = salted(Draft(type_, now, {}, facts, message), desk.entropy)
    payload = draft.payload()
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
    store.record_desk(event, draft.message)
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
    if desk.store.ensure_named(kind, slug, storable(name)):
        record_desk_act(desk, Act.REGISTER_CHANGED, {"register": kind, "slug": slug, "change": "added"})
    return slug


def register_customer(desk: Desk, customer: Customer) -> int:
    """The id of a customer: the one already known by the same source and id, or e-mail, or a new one."""
    customer = _storable(customer)
    known = desk.store.match_customer(customer)
    if known is not None:
        return known
    new = desk.store.add_customer(customer, desk.clock.now())
    if customer.email:
        # The address that a customer is registered with speaks for the customer.
        desk.store.add_contact(Contact(0, new, customer.name, customer.email, authorised=True))
    record_desk_act(desk, Act.CUSTOMER_REGISTERED, {"customer": new})
    return new


def _storable(customer: Customer) -> Customer:
    """The customer without half characters, which no file and no screen can hold."""
    return replace(
        customer,
        name=_kept(customer.name),
        email=_kept(customer.email),
        document=_kept(customer.document),
        plan=_kept(customer.plan),
        source=_kept(customer.source),
        external_id=_kept(customer.external_id),
    )


def _kept(text: str | None) -> str | None:
    return None if text is None else storable(text)


def register_agent(desk: Desk, login: str, name: str, role: Role, *, active: bool = True) -> Agent:
    """A new agent; ``Refused`` ``AGENT_EXISTS`` where the login is taken, ``UsageError`` ``BAD_LOGIN``."""
    desk.allow(Verb.REGISTER)
    login = check_login(login)
    name = " ".join(storable(name).split()) or login
    if len(name) > _NAME_LIMIT:
        raise UsageError(
            "TEXT_TOO_LONG",
            N_("{size} characters are too many, {limit} are allowed", size=len(name), limit=_NAME_LIMIT),
            N_("give a shorter name"),
        )
    with desk.store.transaction():
        if desk.store.agent(login) is not None:
            raise Refused(
                "AGENT_EXISTS",
                N_("there is an agent {login} already", login=login),
                N_(
                    "`ouvidoria agent` lists the agents of the desk; `ouvidoria agent activate` brings one back"
                ),
            )
        agent = desk.store.add_agent(login, name, role, active, desk.clock.now())
        facts = {"agent": agent.id, "role": role.value, "active": active}
        record_desk_act(desk, Act.AGENT_REGISTERED, facts)
    return agent


def set_role(desk: Desk, login: str, role: Role) -> tuple[Agent, bool]:
    """The agent with the new role, and whether it changed.

    Raises ``NotFound`` ``AGENT_NOT_FOUND``; ``Refused`` ``LAST_ADMINISTRATOR``.
    """
    return _change(desk, login, "role", lambda agent: replace(agent, role=role))


def activate_agent(desk: Desk, login: str) -> tuple[Agent, bool]:
    """The agent active, and whether that changed; ``NotFound`` ``AGENT_NOT_FOUND``."""
    return _change(desk, login, "active", lambda agent: replace(agent, active=True))


def deactivate_agent(desk: Desk, login: str) -> tuple[Agent, bool]:
    """The agent not active any more, and whether that changed: she keeps her history and her tickets.

    Raises ``NotFound`` ``AGENT_NOT_FOUND``; ``Refused`` ``LAST_ADMINISTRATOR``.
    """
    return _change(desk, login, "active", lambda agent: replace(agent, active=False))


def check_login(login: str) -> str:
    """A login as it can be typed on any command line; ``UsageError`` ``BAD_LOGIN``."""
    login = login.strip()
    if (
        0 < len(login) <= _LOGIN_LIMIT
        and login.isprintable()
        and not login.startswith("-")
        and not any(char.isspace() for char in login)
    ):
        return login
    raise UsageError(
        "BAD_LOGIN",
        N_("a login has 1 to {limit} visible characters without spaces", limit=_LOGIN_LIMIT),
        N_("use letters, digits, a dot or a hyphen"),
    )


def _change(desk: Desk, login: str, what: str, new: Callable[[Agent], Agent]) -> tuple[Agent, bool]:
    desk.allow(Verb.REGISTER)
    with desk.store.transaction():
        before = desk.store.agent(login)
        if before is None:
            raise NotFound(
                "AGENT_NOT_FOUND",
                N_("there is no agent {login}", login=login[:_LOGIN_LIMIT]),
                N_("`ouvidoria agent` lists the agents of the desk"),
            )
        after = new(before)
        if after == before:
            return before, False
        _keep_an_administrator(desk, before, after)
        desk.store.update_agent(after)
        facts = {"register": "agent", "agent": after.id, "change": what}
        changes = {what: [getattr(before, what), getattr(after, what)]}
        record_desk_act(desk, Act.REGISTER_CHANGED, {**facts, "changes": changes})
    return after, True


def _keep_an_administrator(desk: Desk, before: Agent, after: Agent) -> None:
    """A desk without an administrator could never have one again."""

    def rules(agent: Agent) -> bool:
        return agent.active and agent.role is Role.ADMINISTRATOR

    others = [agent for agent in desk.store.agents() if agent.id != before.id and rules(agent)]
    if rules(before) and not rules(after) and not others:
        raise Refused(
            "LAST_ADMINISTRATOR",
            N_("{login} is the last active administrator of this desk", login=before.login),
            N_("make another agent administrator first, with `ouvidoria agent role`"),
        )
