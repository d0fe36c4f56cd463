"""Phase 1, initiative: is there a need, and who pulls?"""

from __future__ import annotations

import re
from fractions import Fraction

from cop_launch.answers import Answers, counted_answers, says_none, weigh_answers, willing_answers
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
from cop_launch.model.decision import Gate, Result
from cop_launch.model.initiative import (
    CommunityVerdict,
    ConceptQuestions,
    Initiative,
    Need,
    Readiness,
    SponsorInSight,
    TargetGroup,
)

SMALL_GROUP = 40
"""Below this size a target group counts as small, and six interviews are enough. Set here."""

ENOUGH_IN_A_SMALL_GROUP = 6
"""Interviews. Set here."""

ENOUGH_INTERVIEWS = 10
"""Interviews in any other group. Set here."""

ENOUGH_PLACES = 2
"""A need that is heard in one team or place only may be that team's own. Set here."""

NEARLY_EVERYONE = Fraction(4, 5)
"""From this share of the organisation on, a target group is as good as everyone. Set here."""

YES_OR_NO = (Result.MET, Result.MISSING, Result.UNMET)


def _answers(d: Dossier) -> Initiative:
    return d.project.initiative or Initiative()


@criterion(
    Level.REQUIRED,
    reads="initiative.urgency initiative.initiators",
    sources="oh-hemel",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def urgency_stated(d: Dossier) -> Outcome:
    """Why now, in someone else's words

    An idea that only its initiators find urgent goes quiet as soon as they are busy. Someone else has to be able to
    say why this cannot wait.

    Ask two or three people why this matters now, and write down what they say, who said it and when.
    """
    initiative = _answers(d)
    said = initiative.urgency
    if said is None:
        return missing(msg("nobody other than the initiators has said why now"))
    if not said:
        return unmet(msg("nobody can say why this would be urgent"))
    complete = [s for s in said if s.text and s.by and s.date]
    if not complete:
        return missing(msg("something was said, but not by whom and when"), msg("add `by` and `date` to what was said"))
    others = [s.by for s in complete if s.by and not _is_initiator(s.by, initiative.initiators or [])]
    if not others:
        return missing(
            msg("only the initiators have said why now"), msg("ask someone who did not start this why it matters now")
        )
    return met(
        nmsg("one person says why now: {by}", "{n} people say why now, {by} among them", len(others), by=others[0])
    )


def _is_initiator(by: str, initiators: list[str]) -> bool:
    """Whether a statement's `by` begins with the short name of an initiator: `Marloes, Learning & Development`."""
    words = re.findall(r"\w+", by.casefold())
    return any(words[: len(slug)] == slug for slug in (re.findall(r"\w+", s.casefold()) for s in initiators))


@criterion(
    Level.REQUIRED,
    reads="initiative.interviews.held initiative.interviews.evidence initiative.target_groups.*.size",
    sources="feverbee",
    threshold=number_of(ENOUGH_INTERVIEWS),
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def interviews_enough(d: Dossier, threshold: Fraction) -> Outcome:
    """Enough conversations held

    Ten open conversations show which needs come back; in a group of under 40 people six do. A need that one
    enthusiast describes is a hunch.

    Interview people from the target group until you have ten; `coplaunch render` makes the interview guide.
    """
    held = _held(d)
    enough = enough_interviews(d, int(threshold))
    if held is None:
        return missing(msg("no interviews are counted yet"))
    if held >= enough:
        return met(
            nmsg(
                "one interview held; {enough} is enough", "{n} interviews held; {enough} is enough", held, enough=enough
            )
        )
    return unmet(
        nmsg(
            "one interview held of the {enough} that are needed",
            "{n} interviews held of the {enough} that are needed",
            held,
            enough=enough,
        ),
        nmsg("hold one more interview", "hold {n} more interviews", enough - held),
    )


def _held(d: Dossier) -> int | None:
    """The number of people interviewed, by hand or from the evidence file."""
    interviews = _answers(d).interviews
    return counted_answers(interviews.held, None, d.evidence.get(interviews.evidence or "")) if interviews else None


def size_of_groups(d: Dossier) -> int | None:
    """The size of all target groups together; None as long as one of them is unknown."""
    sizes = [group.size for group in (_answers(d).target_groups or {}).values()]
    known = [size for size in sizes if size is not None]
    return sum(known) if known and len(known) == len(sizes) else None


def enough_interviews(d: Dossier, usually: int = ENOUGH_INTERVIEWS) -> int:
    """How many interviews are enough: fewer in a small group, and never more than it has people."""
    group = size_of_groups(d)
    if group is None or group >= SMALL_GROUP:
        return usually
    return max(1, min(usually, ENOUGH_IN_A_SMALL_GROUP, group))


@criterion(
    Level.DECISIVE,
    reads="initiative.needs.*.heard_from initiative.needs.*.places initiative.interviews.held "
    "initiative.interviews.evidence initiative.target_groups.*.size",
    sources="six-steps feverbee",
    threshold=number_of(3),
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def need_evidenced(d: Dossier, threshold: Fraction) -> Outcome:
    """The need is really there

    A community grows on a need that people have of their own accord. One that comes back with several people, in more
    than one team or place and outside the circle of initiators, is a need; anything less is an opinion.

    Hold the remaining interviews and count each need with the places where it was heard; if none comes back, stop or
    look at another target group.
    """
    needs = _answers(d).needs
    held, enough = _held(d), enough_interviews(d)
    if held is None or held < enough:
        return missing(
            nmsg(
                "one interview held: {enough} is enough to see which needs come back",
                "{n} interviews held: {enough} is enough to see which needs come back",
                held or 0,
                enough=enough,
            )
        )
    if needs is None:
        return missing(
            msg("the interviews are held, but no need is written down yet"),
            msg("write the needs down, each with `heard_from` and `places`"),
        )
    heard = {slug: need for slug, need in needs.items() if _comes_back(need, threshold)}
    if heard:
        often = max(heard, key=lambda slug: heard[slug].heard_from or 0)
        return met(
            nmsg(
                "one need comes back: {need}, heard from {people:number} people",
                "{n} needs come back; most often {need}, heard from {people:number} people",
                len(heard),
                need=heard[often].need or often,
                people=heard[often].heard_from,
            )
        )
    open_ones = [slug for slug, need in needs.items() if _comes_back(need, threshold) is None]
    if open_ones:
        return missing(
            msg("not counted yet, from how many people and in which places: {needs:list}", needs=open_ones),
            msg("add `heard_from` and `places` to each need"),
        )
    return unmet(
        msg(
            "no need was heard from {people:number} people or more, in {places} teams or places",
            people=float(threshold),
            places=ENOUGH_PLACES,
        )
    )


def _comes_back(need: Need, people: Fraction) -> bool | None:
    """Whether a need was heard often enough and widely enough; None while that cannot be said."""
    if need.heard_from is not None and need.heard_from < people:
        return False
    places = None if need.places is None else len({place.strip().casefold() for place in need.places})
    if places is not None and places < ENOUGH_PLACES:
        return False
    return None if need.heard_from is None or places is None else True


@criterion(
    Level.DECISIVE,
    reads="initiative.interviews.want_to_contribute initiative.interviews.held initiative.interviews.evidence "
    "initiative.target_groups.*.size",
    sources="hard-work wilson",
    threshold=share_of(20, "hard-work"),
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def willing_in_interviews(d: Dossier, threshold: Fraction) -> Outcome:
    """People who were interviewed want to contribute

    At least one in five of the people interviewed has to want to contribute actively, or the community has little
    chance. Perhaps is not yes.

    Ask every interviewee whether and what they would contribute, and count yes, perhaps and no.
    """
    willing = who_want_to_contribute(d)
    if willing is None:
        return missing(msg("nobody has counted how many interviewees want to contribute"))
    return weigh_answers(willing, threshold, enough_interviews(d), size_of_groups(d))


def who_want_to_contribute(d: Dossier) -> Answers | None:
    """Those who want to contribute actively, of all who were interviewed."""
    interviews = _answers(d).interviews
    if interviews is None:
        return None
    file = d.evidence.get(interviews.evidence or "")
    return willing_answers(interviews.want_to_contribute, _held(d), file, "want_to_contribute")


@criterion(
    Level.REQUIRED,
    reads="initiative.champions.*.person initiative.champions.*.from_target_group",
    sources="six-steps learning-community",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def champion_named(d: Dossier) -> Outcome:
    """A champion is known

    Somebody has to pull, and to feel that it is theirs. Whoever does so from within the target group can be helped to
    do more; somebody from outside can't replace that.

    Look for the person who already does something of the kind, ask whether you may help, and name this person under
    `champions`.
    """
    champions = _answers(d).champions
    if champions is None:
        return missing(msg("nobody is named who pulls already"))
    own = [c.person for c in champions if c.person and c.from_target_group]
    if own:
        return met(
            nmsg(
                "{name} pulls, from the target group itself",
                "{n} people from the target group itself pull, {name} among them",
                len(own),
                name=d.name(own[0]),
            )
        )
    if any(c.person is None or c.from_target_group is None for c in champions):
        return missing(
            msg("it is not said of every champion who it is, and whether from the target group"),
            msg("add `person` and `from_target_group` to each champion"),
        )
    return unmet(msg("nobody from the target group itself pulls"))


@criterion(
    Level.REQUIRED,
    reads="initiative.target_groups.*.fits_plans",
    sources="six-steps",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def target_group_fits(d: Dossier) -> Outcome:
    """Target group fits the plans

    A need can be real and still live with people for whom the organisation has no plans. Then nobody will give time or
    money for it.

    Ask the sponsor which plan of the organisation this group serves, and write it under `fits_plans`.
    """
    groups = _answers(d).target_groups
    if groups is None:
        return missing(msg("no target group is described yet"))
    if not groups:
        return unmet(msg("there is no target group"))
    without = [slug for slug, group in groups.items() if group.fits_plans and says_none(group.fits_plans)]
    if without:
        return unmet(msg("serves no plan of the organisation: {groups:list}", groups=without))
    unsaid = [slug for slug, group in groups.items() if not group.fits_plans]
    if unsaid:
        return missing(msg("not said yet which plan it serves: {groups:list}", groups=unsaid))
    return met(msg("serves {plans:list}", plans=[group.fits_plans for group in groups.values()]))


_FIVE = {
    "for_whom": msg("for whom"),
    "drivers": msg("what drives them"),
    "topics": msg("what they want to talk about"),
    "needed_people": msg("whom they need for that"),
    "yields": msg("what it yields them"),
}


@criterion(Level.REQUIRED, reads="initiative.concept_questions", sources="hard-work", effort=Effort.GATHER)
def concept_questions_answered(d: Dossier) -> Outcome:
    """The five concept questions answered

    For whom, what drives them, what do they want to talk about, whom do they need for that, what does it yield them:
    an inventory of needs asks these five, because a concept without one of them cannot be tested.

    Answer the open ones from what the interviews said, in a line each under `concept_questions`.
    """
    asked = _answers(d).concept_questions or ConceptQuestions()
    unsaid = [title for name, title in _FIVE.items() if getattr(asked, name) is None]
    if len(unsaid) == len(_FIVE):
        return missing(msg("none of the five is answered yet"))
    if unsaid:
        return missing(
            nmsg(
                "one of the five is open: {questions:list}",
                "{n} are open: {questions:list}",
                len(unsaid),
                questions=unsaid,
            )
        )
    return met(msg("all five are answered"))


@criterion(
    Level.REQUIRED, reads="initiative.existing_communities.*.verdict", sources="oh-hemel garfield", effort=Effort.GATHER
)
def existing_communities_scanned(d: Dossier) -> Outcome:
    """Looked at what exists already

    Perhaps nothing has to be started: where people look each other up already, finding and supporting them does more
    than a second community beside theirs.

    Ask every interviewee where it happens already; say of each whether to join it, support it or stay separate, and
    write `none` if you looked and found nothing.
    """
    found = _answers(d).existing_communities
    if found is None:
        return missing(msg("nobody has looked yet at what exists already"))
    if not found:
        return met(msg("looked, and found nothing that exists already"))
    unsaid = [slug for slug, community in found.items() if community.verdict is None]
    if unsaid:
        return missing(msg("not said yet whether to join, support or stay separate: {names:list}", names=unsaid))
    verdicts = [community.verdict for community in found.values()]
    return met(
        nmsg(
            "found one: to join {join}, to support {support}, to stay separate from {separate}",
            "found {n}: to join {join}, to support {support}, to stay separate from {separate}",
            len(found),
            join=verdicts.count(CommunityVerdict.JOIN),
            support=verdicts.count(CommunityVerdict.SUPPORT),
            separate=verdicts.count(CommunityVerdict.SEPARATE),
        )
    )


@criterion(Level.REQUIRED, reads="initiative.past_attempts", sources="oh-hemel")
def past_attempts_known(d: Dossier) -> Outcome:
    """Earlier attempts known

    The usual end is known: a platform, invitations, a few discussions by the facilitator, and then silence. Whoever
    knows why the last attempt died does not repeat it, and people remember it.

    Ask who was there what was tried and why it died; write `none` if nothing was.
    """
    attempts = _answers(d).past_attempts
    if attempts is None:
        return missing(msg("not said yet what was tried before"))
    if not attempts:
        return met(msg("nothing was tried before"))
    if any(attempt.what is None or attempt.lesson is None for attempt in attempts):
        return missing(
            msg("something was tried before, but not said what it was and why it died"),
            msg("add `what` and `lesson` to each attempt"),
        )
    return met(
        nmsg(
            "one attempt before this: {lesson}",
            "{n} attempts before this; of the last: {lesson}",
            len(attempts),
            lesson=attempts[-1].lesson,
        )
    )


@criterion(
    Level.REQUIRED,
    reads="initiative.sponsor_in_sight",
    sources="learning-community",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def sponsor_in_sight(d: Dossier) -> Outcome:
    """Sponsor in sight

    Starting a community takes time, energy and money, so somebody has to want to pay. Before the concept is tested it
    is enough to know who that would be, and which hours there are until then.

    Ask the person who gains most whether he or she would pay, and agree the hours for the first two phases.
    """
    sponsor = _answers(d).sponsor_in_sight or SponsorInSight()
    if sponsor.hours and says_none(sponsor.hours):
        return unmet(msg("there are no hours for the first two phases"))
    if sponsor.person is None:
        return missing(msg("nobody is named who would pay"))
    if sponsor.hours is None:
        return missing(
            msg("{name} would pay, but it is not said which hours there are", name=d.name(sponsor.person)),
            msg("write under `hours` who has how many hours for the first two phases"),
        )
    return met(msg("{name} would pay; hours: {hours}", name=d.name(sponsor.person), hours=sponsor.hours))


@criterion(Level.REQUIRED, reads="initiative.kill_criteria.*.when", may_be=YES_OR_NO, effort=Effort.MEET)
def kill_criteria_set(d: Dossier) -> Outcome:
    """Kill criteria agreed

    At the start it is easy to say when you would stop; once people have put their heart into it, it no longer is. What
    is agreed now is shown at every later gate.

    Agree with the sponsor on two or three facts, each with a date or a number, at which you would stop.
    """
    kills = _answers(d).kill_criteria
    if kills is None:
        return missing(msg("not said yet when you would stop"))
    if not kills:
        return unmet(msg("nothing is agreed at which you would stop"))
    unsaid = [slug for slug, kill in kills.items() if kill.when is None]
    if unsaid:
        return missing(msg("not said yet when this is reached: {names:list}", names=unsaid))
    return met(nmsg("one kill criterion is agreed", "{n} kill criteria are agreed", len(kills)))


@criterion(Level.ADVISED, reads="initiative.networks", sources="oh-hemel", may_be=YES_OR_NO, effort=Effort.GATHER)
def networks_mapped(d: Dossier) -> Outcome:
    """Informal networks in view

    Who is busy with this already, and who finds whom without a platform? A community that follows those lines has its
    first conversations on the first day.

    Ask every interviewee whom they call when they are stuck, and write down the circles that come back.
    """
    networks = _answers(d).networks
    if networks is None:
        return missing(msg("not said yet who finds whom already"))
    if not networks:
        return unmet(msg("no informal network was found"))
    return met(msg("found: {networks:list}", networks=networks))


@criterion(
    Level.ADVISED,
    reads="initiative.target_groups.*.size",
    sources="learning-community",
    threshold=number_of(40, source="learning-community"),
    may_be=YES_OR_NO,
)
def reachable_enough(d: Dossier, threshold: Fraction) -> Outcome:
    """Enough people within reach

    Around forty people are often enough to start with. With fewer it can be done, but most will read along rather than
    write, and a handful then has to carry every conversation.

    Look whether a neighbouring team or organisation has the same need, or choose a form that suits a small circle.
    """
    groups = _answers(d).target_groups or {}
    reach = sum(group.size for group in groups.values() if group.size is not None)
    if reach >= threshold:
        return met(
            msg("{reach:number} people within reach; {least:number} is enough", reach=reach, least=float(threshold))
        )
    if not groups or any(group.size is None for group in groups.values()):
        return missing(msg("not said yet how many people the target group has"))
    return unmet(
        nmsg(
            "one person within reach; {least:number} is enough",
            "{n} people within reach; {least:number} is enough",
            reach,
            least=float(threshold),
        )
    )


_ORGANISATION = r"(organi[sz]ation|company|firm|business|organisatie|bedrijf|onderneming|concern)"
_EVERYONE = re.compile(
    rf"""
    (everyone|everybody|anyone|iedereen|allen)
        (\s+(here|hier|(in|at|from|van|binnen|uit)\s+((the|our|de|het|onze|ons)\s+)?{_ORGANISATION}))?
    | (all|every|alle|elke)\s+((of\s+)?(the|our|onze|de)\s+)?
        (employees?|staff|people|workers?|colleagues?|medewerkers?|werknemers?|collega['’]?s|mensen|personeel)
        (\s+(in|at|of|from|van|binnen|uit)\s+((the|our|de|het|onze|ons)\s+)?{_ORGANISATION})?
    | .*\b(whole|entire|complete|hele|gehele|ganse)\s+{_ORGANISATION}\b.*
    """,
    re.VERBOSE,
)


@criterion(
    Level.ADVISED,
    reads="initiative.target_groups.*.who initiative.target_groups.*.size organisation.size",
    sources="oh-hemel feverbee",
    may_be=YES_OR_NO,
)
def scope_contained(d: Dossier) -> Outcome:
    """Started small

    Enthusiasm makes a target group grow until the whole organisation is one community, with a platform to hold it
    together. Nobody recognises himself in everyone; a narrow group does recognise itself.

    Choose the group in which the need is strongest, and say under `not` who is not meant yet.
    """
    groups = _answers(d).target_groups or {}
    described = {slug: group.who for slug, group in groups.items() if group.who}
    everyone = [who for who in described.values() if _EVERYONE.fullmatch(" ".join(who.casefold().split()).rstrip(".!"))]
    if everyone:
        return unmet(msg("the target group is everyone: {who}", who=everyone[0]))
    share = _share_of_organisation(d, groups)
    if share is not None and share >= NEARLY_EVERYONE:
        return unmet(msg("the target group is {share:percent} of the organisation", share=share))
    if not groups or len(described) < len(groups):
        return missing(msg("not said yet who the target group is"))
    return met(msg("the target group is {who:list}", who=list(described.values())))


def _share_of_organisation(d: Dossier, groups: dict[str, TargetGroup]) -> Fraction | None:
    total = d.project.organisation.size if d.project.organisation else None
    reach = sum(group.size for group in groups.values() if group.size is not None)
    return Fraction(reach, total) if total else None


@criterion(
    Level.ADVISED,
    reads="initiative.readiness.ready initiative.readiness.by initiative.readiness.date",
    sources="hard-work",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def organisation_ready(d: Dossier) -> Outcome:
    """Organisation dares to let go

    A community asks for another way of working: letting go, and trying things out. Not every organisation is ready for
    that, and then its people notice within weeks.

    Talk with the sponsor about the last time that something was left to the people themselves, and start with a part
    of the organisation that dares.
    """
    readiness = _answers(d).readiness or Readiness()
    if readiness.ready is None:
        return missing(msg("not said yet whether the organisation dares to let go"))
    if not readiness.ready:
        return unmet(msg("the organisation is not ready to let go"))
    if readiness.by is None or readiness.date is None:
        return missing(
            msg("it is said that the organisation dares, but not by whom and when"),
            msg("add `by` and `date` to `readiness`"),
        )
    return met(msg("{by} says that the organisation dares to let go", by=readiness.by))


PHASE = PhaseGate(
    Gate.INITIATIVE,
    1,
    msg("Initiative"),
    msg("Is there a need, who feels it, and who pulls?"),
    (
        urgency_stated,
        interviews_enough,
        need_evidenced,
        willing_in_interviews,
        champion_named,
        target_group_fits,
        concept_questions_answered,
        existing_communities_scanned,
        past_attempts_known,
        sponsor_in_sight,
        kill_criteria_set,
        networks_mapped,
        reachable_enough,
        scope_contained,
        organisation_ready,
    ),
)
