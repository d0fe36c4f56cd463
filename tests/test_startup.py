"""What a command loads before it answers. Start-up time is a promise, and this is its guard without a clock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "de-tweede-zin"

TABLES = {"polars", "duckdb", "pandas", "numpy", "pyarrow", "python_calamine", "openpyxl"}
"""Engines that read large tables; only an import of answers or activity may need one."""

# Runs the command as its script would, keeps what it says to itself, and prints its exit code and what was loaded.
_LOADED = """
import sys
from cop_launch.__main__ import main

class Quiet:
    encoding = "utf-8"
    def write(self, text): return len(text)
    def flush(self): pass
    def isatty(self): return False

aloud, sys.stdout = sys.stdout, Quiet()
sys.argv[0] = "coplaunch"
try:
    code = main()
except SystemExit as end:
    code = end.code
print(code or 0, *sorted({name.partition(".")[0] for name in sys.modules}), file=aloud)
"""


def _loaded(*arguments: str, folder: Path) -> set[str]:
    """The packages that a command has loaded by the time it ends; the command must end well."""
    command = [sys.executable, "-c", _LOADED, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    code, *packages = done.stdout.split()
    assert code == "0", done.stderr
    return set(packages)


def test_version_loads_nothing_but_python() -> None:
    """`--version` needs no package at all."""
    heavy = {"typer", "rich", "pydantic", "yaml", "jinja2", "csv", "dataclasses", "gettext"}
    assert _loaded("--version", folder=ROOT) & heavy == set()


def test_help_loads_no_model_and_no_templates() -> None:
    """`--help` lists the commands without what the commands work with."""
    heavy = {"pydantic", "yaml", "jinja2", "dateutil", "holidays", "csv"} | TABLES
    assert _loaded("--help", folder=ROOT) & heavy == set()


@pytest.mark.parametrize("command", ["status", "check"])
def test_looking_at_a_project_renders_nothing(command: str) -> None:
    """`status` and `check` on a whole project load the model, never the templates or an engine for tables."""
    loaded = _loaded(command, folder=EXAMPLE)
    assert loaded & ({"jinja2", "markupsafe"} | TABLES) == set()
    assert loaded >= {"yaml", "pydantic"}
