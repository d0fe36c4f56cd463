"""Everything that can be explained, by its name, and what matches when nothing has exactly that name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from functools import cache

from cop_launch.console.glossary import TERMS, Term, TermKind
from cop_launch.console.problems import PROBLEMS, Problem
from cop_launch.findings import Exit, Refused, did_you_mean
from cop_launch.gates import Criterion, PhaseGate
from cop_launch.locales import LANGUAGES, Language, Message, in_language, msg
from cop_launch.metrics import METRICS, Metric
from cop_launch.model.project import Project
from cop_launch.model.structure import FieldDoc, fields
from cop_launch.records import Record
from cop_launch.workflow import CRITERIA, GATES


class What(StrEnum):
    """What sort of thing a topic is."""

    CRITERION = "criterion"
    PHASE = "phase"
    VERDICT = "verdict"
    OUTCOME = "outcome"
    LEVEL = "level"
    CYCLE = "cycle"
    METRIC = "metric"
    FINDING = "finding"
    FIELD = "field"


WORDS: dict[What, Message] = {
    What.CRITERION: msg("criterion"),
    What.PHASE: msg("phase"),
    What.VERDICT: msg("verdict"),
    What.OUTCOME: msg("outcome"),
    What.LEVEL: msg("level"),
    What.CYCLE: msg("value cycle"),
    What.METRIC: msg("metric"),
    What.FINDING: msg("finding"),
    What.FIELD: msg("field"),
}
_OF_TERMS = {
    TermKind.VERDICT: What.VERDICT,
    TermKind.OUTCOME: What.OUTCOME,
    TermKind.LEVEL: What.LEVEL,
    TermKind.CYCLE: What.CYCLE,
}


class Topic(Record):
    """One thing that can be explained."""

    what: What
    id: str
    title: Message
    about: Criterion | PhaseGate | FieldDoc | Problem | Term | Metric

    def titles(self) -> dict[str, str]:
        """Its name in every language."""
        return {code: in_language(code).say(self.title) for code in LANGUAGES}


@cache
def topics() -> tuple[Topic, ...]:
    """All topics: what a gate asks first, the fields last."""
    return tuple(_all())


def _all() -> Iterator[Topic]:
    for id_, (_, criterion) in CRITERIA.items():
        yield Topic(What.CRITERION, id_, criterion.title, criterion)
    for gate, phase in GATES.items():
        yield Topic(What.PHASE, gate.value, phase.title, phase)
    for id_, term in TERMS.items():
        yield Topic(_OF_TERMS[term.kind], id_, term.title, term)
    for id_, metric in METRICS.items():
        yield Topic(What.METRIC, id_, metric.title, metric)
    for id_, problem in PROBLEMS.items():
        yield Topic(What.FINDING, id_, problem.title, problem)
    for doc in fields(Project):
        if doc.name not in {gate.value for gate in GATES}:
            yield Topic(What.FIELD, doc.name, doc.title, doc)


def find(name: str) -> tuple[Topic, ...]:
    """The topic of this name; else every topic in whose name or titles, in any language, all its words occur.

    A hyphen may be an underscore. In a field's path `*` may be left out, and may be the name or position that stands
    there: `initiative.needs.explain-no`. Raises `Refused` (code `unknown-name`) with the nearest name.
    """
    exact = _exact(name)
    if exact is not None:
        return (exact,)
    words = _plain(name).split()
    found = [topic for topic in topics() if words and all(word in _searched(topic) for word in words)]
    if found:
        return tuple(sorted(found, key=lambda topic: (not _says(topic, words), topic.id.count("."))))
    known = [topic.id.replace(".*", "") for topic in topics()]
    searched = sorted({word for topic in topics() for word in _searched(topic).split()})
    raise Refused(
        msg("there is nothing called '{name}' to explain", name=name),
        did_you_mean(name, [*get_close_matches(name, searched, cutoff=0.8), *known])
        or msg("`coplaunch explain` lists the criteria"),
        Exit.NO,
        "unknown-name",
    )


def _exact(name: str) -> Topic | None:
    by_id: dict[str, Topic] = {}
    for topic in topics():
        for id_ in (topic.id, topic.id.replace(".*", "")):
            by_id.setdefault(id_.replace("-", "_"), topic)
    return by_id.get(name.replace("-", "_")) or _field_at(name)


def _field_at(name: str) -> Topic | None:
    """The field at a place in a plan, where names and positions stand for the `*` in its path."""
    parts = re.sub(r"\[(\d+)\]", r".\1", name).split(".")
    for topic in topics():
        path = topic.id.split(".")
        fits = len(path) == len(parts) and all(wanted in ("*", part) for wanted, part in zip(path, parts, strict=True))
        if topic.what is What.FIELD and fits:
            return topic
    return None


def _says(topic: Topic, words: list[str]) -> bool:
    """Whether a topic has these words in its own name: closer than in its title."""
    own = _plain(topic.id.rsplit(".", 1)[-1]).split()
    return all(word in own for word in words)


@cache
def _searched(topic: Topic) -> str:
    """What is searched: the name, of a field its own and not its path's, and the titles in all languages."""
    name = topic.id.rsplit(".", 1)[-1]
    return _plain(" ".join([name, *topic.titles().values()]))


def _plain(text: str) -> str:
    """In small letters, without accents; hyphens and underscores are spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[-_]", " ", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def other_title(topic: Topic, name: str, language: Language) -> str:
    """The title in another language, where that is the one in which the words were found; else nothing."""
    words = _plain(name).split()
    shown = _plain(f"{topic.id.rsplit('.', 1)[-1]} {language.say(topic.title)}")
    if all(word in shown for word in words):
        return ""
    return next((said for code, said in topic.titles().items() if code != language.code), "")
