"""Which channels and departments each plan has, by the gates of a policy."""

from __future__ import annotations

import pytest

from ouvidoria_tui.domain.plan_matrix import Served, matrix
from ouvidoria_tui.domain.policy_gates import ChannelRule, Entitlement, Gates
from ouvidoria_tui.domain.register_entry import Entry
from ouvidoria_tui.domain.ticket import Channel, Type

PLANS = (Entry("start", "START", rank=1), Entry("team", "TEAM", rank=2), Entry("max", "MAX", rank=3))
GATES = Gates(
    channels=(
        ChannelRule(Channel.CHAT, plan_from="team"),
        ChannelRule(Channel.PHONE, topics=frozenset({"fatura"}), plans=frozenset({"start"})),
        ChannelRule(Channel.PHONE, plan_from="team", calendar="desk", types=frozenset({Type.COMPLAINT})),
        ChannelRule(Channel.SOCIAL, allowed=False),
        ChannelRule(Channel.EMAIL, allowed=False, topics=frozenset({"senha"})),
    ),
    entitlements=(Entitlement("sucesso", plan_from="max"),),
)


@pytest.mark.req("S2-01")
@pytest.mark.parametrize(
    ("slug", "served"),
    [
        ("chat", (Served(False), Served(True), Served(True))),
        (
            "phone",
            (
                Served(True, ("fatura",)),
                Served(True, (), ("complaint", "desk")),
                Served(True, (), ("complaint", "desk")),
            ),
        ),
        ("social", (Served(False),) * 3),
        ("email", (Served(True),) * 3),
        ("portal", (Served(True),) * 3),
        ("sucesso", (Served(False), Served(False), Served(True))),
        ("suporte", (Served(True),) * 3),
    ],
)
def test_what_a_plan_has(slug: str, served: tuple[Served, ...]) -> None:
    (row,) = [one for one in matrix(GATES, PLANS, ("suporte", "sucesso")) if one.slug == slug]
    assert tuple(row.plans.values()) == served
