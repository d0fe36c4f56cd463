"""Phase 5, plan: the daily plan of content, interaction and members, the dry run, and what came of it."""

from enum import StrEnum

from cop_launch.model.fields import (
    ChannelRef,
    Clock,
    Counted,
    Day,
    Flag,
    GoalRef,
    ItemRef,
    Listing,
    Named,
    OrNotApplicable,
    Period,
    PersonRef,
    Section,
    Several,
    Text,
    ThemeRef,
    Whole,
    ask,
)
from cop_launch.model.strategy import Cycle


class Weekday(StrEnum):
    """The days of the week, in their order."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class DryRun(Section):
    """The months of trial running with the core group."""

    from_: Day | None = ask("From", "When does it start?", "2025-09-01", "six-steps", key="from")
    to: Day | None = ask("To", "When does it end?", "2025-11-21", "six-steps")
    working_days: Several[Weekday] | None = ask(
        "Working days", "Which days count?", "[monday, tuesday, thursday]", "six-steps"
    )


class Holiday(Section):
    """A public holiday."""

    date: Day | None = ask("Date", "On which day?", "2025-12-25")
    name: Text | None = ask("Name", "What is it called?", "Christmas Day")


class Holidays(Section):
    """The public holidays that the plan skips."""

    country: Text | None = ask("Country", "Of which country?", "NL")
    dates: Listing[Holiday] | None = ask("Dates", "Which days? `none` if there are none.", "[{date: 2025-12-25}]")


class Vacation(Period):
    """Days on which somebody is away, or everybody."""

    people: Several[PersonRef] | None = ask("Who", "Who is away? Without anyone: everybody.", "[ruben]")
    why: Text | None = ask("Why", "What is it?", "autumn holiday in Zwolle")


class ItemKind(StrEnum):
    """The three things that a daily plan is made of."""

    CONTENT = "content"
    INTERACTION = "interaction"
    MEMBER = "member"


class Nth(StrEnum):
    """Which weekday of the month."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


class OnHoliday(StrEnum):
    """What happens to an item that falls on a day off: it drops, or moves to the next working day."""

    DROP = "drop"
    MOVE = "move"


class PlanItem(Section):
    """Something in the daily plan: once, or coming back."""

    what: Text | None = ask("What", "What happens?", "Sentence of the week", "six-steps")
    kind: ItemKind | None = ask(
        "Kind", "Content, interaction or personal attention to a member?", "content", "six-steps"
    )
    owner: PersonRef | None = ask("Owner", "Who does it?", "dewi")
    date: Day | None = ask("Date", "On which day, if it happens once?", "2025-09-04")
    every: Text | None = ask("Every", "How often: day, week, 2 weeks, month, 3 months?", "2 weeks", "cop-tips")
    day: Several[Weekday] | None = ask("Day", "On which day or days of the week?", "thursday", "cop-tips")
    nth: Nth | None = ask("Which of the month", "With `every: month`: the first, second, … such day?", "first")
    from_: Day | None = ask("From", "From which day? Else from the start of the dry run.", "2025-09-11", key="from")
    until: Day | None = ask("Until", "Until which day? Else to the end of the dry run.", "2025-11-20")
    times: Whole | None = ask("Times", "Or: how many times?", "6")
    except_: Several[Day] | None = ask("Except", "On which days not?", "[2025-10-16]", key="except")
    on_holiday: OnHoliday | None = ask("On a day off", "Drop it, or move it to the next working day?", "move")
    at: Clock | None = ask("At", "At what time?", '"15:30"')
    minutes: Whole | None = ask("Minutes", "How many minutes does it take the owner?", "30", "hard-work")
    count: Whole | None = ask("Count", "How many of them each time, such as messages?", "3", "hard-work")
    channel: ChannelRef | None = ask("Channel", "In which channel?", "teams")
    theme: ThemeRef | None = ask("Theme", "On which theme?", "no-and-then", "six-steps")
    audience: Text | None = ask("Audience", "For whom?", "everyone in Tilburg")
    asks: Text | None = ask("Asks", "Whom does it ask, by name?", "one colleague, by name", "learning-community")
    place: Text | None = ask("Place", "Where, if people meet on the spot?", "Zwolle", "learning-community")
    live: Flag | None = ask("Live", "Is it live, with people together at one time?", "true", "learning-community")
    mail: Flag | None = ask("Mail", "Is it a mail to all members?", "false", "learning-community")


class LogEntry(Section):
    """What came of an item on a day."""

    item: ItemRef | None = ask("Item", "Which item?", "case")
    date: Day | None = ask("Date", "Planned for which day?", "2025-09-03")
    done: Flag | None = ask("Done", "Did it happen?", "true")
    skipped: Text | None = ask("Skipped", "If not: why?", "autumn holiday")
    moved_to: Day | None = ask("Moved to", "Or to which day did it move?", "2025-09-04")
    note: Text | None = ask("Note", "What is worth remembering?", "twelve replies")


class BaselineReading(Section):
    """Where a goal stood before the launch. The key is the goal."""

    value: Text | None = ask("Value", "Where did it stand?", "7.4", "learning-community")
    date: Day | None = ask("Date", "When was it taken?", "2025-09-30")


class AgreementsInUse(Section):
    """The agreements, adopted after they were used."""

    date: Day | None = ask("Adopted", "When did the core group adopt them?", "2025-11-20", "six-steps")
    changed: Text | None = ask("Changed", "What did use teach you to change?", "managers only when invited")


