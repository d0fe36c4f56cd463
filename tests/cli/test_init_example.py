"""`init --example`, as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cop_launch.cli.write import init
from cop_launch.store.examples import example_names
from tests.cli.command import call, run, tree


def test_a_copy_is_at_work_at_once(tmp_path: Path) -> None:
    """From nothing to a project with decisions and documents in one command, told in the example's language."""
    answer = run("init", "mijn-community", "--example", "de-tweede-zin", cwd=tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == "✓ Je project staat klaar in mijn-community."
    folder = tmp_path / "mijn-community"
    assert run("check", cwd=folder).code == 0


def test_nothing_is_written_in_a_dry_run(tmp_path: Path) -> None:
    """The diff names every file."""
    answer = call("init", "--example", "buurtdata", "--dry-run", cwd=tmp_path)
    assert answer.code == 0
    assert "+++ b/evidence/mei-2025.yaml" in answer.out
    assert tree(tmp_path) == {}


def test_what_was_written_is_told_to_programs(tmp_path: Path) -> None:
    """As for every `init`: the folder and the files."""
    answer = json.loads(call("init", "--example", "platform-engineers", "--json", cwd=tmp_path).out)
    assert (answer["kind"], answer["folder"]) == ("init", str(tmp_path))
    assert sorted(answer["written"]) == [name for name in tree(tmp_path) if (tmp_path / name).is_file()]


@pytest.mark.parametrize("other", [("--name", "Mine"), ("--language", "en")])
def test_an_example_is_copied_as_it_is(other: tuple[str, str], tmp_path: Path) -> None:
    """Its name and language are part of it: the options do not go together."""
    answer = call("init", "--example", "buurtdata", *other, cwd=tmp_path)
    assert answer.code == 2
    assert f"--example, {other[0]}" in answer.out + answer.err
    assert tree(tmp_path) == {}


def test_the_help_names_every_example() -> None:
    """One can be chosen without looking anywhere else."""
    option = init.__annotations__["example"]
    assert all(name in str(option) for name in example_names())
