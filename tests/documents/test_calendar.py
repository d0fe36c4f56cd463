"""The dry run in everybody's calendar: other people's readers see what was planned, and updates arrive once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_launch.documents.calendar import CALENDAR, calendars
from cop_launch.documents.rendering import on_one_line
from cop_launch.gates import Dossier
from cop_launch.locales import in_language
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.store.project import load
from tests.cli.command import call
from tests.documents.calendars import (
    Event,
    Khal,
    faults,
    told,
    with_ical_js,
    with_icalendar,
    with_icalendar_and_its_zone,
    with_vobject,
)
from tests.documents.test_rendering import HOSTILE

EXAMPLES = Path(__file__).parents[2] / "examples"
READERS: list[Callable[[str], list[Event]]] = [
    with_icalendar,
    with_icalendar_and_its_zone,
    with_vobject,
    with_ical_js,
]
EVERY_DAY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ENGLISH = in_language("en")


def dossier(items: dict[str, Any], *, first: str = "2025-09-01", last: str = "2026-06-30", **project: Any) -> Dossier:
    run = {"from": first, "to": last, "working_days": EVERY_DAY}
    plan = {"dry_run": run, "items": items, **project.pop("plan", {})}
    tree = {"name": "The Second Sentence", "organisation": {"name": "Merelhof"}, "plan": plan, **project}
    return Dossier(validate(Project, tree))


def rendered(of: Dossier, before: dict[str, str] | None = None) -> dict[str, str]:
    return calendars(of, ENGLISH, before or {})


def whole(of: Dossier, before: dict[str, str] | None = None) -> str:
    return rendered(of, before)[CALENDAR]


def planned(of: Dossier, zone: str) -> list[Event]:
    """What was planned, as instants, from the schedule alone."""
    items = (of.project.plan.items if of.project.plan else None) or {}
    found = []
    for one in of.schedule.occurrences:
        name = one.item if items[one.item].date else f"{one.item}+{one.planned_for:%Y%m%d}"
        start = datetime.combine(one.day, one.at, ZoneInfo(zone)).astimezone(UTC) if one.at else one.day
        end = start + (timedelta(minutes=one.minutes or 0) if isinstance(start, datetime) else timedelta(days=1))
        found.append(Event(told(start), told(end), f"{name}@the-second-sentence.merelhof", one.item))
    return sorted(found)


# -- instants ---------------------------------------------------------------------------------------------------------

AROUND_CLOCK_CHANGES = {
    f"{name}-{season}": {"every": "day", "from": first, "until": last, **values}
    for season, first, last in [("autumn", "2025-10-22", "2025-11-04"), ("spring", "2026-03-06", "2026-04-07")]
    for name, values in {
        "all-day": {},
        "before": {"at": "00:30", "minutes": "60"},
        "across": {"at": "01:30", "minutes": "120"},
        "within": {"at": "02:30", "minutes": "15"},
        "into": {"at": "02:00", "minutes": "40"},
        "after": {"at": "03:00", "minutes": "45"},
        "afternoon": {"at": "15:30", "minutes": "45"},
        "night": {"at": "23:30", "minutes": "600"},
    }.items()
}
ZONES = [
    "Europe/Amsterdam",
    "Europe/London",
    "Europe/Dublin",  # where the winter is the exception
    "America/New_York",
    "America/St_Johns",
    "America/Caracas",  # never changes them
    "Africa/Casablanca",  # by the moon
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "UTC",
]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@pytest.mark.parametrize("zone", ZONES)
def test_everybody_reads_the_instant_that_was_meant(zone: str, reader: Callable[[str], list[Event]]) -> None:
    """All day and at all hours, around the nights in which clocks change: each reader, the same instants."""
    of = dossier(AROUND_CLOCK_CHANGES, organisation={"name": "Merelhof", "timezone": zone})
    text = whole(of)
    assert faults(text) == []
    read = [Event(one.start, one.end, one.uid, one.summary) for one in reader(text)]
    assert read == planned(of, zone)


@pytest.mark.parametrize(
    ("first", "last"), [("2025-10-24", "2025-10-28"), ("2026-03-27", "2026-03-31")], ids=["autumn", "spring"]
)
def test_khal_reads_the_instant_that_was_meant(first: str, last: str, tmp_path: Path) -> None:
    """Five days around each clock change of Amsterdam, taken in by a calendar program."""
    of = dossier(AROUND_CLOCK_CHANGES, first=first, last=last)
    khal = Khal(tmp_path)
    khal.take_in(whole(of))
    read = khal.events(date.fromisoformat(first) - timedelta(days=1), date.fromisoformat(last) + timedelta(days=1))
    assert [Event(one.start, one.end, one.uid, one.summary) for one in read] == planned(of, "Europe/Amsterdam")


@pytest.mark.parametrize("example", sorted(path.parent.name for path in EXAMPLES.glob("*/coplaunch.yaml")))
def test_everybody_reads_the_examples(example: str, tmp_path: Path) -> None:
    """All readers agree on every event of every calendar of the examples: when, what, and what it says."""
    loaded = load(EXAMPLES / example)
    assert loaded.dossier is not None
    made = calendars(loaded.dossier, in_language(loaded.language), {})
    for path, text in made.items():
        assert faults(text) == [], path
        first, *others = [reader(text) for reader in READERS]
        assert [other == first for other in others] == [True] * len(others), path
        assert len(first) == text.count("BEGIN:VEVENT")
    if made:
        khal = Khal(tmp_path)
        khal.take_in(made[CALENDAR])
        first = with_icalendar(made[CALENDAR])
        days = loaded.dossier.schedule.days
        assert khal.events(days[0], days[-1]) == first


def test_a_country_has_its_own_time() -> None:
    """Where nobody names a zone, the country of the holidays does; where nobody names that either, it is Amsterdam."""
    talk = {"talk": {"date": "2025-10-01", "at": "15:30", "minutes": "30"}}
    said = [
        whole(dossier(talk, plan={"holidays": {"country": country}})).split("TZID:")[1].split("\r\n")[0]
        for country in ("GB", "be", "CW", "US")
    ]
    assert said == ["Europe/London", "Europe/Brussels", "America/Curacao", "Europe/Amsterdam"]


# -- a whole one ------------------------------------------------------------------------------------------------------


def test_a_whole_calendar() -> None:
    """Every line of a small one: a meeting, a week's messages, and a talk that was called off."""
    of = dossier(
        {
            "start": {
                "what": "First day; bring a call, any call",
                "kind": "interaction",
                "date": "2025-09-04",
                "owner": "samira",
                "at": "10:00",
                "minutes": "300",
                "place": "Zwolle",
                "live": "true",
            },
            "messages": {
                "kind": "member",
                "every": "week",
                "day": "tuesday",
                "times": "1",
                "owner": "joost",
                "count": "3",
                "minutes": "20",
                "channel": "teams",
                "theme": "no",
                "asks": "one colleague",
            },
            "talk": {"what": "Talk", "date": "2025-09-10"},
        },
        people={"samira": {"name": "Samira"}, "joost": {"name": "Joost"}},
        strategy={"channels": {"teams": {"name": "Teams"}}},
        concept_test={"themes": {"no": {"title": "No, and then?"}}},
        plan={"log": [{"item": "talk", "date": "2025-09-10", "skipped": "autumn holiday"}]},
    )
    assert whole(of).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//coplaunch//coplaunch//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:The Second Sentence: dry run",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Amsterdam",
        "BEGIN:DAYLIGHT",
        "DTSTART:20240331T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20241027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:messages+20250902@the-second-sentence.merelhof",
        "DTSTAMP:20250910T000000Z",
        "LAST-MODIFIED:20250910T000000Z",
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20250902",
        "DTEND;VALUE=DATE:20250903",
        "SUMMARY:messages",
        r"DESCRIPTION:Who: Joost\nTakes 60 minutes\nAsks: one colleague\nChannel: Tea",
        r" ms\nTheme: No\, and then?",
        "CATEGORIES:personal attention",
        "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:start@the-second-sentence.merelhof",
        "DTSTAMP:20250910T000000Z",
        "LAST-MODIFIED:20250910T000000Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Europe/Amsterdam:20250904T100000",
        "DTEND;TZID=Europe/Amsterdam:20250904T150000",
        r"SUMMARY:First day\; bring a call\, any call",
        r"DESCRIPTION:Who: Samira\nTakes 300 minutes",
        "LOCATION:Zwolle",
        "CATEGORIES:interaction",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:talk@the-second-sentence.merelhof",
        "DTSTAMP:20250910T000000Z",
        "LAST-MODIFIED:20250910T000000Z",
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20250910",
        "DTEND;VALUE=DATE:20250911",
        "SUMMARY:Talk",
        "DESCRIPTION:Skipped: autumn holiday",
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("items", [{}, {"talk": {"what": "on no day"}}])
def test_a_calendar_of_nothing_is_none(items: dict[str, Any]) -> None:
    """A calendar has an event (RFC 5545, 3.6); until there is one, there is no file."""
    assert rendered(dossier(items)) == {}
    assert rendered(Dossier(Project())) == {}


