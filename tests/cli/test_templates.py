"""`templates list`, `copy` and `diff`; and the commands that make documents with templates of the project's own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from cop_launch.documents.own import shipped_templates
from cop_launch.locales import in_language
from tests.cli.command import a_small_project, call, run, tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_small_project(tmp_path / "table")


def own(folder: Path, text: str, name: str = "overview.md.j2") -> Path:
    path = folder / "templates" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path


def listed(folder: Path) -> dict[str, str]:
    """How the project stands to each template, those that it has none of left out."""
    answer = json.loads(call("templates", "list", "--json", cwd=folder).out)
    return {one["name"]: one["standing"] for one in answer["templates"] if one["standing"] != "shipped"}


def test_the_list_begins_with_ones_own(folder: Path) -> None:
    """Then what is shipped, with the document that each makes; and what in the folder makes none."""
    own(folder, "ours")
    own(folder, "", "overvue.md.j2")
    lines = call("templates", "list", cwd=folder).out.splitlines()
    assert lines[:5] == [
        "Your own",
        "  overview  plans/overview.md  different from the shipped one",
        "",
        "Shipped",
        "  closing-letter           plans/closing-letter.md",
    ]
    assert "  week-sheets              plans/week-sheets-*.md" in lines
    assert lines[-9:] == [
        "  pictures",
        "  rhythms",
        "  shares",
        "  words",
        "",
        "templates/overvue.md.j2:1:1: warning template-stray: no document is made with this file",
        "    → Did you mean 'overview.md.j2'?",
        "",
        "Next: coplaunch templates diff",
    ]


def test_a_copy_is_the_shipped_text_below_what_it_may_use(folder: Path) -> None:
    """It makes the same documents as before, and says so as long as nothing was changed in it."""
    assert call("render", cwd=folder).code == 0
    answer = call("templates", "copy", "overview", "words", cwd=folder)
    assert (answer.code, answer.out.splitlines()) == (
        0,
        [
            "✓ 2 templates copied: change them.",
            "    templates/overview.md.j2",
            "    templates/words.md.j2",
            "",
            "Next: coplaunch render --dry-run",
        ],
    )
    shipped = shipped_templates(in_language("en"))["overview.md.j2"]
    text = (folder / "templates" / "overview.md.j2").read_text("utf-8")
    head, _, rest = text.partition("#}\n")
    assert rest == shipped.text
    assert ", ".join(shipped.variables) in " ".join(head.split())
    assert listed(folder) == {"overview": "same", "words": "same"}
    assert call("render", "--check", cwd=folder).code == 0
    assert call("templates", "diff", cwd=folder) == call("templates", "diff", "words", cwd=folder)
    assert call("templates", "diff", cwd=folder).code == 0


def test_a_copy_is_in_the_language_of_the_project(tmp_path: Path) -> None:
    """The Dutch text for a Dutch project; a project has one language, and one folder of templates."""
    folder = a_small_project(tmp_path, "format: 1\nname: Tafel\nlanguage: nl\n")
    assert call("templates", "copy", "overview", cwd=folder).code == 0
    text = (folder / "templates" / "overview.md.j2").read_text("utf-8")
    assert text.endswith(shipped_templates(in_language("nl"))["overview.md.j2"].text)


@pytest.mark.parametrize("name", ["overview.md.j2", "templates/overview.md.j2", "plans/overview.md"])
def test_a_template_may_be_named_by_its_file(name: str, folder: Path) -> None:
    """Or by the document that it makes."""
    assert call("templates", "copy", name, name, cwd=folder).code == 0
    assert listed(folder) == {"overview": "same"}


def test_what_was_changed_is_not_written_over(folder: Path) -> None:
    """Unless that is asked; the others that were named are left as well."""
    path = own(folder, "ours")
    before = tree(folder)
    answer = call("templates", "copy", "words", "overview", cwd=folder)
    assert (answer.code, answer.err.splitlines()[0]) == (
        1,
        "templates/overview.md.j2 is there already; it is left as it is.",
    )
    assert tree(folder) == before
    assert call("templates", "copy", "overview", "--overwrite", cwd=folder).code == 0
    assert path.read_text("utf-8").startswith("{#- coplaunch: overview.md.j2 ")


def test_a_dry_run_of_a_copy_writes_nothing(folder: Path) -> None:
    """It shows what would come."""
    before = tree(folder)
    answer = call("templates", "copy", "overview", "--dry-run", cwd=folder)
    assert answer.code == 0
    assert answer.out.startswith("--- /dev/null\n+++ b/templates/overview.md.j2\n")
    assert tree(folder) == before


def test_a_copy_is_committed_alone(folder: Path) -> None:
    """Exactly the files that were written."""
    for arguments in (["init", "-q"], ["config", "user.name", "Anna"], ["config", "user.email", "anna@example.org"]):
        subprocess.run(["git", "-C", str(folder), *arguments], check=True)
    assert run("templates", "copy", "overview", "words", "--commit", cwd=folder).code == 0
    log = subprocess.run(
        ["git", "-C", str(folder), "log", "--format=%s", "--name-only"], capture_output=True, text=True, check=True
    )
    assert log.stdout.split("\n") == [
        "Copy the templates overview and words",
        "",
        "templates/overview.md.j2",
        "templates/words.md.j2",
        "",
    ]


def test_what_cannot_be_read_is_no_sameness(folder: Path) -> None:
    """A template of one's own that is no text is said, in either form of the answer, and exit 1."""
    call("templates", "copy", "concept", cwd=folder)
    (folder / "templates" / "concept.md.j2").write_bytes(b"# \xff\xfe caf\xe9")
    for arguments in ((), ("concept",)):
        answer = call("templates", "diff", *arguments, cwd=folder)
        assert (answer.code, answer.out) == (1, "")
        assert "templates/concept.md.j2 is not stored as UTF-8 text" in " ".join(answer.err.split())
    found = json.loads(call("templates", "diff", "--json", cwd=folder).out)
    assert [one["code"] for one in found["findings"]] == ["not-utf8"]


