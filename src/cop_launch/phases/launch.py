"""Phase 6, launch: how do people get in?"""

from __future__ import annotations

from cop_launch.gates import PhaseGate
from cop_launch.locales import msg
from cop_launch.model.decision import Gate

PHASE = PhaseGate(
    Gate.LAUNCH,
    6,
    msg("Launch"),
    msg("How do people get in, and who welcomes them?"),
    (),
)
