"""What coplaunch itself records: decisions, and what people may say about a criterion's threshold or a waiver."""

from collections.abc import Sequence
from enum import StrEnum

from cop_launch.model.fields import Day, Named, PersonRef, Section, Several, Slug, Text, ask
from cop_launch.records import Record


class Phase(StrEnum):
    """The six phases in their order, and the time after."""

    INITIATIVE = "initiative"
    CONCEPT_TEST = "concept_test"
    CORE_GROUP = "core_group"
    STRATEGY = "strategy"
    PLAN = "plan"
    LAUNCH = "launch"
    LAUNCHED = "launched"


class Gate(StrEnum):
    """What a decision is about: the gate at the end of a phase, or a review after the launch."""

    INITIATIVE = "initiative"
    CONCEPT_TEST = "concept_test"
    CORE_GROUP = "core_group"
    STRATEGY = "strategy"
    PLAN = "plan"
    LAUNCH = "launch"
    REVIEW = "review"


class DecisionKind(StrEnum):
    """What was decided."""

    GO = "go"
    NO_GO = "no_go"
    BACK = "back"
    SUPPORT_EXISTING = "support_existing"
    CONTINUE = "continue"
    ADJUST = "adjust"
    HAND_OVER = "hand_over"
    STOP = "stop"


class VerdictKind(StrEnum):
    """What the evidence says."""

    GO = "go"
    NO_GO = "no_go"
    NOT_YET = "not_yet"


class Result(StrEnum):
    """The outcome of one criterion."""

    MET = "met"
    MISSING = "missing"
    UNMET = "unmet"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"


class Override(Section):
    """A threshold of your own, with its reason. The key is the criterion."""

    value: Text | None = ask("Value", "Which threshold do you use?", "25%")
    why: Text | None = ask("Why", "Why another than the usual one?", "the group is small and close")


class Waiver(Section):
    """A criterion that is let go, with the reason. Every report shows it."""

    criterion: Slug | None = ask("Criterion", "Which criterion?", "interviews-enough")
    why: Text | None = ask("Why", "Why may it be let go?", "the team is eight people, and all eight spoke")
    by: Text | None = ask("By", "Who decided that?", "annelies")
    date: Day | None = ask("Date", "When?", "2025-02-20")


class Decision(Section):
    """A decision at a gate. Written by coplaunch, appended, never edited."""

    gate: Gate | None = ask("Gate", "Which gate?", "initiative")
    decision: DecisionKind | None = ask("Decision", "What was decided?", "go")
    to: Phase | None = ask("Back to", "To which phase does the project go back?", "initiative")
    date: Day | None = ask("Date", "When?", "2025-02-25")
    by: Several[PersonRef] | None = ask("By", "Who decided?", "[annelies, marloes]")
    because: Text | None = ask("Because", "Why?", "the need is there")
    verdict: VerdictKind | None = ask("Verdict", "What did the evidence say?", "go")
    outcomes: Named[Result] | None = ask("Outcomes", "What was the outcome of each criterion?", "{need-evidenced: met}")
    thresholds: Named[Text] | None = ask("Thresholds", "Which thresholds counted?", '{willing-share: "20%"}')
    report: Text | None = ask("Report", "In which file is the report?", "decisions/2025-02-25-initiative-go.md")
    seal: Text | None = ask("Seal", "The digest of what the decision rested on.", '"1:9f2c…"')
    tool: Text | None = ask("Tool", "Which version of coplaunch recorded it?", "0.1.0")


class State(StrEnum):
    """How the project stands."""

    ACTIVE = "active"
    STOPPED = "stopped"
    SUPPORTING = "supporting"
    CLOSED = "closed"


class Standing(Record):
    """Where the decisions leave the project: its phase, whether it goes on, and which decisions are in force.

    `in_force` are positions in the list of decisions: those on which the project still rests. A way back takes the
    gates from that phase on out of force; of the reviews only the last one counts.
    """

    phase: Phase
    state: State
    in_force: tuple[int, ...]


ENDS: dict[DecisionKind, State] = {
    DecisionKind.NO_GO: State.STOPPED,
    DecisionKind.SUPPORT_EXISTING: State.SUPPORTING,
    DecisionKind.STOP: State.CLOSED,
}
"""Decisions after which the project does not go on by itself."""


def standing(decisions: Sequence[Decision]) -> Standing:
    """Where a list of decisions leaves the project, read in its order."""
    order = list(Phase)
    phase, state = Phase.INITIATIVE, State.ACTIVE
    holds: dict[Gate, int] = {}
    for position, decision in enumerate(decisions):
        if decision.gate is None or decision.decision is None:
            continue
        state = ENDS.get(decision.decision, State.ACTIVE)
        if decision.decision is DecisionKind.BACK and decision.to is not None:
            phase = decision.to
            holds = {
                gate: held
                for gate, held in holds.items()
                if gate is not Gate.REVIEW and order.index(Phase(gate.value)) < order.index(phase)
            }
            continue
        holds[decision.gate] = position
        if decision.decision is DecisionKind.GO and decision.gate is not Gate.REVIEW:
            phase = order[order.index(Phase(decision.gate.value)) + 1]
    return Standing(phase, state, tuple(sorted(holds.values())))
