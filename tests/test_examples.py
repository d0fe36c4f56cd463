"""The examples are whole projects: they hold together, and the tool itself makes of them what lies beside them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cop_launch.store.files import read
from cop_launch.store.places import PLAN
from cop_launch.store.project import load
from cop_launch.workflow import drift

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob(f"*/{PLAN}"))
each = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, command)], cwd=cwd, capture_output=True, encoding="utf-8", check=False, timeout=300
    )


def test_there_are_examples_in_both_languages() -> None:
    """One in Dutch that is launched, one in English, and one with a no-go."""
    assert [path.name for path in EXAMPLES] == ["buurtdata", "de-tweede-zin", "platform-engineers"]


@each
def test_nothing_is_wrong_with_it(example: Path) -> None:
    """`coplaunch check` has nothing to say, not even a warning."""
    loaded = load(example)
    assert [(finding.code, finding.path) for finding in loaded.findings] == []


@each
def test_every_decision_in_force_rests_on_what_stands_there(example: Path) -> None:
    """No seal is broken."""
    loaded = load(example)
    assert loaded.dossier is not None
    assert drift(loaded.dossier) == ()


@each
def test_other_peoples_readers_see_what_ours_sees(example: Path) -> None:
    """No key is anything but text for a YAML 1.1 reader, which takes `no` and `on` for booleans."""
    odd: list[object] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            odd.extend(key for key in value if not isinstance(key, str))
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    for path in [example / PLAN, *example.glob("evidence/*.yaml"), *example.glob("steps/*.yaml")]:
        walk(yaml.safe_load(read(path)))
    assert odd == []


@each
def test_it_is_told_again_by_the_tool_itself(example: Path) -> None:
    """Each decision once more, on the plan as it stood: the same entries, reports, documents and schema, every byte."""
    answer = run("examples/replay.py", "--check", example.name)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"{example.name}: as it stands\n", "")


@each
def test_what_is_rendered_is_current(example: Path) -> None:
    """`coplaunch render --check` finds nothing stale."""
    answer = run("-m", "cop_launch", "render", "--check", "-C", example)
    assert (answer.returncode, answer.stderr) == (0, "")


@each
def test_it_renders_in_the_other_language(example: Path, tmp_path: Path) -> None:
    """The same documents exist in both languages, under the same names."""
    work = tmp_path / example.name
    shutil.copytree(example, work, ignore=shutil.ignore_patterns("plans"))
    text = (work / PLAN).read_text("utf-8")
    other = {"language: nl": "language: en", "language: en": "language: nl"}
    old = next(line for line in text.splitlines() if line in other)
    (work / PLAN).write_text(text.replace(f"\n{old}\n", f"\n{other[old]}\n", 1), "utf-8", newline="\n")

    answer = run("-m", "cop_launch", "render", "--html", "-C", work)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert names(work / "plans") == names(example / "plans")


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_demo_tells_a_whole_launch(tmp_path: Path) -> None:
    """From `init` to the page, whose address it ends with: three times held back, six times on, all committed."""
    folder = tmp_path / "demo"

    answer = run("examples/demo.py", folder)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.count("(exit 1)") == 3
    assert len(list((folder / "decisions").glob("*-go.md"))) == 6
    page = folder / "plans" / "index.html"
    assert page.is_file()
    assert page.as_uri() in answer.stdout.partition("# It is all still there.")[2]
    left = subprocess.run(["git", "status", "--porcelain"], cwd=folder, capture_output=True, check=True)
    assert left.stdout == b""


def test_the_demo_leaves_other_peoples_folders_alone(tmp_path: Path) -> None:
    """A folder with something in it that the demo did not make is refused, and untouched."""
    (tmp_path / "mine.txt").write_text("mine", "utf-8")

    answer = run("examples/demo.py", tmp_path)

    assert answer.returncode == 2
    assert names(tmp_path) == ["mine.txt"]
