"""Reading a calendar back: a strict checker of our own, and four readers that know nothing of each other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """What a reader made of an event. A whole day runs up to the day after its last."""

    start: str
    end: str
    uid: str
    summary: str
    description: str = ""


def told(moment: date) -> str:
    """A day, or a moment in UTC."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    assert moment.tzinfo is not None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# -- four readers -----------------------------------------------------------------------------------------------------


def with_icalendar(text: str) -> list[Event]:
    """Python's icalendar, with recurring-ical-events for what falls when; it knows zones by their names."""
    calendar = icalendar.Calendar.from_ical(text.encode())
    found = recurring_ical_events.of(calendar).between(date(1990, 1, 1), date(2060, 1, 1))
    return sorted(
        Event(
            told(one["DTSTART"].dt),
            told(one["DTEND"].dt if "DTEND" in one else one["DTSTART"].dt),
            str(one["UID"]),
            str(one["SUMMARY"]),
            str(one.get("DESCRIPTION", "")),
        )
        for one in found
    )


def with_icalendar_and_its_zone(text: str) -> list[Event]:
    """The same, on what the calendar itself says of the clocks: under a name that nobody has a table for."""
    return with_icalendar(re.sub(r"TZID([:=])([\w/+-]+)", r"TZID\1Nowhere/\2", text))


def with_vobject(text: str) -> list[Event]:
    """vobject, which makes its zones of what the calendar says of the clocks."""
    (calendar,) = vobject.readComponents(text)
    return sorted(
        Event(
            told(one.dtstart.value),
            told(one.dtend.value if hasattr(one, "dtend") else one.dtstart.value),
            one.uid.value,
            one.summary.value,
            one.description.value if hasattr(one, "description") else "",
        )
        for one in calendar.vevent_list
    )


