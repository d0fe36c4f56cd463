"""What an import found: counts, never a person. One file for each source in `evidence/`."""

from collections.abc import Iterator
from enum import StrEnum

from cop_launch.findings import Finding, KeyPath, Severity
from cop_launch.locales import Message, msg
from cop_launch.model.fields import Listing, Named, Period, Section, Text, Whole, ask


class EvidenceKind(StrEnum):
    """What was counted."""

    QUESTIONNAIRE = "questionnaire"
    INTERVIEWS = "interviews"
    WORKSHOP = "workshop"
    ACTIVITY = "activity"


NO_ANSWER = ("preview", "unfinished", "empty", "duplicate")
"""Why a response is left out that is no answer of a person: these do not count in a response rate either."""


SMALL = 5
"""Fewer people than this are not shown as a group: they would be known to each other. Set here."""

ONE_ANSWER = frozenset({"wants_a_role", "want_to_contribute", "recognises", "left_name_and_contribution"})
"""Questions to which a person gives one answer: their counts come to no more than the answers that count."""


class Segment(Section):
    """A group among those who answered, of five people or more."""

    name: Text | None = ask("Name", "What is this team, place or group called?", "Zwolle")
    answered: Whole | None = ask("Answers", "How many answers from it count?", "48")
    active: Whole | None = ask(
        "Yes", "How many of them want a role? Left out where it is fewer than five, or all but a few.", "14"
    )


class EvidenceFile(Section):
    """One file in `evidence/`."""

    format: Whole | None = ask("Format", "Which version of this file format?", "1")
    kind: EvidenceKind | None = ask("Kind", "What was counted?", "questionnaire")
    source: Text | None = ask("Source", "Where do the counts come from?", "paper forms of the team day")
    raw_digest: Text | None = ask("Raw digest", "The digest of the export, if there is one.", "sha256:9f2c…")
    period: Period | None = ask("Period", "When was it counted?", "{from: 2025-03-10, to: 2025-03-28}")
    invited: Whole | None = ask("Invited", "How many were invited?", "180")
    answered: Whole | None = ask("Answered", "How many answered?", "96")
    counts: Named[Named[Whole]] | None = ask(
        "Counts",
        "For each question: how many gave each answer?",
        "{wants_a_role: {active: 28, maybe: 31, declined: 32}}",
    )
    segments: Listing[Segment] | None = ask(
        "Teams or places",
        "How many of each team, place or group? Only those of five people or more, and so that no smaller one follows.",
        "[{name: Zwolle, answered: 48, active: 14}]",
    )
    excluded: Named[Whole] | None = ask(
        "Left out", "How many answers are not counted, by reason?", "{outside_target_group: 5}"
    )
    mapping: Named[Text] | None = ask("Mapping", "Which column answers which question?", "{wants_a_role: Q3}")

    @property
    def responded(self) -> int | None:
        """The people who answered: all responses less those that are nobody's own answer; None while unknown."""
        if self.answered is None:
            return None
        return self.answered - sum((self.excluded or {}).get(reason, 0) for reason in NO_ANSWER)

    @property
    def accepted(self) -> int | None:
        """The number of answers that count: all complete responses less those left out; None while unknown."""
        if self.answered is None:
            return None
        return self.answered - sum((self.excluded or {}).values())

    @property
    def raw_name(self) -> str | None:
        """The name of the export in evidence/raw/, where the source ends with it; None for what is kept elsewhere."""
        _, folder, name = (self.source or "").rpartition("evidence/raw/")
        return name if folder and name else None


def impossible_counts(file: EvidenceFile) -> Iterator[Finding]:
    """Counts that cannot be, and groups that are too small to be told, each at its place in the file."""
    answered, responded, accepted = file.answered, file.responded, file.accepted
    if file.period and file.period.from_ and file.period.to and file.period.to < file.period.from_:
        start, end = str(file.period.from_), str(file.period.to)
        message = msg("this ends on {to}, before it begins on {start}", to=end, start=start)
        yield Finding("period-reversed", message, ("period", "to"), hint=msg("change one of the two dates"))
    if answered is None or responded is None or accepted is None:
        return
    if accepted < 0:
        left_out = sum((file.excluded or {}).values())
        yield _impossible(
            msg("{left_out} answers are left out of {answered}", left_out=left_out, answered=answered),
            ("excluded",),
            msg("`answered` counts everyone who answered, those left out included"),
        )
        return
    if file.invited is not None and responded > file.invited:
        yield _impossible(
            msg("{answered} people answered, and {invited} were invited", answered=responded, invited=file.invited),
            ("invited",),
            msg("count people once, and everyone who was invited"),
        )
    for question, answers in (file.counts or {}).items():
        if question in ONE_ANSWER and sum(answers.values()) > accepted:
            yield _more_than(sum(answers.values()), accepted, ("counts", question))
        elif question not in ONE_ANSWER:
            for answer, number in answers.items():
                if number > accepted:
                    yield _more_than(number, accepted, ("counts", question, answer))
    yield from _impossible_segments(file, accepted)


def _impossible_segments(file: EvidenceFile, accepted: int) -> Iterator[Finding]:
    segments = file.segments or []
    in_all = sum(one.answered or 0 for one in segments)
    if in_all > accepted:
        yield _more_than(in_all, accepted, ("segments",))
    for number, one in enumerate(segments):
        path: KeyPath = ("segments", number)
        if one.active is not None and one.answered is not None and one.active > one.answered:
            yield _impossible(
                msg("{k} of {n} is more than all of them", k=one.active, n=one.answered),
                (*path, "active"),
                msg("count each person once"),
            )
        if one.answered is not None and one.answered < SMALL:
            message = msg("a group of fewer than {least} people can be recognised", least=SMALL)
            hint = msg("take it out of the file; its answers stay in the counts")
            yield Finding("small-group", message, (*path, "answered"), Severity.WARNING, hint=hint)
    said = next((answers for name, answers in (file.counts or {}).items() if name in _WILLING), {})
    active = sum(one.active or 0 for one in segments)
    if "active" in said and active > said["active"]:
        yield _more_than(active, said["active"], ("segments",))


_WILLING = frozenset({"wants_a_role", "want_to_contribute"})


def _more_than(counted: int, most: int, path: KeyPath) -> Finding:
    message = msg("these come to {counted}, and there are only {most}", counted=counted, most=most)
    return _impossible(message, path, msg("count each person once"))


def _impossible(message: Message, path: KeyPath, hint: Message) -> Finding:
    return Finding("impossible-figure", message, path, hint=hint)
