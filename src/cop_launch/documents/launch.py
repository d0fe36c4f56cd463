"""What people need at the launch and after it: the launch kit, the community manager's guide, the hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from cop_launch.documents.after_launch import told
from cop_launch.documents.community import community, core_members, hours_of
from cop_launch.documents.core_group import in_words, routes
from cop_launch.documents.decided import Who, who
from cop_launch.documents.rendering import on_one_line, render_template
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.core_group import Agreement, Agreements, CoreGroup, Safety
from cop_launch.model.launch import Basis, ContactList, Launch, MemberRegister, SponsorReports, Wave, Welcome
from cop_launch.model.plan import ItemKind, NewcomerPage, Plan, Weekday
from cop_launch.model.review import Review
from cop_launch.model.strategy import Manager, NameStatus, Strategy
from cop_launch.records import Record
from cop_launch.schedule.recurrence import Unit, read_interval

RULES_IN_A_WELCOME = 3


class Invited(Record):
    """A list of people who may be written to, by its name."""

    name: str
    basis: Basis | None
    opt_out: str | None
    proof: str | None


class Interval(Record):
    """How often something comes back; the words of the file where it says so in another way."""

    every: int | None
    unit: Unit | None
    words: str


class Recurring(Record):
    """Something that comes back in the plan."""

    what: str
    kind: ItemKind | None
    owner: Who | None
    days: tuple[Weekday, ...]
    often: Interval
    at: time | None
    minutes: int | None
    """Of the owner's time each time: minutes times count."""
    channel: str | None


class Meets(Record):
    """A meeting that comes back. The day is a weekday where the file names one, else its words."""

    name: str
    often: Interval | None
    day: Weekday | str | None
    at: time | None
    minutes: int | None
    where: str | None


class Work(Record):
    """A task, who does it, and the hours a week that it takes."""

    task: str
    by: Who | None
    hours: Decimal | None
    expertise: str | None
    own: bool
    """Whether the community manager does it."""


def launch_kit(dossier: Dossier, language: Language) -> str:
    """The texts with which people are invited and welcomed, and when each wave goes out; as Markdown."""
    project, launch = dossier.project, _launch(dossier)
    plan, welcome = project.plan or Plan(), launch.welcome or Welcome()
    waves = _waves(launch)
    sizes = [wave.people for wave in waves if wave.people]
    minutes = welcome.minutes * max(sizes) if welcome.minutes and sizes else None
    stories = told(dossier, [*(plan.stories or []), *(one for each in _reviews(dossier) for one in each.stories or [])])
    return render_template(
        "launch-kit",
        language,
        community=community(dossier),
        waves=waves,
        invited=sum(sizes) if sizes and len(sizes) == len(waves) else None,
        lists=_lists(launch),
        page=plan.newcomer_page or NewcomerPage(),
        live=launch.newcomer_page,
        welcomers=people_of(dossier, welcome.people),
        within_days=welcome.working_days,
        minutes=welcome.minutes,
        largest=max(sizes, default=None),
        welcome_hours=Decimal(round(minutes / 60 * 10)).scaleb(-1) if minutes else None,
        rules=rules_of(dossier)[:RULES_IN_A_WELCOME],
        safety=_core_group(dossier).safe_to_share or Safety(),
        routes=routes(dossier),
        meetings=meetings_of(dossier),
        leaders=launch.leaders,
        word_spread=launch.word_spread or [],
        story=stories[0] if stories else None,
        results=plan.results,
        dry_run=plan.dry_run,
        circles=launch.circles,
    )


