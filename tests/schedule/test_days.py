from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_launch.findings import Finding, Severity
from cop_launch.model.plan import ItemKind, Plan
from cop_launch.model.reading import read_project
from cop_launch.model.validation import validate
from cop_launch.schedule.days import (
    LONGEST_RUN,
    DayOff,
    Dropped,
    Occurrence,
    Schedule,
    Status,
    Tally,
    expand,
    minutes_per_month,
    minutes_per_week,
    monday,
)

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
CONTENT, INTERACTION, MEMBER = ItemKind


def a_plan(items: dict[str, Any], **rest: Any) -> Plan:
    """Four weeks, Monday 1 to Friday 26 September 2025, unless the test says otherwise."""
    run = {"from": "2025-09-01", "to": "2025-09-26", "working_days": WEEKDAYS}
    return validate(Plan, {"dry_run": run, "items": items, **rest})


def days_of(plan: Plan, item: str = "case") -> list[str]:
    """The days of an item in a plan with which nothing is wrong, as month-day."""
    schedule, findings = expand(plan)
    assert findings == ()
    return [f"{found.day:%m-%d}" for found in schedule.occurrences if found.item == item]


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, tuple[str | int, ...], str]]:
    """What people read of findings, with where."""
    return [(str(finding.severity), finding.code, finding.path, str(finding.message)) for finding in findings]


class TestTwelveWeeks:
    """The dry run of the worked example: twelve weeks, one thing on each of sixty working days."""

    TALKS: tuple[str, ...] = ("2025-09-11", "2025-09-25", "2025-10-30", "2025-11-13")

    def plan(self, **rest: Any) -> Plan:
        weekly = {"every": "week", "minutes": "30"}
        once = {"kind": "interaction", "owner": "marloes", "minutes": "180"}
        talk = {"kind": "interaction", "every": "2 weeks", "day": "thursday", "at": "15:30", "minutes": "45"}
        return validate(
            Plan,
            {
                "dry_run": {"from": "2025-09-01", "to": "2025-11-21", "working_days": WEEKDAYS},
                "quiet_days": "none",
                "holidays": {"country": "NL", "dates": "none"},
                "items": {
                    "zin-van-de-week": {**weekly, "kind": "content", "day": "monday", "owner": "dewi", "mail": "true"},
                    "berichten": {
                        **weekly,
                        "kind": "member",
                        "day": "tuesday",
                        "owner": "marloes",
                        "count": "3",
                        "minutes": "10",
                    },
                    "casus": {**weekly, "kind": "interaction", "day": "wednesday", "owner": "joost"},
                    "startdag": {**once, "date": "2025-09-04", "minutes": "240"},
                    "gespreksuur": {**talk, "owner": "samira", "from": "2025-09-11", "times": "2"},
                    "gespreksuur-najaar": {**talk, "owner": "samira", "from": "2025-10-30", "times": "2"},
                    "bezoek-letsel": {**once, "date": "2025-10-09"},
                    "duobellen": {
                        **weekly,
                        "kind": "member",
                        "day": "thursday",
                        "owner": "marloes",
                        "except": ["2025-09-04", "2025-10-09", "2025-11-20", *self.TALKS],
                    },
                    "oogstmiddag": {**once, "date": "2025-11-20"},
                    "voorbeeldzin": {**weekly, "kind": "content", "day": "friday", "owner": "ruben"},
                },
                **rest,
            },
        )

    def test_every_day_has_its_item(self) -> None:
        """Sixty day items on sixty working days, none uncovered, no week without one of the three kinds."""
        schedule, findings = expand(self.plan())
        assert findings == ()
        assert [found.day for found in schedule.occurrences] == list(schedule.working_days)
        assert len(schedule.occurrences) == 60
        assert len(schedule.weeks) == 12
        assert schedule.uncovered_days() == ()
        assert schedule.missing_kinds() == {}
        assert schedule.dropped == ()

    def test_thursdays(self) -> None:
        """Seven meetings and five times calling in pairs, in the order of the twelve weeks."""
        schedule, _ = expand(self.plan())
        thursdays = [found.item for found in schedule.occurrences if found.day.weekday() == 3]
        assert thursdays == [
            "startdag",
            "gespreksuur",
            "duobellen",
            "gespreksuur",
            "duobellen",
            "bezoek-letsel",
            "duobellen",
            "duobellen",
            "gespreksuur-najaar",
            "duobellen",
            "gespreksuur-najaar",
            "oogstmiddag",
        ]

    def test_rhythm_kept(self) -> None:
        """57 of 60: three skipped, one of the others a day late."""
        skipped = [
            {"item": "zin-van-de-week", "date": "2025-10-13", "skipped": "herfstvakantie"},
            {"item": "casus", "date": "2025-10-22", "skipped": "herfstvakantie"},
            {"item": "voorbeeldzin", "date": "2025-11-07", "done": "false"},
        ]
        late = [{"item": "casus", "date": "2025-09-03", "moved_to": "2025-09-04", "done": "true"}]
        seen = {(entry["item"], entry["date"]) for entry in skipped + late}
        done = [
            {"item": found.item, "date": str(found.day), "done": "true"}
            for found in expand(self.plan())[0].occurrences
            if (found.item, str(found.day)) not in seen
        ]
        schedule, findings = expand(self.plan(log=skipped + late + done))
        assert findings == ()
        assert schedule.tally() == Tally(planned=60, done=57, skipped=3, open=0, moved=1)
        assert schedule.tally(date(2025, 9, 5)) == Tally(planned=5, done=5, skipped=0, open=0, moved=1)

    def test_minutes(self) -> None:
        """Minutes count each message, per person and week, and per month for those whose hours are so counted."""
        schedule, _ = expand(self.plan())
        weeks = minutes_per_week(schedule.occurrences)
        assert {who: minutes for (who, week), minutes in weeks.items() if week == date(2025, 9, 1)} == {
            "dewi": 30,
            "joost": 30,
            "marloes": 3 * 10 + 240,
            "ruben": 30,
        }
        months = minutes_per_month(schedule.occurrences)
        assert {month: minutes for (who, month), minutes in months.items() if who == "samira"} == {
            date(2025, 9, 1): 90,
            date(2025, 10, 1): 45,
            date(2025, 11, 1): 45,
        }


