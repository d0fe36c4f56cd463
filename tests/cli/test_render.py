"""`render`: what it writes, what it leaves alone, and what it takes away."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from cop_launch.documents.choice import PAGE
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


SHEET = "plans/week-sheets-wilma.md"


@pytest.fixture(scope="module")
def rendered_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A launched project, rendered; each test takes a copy."""
    project = tmp_path_factory.mktemp("rendered") / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns("plans"))
    change(project, "\nlanguage: nl\n", "\nlanguage: en\n")
    assert call("render", cwd=project).code == 0
    return project


@pytest.fixture
def rendered(rendered_once: Path, tmp_path: Path) -> Path:
    """A launched project in English, rendered."""
    return Path(shutil.copytree(rendered_once, tmp_path / "rendered"))


def without_wilma(project: Path) -> None:
    """She owns nothing in the dry run any more."""
    change(project, "owner: wilma", "owner: dewi")


class TestByHand:
    """What people change in a document stays."""

    def test_it_is_kept(self, small: Path) -> None:
        """Not written over although the plan has changed; said once, with what to do; the others are written."""
        overview = small / "plans" / "overview.md"
        overview.write_text("Mine.\n", "utf-8")
        change(small, "Round Table", "Square Table")
        others = [f"plans/{name}" for name in plans(small) if name != "overview.md"]
        answer = call("render", cwd=small)
        assert (answer.code, overview.read_text("utf-8")) == (0, "Mine.\n")
        written = named(answer)[:-1]
        assert set(written) <= set(others)
        assert answer.out.split(written[-1] + "\n")[1] == (
            "1 document was changed by hand, and stays as it is:\n"
            "    plans/overview.md\n"
            "  → To say it in your own words for good, make the template your own:\n"
            "    coplaunch templates copy overview\n"
            "  → To have coplaunch write over that:\n"
            "    coplaunch render overview.md --overwrite\n"
            "\n"
            "Next: coplaunch status\n"
        )
        assert as_json("render", cwd=small)["kept"] == [{"file": "plans/overview.md", "why": "edited"}]

    def test_check_says_no(self, small: Path) -> None:
        """It is not what the plan says: exit 1, among the kept and not among the stale."""
        (small / "plans" / "overview.md").write_text("Mine.\n", "utf-8")
        assert as_json("render", "--check", cwd=small) == {
            "schema": 1,
            "kind": "render-check",
            "ok": False,
            "stale": [],
            "leftover": [],
            "kept": [{"file": "plans/overview.md", "why": "edited"}],
        }
        answer = call("render", "--check", cwd=small)
        assert (answer.code, answer.last) == (1, "Next: coplaunch status")
        assert call("render", "--dry-run", cwd=small).out == ""

    def test_overwritten_when_asked(self, small: Path) -> None:
        """By name only that one; --dry-run shows what would be lost."""
        before = tree(small)
        for name in ("overview.md", "go-no-go.md"):
            path = small / "plans" / name
            path.write_text(path.read_text("utf-8") + "Mine.\n", "utf-8")
        shown = call("render", "overview", "--overwrite", "--dry-run", cwd=small).out
        assert shown.startswith("--- a/plans/overview.md\n+++ b/plans/overview.md\n")
        assert shown.splitlines()[-1] == "-Mine."
        assert call("render", "overview", "--overwrite", cwd=small).code == 0
        after = tree(small)
        assert after["plans/overview.md"][0] == before["plans/overview.md"][0]
        assert after["plans/go-no-go.md"][0] == before["plans/go-no-go.md"][0] + b"Mine.\n"
        assert call("render", "--overwrite", cwd=small).code == 0
        assert {name: data for name, (data, _) in tree(small).items()} == {n: data for n, (data, _) in before.items()}

    def test_given_back(self, small: Path) -> None:
        """Who undoes a change gives the document back: it follows the plan again."""
        overview = small / "plans" / "overview.md"
        text = overview.read_text("utf-8")
        overview.write_text("Mine.\n", "utf-8")
        call("render", cwd=small)
        overview.write_text(text, "utf-8", newline="\n")
        change(small, "Round Table", "Square Table")
        call("render", cwd=small)
        assert overview.read_text("utf-8").startswith("# Square Table")

    def test_a_file_of_somebody_else(self, tmp_path: Path) -> None:
        """What stood there before the first render stays, and is not taken for a document of ours later."""
        project = a_small_project(tmp_path / "p")
        (project / "plans").mkdir()
        (project / "plans" / "overview.md").write_bytes(b"From before.\n")
        answer = call("render", cwd=project)
        assert answer.code == 0
        assert "1 file in the place of a document is not coplaunch's, and stays as it is:\n" in answer.out
        assert as_json("render", cwd=project)["kept"] == [{"file": "plans/overview.md", "why": "unknown"}]
        assert (project / "plans" / "overview.md").read_bytes() == b"From before.\n"

    def test_a_calendar(self, rendered: Path) -> None:
        """Likewise; those of the people go on."""
        calendar = rendered / "plans" / "calendar.ics"
        mine = calendar.read_bytes().replace(b"SUMMARY:", b"SUMMARY:Mine: ", 1)
        calendar.write_bytes(mine)
        answer = as_json("render", cwd=rendered)
        assert answer["kept"] == [{"file": "plans/calendar.ics", "why": "edited"}]
        assert calendar.read_bytes() == mine
        after = tree(rendered)
        assert as_json("render", cwd=rendered)["written"] == []
        assert tree(rendered) == after

    def test_the_marks_of_a_merge(self, small: Path) -> None:
        """Are no text of anybody's, but are left until somebody says so."""
        overview = small / "plans" / "overview.md"
        overview.write_bytes(b"<<<<<<< HEAD\n" + overview.read_bytes() + b"=======\nother\n>>>>>>> other\n")
        answer = call("render", cwd=small)
        assert answer.code == 0
        assert answer.out == (
            "✓ The other documents were up to date.\n"
            "1 document has the marks of a merge conflict, and stays as it is:\n"
            "    plans/overview.md\n"
            "  → To have coplaunch write over that:\n"
            "    coplaunch render overview.md --overwrite\n"
            "\n"
            "Next: coplaunch status\n"
        )
        assert call("render", "--html", "--word", cwd=small).code == 0
        assert b"&lt;&lt;&lt;" not in (small / PAGE).read_bytes()
        call("render", "--overwrite", cwd=small)
        assert call("render", "--check", cwd=small).code == 0

    def test_a_folder_that_is_a_link_to_itself(self, small: Path) -> None:
        """Holds no document: everything is stale, and nothing can be written."""
        shutil.rmtree(small / "plans")
        (small / "plans").symlink_to("plans")
        checked = call("render", "--check", "--json", cwd=small)
        assert (checked.code, json.loads(checked.out)["ok"]) == (1, False)
        assert call("render", cwd=small).code == 3


