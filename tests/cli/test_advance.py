"""Decisions from the command line: refused with reasons, recorded in one line's difference, committed with nothing
else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cop_launch.store.project import load
from cop_launch.workflow import drift
from tests.cli.command import (
    DECISION,
    Answer,
    a_plan,
    a_project,
    a_small_project,
    call,
    in_terminal,
    run,
    tree,
)

REPORT = "decisions/2025-02-25-initiative-go.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A whole plan with comments everywhere, ready for its first decision."""
    return a_project(tmp_path / "tweede-zin")


def git(*arguments: str, cwd: Path) -> str:
    """What git answers."""
    done = subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path, project: Path) -> Path:
    """A larger repository with the project in a folder of it, all of it committed."""
    folder = tmp_path / "work"
    shutil.copytree(project, folder / "docs" / "community")
    (folder / "code.txt").write_text("one\n", "utf-8")
    git("init", "-q", "-b", "main", cwd=folder)
    git("config", "user.name", "Anna", cwd=folder)
    git("config", "user.email", "anna@example.org", cwd=folder)
    git("add", ".", cwd=folder)
    git("commit", "-q", "-m", "First", cwd=folder)
    return folder


def test_from_nothing_to_a_refusal(tmp_path: Path) -> None:
    """`init mine --language nl && cd mine && status && check && advance`: in Dutch, exit 1, the next step, and nothing
    on disk has changed since `init`."""
    assert run("init", "mine", "--language", "nl", cwd=tmp_path).last.endswith(": cd mine && coplaunch status")
    mine = tmp_path / "mine"
    before = tree(mine)
    assert sorted(before) == [".gitattributes", ".gitignore", "README.md", "coplaunch.schema.json", "coplaunch.yaml"]
    assert run("status", cwd=mine).code == 0
    assert run("check", cwd=mine).code == 0
    answer = run("advance", cwd=mine)
    assert (answer.code, answer.err) == (1, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Nog geen go voor initiatief: er ontbreekt nog iets."
    blocking = [line.split()[-1] for line in lines if line.startswith("  ○ ")]
    assert blocking == [
        *("need-evidenced", "willing-in-interviews", "urgency-stated", "interviews-enough", "champion-named"),
        *("target-group-fits", "concept-questions-answered", "existing-communities-scanned", "past-attempts-known"),
        *("sponsor-in-sight", "kill-criteria-set"),
    ]
    assert [line[:5] for line in lines if line[2:4] in {"1.", "2.", "3."}] == ["  1. ", "  2. ", "  3. "]
    assert answer.last == "Volgende stap: coplaunch explain past-attempts-known"
    assert tree(mine) == before


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that a diff would show, as `-` and `+`; what is in both is left out."""
    from difflib import ndiff

    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]


def test_a_decision_changes_its_own_lines_only(project: Path) -> None:
    """In a heavily commented file: the phase, and the decision as one piece; every other byte stays."""
    before = (project / "coplaunch.yaml").read_bytes().decode()
    assert before.count("#") > 10
    assert call("advance", *DECISION, cwd=project).code == 0
    after = (project / "coplaunch.yaml").read_bytes().decode()
    removed = [line[2:] for line in changed_lines(before, after) if line[0] == "-"]
    added = [line[2:] for line in changed_lines(before, after) if line[0] == "+"]
    assert removed == ["phase: initiative  # coplaunch houdt dit bij"]
    assert added[0] == "phase: concept_test  # coplaunch houdt dit bij"
    start = after.index("decisions:\n")
    entry = after[start : after.index("\n\n", start) + 1]
    assert [line for line in added[1:] if line] == entry.splitlines()
    loaded = load(project)
    assert loaded.findings == ()
    assert loaded.dossier is not None
    assert drift(loaded.dossier) == ()
    (made,) = loaded.dossier.project.decisions or []
    assert made.report == REPORT
    assert made.by == ["annelies"]


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_files_own_style_stays(project: Path, ending: str, bom: bytes) -> None:
    """Line endings and a byte order mark are as they were, in every line."""
    before = bom + a_plan().replace("\n", ending).encode()
    (project / "coplaunch.yaml").write_bytes(before)
    assert call("advance", *DECISION, cwd=project).code == 0
    after = (project / "coplaunch.yaml").read_bytes()
    assert after.startswith(bom + b"# yaml")
    assert after.count(b"\n") == after.count(ending.encode())
    assert load(project).findings == ()


def test_dry_run_shows_what_would_be_written(project: Path) -> None:
    """The diff is the one that git would show, applied it gives what `advance` writes; and nothing is written."""
    before = tree(project)
    shown = call("advance", "--dry-run", *DECISION, cwd=project)
    assert (shown.code, shown.err) == (0, "")
    assert tree(project) == before
    other = project.parent / "other"
    shutil.copytree(project, other)
    patch = project.parent / "shown.patch"
    patch.write_bytes(shown.out.encode())
    subprocess.run(["git", "apply", "--unsafe-paths", str(patch)], cwd=other, check=True)
    assert call("advance", *DECISION, cwd=project).code == 0
    assert {name: data for name, (data, _) in tree(other).items()} == {
        name: data for name, (data, _) in tree(project).items()
    }


def test_the_report_is_printed_again(project: Path) -> None:
    """`report` shows the recorded report of a gate that was decided, byte for byte; a preview of one that was not."""
    preview = call("report", cwd=project).out
    assert call("advance", *DECISION, cwd=project).code == 0
    recorded = (project / REPORT).read_text("utf-8")
    assert call("report", "initiative", cwd=project).out == recorded
    assert preview.splitlines()[0] == recorded.splitlines()[0]
    assert call("report", "concept-test", cwd=project) == call("report", cwd=project)


def test_a_leftover_report_is_replaced(project: Path) -> None:
    """A report without an entry was left by a killed run."""
    (project / "decisions").mkdir()
    (project / REPORT).write_text("half", "utf-8")
    assert call("advance", *DECISION, cwd=project).code == 0
    assert (project / REPORT).read_text("utf-8").startswith("# De Tweede Zin: ")


def test_through_all_gates(project: Path) -> None:
    """Six times on and a review: each recorded, none drifting, and the files that follow from it."""
    days = ["2025-02-25", "2025-04-08", "2025-06-03", "2025-07-08", "2025-11-25", "2025-11-27"]
    for day in days:
        answer = call("advance", *DECISION[:4], "--date", day, cwd=project)
        assert (answer.code, answer.err) == (0, "")
    answer = call("advance", "--continue", *DECISION[:4], "--date", "2026-01-05", cwd=project)
    assert (answer.code, answer.err) == (0, "")
    loaded = load(project)
    assert (loaded.findings, loaded.dossier is not None) == ((), True)
    assert sorted(path.name for path in (project / "decisions").iterdir()) == [
        "2025-02-25-initiative-go.md",
        "2025-04-08-concept-test-go.md",
        "2025-06-03-core-group-go.md",
        "2025-07-08-strategy-go.md",
        "2025-11-25-plan-go.md",
        "2025-11-27-launch-go.md",
        "2026-01-05-review-continue.md",
    ]


def test_a_stopped_project_is_taken_up_again(project: Path) -> None:
    """No-go, refused to go on, back to the first phase, and on from there."""
    assert call("advance", "--no-go", *DECISION, cwd=project).code == 0
    ended = call("advance", *DECISION, cwd=project)
    assert (ended.code, ended.out) == (1, "")
    assert "--back-to initiative" in ended.err
    assert call("advance", "--back-to", "initiative", *DECISION, cwd=project).code == 0
    assert call("advance", *DECISION, cwd=project).code == 0
    assert load(project).findings == ()


# -- who and why ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("environment", [{}, {"CI": "true"}])
def test_without_a_terminal_it_fails_at_once(project: Path, environment: dict[str, str]) -> None:
    """Nobody is there to answer: the flag that is missing is named, exit 2, nothing written."""
    before = tree(project)
    answer = run("advance", cwd=project, **environment)
    assert (answer.code, answer.out) == (2, "")
    assert "--by" in answer.err
    answer = run("advance", "--by", "annelies", cwd=project, stdin="", **environment)
    assert (answer.code, answer.out) == (2, "")
    assert "--because" in answer.err
    assert tree(project) == before


def test_in_ci_a_terminal_is_not_asked(project: Path) -> None:
    """`CI` set: no question, also where there seems to be a terminal."""
    answer = in_terminal("advance", cwd=project, CI="1")
    assert answer.code == 2
    assert "--by" in answer.out


def test_in_a_terminal_it_asks(project: Path) -> None:
    """People by number or short name, and one sentence."""
    answer = in_terminal("advance", "--date", "2025-02-25", cwd=project, typed=["1, annelies", "de behoefte is er"])
    assert answer.code == 0, answer.out
    assert "  1. Marloes\n  2. Annelies\n" in answer.out
    loaded = load(project)
    assert loaded.dossier is not None
    (made,) = loaded.dossier.project.decisions or []
    assert (made.by, made.because) == (["marloes", "annelies"], "de behoefte is er")


def test_in_a_terminal_it_asks_what_is_not_known(project: Path) -> None:
    """Who was said already: only the reason is asked."""
    answer = in_terminal("advance", "--by", "annelies", cwd=project, typed=["de behoefte is er"])
    assert answer.code == 0, answer.out
    assert "1. Marloes" not in answer.out


def test_a_refused_go_asks_nothing(tmp_path: Path) -> None:
    """What the evidence does not carry is not worth a question."""
    answer = in_terminal("advance", cwd=a_small_project(tmp_path / "p"), NO_COLOR="1")
    assert answer.code == 1
    assert answer.out.startswith("Not yet a go on initiative")


# -- git --------------------------------------------------------------------------------------------------------------


def commit_of(folder: Path) -> tuple[str, list[str]]:
    """The last commit's message and files."""
    message = git("log", "-1", "--format=%B", cwd=folder).strip()
    return message, git("show", "--name-only", "--format=", "HEAD", cwd=folder).split()


def test_a_commit_holds_exactly_what_was_written(repository: Path) -> None:
    """From a subdirectory of a larger repository, with other work staged and lying about."""
    (repository / "code.txt").write_text("two\n", "utf-8")
    git("add", "code.txt", cwd=repository)
    (repository / "new.txt").write_text("mine\n", "utf-8")
    (repository / "docs" / "community" / "notes.md").write_text("mine\n", "utf-8")
    where = repository / "docs" / "community" / "evidence"
    answer = run("advance", "--commit", *DECISION, cwd=where)
    assert (answer.code, answer.err) == (0, ""), answer.err
    message, files = commit_of(repository)
    assert files == ["docs/community/coplaunch.yaml", f"docs/community/{REPORT}"]
    assert message.endswith("\n\nAnnelies: de behoefte is er")
    assert git("status", "--porcelain", cwd=repository).splitlines() == [
        "M  code.txt",
        "?? docs/community/notes.md",
        "?? new.txt",
    ]
    sha = git("rev-parse", "HEAD", cwd=repository).strip()
    assert any(sha.startswith(word.strip(".")) for word in answer.out.split() if len(word) > 6)


def test_rendering_commits_its_documents_only(repository: Path) -> None:
    """The plan itself, changed and not committed, stays so; a second time there is nothing to commit."""
    plan = repository / "docs" / "community" / "coplaunch.yaml"
    plan.write_bytes(plan.read_bytes() + b"# more\n")
    answer = run("render", "--commit", cwd=plan.parent)
    assert answer.code == 0, answer.err
    _, files = commit_of(repository)
    assert files
    assert all(name.startswith("docs/community/plans/") for name in files)
    assert git("status", "--porcelain", cwd=repository) == " M docs/community/coplaunch.yaml\n"
    before = git("rev-parse", "HEAD", cwd=repository)
    assert run("render", "--commit", cwd=plan.parent).code == 0
    assert git("rev-parse", "HEAD", cwd=repository) == before


def test_a_hostile_reason_is_text_in_the_commit(repository: Path) -> None:
    """What looks like an option, a comment or a trailer is the body of the message."""
    reason = "--amend # $(touch x)"
    answer = run(
        "advance", "--commit", "--by", "annelies", "--because", reason, "--date", "2025-02-25",
        cwd=repository / "docs" / "community",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert commit_of(repository)[0].endswith(f"\n\nAnnelies: {reason}")
    assert git("rev-list", "--count", "HEAD", cwd=repository) == "2\n"


def test_a_new_project_is_committed(tmp_path: Path) -> None:
    """`init --commit` in a repository: its five files, and only these."""
    git("init", "-q", cwd=tmp_path)
    git("config", "user.name", "Anna", cwd=tmp_path)
    git("config", "user.email", "anna@example.org", cwd=tmp_path)
    (tmp_path / "other.txt").write_text("x", "utf-8")
    answer: Answer = run("init", "mine", "--commit", cwd=tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert commit_of(tmp_path) == (
        "Start mine",
        [
            f"mine/{name}"
            for name in (".gitattributes", ".gitignore", "README.md", "coplaunch.schema.json", "coplaunch.yaml")
        ],
    )
    assert git("status", "--porcelain", cwd=tmp_path) == "?? other.txt\n"
