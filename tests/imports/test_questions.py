"""The questionnaire's own questions, as whoever makes the form or shows it loads them."""

from __future__ import annotations

import subprocess
import sys


def test_the_questions_load_no_reader() -> None:
    """Making a form, or naming a question, loads nothing that reads exports: not the tools, not CSV, no workbooks."""
    script = "import sys, cop_launch.imports.questions; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    loaded = done.stdout.split()
    assert [name for name in loaded if name.startswith("cop_launch.imports.")] == ["cop_launch.imports.questions"]
    assert {"csv", "python_calamine"} & set(loaded) == set()
