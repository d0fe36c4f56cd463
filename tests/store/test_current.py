"""Whether anything changed since all documents were up to date: said at once, and never where it is not so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cop_launch.shipped import program
from cop_launch.store import current
from cop_launch.store.current import Current, keep_current, sources_of, unchanged
from cop_launch.store.rendered import MEMORY, digest
from tests.cli.command import EXAMPLE, Answer, call, tree


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A whole launch, rendered with its page, with a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = tmp_path / "project"
    shutil.copytree(EXAMPLE, made)
    assert call("render", cwd=made).code == 0
    assert unchanged(made) == Current("nl", page=True)
    return made


def edit(name: str, old: bytes, new: bytes) -> Callable[[Path], object]:
    """A change in a file."""

    def change(project: Path) -> None:
        data = (project / name).read_bytes()
        assert old in data
        (project / name).write_bytes(data.replace(old, new, 1))

    return change


def write(name: str, data: bytes = b"x\n") -> Callable[[Path], object]:
    """A new file."""

    def change(project: Path) -> None:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_bytes(data)

    return change


def linked(project: Path) -> None:
    """A document that is a link to the same text elsewhere."""
    document = project / "plans" / "concept.md"
    shutil.move(document, project.parent / "concept.md")
    document.symlink_to(project.parent / "concept.md")


def edited_and_known(project: Path) -> None:
    """A document that a person changed, and whose digest is in the memory all the same."""
    document, memory = project / "plans" / "concept.md", project / MEMORY
    before = digest(document.read_bytes())
    document.write_bytes(document.read_bytes() + b"Nog iets.\n")
    memory.write_text(memory.read_text("utf-8").replace(before, digest(document.read_bytes())), "utf-8", newline="\n")


def without_line_ends(project: Path) -> None:
    """A calendar that lost the line ends of its format."""
    calendar = project / "plans" / "calendar.ics"
    calendar.write_bytes(calendar.read_bytes().replace(b"\r\n", b"\n"))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a word in the plan": edit("coplaunch.yaml", b"De Tweede Zin", b"De Derde Zin"),
    "the language of the plan": edit("coplaunch.yaml", b"language: nl", b"language: en"),
    "a count in the evidence": edit("evidence/maart-2025.yaml", b"answered: 96", b"answered: 97"),
    "a broken plan": edit("coplaunch.yaml", b"name: De Tweede Zin", b"name: [De Tweede Zin"),
    "evidence that is new": write("evidence/april-2025.yaml", b"format: 1\nanswered: 3\n"),
    "evidence that is gone": lambda project: (project / "evidence" / "maart-2025.yaml").unlink(),
    "a document that was edited": edit("plans/concept.md", b"# ", b"# Ons "),
    "a document that is gone": lambda project: (project / "plans" / "concept.md").unlink(),
    "a document that is a link": linked,
    "a document edited in the memory too": edited_and_known,
    "a page that is gone": lambda project: (project / "plans" / "index.html").unlink(),
    "a calendar without its line ends": without_line_ends,
    "a memory that is gone": lambda project: (project / MEMORY).unlink(),
    "a memory with something else in it": edit(MEMORY, b"\n", b"\nnonsense\n"),
    "a file of somebody's own among the documents": write("plans/own.md"),
    "what a killed run left": write("evidence/.coplaunch-x.123456789abc.tmp"),
    "a template of the project's own": write("templates/concept.md.j2", b"# Eigen\n"),
    "a Word file": write("plans/word/concept.docx", b"no Word file\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("command", [("render", "--check"), ("render",), ("render", "--html")], ids=" ".join)
def test_after_a_change_it_says_what_it_says_without_a_memory_of_its_own(
    change: Callable[[Path], object],
    command: tuple[str, ...],
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever changed: the same answer and the same files as with an empty cache folder."""
    change(project)
    answers: list[tuple[Answer, dict[str, bytes]]] = []
    untouched = tmp_path / "untouched"
    shutil.copytree(project, untouched, symlinks=True)
    for cache in ("cache", "another-cache"):
        shutil.rmtree(project)
        shutil.copytree(untouched, project, symlinks=True)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / cache))
        answers.append((call(*command, cwd=project), {name: data for name, (data, _) in tree(project).items()}))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_of_this_passes_for_unchanged(change: Callable[[Path], object], project: Path) -> None:
    """None of these changes, and each of them alone."""
    change(project)
    assert unchanged(project) is None


def test_another_program_makes_the_documents_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update, of coplaunch or of what is installed beside it."""
    monkeypatch.setattr(current, "program", lambda: f"{program()}\nanother")
    assert unchanged(project) is None


def test_what_changes_while_the_documents_are_made_is_not_kept_for_what_they_were_made_of(project: Path) -> None:
    """Somebody saves the plan between the reading of it and the end of the run."""
    sources = sources_of(project)
    CHANGES["a word in the plan"](project)
    keep_current(project, sources, Current("nl", page=True))
    assert unchanged(project) is None


def test_with_templates_of_its_own_a_project_is_always_rendered(project: Path) -> None:
    """They may say anything."""
    write("templates/concept.md.j2", b"# Eigen\n")(project)
    for _ in range(2):
        assert call("render", "--overwrite", cwd=project).code == 0
        assert unchanged(project) is None


def test_the_page_is_begun_where_there_was_none(project: Path) -> None:
    """`--html` after a plain run that had nothing to write."""
    (project / "plans" / "index.html").unlink()
    memory = project / MEMORY
    lines = memory.read_text("utf-8").splitlines(keepends=True)
    memory.write_text("".join(line for line in lines if "index.html" not in line), "utf-8", newline="\n")
    assert call("render", cwd=project).code == 0
    assert unchanged(project) == Current("nl", page=False)
    assert "plans/index.html" in call("render", "--html", cwd=project).out
    assert unchanged(project) == Current("nl", page=True)


def test_without_a_cache_folder_nothing_is_kept(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs time, never an answer."""
    (tmp_path / "cache").rename(tmp_path / "elsewhere")
    (tmp_path / "cache").write_text("no folder", "utf-8")
    assert unchanged(project) is None
    answer = call("render", "--check", cwd=project)
    assert (answer.code, answer.err) == (0, "")
