"""The public holidays of a country, as a proposal to write into a plan: from then on the plan is what counts.

A library of holidays is kept well and changes its mind: days move between being public and not from one release to the
next. So a plan asks it once, and people correct what it said.
"""

from __future__ import annotations

from datetime import date

from cop_launch.findings import Exit, Refused, did_you_mean
from cop_launch.locales import msg


def public_holidays(country: str, years: range, language: str) -> dict[date, str]:
    """The public holidays in these years, in order, by what they are called in this language, or in the country's own.

    A country is its two letters of ISO 3166 (NL), or those with a region of it (DE-BY). Raises `Refused` for one that
    nobody knows the holidays of.
    """
    import holidays

    code, _, region = country.strip().upper().partition("-")
    known = holidays.list_supported_countries()
    if code not in known:
        hint = did_you_mean(code, known) or msg("write the two letters of the country: NL, or DE-BY for a region of it")
        raise Refused(msg("there are no holidays known of '{country}'", country=country), hint, Exit.USAGE, "country")
    if region and region not in known[code]:
        regions = ", ".join(known[code])
        hint = msg("choose from {names}", names=regions) if regions else msg("leave out what stands behind the hyphen")
        message = msg("'{country}' has no region '{region}'", country=code, region=region)
        raise Refused(message, hint, Exit.USAGE, "country")
    # The language is always passed: without one, the names follow the settings of the machine.
    spoken = holidays.country_holidays(code)
    said = [name for name in spoken.supported_languages if name.partition("_")[0] == language]
    found = holidays.country_holidays(
        code, subdiv=region or None, years=years, language=min(said, default=spoken.default_language)
    )
    return {day: name for day, name in sorted(found.items()) if day.year in years}
