"""Brazilian holidays, copied once into the store as rows; nothing asks the library at run time.

Public days of the country and of a state come from the library ``holidays``; optional days (pontos
facultativos) only by choice; local days from a list that the desk edits (``data/holidays``). 20 November is
national from 2024 (Lei 14.759/2023).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.text import N_

#: Where the rows come from; the store keeps it with :func:`version`.
SOURCE = "holidays"

#: Optional days by slug, with the name that the library gives them in Portuguese.
OPTIONAL = {
    "carnaval": "Carnaval",
    "quarta-de-cinzas": "Quarta-feira de Cinzas",
    "corpus-christi": "Corpus Christi",
    "servidor-publico": "Dia do Servidor Público",
    "vespera-de-natal": "Véspera de Natal",
    "vespera-de-ano-novo": "Véspera de Ano-Novo",
}


def version() -> str:
    """The version of the library that the rows come from."""
    from importlib.metadata import version as installed

    return installed("holidays")


def brazil(
    years: range,
    state: str | None = None,
    optional: tuple[str, ...] = (),
    local: Mapping[str, str] | None = None,
) -> dict[date, str]:
    """Closed dates with their names, in order, for ``years``.

    ``state`` is two letters (``SP``); ``optional`` slugs of :data:`OPTIONAL`; ``local`` maps ``2026-01-25``
    (once) or ``01-25`` (every year) to a name. A date with two names gets both. Raises ``UsageError`` with
    ``HOLIDAY_UNKNOWN_STATE``, ``HOLIDAY_UNKNOWN_OPTIONAL`` or ``HOLIDAY_BAD_DATE``.
    """
    wanted = {_optional(slug) for slug in optional}
    found: dict[date, list[str]] = {}
    for day, name in _library(years, _state(state), "public"):
        found.setdefault(day, []).append(name)
    for day, name in _library(years, None, "optional") if wanted else ():
        if name in wanted:
            found.setdefault(day, []).append(name)
    for written, name in (local or {}).items():
        for day in _local(written, years):
            found.setdefault(day, []).append(name)
    return {day: "; ".join(dict.fromkeys(found[day])) for day in sorted(found)}


def read_local(text: str) -> dict[str, str]:
    """The ``[days]`` of a local list in TOML, as :func:`brazil` takes them.

    Raises ``UsageError`` with ``HOLIDAY_BAD_FILE`` or ``HOLIDAY_BAD_DATE``.
    """
    try:
        days = tomllib.loads(text).get("days")
    except tomllib.TOMLDecodeError as error:
        raise _bad_file(str(error)) from None
    if not isinstance(days, dict) or not all(
        isinstance(name, str) and name.strip() for name in days.values()
    ):
        raise _bad_file("[days]")
    for written in days:
        _local(written, range(0))
    return days


def municipal(name: str) -> dict[str, str]:
    """The days of a municipality: a list of ``data/holidays`` by its name, or a file of the desk's own.

    Raises ``NotFound`` ``HOLIDAY_LIST_NOT_FOUND`` naming those there are, and what :func:`read_local` raises.
    """
    folder = data_folder() / "holidays"
    known = sorted(path.stem for path in folder.glob("*.toml"))
    path = folder / f"{name}.toml" if name in known else Path(name)
    try:
        return read_local(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise NotFound(
            "HOLIDAY_LIST_NOT_FOUND",
            N_("there is no list of municipal holidays {name}", name=name[:80]),
            N_("the lists are: {names}; or name a file like them", names=", ".join(known) or "-"),
        ) from None


def _library(years: range, state: str | None, category: str) -> Iterable[tuple[date, str]]:
    # The library costs a tenth of a second to import: only who makes a desk pays for it.
    import holidays

    found = holidays.country_holidays(
        "BR", subdiv=state, years=years, categories=(category,), language="pt_BR"
    )
    for day in sorted(found):
        # The library goes on to other years by itself when it is asked for them.
        if day.year in years:
            for name in found.get_list(day):
                yield day, name


def _state(state: str | None) -> str | None:
    if state is None:
        return None
    from holidays import list_supported_countries

    states = [name for name in list_supported_countries()["BR"] if len(name) == 2]
    if state.upper() not in states:
        raise UsageError(
            "HOLIDAY_UNKNOWN_STATE",
            N_("{state} is not a state of Brazil", state=repr(state)[:80]),
            N_("use one of {names}", names=", ".join(states)),
        )
    return state.upper()


def _optional(slug: str) -> str:
    if slug not in OPTIONAL:
        raise UsageError(
            "HOLIDAY_UNKNOWN_OPTIONAL",
            N_("there is no optional day {name}", name=repr(slug)[:80]),
            N_("use one of {names}", names=", ".join(OPTIONAL)),
        )
    return OPTIONAL[slug]


def _local(written: str, years: range) -> list[date]:
    """The dates of a local day within ``years``; 29 February only where there is one."""
    try:
        if len(written) == 5:
            month, day = int(written[:2]), int(written[3:])
            date(2024, month, day)
            if written[2] == "-":
                return [date(y, month, day) for y in years if (month, day) != (2, 29) or _leap(y)]
        elif len(written) == 10:
            once = date.fromisoformat(written)
            return [once] if once.year in years else []
    except ValueError:
        pass
    raise UsageError(
        "HOLIDAY_BAD_DATE",
        N_("{day} is not a date", day=repr(written)[:80]),
        N_("write 2026-01-25 for one year or 01-25 for every year"),
    )


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _bad_file(what: str) -> UsageError:
    return UsageError(
        "HOLIDAY_BAD_FILE",
        N_("this is not a list of local holidays: {what}", what=what),
        N_('write dates and names under [days], such as "01-25" = "Aniversário da cidade"'),
    )
