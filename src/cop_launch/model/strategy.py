"""Phase 4, strategy: mission, goals, means, money and hours."""

from enum import StrEnum

from cop_launch.model.core_group import Party
from cop_launch.model.fields import (
    ChannelRef,
    Clock,
    Day,
    GoalRef,
    Listing,
    Named,
    Number,
    OrNotApplicable,
    Period,
    PersonRef,
    Section,
    Several,
    Text,
    Whole,
    ask,
)


class Cycle(StrEnum):
    """The five cycles in which a community creates value."""

    IMMEDIATE = "immediate"
    POTENTIAL = "potential"
    APPLIED = "applied"
    REALIZED = "realized"
    REFRAMING = "reframing"


class Goal(Section):
    """A goal that can be measured."""

    goal: Text | None = ask("Goal", "What should change?", "fewer complaints", "six-steps")
    indicator: Text | None = ask("Indicator", "By what do you see it?", "complaints per 1,000 refusals", "value-cycles")
    baseline: OrNotApplicable[Text] | None = ask("Baseline", "Where does it stand now?", "7.4", "value-cycles")
    baseline_by: Text | None = ask("How the baseline is taken", "If not known yet: how and when?", "Tim, in September")
    target: Text | None = ask("Target", "Where should it be?", "6.0", "value-cycles")
    due: Day | None = ask("Due", "By when?", "2026-06-30")
    cycle: Cycle | None = ask("Value cycle", "In which cycle is the value?", "realized", "value-cycles")


class ChannelKind(StrEnum):
    """Where a channel lives."""

    DIGITAL = "digital"
    PHYSICAL = "physical"


class Channel(Section):
    """A place where members find each other."""

    kind: ChannelKind | None = ask("Kind", "Digital or physical?", "digital", "six-steps")
    name: Text | None = ask("Name", "Which platform or place?", "Teams", "learning-community")
    rooms: Several[Text] | None = ask("Rooms", "Which rooms or channels in it?", "[Case, Coffee]", "feverbee")
    goals: Several[GoalRef] | None = ask("Goals", "Which goals does it serve?", "[direct-help]", "six-steps")
    approved_by_it: OrNotApplicable[Day] | None = ask(
        "Approved by IT", "When did IT agree?", "2025-06-12", "learning-community"
    )


class MeetingKind(StrEnum):
    """How people meet."""

    ONLINE = "online"
    PHYSICAL = "physical"


class Meeting(Section):
    """A meeting that comes back."""

    kind: MeetingKind | None = ask("Kind", "Online or on the spot?", "online", "six-steps")
    name: Text | None = ask("Name", "What is it called? Not a course.", "Conversation hour", "learning-community")
    every: Text | None = ask("Every", "How often?", "2 weeks", "cop-tips")
    day: Text | None = ask("Day", "On which day?", "thursday", "cop-tips")
    at: Clock | None = ask("At", "At what time?", '"15:30"', "cop-tips")
    minutes: Whole | None = ask("Minutes", "How long?", "45")
    where: Text | None = ask("Where", "Where?", "Zwolle and Tilburg in turn")
    goals: Several[GoalRef] | None = ask("Goals", "Which goals does it serve?", "[direct-help]", "six-steps")


class Manager(Section):
    """Who manages the community, and who steps in."""

    person: PersonRef | None = ask("Manager", "Who is the community manager?", "marloes", "learning-community")
    deputy: PersonRef | None = ask("Deputy", "Who steps in?", "tim", "hard-work")


class Task(Section):
    """A task of community management, with the hours it takes."""

    task: Text | None = ask("Task", "What has to be done?", "personal contact", "hard-work")
    person: PersonRef | None = ask("Who", "Who does it?", "marloes", "hard-work")
    hours_per_week: Number | None = ask("Hours a week", "How many hours a week?", "6", "hard-work")
    expertise: Text | None = ask("Expertise", "What must this person be good at?", "listening", "hard-work")


class Approval(Section):
    """Who approved something, and when."""

    by: PersonRef | None = ask("By", "Who approved it?", "annelies")
    date: Day | None = ask("Date", "When?", "2025-07-01")


