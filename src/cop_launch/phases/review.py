"""After the launch: the review."""

from __future__ import annotations

from cop_launch.gates import PhaseGate
from cop_launch.locales import msg
from cop_launch.model.decision import Gate

PHASE = PhaseGate(
    Gate.REVIEW,
    7,
    msg("Review"),
    msg("Does it do what it is for, and who carries it?"),
    (),
)
