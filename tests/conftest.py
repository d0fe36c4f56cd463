"""What holds for every test: one environment, no clock, and an honest account of what was skipped."""

from __future__ import annotations

import os
import signal
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says something about the machine, nothing about the promise. In CI the same examples come
# every time, so that a change fails for what it changed; at people's desks new ones keep coming.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Started in the background of a shell, the suite would hand on to every command that Ctrl-C is to be ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What a machine's settings could change: whose git, whose language, which colours, and the width of the lines.
_LEFT_OUT = (
    "CI",
    "COLUMNS",
    "COPLAUNCH_LANGUAGE",
    "FORCE_COLOR",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_MESSAGES",
    "LINES",
    "NO_COLOR",
    "PYTHONUNBUFFERED",
    "XDG_CONFIG_HOME",
)
_PUT_IN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "XDG_CACHE_HOME": tempfile.mkdtemp(prefix="coplaunch-tests-"),
}


@pytest.fixture(autouse=True)
def _same_environment_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in _LEFT_OUT or name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name, value in _PUT_IN.items():
        monkeypatch.setenv(name, value)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--skipped-to", type=Path, metavar="FILE", help="write the tests that could not run here, one a line"
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many checks could not run here, and for want of what."""
    skipped: list[pytest.TestReport | pytest.CollectReport] = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple))
    terminalreporter.write_sep("-", f"{len(skipped)} checks could not run here")
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count:5}  {reason.removeprefix('Skipped: ')}")
    if config.option.skipped_to:
        lines = (f"{report.nodeid}\n" for report in skipped)
        config.option.skipped_to.write_text("".join(sorted(lines)), encoding="utf-8")