@pytest.mark.parametrize(
    ("day", "at", "minutes"),
    [
        ("0001-01-01", "00:00", "1"),
        ("9999-12-31", "23:59", "1"),
        ("9998-12-31", "23:59", "999999999999"),
        ("1001-01-01", "00:00", "1"),
        ("2025-09-01", "23:59", "0"),
    ],
)
def test_odd_times(day: str, at: str, minutes: str) -> None:
    """The ends of the calendar, and what lasts no time or for ages: still a calendar without a fault."""
    items = {"talk": {"date": day, "at": at, "minutes": minutes}, "day": {"date": day}}
    of = dossier({**items, "usual": {"date": "2025-10-01"}}, first="2025-10-01", last="2025-10-01")
    assert faults(whole(dossier(items, first=day, last=day), {CALENDAR: whole(of)})) == []


# -- memory -----------------------------------------------------------------------------------------------------------

ITEMS: dict[str, Any] = {
    "talk": {"what": "Talk", "date": "2025-10-01", "at": "15:30", "minutes": "30", "owner": "samira"},
    "case": {"what": "Case", "every": "week", "day": "monday", "times": "3", "owner": "joost"},
}
PEOPLE = {"samira": {"name": "Samira"}, "joost": {"name": "Joost"}}


def with_(item: str, **changes: Any) -> dict[str, Any]:
    changed = {key: value for key, value in {**ITEMS[item], **changes}.items() if value is not None}
    return {**ITEMS, item: changed}


