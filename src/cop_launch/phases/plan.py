"""Phase 5, plan: the daily plan and the dry run."""

from __future__ import annotations

from fractions import Fraction

from cop_launch.gates import (
    Dossier,
    Effort,
    Level,
    Moment,
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
from cop_launch.locales import msg, nmsg
from cop_launch.model.decision import Gate, Result
from cop_launch.model.fields import Figure, NotApplicable
from cop_launch.model.plan import DryRunResults, ItemKind, NewcomerPage, Plan
from cop_launch.model.strategy import ChannelKind
from cop_launch.schedule.fit import (
    KINDS,
    asks_everyone,
    asks_somebody,
    courses,
    mails_per_week,
    names_of_meetings,
)
from cop_launch.statistics import Share, reaches

DAYS = (
    "plan.dry_run plan.quiet_days plan.holidays.dates.*.date plan.vacations plan.items.*.owner plan.items.*.date "
    "plan.items.*.every plan.items.*.day plan.items.*.nth plan.items.*.from plan.items.*.until plan.items.*.times "
    "plan.items.*.except plan.items.*.on_holiday"
)
"""What decides on which days an item falls."""


def _plan(d: Dossier) -> Plan:
    return d.project.plan or Plan()


def _results(d: Dossier) -> DryRunResults:
    return _plan(d).results or DryRunResults()


def _nothing_planned(d: Dossier) -> Outcome | None:
    """What to say while there is no dry run, or nothing in it."""
    plan = _plan(d)
    if not d.schedule.days:
        return missing(
            msg("it is not said from when to when the dry run lasts"),
            msg("fill `from` and `to` in `plan.dry_run`"),
            path=("plan", "dry_run"),
        )
    if plan.items is None:
        return missing(msg("nothing has been planned yet"))
    return None


# -- to start the dry run -----------------------------------------------------------------------------------------


@criterion(
    Level.REQUIRED,
    reads=f"plan.items.*.kind {DAYS}",
    sources="six-steps",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    moment=Moment.START,
)
def daily_plan_complete(d: Dossier) -> Outcome:
    """Daily plan complete

    The dry run lives by a daily plan of content, interaction and members. A community that is silent on a working day
    teaches people that they need not look every day; one personal message is enough.

    Plan something for each working day and each of the three kinds every week, or declare days as `quiet_days`.
    """
    nothing = _nothing_planned(d)
    if nothing:
        return nothing
    days = d.schedule.working_days
    if not days:
        return missing(msg("the dry run has no working days"))
    empty = d.schedule.uncovered_days()
    if empty:
        return unmet(
            nmsg(
                "one of {total} working days has nothing planned: {first:date}",
                "{n} of {total} working days have nothing planned, the first is {first:date}",
                len(empty),
                total=len(days),
                first=empty[0],
            ),
            msg("plan something for {first:date}, or make it a quiet day", first=empty[0]),
        )
    weeks = d.schedule.missing_kinds()
    if weeks:
        week, kinds = next(iter(weeks.items()))
        lacks = [KINDS[kind] for kind in kinds]
        return unmet(
            nmsg(
                "every working day has something, but the week of {week:date} has no {kinds:list}",
                "every working day has something, but {n} weeks are one-sided; that of {week:date} has no {kinds:list}",
                len(weeks),
                week=week,
                kinds=lacks,
            )
        )
    return met(
        nmsg(
            "the one working day has something",
            "all {n} working days have something, and every week has content, interaction and members",
            len(days),
        )
    )


@criterion(
    Level.REQUIRED,
    reads=f"plan.items.*.minutes plan.items.*.count {DAYS} "
    "people.{plan.items.*.owner}.hours_per_week people.{plan.items.*.owner}.hours_per_month",
    sources="hard-work",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    moment=Moment.START,
)
def workload_fits(d: Dossier) -> Outcome:
    """The plan fits the hours

    Getting a community going can mean dozens of personal messages a day. A plan that asks for more hours than people
    have is not carried out, and the first thing to go is the attention to members.

    Give every item an `owner` and `minutes`, write everyone's hours in `people`, and move or drop what does not fit.
    """
    nothing = _nothing_planned(d)
    if nothing:
        return nothing
    items = _plan(d).items or {}
    known = [(load, load.available) for load in d.loads if load.available is not None]
    over = [(load, available) for load, available in known if load.over]
    if over:
        worst, available = max(over, key=lambda found: found[0].planned - found[1])
        values = {
            "person": d.name(worst.person),
            "planned": round(float(worst.planned), 2),
            "available": round(float(available), 2),
            "start": worst.start,
        }
        people = len({load.person for load, _ in over})
        if worst.monthly:
            saw = nmsg(
                "{person} is planned over the hours: {planned:number} against {available:number} in the month from "
                "{start:date}",
                "{n} people are planned over the hours, {person} most: {planned:number} against {available:number} in "
                "the month from {start:date}",
                people,
                **values,
            )
        else:
            saw = nmsg(
                "{person} is planned over the hours: {planned:number} against {available:number} in the week of "
                "{start:date}",
                "{n} people are planned over the hours, {person} most: {planned:number} against {available:number} in "
                "the week of {start:date}",
                people,
                **values,
            )
        return unmet(saw)
    bare = [slug for slug, item in items.items() if item.owner is None or item.minutes is None]
    if bare:
        return missing(
            nmsg(
                "one of {total} items has no owner or no minutes: {items:list}",
                "{n} of {total} items have no owner or no minutes, {first} among them",
                len(bare),
                total=len(items),
                items=bare,
                first=bare[0],
            ),
            path=("plan", "items", bare[0]),
        )
    unknown = sorted({item.owner for item in items.values() if item.owner and d.hours_per_week(item.owner) is None})
    if unknown:
        return missing(
            nmsg(
                "the hours of {people:list} are not written down",
                "the hours of {n} people are not written down: {people:list}",
                len(unknown),
                people=[d.name(person) for person in unknown],
            ),
            msg("add `hours_per_week` or `hours_per_month` to {person} in `people`", person=unknown[0]),
            path=("people", unknown[0]),
        )
    if not known:
        return missing(msg("nothing falls on a day of the dry run"))
    fullest, available = max(known, key=lambda found: found[0].planned / found[1] if found[1] else Fraction(0))
    values = {
        "person": d.name(fullest.person),
        "planned": round(float(fullest.planned), 2),
        "available": round(float(available), 2),
        "start": fullest.start,
    }
    if fullest.monthly:
        return met(
            msg(
                "nobody is planned over the hours; the fullest is {person}, with {planned:number} of "
                "{available:number} in the month from {start:date}",
                **values,
            )
        )
    return met(
        msg(
            "nobody is planned over the hours; the fullest is {person}, with {planned:number} of {available:number} in "
            "the week of {start:date}",
            **values,
        )
    )


@criterion(
    Level.REQUIRED,
    reads="plan.platforms_tried strategy.channels.*.kind",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.NOT_APPLICABLE),
    effort=Effort.MEET,
    moment=Moment.START,
)
def platform_tried(d: Dossier) -> Outcome:
    """Core group has tried the platform

    What looks simple in a demonstration may be switched off in your organisation, or stop at a sign-in that nobody
    knows. Six people who try it together find that out in half an hour.

    Have the core group sign in, post and answer in each digital channel, and write the day in `plan.platforms_tried`.
    """
    channels = d.project.strategy.channels if d.project.strategy else None
    tried = _plan(d).platforms_tried or {}
    if channels is None or any(channel.kind is None for channel in channels.values()):
        return missing(msg("it is not said of every channel whether it is digital"), path=("strategy", "channels"))
    digital = [slug for slug, channel in channels.items() if channel.kind is ChannelKind.DIGITAL]
    if not digital:
        return not_applicable(msg("the community has no digital channel"))
    untried = [slug for slug in digital if slug not in tried]
    if untried:
        return missing(
            nmsg(
                "the core group has not tried one of {total} digital channels: {channels:list}",
                "the core group has not tried {n} of {total} digital channels: {channels:list}",
                len(untried),
                total=len(digital),
                channels=untried,
            )
        )
    return met(
        msg(
            "the core group tried {channels:list}, the last on {last:date}",
            channels=digital,
            last=max(tried[slug] for slug in digital),
        )
    )