class TestDaysOfAnItem:
    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            pytest.param({"date": "2025-09-04"}, ["09-04"], id="once"),
            pytest.param({"date": "2025-09-06"}, ["09-06"], id="once, on the Saturday that it names"),
            pytest.param(
                {"every": "week", "day": "thursday"},
                ["09-04", "09-11", "09-18", "09-25"],
                id="every week from the start",
            ),
            pytest.param(
                {"every": "week", "from": "2025-09-09"}, ["09-09", "09-16", "09-23"], id="the weekday of its first day"
            ),
            pytest.param(
                {"every": "2 weeks", "day": "monday", "from": "2025-08-20"},
                ["09-01", "09-15"],
                id="an interval that began before the run",
            ),
            pytest.param(
                {"every": "week", "day": ["friday", "monday"], "times": "3"}, ["09-01", "09-05", "09-08"], id="two days"
            ),
            pytest.param(
                {"every": "day", "until": "2025-09-09"},
                ["09-01", "09-02", "09-03", "09-04", "09-05", "09-08", "09-09"],
                id="every day is every working day",
            ),
            pytest.param(
                {"every": "week", "day": "saturday"},
                ["09-06", "09-13", "09-20"],
                id="a weekday that the item names is not off for it",
            ),
            pytest.param({"every": "month", "day": "tuesday", "nth": "first"}, ["09-02"], id="the first Tuesday"),
            pytest.param({"every": "month", "day": "friday", "nth": "last"}, ["09-26"], id="the last Friday"),
            pytest.param({"every": "month", "from": "2025-06-16"}, ["09-16"], id="a day of the month"),
            pytest.param({"every": "year", "from": "2024-09-23"}, ["09-23"], id="a birthday"),
            pytest.param(
                {"every": "Week ", "day": "monday", "except": ["2025-09-08"]}, ["09-01", "09-15", "09-22"], id="except"
            ),
        ],
    )
    def test_falls_on(self, item: dict[str, Any], expected: list[str]) -> None:
        """What people write, and the days of September on which it falls."""
        assert days_of(a_plan({"case": item})) == expected

    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            (
                {"every": "fortnight"},
                (
                    "error",
                    "unknown-interval",
                    ("plan", "items", "case", "every"),
                    "'fortnight' does not say how often.",
                ),
            ),
            (
                {"every": "0 weeks", "day": "monday"},
                ("error", "unknown-interval", ("plan", "items", "case", "every"), "'0 weeks' does not say how often."),
            ),
            (
                {"every": "week", "day": "monday", "nth": "first"},
                (
                    "error",
                    "which-weekday",
                    ("plan", "items", "case", "nth"),
                    "'nth' says which weekday of the month 'case' falls on, so it needs a month and one day.",
                ),
            ),
            (
                {"every": "month", "day": "monday"},
                (
                    "error",
                    "which-weekday",
                    ("plan", "items", "case", "day"),
                    "'case' does not say which such day of the month it falls on.",
                ),
            ),
            (
                {"every": "year", "day": "monday"},
                (
                    "error",
                    "which-weekday",
                    ("plan", "items", "case", "day"),
                    "'case' comes back every year, on a date: a day of the week says nothing then.",
                ),
            ),
            (
                {"every": "week"},
                (
                    "warning",
                    "item-without-day",
                    ("plan", "items", "case"),
                    "'case' does not say on which days it falls, so it is not in the schedule.",
                ),
            ),
            (
                {"day": "monday"},
                (
                    "warning",
                    "item-without-day",
                    ("plan", "items", "case"),
                    "'case' does not say on which days it falls, so it is not in the schedule.",
                ),
            ),
            (
                {"date": "2025-12-01"},
                ("warning", "outside-the-run", ("plan", "items", "case"), "'case' falls on no day of the dry run."),
            ),
            (
                {"every": "week", "from": "2025-09-10", "until": "2025-09-01"},
                (
                    "error",
                    "ends-before-it-starts",
                    ("plan", "items", "case", "until"),
                    "'case' ends on 1 September 2025, before it starts on 10 September 2025.",
                ),
            ),
        ],
    )
    def test_what_cannot_be_placed(self, item: dict[str, Any], expected: tuple[Any, ...]) -> None:
        """Is not in the schedule, and said where it stands with what to do about it."""
        schedule, findings = expand(a_plan({"case": item}))
        assert schedule.occurrences == ()
        assert expected in said(findings)
        assert all(finding.hint is not None for finding in findings)

    def test_once_and_again(self) -> None:
        """A date and an interval contradict each other: said, and the date is taken."""
        schedule, findings = expand(a_plan({"case": {"date": "2025-09-04", "every": "week"}}))
        assert [found.day for found in schedule.occurrences] == [date(2025, 9, 4)]
        assert said(findings) == [
            (
                "error",
                "once-or-recurring",
                ("plan", "items", "case", "every"),
                "'case' happens once, on its date, or it comes back; it can't do both.",
            )
        ]


