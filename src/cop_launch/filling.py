"""Which questions are still open, in the order that a gate needs them, one at a time.

Pure: the next question follows from the project as it stands, from what was skipped, and from the entry that is being
filled. So stopping at any moment and going on later is the same as never having stopped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cop_launch.findings import Finding, KeyPath
from cop_launch.gates import Criterion, Dossier, PhaseGate
from cop_launch.model.decision import Result
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.fields import Section
from cop_launch.model.project import Project
from cop_launch.model.reading import read_project
from cop_launch.model.structure import FieldDoc, fields, keys, section_at, shapes
from cop_launch.workflow import Assessment, assess

DOCS: dict[tuple[str, ...], FieldDoc] = {}
"""Every field by its path, filled when first asked."""

NEVER_ASKED = frozenset({"evidence", "not_applicable", "assigned", "overlap", "proof"})
"""Fields that a person adds by hand when the case is there; asking everyone for them wears people out."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask. `path` is where the answer goes; `more` asks whether to add another entry to what is there."""

    path: KeyPath
    doc: FieldDoc
    criterion: Criterion | None
    more: bool = False
    count: int = 0
    """With `more`: how many entries there are."""


@dataclass(frozen=True, slots=True)
class Session:
    """What was said so far without being an answer: what to leave out, and which entry is being filled."""

    skipped: frozenset[KeyPath] = frozenset()
    focus: KeyPath | None = None

    def skipping(self, path: KeyPath) -> Session:
        """The session after a question was passed over."""
        return replace(self, skipped=self.skipped | {path})


def next_question(dossier: Dossier, tree: Any, gate: PhaseGate, session: Session) -> Question | None:
    """The next open question: the rest of the entry in focus first, then what the gate needs, cheapest order last.

    None when nothing is left to ask.
    """
    if session.focus is not None:
        found = _first(_inside(tree, session.focus, None, session))
        if found is not None:
            return found
        holder = session.focus[:-1]
        doc = _doc(holder)
        if isinstance(_at(tree, holder), (list, dict)) and doc is not None and doc.kind in {"list", "mapping"}:
            more = Question(holder, doc, None, more=True, count=len(_at(tree, holder)))
            if (*holder, "+") not in session.skipped:
                return more
    for criterion in _wanting(assess(dossier, gate)):
        for place in _places(criterion, gate, dossier):
            found = _first(_inside(tree, place, criterion, session))
            if found is not None:
                return found
    return None


def _wanting(assessment: Assessment) -> Iterator[Criterion]:
    """The criteria that are not in order yet: what blocks in the gate's order, then what is advised."""
    blocking = {item.criterion.id for item in assessment.blocking}
    yield from (item.criterion for item in assessment.items if item.criterion.id in blocking)
    for item in assessment.items:
        if item.criterion.id not in blocking and item.result in {Result.MISSING, Result.UNMET}:
            yield item.criterion


def _places(criterion: Criterion, gate: PhaseGate, dossier: Dossier) -> list[KeyPath]:
    """The fields of the phase's own section that a criterion looks at, each once, and the people's hours it needs."""
    found: dict[KeyPath, None] = {}
    own = "reviews" if gate.gate.value == "review" else gate.gate.value
    for read in criterion.reads:
        parts = read.split(".")
        if parts[0] != own or len(parts) < 2:
            continue
        if parts[1] == "@":
            position = dossier.review_number or 0
            found[("reviews", position, *parts[2:3])] = None
        else:
            found[(own, parts[1])] = None
    return list(found)


def _inside(tree: Any, place: KeyPath, criterion: Criterion | None, session: Session) -> Iterator[Question]:
    """The open questions at and below a place, in the order of the model."""
    if place in session.skipped or place[-1] in NEVER_ASKED:
        return
    doc = _doc(place)
    value = _at(tree, place)
    if doc is None:
        section = section_at(Project, place)
        if section is not None:
            yield from _of_section(tree, place, section, criterion, session)
        return
    section = section_at(Project, (*place, *(["*"] * len(_levels(place)))))
    if section is None:
        if value is None:
            yield Question(place, doc, criterion)
    elif doc.kind == "section":
        yield from _of_section(tree, place, section, criterion, session)
    elif value is None or value in ([], {}):
        if value is None and (_is_nested(place) or doc.refers_to):
            yield Question(place, doc, criterion, more=True)
        elif value is None:
            yield from _of_section(tree, (*place, 0 if doc.kind == "list" else "+"), section, criterion, session)
    elif (*place, "+") not in session.skipped:
        entries: Sequence[Any] = list(value) if isinstance(value, dict) else range(len(value))
        for entry in entries:
            yield from _of_section(tree, (*place, entry), section, criterion, session)
        yield Question(place, doc, criterion, more=True, count=len(value))


def _of_section(
    tree: Any, place: KeyPath, section: type[Section], criterion: Criterion | None, session: Session
) -> Iterator[Question]:
    if _at(tree, place) is not None and not isinstance(_at(tree, place), dict):
        return
    for key in keys(section):
        yield from _inside(tree, (*place, key), criterion, session)


def _is_nested(place: KeyPath) -> bool:
    """Whether a list stands inside an entry: then it is asked whether there is anything at all."""
    return len(place) > 2


