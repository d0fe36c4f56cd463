"""What an editor makes of the schema: a YAML language server at work on a plan, as it is in people's editors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from cop_launch.locales import LANGUAGES, Language, in_language, msg
from cop_launch.model.project import Project
from cop_launch.model.schema import json_schema, schema_text
from cop_launch.model.structure import FieldDoc, fields
from cop_launch.store.changes import SCHEMA
from cop_launch.store.places import PLAN
from cop_launch.store.starter import SCHEMA_LINE, starter
from tests.model.language_server import LanguageServer, running

pytestmark = pytest.mark.xdist_group("editor")  # one server, started once

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob(f"*/{PLAN}"))


@dataclass
class Editor:
    """An editor in which plans in one language are opened, the cursor where `^` stands in the text."""

    server: LanguageServer
    folder: Path
    opened: int = 0

    def open(self, text: str) -> Path:
        """Opens a plan under a name of its own; the schema is found by its first line."""
        self.opened += 1
        file = self.folder / f"{self.opened}.yaml"
        self.server.open(file, text)
        return file

    def underlined(self, text: str) -> list[tuple[str, str]]:
        """The words with a squiggle and what is said of them."""
        full, _, _ = _placed(text)
        return [(_words(full, one["range"]), one["message"]) for one in self.server.found_in(self.open(full))]

    def offered(self, text: str) -> list[dict[str, Any]]:
        """What can be completed at the cursor."""
        full, line, character = _placed(text)
        return self.server.completions(self.open(full), line, character)

    def hovered(self, text: str) -> str:
        """The text beside the word under the cursor, without the link to the schema."""
        full, line, character = _placed(text)
        return self.server.hover(self.open(full), line, character).partition("\n\nSource: ")[0]


def _placed(text: str) -> tuple[str, int, int]:
    before, _, after = f"{SCHEMA_LINE}\nformat: 1\n{dedent(text).lstrip()}".partition("^")
    return before + after, before.count("\n"), len(before) - before.rfind("\n") - 1


def _words(text: str, place: dict[str, dict[str, int]]) -> str:
    start, end = place["start"], place["end"]
    rows = text.split("\n")[start["line"] : end["line"] + 1]
    return rows[0][start["character"] : end["character"] if len(rows) == 1 else None]


@pytest.fixture(scope="module")
def editors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Editor]]:
    """One server, and a folder with the schema of each language."""
    folder = tmp_path_factory.mktemp("editor")
    for language in LANGUAGES:
        (folder / language).mkdir()
        (folder / language / SCHEMA).write_text(schema_text(json_schema(in_language(language))), "utf-8", newline="\n")
    with running(folder) as server:
        yield {language: Editor(server, folder / language) for language in LANGUAGES}


@pytest.fixture
def dutch(editors: dict[str, Editor]) -> Editor:
    """The project's language is Dutch."""
    return editors["nl"]


NEED = """
    initiative:
      needs:
        explain-no:
          {}
"""


def test_the_fields_of_a_nested_section_are_offered(dutch: Editor) -> None:
    """Inside a need: its four fields and nothing else, each with its question, ready to be answered."""
    offered = dutch.offered(NEED.format("^"))
    assert [(item["label"], item["insertText"]) for item in offered] == [
        ("need", "need: "),
        ("heard_from", "heard_from: "),
        ("places", "places:\n  - "),
        ("quotes", "quotes:\n  - "),
    ]
    assert offered[1]["documentation"] == (
        "Van hoeveel mensen hoorde je dit, de initiatiefnemers niet meegeteld? Bijvoorbeeld: 9"
    )


def test_what_is_answered_is_not_offered_again(dutch: Editor) -> None:
    """In a list entry that has one field, the others."""
    offered = dutch.offered("""
        initiative:
          champions:
            - person: joost
              ^
    """)
    assert [item["label"] for item in offered] == ["from_target_group", "already_does"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phase: ^", ["initiative", "concept_test", "core_group", "strategy", "plan", "launch", "launched"]),
        ("concept_test:\n  type: ^", ["helping", "best_practice", "knowledge_stewarding", "innovation"]),
        ("initiative:\n  champions:\n    - from_target_group: ^", ["true", "false"]),
        ("initiative:\n  networks: ^", ["none"]),
        ("initiative:\n  idea:\n    text: ^", []),
        ("initiative:\n  idea:\n    date: ^", []),
        ("organisation:\n  size: ^", []),
    ],
    ids=["choice", "nested choice", "true or false", "a list that may be none", "text", "date", "number"],
)
def test_the_answers_that_can_be_told_are_offered(dutch: Editor, text: str, expected: list[str]) -> None:
    """Choices, `true` and `false`, `none`: never `null`, and nothing where only people know what to write."""
    assert [item["label"] for item in dutch.offered(text)] == expected


