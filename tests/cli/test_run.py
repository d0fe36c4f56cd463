"""What every command promises: exit codes, JSON on every path, plain output in a pipe, no file touched by a look."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cop_launch.cli import answer, app
from cop_launch.locales import in_language
from tests.cli.command import (
    DECISION,
    LINE,
    SMALL,
    Answer,
    a_project,
    a_small_project,
    call,
    run,
    surroundings,
    tree,
)

LOOKING = (
    ("status",),
    ("check",),
    ("check", "--format", "github"),
    ("report",),
    ("report", "plan"),
    ("explain",),
    ("explain", "willing-share"),
    ("schema",),
    ("render", "--check"),
    ("render", "--dry-run"),
    ("advance", "--dry-run", *DECISION),
    ("advance", "--dry-run", "--no-go", *DECISION),
)
_LISTED: list[Any] = [*app.app.registered_commands, *app.app.registered_groups]
COMMANDS = tuple(str(entry.name) for entry in _LISTED if not entry.hidden)
"""As they are listed by `coplaunch --help`."""


@pytest.fixture(autouse=True)
def _help_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said outside a project follows the environment, and that is read only once."""
    monkeypatch.setattr(answer, "HELP", in_language("en"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A whole plan in Dutch, ready for its first decision."""
    return a_project(tmp_path / "tweede-zin")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A short plan in English, far from a decision."""
    return a_small_project(tmp_path / "round-table")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A plan with two things wrong."""
    return a_small_project(tmp_path / "broken", SMALL.replace("phase: initiative", "phase: initative\nnope: 1"))


# -- exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [*LOOKING, ("render",), ("advance", *DECISION), ("--version",), ("--help",)])
def test_fine_is_0(project: Path, arguments: tuple[str, ...]) -> None:
    """What could be done ends with 0; only a stale document is a no."""
    answer = call(*arguments, cwd=project)
    assert (answer.code, answer.err) == (1 if arguments == ("render", "--check") else 0, "")
    assert bool(answer.out) == ("github" not in arguments)


@pytest.mark.parametrize("command", [("status",), ("check",), ("report",), ("render",), ("advance", *DECISION)])
def test_what_is_wrong_in_the_file_is_1(broken: Path, command: tuple[str, ...]) -> None:
    """Every command that reads the plan shows all that is wrong with it, and does nothing else."""
    before = tree(broken)
    answer = call(*command, cwd=broken)
    assert (answer.code, answer.err) == (1, "")
    assert answer.out == (
        "coplaunch.yaml:4:8: error unknown-choice: 'initative' is not one of the choices\n"
        "    4 │ phase: initative\n"
        "      │        ^^^^^^^^^\n"
        "    → Did you mean 'initiative'? (choose from initiative, concept_test,\n"
        "      core_group, strategy, plan, launch, launched)\n"
        "coplaunch.yaml:5:1: error unknown-key: 'nope' is not a field of the project file\n"
        "    5 │ nope: 1\n"
        "      │ ^^^^\n"
        "    → A field of your own starts with x-, like x-note.\n"
        "\n"
        "2 errors\n"
        "\n"
        "Next: coplaunch check\n"
    )
    assert tree(broken) == before


@pytest.mark.parametrize("arguments", [("advance",), ("advance", *DECISION)])
def test_a_go_against_the_evidence_is_1(small: Path, arguments: tuple[str, ...]) -> None:
    """Refused with the reasons, whoever signs it."""
    before = tree(small)
    answer = call(*arguments, cwd=small)
    assert (answer.code, answer.err) == (1, "")
    assert answer.out.startswith("Not yet a go on initiative: something is still missing.\n")
    assert answer.out.endswith(
        "Nothing was recorded; no file was changed.\n\nNext: coplaunch explain past-attempts-known\n"
    )
    assert tree(small) == before


WRONG_USE: dict[str, tuple[tuple[str, ...], str]] = {
    "a command that there is not": (("nope",), "There is no command 'nope'."),
    "an option that there is not": (("status", "--nope"), "There is no option --nope."),
    "too many arguments": (("status", "more"), "That is one word too many: more."),
    "an option without its value": (("advance", "--by"), "--by needs a value after it."),
    "a choice that there is not": (
        ("check", "--format", "xml"),
        "'xml' is not one of the choices of --format.",
    ),
    "a value where none belongs": (("status", "--json=3"), "--json takes no value."),
    "a file that was not named": (("survey", "import"), "FILE is missing."),
    "a number that is none": (
        ("survey", "import", "answers.csv", "--invited", "many"),
        "--invited takes a whole number, not 'many'.",
    ),
    "a number below nothing": (
        ("survey", "import", "answers.csv", "--invited", "-5"),
        "--invited takes no number below 0, so not -5.",
    ),
    "a gate that there is not": (("report", "nope"), "There is no gate 'nope'."),
    "a language that there is not": (("init", "new", "--language", "fr"), "There is no language 'fr'."),
    "a schema in no language": (("schema", "--language", "fr"), "There is no language 'fr'."),
    "a date that is none": (("advance", "--date", "tomorrow"), "'tomorrow' is not a date."),
    "a day that there is not": (("advance", "--date", "2026-02-30"), "'2026-02-30' is not a date."),
    "a phase that there is not": (("advance", "--back-to", "nope"), "There is no phase 'nope'."),
    "the time after the launch": (("advance", "--back-to", "launched"), "There is no phase 'launched'."),
    "two decisions at once": (("advance", "--no-go", "--stop"), "These do not go together: --no-go, --stop."),
    "an unsigned decision": (("advance", "--no-go"), "A decision needs to know who made it."),
    "a decision of nobody": (("advance", "--no-go", "--by", "ana", "--because", "x"), "There is no 'ana' in people."),
    "a decision without a reason": (("advance", "--no-go", "--by", "anna"), "A decision needs a reason."),
    "a way back from the start": (
        ("advance", "--back-to", "plan", "--by", "anna", "--because", "x"),
        "Back leads to this phase or an earlier one.",
    ),
    "a review before the launch": (
        ("advance", "--continue", "--by", "anna", "--because", "x"),
        "That is decided in a review, after the launch.",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG_USE.values(), ids=WRONG_USE)
def test_wrong_use_is_2(small: Path, arguments: tuple[str, ...], said: str) -> None:
    """A sentence and what to do, on standard error, and nothing on standard output or disk."""
    before = tree(small)
    answer = call(*arguments, cwd=small)
    sentence, _, hint = answer.err.partition("\n→ ")
    assert (answer.code, answer.out, " ".join(sentence.split())) == (2, "", said)
    assert hint.strip()
    assert tree(small) == before


def test_no_project_is_2(tmp_path: Path) -> None:
    """Where there is no plan, the command says how one is started; a path that is not there is said as such."""
    for command in ("status", "check", "advance", "report", "render"):
        answer = call(command, cwd=tmp_path)
        assert (answer.code, answer.out) == (2, "")
        assert " ".join(answer.err.split()).startswith(f"There is no coplaunch.yaml in {tmp_path}, nor in a folder ")
    for arguments in (("check", "typo.yaml"), ("status", "-C", "typo.yaml")):
        answer = call(*arguments, cwd=a_small_project(tmp_path / "p"))
        assert (answer.code, answer.out) == (2, "")
        assert (
            " ".join(answer.err.split())
            == f"There is no {tmp_path / 'p' / 'typo.yaml'}. → Look whether the name is right."
        )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_the_machine_refuses_is_3(small: Path) -> None:
    """A file that may not be read is a sentence, not a traceback."""
    (small / "coplaunch.yaml").chmod(0)
    for command in ("status", "check", "advance", "render"):
        answer = call(command, cwd=small)
        assert (answer.code, answer.out) == (3, "")
        assert "coplaunch.yaml" in answer.err


def test_a_commit_without_git_is_3(project: Path) -> None:
    """The decision is recorded; that it could not be committed ends with 3 and says what is in the way."""
    answer = run("advance", "--commit", *DECISION, cwd=project, GIT_CEILING_DIRECTORIES=str(project.parent))
    assert answer.code == 3
    assert "git" in answer.err
    assert "Traceback" not in answer.err


# -- JSON -------------------------------------------------------------------------------------------------------------

JSON: dict[str, tuple[str, tuple[str, ...], int, str]] = {
    "status": ("project", ("status",), 0, "status"),
    "check": ("project", ("check",), 0, "check"),
    "report": ("project", ("report",), 0, "report"),
    "explain": ("project", ("explain",), 0, "explain"),
    "explain a field": ("project", ("explain", "initiative.needs"), 0, "explain"),
    "explain a criterion": ("project", ("explain", "willing-share"), 0, "explain"),
    "explain a phase": ("project", ("explain", "core_group"), 0, "explain"),
    "schema": ("project", ("schema",), 0, "schema"),
    "init": ("project", ("init", "new"), 0, "init"),
    "init, only shown": ("project", ("init", "new", "--dry-run"), 0, "init"),
    "advance": ("project", ("advance", *DECISION), 0, "advance"),
    "advance, only shown": ("project", ("advance", "--dry-run", *DECISION), 0, "advance"),
    "advance without a reason": ("project", ("advance", "--by", "annelies"), 2, "error"),
    "advance against the evidence": ("small", ("advance",), 1, "error"),
    "render": ("project", ("render",), 0, "render"),
    "render, only shown": ("project", ("render", "--dry-run"), 0, "render"),
    "render, stale": ("project", ("render", "--check"), 1, "render-check"),
    "wrong use": ("project", ("nope",), 2, "error"),
    "a bad option": ("project", ("status", "--nope"), 2, "error"),
    "an unknown name": ("project", ("explain", "nope"), 1, "error"),
    "a second start": ("project", ("init",), 1, "error"),
    "a broken plan, status": ("broken", ("status",), 1, "check"),
    "a broken plan, check": ("broken", ("check",), 1, "check"),
    "a broken plan, advance": ("broken", ("advance",), 1, "check"),
    "a broken plan, render": ("broken", ("render",), 1, "check"),
    "a broken plan, report": ("broken", ("report",), 1, "check"),
    "no project": ("nothing", ("status",), 2, "error"),
}


@pytest.mark.parametrize(("where", "arguments", "code", "kind"), JSON.values(), ids=JSON)
def test_json_on_every_path(
    request: pytest.FixtureRequest, tmp_path: Path, where: str, arguments: tuple[str, ...], code: int, kind: str
) -> None:
    """One object with `schema` and `kind` on standard output, and nothing else anywhere."""
    folder = tmp_path if where == "nothing" else request.getfixturevalue(where)
    answer = call(*arguments, "--json", cwd=folder)
    assert (answer.code, answer.err) == (code, "")
    said = json.loads(answer.out)
    assert (said["schema"], said["kind"]) == (1, kind)
    if kind == "error":
        assert said["exit_code"] == code
        assert said["message"]
        assert {"code", "message", "hint", "exit_code", "findings"} <= said.keys()


def test_json_when_the_machine_could_not(project: Path) -> None:
    """A commit that there is no repository for: an object too, with exit code 3."""
    answer = run("render", "--commit", "--json", cwd=project, GIT_CEILING_DIRECTORIES=str(project.parent))
    assert answer.code == 3
    said = json.loads(answer.out)
    assert (said["kind"], said["exit_code"]) == ("error", 3)


def test_json_of_findings(broken: Path) -> None:
    """Each with its code, severity, place, path, sentence and what to do."""
    said = json.loads(call("check", "--json", cwd=broken).out)
    assert (said["ok"], said["findings"][1]) == (
        False,
        {
            "code": "unknown-key",
            "severity": "error",
            "file": "coplaunch.yaml",
            "line": 5,
            "column": 1,
            "path": ["nope"],
            "message": "'nope' is not a field of the project file",
            "hint": "a field of your own starts with x-, like x-note",
        },
    )


def test_a_finding_names_its_file_from_here(tmp_path: Path) -> None:
    """A path that opens from where the command runs: above, inside and beside the project."""
    project = a_small_project(tmp_path / "p", SMALL + "nope: 1\n")
    (project / "plans" / "deep").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    for where, arguments, name in (
        (tmp_path, ("p",), "p/coplaunch.yaml"),
        (project, (), "coplaunch.yaml"),
        (project / "plans" / "deep", (), "../../coplaunch.yaml"),
        (tmp_path / "other", ("-C", "../p"), "../p/coplaunch.yaml"),
    ):
        assert call("check", *arguments, cwd=where).out.startswith(f"{name}:10:1: error unknown-key")


def test_json_of_a_state(small: Path) -> None:
    """The verdict, what blocks, the next steps and the figures behind them."""
    said = json.loads(call("status", "--json", cwd=small).out)
    assert {key: said[key] for key in ("name", "language", "phase", "state", "decisions", "findings")} == {
        "name": "Round Table",
        "language": "en",
        "phase": "initiative",
        "state": "active",
        "decisions": [],
        "findings": [],
    }
    found = said["assessment"]
    assert (found["gate"], found["verdict"]) == ("initiative", "not_yet")
    assert found["next_steps"] == ["past-attempts-known", "urgency-stated", "champion-named"]
    assert found["kill_criteria"] == [
        {"id": "empty-room", "when": "fewer than four people come twice", "reached": False}
    ]
    share = next(item["share"] for item in found["criteria"] if item["id"] == "willing-in-interviews")
    assert share == {
        "numerator": 1,
        "denominator": 12,
        "share": pytest.approx(0.0833, abs=1e-4),
        "low": pytest.approx(0.0149, abs=1e-4),
        "high": pytest.approx(0.3539, abs=1e-4),
        "method": "wilson-95",
    }


def test_json_of_a_decision(project: Path) -> None:
    """What was recorded and which files were written."""
    said = json.loads(call("advance", *DECISION, "--json", cwd=project).out)
    assert (said["phase"], said["written"], said["commit"]) == (
        "concept_test",
        ["decisions/2025-02-25-initiative-go.md", "coplaunch.yaml"],
        None,
    )
    assert said["decision"]["date"] == "2025-02-25"
    assert json.loads(call("report", "initiative", "--json", cwd=project).out)["decision"] == said["decision"]


# -- looking writes nothing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", LOOKING, ids=" ".join)
@pytest.mark.parametrize("json_too", [False, True], ids=["text", "json"])
def test_looking_writes_nothing(project: Path, arguments: tuple[str, ...], json_too: bool) -> None:
    """Not a byte, not a date, not a lock file, also where nothing may be written."""
    before = tree(project)
    for path in [project, *project.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        answer = call(*arguments, *(["--json"] if json_too else []), cwd=project)
        assert answer.code == (1 if arguments == ("render", "--check") else 0), answer.err
        assert tree(project) == before
    finally:
        for path in [project, *project.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


# -- pipes, colours, help ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [*LOOKING, ("--help",), ("status", "--help"), ("nope",)], ids=" ".join)
def test_a_pipe_gets_plain_text(project: Path, arguments: tuple[str, ...]) -> None:
    """No escape codes and no blanks at the end of a line, coloured terminal or not."""
    answer = run(*arguments, cwd=project, TERM="xterm-256color", COLORTERM="truecolor")
    for text in (answer.out, answer.err):
        assert "\x1b" not in text
        if "--dry-run" not in arguments:
            assert not [line for line in text.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("command", ["status", "check", "advance", "explain"])
def test_what_people_read_ends_with_a_next_line(small: Path, command: str) -> None:
    """One line with something that runs: it is run."""
    answer = call(command, cwd=small)
    label, _, line = answer.last.partition(": ")
    assert label == "Next"
    for part in line.split(" && "):
        name, *arguments = part.split()
        assert name == "coplaunch"
        assert call(*arguments, cwd=small).code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches(command: str) -> None:
    """Each command says what it is for, in a sentence, before its options; 80 columns are enough."""
    answer = call(command, "--help", cwd=Path.cwd())
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    usage, text = next(line for line in lines if line), [line.strip() for line in lines if line.strip()][1]
    assert usage.split()[:3] == ["Usage:", "coplaunch", command]
    assert text[0].isupper()
    assert "--help" in answer.out
    assert max(map(len, lines)) <= 100


def test_without_a_command_there_is_help(tmp_path: Path) -> None:
    """Which is no error; nor is being asked twice."""
    bare, asked = call(cwd=tmp_path), call("--help", cwd=tmp_path)
    assert (bare.code, asked.code, bare.err) == (0, 0, "")
    assert bare.out.split() == asked.out.split()
    assert call("-h", cwd=tmp_path) == asked


def test_the_environment_decides_the_language_of_help(tmp_path: Path) -> None:
    """In a project its own language is spoken, elsewhere that of the environment."""
    said = run("init", "--help", cwd=tmp_path, LANG="nl_NL.UTF-8", LC_ALL="")
    assert "Antwoord met één JSON-object" in said.out
    dutch = run("status", cwd=tmp_path, LANG="nl_NL.UTF-8", LC_ALL="")
    assert (dutch.code, dutch.err.split()[0]) == (2, "Er")
    english = a_small_project(tmp_path / "english")
    assert run("status", cwd=english, LANG="nl_NL.UTF-8", LC_ALL="").last.startswith("Next: ")


TYPERS = re.compile(
    r"\b(Usage|Options|Arguments|Commands|OPTIONS|COMMAND|ARGS|default|required|Show|Install|this message|and exit)\b"
)
"""Words that Typer says by itself."""


@pytest.mark.parametrize("command", ["", *COMMANDS, "plan today", "survey import", "templates copy"])
def test_no_word_of_help_is_left_in_english(command: str, tmp_path: Path) -> None:
    """What Typer says by itself, too."""
    said = run(*command.split(), "--help", cwd=tmp_path, LANG="nl_NL.UTF-8", LC_ALL="").out
    assert said.startswith(f"Gebruik: coplaunch {command}".rstrip())
    assert "Toon deze uitleg en stop." in said
    assert TYPERS.findall(said) == []


def test_a_reader_who_leaves_early(project: Path) -> None:
    """`coplaunch explain | head -1` is no error, and nothing is said about it."""
    command = [sys.executable, "-c", "import sys; print(sys.stdin.readline(), end='')"]
    first = subprocess.Popen(
        [*LINE, "schema"], cwd=project, env=surroundings({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    second = subprocess.run(command, stdin=first.stdout, capture_output=True, check=True)
    assert first.stdout is not None
    assert first.stderr is not None
    first.stdout.close()
    assert (second.stdout, first.stderr.read(), first.wait()) == (b"{\n", b"", 0)
    first.stderr.close()


def test_a_reader_who_is_not_there(project: Path) -> None:
    """The pipe is closed before the first word: the command notices while it writes, and that is no error either."""
    with subprocess.Popen(
        [*LINE, "schema"], cwd=project, env=surroundings({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)


LOCALES: dict[str, dict[str, str]] = {
    "C": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "ISO-8859-1": {"LC_ALL": "", "LANG": "nl_NL.ISO-8859-1", "PYTHONUTF8": "0"},
    "an old code page": {"PYTHONIOENCODING": "cp1252"},
    "ASCII and strict": {"PYTHONIOENCODING": "ascii:strict"},
}


@pytest.mark.parametrize("environment", LOCALES.values(), ids=LOCALES)
def test_any_locale_prints_utf8(project: Path, environment: dict[str, str]) -> None:
    """Dutch, dashes and box characters come out the same, whatever the console is thought to understand."""
    text = (project / "coplaunch.yaml").read_text("utf-8").replace("name: De Tweede Zin", "name: Coöperatie – ‘één’ 会")
    (project / "coplaunch.yaml").write_text(text, "utf-8")
    usual = run("status", cwd=project)
    assert usual.out.startswith("Coöperatie – ‘één’ 会 · Merelhof Verzekeringen\n\n 1 ▶ Initiatief ")
    assert run("status", cwd=project, **environment) == usual


def test_python_m_and_the_command_are_the_same(small: Path) -> None:
    """Both are one entry."""
    command = shutil.which("coplaunch", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("the command is not installed beside this Python")
    done = subprocess.run(
        [command, "status"], cwd=small, env=surroundings({}), capture_output=True, encoding="utf-8", check=False
    )
    assert Answer(done.returncode, done.stdout, done.stderr) == run("status", cwd=small) == call("status", cwd=small)


# -- hostile names ----------------------------------------------------------------------------------------------------

STEERS = ["\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\x08\x08", "\r", "\u202e", "\u2066", "\u2028"]


def test_a_project_does_not_steer_the_terminal(tmp_path: Path) -> None:
    """Escape sequences and marks that turn the direction of reading, in any name or answer, are shown as such."""
    nasty = json.dumps("".join(STEERS) + "end")
    text = SMALL.replace("Round Table", nasty).replace("Acme", nasty).replace("role: lead", f"name: {nasty}")
    text = text.replace("fewer than four people come twice}", f"{nasty}, reached: true}}")
    text += f"waivers: [{{criterion: urgency-stated, why: {nasty}, by: {nasty}, date: 2025-01-01}}]\n{nasty}: 1\n"
    for plan in (text, text.replace(f"{nasty}: 1\n", "")):
        folder = a_small_project(tmp_path / "nasty", plan)
        for command in (("status",), ("check",), ("check", "--format", "github"), ("advance",), ("status", "--json")):
            answer = call(*command, cwd=folder)
            assert "end" in answer.out or command[0] == "check"
            assert not [one for one in STEERS[:6] if one in answer.out + answer.err], command


def test_an_argument_does_not_steer_the_terminal(small: Path) -> None:
    """What was typed comes back as text."""
    for arguments in (("report", "".join(STEERS)), ("explain", "".join(STEERS)), ("".join(STEERS),)):
        answer = call(*arguments, cwd=small)
        assert not [one for one in STEERS[:6] if one in answer.out + answer.err], arguments


# -- completion -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_installed(tmp_path: Path, shell: str) -> None:
    """`--install-completion` writes below the home folder only, and `--show-completion` prints what it writes."""
    shown = run("--show-completion", shell, cwd=tmp_path, HOME=str(tmp_path), SHELL=f"/bin/{shell}")
    installed = run("--install-completion", shell, cwd=tmp_path, HOME=str(tmp_path), SHELL=f"/bin/{shell}")
    assert (shown.code, installed.code, shown.err) == (0, 0, "")
    assert "coplaunch" in shown.out
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any("coplaunch" in path.read_text("utf-8") for path in written)


def test_a_shell_completes_commands_and_options(small: Path) -> None:
    """What bash would be offered behind `coplaunch` and behind `coplaunch st`."""

    def offered(words: str, at: int) -> list[str]:
        answer = run(cwd=small, _COPLAUNCH_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(at))
        return answer.out.split()

    assert offered("coplaunch ", 1) == list(COMMANDS)
    assert {"init", "status", "check", "advance"} <= set(COMMANDS)
    assert offered("coplaunch st", 1) == ["status"]
    assert "--no-go" in offered("coplaunch advance --n", 2)
