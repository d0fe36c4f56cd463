"""What `explain` says of each topic: what it is, what to do, its source, and its names in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cop_launch.console.as_json import criterion as criterion_data
from cop_launch.console.glossary import Term
from cop_launch.console.problems import Problem
from cop_launch.console.screen import Line, next_line, wrapped
from cop_launch.console.topics import WORDS, Topic, find, other_title
from cop_launch.console.views import sentence, titled
from cop_launch.gates import LEVELS, Criterion, Level, PhaseGate
from cop_launch.locales import LANGUAGES, Language, Message, in_language, msg, nmsg
from cop_launch.metrics import Metric
from cop_launch.model.project import Project
from cop_launch.model.structure import FieldDoc, fields
from cop_launch.sources import SOURCES
from cop_launch.workflow import CRITERIA, GATES, write_threshold

MOST_MATCHES = 20
"""How many matches a person is shown; programs get all."""


def as_data(name: str | None, language: Language) -> dict[str, Any]:
    """The same for programs: `what` is a sort of topic, `list` for all criteria, or `matches`."""
    if name is None:
        return {
            "what": "list",
            "criteria": [criterion_data(c, phase.gate.value, language) for phase, c in CRITERIA.values()],
        }
    found = find(name)
    if len(found) > 1:
        matches = [{"what": topic.what.value, "id": topic.id, "titles": topic.titles()} for topic in found]
        return {"what": "matches", "matches": matches}
    topic = found[0]
    return {"what": topic.what.value, "id": topic.id, "titles": topic.titles(), **_data(topic.about, language)}


def _data(about: Criterion | PhaseGate | FieldDoc | Problem | Term | Metric, language: Language) -> dict[str, Any]:
    say = language.say
    match about:
        case Criterion():
            return criterion_data(about, CRITERIA[about.id][0].gate.value, language)
        case PhaseGate():
            criteria = [criterion.id for criterion in about.criteria]
            return {"title": say(about.title), "question": say(about.question), "criteria": criteria}
        case FieldDoc():
            return {
                "title": say(about.title),
                "question": say(about.question),
                "example": say(about.example),
                "takes": about.kind,
                "choices": list(about.choices),
                "source": about.source or None,
            }
        case Problem():
            return {
                "title": say(about.title),
                "why": say(about.why) if about.why else None,
                "example": about.wrong or None,
                "remedy": say(about.remedy),
            }
        case Term():
            return {"title": say(about.title), "meaning": say(about.meaning), "source": about.source or None}
        case Metric():
            return {
                "title": say(about.title),
                "definition": say(about.definition),
                "note": say(about.note) if about.note else None,
                "source": about.source or None,
            }


def lines(name: str | None, language: Language, width: int) -> list[Line]:
    """What a person reads."""
    if name is None:
        return _all(language, width)
    found = find(name)
    if len(found) > 1:
        return _matches(name, found, language, width)
    topic = found[0]
    match topic.about:
        case Criterion():
            return _criterion(topic.about, language, width)
        case PhaseGate():
            return _phase(topic.about, language, width)
        case FieldDoc():
            return _field(topic.about, language, width)
        case Problem():
            return _problem(topic, topic.about, language, width)
        case Term():
            return _term(topic, topic.about, language, width)
        case Metric():
            return _metric(topic, topic.about, language, width)


def _matches(name: str, found: Sequence[Topic], language: Language, width: int) -> list[Line]:
    said: list[Line] = []
    for topic in found[:MOST_MATCHES]:
        title = sentence(language.say(topic.title)).rstrip(".")
        other = other_title(topic, name, language)
        kind = language.say(WORDS[topic.what])
        said += titled("·", "now", f"{title} ({other})" if other else title, "", f"{topic.id}  {kind}", width)
    more = len(found) - MOST_MATCHES
    if more > 0:
        text = nmsg("and {n} more: add a word", "and {n} more: add a word", more)
        said += [[], [(language.say(text), "quiet")]]
    return [*said, *next_line([f"coplaunch explain {found[0].id.replace('.*', '')}"], language)]


def _all(language: Language, width: int) -> list[Line]:
    said: list[Line] = []
    for phase in GATES.values():
        said += [*_head(language.say(phase.title), phase.gate.value, width), *_criteria(phase, language, width), []]
    return [*said, _legend(language), *next_line(["coplaunch explain initiative"], language)]


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


def _legend(language: Language) -> Line:
    return [(language.say(msg("● decisive · ○ required · · advised")), "quiet")]


def _phase(phase: PhaseGate, language: Language, width: int) -> list[Line]:
    return [
        *_head(language.say(phase.title), phase.gate.value, width),
        *wrapped(language.say(phase.question), width),
        [],
        *_criteria(phase, language, width),
        [],
        _legend(language),
        *_other_names(phase.title, language, width),
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
        published = SOURCES.get(found.threshold.source)
        where = (
            msg("Threshold: {value}, published in {source}", value=value, source=str(published))
            if published
            else msg("Threshold: {value}, set here", value=value)
        )
        said += wrapped(language.say(where), width, "  ", "quiet", "")
    said += wrapped(language.say(msg("Looks at: {paths}", paths=", ".join(found.reads))), width, "  ", "quiet", "")
    for source in found.sources:
        said += _source(source, language, width)
    said += _other_names(found.title, language, width)
    field = ".".join(str(part) for part in found.path)
    return [*said, *next_line([f"coplaunch explain {field}"], language)]


def _other_names(title: Message, language: Language, width: int) -> list[Line]:
    others = [f"{code}: {in_language(code).say(title)}" for code in LANGUAGES if code != language.code]
    return wrapped("; ".join(others), width, "  ", "quiet", "")


def _source(name: str, language: Language, width: int) -> list[Line]:
    said = language.say(msg("Source: {source}", source=str(SOURCES[name])))
    return wrapped(said, width, "  ", "quiet", "")


def _named(topic: Topic, language: Language, width: int) -> list[Line]:
    """A word with its name in the files, and what sort of word it is."""
    return [*_head(language.say(topic.title), topic.id, width), [(language.say(WORDS[topic.what]), "quiet")], []]


def _problem(topic: Topic, about: Problem, language: Language, width: int) -> list[Line]:
    kind = language.say(WORDS[topic.what])
    said: list[Line] = [[(topic.id, "title"), (f"  {kind}", "quiet")], [], *wrapped(language.say(about.title), width)]
    if about.why is not None:
        said += wrapped(language.say(about.why), width)
    if about.wrong:
        said += [[], *([(f"    {row}", "now")] for row in about.wrong.split("\n"))]
    said += [[], *wrapped(sentence(language.say(about.remedy)), width, "  ", "now", "→ "), []]
    return [*said, *_other_names(about.title, language, width), *next_line(["coplaunch check"], language)]


def _term(topic: Topic, about: Term, language: Language, width: int) -> list[Line]:
    said = [*_named(topic, language, width), *wrapped(language.say(about.meaning), width), []]
    if about.source:
        said += _source(about.source, language, width)
    return [*said, *_other_names(about.title, language, width), *next_line(["coplaunch status"], language)]


def _metric(topic: Topic, about: Metric, language: Language, width: int) -> list[Line]:
    said = [*_named(topic, language, width), *wrapped(language.say(about.definition), width)]
    if about.note is not None:
        said += wrapped(language.say(about.note), width)
    said.append([])
    if about.source:
        said += _source(about.source, language, width)
    else:
        said.append([(language.say(msg("Source: set here")), "quiet")])
    return [*said, *_other_names(about.title, language, width), *next_line(["coplaunch status"], language)]


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
        said += [[], *_source(found.source, language, width)]
    using = [id_ for id_, (_, c) in CRITERIA.items() if any(_touches(read, found.name) for read in c.reads)]
    if using:
        said += [[], *wrapped(language.say(msg("Asked by: {names}", names=", ".join(using))), width, "  ", "quiet", "")]
    said += [*([] if found.source or using else [[]]), *_other_names(found.title, language, width)]
    asked_in = _ASKED_IN.get(found.path[0]) if using else None
    return [*said, *next_line([f"coplaunch fill {asked_in}" if asked_in else "coplaunch status"], language)]


_ASKED_IN = {**{gate.value: gate.value for gate in GATES}, "reviews": "review"}
"""For each part of the plan, the phase in which `fill` asks for it."""


def _touches(read: str, field: str) -> bool:
    read = read.replace("@", "*")
    return read == field or read.startswith(field + ".") or field.startswith(read + ".")