def manager_guide(dossier: Dossier, language: Language) -> str:
    """The week of the community manager: what, when and how much time; as Markdown."""
    launch, strategy = _launch(dossier), _strategy(dossier)
    manager = strategy.manager or Manager()
    welcome = launch.welcome or Welcome()
    tasks = _tasks(dossier)
    own = [task.hours for task in tasks if task.own]
    return render_template(
        "community-manager-guide",
        language,
        community=community(dossier),
        manager=who(dossier, manager.person),
        hours=hours_of(dossier, manager.person),
        deputy=who(dossier, manager.deputy),
        deputy_hours=hours_of(dossier, manager.deputy),
        tasks=tasks,
        hours_in_tasks=sum((one for one in own if one is not None), Decimal(0)) if own and None not in own else None,
        recurring=_recurring(dossier),
        meetings=meetings_of(dossier),
        channels=[channel for channel in (strategy.channels or {}).values() if channel.name],
        routes=routes(dossier),
        rules=rules_of(dossier),
        welcomers=people_of(dossier, welcome.people),
        within_days=welcome.working_days,
        minutes=welcome.minutes,
        bridge=who(dossier, launch.ideas.bridge if launch.ideas else None),
        ideas_every=launch.ideas.every if launch.ideas else None,
        feedback=launch.feedback,
        reports=launch.sponsor_reports or SponsorReports(),
        author=who(dossier, launch.sponsor_reports.by if launch.sponsor_reports else None),
        reviews=sorted(launch.reviews_planned or []),
        register=launch.member_register or MemberRegister(),
        keeper=who(dossier, launch.member_register.keeper if launch.member_register else None),
        thanks=_core_group(dossier).thanks,
        curator=who(dossier, dossier.project.plan.curator if dossier.project.plan else None),
        library=strategy.library,
    )


def hand_over(dossier: Dossier, language: Language) -> str:
    """What a successor needs to go on the next day, as Markdown."""
    project, launch, strategy = dossier.project, _launch(dossier), _strategy(dossier)
    manager, answers = strategy.manager or Manager(), _core_group(dossier)
    welcome, reviews = launch.welcome or Welcome(), _reviews(dossier)
    successor = (reviews[-1].successor if reviews else None) or (
        launch.succession.person if launch.succession else None
    )
    rules, managers = rules_of(dossier), (answers.safe_to_share or Safety()).managers
    meetings = meetings_of(dossier)
    met = {meeting.name.casefold() for meeting in meetings}
    last = max((one.date for one in reviews if one.date), default=None)
    return render_template(
        "hand-over",
        language,
        community=community(dossier),
        manager=who(dossier, manager.person),
        deputy=who(dossier, manager.deputy),
        sponsor=who(dossier, answers.sponsor.person if answers.sponsor else None),
        members=core_members(dossier),
        curator=who(dossier, project.plan.curator if project.plan else None),
        welcomers=people_of(dossier, welcome.people),
        channels=[channel for channel in (strategy.channels or {}).values() if channel.name],
        claimed=[
            name for name in strategy.names or [] if name.channel and name.name and name.status is NameStatus.FREE
        ],
        library=strategy.library,
        library_keeper=who(dossier, strategy.library.keeper if strategy.library else None),
        meetings=meetings,
        recurring=[one for one in _recurring(dossier) if one.what.casefold() not in met],
        rules=rules,
        managers=None if already_says(rules, managers) else managers,
        managers_open=not managers,
        privacy=strategy.privacy,
        tasks=_tasks(dossier),
        routes=routes(dossier),
        register=launch.member_register or MemberRegister(),
        keeper=who(dossier, launch.member_register.keeper if launch.member_register else None),
        reports=launch.sponsor_reports or SponsorReports(),
        author=who(dossier, launch.sponsor_reports.by if launch.sponsor_reports else None),
        budget=strategy.budget,
        horizon=strategy.horizon,
        waves=[wave for wave in _waves(launch) if wave.date and (last is None or wave.date > last)],
        reviews=[day for day in sorted(launch.reviews_planned or []) if last is None or day > last],
        reviewed=last,
        changes=(reviews[-1].changes if reviews else None) or [],
        learned=(project.plan.results.learned if project.plan and project.plan.results else None) or [],
        successor=who(dossier, successor),
        succession_how=launch.succession.how if launch.succession else None,
        open=_open(dossier, last),
    )


