"""What a newcomer reads is true: sessions, tables, the picture, the reference, links and everything that is named."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cop_launch.findings import Exit, Severity
from cop_launch.store.project import load
from docs import codes, make_reference, make_sessions
from tests.test_architecture import LAYERS, MODULES

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _without_code(markdown: str) -> str:
    return re.sub(r"^```.*?^```$", "", markdown, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", make_reference.LANGUAGE_OF)
def test_the_reference_is_current(name: str) -> None:
    """It is what `make reference` makes of the model, the criteria and the source."""
    assert _text(f"docs/{name}") == make_reference.pages()[name]


def test_the_reference_names_every_code_that_is_put_in_a_finding() -> None:
    """No finding is made somewhere with a code that was not seen: each string that looks like one is in the list."""
    listed = {code.code for code in (*codes.finding_codes(), *codes.refusal_codes())}
    written: set[str] = set()
    for path in MODULES.values():
        written |= set(
            re.findall(r'(?:Finding|_note|_stop|_machine|in_our_words)\(\s*"([a-z0-9-]+)"', path.read_text("utf-8"))
        )
    assert written - listed == set()
    assert {"duplicate-key", "unknown-key", "wrong-type", "impossible-date", "tab", "seal-broken", "no-git"} <= listed


def test_words_of_the_reference_are_complete() -> None:
    """Each JSON kind and exit code is described, in both languages, and none that there is not."""
    assert set(make_reference.WORDS["kinds"]) == codes.json_kinds()
    assert set(make_reference.WORDS["exits"]) == {str(int(code)) for code in Exit}
    lacking = [
        (part, name)
        for part, words in make_reference.WORDS.items()
        for name, said in words.items()
        if set(said) != {"en", "nl"}
    ]
    assert lacking == []


@pytest.mark.parametrize("page", make_sessions.pages(), ids=lambda path: path.name)
def test_sessions_and_tables_are_what_the_program_answers(page: Path) -> None:
    """Every session, held again, has the same answers; every table that is made comes out the same."""
    text = page.read_text("utf-8")
    assert make_sessions.refreshed(text) == text


def test_the_picture_is_current() -> None:
    """docs/status.svg shows what `coplaunch status` shows in a terminal today, and fetches nothing."""
    pytest.importorskip("pty")
    picture = _text("docs/status.svg")
    assert picture == make_sessions.picture()
    assert re.findall(r"https?://[^\"' ]+|@import|@font-face|url\((?!#)", picture) == ["http://www.w3.org/2000/svg"]


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    """Each file that is linked to is there, and has the heading that is meant."""
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", _without_code(page.read_text("utf-8"))):
        if target.startswith("https://"):
            continue
        name, _, heading = target.partition("#")
        file = page.parent / name if name else page
        if not file.exists() or (heading and heading not in _headings(file)):
            lost.append(target)
    assert lost == []


def _headings(page: Path) -> list[str]:
    found = re.findall(r"^#+ (.+)$", _without_code(page.read_text("utf-8")), re.MULTILINE)
    return [make_reference.anchor(heading) for heading in found]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_and_files_that_are_named_exist(name: str) -> None:
    """What people are told to run or to open is there."""
    text = _text(name)
    targets = set(re.findall(r"^([a-z-]+):.*## ", _text("Makefile"), re.MULTILINE))
    spans = re.findall(r"`([^`\n]+)`", _without_code(text)) + re.findall(r"^make .*$", text, re.MULTILINE)
    run = {target for span in spans for target in re.findall(r"(?:^|\s)make ([a-z-]+)", span)}
    assert run
    assert run <= targets
    named = re.findall(r"`((?:src|tests|docs|templates|examples|\.ci)/[\w./-]*)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_room_is_in_the_plan_of_the_house() -> None:
    """The rooms of the source, all of them and no others, from the ground up as the layers are."""
    block = _text("CONTRIBUTING.md").partition("src/cop_launch/\n")[2].partition("tests/")[0]
    drawn = [name.removesuffix(".py").removesuffix("/") for name in re.findall(r"^  ([\w./]+)", block, re.MULTILINE)]
    there = {module.split(".")[1] for module in MODULES if "." in module} - {"__main__"}
    height = {room: level for level, layer in enumerate(LAYERS) for room in layer}
    assert set(drawn) == there
    assert drawn == sorted(drawn, key=lambda room: height[room])


WRITING = {"init", "fill", "advance", "render", "survey form", "survey import", "templates copy"} | {
    f"plan {name}" for name in ("done", "skip", "move", "log", "holidays")
}
OPTIONS = {
    "--json": make_sessions.commands().keys(),
    "--project": make_sessions.commands().keys() - {"init"},
    "--dry-run": WRITING,
    "--commit": WRITING - {"fill"},
    "--watch": {"check", "render"},
}
"""Which commands take an option, as README says."""


@pytest.mark.parametrize("command", make_sessions.commands())
def test_commands_take_the_options_that_the_readme_promises(command: str) -> None:
    """Each option that README tells of is in the help of the commands it tells it of, and of no others."""
    asked = [sys.executable, "-m", "cop_launch", *command.split(), "--help"]
    help_ = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout.partition("Options:")[2]
    assert {option for option in OPTIONS if option in help_} == {
        o for o, takers in OPTIONS.items() if command in takers
    }


def test_what_is_not_there_yet_is_not_there() -> None:
    """A command that README still promises is not among the commands; it is taken out of that list when it comes."""
    promised = re.findall(r"^- `coplaunch (\w+)`", _text("README.md").partition("### Not there yet")[2], re.MULTILINE)
    assert promised
    assert set(promised) & {word for command in make_sessions.commands() for word in command.split()} == set()


def _yaml_blocks() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", _text("docs/file-format.md"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("number", range(len(_yaml_blocks())))
def test_what_the_guide_shows_can_be_written(number: int, tmp_path: Path) -> None:
    """Each piece of YAML in the guide is a file with nothing wrong in it, beside the evidence that the guide shows.

    A note says what a plan could still use; a piece is no whole plan.
    """
    evidence = next(block for block in _yaml_blocks() if block.startswith("# evidence/"))
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "march-2025.yaml").write_text(evidence, "utf-8")
    block = _yaml_blocks()[number]
    (tmp_path / "coplaunch.yaml").write_text("format: 1\n" if block == evidence else block, "utf-8")
    found = [finding for finding in load(tmp_path).findings if finding.severity is not Severity.NOTE]
    assert [(finding.code, str(finding.message)) for finding in found] == []


ON_A_DAY = ("-C", "old", "--date", "2025-11-03", "--json")
ANSWERS = {
    "init": ("init", "new", "--json"),
    "fill": ("fill", "-C", "new", "--answers", "answers.yaml", "--json"),
    "check": ("check", "-C", "new", "--json"),
    "status": ("status", "-C", "new", "--json"),
    "report": ("report", "-C", "new", "--json"),
    "render": ("render", "-C", "new", "--json"),
    "render-check": ("render", "-C", "new", "--check", "--json"),
    "explain": ("explain", "--json"),
    "schema": ("schema", "--json"),
    "holidays": ("plan", "holidays", "-C", "new", "--country", "NL", "--json"),
    "plan-today": ("plan", "today", *ON_A_DAY),
    "plan-week": ("plan", "week", *ON_A_DAY),
    "plan-run": ("plan", "run", *ON_A_DAY),
    "plan-log": ("plan", "log", *ON_A_DAY),
    "plan-done": ("plan", "done", "incident-of-the-week", *ON_A_DAY),
    "plan-skip": ("plan", "skip", "personal-messages", "-C", "old", "--because", "all ill", "--json"),
    "plan-move": ("plan", "move", "pager-buddies", "-C", "old", "--to", "2025-11-14", "--json"),
    "survey-form": ("survey", "form", "-C", "old", "--json"),
    "survey-import": ("survey", "import", "new/evidence/raw/replies.csv", "-C", "new", "--json"),
    "templates-list": ("templates", "list", "-C", "new", "--json"),
    "templates-copy": ("templates", "copy", "concept", "-C", "new", "--json"),
    "templates-diff": ("templates", "diff", "-C", "new", "--json"),
    "error": ("advance", "-C", "new", "--json"),
    "advance": ("advance", "-C", "old", "--back-to", "strategy", "--by", "priya", "--because", "too soon", "--json"),
}
"""A command line for each kind of answer."""


def test_answers_as_json_hold_what_the_reference_says(tmp_path: Path) -> None:
    """Each kind has the keys that its line names; `explain` has more, by what it explains."""
    shutil.copytree(ROOT / "examples" / "platform-engineers", tmp_path / "old")
    (tmp_path / "answers.yaml").write_text("plan: {dry_run: {from: 2025-09-01, to: 2025-11-21}}\n", "utf-8")
    (tmp_path / "new" / "evidence" / "raw").mkdir(parents=True)
    (tmp_path / "new" / "evidence" / "raw" / "replies.csv").write_text(make_sessions.REPLIES, "utf-8")
    assert ANSWERS.keys() == codes.json_kinds()
    for kind, arguments in ANSWERS.items():
        command = [sys.executable, "-m", "cop_launch", *arguments]
        answer = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout)
        said = set(re.findall(r"`([a-z_]+)`", make_reference.WORDS["kinds"][kind]["en"]))
        assert (answer["schema"], answer["kind"]) == (1, kind)
        assert said <= answer.keys()
        assert kind == "explain" or said == answer.keys() - {"schema", "kind"}
