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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cop_launch.documents.planned import KINDS, Planned, planned
from cop_launch.documents.rendering import KEPT, on_one_line
from cop_launch.gates import Dossier
from cop_launch.locales import Language, Message, msg, nmsg
from cop_launch.model.project import Project
from cop_launch.records import Record, field, replace
from cop_launch.schedule.days import Status
from cop_launch.schedule.zones import ClockChange, clock_changes, once, steady, zone_of

CALENDAR = "plans/calendar.ics"
CALENDAR_OF = re.compile(r"plans/calendar-(?P<person>[^\W_][\w'’.-]{0,63})\.ics")

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FIRST_STAMP = datetime(1970, 1, 1, tzinfo=UTC)
_STAMP = "%Y%m%dT%H%M%SZ"
_ITS_DAY = "\N{NULL}"
_CANCELLED = "STATUS:CANCELLED"
_YEARS = range(1001, 9999)
"""What can be written in four digits, with the year before and the day after."""


class _Event(Record):
    """An event as it is written."""

    uid: str
    start: str
    """When it starts, without its zone; sorts as people read: a whole day before the times of that day."""
    zone: str
    """The zone that it names; empty without one."""
    sequence: int
    text: str
    cancelled: bool = False


class _When(Record):
    """From when to when."""

    start: str
    zone: str
    said: str
    """As content lines, as they are written."""


class _Told(NamedTuple):
    """What is planned, as an event tells it."""

    one: Planned
    when: _When
    said: str
    """Its content lines as they are written, without those that say which event and which version of it this is."""


class _Held(Record):
    """An event as it stood there, or as it stays there."""

    uid: str
    said: str
    """As what is told."""
    sequence: int = 0
    stamp: datetime = _FIRST_STAMP

    @property
    def lines(self) -> list[str]:
        """Its content lines, each whole."""
        return _unfolded(self.said).split("\n")[:-1]


def calendars(dossier: Dossier, language: Language, previous: Mapping[str, str]) -> dict[str, str]:
    """The calendars by their path in the project, given the documents that stand there; none as long as they would be
    empty, which a calendar must not be."""
    teller = _Teller(zone_of(dossier.project), language, _host(dossier.project))
    told = {
        teller.uid(one): _Told(one, *teller.said(one)) for one in planned(dossier) if one.occurrence.day.year in _YEARS
    }
    remembered = _read(previous.get(CALENDAR, ""), told)
    stamps = {held.stamp for held in remembered.values()}
    stamp = max((_last_day(dossier.project), *(one + timedelta(seconds=1) for one in stamps)))
    everything = {uid: _version(uid, one, remembered.get(uid), stamp) for uid, one in told.items()}
    left = (_gone(held, stamp) for uid, held in remembered.items() if uid not in told)
    everything |= {held.uid: _as_event(held) for held in left if held}
    ordered = _ordered(everything.values())

    name = on_one_line(dossier.project.name or "")
    title = msg("{name}: dry run", name=name) if name else msg("Dry run")
    texts = {CALENDAR: _calendar(ordered, title, language)}
    people = {one.occurrence.owner for one, _, _ in told.values() if one.occurrence.owner}
    people |= {match["person"] for match in map(CALENDAR_OF.fullmatch, previous) if match}
    for person, mine in _by_person(people, told, ordered).items():
        path = f"plans/calendar-{person}.ics"
        title = msg("{name}: {person}", name=name or "coplaunch", person=on_one_line(dossier.name(person)))
        text = _calendar(mine, title, language)
        standing = previous.get(path, "")
        # Where the very same stands there already, it holds nothing else: that need not be looked for.
        held = _read(standing, told) if standing != text else {}
        gone = (held[uid] for uid in held.keys() - {event.uid for event in mine})
        taken = [event for one in gone if (event := _taken_away(one, everything.get(one.uid), stamp))]
        texts[path] = _calendar(_ordered((*mine, *taken)), title, language) if taken else text
    return {path: text for path, text in texts.items() if text}


def _by_person(people: Iterable[str], told: Mapping[str, _Told], ordered: Iterable[_Event]) -> dict[str, list[_Event]]:
    """What each does, and where people come together."""
    found: dict[str, list[_Event]] = {person: [] for person in sorted(people)}
    for event in ordered:
        if event.uid in told:
            one = told[event.uid].one
            if one.live:
                for events in found.values():
                    events.append(event)
            elif one.occurrence.owner:
                found[one.occurrence.owner].append(event)
    return found


# -- versions ---------------------------------------------------------------------------------------------------------


def _version(uid: str, told: _Told, before: _Held | None, stamp: datetime) -> _Event:
    """An event as it is now, after what stood there: the same version, or the next."""
    one, when, said = told
    sequence = 0
    if before is not None:
        sequence, stamp = (before.sequence, before.stamp) if before.said == said else (before.sequence + 1, stamp)
    text = _component(uid, sequence, stamp, said)
    return _Event(uid, when.start, when.zone, sequence, text, one.occurrence.status is Status.SKIPPED)


