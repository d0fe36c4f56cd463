"""After the launch: what a review looks at."""

from cop_launch.model.fields import (
    Counted,
    Day,
    GoalRef,
    Listing,
    Number,
    Period,
    PersonRef,
    Section,
    Several,
    Text,
    Whole,
    ask,
)
from cop_launch.model.plan import Story


class Reading(Section):
    """Where a goal's indicator stands. The key is the goal."""

    value: Text | None = ask("Value", "Where does it stand?", "6.8", "value-cycles")
    date: Day | None = ask("Date", "On which day?", "2026-03-01")
    note: Text | None = ask("Note", "What explains it?", "one team changed its letter")


class HoursSpent(Section):
    """Hours planned and hours spent in the period."""

    planned: Number | None = ask("Planned", "How many hours were planned?", "260", "learning-community")
    spent: Number | None = ask("Spent", "How many were spent?", "284", "learning-community")


class Feedback(Section):
    """What members said, and what was done with it."""

    heard: Text | None = ask(
        "Heard", "What did members say?", "Thursday afternoon is full in Tilburg", "learning-community"
    )
    done: Text | None = ask("Done", "What did you do with it?", "a second hour in the morning", "cop-tips")


class Review(Section):
    """One look back after the launch."""

    date: Day | None = ask("Date", "When was this review?", "2026-01-05")
    period: Period | None = ask("Period", "Which period does it cover?", "{from: 2025-12-01, to: 2026-01-04}")
    members: Whole | None = ask("Members", "How many members are there?", "44", "learning-community")
    active: Counted | None = ask(
        "Active", "How many were active in the last 30 days?", "{numerator: 19, denominator: 74}", "feverbee"
    )
    answered: Counted | None = ask(
        "Answered",
        "How many questions got an answer from someone else within seven days?",
        "{numerator: 39, denominator: 41}",
        "dsc",
    )
    first_reply_hours: Number | None = ask(
        "First reply", "After how many hours came the first answer, in the median?", "3", "dsc"
    )
    replies_per_question: Number | None = ask(
        "Replies", "How many replies did a question get on average?", "4.1", "hard-work"
    )
    started_by_members: Counted | None = ask(
        "Started by members", "How much came from members?", "{numerator: 61, denominator: 100}", "feverbee"
    )
    hours: HoursSpent | None = ask(
        "Hours", "How many hours did it take?", "{planned: 260, spent: 284}", "learning-community"
    )
    feedback: Listing[Feedback] | None = ask(
        "Feedback", "What did members say?", "[{heard: …, done: …}]", "learning-community"
    )
    sponsor_report: Day | None = ask(
        "Sponsor's report", "When did the sponsor get the report?", "2026-03-03", "learning-community"
    )
    indicators: dict[GoalRef, Reading] | None = ask("Indicators", "Where do the goals stand?", "{…}", "value-cycles")
    stories: Listing[Story] | None = ask("Stories", "Which stories were told?", "[{cycle: applied}]", "value-cycles")
    successor: PersonRef | None = ask("Successor", "Who could take over?", "samira", "learning-community")
    changes: Several[Text] | None = ask("Changes", "What will you change?", "[an hour in the morning]")
