"""After the launch: the review."""

from __future__ import annotations

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
from cop_launch.locales import msg, nmsg
from cop_launch.model.decision import Gate, Result
from cop_launch.model.review import Review
from cop_launch.model.strategy import Cycle
from cop_launch.statistics import reaches

FIRST_REPLY_HOURS = 24
"""Within how many hours a question gets its first answer. Source: garfield."""

MEMBERS_CARRY_FROM_DAY = 90
"""Days after the first wave from which members are expected to carry it. Set here."""

_IN_THE_WORK = frozenset({Cycle.APPLIED, Cycle.REALIZED})


def _review(d: Dossier) -> Review:
    return d.review or Review()


@criterion(
    Level.REQUIRED,
    reads="reviews.@.period.to reviews.@.date reviews.@.members reviews.@.active reviews.@.answered",
    sources="learning-community feverbee dsc",
    threshold=number_of(31, Unit.DAYS),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
)
def figures_fresh(d: Dossier, threshold: Fraction) -> Outcome:
    """Figures are up to date

    A decision on last quarter's figures is a decision on another community. Members, active members and answered
    questions together show whether it lives; the number of sign-ups alone does not.

    Count the last 30 days again, and fill `period`, `members`, `active` and `answered`.
    """
    review = _review(d)
    lacks = []
    if review.members is None:
        lacks.append(msg("the number of members"))
    if d.share(review.active, "active") is None:
        lacks.append(msg("how many were active"))
    if d.share(review.answered, "answered") is None:
        lacks.append(msg("how many questions were answered"))
    end = review.period.to if review.period else None
    if review.date is None or end is None:
        return missing(msg("it is not said when this review is and until when its figures run"))
    age = (review.date - end).days
    if age > threshold:
        return unmet(
            nmsg(
                "the figures end one day before the review, over the limit of {threshold}",
                "the figures end {n} days before the review, over the limit of {threshold}",
                age,
                threshold=threshold,
            )
        )
    if age < 0:
        return missing(
            msg("the figures run until {end:date}, after the review of {day:date}", end=end, day=review.date),
            msg("correct `period` or `date`"),
        )
    if lacks:
        return missing(msg("the review does not say {parts:list}", parts=lacks))
    return met(msg("the figures run until {end:date}, the review is on {day:date}", end=end, day=review.date))


