"""Chromium, as `browser.mjs` drives it: one process, asked one question after another."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from docs.make_page_picture import browser
from tests.documents.with_node import needs_node

HERE = Path(__file__).parent


@contextmanager
def running() -> Iterator[Browser]:
    """A browser; the test is skipped where there is none."""
    node = needs_node("puppeteer-core", "axe-core", "@marp-team/marp-core")
    chromium = browser()
    if chromium is None:
        pytest.skip("no Chromium: install it, or name it in CHROMIUM")
    process = subprocess.Popen(
        [node, HERE / "browser.mjs", chromium], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        yield Browser(process)
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.wait(60)
        process.stdout.close()


class Browser:
    """Questions and their answers; what is asked stands in `browser.mjs`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, question: str, **given: Any) -> Any:
        """The answer to one question."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": question, **given}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the browser is gone"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["answer"]
