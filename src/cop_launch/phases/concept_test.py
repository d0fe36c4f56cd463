"""Phase 2, concept test: does the concept hold?"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from cop_launch.answers import Answers, counted_answers, weigh_answers, willing_answers
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
from cop_launch.model.concept_test import CommunityType, ConceptTest, ConceptTestRound, Persona, Scope, Value
from cop_launch.model.decision import Gate, Result
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.fields import Figure, NotApplicable
from cop_launch.model.organisation import Organisation, OrganisationKind
from cop_launch.statistics import Share, minimum_answers, reaches, wilson

SMALL_GROUP = 250
"""Below this size a part of the target group is enough to have asked. Set here, so that the part meets the number."""

PART_OF_A_SMALL_GROUP = Fraction(40, 100)
"""Of a small target group, this share of answers is enough. Set here."""

YES_OR_NO = (Result.MET, Result.MISSING, Result.UNMET)

COUNTED = "concept_test.tests.*.answered concept_test.tests.*.left_out concept_test.tests.*.evidence"
"""What says how many answers count."""

GROUP = "concept_test.tests.*.reached initiative.target_groups.*.size"
"""What says how many people could answer."""

UNTESTED = msg("the concept has not been put before anyone yet")


def _answers(d: Dossier) -> ConceptTest:
    return d.project.concept_test or ConceptTest()


def latest_test(d: Dossier) -> ConceptTestRound | None:
    """The test that decides: the last in the list."""
    tests = _answers(d).tests
    return tests[-1] if tests else None


def evidence_of_test(d: Dossier) -> EvidenceFile | None:
    """The evidence file of the test that decides."""
    test = latest_test(d)
    return d.evidence.get(test.evidence or "") if test else None


def answers_that_count(d: Dossier) -> int | None:
    """The answers that count in the test that decides."""
    test = latest_test(d)
    return counted_answers(test.answered, test.left_out, evidence_of_test(d)) if test else None


def size_of_group(d: Dossier) -> int | None:
    """The size of the target group that the test reached."""
    test = latest_test(d)
    groups = (d.project.initiative.target_groups if d.project.initiative else None) or {}
    group = groups.get(test.reached or "") if test else None
    return group.size if group else None


def who_want_a_role(d: Dossier) -> Answers | None:
    """Those who want a role, of all answers that count."""
    test = latest_test(d)
    return (
        willing_answers(test.wants_a_role, answers_that_count(d), evidence_of_test(d), "wants_a_role") if test else None
    )


def who_recognise(d: Dossier) -> Share | None:
    """Those who recognise themselves; None as long as nobody was counted."""
    test = latest_test(d)
    if test is None:
        return None
    share = d.share(test.recognises or Figure(evidence=test.evidence), "recognises")
    return share if share and share.denominator else None


@criterion(Level.REQUIRED, reads="concept_test.hypothesis", sources="six-steps feverbee")
def hypothesis_stated(d: Dossier) -> Outcome:
    """Hypothesis written down

    Put side by side, the needs make you expect something: who will do what together, and what comes of it. Only what
    is written down beforehand can turn out to be wrong.

    Write one sentence under `hypothesis`: if these people do this together, then that will change.
    """
    hypothesis = _answers(d).hypothesis
    if hypothesis is None:
        return missing(msg("no hypothesis is written down yet"))
    return met(msg("written down: {hypothesis}", hypothesis=hypothesis))


_TYPES = {
    CommunityType.HELPING: msg("helping"),
    CommunityType.BEST_PRACTICE: msg("best practice"),
    CommunityType.KNOWLEDGE_STEWARDING: msg("knowledge stewarding"),
    CommunityType.INNOVATION: msg("innovation"),
}


@criterion(Level.REQUIRED, reads="concept_test.type concept_test.purpose", sources="six-steps cop-tips")
def type_and_purpose(d: Dossier) -> Outcome:
    """Type and purpose chosen

    Helping each other asks for something else than gathering good practice, keeping knowledge or inventing something
    new. Whoever tries to do all four at once gives nobody a reason to come.

    Choose the one type that answers the strongest need, and write in a line which purpose it serves.
    """
    concept = _answers(d)
    if concept.type is None and concept.purpose is None:
        return missing(msg("neither the type nor the purpose is chosen yet"))
    if concept.type is None:
        return missing(msg("the type is not chosen yet"))
    if concept.purpose is None:
        return missing(msg("the purpose is not written down yet"))
    return met(msg("{type}: {purpose}", type=_TYPES[concept.type], purpose=concept.purpose))


_PERSONA = {
    "is_": msg("who it is"),
    "wants": msg("what this person wants"),
    "dislikes": msg("what this person dislikes"),
    "takes_part_when": msg("when this person joins in"),
}


@criterion(Level.REQUIRED, reads="concept_test.persona", sources="six-steps", may_be=YES_OR_NO)
def persona_described(d: Dossier) -> Outcome:
    """Ideal member described

    The ideal member is described so precisely that colleagues recognise someone. The test goes to people of this kind,
    and asks whether they see themselves in it.

    Describe one person: work and place, what this person wants and dislikes, and when this person joins in.
    """
    personas = _answers(d).persona
    if personas is None:
        return missing(msg("nobody is described yet"))
    if not personas:
        return unmet(msg("there is no ideal member"))
    described = [slug for slug, persona in personas.items() if not _open(persona)]
    if described:
        return met(msg("described: {names:list}", names=described))
    slug, persona = next(iter(personas.items()))
    return missing(msg("not said yet of {name}: {questions:list}", name=slug, questions=_open(persona)))


def _open(persona: Persona) -> list[object]:
    return [title for name, title in _PERSONA.items() if getattr(persona, name) is None]


@criterion(Level.REQUIRED, reads="concept_test.themes.*.needs", sources="six-steps", may_be=YES_OR_NO)
def themes_from_needs(d: Dossier) -> Outcome:
    """Themes come from needs

    People exchange on what they need, not on what an organisation would like them to talk about. A theme without a
    need behind it is somebody's hobby.

    Name under each theme the needs from which it comes, and drop the themes that have none.
    """
    themes = _answers(d).themes
    if themes is None:
        return missing(msg("no themes are chosen yet"))
    if not themes:
        return unmet(msg("there are no themes"))
    without = [slug for slug, theme in themes.items() if theme.needs == []]
    if without:
        return unmet(msg("comes from no need: {themes:list}", themes=without))
    unsaid = [slug for slug, theme in themes.items() if theme.needs is None]
    if unsaid:
        return missing(msg("not said yet from which needs it comes: {themes:list}", themes=unsaid))
    return met(nmsg("the one theme comes from a need", "all {n} themes come from needs", len(themes)))


@criterion(
    Level.ADVISED,
    reads="concept_test.themes.*.needs",
    sources="oh-hemel",
    threshold=number_of(3, Unit.NUMBER),
    may_be=YES_OR_NO,
)
def themes_few(d: Dossier, threshold: Fraction) -> Outcome:
    """Few themes

    A plan that began with two themes grew within one conversation into a community of the whole organisation. With few
    themes people meet the same colleagues again, and get to know them.

    Keep the three themes that most people asked for, and keep the others for later.
    """
    themes = _answers(d).themes
    if not themes:
        return missing(msg("no themes are chosen yet"))
    saw = nmsg(
        "one theme; at most {most:number}", "{n} themes; at most {most:number}", len(themes), most=float(threshold)
    )
    return met(saw) if len(themes) <= threshold else unmet(saw)


@criterion(
    Level.REQUIRED,
    reads="concept_test.scope.in concept_test.scope.out",
    sources="hard-work",
    may_be=YES_OR_NO,
    effort=Effort.MEET,
)
def scope_in_and_out(d: Dossier) -> Outcome:
    """What it is about, and what not

    People dare more when they know the edges: what this community is about, and what it leaves to others. Saying only
    what it is about leaves the edges to the first conflict.

    Write both lists, `in` and `out`, with the people who will have to keep to them.
    """
    scope = _answers(d).scope or Scope()
    if scope.in_ == []:
        return unmet(msg("it is said to be about nothing"))
    if scope.out == []:
        return unmet(msg("nothing is said to fall outside"))
    if scope.in_ is None and scope.out is None:
        return missing(msg("not said yet what it is about, and what not"))
    if scope.in_ is None:
        return missing(msg("not said yet what it is about"))
    if scope.out is None:
        return missing(msg("not said yet what it is not about"))
    return met(msg("about {about:list}; not about {beyond:list}", about=scope.in_, beyond=scope.out))


@criterion(
    Level.DECISIVE,
    reads="concept_test.value.members concept_test.value.organisation",
    sources="hard-work learning-community",
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def value_both_ways(d: Dossier) -> Outcome:
    """Value for members and for the organisation

    People do something for a community once they gain by it: knowledge that they find nowhere else, or a stage. What
    is good for the organisation alone looks fine on paper and does not live.

    Go back to the interviews, write what members gain in their own terms, and name under `from` the need or the test
    where you heard it.
    """
    value = _answers(d).value or Value()
    members = [gain for gain in value.members or [] if gain.text]
    heard = [gain.text for gain in members if gain.from_]
    if not members and value.organisation:
        return unmet(msg("it yields something for the organisation, and nothing for members"))
    if value.members == []:
        return unmet(msg("it yields members nothing"))
    if not members:
        return missing(msg("not said yet what members gain"))
    if not heard:
        return missing(
            msg("it is said what members gain, but not where that was heard"),
            msg("name under `from` the need or the evidence file from which you know it"),
        )
    if value.organisation is None:
        return missing(
            msg("members gain {gains:list}; not said yet what the organisation gains", gains=heard),
            msg("write what the organisation gains, or it will not go on paying"),
        )
    if not value.organisation:
        return unmet(msg("members gain {gains:list}; the organisation gains nothing", gains=heard))
    return met(
        msg("members gain {gains:list}; the organisation {returns:list}", gains=heard, returns=value.organisation)
    )


@criterion(
    Level.REQUIRED,
    reads="concept_test.tests.*.reached concept_test.tests.*.invited concept_test.tests.*.answered "
    "concept_test.tests.*.evidence",
    sources="six-steps",
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def test_reached_persona(d: Dossier) -> Outcome:
    """The right people asked

    The concept is put before a larger group of the people whom it describes. Who was invited and who answered says
    what the figures are worth.

    Send the questionnaire to the people of the persona, and write down whom you reached, how many were invited and how
    many answered; `coplaunch survey form` makes it.
    """
    test, file = latest_test(d), evidence_of_test(d)
    if test is None:
        return unmet(msg("the concept was not tested")) if _answers(d).tests == [] else missing(UNTESTED)
    invited = test.invited if test.invited is not None else file.invited if file else None
    answered = test.answered if test.answered is not None else file.responded if file else None
    if test.reached is None:
        return missing(msg("not said yet which target group was asked"), msg("write under `reached` whom you asked"))
    if invited is None:
        return missing(msg("not said yet how many were invited"), msg("write under `invited` how many you asked"))
    if answered is None:
        return missing(msg("not said yet how many answered"))
    values = {"group": test.reached, "invited": invited, "answered": answered}
    if answered == 0:
        return unmet(msg("asked {group}: {invited:number} invited, and nobody answered", **values))
    return met(msg("asked {group}: {invited:number} invited, {answered:number} answered", **values))


@criterion(Level.REQUIRED, reads="concept_test.tests.*.left_out concept_test.tests.*.evidence", sources="six-steps")
def answers_filtered(d: Dossier) -> Outcome:
    """Only the target group counted

    Whoever thought of it likes the idea, and whoever is no part of the target group need not take part. Their answers
    are kept apart, so that the share is that of the people whom it is for.

    Count how many answers came from outsiders and initiators, and write them under `left_out`, or `none`.
    """
    test, file = latest_test(d), evidence_of_test(d)
    if test is None:
        return missing(UNTESTED)
    left_out = test.left_out if test.left_out is not None else file.excluded if file else None
    if left_out is None:
        return missing(msg("not said yet which answers are left out"))
    total = sum(left_out.values())
    if total == 0:
        return met(msg("looked, and every answer comes from the target group"))
    return met(
        nmsg(
            "one answer is left out: {reasons:list}",
            "{n} answers are left out: {reasons:list}",
            total,
            reasons=[reason for reason, number in left_out.items() if number],
        )
    )


@criterion(
    Level.DECISIVE,
    reads=f"concept_test.tests.*.wants_a_role {COUNTED} {GROUP}",
    sources="six-steps hard-work wilson",
    threshold=share_of(20),
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def willing_share(d: Dossier, threshold: Fraction) -> Outcome:
    """Enough people want to contribute actively

    Recognising yourself in a concept is kind; wanting a role in building it is what carries a community. One in five
    is the number that is known from interviews, and used here for the larger group: perhaps is not yes, and blank is
    not willing.

    Ask more people of the target group; when the answer stays no, adjust the concept and test it again, or stop.
    """
    if latest_test(d) is None:
        return missing(UNTESTED)
    willing = who_want_a_role(d)
    if willing is None:
        return missing(msg("not counted yet how many want a role, and of how many answers"))
    size = size_of_group(d)
    return weigh_answers(willing, threshold, minimum_answers(size), size)


@criterion(
    Level.REQUIRED,
    reads="concept_test.tests.*.left_name_and_contribution",
    sources="feverbee",
    threshold=number_of(10),
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def willing_named(d: Dossier, threshold: Fraction) -> Outcome:
    """Enough people left a name and a contribution

    A tick in a questionnaire is easily given; a name, with what you would do, is not. Even of those not everyone joins
    in the end, so twice the core group is asked for here, and a core group begins with five.

    Ask everyone who said yes what they would do, and write the number who left their name and a contribution.
    """
    test = latest_test(d)
    if test is None:
        return missing(UNTESTED)
    named = test.left_name_and_contribution
    if named is None:
        return missing(msg("not counted yet how many left their name and what they would do"))
    saw = nmsg(
        "one person left a name and a contribution; {least:number} is enough",
        "{n} people left their name and a contribution; {least:number} is enough",
        named,
        least=float(threshold),
    )
    if named >= threshold:
        return met(saw)
    return unmet(
        saw,
        nmsg(
            "find one more person who says what he or she would do",
            "find {n} more people who say what they would do",
            ceil(threshold) - named,
        ),
    )


@criterion(
    Level.REQUIRED,
    reads="concept_test.tests.*.recognises concept_test.tests.*.evidence",
    sources="six-steps",
    effort=Effort.GATHER,
)
def recognition_measured(d: Dossier) -> Outcome:
    """Recognition measured

    The first question of the test is whether people recognise themselves in the person whom the concept describes.
    Otherwise those who want a role may want another community than the one that you have in mind.

    Ask whether people recognise themselves, and write under `recognises` how many of how many do.
    """
    if latest_test(d) is None:
        return missing(UNTESTED)
    share = who_recognise(d)
    if share is None:
        return missing(msg("not counted yet how many recognise themselves"))
    return met(
        msg(
            "{k} of {n} = {share:percent} recognise themselves",
            k=share.numerator,
            n=share.denominator,
            share=share.fraction,
        ),
        share=share,
    )


@criterion(
    Level.ADVISED,
    reads="concept_test.tests.*.recognises concept_test.tests.*.evidence",
    sources="six-steps wilson",
    threshold=share_of(50),
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def recognition_high(d: Dossier, threshold: Fraction) -> Outcome:
    """High recognition

    When fewer than half recognise themselves, the concept describes somebody else than the people who were asked. No
    publication gives a number for it; half was chosen here.

    Ask five people who did not recognise themselves what is different for them, and sharpen the persona.
    """
    if latest_test(d) is None:
        return missing(UNTESTED)
    share = who_recognise(d)
    if share is None:
        return missing(msg("not counted yet how many recognise themselves"))
    interval = wilson(share)
    values = {
        "k": share.numerator,
        "n": share.denominator,
        "share": share.fraction,
        "low": interval.low,
        "high": interval.high,
        "least": float(threshold * 100),
    }
    if reaches(share, threshold):
        return met(
            msg(
                "{k} of {n} = {share:percent} recognise themselves, 95% interval {low:percent} to {high:percent}; "
                "{least:number}% is enough",
                **values,
            ),
            share=share,
        )
    return unmet(
        msg(
            "{k} of {n} = {share:percent} recognise themselves, 95% interval {low:percent} to {high:percent}: "
            "under {least:number}%",
            **values,
        ),
        share=share,
    )


@criterion(
    Level.ADVISED,
    reads=f"concept_test.tests.*.wants_a_role {COUNTED} {GROUP}",
    sources="wilson",
    threshold=share_of(20),
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def evidence_solid(d: Dossier, threshold: Fraction) -> Outcome:
    """The outcome stands firm

    Those who answered are a part of the target group. Even if the others think alike, the share in the whole group may
    lie lower; the outcome stands firm when the lower end of the interval is over the threshold as well.

    Ask more people before you rest much on it, or go on and look early whether the core group really forms.
    """
    willing, size = who_want_a_role(d), size_of_group(d)
    share = willing.share if willing else None
    if share is None or share.denominator == 0:
        return missing(msg("not counted yet how many want a role, and of how many answers"))
    values = {"share": share.fraction, "low": wilson(share).low, "least": float(threshold * 100)}
    if size is not None and share.denominator >= size:
        saw = msg("everyone answered, so the share is exact: {share:percent}, against {least:number}%", **values)
        return met(saw, share=share) if reaches(share, threshold) else unmet(saw, share=share)
    if share.denominator < minimum_answers(size):
        return missing(
            nmsg("one answer is too few to say", "{n} answers are too few to say", share.denominator), share=share
        )
    if wilson(share).low >= threshold:
        return met(
            msg("the lower end of the 95% interval, {low:percent}, is over {least:number}%", **values), share=share
        )
    return unmet(
        msg("the lower end of the 95% interval, {low:percent}, is under {least:number}%", **values), share=share
    )


@criterion(
    Level.ADVISED,
    reads=f"{COUNTED} {GROUP}",
    sources="bind-research",
    threshold=number_of(100, source="bind-research"),
    may_be=YES_OR_NO,
    effort=Effort.GATHER,
)
def respondents_enough(d: Dossier, threshold: Fraction) -> Outcome:
    """Enough answers

    A hundred people is what is advised for a smaller target group, three hundred for a large one. In a group of under
    250 two in five come to the same. The questionnaire also finds people who will help.

    Send one reminder, and ask team leaders to name the questionnaire once in a meeting.
    """
    counted, size = answers_that_count(d), size_of_group(d)
    if latest_test(d) is None:
        return missing(UNTESTED)
    if counted is None:
        return missing(msg("not said yet how many answered"))
    enough = ceil(threshold)
    if size is not None and size < SMALL_GROUP:
        enough = min(enough, ceil(PART_OF_A_SMALL_GROUP * size))
    saw = nmsg("one answer counts; {enough} is enough", "{n} answers count; {enough} is enough", counted, enough=enough)
    return met(saw) if counted >= enough else unmet(saw)


@criterion(
    Level.REQUIRED,
    reads="concept_test.boundaries organisation.kind organisation.regulated",
    sources="hard-work",
    may_be=(Result.MET, Result.MISSING, Result.UNMET, Result.NOT_APPLICABLE),
    effort=Effort.MEET,
)
def boundaries_clear(d: Dossier) -> Outcome:
    """Boundaries clear

    A government has rules within which it has to stay, and so has whoever is under a regulator. Members can respect
    those only when they are told, clearly and beforehand.

    Ask a lawyer or the privacy officer what members may not share or promise, and write it in plain words.
    """
    boundaries = _answers(d).boundaries
    organisation = d.project.organisation or Organisation()
    if isinstance(boundaries, NotApplicable):
        if boundaries.not_applicable is None:
            return missing(msg("said not to apply, but not why"))
        return not_applicable(msg("does not apply: {why}", why=boundaries.not_applicable))
    if boundaries:
        return met(msg("members stay within: {boundaries:list}", boundaries=boundaries))
    if organisation.kind is OrganisationKind.GOVERNMENT or organisation.regulated:
        if boundaries is None:
            return missing(msg("not said yet within which rules members stay"))
        return unmet(msg("there are rules, and members are told of none"))
    if organisation.kind is None or organisation.regulated is None:
        return missing(
            msg("not said yet whether laws or a regulator limit what people may share"),
            msg("answer `kind` and `regulated` under `organisation`"),
        )
    return not_applicable(msg("neither a government nor under a regulator"))


@criterion(
    Level.ADVISED,
    reads="concept_test.domain concept_test.community concept_test.practice",
    sources="cop-tips cultivating",
)
def domain_community_practice(d: Dossier) -> Outcome:
    """Binding factor, community and practice

    A community of practice has three things: something that binds its people, things that they do together, and
    something that they build. When one of them is missing it is a network, a course or a file share.

    Write a line for each: `domain`, `community` and `practice`.
    """
    concept = _answers(d)
    lines = (
        (msg("what binds them"), concept.domain),
        (msg("what they do together"), concept.community),
        (msg("what they build"), concept.practice),
    )
    unsaid = [title for title, line in lines if line is None]
    if unsaid:
        return missing(msg("not said yet: {questions:list}", questions=unsaid))
    return met(msg("it is said what binds them, what they do together and what they build"))


@criterion(Level.ADVISED, reads="concept_test.assumptions", sources="bind-research", may_be=YES_OR_NO)
def assumptions_listed(d: Dossier) -> Outcome:
    """Assumptions in a row

    Every concept rests on things that nobody has checked. Those that are written down can be tested, in the
    questionnaire or during the dry run.

    Ask the initiators what has to be true for this to work, and write down what you do not know yet.
    """
    assumptions = _answers(d).assumptions
    if assumptions is None:
        return missing(msg("no assumptions are written down yet"))
    if not assumptions:
        return unmet(msg("nothing is said to be uncertain, and that is seldom so"))
    return met(nmsg("one assumption is written down", "{n} assumptions are written down", len(assumptions)))


PHASE = PhaseGate(
    Gate.CONCEPT_TEST,
    2,
    msg("Concept test"),
    msg("Does the concept hold when the target group sees it?"),
    (
        hypothesis_stated,
        type_and_purpose,
        persona_described,
        themes_from_needs,
        themes_few,
        scope_in_and_out,
        value_both_ways,
        test_reached_persona,
        answers_filtered,
        willing_share,
        willing_named,
        recognition_measured,
        recognition_high,
        evidence_solid,
        respondents_enough,
        boundaries_clear,
        domain_community_practice,
        assumptions_listed,
    ),
)
