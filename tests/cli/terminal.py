"""A real terminal with a person at it: reads what is said, types, interrupts, or is closed."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tests.cli.command import LINE, surroundings

PROMPT = re.compile(r"(?:^|\n)> $")
_STEERS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x07|\r")


class Terminal:
    """`coplaunch` with these arguments in a pseudo-terminal that is its own.

    The shell opens the terminal by its name, as the first of a new session: that makes it the one from which an
    interrupt comes, and whose closing is noticed.
    """

    def __init__(self, *arguments: str, cwd: Path, **environment: str) -> None:
        self._leader, follower = pty.openpty()
        start = 'exec "$@" <"$0" >"$0" 2>"$0"'
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", start, os.ttyname(follower), *LINE, *arguments],
            cwd=cwd,
            env=surroundings({"TERM": "xterm-256color", "COLUMNS": "80", **environment}),
            start_new_session=True,
        )
        # The follower stays open here until something came through: else the leader could end before the shell opens.
        self._follower: int | None = follower
        self._bytes = b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill() if self.process.poll() is None else None
        self.process.wait()
        self.close()

    @property
    def said(self) -> str:
        """All that was said so far, as text without colours."""
        return _STEERS.sub("", self._bytes.decode("utf-8", "replace"))

    def until_asked(self, seconds: float = 60) -> str | None:
        """What is said up to the next prompt; None when the program ended instead."""
        start = len(self._bytes)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            new = _STEERS.sub("", self._bytes[start:].decode("utf-8", "replace"))
            if PROMPT.search(new):
                return new
            if not self._more():
                return None
        raise AssertionError(f"no question within {seconds} s:\n{self.said[-2000:]}")

    def type(self, line: str, enter: bool = True) -> None:
        """Types a line, and Enter after it."""
        os.write(self._leader, line.encode() + (b"\n" if enter else b""))

    def begin(self, text: str) -> None:
        """Types the beginning of a line, and sees it appear: whoever interrupts has seen what is interrupted."""
        self.type(text, enter=False)
        deadline = time.monotonic() + 30
        while not self.said.endswith(f"> {text}"):
            assert time.monotonic() < deadline, f"{text!r} did not appear:\n{self.said[-500:]}"
            self._more()

    def interrupt(self) -> None:
        """Ctrl-C, once more when nothing happens: between two keys a line editor may not notice the first."""
        before = len(self._bytes)
        for _ in range(30):
            os.write(self._leader, b"\x03")
            for _ in range(5):
                if not self._more() or len(self._bytes) > before + 4:
                    return
        raise AssertionError(f"an interrupt has no effect:\n{self.said[-500:]}")

    def end_of_input(self) -> None:
        """Ctrl-D on an empty line."""
        os.write(self._leader, b"\x04")

    def kill(self) -> None:
        """The process is gone at once."""
        self.process.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """The window is closed."""
        for descriptor in (self._follower, self._leader):
            if descriptor is not None and descriptor >= 0:
                os.close(descriptor)
        self._follower, self._leader = None, -1

    def ended(self, seconds: float = 30) -> int:
        """The exit code, once all that is still said was read."""
        deadline = time.monotonic() + seconds
        while self._leader >= 0 and self._more():
            assert time.monotonic() < deadline, f"it does not end:\n{self.said[-500:]}"
        return self.process.wait(timeout=seconds)

    def _more(self) -> bool:
        """Reads on; whether more may come."""
        ready, _, _ = select.select([self._leader], [], [], 0.2)
        if not ready:
            return self.process.poll() is None
        try:
            piece = os.read(self._leader, 65536)
        except OSError:  # the other end was closed
            return False
        if self._follower is not None and piece:
            os.close(self._follower)
            self._follower = None
        self._bytes += piece
        return bool(piece)


def converse(terminal: Terminal, rules: Mapping[str, Sequence[str]], at_most: int = 400) -> int:
    """Answers each question by the rule whose text was said last before the prompt; passes over what has no rule."""
    waiting = {text: list(answers) for text, answers in rules.items()}
    answers: list[str] = []
    for _ in range(at_most):
        said = terminal.until_asked()
        if said is None:
            return terminal.ended()
        flat = " ".join(said.split())
        found = [(flat.rfind(text), len(text), text) for text in waiting if text in flat]
        if "→" not in said:  # an answer that was not understood is asked for once more
            answers = waiting[max(found)[2]] if found else []
        terminal.type(answers.pop(0) if answers else "")
    raise AssertionError(f"still asking after {at_most} questions:\n{terminal.said[-2000:]}")
