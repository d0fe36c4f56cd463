"""The file that `init` writes: short, commented, with the questions of the first phase, made from the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cop_launch.locales import Language, Message, msg
from cop_launch.model.fields import Asked, Section
from cop_launch.model.organisation import Organisation, Person
from cop_launch.model.project import FORMAT, Project
from cop_launch.model.structure import shapes
from cop_launch.store.emit import scalar

SHORT_NAME = msg("short-name")
"""Stands in an example where an entry has a name of its own."""
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
        f"  # {say(SHORT_NAME)}:",
        *(f"  # {line}" for line in _fields(Person, language, "  ")),
        "",
        *phase_section("initiative", language),
    ]
    return "\n".join(lines) + "\n"


_PHASES: Mapping[str, Message] = {
    "initiative": msg("Phase 1, initiative: is there a need, who feels it, and who pulls?"),
    "concept_test": msg("Phase 2, concept test: does one concept hold before the people whom it describes?"),
    "core_group": msg("Phase 3, core group: who carries it, and does the organisation let them?"),
    "strategy": msg("Phase 4, strategy: what for, with what means, money and hours?"),
    "plan": msg("Phase 5, plan: what happens every day of the dry run, and what came of it?"),
    "launch": msg("Phase 6, launch: how do people get in, and who welcomes them?"),
}


def phase_section(phase: str, language: Language) -> list[str]:
    """The lines of a phase's section: what the phase is about, and its questions, to be answered one by one."""
    of = shapes(Project)[phase].section
    assert of is not None
    return [*_comment(language.say(_PHASES[phase])), *section(phase, of, language)]


def readme(name: str, language: Language) -> str:
    """The README of a new project: what lies here, for whoever finds it."""
    say = language.say
    what_lies_here = {
        "coplaunch.yaml": msg("the plan; people write it"),
        "plans/": msg("what follows from it, to read; `coplaunch render` makes it"),
        "decisions/": msg("a report of each decision, written once"),
        "evidence/": msg("counts, never a person; `evidence/raw/` stays out of git"),
    }
    return "\n".join(
        [
            f"# {name}",
            "",
            say(msg("The plan of a community, from a hunch to its launch.")),
            "",
            *(f"- `{path}`: {say(message)}" for path, message in what_lies_here.items()),
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
    for asked in of.model_fields.values():
        question = language.say(Message(asked.question, domain="fields"))
        lines += [*([""] if len(lines) > 1 else []), f"  # {question}"]
        lines += [f"  # {line}" for line in _field(asked, shapes(of), language)]
    return lines


def _fields(of: type[Section], language: Language, indent: str) -> Iterator[str]:
    """The fields of a section with their examples."""
    for asked in of.model_fields.values():
        for line in _field(asked, shapes(of), language):
            yield indent + line


def _field(asked: Asked, known: Mapping[str, Any], language: Language) -> Iterator[str]:
    """One field with its example; a section, and a list or mapping of such, with the fields inside."""
    shape = known[asked.key]
    if shape.section is None:
        example = language.say(Message(asked.example, domain="fields")) if asked.example else ""
        yield f"{asked.key}: {example}".rstrip()
        return
    yield f"{asked.key}:"
    if not shape.levels:
        yield from _fields(shape.section, language, "  ")
    elif shape.levels[0] == "mapping":
        yield f"  {language.say(SHORT_NAME)}:"
        yield from _fields(shape.section, language, "    ")
    else:
        inner = list(_fields(shape.section, language, "    "))
        yield f"  - {inner[0].strip()}"
        yield from inner[1:]
