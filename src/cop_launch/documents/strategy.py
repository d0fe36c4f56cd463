"""The strategy, for everyone who decides about it; and the request to IT and privacy that follows from it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from cop_launch.documents.budget import budget_lines, money
from cop_launch.documents.community import community, rounded
from cop_launch.documents.core_group import in_words, routes
from cop_launch.documents.decided import Who, who
from cop_launch.documents.rendering import render_template
from cop_launch.documents.support import group_size, total
from cop_launch.gates import Dossier
from cop_launch.locales import WEEKDAYS, Language, Message
from cop_launch.model.fields import NotApplicable
from cop_launch.model.strategy import Channel, ChannelKind, Cycle, Goal, Library, Meeting, MeetingKind, Strategy
from cop_launch.phases.strategy import BUDGET_LINES
from cop_launch.records import Record
from cop_launch.schedule.recurrence import read_interval

DAYS = {day.text.casefold(): day for day in WEEKDAYS}
DAY = 24 * 60
"""In minutes: what lasts longer has no end on a clock."""


class GoalRow(Record):
    """A goal with where it stands: a baseline that is known, that was read on a day, or how it will be taken."""

    goal: Goal
    baseline: str | None
    read_on: date | None
    why_none: str | None
    """Why there is no baseline here."""


class ChannelRow(Record):
    """A channel with the goals that it serves, in words."""

    name: str
    kind: ChannelKind | None
    rooms: tuple[str, ...]
    goals: tuple[str, ...]
    approved: date | None
    why_no_approval: str | None


class MeetingRow(Record):
    """A meeting with its rhythm: so many of a unit where that can be read, else as it is written."""

    name: str
    kind: MeetingKind | None
    number: int | None
    unit: str | None
    every: str | None
    weekday: Message | None
    day: str | None
    begins: str | None
    ends: str | None
    where: str | None
    goals: tuple[str, ...]


class TaskRow(Record):
    """A task with who does it."""

    task: str
    expertise: str | None
    who: Who | None
    hours: Decimal | None


class Load(Record):
    """The hours a week that somebody's tasks take beside those that there are."""

    who: Who
    needed: Decimal
    there: Decimal | None
    fits: bool


class Answer(Record):
    """What somebody who has a say answered: agreed on a day, has no say here, or has not been asked."""

    agreed: date | None
    why_not: str | None


def strategy(dossier: Dossier, language: Language) -> str:
    """Mission, goals, means, rhythm, staffing, money and what is measured, as Markdown."""
    project, answers = dossier.project, _answers(dossier)
    manager, budget = answers.manager, answers.budget
    privacy, horizon, library = answers.privacy, answers.horizon, answers.library or Library()
    return render_template(
        "strategy",
        language,
        community=community(dossier),
        goals=_goals(dossier),
        channels=channels(dossier),
        meetings=_meetings(dossier, language),
        library=library,
        keeper=who(dossier, library.keeper),
        manager=who(dossier, manager.person if manager else None),
        deputy=who(dossier, manager.deputy if manager else None),
        tasks=_tasks(dossier),
        loads=_loads(dossier),
        culture=project.organisation.sharing_culture if project.organisation else None,
        routes=routes(dossier),
        budget=budget,
        lines=budget_lines(budget),
        unbudgeted=[line for line in BUDGET_LINES if line not in ((budget.lines if budget else None) or {})],
        total=total(budget),
        money=money(dossier),
        approved_by=who(dossier, budget.approved.by if budget and budget.approved else None),
        indicators={cycle.value: _indicators(answers, cycle) for cycle in Cycle},
        officer=_answer(privacy.officer if privacy else None),
        works_council=_answer(privacy.works_council if privacy else None),
        privacy_note=privacy.note if privacy else None,
        horizon=horizon,
        horizon_by=who(dossier, horizon.by if horizon else None),
        names=answers.names or [],
        decided_with=answers.decided_with or [],
    )