def _open(dossier: Dossier, last_review: date | None) -> list[str]:
    """What a successor has to find out or agree on, by the names that the template has words for."""
    launch, strategy, answers = _launch(dossier), _strategy(dossier), _core_group(dossier)
    budget, ahead = (
        strategy.budget,
        [day for day in launch.reviews_planned or [] if not last_review or day > last_review],
    )
    holes = {
        "deputy": not (strategy.manager and strategy.manager.deputy),
        "sponsor": not (answers.sponsor and answers.sponsor.person),
        "budget": not (budget and budget.approved and budget.approved.date),
        "register": not (launch.member_register and launch.member_register.keeper),
        "welcome": not (launch.welcome and launch.welcome.people),
        "ideas": not (launch.ideas and launch.ideas.bridge),
        "reviews": not ahead,
        "succession": not (launch.succession and launch.succession.person),
    }
    return [name for name, is_open in holes.items() if is_open]


def _launch(dossier: Dossier) -> Launch:
    return dossier.project.launch or Launch()


def _strategy(dossier: Dossier) -> Strategy:
    return dossier.project.strategy or Strategy()


def _core_group(dossier: Dossier) -> CoreGroup:
    return dossier.project.core_group or CoreGroup()


def _reviews(dossier: Dossier) -> Sequence[Review]:
    return dossier.project.reviews or []


def _waves(launch: Launch) -> list[Wave]:
    """The waves that say anything, by day; those without one last."""
    said = [wave for wave in launch.waves or [] if wave.date or wave.people or wave.how]
    return sorted(said, key=lambda wave: wave.date or date.max)


def _lists(launch: Launch) -> list[Invited]:
    lists: dict[str, ContactList] = launch.lists or {}
    return [Invited(in_words(slug), one.basis, one.opt_out, one.proof) for slug, one in lists.items()]


def people_of(dossier: Dossier, slugs: Sequence[str] | None) -> list[Who]:
    """Those people, as documents tell them."""
    return [found for slug in slugs or [] if (found := who(dossier, slug))]


def rules_of(dossier: Dossier) -> list[str]:
    """The house rules, in the order of the file."""
    agreements = _core_group(dossier).agreements or Agreements()
    return list((agreements.house_rules or Agreement()).text or [])


def already_says(rules: Sequence[str], text: str | None) -> bool:
    """Whether one of the rules says this already."""
    looked_for = on_one_line(text or "").casefold().rstrip(".")
    return any(looked_for in on_one_line(rule).casefold() for rule in rules)


def _interval(written: str) -> Interval:
    read = read_interval(written)
    return Interval(*read, written) if read else Interval(None, None, written)


def _recurring(dossier: Dossier) -> list[Recurring]:
    """The plan items that come back, each once: by the first weekday on which they fall, then as in the file."""
    channels = _strategy(dossier).channels or {}
    week = list(Weekday)
    found: dict[tuple[object, ...], Recurring] = {}
    for slug, item in ((dossier.project.plan.items if dossier.project.plan else None) or {}).items():
        if item.every is None:
            continue
        channel = channels.get(item.channel or "")
        days = tuple(sorted(item.day or [], key=week.index))
        minutes = item.minutes * (item.count or 1) if item.minutes is not None else None
        one = Recurring(
            what=item.what or in_words(slug),
            kind=item.kind,
            owner=who(dossier, item.owner),
            days=days,
            often=_interval(item.every),
            at=item.at,
            minutes=minutes,
            channel=channel.name if channel else None,
        )
        found.setdefault((one.what, item.owner, days, item.every, item.at), one)
    return sorted(found.values(), key=lambda one: week.index(one.days[0]) if one.days else len(week))


def meetings_of(dossier: Dossier) -> list[Meets]:
    """The meetings that come back, in the order of the file."""
    found = []
    for slug, meeting in (_strategy(dossier).meetings or {}).items():
        day = meeting.day
        found.append(
            Meets(
                name=meeting.name or in_words(slug),
                often=_interval(meeting.every) if meeting.every else None,
                day=Weekday(day) if day in list(Weekday) else day,
                at=meeting.at,
                minutes=meeting.minutes,
                where=meeting.where,
            )
        )
    return found


def _tasks(dossier: Dossier) -> list[Work]:
    strategy = _strategy(dossier)
    manager = strategy.manager.person if strategy.manager else None
    return [
        Work(
            task=task.task or in_words(slug),
            by=who(dossier, task.person),
            hours=task.hours_per_week,
            expertise=task.expertise,
            own=manager is not None and task.person == manager,
        )
        for slug, task in (strategy.tasks or {}).items()
    ]
