"""Whether the plan fits: said at the lines where it does not, with the arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.schedule.days import expand, monday
from cop_launch.schedule.fit import loads, misfits

RUN = {"from": "2025-09-01", "to": "2025-09-26"}
PEOPLE = {
    "marloes": {"name": "Marloes", "hours_per_week": "8"},
    "joost": {"name": "Joost", "hours_per_month": "4"},
    "hatice": {"name": "Hatice"},
}


def a_project(items: dict[str, Any], **rest: Any) -> Project:
    """Four weeks in September with these items."""
    return validate(Project, {"people": PEOPLE, "plan": {"dry_run": RUN, "items": items}, **rest})


def found(project: Project, *codes: str) -> list[tuple[str, tuple[str | int, ...], str]]:
    """What is said, where, as people read it; of these codes, or of all but the gaps."""
    schedule, _ = expand(project.plan)
    return [
        (one.severity.value, one.path, str(one.message))
        for one in misfits(project, schedule, loads(project, schedule), Fraction(1))
        if (one.code in codes if codes else one.code not in {"uncovered-days", "one-sided-week"})
    ]


MESSAGES = {"what": "personal messages", "kind": "member", "every": "day", "owner": "marloes", "minutes": "20"}
MEETING = {"kind": "interaction", "live": "true", "every": "2 weeks", "day": "tuesday", "owner": "marloes"}


def test_a_week_that_fits() -> None:
    """Exactly the hours that there are is not too much."""
    items = {"messages": {**MESSAGES, "count": "4"}, "talk": {**MEETING, "minutes": "80"}}
    assert found(a_project(items)) == []


def test_a_week_too_full() -> None:
    """At each line that fills it: the largest with the whole sum, the others with their own part."""
    items = {
        "messages": {**MESSAGES, "count": "4"},
        "talk": {**MEETING, "what": "conversation hour", "minutes": "120"},
        "visit": {"kind": "member", "date": "2025-09-17", "owner": "marloes", "minutes": "30"},
        "case": {"kind": "content", "every": "week", "day": "monday", "owner": "joost", "minutes": "30"},
    }
    assert found(a_project(items)) == [
        (
            "warning",
            ("plan", "items", "messages", "minutes"),
            "Marloes, week of 15 September 2025: 9.17 of 8 hours: personal messages 6.67 h, conversation hour 2 h "
            "and visit 0.5 h",
        ),
        (
            "warning",
            ("plan", "items", "talk", "minutes"),
            "'talk' takes 2 of the 9.17 hours that Marloes is planned for in the week of 15 September 2025, and has 8",
        ),
        (
            "warning",
            ("plan", "items", "visit", "minutes"),
            "'visit' takes 0.5 of the 9.17 hours that Marloes is planned for in the week of 15 September 2025, and "
            "has 8",
        ),
    ]


def test_a_month_too_full() -> None:
    """Who has hours a month is counted by the month; a long list ends in a sum."""
    items = {
        f"case-{number}": {"kind": "content", "every": "week", "day": "monday", "owner": "joost", "minutes": "10"}
        for number in range(8)
    }
    first = found(a_project(items))[0]
    assert first == (
        "warning",
        ("plan", "items", "case-0", "minutes"),
        "Joost, month from 1 September 2025: 5.33 of 4 hours: case-0 0.67 h, case-1 0.67 h, case-2 0.67 h, "
        "case-3 0.67 h, case-4 0.67 h and the rest 2 h",
    )


def test_more_than_a_day() -> None:
    """Twenty-six hours on one day cannot be, by two items that could each."""
    items = {
        "a": {"kind": "member", "date": "2025-09-02", "owner": "hatice", "minutes": "780"},
        "b": {"kind": "member", "date": "2025-09-02", "owner": "hatice", "minutes": "780"},
    }
    assert found(a_project(items), "more-than-a-day") == [
        (
            "error",
            ("plan", "items", "b", "minutes"),
            "Hatice has 26 hours planned on 2 September 2025: a 13 h and b 13 h",
        )
    ]


def test_an_owner_without_hours() -> None:
    """Said once, where the hours are missing."""
    items = {
        "call": {"kind": "member", "every": "week", "day": "monday", "owner": "hatice", "minutes": "20"},
        "thanks": {"kind": "member", "every": "week", "day": "friday", "owner": "hatice", "minutes": "10"},
    }
    assert found(a_project(items)) == [
        (
            "warning",
            ("people", "hatice"),
            "2 hours are planned for Hatice, and nobody wrote down how many there are",
        )
    ]


def test_too_much_mail() -> None:
    """At each mail of a week with more than the limit."""
    mail = {"kind": "content", "mail": "true"}
    items = {
        "weekly": {**mail, "every": "week", "day": "monday"},
        "call": {**mail, "date": "2025-09-10"},
        "quiet": {**mail, "date": "2025-10-10"},
    }
    said = "2 mails to all members in the week of 8 September 2025, this one among them; the limit is 1"
    assert found(a_project(items)) == [
        ("warning", ("plan", "items", "weekly", "mail"), said),
        ("warning", ("plan", "items", "call", "mail"), said),
    ]


def test_asking_nobody() -> None:
    """Everyone is nobody; no name at all is worth a note; together at one time nobody has to be asked."""
    ask = {"kind": "interaction", "every": "week", "day": "monday"}
    items = {
        "a": {**ask, "asks": "iedereen"},
        "b": ask,
        "c": {**ask, "live": "true"},
        "d": {**ask, "asks": "Hatice"},
    }
    assert found(a_project(items)) == [
        ("warning", ("plan", "items", "a", "asks"), "'a' asks everyone, and so nobody"),
        ("note", ("plan", "items", "b"), "'b' does not say whom it asks"),
    ]


def test_a_theme_without_a_need() -> None:
    """Said at the theme."""
    items = {
        "a": {"kind": "content", "date": "2025-09-02", "theme": "no"},
        "b": {"kind": "content", "date": "2025-09-03", "theme": "no"},
        "c": {"kind": "content", "date": "2025-09-04", "theme": "yes"},
    }
    themes = {"no": {"title": "No"}, "yes": {"needs": ["n"]}, "unused": {}}
    assert found(a_project(items, concept_test={"themes": themes})) == [
        (
            "warning",
            ("concept_test", "themes", "no"),
            "2 items of the plan are about 'no', and no need stands behind it",
        )
    ]


def test_a_meeting_called_a_course() -> None:
    """At its name, or at its key where that is its name."""
    items = {"a": {"what": "Trainers vertellen", "date": "2025-09-02"}, "cursus": {"date": "2025-09-03"}}
    meetings = {"hour": {"name": "Course hour"}, "les": {}}
    items["b"] = {"what": "Trainingen", "date": "2025-09-03"}
    assert [(path, said) for _, path, said in found(a_project(items, strategy={"meetings": meetings}))] == [
        (("strategy", "meetings", "hour", "name"), "'Course hour' sounds like a course"),
        (("strategy", "meetings", "les"), "'les' sounds like a course"),
        (("plan", "items", "cursus"), "'cursus' sounds like a course"),
        (("plan", "items", "b", "what"), "'Trainingen' sounds like a course"),
    ]


def test_gaps() -> None:
    """Days with nothing and weeks that lack a kind, each said once."""
    items = {"a": {"kind": "content", "every": "week", "day": ["monday", "tuesday", "wednesday", "thursday"]}}
    assert found(a_project(items), "uncovered-days", "one-sided-week") == [
        (
            "note",
            ("plan", "items"),
            "4 of 20 working days have nothing planned, the first is 5 September 2025",
        ),
        (
            "note",
            ("plan", "items"),
            "4 weeks are one-sided; that of 1 September 2025 lacks interaction and attention to members",
        ),
    ]


def test_nothing_planned_is_nothing_wrong() -> None:
    """The criteria ask for a plan; a file without one is not wrong."""
    for plan in ({}, {"dry_run": RUN}, {"dry_run": RUN, "items": "none"}):
        assert found(validate(Project, {"plan": plan}), "uncovered-days", "one-sided-week") == []


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.fixed_dictionaries(
            {
                "owner": st.sampled_from([*PEOPLE, "nobody"]),
                "every": st.sampled_from(["day", "week", "2 weeks"]),
                "from": st.sampled_from(["2025-09-01", "2025-09-11"]),
                "minutes": st.integers(0, 400).map(str),
            }
        ),
    )
)
def test_every_minute_is_in_one_load(items: dict[str, Any]) -> None:
    """The loads add up to what is planned, and somebody is over exactly where a line is warned about."""
    project = a_project(items)
    schedule, _ = expand(project.plan)
    counted = loads(project, schedule)
    assert sum(load.planned for load in counted) == Fraction(sum(o.minutes or 0 for o in schedule.occurrences), 60)
    assert all(load.start == (load.start.replace(day=1) if load.monthly else monday(load.start)) for load in counted)
    over = {slug for load in counted if load.over for slug, minutes in load.items if minutes}
    assert {path[2] for _, path, _ in found(project, "overfull")} == over


@pytest.mark.parametrize("limit", [1, 2])
def test_the_limit_of_mail_is_the_projects(limit: int) -> None:
    """A threshold of the project's own counts here too."""
    items = {"a": {"mail": "true", "date": "2025-09-02"}, "b": {"mail": "true", "date": "2025-09-03"}}
    project = a_project(items)
    schedule, _ = expand(project.plan)
    said = [
        one.code
        for one in misfits(project, schedule, loads(project, schedule), Fraction(limit))
        if one.code == "too-much-mail"
    ]
    assert len(said) == (2 if limit == 1 else 0)
