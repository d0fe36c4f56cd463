"""Phase 3, core group: the ambassadors who set the first stamp, and the organisation that lets them."""

from enum import StrEnum

from cop_launch.model.fields import Day, Flag, Listing, Named, PersonRef, Section, Several, Text, Whole, ask


class Party(StrEnum):
    """Who took part in a decision or an agreement."""

    CORE_GROUP = "core_group"
    MANAGEMENT = "management"
    SPONSOR = "sponsor"
    MEMBERS = "members"


class Gift(StrEnum):
    """What a sponsor gives."""

    MONEY = "money"
    WORKING_TIME = "working_time"
    PERMISSION = "permission"
    A_YEAR = "a_year"


class CoreMember(Section):
    """A member of the core group. The key is the person."""

    confirmed: Day | None = ask("Confirmed", "When did this person say yes?", "2025-05-22", "six-steps")
    contribution: Text | None = ask(
        "Own contribution", "What did this person choose to do?", "chooses the case", "hard-work"
    )
    assigned: Flag | None = ask("Was assigned", "Was it given to this person instead of chosen?", "false", "hard-work")
    motive: Text | None = ask(
        "Motive", "Why, in this person's own words?", "My craft may be a craft again.", "six-steps"
    )
    heard_in: Text | None = ask("Heard in", "Where was that heard?", "interview G02", "six-steps")
    manager_agreed: Day | None = ask(
        "Manager agreed", "When did the manager agree to the hours?", "2025-05-20", "hard-work"
    )


class Agreement(Section):
    """An agreement that the core group drafted."""

    text: Several[Text] | None = ask(
        "Text", "What was agreed? Short, positive, specific.", "[Reading along is fine.]", "six-steps"
    )
    with_: Several[Party] | None = ask("With", "With whom was it drafted?", "core_group", "six-steps", key="with")
    drafted: Day | None = ask("Drafted", "When?", "2025-05-22")


class Agreements(Section):
    """The four things that the core group decides on."""

    house_rules: Agreement | None = ask(
        "House rules", "Which house rules?", "{text: […], with: core_group}", "six-steps"
    )
    manners: Agreement | None = ask("Manners", "How do you treat each other?", "{text: […]}", "six-steps")
    topics: Agreement | None = ask("Topics", "What do you talk about first?", "{text: […]}", "six-steps")
    means: Agreement | None = ask("Means", "With which means?", "{text: […]}", "six-steps")


class Safety(Section):
    """What makes it safe to share."""

    confidential: Text | None = ask(
        "Stays inside", "What stays inside?", "what is said here stays here", "learning-community"
    )
    managers: Text | None = ask("Managers", "Are managers in, and when?", "by invitation", "learning-community")


class Sponsor(Section):
    """Who pays and clears the way."""

    person: PersonRef | None = ask("Person", "Who is the sponsor?", "annelies", "learning-community")
    gives: Several[Gift] | None = ask(
        "Gives", "What does the sponsor give?", "[money, permission]", "learning-community"
    )
    date: Day | None = ask("Date", "When was that promised?", "2025-05-27")


class Presentation(Section):
    """A presentation to colleagues."""

    for_: Text | None = ask("For", "For whom was it held?", "management team", "six-steps", key="for")
    date: Day | None = ask("Date", "When?", "2025-05-13")


class Colleagues(Section):
    """How the rest of the organisation was involved."""

    presentations: Listing[Presentation] | None = ask(
        "Presentations", "Which were held?", "[{for: …, date: …}]", "six-steps"
    )
    line_managers_spoken: Day | None = ask(
        "Line managers spoken", "When did you speak to them?", "2025-05-20", "six-steps"
    )


class Route(Section):
    """Who answers a kind of question, and how fast."""

    to: PersonRef | None = ask("Goes to", "Who answers?", "joost", "six-steps")
    working_days: Whole | None = ask("Working days", "Within how many working days? 0 is at once.", "1", "six-steps")


class CoreGroup(Section):
    """Phase 3: the core group and its support."""

    members: dict[PersonRef, CoreMember] | None = ask(
        "Members", "Who is in?", "{joost: {contribution: …}}", "six-steps"
    )
    met: Several[Day] | None = ask("Met", "On which days did the core group meet?", "[2025-05-22]", "six-steps")
    agreements: Agreements | None = ask(
        "Agreements", "What did the core group draft?", "{house_rules: {…}}", "six-steps"
    )
    safe_to_share: Safety | None = ask(
        "Safe to share", "What makes it safe?", "{confidential: …}", "learning-community"
    )
    sponsor: Sponsor | None = ask(
        "Sponsor", "Who is the sponsor?", "{person: annelies, gives: [money]}", "learning-community"
    )
    colleagues: Colleagues | None = ask(
        "Colleagues", "How were colleagues involved?", "{presentations: […]}", "six-steps"
    )
    questions: Named[Route] | None = ask(
        "Questions", "Who answers what?", "{content: {to: joost, working_days: 1}}", "six-steps"
    )
    results_shared: Day | None = ask("Results shared", "When did those who answered hear the outcome?", "2025-04-15")
    thanks: Text | None = ask("Thanks", "How are the ambassadors cherished?", "lunch with the sponsor", "hard-work")
