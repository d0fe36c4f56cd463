"""Phase 6, launch: inviting in waves, welcoming by name, and the agreements for the time after."""

from enum import StrEnum

from cop_launch.model.fields import Day, Listing, Named, Number, PersonRef, Section, Several, Text, Whole, ask


class Wave(Section):
    """A round of invitations."""

    date: Day | None = ask("Date", "When do they go out?", "2025-12-01", "feverbee")
    people: Whole | None = ask("People", "How many people?", "30", "feverbee")
    how: Text | None = ask("How", "How are they asked?", "each by a member who knows them", "learning-community")


class Basis(StrEnum):
    """Why people on a list may be written to. No legal advice."""

    INTERNAL = "internal"
    CONSENT = "consent"
    CUSTOMER = "customer"
    COURSE = "course"
    MEMBERSHIP = "membership"


class ContactList(Section):
    """A list of people who will be invited."""

    basis: Basis | None = ask("Legal basis", "Why may these people be written to?", "internal", "telecom-act")
    opt_out: Text | None = ask(
        "Opt-out", "How does each message let people leave the list?", "a line below every mail", "telecom-act"
    )
    proof: Text | None = ask(
        "Proof", "For consent: where is it recorded?", "form of 3 March, kept by HR", "telecom-act"
    )


class LivePage(Section):
    """The newcomer page, where people can read it."""

    date: Day | None = ask("Live since", "Since when can people read it?", "2025-11-26", "six-steps")
    where: Text | None = ask("Where", "Where?", "intranet", "six-steps")


class Welcome(Section):
    """Who welcomes every new member by name."""

    people: Several[PersonRef] | None = ask("Who", "Who welcomes?", "[hatice]", "learning-community")
    working_days: Whole | None = ask("Working days", "Within how many working days?", "1", "feverbee")
    minutes: Number | None = ask("Minutes each", "How many minutes does one welcome take?", "5", "feverbee")


class Ideas(Section):
    """How ideas from members reach the organisation."""

    bridge: PersonRef | None = ask("Bridge", "Who takes ideas to the organisation?", "marloes", "six-steps")
    every: Text | None = ask("Every", "How often?", "every month, with the sponsor", "six-steps")


class MemberRegister(Section):
    """Where the list of members is kept."""

    where: Text | None = ask("Where", "Where is it kept?", "Teams", "learning-community")
    keeper: PersonRef | None = ask("Keeper", "Who keeps it?", "tim", "learning-community")


class SponsorReports(Section):
    """When the sponsor hears how it goes."""

    every: Text | None = ask("Every", "How often?", "first Tuesday of the month", "learning-community")
    by: PersonRef | None = ask("By", "Who writes it?", "marloes")


class FeedbackRounds(Section):
    """How members are asked what they think."""

    how: Text | None = ask("How", "How do you ask?", "two questions after each meeting", "learning-community")
    every: Text | None = ask("Every", "How often?", "after each meeting", "cop-tips")


class Leaders(Section):
    """What leaders get to speak about the community."""

    who: Text | None = ask("Who", "Which leaders?", "management team", "learning-community")
    equipped_with: Text | None = ask(
        "Equipped with", "With what text or slides?", "one slide and three sentences", "learning-community"
    )


class Succession(Section):
    """Who could take over."""

    person: PersonRef | None = ask("Person", "Who could take over?", "samira", "learning-community")
    how: Text | None = ask("How", "How does this person grow into it?", "joins from March 2026", "learning-community")


class InterestGroup(Section):
    """A group around one subject, once the community runs."""

    title: Text | None = ask("Title", "What is it about?", "letters", "learning-community")
    started_by: PersonRef | None = ask("Started by", "Which member started it?", "ruben", "learning-community")
    date: Day | None = ask("Since", "Since when?", "2026-03-01", "learning-community")


class Launch(Section):
    """Phase 6: the launch."""

    waves: Listing[Wave] | None = ask("Waves", "In which rounds do you invite?", "[{date: …, people: 30}]", "feverbee")
    lists: Named[ContactList] | None = ask("Contact lists", "Whom do you write to?", "{colleagues: {…}}", "telecom-act")
    newcomer_page: LivePage | None = ask("Newcomer page", "Where can people read it?", "{date: …}", "six-steps")
    welcome: Welcome | None = ask("Welcome", "Who welcomes?", "{people: [hatice], minutes: 5}", "learning-community")
    ideas: Ideas | None = ask("Ideas", "How do ideas get on?", "{bridge: marloes}", "six-steps")
    member_register: MemberRegister | None = ask(
        "Member register", "Where is it?", "{where: Teams}", "learning-community"
    )
    sponsor_reports: SponsorReports | None = ask("Sponsor reports", "When?", "{every: month}", "learning-community")
    feedback: FeedbackRounds | None = ask("Feedback", "How do you ask members?", "{how: …}", "learning-community")
    reviews_planned: Several[Day] | None = ask(
        "Reviews planned", "On which days do you look back?", "[2026-01-05]", "feverbee"
    )
    leaders: Leaders | None = ask("Leaders", "What do leaders get?", "{who: …}", "learning-community")
    word_spread: Several[Text] | None = ask(
        "Word spread", "How does word get round?", "[blog, poster in the lift]", "learning-community"
    )
    succession: Succession | None = ask("Succession", "Who could take over?", "{person: samira}", "learning-community")
    special_interest_groups: Named[InterestGroup] | None = ask(
        "Interest groups", "Which arose?", "none", "learning-community"
    )
    circles: Text | None = ask(
        "Small circles", "Over 150 people: in which small circles?", "one circle for each place", "learning-community"
    )
