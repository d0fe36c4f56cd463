"""Phase 1, initiative: is there a need, who feels it, who pulls, and what exists already?"""

from enum import StrEnum

from cop_launch.model.fields import (
    Day,
    EvidenceRef,
    Flag,
    Listing,
    Named,
    Period,
    PersonRef,
    Section,
    Several,
    Text,
    Whole,
    ask,
)


class Idea(Section):
    """The idea as it was before anyone was asked, so that the bias stays visible."""

    text: Text | None = ask(
        "The idea", "What did you have in mind before you asked anyone?", "a group about difficult calls", "feverbee"
    )
    date: Day | None = ask("Date", "When did you write that down?", "2025-01-07")


class Statement(Section):
    """Something that was said, by whom and when."""

    text: Text | None = ask("What was said", "What did they say, in their own words?", "We lost six people in a year.")
    by: Text | None = ask("By", "Who said it?", "Karin, team leader Claims")
    date: Day | None = ask("Date", "When was it said?", "2025-01-14")


class TargetGroup(Section):
    """The people for whom the community might be."""

    who: Text | None = ask("Who", "Who are they? The narrower, the stronger.", "people who bring customers bad news")
    size: Whole | None = ask("Size", "How many of them are there?", "180", "learning-community")
    fits_plans: Text | None = ask(
        "Fits the plans", "Which plan of the organisation does this group serve?", "annual plan 2025", "six-steps"
    )
    not_: Text | None = ask("Not", "Who is not meant?", "field staff, managers", "hard-work", key="not")


class Quote(Section):
    """Words heard in an interview. They appear in an invitation only when their owner agreed."""

    text: Text | None = ask("Words", "What did they say, word for word?", "I know I must say no. Not what comes next.")
    by: Text | None = ask("By", "Who said it? A role or an interview number, not a name.", "claims handler")
    consent: Flag | None = ask("May be used", "Did its owner agree that it is quoted?", "true")


class Need(Section):
    """A need that came up in the interviews."""

    need: Text | None = ask("Need", "What do people need?", "see how others explain a no", "six-steps")
    heard_from: Whole | None = ask(
        "Heard from", "From how many people did you hear it, not counting the initiators?", "9", "six-steps"
    )
    places: Several[Text] | None = ask("Places or teams", "In which places or teams?", "[Zwolle, Tilburg]")
    quotes: Listing[Quote] | None = ask("Quotes", "Which words show it best?", "[{text: …, by: claims handler}]")


class Willingness(Section):
    """How many want to contribute actively, perhaps, or not. Perhaps is not yes."""

    active: Whole | None = ask("Yes", "How many want to contribute actively?", "6", "hard-work")
    maybe: Whole | None = ask("Perhaps", "How many said perhaps?", "3")
    declined: Whole | None = ask("No", "How many said no?", "5")


class Interviews(Section):
    """The conversations of the needs inventory, as counts."""

    period: Period | None = ask("Period", "When were they held?", "{from: 2025-01-20, to: 2025-02-14}")
    held: Whole | None = ask("Held", "How many people did you interview?", "14", "feverbee")
    want_to_contribute: Willingness | None = ask(
        "Want to contribute", "How many want to contribute actively?", "{active: 6, maybe: 3, declined: 5}", "hard-work"
    )
    evidence: EvidenceRef | None = ask("Evidence file", "Which file in evidence/ holds the counts?", "interviews-2025")


class ConceptQuestions(Section):
    """The five questions on which a concept for a community rests."""

    for_whom: Text | None = ask("For whom", "For which people is the community?", "who brings bad news", "hard-work")
    drivers: Text | None = ask("Drivers", "What drives them?", "craft, peace of mind", "hard-work")
    topics: Text | None = ask("Topics", "What would they want to talk about?", "real calls and letters", "hard-work")
    needed_people: Text | None = ask(
        "Whom they need", "Whom do they need for that conversation?", "injury team, letter writers", "hard-work"
    )
    yields: Text | None = ask(
        "What it yields", "What do they get out of it?", "a better sentence tomorrow", "hard-work"
    )


class Champion(Section):
    """Someone who already pulls, and can be helped to pull more."""

    person: PersonRef | None = ask("Person", "Who is it?", "joost", "six-steps")
    from_target_group: Flag | None = ask(
        "From the target group", "Does this person belong to the target group?", "true"
    )
    already_does: Text | None = ask("Already does", "What does this person do already?", "reads letters over lunch")


