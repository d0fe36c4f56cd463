"""`survey form`: the questionnaire as files, written where it says and only when they change."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import EXAMPLE, call

FILES = [
    "plans/.rendered",
    "plans/questionnaire.md",
    "plans/survey/google-forms.gs",
    "plans/survey/limesurvey.txt",
    "plans/survey/microsoft-forms.txt",
    "plans/survey/xlsform.xlsx",
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example without anything rendered."""
    folder = tmp_path / "community"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("plans"))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_of_them_are_made_at_once(project: Path) -> None:
    """Five files, the memory of `render`, and nothing else; a second time as they were; the text as by `render`."""
    before = files(project)
    answer = call("survey", "form", cwd=project)
    assert answer.code == 0
    assert answer.last == "Volgende stap: coplaunch survey import --help"
    made = files(project)
    assert sorted(set(made) - set(before)) == FILES
    assert {name: made[name] for name in before} == before

    again = json.loads(call("survey", "form", "--json", cwd=project).out)
    assert [(one["file"], one["written"]) for one in again["files"]] == [
        ("plans/questionnaire.md", False),
        ("plans/survey/xlsform.xlsx", False),
        ("plans/survey/google-forms.gs", False),
        ("plans/survey/limesurvey.txt", False),
        ("plans/survey/microsoft-forms.txt", False),
    ]
    assert json.loads(call("render", "--json", cwd=project).out)["kept"] == []
    assert (project / "plans/questionnaire.md").read_bytes() == made["plans/questionnaire.md"]


def test_what_somebody_changed_in_the_text_stays(project: Path) -> None:
    """It is a document like the others: `render` knows it, and neither command writes over a change."""
    call("survey", "form", cwd=project)
    plan = project / "coplaunch.yaml"
    plan.write_text(plan.read_text("utf-8").replace("De Tweede Zin", "De Derde Zin"), "utf-8", newline="\n")
    assert json.loads(call("render", "questionnaire", "--json", cwd=project).out)["kept"] == []
    text = project / "plans" / "questionnaire.md"
    assert "De Derde Zin" in text.read_text("utf-8")
    text.write_text("Mine.\n", "utf-8")
    (project / "plans" / "survey" / "limesurvey.txt").unlink()
    answer = json.loads(call("survey", "form", "--json", cwd=project).out)
    assert [(one["file"], one["written"], one["kept"]) for one in answer["files"]][0::3] == [
        ("plans/questionnaire.md", False, True),
        ("plans/survey/limesurvey.txt", True, False),
    ]
    assert text.read_text("utf-8") == "Mine.\n"
    said = call("survey", "form", cwd=project).out
    assert "    coplaunch render questionnaire.md --overwrite\n" in said


def test_one_of_them_can_go_elsewhere(project: Path, tmp_path: Path) -> None:
    """--format chooses, --output says where; in both languages where the tool can hold two."""
    answer = call(
        "survey", "form", "--format", "limesurvey", "--both-languages", "--output", tmp_path / "out", cwd=project
    )
    assert answer.code == 0
    assert list(files(tmp_path / "out")) == ["limesurvey.txt"]
    text = (tmp_path / "out" / "limesurvey.txt").read_text("utf-8-sig")
    assert {line.split("\t")[6] for line in text.split("\n") if line.startswith("Q\t")} == {"nl", "en"}
    assert "plans/survey/limesurvey.txt" not in files(project)


def test_a_dry_run_writes_nothing(project: Path) -> None:
    """It shows the diff, and of the workbook that there would be one."""
    before = files(project)
    answer = call("survey", "form", "--dry-run", cwd=project)
    assert answer.code == 0
    assert files(project) == before
    assert "+++ b/plans/survey/google-forms.gs" in answer.out
    assert answer.last == "Binary files /dev/null and b/plans/survey/xlsform.xlsx differ"


def test_a_concept_that_is_not_ready_makes_no_form(tmp_path: Path) -> None:
    """Exit 1, everything that is wanting in one sentence, and nothing on disk."""
    call("init", tmp_path / "new", "--language", "en", cwd=tmp_path)
    before = files(tmp_path / "new")
    answer = call("survey", "form", "--json", cwd=tmp_path / "new")
    said = json.loads(answer.out)
    assert (answer.code, said["kind"], said["code"]) == (1, "error", "concept-not-ready")
    for key in ("initiative.target_groups", "hypothesis", "persona", "themes"):
        assert key in said["message"]
    assert files(tmp_path / "new") == before


def test_exactly_the_forms_are_committed(project: Path) -> None:
    """With --commit, and nothing else that lies about."""
    for command in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"),
    ):
        subprocess.run(["git", *command], cwd=project, check=True)
    for name, value in (("user.name", "Marloes"), ("user.email", "marloes@merelhof.example")):
        subprocess.run(["git", "config", name, value], cwd=project, check=True)
    (project / "kladje.txt").write_text("nog niet", "utf-8")
    assert call("survey", "form", "--commit", cwd=project).code == 0
    shown = subprocess.run(
        ["git", "show", "--name-only", "--format="], cwd=project, capture_output=True, encoding="utf-8", check=True
    )
    assert sorted(shown.stdout.split()) == FILES
