"""The command as people call it: in a pipe, in a terminal, and without either; in this process where that will do."""

from __future__ import annotations

import io
import os
import select
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

SOURCE = Path(__file__).parents[2] / "src"
EXAMPLE = Path(__file__).parents[2] / "examples" / "de-tweede-zin"
LINE = (sys.executable, "-m", "cop_launch")


@dataclass(frozen=True)
class Answer:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str = ""

    @property
    def last(self) -> str:
        """The last line that is not empty."""
        return [line for line in self.out.splitlines() if line][-1]


def run(*arguments: str | Path, cwd: Path, stdin: str | None = None, **environment: str) -> Answer:
    """In a process of its own, its output in a pipe. What the environment sets to nothing is not in it."""
    done = subprocess.run(
        [*LINE, *map(str, arguments)],
        cwd=cwd,
        env=surroundings(environment),
        input=stdin.encode() if stdin is not None else None,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def call(*arguments: str | Path, cwd: Path, terminal: bool = False) -> Answer:
    """The same through the same entry, in this process; `terminal`: what is written to says that it is one."""
    out, err = (_Terminal(), _Terminal()) if terminal else (io.StringIO(), io.StringIO())
    before = Path.cwd()
    with ExitStack() as stack:
        stack.callback(os.chdir, before)
        os.chdir(cwd)
        stack.enter_context(patch.object(sys, "argv", ["coplaunch", *map(str, arguments)]))
        stack.enter_context(patch.object(sys, "stdin", io.StringIO()))
        stack.enter_context(patch.object(sys, "stdout", out))
        stack.enter_context(patch.object(sys, "stderr", err))
        from cop_launch.cli import run as entry

        code = entry()
    return Answer(code, out.getvalue(), err.getvalue())


def in_terminal(
    *arguments: str | Path, cwd: Path, columns: int = 80, typed: Sequence[str] = (), **environment: str
) -> Answer:
    """In a real terminal of so many columns; `typed` are the lines of a person, each after a question."""
    import fcntl
    import pty
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [*LINE, *map(str, arguments)],
        cwd=cwd,
        env=surroundings({"TERM": "xterm-256color", **environment}),
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    said = b""
    lines = list(typed)
    while select.select([leader], [], [], 30)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        said += piece
        if lines and said.rstrip(b" ").endswith(b":") and not said.endswith(b"\n"):
            os.write(leader, lines.pop(0).encode() + b"\n")
    else:
        process.kill()  # it asks what nobody answers
    code = process.wait()
    os.close(leader)
    return Answer(code, said.decode("utf-8").replace("\r\n", "\n"))


def surroundings(changes: Mapping[str, str]) -> dict[str, str]:
    """An environment that says nothing of its own; what is changed to nothing is left out."""
    kept = {name: value for name, value in os.environ.items() if name not in {"TERM", "PYTHONIOENCODING", "SHELL"}}
    whole = {**kept, "PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8", **changes}
    return {name: value for name, value in whole.items() if value}


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file and folder with its bytes and the moment of its last change."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if ".git" not in path.relative_to(folder).parts
    }


def a_plan() -> str:
    """A whole plan with comments everywhere, before its first decision; the evidence carries a go."""
    text = (EXAMPLE / "coplaunch.yaml").read_text("utf-8")
    text = text[: text.index("\ndecisions:")] + "\n"
    text = text.replace("phase: launched\n", "phase: initiative  # coplaunch houdt dit bij\n")
    return text + "\n# -- tot hier --\n# Onderaan mag ook iets staan.\n"


def a_project(folder: Path) -> Path:
    """A folder with that plan and the evidence that it names."""
    (folder / "evidence").mkdir(parents=True)
    for path in EXAMPLE.glob("evidence/*.yaml"):
        (folder / "evidence" / path.name).write_bytes(path.read_bytes())
    (folder / "coplaunch.yaml").write_bytes(a_plan().encode())
    return folder


DECISION = ("--by", "annelies", "--because", "de behoefte is er", "--date", "2025-02-25")
SMALL = """\
format: 1
name: Round Table
language: en
phase: initiative
organisation: {name: Acme}
people: {anna: {role: lead}}
initiative:
  interviews: {held: 12, want_to_contribute: {active: 1, maybe: 2, declined: 9}}
  kill_criteria: {empty-room: {when: fewer than four people come twice}}
"""


def a_small_project(folder: Path, text: str = SMALL) -> Path:
    """A folder with a short plan in English."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "coplaunch.yaml").write_bytes(text.encode())
    return folder