class TestDaysOff:
    OFF: ClassVar[dict[str, Any]] = {
        "holidays": {"dates": [{"date": "2025-09-08"}]},
        "quiet_days": ["2025-09-09", "2025-09-26"],
    }

    def test_drops_unless_it_says_move(self) -> None:
        """A recurring item on a holiday drops; with `move` it is on the first day that is not off."""
        mondays = {"every": "week", "day": "monday"}
        schedule, findings = expand(a_plan({"drop": mondays, "move": {**mondays, "on_holiday": "move"}}, **self.OFF))
        assert findings == ()
        assert [
            (found.item, str(found.day), str(found.instead_of)) for found in schedule.in_week(date(2025, 9, 9))
        ] == [("move", "2025-09-10", "2025-09-08")]
        assert schedule.dropped == (Dropped(date(2025, 9, 8), "drop", DayOff.HOLIDAY),)

    def test_never_twice_on_a_day(self) -> None:
        """What would move to a day on which it falls already, or past the end of the run, drops."""
        schedule, _ = expand(a_plan({"case": {"every": "day", "on_holiday": "move"}}, **self.OFF))
        assert [found.day for found in schedule.occurrences] == list(schedule.working_days)
        assert Counter(dropped.because for dropped in schedule.dropped) == {
            DayOff.NOT_A_WORKING_DAY: 6,
            DayOff.HOLIDAY: 1,
            DayOff.QUIET: 2,
        }

    @pytest.mark.parametrize(
        ("item", "expected", "codes"),
        [
            ({"date": "2025-09-08"}, ["2025-09-08"], ["planned-on-day-off"]),
            ({"date": "2025-09-08", "on_holiday": "drop"}, [], []),
            ({"date": "2025-09-08", "on_holiday": "move"}, ["2025-09-10"], []),
            ({"date": "2025-09-26", "on_holiday": "move"}, [], []),
        ],
    )
    def test_a_date_is_meant(self, item: dict[str, Any], expected: list[str], codes: list[str]) -> None:
        """An item with a date stays on a holiday, with a warning, unless it says drop or move."""
        schedule, findings = expand(a_plan({"party": item}, **self.OFF))
        assert [str(found.day) for found in schedule.occurrences] == expected
        assert [finding.code for finding in findings] == codes
        assert {finding.severity for finding in findings} <= {Severity.WARNING}

    def test_uncovered_days(self) -> None:
        """Working days without anything; weekends, holidays and quiet days are not asked for."""
        plan = a_plan({"case": {"every": "week", "day": ["monday", "wednesday", "thursday", "friday"]}}, **self.OFF)
        schedule, _ = expand(plan)
        assert [f"{day:%m-%d}" for day in schedule.uncovered_days()] == ["09-02", "09-16", "09-23"]

    def test_working_days_not_declared(self) -> None:
        """Monday to Friday, as most people work."""
        schedule, _ = expand(validate(Plan, {"dry_run": {"from": "2025-09-01", "to": "2025-09-08"}}))
        assert [f"{day:%m-%d}" for day in schedule.working_days] == [
            "09-01",
            "09-02",
            "09-03",
            "09-04",
            "09-05",
            "09-08",
        ]

    def test_missing_kinds(self) -> None:
        """Per week what is not planned; a week of which fewer than half is left is not asked for."""
        items = {
            "word": {"kind": "content", "every": "week", "day": "monday"},
            "talk": {"kind": "interaction", "every": "2 weeks", "day": "tuesday"},
            "note": {"kind": "member", "every": "week", "day": "wednesday", "except": ["2025-09-17"]},
        }
        quiet = {"quiet_days": ["2025-09-22", "2025-09-23", "2025-09-24"]}
        assert expand(a_plan(items, **quiet))[0].missing_kinds() == {
            date(2025, 9, 8): (INTERACTION,),
            date(2025, 9, 15): (MEMBER,),
        }

    def test_missing_kinds_of_part_of_a_week(self) -> None:
        """Half a week is asked for, less is not; where no day is worked nothing is."""
        weeks = [date(2025, 9, day) for day in (1, 8, 15, 22)]
        four_days = {"from": "2025-09-01", "to": "2025-09-26", "working_days": WEEKDAYS[:4]}
        none = {**four_days, "working_days": "none"}
        quiet = ["2025-09-02", "2025-09-03", "2025-09-08", "2025-09-09", "2025-09-10"]
        everything = (CONTENT, INTERACTION, MEMBER)
        assert expand(a_plan({}))[0].missing_kinds() == dict.fromkeys(weeks, everything)
        assert expand(a_plan({}, dry_run=four_days, quiet_days=quiet))[0].missing_kinds() == dict.fromkeys(
            [weeks[0], *weeks[2:]], everything
        )
        assert expand(a_plan({}, dry_run=none))[0].missing_kinds() == {}


