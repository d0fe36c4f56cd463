"""Which questions are still open, in the order in which a gate needs them, one at a time.

Pure: the next question follows from the project as it stands, from what was passed over, and from the entry that is
being filled. So stopping at any moment and going on later is the same as never having stopped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any

from cop_launch.filling.answers import value_at
from cop_launch.filling.typed import Choices
from cop_launch.filling.words import CHOICES
from cop_launch.findings import KeyPath
from cop_launch.gates import Criterion, Dossier, Level, PhaseGate
from cop_launch.locales import Language, Message, msg
from cop_launch.model.decision import Gate, Result
from cop_launch.model.fields import Figure, Section
from cop_launch.model.project import Project
from cop_launch.model.structure import FieldDoc, fields, keys, shapes
from cop_launch.records import Record, replace
from cop_launch.workflow import Assessment

Pattern = tuple[str, ...]
"""A path with `*` for any name or position."""

NEW = "+"
"""In a path: an entry that has no name yet; it gets one from its first answer."""

# -- what is asked, and in which order --------------------------------------------------------------------------------

OPENING: dict[Gate, tuple[KeyPath, ...]] = {
    Gate.INITIATIVE: (("initiative", "initiators"), ("initiative", "target_groups"))
}
"""What a phase is opened with: later answers rest on it."""

ORDER: dict[Pattern, tuple[str, ...]] = {
    ("strategy", "channels", "*"): ("name", "kind", "goals", "approved_by_it", "rooms"),
    ("strategy", "meetings", "*"): ("name", "kind", "every", "day", "at", "minutes", "where", "goals"),
    ("plan", "items", "*"): (
        "what", "kind", "owner", "every", "day", "nth", "from", "date", "minutes", "at", "channel", "theme", "asks",
        "live", "mail", "until", "times", "except", "on_holiday",
    ),
    ("people", "*"): ("name", "role", "consent", "hours_per_week", "hours_per_month", "place", "department"),
}  # fmt: skip
"""Where people would be asked in another order than that of the file, or not for everything that can be written."""

NEVER: frozenset[Pattern] = frozenset(
    {
        ("core_group", "members", "*", "assigned"),
        ("initiative", "kill_criteria", "*", "reached"),
        ("initiative", "kill_criteria", "*", "date"),
        ("plan", "log"),
    }
)
"""What a person writes by hand, or with another command, when the case is there; asking everyone wears people out."""

NAMES: dict[Pattern, Message] = {
    ("concept_test", "tests", "*", "left_out"): msg(
        "Which answers are not counted? A few words, such as: from outside the target group."
    ),
    ("core_group", "questions"): msg("What kind of question is it? A word or two, such as: content, or technology."),
    ("strategy", "budget", "lines"): msg("What is the line for? A word or two, such as: manager, events, or travel."),
    ("launch", "lists"): msg("Which list is it? A word or two, such as: colleagues."),
}
"""For a mapping whose entries are named before anything else: how to ask for the name."""

SHORT_NAMES: frozenset[Pattern] = frozenset({("concept_test", "tests", "*", "id")})
"""Texts that others point at, so that they are written without spaces."""

TOLD_BY: tuple[str, ...] = (
    "name", "title", "goal", "need", "what", "who", "when", "where", "task", "text", "person", "id", "is", "heard",
    "for", "channel", "by", "date",
)  # fmt: skip
"""The fields by which an entry is recognised, the best first."""


class Stage(IntEnum):
    """How far the questions go: what the gate requires, what it advises, and what else there is to say."""

    REQUIRED = 0
    ADVISED = 1
    EVERYTHING = 2


class Role(StrEnum):
    """What the answer to a question is."""

    VALUE = "value"
    """The value at the path; a list of choices in one go."""
    ITEM = "item"
    """One more item for the list at the path."""
    ENTRY = "entry"
    """The first field of a new entry."""
    KEY = "key"
    """The name of a new entry in the mapping at the path."""


class Takes(Record):
    """What kind of answer fits: as in the reference, and `figure` for so many of so many, `name` for a short name."""

    kind: str
    several: bool = False
    choices: tuple[str, ...] = ()
    refers_to: tuple[Pattern, ...] = ()
    may_not_apply: bool = False


class Question(Record):
    """Something to ask: where the answer goes, what fits there, and which criterion waits for it."""

    path: KeyPath
    doc: FieldDoc
    takes: Takes
    role: Role = Role.VALUE
    criterion: Criterion | None = None
    count: int = 0
    """How many items or entries there are already."""
    again: bool = False
    """There is an answer, and it does not carry the gate yet."""

    @property
    def holder(self) -> KeyPath:
        """The collection that grows with the answer; for a single value the section around it."""
        if self.role is Role.ENTRY:
            return self.path[:-1] if isinstance(self.path[-1], int) else self.path[:-2]
        return self.path if self.role in {Role.ITEM, Role.KEY} else self.path[:-1]

    @property
    def whole(self) -> KeyPath:
        """The list or mapping that can be answered with `none`."""
        return self.path if self.role is Role.VALUE else self.holder

    @property
    def may_be_none(self) -> bool:
        """Whether `none` is an answer: nothing stands there yet, and a list or mapping would."""
        people = ("people",) in self.takes.refers_to and self.role is Role.VALUE
        return self.count == 0 and not people and (self.role is not Role.VALUE or self.takes.several)

    @property
    def key(self) -> KeyPath:
        """What is remembered when this is passed over."""
        return (*self.holder, NEW) if self.role is not Role.VALUE else self.path


class Session(Record):
    """What was said so far without being an answer: what to leave out, which entry is being filled, how far to go."""

    skipped: frozenset[KeyPath] = frozenset()
    focus: KeyPath = ()
    stage: Stage = Stage.REQUIRED

    def without(self, question: Question) -> Session:
        """The session after a question was passed over."""
        return replace(self, skipped=self.skipped | {question.key})

    def at(self, focus: KeyPath) -> Session:
        """The session in which an entry, a section or a list is being filled."""
        return replace(self, focus=focus)


def next_question(dossier: Dossier, tree: Any, found: Assessment, session: Session) -> Question | None:
    """The next open question of the stage: the rest of what is being filled first, then what the gate needs.

    `found` is how the gate stands now. None when nothing is left to ask in this stage.
    """
    return next(_all_questions(dossier, tree, found, session), None)


def _all_questions(dossier: Dossier, tree: Any, found: Assessment, session: Session) -> Iterator[Question]:
    gate = found.gate
    ask = _Asking(dossier, tree, gate, session)
    yield from ask.around(session.focus)
    if session.stage is Stage.EVERYTHING:
        roots: list[KeyPath] = [("organisation",)] if gate.gate is Gate.INITIATIVE else []
        roots.append(("reviews", dossier.review_number or 0) if gate.gate is Gate.REVIEW else (gate.gate.value,))
        for root in roots:
            yield from ask.at(root)
        return
    if session.stage is Stage.REQUIRED:
        for place in OPENING.get(gate.gate, ()):
            yield from ask.at(place)
    for criterion in wanting(found, session.stage):
        mine = replace(ask, criterion=criterion)
        for place in mine.places():
            yield from mine.at(place, grow=place[0] == own_root(gate))
        yield from mine.of_people()
        yield from replace(mine, again=True).of_answered()


def own_root(gate: PhaseGate) -> str:
    """The section of the file that belongs to a gate."""
    return "reviews" if gate.gate is Gate.REVIEW else gate.gate.value


def wanting(assessment: Assessment, stage: Stage) -> list[Criterion]:
    """The criteria of a stage that are not in order yet, in the order of the gate."""
    advised = stage is Stage.ADVISED
    return [
        item.criterion
        for item in assessment.items
        if (item.criterion.level is Level.ADVISED) is advised and item.result in {Result.MISSING, Result.UNMET}
    ]


# -- the model, by place ----------------------------------------------------------------------------------------------


class _Spot(Record):
    """A place as the model sees it: the collection, section, entry or value that may stand there."""

    pattern: Pattern
    levels: tuple[str, ...]
    """The collections that are still around what stands below: empty for an entry, a section and a value."""
    section: type[Section] | None
    takes: Takes
    named_by: tuple[Pattern, ...]
    """For a mapping: what its keys refer to."""


@cache
def _docs() -> dict[Pattern, FieldDoc]:
    return {doc.path: doc for doc in fields(Project)}


@cache
def _spot(path: KeyPath) -> _Spot | None:
    section: type[Section] | None = Project
    levels: tuple[str, ...] = ()
    pattern: list[str] = []
    takes = Takes("section")
    named_by: tuple[Pattern, ...] = ()
    for part in path:
        if levels:
            levels = levels[1:]
            pattern.append("*")
            continue
        shape = shapes(section).get(str(part)) if section else None
        if shape is None:
            return None
        pattern.append(str(part))
        levels, section, named_by = shape.levels, shape.section, shape.key_refers_to
        kind = "figure" if section is Figure else "section" if section else shape.scalar
        if tuple(pattern) in SHORT_NAMES:
            kind = "name"
        elif shape.refers_to:
            kind = "reference"
        takes = Takes(kind, False, shape.choices, shape.refers_to, shape.may_not_apply)
    if levels and section is None and levels[0] == "list":
        takes = replace(takes, several=True)
    return _Spot(tuple(pattern), levels, section, takes, named_by)


def doc_at(path: KeyPath) -> FieldDoc | None:
    """The field that stands at a path, or whose entry does."""
    spot = _spot(path)
    pattern = list(spot.pattern) if spot else []
    while pattern and pattern[-1] == "*":
        pattern.pop()
    return _docs().get(tuple(pattern))


def pattern_of(path: KeyPath) -> Pattern:
    """A path with `*` for what is named or counted."""
    spot = _spot(path)
    return spot.pattern if spot else ()


def is_entry(path: KeyPath) -> bool:
    """Whether an entry of a list or mapping stands at this path, rather than a field."""
    return pattern_of(path)[-1:] == ("*",)


def named_by(path: KeyPath) -> Pattern | None:
    """For a mapping whose keys name entries that stand elsewhere: where those stand."""
    spot = _spot(path)
    return spot.named_by[0] if spot and spot.levels and spot.named_by else None


def as_values(path: KeyPath, read: Any) -> Any:
    """What was read as text in a file, as the values that its fields take: so that a date is written as a date."""
    if isinstance(read, dict):
        return {key: as_values((*path, key), value) for key, value in read.items()}
    if isinstance(read, list):
        return [as_values((*path, number), value) for number, value in enumerate(read)]
    spot = _spot(path)
    kind = spot.takes.kind if spot is not None else ""
    if kind == "whole number" and re.fullmatch(r"0|[1-9]\d*", read or ""):
        return int(read)
    if kind == "number" and re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", read or ""):
        return Decimal(read)
    if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", read or ""):
        return date.fromisoformat(read)
    if kind == "true or false" and read in {"true", "false"}:
        return read == "true"
    return read


def takes_fields(path: KeyPath) -> bool:
    """Whether a section stands at this path, rather than a value."""
    spot = _spot(path)
    return spot is not None and spot.section is not None and not spot.levels


def label(tree: Any, path: KeyPath) -> str:
    """What an entry is recognised by: its name or its first words; its key where it has none."""
    entry = value_at(tree, path)
    if isinstance(entry, dict):
        for key in TOLD_BY:
            if isinstance(entry.get(key), str):
                told = str(entry[key])
                return _name(tree, told) if key == "person" else told
    last = path[-1]
    spot = _spot(path[:-1])
    if spot is not None and spot.named_by and isinstance(last, str):
        return label(tree, (*spot.named_by[0], last)) if spot.named_by[0] != ("people",) else _name(tree, last)
    return last if isinstance(last, str) else str(last + 1)


def _name(tree: Any, slug: str) -> str:
    return str(value_at(tree, ("people", slug, "name")) or slug)


# -- walking ----------------------------------------------------------------------------------------------------------


class _Asking(Record, dict=True):
    """A walk past the places of a project that gives the questions that are open there."""

    dossier: Dossier
    tree: Any
    gate: PhaseGate
    session: Session
    criterion: Criterion | None = None
    again: bool = False

    # Where to look

    def places(self) -> list[KeyPath]:
        """The fields that the criterion looks at, each once: of the phase's own section, and what stands elsewhere."""
        assert self.criterion is not None
        found: dict[KeyPath, None] = {}
        for read in self.criterion.reads:
            parts = read.split(".")
            if parts[0] == "people" or "{" in read:
                continue
            if parts[1] == "@":
                found[("reviews", self.dossier.review_number or 0)] = None
            else:
                found[tuple(parts[:2])] = None
        return list(found)

    def of_people(self) -> Iterator[Question]:
        """The hours and places of people that the criterion looks at: `people.{core_group.members}.place`."""
        assert self.criterion is not None
        for read in self.criterion.reads:
            if not read.startswith("people.{"):
                continue
            who, _, key = read.removeprefix("people.{").partition("}.")
            for slug in _named_at(self.tree, tuple(who.split(".")), self.dossier.review_number or 0):
                if value_at(self.tree, ("people", slug)) is not None:
                    yield from self.at(("people", slug, key), wanted=True)

    def of_answered(self) -> Iterator[Question]:
        """What was answered, and is counted: in a later session there may be more to say."""
        assert self.criterion is not None
        if self.criterion.level is Level.ADVISED:
            return
        for place in self.places():
            if place[0] == own_root(self.gate):
                yield from self.at(place, grow=False)

    def around(self, focus: KeyPath) -> Iterator[Question]:
        """The rest of what is being filled, from inside out: the entry, another one, the section around it."""
        for length in range(len(focus), 1, -1):
            place = focus[:length]
            spot = _spot(place)
            if spot is None or place[0] == "people":
                return
            if spot.levels and length == len(focus) and spot.takes.several:
                yield from self._another(place, spot, grow=True)
            elif spot.levels:
                yield from self._new_entry(place, spot, grow=True)
            else:
                yield from self.at(place)

    # What is open there

    def at(self, place: KeyPath, grow: bool = False, wanted: bool = False) -> Iterator[Question]:
        """The open questions at and below a place. `grow`: also whether there is more of what is there already."""
        spot = _spot(place)
        if spot is None or place in self.session.skipped or spot.pattern in NEVER:
            return
        if not wanted and not self._wanted(spot.pattern):
            return
        value = value_at(self.tree, place)
        if self._needless(spot.pattern, place) or (isinstance(value, dict) and "not_applicable" in value):
            return
        if spot.levels:
            yield from self._of_collection(place, spot, value, grow)
        elif spot.takes.kind == "figure":
            yield from self._of_figure(place, spot, value)
        elif spot.section is None:
            if value is None or self._asked_again(spot):
                yield from self._value(place, spot, again=value is not None)
        elif value is None or isinstance(value, dict):
            for key in ORDER.get(spot.pattern, keys(spot.section)):
                yield from self.at((*place, key), grow=grow, wanted=wanted)

    def _of_figure(self, place: KeyPath, spot: _Spot, value: Any) -> Iterator[Question]:
        if value is None or self._asked_again(spot):
            yield from self._value(place, spot, again=value is not None)
        elif self.session.stage is Stage.EVERYTHING and isinstance(value, dict):
            yield from self.at((*place, "source"))

    def _value(self, place: KeyPath, spot: _Spot, again: bool = False) -> Iterator[Question]:
        doc = doc_at(place)
        if doc is not None and not self._nothing_to_choose(spot.takes):
            yield Question(place, doc, spot.takes, criterion=self.criterion, again=again)

    def _of_collection(self, place: KeyPath, spot: _Spot, value: Any, grow: bool) -> Iterator[Question]:
        if spot.takes.several:
            if value is None:
                yield from self._another(place, spot, grow)
            return
        if value is not None and not isinstance(value, (dict, list)):
            return  # `none`, or one that stands for a list of one
        entries = list(value) if isinstance(value, dict) else range(len(value or ()))
        for entry in entries:
            yield from self.at((*place, entry))
        if not self.again:
            yield from self._new_entry(place, spot, grow)

    def _another(self, place: KeyPath, spot: _Spot, grow: bool) -> Iterator[Question]:
        """An item of a list; choices, people and the like are asked for in one go."""
        doc, value = doc_at(place), value_at(self.tree, place)
        if doc is None or self.again or self._nothing_to_choose(spot.takes):
            return
        if spot.takes.choices or spot.takes.refers_to:
            if value is None and place not in self.session.skipped:
                yield Question(place, doc, spot.takes, criterion=self.criterion)
            return
        count = len(value) if isinstance(value, list) else 0
        one = replace(spot.takes, several=False)
        if (value is None or (count and grow)) and (*place, NEW) not in self.session.skipped:
            yield Question(place, doc, one, Role.ITEM, self.criterion, count)

    def _new_entry(self, place: KeyPath, spot: _Spot, grow: bool) -> Iterator[Question]:
        value, doc = value_at(self.tree, place), doc_at(place)
        if doc is None or self._needless(spot.pattern, place) or spot.pattern in NEVER:
            return
        if (spot.named_by and spot.named_by[0] != ("people",)) or spot.pattern == ("strategy", "budget", "reasons"):
            yield from self._for_each_name(place, spot, value if isinstance(value, dict) else {})
            return
        count = len(value) if isinstance(value, (dict, list)) else 0
        if not (value is None or (count and grow)) or (*place, NEW) in self.session.skipped:
            return
        if spot.takes.kind == "figure":
            yield Question((*place, count), doc, spot.takes, Role.ENTRY, self.criterion, count)
        elif spot.named_by or spot.section is None or spot.pattern in NAMES:
            takes = Takes("reference", False, (), spot.named_by) if spot.named_by else Takes("name")
            yield Question(place, doc, takes, Role.KEY, self.criterion, count)
        else:
            entry = (*place, count if spot.levels[0] == "list" else NEW)
            first = (*entry, ORDER.get((*spot.pattern, "*"), keys(spot.section))[0])
            lead, of_lead = doc_at(first), _spot(first)
            if lead is not None and of_lead is not None and not self._nothing_to_choose(of_lead.takes):
                yield Question(first, lead, of_lead.takes, Role.ENTRY, self.criterion, count)

    def _for_each_name(self, place: KeyPath, spot: _Spot, value: Collection[str]) -> Iterator[Question]:
        """For a mapping by what stands elsewhere: the same questions for each of them that is not in it yet."""
        if spot.pattern == ("strategy", "budget", "reasons"):
            lines = value_at(self.tree, ("strategy", "budget", "lines"))
            names = [key for key, cost in lines.items() if cost == "0"] if isinstance(lines, dict) else []
        else:
            elsewhere = value_at(self.tree, spot.named_by[0])
            names = list(elsewhere) if isinstance(elsewhere, dict) else []
        if spot.pattern == ("plan", "platforms_tried"):
            names = [name for name in names if self._is(("strategy", "channels", name, "kind"), "digital")]
        for name in names:
            if name not in value:
                yield from self.at((*place, name))

    # Whether it is worth asking

    def _wanted(self, pattern: Pattern) -> bool:
        """Whether this stage looks at a place, at something below it, or at the whole that it belongs to."""
        if self.session.stage is Stage.EVERYTHING:
            return True
        return any(
            all(one == other for one, other in zip(pattern, read, strict=False))
            for read in _reads(self.gate, self.session.stage)
        )

    def _asked_again(self, spot: _Spot) -> bool:
        if not self.again or self.criterion is None or spot.takes.kind not in {"whole number", "number", "figure"}:
            return False
        return any(spot.pattern[: len(read)] == read for read in _as_patterns(self.criterion.reads))

    def _nothing_to_choose(self, takes: Takes) -> bool:
        targets = takes.refers_to
        return bool(targets) and ("people",) not in targets and not _entries(self.dossier, self.tree, targets)

    def _is(self, path: KeyPath, *wanted: str) -> bool:
        value = value_at(self.tree, path)
        return value is None or value in wanted

    def _said(self, path: KeyPath) -> bool:
        return value_at(self.tree, path) is not None

    def _needless(self, pattern: Pattern, place: KeyPath) -> bool:
        """Whether what was answered already makes this question needless."""
        beside = place[:-1]
        match pattern:
            case (*_, "evidence"):
                return not self.dossier.evidence
            case (*_, "not_applicable"):
                return True
            case ("people", "*", "hours_per_week"):
                return self._said((*beside, "hours_per_month"))
            case ("people", "*", "hours_per_month"):
                return self._said((*beside, "hours_per_week"))
            case ("strategy", "goals", "*", "baseline_by"):
                return self._said((*beside, "baseline"))
            case ("strategy", "channels", "*", "approved_by_it" | "rooms"):
                return not self._is((*beside, "kind"), "digital")
            case ("launch", "lists", "*", "proof"):
                return not self._said((*beside, "basis")) or not self._is((*beside, "basis"), "consent")
            case ("plan", "items", "*", "every"):
                return self._said((*beside, "date"))
            case ("plan", "items", "*", "date"):
                return self._said((*beside, "every"))
            case ("plan", "items", "*", "day"):
                every = str(value_at(self.tree, (*beside, "every")) or "")
                return not any(word in every for word in ("week", "month"))
            case ("plan", "items", "*", "from"):
                every = str(value_at(self.tree, (*beside, "every")) or "")
                return not any(letter.isdigit() for letter in every)  # every week starts at once
            case ("plan", "items", "*", "nth"):
                return "month" not in str(value_at(self.tree, (*beside, "every")) or "")
            case ("plan", "items", "*", "until" | "times" | "except" | "on_holiday" as detail):
                ends = detail == "times" and self._said((*beside, "until"))
                return self.session.stage is not Stage.EVERYTHING or not self._said((*beside, "every")) or ends
            case ("plan", "items", "*", "asks" | "live"):
                return not self._is((*beside, "kind"), "interaction")
            case ("plan", "items", "*", "mail"):
                return not self._is((*beside, "kind"), "content")
            case _:
                return False


