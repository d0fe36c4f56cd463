"""What `check` can find, explained: by code, what it means, what it looks like, and what to do."""

from __future__ import annotations

from cop_launch.locales import Message, msg
from cop_launch.records import Record


class Problem(Record):
    """A kind of finding."""

    title: Message
    """What is wrong, in a sentence."""
    wrong: str
    """A few lines of a plan that have it; empty where a few lines cannot show it."""
    remedy: Message
    why: Message | None = None
    """Why it matters, where that is not plain."""


_ITEM = "plan:\n  dry_run: {from: 2025-09-01, to: 2025-11-28}\n  items:\n    question: "

PROBLEMS: dict[str, Problem] = {
    # The text of the file
    "empty-file": Problem(
        msg("There is nothing in this file yet."),
        "",
        msg("'coplaunch init' writes a first one, with every question in it."),
    ),
    "not-utf8": Problem(
        msg("The file is not stored as UTF-8 text."),
        "",
        msg("Save it as UTF-8 in your editor, then check that letters such as é are still right."),
    ),
    "control-character": Problem(
        msg("There is an invisible character that a text file cannot hold."),
        "",
        msg("Delete it; it often comes along when text is pasted."),
    ),
    "too-large": Problem(
        msg("The file is larger than any plan is."),
        "",
        msg("Is this the right file? Raw data belongs in evidence/raw/."),
    ),
    "merge-conflict": Problem(
        msg("A merge conflict is left here."),
        "<<<<<<< HEAD\nname: De Tweede Zin\n=======\nname: The Second Sentence\n>>>>>>> main",
        msg("Keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>."),
    ),
    # YAML
    "syntax": Problem(
        msg("From here on the file cannot be read as YAML."),
        "name: 'De Tweede Zin",
        msg("Look at this line and the one above it: indentation, colons, quotes and brackets."),
    ),
    "tab": Problem(
        msg("There is a tab in the indentation here."),
        "initiative:\n\tidea: {text: a lunch table}",
        msg("Replace it with spaces; YAML allows no tabs there."),
    ),
    "duplicate-key": Problem(
        msg("The same field stands twice in one place."),
        "phase: initiative\nphase: concept_test",
        msg("Keep one of the two."),
        msg("Other programs would take the one or the other, and nobody would notice."),
    ),
    "key-not-text": Problem(
        msg("What stands before the colon is not a name."),
        "[a, list]: De Tweede Zin",
        msg("Write the name of the field before the colon."),
    ),
    "not-a-mapping": Problem(
        msg("The file does not consist of fields, each with its name, a colon and a value."),
        "De Tweede Zin",
        msg("Start the first line with a name and a colon, such as 'format: 1'."),
    ),
    "several-documents": Problem(
        msg("A second document starts in the file; only the first is read."),
        "name: De Tweede Zin\n---\nphase: initiative",
        msg("Keep one document in a file, and delete the line with ---."),
    ),
    "directive-not-allowed": Problem(
        msg("A line that starts with % is an instruction to a YAML reader, and these are not used here."),
        "%YAML 1.2",
        msg("Delete this line."),
    ),
    "tag-not-allowed": Problem(
        msg("A word that starts with an exclamation mark is a YAML tag, and these are not used here."),
        "name: !important De Tweede Zin",
        msg("Delete it; if it is text, put the whole text in quotes."),
    ),
    "merge-key": Problem(
        msg("'<<' would copy keys from elsewhere, and that is not supported here."),
        "people:\n  samira: &samira {role: adviser}\n  dewi:\n    <<: *samira",
        msg("Write the keys out."),
    ),
    "unknown-anchor": Problem(
        msg("A word that starts with a star repeats a value, and no value was given that name above."),
        "name: *zwolle",
        msg("Write the value itself, or put it in quotes if it is text that starts with a star."),
    ),
    "self-reference": Problem(
        msg("A value repeats itself, so it would never end."),
        "people: &all\n  all: *all",
        msg("Write out what is meant here."),
    ),
    "alias-bomb": Problem(
        msg("Values repeat each other so often that the file would become enormous."),
        "",
        msg("Write the values out where they are needed."),
    ),
    "too-deep": Problem(
        msg("Lists and mappings lie within each other more often than in any plan."),
        "",
        msg("A few levels are enough for a plan; is a bracket never closed?"),
    ),
    # Fields and what they take
    "no-format": Problem(
        msg("The file does not say in which format it is written."),
        "name: De Tweede Zin",
        msg("Write `format: 1` as the first line of the file."),
        msg("A later coplaunch then knows how to read it."),
    ),
    "unknown-format": Problem(
        msg("The file is written in a format that this coplaunch does not know."),
        "format: 2",
        msg("Install a newer coplaunch, or write `format: 1`."),
    ),
    "unknown-key": Problem(
        msg("There is no field of this name in this place."),
        "initiative:\n  champoins: [joost]",
        msg("Correct the name; a field of your own starts with x-, like x-note."),
        msg("An answer under a wrong name would count as no answer."),
    ),
    "wrong-type": Problem(
        msg("Something else belongs here: a text, a list, or fields."),
        "people: [dewi, samira]",
        msg("`coplaunch explain` with the name of the field shows what it takes, with an example."),
    ),
    "unknown-choice": Problem(
        msg("This field has a few possible answers, and this is not one of them."),
        "phase: stratgey",
        msg("Choose one of the answers that the finding names."),
    ),
    "empty-text": Problem(
        msg("There is only an empty text here."),
        'name: "  "',
        msg("write an answer, or leave the line out as long as there is none"),
    ),
    "bad-name": Problem(
        msg("A short name has letters, digits and hyphens, and no spaces."),
        "people:\n  Anna de Wit: {role: adviser}",
        msg("write it like explain-no"),
    ),
    "not-a-whole-number": Problem(
        msg("A count is written in digits."),
        "initiative:\n  interviews: {held: fourteen}",
        msg("write digits only, without a leading zero: 14"),
    ),
    "not-a-number": Problem(
        msg("A number is written in digits, with a point before the decimals."),
        "people:\n  joost: {role: adviser, hours_per_week: '2,5'}",
        msg("write digits, with a point before decimals and nothing between thousands: 1250.50"),
    ),
    "negative-number": Problem(
        msg("Hours, minutes, money and counts are never less than 0."),
        "people:\n  joost: {role: adviser, hours_per_week: -4}",
        msg("write 0 or more"),
    ),
    "not-true-or-false": Problem(
        msg("This field is either true or false."), "organisation: {regulated: yes}", msg("write true or false")
    ),
    "not-a-date": Problem(
        msg("A date is written as year, month and day."),
        "initiative:\n  idea: {text: a lunch table, date: 25-02-2025}",
        msg("write year, month and day: 2025-02-25"),
    ),
    "impossible-date": Problem(
        msg("There is no such day."),
        "initiative:\n  idea: {text: a lunch table, date: 2025-02-30}",
        msg("look it up in a calendar"),
    ),
    "not-a-time": Problem(
        msg("A time of day is written in hours and minutes."),
        "plan:\n  items:\n    question: {at: half past three}",
        msg('write hours and minutes: "15:30"'),
    ),
    "not-a-time-zone": Problem(
        msg("There is no time zone of this name."),
        "organisation: {timezone: Amsterdam}",
        msg("write area and city: Europe/Amsterdam"),
    ),
    # What belongs together
    "dangling-reference": Problem(
        msg("This names an entry that is nowhere in the plan."),
        "initiative:\n  champions:\n    - person: joost  # and nobody is called joost under people:",
        msg("Add the entry, or correct the name."),
    ),
    "no-consent": Problem(
        msg("Somebody is named, and it does not say whether that is all right."),
        "people:\n  samira: {name: Samira}\ninitiative:\n  champions:\n    - person: samira",
        msg("ask, and add `consent:` with the date; or name a role instead of a person"),
        msg("The plan is shared with others, and its documents name people."),
    ),
    "period-reversed": Problem(
        msg("A period ends before it begins."),
        "initiative:\n  interviews:\n    period: {from: 2025-03-28, to: 2025-03-10}",
        msg("change one of the two dates"),
    ),
    "impossible-figure": Problem(
        msg("These counts cannot all be right: a part is more than the whole."),
        "concept_test:\n  tests:\n    - recognises: {numerator: 91, denominator: 67}",
        msg("numerator is how many of them, denominator is how many in all"),
    ),
    "small-group": Problem(
        msg("An evidence file tells of so few people that they can be recognised, and it is kept in git."),
        "",
        msg("take the group out; its answers stay in the counts"),
    ),
    "figures-differ": Problem(
        msg("The plan says one number, and the evidence file that it names counts another."),
        "concept_test:\n  tests:\n    - answered: 96  # evidence/march-2025.yaml counts 91\n      evidence: march-2025",
        msg("take out what is written here, or correct it"),
    ),
    "not-an-answer": Problem(
        msg("Some fields are written by coplaunch itself, such as the decisions."),
        "decisions: []  # in a file with answers for `coplaunch fill`",
        msg("Take it out of the file with answers; `coplaunch advance` records a decision."),
    ),
    "no-answers": Problem(
        msg("There are no answers in the file with answers."),
        "",
        msg("Write them as they would stand in the plan; `coplaunch fill --help` tells how."),
    ),
    # Decisions, thresholds and waivers
    "phase-disagrees": Problem(
        msg("The phase in the file is not the one that the decisions lead to."),
        "phase: strategy  # and no decision on the core group",
        msg("Set `phase` back; `coplaunch advance` moves it on when a decision is recorded."),
    ),
    "seal-broken": Problem(
        msg("A decision no longer rests on what stands in the file: that was changed afterwards."),
        "",
        msg("Put it back as it was; or look again, and record the decision anew with `coplaunch advance --back-to`."),
        msg("Each decision keeps a seal over the answers on which it rests, so that nobody can change them unnoticed."),
    ),
    "unknown-criterion": Problem(
        msg("There is no criterion of this name."),
        "waivers:\n  - criterion: goals",
        msg("`coplaunch explain` lists them"),
    ),
    "no-threshold": Problem(
        msg("This criterion asks for an answer, not for a number, so there is no threshold to set."),
        "thresholds:\n  mission-in-one-sentence: {value: 1}",
        msg("Take it out of the thresholds."),
    ),
    "bad-threshold": Problem(
        msg("The threshold has no value, or one that does not fit the criterion."),
        "thresholds:\n  willing-share: {value: many}",
        msg("Write it like the usual one; `coplaunch explain` with the name of the criterion shows it."),
    ),
    "no-reason": Problem(
        msg("A threshold of your own counts only with a reason."),
        "thresholds:\n  willing-share: {value: 25%}",
        msg("add `why:`"),
    ),
    "incomplete-waiver": Problem(
        msg("A waiver counts only when it says what, why, who and when."),
        "waivers:\n  - criterion: name-checked",
        msg("a waiver has `criterion`, `why`, `by` and `date`"),
    ),
    "not-to-waive": Problem(
        msg("Kill criteria cannot be waived: they were set to be kept."),
        "waivers:\n  - criterion: kill-criteria",
        msg("stop, or go back to an earlier phase"),
    ),
    "export-changed": Problem(
        msg("The export in evidence/raw/ is not the file that was counted."),
        "",
        msg("count it again with `coplaunch survey import`, or put the earlier file back"),
        msg("Whoever counts again would find other numbers than the plan rests on."),
    ),
    # The daily plan and its log
    "ends-before-it-starts": Problem(
        msg("Something in the dry run ends before it starts."),
        _ITEM + "{every: week, day: thursday, from: 2025-10-02, until: 2025-09-18}",
        msg("change one of the two dates"),
    ),
    "run-too-long": Problem(
        msg("The dry run lasts over three years, which no dry run does."),
        "plan:\n  dry_run: {from: 2025-09-01, to: 2052-09-01}",
        msg("Is there a slip of the pen in the years?"),
    ),
    "item-without-day": Problem(
        msg("An item of the plan does not say on which days it falls."),
        _ITEM + "{what: question of the week}",
        msg("Add `date:` for once, or `every:` and `day:` for again and again."),
    ),
    "once-or-recurring": Problem(
        msg("An item of the plan has a date and comes back as well."),
        _ITEM + "{date: 2025-09-04, every: week, day: thursday}",
        msg("Keep `date:` if it happens once; else `every:`, with `from:` for the first day."),
    ),
    "unknown-interval": Problem(
        msg("This does not say how often something comes back."),
        _ITEM + "{every: now and then}",
        msg("Write day, week, 2 weeks, month or 3 months."),
    ),
    "which-weekday": Problem(
        msg("`nth` says which weekday of the month is meant, and a month or a day is missing."),
        _ITEM + "{every: week, day: thursday, nth: first}",
        msg("Write `every: month`, `day:` with one day, and `nth:`."),
    ),
    "never": Problem(
        msg("Something that happens 0 times never happens."),
        _ITEM + "{every: week, day: thursday, times: 0}",
        msg("Take it out, or write how often."),
    ),
    "outside-the-run": Problem(
        msg("An item of the plan falls on no day of the dry run."),
        _ITEM + "{date: 2025-08-01}",
        msg("Change its date, or the dry run's."),
    ),
    "planned-on-day-off": Problem(
        msg("An item of the plan falls on a day off."),
        _ITEM.replace("items", "quiet_days: [2025-10-03]\n  items") + "{date: 2025-10-03}",
        msg("Choose another date, or add 'on_holiday': drop or move."),
    ),
    "uncovered-days": Problem(
        msg("There are working days on which nothing is planned."),
        "",
        msg("Plan something small, such as a personal message; or declare the day a quiet one."),
        msg("In a dry run something happens every working day: that is what keeps people coming back."),
    ),
    "one-sided-week": Problem(
        msg("A week of the plan lacks content, interaction or attention for members."),
        "",
        msg("Add an item of the kind that the finding names."),
    ),
    "overfull": Problem(
        msg("Somebody is planned for more hours than they have."),
        "",
        msg("Hand something to someone else, do it less often, or arrange more hours."),
    ),
    "more-than-a-day": Problem(
        msg("Somebody has more hours planned on one day than a day holds."),
        "",
        msg("Check `minutes` and `count`: both are for each time."),
    ),
    "hours-unknown": Problem(
        msg("Work is planned for somebody of whom the plan does not know the hours."),
        "",
        msg("Add `hours_per_week:` or `hours_per_month:` to that person."),
    ),
    "too-much-mail": Problem(
        msg("Members would get more mails to all in one week than the plan allows."),
        "",
        msg("Put two of them together, or move one to another week."),
    ),
    "asks-nobody": Problem(
        msg("A question to everyone is a question to nobody."),
        _ITEM + "{date: 2025-09-04, kind: interaction, asks: everyone}",
        msg("write who is asked, by name"),
    ),
    "theme-without-need": Problem(
        msg("Something is planned about a theme that came from no need."),
        "",
        msg("Name the need from which the theme came, or plan about another."),
    ),
    "called-a-course": Problem(
        msg("A meeting is called as if it were a course."),
        _ITEM + "{what: training on difficult calls, date: 2025-09-04}",
        msg("give it a name that says what people do together"),
        msg("People come to a course to listen; in a community they bring something themselves."),
    ),
    "log-without-plan": Problem(
        msg("The log tells of a day on which this was not planned."),
        _ITEM + "{date: 2025-09-04}\n  log:\n    - {item: question, date: 2025-09-05}",
        msg("Write the day it was planned for; 'moved_to' says on which day it happened."),
    ),
    "done-and-skipped": Problem(
        msg("The log says of one day that something was skipped, and also that it was done or moved."),
        _ITEM + "{date: 2025-09-04}\n  log:\n    - {item: question, date: 2025-09-04, done: true, skipped: ill}",
        msg("Leave one of them."),
    ),
    # Templates of the project's own
    "template-syntax": Problem(
        msg("A template of your own cannot be read: a tag is not closed, say, or is not known."),
        "",
        msg("Look at this line and the ones above it; `coplaunch templates diff` shows what you changed."),
    ),
    "template-unknown": Problem(
        msg("A template of your own asks for something that there is not: a value, a filter, another template."),
        "",
        msg("Check the spelling. The values that there are stand at the top of a file that was copied."),
    ),
    "template-value": Problem(
        msg("A template of your own prints something that cannot be printed, or cannot be worked out."),
        "",
        msg("Ask with `if` whether there is something, go through a list with `for`, or use `joined`."),
        msg("A document that says None, or a list in brackets, is worse than one that is not there."),
    ),
    "template-forbidden": Problem(
        msg("A template of your own uses what a template of a project may not use."),
        "",
        msg("Leave it out; what the shipped templates use, yours may use too."),
        msg("A project may come from anybody, so its templates see the values of their document and nothing else."),
    ),
    "template-limit": Problem(
        msg("A template of your own takes too much time or memory, or makes too long a text."),
        "",
        msg("Look for a loop or a macro without an end."),
    ),
    "template-file": Problem(
        msg("What stands in templates/ is a link, or cannot be read."),
        "",
        msg("Put the file itself in its place."),
        msg("A link may lead out of the project, to what is nobody else's business."),
    ),
    "template-stray": Problem(
        msg("A file in templates/ has the name of no template, and no other one includes it."),
        "",
        msg("`coplaunch templates list` shows the names that there are."),
    ),
}
"""Every code that a finding can have. A test holds them against the source."""