class TestLog:
    ITEMS: ClassVar[dict[str, Any]] = {
        "case": {
            "what": "Case",
            "kind": "interaction",
            "every": "week",
            "day": "wednesday",
            "owner": "joost",
            "at": "9.05",
        }
    }

    def logged(self, *entries: dict[str, str]) -> list[tuple[str, str, Status, str | None]]:
        schedule, findings = expand(a_plan(self.ITEMS, log=list(entries)))
        assert findings == ()
        return [
            (f"{found.planned_for:%m-%d}", f"{found.day:%m-%d}", found.status, found.note)
            for found in schedule.occurrences
            if found.status is not Status.OPEN or found.moved or found.note
        ]

    def test_done_skipped_and_moved(self) -> None:
        """Each changes what came of the plan, not what was planned."""
        assert self.logged(
            {"item": "case", "date": "2025-09-03", "done": "true", "note": "twelve replies"},
            {"item": "case", "date": "2025-09-10", "skipped": "holidays"},
            {"item": "case", "date": "2025-09-17", "moved_to": "2025-09-19"},
            {"item": "case", "date": "2025-09-24", "moved_to": "2025-09-25", "done": "false"},
        ) == [
            ("09-03", "09-03", Status.DONE, "twelve replies"),
            ("09-10", "09-10", Status.SKIPPED, "holidays"),
            ("09-17", "09-19", Status.OPEN, None),
            ("09-24", "09-25", Status.OPEN, None),
        ]

    def test_moved_to_a_day_of_its_own(self) -> None:
        """Where one was planned and another moved, the date names the one that was planned for it."""
        assert self.logged(
            {"item": "case", "date": "2025-09-03", "moved_to": "2025-09-10"},
            {"item": "case", "date": "2025-09-10", "skipped": "one was enough"},
        ) == [("09-03", "09-10", Status.OPEN, None), ("09-10", "09-10", Status.SKIPPED, "one was enough")]

    def test_done_after_it_moved(self) -> None:
        """The day that it was planned for and the day that it moved to both name it."""
        moved = {"item": "case", "date": "2025-09-03", "moved_to": "2025-09-04"}
        expected = [("09-03", "09-04", Status.DONE, None)]
        assert self.logged(moved, {"item": "case", "date": "2025-09-03", "done": "true"}) == expected
        assert self.logged(moved, {"item": "case", "date": "2025-09-04", "done": "true"}) == expected

    def test_the_day_off_names_it_too(self) -> None:
        """What the plan itself moved from a holiday is found by the holiday's date."""
        items = {"case": {**self.ITEMS["case"], "on_holiday": "move"}}
        log = [{"item": "case", "date": "2025-09-03", "done": "true"}]
        schedule, findings = expand(a_plan(items, log=log, quiet_days=["2025-09-03"]))
        assert findings == ()
        assert schedule.occurrences[0] == Occurrence(
            day=date(2025, 9, 4),
            at=time(9, 5),
            item="case",
            kind=INTERACTION,
            owner="joost",
            minutes=None,
            planned_for=date(2025, 9, 4),
            instead_of=date(2025, 9, 3),
            status=Status.DONE,
        )

    def test_coverage_is_of_the_plan(self) -> None:
        """Moving or skipping does not make a planned day uncovered, nor a week incomplete."""
        log = [
            {"item": "case", "date": "2025-09-03", "moved_to": "2025-09-12"},
            {"item": "case", "date": "2025-09-10", "skipped": "ill"},
        ]
        before, after = expand(a_plan(self.ITEMS))[0], expand(a_plan(self.ITEMS, log=log))[0]
        assert before.uncovered_days() == after.uncovered_days()
        assert before.missing_kinds() == after.missing_kinds()
        assert [found.planned_for for found in after.in_week(date(2025, 9, 8))] == [date(2025, 9, 10), date(2025, 9, 3)]

    def test_what_does_not_fit_the_plan(self) -> None:
        """A day that was not planned is a warning, a contradiction an error; what is half written is missing."""
        schedule, findings = expand(
            a_plan(
                self.ITEMS,
                log=[
                    {"item": "case", "date": "2025-09-04", "done": "true"},
                    {"item": "case", "date": "2025-09-03", "done": "true", "skipped": "no"},
                    {"item": "case"},
                    {"date": "2025-09-03", "done": "true"},
                    {"item": "unknown", "date": "2025-09-03", "done": "true"},
                ],
            )
        )
        assert said(findings) == [
            (
                "warning",
                "log-without-plan",
                ("plan", "log", 0, "date"),
                "'case' is in the log for 4 September 2025, but it was not planned for that day.",
            ),
            (
                "error",
                "done-and-skipped",
                ("plan", "log", 1, "skipped"),
                "'case' on 3 September 2025 can't be skipped and also done or moved.",
            ),
        ]
        assert schedule.tally() == Tally(planned=4, done=0, skipped=0, open=4, moved=0)


