"""Every criterion, held against its cases: one file a criterion, one case for each outcome that it can have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cop_launch.gates import Criterion, Dossier, select
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.phases import PHASES, REVIEW
from cop_launch.sources import SOURCES

CASES = Path(__file__).parent / "criteria"
CRITERIA = [criterion for phase in (*PHASES, REVIEW) for criterion in phase.criteria]


def _cases() -> list[Any]:
    found = []
    for criterion in CRITERIA:
        file = CASES / f"{criterion.id}.yaml"
        text = file.read_text(encoding="utf-8") if file.exists() else "[]"
        for number, case in enumerate(yaml.load(text, Loader=yaml.BaseLoader)):
            found.append(pytest.param(criterion, case, id=f"{criterion.id}-{number}-{case['outcome']}"))
    return found


def _dossier(project: Any, case: Any) -> Dossier:
    evidence = {slug: validate(EvidenceFile, data) for slug, data in (case.get("evidence") or {}).items()}
    return Dossier(validate(Project, project), evidence)


@pytest.mark.parametrize(("criterion", "case"), _cases())
def test_criterion_gives_the_outcome_of_its_case(criterion: Criterion, case: Any) -> None:
    """The outcome is that of the case; it says what it saw, and rests on nothing but the paths that it declares."""
    outcome = criterion.outcome(_dossier(case["project"], case))
    assert outcome.result == case["outcome"]
    assert outcome.result in criterion.may_be
    assert str(outcome.saw)
    if "saw" in case:
        assert str(outcome.saw) == case["saw"]
    data = validate(Project, case["project"]).model_dump(mode="json", by_alias=True)
    read = select(data, criterion.reads, len(data.get("reviews", [])) - 1)
    assert criterion.outcome(_dossier(_as_written(read), case)).result == outcome.result


def _as_written(value: Any) -> Any:
    """A selection, back in the shape of a file: positions become lists again, and every scalar is text."""
    if isinstance(value, dict):
        if value and all(isinstance(key, int) for key in value):
            return [_as_written(value[key]) for key in sorted(value)]
        return {key: _as_written(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.id)
def test_every_criterion_has_a_case_for_each_outcome(criterion: Criterion) -> None:
    """A criterion's file of cases shows each outcome that it declares."""
    file = CASES / f"{criterion.id}.yaml"
    shown = {case["outcome"] for case in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)}
    assert shown == {str(result) for result in criterion.may_be}


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.id)
def test_every_criterion_cites_known_sources(criterion: Criterion) -> None:
    """What a criterion cites stands in the list of sources, its threshold's publication included."""
    cited = {
        *criterion.sources,
        *({criterion.threshold.source} if criterion.threshold and criterion.threshold.source else ()),
    }
    assert cited <= set(SOURCES)


def test_no_file_of_cases_is_left_over() -> None:
    """Each file of cases belongs to a criterion."""
    assert {file.stem for file in CASES.glob("*.yaml")} == {criterion.id for criterion in CRITERIA}
