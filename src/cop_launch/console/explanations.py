"""What `explain` says: of a criterion, a field or a phase, with its source and its names in both languages."""

from __future__ import annotations

from typing import Any

from cop_launch.console.as_json import criterion as criterion_data
from cop_launch.console.screen import Line, wrapped
from cop_launch.console.views import next_line, titled
from cop_launch.findings import Exit, Refused, did_you_mean
from cop_launch.gates import LEVELS, Criterion, Level, PhaseGate
from cop_launch.locales import LANGUAGES, Language, in_language, msg
from cop_launch.model.project import Project
from cop_launch.model.structure import FieldDoc, fields
from cop_launch.sources import SOURCES
from cop_launch.workflow import CRITERIA, GATES, write_threshold


def find(name: str) -> Criterion | PhaseGate | FieldDoc:
    """The criterion, phase or field of this name; `*` in a field's path may be left out.

    Raises `Refused` (code `unknown-name`) with the nearest name.
    """
    if name in CRITERIA:
        return CRITERIA[name][1]
    phases = {gate.value: phase for gate, phase in GATES.items()}
    if name.replace("-", "_") in phases:
        return phases[name.replace("-", "_")]
    documented = {doc.name: doc for doc in fields(Project)}
    short = {name.replace(".*", ""): doc for name, doc in documented.items()}
    if name in documented or name in short:
        return documented.get(name) or short[name]
    last = [doc for path, doc in short.items() if path.rsplit(".", 1)[-1] == name]
    highest = [doc for doc in last if len(doc.path) == min(len(other.path) for other in last)]
    if len(highest) == 1:
        return highest[0]
    known = [*CRITERIA, *phases, *short]
    hint = did_you_mean(name, known)
    if hint is None and last:
        hint = msg("choose from {names}", names=", ".join(doc.name for doc in last))
    raise Refused(
        msg("there is no criterion, field or phase '{name}'", name=name),
        hint or msg("`coplaunch explain` lists the criteria"),
        Exit.NO,
        "unknown-name",
    )


def as_data(name: str | None, language: Language) -> dict[str, Any]:
    """The same for programs: `what` is criterion, phase, field or list."""
    if name is None:
        return {
            "what": "list",
            "criteria": [criterion_data(c, phase.gate.value, language) for phase, c in CRITERIA.values()],
        }
    found = find(name)
    if isinstance(found, Criterion):
        return {"what": "criterion", **criterion_data(found, CRITERIA[found.id][0].gate.value, language)}
    if isinstance(found, PhaseGate):
        return {
            "what": "phase",
            "id": found.gate.value,
            "title": language.say(found.title),
            "question": language.say(found.question),
            "criteria": [criterion.id for criterion in found.criteria],
        }
    return {
        "what": "field",
        "id": found.name,
        "title": language.say(found.title),
        "question": language.say(found.question),
        "example": language.say(found.example),
        "takes": found.kind,
        "choices": list(found.choices),
        "source": found.source or None,
    }


def lines(name: str | None, language: Language, width: int) -> list[Line]:
    """What a person reads."""
    if name is None:
        return _all(language, width)
    found = find(name)
    if isinstance(found, Criterion):
        return _criterion(found, language, width)
    if isinstance(found, PhaseGate):
        return _phase(found, language, width)
    return _field(found, language, width)


def _all(language: Language, width: int) -> list[Line]:
    said: list[Line] = []
    for phase in GATES.values():
        said += [*_head(language.say(phase.title), phase.gate.value, width), *_criteria(phase, language, width), []]
    return [*said[:-1], *next_line(["coplaunch explain initiative"], language)]


def _head(title: str, name: str, width: int) -> list[Line]:
    """What is explained, and the name it goes by; below each other where the window is too narrow."""
    if len(title) + len(name) + 2 <= width:
        return [[(title, "title"), (f"  {name}", "quiet")]]
    return [*wrapped(title, width, style="title"), [(name, "quiet")]]