@cache
def _reads(gate: PhaseGate, stage: Stage) -> frozenset[Pattern]:
    """What the criteria of a gate look at, as far as a stage goes."""
    reads = [
        read
        for criterion in gate.criteria
        if stage is not Stage.REQUIRED or criterion.level is not Level.ADVISED
        for read in criterion.reads
    ]
    return frozenset(_as_patterns(reads))


def _as_patterns(reads: Collection[str]) -> list[Pattern]:
    return [tuple(read.replace("@", "*").split(".")) for read in reads if "{" not in read]


def _named_at(tree: Any, path: KeyPath, review: int) -> list[str]:
    """The names at a path with `*` in it: the keys of a mapping, the items of a list, or the one text."""
    held = [tree]
    for part in path:
        if part == "*":
            held = [inner for one in held for inner in (one.values() if isinstance(one, dict) else one or ())]
        else:
            step: KeyPath = (review if part == "@" else part,)
            held = [inner for one in held if (inner := value_at(one, step)) is not None]
    names: dict[str, None] = {}
    for one in held:
        for name in [one] if isinstance(one, str) else one:
            if isinstance(name, str):
                names[name] = None
    return list(names)


# -- what there is to choose from -------------------------------------------------------------------------------------


def _entries(dossier: Dossier, tree: Any, targets: Collection[Pattern]) -> list[tuple[str, str]]:
    """What a reference may name, each with what it is recognised by."""
    found: list[tuple[str, str]] = []
    for target in targets:
        if target == ("evidence",):
            found += [(slug, slug) for slug in dossier.evidence]
            continue
        held = value_at(tree, target)
        found += [(slug, label(tree, (*target, slug))) for slug in (held if isinstance(held, dict) else ())]
    return found


def choices(question: Question, dossier: Dossier, tree: Any, language: Language) -> Choices:
    """The numbered choices of a question; none for free text, and for yes or no, which have words of their own."""
    takes = question.takes
    if takes.choices:
        return Choices(
            takes.choices, tuple(language.say(CHOICES.get(word, msg("{word}", word=word))) for word in takes.choices)
        )
    if not takes.refers_to:
        return Choices()
    found = _entries(dossier, tree, takes.refers_to)
    if question.role is Role.KEY:
        held = value_at(tree, question.path)
        found = [(slug, shown) for slug, shown in found if not isinstance(held, dict) or slug not in held]
    return Choices(
        tuple(slug for slug, _ in found), tuple(shown for _, shown in found), new=("people",) in takes.refers_to
    )