def _gone(held: _Held, stamp: datetime) -> _Held | None:
    """What is no longer planned, cancelled; once only. None for what somebody made into no event.

    It says no longer who would do it: whoever left the plan is not named by what stays behind.
    """
    lines = [line for line in _known(held.lines) if not line.startswith("DESCRIPTION:")]
    if not lines:
        return None
    if _CANCELLED in held.lines:
        return replace(held, said=_written(lines))
    lines = [*(line for line in lines if not line.startswith("STATUS:")), _CANCELLED]
    return replace(held, said=_written(lines), sequence=held.sequence + 1, stamp=stamp)


def _taken_away(held: _Held, everywhere: _Event | None, stamp: datetime) -> _Event | None:
    """What somebody's calendar had and is no longer that person's: gone, or someone else's now.

    Its version is not older than in everybody's calendar, so that it also counts for who has both.
    """
    gone = _gone(held, stamp)
    if gone is None:
        return None
    if _CANCELLED in held.lines or everywhere is None:
        return _as_event(gone)
    if everywhere.cancelled:
        return everywhere
    return _as_event(replace(gone, sequence=max(gone.sequence, everywhere.sequence)))


def _as_event(gone: _Held) -> _Event:
    starts = gone.lines[0]
    text = _component(gone.uid, gone.sequence, gone.stamp, gone.said)
    return _Event(gone.uid, starts.rpartition(":")[2], _zone_in(starts) or "", gone.sequence, text, cancelled=True)


def _ordered(events: Iterable[_Event]) -> list[_Event]:
    return sorted(events, key=attrgetter("start", "uid"))


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
    messages: dict[tuple[object, ...], str] = field(default_factory=dict)
    words: dict[str | tuple[str, str], str] = field(default_factory=dict)
    """The words of an item, and of one that was skipped and why: on another day they are the same."""

    def uid(self, one: Planned) -> str:
        """Which event it is: `zin-van-de-week+20250901@de-tweede-zin.merelhof`; a plus stands in no item's name."""
        occurrence = one.occurrence
        if one.item.date is not None:
            return f"{occurrence.item}@{self.host}"
        return f"{occurrence.item}+{_day(occurrence.instead_of or occurrence.planned_for)}@{self.host}"

    def said(self, one: Planned) -> tuple[_When, str]:
        """When it is, and all that its event says."""
        occurrence = one.occurrence
        when = _when(occurrence.day, occurrence.at, occurrence.minutes or 0, self.zone)
        key = occurrence.item if occurrence.status is not Status.SKIPPED else (occurrence.item, one.note)
        words = self.words.get(key)
        if words is None:
            words = self.words[key] = self._in_words(one)
        return when, when.said + words

    def _in_words(self, one: Planned) -> str:
        kind, place = one.occurrence.kind, one.place or (one.channel if one.live else "")
        said = "\n".join(map(self._in_language, _description(one)))
        lines = [
            f"SUMMARY:{_text(one.what)}",
            f"DESCRIPTION:{_text(said)}" if said else "",
            f"LOCATION:{_text(place)}" if place else "",
            f"CATEGORIES:{_text(self.language.say(KINDS[kind]))}" if kind else "",
            "TRANSP:TRANSPARENT" if one.occurrence.at is None else "TRANSP:OPAQUE",
            _CANCELLED if one.occurrence.status is Status.SKIPPED else "STATUS:CONFIRMED",
        ]
        return _written(line for line in lines if line)

    def _in_language(self, message: Message) -> str:
        """The message as it is said; once for all items that have the same owner, or take as long."""
        key = (message.text, *message.values.values())
        return self.messages.get(key) or self.messages.setdefault(key, self.language.say(message))


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


@lru_cache(KEPT)  # much of what is planned begins at the same time of the same day
def _when(day: date, at: time | None, minutes: int, zone: ZoneInfo) -> _When:
    """From when to when: a whole day, or in local time.

    In UTC where a local time would not say which instant is meant: in the hour that the clocks skip or repeat. Where
    nobody says how many minutes it lasts, or more than a day has, there is a start only.
    """
    if at is None:
        start = _day(day)
        end = _day(day + timedelta(days=1))
        return _When(start, "", f"DTSTART;VALUE=DATE:{start}\r\nDTEND;VALUE=DATE:{end}\r\n")
    minutes = minutes if 0 < minutes <= 24 * 60 else 0
    if steady(day, zone) and (known := _within_a_day(at, minutes, zone)):
        written = _day(day)
        return _When(written + known.start, known.zone, known.said.replace(_ITS_DAY, written))
    starts = datetime.combine(day, at, zone)
    moments = [starts]
    if minutes:
        moments.append((starts.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone))
    local = all(once(moment.replace(tzinfo=None), zone) for moment in moments)
    how, form = (f";TZID={zone.key}:", "%Y%m%dT%H%M%S") if local else (":", _STAMP)
    start, *ends = [f"{moment if local else moment.astimezone(UTC):{form}}" for moment in moments]
    said = f"DTSTART{how}{start}\r\n" + "".join(f"DTEND{how}{end}\r\n" for end in ends)
    return _When(start, zone.key if local else "", said)


