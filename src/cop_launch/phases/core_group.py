"""Phase 3, core group: who carries it?"""

from __future__ import annotations

from cop_launch.gates import PhaseGate
from cop_launch.locales import msg
from cop_launch.model.decision import Gate

PHASE = PhaseGate(
    Gate.CORE_GROUP,
    3,
    msg("Core group"),
    msg("Who carries it, and does the organisation let them?"),
    (),
)