def test_the_difference_is_as_diff_shows_it(folder: Path) -> None:
    """From the shipped text to one's own, without the comment at the top; exit 1 says that there is one."""
    call("templates", "copy", "words", cwd=folder)
    path = folder / "templates" / "words.md.j2"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"go": "go", ', '"go": "ahead", '), "utf-8", newline="\n")
    answer = call("templates", "diff", cwd=folder)
    changed = [line for line in answer.out.splitlines() if line[:1] in "+-"]
    assert (answer.code, changed, answer.err) == (
        1,
        [
            "--- shipped/templates/words.md.j2",
            "+++ templates/words.md.j2",
            '-{% set verdicts = {"go": "go", "no_go": "no-go", "not_yet": "not yet"} %}',
            '+{% set verdicts = {"go": "ahead", "no_go": "no-go", "not_yet": "not yet"} %}',
        ],
        "",
    )


def test_a_shipped_text_that_changed_is_told_of(folder: Path) -> None:
    """By the first line of the copy; taken over, that line says so."""
    call("templates", "copy", "overview", cwd=folder)
    path = folder / "templates" / "overview.md.j2"
    text = path.read_text("utf-8")
    digest = text.split()[3]
    path.write_text(text.replace(digest, "0" * 12, 1) + "More.\n", "utf-8", newline="\n")
    assert listed(folder) == {"overview": "outdated"}
    answer = call("templates", "diff", cwd=folder)
    assert (answer.code, " ".join(answer.err.split())) == (
        1,
        "The shipped overview has changed since it was copied. Take over what you need, then write "
        f"{digest} in the first line of your own.",
    )
    path.write_text(text + "More.\n", "utf-8", newline="\n")
    assert listed(folder) == {"overview": "own"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["copy", "overvue"], 2, "There is no template 'overvue'.\n→ Did you mean 'overview'?\n"),
        (["diff", "zzz"], 2, "There is no template 'zzz'.\n→ `coplaunch templates list` shows them.\n"),
        (
            ["diff", "words"],
            1,
            "There is no template of your own for words.\n→ `coplaunch templates copy words` makes one.\n",
        ),
    ],
)
def test_a_name_that_is_not_there(arguments: list[str], code: int, said: str, folder: Path) -> None:
    """What was probably meant."""
    answer = call("templates", *arguments, cwd=folder)
    assert (answer.code, answer.out, answer.err) == (code, "", said)