class TestMemory:
    """The file by which coplaunch knows what it wrote."""

    def test_it_is_a_list_of_digests(self, small: Path) -> None:
        """Which other programs can check too."""
        text = (small / MEMORY).read_text("utf-8")
        assert text.startswith(HEAD)
        lines = text.removeprefix(HEAD).splitlines()
        expected = [f"{sha256((small / 'plans' / one).read_bytes()).hexdigest()}  plans/{one}" for one in plans(small)]
        assert lines == expected

    def test_lost(self, small: Path) -> None:
        """What is as coplaunch would write it is known again; what is not is kept."""
        (small / MEMORY).unlink()
        assert call("render", "--check", cwd=small).out == (
            "plans/.rendered, by which coplaunch notices what people changed, is not up to date.\n"
            "\n"
            "Next: coplaunch render\n"
        )
        (small / "plans" / "overview.md").write_text("Mine.\n", "utf-8")
        assert as_json("render", cwd=small)["kept"] == [{"file": "plans/overview.md", "why": "unknown"}]
        assert (small / "plans" / "overview.md").read_text("utf-8") == "Mine.\n"

    @pytest.mark.parametrize("damage", [b"\xff\xfe\x00\n", b"overview.md\n", b"0" * 40 + b"  plans/overview.md\n"])
    def test_damaged(self, small: Path, damage: bytes) -> None:
        """What can be read counts; the rest is not known, and that is said."""
        memory = (small / MEMORY).read_bytes().splitlines(keepends=True)
        at = next(n for n, line in enumerate(memory) if b"overview.md" in line)
        (small / MEMORY).write_bytes(b"".join([*memory[:at], damage, *memory[at + 1 :]]))
        change(small, "Round Table", "Square Table")
        before = (small / "plans" / "overview.md").read_bytes()
        answer = call("render", cwd=small)
        assert answer.code == 0
        assert (small / "plans" / "overview.md").read_bytes() == before
        said = " ".join(answer.out.split())
        assert (
            "plans/.rendered is damaged: what coplaunch does not know for its own any more, it left as it is." in said
        )
        assert "Square Table" in (small / "plans" / "interview-guide.md").read_text("utf-8")
        assert "damaged" not in call("render", cwd=small).out

    def test_after_a_merge(self, small: Path) -> None:
        """What either side wrote is known for ours; its marks are no damage."""
        sides = []
        for name in ("Square Table", "Long Table"):
            change(small, "Round Table", name)
            call("render", cwd=small)
            sides.append((small / MEMORY).read_bytes())
            change(small, name, "Round Table")
        merged = b"<<<<<<< HEAD\n" + sides[0] + b"=======\n" + sides[1] + b">>>>>>> other\n"
        (small / MEMORY).write_bytes(merged)
        answer = as_json("render", cwd=small)
        assert answer["kept"] == []
        assert (small / MEMORY).read_text("utf-8").startswith(HEAD)
        assert "<<<" not in (small / MEMORY).read_text("utf-8")

    def test_what_it_names_elsewhere_is_never_touched(self, small: Path) -> None:
        """A memory from somebody else cannot have a file of the project deleted."""
        plan = (small / "coplaunch.yaml").read_bytes()
        lines = f"{sha256(plan).hexdigest()}  coplaunch.yaml\n{sha256(plan).hexdigest()}  plans/../coplaunch.yaml\n"
        (small / MEMORY).write_bytes((small / MEMORY).read_bytes() + lines.encode())
        assert call("render", cwd=small).code == 0
        assert (small / "coplaunch.yaml").read_bytes() == plan