class TestRun:
    @pytest.mark.parametrize(
        "plan",
        [None, {}, {"dry_run": {}}, {"dry_run": {"from": "2025-09-01"}}, {"items": {"case": {"date": "2025-09-01"}}}],
    )
    def test_not_said_yet(self, plan: dict[str, Any] | None) -> None:
        """No run, no schedule, nothing wrong: it is missing."""
        assert expand(None if plan is None else validate(Plan, plan)) == (Schedule(), ())

    def test_ends_before_it_starts(self) -> None:
        """There is no schedule; that the period is impossible is said where every period is."""
        plan = {"dry_run": {"from": "2025-09-02", "to": "2025-09-01"}}
        assert expand(validate(Plan, plan)) == (Schedule(), ())
        project, findings = read_project({"format": "1", "plan": plan})
        assert project is not None
        assert said(findings) == [
            (
                "error",
                "period-reversed",
                ("plan", "dry_run", "to"),
                "this ends on 2025-09-01, before it begins on 2025-09-02",
            )
        ]

    def test_a_run_of_eight_thousand_years(self) -> None:
        """Is shown for three, and said."""
        plan = validate(
            Plan, {"dry_run": {"from": "2025-09-01", "to": "9999-12-31"}, "items": {"case": {"every": "day"}}}
        )
        schedule, findings = expand(plan)
        assert len(schedule.days) == LONGEST_RUN
        just_so = validate(Plan, {"dry_run": {"from": "2025-09-01", "to": "2028-09-02"}})
        assert expand(just_so) == (Schedule(schedule.days, schedule.days_off), ())
        a_day_more = validate(Plan, {"dry_run": {"from": "2025-09-01", "to": "2028-09-03"}})
        assert [finding.code for finding in expand(a_day_more)[1]] == ["run-too-long"]
        assert said(findings) == [
            (
                "warning",
                "run-too-long",
                ("plan", "dry_run", "to"),
                "The dry run lasts over three years; the schedule goes no further than 2 September 2028.",
            )
        ]

    def test_a_run_of_one_day(self) -> None:
        """Is a run, of one week."""
        schedule, _ = expand(validate(Plan, {"dry_run": {"from": "2025-09-03", "to": "2025-09-03"}}))
        assert (schedule.days, schedule.weeks) == ((date(2025, 9, 3),), (date(2025, 9, 1),))

    def test_order(self) -> None:
        """By day, what has no time before what has, then by time and name; the order in the file does not matter."""
        items = {
            "late": {"date": "2025-09-02", "at": "15:30"},
            "b": {"date": "2025-09-02"},
            "a": {"date": "2025-09-02"},
            "early": {"date": "2025-09-02", "at": "00:00"},
            "before": {"date": "2025-09-01", "at": "23:59"},
        }
        expected = ["before", "a", "b", "early", "late"]
        schedule, _ = expand(a_plan(items))
        assert [found.item for found in schedule.occurrences] == expected
        assert expand(a_plan(dict(reversed(items.items())))) == (schedule, ())
        assert [found.item for found in schedule.on(date(2025, 9, 2))] == expected[1:]


