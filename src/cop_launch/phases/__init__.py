"""The six phases of the Bind process in their order, and the review after the launch."""

from cop_launch.gates import PhaseGate
from cop_launch.phases import concept_test, core_group, initiative, launch, plan, review, strategy

PHASES: tuple[PhaseGate, ...] = (
    initiative.PHASE,
    concept_test.PHASE,
    core_group.PHASE,
    strategy.PHASE,
    plan.PHASE,
    launch.PHASE,
)
REVIEW: PhaseGate = review.PHASE