class CommunityVerdict(StrEnum):
    """What to do with a community that exists: join it, support it, or stay separate."""

    JOIN = "join"
    SUPPORT = "support"
    SEPARATE = "separate"


class ExistingCommunity(Section):
    """A community, group or habit that exists already."""

    where: Text | None = ask("Where", "Where does it happen?", "canteen in Zwolle", "oh-hemel")
    size: Whole | None = ask("Size", "How many people take part?", "8")
    overlap: Text | None = ask("Overlap", "What does it share with your idea?", "same letters, same people")
    verdict: CommunityVerdict | None = ask("Verdict", "Join it, support it, or stay separate?", "support", "oh-hemel")


class PastAttempt(Section):
    """Something that was tried before, and why it died."""

    what: Text | None = ask("What", "What was tried?", "chat group Customer First")
    ended: Text | None = ask("Ended", "When did it go quiet?", "2023")
    lesson: Text | None = ask("Lesson", "Why did it die?", "it only sent messages", "oh-hemel")


class SponsorInSight(Section):
    """Who would pay, and what the first two phases may cost."""

    person: PersonRef | None = ask("Person", "Who would pay for this?", "annelies", "learning-community")
    hours: Text | None = ask(
        "Hours for the first phases", "Which hours are there until the concept test?", "Marloes, 8 hours a week"
    )


class Readiness(Section):
    """Whether the organisation dares to let go and to experiment."""

    ready: Flag | None = ask("Dares to let go", "Does the organisation dare to let go and to try?", "true", "hard-work")
    why: Text | None = ask("Why", "What shows that?", "the lunch group was left alone for two years")
    by: Text | None = ask("By", "Who says so?", "Annelies, director Claims")
    date: Day | None = ask("Date", "When was that said?", "2025-02-11")


class KillCriterion(Section):
    """When would we stop? Asked at the start, shown at every later gate."""

    when: Text | None = ask("When", "What would make you stop?", "no five core members on 1 July 2025")
    reached: Flag | None = ask("Reached", "Has this happened?", "false")
    date: Day | None = ask("Reached on", "When did it happen?", "2025-07-01")


class Initiative(Section):
    """Phase 1: the needs inventory."""

    idea: Idea | None = ask(
        "Idea", "What was the idea, before anyone was asked?", "{text: …, date: 2025-01-07}", "feverbee"
    )
    initiators: Several[PersonRef] | None = ask("Initiators", "Who started this?", "[marloes]")
    urgency: Listing[Statement] | None = ask(
        "Why now", "Why now, in the words of someone other than the initiator?", "[{text: …, by: …}]", "oh-hemel"
    )
    target_groups: Named[TargetGroup] | None = ask(
        "Target groups", "In which group does the need live?", "{claims: {who: …, size: 180}}", "six-steps"
    )
    needs: Named[Need] | None = ask(
        "Needs", "Which needs did you hear?", "{explain-no: {need: …, heard_from: 9}}", "six-steps"
    )
    interviews: Interviews | None = ask("Interviews", "What did the interviews count?", "{held: 14}", "hard-work")
    concept_questions: ConceptQuestions | None = ask(
        "Concept questions", "What are the answers to the five concept questions?", "{for_whom: …}", "hard-work"
    )
    champions: Listing[Champion] | None = ask(
        "Champions", "Who pulls already, and can be helped?", "[{person: joost, from_target_group: true}]", "six-steps"
    )
    existing_communities: Named[ExistingCommunity] | None = ask(
        "Existing communities", "What exists already? `none` if you looked and found nothing.", "none", "oh-hemel"
    )
    past_attempts: Listing[PastAttempt] | None = ask(
        "Past attempts", "What was tried before, and why did it die? `none` if nothing was.", "none", "oh-hemel"
    )
    networks: Several[Text] | None = ask(
        "Informal networks",
        "Who finds whom already, without a platform?",
        "[the lunch table, the letter writers]",
        "oh-hemel",
    )
    sponsor_in_sight: SponsorInSight | None = ask(
        "Sponsor in sight", "Who would pay?", "{person: annelies, hours: …}", "learning-community"
    )
    readiness: Readiness | None = ask("Readiness", "Is the organisation ready to let go?", "{ready: true}", "hard-work")
    kill_criteria: Named[KillCriterion] | None = ask(
        "Kill criteria", "When would you stop?", "{empty-room: {when: twice fewer than four people}}"
    )
