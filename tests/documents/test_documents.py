"""All documents of a project: they always come, in both languages, and say only what the project says."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import meta, nodes

from cop_launch.documents import render
from cop_launch.documents.rendering import SUFFIX, environment
from cop_launch.documents.report import go_no_go
from cop_launch.documents.templates import templates_folder
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, in_language
from cop_launch.model.decision import DecisionKind, Phase
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.workflow import Choice, assess, dossier_for, gate_of
from tests.documents import small
from tests.documents.markdown import faults, structure
from tests.documents.test_rendering import HOSTILE

TEMPLATES = templates_folder()
NAMES = sorted({path.name for language in LANGUAGES for path in (TEMPLATES / language).glob(f"*{SUFFIX}")})
EXAMPLE = Path(__file__).parents[2] / "examples" / "de-tweede-zin" / "coplaunch.yaml"


def _parsed(language: str, name: str) -> nodes.Template:
    return environment(in_language(language)).parse((TEMPLATES / language / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_the_same_in_every_language(name: str) -> None:
    """It exists in each, asks for the same values, and takes the same words from elsewhere."""
    asked = [meta.find_undeclared_variables(_parsed(language, name)) for language in LANGUAGES]
    assert asked[0] == asked[1]
    imported = [
        sorted(str(item) for found in _parsed(language, name).find_all(nodes.FromImport) for item in found.names)
        for language in LANGUAGES
    ]
    assert imported[0] == imported[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_of_words_is_complete(language: str) -> None:
    """What one language has a word for, the other has too."""
    here = environment(in_language(language)).get_template(f"words{SUFFIX}").make_module()
    there = environment(in_language("en")).get_template(f"words{SUFFIX}").make_module()
    lists = [{name: sorted(v) for name, v in vars(module).items() if isinstance(v, dict)} for module in (here, there)]
    assert lists[0] == lists[1]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_template_prints_spaces_that_get_lost(language: str, name: str) -> None:
    """A printed text is put on one line without spaces at its edges, so a template says its own spaces outside."""
    printed = _parsed(language, name).find_all(nodes.Output)
    texts = [const.value for output in printed for const in output.find_all(nodes.Const)]
    assert [text for text in texts if isinstance(text, str) and text != text.strip()] == []


def test_every_document_has_a_template_and_the_other_way_round() -> None:
    """Nothing is left over or forgotten; one for each person shares its template, and some words are shared by all.

    The closing letter is there only when a project was stopped.
    """
    pieces = {"words", "shares", "pictures", "rhythms"}
    templates = {name.removesuffix(SUFFIX) for name in NAMES} - pieces - {"closing-letter"}
    people = set(_example()["people"])
    documents = {Path(path).stem for path in pages(Dossier(validate(Project, _example())), "nl")}
    from_template = {name: [t for t in templates if name in {t, *(f"{t}-{p}" for p in people)}] for name in documents}
    assert [name for name, found in from_template.items() if len(found) != 1] == []
    assert {found[0] for found in from_template.values()} == templates


def pages(dossier: Dossier, language: str) -> dict[str, str]:
    """The documents that are Markdown, by their path; pictures and calendars are held to rules of their own."""
    made = render(dossier, in_language(language))
    return {path: text for path, text in made.items() if path.endswith(".md")}


EMPTY: list[Any] = [
    {},
    {"name": "De Leeskamer"},
    {"organisation": {}, "people": {}, "initiative": {}, "concept_test": {}, "core_group": {}, "strategy": {}},
    {"plan": {}, "launch": {}, "reviews": [{}], "waivers": [{}], "decisions": [{}], "thresholds": {"x": {}}},
    {"initiative": {"kill_criteria": {"k": {}}, "target_groups": {"g": {}}, "sponsor_in_sight": {}, "initiators": []}},
    {"core_group": {"members": {"x": {}}, "sponsor": {"person": "y"}}, "strategy": {"manager": {"person": "z"}}},
    {"decisions": [{"gate": "initiative", "decision": "go"}]},
    {"decisions": [{"gate": "initiative", "decision": "support_existing"}]},
    {"decisions": [{"gate": "initiative", "decision": "no_go"}, {"gate": "initiative", "decision": "back"}]},
    {"decisions": [{"gate": "launch", "decision": "go"}]},
    {"decisions": [{"gate": "launch", "decision": "go"}, {"gate": "review", "decision": "stop"}]},
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", EMPTY)
def test_an_almost_empty_project_has_every_document(written: Any, language: str) -> None:
    """What is not known is said plainly: no None, no hole, no empty heading."""
    for text in pages(Dossier(validate(Project, written)), language).values():
        assert faults(text) == []


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(leaf for key, item in items for leaf in _leaves(item, (*path, key)))] if path or items else []


def _example() -> Any:
    return yaml.load(EXAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@settings(max_examples=40)
@given(st.data())
def test_any_part_of_a_project_may_be_missing(data: st.DataObject) -> None:
    """Whatever people have not answered yet, every document comes, in both languages."""
    tree = _example()
    places = [path for path in _leaves(tree) if path]
    for path in data.draw(st.lists(st.sampled_from(places), max_size=60)):
        holder = tree
        for part in path[:-1]:
            holder = holder.get(part, {}) if isinstance(holder, dict) else {}
        if isinstance(holder, dict):
            holder.pop(path[-1], None)
    dossier = Dossier(validate(Project, tree))
    for language in LANGUAGES:
        for text in pages(dossier, language).values():
            assert faults(text) == []


FREE_TEXT = {
    "name",
    "role",
    "who",
    "not",
    "when",
    "why",
    "because",
    "mission",
    "hypothesis",
    "purpose",
    "text",
    "report",
}
"""Fields of the small launch in which people write what they like."""


def _overwritten(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {k: text if k in FREE_TEXT and isinstance(v, str) else _overwritten(v, text) for k, v in value.items()}
    return [_overwritten(item, text) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("written", [text for text in HOSTILE if "\ud800" not in text])
@pytest.mark.parametrize("state", ["nog-niet", "go", "gelanceerd"])
def test_hostile_text_adds_nothing_to_a_document(state: str, written: str) -> None:
    """Every free text of a project at once: no heading, link, row, tag or line more than with a plain word."""
    documents = []
    for text in (written, "woord"):
        dossier = Dossier(validate(Project, _overwritten(copy.deepcopy(small.tree("nl", state)), text)))
        gate = gate_of(dossier.project)
        here = dossier_for(dossier, gate)
        choice = Choice(DecisionKind.BACK, date(2025, 2, 25), ("karel",), text, Phase.INITIATIVE)
        report = go_no_go(here, assess(here, gate), in_language("nl"), choice)
        documents.append([*pages(dossier, "nl").values(), report])
    for hostile, plain in zip(*documents, strict=True):
        assert structure(hostile) == structure(plain)
        assert hostile.count("\n") == plain.count("\n")


def test_a_report_is_linked_only_inside_decisions() -> None:
    """A path that coplaunch would not have written is no link."""
    for written in (
        "../../etc/passwd",
        "javascript:alert(1)",
        "decisions/../x.md",
        "/decisions/x.md",
        "decisions/a b.md",
    ):
        decision = {"gate": "initiative", "decision": "go", "date": "2025-02-25", "report": written}
        text = render(Dossier(validate(Project, {"decisions": [decision]})), in_language("en"))["plans/overview.md"]
        assert "| 1. Initiative | go | 25 February 2025 | – |" in text