def versions(text: str) -> dict[str, tuple[int, str, str]]:
    """SEQUENCE, DTSTAMP and STATUS of every event, by the first part of its UID."""
    found = {}
    for block in text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        values = dict(line.split(":", 1) for line in block.split("\r\n") if ":" in line)
        found[values["UID"].split("@")[0]] = (int(values["SEQUENCE"]), values["DTSTAMP"], values["STATUS"])
    return found


def test_rendering_twice_changes_nothing() -> None:
    """Whatever was changed, moved and cancelled before: the same plan on its own calendars gives the same bytes."""
    before: dict[str, str] = {}
    for items in (ITEMS, with_("talk", at="16:00"), with_("case", times="1"), {}, ITEMS):
        of = dossier(items, people=PEOPLE)
        before = rendered(of, before)
        assert rendered(of, before) == before
        assert [faults(text) for text in before.values()] == [[]] * 3


def test_line_ends_of_another_system_are_no_change() -> None:
    """A calendar that git wrote with line feeds alone says the same; what did change counts, and nothing else."""
    first = rendered(dossier(ITEMS, people=PEOPLE))
    converted = {path: text.replace("\r\n", "\n") for path, text in first.items()}
    assert rendered(dossier(ITEMS, people=PEOPLE), converted) == first
    changed = dossier(with_("talk", at="16:00"), people=PEOPLE)
    assert rendered(changed, converted) == rendered(changed, first)


