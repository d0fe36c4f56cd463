"""The overview: whole documents at several moments."""

from __future__ import annotations

import pytest

from cop_launch.documents.overview import overview
from cop_launch.model.decision import Gate
from cop_launch.workflow import assess, dossier_for, gate_of
from tests.documents import small
from tests.documents.markdown import faults


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("number", range(5), ids=["not-yet", "go", "no-go", "stopped", "launched"])
def test_overview_is_the_golden_one(number: int, language: str) -> None:
    """With things open, with a go in reach, with a no-go, when it has stopped, and after the launch."""
    state = small.states(language)[number]
    dossier = small.dossier(language, state)
    gate = gate_of(dossier.project)
    if gate.gate is Gate.REVIEW:
        dossier, gate = dossier_for(dossier, gate), small.REVIEW
    else:
        gate = small.gate(language)
    text = overview(dossier, assess(dossier, gate), small.language_of(language))
    assert faults(text) == []
    small.is_golden(f"overview-{state}.{language}.md", text)