def test_an_entry_of_ones_own_is_offered_by_what_to_write(dutch: Editor) -> None:
    """Where entries have names of their own, that is what is asked for."""
    offered = dutch.offered("initiative:\n  needs:\n    ^\n")
    assert [(item["label"], item["insertText"]) for item in offered] == [("korte-naam", "${1:korte-naam}: ")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            NEED.format("heard_^from: 9"),
            "#### Gehoord van\n\nVan hoeveel mensen hoorde je dit, de initiatiefnemers niet meegeteld? Bijvoorbeeld: 9",
        ),
        (
            NEED.format("heard_^from:"),
            "#### Gehoord van\n\nVan hoeveel mensen hoorde je dit, de initiatiefnemers niet meegeteld? Bijvoorbeeld: 9",
        ),
        (
            NEED.format("heard_^from: negen"),
            "#### Gehoord van\n\nVan hoeveel mensen hoorde je dit, de initiatiefnemers niet meegeteld? Bijvoorbeeld: 9",
        ),
        (
            "concept_test:\n  ty^pe: innovation",
            "#### Type\n\nWelk type community past? Bijvoorbeeld: helping\n\nAllowed Values:\n\n"
            "* `innovation`\n* `helping`\n* `best_practice`\n* `knowledge_stewarding`",
        ),
        ("init^iative:\n  idea:\n    text: x", "#### Initiatief\n\nFase 1: is er behoefte aan?"),
        (
            "initiative:\n  net^works: none",
            "#### Informele netwerken\n\nWie weten elkaar nu al te vinden, zonder platform? "
            r"Bijvoorbeeld: \[de lunchtafel van Joost, de briefschrijvers\]",
        ),
    ],
    ids=["nested", "not answered yet", "answered wrongly", "choice", "section", "none"],
)
def test_a_question_is_shown_beside_its_field(dutch: Editor, text: str, expected: str) -> None:
    """Title, question and example in the project's language, once."""
    assert dutch.hovered(text) == expected


def test_a_question_is_asked_in_the_projects_language(editors: dict[str, Editor]) -> None:
    """The same field in an English project."""
    assert editors["en"].hovered(NEED.format("heard_^from: 9")) == (
        "#### Heard from\n\nFrom how many people did you hear it, not counting the initiators? For example: 9"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NEED.format("heard_frm: 9"), ("heard_frm", "Property heard_frm is not allowed.")),
        (NEED.format("heard_from: negen"), ("negen", "Schrijf alleen cijfers, zonder nul vooraan: 14.")),
        (
            "concept_test:\n  type: club",
            ("club", "Kies uit helping, best_practice, knowledge_stewarding, innovation."),
        ),
        (
            "initiative:\n  idea:\n    date: 25-02-2025",
            ("25-02-2025", "Schrijf jaar, maand en dag: 2025-02-25."),
        ),
        ("organisation:\n  regulated: ja", ("ja", "Schrijf true of false.")),
        ("people:\n  anna: x", ("x", "Hier horen velden, elk op een eigen regel: naam: waarde.")),
        (
            "initiative:\n  champions: anna",
            ("anna", "Hier hoort een lijst: telkens een regel die begint met een streepje, of [een, twee]."),
        ),
        ("name: [a]", ("[a]", "Hier hoort één tekst of getal, geen lijst en geen velden.")),
    ],
    ids=["unknown key", "number", "choice", "date", "true or false", "fields", "list", "text"],
)
def test_what_is_wrong_is_underlined(dutch: Editor, text: str, expected: tuple[str, str]) -> None:
    """That and nothing else, with what to write instead."""
    assert dutch.underlined(text) == [expected]


@pytest.mark.parametrize(
    "text", ["x-note: {any: [thing]}", "people:\ninitiative:\n  needs:\n", NEED.format("need: 1.10")]
)
def test_what_is_right_is_left_alone(dutch: Editor, text: str) -> None:
    """One's own keys, what is still open, and a text that looks like a number."""
    assert dutch.underlined(text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_plan_has_nothing_underlined(editors: dict[str, Editor], language: str) -> None:
    """What `init` writes is right from the first minute."""
    plan = starter("De Tweede Zin", in_language(language)).partition("format: 1\n")[2]
    assert plan
    assert editors[language].underlined(plan) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_have_nothing_underlined(editors: dict[str, Editor], language: str, example: Path) -> None:
    """Whole plans, in both languages' schemas."""
    plan = example.read_text("utf-8").partition("format: 1\n")[2]
    assert plan
    assert editors[language].underlined(plan) == []


def test_every_field_is_explained_where_it_stands(dutch: Editor) -> None:
    """Not one question is missing, said twice or another field's: in a plan in which every field stands, unanswered."""
    language = in_language("nl")
    documented = [field for field in fields(Project) if field.path != ("format",)]
    rows = list(_rows(documented, ()))
    file = dutch.open(f"{SCHEMA_LINE}\n" + "".join(text + "\n" for text, _ in rows))
    shown, expected = {}, {}
    for line, (text, field) in enumerate(rows, 1):
        if field is not None:
            said = dutch.server.hover(file, line, len(text) - 2)
            shown[field.name] = re.sub(r"\\(.)", r"\1", said).partition("\n\nSource:")[0]
            expected[field.name] = _hover(field, language)
    assert len(shown) == len(documented)
    assert shown == expected


def _rows(
    documented: Sequence[FieldDoc], above: tuple[str, ...], indent: str = ""
) -> Iterator[tuple[str, FieldDoc | None]]:
    """A plan with every field: each line with the field that it begins. A list or a mapping has one entry."""
    for field in (field for field in documented if field.path[:-1] == above):
        yield f"{indent}{field.path[-1]}:", field
        inside = [other for other in documented if other.path[: len(field.path)] == field.path and other != field]
        if inside:
            below = inside[0].path[:-1]
            deeper = indent + "  "
            if below != field.path:
                yield f"{deeper}- x-entry: 1" if field.kind == "list" else f"{deeper}entry:", None
                deeper += "  "
            yield from _rows(inside, below, deeper)


def _hover(field: FieldDoc, language: Language) -> str:
    example = language.say(field.example) if field.example.text else ""
    question = language.say(field.question)
    if example:
        question = language.say(msg("{question} For example: {example}", question=question, example=example))
    return f"#### {language.say(field.title)}\n\n{question}"
