"""Phase 2, concept test: does the concept hold?"""

from __future__ import annotations

from cop_launch.gates import PhaseGate
from cop_launch.locales import msg
from cop_launch.model.decision import Gate

PHASE = PhaseGate(
    Gate.CONCEPT_TEST,
    2,
    msg("Concept test"),
    msg("Does the concept hold when the target group sees it?"),
    (),
)
