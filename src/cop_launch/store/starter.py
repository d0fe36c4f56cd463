"""The file that `init` writes: short, commented, with the questions of the first phase, made from the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

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
        *section("organisation", Organisation, language),
        "",
        *_comment(say(msg("Everyone whom the plan names. `consent` is the day on which they agreed to be named."))),
        "people:",
        f"  # {say(msg('short-name'))}:",
        *(f"  # {line}" for line in _fields(Person, language, "  ")),
        "",
        *_comment(say(msg("Phase 1, initiative: is there a need, who feels it, and who pulls?"))),
        *section("initiative", Initiative, language),
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


def section(key: str, of: type[Section], language: Language) -> list[str]:
    """A section with its questions, each above its example; both are comments until somebody answers."""
    lines = [f"{key}:"]
    for name, field in of.model_fields.items():
        question = language.say(Message(field.description or "", domain="fields"))
        lines += [*([""] if len(lines) > 1 else []), f"  # {question}"]
        lines += [f"  # {line}" for line in _field(field.alias or name, field, shapes(of), language)]
    return lines


def _fields(of: type[Section], language: Language, indent: str) -> Iterator[str]:
    """The fields of a section with their examples."""
    for name, field in of.model_fields.items():
        for line in _field(field.alias or name, field, shapes(of), language):
            yield indent + line


def _field(key: str, field: Any, known: Mapping[str, Any], language: Language) -> Iterator[str]:
    """One field with its example; a section, and a list or mapping of such, with the fields inside."""
    shape = known[key]
    if shape.section is None:
        example = language.say(Message(str(field.examples[0]), domain="fields")) if field.examples else ""
        yield f"{key}: {example}".rstrip()
        return
    yield f"{key}:"
    if not shape.levels:
        yield from _fields(shape.section, language, "  ")
    elif shape.levels[0] == "mapping":
        yield f"  {language.say(msg('short-name'))}:"
        yield from _fields(shape.section, language, "    ")
    else:
        inner = list(_fields(shape.section, language, "    "))
        yield f"  - {inner[0].strip()}"
        yield from inner[1:]
