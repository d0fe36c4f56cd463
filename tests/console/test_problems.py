"""Every code that `check` can answer with is explained, with lines that have the problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from cop_launch.console.problems import PROBLEMS
from cop_launch.store.places import PLAN
from cop_launch.store.project import load
from docs.codes import finding_codes

SHOWN = {code: problem.wrong for code, problem in PROBLEMS.items() if problem.wrong}
FROM_ELSEWHERE = {"not-an-answer"}
"""What is found in another file than a plan."""


def test_every_code_in_the_source_is_explained_and_no_other() -> None:
    """A new finding cannot be forgotten, and one that is gone leaves the list."""
    assert sorted(PROBLEMS) == sorted({code.code for code in finding_codes()})


@pytest.mark.parametrize("code", sorted(SHOWN.keys() - FROM_ELSEWHERE))
def test_the_lines_that_show_a_problem_have_it(code: str, tmp_path: Path) -> None:
    """Read as a plan, they give the finding."""
    first = "" if code in {"no-format", "unknown-format", "directive-not-allowed", "not-a-mapping"} else "format: 1\n"
    (tmp_path / PLAN).write_text(f"{first}{SHOWN[code]}\n", "utf-8")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "march-2025.yaml").write_text("format: 1\nanswered: 91\n", "utf-8")
    assert code in {finding.code for finding in load(tmp_path).findings}
