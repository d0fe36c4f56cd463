"""The dry run as calendars (RFC 5545): one for everybody, and one per person.

An event is something planned on a day; what has no time lasts the whole day and keeps nobody busy. Three rules make
that a calendar program updates what it holds, and adds nothing twice:

* **An event keeps its UID**: project, item, and for what comes back the day on which its rule falls, wherever it moved.
* **The calendar is its own memory.** What it says of an event is compared with what the last one said. Where nothing
  changed, SEQUENCE and DTSTAMP stay; else SEQUENCE goes up by one. What is no longer planned stays in it, cancelled
  and without its description, in which people are named. So rendering twice changes nothing.
* **No clock is asked.** The DTSTAMP of what changed is midnight (UTC) of the last day that the decisions and the log
  name, or a second after the latest DTSTAMP that the calendar has, whichever comes last. A calendar whose project names
  no such day begins in 1970.

There is no METHOD: this is a calendar to open or to subscribe to, not an invitation between mail programs, which would
need everybody's address (RFC 5546, 3.2.1).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cop_launch.documents.planned import KINDS, Planned, planned
from cop_launch.documents.rendering import KEPT, on_one_line
from cop_launch.gates import Dossier
from cop_launch.locales import Language, Message, msg, nmsg
from cop_launch.model.project import Project
from cop_launch.records import Record, field, replace
from cop_launch.schedule.days import Status
from cop_launch.schedule.zones import ClockChange, clock_changes, once, zone_of

CALENDAR = "plans/calendar.ics"
CALENDAR_OF = re.compile(r"plans/calendar-(?P<person>[^\W_][\w'’.-]{0,63})\.ics")

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FIRST_STAMP = datetime(1970, 1, 1, tzinfo=UTC)
_STAMP = "%Y%m%dT%H%M%SZ"
_CANCELLED = "STATUS:CANCELLED"
_YEARS = range(1001, 9999)
"""What can be written in four digits, with the year before and the day after."""


class _Event(Record):
    """An event as its content lines, without those that say which event and which version of it this is."""

    uid: str
    lines: tuple[str, ...]
    sequence: int = 0
    stamp: datetime = _FIRST_STAMP

    @property
    def cancelled(self) -> bool:
        return _CANCELLED in self.lines

    @property
    def start(self) -> str:
        """When it starts, without its zone; sorts as people read: a whole day before the times of that day."""
        return self.lines[0].rpartition(":")[2]


def calendars(dossier: Dossier, language: Language, previous: Mapping[str, str]) -> dict[str, str]:
    """The calendars by their path in the project, given the documents that stand there; none as long as they would be
    empty, which a calendar must not be."""
    teller = _Teller(zone_of(dossier.project), language, _host(dossier.project))
    events = ((one, teller.event(one)) for one in planned(dossier) if one.occurrence.day.year in _YEARS)
    told = {event.uid: (one, event) for one, event in events}
    remembered = _read(previous.get(CALENDAR, ""))
    stamp = max((_last_day(dossier.project), *(event.stamp + timedelta(seconds=1) for event in remembered.values())))
    everything = {uid: _version(event, remembered.get(uid), stamp) for uid, (_, event) in told.items()}
    left = (_gone(event, stamp) for uid, event in remembered.items() if uid not in told)
    everything |= {event.uid: event for event in left if event}

    name = on_one_line(dossier.project.name or "")
    title = msg("{name}: dry run", name=name) if name else msg("Dry run")
    texts = {CALENDAR: _calendar(everything.values(), title, language)}
    people = {one.occurrence.owner for one, _ in told.values() if one.occurrence.owner}
    for person in sorted(people | {match["person"] for match in map(CALENDAR_OF.fullmatch, previous) if match}):
        path = f"plans/calendar-{person}.ics"
        mine = [everything[uid] for uid, (one, _) in told.items() if one.live or one.occurrence.owner == person]
        have = {event.uid for event in mine}
        held = _read(previous.get(path, ""), without=have).values()
        mine += filter(None, (_taken_away(event, everything.get(event.uid), stamp) for event in held))
        title = msg("{name}: {person}", name=name or "coplaunch", person=on_one_line(dossier.name(person)))
        texts[path] = _calendar(mine, title, language)
    return {path: text for path, text in texts.items() if text}


# -- versions ---------------------------------------------------------------------------------------------------------


def _version(event: _Event, before: _Event | None, stamp: datetime) -> _Event:
    """An event as it is now, after what stood there: the same version, or the next."""
    if before is None:
        return replace(event, stamp=stamp)
    if event.lines == before.lines:
        return before
    return replace(event, sequence=before.sequence + 1, stamp=stamp)


def _gone(event: _Event, stamp: datetime) -> _Event | None:
    """What is no longer planned, cancelled; once only. None for what somebody made into no event.

    It says no longer who would do it: whoever left the plan is not named by what stays behind.
    """
    lines = tuple(line for line in _known(event.lines) if not line.startswith("DESCRIPTION:"))
    if not lines:
        return None
    if event.cancelled:
        return replace(event, lines=lines)
    lines = (*(line for line in lines if not line.startswith("STATUS:")), _CANCELLED)
    return replace(event, lines=lines, sequence=event.sequence + 1, stamp=stamp)


def _taken_away(held: _Event, everywhere: _Event | None, stamp: datetime) -> _Event | None:
    """What somebody's calendar had and is no longer that person's: gone, or someone else's now.

    Its version is not older than in everybody's calendar, so that it also counts for who has both.
    """
    gone = _gone(held, stamp)
    if gone is None or held.cancelled or everywhere is None:
        return gone
    return everywhere if everywhere.cancelled else replace(gone, sequence=max(gone.sequence, everywhere.sequence))


def _last_day(project: Project) -> datetime:
    """The start of the last day that the decisions and the log name."""
    decided = [decision.date for decision in project.decisions or ()]
    logged = [entry.date for entry in (project.plan.log if project.plan else None) or ()]
    days = [datetime.combine(day, time(), UTC) for day in (*decided, *logged) if day and day.year in _YEARS]
    return max(days, default=_FIRST_STAMP)


# -- what an event says -----------------------------------------------------------------------------------------------


class _Teller(Record):
    """Makes events of what is planned: in one zone, in one language, under the name of one project."""

    zone: ZoneInfo
    language: Language
    host: str
    said: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict)
    """The words of an item: on another day they are the same, as long as its time and what came of it are."""

    def event(self, one: Planned) -> _Event:
        """What is planned on a day, as an event.

        Its UID is `zin-van-de-week+20250901@de-tweede-zin.merelhof`: a plus stands in no item's name.
        """
        occurrence = one.occurrence
        which = "" if one.item.date is not None else f"+{occurrence.instead_of or occurrence.planned_for:%Y%m%d}"
        key = (occurrence.item, occurrence.owner, occurrence.minutes, occurrence.status is Status.SKIPPED and one.note)
        words = self.said.get(key) or self.said.setdefault(key, self._words(one))
        return _Event(f"{occurrence.item}{which}@{self.host}", (*_when(one, self.zone), *words))

    def _words(self, one: Planned) -> tuple[str, ...]:
        kind, place = one.occurrence.kind, one.place or (one.channel if one.live else "")
        said = "\n".join(self.language.say(message) for message in _description(one))
        lines = [
            f"SUMMARY:{_text(one.what)}",
            f"DESCRIPTION:{_text(said)}" if said else "",
            f"LOCATION:{_text(place)}" if place else "",
            f"CATEGORIES:{_text(self.language.say(KINDS[kind]))}" if kind else "",
            "TRANSP:TRANSPARENT" if one.occurrence.at is None else "TRANSP:OPAQUE",
            _CANCELLED if one.occurrence.status is Status.SKIPPED else "STATUS:CONFIRMED",
        ]
        return tuple(line for line in lines if line)


def _host(project: Project) -> str:
    """Whose events these are: the community and its organisation."""
    organisation = project.organisation.name if project.organisation else None
    names = [
        re.sub(r"[\W_]+", "-", on_one_line(name or "").lower()).strip("-") for name in (project.name, organisation)
    ]
    return ".".join(name[:40] for name in names if name) or "coplaunch"


def _description(one: Planned) -> Iterator[Message]:
    if one.occurrence.status is Status.SKIPPED and one.note:
        yield msg("Skipped: {why}", why=one.note)
    if one.owner:
        yield msg("Who: {name}", name=one.owner)
    if one.occurrence.minutes:
        yield nmsg("Takes {n} minute", "Takes {n} minutes", one.occurrence.minutes)
    if one.asks:
        yield msg("Asks: {whom}", whom=one.asks)
    if one.audience:
        yield msg("For: {audience}", audience=one.audience)
    if one.channel:
        yield msg("Channel: {channel}", channel=one.channel)
    if one.theme:
        yield msg("Theme: {theme}", theme=one.theme)


def _when(one: Planned, zone: ZoneInfo) -> Iterator[str]:
    """From when to when: a whole day, or in local time.

    In UTC where a local time would not say which instant is meant: in the hour that the clocks skip or repeat. Where
    nobody says how many minutes it lasts, or more than a day has, there is a start only.
    """
    day, at, minutes = one.occurrence.day, one.occurrence.at, one.occurrence.minutes or 0
    if at is None:
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        return
    start = datetime.combine(day, at, zone)
    moments = {"DTSTART": start}
    if 0 < minutes <= 24 * 60:
        moments["DTEND"] = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    local = all(once(moment.replace(tzinfo=None), zone) for moment in moments.values())
    for name, moment in moments.items():
        shown = f";TZID={zone.key}:{moment:%Y%m%dT%H%M%S}" if local else f":{moment.astimezone(UTC):{_STAMP}}"
        yield f"{name}{shown}"


# -- what stood there -------------------------------------------------------------------------------------------------

_ANY_TEXT = r"(?:[^\x00-\x1f\x7f\\;,]|\\[\\;,n])+"
_ANY_TIME = r"(?:;VALUE=DATE:\d{8}|;TZID=[A-Za-z0-9_+/-]+:\d{8}T\d{6}|:\d{8}T\d{6}Z)"
_A_TEXT = re.compile(_ANY_TEXT)
_KNOWN_LINE = re.compile(
    rf"""
      (?:DTSTART|DTEND){_ANY_TIME} | (?:SUMMARY|DESCRIPTION|LOCATION|CATEGORIES):{_ANY_TEXT}
    | TRANSP:(?:TRANSPARENT|OPAQUE) | STATUS:(?:CONFIRMED|CANCELLED)
    """,
    re.VERBOSE,
)


def _read(text: str, without: Container[str] = ()) -> dict[str, _Event]:
    """The events of a calendar that was written here, by UID, with their lines as they stand there; `without` some.

    What people or a merge made of it does not matter much: of the versions of an event the last one counts, and lines
    that are not like ours only make that it changed.
    """
    found: dict[str, _Event] = {}
    if "\nPRODID:-//coplaunch//" not in text:
        return found
    unfolded = re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n")
    for block in re.findall(r"^BEGIN:VEVENT\n(.*?)^END:VEVENT$", unfolded, re.MULTILINE | re.DOTALL):
        if block.startswith("UID:") and block[4:].partition("\n")[0] in without and block.count("UID:") == 1:
            continue
        uid, sequence, stamp, lines = "", 0, _FIRST_STAMP, []
        for line in block.split("\n")[:-1]:
            name, _, value = line.partition(":")
            if name == "UID":
                uid = value
            elif name == "SEQUENCE":
                sequence = max(sequence, int(value) if re.fullmatch(r"[0-9]{1,9}", value) else 0)
            elif name == "DTSTAMP":
                stamp = max(stamp, _moment(value))
            elif name != "LAST-MODIFIED":
                lines.append(line)
        known = found.get(uid)
        if (
            uid not in without
            and _A_TEXT.fullmatch(uid)
            and (known is None or (sequence, stamp) > (known.sequence, known.stamp))
        ):
            found[uid] = _Event(uid, tuple(lines), sequence, stamp)
    return found


def _known(lines: Iterable[str]) -> tuple[str, ...]:
    """Those lines that could be ours, one of each; none when it is not said what it is and when."""
    known = {line.partition(":")[0].partition(";")[0]: line for line in lines if _is_known(line)}
    if "DTSTART" not in known or "SUMMARY" not in known:
        return ()
    if not _ends_after(known["DTSTART"], known.get("DTEND", "")):
        known.pop("DTEND", None)
    return (known.pop("DTSTART"), *known.values())


def _is_known(line: str) -> bool:
    """Whether a line could be ours: its form, and the day and the zone in it, which have to exist."""
    if not _KNOWN_LINE.fullmatch(line):
        return False
    if not line.startswith(("DTSTART", "DTEND")):
        return True
    try:
        ZoneInfo(_zone_in(line) or "UTC")
        return date.fromisoformat(line.rpartition(":")[2][:8]).year in _YEARS
    except (ValueError, OSError, LookupError):
        return False


def _ends_after(start: str, end: str) -> bool:
    """Whether a line says an end to this start: in the same form, and later."""
    how, _, since = start.partition(":")
    return end.partition(":")[0] == how.replace("DTSTART", "DTEND") and end.partition(":")[2] > since


@lru_cache(maxsize=256)
def _moment(written: str) -> datetime:
    """The moment of a stamp; the first there is for what is none."""
    try:
        moment = datetime.strptime(written, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return _FIRST_STAMP
    return moment if moment.year in _YEARS else _FIRST_STAMP


def _zone_in(line: str) -> str | None:
    match = re.match(r"[A-Z]+;TZID=([^:]+):", line)
    return match[1] if match else None


# -- as text ----------------------------------------------------------------------------------------------------------


def _calendar(events: Iterable[_Event], title: Message, language: Language) -> str:
    """A whole calendar; empty without events."""
    ordered = sorted(events, key=lambda event: (event.start, event.uid))
    if not ordered:
        return ""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//coplaunch//coplaunch//{language.code.upper()}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(language.say(title))}",
        *_zones(ordered),
    ]
    return "".join((_written(lines), *map(_component, ordered), _written(["END:VCALENDAR"])))


def _written(lines: Iterable[str]) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


@lru_cache(KEPT)  # most events stand in two calendars: everybody's and their owner's
def _component(event: _Event) -> str:
    stamp = _stamp(event.stamp)
    return _written(
        (
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{stamp}",
            f"LAST-MODIFIED:{stamp}",
            f"SEQUENCE:{event.sequence}",
            *event.lines,
            "END:VEVENT",
        )
    )


@lru_cache(maxsize=256)
def _stamp(moment: datetime) -> str:
    return f"{moment:{_STAMP}}"


def _zones(events: Sequence[_Event]) -> Iterator[str]:
    """The zones that the events name, cancelled ones too, with their clock changes over the years of all events."""
    keys = sorted({key for event in events for line in event.lines[:2] if (key := _zone_in(line))})
    first, last = int(events[0].start[:4]), int(events[-1].start[:4])
    for key in keys:
        yield "BEGIN:VTIMEZONE"
        yield f"TZID:{key}"
        for change in clock_changes(ZoneInfo(key), first, last):
            yield from _change(change)
        yield "END:VTIMEZONE"


def _change(change: ClockChange) -> Iterator[str]:
    kind = "DAYLIGHT" if change.forward else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{change.at:%Y%m%dT%H%M%S}"
    if change.nth is not None:
        yield f"RRULE:FREQ=YEARLY;BYMONTH={change.at.month};BYDAY={change.nth}{_WEEKDAYS[change.at.weekday()]}"
    yield f"TZOFFSETFROM:{_offset(change.before)}"
    yield f"TZOFFSETTO:{_offset(change.after)}"
    yield f"TZNAME:{_text(change.name)}"
    yield f"END:{kind}"


def _offset(offset: timedelta) -> str:
    """+0200, -0330; the seconds of a time before clocks agreed, too."""
    seconds = int(abs(offset).total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{'-' if offset < timedelta() else '+'}{hours:02d}{minutes:02d}" + (f"{rest:02d}" if rest else "")


def _text(written: str) -> str:
    """A text as a value: its own line ends, and what would end or divide a value, escaped."""
    return re.sub(r"[\\;,]", r"\\\g<0>", written).replace("\n", r"\n")


def _folded(line: str) -> str:
    """A content line on lines of at most 75 octets, never divided inside a character."""
    if len(line) <= 75 and line.isascii():
        return line
    data = line.encode()
    parts, start, room = [], 0, 75
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end])
        start, room = end, 74
    return b"\r\n ".join((*parts, data[start:])).decode()
