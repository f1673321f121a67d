"""Which calendar a command counts with: one of the desk's policy, of a profile, or of a file of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from ouvidoria_tui.cli.session import Globals
from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.text import N_

if TYPE_CHECKING:
    from ouvidoria_tui.domain.calendar import Calendar
    from ouvidoria_tui.domain.policy import Policy

#: A calendar's file is small; whatever is larger is another file.
_LARGEST = 4_000_000


class Calendars(Mapping[str, "Calendar"]):
    """The calendars of a profile, or of the store's policy where none is named; read when first asked for."""

    def __init__(self, given: Globals, profile: str | None) -> None:
        self._given = given
        self._profile = profile
        self._read: tuple[Policy, Mapping[date, str]] | None = None
        self._compiled: dict[str, Calendar] = {}

    @property
    def policy(self) -> Policy:
        """The policy they belong to."""
        return self._source()[0]

    def _source(self) -> tuple[Policy, Mapping[date, str]]:
        if self._read is None:
            self._read = _of_profile(self._profile) if self._profile else _of_store(self._given)
        return self._read

    def __getitem__(self, name: str) -> Calendar:
        from ouvidoria_tui.domain.calendar import Calendar

        if name not in self._compiled:
            policy, closed = self._source()
            self._compiled[name] = Calendar(policy.calendars[name], closed)
        return self._compiled[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.policy.calendars)

    def __bool__(self) -> bool:
        return True  # without reading a store that a batch may never ask for

    def __len__(self) -> int:
        return len(self.policy.calendars)


def chosen_calendar(given: Globals, name: str | None, profile: str | None, file: str | None) -> Calendar:
    """The calendar that the options name: ``--calendar-file``, else ``--calendar`` (default ``desk``).

    Raises ``UsageError`` ``ONE_OF_TWO``, ``CALENDAR_FILE_INVALID``; ``NotFound`` ``CALENDAR_NOT_FOUND``.
    """
    if file is not None:
        if name is not None or profile is not None:
            raise UsageError(
                "ONE_OF_TWO",
                N_("--calendar-file stands by itself, without --calendar and --profile"),
                N_("name the calendar, or give its file"),
            )
        return _of_file(file)
    calendars = Calendars(given, profile)
    try:
        return calendars[name or "desk"]
    except KeyError:
        raise NotFound(
            "CALENDAR_NOT_FOUND",
            N_("there is no calendar {name}", name=str(name)[:60]),
            N_("the calendars are: {names}", names=", ".join(calendars)),
        ) from None


def _of_store(given: Globals) -> tuple[Policy, Mapping[date, str]]:
    with given.desk(read_only=True) as desk:
        return desk.policy.policy, desk.policy.closed


def _of_profile(profile: str) -> tuple[Policy, Mapping[date, str]]:
    from ouvidoria_tui.clock import SystemClock
    from ouvidoria_tui.founding import closed_days, policy_of

    policy, _text = policy_of(profile)
    return policy, closed_days(policy, SystemClock().now())


def _of_file(path: str) -> Calendar:
    from ouvidoria_tui.domain.calendar_batch import calendar_of
    from ouvidoria_tui.intake.source import open_source

    source = open_source(path)
    try:
        source.handle.seek(source.start)
        raw = source.handle.read(_LARGEST + 1)
    finally:
        source.close()
    if len(raw) > _LARGEST:
        raise _bad_file(path, 1, "> 4 MB")
    try:
        text = raw.decode(source.encoding)
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise _bad_file(path, error.lineno, error.msg) from None
    except (ValueError, RecursionError) as error:
        raise _bad_file(path, 1, type(error).__name__) from None
    if not isinstance(value, dict):
        raise _bad_file(path, 1, type(value).__name__)
    try:
        return calendar_of(value)
    except UsageError as error:
        error.details |= {"file": path, "line": _line_of(text, error)}
        raise


#: Which key of a calendar's file an error is about, where it names no day.
_KEY_OF = {"CALENDAR_UNKNOWN_ZONE": "tz", "CALENDAR_NEVER_OPENS": "week"}


def _line_of(text: str, error: UsageError) -> int:
    """The line of the day or key that ``error`` is about; the first, where it stands nowhere."""
    day = str(error.message.params.get("day") or error.message.params.get("key") or "").strip("'\"")
    at = text.find(f'"{day or _KEY_OF.get(error.code, "")}"')
    return 1 if at < 0 else text.count("\n", 0, at) + 1


def _bad_file(path: str, line: int, reason: str) -> UsageError:
    return UsageError(
        "CALENDAR_FILE_INVALID",
        N_("this is not a calendar in JSON: {reason}", reason=reason),
        N_(
            "write it like {example}",
            example='{"tz": "America/Sao_Paulo", "week": {"mon": [["09:00", "17:00"]]}, "holidays": ["2026-11-20"]}',
        ),
        details={"file": path, "line": line},
    )
