"""Phase 6, launch: how do people get in?"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from cop_launch.gates import (
    Dossier,
    Effort,
    Level,
    Outcome,
    PhaseGate,
    Threshold,
    Unit,
    criterion,
    met,
    missing,
    not_applicable,
    number_of,
    unmet,
)
from cop_launch.locales import msg, nmsg
from cop_launch.model.decision import Gate, Result
from cop_launch.model.launch import Basis, Launch

NEEDS_PROOF = frozenset({Basis.CONSENT, Basis.CUSTOMER, Basis.COURSE})
"""The legal bases of which the sender has to keep the proof. Source: telecom-act."""

REVIEW_MARKS = (30, 60, 90)
"""Days after the first wave on which people look back. Set here."""


def _launch(d: Dossier) -> Launch:
    return d.project.launch or Launch()


def _first_wave(d: Dossier) -> date | None:
    days = [wave.date for wave in _launch(d).waves or [] if wave.date is not None]
    return min(days, default=None)


@criterion(
    Level.REQUIRED,
    reads="launch.waves",
    sources="feverbee",
    threshold=Threshold(Fraction(2, 3), Unit.SHARE),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def waves_planned(d: Dossier, threshold: Fraction) -> Outcome:
    """Inviting in waves

    A crowd of strangers that comes in on one day finds nobody who knows them, and is gone the next. Those who come in a
    few at a time, asked by someone they know, can be welcomed and stay.

    Plan at least two waves, each with a `date`, the number of `people` and `how` they are asked, and invite no more
    than two thirds of them in one.
    """
    waves = _launch(d).waves
    if waves is None:
        return missing(msg("no waves of invitations have been planned yet"))
    if not waves:
        return unmet(msg("there are no waves of invitations"))
    if any(wave.date is None or wave.people is None or wave.how is None for wave in waves):
        return missing(msg("not every wave says when, how many people and how they are asked"))
    people = [wave.people for wave in waves if wave.people is not None]
    if len(people) == 1:
        return unmet(
            nmsg(
                "the one person is invited in a single wave", "all {n} people are invited in a single wave", people[0]
            ),
            msg("split it into a small first wave and the rest"),
        )
    largest, total = max(people), sum(people)
    if not total:
        return unmet(msg("the waves invite nobody"))
    if largest > threshold * total:
        return unmet(
            msg(
                "the largest wave invites {largest} of {total} people: {share:percent}, over {threshold:percent}",
                largest=largest,
                total=total,
                share=Fraction(largest, total),
                threshold=threshold,
            ),
            msg("split the largest wave"),
        )
    return met(
        msg(
            "{total} people in {waves} waves, the first on {first:date}, the largest of {largest}",
            total=total,
            waves=len(people),
            first=_first_wave(d),
            largest=largest,
        )
    )


@criterion(
    Level.REQUIRED,
    reads="launch.lists.*.basis launch.lists.*.opt_out launch.lists.*.proof",
    sources="telecom-act learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET, Result.NOT_APPLICABLE),
)
def invitations_lawful(d: Dossier) -> Outcome:
    """Inviting by the rules

    Whoever writes to people has to be able to say why that is allowed, and let them leave the list in every message.
    Adding course participants by default is a good idea only when that is arranged. This is no legal advice.

    Give each list a `basis` and an `opt_out`; for consent, customers and course participants also the `proof`.
    """
    lists = _launch(d).lists
    if lists is None:
        return missing(msg("it is not said which lists of people are written to"))
    if not lists:
        return not_applicable(msg("nobody is written to from a list"))
    trapped = [slug for slug, names in lists.items() if names.opt_out in {"none", "no", "geen", "nee"}]
    if trapped:
        return unmet(
            nmsg(
                "one list lets nobody leave: {lists:list}",
                "{n} lists let nobody leave: {lists:list}",
                len(trapped),
                lists=trapped,
            )
        )
    bare = [slug for slug, names in lists.items() if names.basis is None or names.opt_out is None]
    if bare:
        return missing(
            nmsg(
                "one of {total} lists lacks a legal basis or an opt-out: {lists:list}",
                "{n} of {total} lists lack a legal basis or an opt-out: {lists:list}",
                len(bare),
                total=len(lists),
                lists=bare,
            ),
            path=("launch", "lists", bare[0]),
        )
    unproven = [slug for slug, names in lists.items() if names.basis in NEEDS_PROOF and names.proof is None]
    if unproven:
        return missing(
            nmsg(
                "it is not said where the legal basis of one list is recorded: {lists:list}",
                "it is not said where the legal basis of {n} lists is recorded: {lists:list}",
                len(unproven),
                lists=unproven,
            ),
            msg("add `proof`: where and when was it recorded?"),
            path=("launch", "lists", unproven[0]),
        )
    return met(
        nmsg(
            "the one list has a legal basis and an opt-out",
            "all {n} lists have a legal basis and an opt-out",
            len(lists),
        )
    )


@criterion(
    Level.REQUIRED,
    reads="launch.newcomer_page.date launch.newcomer_page.where",
    sources="six-steps",
)
def newcomer_page_live(d: Dossier) -> Outcome:
    """Newcomer page online

    An invitation makes people look. What they find then has to tell them why the community exists, who is in it, what
    happens where, and how to join.

    Put the newcomer page where the people invited can read it, and write down where and since when.
    """
    page = _launch(d).newcomer_page
    if page is None or (page.date is None and page.where is None):
        return missing(msg("the newcomer page cannot be read yet"))
    if page.where is None:
        return missing(msg("it is not said where the newcomer page can be read"))
    if page.date is None:
        return missing(msg("it is not said since when the newcomer page can be read"))
    return met(msg("to be read since {date:date}: {where}", date=page.date, where=page.where))


@criterion(
    Level.REQUIRED,
    reads="launch.welcome.people launch.welcome.working_days launch.welcome.minutes launch.waves.*.people "
    "people.{launch.welcome.people}.hours_per_week people.{launch.welcome.people}.hours_per_month",
    sources="feverbee learning-community",
    threshold=number_of(1, Unit.WORKING_DAYS),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def welcome_by_name(d: Dossier, threshold: Fraction) -> Outcome:
    """Every new member welcomed in person

    A personal welcome keeps many times more newcomers than an automatic message. It takes minutes for each, so a wave
    may be no larger than those who welcome can manage in a week.

    Name in `launch.welcome` who welcomes, within one working day, and how many minutes that takes; find more people or
    make the waves smaller where it does not fit.
    """
    welcome = _launch(d).welcome
    people = welcome.people if welcome else None
    if welcome is None or people is None:
        return missing(msg("it is not said who welcomes new members"))
    if not people:
        return unmet(msg("nobody welcomes new members"))
    if welcome.working_days is not None and welcome.working_days > threshold:
        return unmet(
            nmsg(
                "newcomers are welcomed within one working day, over the limit of {threshold}",
                "newcomers are welcomed within {n} working days, over the limit of {threshold}",
                welcome.working_days,
                threshold=threshold,
            )
        )
    if welcome.working_days is None or welcome.minutes is None:
        return missing(msg("it is not said within how many working days, and how many minutes a welcome takes"))
    hours = [d.hours_per_week(person) for person in people]
    unknown = [d.name(person) for person, has in zip(people, hours, strict=True) if has is None]
    if unknown:
        return missing(
            nmsg(
                "the hours of {people:list} are not written down",
                "the hours of {n} people are not written down: {people:list}",
                len(unknown),
                people=unknown,
            ),
            msg("add `hours_per_week` in `people`"),
        )
    waves = [wave.people for wave in _launch(d).waves or []]
    sizes = [size for size in waves if size is not None]
    if not sizes or len(sizes) < len(waves):
        return missing(msg("it is not said how many people each wave invites, so the welcomes cannot be counted"))
    needed = max(sizes) * Fraction(welcome.minutes) / 60
    available = sum((has for has in hours if has is not None), Fraction())
    values = {
        "names": [d.name(person) for person in people],
        "wave": max(sizes),
        "needed": round(float(needed), 2),
        "available": round(float(available), 2),
    }
    if needed > available:
        return unmet(
            msg(
                "a wave of {wave} takes more hours of welcoming than there are in a week: {needed:number} against "
                "{available:number} of {names:list}",
                **values,
            )
        )
    return met(
        msg(
            "{names:list} welcome everyone; the largest wave, of {wave}, takes {needed:number} of {available:number} "
            "hours in a week",
            **values,
        )
        if len(people) > 1
        else msg(
            "{names:list} welcomes everyone; the largest wave, of {wave}, takes {needed:number} of {available:number} "
            "hours in a week",
            **values,
        )
    )


@criterion(
    Level.REQUIRED,
    reads="launch.ideas.bridge launch.ideas.every",
    sources="six-steps",
    effort=Effort.MEET,
)
def ideas_routed(d: Dossier) -> Outcome:
    """Ideas are followed up

    The community manager is the bridge between community and organisation. Members who see what happens with their
    wishes and ideas keep bringing them.

    Agree who takes ideas to the organisation and how often, and write it in `launch.ideas`.
    """
    ideas = _launch(d).ideas
    bridge = ideas.bridge if ideas else None
    every = ideas.every if ideas else None
    if bridge is None:
        return missing(msg("it is not said who takes ideas to the organisation"))
    if every is None:
        return missing(msg("{person} takes ideas to the organisation, but not how often", person=d.name(bridge)))
    return met(msg("{person} takes ideas to the organisation: {every}", person=d.name(bridge), every=every))


@criterion(
    Level.REQUIRED,
    reads="launch.member_register.where launch.member_register.keeper",
    sources="learning-community",
)
def member_register_kept(d: Dossier) -> Outcome:
    """List of members kept

    Sponsor and management will ask how many people take part. A list that somebody keeps answers that, and tells whom
    you have not heard for a while.

    Write in `launch.member_register` where the list is and who keeps it.
    """
    register = _launch(d).member_register
    where = register.where if register else None
    keeper = register.keeper if register else None
    if where is None:
        return missing(msg("there is no list of members yet"))
    if keeper is None:
        return missing(msg("the list of members is in {where}, but nobody keeps it", where=where))
    return met(msg("{keeper} keeps the list of members: {where}", keeper=d.name(keeper), where=where))


@criterion(
    Level.REQUIRED,
    reads="launch.sponsor_reports.every launch.sponsor_reports.by",
    sources="learning-community",
)
def sponsor_reports_scheduled(d: Dossier) -> Outcome:
    """Reports to the sponsor planned

    A sponsor has to account for the investment. Who hears regularly what the community does, with figures and a story,
    need not ask for it at a bad moment.

    Agree with the sponsor how often a report comes and who writes it.
    """
    reports = _launch(d).sponsor_reports
    every = reports.every if reports else None
    by = reports.by if reports else None
    if every is None:
        return missing(msg("it is not said when the sponsor gets a report"))
    if by is None:
        return missing(msg("it is not said who writes the sponsor's report: {every}", every=every))
    return met(msg("{by} reports to the sponsor: {every}", by=d.name(by), every=every))


@criterion(
    Level.REQUIRED,
    reads="launch.feedback.how launch.feedback.every",
    sources="learning-community cop-tips",
)
def feedback_scheduled(d: Dossier) -> Outcome:
    """Feedback rounds planned

    What members find important changes, and they tell only when asked. Ask after a meeting, a webinar or an initiative:
    what was it worth, and what do you want more of?

    Write in `launch.feedback` how you ask members, and how often.
    """
    feedback = _launch(d).feedback
    how = feedback.how if feedback else None
    every = feedback.every if feedback else None
    if how is None:
        return missing(msg("it is not said how members are asked what they think"))
    if every is None:
        return missing(msg("it is not said how often members are asked what they think"))
    return met(msg("members are asked what they think: {how}, {every}", how=how, every=every))


@criterion(
    Level.REQUIRED,
    reads="launch.reviews_planned launch.waves.*.date",
    sources="charter",
    threshold=number_of(7, Unit.DAYS),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def reviews_planned(d: Dossier, threshold: Fraction) -> Outcome:
    """Reviews planned

    In the first three months it shows whether people stay. A look back that is in the diary takes place; one for "when
    there is time" does not.

    Plan a review about 30, 60 and 90 days after the first wave, give or take a week.
    """
    planned = _launch(d).reviews_planned
    if planned is None:
        return missing(msg("no reviews have been planned yet"))
    if not planned:
        return unmet(msg("there will be no reviews"))
    first = _first_wave(d)
    if first is None:
        return missing(msg("without the date of the first wave nobody can say when 30, 60 and 90 days are over"))
    open_still = [
        mark for mark in REVIEW_MARKS if not any(abs((day - first).days - mark) <= threshold for day in planned)
    ]
    if not open_still:
        return met(
            msg(
                "reviews are planned for {days:list}",
                days=[msg("{day:date}", day=day) for day in sorted(planned)],
            )
        )
    saw = msg(
        "no review is planned {marks:list} days after the first wave of {first:date}",
        marks=[msg("{mark}", mark=mark) for mark in open_still],
        first=first,
    )
    todo = msg("plan one around {day:date}", day=first + timedelta(days=open_still[0]))
    return missing(saw, todo) if len(planned) < len(REVIEW_MARKS) else unmet(saw, todo)


@criterion(
    Level.ADVISED,
    reads="launch.leaders.who launch.leaders.equipped_with",
    sources="learning-community",
    effort=Effort.MEET,
)
def leaders_equipped(d: Dossier) -> Outcome:
    """Leaders have text and slides

    When managers and leaders speak of the community, people know that they may take part. They do so sooner with a text
    or a slide that is ready.

    Give the leaders a slide or a few sentences, and write in `launch.leaders` who they are and what they got.
    """
    leaders = _launch(d).leaders
    who = leaders.who if leaders else None
    equipped = leaders.equipped_with if leaders else None
    if who is None:
        return missing(msg("it is not said which leaders speak of the community"))
    if equipped is None:
        return missing(msg("it is not said what they get to speak with: {who}", who=who))
    return met(msg("{who}: {equipped}", who=who, equipped=equipped))


@criterion(
    Level.ADVISED,
    reads="launch.word_spread",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def word_spread(d: Dossier) -> Outcome:
    """Word gets round

    People come because a colleague told them. See to it that the community is talked about: a blog, a poster by the
    lift, a story in a meeting.

    List in `word_spread` the ways in which people hear of the community.
    """
    ways = _launch(d).word_spread
    if ways is None:
        return missing(msg("it is not said how word gets round"))
    if not ways:
        return unmet(msg("nothing is done to spread the word"))
    return met(
        nmsg(
            "word gets round in one way: {ways:list}", "word gets round in {n} ways: {ways:list}", len(ways), ways=ways
        )
    )


@criterion(
    Level.ADVISED,
    reads="launch.succession.person strategy.manager.person",
    sources="learning-community handover",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.MEET,
)
def succession_thought_of(d: Dossier) -> Outcome:
    """Succession thought of

    It is good for a community when at some point someone else becomes its manager, and for the first one to take up
    something new. That takes less time when somebody grows into it.

    Name in `launch.succession` who could take over, and how this person grows into it.
    """
    succession = _launch(d).succession
    person = succession.person if succession else None
    if person is None:
        return missing(msg("it is not said who could take over"))
    manager = d.project.strategy.manager if d.project.strategy else None
    if manager is not None and manager.person == person:
        return unmet(msg("{person} is the manager already", person=d.name(person)))
    return met(msg("{person} could take over", person=d.name(person)))


@criterion(
    Level.ADVISED,
    reads="launch.special_interest_groups.*.started_by launch.special_interest_groups.*.date launch.waves.*.date "
    "strategy.manager.person",
    sources="learning-community",
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def special_interest_groups_later(d: Dossier) -> Outcome:
    """Interest groups only later

    Groups around one subject arise once the community runs, out of what members find interesting; they come and they
    go. Made beforehand, they spread the few who are there over empty rooms.

    Wait with interest groups until a member starts one; write `special_interest_groups: none` until then.
    """
    groups = _launch(d).special_interest_groups
    if groups is None:
        return missing(msg("it is not said whether there are interest groups"))
    if not groups:
        return met(msg("there are no interest groups yet, as it should be"))
    first = _first_wave(d)
    early = [slug for slug, group in groups.items() if group.date and first and group.date < first]
    if early:
        return unmet(
            nmsg(
                "one interest group is older than the first wave of {first:date}: {groups:list}",
                "{n} interest groups are older than the first wave of {first:date}: {groups:list}",
                len(early),
                first=first,
                groups=early,
            )
        )
    manager = d.project.strategy.manager if d.project.strategy else None
    made = [
        slug for slug, group in groups.items() if manager and group.started_by and group.started_by == manager.person
    ]
    if made:
        return unmet(
            nmsg(
                "one interest group was started by the manager, not by a member: {groups:list}",
                "{n} interest groups were started by the manager, not by a member: {groups:list}",
                len(made),
                groups=made,
            )
        )
    if first is None or any(group.started_by is None or group.date is None for group in groups.values()):
        return missing(
            msg("it is not said of each interest group who started it, and since when, after the first wave")
        )
    return met(
        nmsg(
            "one interest group, started by a member after the launch: {groups:list}",
            "{n} interest groups, started by members after the launch: {groups:list}",
            len(groups),
            groups=list(groups),
        )
    )


@criterion(
    Level.ADVISED,
    reads="launch.waves.*.people launch.circles",
    sources="learning-community",
    threshold=number_of(150),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
)
def size_safe(d: Dossier, threshold: Fraction) -> Outcome:
    """Not too large to share

    In a community that is too large, people do not feel safe enough to share. Small circles within it keep faces
    familiar.

    Invite fewer people, or say in `launch.circles` in which small circles they meet.
    """
    launch = _launch(d)
    waves = [wave.people for wave in launch.waves or []]
    if not waves or None in waves:
        return missing(msg("it is not said how many people each wave invites"))
    total = sum(people for people in waves if people is not None)
    if total <= threshold:
        return met(
            nmsg(
                "one person is invited; up to {threshold} share easily",
                "{n} people are invited; up to {threshold} share easily",
                total,
                threshold=threshold,
            )
        )
    if launch.circles is None or launch.circles == "none":
        return unmet(
            nmsg(
                "one person is invited, over {threshold}, and there are no small circles",
                "{n} people are invited, over {threshold}, and there are no small circles",
                total,
                threshold=threshold,
            )
        )
    return met(
        nmsg(
            "one person is invited, in small circles: {circles}",
            "{n} people are invited, in small circles: {circles}",
            total,
            circles=launch.circles,
        )
    )


PHASE = PhaseGate(
    Gate.LAUNCH,
    6,
    msg("Launch"),
    msg("How do people get in, and who welcomes them?"),
    (
        waves_planned,
        invitations_lawful,
        newcomer_page_live,
        welcome_by_name,
        ideas_routed,
        member_register_kept,
        sponsor_reports_scheduled,
        feedback_scheduled,
        reviews_planned,
        leaders_equipped,
        word_spread,
        succession_thought_of,
        special_interest_groups_later,
        size_safe,
    ),
)
