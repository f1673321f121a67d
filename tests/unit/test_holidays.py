from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ouvidoria_tui.domain.policy_file import parse
from ouvidoria_tui.errors import NotFound, UsageError
from ouvidoria_tui.founding import closed_days
from ouvidoria_tui.intake.holidays import brazil, municipal, read_local, version
from tests.unit.policy_sample import MINIMAL

YEARS = range(2023, 2027)
LISTS = Path(__file__).parents[2] / "data" / "holidays"


@pytest.mark.req("S1-26")
def test_20_november_is_national_from_2024() -> None:
    days = brazil(YEARS)
    assert [day.year for day in days if (day.month, day.day) == (11, 20)] == [2024, 2025, 2026]


def test_good_friday_is_closed_and_carnival_is_not() -> None:
    days = brazil(range(2026, 2027))
    assert days[date(2026, 4, 3)] == "Sexta-feira Santa"
    assert date(2026, 2, 16) not in days
    assert date(2026, 2, 17) not in days


def test_optional_days_come_by_choice() -> None:
    plain = brazil(range(2026, 2027))
    chosen = brazil(range(2026, 2027), optional=("carnaval", "quarta-de-cinzas", "corpus-christi"))
    assert sorted(set(chosen) - set(plain)) == [
        date(2026, 2, 16),
        date(2026, 2, 17),
        date(2026, 2, 18),
        date(2026, 6, 4),
    ]


def test_a_state_adds_its_own_days() -> None:
    assert date(2026, 7, 9) in brazil(range(2026, 2027), "sp")
    assert date(2026, 7, 9) not in brazil(range(2026, 2027))


def test_local_days_come_once_or_every_year() -> None:
    days = brazil(YEARS, local={"01-25": "Cidade", "2024-03-19": "Padroeiro", "02-29": "Bissexto"})
    assert sum(name == "Cidade" for name in days.values()) == 4
    assert [day for day, name in days.items() if name == "Padroeiro"] == [date(2024, 3, 19)]
    assert [day for day, name in days.items() if name == "Bissexto"] == [date(2024, 2, 29)]


def test_a_date_with_two_names_keeps_both() -> None:
    assert brazil(range(2026, 2027), local={"12-25": "Padroeira"})[date(2026, 12, 25)] == "Natal; Padroeira"


def test_only_the_years_asked_for_and_in_order() -> None:
    days = brazil(YEARS, "RJ", ("carnaval",))
    assert {day.year for day in days} == set(YEARS)
    assert list(days) == sorted(days)


@pytest.mark.parametrize(
    ("state", "optional", "local", "code"),
    [
        ("XX", (), {}, "HOLIDAY_UNKNOWN_STATE"),
        ("\x1b[31m", (), {}, "HOLIDAY_UNKNOWN_STATE"),
        (None, ("carnival",), {}, "HOLIDAY_UNKNOWN_OPTIONAL"),
        (None, (), {"25/01": "x"}, "HOLIDAY_BAD_DATE"),
        (None, (), {"02-30": "x"}, "HOLIDAY_BAD_DATE"),
        (None, (), {"2026-13-01": "x"}, "HOLIDAY_BAD_DATE"),
        (None, (), {"": "x"}, "HOLIDAY_BAD_DATE"),
    ],
)
def test_what_is_not_known_is_refused(
    state: str | None, optional: tuple[str, ...], local: dict[str, str], code: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        brazil(YEARS, state, optional, local)
    assert refusal.value.code == code


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_local_lists_can_be_read(path: Path) -> None:
    assert read_local(path.read_text("utf-8"))


@pytest.mark.parametrize("text", ["", "days = 1", "[days]\n'01-25' = 1", "[days", "[days]\n'01-25' = ' '"])
def test_a_file_that_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as refusal:
        read_local(text)
    assert refusal.value.code == "HOLIDAY_BAD_FILE"


def test_the_source_has_a_version() -> None:
    assert version()


def test_a_policy_asks_for_the_days_of_its_town_by_name_or_by_a_file_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "minha.toml"
    own.write_text('[days]\n"06-13" = "Santo Antônio"\n', "utf-8")
    policy = parse(MINIMAL + f'\n[holidays]\nmunicipal = ["sp-sao-paulo", "{own}"]\n', name="desk.toml")
    closed = closed_days(policy, 1_790_000_000)
    assert closed[date(2026, 1, 25)] == "Aniversário da cidade de São Paulo"
    assert closed[date(2027, 6, 13)] == "Santo Antônio"


@pytest.mark.parametrize("name", ["nenhures", ""])
def test_a_list_that_is_not_there_is_named_with_those_that_are(name: str) -> None:
    with pytest.raises(NotFound) as caught:
        municipal(name)
    assert (caught.value.code, "sp-sao-paulo" in str(caught.value.hint)) == ("HOLIDAY_LIST_NOT_FOUND", True)
