"""`render --word`: which Word files it writes, which it leaves alone, and in whose styles."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import RGBColor

from cop_launch.documents.word import word
from cop_launch.documents.word_file import default_styles
from cop_launch.locales import in_language
from tests.cli.command import Answer, a_small_project, call, tree

OVERVIEW = "plans/word/overview.docx"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A short project in its first phase, rendered."""
    project = a_small_project(tmp_path / "small")
    assert call("render", cwd=project).code == 0
    return project


def word_files(project: Path) -> list[str]:
    return sorted(path.relative_to(project).as_posix() for path in project.glob("plans/word/*"))


def words(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def change(project: Path, old: str, new: str) -> None:
    """Another plan."""
    plan = project / "coplaunch.yaml"
    text = plan.read_text("utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), "utf-8", newline="\n")


def test_those_that_are_asked_for(small: Path) -> None:
    """A Word file of each document that is named, and with no names of all of them, beside the documents."""
    before = tree(small)
    answer = call("render", "overview", "--word", cwd=small)
    assert answer == Answer(0, f"✓ 1 document written.\n    {OVERVIEW}\n\nNext: coplaunch status\n")
    assert word_files(small) == [OVERVIEW]
    expected = word((small / "plans/overview.md").read_text("utf-8"), styles=None, language=in_language("en"))
    assert (small / OVERVIEW).read_bytes() == expected
    changed = {name for name, data in tree(small).items() if before.get(name) != data}
    assert changed == {"plans", "plans/word", "plans/.rendered", OVERVIEW}
    assert call("render", "--word", cwd=small).code == 0
    assert word_files(small) == sorted(f"plans/word/{path.stem}.docx" for path in small.glob("plans/*.md"))
    after = tree(small)
    assert call("render", "--word", cwd=small).out.startswith("✓ All documents were up to date.\n")
    assert tree(small) == after


def test_those_that_stand_there_stay_up_to_date(small: Path) -> None:
    """Once made, a Word file follows its document, also where nobody says --word; no others come."""
    call("render", "overview", "--word", cwd=small)
    change(small, "held: 12", "held: 13")
    stale = call("render", "--check", "--json", cwd=small)
    assert (stale.code, OVERVIEW in json.loads(stale.out)["stale"]) == (1, True)
    before = (small / OVERVIEW).read_bytes()
    diff = call("render", "overview", "--dry-run", cwd=small).out
    assert f"Binary files a/{OVERVIEW} and b/{OVERVIEW} differ\n" in diff
    assert (small / OVERVIEW).read_bytes() == before
    assert call("render", cwd=small).code == 0
    assert (small / OVERVIEW).read_bytes() != before
    assert word_files(small) == [OVERVIEW]
    assert call("render", "--check", cwd=small).code == 0


def test_what_somebody_changed_in_word(small: Path) -> None:
    """A Word file that somebody changed stays until they say otherwise, and says what its document says."""
    call("render", "overview", "--word", cwd=small)
    made = (small / OVERVIEW).read_bytes()
    document = docx.Document(BytesIO(made))
    document.add_paragraph("By hand.")
    document.save(str(small / OVERVIEW))
    theirs = (small / OVERVIEW).read_bytes()
    answer = call("render", cwd=small)
    assert answer.out == (
        "✓ The other documents were up to date.\n"
        "1 document was changed by hand, and stays as it is:\n"
        f"    {OVERVIEW}\n"
        "  → To have coplaunch write over that:\n"
        "    coplaunch render overview.docx --overwrite\n\n"
        "Next: coplaunch status\n"
    )
    assert (small / OVERVIEW).read_bytes() == theirs
    with (small / "plans/overview.md").open("a", encoding="utf-8") as text:
        text.write("\nAlso by hand.\n")
    assert call("render", "overview.docx", "--overwrite", cwd=small).code == 0
    assert words(small / OVERVIEW).endswith("Also by hand.")
    assert (small / "plans/overview.md").read_text("utf-8").endswith("Also by hand.\n")


def test_a_word_file_by_its_name(small: Path) -> None:
    """The name of a Word file asks for it alone; one of no document is refused."""
    (small / "plans/concept.md").unlink(missing_ok=True)
    answer = call("render", "plans/word/go-no-go.docx", "--json", cwd=small)
    assert json.loads(answer.out)["written"] == ["plans/.rendered", "plans/word/go-no-go.docx"]
    wrong = call("render", "goat.docx", cwd=small)
    assert (wrong.code, wrong.err.splitlines()[0]) == (2, "There is no document or phase 'goat'.")
    for name in ("six-phases", "calendar", "index"):
        wrong = call("render", f"{name}.docx", cwd=small)
        assert (wrong.code, wrong.out) == (2, "")
        assert wrong.err == (
            f"There is no Word file of {name}: it is no text.\n→ `coplaunch render {name}` writes it as it is.\n"
        )


def test_one_of_no_document_any_more(small: Path) -> None:
    """With its document a Word file goes."""
    call("render", "--word", cwd=small)
    memory = small / "plans/.rendered"
    memory.write_text(
        memory.read_text("utf-8").replace(OVERVIEW, "plans/word/once.docx"), encoding="utf-8", newline="\n"
    )
    (small / OVERVIEW).rename(small / "plans/word/once.docx")
    answer = call("render", "--json", cwd=small)
    assert json.loads(answer.out)["removed"] == ["plans/word/once.docx"]
    assert not (small / "plans/word/once.docx").exists()


def test_own_styles(small: Path) -> None:
    """templates/word.docx gives its styles; one that is no Word file is refused, and nothing is written."""
    call("render", "overview", "--word", cwd=small)
    own = docx.Document(str(small / OVERVIEW))
    own.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0, 0x80)
    (small / "templates").mkdir()
    own.save(str(small / "templates/word.docx"))
    answer = call("render", "--json", cwd=small)
    assert (answer.err, json.loads(answer.out)["written"]) == ("", ["plans/.rendered", OVERVIEW])
    made = docx.Document(str(small / OVERVIEW))
    assert made.styles["Heading 1"].font.color.rgb == RGBColor(0x80, 0, 0x80)
    (small / "templates/word.docx").write_bytes(default_styles()[:5000])
    before = tree(small)
    assert call("render", cwd=small) == Answer(
        1,
        "",
        "templates/word.docx cannot be read as a Word document.\n"
        "→ Open it in Word and save it as .docx; or take it away, for the usual styles.\n",
    )
    assert tree(small) == before


def test_a_start_for_own_styles(small: Path) -> None:
    """`templates copy word.docx` gives the styles, each by its name; taken as they are, they change nothing."""
    call("render", "overview", "--word", cwd=small)
    standing = (small / OVERVIEW).read_bytes()
    answer = call("templates", "copy", "templates/word.docx", cwd=small)
    assert answer.out.startswith("✓ 1 template copied: change it as you like.\n    templates/word.docx\n")
    shown = docx.Document(str(small / "templates/word.docx")).paragraphs
    assert [one.text for one in shown[:-1]] == [one.style.name for one in shown[:-1] if one.style]
    assert call("render", "--check", cwd=small) == Answer(0, "✓ All documents are up to date.\n")
    assert (small / OVERVIEW).read_bytes() == standing
    assert call("templates", "list", cwd=small).err == ""
    again = call("templates", "copy", "word.docx", cwd=small)
    assert (again.code, again.out.splitlines()[0]) == (0, "✓ Nothing has changed.")
    (small / "templates/word.docx").write_bytes(standing)
    theirs = call("templates", "copy", "word.docx", cwd=small)
    assert (theirs.code, theirs.err.splitlines()[0]) == (
        1,
        "templates/word.docx is there already; it is left as it is.",
    )
    assert call("templates", "copy", "other.docx", cwd=small).code == 2


def test_without_the_extra(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who did not install it gets everything else; the Word files of others stay, and who asks is told what to do."""
    call("render", "overview", "--word", cwd=small)
    monkeypatch.setitem(sys.modules, "docx", None)  # as if it were not there
    assert call("render", "go-no-go", "--word", cwd=small) == Answer(
        3, "", "Word files need one more package.\n→ Install it with `pip install 'coplaunch[word]'`\n"
    )
    change(small, "held: 12", "held: 13")
    before = (small / OVERVIEW).read_bytes()
    answer = call("render", cwd=small)
    assert (answer.code, answer.err) == (
        0,
        "The Word files in plans/word stay as they are: python-docx is not installed\nhere.\n"
        "  → Install it with `pip install 'coplaunch[word]'`\n",
    )
    assert (small / OVERVIEW).read_bytes() == before
    monkeypatch.undo()
    assert json.loads(call("render", "--json", cwd=small).out)["written"] == ["plans/.rendered", OVERVIEW]
