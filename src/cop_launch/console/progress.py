"""How far long work is, for whoever waits at a terminal; nothing in a pipe, nor for work that is done at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 0.15
"""Seconds before a bar appears: shorter work needs none."""


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while the work in this block goes on; call what it gives with how much was done."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    bar = _Bar(label, total)
    try:
        yield bar.advance
    finally:
        bar.close()


class _Bar:
    def __init__(self, label: str, total: int) -> None:
        self._label, self._total, self._done = label, total, 0
        self._since = time.monotonic()
        self._stop: Callable[[], None] = lambda: None
        self._step: Callable[[int], None] | None = None

    def advance(self, amount: int) -> None:
        """So much more was done."""
        self._done += amount
        if self._step is not None:
            self._step(amount)
        elif time.monotonic() - self._since > PATIENCE:
            self._show()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        shown = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeRemainingColumn(compact=True),
            console=Console(file=sys.stderr, highlight=False, markup=False),
            transient=True,
        )
        task = shown.add_task(self._label, total=max(1, self._total), completed=self._done)
        shown.start()
        self._stop = shown.stop
        self._step = lambda amount: shown.update(task, advance=amount)

    def close(self) -> None:
        """Takes the bar away."""
        self._stop()
