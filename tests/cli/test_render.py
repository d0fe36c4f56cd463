"""`render`: what it writes, what it leaves alone, and what it takes away."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.command import EXAMPLE, Answer, a_small_project, call, tree

MEMORY = "plans/.rendered"
HEAD = "# What coplaunch wrote here. By this it notices what people changed, and leaves that alone.\n"


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A launched project in English, with nothing rendered yet."""
    project = tmp_path / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns("plans"))
    plan = project / "coplaunch.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"\nlanguage: nl\n", b"\nlanguage: en\n"))
    return project


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A short project in its first phase, rendered."""
    project = a_small_project(tmp_path / "small")
    assert call("render", cwd=project).code == 0
    return project


def plans(project: Path) -> list[str]:
    """The documents that stand there."""
    return sorted(path.name for path in project.glob("plans/*") if not path.name.startswith("."))


def named(answer: Answer) -> list[str]:
    """The files that an answer lists."""
    return [line.strip() for line in answer.out.splitlines() if line.startswith("    plans/")]


def change(project: Path, old: str, new: str) -> None:
    """Another plan."""
    plan = project / "coplaunch.yaml"
    text = plan.read_text("utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), "utf-8", newline="\n")


def as_json(*arguments: str, cwd: Path) -> dict[str, object]:
    answer: dict[str, object] = json.loads(call(*arguments, "--json", cwd=cwd).out)
    return answer


def test_twice_changes_nothing(whole: Path) -> None:
    """What is up to date is not written again; `--check` tells stale from fresh, and writes nothing."""
    before = tree(whole)
    stale = call("render", "--check", cwd=whole)
    assert (stale.code, tree(whole)) == (1, before)
    first = call("render", cwd=whole)
    assert first.code == 0
    assert named(stale) == named(first) == [f"plans/{name}" for name in plans(whole)]
    after = tree(whole)
    again = call("render", cwd=whole)
    assert (again.code, again.out) == (0, "✓ All documents were up to date.\n\nNext: coplaunch status\n")
    assert tree(whole) == after
    assert call("render", "--check", cwd=whole) == Answer(0, "✓ All documents are up to date.\n")
    assert call("render", "--dry-run", cwd=whole).out == ""


def test_only_what_changed_is_written(small: Path) -> None:
    """Another name: the documents that say it, and what coplaunch remembers of them."""
    before = tree(small)
    change(small, "held: 12", "held: 13")
    answer = as_json("render", cwd=small)
    after = tree(small)
    changed = sorted(name for name in after if name.startswith("plans/") and after[name] != before[name])
    assert answer["written"] == changed
    assert 0 < len(changed) < len([name for name in after if name.startswith("plans/")])
    assert (answer["removed"], answer["kept"], answer["commit"]) == ([], [], None)


class TestAsked:
    """Some of the documents."""

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (("concept",), ["concept.md"]),
            (("concept.md", "plans/house-rules.md"), ["concept.md", "house-rules.md"]),
            (("strategy.md",), ["strategy.md"]),
            (("core_group",), None),
            (("core-group",), None),
            (("3",), None),
            (("review",), ["sponsor-report.md"]),
            (("calendar-dewi.ics",), ["calendar-dewi.ics"]),
            (("daily-plan.csv",), ["daily-plan.csv"]),
        ],
    )
    def test_a_document_or_a_phase(self, whole: Path, words: tuple[str, ...], expected: list[str] | None) -> None:
        """By its name, with or without what stands before and after it; a phase by its name or number."""
        of_core_group = [
            "core-group-invitations.md",
            "core-group-meetings.md",
            "house-rules.md",
            "line-managers.md",
            "presentation.md",
            "sponsor-brief.md",
            "who-does-what.md",
        ]
        answer = call("render", *words, cwd=whole)
        shown = [name for name in plans(whole) if name.endswith(".svg")]
        assert answer.code == 0
        assert [name for name in plans(whole) if name not in shown] == (expected or of_core_group)
        assert named(answer) == [f"plans/{name}" for name in plans(whole)]
        texts = "".join(path.read_text("utf-8") for path in whole.glob("plans/*.md"))
        assert all(f"({name})" in texts for name in shown)

    def test_one_of_each_person(self, whole: Path) -> None:
        """By what they have in common."""
        assert call("render", "week-sheets", cwd=whole).code == 0
        assert len(plans(whole)) > 3
        assert all(name.startswith("week-sheets-") for name in plans(whole))

    def test_with_its_pictures(self, whole: Path) -> None:
        """What a document shows belongs with it."""
        call("render", "results", cwd=whole)
        assert plans(whole) == ["results.md", "willing-share.svg"]

    def test_the_same_as_all(self, whole: Path) -> None:
        """Phase by phase the project gets the documents that it gets at once."""
        phases = ("initiative", "concept_test", "core_group", "strategy", "plan", "launch", "launched")
        assert call("render", *phases, "overview", "go-no-go", cwd=whole).code == 0
        parts = tree(whole)
        shutil.rmtree(whole / "plans")
        assert call("render", cwd=whole).code == 0
        assert {name: data for name, (data, _) in tree(whole).items()} == {n: data for n, (data, _) in parts.items()}

    def test_nothing_else_is_touched(self, small: Path) -> None:
        """Other documents that are stale stay so, and nothing is taken away."""
        change(small, "Round Table", "Square Table")
        assert named(call("render", "overview", cwd=small))[0].startswith("plans/overview.md")
        assert call("render", "--check", "overview", cwd=small).code == 0
        assert call("render", "--check", cwd=small).code == 1

    @pytest.mark.parametrize(
        ("word", "hint"),
        [("concpt", "→ Did you mean 'concept'?"), ("core-grup", "→ Did you mean 'core_group'?")],
    )
    def test_a_wrong_name(self, small: Path, word: str, hint: str) -> None:
        """Refused with the nearest one, and nothing is written."""
        before = tree(small)
        answer = call("render", word, cwd=small)
        assert (answer.code, answer.err) == (2, f"There is no document or phase '{word}'.\n{hint}\n")
        assert tree(small) == before

    def test_a_name_like_no_other(self, small: Path) -> None:
        """Refused with all that can be asked for."""
        answer = call("render", "xyzzy", cwd=small)
        said = " ".join(answer.err.split())
        assert answer.code == 2
        assert "Choose from initiative, concept_test, core_group, strategy, plan, launch, launched, " in said
        assert " concept, " in said
        assert " overview, " in said

    def test_what_there_is_nothing_for(self, small: Path) -> None:
        """A plan that says nothing of a dry run has no daily plan: exit 1, and what to do."""
        answer = call("render", "daily-plan", cwd=small)
        assert (answer.code, answer.out) == (1, "")
        assert " ".join(answer.err.split()) == (
            "This project does not say enough yet for daily-plan: there is nothing to write. → `coplaunch status` "
            "tells what comes next, `coplaunch render` writes the documents that there are."
        )

    def test_ahead_of_its_phase(self, small: Path) -> None:
        """A document of a later phase comes when it is asked for, and is kept up to date from then on."""
        assert "strategy.md" not in plans(small)
        assert call("render", "strategy.md", cwd=small).code == 0
        assert "strategy.md" in plans(small)
        assert "it-and-privacy.md" not in plans(small)
        assert call("render", "--check", cwd=small).code == 0
        change(small, "Round Table", "Square Table")
        assert "plans/strategy.md" in named(call("render", cwd=small))
        assert "Square Table" in (small / "plans" / "strategy.md").read_text("utf-8")
        (small / "plans" / "strategy.md").unlink()
        assert call("render", cwd=small).code == 0
        assert "strategy.md" not in plans(small)