@lru_cache(KEPT)  # what comes back has the same times on all its days
def _within_a_day(at: time, minutes: int, zone: ZoneInfo) -> _When | None:
    """The same with its day left open, in local time; None for what lasts until another day."""
    starts = datetime.combine(date.min, at)
    ends = starts + timedelta(minutes=minutes)
    if ends.date() != date.min:
        return None
    since, until = f"T{starts:%H%M%S}", f"T{ends:%H%M%S}"
    said = f"DTSTART;TZID={zone.key}:{_ITS_DAY}{since}\r\n"
    if minutes:
        said += f"DTEND;TZID={zone.key}:{_ITS_DAY}{until}\r\n"
    return _When(since, zone.key, said)


# -- what stood there -------------------------------------------------------------------------------------------------

_ANY_TEXT = r"(?:[^\x00-\x1f\x7f\\;,]|\\[\\;,n])+"
_ANY_TIME = r"(?:;VALUE=DATE:\d{8}|;TZID=[A-Za-z0-9_+/-]+:\d{8}T\d{6}|:\d{8}T\d{6}Z)"
_WHICH_EVENT = re.compile(r"UID:([^\r\n]+)\r\nDTSTAMP:(\d{8}T\d{6}Z)\r\nLAST-MODIFIED:\2\r\nSEQUENCE:([0-9]{1,9})\r\n")
_KNOWN_LINE = rf"""
      (?:DTSTART|DTEND){_ANY_TIME} | (?:SUMMARY|DESCRIPTION|LOCATION|CATEGORIES):{_ANY_TEXT}
    | TRANSP:(?:TRANSPARENT|OPAQUE) | STATUS:(?:CONFIRMED|CANCELLED)
    """


def _read(text: str, told: Mapping[str, _Told]) -> dict[str, _Held]:
    """The events of a calendar that was written here, by UID.

    Nearly all of them say what is told now, too: these need not be read line by line. That holds for a file that is in
    all else as it is written here; of any other, every line counts.
    """
    if "\nPRODID:-//coplaunch//" not in text:
        return {}
    before, *blocks = text.removesuffix("END:VCALENDAR\r\n").split("BEGIN:VEVENT\r\n")
    found: dict[str, _Held] = {}
    others = [before]
    for block in blocks:
        head = _WHICH_EVENT.match(block)
        one = told.get(head[1]) if head else None
        if head and one and block[head.end() :] == f"{one.said}END:VEVENT\r\n":
            found[head[1]] = _Held(head[1], one.said, int(head[3]), _moment(head[2]))
        else:
            others.append(block)
    if len(found) + len(others) == len(blocks) + 1 and all(block.endswith("END:VEVENT\r\n") for block in others[1:]):
        odd = _read_lines("BEGIN:VEVENT\r\n".join(others))
        if not odd.keys() & found.keys():
            return found | odd
    return _read_lines(text)


def _read_lines(text: str) -> dict[str, _Held]:
    """The same, line by line.

    What people or a merge made of it does not matter much: of the versions of an event the last one counts, and lines
    that are not like ours only make that it changed.
    """
    found: dict[str, _Held] = {}
    for block in re.findall(r"^BEGIN:VEVENT\n(.*?)^END:VEVENT$", _unfolded(text), re.MULTILINE | re.DOTALL):
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
        if re.fullmatch(_ANY_TEXT, uid) and (known is None or (sequence, stamp) > (known.sequence, known.stamp)):
            found[uid] = _Held(uid, _written(lines), sequence, stamp)
    return found


def _unfolded(text: str) -> str:
    return re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n")


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
    if not re.fullmatch(_KNOWN_LINE, line, re.VERBOSE):
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


def _calendar(ordered: Sequence[_Event], title: Message, language: Language) -> str:
    """A whole calendar; empty without events."""
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
    return "".join((_written(lines), *(event.text for event in ordered), _written(["END:VCALENDAR"])))


def _written(lines: Iterable[str]) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _component(uid: str, sequence: int, stamp: datetime, said: str) -> str:
    which, since = _folded(f"UID:{uid}"), _stamp(stamp)
    return (
        f"BEGIN:VEVENT\r\n{which}\r\nDTSTAMP:{since}\r\nLAST-MODIFIED:{since}\r\nSEQUENCE:{sequence}\r\n"
        f"{said}END:VEVENT\r\n"
    )


@lru_cache(KEPT)
def _day(day: date) -> str:
    """20250901."""
    return day.isoformat().replace("-", "")


@lru_cache(maxsize=256)
def _stamp(moment: datetime) -> str:
    return f"{moment:{_STAMP}}"


def _zones(events: Sequence[_Event]) -> Iterator[str]:
    """The zones that the events name, cancelled ones too, with their clock changes over the years of all events."""
    keys = sorted({event.zone for event in events} - {""})
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
