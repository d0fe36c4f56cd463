"""What people read, as data: a message is an English sentence with its values, put into a language only at the edge.

The catalogues are gettext's (`<language>/LC_MESSAGES/<domain>.po`, compiled beside it to `.mo`). English is the source
text and needs no catalogue. Three domains, so that a command loads only what it prints:

* ``coplaunch``: commands, findings, outcomes, verdicts
* ``criteria``: title, why and remedy of every criterion
* ``fields``: title, question and example of every field of the project file
"""

from __future__ import annotations

import gettext
import os
import string
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from cop_launch.records import Record, field

LANGUAGES = ("en", "nl")
DOMAINS = ("coplaunch", "criteria", "fields")

_HERE = Path(__file__).parent


class Message(Record):
    """A sentence to be said later, in the reader's language.

    ``text`` is the English sentence with ``{name}`` fields; ``plural``, where given, is used when ``n`` is not one.
    A field may carry a format: ``{day:date}``, ``{share:percent}``, ``{hours:number}``, ``{amount:money}``,
    ``{names:list}``. Values may be messages themselves.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None
    n: int = 1
    domain: str = "coplaunch"

    def __str__(self) -> str:
        return in_language("en").say(self)

    def __hash__(self) -> int:
        return hash((self.text, self.plural, self.n, self.domain))


def msg(text: str, **values: Any) -> Message:
    """A message; the text must be a literal, so that it is found for the catalogue."""
    return Message(text, values)


def nmsg(text: str, plural: str, n: int, **values: Any) -> Message:
    """A message that differs for one and for several; both texts may use ``{n}``."""
    return Message(text, {"n": n, **values}, plural, n)


def _read(code: str, domain: str) -> gettext.NullTranslations:
    """A catalogue; the source language has none. gettext's own search for it would take longer than reading it."""
    try:
        with (_HERE / code / "LC_MESSAGES" / f"{domain}.mo").open("rb") as catalogue:
            return gettext.GNUTranslations(catalogue)
    except FileNotFoundError:
        return gettext.NullTranslations()


class Language:
    """Says messages and formats values the way people who read this language write them."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalogues: dict[str, gettext.NullTranslations] = {}
        self._formatter = _Formatter(self)

    def say(self, message: Message | str) -> str:
        """The message in this language; a plain string is the user's own text and is returned as it is."""
        if isinstance(message, str):
            return message
        if not message.text:
            return ""  # gettext keeps its own header under the empty text
        catalogue = self._catalogue(message.domain)
        if message.plural is None:
            text = catalogue.gettext(message.text)
        else:
            text = catalogue.ngettext(message.text, message.plural, message.n)
        if message.domain != "coplaunch":
            return text  # braces are YAML's here: these texts have no values
        if not message.values:
            return text.replace("{{", "{").replace("}}", "}")
        return self._formatter.vformat(text, (), message.values)

    def _catalogue(self, domain: str) -> gettext.NullTranslations:
        found = self._catalogues.get(domain)
        if found is None:
            found = self._catalogues[domain] = _read(self.code, domain)
        return found

    # -- values ---------------------------------------------------------------------------------------------------

    def day(self, day: date) -> str:
        """25 February 2025, 25 februari 2025."""
        return f"{day.day} {self.say(MONTHS[day.month - 1])} {day.year}"

    def day_of_month(self, day: date) -> str:
        """25 February, 25 februari: where the year is plain."""
        return f"{day.day} {self.say(MONTHS[day.month - 1])}"

    def clock(self, at: time) -> str:
        """15:30, 15.30."""
        return f"{at:%H.%M}" if self.code == "nl" else f"{at:%H:%M}"

    def weekday(self, day: date) -> str:
        """Tuesday, dinsdag."""
        return self.say(WEEKDAYS[day.weekday()])

    def number(self, value: int | float | Decimal, digits: int | None = None) -> str:
        """Digits in groups of three (from 10,000 upward in Dutch and English alike), with the language's decimal sign.

        `digits` fixes the number of decimals; without it a number keeps those that it has.
        """
        if type(value) is int and digits is None:
            grouped = f"{value:,}" if abs(value) >= 10_000 or self.code == "nl" else str(value)
            return grouped.replace(",", ".") if self.code == "nl" else grouped
        exact = Decimal(str(value))
        if digits is not None:
            exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        else:
            exact = exact.normalize()
            if exact == exact.to_integral_value():
                exact = exact.quantize(Decimal(1))
        text = f"{exact:,f}" if abs(exact) >= 10_000 or self.code == "nl" else f"{exact:f}"
        if self.code == "nl":
            return text.translate(str.maketrans(",.", ".,"))
        return text

    def percent(self, share: float | Fraction) -> str:
        """A share from 0 to 1 as a percentage: 26.4%, 26,4%, and 20% where it is exactly that. Halves go up."""
        exact = (share if isinstance(share, Fraction) else Fraction(str(share))) * 100
        if exact.denominator == 1:
            return f"{exact.numerator}%"
        tenths = int(exact * 10 + Fraction(1, 2))
        return self.number(Decimal(tenths).scaleb(-1), 1) + "%"

    def money(self, amount: int | float | Decimal, currency: str = "EUR") -> str:
        """€ 53.360, €53,360; cents only where there are any."""
        sign = {"EUR": "€", "GBP": "£", "USD": "$"}.get(currency, currency)
        exact = Decimal(str(amount))
        digits = 0 if exact == exact.to_integral_value() else 2
        text = f"{exact:,.{digits}f}"
        if self.code == "nl":
            return f"{sign}\N{NO-BREAK SPACE}{text.translate(str.maketrans(',.', '.,'))}"
        gap = "\N{NO-BREAK SPACE}" if sign.isalpha() else ""
        return f"{sign}{gap}{text}"

    def join(self, items: Iterable[Message | str]) -> str:
        """a, b and c."""
        said = [self.say(item) for item in items]
        if len(said) < 2:
            return "".join(said)
        return self.say(msg("{first} and {last}", first=", ".join(said[:-1]), last=said[-1]))


class _Formatter(string.Formatter):
    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> Any:
        language = self._language
        if isinstance(value, Message):
            return language.say(value)
        if format_spec == "date" or (not format_spec and isinstance(value, date)):
            return language.day(value)
        if format_spec == "percent":
            return language.percent(value)
        if format_spec == "number" or (not format_spec and isinstance(value, (int, float, Decimal))):
            return language.number(value)
        if format_spec == "money":
            return language.money(value)
        if format_spec == "list":
            return language.join(value)
        return super().format_field(value, format_spec)


MONTHS = (
    msg("January"),
    msg("February"),
    msg("March"),
    msg("April"),
    msg("May"),
    msg("June"),
    msg("July"),
    msg("August"),
    msg("September"),
    msg("October"),
    msg("November"),
    msg("December"),
)
WEEKDAYS = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)


@cache
def in_language(code: str) -> Language:
    """The language with this code; an unknown one is English."""
    return Language(code if code in LANGUAGES else "en")


def language_of_environment(environment: Mapping[str, str] = os.environ) -> str:
    """The language outside a project: `COPLAUNCH_LANGUAGE`, then the locale in gettext's order, else English."""
    for name in ("COPLAUNCH_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for value in environment.get(name, "").split(":"):
            code = value.split("_")[0].split(".")[0].split("-")[0].lower()
            if code in LANGUAGES:
                return code
            if code in {"c", "posix"}:
                return "en"
    return "en"