@criterion(
    Level.REQUIRED,
    reads="plan.face_to_face plan.items.*.place",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.NOT_APPLICABLE),
    effort=Effort.MEET,
    moment=Moment.START,
)
def face_to_face_planned(d: Dossier) -> Outcome:
    """Meeting in person planned

    Nothing binds people like meeting each other. Who has sat at one table trusts the other sooner with a difficult
    question.

    Plan a visit or a day together and give it a `place`, or say in `face_to_face` why that does not apply.
    """
    plan = _plan(d)
    placed = [slug for slug, item in (plan.items or {}).items() if item.place]
    if placed:
        return met(
            nmsg(
                "people meet on the spot once: {items:list}",
                "people meet on the spot in {n} items of the plan: {items:list}",
                len(placed),
                items=placed,
            )
        )
    if isinstance(plan.face_to_face, NotApplicable):
        if plan.face_to_face.not_applicable is None:
            return not_applicable(msg("meeting in person does not apply"))
        return not_applicable(
            msg("meeting in person does not apply: {why}", why=plan.face_to_face.not_applicable),
        )
    if plan.face_to_face is not None:
        return met(msg("people meet on the spot: {when}", when=plan.face_to_face))
    return missing(msg("no meeting in person has been planned"))


@criterion(
    Level.ADVISED,
    reads="plan.items.*.live",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    moment=Moment.START,
)
def live_sessions_planned(d: Dossier) -> Outcome:
    """Live sessions planned

    People who are together at one time, if only online, feel more bound than people who read each other's messages. A
    poll or a question that all answer helps.

    Plan a session with people together at one time, and mark the item `live: true`.
    """
    items = _plan(d).items
    if items is None:
        return missing(msg("nothing has been planned yet"))
    live = [slug for slug, item in items.items() if item.live]
    if not live:
        return unmet(msg("nothing in the plan is live"))
    return met(
        nmsg("one item of the plan is live: {items:list}", "{n} items of the plan are live", len(live), items=live)
    )