class TestNoMore:
    """Documents that a project has no more."""

    def test_taken_away(self, rendered: Path) -> None:
        """Her week sheets go with her last task; --check and --dry-run say so, and touch nothing."""
        text = (rendered / SHEET).read_text("utf-8")
        without_wilma(rendered)
        before = tree(rendered)
        stale = call("render", "--check", cwd=rendered)
        assert stale.code == 1
        assert f"1 document is one that the project has no more:\n    {SHEET}\n" in stale.out
        assert as_json("render", "--check", cwd=rendered)["leftover"] == [SHEET]
        shown = call("render", "--dry-run", cwd=rendered).out
        assert f"--- a/{SHEET}\n+++ /dev/null\n" in shown
        assert "-" + text.splitlines()[0] in shown.splitlines()
        assert tree(rendered) == before
        answer = call("render", cwd=rendered)
        assert answer.code == 0
        assert f"✓ 1 document taken away; the project has it no more.\n    {SHEET}\n" in answer.out
        assert not (rendered / SHEET).exists()
        assert SHEET not in (rendered / MEMORY).read_text("utf-8")
        assert call("render", "--check", cwd=rendered).code == 0

    def test_not_when_somebody_changed_it(self, rendered: Path) -> None:
        """It stays, that is said once, and from then on it is theirs."""
        (rendered / SHEET).write_text("Mine.\n", "utf-8")
        without_wilma(rendered)
        assert as_json("render", "--check", cwd=rendered)["kept"] == [{"file": SHEET, "why": "left"}]
        answer = call("render", "--overwrite", cwd=rendered)
        assert (
            "1 document that the project has no more was changed by hand, and stays:\n"
            f"    {SHEET}\n"
            "  → From now on that is yours, to keep or to delete.\n"
        ) in answer.out
        assert (rendered / SHEET).read_text("utf-8") == "Mine.\n"
        assert call("render", "--check", cwd=rendered).code == 0
        assert (rendered / SHEET).read_text("utf-8") == "Mine.\n"

    def test_not_when_some_are_asked_for(self, rendered: Path) -> None:
        """Who asks for one document gets that one, and nothing goes."""
        without_wilma(rendered)
        assert call("render", "overview", cwd=rendered).code == 0
        assert (rendered / SHEET).is_file()
        assert as_json("render", cwd=rendered)["removed"] == [SHEET]

    def test_other_files_stay(self, rendered: Path) -> None:
        """What coplaunch never wrote is none of its business, whatever its name."""
        mine = rendered / "plans" / "week-sheets-nobody.md"
        mine.write_bytes((rendered / SHEET).read_bytes())
        assert call("render", cwd=rendered).out.startswith("✓ All documents were up to date.")
        assert mine.is_file()