@criterion(
    Level.REQUIRED,
    reads="reviews.@.feedback",
    sources="learning-community cop-tips",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def feedback_acted_on(d: Dossier) -> Outcome:
    """Something was done with the feedback

    Members who say what they want and see nothing change stop saying it. A community keeps developing on what its
    members say.

    Write in `feedback` what members said and what was done with it, if only why not.
    """
    feedback = _review(d).feedback
    if feedback is None:
        return missing(msg("it is not said what members think"))
    heard = [said for said in feedback if said.heard]
    if not heard:
        return unmet(msg("nothing was heard from members"))
    done = [said for said in heard if said.done]
    if len(done) < len(heard):
        return missing(
            nmsg(
                "of {total} things that members said, one has no follow-up yet",
                "of {total} things that members said, {n} have no follow-up yet",
                len(heard) - len(done),
                total=len(heard),
            )
            if len(heard) > 1
            else msg("what members said has no follow-up yet: {heard}", heard=heard[0].heard)
        )
    return met(
        nmsg(
            "something was done with the one thing that members said",
            "something was done with all {n} things that members said",
            len(heard),
        )
    )


@criterion(
    Level.REQUIRED,
    reads="reviews.@.hours.planned reviews.@.hours.spent",
    sources="learning-community hard-work",
    threshold=share_of(120),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def hours_real(d: Dossier, threshold: Fraction) -> Outcome:
    """Hours: planned and spent

    Building up a community takes more time than people think beforehand. Hours that nobody counts are worked in the
    evening, until that stops.

    Write down the hours planned and spent; where they differ by more than a fifth, plan more hours or do less.
    """
    hours = _review(d).hours
    planned = hours.planned if hours else None
    spent = hours.spent if hours else None
    if planned is None or spent is None:
        return missing(msg("it is not said how many hours were planned, and how many spent"))
    values = {"planned": planned, "spent": spent}
    if Fraction(spent) > threshold * Fraction(planned):
        return unmet(
            msg(
                "hours spent: {spent:number}, against {planned:number} planned; {threshold:percent} of the plan is the "
                "most",
                threshold=threshold,
                **values,
            )
        )
    return met(msg("hours spent: {spent:number}, against {planned:number} planned", **values))


@criterion(
    Level.REQUIRED,
    reads="reviews.@.sponsor_report reviews.@.period.from",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def sponsor_reported(d: Dossier) -> Outcome:
    """Sponsor is informed

    Sponsor and management will ask what the community is used for and what it brings. A sponsor who knows keeps the way
    clear.

    Send the sponsor this period's report (`coplaunch render` writes it), and note the day in `sponsor_report`.
    """
    review = _review(d)
    start = review.period.from_ if review.period else None
    if review.sponsor_report is None:
        return missing(msg("the sponsor has not been sent a report"))
    if start is not None and review.sponsor_report < start:
        return unmet(
            msg(
                "the sponsor's last report, of {day:date}, is older than this period, which starts on {start:date}",
                day=review.sponsor_report,
                start=start,
            )
        )
    return met(msg("the sponsor got a report on {day:date}", day=review.sponsor_report))


@criterion(
    Level.ADVISED,
    reads="reviews.@.answered reviews.@.first_reply_hours",
    sources="garfield dsc newcomers",
    threshold=share_of(90),
    may_be=(Result.MET, Result.MISSING, Result.UNMET, Result.NOT_APPLICABLE),
    effort=Effort.GATHER,
)
def responsive(d: Dossier, threshold: Fraction) -> Outcome:
    """Questions get a quick answer

    Who gets a reply comes back more often. Every question deserves an answer from someone else, the first within a day.

    Agree who watches for open questions on which days, and bring them to someone who knows.
    """
    review = _review(d)
    share = d.share(review.answered, "answered")
    hours = review.first_reply_hours
    if share is None:
        return missing(msg("nobody has counted how many questions were answered"))
    if share.denominator == 0:
        return not_applicable(msg("no questions were asked in this period"))
    values = {
        "k": share.numerator,
        "n": share.denominator,
        "share": share.fraction,
        "threshold": threshold,
        "hours": hours,
        "limit": FIRST_REPLY_HOURS,
    }
    if not reaches(share, threshold):
        return unmet(
            msg("{k} of {n} questions = {share:percent} got an answer: under {threshold:percent}", **values),
            share=share,
        )
    if hours is None:
        return missing(
            msg(
                "{k} of {n} questions = {share:percent} got an answer, but it is not said after how many hours",
                **values,
            ),
            msg("fill `first_reply_hours`, the median over the questions with an answer"),
            share=share,
        )
    if hours > FIRST_REPLY_HOURS:
        return unmet(
            msg(
                "{k} of {n} questions = {share:percent} got an answer; hours until the first: {hours:number} in the "
                "median, over {limit}",
                **values,
            ),
            share=share,
        )
    return met(
        msg(
            "{k} of {n} questions = {share:percent} got an answer; hours until the first: {hours:number} in the "
            "median, {limit} is enough",
            **values,
        ),
        share=share,
    )


@criterion(
    Level.ADVISED,
    reads="reviews.@.started_by_members reviews.@.date launch.waves.*.date",
    sources="feverbee oh-hemel",
    threshold=share_of(50, "feverbee"),
    may_be=(Result.MET, Result.MISSING, Result.UNMET, Result.NOT_APPLICABLE),
    effort=Effort.GATHER,
)
def members_carry(d: Dossier, threshold: Fraction) -> Outcome:
    """Members carry it

    A community has found its feet when more than half of what happens comes from its members. As long as the manager
    has to pull, it stops when the manager does.

    Leave to members what they can start themselves, and ask those who could by name.
    """
    review = _review(d)
    waves = (d.project.launch.waves if d.project.launch else None) or []
    first = min((wave.date for wave in waves if wave.date is not None), default=None)
    if review.date is None or first is None:
        return missing(msg("the date of this review or of the first wave is not written down"))
    days = (review.date - first).days
    if days < MEMBERS_CARRY_FROM_DAY:
        return not_applicable(
            nmsg(
                "one day after the first wave it is too early; this counts from day {day}",
                "{n} days after the first wave it is too early; this counts from day {day}",
                days,
                day=MEMBERS_CARRY_FROM_DAY,
            )
        )
    share = d.share(review.started_by_members, "started_by_members")
    if share is None or share.denominator == 0:
        return missing(msg("nobody has counted how much was started by members"))
    values = {"k": share.numerator, "n": share.denominator, "share": share.fraction, "threshold": threshold}
    if reaches(share, threshold):
        return met(
            msg("{k} of {n} = {share:percent} was started by members; {threshold:percent} is enough", **values),
            share=share,
        )
    return unmet(
        msg("{k} of {n} = {share:percent} was started by members: under {threshold:percent}", **values), share=share
    )


@criterion(
    Level.ADVISED,
    reads="reviews.@.indicators.*.value reviews.@.stories.*.cycle reviews.@.stories.*.text reviews.@.stories.*.by "
    "strategy.goals.{reviews.@.indicators}.cycle",
    sources="value-cycles oh-hemel",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
)
def value_shown(d: Dossier) -> Outcome:
    """Value can be seen in the work

    An organisation invests for what changes in the work, not for good meetings alone. A figure shows that something
    moved, a story shows that the community had to do with it; neither is enough without the other.

    Take the indicator of a goal in the cycle `applied` or `realized`, and ask a member what he or she did differently
    and what came of it.
    """
    review = _review(d)
    goals = (d.project.strategy.goals if d.project.strategy else None) or {}
    read = [slug for slug, reading in (review.indicators or {}).items() if reading.value is not None]
    told = [story.cycle for story in review.stories or [] if story.text and story.by and story.cycle]
    figures = [slug for slug in read if slug in goals and goals[slug].cycle in _IN_THE_WORK]
    stories = [cycle for cycle in told if cycle in _IN_THE_WORK]
    if figures and stories:
        return met(
            nmsg(
                "one story from the work itself, and a figure for {goals:list}",
                "{n} stories from the work itself, and a figure for {goals:list}",
                len(stories),
                goals=figures,
            )
        )
    if figures:
        return missing(msg("there is a figure for {goals:list}, but no story from the work itself", goals=figures))
    if stories:
        return missing(msg("there is a story from the work itself, but no figure beside it"))
    if read and told:
        return unmet(msg("the figures and stories are of other cycles than applied and realized"))
    return missing(msg("there are no figures and stories yet of what changed in the work"))


@criterion(
    Level.ADVISED,
    reads="reviews.@.successor launch.succession.person",
    sources="learning-community handover",
    effort=Effort.MEET,
)
def successor_known(d: Dossier) -> Outcome:
    """Successor known

    It is good for a community and for its manager when someone else takes over one day. What is only in the manager's
    head leaves with the manager.

    Ask a member who could take over to share in the work, and name this person in `successor`.
    """
    launch = d.project.launch
    thought_of = launch.succession.person if launch and launch.succession else None
    person = _review(d).successor or thought_of
    if person is None:
        return missing(msg("it is not known who could take over"))
    return met(msg("{person} could take over", person=d.name(person)))


PHASE = PhaseGate(
    Gate.REVIEW,
    7,
    msg("Review"),
    msg("Does it do what it is for, and who carries it?"),
    (
        figures_fresh,
        feedback_acted_on,
        hours_real,
        sponsor_reported,
        responsive,
        members_carry,
        value_shown,
        successor_known,
    ),
)
