"""Phase 2, concept test: one concept, put before the people whom it describes."""

from enum import StrEnum

from cop_launch.model.fields import (
    Counted,
    EvidenceRef,
    Flag,
    GroupRef,
    HeardRef,
    Listing,
    Named,
    NeedRef,
    OrNotApplicable,
    Period,
    Section,
    Several,
    Slug,
    Text,
    Whole,
    ask,
)
from cop_launch.model.initiative import Willingness


class CommunityType(StrEnum):
    """The four types of community of practice."""

    HELPING = "helping"
    BEST_PRACTICE = "best_practice"
    KNOWLEDGE_STEWARDING = "knowledge_stewarding"
    INNOVATION = "innovation"


class Persona(Section):
    """The ideal member, described so that colleagues recognise someone."""

    is_: Text | None = ask("Is", "Who is it: age, work, place?", "38, claims handler in Tilburg", "six-steps", key="is")
    wants: Text | None = ask("Wants", "What does this person want?", "a better sentence after no")
    dislikes: Text | None = ask("Dislikes", "What does this person dislike?", "role play")
    takes_part_when: Text | None = ask(
        "Takes part when", "When does this person join in?", "when someone asks her by name"
    )


class Theme(Section):
    """A theme to exchange on, and the needs that it comes from."""

    title: Text | None = ask("Title", "What is the theme called?", "No, and then?", "six-steps")
    needs: Several[NeedRef] | None = ask("Needs", "From which needs does it come?", "[explain-no]", "six-steps")
    sensitive: Flag | None = ask("Sensitive", "Is it a tense subject? That can be promising.", "false", "hard-work")


class Scope(Section):
    """What the community is about, and what not."""

    in_: Several[Text] | None = ask("About", "What is it about?", "[tone, structure, words]", "hard-work", key="in")
    out: Several[Text] | None = ask("Not about", "What is it not about?", "[running cases]", "hard-work")


class MemberValue(Section):
    """Something that a member gains, and where that was heard."""

    text: Text | None = ask("What members gain", "What does a member gain?", "sample sentences", "hard-work")
    from_: Several[HeardRef] | None = ask(
        "Heard in", "From which need or which test do you know?", "[explain-no]", "hard-work", key="from"
    )


class Value(Section):
    """What it yields, for members and for the organisation."""

    members: Listing[MemberValue] | None = ask(
        "For members", "What do members gain?", "[{text: …, from: […]}]", "hard-work"
    )
    organisation: Several[Text] | None = ask(
        "For the organisation", "What does the organisation gain?", "[fewer callbacks]"
    )


class TestKind(StrEnum):
    """How the concept was put before people."""

    QUESTIONNAIRE = "questionnaire"
    INTERVIEWS = "interviews"
    WORKSHOP = "workshop"


class ConceptTestRound(Section):
    """One test of the concept. The latest in the list decides."""

    id: Slug | None = ask("Name", "What do you call this test?", "march-2025")
    kind: TestKind | None = ask("Kind", "How did you ask?", "questionnaire", "six-steps")
    period: Period | None = ask("Period", "When did you ask?", "{from: 2025-03-10, to: 2025-03-28}")
    reached: GroupRef | None = ask("Reached", "Which target group did you ask?", "claims", "six-steps")
    invited: Whole | None = ask("Invited", "How many people were invited?", "180")
    answered: Whole | None = ask("Answered", "How many answered?", "96", "bind-research")
    left_out: Named[Whole] | None = ask(
        "Left out", "Which answers are not counted, and why? `none` if all are.", "{outside_target_group: 5}"
    )
    wants_a_role: Willingness | None = ask(
        "Wants a role", "How many want a role in the development?", "{active: 28, maybe: 31, declined: 32}", "six-steps"
    )
    recognises: Counted | None = ask(
        "Recognises", "How many recognise themselves?", "{numerator: 67, denominator: 91}", "six-steps"
    )
    left_name_and_contribution: Whole | None = ask(
        "Left name and contribution", "How many left their name and what they would do?", "19", "feverbee"
    )
    evidence: EvidenceRef | None = ask("Evidence file", "Which file in evidence/ holds the counts?", "march-2025")


class ConceptTest(Section):
    """Phase 2: the concept and its test."""

    hypothesis: Text | None = ask(
        "Hypothesis", "Put side by side, what do the needs make you expect?", "who …, will …", "six-steps"
    )
    type: CommunityType | None = ask("Type", "Which type of community fits?", "helping", "cop-tips")
    purpose: Text | None = ask("Purpose", "Which purpose does it serve?", "calmer through difficult calls", "six-steps")
    persona: Named[Persona] | None = ask(
        "Persona", "Who is the ideal member?", "{nadia: {is: …, wants: …}}", "six-steps"
    )
    themes: Named[Theme] | None = ask("Themes", "What will they exchange on?", "{no-and-then: {title: …}}", "six-steps")
    scope: Scope | None = ask(
        "Scope", "What is it about, and what not?", "{in: [tone], out: [running cases]}", "hard-work"
    )
    value: Value | None = ask("Value", "What does it yield?", "{members: [{text: …}], organisation: […]}", "hard-work")
    segments: Several[Text] | None = ask(
        "Teams or places",
        "By which teams or places must the answers be told apart? The questionnaire then asks for them. Leave it open "
        "if you need not know.",
        "[Zwolle, Tilburg]",
    )
    tests: Listing[ConceptTestRound] | None = ask(
        "Tests", "How was the concept tested?", "[{id: march-2025}]", "six-steps"
    )
    boundaries: OrNotApplicable[Several[Text]] | None = ask(
        "Boundaries", "Within which rules must members stay?", "[cases without customer data]", "hard-work"
    )
    domain: Text | None = ask("Domain", "What binds them?", "saying no with care", "cop-tips")
    community: Text | None = ask(
        "Community", "What will they do together?", "look at real calls every two weeks", "cop-tips"
    )
    practice: Text | None = ask(
        "Practice", "What will they build together?", "a collection of sample sentences", "cop-tips"
    )
    assumptions: Several[Text] | None = ask(
        "Assumptions", "What do you not know yet?", "[Tilburg joins as much]", "bind-research"
    )