class TestPage:
    """All documents as one page."""

    def test_with_html(self, whole: Path) -> None:
        """The page beside the documents, and kept up to date from then on."""
        assert call("render", "--html", cwd=whole).code == 0
        page = whole / PAGE
        before = page.read_bytes()
        assert call("render", "--check", cwd=whole).code == 0
        change(whole, "name: De Tweede Zin", "name: De Derde Zin")
        assert PAGE in named(call("render", "--check", cwd=whole))
        assert PAGE in named(call("render", cwd=whole))
        assert page.read_bytes() != before
        assert b"De Derde Zin" in page.read_bytes()

    def test_only_when_asked(self, rendered: Path) -> None:
        """Without the option there is none, and one that was deleted stays away."""
        assert not (rendered / PAGE).exists()
        call("render", "--html", cwd=rendered)
        (rendered / PAGE).unlink()
        assert call("render", cwd=rendered).code == 0
        assert not (rendered / PAGE).exists()

    def test_by_its_name(self, rendered: Path) -> None:
        """It can be asked for like a document."""
        assert named(call("render", "index.html", cwd=rendered)) == [PAGE]

    def test_not_with_names(self, rendered: Path) -> None:
        """It shows all documents."""
        answer = call("render", "--html", "concept", cwd=rendered)
        assert (answer.code, answer.err) == (
            2,
            "These do not go together: --html, concept.\n→ The page shows all documents: leave the names out.\n",
        )

    def test_it_shows_what_people_wrote(self, rendered: Path) -> None:
        """A document that somebody changed is on the page as it stands, and as text: it brings no script along."""
        rules = rendered / "plans" / "house-rules.md"
        rules.write_text(rules.read_text("utf-8") + "\nOur own rule.\n\n<script>alert(1)</script>\n", "utf-8")
        (rendered / "plans" / "workload.svg").write_text("<svg onload='alert(1)'", "utf-8")
        assert call("render", "--html", cwd=rendered).code == 0
        page = (rendered / PAGE).read_text("utf-8")
        assert "Our own rule." in page
        assert "<script" not in page
        assert "onload" not in page


def git(*arguments: str, cwd: Path) -> str:
    """What git answers, somebody's settings left out."""
    command = ["git", "-c", "user.name=Anna", "-c", "user.email=anna@example.org", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=True).stdout


def a_repository(project: Path) -> Path:
    """The project as a repository, all of it committed."""
    git("init", "-q", "-b", "main", cwd=project)
    git("config", "user.name", "Anna", cwd=project)
    git("config", "user.email", "anna@example.org", cwd=project)
    git("add", ".", cwd=project)
    git("commit", "-q", "-m", "First", cwd=project)
    return project


