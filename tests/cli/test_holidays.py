"""`plan holidays`: the public holidays land in the plan, once, and nothing else in it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import call

HEAD = "format: 1\nname: Round Table\nlanguage: en\n"
RUN = "  dry_run: {from: 2025-12-15, to: 2025-12-31}  # short\n"
ITEMS = "  items: none # yet\n"


def project(folder: Path, plan: str) -> Path:
    (folder / "coplaunch.yaml").write_text(f"{HEAD}plan:\n{plan}", "utf-8", newline="\n")
    return folder


def plan_of(folder: Path) -> list[str]:
    return (folder / "coplaunch.yaml").read_text("utf-8").split("plan:\n")[1].splitlines()


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ("", []),
        ("  holidays: {country: NL, dates: none}\n", []),
        ("  holidays: {x-why: asked HR}\n", ["    x-why: asked HR"]),
        ("  holidays:\n    country: NL # ours\n    dates: none\n", None),
    ],
)
def test_they_land_in_their_place(before: str, between: list[str] | None, tmp_path: Path) -> None:
    """Where nothing stood, in place of `none`, and beside what people wrote there themselves."""
    folder = project(tmp_path, RUN + before + ITEMS)
    answer = call("plan", "holidays", "--country", "NL", cwd=folder)
    assert (answer.code, answer.err) == (0, "")
    country = "    country: NL # ours" if between is None else "    country: NL"
    expected = [RUN.rstrip("\n"), "  holidays:", *(between or []), country, "    dates:"]
    lines = plan_of(folder)
    assert lines[: len(expected)] == expected
    assert "      - {date: 2025-12-25, name: Christmas Day}" in lines
    assert lines[-1] == ITEMS.rstrip("\n")
    assert call("check", cwd=folder).code == 0


def test_only_once(tmp_path: Path) -> None:
    """What stands there may have been corrected by hand, and is not written over."""
    folder = project(tmp_path, RUN + "  holidays: {country: NL, dates: [{date: 2025-12-25}]}\n")
    before = plan_of(folder)
    answer = call("plan", "holidays", "--json", cwd=folder)
    assert (answer.code, json.loads(answer.out)["code"]) == (1, "already-there")
    assert plan_of(folder) == before


@pytest.mark.parametrize(
    ("plan", "arguments", "code"),
    [
        (ITEMS, ["--country", "NL"], "no-dry-run"),
        (RUN, [], "country"),
        (RUN, ["--country", "XQ"], "country"),
    ],
)
def test_what_is_missing_is_said(plan: str, arguments: list[str], code: str, tmp_path: Path) -> None:
    """Without years or a country nothing is written."""
    folder = project(tmp_path, plan)
    answer = call("plan", "holidays", *arguments, "--json", cwd=folder)
    assert json.loads(answer.out)["code"] == code
    assert plan_of(folder) == plan.splitlines()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It shows the lines that would come."""
    folder = project(tmp_path, RUN)
    answer = call("plan", "holidays", "--country", "NL", "--dry-run", cwd=folder)
    assert answer.code == 0
    assert "+      - {date: 2025-12-26, name: Second Day of Christmas}\n" in answer.out
    assert plan_of(folder) == RUN.splitlines()