@criterion(
    Level.ADVISED,
    reads="plan.items.*.asks plan.items.*.kind plan.items.*.live",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    moment=Moment.START,
)
def asks_personal(d: Dossier) -> Outcome:
    """People asked by name

    A call to everybody is a call to nobody. Who is asked by name, for something that he or she knows, seldom says no.

    Write in `asks` of each interaction that is not live which person it asks, and never everyone.
    """
    items = _plan(d).items
    if items is None:
        return missing(msg("nothing has been planned yet"))
    asking = {slug: item for slug, item in items.items() if asks_somebody(item)}
    general = [slug for slug, item in asking.items() if asks_everyone(item)]
    if general:
        return unmet(
            nmsg(
                "one item asks everyone instead of a person: {items:list}",
                "{n} items ask everyone instead of a person: {items:list}",
                len(general),
                items=general,
            ),
            path=("plan", "items", general[0], "asks"),
        )
    unsaid = [slug for slug, item in asking.items() if item.asks is None]
    if unsaid:
        return missing(
            nmsg(
                "one of {total} interactions does not say whom it asks: {items:list}",
                "{n} of {total} interactions do not say whom they ask, {first} among them",
                len(unsaid),
                total=len(asking),
                items=unsaid,
                first=unsaid[0],
            ),
            path=("plan", "items", unsaid[0]),
        )
    if not asking:
        return missing(msg("nothing in the plan asks somebody something"))
    return met(nmsg("the one interaction asks a person", "all {n} interactions ask a person", len(asking)))


