"""How strongly somebody is identified: the way in, the match, and every doubt of the intake of mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ouvidoria_tui.domain.identity import IdentityLevel, identity_level
from ouvidoria_tui.domain.mail_welcome import FORGED, OF_SEVERAL, UNAUTHORISED, UNVERIFIED
from ouvidoria_tui.domain.projection import blank
from ouvidoria_tui.domain.ticket import Channel

KNOWN = replace(blank(1, "2026-000001-5", 0, 0), customer=7)


@pytest.mark.req("S0-14")
@pytest.mark.parametrize("channel", Channel)
def test_only_the_customer_area_authenticates_whoever_is_known(channel: Channel) -> None:
    wanted = IdentityLevel.AUTHENTICATED if channel is Channel.PORTAL else IdentityLevel.MATCHED
    assert identity_level(replace(KNOWN, channel=channel)) is wanted
    assert identity_level(replace(KNOWN, channel=channel, customer=None)) is IdentityLevel.UNVERIFIED


@pytest.mark.parametrize("flag", [FORGED, OF_SEVERAL, UNAUTHORISED, UNVERIFIED])
def test_a_doubt_outweighs_a_match(flag: str) -> None:
    assert (
        identity_level(replace(KNOWN, channel=Channel.EMAIL, flags=("vip", flag))) is IdentityLevel.UNVERIFIED
    )
    assert identity_level(replace(KNOWN, channel=Channel.EMAIL, flags=("vip",))) is IdentityLevel.MATCHED
