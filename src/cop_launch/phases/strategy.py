"""Phase 4, strategy: what for, and with what?"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from cop_launch.gates import (
    Dossier,
    Effort,
    Level,
    Outcome,
    PhaseGate,
    Unit,
    criterion,
    met,
    missing,
    not_applicable,
    number_of,
    share_of,
    unmet,
)
from cop_launch.locales import Message, msg, nmsg
from cop_launch.model.core_group import Party
from cop_launch.model.decision import Gate, Result
from cop_launch.model.fields import NotApplicable
from cop_launch.model.strategy import (
    Budget,
    Channel,
    ChannelKind,
    Cycle,
    Goal,
    Meeting,
    MeetingKind,
    NameStatus,
    Strategy,
)

BUDGET_LINES = ("manager", "events", "travel", "accommodation")
"""What a budget names at least. Source: learning-community."""

_SENTENCE_ENDS = re.compile(r"(?:[!?]|\w{3}\.)[.!?]*[\"'”’»)]*\s+[\"'“‘«(]*(\w)")
"""The end of a sentence and the first letter of the next; a point after one or two letters is an abbreviation."""


def _strategy(d: Dossier) -> Strategy:
    return d.project.strategy or Strategy()


@criterion(
    Level.REQUIRED,
    reads="strategy.mission",
    sources="learning-community six-steps",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def mission_in_one_sentence(d: Dossier) -> Outcome:
    """Mission in one sentence

    Members who can repeat what the community is for can also decide what fits it. A clear mission is what every
    community that develops well has in common; a page of text is not one.

    Write in `mission`, in one sentence, whom you help with what, and what gets better by it.
    """
    mission = _strategy(d).mission
    if mission is None:
        return missing(msg("there is no mission yet"))
    more = sum(found[1].isupper() for found in _SENTENCE_ENDS.finditer(mission))
    if more:
        return unmet(
            msg("the mission has {n} sentences", n=more + 1), msg("keep the sentence that members would say themselves")
        )
    return met(msg("the mission is one sentence: {mission}", mission=mission))


@criterion(
    Level.REQUIRED,
    reads="strategy.goals.*.indicator strategy.goals.*.baseline strategy.goals.*.baseline_by strategy.goals.*.target "
    "strategy.goals.*.cycle",
    sources="value-cycles learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def goals_measurable(d: Dossier) -> Outcome:
    """Goals can be measured

    Sooner or later the sponsor asks what it yields. You can only answer when each goal says by what you see it, where
    it stands now, where it should be, and in which value cycle that lies.

    Give each goal an `indicator`, a `target`, a `cycle` and a `baseline`, or say in `baseline_by` how and when it is
    taken.
    """
    goals = _strategy(d).goals
    if goals is None:
        return missing(msg("there are no goals yet"))
    if not goals:
        return unmet(msg("the community has no goals"))
    lacking = {slug: parts for slug, goal in goals.items() if (parts := _lacking(goal))}
    if not lacking:
        return met(
            nmsg(
                "the goal has an indicator, a baseline, a target and a value cycle",
                "all {n} goals have an indicator, a baseline, a target and a value cycle",
                len(goals),
            )
        )
    first, parts = next(iter(lacking.items()))
    return missing(
        nmsg(
            "one of {total} goals is incomplete: {goals:list}",
            "{n} of {total} goals are incomplete: {goals:list}",
            len(lacking),
            total=len(goals),
            goals=list(lacking),
        ),
        msg("add to {goal}: {parts:list}", goal=first, parts=parts),
        path=("strategy", "goals", first),
    )


def _lacking(goal: Goal) -> list[Message]:
    lacks = []
    if goal.indicator is None:
        lacks.append(msg("an indicator"))
    if goal.baseline is None and goal.baseline_by is None:
        lacks.append(msg("a baseline"))
    if goal.target is None:
        lacks.append(msg("a target"))
    if goal.cycle is None:
        lacks.append(msg("a value cycle"))
    return lacks


@criterion(
    Level.REQUIRED,
    reads="strategy.channels.*.goals strategy.meetings.*.goals",
    sources="six-steps",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def means_serve_goals(d: Dossier) -> Outcome:
    """Means serve the goals

    Means are chosen because they help to reach what the community is for, not because they happen to be there. A
    channel or meeting that serves no goal only asks for attention.

    Write in `goals` of each channel and meeting what it is for, and drop what serves none.
    """
    strategy = _strategy(d)
    means: list[tuple[str, Channel | Meeting]] = [
        *(strategy.channels or {}).items(),
        *(strategy.meetings or {}).items(),
    ]
    if not means and (strategy.channels is None or strategy.meetings is None):
        return missing(msg("there are no channels and no meetings yet"))
    if not means:
        return unmet(msg("the community has no channels and no meetings"))
    idle = [slug for slug, mean in means if mean.goals == []]
    if idle:
        return unmet(
            nmsg(
                "one of {total} channels and meetings serves no goal: {means:list}",
                "{n} of {total} channels and meetings serve no goal: {means:list}",
                len(idle),
                total=len(means),
                means=idle,
            )
        )
    unsaid = [slug for slug, mean in means if mean.goals is None]
    if unsaid:
        return missing(
            nmsg(
                "one of {total} channels and meetings does not say which goal it serves: {means:list}",
                "{n} of {total} channels and meetings do not say which goal they serve: {means:list}",
                len(unsaid),
                total=len(means),
                means=unsaid,
            )
        )
    return met(
        nmsg(
            "the only channel or meeting serves a goal",
            "all {n} channels and meetings serve a goal",
            len(means),
        )
    )


@criterion(
    Level.REQUIRED,
    reads="strategy.channels.*.kind strategy.meetings.*.kind",
    sources="six-steps learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def digital_and_physical(d: Dossier) -> Outcome:
    """Online and on the spot

    People get to trust each other when they meet, and stay in touch through what is online. A community needs both
    digital channels and ways to see each other.

    Add a channel or meeting of the kind that is lacking, `digital` or `online` and `physical`.
    """
    strategy = _strategy(d)
    channels = [channel.kind for channel in (strategy.channels or {}).values()]
    meetings = [meeting.kind for meeting in (strategy.meetings or {}).values()]
    online = ChannelKind.DIGITAL in channels or MeetingKind.ONLINE in meetings
    physical = ChannelKind.PHYSICAL in channels or MeetingKind.PHYSICAL in meetings
    if online and physical:
        return met(msg("people can find each other online and on the spot"))
    open_still = strategy.channels is None or strategy.meetings is None or None in channels or None in meetings
    if online:
        saw, todo = msg("people can find each other online, but not on the spot"), msg("add a meeting on the spot")
    elif physical:
        saw, todo = msg("people can find each other on the spot, but not online"), msg("add a digital channel")
    elif open_still:
        saw, todo = msg("no channel or meeting says whether it is online or on the spot"), None
    else:
        saw, todo = msg("the community has no channels and no meetings"), None
    return missing(saw, todo) if open_still else unmet(saw, todo)


@criterion(
    Level.REQUIRED,
    reads="strategy.budget.lines strategy.budget.reasons strategy.budget.approved.by strategy.budget.approved.date",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def budget_approved(d: Dossier) -> Outcome:
    """Budget approved

    A community need not cost much, but it does cost something: someone who manages it, events, travel and now and then
    a night away. Without a secured budget the first expense becomes a discussion.

    Fill the lines manager, events, travel and accommodation, give a reason for each line that is zero, and have the
    budget approved by someone who may, on a date.
    """
    budget = _strategy(d).budget
    if budget is None or budget.lines is None:
        return missing(msg("there is no budget yet"))
    lines = budget.lines
    absent = [line for line in BUDGET_LINES if line not in lines]
    total = _total(budget)
    if total <= 0 and (not lines or not absent):
        return unmet(msg("the budget adds up to nothing, and that is no budget"))
    if absent:
        return missing(
            nmsg(
                "the budget lacks the line {lines:list}",
                "the budget lacks the lines {lines:list}",
                len(absent),
                lines=absent,
            ),
            path=("strategy", "budget", "lines"),
        )
    zero = [line for line, amount in lines.items() if amount == 0 and line not in (budget.reasons or {})]
    if zero:
        return missing(
            nmsg(
                "the line {lines:list} is zero without a reason",
                "the lines {lines:list} are zero without a reason",
                len(zero),
                lines=zero,
            ),
            msg("say why in `budget.reasons`"),
        )
    approved = budget.approved
    if approved is None or approved.by is None or approved.date is None:
        return missing(
            msg("the budget of {total} has not been approved by someone on a date", total=_amount(budget, total)),
            msg("ask the sponsor to approve it, and write down who and when"),
            path=("strategy", "budget", "approved"),
        )
    return met(
        msg(
            "{total}, approved by {by} on {date:date}",
            total=_amount(budget, total),
            by=d.name(approved.by),
            date=approved.date,
        )
    )


def _total(budget: Budget) -> Decimal:
    return sum((amount for amount in (budget.lines or {}).values() if isinstance(amount, Decimal)), Decimal(0))


def _amount(budget: Budget, amount: Decimal) -> Message:
    if budget.currency in {None, "EUR"}:
        return msg("{amount:money}", amount=amount)
    return msg("{currency} {amount:number}", currency=budget.currency, amount=amount)


@criterion(
    Level.REQUIRED,
    reads="strategy.manager.person people.{strategy.manager.person}.hours_per_week "
    "people.{strategy.manager.person}.hours_per_month",
    sources="learning-community hard-work",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def manager_appointed(d: Dossier) -> Outcome:
    """Community manager appointed

    A community that someone looks after in between other work gets the hours that are left, and those are few. At the
    start it often takes three days a week.

    Name the manager in `strategy.manager`, and that person's hours a week in `people`.
    """
    manager = _strategy(d).manager
    person = manager.person if manager else None
    if person is None:
        return missing(msg("nobody has been appointed to manage the community"))
    hours = d.hours_per_week(person)
    if hours is None:
        return missing(
            msg("{person} manages the community, with hours that are not written down", person=d.name(person)),
            msg("add `hours_per_week` to {person} in `people`", person=person),
        )
    if hours <= 0:
        return unmet(msg("{person} manages the community without any hours for it", person=d.name(person)))
    return met(
        nmsg(
            "{person} manages the community, with one hour a week",
            "{person} manages the community, with {hours:number} hours a week",
            1 if hours == 1 else 2,
            person=d.name(person),
            hours=_rounded(hours),
        )
    )


def _rounded(hours: Fraction | Decimal) -> float:
    """To hundredths, for reading; what is decided is decided on the exact value."""
    return round(float(hours), 2)


@criterion(
    Level.REQUIRED,
    reads="strategy.tasks.*.person strategy.tasks.*.hours_per_week strategy.tasks.*.expertise "
    "people.{strategy.tasks.*.person}.hours_per_week people.{strategy.tasks.*.person}.hours_per_month",
    sources="hard-work learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def hours_cover_tasks(d: Dossier) -> Outcome:
    """Enough hours for the work

    Building a community is plain hard work: which tasks are there, what must someone be good at, and how many hours a
    week does each take? An organisation that is not used to sharing asks for more.

    List the tasks with `person`, `expertise` and `hours_per_week`; find more hours, or fewer tasks, where they do not
    fit.
    """
    tasks = _strategy(d).tasks
    if tasks is None:
        return missing(msg("there is no list of tasks yet"))
    if not tasks:
        return unmet(msg("there are no tasks, and a community does not run by itself"))
    needed: defaultdict[str, Fraction] = defaultdict(Fraction)
    for task in tasks.values():
        if task.person is not None and task.hours_per_week is not None:
            needed[task.person] += Fraction(task.hours_per_week)
    available = {person: hours for person in needed if (hours := d.hours_per_week(person)) is not None}
    over = [person for person, hours in available.items() if needed[person] > hours]
    if over:
        return unmet(
            nmsg(
                "{person} has more tasks than hours: {needed:number} against {hours:number} a week",
                "{n} people have more tasks than hours; {person} has {needed:number} against {hours:number} a week",
                len(over),
                person=d.name(over[0]),
                needed=_rounded(needed[over[0]]),
                hours=_rounded(available[over[0]]),
            )
        )
    open_still = [
        slug
        for slug, task in tasks.items()
        if task.person is None or task.hours_per_week is None or task.expertise is None
    ]
    if open_still:
        return missing(
            nmsg(
                "one of {total} tasks lacks a person, hours or expertise: {tasks:list}",
                "{n} of {total} tasks lack a person, hours or expertise: {tasks:list}",
                len(open_still),
                total=len(tasks),
                tasks=open_still,
            ),
            path=("strategy", "tasks", open_still[0]),
        )
    unknown = [person for person in needed if person not in available]
    if unknown:
        return missing(
            nmsg(
                "the hours of {people:list} are not written down",
                "the hours of {n} people are not written down: {people:list}",
                len(unknown),
                people=[d.name(person) for person in unknown],
            ),
            msg("add `hours_per_week` to {person} in `people`", person=unknown[0]),
            path=("people", unknown[0]),
        )
    return met(
        msg(
            "the tasks take {needed:number} of the {hours:number} hours a week that there are; a manager often needs "
            "three days (24 hours) at the start, and more where people hesitate to share",
            needed=_rounded(sum(needed.values(), Fraction())),
            hours=_rounded(sum(available.values(), Fraction())),
        )
    )


@criterion(
    Level.REQUIRED,
    reads="strategy.manager.deputy strategy.manager.person",
    sources="hard-work",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def deputy_named(d: Dossier) -> Outcome:
    """Deputy arranged

    A community that falls silent when one person is ill or on holiday is not yet one. It takes a team that works on its
    own initiative.

    Name someone else in `strategy.manager.deputy` who steps in, and agree on it with that person.
    """
    manager = _strategy(d).manager
    deputy = manager.deputy if manager else None
    if manager is None or deputy is None:
        return missing(msg("nobody is named to step in for the manager"))
    if deputy == manager.person:
        return unmet(msg("{person} is named as manager and as deputy", person=d.name(deputy)))
    return met(msg("{person} steps in for the manager", person=d.name(deputy)))


@criterion(
    Level.REQUIRED,
    reads="strategy.decided_with",
    sources="six-steps",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def decided_together(d: Dossier) -> Outcome:
    """Decided together

    The best way lies between fixing everything beforehand and leaving everything free: the organisation and the first
    members choose together what the community needs.

    Go through the strategy with the core group and with management or the sponsor, and write them in `decided_with`.
    """
    parties = _strategy(d).decided_with
    if parties is None:
        return missing(msg("it is not said with whom this was decided"))
    organisation = Party.MANAGEMENT in parties or Party.SPONSOR in parties
    if Party.CORE_GROUP in parties and organisation:
        return met(msg("decided with the core group and the organisation"))
    if Party.CORE_GROUP in parties:
        return unmet(msg("decided with the core group, but not with management or the sponsor"))
    if organisation:
        return unmet(msg("decided with the organisation, but not with the core group"))
    return unmet(msg("decided without the core group and without the organisation"))


@criterion(
    Level.REQUIRED,
    reads="strategy.channels.*.approved_by_it strategy.channels.*.kind",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.NOT_APPLICABLE),
    effort=Effort.MEET,
)
def platform_approved(d: Dossier) -> Outcome:
    """IT agrees with the platform

    What works well is often not allowed, and what is allowed may have its best options switched off. Better to hear
    that now than when the core group is waiting; the sponsor can clear the way.

    Ask IT to agree to each digital channel, with the sponsor's help if need be, and write the date in
    `approved_by_it`.
    """
    channels = _strategy(d).channels
    if channels is None:
        return missing(msg("no channels have been chosen yet"))
    digital = _digital(channels)
    unknown = [slug for slug, channel in channels.items() if channel.kind is None]
    if unknown:
        return missing(
            nmsg(
                "one channel does not say whether it is digital: {channels:list}",
                "{n} channels do not say whether they are digital: {channels:list}",
                len(unknown),
                channels=unknown,
            )
        )
    if not digital:
        return not_applicable(msg("the community has no digital channel"))
    waiting = [slug for slug, channel in digital.items() if channel.approved_by_it is None]
    if waiting:
        return missing(
            nmsg(
                "IT has not agreed to one of {total} digital channels: {channels:list}",
                "IT has not agreed to {n} of {total} digital channels: {channels:list}",
                len(waiting),
                total=len(digital),
                channels=waiting,
            ),
            path=("strategy", "channels", waiting[0]),
        )
    agreed = [slug for slug, channel in digital.items() if not isinstance(channel.approved_by_it, NotApplicable)]
    if not agreed:
        return not_applicable(msg("no channel needs IT's approval"))
    return met(msg("IT agrees to {channels:list}", channels=agreed))


def _digital(channels: dict[str, Channel]) -> dict[str, Channel]:
    return {slug: channel for slug, channel in channels.items() if channel.kind is ChannelKind.DIGITAL}


@criterion(
    Level.REQUIRED,
    reads="strategy.meetings.*.every strategy.meetings.*.day",
    sources="cop-tips",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def rhythm_set(d: Dossier) -> Outcome:
    """A fixed rhythm

    People come back to what has a fixed place in their diary. Every two weeks online, once a quarter together: as long
    as everybody knows when.

    Give at least one meeting an `every` and a `day`, and have everybody put the dates in their diary.
    """
    meetings = _strategy(d).meetings
    if meetings is None:
        return missing(msg("there are no meetings yet"))
    if not meetings:
        return unmet(msg("the community has no meetings, so no rhythm"))
    fixed = [slug for slug, meeting in meetings.items() if meeting.every and meeting.day]
    if fixed:
        return met(
            nmsg(
                "one of {total} meetings has a fixed day: {meetings:list}",
                "{n} of {total} meetings have a fixed day: {meetings:list}",
                len(fixed),
                total=len(meetings),
                meetings=fixed,
            )
        )
    return missing(
        nmsg(
            "the only meeting does not say how often it comes back, and on which day",
            "none of the {n} meetings says how often it comes back, and on which day",
            len(meetings),
        )
    )


@criterion(
    Level.REQUIRED,
    reads="strategy.horizon.months strategy.horizon.by strategy.horizon.date",
    sources="hard-work bind-organisations",
    threshold=number_of(12, Unit.MONTHS, "hard-work"),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def horizon_agreed(d: Dossier, threshold: Fraction) -> Outcome:
    """Given a year

    Building up a community can take a year, and it does not follow a project's deadlines. A sponsor who judges the
    return after three months stops something that had just begun.

    Agree with the sponsor on at least twelve months before the return is judged, and write down who agreed and when.
    """
    horizon = _strategy(d).horizon
    if horizon is None or horizon.months is None:
        return missing(msg("nobody has agreed how long the community gets"))
    if horizon.months < threshold:
        return unmet(
            nmsg(
                "the return is judged after one month; at least {threshold} are needed",
                "the return is judged after {n} months; at least {threshold} are needed",
                horizon.months,
                threshold=threshold,
            )
        )
    if horizon.by is None or horizon.date is None:
        return missing(
            nmsg(
                "one month is written down, but not who agreed to it and when",
                "{n} months are written down, but not who agreed to them and when",
                horizon.months,
            ),
            msg("add `by` and `date` to `horizon`"),
        )
    return met(
        nmsg(
            "{by} gave it one month, on {date:date}",
            "{by} gave it {n} months, on {date:date}",
            horizon.months,
            by=d.name(horizon.by),
            date=horizon.date,
        )
    )


@criterion(
    Level.REQUIRED,
    reads="strategy.privacy.officer strategy.privacy.works_council",
    may_be=(Result.MET, Result.MISSING, Result.NOT_APPLICABLE),
    effort=Effort.MEET,
)
def privacy_checked(d: Dossier) -> Outcome:
    """Privacy and works council arranged

    A community leaves traces of who takes part. Where these are employees, people want to know beforehand who sees
    what, and in many organisations the works council has a say in it. This is no legal advice.

    Ask the privacy officer, and the works council where employees' activity can be measured; write the dates in
    `privacy`, or `not_applicable` with the reason.
    """
    privacy = _strategy(d).privacy
    officer = privacy.officer if privacy else None
    council = privacy.works_council if privacy else None
    if officer is None and council is None:
        return missing(msg("neither the privacy officer nor the works council has been asked"))
    if officer is None:
        return missing(msg("the privacy officer has not been asked"))
    if council is None:
        return missing(msg("the works council has not been asked"))
    if isinstance(officer, NotApplicable):
        if isinstance(council, NotApplicable):
            return not_applicable(msg("neither a privacy officer nor a works council has a say here"))
        return met(msg("the works council agreed on {council:date}", council=council))
    if isinstance(council, NotApplicable):
        return met(msg("the privacy officer agreed on {officer:date}", officer=officer))
    return met(
        msg(
            "the privacy officer agreed on {officer:date}, the works council on {council:date}",
            officer=officer,
            council=council,
        )
    )


@criterion(
    Level.REQUIRED,
    reads="strategy.mailbox",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def mailbox_central(d: Dossier) -> Outcome:
    """One central mail address

    With one address for the community nobody has to know who is on duty, and it outlives the person who reads it.

    Have one mailbox made for the community, and write its address in `mailbox`.
    """
    mailbox = _strategy(d).mailbox
    if mailbox is None:
        return missing(msg("there is no central mail address yet"))
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", mailbox):
        return unmet(msg("this is not one mail address: {mailbox}", mailbox=mailbox))
    return met(msg("people write to {mailbox}", mailbox=mailbox))


@criterion(
    Level.REQUIRED,
    reads="strategy.names.*.channel strategy.names.*.status strategy.names.*.date",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def name_checked(d: Dossier) -> Outcome:
    """Name checked

    An original name that is the same everywhere is easy to find. Whether it is free differs from one channel to the
    next; not knowing is an honest answer, as long as it is not taken for free.

    Look in each channel whether the name is free, and write in `names` the channel, what you found, and when.
    """
    names = _strategy(d).names
    if names is None:
        return missing(msg("nobody has looked whether the name is free"))
    if not names:
        return unmet(msg("the name has been looked up in no channel"))
    open_still = sum(1 for name in names if name.channel is None or name.status is None or name.date is None)
    if open_still:
        return missing(
            nmsg(
                "one of {total} look-ups of the name lacks a channel, an outcome or a date",
                "{n} of {total} look-ups of the name lack a channel, an outcome or a date",
                open_still,
                total=len(names),
            )
        )
    found = {status: [str(n.channel) for n in names if n.status is status] for status in NameStatus}
    parts = [
        said
        for status, said in (
            (NameStatus.FREE, msg("free in {channels:list}", channels=found[NameStatus.FREE])),
            (NameStatus.TAKEN, msg("taken in {channels:list}", channels=found[NameStatus.TAKEN])),
            (NameStatus.UNKNOWN, msg("unknown in {channels:list}", channels=found[NameStatus.UNKNOWN])),
        )
        if found[status]
    ]
    return met(msg("the name is {found:list}", found=parts))


@criterion(
    Level.ADVISED,
    reads="strategy.channels.*.rooms strategy.channels.*.kind",
    sources="feverbee",
    threshold=number_of(5, Unit.NUMBER),
    may_be=(Result.MET, Result.MISSING, Result.UNMET, Result.NOT_APPLICABLE),
)
def rooms_few(d: Dossier, threshold: Fraction) -> Outcome:
    """Not too many channels

    Twenty people in twelve rooms find nobody in any of them. Start with the few that you need at once, and let the
    members ask for more.

    Merge or close rooms until five or fewer are left.
    """
    channels = _strategy(d).channels
    if channels is None:
        return missing(msg("no channels have been chosen yet"))
    digital = _digital(channels)
    if not digital and all(channel.kind for channel in channels.values()):
        return not_applicable(msg("the community has no digital channel"))
    # A channel that is not divided into rooms is one room itself.
    rooms = sum(max(1, len(channel.rooms)) for channel in digital.values() if channel.rooms is not None)
    if rooms > threshold:
        return unmet(
            nmsg(
                "there is one room, over the limit of {threshold}",
                "there are {n} rooms, over the limit of {threshold}",
                rooms,
                threshold=threshold,
            )
        )
    if any(channel.rooms is None for channel in digital.values()) or not all(c.kind for c in channels.values()):
        return missing(msg("the rooms of the digital channels are not all written down"))
    return met(nmsg("there is one room", "there are {n} rooms", rooms))


@criterion(
    Level.ADVISED,
    reads="strategy.library.where strategy.library.channel strategy.library.keeper",
    sources="cop-tips",
)
def library_placed(d: Dossier) -> Outcome:
    """A fixed place for knowledge

    What members build together, such as examples, sources and ideas, is of use to the next one only if it can be found
    again. That takes a place, and somebody who keeps it in order.

    Write in `library` where it is kept and who keeps it.
    """
    library = _strategy(d).library
    where = (library.where or library.channel) if library else None
    keeper = library.keeper if library else None
    if where is None:
        return missing(msg("there is no place yet where knowledge is kept"))
    if keeper is None:
        return missing(msg("knowledge is kept in {where}, but nobody keeps it in order", where=where))
    return met(msg("{keeper} keeps it: {where}", keeper=d.name(keeper), where=where))


@criterion(
    Level.ADVISED,
    reads="strategy.goals.*.cycle",
    sources="oh-hemel value-cycles",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def measurement_planned(d: Dossier) -> Outcome:
    """Effect is measured too

    Good meetings and new ideas are worth a lot, but an organisation invests for what changes in the work. A plan that
    measures only the first two value cycles has no answer to that.

    Add a goal in the cycle `applied` or `realized`: something that people do differently, or that gets better by it.
    """
    goals = _strategy(d).goals
    if goals is None:
        return missing(msg("there are no goals yet"))
    late = [slug for slug, goal in goals.items() if goal.cycle in {Cycle.APPLIED, Cycle.REALIZED}]
    if late:
        return met(
            nmsg(
                "one of {total} goals lies in the work itself: {goals:list}",
                "{n} of {total} goals lie in the work itself: {goals:list}",
                len(late),
                total=len(goals),
                goals=late,
            )
        )
    if any(goal.cycle is None for goal in goals.values()):
        return missing(msg("not every goal says in which value cycle it lies"))
    return unmet(msg("no goal lies in the cycles applied or realized"))


@criterion(
    Level.ADVISED,
    reads="strategy.budget.lines",
    sources="hard-work",
    threshold=share_of(50),
    may_be=(Result.MET, Result.MISSING, Result.UNMET, Result.NOT_APPLICABLE),
)
def people_over_platform(d: Dossier, threshold: Fraction) -> Outcome:
    """People before platform

    At the start the technique of the platform often gets most of the attention, and building on it too little. A
    community is more than a platform.

    Move money from the platform to the people who bring the community to life, or choose a simpler platform.
    """
    budget = _strategy(d).budget
    if budget is None or budget.lines is None:
        return missing(msg("there is no budget yet"))
    platform = budget.lines.get("platform")
    if platform is None:
        return missing(
            msg("the budget has no line for the platform"), msg("add `platform` to the lines, 0 if it is free")
        )
    if isinstance(platform, NotApplicable):
        return not_applicable(msg("the community needs no platform of its own"))
    total = _total(budget)
    if total <= 0:
        return missing(msg("the budget adds up to nothing"))
    share = Fraction(platform) / Fraction(total)
    values = {"platform": _amount(budget, platform), "total": _amount(budget, total), "share": share}
    if share > threshold:
        return unmet(
            msg(
                "{platform} of {total} goes to the platform: {share:percent}, over {threshold:percent}",
                threshold=threshold,
                **values,
            )
        )
    return met(msg("{platform} of {total} goes to the platform: {share:percent}", **values))


PHASE = PhaseGate(
    Gate.STRATEGY,
    4,
    msg("Strategy"),
    msg("What for, with which means, money and hours?"),
    (
        mission_in_one_sentence,
        goals_measurable,
        means_serve_goals,
        digital_and_physical,
        budget_approved,
        manager_appointed,
        hours_cover_tasks,
        deputy_named,
        decided_together,
        platform_approved,
        rhythm_set,
        horizon_agreed,
        privacy_checked,
        mailbox_central,
        name_checked,
        rooms_few,
        library_placed,
        measurement_planned,
        people_over_platform,
    ),
)