def test_only_what_changed_has_a_new_version() -> None:
    """SEQUENCE goes up by one and DTSTAMP onwards where an event changed; all else stays as it was."""
    first = rendered(dossier(ITEMS, people=PEOPLE))
    assert versions(first[CALENDAR]) == {
        "case+20250901": (0, "19700101T000000Z", "CONFIRMED"),
        "case+20250908": (0, "19700101T000000Z", "CONFIRMED"),
        "case+20250915": (0, "19700101T000000Z", "CONFIRMED"),
        "talk": (0, "19700101T000000Z", "CONFIRMED"),
    }
    second = rendered(dossier(with_("talk", date="2025-10-08"), people=PEOPLE), first)
    assert versions(second[CALENDAR]) == {
        **versions(first[CALENDAR]),
        "talk": (1, "19700101T000001Z", "CONFIRMED"),
    }
    log = {"log": [{"item": "case", "date": "2025-09-08", "moved_to": "2025-09-09"}]}
    third = rendered(dossier(with_("talk", date="2025-10-08"), people=PEOPLE, plan=log), second)
    assert versions(third[CALENDAR]) == {
        **versions(second[CALENDAR]),
        "case+20250908": (1, "20250908T000000Z", "CONFIRMED"),
    }


def test_what_is_gone_is_cancelled_and_may_come_back() -> None:
    """Gone: cancelled, once. Back: confirmed, in a later version."""
    first = rendered(dossier(ITEMS, people=PEOPLE))
    gone = rendered(dossier(with_("case", times="2"), people=PEOPLE), first)
    assert versions(gone[CALENDAR])["case+20250915"] == (1, "19700101T000001Z", "CANCELLED")
    again = rendered(dossier(with_("case", times="2", what="Cases"), people=PEOPLE), gone)
    assert versions(again[CALENDAR])["case+20250915"] == (1, "19700101T000001Z", "CANCELLED")
    back = rendered(dossier(ITEMS, people=PEOPLE), again)
    assert versions(back[CALENDAR])["case+20250915"] == (2, "19700101T000003Z", "CONFIRMED")


def test_what_somebody_hands_over_goes_from_one_calendar_to_the_other() -> None:
    """Cancelled with whom it was, new with whom it is, and in no version older than in everybody's calendar."""
    first = rendered(dossier(ITEMS, people=PEOPLE))
    second = rendered(dossier(with_("talk", owner="joost"), people=PEOPLE), first)
    assert [versions(second[f"plans/calendar{whose}.ics"])["talk"] for whose in ("", "-joost", "-samira")] == [
        (1, "19700101T000001Z", "CONFIRMED"),
        (1, "19700101T000001Z", "CONFIRMED"),
        (1, "19700101T000001Z", "CANCELLED"),
    ]
    third = rendered(dossier({"case": ITEMS["case"]}, people=PEOPLE), second)
    assert [versions(third[f"plans/calendar{whose}.ics"])["talk"] for whose in ("", "-joost", "-samira")] == [
        (2, "19700101T000002Z", "CANCELLED"),
        (2, "19700101T000002Z", "CANCELLED"),
        (1, "19700101T000001Z", "CANCELLED"),
    ]


def test_who_left_is_named_no_longer() -> None:
    """What somebody had stays in the calendars, cancelled, without a word of who it was."""
    first = rendered(dossier(ITEMS, people=PEOPLE))
    assert "Samira" in first[CALENDAR]
    others = {name: person for name, person in PEOPLE.items() if name != "samira"}
    items = {name: item for name, item in ITEMS.items() if item.get("owner") != "samira"}
    second = rendered(dossier(items, people=others), first)
    assert "plans/calendar-samira.ics" in second
    assert [path for path, text in second.items() if "Samira" in text] == []
    assert rendered(dossier(items, people=others), second) == second


def test_a_person_has_what_is_theirs_and_what_is_live() -> None:
    """One's own items, and the meetings of all."""
    made = rendered(dossier(with_("talk", live="true"), people=PEOPLE))
    assert {path: sorted(versions(text)) for path, text in made.items()} == {
        "plans/calendar.ics": ["case+20250901", "case+20250908", "case+20250915", "talk"],
        "plans/calendar-joost.ics": ["case+20250901", "case+20250908", "case+20250915", "talk"],
        "plans/calendar-samira.ics": ["talk"],
    }


def test_an_item_moved_for_a_holiday_stays_the_same_event() -> None:
    """A holiday that is written down later moves the event; it is not another one."""
    weekly = {"case": {"every": "week", "day": "monday", "times": "1", "on_holiday": "move"}}
    first = rendered(dossier(weekly))
    holidays = {"holidays": {"dates": [{"date": "2025-09-01"}]}}
    second = rendered(dossier(weekly, plan=holidays), first)
    assert versions(second[CALENDAR]) == {"case+20250901": (1, "19700101T000001Z", "CONFIRMED")}
    assert "DTSTART;VALUE=DATE:20250902" in second[CALENDAR]