def _criteria(phase: PhaseGate, language: Language, width: int) -> list[Line]:
    said: list[Line] = []
    for criterion in phase.criteria:
        mark = {Level.DECISIVE: "●", Level.REQUIRED: "○", Level.ADVISED: "·"}[criterion.level]
        said += titled(mark, "now", language.say(criterion.title), "", criterion.id, width)
    return said


def _phase(phase: PhaseGate, language: Language, width: int) -> list[Line]:
    legend = msg("● decisive · ○ required · · advised")
    return [
        *_head(language.say(phase.title), phase.gate.value, width),
        *wrapped(language.say(phase.question), width),
        [],
        *_criteria(phase, language, width),
        [],
        [(language.say(legend), "quiet")],
        *next_line([f"coplaunch explain {phase.criteria[0].id}"], language),
    ]


def _criterion(found: Criterion, language: Language, width: int) -> list[Line]:
    phase = CRITERIA[found.id][0]
    said: list[Line] = [
        *_head(language.say(found.title), found.id, width),
        [
            (
                language.say(
                    msg(
                        "{level}, at the gate of {phase}",
                        level=LEVELS[found.level],
                        phase=language.say(phase.title).lower(),
                    )
                ),
                "quiet",
            )
        ],
        [],
        *wrapped(language.say(found.why), width),
        [],
        *wrapped(language.say(found.remedy), width, "  ", "now", "→ "),
        [],
    ]
    if found.threshold is not None:
        value = write_threshold(found.threshold.value, found.threshold.unit)
        source = SOURCES.get(found.threshold.source)
        where = (
            msg("Threshold: {value}, published in {source}", value=value, source=str(source))
            if source
            else msg("Threshold: {value}, set here", value=value)
        )
        said += wrapped(language.say(where), width, "  ", "quiet", "")
    said += wrapped(language.say(msg("Looks at: {paths}", paths=", ".join(found.reads))), width, "  ", "quiet", "")
    for source_name in found.sources:
        said += wrapped(
            language.say(msg("Source: {source}", source=str(SOURCES[source_name]))), width, "  ", "quiet", ""
        )
    said += [_other_names(found, language)]
    field = ".".join(str(part) for part in found.path)
    return [*said, *next_line([f"coplaunch explain {field}"], language)]


def _other_names(found: Criterion, language: Language) -> Line:
    others = [f"{code}: {in_language(code).say(found.title)}" for code in LANGUAGES if code != language.code]
    return [("; ".join(others), "quiet")]


def _field(found: FieldDoc, language: Language, width: int) -> list[Line]:
    said: list[Line] = [
        *_head(language.say(found.title), found.name, width),
        [],
        *wrapped(language.say(found.question), width),
    ]
    if found.choices:
        said += wrapped(language.say(msg("Choose from {names}", names=", ".join(found.choices))), width)
    if found.example.text:
        said += [[], [(f"    {found.path[-1]}: {language.say(found.example)}", "now")]]
    inside = [doc for doc in fields(Project) if doc.path[: len(found.path)] == found.path and doc.path != found.path]
    if inside:
        said.append([])
        for doc in inside:
            name = doc.name.removeprefix(found.name + ".")
            said += wrapped(f"{name}: {language.say(doc.question)}", width, "      ", "", "  ")
    if found.source:
        source = language.say(msg("Source: {source}", source=str(SOURCES[found.source])))
        said += [[], *wrapped(source, width, "  ", "quiet", "")]
    using = [id_ for id_, (_, c) in CRITERIA.items() if any(_touches(read, found.name) for read in c.reads)]
    if using:
        said += [[], *wrapped(language.say(msg("Asked by: {names}", names=", ".join(using))), width, "  ", "quiet", "")]
    return [*said, *next_line([f"coplaunch explain {using[0]}" if using else "coplaunch status"], language)]


def _touches(read: str, field: str) -> bool:
    read = read.replace("@", "*")
    return read == field or read.startswith(field + ".") or field.startswith(read + ".")
