"""Every Markdown file, rendered or written here, is Markdown that any reader takes in the same way."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from cop_launch.locales import LANGUAGES, in_language
from cop_launch.store.starter import readme
from tests.documents.everything import ROOT, rendered
from tests.documents.with_node import ask

CONFIG = ROOT / "tests" / "markdownlint.jsonc"


def faults(texts: Mapping[str, str]) -> list[str]:
    """What markdownlint has against these texts, by their names: `name:line rule what`."""
    found: list[str] = ask("lint_markdown.mjs", {"config": str(CONFIG), "texts": texts}, "markdownlint")
    return found


def _written() -> dict[str, str]:
    """The Markdown files of the repository, and those that a command wrote into an example."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.md"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    paths = [Path(name) for name in listing.stdout.split("\0") if name and not _rendered(Path(name))]
    return {path.as_posix(): (ROOT / path).read_text("utf-8") for path in paths if (ROOT / path).is_file()}


def _rendered(path: Path) -> bool:
    """Other tests hold these to be what is rendered, and that is looked at by itself."""
    return path.parts[:2] == ("tests", "golden") or "plans" in path.parts


def test_a_fault_is_found() -> None:
    """Were the rules not read, or the texts not looked at, everything would be fine."""
    broken = "# Title\n## No empty line before\n\nA line\n* a star\n\n\n\n_under_ [nowhere](#not-there)\n"
    assert [line.split(" ")[:2] for line in faults({"broken.md": broken, "fine.md": "# Title\n\nText.\n"})] == [
        ["broken.md:1", "MD022"],
        ["broken.md:2", "MD022"],
        ["broken.md:5", "MD004"],
        ["broken.md:5", "MD032"],
        ["broken.md:7", "MD012"],
        ["broken.md:8", "MD012"],
        ["broken.md:9", "MD049"],
        ["broken.md:9", "MD049"],
        ["broken.md:9", "MD051"],
    ]


def test_whatever_is_rendered_is_clean() -> None:
    """Every document of each example in both languages, of a launch at each of its moments, and of an empty project."""
    assert faults(rendered(".md")) == []


def test_a_new_projects_readme_is_clean() -> None:
    """The README that `init` writes."""
    texts = {f"README.{code}.md": readme("De Leeskamer", in_language(code)) for code in LANGUAGES}
    assert faults(texts) == []


def test_whatever_is_written_here_is_clean() -> None:
    """README, docs, and the examples with the reports of their decisions."""
    written = _written()
    report = "examples/buurtdata/decisions/2025-01-21-concept-test-no-go.md"
    assert {"README.md", "CONTRIBUTING.md", report} <= {*written}
    assert faults(written) == []
