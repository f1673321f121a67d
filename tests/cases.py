"""How many cases a property is tried on: as many as it names in `make check`, as many as asked otherwise.

`OUVIDORIA_CASES=25000 pytest tests/unit/test_calendar_properties.py` tries each property of that file on 25,000
cases, other ones in every run.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

ASKED = int(os.environ.get("OUVIDORIA_CASES") or 0)


def cases(number: int) -> settings:
    """The settings of a property that `make check` tries on ``number`` cases, the same in every run."""
    if number >= ASKED:
        return settings(max_examples=number, deadline=None)
    return settings(
        max_examples=ASKED,
        deadline=None,
        derandomize=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
