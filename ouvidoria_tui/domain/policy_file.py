"""From the text of a profile (TOML) to a :class:`Policy`, with every mistake named by key and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from ouvidoria_tui.domain import toml_lines
from ouvidoria_tui.domain.permission import Role
from ouvidoria_tui.domain.policy import Absent, Policy, Unit
from ouvidoria_tui.domain.policy_access import read_access
from ouvidoria_tui.domain.policy_areas import read_analysis, read_areas
from ouvidoria_tui.domain.policy_calendars import read_calendar, read_holidays, read_zone
from ouvidoria_tui.domain.policy_clocks import check_names, read_clock
from ouvidoria_tui.domain.policy_gates_reader import read_gates
from ouvidoria_tui.domain.policy_law import Anonymous, Ombudsman, Organisation
from ouvidoria_tui.domain.policy_levels import read_levels
from ouvidoria_tui.domain.policy_mail import read_mail
from ouvidoria_tui.domain.policy_norms import read_counting, read_duties
from ouvidoria_tui.domain.policy_reader import Problem, Section, show_path
from ouvidoria_tui.domain.policy_registers import read_labels, read_register, read_triage
from ouvidoria_tui.domain.policy_telling import read_telling
from ouvidoria_tui.domain.policy_tone import read_tone
from ouvidoria_tui.domain.policy_work import read_work
from ouvidoria_tui.errors import UsageError
from ouvidoria_tui.text import N_, NN_, Text

_LARGEST = 1_000_000
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class PolicyInvalid(UsageError):
    """The text is no policy. ``problems`` holds a sentence for each mistake, in the order of the lines.

    ``details``: ``file``, ``line`` and ``key`` of the first one, and ``problems`` as a list of
    ``{"line", "key", "message"}`` with English messages.
    """

    def __init__(self, file: str, found: Sequence[tuple[int, str, Text]]) -> None:
        ordered = sorted(found, key=lambda one: one[0])
        self.problems = tuple(_sentence(file, *one) for one in ordered)
        line, key, _ = ordered[0]
        more = len(ordered) - 1
        super().__init__(
            "POLICY_INVALID",
            self.problems[0],
            NN_("correct it and the {count} other problem", "correct it and the {count} other problems", more)
            if more
            else N_("correct that line and try again"),
            details={
                "file": file,
                "line": line,
                "key": key,
                "problems": [{"line": at, "key": where, "message": str(what)} for at, where, what in ordered],
            },
        )


def _sentence(file: str, line: int, key: str, what: Text) -> Text:
    if not key:
        return N_("{file}, line {line}: {what}", file=file, line=line, what=what)
    return N_("{file}, line {line}, {key}: {what}", file=file, line=line, key=key, what=what)


def parse(text: str, *, name: str) -> Policy:
    """The policy that a profile says; ``name`` is how messages call the file.

    Raises :class:`PolicyInvalid` (``POLICY_INVALID``) that names all mistakes: TOML that is broken, unknown
    keys, wrong types, a clock on an unknown calendar, an unknown zone, a clock without a unit (C-05), amounts
    that are not positive, slugs that stand twice, rules about departments that do not exist.
    """
    raw = _load(text, name)
    problems: list[Problem] = []
    policy = _read(Section(raw, (), problems))
    if problems:
        lines = toml_lines.locate(text)
        found = [(toml_lines.line_of(lines, one.path), show_path(one.path), one.message) for one in problems]
        raise PolicyInvalid(name, found)
    return policy


def _load(text: str, name: str) -> dict[str, object]:
    if len(text) > _LARGEST:
        raise PolicyInvalid(name, [(1, "", N_("the file is too large to be a profile"))])
    try:
        text.encode()
        return tomllib.loads(text.removeprefix("\ufeff"))  # some editors begin a file with a mark
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise PolicyInvalid(name, [(line, "", N_("this line is not valid UTF-8 text"))]) from None
    except tomllib.TOMLDecodeError as error:
        why = str(error)
        place = _PLACE.search(why)
        line = int(place[1]) if place is not None and place[1] else text.rstrip().count("\n") + 1
        message = N_("this is not valid TOML: {why}", why=why[: place.start()] if place is not None else why)
        raise PolicyInvalid(name, [(line, "", message)]) from None
    except (RecursionError, ValueError):  # thousands of nested brackets, or a number of thousands of digits
        message = N_("the file is nested too deeply, or holds too long a number, to be a profile")
        raise PolicyInvalid(name, [(1, "", message)]) from None


def _read(root: Section) -> Policy:
    key = root.need_slug("key")
    title = root.need_text("name")
    source = root.need_text("source")
    root.need_text("zone")
    zone = read_zone(root, "zone", "UTC")
    departments = read_register(root, "departments")
    areas = read_register(root, "areas")
    plans = read_register(root, "plans")
    department_slugs = [one.slug for one in departments]
    plan_slugs = [one.slug for one in plans]
    calendars = {one: read_calendar(one, section, zone) for one, section in root.named_sections("calendars")}
    if "desk" not in calendars:
        root.note("calendars", N_("a calendar named desk is needed"))
    counting = read_counting(root.section("counting"))
    clocks = tuple(
        read_clock(one, section, calendars, department_slugs, plan_slugs, counting.roll)
        for one, section in root.named_sections("clocks")
    )
    check_names(root, clocks)
    days, unit, average_source, average_assumed = _average(root.section("average"))
    policy = Policy(
        key=key,
        name=title,
        source=source,
        zone=zone,
        calendars=calendars,
        clocks=clocks,
        holidays=read_holidays(root.section("holidays")),
        labels=read_labels(root),
        departments=departments,
        areas=areas,
        plans=plans,
        triage=read_triage(root.section("triage"), department_slugs),
        levels=read_levels(root, calendars),
        promise=root.flag("promise", True),
        average_days=days,
        average_source=average_source,
        public_body=root.flag("public_body", False),
        average_unit=unit,
        average_assumed=average_assumed,
        counting=counting,
        anonymous=root.choice("anonymous", Anonymous),
        duties=read_duties(root),
        gates=read_gates(root.section("gates"), department_slugs, plan_slugs, calendars),
        mail=read_mail(root.section("mail"), department_slugs),
        absent=root.choice("absent", Absent) or Absent.WARN,
        work=read_work(root.section("work"), department_slugs),
        area_requests=read_areas(root.section("area_requests")),
        analysis=read_analysis(root.section("analysis")),
        telling=read_telling(root.section("telling")),
        ombudsman=root.choice("ombudsman", Ombudsman),
        organisation=root.choice("organisation", Organisation),
        receivers=root.choices("receivers", Role),
        tone=read_tone(root.section("tone")),
        access=read_access(root),
    )
    root.close()
    return policy


def _average(section: Section | None) -> tuple[int | None, Unit, str | None, str | None]:
    """The forecast of the time to solution: days, unit, where it comes from, what is assumed (S0-12)."""
    if section is None:
        return None, Unit.CALENDAR_DAYS, None, None
    unit = section.need_choice("unit", Unit)
    if section.raw.get("unit") in (Unit.HOURS, Unit.BUSINESS_HOURS):
        section.note("unit", N_("an average is counted in calendar-days or business-days"))
    if not section.has("days"):
        section.note("days", N_("this key is missing"))
    found = section.whole("days", 1, 3_650), unit, section.text("source"), section.text("assumed")
    section.close()
    return found
