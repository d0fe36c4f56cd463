"""The page is valid HTML, by two validators that know nothing of each other."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from cop_launch.locales import LANGUAGES
from tests.documents import pages
from tests.documents.everything import EXAMPLES, page_of
from tests.documents.with_node import MODULES, ask

VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def by_html_validate(texts: Mapping[str, str]) -> list[str]:
    """What html-validate has against these pages: `name:line rule what`."""
    found: list[str] = ask("validate_html.mjs", texts, "html-validate")
    return found


def by_nu(texts: Mapping[str, str], folder: Path) -> list[str]:
    """The same by the Nu checker, which the W3C runs; it reads the styles too.

    Some of CSS it does not know yet: of `::details-content` and `selector()` it gets others in their place, and what it
    says of `paint-order` is left out.
    """
    java = shutil.which("java")
    if java is None:
        pytest.skip("no java")
    if not VNU.is_file():
        pytest.skip("no vnu-jar: `make node` installs it")
    for name, text in texts.items():
        known = text.replace("selector(details::details-content)", "(display: block)")
        (folder / name).write_text(known.replace("::details-content", "::after"), "utf-8")
    command: list[str | Path] = [
        java,
        "-Xss8m",
        "-jar",
        VNU,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        folder,
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [
        f"{Path(one['url']).name}:{one['lastLine']} {one['type']} {one['message']}"
        for one in json.loads(done.stdout)["messages"]
        if "Property “paint-order” doesn't exist" not in one["message"]
    ]


def _pages() -> dict[str, str]:
    return {f"{name}.{language}.html": page_of(name, language) for name in EXAMPLES for language in LANGUAGES}


BROKEN = {
    "no-language.html": pages.NO_LANGUAGE,
    "not-nested.html": pages.NOT_NESTED,
    "same-id-twice.html": pages.SAME_ID_TWICE,
    "unknown-property.html": pages.UNKNOWN_PROPERTY,
}


def _in_short(lines: list[str]) -> set[str]:
    return {" ".join(line.split()[:2]) for line in lines}


def test_html_validate_finds_a_fault() -> None:
    """And nothing in a page that has none."""
    assert _in_short(by_html_validate({"good.html": pages.GOOD, **BROKEN})) == {
        "no-language.html:2 element-required-attributes",
        "not-nested.html:25 no-implicit-close",
        "not-nested.html:25 close-order",
        "same-id-twice.html:25 no-dup-id",
    }


def test_nu_finds_a_fault(tmp_path: Path) -> None:
    """And nothing in a page that has none."""
    assert _in_short(by_nu({"good.html": pages.GOOD, **BROKEN}, tmp_path)) == {
        "no-language.html:2 info",
        "not-nested.html:25 error",
        "same-id-twice.html:24 info",
        "same-id-twice.html:25 error",
        "unknown-property.html:10 error",
    }


def test_html_validate_finds_nothing_in_the_page() -> None:
    """Of every example, in both languages."""
    assert by_html_validate(_pages()) == []


def test_nu_finds_nothing_in_the_page(tmp_path: Path) -> None:
    """Of every example, in both languages: no error, and no warning either."""
    assert by_nu(_pages(), tmp_path) == []
