"""A project may start as a copy of an example, and loses nothing that stands in the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from cop_launch.findings import Refused
from cop_launch.store.examples import copied, example_folder, example_names
from cop_launch.store.files import apply
from cop_launch.store.project import load
from tests.cli.command import tree

each = pytest.mark.parametrize("name", example_names())


def test_the_examples_are_those_of_the_tree() -> None:
    """Every project in examples/, by the name of its folder."""
    assert example_names() == ("buurtdata", "de-tweede-zin", "platform-engineers")


@each
def test_a_copy_is_the_example(name: str, tmp_path: Path) -> None:
    """Plan, schema, README, evidence, decisions, documents, every byte; not what only retells its story."""
    example = example_folder(name)
    apply(tmp_path, copied(example, tmp_path))

    expected = {path: content for path, (content, _) in tree(example).items() if path.split("/")[0] != "steps"}
    expected[".gitignore"] = b"evidence/raw/\n.coplaunch-*.tmp\n"
    expected[".gitattributes"] = b"plans/** -text -merge\n"
    assert {path: content for path, (content, _) in tree(tmp_path).items()} == expected


@each
def test_a_copy_holds_together(name: str, tmp_path: Path) -> None:
    """It is read as the example is, with its evidence and its decisions."""
    apply(tmp_path, copied(example_folder(name), tmp_path))
    copy, example = load(tmp_path), load(example_folder(name))
    assert copy.dossier is not None
    assert (copy.dossier, copy.findings) == (example.dossier, example.findings)


def test_a_readme_and_what_git_is_told_stay(tmp_path: Path) -> None:
    """A fresh repository often has them: the first is left alone, the others only grow."""
    (tmp_path / ".gitattributes").write_bytes(b"* text=auto\n")
    (tmp_path / "README.md").write_bytes(b"mine\n")
    (tmp_path / ".gitignore").write_bytes(b"*.log")
    apply(tmp_path, copied(example_folder("buurtdata"), tmp_path))
    assert (tmp_path / "README.md").read_bytes() == b"mine\n"
    assert (tmp_path / ".gitattributes").read_bytes() == b"* text=auto\nplans/** -text -merge\n"
    assert (tmp_path / ".gitignore").read_bytes() == b"*.log\nevidence/raw/\n.coplaunch-*.tmp\n"


def test_a_file_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    """The copy is refused with the name of the file, and nothing was written."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "overview.md").write_bytes(b"mine\n")
    before = tree(tmp_path)
    with pytest.raises(Refused) as refused:
        copied(example_folder("buurtdata"), tmp_path)
    assert (refused.value.code, str(refused.value.message)) == (
        "already-there",
        "plans/overview.md is there already; it is left as it is.",
    )
    assert tree(tmp_path) == before


def test_a_project_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    """As with every `init`."""
    (tmp_path / "coplaunch.yaml").write_bytes(b"format: 1\n")
    with pytest.raises(Refused) as refused:
        copied(example_folder("buurtdata"), tmp_path)
    assert refused.value.code == "already-a-project"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("buurtdat", "did you mean 'buurtdata'?"),
        ("x", "choose from buurtdata, de-tweede-zin, platform-engineers"),
        ("../examples/buurtdata", "did you mean 'buurtdata'?"),
    ],
)
def test_an_unknown_example_is_refused_with_those_there_are(name: str, hint: str) -> None:
    """A name, never a path."""
    with pytest.raises(Refused) as refused:
        example_folder(name)
    assert (refused.value.code, str(refused.value.hint)) == ("unknown-example", hint)