def test_a_merge_that_is_not_resolved_yet_loses_nothing() -> None:
    """Both sides of a conflict are read; a version after the latest of both comes out, without a fault."""
    first = rendered(dossier(ITEMS, people=PEOPLE))
    ours = whole(dossier(with_("talk", at="16:00"), people=PEOPLE), first)
    theirs = whole(dossier(with_("talk", at="17:00", what="Tea"), people=PEOPLE), first)
    head, one, tail = ours.partition("BEGIN:VEVENT\r\nUID:talk")
    _, two, other = theirs.partition("BEGIN:VEVENT\r\nUID:talk")
    conflict = f"{head}<<<<<<< HEAD\r\n{one}{tail}=======\r\n{two}{other}>>>>>>> other\r\n"
    merged = whole(dossier(with_("talk", at="18:00"), people=PEOPLE), {CALENDAR: conflict})
    assert versions(merged)["talk"] == (2, "19700101T000002Z", "CONFIRMED")
    assert versions(merged)["case+20250901"] == (0, "19700101T000000Z", "CONFIRMED")
    assert faults(merged) == []


def test_somebody_elses_calendar_is_left_alone() -> None:
    """A file of the same kind of name that coplaunch did not write stays as it is, and is no memory."""
    theirs = "BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    made = rendered(dossier(ITEMS), {"plans/calendar-party.ics": theirs})
    assert sorted(made) == ["plans/calendar-joost.ics", "plans/calendar-samira.ics", "plans/calendar.ics"]


_TALK = whole(dossier(ITEMS)).split("\r\n")


@given(st.data())
@settings(max_examples=200)
def test_a_broken_memory_breaks_nothing(data: st.DataObject) -> None:
    """Whatever people and programs make of the file: a calendar without faults, with all that is planned."""
    lines = list(_TALK)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        odd = ["", "UID:", "UID:x", "SEQUENCE:-1", "SEQUENCE:999999999", "DTSTAMP:99991231T235959Z", "DTSTART:1"]
        odd += ["DTSTART;VALUE=DATE:20250231", "DTSTART;TZID=Nowhere/City:20250901T100000", "END:VEVENT", "\x00"]
        odd += ["BEGIN:VEVENT", " folded", "SUMMARY:a;b", "DTSTART;TZID=../../etc/passwd:20250901T100000", lines[at]]
        lines[at : at + data.draw(st.integers(0, 2))] = [data.draw(st.sampled_from(odd) | st.text(max_size=20))]
    text = whole(dossier({"case": ITEMS["case"]}), {CALENDAR: "\r\n".join(lines)})
    assert faults(text) == []
    assert {"case+20250901", "case+20250908", "case+20250915"} <= set(versions(text))


def test_a_program_that_takes_it_in_twice_holds_one_event(tmp_path: Path) -> None:
    """khal, given the calendar, its next version, and that once more: one event, as it is now; then a cancelled one."""
    khal = Khal(tmp_path)
    first = rendered(dossier({"talk": ITEMS["talk"]}))
    khal.take_in(first[CALENDAR])
    second = rendered(dossier({"talk": {**ITEMS["talk"], "date": "2025-10-08", "what": "Longer talk"}}), first)
    khal.take_in(second[CALENDAR])
    khal.take_in(second[CALENDAR])
    days = date(2025, 9, 1), date(2025, 12, 1)
    uid = "talk@the-second-sentence.merelhof"
    said = "Who: samira\nTakes 30 minutes"
    assert khal.events(*days) == [Event("2025-10-08T13:30:00Z", "2025-10-08T14:00:00Z", uid, "Longer talk", said)]
    third = rendered(dossier({"case": ITEMS["case"]}), second)
    khal.take_in(third[CALENDAR])
    assert [one["status"] for one in khal.listed(*days) if one["uid"] == uid] == ["CANCELLED"]
    assert len(list(khal.calendar.glob("*.ics"))) == 4


