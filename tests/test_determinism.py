"""The same project renders to the same bytes: on every machine, in every place and time zone, run after run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import LINE, surroundings

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.parent for path in ROOT.glob("examples/*/coplaunch.yaml"))
MACHINES: dict[str, dict[str, str]] = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "a third hash seed, far east": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"},
    "far west, C locale": {"PYTHONHASHSEED": "0", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C", "PYTHONUTF8": "0"},
    "Dutch, old code page": {"LC_ALL": "", "LANG": "nl_NL.ISO-8859-1", "LANGUAGE": "nl", "PYTHONUTF8": "0"},
    "a narrow window": {"COLUMNS": "40", "TERM": "dumb", "LC_ALL": "tr_TR.UTF-8"},
}


def rendered(example: Path, folder: Path, where: Path, **environment: str) -> dict[str, bytes]:
    """Every document of a copy of the example, rendered anew from a working directory."""
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns("plans"))
    subprocess.run(
        [*LINE, "render", "-C", os.path.relpath(folder, where)],
        cwd=where,
        env=surroundings({"PYTHONHASHSEED": "0", "TZ": "Europe/Amsterdam", **environment}),
        capture_output=True,
        check=True,
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What each example renders to here."""
    folder = tmp_path_factory.mktemp("usual")
    return {example.name: rendered(example, folder / example.name, folder) for example in EXAMPLES}


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_same_bytes_everywhere(
    usual: dict[str, dict[str, bytes]], tmp_path: Path, example: Path, machine: dict[str, str]
) -> None:
    """Hash seeds, time zones, locales, windows and working directories change no byte."""
    (tmp_path / "some" / "where").mkdir(parents=True)
    found = rendered(example, tmp_path / "a copy" / "elsewhere", tmp_path / "some" / "where", **machine)
    assert [name for name in found if name.startswith("plans/")]
    assert found == usual[example.name]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_lines_end_as_lines_do(usual: dict[str, dict[str, bytes]], example: Path) -> None:
    """LF in every document, CRLF in a calendar and a table as their formats ask, and one at the end of each."""
    for name, data in usual[example.name].items():
        if name.startswith("plans/"):
            ending = b"\r\n" if name.endswith(".ics") else b"\n"
            assert data.endswith(ending), name
            assert data.decode("utf-8"), name
            if name.endswith(".md"):
                assert b"\r" not in data, name
                assert not data.endswith(b"\n\n"), name


def test_a_report_is_the_same_everywhere(tmp_path: Path) -> None:
    """A preview of each gate too, with no day but those in the plan."""
    for gate in ("initiative", "concept_test", "plan", "review"):
        answers = {
            subprocess.run(
                [sys.executable, "-m", "cop_launch", "report", gate, "-C", str(EXAMPLES[0])],
                cwd=tmp_path,
                env=surroundings(machine),
                capture_output=True,
                check=True,
            ).stdout
            for machine in MACHINES.values()
        }
        assert len(answers) == 1