def _levels(place: KeyPath) -> tuple[str, ...]:
    holder = section_at(Project, place[:-1])
    shape = shapes(holder).get(str(place[-1])) if holder else None
    return shape.levels if shape else ()


def _first(questions: Iterator[Question]) -> Question | None:
    return next(questions, None)


def _at(tree: Any, path: KeyPath) -> Any:
    for part in path:
        if isinstance(tree, dict):
            tree = tree.get(part)
        elif isinstance(tree, list) and isinstance(part, int):
            tree = tree[part] if part < len(tree) else None
        else:
            return None
    return tree


def _doc(place: KeyPath) -> FieldDoc | None:
    """The field at a path; None for an entry of a list or mapping."""
    if not DOCS:
        DOCS.update({doc.path: doc for doc in fields(Project)})
    pattern: list[str] = []
    section: type[Section] | None = Project
    rest = list(place)
    while rest and section is not None:
        key = str(rest.pop(0))
        shape = shapes(section).get(key)
        if shape is None:
            return None
        pattern.append(key)
        for _ in shape.levels:
            if rest:
                rest.pop(0)
                pattern.append("*")
        section = shape.section
    return DOCS.get(tuple(pattern)) if not rest and len(pattern) == len(place) else None


# -- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choices:
    """What a question lets people choose from: the words that go into the file, and how each is shown.

    `new` tells that a name of one's own may be given as well, which adds a person.
    """

    words: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    new: bool = False
    several: bool = False


def choices(question: Question, dossier: Dossier) -> Choices:
    """The numbered choices of a question; none for free text and for yes or no, which have words of their own."""
    doc = question.doc
    several = doc.kind == "list"
    if doc.choices and not question.more:
        return Choices(doc.choices, doc.choices, several=several)
    if not doc.refers_to:
        return Choices()
    words: list[str] = []
    shown: list[str] = []
    for target in doc.refers_to:
        holder: Any = dossier.project
        for part in target:
            holder = getattr(holder, part, None) if target != ("evidence",) else None
        for slug in holder or ():
            words.append(slug)
            shown.append(dossier.name(slug) if target == ("people",) else slug)
    return Choices(tuple(words), tuple(shown), new=("people",) in doc.refers_to, several=several)


def slug_of(text: str, taken: Mapping[str, Any] | Sequence[str] = ()) -> str:
    """A short name for an entry, made from its words: `Nee, en dan?` becomes `nee-en-dan`. Never one that is taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())[:4]
    made = base = "-".join(words)[:40] or "entry"
    number = 1
    while made in taken:
        number += 1
        made = f"{base}-{number}"
    return made


def what_is_wrong(tree: Any, path: KeyPath, value: Any, evidence: Mapping[str, EvidenceFile]) -> tuple[Finding, ...]:
    """What would be wrong with an answer, at its own place: the findings that it brings."""
    before = {(finding.code, finding.path) for finding in read_project(tree, evidence)[1]}
    after = read_project(with_value(tree, path, value), evidence)[1]
    return tuple(
        finding for finding in after if (finding.code, finding.path) not in before and finding.severity == "error"
    )


def with_value(tree: Any, path: KeyPath, value: Any) -> Any:
    """The tree with a value at a path; what lies on the way is made where it is missing."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(head, int):
        items = list(tree) if isinstance(tree, list) else []
        inner = items[head] if head < len(items) else None
        return [*items[:head], with_value(inner, rest, value), *items[head + 1 :]]
    held = dict(tree) if isinstance(tree, dict) else {}
    held[head] = with_value(held.get(head), rest, value)
    return held


@dataclass(frozen=True, slots=True)
class Answer:
    """One value to write, at its place."""

    path: KeyPath
    value: Any
    adds: bool = False
    """Adds an item to the list at `path`."""


def differences(tree: Any, answers: Any, path: KeyPath = ()) -> Iterator[Answer]:
    """The single writes that bring a file of answers, in the shape of the plan, into the plan.

    Mappings are gone into; of a list, the items that the plan does not have are added; any other value replaces what
    stands there.
    """
    if isinstance(answers, dict) and (tree is None or isinstance(tree, dict)) and len(path) < 2:
        for key, value in answers.items():
            yield from differences((tree or {}).get(key), value, (*path, key))
    elif isinstance(answers, dict) and isinstance(tree, dict):
        for key, value in answers.items():
            yield from differences(tree.get(key), value, (*path, key))
    elif isinstance(answers, list) and isinstance(tree, list):
        for item in answers:
            if item not in tree:
                yield Answer(path, item, adds=True)
    elif answers != tree:
        yield Answer(path, answers)


def entry_of(path: KeyPath) -> KeyPath | None:
    """The entry or section that an answer at this path belongs to, and whose other questions come next."""
    for length in range(len(path) - 1, 1, -1):
        if _doc(path[:length]) is None:
            return path[:length]
    return path[:2] if len(path) > 2 else None


@dataclass
class History:
    """The questions that were put, so that a person can go back to the last one."""

    past: list[tuple[Question, Session]] = field(default_factory=list)

    def put(self, question: Question, session: Session) -> None:
        """Remembers a question and how the session stood before it."""
        self.past.append((question, session))

    def back(self) -> tuple[Question, Session] | None:
        """The question before this one."""
        return self.past.pop() if self.past else None