def test_the_calendar_in_the_project_is_the_memory(tmp_path: Path) -> None:
    """`render` goes on from the calendar that stands there: nothing to do, then one version further, then nothing."""
    plan = tmp_path / "coplaunch.yaml"
    plan.write_text(
        "format: 1\nlanguage: en\nname: Round Table\nplan:\n"
        "  dry_run: {from: 2025-09-01, to: 2025-09-30}\n"
        "  items:\n    talk: {date: 2025-09-04, at: 15:30}\n    tea: {date: 2025-09-05}\n",
        "utf-8",
    )
    assert call("render", cwd=tmp_path).code == 0
    assert call("render", "--check", cwd=tmp_path).code == 0
    plan.write_text(plan.read_text("utf-8").replace("15:30", "16:30"), "utf-8")
    assert call("render", "--check", cwd=tmp_path).code == 1
    assert "+SEQUENCE:1\r\n" in call("render", "--dry-run", cwd=tmp_path).out
    assert call("render", cwd=tmp_path).code == 0
    text = (tmp_path / CALENDAR).read_bytes().decode()
    assert {name: sequence for name, (sequence, _, _) in versions(text).items()} == {"talk": 1, "tea": 0}
    assert call("render", "--check", cwd=tmp_path).code == 0


# -- hostile text -----------------------------------------------------------------------------------------------------

_NASTY = [
    *HOSTILE,
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:mine",
    "a\\nb\\,c\\;d\\\\",
    "BEGIN:VEVENT",
    "x" * 200,
    "é" * 100,
    "👩‍👩‍👧‍👦" * 20,
    'CN="a";X:b',
    "a\u2028b\x85c\x0bd\x1ce",
    "\\",
    " ; , ",
]
_ANYTHING = st.sampled_from(_NASTY) | st.text(min_size=1, max_size=200)


@given(what=_ANYTHING, asks=_ANYTHING, name=_ANYTHING, place=_ANYTHING)
@settings(max_examples=150)
def test_any_text_lands_as_text(what: str, asks: str, name: str, place: str) -> None:
    """Whatever people write: one event, and its title is what they wrote, on one line."""
    answers = {"what": what, "asks": asks, "place": place}
    item = {key: text for key, text in answers.items() if text.strip()}
    of = dossier(
        {"talk": {"date": "2025-10-01", "owner": "o", **item}},
        name=name if name.strip() else None,
        people={"o": {"name": name if name.strip() else None}},
    )
    for text in rendered(of).values():
        assert faults(text) == []
        for reader in (with_icalendar, with_vobject):
            (event,) = reader(text)
            assert event.summary == on_one_line(item.get("what", "talk"))
            if "asks" in item:
                assert f"Asks: {on_one_line(asks)}" in event.description.split("\n")
    assert rendered(of, rendered(of)) == rendered(of)


def test_any_text_lands_as_text_in_ical_js() -> None:
    """The same for the reader in another language: all of it at once."""
    nasty = [text for text in _NASTY if text.strip()]
    items = {f"item-{number:03}": {"what": text, "date": "2025-10-01"} for number, text in zip(count(), nasty)}
    read = {event.uid.split("@")[0]: event.summary for event in with_ical_js(whole(dossier(items)))}
    assert read == {slug: on_one_line(item["what"]) for slug, item in items.items()}


def test_lines_fold_at_75_octets_and_between_characters() -> None:
    """The longest line that there may be, at every length around it and for characters of one to four octets."""
    for sign in "aé€👍":
        for length in range(1, 90):
            text = whole(dossier({"talk": {"what": sign * length, "date": "2025-10-01"}}))
            assert faults(text) == []
            assert f"SUMMARY:{sign * length}\r\n" in text.replace("\r\n ", "")
            if len(f"SUMMARY:{sign * length}".encode()) <= 75:
                assert f"SUMMARY:{sign * length}\r\n" in text


def test_times_of_day_are_kept_in_the_log_too() -> None:
    """What moved to another day keeps its hour there, across the clock change."""
    log = {"log": [{"item": "talk", "date": "2025-10-24", "moved_to": "2025-10-27"}]}
    talk = {"talk": {"date": "2025-10-24", "at": "15:30", "minutes": "30"}}
    (event,) = with_vobject(whole(dossier(talk, plan=log)))
    assert event.start == told(datetime.combine(date(2025, 10, 27), time(14, 30), UTC))
