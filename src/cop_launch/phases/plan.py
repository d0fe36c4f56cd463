"""Phase 5, plan: the daily plan and the dry run."""

from __future__ import annotations

from cop_launch.gates import PhaseGate
from cop_launch.locales import msg
from cop_launch.model.decision import Gate

PHASE = PhaseGate(
    Gate.PLAN,
    5,
    msg("Plan"),
    msg("What happens every day, and does it hold for months?"),
    (),
)