class Budget(Section):
    """The budget, line by line."""

    period: Period | None = ask("Period", "For which period?", "{from: 2025-09-01, to: 2026-08-31}")
    currency: Text | None = ask("Currency", "In which currency?", "EUR")
    lines: Named[OrNotApplicable[Number]] | None = ask(
        "Lines", "What does each line cost?", "{manager: 53360, events: 6500, travel: 1800}", "learning-community"
    )
    reasons: Named[Text] | None = ask("Reasons", "Why is a line zero?", "{platform: we have Teams already}")
    approved: Approval | None = ask(
        "Approved", "Who approved it?", "{by: annelies, date: 2025-07-01}", "learning-community"
    )


class NameStatus(StrEnum):
    """Whether a name is free. Not able to look is not the same as free."""

    FREE = "free"
    TAKEN = "taken"
    UNKNOWN = "unknown"


class NameCheck(Section):
    """Whether the community's name is free in one channel."""

    channel: Text | None = ask("Channel", "Where did you look?", "LinkedIn", "learning-community")
    name: Text | None = ask("Name", "Which name?", "The Second Sentence")
    status: NameStatus | None = ask("Status", "Is it free?", "free", "learning-community")
    date: Day | None = ask("Date", "When did you look?", "2025-06-18")


class Privacy(Section):
    """Who looked at privacy. No legal advice."""

    officer: OrNotApplicable[Day] | None = ask("Privacy officer", "When did the privacy officer agree?", "2025-06-17")
    works_council: OrNotApplicable[Day] | None = ask(
        "Works council", "When did the works council agree to figures on employees' activity?", "2025-06-24"
    )
    note: Text | None = ask("Note", "What was agreed?", "figures of groups only")


class Horizon(Section):
    """How long the sponsor waits before judging the return."""

    months: Whole | None = ask("Months", "How many months?", "12", "hard-work")
    by: PersonRef | None = ask("By", "Who agreed?", "annelies")
    date: Day | None = ask("Date", "When?", "2025-05-27")


class Library(Section):
    """Where what is learned can be found again."""

    where: Text | None = ask("Where", "Where is it kept?", "Teams, room Sample sentences", "cop-tips")
    channel: ChannelRef | None = ask("Channel", "In which channel?", "teams")
    keeper: PersonRef | None = ask("Keeper", "Who keeps it?", "ruben")


class Strategy(Section):
    """Phase 4: strategy and means."""

    mission: Text | None = ask(
        "Mission", "What is the mission, in one sentence?", "We help each other …", "learning-community"
    )
    goals: Named[Goal] | None = ask("Goals", "Which goals?", "{direct-help: {goal: …, indicator: …}}", "value-cycles")
    channels: Named[Channel] | None = ask(
        "Channels", "Where do people find each other?", "{teams: {kind: digital}}", "six-steps"
    )
    meetings: Named[Meeting] | None = ask("Meetings", "When do people meet?", "{hour: {kind: online}}", "six-steps")
    manager: Manager | None = ask("Manager", "Who manages it?", "{person: marloes, deputy: tim}", "learning-community")
    tasks: Named[Task] | None = ask("Tasks", "Which tasks, who, how many hours?", "{moderating: {…}}", "hard-work")
    budget: Budget | None = ask("Budget", "What may it cost?", "{lines: {…}}", "learning-community")
    mailbox: Text | None = ask(
        "Mailbox", "Which one address do people write to?", "hello@example.org", "learning-community"
    )
    names: Listing[NameCheck] | None = ask(
        "Name", "Is the name free?", "[{channel: …, status: free}]", "learning-community"
    )
    privacy: Privacy | None = ask("Privacy", "Who looked at privacy?", "{officer: 2025-06-17}")
    horizon: Horizon | None = ask("Horizon", "How long until the return is judged?", "{months: 12}", "hard-work")
    decided_with: Several[Party] | None = ask("Decided with", "With whom?", "[core_group, management]", "six-steps")
    library: Library | None = ask("Library", "Where is knowledge kept?", "{where: …}", "cop-tips")
