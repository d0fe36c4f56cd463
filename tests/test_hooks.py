"""The hooks for other people's repositories: they parse, and what they run does what their description says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.command import SMALL, Answer, a_small_project, surroundings

ROOT = Path(__file__).parents[1]
HOOKS: dict[str, Any] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}


def run(id_: str, *files: str, cwd: Path) -> Answer:
    """The entry as pre-commit runs it: from the top of the repository, the changed files behind it."""
    command, *arguments = shlex.split(HOOKS[id_]["entry"])
    assert command == "coplaunch"
    line = [sys.executable, "-m", "cop_launch", *arguments, *files]
    done = subprocess.run(line, cwd=cwd, env=surroundings({}), capture_output=True, encoding="utf-8", check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


def test_each_hook_says_what_it_is() -> None:
    """What pre-commit needs to install and show a hook, and a pattern that it can read."""
    assert list(HOOKS) == ["coplaunch-check"]
    for hook in HOOKS.values():
        assert {"id", "name", "description", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"
        re.compile(hook["files"])


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("coplaunch.yaml", True),
        ("communities/claims/coplaunch.yaml", True),
        ("evidence/march-2025.yaml", True),
        ("communities/claims/evidence/march-2025.yaml", True),
        ("evidence/raw/march.yaml", False),
        ("my-coplaunch.yaml", False),
        ("coplaunch.yaml.md", False),
        ("plans/overview.md", False),
    ],
)
def test_which_files_it_looks_at(path: str, wanted: bool) -> None:
    """Plans and evidence wherever they stand, and nothing that only resembles them."""
    assert bool(re.search(HOOKS["coplaunch-check"]["files"], path)) is wanted


def test_it_checks_the_files_that_it_is_given(tmp_path: Path) -> None:
    """Of several projects in a repository those whose files changed; any of them wrong stops the commit."""
    a_small_project(tmp_path / "good")
    a_small_project(tmp_path / "bad", SMALL + "nope: 1\n")
    fine = run("coplaunch-check", "good/coplaunch.yaml", cwd=tmp_path)
    assert (fine.code, fine.out.splitlines()[0]) == (0, "✓ nothing wrong in the file")
    wrong = run("coplaunch-check", "good/coplaunch.yaml", "bad/coplaunch.yaml", cwd=tmp_path)
    assert wrong.code == 1
    assert wrong.out.splitlines()[0] == (
        "bad/coplaunch.yaml:10:1: error unknown-key: 'nope' is not a field of the project file"
    )


def test_an_evidence_file_is_checked_with_its_project(tmp_path: Path) -> None:
    """The plan that names the counts may be the one that is wrong now."""
    project = a_small_project(tmp_path / "p")
    (project / "evidence").mkdir()
    (project / "evidence" / "march.yaml").write_text("answered: many\n", "utf-8")
    answer = run("coplaunch-check", "p/evidence/march.yaml", cwd=tmp_path)
    assert answer.code == 1
    assert answer.out.startswith("p/evidence/march.yaml:1:11: error not-a-whole-number: 'many' is not a whole number\n")
