"""The figures of the first instance, as its daily volumes were imported."""

from __future__ import annotations

from ouvidoria_tui.store.figures import Statement


def volumes(first: str | None, last: str) -> Statement:
    """Day, channel, received, solved; days from ``first`` to ``last`` (ISO dates, both included)."""
    params: dict[str, int | str] = {"last": last}
    since = ""
    if first is not None:
        since, params["first"] = " AND day >= :first", first
    return Statement(
        f"SELECT day, channel, received, solved FROM first_line_volume WHERE day <= :last{since}"
        " ORDER BY day, channel",
        params,
    )
