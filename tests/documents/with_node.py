"""Programs that `make node` installs: each reads JSON on stdin and answers with JSON; skipped where it is not there."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MODULES = HERE.parent / "node_modules"


def needs_node(*packages: str) -> str:
    """Where node is; the test is skipped when it is not there, or one of the packages is not."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node")
    for package in packages:
        if not (MODULES / package).exists():
            pytest.skip(f"no {package}: `make node` installs it")
    return node


def ask(program: str, question: Any, *packages: str) -> Any:
    """What one of the programs in this folder answers."""
    done = subprocess.run(
        [needs_node(*packages), HERE / program],
        input=json.dumps(question),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)