@criterion(
    Level.ADVISED,
    reads=f"plan.items.*.mail {DAYS}",
    sources="learning-community",
    threshold=number_of(1, Unit.NUMBER),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    moment=Moment.START,
)
def mail_within_limit(d: Dossier, threshold: Fraction) -> Outcome:
    """Not too much mail

    Mail to all members is noticed as long as it is rare. Who gets one too many filters the next ones out, the one that
    matters included.

    Put what is for all members into one mail a week, and leave the rest to the channels.
    """
    nothing = _nothing_planned(d)
    if nothing:
        return nothing
    weeks = mails_per_week(_plan(d).items or {}, d.schedule)
    if not weeks:
        return met(msg("no mails to all members are planned"))
    fullest = max(weeks, key=lambda week: (weeks[week], -week.toordinal()))
    if weeks[fullest] > threshold:
        return unmet(
            nmsg(
                "one mail to all members in the week of {week:date}, over the limit of {threshold}",
                "{n} mails to all members in the week of {week:date}, over the limit of {threshold}",
                weeks[fullest],
                week=fullest,
                threshold=threshold,
            )
        )
    return met(
        nmsg(
            "one mail to all members a week at most",
            "{n} mails to all members a week at most",
            weeks[fullest],
        )
    )


@criterion(
    Level.ADVISED,
    reads="plan.items.*.what strategy.meetings.*.name",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    moment=Moment.START,
)
def meetings_not_courses(d: Dossier) -> Outcome:
    """Meetings, no courses

    At a course one person knows it and the others come to learn. Where people meet as peers, everybody brings
    something; the name of the meeting sets the tone.

    Give what is called a course, training or lesson a name that says what people do together.
    """
    if not names_of_meetings(d.project):
        return missing(msg("no meetings and no items have been planned yet"))
    found = courses(d.project)
    if found:
        return unmet(
            nmsg(
                "one name sounds like a course: {names:list}",
                "{n} names sound like a course: {names:list}",
                len(found),
                names=[name for name, _ in found],
            ),
            path=found[0][1],
        )
    return met(msg("no meeting is called a course"))


@criterion(Level.ADVISED, reads="plan.curator", sources="learning-community", effort=Effort.MEET, moment=Moment.START)
def curator_named(d: Dossier) -> Outcome:
    """Curator known

    Too much to read drives people away as surely as nothing at all. Someone has to choose what is worth reading.

    Ask someone, preferably in the core group, to choose the content, and name this person in `plan.curator`.
    """
    curator = _plan(d).curator
    if curator is None:
        return missing(msg("nobody is named who chooses what is worth reading"))
    return met(msg("{person} chooses what is worth reading", person=d.name(curator)))


@criterion(
    Level.ADVISED,
    reads="plan.posting plan.items.*.owner plan.items.*.kind strategy.manager.person",
    sources="cop-tips",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
    moment=Moment.START,
)
def facilitator_leads_by_example(d: Dossier) -> Outcome:
    """Facilitator sets the example

    Members do what they see done. A manager who posts and asks shows how it is meant, and an agreement on how often
    everyone posts keeps things moving.

    Give the manager an item of content or interaction, and agree in `plan.posting` how often everyone posts.
    """
    plan = _plan(d)
    manager = d.project.strategy.manager if d.project.strategy else None
    person = manager.person if manager else None
    if person is None:
        return missing(msg("it is not said who manages the community"), path=("strategy", "manager"))
    if plan.items is None:
        return missing(msg("nothing has been planned yet"), path=("plan", "items"))
    own = [
        slug
        for slug, item in plan.items.items()
        if item.owner == person and item.kind in {ItemKind.CONTENT, ItemKind.INTERACTION}
    ]
    if not own:
        return unmet(
            msg("{person} brings no content or interaction in the plan", person=d.name(person)), path=("plan", "items")
        )
    if plan.posting is None:
        return missing(
            msg("{person} takes part, but it is not agreed how often people post", person=d.name(person)),
            msg("agree with the core group how often everyone posts"),
        )
    return met(
        msg("{person} takes part, and posting is agreed: {posting}", person=d.name(person), posting=plan.posting)
    )


