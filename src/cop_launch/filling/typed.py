"""What was typed, as the value that it means: dates, numbers, yes or no, as people write them in their language.

Only what can mean one thing is taken; where that is not what was typed, it is said how it was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cop_launch.locales import LANGUAGES, MONTHS, Language, Message, in_language, msg
from cop_launch.records import Record

STOPS = frozenset({".", "stop", "quit", "exit"})
BACK, MORE = "<", "?"


class Reading(Record):
    """What was typed, read: a value with, where it differs from what was typed, how it was read; or a problem."""

    value: Any = None
    said: Message | None = None
    problem: Message | None = None
    hint: Message | None = None


def read_typed(kind: str, written: str, language: Language) -> Reading:
    """What was typed as an answer of a kind: text, whole number, number, date, time, true or false, figure."""
    reader = _READERS.get(kind)
    return reader(written.strip(), language) if reader else Reading(written.strip())


def says_yes(written: str, language: Language) -> bool:
    """Whether this is yes, in the language or in English."""
    yes = language.say(msg("yes"))
    return written.strip().rstrip(".!").casefold() in {yes, yes[0], "yes", "y"}


def says_no(written: str, language: Language) -> bool:
    """Whether this is no, in the language or in English."""
    no = language.say(msg("no"))
    return written.strip().rstrip(".!").casefold() in {no, no[0], "no", "n"}


def says_none(written: str, language: Language) -> bool:
    """Whether this says that there is none."""
    own = {language.say(word).casefold() for word in (msg("none"), msg("nothing"))}
    return written.strip().rstrip(".!").casefold() in {"none", "nothing", "[]", *own}


def why_not_applicable(written: str, language: Language) -> str | None:
    """The reason in `n/a: one building`; empty when only n/a was typed, None when it is something else."""
    own = re.escape(language.say(msg("n/a")))
    says = rf"n\.?/?a\.?|not[ _]applicable|does not apply|{own}|n\.?v\.?t\.?|niet van toepassing"
    found = re.match(
        rf"(?:{says})(?=$|[\s,:;.–-])[\s,:;.–-]*(?:(?:because|omdat|want)\b)?[\s,:]*", written.strip(), re.IGNORECASE
    )
    return written.strip()[found.end() :] if found else None


def perhaps_several(written: str) -> list[str]:
    """The parts of a list with commas, where each is short enough to be an answer of its own; else the one text.

    `Zwolle, Tilburg` may be two; `tone, structure and the words for it` reads as one, and so does a sentence.
    """
    parts = parts_of(written)
    short = len(parts) > 1 and all(len(part.split()) <= 3 for part in parts)
    return parts if short and not written.rstrip().endswith((".", "!", "?")) else [written.strip()]


def parts_of(written: str) -> list[str]:
    """What stands between commas and semicolons."""
    return [part.strip() for part in re.split(r"[;,]", written) if part.strip()]


# -- numbers ----------------------------------------------------------------------------------------------------------

_GROUPED = {"nl": r"\d{1,3}(?:[. ]\d{3})+", "en": r"\d{1,3}(?:[, ]\d{3})+"}


def _whole(written: str, language: Language) -> Reading:
    text = _bare(written)
    if re.fullmatch(r"0|[1-9]\d{0,11}", text):
        return Reading(int(text), None if text == written else _as_number(int(text)))
    if re.fullmatch(_GROUPED[language.code], text):
        value = int(re.sub(r"\D", "", text))
        return Reading(value, _as_number(value))
    if says_none(written, language):
        return Reading(0, _as_number(0))
    if re.fullmatch(r"0\d{1,11}", text):
        return Reading(int(text), _as_number(int(text)))
    return Reading(
        problem=msg("'{written}' is not a whole number", written=written), hint=msg("type digits, such as 14")
    )


def _number(written: str, language: Language) -> Reading:
    text = _bare(written)
    grouping, decimal = (".", ",") if language.code == "nl" else (",", ".")
    if re.fullmatch(rf"-?{_GROUPED[language.code]}(?:{re.escape(decimal)}\d{{1,6}})?", text):
        plain = text.replace(grouping, "").replace(" ", "").replace(decimal, ".")
    elif re.fullmatch(r"-?\d{1,12}(?:[.,]\d{1,6})?", text):
        plain = text.replace(",", ".")
    elif says_none(written, language):
        plain = "0"
    else:
        return Reading(
            problem=msg("'{written}' is not a number", written=written),
            hint=msg("type digits, such as {example}", example=Decimal("2.5")),
        )
    exact = Decimal(plain)
    value: Any = int(exact) if exact == exact.to_integral_value() else exact.normalize()
    return Reading(value, None if written == str(value) else _as_number(value))


def _bare(written: str) -> str:
    """Without what people write around an amount."""
    text = re.sub(
        r"(?i)^(?:€|eur(?:o)?|\$|£)\s*|\s*(?:€|eur(?:o)?|\$|£)$", "", written.replace("\N{NO-BREAK SPACE}", " ")
    )
    return re.sub(r",-{1,2}$", "", text).strip()


def _as_number(value: Any) -> Message:
    return msg("Read as {number}.", number=value)


_OF = re.compile(r"(.+?)\s*(?:/|\b(?:of the|out of|of|van de|van|uit|op de|op)\b)\s*(.+)", re.IGNORECASE)


def _figure(written: str, language: Language) -> Reading:
    found = _OF.fullmatch(written)
    counted = [_whole(part, language) for part in found.groups()] if found else []
    if len(counted) != 2 or any(one.problem for one in counted):
        return Reading(
            problem=msg("'{written}' is not so many of so many", written=written),
            hint=msg("type two numbers: 34 of 36"),
        )
    return Reading({"numerator": counted[0].value, "denominator": counted[1].value})


# -- days and times ---------------------------------------------------------------------------------------------------


def _day(written: str, language: Language) -> Reading:
    text = " ".join(written.replace(",", " ").split())
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _of(written, int(text[:4]), int(text[5:7]), int(text[8:]), said=False)
    if found := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", text):
        return _of(written, int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text):
        return _day_or_month_first(written, int(found[1]), int(found[2]), int(found[3]), language)
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|e)?\.? (?:of )?([^\W\d]+)\.? (\d{4})", text):
        month = _months().get(found[2].casefold())
        if month:
            return _of(written, int(found[3]), month, int(found[1]))
    if found := re.fullmatch(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})", text):
        month = _months().get(found[1].casefold())
        if month:
            return _of(written, int(found[3]), month, int(found[2]))
    if re.search(r"\d", text) and not re.search(r"\d{4}", text):
        return Reading(
            problem=msg("the year is missing in '{written}'", written=written),
            hint=msg("type the day, the month and the year"),
        )
    return Reading(
        problem=msg("'{written}' is not a date", written=written), hint=msg("type year, month and day: 2025-02-25")
    )


def _day_or_month_first(written: str, first: int, second: int, year: int, language: Language) -> Reading:
    """7-1-2025 is 7 January in Dutch; in English it may be 1 July as well, unless only one of them is a day."""
    if language.code == "en" and first <= 12 and second <= 12 and first != second:
        either = [date(year, second, first), date(year, first, second)]
        return Reading(
            problem=msg(
                "'{written}' may be {one:date} or {other:date}", written=written, one=either[0], other=either[1]
            ),
            hint=msg("type {one} or {other}", one=either[0].isoformat(), other=either[1].isoformat()),
        )
    if language.code == "en" and second > 12:
        return _of(written, year, first, second)
    return _of(written, year, second, first)


def _of(written: str, year: int, month: int, day: int, said: bool = True) -> Reading:
    try:
        value = date(year, month, day)
    except ValueError:
        return Reading(problem=msg("there is no day {written}", written=written), hint=msg("look it up in a calendar"))
    return Reading(value, msg("Read as {day:date}.", day=value) if said else None)


def _months() -> dict[str, int]:
    """The names of the months, in every language, in full and by their first three letters."""
    found: dict[str, int] = {"mrt": 3, "sept": 9}
    for code in LANGUAGES:
        for number, name in enumerate(MONTHS, 1):
            said = in_language(code).say(name).casefold()
            found[said] = found[said[:3]] = number
    return found


def _clock(written: str, language: Language) -> Reading:
    found = re.fullmatch(r"(\d{1,2})(?:[:.hu](\d\d))?\s*(?:(a|p)\.?m\.?|uur|u|h|o'clock)?", written.casefold())
    if found and (found[2] or re.search(r"[a-z]", written.casefold())):
        hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0) if found[3] else int(found[1])
        if hour < 24 and int(found[2] or 0) < 60:
            value = f"{hour:02d}:{found[2] or '00'}"
            return Reading(value, None if value == written else msg("Read as {time}.", time=value))
    return Reading(
        problem=msg("'{written}' is not a time of day", written=written), hint=msg("type hours and minutes: 15:30")
    )


def _flag(written: str, language: Language) -> Reading:
    if written == "1" or says_yes(written, language) or written.casefold() == "true":
        return Reading(True)
    if written == "2" or says_no(written, language) or written.casefold() == "false":
        return Reading(False)
    return Reading(problem=msg("this is a question for yes or no"), hint=msg("type 1 for yes, or 2 for no"))


_READERS: Mapping[str, Callable[[str, Language], Reading]] = {
    "whole number": _whole,
    "number": _number,
    "date": _day,
    "time": _clock,
    "true or false": _flag,
    "figure": _figure,
}


# -- choosing ---------------------------------------------------------------------------------------------------------


class Choices(Record):
    """What a question lets people choose from: the words for the file, and how each is shown.

    `new` tells that somebody who is not among them may be named as well.
    """

    words: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    new: bool = False

    def __bool__(self) -> bool:
        return bool(self.words) or self.new


class Chosen(Record):
    """Which of the choices were meant, in the order in which they were named; a new name stands as it was typed.

    `unclear` is a part that fits none or more than one; `near` the one that it comes close to.
    """

    words: tuple[str, ...] = ()
    new: frozenset[str] = frozenset()
    unclear: str = ""
    near: str = ""


def choose(offered: Choices, written: str, several: bool, new: Collection[str] = ()) -> Chosen:
    """Which of the choices is meant by a number, the word for the file, or (the start of) the words that are shown.

    `new` are the names that are known to be none of them, however close they come.
    """
    words: list[str] = []
    found_new: set[str] = set()
    for part in _named(offered, written) if several else [written.strip()]:
        found = _matches(offered, part)
        if len(found) == 1:
            words.append(found[0])
        elif offered.new and re.match(r"[^\W\d_]", part):
            near = "" if part in new else _near(offered, part)
            if near:
                return Chosen(unclear=part, near=near)
            words.append(part)
            found_new.add(part)
        else:
            return Chosen(unclear=part)
    return Chosen(tuple(dict.fromkeys(words)), frozenset(found_new))


def _named(offered: Choices, written: str) -> list[str]:
    """The single names and numbers in a line, `1-3` written out."""
    found: list[str] = []
    for part in re.split(r"[;,]|\s+(?:and|en|&|\+)\s+", written):
        span = re.fullmatch(r"\s*(\d{1,2})\s*-\s*(\d{1,2})\s*", part)
        if span and int(span[1]) < int(span[2]) <= len(offered.words):
            found += [str(number) for number in range(int(span[1]), int(span[2]) + 1)]
        elif re.fullmatch(r"[\s\d]+", part):
            found += part.split()
        elif part.strip():
            found.append(part.strip())
    return found


def _matches(offered: Choices, part: str) -> list[str]:
    if part.isdigit():
        return [offered.words[int(part) - 1]] if 0 < int(part) <= len(offered.words) else []
    plain = part.casefold()
    pairs = list(zip(offered.words, offered.shown, strict=True))
    exact = [word for word, shown in pairs if plain in {word.casefold(), shown.casefold()}]
    if exact or offered.new:
        return exact
    return [word for word, shown in pairs if word.casefold().startswith(plain) or shown.casefold().startswith(plain)]


def _near(offered: Choices, part: str) -> str:
    """The choice that a new name comes so close to that it may be a slip of the finger."""
    from difflib import get_close_matches

    names = {shown.casefold(): word for word, shown in zip(offered.words, offered.shown, strict=True)}
    names.update({word.casefold(): word for word in offered.words})
    near = get_close_matches(part.casefold(), list(names), n=1, cutoff=0.8)
    return names[near[0]] if near else ""
