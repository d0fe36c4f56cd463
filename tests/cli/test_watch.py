"""`--watch`, as a process beside an editor: the file is saved, its output is read, Ctrl-C ends it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from cop_launch.console.screen import Screen
from cop_launch.store.places import PLAN
from tests.cli.command import LINE, call, surroundings

PATIENCE = 60
"""Seconds to wait for an answer: a bound on a process that hangs, not a promise about its speed."""

WAITING = "Waiting for the next save; Ctrl-C ends it."
FINE = ["✓ nothing wrong in the file", "", "Next: coplaunch status", "", WAITING]
AGAIN = "-" * 40


class Watcher:
    """A watching process; what it prints, look by look."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: Queue[str | None] = Queue()
        Thread(target=self._read, daemon=True).start()

    def look(self) -> list[str]:
        """The lines up to where it waits for the next save."""
        lines: list[str] = []
        while not lines or lines[-1] != WAITING:
            line = self._lines.get(timeout=PATIENCE)
            assert line is not None, lines
            lines.append(line)
        return lines

    def look_until(self, wanted: list[str]) -> None:
        """Looks until one says this: what was saved in two steps may be seen in two."""
        seen = [self.look()]
        while seen[-1] != wanted:
            seen.append(self.look())

    def interrupt(self) -> tuple[int, list[str]]:
        """Ctrl-C; the exit code, and what was printed since the last look."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(PATIENCE)
        rest = []
        while (line := self._lines.get(timeout=PATIENCE)) is not None:
            rest.append(line)
        return code, rest

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)


@contextmanager
def watching(*arguments: str, cwd: Path) -> Iterator[Watcher]:
    process = subprocess.Popen(
        [*LINE, *arguments],
        cwd=cwd,
        env=surroundings({"COPLAUNCH_LANGUAGE": "en"}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        yield Watcher(process)
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small plan with nothing wrong in it."""
    (tmp_path / PLAN).write_text(plan(""), "utf-8", newline="\n")
    return tmp_path


def save(path: Path, written: str | bytes) -> None:
    """Saves a file in one step, as careful editors do: one change, so one look.

    A file that is emptied and then filled may be seen in between, and then there is a look more.
    """
    beside = path.with_name(f".{path.name}.swp")
    beside.write_bytes(written.encode() if isinstance(written, str) else written)
    beside.replace(path)


def plan(rest: str) -> str:
    return f"format: 1\nname: First steps\nlanguage: en\nphase: initiative\n{rest}"


WRONG = [
    "coplaunch.yaml:5:1: error unknown-key: 'peeple' is not a field of the project file",
    "    5 │ peeple:",
    "      │ ^^^^^^",
    "    → Did you mean 'people'?",
    "",
    "one error",
    "",
    "Next: coplaunch check",
    "",
    WAITING,
]


def test_what_is_found_follows_what_is_saved(project: Path) -> None:
    """Fine, wrong, fine again: each look under a line of its own, and the exit code of the last one."""
    with watching("check", "--watch", cwd=project) as watcher:
        assert watcher.look() == FINE
        save(project / PLAN, plan("peeple:\n"))
        assert watcher.look() == [AGAIN, *WRONG]
        save(project / PLAN, plan("people:\n"))
        assert watcher.look() == [AGAIN, *FINE]
        assert watcher.interrupt() == (0, [""])


def test_the_exit_code_is_that_of_the_last_look(project: Path) -> None:
    """Who stops while something is wrong is told so."""
    save(project / PLAN, plan("peeple:\n"))
    with watching("check", "--watch", cwd=project) as watcher:
        assert watcher.look() == WRONG
        assert watcher.interrupt() == (1, [""])


def test_the_file_may_be_saved_in_steps(project: Path) -> None:
    """As simple editors do: emptied, then filled. What is seen last is what stands there."""
    with watching("check", "--watch", cwd=project) as watcher:
        assert watcher.look() == FINE
        (project / PLAN).write_text(plan("peeple:\n"), "utf-8", newline="\n")
        watcher.look_until([AGAIN, *WRONG])


