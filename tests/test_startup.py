"""What a command loads before it answers, and how it ends: the guard of a quick start, without a clock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cop_launch import __version__
from cop_launch.cli.app import _as_typed, app

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "de-tweede-zin"

TABLES = {"polars", "duckdb", "pandas", "numpy", "pyarrow", "python_calamine", "openpyxl"}
"""Engines that read large tables; only an import of answers or activity may need one."""


def _loaded(*arguments: str, folder: Path) -> set[str]:
    """The top-level names of what a command imports from start to end; the command must end well."""
    command = [sys.executable, "-X", "importtime", "-m", "cop_launch", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_version_loads_nothing_but_python() -> None:
    """`--version` needs no package at all."""
    heavy = {"typer", "rich", "pydantic", "yaml", "jinja2", "csv", "dataclasses", "gettext"}
    loaded = _loaded("--version", folder=ROOT)
    assert "cop_launch" in loaded
    assert loaded & heavy == set()


def test_help_loads_no_model_and_no_templates() -> None:
    """`--help` lists the commands without what the commands work with."""
    heavy = {"pydantic", "yaml", "jinja2", "dateutil", "holidays", "csv"} | TABLES
    loaded = _loaded("--help", folder=ROOT)
    assert "typer" in loaded
    assert loaded & heavy == set()


@pytest.mark.parametrize("command", ["status", "check"])
def test_looking_at_a_project_renders_nothing(command: str) -> None:
    """`status` and `check` on a whole project load the model, never the templates or an engine for tables; nor
    pydantic, where there is nothing wrong for it to judge, nor Typer, where there is nothing for it to tell apart."""
    loaded = _loaded(command, folder=EXAMPLE)
    assert "yaml" in loaded
    assert (
        loaded & ({"jinja2", "markupsafe", "pydantic", "pydantic_core", "typer", "watchfiles", "anyio"} | TABLES)
        == set()
    )


def test_rendering_what_did_not_change_makes_no_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two runs loads neither the templates nor the plan."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    project = tmp_path / "project"
    shutil.copytree(EXAMPLE, project)
    assert "jinja2" in _loaded("render", folder=project)
    heavy = {"jinja2", "markdown_it", "pydantic", "typer", "yaml", "holidays"}
    assert _loaded("render", folder=project) & heavy == set()


def test_version_is_the_packages_own() -> None:
    """`coplaunch --version` prints name and version, and nothing else."""
    command = [sys.executable, "-m", "cop_launch", "--version"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"coplaunch {__version__}\n", "")


@pytest.mark.parametrize("buffering", ["", "1"])
def test_a_reader_who_leaves_early_is_no_error(buffering: str) -> None:
    """`coplaunch --version | true` ends quietly, whether the answer was still waiting or not."""
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONUNBUFFERED": buffering}
    command = [sys.executable, "-m", "cop_launch", "--version"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("buffering", ["", "1"])
def test_an_answer_that_cannot_be_written_is_said(buffering: str) -> None:
    """On a full disk the command says so, and ends with the exit code for what the machine could not do."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full")
    environment = {**os.environ, "PYTHONUNBUFFERED": buffering, "COPLAUNCH_LANGUAGE": "en"}
    command = [sys.executable, "-m", "cop_launch", "--version"]
    with full.open("w") as stream:
        done = subprocess.run(command, stdout=stream, stderr=subprocess.PIPE, env=environment, check=False)
    assert (done.returncode, done.stderr) == (3, b"The answer could not be written: No space left on device.\n")


@pytest.mark.parametrize(
    ("words", "commands", "groups"),
    [(["status"], ["status"], []), (["plan", "week"], [], ["plan"])],
)
def test_only_the_command_that_was_typed_is_made(words: list[str], commands: list[str], groups: list[str]) -> None:
    """Making all of them takes as long as two starts of the interpreter."""
    made = _as_typed(words[:1])
    assert [one.name for one in made.registered_commands] == commands
    assert [one.name for one in made.registered_groups] == groups


@pytest.mark.parametrize("words", [[], ["--help"], ["staus"], ["-h", "status"]])
def test_else_every_command_is_there(words: list[str]) -> None:
    """For help, for completion, and to say which command was meant; also after another was made alone."""
    before = _as_typed(["status"])
    assert before is not app
    assert _as_typed(words[:1]) is app
    assert len(app.registered_commands) + len(app.registered_groups) > 10