def test_documents_are_made_with_ones_own(folder: Path) -> None:
    """`render` writes them, `report` shows the same, and a decision is recorded in the same words."""
    own(folder, "# {{ name }}, as we say it\n")
    own(folder, "Gate: {{ gate }}{% if made %}, {{ made.because }}{% endif %}\n", "go-no-go.md.j2")
    assert call("render", cwd=folder).code == 0
    assert (folder / "plans" / "overview.md").read_text("utf-8") == "# Round Table, as we say it\n"
    assert (folder / "plans" / "go-no-go.md").read_text("utf-8") == "Gate: initiative\n"
    assert call("report", cwd=folder).out == "Gate: initiative\n"
    assert call("render", "--check", cwd=folder).code == 0
    decision = ("--no-go", "--by", "anna", "--because", "nobody came", "--date", "2025-03-01")
    assert call("advance", *decision, cwd=folder).code == 0
    (report,) = (folder / "decisions").glob("*.md")
    assert report.read_text("utf-8") == "Gate: initiative, nobody came\n"


DECISION = ("advance", "--no-go", "--by", "anna", "--because", "nobody came")


@pytest.mark.parametrize(
    "command", [("render",), ("render", "--check"), ("render", "--dry-run"), ("report",), DECISION]
)
def test_nothing_is_written_as_long_as_one_is_wrong(command: tuple[str, ...], folder: Path) -> None:
    """What is wrong is shown with the line, as in the plan; exit 1."""
    own(folder, "Gate\n{{ gaet }}\n", "go-no-go.md.j2")
    before = tree(folder)
    answer = call(*command, cwd=folder)
    assert (answer.code, answer.out, answer.err.splitlines()) == (
        1,
        "",
        [
            "templates/go-no-go.md.j2:2:4: error template-unknown: `gaet` is not known here",
            "    2 │ {{ gaet }}",
            "      │    ^^^^",
            "    → Did you mean 'gate'?",
            "Nothing was written: there is something wrong with a template of this project.",
            "→ `coplaunch templates diff` shows what you changed; take your own away, and the",
            "  shipped one is used.",
        ],
    )
    assert tree(folder) == before


def test_as_json_the_same_is_an_error_with_its_findings(folder: Path) -> None:
    """One object, whatever was wrong."""
    own(folder, "{{ 1", "go-no-go.md.j2")
    (folder / "templates" / "concept.md.j2").write_bytes(b"\xff")
    answer = call("render", "--json", cwd=folder)
    said = json.loads(answer.out)
    assert (answer.code, said["kind"], said["code"]) == (1, "error", "templates")
    assert [(one["file"], one["code"]) for one in said["findings"]] == [("templates/concept.md.j2", "not-utf8")]
    (folder / "templates" / "concept.md.j2").unlink()
    said = json.loads(call("render", "--json", cwd=folder).out)
    assert [(one["file"], one["line"], one["code"]) for one in said["findings"]] == [
        ("templates/go-no-go.md.j2", 1, "template-syntax")
    ]


def test_a_file_that_makes_nothing_is_a_warning(folder: Path) -> None:
    """The documents are written all the same."""
    own(folder, "ours", "overview.md")
    answer = call("render", cwd=folder)
    assert (answer.code, answer.err.splitlines()) == (
        0,
        [
            "templates/overview.md:1:1: warning template-stray: no document is made with this file",
            "    → Did you mean 'overview.md.j2'?",
        ],
    )


def test_a_template_that_never_ends_is_ended(folder: Path) -> None:
    """And the command says which one it was."""
    own(folder, "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    answer = call("render", cwd=folder)
    assert (answer.code, answer.err.splitlines()[0]) == (
        1,
        "templates/overview.md.j2:1:1: error template-limit: this takes too long: a template has two seconds of "
        "computing time",
    )