def test_the_file_may_be_away_for_a_while(project: Path) -> None:
    """Deleted, it is said and waited for; back, it is looked at as ever."""
    with watching("check", "--watch", cwd=project) as watcher:
        assert watcher.look() == FINE
        (project / PLAN).unlink()
        away = watcher.look()
        assert away[0] == AGAIN
        assert away[1].startswith("There is no file ")
        save(project / PLAN, plan("peeple:\n"))
        assert watcher.look() == [AGAIN, *WRONG]
        assert watcher.interrupt() == (1, [""])


def test_the_file_may_be_replaced_by_another(project: Path) -> None:
    """As careful editors save: a new file beside it, then renamed over it, even when its time and size are the same."""
    with watching("check", "--watch", cwd=project) as watcher:
        assert watcher.look() == FINE
        for text, wanted in ((plan("peeple:\n"), WRONG), (plan("people:\n"), FINE)):
            beside = project / ".coplaunch.yaml.swp"
            beside.write_text(text, "utf-8")
            os.utime(beside, (0, 0))
            beside.replace(project / PLAN)
            assert watcher.look() == [AGAIN, *wanted]
        assert watcher.interrupt() == (0, [""])


def test_what_cannot_be_read_is_said_and_waited_for(project: Path) -> None:
    """A file that is broken half-way through a save is one look among others."""
    with watching("check", "--watch", cwd=project) as watcher:
        assert watcher.look() == FINE
        save(project / PLAN, b"\xff\xfe\x00")
        assert watcher.look()[:2] == [
            AGAIN,
            "coplaunch.yaml:1:1: error not-utf8: This file is stored as UTF-16 or UTF-32 text, not as UTF-8",
        ]
        save(project / PLAN, plan("initiative: [\n"))
        assert watcher.look()[0] == AGAIN
        save(project / PLAN, plan(""))
        assert watcher.look() == [AGAIN, *FINE]
        assert watcher.interrupt() == (0, [""])


def test_the_evidence_is_watched_too(project: Path) -> None:
    """A file in evidence/, in a folder that was not there at the start."""
    with watching("check", "--watch", cwd=project) as watcher:
        assert watcher.look() == FINE
        (project / "evidence").mkdir()
        save(project / "evidence" / "march.yaml", "format: 1\nansered: 3\n")
        assert watcher.look()[1] == (
            "evidence/march.yaml:2:1: error unknown-key: 'ansered' is not a field of an evidence file"
        )
        assert watcher.interrupt() == (1, [""])


def test_the_documents_follow_what_is_saved(project: Path) -> None:
    """`render --watch` writes them again for each save, and does not take its own writing for one."""
    with watching("render", "--watch", cwd=project) as watcher:
        assert watcher.look()[-2:] == ["", WAITING]
        overview = project / "plans" / "overview.md"
        assert overview.read_text("utf-8").startswith("# First steps")
        time.sleep(3)  # longer than the watcher takes to look at the files by itself
        save(project / PLAN, plan("").replace("First", "Second"))
        assert watcher.look()[0] == AGAIN
        assert overview.read_text("utf-8").startswith("# Second steps")
        assert watcher.interrupt() == (0, [""])


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("check", "--json"), "--watch, --json"),
        (("check", "--format", "github"), "--watch, --format"),
        (("render", "--check", "--commit"), "--watch, --check, --commit"),
        (("render", "--dry-run"), "--watch, --dry-run"),
    ],
)
def test_what_is_done_once_is_not_watched(project: Path, arguments: tuple[str, ...], names: str) -> None:
    """Refused, with the names of the options that do not go together."""
    answer = call(*arguments, "--watch", cwd=project)
    assert answer.code == 2
    assert names in answer.out + answer.err


class _Window(io.StringIO):
    """A terminal's window, as far as output knows it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("terminal", "expected"), [("xterm", "\x1b[H\x1b[2J"), ("dumb", AGAIN + "\n")])
def test_a_window_is_cleared_and_what_was_scrolled_away_is_kept(
    terminal: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what is in sight goes; a terminal that cannot do that gets a line, as a pipe does."""
    monkeypatch.setenv("TERM", terminal)
    window = _Window()
    Screen(window).again()
    assert window.getvalue() == expected
