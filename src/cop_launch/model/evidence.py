"""What an import found: counts, never a person. One file for each source in `evidence/`."""

from enum import StrEnum

from cop_launch.model.fields import Listing, Named, Period, Section, Text, Whole, ask


class EvidenceKind(StrEnum):
    """What was counted."""

    QUESTIONNAIRE = "questionnaire"
    INTERVIEWS = "interviews"
    WORKSHOP = "workshop"
    ACTIVITY = "activity"


NO_ANSWER = ("preview", "unfinished", "empty", "duplicate")
"""Why a response is left out that is no answer of a person: these do not count in a response rate either."""


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
