"""Public holidays, proposed: of a country or a region, in the years of the run, never in the machine's language."""

from __future__ import annotations

from datetime import date

import pytest

from cop_launch.findings import Refused
from cop_launch.schedule.public_holidays import public_holidays


@pytest.mark.parametrize("language", ["nl_NL.UTF-8", "de_DE.UTF-8", "C"])
def test_those_of_the_netherlands(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The days that have been public for long, in Dutch, whatever the machine speaks."""
    monkeypatch.setenv("LANG", language)
    monkeypatch.setenv("LANGUAGE", language)
    found = public_holidays("nl", range(2025, 2027), "nl")
    assert (
        found.items()
        >= {
            date(2025, 1, 1): "Nieuwjaarsdag",
            date(2025, 4, 26): "Koningsdag",  # a day early: the 27th is a Sunday
            date(2025, 12, 26): "Tweede kerstdag",
            date(2026, 4, 6): "Tweede paasdag",
            date(2026, 5, 14): "Hemelvaartsdag",
        }.items()
    )
    assert list(found) == sorted(found)
    assert {day.year for day in found} == {2025, 2026}


def test_a_language_that_the_library_has_no_names_in() -> None:
    """Then by the names that people there use."""
    assert public_holidays("DE", range(2025, 2026), "nl")[date(2025, 10, 3)] == "Tag der Deutschen Einheit"
    assert public_holidays("NL", range(2025, 2026), "en")[date(2025, 12, 25)] == "Christmas Day"


def test_a_region_has_days_of_its_own() -> None:
    """Epiphany is a holiday in Bavaria, and not in Berlin."""
    assert date(2025, 1, 6) in public_holidays("DE-BY", range(2025, 2026), "en")
    assert date(2025, 1, 6) not in public_holidays("DE-BE", range(2025, 2026), "en")


@pytest.mark.parametrize(
    ("country", "message", "hint"),
    [
        ("Nederland", "there are no holidays known of 'Nederland'", "write the two letters of the country"),
        ("XQ", "there are no holidays known of 'XQ'", ""),
        ("", "there are no holidays known of ''", "write the two letters of the country"),
        ("NL-XX", "'NL' has no region 'XX'", "leave out what stands behind the hyphen"),
        ("AT-XX", "'AT' has no region 'XX'", "choose from 1, 2, 3"),
    ],
)
def test_a_country_that_is_none(country: str, message: str, hint: str) -> None:
    """Is refused, with what to write."""
    with pytest.raises(Refused) as refused:
        public_holidays(country, range(2025, 2026), "en")
    assert (str(refused.value.message), refused.value.exit_code) == (message, 2)
    assert str(refused.value.hint).startswith(hint)
