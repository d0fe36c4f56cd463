"""Phase 4, strategy: what for, and with what?"""

from __future__ import annotations

from cop_launch.gates import PhaseGate
from cop_launch.locales import msg
from cop_launch.model.decision import Gate

PHASE = PhaseGate(
    Gate.STRATEGY,
    4,
    msg("Strategy"),
    msg("What for, with which means, money and hours?"),
    (),
)
