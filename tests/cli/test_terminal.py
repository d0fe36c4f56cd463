"""What people see: the screen of a project word for word, and each kind of window."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cop_launch.cli import answer
from cop_launch.locales import in_language
from tests.cli.command import SMALL, a_small_project, call, in_terminal

pytestmark = pytest.mark.skipif(not hasattr(__import__("os"), "openpty"), reason="no terminals to be had here")

CODES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _help_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "HELP", in_language("en"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A short plan in English, far from a decision."""
    return a_small_project(tmp_path / "round-table")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A plan with something wrong at a long line."""
    text = SMALL.replace(
        "twice}}", "twice, reached: maybe, note: and this line goes on and on and on, far past the edge}}"
    )
    return a_small_project(tmp_path / "broken", text + "nope: 100% sure, really\n")


STATUS = """\
Round Table · Acme

 1 ▶ Initiative    not yet  decisive 0/2 · required 2/9 · advised 0/4
 2   Concept test
 3   Core group
 4   Strategy
 5   Plan
 6   Launch

Verdict so far on initiative: not yet

In the way
  ○ The need is really there                                      need-evidenced
  ○ People who were interviewed want to contribute         willing-in-interviews
    1 of 12 = 8.3%, 95% interval 1.5% to 35.4%: under 20%, but not for certain
  ○ Why now, in someone else's words                              urgency-stated
  ○ A champion is known                                           champion-named
  ○ Target group fits the plans                                target-group-fits
  ○ The five concept questions answered               concept-questions-answered
  ○ Looked at what exists already                   existing-communities-scanned
  ○ Earlier attempts known                                   past-attempts-known
  ○ Sponsor in sight                                            sponsor-in-sight

Next steps
  1. Ask who was there what was tried and why it died; write `none` if nothing
     was.
     initiative.past_attempts · write it down
  2. Ask two or three people why this matters now, and write down what they say,
     who said it and when.
     initiative.urgency · talk to someone
  3. Look for the person who already does something of the kind, ask whether you
     may help, and name this person under `champions`.
     initiative.champions · talk to someone

The kill criterion is not reached

