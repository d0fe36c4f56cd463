"""The schema for editors agrees with the reader: an independent validator accepts and refuses what it does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cop_launch.locales import LANGUAGES, in_language
from cop_launch.model.project import Project
from cop_launch.model.schema import DIALECT, json_schema
from cop_launch.model.structure import fields
from tests.model.reader import FIRST, read

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/coplaunch.yaml"))


class _Core(yaml.SafeLoader):
    """Plain values as YAML 1.2's core schema has them, and so the readers in editors: no dates, no sixties, no octals
    without an `o`, and `no` is a text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 PyYAML's own name


_RULES = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}
for _name, _rule in _RULES.items():
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(f"^(?:{_rule})$"), None)


def _whole(loader: Any, node: Any) -> int:
    written = loader.construct_scalar(node)
    return int(written, {"0o": 8, "0x": 16}.get(written[:2], 10))


def _number(loader: Any, node: Any) -> float:
    return float(loader.construct_scalar(node))


_Core.add_constructor("tag:yaml.org,2002:int", _whole)
_Core.add_constructor("tag:yaml.org,2002:float", _number)


def as_an_editor_reads(text: str) -> Any:
    """What another program sees in a plan."""
    return yaml.load(text, Loader=_Core)


@cache
def validator(language: str) -> Draft202012Validator:
    return Draft202012Validator(json_schema(in_language(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_schema(language: str) -> None:
    """Valid itself, in the dialect that it names."""
    schema = json_schema(in_language(language))
    assert schema["$schema"] == DIALECT
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_it_accepts_the_examples(language: str, example: Path) -> None:
    """Whole projects, in both languages' schemas: not one finding."""
    plan = as_an_editor_reads(example.read_text("utf-8"))
    assert [error.message for error in validator(language).iter_errors(plan)] == []


SAME = {
    "the user's own keys": "x-note: {any: [thing]}\npeople: {anna: {x-birthday: 30-02}}",
    "a text that looks like something else": "name: no",
    "a number for a text": "name: 1.10",
    "a boolean for a text": "name: true",
    "nothing": "name: ~\npeople:\nplan:",
    "none for a list": "initiative: {networks: none, champions: none}\nreviews: none",
    "none for a mapping": "people: none",
    "one text for a list": "initiative: {networks: the lunch table}",
    "one day for a list": "core_group: {met: 2025-05-22}",
    "one choice for a list": "core_group: {sponsor: {gives: money}, agreements: {house_rules: {with: core_group}}}",
    "numbers in a list of texts": "initiative: {networks: [1, true, x]}",
    "a figure by its file": "concept_test: {tests: [{recognises: march}]}",
    "a figure by hand": "concept_test: {tests: [{recognises: {numerator: 1, denominator: 2}}]}",
    "what does not apply": "concept_test: {boundaries: {not_applicable: one team}}",
    "a time": "plan: {items: {talk: {at: 12:30}}}",
    "a decimal": "people: {anna: {hours_per_week: 1.5}}",
    "a threshold": "thresholds: {willing-share: {value: 25%, why: small}, reachable-enough: {value: 12, why: x}}",
}

REFUSED = {
    "an unknown key": "nope: 1",
    "an unknown key further in": "initiative: {champions: [{persn: anna}]}",
    "an unknown key beside not_applicable": "concept_test: {boundaries: {not_applicable: x, why: y}}",
    "fields where none belong": "concept_test: {boundaries: {why: x}}",
    "Python's word for a key": "initiative: {interviews: {period: {from_: 2025-01-20}}}",
    "an unknown phase": "phase: stratgey",
    "an unknown language": "language: fr",
    "an unknown weekday": "plan: {dry_run: {working_days: [mon]}}",
    "an unknown outcome": "decisions: [{outcomes: {need-evidenced: yes}}]",
    "an unknown party": "core_group: {agreements: {house_rules: {with: nobody}}}",
    "none for a choice": "concept_test: {type: none}",
    "a word for a number": "organisation: {size: many}",
    "a negative count": "organisation: {size: -1}",
    "half a person": "organisation: {size: 1.5}",
    "sixties": "organisation: {size: 12:30}",
    "a decimal comma": "people: {anna: {hours_per_week: '1,5'}}",
    "yes for true": "organisation: {regulated: yes}",
    "one for true": "organisation: {regulated: 1}",
    "a Dutch date": "initiative: {idea: {date: 25-02-2025}}",
    "a word for a date": "core_group: {met: [on]}",
    "a text for a section": "organisation: Acme",
    "a list for a section": "organisation: [Acme]",
    "a list for a mapping": "people: [anna]",
    "a text for a mapping": "people: anna",
    "nothing for an entry": "people: {anna: }",
    "a text for an entry": "people: {anna: none}",
    "a mapping for a list": "reviews: {first: {date: 2025-01-01}}",
    "a text for a list of fields": "initiative: {champions: anna}",
    "a number for an item": "initiative: {champions: [3]}",
    "a list in a list": "initiative: {networks: [[a]]}",
    "a mapping for a list of texts": "initiative: {networks: {a: b}}",
    "a list for a text": "name: [a]",
    "fields for a text": "name: {a: b}",
    "a list for a figure": "concept_test: {tests: [{recognises: [a]}]}",
}

ONLY_THE_READER = {
    "a leading zero, which other readers drop": "organisation: {size: 010}",
    "a day that there is not": "initiative: {idea: {date: 2026-02-30}}",
    "an hour that there is not": "plan: {items: {talk: {at: 25:30}}}",
    "a text of blanks": "name: '  '",
    "a short name with a blank": "people: {an na: {role: x}}",
}
"""What a schema cannot say, or what is no longer there once another program has read the file."""


def _codes(text: str) -> set[str]:
    """What the reader finds in the shape of the file; what the parts say of each other is beyond any schema."""
    _, findings = read(FIRST + text)
    return {finding.code for finding in findings} - {"dangling-reference", "phase-disagrees", "no-consent"}


def _accepted(text: str) -> bool:
    plan = as_an_editor_reads(FIRST + text)
    answers = {validator(language).is_valid(plan) for language in LANGUAGES}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_it_accepts_what_the_reader_accepts(text: str) -> None:
    """Every way in which an answer may be written."""
    assert (_codes(text), _accepted(text)) == (set(), True)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_it_refuses_what_the_reader_refuses(text: str) -> None:
    """Whatever has the wrong shape is underlined before `coplaunch check` is run."""
    assert _codes(text) != set()
    assert not _accepted(text)


@pytest.mark.parametrize("text", ONLY_THE_READER.values(), ids=ONLY_THE_READER)
def test_what_only_the_reader_can_tell(text: str) -> None:
    """The schema is a help while typing; `coplaunch check` has the last word."""
    assert _codes(text) != set()
    assert _accepted(text)


def test_another_format_is_refused() -> None:
    """A file in a later format is not taken for this one."""
    assert validator("en").is_valid({"format": 1})
    assert not validator("en").is_valid({"format": 2})
    assert not validator("en").is_valid({"format": "one"})
    assert not validator("en").is_valid([])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_tells_its_question(language: str) -> None:
    """What an editor shows beside a key is the field's title and question, in the project's language."""
    said = in_language(language)
    shown: set[tuple[str, str]] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("title"), str) and "description" in node:
                shown.add((node["title"], node["description"]))
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(json_schema(said))
    for field in fields(Project):
        title, question = said.say(field.title), said.say(field.question)
        assert any(shown_title == title and text.startswith(question) for shown_title, text in shown), field.name