class TestCommit:
    """With git."""

    def test_what_was_written_and_what_is_gone(self, rendered: Path) -> None:
        """One commit holds both and the memory; what somebody changed is left to them, staged or not."""
        a_repository(rendered)
        without_wilma(rendered)
        rules = rendered / "plans" / "house-rules.md"
        rules.write_text("Mine.\n", "utf-8")
        (rendered / "notes.md").write_text("Mine.\n", "utf-8")
        answer = as_json("render", "--commit", cwd=rendered)
        assert git("log", "-1", "--format=%s", cwd=rendered) == "Render the plans\n"
        files = git("show", "--name-status", "--format=", "HEAD", cwd=rendered).splitlines()
        written, removed = answer["written"], answer["removed"]
        assert isinstance(written, list)
        assert removed == [SHEET]
        assert MEMORY in written
        assert sorted(files) == sorted([f"D\t{SHEET}", *(f"M\t{name}" for name in written)])
        assert git("status", "--porcelain", cwd=rendered).splitlines() == [
            " M coplaunch.yaml",
            " M plans/house-rules.md",
            "?? notes.md",
        ]

    def test_what_an_earlier_run_did(self, rendered: Path) -> None:
        """Rendered without it, then with it: what was written then and what went are in the commit."""
        a_repository(rendered)
        without_wilma(rendered)
        call("render", cwd=rendered)
        assert call("render", "--commit", cwd=rendered).code == 0
        assert f"D\t{SHEET}" in git("show", "--name-status", "--format=", "HEAD", cwd=rendered).splitlines()
        assert git("status", "--porcelain", cwd=rendered) == " M coplaunch.yaml\n"

    @pytest.mark.parametrize("autocrlf", ["true", "input", "false"])
    def test_a_clone_is_up_to_date(self, tmp_path: Path, autocrlf: str) -> None:
        """However git is set to treat line ends: nothing stale, nothing taken for somebody's."""
        call("init", "mine", "--example", "platform-engineers", cwd=tmp_path)
        mine = tmp_path / "mine"
        call("render", "--overwrite", cwd=mine)
        git("init", "-q", "-b", "main", cwd=mine)
        git("-c", f"core.autocrlf={autocrlf}", "add", ".", cwd=mine)
        git("commit", "-q", "-m", "First", cwd=mine)
        git("clone", "-q", "-c", f"core.autocrlf={autocrlf}", "mine", "theirs", cwd=tmp_path)
        assert call("render", "--check", cwd=tmp_path / "theirs") == Answer(0, "✓ All documents are up to date.\n")
        assert (tmp_path / "theirs" / "plans" / "calendar.ics").read_bytes().count(b"\r\n") > 10

    def test_without_the_attributes(self, tmp_path: Path) -> None:
        """Documents with other line ends are as they should be; calendars are mended, and what to do is said."""
        call("init", "mine", "--example", "platform-engineers", cwd=tmp_path)
        mine = tmp_path / "mine"
        call("render", "--overwrite", cwd=mine)
        for path in mine.glob("plans/*"):
            text = path.read_bytes()
            lf, crlf = text.replace(b"\r\n", b"\n"), text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            path.write_bytes(lf if path.suffix == ".ics" else crlf)
        before = tree(mine)
        calendars = [f"plans/{name}" for name in plans(mine) if name.endswith(".ics")]
        assert as_json("render", "--check", cwd=mine)["stale"] == calendars
        answer = call("render", cwd=mine)
        written = f"✓ {len(calendars)} documents written.\n" + "".join(f"    {name}\n" for name in calendars)
        assert answer.out.startswith(written)
        assert answer.out.endswith(
            "  → Have git leave them alone, with this line in .gitattributes:\n"
            "    plans/** -text -merge\n"
            "\n"
            "Next: coplaunch status\n"
        )
        after = tree(mine)
        assert [name for name in after if after[name] != before[name] and name != "plans"] == calendars

    def test_two_branches(self, small: Path) -> None:
        """Both rendered, then merged: what the merged plan says is rendered, and nothing looks like somebody's."""
        (small / ".gitattributes").write_text("plans/** -text -merge\n", "utf-8")
        a_repository(small)
        git("switch", "-q", "-c", "other", cwd=small)
        change(small, "held: 12", "held: 14")
        assert call("render", "--commit", cwd=small).code == 0
        git("commit", "-q", "-a", "-m", "More interviews", cwd=small)
        git("switch", "-q", "main", cwd=small)
        change(small, "Round Table", "Square Table")
        assert call("render", "--commit", cwd=small).code == 0
        git("commit", "-q", "-a", "-m", "Another name", cwd=small)
        merge = subprocess.run(["git", "merge", "other"], cwd=small, capture_output=True, check=False)
        assert merge.returncode == 1
        assert as_json("render", cwd=small)["kept"] == []
        git("add", "plans", cwd=small)
        git("commit", "-q", "--no-edit", cwd=small)
        assert call("render", "--check", cwd=small).code == 0
        overview = (small / "plans" / "overview.md").read_text("utf-8")
        assert overview.startswith("# Square Table")
        assert git("status", "--porcelain", cwd=small) == ""