def with_ical_js(text: str) -> list[Event]:
    """ical.js, which Thunderbird reads calendars with; on what the calendar says of the clocks, too."""
    node = shutil.which("node")
    if node is None or not (HERE.parent / "node_modules" / "ical.js").exists():
        pytest.skip("no ical.js: `make node` installs it")
    done = subprocess.run(
        [node, HERE / "read_calendar.cjs"], input=text, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return sorted(Event(**one) for one in json.loads(done.stdout))


class Khal:
    """khal: a calendar program with a calendar of its own on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calendar = folder / "calendar"
        self._settings = folder / "khal.conf"
        moments = "".join(
            f"{name} = {form}\n"
            for name, form in [
                ("timeformat", "%H:%M"),
                ("dateformat", "%Y-%m-%d"),
                ("longdateformat", "%Y-%m-%d"),
                ("datetimeformat", "%Y-%m-%dT%H:%M:00Z"),
                ("longdatetimeformat", "%Y-%m-%dT%H:%M:00Z"),
                ("local_timezone", "UTC"),
                ("default_timezone", "UTC"),
            ]
        )
        self._settings.write_text(
            f"[calendars]\n[[one]]\npath = {self.calendar}\n[locale]\n{moments}"
            f"[default]\ndefault_calendar = one\n[sqlite]\npath = {folder}/khal.db\n",
            "utf-8",
        )

    def take_in(self, text: str) -> None:
        """Import a calendar, as somebody does who got it by mail."""
        path = self.folder / "arrived.ics"
        path.write_bytes(text.encode())
        self._run("import", "--batch", "-a", "one", str(path))

    def events(self, first: date, last: date) -> list[Event]:
        """Everything between two days, by what khal lists."""
        return sorted(
            Event(one["start"], _day_after(one["end"]), one["uid"], one["title"], one["description"])
            for one in self.listed(first, last)
        )

    def listed(self, first: date, last: date) -> list[dict[str, str]]:
        """The same with everything that khal says of it."""
        fields = ("uid", "start", "end", "title", "description", "status", "location", "categories")
        options = [part for name in fields for part in ("--json", name)]
        listing = self._run("list", "--once", *options, first.isoformat(), (last + timedelta(days=1)).isoformat())
        return [one for line in listing.splitlines() for one in json.loads(line)]

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, "-W", "ignore", "-c", "from khal.cli import main_khal; main_khal()"]
        done = subprocess.run(
            [*command, "-c", str(self._settings), *arguments],
            capture_output=True,
            encoding="utf-8",
            env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def _day_after(end: str) -> str:
    return end if "T" in end else (date.fromisoformat(end) + timedelta(days=1)).isoformat()


# -- a strict checker -------------------------------------------------------------------------------------------------

_LINE = re.compile(
    r"(?P<name>[A-Z][A-Z-]*)(?P<parameters>(?:;[A-Z-]+=[^;:,\"\x00-\x1f\x7f]+)*):(?P<value>.*)", re.DOTALL
)
_TEXT = re.compile(r"(?:[^\x00-\x1f\x7f\\;,]|\\[\\;,nN])+")
_UTC = re.compile(r"\d{8}T\d{6}Z")
_LOCAL = re.compile(r"\d{8}T\d{6}")
_OFFSET = re.compile(r"[+-]\d{4}(?:\d\d)?")
_RULE = re.compile(r"FREQ=YEARLY;BYMONTH=(?:[1-9]|1[0-2]);BYDAY=(?:[1-4]|-1)(?:MO|TU|WE|TH|FR|SA|SU)")
_ONCE = {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "SUMMARY", "STATUS"}
_AT_MOST_ONCE = {"DTEND", "DESCRIPTION", "LOCATION", "CATEGORIES", "TRANSP"}
_VALUES = {
    "SUMMARY": _TEXT,
    "DESCRIPTION": _TEXT,
    "LOCATION": _TEXT,
    "CATEGORIES": _TEXT,
    "UID": _TEXT,
    "X-WR-CALNAME": _TEXT,
    "TZNAME": _TEXT,
    "TZID": re.compile(r"[A-Za-z0-9_+/-]+"),
    "DTSTAMP": _UTC,
    "LAST-MODIFIED": _UTC,
    "SEQUENCE": re.compile(r"\d{1,10}"),
    "TRANSP": re.compile("OPAQUE|TRANSPARENT"),
    "STATUS": re.compile("CONFIRMED|CANCELLED"),
    "TZOFFSETFROM": _OFFSET,
    "TZOFFSETTO": _OFFSET,
    "RRULE": _RULE,
    "VERSION": re.compile(r"2\.0"),
    "PRODID": re.compile(r"-//coplaunch//coplaunch//(?:NL|EN)"),
    "CALSCALE": re.compile("GREGORIAN"),
    "BEGIN": re.compile("VCALENDAR|VTIMEZONE|STANDARD|DAYLIGHT|VEVENT"),
    "END": re.compile("VCALENDAR|VTIMEZONE|STANDARD|DAYLIGHT|VEVENT"),
}


def faults(text: str) -> list[str]:
    """What is wrong with a calendar of ours, by RFC 5545 and by what we promise beyond it."""
    return list(_faults(text))


def _faults(text: str) -> Iterator[str]:
    data = text.encode()
    if not data.endswith(b"\r\n"):
        yield "the last line does not end"
    if b"\n" in data.replace(b"\r\n", b"") or b"\r" in data.replace(b"\r\n", b""):
        yield "a line end that is not CRLF"
    for raw in data.split(b"\r\n"):
        if len(raw) > 75:
            yield f"{len(raw)} octets on a line"
        try:
            raw.decode()
        except UnicodeDecodeError:
            yield "folded inside a character"
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    for line in lines:
        yield from _faults_of_line(line)
    if not lines or (lines[0], lines[-1]) != ("BEGIN:VCALENDAR", "END:VCALENDAR"):
        yield "not one calendar"
    tree = _tree(iter(lines[1:]))
    yield from _faults_of_events(tree)


def _faults_of_line(line: str) -> Iterator[str]:
    match = _LINE.fullmatch(line)
    if match is None:
        yield f"no content line: {line!r}"
        return
    form = _VALUES.get(match["name"])
    if form is not None and (match["parameters"] or not form.fullmatch(match["value"])):
        yield f"a value that it cannot have: {line!r}"
    if form is None and match["name"] not in {"DTSTART", "DTEND"}:
        yield f"not ours: {line!r}"


def _tree(lines: Iterator[str]) -> list[Any]:
    inside: list[Any] = []
    for line in lines:
        if line.startswith("END:"):
            return inside
        inside.append((line[6:], _tree(lines)) if line.startswith("BEGIN:") else line)
    return inside


def _faults_of_events(tree: list[Any]) -> Iterator[str]:
    parts = [part for part in tree if isinstance(part, tuple)]
    zones = [part for name, part in parts if name == "VTIMEZONE"]
    events = [part for name, part in parts if name == "VEVENT"]
    if len(zones) + len(events) != len(parts) or not events:
        yield "components that are neither zones nor events, or no events"
    if sorted(line.split(":")[0] for line in tree if isinstance(line, str)) != [
        "CALSCALE",
        "PRODID",
        "VERSION",
        "X-WR-CALNAME",
    ]:
        yield "the head of the calendar"
    known = [zone[0].removeprefix("TZID:") for zone in zones]
    for zone in zones:
        yield from _faults_of_zone(zone)
    used: set[str] = set()
    uids: list[str] = []
    for event in events:
        names = [re.split("[:;]", line)[0] for line in event]
        if {*names} - _AT_MOST_ONCE != _ONCE or len(names) != len({*names}):
            yield f"properties of an event: {names}"
            continue
        values = dict(zip(names, event, strict=True))
        uids.append(values["UID"])
        used |= yield from _faults_of_times(values)
    if len(uids) != len({*uids}):
        yield "two events with one UID"
    if sorted(used) != known:
        yield f"zones {known} are described, and {sorted(used)} used"


def _faults_of_zone(zone: list[Any]) -> Iterator[str]:
    observances = [part for part in zone if isinstance(part, tuple)]
    if not observances or len(zone) != 1 + len(observances) or not zone[0].startswith("TZID:"):
        yield "a zone without a name or clocks"
    for kind, lines in observances:
        names = [re.split("[:;]", line)[0] for line in lines]
        if kind not in {"STANDARD", "DAYLIGHT"} or [name for name in names if name != "RRULE"] != [
            "DTSTART",
            "TZOFFSETFROM",
            "TZOFFSETTO",
            "TZNAME",
        ]:
            yield f"properties of {kind}: {names}"
        if not _LOCAL.fullmatch(lines[0].removeprefix("DTSTART:")):
            yield f"clocks change in local time: {lines[0]}"


def _faults_of_times(values: dict[str, str]) -> Generator[str, None, set[str]]:
    """What is wrong with start and end of an event; returns the zones that they name."""
    zones: set[str] = set()
    forms = []
    for name in ("DTSTART", "DTEND"):
        if name not in values:
            continue
        parameters, _, value = values[name].removeprefix(name).partition(":")
        zone = parameters.removeprefix(";TZID=") if parameters.startswith(";TZID=") else ""
        zones |= {zone} if zone else set()
        form = _LOCAL if zone else re.compile(r"\d{8}") if parameters == ";VALUE=DATE" else _UTC
        if (parameters and not zone and parameters != ";VALUE=DATE") or not form.fullmatch(value):
            yield f"no moment: {values[name]}"
        forms.append((parameters, value))
    if len(forms) == 2 and (forms[0][0] != forms[1][0] or forms[1][1] <= forms[0][1]):
        yield f"ends before it starts, or in another way: {forms}"
    if forms[0][0] == ";VALUE=DATE" and len(forms) != 2 and "CONFIRMED" in values["STATUS"]:
        yield "a whole day without its end"
    if values["DTSTAMP"].partition(":")[2] != values["LAST-MODIFIED"].partition(":")[2]:
        yield "two stamps"
    return zones
