"""Commands that are killed, or told by the system that they cannot, at every step that they take on the disk.

strace does it: it counts the system calls of an untouched run, then runs the command again and again, and lets the
n-th of them fail or kill the process. A command that writes belongs in `COMMANDS`; one line each.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from cop_launch.store.rendered import MEMORY
from tests.cli.command import DECISION, a_project, a_small_project

SOURCE = Path(__file__).parents[2] / "src"
KILLS = int(os.environ.get("COPLAUNCH_KILLS", "200"))
"""How many kills at random moments, over all commands."""
MOST = 40 if KILLS <= 200 else sys.maxsize
"""At how many of its steps a command is killed in an everyday run: a sample of the long ones, all of the others."""

Files = Mapping[str, bytes]
TEMPORARY = re.compile(r"\.coplaunch-.*\.tmp")

_DRIVER = """
import sys
from pathlib import Path
from cop_launch.findings import Refused
from cop_launch.store.files import Write, apply, locked, read

project, last = Path(sys.argv[1]), int(sys.argv[2])
plan = project / "coplaunch.yaml"
try:
    with locked(project):
        while (done := (before := read(plan)).count(b"- gate")) < last:
            report = project / "decisions" / f"{done + 1}.md"
            apply(
                project,
                [
                    Write(report, read(report) if report.exists() else None, b"Go.\\n" * 2000 + b"%d\\n" % (done + 1)),
                    Write(plan, before, before + b"  - gate: %d\\n" % (done + 1)),
                ],
            )
except Refused as refused:
    print(refused.message, refused.hint, refused.code, sep="\\n", file=sys.stderr)
    sys.exit(refused.exit_code)
"""

PLAN = b"# Ours.\nformat: 1\nname: 'Zorg'   # kept\ndecisions:\n"


def a_plan(project: Path) -> None:
    """A project with a plan."""
    (project / "coplaunch.yaml").write_bytes(PLAN)


@dataclass(frozen=True)
class Command:
    """A command that writes, and the project that it starts from; `{project}` in an argument is its folder."""

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[Path], None] = a_plan
    all_or_nothing: bool = False
    """After a failure all files are as before, or all are as they should become."""
    sampled: bool = False
    """It writes by the same steps as another: an everyday run tries a third as many of them, each with one fault."""
    lists: tuple[str, ...] = ()
    """Files of lines that, while it is at work, hold some of before and some of after."""

    def run(self, project: Path, *around: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end, in the project; `around` is the program that runs it, such as strace."""
        return subprocess.run(
            [*around, *self.line(project)],
            cwd=project,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def start(self, project: Path) -> subprocess.Popen[bytes]:
        """Start it, to be killed."""
        return subprocess.Popen(
            self.line(project), cwd=project, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def line(self, project: Path) -> list[str]:
        """The command line."""
        return [sys.executable, *(argument.replace("{project}", str(project)) for argument in self.arguments)]


ONE_DECISION = Command("one decision", ("-c", _DRIVER, "{project}", "1"), all_or_nothing=True)
MANY_DECISIONS = Command("many decisions", ("-c", _DRIVER, "{project}", "60"))
"""Writes most of its time, so that a kill at a random moment mostly meets a write."""


def nothing(project: Path) -> None:
    """An empty folder."""


def a_whole_plan(project: Path) -> None:
    """A plan with everything that its first gate demands, and comments; in English, as the sentences in the tests."""
    plan = a_project(project) / "coplaunch.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"language: nl", b"language: en"))


def a_rendered_plan(project: Path) -> None:
    """A short plan with documents of ours that are stale, so that a render writes over them, and one that is to go."""
    a_small_project(project)
    (project / "plans").mkdir()
    memory, text = [], b"As it was.\n" * 500
    for name in ("go-no-go.md", "overview.md", "week-sheets-bea.md"):
        (project / "plans" / name).write_bytes(text)
        memory.append(f"{sha256(text).hexdigest()}  plans/{name}\n")
    (project / MEMORY).write_text("".join(memory), "utf-8", newline="\n")


def a_committed_plan(project: Path) -> None:
    """The same in a repository, committed."""
    a_whole_plan(project)
    for arguments in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "First")):
        subprocess.run(["git", *_SOMEONE, *arguments], cwd=project, check=True)
    for name, value in (("user.name", "Anna"), ("user.email", "anna@example.org")):
        subprocess.run(["git", "config", name, value], cwd=project, check=True)


_SOMEONE = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org")
_COPLAUNCH = ("-m", "cop_launch")

RENDER = Command("render", (*_COPLAUNCH, "render"), prepare=a_rendered_plan, sampled=True, lists=(MEMORY,))
COMMANDS: tuple[Command, ...] = (
    ONE_DECISION,
    Command("init", (*_COPLAUNCH, "init", "--language", "en"), prepare=nothing, sampled=True),
    Command("advance", (*_COPLAUNCH, "advance", *DECISION), prepare=a_whole_plan, all_or_nothing=True, sampled=True),
    RENDER,
    Command(
        "advance --commit", (*_COPLAUNCH, "advance", "--commit", *DECISION), prepare=a_committed_plan, sampled=True
    ),
)
"""A new command that writes joins them, with the project that it starts from."""


