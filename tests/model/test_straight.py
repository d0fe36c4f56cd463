"""Straight from a tree to a section, and by way of pydantic: where both read a plan, both read the same."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.fields import Section
from cop_launch.model.project import Project
from cop_launch.model.reading import read_project
from cop_launch.model.straight import read_straight
from cop_launch.model.validation import judge, validate
from cop_launch.store.source import read_source

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted([*EXAMPLES.glob("*/coplaunch.yaml"), *EXAMPLES.glob("*/evidence/*.yaml")])


def tree_of(path: Path) -> Any:
    """The tree of a file, as the reader finds it."""
    source, _ = read_source(path.read_bytes(), path.name)
    assert source is not None
    return source.tree


def section_of(path: Path) -> type[Section]:
    """What a file is read as."""
    return Project if path.name == "coplaunch.yaml" else EvidenceFile


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(EXAMPLES).as_posix())
def test_a_file_in_which_nothing_is_wrong_is_read_straight_as_pydantic_reads_it(path: Path) -> None:
    """Every example: the same section, and the same when it is dumped."""
    section, tree = section_of(path), tree_of(path)
    straight = read_straight(section, tree)
    assert straight is not None
    judged_so = judge(section).validate_python(tree)
    assert straight == judged_so
    assert repr(straight) == repr(judged_so)
    for mode in ("python", "json"):
        assert straight.model_dump(mode=mode, by_alias=True) == judged_so.model_dump(mode=mode, by_alias=True)


ODD: st.SearchStrategy[Any] = st.sampled_from([
    None, "", " ", "none", "None", "x", "yes", "no", "true", "0", "010", "-3", "7", "7.50", "7,50", "1e3",
    "0" * 13, "5" * 13, "2025-02-28", "2025-02-30", "28-02-2025", "09:30", "9.30", "25:00", "week", "monday",
    "Europe/Amsterdam", "Mars/Base", "a b", "é", "١٢", "٢٠٢٥-٠٢-٢٨",
    [], ["x"], ["x", None], [["x"]], [{}], {}, {"x": "y"}, {"x": None}, {"a b": "y"}, {"not_applicable": "so"},
    {"not_applicable": None}, {"not_applicable": "so", "x": "y"}, {"from": "2025-01-01"}, {"from_": "2025-01-01"},
    {"numerator": "1", "denominator": "2"}, {"evidence": "march"},
])  # fmt: skip


@given(st.data())
def test_what_is_odd_is_read_by_both_or_by_neither(data: st.DataObject) -> None:
    """A whole launch with something odd in some places: straight, it is what pydantic makes of it, or left to it."""
    tree = copy.deepcopy(_WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        _put(data, tree)
    straight = read_straight(Project, tree)
    try:
        made = judge(Project).validate_python(tree)
    except ValidationError:
        made = None
    assert straight == made
    assert repr(straight) == repr(made)


_WHOLE = tree_of(EXAMPLES / "de-tweede-zin" / "coplaunch.yaml")


def _put(data: st.DataObject, tree: Any) -> None:
    """Something odd at a place of this tree, perhaps under a key that is not known."""
    holder, places = tree, [*tree]
    while True:
        place = data.draw(st.sampled_from(places))
        inside = holder[place]
        if not isinstance(inside, dict | list) or not inside or data.draw(st.integers(0, 3)) == 0:
            break
        holder, places = inside, [*inside] if isinstance(inside, dict) else [*range(len(inside))]
    if isinstance(holder, dict) and data.draw(st.integers(0, 9)) == 0:
        place = data.draw(st.sampled_from(["x", "a b", "name", "from_", "«value»", "not_applicable"]))
    holder[place] = copy.deepcopy(data.draw(ODD))


def test_only_what_cannot_be_read_needs_pydantic() -> None:
    """What `x-` keys hold is nobody's business, and keeps nothing from being read straight."""
    tree = yaml.safe_load("{format: '1', name: A, x-note: [1, {}], people: {marloes: {name: Marloes, x-desk: 3}}}")
    project, findings = read_project(tree)
    assert project == validate(Project, {"format": "1", "name": "A", "people": {"marloes": {"name": "Marloes"}}})
    assert findings == ()


def test_a_section_never_changes() -> None:
    """A value is read; another one is made of it."""
    project = validate(Project, {"name": "A"})
    with pytest.raises(AttributeError):
        project.name = "B"
    assert (project.name, project.model_copy(update={"name": "B"}).name) == ("A", "B")
    assert copy.deepcopy(judge(Project).validate_python({"name": "A"})) == project
