"""What is typed plainly, and the same by way of Typer."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from cop_launch.cli.app import app
from cop_launch.cli.plainly import FLAGS, plainly
from tests.cli.command import a_small_project, call, tree

CASES = [(command, *flags) for command, known in FLAGS.items() for flags in ((), *((flag,) for flag in known))]


@pytest.mark.parametrize("command", FLAGS)
def test_the_flags_are_those_that_typer_knows(command: str) -> None:
    """By the same names, and off unless they are typed."""
    (done,) = (one.callback for one in app.registered_commands if one.name == command)
    assert done is not None
    hints = get_type_hints(done, include_extras=True)
    parameters = inspect.signature(done).parameters
    known = {
        _typed(get_args(hints[name])[1]): name
        for name, parameter in parameters.items()
        if get_args(hints[name])[:1] == (bool,)
    }
    assert known == FLAGS[command]
    assert {parameters[name].default for name in known.values()} == {False}


def _typed(option: Any) -> str:
    """The word for an option. Typer takes it for the default, until it sees that it stands in an annotation."""
    word: str = option.default
    return word


@pytest.mark.parametrize("words", [case for case in CASES if "--watch" not in case], ids=" ".join)
def test_it_does_what_it_does_by_way_of_typer(words: tuple[str, ...], tmp_path: Path) -> None:
    """The same answer and the same files, with `--project .` behind it or not."""
    made: list[Any] = []
    for more in ((), ("--project", ".")):
        project = a_small_project(tmp_path / "round-table")
        made.append((call(*words, *more, cwd=project), {file: text for file, (text, _) in tree(project).items()}))
        shutil.rmtree(project)
    assert plainly(words) is not None
    assert plainly((*words, "--project", ".")) is None
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "words", [(), ("--help",), ("status", "--help"), ("status", "--jsn"), ("render", "concept"), ("check", "a.yaml")]
)
def test_whatever_else_is_typed_is_for_typer(words: tuple[str, ...]) -> None:
    """Help, a mistake, a name."""
    assert plainly(words) is None
