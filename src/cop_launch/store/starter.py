"""The file that `init` writes: short, commented, with the questions of the first phase, made from the model."""

from __future__ import annotations

from collections.abc import Iterator

from cop_launch.locales import Language, Message, msg
from cop_launch.model.fields import Section
from cop_launch.model.initiative import Initiative
from cop_launch.model.organisation import Organisation, Person
from cop_launch.model.project import FORMAT
from cop_launch.model.structure import shapes
from cop_launch.store.emit import scalar

SCHEMA_LINE = "# yaml-language-server: $schema=./coplaunch.schema.json"


def starter(name: str, language: Language) -> str:
    """The text of a new coplaunch.yaml for a community of this name."""
    say = language.say
    lines = [
        SCHEMA_LINE,
        "#",
        *_comment(say(msg("This file is the plan of your community. People write it; coplaunch reads it."))),
        *_comment(
            say(msg("Take away the # before a line to answer it. What you do not know yet, you leave as it is."))
        ),
        *_comment(
            say(msg("`coplaunch status` tells what is missing, `coplaunch explain NAME` what a question is about."))
        ),
        "",
        f"format: {FORMAT}",
        f"name: {scalar(name)}",
        f"language: {language.code}",
        "phase: initiative",
        "",
        *_section("organisation", Organisation, language),
        "",
        *_comment(say(msg("Everyone whom the plan names. `consent` is the day on which they agreed to be named."))),
        "# people:",
        f"#   {say(msg('short-name'))}:",
        *(f"# {line}" for line in _fields(Person, language, "    ")),
        "",
        *_comment(say(msg("Phase 1, initiative: is there a need, who feels it, and who pulls?"))),
        *_section("initiative", Initiative, language),
    ]
    return "\n".join(lines) + "\n"


def readme(name: str, language: Language) -> str:
    """The README of a new project: what lies here, for whoever finds it."""
    say = language.say
    return "\n".join(
        [
            f"# {name}",
            "",
            say(msg("The plan of a community, from a hunch to its launch.")),
            "",
            f"- `coplaunch.yaml`: {say(msg('the plan; people write it'))}",
            f"- `plans/`: {say(msg('what follows from it, to read; `coplaunch render` makes it'))}",
            f"- `decisions/`: {say(msg('a report of each decision, written once'))}",
            f"- `evidence/`: {say(msg('counts, never a person; `evidence/raw/` stays out of git'))}",
            "",
            say(msg("`coplaunch status` tells where it stands.")),
            "",
        ]
    )


def _comment(text: str) -> Iterator[str]:
    yield f"# {text}"


def _section(key: str, section: type[Section], language: Language) -> Iterator[str]:
    yield f"# {key}:"
    for line in _fields(section, language, "  ", questions=True):
        yield f"# {line}".rstrip()


def _fields(section: type[Section], language: Language, indent: str, questions: bool = False) -> Iterator[str]:
    """The fields of a section with their examples; with `questions`, each below its question."""
    for name, field in section.model_fields.items():
        key = field.alias or name
        shape = shapes(section)[key]
        if questions:
            yield ""
            yield f"{indent}# {language.say(Message(field.description or '', domain='fields'))}"
        example = language.say(Message(str(field.examples[0]), domain="fields")) if field.examples else ""
        if shape.section is None or not list(shape.section.model_fields):
            yield f"{indent}{key}: {example}"
        elif not shape.levels:
            yield f"{indent}{key}:"
            yield from _fields(shape.section, language, indent + "  ")
        elif shape.levels[0] == "mapping":
            yield f"{indent}{key}:"
            yield f"{indent}  {language.say(msg('short-name'))}:"
            yield from _fields(shape.section, language, indent + "    ")
        else:
            yield f"{indent}{key}:"
            inner = list(_fields(shape.section, language, indent + "    "))
            yield f"{indent}  - {inner[0].strip()}"
            yield from inner[1:]
