"""Phase 3, core group: who carries it?"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from cop_launch.answers import says_none
from cop_launch.gates import (
    Dossier,
    Effort,
    Level,
    Outcome,
    PhaseGate,
    criterion,
    met,
    missing,
    number_of,
    share_of,
    unmet,
)
from cop_launch.locales import msg, nmsg
from cop_launch.model.core_group import (
    Agreement,
    Agreements,
    Colleagues,
    CoreGroup,
    CoreMember,
    Gift,
    Party,
    Safety,
    Sponsor,
)
from cop_launch.model.decision import Gate, Result

YES_OR_NO = (Result.MET, Result.MISSING, Result.UNMET)

ENOUGH_SIDES = 2
"""Departments or places from which a mixed core group comes. Set here."""

NOBODY = msg("nobody is in the core group yet")


def _answers(d: Dossier) -> CoreGroup:
    return d.project.core_group or CoreGroup()


def _members(d: Dossier) -> dict[str, CoreMember]:
    return _answers(d).members or {}


@criterion(
    Level.REQUIRED,
    reads="core_group.members.*.confirmed",
    sources="six-steps learning-community feverbee",
    threshold=number_of(5, source="feverbee"),
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def core_group_formed(d: Dossier, threshold: Fraction) -> Outcome:
    """The core group stands

    A handful of people who are driven by themselves set the first stamp on a community. Five to ten is the first aim;
    with fewer, one holiday and one illness end it.

    Ask in person those who left a name and a contribution, and write under `confirmed` the day on which each said yes.
    """
    members = _answers(d).members
    if members is None:
        return missing(NOBODY)
    confirmed = sum(member.confirmed is not None for member in members.values())
    saw = nmsg(
        "one person said yes; {least:number} is enough",
        "{n} people said yes; {least:number} is enough",
        confirmed,
        least=float(threshold),
    )
    if confirmed >= threshold:
        return met(saw)
    if len(members) >= threshold:
        unsure = [d.name(slug) for slug, member in members.items() if member.confirmed is None]
        return missing(saw, msg("write under `confirmed` when they said yes: {names:list}", names=unsure))
    return unmet(saw, nmsg("ask one more person", "ask {n} more people", ceil(threshold) - confirmed))


@criterion(
    Level.REQUIRED,
    reads="core_group.met",
    sources="learning-community six-steps",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def core_group_met(d: Dossier) -> Outcome:
    """The core group has met

    People trust each other once they know each other, and meeting face to face does that best. A core group that never
    sat together is a list of names.

    Bring them together once, in one room if it can be done, and write the date under `met`.
    """
    days = _answers(d).met
    if days is None:
        return missing(msg("not said yet whether the core group has met"))
    if not days:
        return unmet(msg("the core group has not met"))
    return met(nmsg("met once, on {day:date}", "met {n} times, first on {day:date}", len(days), day=min(days)))


@criterion(
    Level.REQUIRED,
    reads="core_group.members.*.motive core_group.members.*.heard_in",
    sources="six-steps hard-work",
    effort=Effort.MEET,
)
def motives_known(d: Dossier) -> Outcome:
    """Motives known

    A core group runs on what drives its people themselves. Only someone who heard that from them can ask for what they
    would like to do anyhow.

    Ask each member why, and write it down in their own words under `motive`, and under `heard_in` where that was said.
    """
    members = _members(d)
    if not members:
        return missing(NOBODY)
    unsaid = [d.name(slug) for slug, member in members.items() if member.motive is None]
    if unsaid:
        return missing(msg("not known yet why they take part: {names:list}", names=unsaid))
    unheard = [d.name(slug) for slug, member in members.items() if member.heard_in is None]
    if unheard:
        return missing(msg("the motive is known, but not where it was heard: {names:list}", names=unheard))
    return met(nmsg("the motive of the one member is known", "the motives of all {n} members are known", len(members)))


@criterion(
    Level.REQUIRED,
    reads="core_group.members.*.contribution core_group.members.*.assigned",
    sources="hard-work learning-community",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def contributions_self_chosen(d: Dossier) -> Outcome:
    """Contributions chosen by themselves

    Harnessing people to your own cart backfires: a weekly task that somebody else thought of is dropped as soon as it
    is busy. A task that answers what someone is looking for stays.

    Ask each member what he or she would like to do, and give back what was assigned.
    """
    members = _members(d)
    if not members:
        return missing(NOBODY)
    assigned = [d.name(slug) for slug, member in members.items() if member.assigned]
    if assigned:
        return unmet(msg("was given a task instead of choosing one: {names:list}", names=assigned))
    unsaid = [d.name(slug) for slug, member in members.items() if member.contribution is None]
    if unsaid:
        return missing(msg("not said yet what they chose to do: {names:list}", names=unsaid))
    return met(nmsg("the one member chose what to do", "all {n} members chose what to do", len(members)))


_FOUR = {
    "house_rules": msg("house rules"),
    "manners": msg("manners"),
    "topics": msg("topics"),
    "means": msg("means"),
}


@criterion(
    Level.REQUIRED,
    reads="core_group.agreements",
    sources="six-steps",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def agreements_drafted(d: Dossier) -> Outcome:
    """Agreements drafted with the core group

    Fixing everything beforehand works as badly as leaving everything free. The first members decide with you on house
    rules, manners, topics and means; rules that they made themselves are kept.

    Draft the open ones in a meeting of the core group: short, positive and specific, with the date.
    """
    agreements = _answers(d).agreements or Agreements()
    four = [(title, getattr(agreements, name) or Agreement()) for name, title in _FOUR.items()]
    without = [
        title
        for title, agreement in four
        if agreement.text == [] or (agreement.with_ is not None and Party.CORE_GROUP not in agreement.with_)
    ]
    if without:
        return unmet(msg("not agreed with the core group: {agreements:list}", agreements=without))
    unsaid = [title for title, agreement in four if not agreement.text]
    if unsaid:
        return missing(msg("not drafted yet: {agreements:list}", agreements=unsaid))
    unsigned = [title for title, agreement in four if agreement.with_ is None or agreement.drafted is None]
    if unsigned:
        return missing(
            msg("drafted, but not said with whom and when: {agreements:list}", agreements=unsigned),
            msg("add `with` and `drafted` to each agreement"),
        )
    return met(msg("house rules, manners, topics and means are drafted with the core group"))


@criterion(
    Level.REQUIRED,
    reads="core_group.safe_to_share.confidential core_group.safe_to_share.managers",
    sources="learning-community",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def safe_to_share(d: Dossier) -> Outcome:
    """Safe to share

    People share what went wrong only where they feel safe. So they have to know beforehand what stays inside, and
    whether their manager reads along.

    Agree with the core group what stays inside, and whether managers are in, and when.
    """
    safety = _answers(d).safe_to_share or Safety()
    if safety.confidential is None and safety.managers is None:
        return missing(msg("not said yet what makes it safe to share"))
    if safety.confidential is None:
        return missing(msg("not said yet what stays inside"))
    if says_none(safety.confidential):
        return unmet(msg("nothing stays inside"))
    if safety.managers is None:
        return missing(msg("not said yet whether managers are in"))
    return met(
        msg(
            "stays inside: {confidential}; managers: {managers}",
            confidential=safety.confidential,
            managers=safety.managers,
        )
    )


@criterion(
    Level.REQUIRED,
    reads="core_group.sponsor.person core_group.sponsor.gives core_group.sponsor.date",
    sources="learning-community",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def sponsor_committed(d: Dossier) -> Outcome:
    """Sponsor takes part

    A community costs time, energy and money, and now and then somebody has to clear the way. A sponsor who gives money
    but no permission, or the other way round, leaves the core group standing on one leg.

    Ask the sponsor for both, money and permission to spend working time, and write down who promised it and when.
    """
    sponsor = _answers(d).sponsor or Sponsor()
    if sponsor.person is None:
        return missing(msg("no sponsor is named"))
    name = d.name(sponsor.person)
    if sponsor.gives is None:
        return missing(msg("not said yet what {name} gives", name=name))
    if Gift.MONEY not in sponsor.gives:
        return unmet(msg("{name} gives no money", name=name))
    if not {Gift.PERMISSION, Gift.WORKING_TIME} & set(sponsor.gives):
        return unmet(msg("{name} gives money, but no permission", name=name))
    if sponsor.date is None:
        return missing(msg("{name} gives money and permission, but it is not said when that was promised", name=name))
    return met(msg("{name} promised money and permission on {day:date}", name=name, day=sponsor.date))


@criterion(
    Level.REQUIRED,
    reads="core_group.colleagues.presentations core_group.colleagues.line_managers_spoken",
    sources="six-steps",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def colleagues_involved(d: Dossier) -> Outcome:
    """Colleagues involved

    A community makes an organisation stronger only if colleagues work with it. They do so once they have seen how
    their own work gets nicer and easier; and line managers decide whether there is time.

    Hold one presentation for colleagues, speak to the line managers of the members, and write down the dates.
    """
    colleagues = _answers(d).colleagues or Colleagues()
    if colleagues.presentations == []:
        return unmet(msg("no presentation was held"))
    held = [p.for_ for p in colleagues.presentations or [] if p.for_ and p.date]
    if not held:
        if colleagues.presentations:
            return missing(
                msg("a presentation is written down, but not for whom and when"),
                msg("add `for` and `date` to the presentation"),
            )
        return missing(msg("not said yet whether a presentation was held"))
    if colleagues.line_managers_spoken is None:
        return missing(
            msg("presented to {groups:list}; not said yet when the line managers were spoken to", groups=held)
        )
    return met(
        msg(
            "presented to {groups:list}; line managers were spoken to on {day:date}",
            groups=held,
            day=colleagues.line_managers_spoken,
        )
    )


@criterion(
    Level.REQUIRED,
    reads="core_group.members.*.manager_agreed",
    sources="hard-work",
    effort=Effort.MEET,
)
def mandate_given(d: Dossier) -> Outcome:
    """Room and mandate arranged

    Members may be as enterprising as they like: without room from their manager the community is the first thing that
    goes when it gets busy.

    Ask each member's manager to agree to the hours, and write the date under `manager_agreed`.
    """
    members = _members(d)
    if not members:
        return missing(NOBODY)
    waiting = [d.name(slug) for slug, member in members.items() if member.manager_agreed is None]
    if waiting:
        return missing(msg("the manager has not agreed to the hours yet: {names:list}", names=waiting))
    return met(
        nmsg(
            "the manager of the one member agreed to the hours",
            "the managers of all {n} members agreed to the hours",
            len(members),
        )
    )


@criterion(
    Level.REQUIRED,
    reads="core_group.questions.*.to core_group.questions.*.working_days",
    sources="six-steps",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def questions_routed(d: Dossier) -> Outcome:
    """Clear who takes up questions

    Questions, feedback and ideas will come from the community to the organisation. When nobody is ready for them,
    members learn that asking is useless.

    Name for each kind of question who answers it, and within how many working days.
    """
    routes = _answers(d).questions
    if routes is None:
        return missing(msg("not said yet who answers what"))
    if not routes:
        return unmet(msg("nobody answers questions from the community"))
    unsaid = [slug for slug, route in routes.items() if route.to is None or route.working_days is None]
    if unsaid:
        return missing(msg("not said yet who answers, and how fast: {questions:list}", questions=unsaid))
    slowest = max(route.working_days or 0 for route in routes.values())
    if slowest == 0:
        return met(
            nmsg("one kind of question is answered at once", "{n} kinds of questions are answered at once", len(routes))
        )
    return met(
        nmsg(
            "one kind of question has somebody who answers; working days, at most: {days}",
            "{n} kinds of questions have somebody who answers; working days, at most: {days}",
            len(routes),
            days=slowest,
        )
    )


@criterion(Level.REQUIRED, reads="core_group.results_shared", sources="bind-research", effort=Effort.MEET)
def results_shared_back(d: Dossier) -> Outcome:
    """The outcome shared with those who answered

    People who filled in a questionnaire already own a little of what comes of it. When they hear nothing, they do not
    answer the next time.

    Send everyone who answered the outcome in half a page, with what happens next; `coplaunch render` writes the mail.
    """
    day = _answers(d).results_shared
    if day is None:
        return missing(msg("those who answered have not heard the outcome yet"))
    return met(msg("those who answered heard the outcome on {day:date}", day=day))


@criterion(
    Level.ADVISED,
    reads="core_group.members.*.confirmed people.{core_group.members}.hours_per_week "
    "people.{core_group.members}.hours_per_month",
    sources="learning-community",
    threshold=share_of(40),
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def load_spread(d: Dossier, threshold: Fraction) -> Outcome:
    """The work is spread

    Do not try to do everything yourself, and do not let one member do it either. When one person holds most of the
    hours, a community becomes a working group with one driver, and stops when that person does.

    Ask who of the others would like to take over a part, or ask one more person in.
    """
    members = _members(d)
    if not members:
        return missing(NOBODY)
    known = {slug: d.hours_per_week(slug) for slug in members}
    hours = {slug: each for slug, each in known.items() if each is not None}
    if len(hours) < len(known):
        unsaid = [d.name(slug) for slug, each in known.items() if each is None]
        return missing(
            msg("not said yet how many hours they have: {names:list}", names=unsaid),
            msg("add `hours_per_week` or `hours_per_month` to these people"),
        )
    total = sum(hours.values())
    if total <= 0:
        return missing(msg("nobody in the core group has hours"))
    most = max(hours, key=lambda slug: hours[slug])
    saw = msg(
        "{name} holds most hours: {share:percent}; at most {most:number}%",
        name=d.name(most),
        share=Fraction(hours[most], total),
        most=float(threshold * 100),
    )
    return met(saw) if hours[most] <= threshold * total else unmet(saw)


@criterion(
    Level.ADVISED,
    reads="core_group.members.*.confirmed people.{core_group.members}.place people.{core_group.members}.department",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def mixed_group(d: Dossier) -> Outcome:
    """Mixed core group

    Members of one department know each other's answers already, and others think that the community is theirs. Two
    departments or places make it everybody's.

    Ask somebody from another department or place who left a name in the concept test.
    """
    members = _members(d)
    if not members:
        return missing(NOBODY)
    people = d.project.people or {}
    found = [people.get(slug) for slug in members]
    departments = {person.department for person in found if person and person.department}
    places = {person.place for person in found if person and person.place}
    if len(departments) >= ENOUGH_SIDES:
        return met(msg("from {departments:list}", departments=sorted(departments)))
    if len(places) >= ENOUGH_SIDES:
        return met(msg("from {places:list}", places=sorted(places)))
    if any(person is None or person.department is None or person.place is None for person in found):
        return missing(
            msg("not said yet of all members where they work"),
            msg("add `department` and `place` to the people in the core group"),
        )
    return unmet(msg("all members come from the same department and place"))


@criterion(Level.ADVISED, reads="core_group.thanks", sources="hard-work", may_be=YES_OR_NO, effort=Effort.MEET)
def ambassadors_cherished(d: Dossier) -> Outcome:
    """Ambassadors cherished

    The people who want to change something, who dare to say what they think and who support each other in it are the
    ones to cherish. They seldom ask for it.

    Agree with the sponsor on something that is meant for them, and write it under `thanks`.
    """
    thanks = _answers(d).thanks
    if thanks is None:
        return missing(msg("not said yet how the ambassadors are cherished"))
    if says_none(thanks):
        return unmet(msg("nothing is done for the ambassadors"))
    return met(msg("for the ambassadors: {thanks}", thanks=thanks))


PHASE = PhaseGate(
    Gate.CORE_GROUP,
    3,
    msg("Core group"),
    msg("Who carries it, and does the organisation let them?"),
    (
        core_group_formed,
        core_group_met,
        motives_known,
        contributions_self_chosen,
        agreements_drafted,
        safe_to_share,
        sponsor_committed,
        colleagues_involved,
        mandate_given,
        questions_routed,
        results_shared_back,
        load_spread,
        mixed_group,
        ambassadors_cherished,
    ),
)
