"""The words in which a gate answers, explained: verdicts, outcomes, levels, and the cycles of value."""

from __future__ import annotations

from enum import StrEnum

from cop_launch.gates import LEVELS, RESULTS, VERDICTS, Level
from cop_launch.locales import Message, msg
from cop_launch.model.decision import Result, VerdictKind
from cop_launch.model.strategy import Cycle
from cop_launch.records import Record


class TermKind(StrEnum):
    """What sort of word it is."""

    VERDICT = "verdict"
    OUTCOME = "outcome"
    LEVEL = "level"
    CYCLE = "cycle"


class Term(Record):
    """A word that coplaunch uses in one meaning."""

    kind: TermKind
    title: Message
    meaning: Message
    source: str = ""


TERMS: dict[str, Term] = {
    VerdictKind.GO.value: Term(
        TermKind.VERDICT,
        VERDICTS[VerdictKind.GO],
        msg(
            "Every decisive and every required criterion is met or waived. `coplaunch advance` records it and moves on."
        ),
    ),
    VerdictKind.NO_GO.value: Term(
        TermKind.VERDICT,
        VERDICTS[VerdictKind.NO_GO],
        msg("A decisive criterion is not met, or a kill criterion is reached: stop, or go back and adjust."),
    ),
    VerdictKind.NOT_YET.value: Term(
        TermKind.VERDICT,
        VERDICTS[VerdictKind.NOT_YET],
        msg("Nothing says no, and something is still missing. `coplaunch status` lists the next steps."),
    ),
    Result.MET.value: Term(
        TermKind.OUTCOME, RESULTS[Result.MET], msg("The plan and its evidence show what the criterion asks for.")
    ),
    Result.MISSING.value: Term(
        TermKind.OUTCOME,
        RESULTS[Result.MISSING],
        msg("Not answered yet, or too few answers to tell. Missing is not no: it is work, or more people to ask."),
    ),
    Result.UNMET.value: Term(
        TermKind.OUTCOME,
        RESULTS[Result.UNMET],
        msg("Answered, and the answer is no. `[]`, `none`, `false` and a number under the threshold are answers."),
    ),
    Result.NOT_APPLICABLE.value: Term(
        TermKind.OUTCOME,
        RESULTS[Result.NOT_APPLICABLE],
        msg("Does not apply to this community; it counts neither for nor against. Said as `not_applicable:` with why."),
    ),
    Result.WAIVED.value: Term(
        TermKind.OUTCOME,
        RESULTS[Result.WAIVED],
        msg("Somebody decided to go on without it, and said why; every report shows it. See `waivers` in the plan."),
    ),
    Level.DECISIVE.value: Term(
        TermKind.LEVEL,
        LEVELS[Level.DECISIVE],
        msg("About the world: a no means that this community should not go on like this."),
    ),
    Level.REQUIRED.value: Term(
        TermKind.LEVEL,
        LEVELS[Level.REQUIRED],
        msg("About the work: it has to be in place before the next phase, and a no is work left."),
    ),
    Level.ADVISED.value: Term(
        TermKind.LEVEL,
        LEVELS[Level.ADVISED],
        msg("Experience says so: a no is a warning in the report, and never a stop."),
    ),
    Cycle.IMMEDIATE.value: Term(
        TermKind.CYCLE,
        msg("Immediate value"),
        msg("What happened, and was it worth it? Attendance, replies, how people liked it."),
        "value-cycles",
    ),
    Cycle.POTENTIAL.value: Term(
        TermKind.CYCLE,
        msg("Potential value"),
        msg("What did it give people to use later? Ideas, contacts, examples that were kept."),
        "value-cycles",
    ),
    Cycle.APPLIED.value: Term(
        TermKind.CYCLE,
        msg("Applied value"),
        msg("What did people do with it? A changed way of working, a better plan or decision."),
        "value-cycles",
    ),
    Cycle.REALIZED.value: Term(
        TermKind.CYCLE,
        msg("Realized value"),
        msg("What difference did it make for what matters? Hours, costs, quality; with who says so."),
        "value-cycles",
    ),
    Cycle.REFRAMING.value: Term(
        TermKind.CYCLE,
        msg("Reframing value"),
        msg("Did it change what success means? Another strategy, other goals, other values."),
        "value-cycles",
    ),
}
"""Every such word by the name that the plan and the JSON answers give it."""