def it_and_privacy(dossier: Dossier, language: Language) -> str:
    """The request to IT, the privacy officer and the works council, as Markdown."""
    project, answers = dossier.project, _answers(dossier)
    core, launch, privacy = project.core_group, project.launch, answers.privacy
    digital = [row for row in channels(dossier) if row.kind is not ChannelKind.PHYSICAL]
    officer = _answer(privacy.officer if privacy else None)
    works_council = _answer(privacy.works_council if privacy else None)
    register = launch.member_register if launch else None
    manager = answers.manager
    return render_template(
        "it-and-privacy",
        language,
        community=community(dossier),
        size=group_size(dossier),
        channels=digital,
        manager=who(dossier, manager.person if manager else None),
        deputy=who(dossier, manager.deputy if manager else None),
        managers_in=core.safe_to_share.managers if core and core.safe_to_share else None,
        register_at=register.where if register else None,
        register_kept_by=who(dossier, register.keeper if register else None),
        library_at=answers.library.where if answers.library else None,
        officer=officer,
        works_council=works_council,
        privacy_note=privacy.note if privacy else None,
        begins=project.plan.dry_run.from_ if project.plan and project.plan.dry_run else None,
        waiting=not digital
        or any(not row.approved and not row.why_no_approval for row in digital)
        or any(not one.agreed and not one.why_not for one in (officer, works_council)),
    )


def channels(dossier: Dossier) -> list[ChannelRow]:
    """The channels in the order of the file."""
    answers = _answers(dossier)
    return [_channel(answers, slug, channel) for slug, channel in (answers.channels or {}).items()]


def _answers(dossier: Dossier) -> Strategy:
    return dossier.project.strategy or Strategy()


def _goals(dossier: Dossier) -> list[GoalRow]:
    plan = dossier.project.plan
    rows = []
    for slug, goal in (_answers(dossier).goals or {}).items():
        baseline, reading = goal.baseline, ((plan.baselines if plan else None) or {}).get(slug)
        if isinstance(baseline, NotApplicable):
            rows.append(GoalRow(goal, None, None, baseline.not_applicable))
        elif baseline is None and reading and reading.value:
            rows.append(GoalRow(goal, reading.value, reading.date, None))
        else:
            rows.append(GoalRow(goal, baseline, None, None))
    return rows


def _served(answers: Strategy, slugs: list[str] | None) -> tuple[str, ...]:
    goals = answers.goals or {}
    return tuple((goals[slug].goal if slug in goals else None) or in_words(slug) for slug in slugs or [])


def _channel(answers: Strategy, slug: str, channel: Channel) -> ChannelRow:
    said = _answer(channel.approved_by_it)
    return ChannelRow(
        channel.name or in_words(slug),
        channel.kind,
        tuple(channel.rooms or []),
        _served(answers, channel.goals),
        said.agreed,
        said.why_not,
    )


def _meetings(dossier: Dossier, language: Language) -> list[MeetingRow]:
    answers = _answers(dossier)
    return [_meeting(answers, slug, meeting, language) for slug, meeting in (answers.meetings or {}).items()]


def _meeting(answers: Strategy, slug: str, meeting: Meeting, language: Language) -> MeetingRow:
    interval = read_interval(meeting.every) if meeting.every else None
    weekday = DAYS.get((meeting.day or "").strip().casefold())
    ends = None
    if meeting.at and meeting.minutes and meeting.minutes < DAY:
        ends = (datetime.combine(date(2000, 1, 1), meeting.at) + timedelta(minutes=meeting.minutes)).time()
    return MeetingRow(
        name=meeting.name or in_words(slug),
        kind=meeting.kind,
        number=interval[0] if interval else None,
        unit=interval[1].value if interval else None,
        every=meeting.every,
        weekday=weekday,
        day=None if weekday else meeting.day,
        begins=_said(meeting.at, language),
        ends=_said(ends, language),
        where=meeting.where,
        goals=_served(answers, meeting.goals),
    )


def _said(at: time | None, language: Language) -> str | None:
    return language.clock(at) if at else None


def _tasks(dossier: Dossier) -> list[TaskRow]:
    return [
        TaskRow(task.task or in_words(slug), task.expertise, who(dossier, task.person), task.hours_per_week)
        for slug, task in (_answers(dossier).tasks or {}).items()
    ]


def _loads(dossier: Dossier) -> list[Load]:
    needed: dict[str, Fraction] = defaultdict(Fraction)
    for task in (_answers(dossier).tasks or {}).values():
        if task.person is not None and task.hours_per_week is not None:
            needed[task.person] += Fraction(task.hours_per_week)
    loads = []
    for slug, hours in needed.items():
        there = dossier.hours_per_week(slug)
        shown = None if there is None else rounded(there)
        fits = there is not None and hours <= there
        loads.append(Load(who(dossier, slug) or Who(None, None), rounded(hours), shown, fits))
    return loads


def _indicators(answers: Strategy, cycle: Cycle) -> list[str]:
    return [goal.indicator for goal in (answers.goals or {}).values() if goal.cycle is cycle and goal.indicator]


def _answer(said: date | NotApplicable | None) -> Answer:
    if isinstance(said, NotApplicable):
        return Answer(None, said.not_applicable)
    return Answer(said, None)
