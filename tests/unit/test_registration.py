"""What is wanting in a registration, and since when it counts as old; what kind of number a telephone number is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ouvidoria_tui.domain.contact_data import is_mobile
from ouvidoria_tui.domain.registration import Gap, Registration, gaps, months_before


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp())


NOW = at("2026-03-31T10:00")
WHOLE = Registration(NOW, contacts=2, mobiles=1, landlines=1)


@pytest.mark.parametrize(
    ("registration", "wanting"),
    [
        (WHOLE, ()),
        (Registration(at("2025-03-31T10:00"), 2), ()),
        (Registration(at("2025-03-31T09:59"), 2), (Gap.STALE,)),
        (Registration(NOW, 2, mobiles=1), (Gap.LANDLINE,)),
        (Registration(NOW, 2, landlines=1), ()),
        (Registration(NOW, 2), ()),
        (Registration(NOW, 1, 1, 1), (Gap.SECONDARY,)),
        (Registration(NOW, 0), ()),
        (Registration(NOW, 2, 1, 1, bounced=1), (Gap.BOUNCED,)),
        (Registration(0, 1, 1, 0, 1), tuple(Gap)),
    ],
)
def test_what_is_wanting(registration: Registration, wanting: tuple[Gap, ...]) -> None:
    assert gaps(registration, 12, NOW) == wanting


def test_a_policy_that_wants_no_verifying_finds_nothing_wanting() -> None:
    assert gaps(Registration(0, 1, 1, 0, 1), 0, NOW) == ()


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        ("2026-03-31T10:00", 1, "2026-02-28T10:00"),
        ("2024-03-31T10:00", 1, "2024-02-29T10:00"),
        ("2026-01-15T00:00", 1, "2025-12-15T00:00"),
        ("2026-12-01T00:00", 24, "2024-12-01T00:00"),
    ],
)
def test_months_are_those_of_the_calendar(moment: str, months: int, before: str) -> None:
    assert months_before(at(moment), months) == at(before)


@pytest.mark.parametrize(
    ("number", "mobile"),
    [
        ("(11) 91234-5678", True),
        ("+55 11 91234-5678", True),
        ("91234-5678", True),
        ("011 91234-5678", True),
        ("(11) 3123-4567", False),
        ("+55 11 3123-4567", False),
        ("0800 123 4567", False),
        ("+1 919 234 5678", False),
        ("", False),
    ],
)
def test_a_mobile_number_is_told_by_its_digits(number: str, mobile: bool) -> None:
    assert is_mobile(number) is mobile