september = st.dates(date(2025, 8, 25), date(2025, 10, 6)).map(str)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    def maybe(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(st.none() | strategy)

    items = {
        slug: {
            "kind": maybe(st.sampled_from(ItemKind)),
            "owner": maybe(st.sampled_from(["joost", "dewi"])),
            "date": maybe(september),
            "every": maybe(st.sampled_from(["day", "week", "2 weeks", "month", "3 days", "now and then"])),
            "day": maybe(st.lists(st.sampled_from([*WEEKDAYS, "saturday"]), max_size=3, unique=True)),
            "from": maybe(september),
            "on_holiday": maybe(st.sampled_from(["drop", "move"])),
            "minutes": maybe(st.integers(0, 90).map(str)),
            "count": maybe(st.integers(0, 4).map(str)),
        }
        for slug in draw(st.lists(st.sampled_from("abcdef"), unique=True))
    }
    entry = st.fixed_dictionaries(
        {"item": st.sampled_from("abcdef"), "date": september},
        optional={"done": st.booleans(), "skipped": st.just("ill"), "moved_to": september},
    )
    vacation = st.fixed_dictionaries(
        {}, optional={"from": september, "to": september, "people": st.lists(st.sampled_from(["joost", "dewi"]))}
    )
    return a_plan(
        items,
        quiet_days=draw(st.lists(september, max_size=6)),
        holidays={"dates": [{"date": day} for day in draw(st.lists(september, max_size=3))]},
        vacations=draw(st.lists(vacation, max_size=3)),
        log=draw(st.lists(entry, max_size=12)),
    )


def is_away(plan: Plan, person: str | None, day: date) -> bool:
    """Whether a vacation of this person, or of everybody, holds on a day."""
    return any(
        vacation.from_ and vacation.to and vacation.from_ <= day <= vacation.to
        for vacation in plan.vacations or []
        if not vacation.people or person in vacation.people
    )


@settings(max_examples=300, deadline=None)
@given(plans())
def test_laws(plan: Plan) -> None:
    """No item twice for a day, nothing recurring on a day off, every day and minute accounted for."""
    schedule, findings = expand(plan)
    assert expand(plan) == (schedule, findings)
    items = plan.items or {}

    planned = Counter((found.item, found.planned_for) for found in schedule.occurrences)
    assert set(planned.values()) <= {1}
    for found in schedule.occurrences:
        assert found.planned_for in schedule.days
        off = schedule.days_off.get(found.planned_for)
        item = items[found.item]
        if off in {DayOff.HOLIDAY, DayOff.QUIET, DayOff.VACATION} or is_away(plan, item.owner, found.planned_for):
            assert item.date == found.planned_for
            assert item.on_holiday is None
        if found.instead_of is not None:
            assert item.on_holiday == "move"
            assert found.planned_for > found.instead_of
    for dropped in schedule.dropped:
        assert dropped.day in schedule.days
        if dropped.because is DayOff.VACATION:
            assert is_away(plan, items[dropped.item].owner, dropped.day)
    for day, off in schedule.days_off.items():
        if off is DayOff.VACATION:
            assert is_away(plan, None, day)

    tally = schedule.tally()
    assert tally.planned == len(schedule.occurrences) == tally.done + tally.skipped + tally.open
    covered = {found.planned_for for found in schedule.occurrences}
    assert set(schedule.uncovered_days()) | (covered & set(schedule.working_days)) == set(schedule.working_days)
    assert not set(schedule.uncovered_days()) & covered
    owned = sum(found.minutes or 0 for found in schedule.occurrences if found.owner)
    weekly, monthly = minutes_per_week(schedule.occurrences), minutes_per_month(schedule.occurrences)
    assert sum(weekly.values()) == sum(monthly.values()) == owned
    assert all(week == monday(week) for _, week in weekly)
    for week, kinds in schedule.missing_kinds().items():
        there = {found.kind for found in schedule.occurrences if week <= found.planned_for < week + timedelta(7)}
        assert set(ItemKind) - there == set(kinds)


class TestVacations:
    """Somebody is away, or everybody."""

    ITEMS: ClassVar[dict[str, Any]] = {
        "case": {"every": "week", "day": "wednesday", "owner": "joost"},
        "note": {"every": "week", "day": "friday", "owner": "ruben", "on_holiday": "move"},
        "visit": {"date": "2025-09-10", "owner": "joost"},
    }

    def test_only_for_whom_it_is(self) -> None:
        """Joost's items drop while he is away, or move past it; the day is a working day for all others."""
        away = [{"people": "joost", "from": "2025-09-08", "to": "2025-09-12"}]
        schedule, findings = expand(a_plan({**self.ITEMS, "visit": {"date": "2025-09-15"}}, vacations=away))
        assert findings == ()
        assert [str(found.day) for found in schedule.occurrences if found.item == "case"] == [
            "2025-09-03",
            "2025-09-17",
            "2025-09-24",
        ]
        assert schedule.dropped == (Dropped(date(2025, 9, 10), "case", DayOff.VACATION),)
        assert DayOff.VACATION not in schedule.days_off.values()
        assert date(2025, 9, 10) in schedule.working_days

    def test_of_everybody(self) -> None:
        """Is off for every item, and no working day; what moves goes to the first day after it."""
        schedule, findings = expand(a_plan(self.ITEMS, vacations=[{"from": "2025-09-11", "to": "2025-09-14"}]))
        assert findings == ()
        assert [str(day) for day, off in schedule.days_off.items() if off is DayOff.VACATION] == [
            "2025-09-11",
            "2025-09-12",
        ]
        moved = [(str(found.instead_of), str(found.day)) for found in schedule.occurrences if found.instead_of]
        assert moved == [("2025-09-12", "2025-09-15")]
        assert date(2025, 9, 11) not in schedule.working_days

    def test_what_has_a_date_stays(self) -> None:
        """It was written for that day; whoever wrote it is told."""
        away = [{"people": ["joost"], "from": "2025-09-10", "to": "2025-09-10"}]
        schedule, findings = expand(a_plan(self.ITEMS, vacations=away))
        assert [str(found.day) for found in schedule.occurrences if found.item == "visit"] == ["2025-09-10"]
        assert said(findings) == [
            (
                "warning",
                "planned-on-day-off",
                ("plan", "items", "visit", "date"),
                "'visit' is planned for 10 September 2025, which is a day off.",
            )
        ]

    @pytest.mark.parametrize("vacation", [{}, {"from": "2025-09-10"}, {"from": "2025-09-12", "to": "2025-09-10"}])
    def test_without_days(self, vacation: dict[str, Any]) -> None:
        """A vacation that does not say from when to when is none."""
        assert expand(a_plan(self.ITEMS, vacations=[vacation])) == expand(a_plan(self.ITEMS))


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"every": "day", "times": "0"}, ("never", "times", "0 times is never, so 'case' does not happen.")),
        ({"every": "day", "count": "0"}, ("never", "count", "0 times is never, so 'case' does not happen.")),
        ({"every": "day", "minutes": "1560"}, ("more-than-a-day", "minutes", "'case' takes 26 hours in one day.")),
        (
            {"date": "2025-09-02", "minutes": "20", "count": "73"},
            ("more-than-a-day", "minutes", "'case' takes 24.33 hours in one day."),
        ),
        ({"every": "0 weeks"}, ("unknown-interval", "every", "'0 weeks' does not say how often.")),
    ],
)
def test_a_rule_that_cannot_be(item: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """Never, or longer than a day: an error at the line that says so."""
    _, findings = expand(a_plan({"case": item}))
    code, key, message = expected
    assert ("error", code, ("plan", "items", "case", key), message) in said(findings)