# -- to launch ----------------------------------------------------------------------------------------------------


@criterion(
    Level.REQUIRED,
    reads="plan.dry_run.from plan.dry_run.to",
    sources="six-steps",
    threshold=number_of(12, Unit.WEEKS),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def dry_run_long_enough(d: Dossier, threshold: Fraction) -> Outcome:
    """Dry run long enough

    Some months of trial running turn a group of people into something that a newcomer can recognise as a community. In
    a few weeks there is only enthusiasm.

    Let the dry run last twelve weeks or more.
    """
    run = _plan(d).dry_run
    first, last = (run.from_, run.to) if run else (None, None)
    if first is None or last is None or last < first:
        return missing(msg("it is not said from when to when the dry run lasts"))
    # Both days count, and a run that ends on a Friday has its last week in full.
    weeks = ((last - first).days + 3) // 7
    values = {"first": first, "last": last, "threshold": threshold}
    if weeks >= threshold:
        return met(
            nmsg(
                "one week, from {first:date} to {last:date}; {threshold} are enough",
                "{n} weeks, from {first:date} to {last:date}; {threshold} are enough",
                weeks,
                **values,
            )
        )
    return unmet(
        nmsg(
            "one week, from {first:date} to {last:date}; at least {threshold} are needed",
            "{n} weeks, from {first:date} to {last:date}; at least {threshold} are needed",
            weeks,
            **values,
        )
    )


def _counted(d: Dossier, figure: Figure | None, question: str) -> Share | None:
    """The share that the figure states; None too when nothing was there to count."""
    share = d.share(figure, question)
    return share if share is not None and share.denominator else None


@criterion(
    Level.REQUIRED,
    reads="plan.results.core_group_active",
    sources="six-steps",
    threshold=share_of(80),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def core_group_active(d: Dossier, threshold: Fraction) -> Outcome:
    """Core group active

    The core group has to have become a community itself before others join. If its own members stay away, newcomers
    find an empty room. A meeting counts as much as a message.

    Count how many core members took part in the last 30 days, and ask those who did not what they need.
    """
    share = _counted(d, _results(d).core_group_active, "core_group_active")
    if share is None:
        return missing(msg("nobody has counted how many core members took part in the last 30 days"))
    values = {"k": share.numerator, "n": share.denominator, "share": share.fraction, "threshold": threshold}
    if reaches(share, threshold):
        return met(
            msg(
                "{k} of {n} core members = {share:percent} took part in the last 30 days; {threshold:percent} will do",
                **values,
            ),
            share=share,
        )
    return unmet(
        msg(
            "{k} of {n} core members = {share:percent} took part in the last 30 days: under {threshold:percent}",
            **values,
        ),
        share=share,
    )


@criterion(
    Level.REQUIRED,
    reads="plan.results.answered_within_a_working_day",
    sources="garfield newcomers",
    threshold=share_of(90),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def nothing_unanswered(d: Dossier, threshold: Fraction) -> Outcome:
    """No question left unanswered

    Newcomers who get a reply come back more often than those who get none, whatever the reply is like. Before more
    people come, hardly a question may wait longer than a working day for someone else's answer.

    Count the questions of the last four weeks and those answered in time; agree who watches when.
    """
    share = _counted(d, _results(d).answered_within_a_working_day, "answered_within_a_working_day")
    if share is None:
        return missing(msg("nobody has counted how many questions of the last four weeks were answered in time"))
    values = {"k": share.numerator, "n": share.denominator, "share": share.fraction, "threshold": threshold}
    if reaches(share, threshold):
        return met(
            msg(
                "{k} of {n} questions = {share:percent} answered within a working day; {threshold:percent} is enough",
                **values,
            ),
            share=share,
        )
    return unmet(
        msg(
            "{k} of {n} questions = {share:percent} answered within a working day: under {threshold:percent}", **values
        ),
        share=share,
    )


@criterion(
    Level.REQUIRED,
    reads="plan.agreements_adopted.date plan.dry_run.from",
    sources="six-steps",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
    moment=Moment.LAUNCH,
)
def agreements_adopted(d: Dossier) -> Outcome:
    """Agreements adopted after use

    House rules, manners, topics and means were drafts when the core group wrote them. After some months people know
    which of them work, and only then they are worth handing to newcomers.

    Go through the agreements with the core group, change what did not work, and write the day in
    `plan.agreements_adopted`.
    """
    adopted = _plan(d).agreements_adopted
    day = adopted.date if adopted else None
    run = _plan(d).dry_run
    start = run.from_ if run else None
    if day is None:
        return missing(msg("the agreements have not been adopted after use"))
    if start is None:
        return missing(msg("it is not said when the dry run started"), path=("plan", "dry_run"))
    if day <= start:
        return unmet(
            msg(
                "the agreements were adopted on {day:date}, before they were used: the dry run started on {start:date}",
                day=day,
                start=start,
            )
        )
    return met(msg("the agreements were adopted on {day:date}", day=day))


@criterion(
    Level.REQUIRED,
    reads="plan.newcomer_page.why plan.newcomer_page.who plan.newcomer_page.what plan.newcomer_page.where "
    "plan.newcomer_page.how plan.newcomer_page.yields",
    sources="six-steps",
    moment=Moment.LAUNCH,
)
def newcomer_page_complete(d: Dossier) -> Outcome:
    """Newcomer page complete

    A newcomer wants to see at once whether this is for him or her: why it exists, who is there, what happens where, how
    to move in it, and what it brings.

    Fill what is still open in `plan.newcomer_page`, in the core group's own words.
    """
    page = _plan(d).newcomer_page or NewcomerPage()
    parts = (
        ("why", page.why, msg("why it exists")),
        ("who", page.who, msg("who is there")),
        ("what", page.what, msg("what people do there")),
        ("where", page.where, msg("where that happens")),
        ("how", page.how, msg("how to join")),
        ("yields", page.yields, msg("what it yields")),
    )
    lacks = [(key, said) for key, written, said in parts if written is None]
    if len(lacks) == len(parts):
        return missing(msg("there is no newcomer page yet"), path=("plan", "newcomer_page"))
    if lacks:
        return missing(
            msg("the newcomer page does not say {parts:list}", parts=[said for _, said in lacks]),
            path=("plan", "newcomer_page", lacks[0][0]),
        )
    return met(msg("the newcomer page says why, who, what, where, how to join and what it yields"))


@criterion(
    Level.REQUIRED,
    reads="plan.onboarding.*.by",
    sources="six-steps",
    threshold=number_of(3),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def onboarding_tried(d: Dossier, threshold: Fraction) -> Outcome:
    """Joining tried by outsiders

    The core group no longer sees what is unclear, because it was there from the start. Three people from outside who
    try to join find the sign-in that fails and the question that nobody answered.

    Ask people who know nothing of it to join, watch where they get stuck, and write down what they found.
    """
    tried = len({trial.by for trial in _plan(d).onboarding or [] if trial.by})
    if not tried:
        return missing(msg("nobody from outside has tried to join"))
    if tried < threshold:
        return missing(
            nmsg(
                "one person from outside tried to join; {threshold} are needed",
                "{n} people from outside tried to join; {threshold} are needed",
                tried,
                threshold=threshold,
            )
        )
    return met(nmsg("one person from outside tried to join", "{n} people from outside tried to join", tried))


@criterion(
    Level.REQUIRED,
    reads="plan.baselines.*.value plan.baselines.*.date strategy.goals.*.baseline",
    sources="learning-community value-cycles",
    may_be=(Result.MET, Result.MISSING, Result.NOT_APPLICABLE),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def baseline_taken(d: Dossier) -> Outcome:
    """Baseline taken

    You will have to account for the investment. After the launch nobody can say any more where things stood before.

    Take the baseline of each goal now, and write it with its date in `plan.baselines`.
    """
    goals = d.project.strategy.goals if d.project.strategy else None
    if not goals:
        return missing(msg("there are no goals to take a baseline of"), path=("strategy", "goals"))
    readings = _plan(d).baselines or {}
    taken = {slug for slug, reading in readings.items() if reading.value is not None and reading.date is not None}
    asked = [slug for slug, goal in goals.items() if slug in taken or not isinstance(goal.baseline, NotApplicable)]
    if not asked:
        return not_applicable(msg("none of the goals has a baseline to take"))
    open_still = [slug for slug in asked if slug not in taken and goals[slug].baseline is None]
    if open_still:
        return missing(
            nmsg(
                "one of {total} goals has no baseline yet: {goals:list}",
                "{n} of {total} goals have no baseline yet: {goals:list}",
                len(open_still),
                total=len(goals),
                goals=open_still,
            )
        )
    return met(nmsg("the goal has a baseline", "all {n} goals with a baseline have been measured", len(asked)))


@criterion(
    Level.REQUIRED,
    reads="plan.stories",
    sources="value-cycles oh-hemel",
    threshold=number_of(2, Unit.NUMBER),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def first_value_stories(d: Dossier, threshold: Fraction) -> Outcome:
    """First value stories collected

    Figures say that something happens; a story says what it was worth to someone. If the dry run has no story to tell,
    newcomers have no reason to come.

    Ask members what taking part brought them, and write down their story, its value cycle, who tells it, and that it
    may be told.
    """
    stories = _plan(d).stories or []
    told = [story for story in stories if story.text and story.by and story.cycle and story.consent]
    if len(told) >= threshold:
        return met(nmsg("one story, told by a member", "{n} stories, told by members", len(told)))
    if stories and not told:
        return missing(
            nmsg(
                "one story, without its cycle, its teller or consent to tell it",
                "{n} stories, none of them with a cycle, a teller and consent to tell it",
                len(stories),
            )
        )
    if not stories:
        return missing(msg("no value stories have been collected yet"))
    return missing(
        nmsg(
            "one story that may be told; {threshold} are needed",
            "{n} stories that may be told; {threshold} are needed",
            len(told),
            threshold=threshold,
        )
    )


@criterion(
    Level.DECISIVE,
    reads="plan.vote.for plan.vote.not_yet plan.vote.against plan.vote.date",
    sources="six-steps",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
    moment=Moment.LAUNCH,
)
def core_group_votes_launch(d: Dossier) -> Outcome:
    """Core group says yes to the launch

    The community is the core group's: those who built it know best whether it can bear newcomers. Not yet is a good
    answer, with something to do first; only a no stops it.

    Let every core member say yes, not yet or no, ask those who hesitate what they need, and write the counts and the
    day in `plan.vote`.
    """
    vote = _plan(d).vote
    if vote is None or vote.date is None:
        return missing(msg("the core group has not voted on the launch"))
    if vote.for_ is None or vote.not_yet is None or vote.against is None:
        return missing(
            msg("the vote of {day:date} is not complete", day=vote.date),
            msg("fill `for`, `not_yet` and `against`, 0 where nobody said so"),
        )
    votes = vote.for_ + vote.not_yet + vote.against
    saw = msg(
        "{yes} for, {not_yet} not yet, {no} against, on {day:date}",
        yes=vote.for_,
        not_yet=vote.not_yet,
        no=vote.against,
        day=vote.date,
    )
    if 2 * vote.against > votes:
        return unmet(saw)
    if 2 * vote.for_ > votes:
        return met(saw)
    return missing(saw, msg("ask those who say not yet what has to be done first, and vote again"))


@criterion(
    Level.ADVISED,
    reads="plan.log.*.item plan.log.*.date plan.log.*.done plan.log.*.skipped plan.log.*.moved_to " + DAYS,
    sources="cop-tips",
    threshold=share_of(90),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def rhythm_kept(d: Dossier, threshold: Fraction) -> Outcome:
    """Rhythm kept up

    Communities that fade do so by meetings that are cancelled and weeks that are skipped. A rhythm that the core group
    cannot keep up will not hold with more people either.

    Keep the log with `coplaunch plan done`, `skip` and `move`, and plan less rather than skip.
    """
    tally = d.schedule.tally()
    if not tally.done and not tally.skipped:
        return missing(msg("the log says nothing yet of what was done"))
    share = Share(tally.done, tally.planned)
    values = {"k": tally.done, "n": tally.planned, "share": share.fraction, "threshold": threshold}
    if reaches(share, threshold):
        return met(
            msg("{k} of {n} planned = {share:percent} was done; {threshold:percent} is enough", **values), share=share
        )
    if reaches(Share(tally.done + tally.open, tally.planned), threshold):
        return missing(
            msg(
                "{k} of {n} planned = {share:percent} was done so far; {threshold:percent} is still possible", **values
            ),
            share=share,
        )
    return unmet(msg("{k} of {n} planned = {share:percent} was done: under {threshold:percent}", **values), share=share)


@criterion(
    Level.ADVISED,
    reads="plan.results.started_by_members",
    sources="oh-hemel feverbee",
    threshold=share_of(30),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def member_driven(d: Dossier, threshold: Fraction) -> Outcome:
    """Members take the initiative

    A facilitator who pulls harder, with more threads and more activities, does not make a community run. It runs when
    ever more of what happens is started by members.

    Count in two periods or more how much was started by members; ask members what they would start, and let them.
    """
    shares = [_counted(d, figure, "started_by_members") for figure in _results(d).started_by_members or []]
    counted = [share for share in shares if share is not None]
    if not counted:
        return missing(msg("nobody has counted how much was started by members"))
    first, last = counted[0], counted[-1]
    values = {
        "k": last.numerator,
        "n": last.denominator,
        "share": last.fraction,
        "before": first.fraction,
        "threshold": threshold,
    }
    if len(counted) < max(2, len(shares)):
        return missing(
            msg("{k} of {n} = {share:percent} was started by members; a trend needs two periods", **values),
            msg("count it in another period"),
            share=last,
        )
    if not reaches(last, threshold):
        return unmet(
            msg("{k} of {n} = {share:percent} was started by members: under {threshold:percent}", **values), share=last
        )
    if last.fraction <= first.fraction:
        return unmet(
            msg(
                "{k} of {n} = {share:percent} was started by members, and that is not rising from {before:percent}",
                **values,
            ),
            share=last,
        )
    return met(
        msg("{k} of {n} = {share:percent} was started by members, up from {before:percent}", **values), share=last
    )


@criterion(
    Level.ADVISED,
    reads="plan.results.second_ring",
    sources="learning-community",
    threshold=number_of(15),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
    moment=Moment.LAUNCH,
)
def second_ring(d: Dossier, threshold: Fraction) -> Outcome:
    """A second ring has formed

    A community that grows before its launch does so by members who bring someone along. These people are the bridge
    between the core group and everybody else.

    Ask each core member to bring in two or three colleagues by name.
    """
    people = _results(d).second_ring
    if people is None:
        return missing(msg("nobody has counted whom members brought in"))
    if people < threshold:
        return unmet(
            nmsg(
                "members brought in one person: under {threshold}",
                "members brought in {n} people: under {threshold}",
                people,
                threshold=threshold,
            )
        )
    return met(nmsg("members brought in one person", "members brought in {n} people", people))


PHASE = PhaseGate(
    Gate.PLAN,
    5,
    msg("Plan"),
    msg("What happens every day, and does it hold for months?"),
    (
        daily_plan_complete,
        workload_fits,
        platform_tried,
        face_to_face_planned,
        live_sessions_planned,
        asks_personal,
        mail_within_limit,
        meetings_not_courses,
        curator_named,
        facilitator_leads_by_example,
        dry_run_long_enough,
        core_group_active,
        nothing_unanswered,
        agreements_adopted,
        newcomer_page_complete,
        onboarding_tried,
        baseline_taken,
        first_value_stories,
        core_group_votes_launch,
        rhythm_kept,
        member_driven,
        second_ring,
    ),
)