Next: coplaunch explain past-attempts-known
"""


def test_the_screen_people_live_in(small: Path) -> None:
    """`status` of a small project, word for word: a pipe and a terminal of 80 columns show the same."""
    assert call("status", cwd=small).out == STATUS
    seen = in_terminal("status", cwd=small)
    assert "\n".join(line.rstrip() for line in CODES.sub("", seen.out).split("\n")) == STATUS


def test_colours_in_a_terminal_only(small: Path) -> None:
    """A terminal has colours, unless it or the person says no."""
    assert CODES.search(in_terminal("status", cwd=small).out)
    assert CODES.search(in_terminal("status", cwd=small, NO_COLOR="").out)
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert in_terminal("status", cwd=small, columns=80, **environment).out == STATUS


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
@pytest.mark.parametrize("arguments", [("check",), ("explain", "willing-share"), ("nope",), ("--help",)], ids=" ".join)
def test_no_escape_codes_where_there_are_no_colours(
    small: Path, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    """Not in an answer, not in an error, not in the help."""
    colours = re.compile(r"\x1b\[[0-9;]*[3-4][0-9](;[0-9]+)*m")
    said = in_terminal(*arguments, cwd=small, columns=80, **environment).out
    assert not colours.search(said)
    if arguments != ("--help",) or environment.get("TERM") == "dumb":
        assert "\x1b" not in said


NARROW = (
    ("status",),
    ("check",),
    ("advance",),
    ("explain",),
    ("explain", "willing-in-interviews"),
    ("explain", "initiative"),
    ("explain", "initiative.interviews"),
    ("explain", "initiative.interviews.want_to_contribute"),
    ("report", "nope"),
    ("advance", "--no-go", "--by", "nobody", "--because", "x"),
)


def too_long(text: str, columns: int) -> list[str]:
    """Lines that run over, but for a word that is longer than the window, and a command to copy."""
    over = [line for line in text.splitlines() if len(line) > columns and len(line.split()) > 1]
    return [line for line in over if not line.startswith(("Next: ", "Volgende stap: "))]


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("arguments", NARROW, ids=" ".join)
@pytest.mark.parametrize("columns", [60, 79])
def test_a_narrow_window(
    small: Path, broken: Path, arguments: tuple[str, ...], language: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line runs over the window's edge, in either language."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    for folder in (small, broken):
        plan = folder / "coplaunch.yaml"
        plan.write_text(plan.read_text("utf-8").replace("language: en", f"language: {language}"), "utf-8")
        seen = call(*arguments, cwd=folder, terminal=True)
        assert too_long(seen.out + seen.err, columns) == []


@pytest.mark.parametrize("command", ["status", "check"])
def test_a_real_narrow_window(broken: Path, small: Path, command: str) -> None:
    """The window itself says how wide it is."""
    for folder in (small, broken):
        assert too_long(in_terminal(command, cwd=folder, columns=60, NO_COLOR="1").out, 60) == []


def test_a_wide_window_is_not_filled(small: Path) -> None:
    """Past a hundred columns lines get hard to read."""
    seen = in_terminal("explain", cwd=small, columns=200, NO_COLOR="1")
    assert max(len(line) for line in seen.out.splitlines()) == 100


def test_a_window_that_says_it_is_tiny(small: Path) -> None:
    """A width that makes no sense does no harm."""
    for columns in ("0", "1", "-5", "x"):
        assert in_terminal("status", cwd=small, COLUMNS=columns).code == 0


def test_a_finding_with_its_line(broken: Path) -> None:
    """Line, caret and what to do, word for word; a long line is shown around the place."""
    assert call("check", cwd=broken).out == (
        "coplaunch.yaml:9:82: error not-true-or-false: 'maybe' is neither true nor false\n"
        "    9 │ …n four people come twice, reached: maybe, note: and this line goes on …\n"
        "      │                                     ^^^^^\n"
        "    → Write true or false.\n"
        "coplaunch.yaml:9:89: error unknown-key: 'note' is not a field of initiative.kill_criteria.empty-room\n"
        "    9 │ …people come twice, reached: maybe, note: and this line goes on and on …\n"
        "      │                                     ^^^^\n"
        "    → A field of your own starts with x-, like x-note.\n"
        "coplaunch.yaml:9:132: error unknown-key: 'far past the edge' is not"
        " a field of initiative.kill_criteria.empty-room\n"
        "    9 │ …d this line goes on and on and on, far past the edge}}\n"
        "      │                                     ^^^^^^^^^^^^^^^^^\n"
        "    → If this belongs to the text before it, put that whole text in quotes.\n"
        "coplaunch.yaml:10:1: error unknown-key: 'nope' is not a field of the project file\n"
        "    10 │ nope: 100% sure, really\n"
        "       │ ^^^^\n"
        "    → A field of your own starts with x-, like x-note.\n"
        "\n"
        "4 errors\n"
        "\n"
        "Next: coplaunch check\n"
    )


def test_annotations_of_a_pull_request(broken: Path) -> None:
    """The workflow commands of GitHub Actions, escaped as they are read, with paths from where the command runs."""
    text = SMALL.replace("phase: initiative", "phase: 'pln, 100%'").replace("{anna: ", "{anna, b: ")
    (broken / "coplaunch.yaml").write_text(text, "utf-8")
    choices = "choose from initiative, concept_test, core_group, strategy, plan, launch, launched"
    fields = "here come fields, each on a line of its own: name: value"

    def lines(file: str) -> str:
        return (
            f"::error file={file},line=4,col=8,title=unknown-choice::"
            f"'pln, 100%25' is not one of the choices%0A{choices}\n"
            f"::error file={file},line=6,col=10,title=wrong-type::"
            f"there is nothing here, where something is expected%0A{fields}\n"
        )

    here = call("check", "--format", "github", cwd=broken)
    assert (here.code, here.out, here.err) == (1, lines("coplaunch.yaml"), "")
    above = call("check", "--format", "github", broken.name, cwd=broken.parent)
    assert above.out == lines("broken/coplaunch.yaml")


def test_several_projects_at_once(small: Path, broken: Path) -> None:
    """Each project once, by its folder or any of its files; one that is broken makes the answer a no."""
    both = call("check", "round-table", "broken/coplaunch.yaml", "broken", "--json", cwd=small.parent)
    assert both.code == 1
    assert len(json.loads(both.out)["findings"]) == 4
    assert call("check", "round-table", "--json", cwd=small.parent).code == 0


def test_help_in_a_terminal_is_in_the_language_of_the_environment(tmp_path: Path) -> None:
    """In colour and in frames, with every word in Dutch."""
    said = CODES.sub("", in_terminal("survey", "import", "--help", cwd=tmp_path, COPLAUNCH_LANGUAGE="nl").out)
    assert "Gebruik: coplaunch survey import [OPTIES]" in said
    assert all(word in said for word in ("─ Argumenten ─", "─ Opties ─", "[verplicht]", "[standaard: .]"))
    assert not any(word in said for word in ("Options", "Arguments", "default", "required", "exit"))