class DryRunResults(Section):
    """What the dry run counted."""

    core_group_active: Counted | None = ask(
        "Core group active",
        "How many core members took part in the last 30 days?",
        "{numerator: 5, denominator: 6}",
        "six-steps",
    )
    answered_within_a_working_day: Counted | None = ask(
        "Answered within a working day",
        "How many questions of the last four weeks got an answer from someone else in time?",
        "{numerator: 34, denominator: 34}",
        "garfield",
    )
    started_by_members: Listing[Counted] | None = ask(
        "Started by members",
        "How much was started by members? Several periods show the trend.",
        "[{…}, {…}]",
        "feverbee",
    )
    second_ring: Whole | None = ask("Second ring", "How many people did members bring in?", "15", "learning-community")
    meetings_held: Whole | None = ask("Meetings held", "How many meetings were held?", "7")
    learned: Several[Text] | None = ask("Learned", "What did the dry run teach you?", "[Friday is too full]")


class OnboardingTrial(Section):
    """Someone from outside tried to join."""

    by: Text | None = ask("By", "Who tried? A first name or role.", "Fatma")
    found: Text | None = ask("Found", "What was unclear?", "does my manager read along?")


class Story(Section):
    """A value story: what taking part brought someone, told by that person."""

    cycle: Cycle | None = ask("Value cycle", "In which cycle is the value?", "immediate", "value-cycles")
    by: PersonRef | None = ask("Told by", "Who tells it?", "hatice", "value-cycles")
    text: Text | None = ask("Story", "What happened, and what came of it?", "after a hard call …", "value-cycles")
    consent: Flag | None = ask("May be used", "May it be told?", "true")


class Vote(Section):
    """The core group's vote on the launch."""

    for_: Whole | None = ask("For", "How many say yes?", "5", key="for")
    not_yet: Whole | None = ask("Not yet", "How many say not yet?", "1")
    against: Whole | None = ask("Against", "How many say no?", "0")
    date: Day | None = ask("Date", "When?", "2025-11-20")


class NewcomerPage(Section):
    """The page that tells a newcomer whether this fits, and how to join."""

    why: Text | None = ask("Why", "Why does it exist?", "saying no is learned together", "six-steps")
    who: Text | None = ask("Who", "Who is there?", "21 colleagues", "six-steps")
    what: Text | None = ask("What", "What do you do there?", "cases and sentences", "six-steps")
    where: Text | None = ask("Where", "Where does it happen?", "Teams and the conversation hour", "six-steps")
    how: Text | None = ask("How to join", "How does one join?", "one click; reading along is fine", "six-steps")
    yields: Text | None = ask("What it yields", "What does it bring you?", "a better sentence tomorrow", "six-steps")


class Plan(Section):
    """Phase 5: the daily plan and the dry run."""

    dry_run: DryRun | None = ask("Dry run", "From when to when?", "{from: 2025-09-01, to: 2025-11-21}", "six-steps")
    quiet_days: Several[Day] | None = ask(
        "Quiet days", "On which working days is nothing planned? `none` if on none.", "none"
    )
    holidays: Holidays | None = ask("Holidays", "Which public holidays are skipped?", "{country: NL, dates: none}")
    vacations: Listing[Vacation] | None = ask(
        "Vacations",
        "When is somebody away, or everybody? `none` if nobody is.",
        "[{people: [ruben], from: 2025-10-20, to: 2025-10-24}]",
        "hard-work",
    )
    items: Named[PlanItem] | None = ask("Items", "What happens, when, by whom?", "{case: {what: …}}", "six-steps")
    curator: PersonRef | None = ask("Curator", "Who chooses what is worth reading?", "ruben", "learning-community")
    posting: Text | None = ask("Posting", "How often does each core member post?", "once a week", "cop-tips")
    face_to_face: OrNotApplicable[Text] | None = ask(
        "Face to face",
        "When do people meet on the spot? Or why does that not apply?",
        "visit in week 6",
        "learning-community",
    )
    platforms_tried: dict[ChannelRef, Day] | None = ask(
        "Platforms tried",
        "When did the core group try each digital channel?",
        "{teams: 2025-06-20}",
        "learning-community",
    )
    log: Listing[LogEntry] | None = ask("Log", "What happened?", "[{item: case, date: 2025-09-03, done: true}]")
    results: DryRunResults | None = ask("Results", "What did the dry run count?", "{core_group_active: {…}}")
    agreements_adopted: AgreementsInUse | None = ask(
        "Agreements adopted", "Were they adopted after use?", "{date: …}", "six-steps"
    )
    newcomer_page: NewcomerPage | None = ask("Newcomer page", "What does the newcomer read?", "{why: …}", "six-steps")
    onboarding: Listing[OnboardingTrial] | None = ask(
        "Onboarding tried", "Who from outside tried to join?", "[{by: Fatma}]"
    )
    baselines: dict[GoalRef, BaselineReading] | None = ask(
        "Baselines", "Where did each goal stand?", "{…}", "learning-community"
    )
    stories: Listing[Story] | None = ask(
        "Stories", "Which value stories did members tell?", "[{cycle: …}]", "value-cycles"
    )
    vote: Vote | None = ask("Vote", "Does the core group want to launch?", "{for: 5, not_yet: 1, against: 0}")