def environment() -> dict[str, str]:
    """The same system calls in the same order, run after run."""
    return os.environ | {"PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}


# -- projects ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """A command, the project that it starts from, and what its untouched runs make of it."""

    command: Command
    project: Path
    template: Path
    old: Files
    new: Files
    again: Files
    """After a second run."""
    again_code: int

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """The project as it was at the start, at the same path."""
        shutil.rmtree(self.project, ignore_errors=True)
        shutil.copytree(self.template, self.project, symlinks=True)
        yield self.project


def scene(command: Command, folder: Path) -> Scene:
    """Run the command twice, untouched, in a new project below this folder."""
    template, project = folder / "template", folder / "project"
    template.mkdir()
    command.prepare(template)
    shutil.copytree(template, project, symlinks=True)
    first = command.run(project)
    assert first.returncode == 0, first.stderr
    new = files_of(project)
    second = command.run(project)
    return Scene(command, project, template, files_of(template), new, files_of(project), second.returncode)


def files_of(project: Path) -> Files:
    """Every file of the project with its bytes, git's own left out."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(project).parts
    }


def without_temporary(files: Files) -> Files:
    return {name: data for name, data in files.items() if not TEMPORARY.fullmatch(Path(name).name)}


def assert_whole(scene: Scene, found: Files) -> None:
    """Each file has its old bytes or its new ones; none is gone."""
    for name, data in found.items():
        if name in scene.command.lists:
            either = {*scene.old.get(name, b"").split(b"\n"), *scene.new.get(name, b"").split(b"\n")}
            assert set(data.split(b"\n")) <= either, f"{name} holds a line of neither before nor after"
            continue
        assert data in {scene.old.get(name), scene.new.get(name)}, f"{name} is neither old nor new: {data[:200]!r}"
    for name in scene.old.keys() & scene.new.keys():
        assert name in found, f"{name} is gone"


def assert_next_run_works(scene: Scene) -> None:
    """The command, run again after a kill, ends where an untouched run does, and leaves nothing stale."""
    complete = without_temporary(files_of(scene.project)) == scene.new
    done = scene.command.run(scene.project)
    expected = (scene.again_code, scene.again) if complete else (0, scene.new)
    assert (done.returncode, files_of(scene.project)) == expected, done.stderr


def pause(longest: float) -> float:
    """A random moment, in seconds."""
    return random.uniform(0, longest)


# -- strace -----------------------------------------------------------------------------------------------------------

_CALLS = (
    *("openat", "write", "pwrite64", "writev", "fsync", "fdatasync", "rename", "renameat", "renameat2"),
    *("link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "ftruncate", "fchmod"),
)


@dataclass(frozen=True)
class Step:
    """The n-th call of this name in the command's own process; children, such as git, are not counted or touched."""

    call: str
    n: int
    text: str

    def kill(self) -> tuple[str, ...]:
        """strace that kills the process at this step."""
        return (*_STRACE, "-e", f"inject={self.call}:signal=KILL:when={self.n}")

    def fail(self, error: str) -> tuple[str, ...]:
        """strace that lets this step fail, and all others go on."""
        return (*_STRACE, "-e", f"inject={self.call}:error={error}:when={self.n}")


_STRACE = ("strace", "-qq", "-o", os.devnull)


@cache
def strace_missing() -> str | None:
    """Why strace cannot be used here, None when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed: no call can be made to fail"
    tried = subprocess.run([*_STRACE, "true"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "strace may not trace here: no call can be made to fail"


def steps(scene: Scene) -> tuple[Step, ...]:
    """What an untouched run does on the disk and its output, in order; opening a file counts when it may make one."""
    log = scene.project.parent / "trace"
    trace = ("strace", "-qq", "-y", "-s", "0", "-o", str(log), "-e", "trace=" + ",".join(_CALLS))
    with scene.fresh() as project:
        done = scene.command.run(project, *trace)
    assert done.returncode == 0, done.stderr
    seen: dict[str, int] = {}
    found = []
    for line in log.read_text(errors="replace").splitlines():
        call = line.partition("(")[0]
        if call not in _CALLS:
            continue
        seen[call] = seen.get(call, 0) + 1
        if call != "openat" or "O_CREAT" in line:
            found.append(Step(call, seen[call], line))
    return tuple(found)


def on_project(scene: Scene, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that touch the project, not the screen or Python's own files."""
    return tuple(step for step in steps if str(scene.project) in step.text)


def sample(scene: Scene, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """At most `MOST` of them, evenly spread; a third as many of a command that is only sampled."""
    most = MOST // 3 if scene.command.sampled and KILLS <= 200 else MOST
    if len(steps) <= most:
        return steps
    return tuple(steps[i * len(steps) // most] for i in range(most))


def faults_at(scene: Scene, number: int, errors: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the errors the n-th step meets: all, or in turn where a command is only sampled."""
    if scene.command.sampled and KILLS <= 200:
        return (errors[number % len(errors)],)
    return errors
