"""How a phase states what it demands: criteria, what they saw, and the verdict that follows.

A criterion is a pure function from a dossier (the project, its evidence, its expanded plan) to an outcome. Its
docstring is what people read about it: the first line its title, the second paragraph why it is asked, the third what
to do when it does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum, StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from cop_launch.findings import Finding, KeyPath
from cop_launch.locales import Message, msg
from cop_launch.model.decision import Gate, Result, VerdictKind
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.fields import Figure
from cop_launch.model.project import Project
from cop_launch.model.review import Review
from cop_launch.records import Record, field, replace
from cop_launch.schedule.days import Schedule, expand
from cop_launch.schedule.fit import Load, loads
from cop_launch.statistics import Share


class Level(StrEnum):
    """What a *no* means."""

    DECISIVE = "decisive"
    """About the world: this community should not go on like this."""
    REQUIRED = "required"
    """About the work: it has to be in place before the next phase."""
    ADVISED = "advised"
    """Experience says so: a warning in the report, never a stop."""


class Effort(IntEnum):
    """What it costs to answer a criterion, so that the cheapest next step comes first."""

    WRITE = 1
    """A line in the file: somebody knows it already."""
    MEET = 2
    """A conversation, an agreement, an approval."""
    GATHER = 3
    """Weeks of work: interviews, a questionnaire, a dry run."""


class Moment(StrEnum):
    """The gate of the plan has two moments: starting the dry run, and launching."""

    START = "start"
    LAUNCH = "launch"


class Unit(StrEnum):
    """What a threshold counts."""

    SHARE = "share"
    PEOPLE = "people"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    NUMBER = "number"


class Threshold(Record):
    """Where met begins. `source` names the publication it stands in; empty means that it was set here."""

    value: Fraction
    unit: Unit = Unit.NUMBER
    source: str = ""

    @property
    def published(self) -> bool:
        """Whether the value stands in a publication; otherwise coplaunch chose it."""
        return bool(self.source)


def share_of(percent: int, source: str = "") -> Threshold:
    """A threshold for a share, in percent."""
    return Threshold(Fraction(percent, 100), Unit.SHARE, source)


def number_of(value: int, unit: Unit = Unit.PEOPLE, source: str = "") -> Threshold:
    """A threshold for a count."""
    return Threshold(Fraction(value), unit, source)


class Outcome(Record):
    """What a criterion concluded, and what it saw.

    `todo` is a more exact next step than the criterion's own remedy; `path` where in the file it looked; `share` the
    figure, where one decides.
    """

    result: Result
    saw: Message
    todo: Message | None = None
    path: KeyPath = ()
    share: Share | None = None


def met(saw: Message, *, path: KeyPath = (), share: Share | None = None) -> Outcome:
    """Answered, and the answer is yes."""
    return Outcome(Result.MET, saw, None, path, share)


def missing(saw: Message, todo: Message | None = None, *, path: KeyPath = (), share: Share | None = None) -> Outcome:
    """Not answered yet, or not enough to say."""
    return Outcome(Result.MISSING, saw, todo, path, share)


def unmet(saw: Message, todo: Message | None = None, *, path: KeyPath = (), share: Share | None = None) -> Outcome:
    """Answered, and the answer is no."""
    return Outcome(Result.UNMET, saw, todo, path, share)


def not_applicable(saw: Message, *, path: KeyPath = ()) -> Outcome:
    """Says nothing here: neutral."""
    return Outcome(Result.NOT_APPLICABLE, saw, None, path)


T = TypeVar("T")


class Dossier(Record, dict=True):
    """All that a criterion may look at: the project, the evidence files by slug, the expanded plan.

    `review_number` says which review is under decision (0 is the first); None: the last one in the file.
    """

    project: Project
    evidence: Mapping[str, EvidenceFile] = field(default_factory=dict)
    review_number: int | None = None

    def at_review(self, number: int | None) -> Dossier:
        """The same with this review under decision; what was worked out of the rest is not worked out again."""
        if number == self.review_number:
            return self
        other = replace(self, review_number=number)
        other.__dict__["_made"] = self._made
        return other

    @property
    def schedule(self) -> Schedule:
        """The plan items, day by day."""
        return self.once(_expanded)[0]

    @property
    def schedule_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the plan items as rules."""
        return self.once(_expanded)[1]

    @property
    def loads(self) -> tuple[Load, ...]:
        """Hours planned beside hours available."""
        return self.once(_loads)

    def once(self, work: Callable[[Dossier], T]) -> T:
        """What this makes of the project and the evidence, whichever review is under decision; made only once."""
        if work not in self._made:
            self._made[work] = work(self)
        made: T = self._made[work]
        return made

    @cached_property
    def _made(self) -> dict[Callable[[Dossier], Any], Any]:
        return {}

    @property
    def values(self) -> Any:
        """The project as plain values by the keys of the file: what seals are set on."""
        return self.once(_values)

    @property
    def evidence_values(self) -> Mapping[str, Any]:
        """The evidence files as plain values, by slug."""
        return self.once(_evidence_values)

    @property
    def review(self) -> Review | None:
        """The review under decision."""
        reviews = self.project.reviews or []
        number = len(reviews) - 1 if self.review_number is None else self.review_number
        return reviews[number] if 0 <= number < len(reviews) else None

    def share(self, figure: Figure | None, question: str) -> Share | None:
        """The share that a figure states, by hand or from its evidence file; None while it states none.

        From an evidence file: the answers `yes` (or `active`) to `question`, of all answers that count.
        """
        if figure is None:
            return None
        if figure.numerator is not None and figure.denominator is not None:
            return Share(figure.numerator, figure.denominator) if figure.numerator <= figure.denominator else None
        found = self.evidence.get(figure.evidence or "")
        counts = (found.counts or {}).get(question) if found else None
        if not found or counts is None or found.accepted is None:
            return None
        yes = counts.get("yes", counts.get("active", 0))
        return Share(yes, found.accepted) if yes <= found.accepted else None

    def name(self, slug: str | None) -> str:
        """What a person is called; the slug where no name is written. For reading only: no outcome rests on it."""
        person = (self.project.people or {}).get(slug or "")
        return (person.name if person else None) or slug or "?"

    def hours_per_week(self, slug: str | None) -> Fraction | None:
        """The hours a week that a person has; a month counts as 52/12 weeks. None where neither is written."""
        person = (self.project.people or {}).get(slug or "")
        if person is None:
            return None
        if person.hours_per_week is not None:
            return Fraction(person.hours_per_week)
        return Fraction(person.hours_per_month) * 12 / 52 if person.hours_per_month is not None else None


def _expanded(dossier: Dossier) -> tuple[Schedule, tuple[Finding, ...]]:
    return expand(dossier.project.plan)


def _loads(dossier: Dossier) -> tuple[Load, ...]:
    return loads(dossier.project, dossier.schedule)


def _values(dossier: Dossier) -> Any:
    return dossier.project.model_dump(mode="json", by_alias=True)


def _evidence_values(dossier: Dossier) -> Mapping[str, Any]:
    return {slug: file.model_dump(mode="json") for slug, file in dossier.evidence.items()}


class Criterion(Record):
    """A demand of a gate, with the prose that explains it.

    `reads` are the paths that decide the outcome (`strategy.goals.*.cycle`; `@` is the review under decision): the
    seal of a decision covers them. `may_be` are the outcomes that it can have.
    """

    id: str
    level: Level
    function: Callable[..., Outcome]
    reads: tuple[str, ...]
    sources: tuple[str, ...]
    may_be: tuple[Result, ...]
    threshold: Threshold | None
    effort: Effort
    moment: Moment | None
    title: Message
    why: Message
    remedy: Message

    def outcome(self, dossier: Dossier, override: Fraction | None = None) -> Outcome:
        """What this criterion says of the dossier; `override` replaces its own threshold."""
        if self.threshold is None:
            found: Outcome = self.function(dossier)
        else:
            found = self.function(dossier, self.threshold.value if override is None else override)
        return found if found.path else replace(found, path=self.path)

    @property
    def path(self) -> KeyPath:
        """Where in the file this is answered: the first path that it reads, up to the first wildcard."""
        parts: list[str] = []
        for part in self.reads[0].split("."):
            if part in "*@" or "{" in part:
                break
            parts.append(part)
        return tuple(parts)


def criterion(
    level: Level,
    *,
    reads: str,
    sources: str = "",
    threshold: Threshold | None = None,
    may_be: tuple[Result, ...] = (Result.MET, Result.MISSING),
    effort: Effort = Effort.WRITE,
    moment: Moment | None = None,
) -> Callable[[Callable[..., Outcome]], Criterion]:
    """Makes a criterion of a function; its name is the id, its docstring the prose. Registers nothing."""

    def make(function: Callable[..., Outcome]) -> Criterion:
        paragraphs = [" ".join(part.split()) for part in (function.__doc__ or "").split("\n\n")]
        title, why, remedy = (Message(part.rstrip(), domain="criteria") for part in paragraphs)
        return Criterion(
            function.__name__.replace("_", "-"),
            level,
            function,
            tuple(reads.split()),
            tuple(sources.split()),
            may_be,
            threshold,
            effort,
            moment,
            title,
            why,
            remedy,
        )

    return make


class PhaseGate(Record):
    """A phase, what its gate demands, and the documents that belong to it."""

    gate: Gate
    number: int
    title: Message
    question: Message
    criteria: tuple[Criterion, ...]
    documents: tuple[str, ...] = ()


class KillCriterionState(Record):
    """A kill criterion, and whether it is reached. It cannot be waived."""

    id: str
    when: str
    reached: bool


def kill_criteria(project: Project) -> tuple[KillCriterionState, ...]:
    """The kill criteria as they stand, in the order of the file."""
    asked = (project.initiative.kill_criteria if project.initiative else None) or {}
    return tuple(KillCriterionState(slug, kill.when or slug, bool(kill.reached)) for slug, kill in asked.items())


def verdict(outcomes: Iterable[tuple[Level, Result]], killed: bool) -> VerdictKind:
    """Go when all that is decisive and required is met or waived; no-go when something decisive says no."""
    weighed = [(level, result) for level, result in outcomes if level is not Level.ADVISED]
    if killed or any(level is Level.DECISIVE and result is Result.UNMET for level, result in weighed):
        return VerdictKind.NO_GO
    if all(result in {Result.MET, Result.WAIVED, Result.NOT_APPLICABLE} for _, result in weighed):
        return VerdictKind.GO
    return VerdictKind.NOT_YET


def select(data: Any, reads: Iterable[str], review_number: int) -> Any:
    """The part of the data that lies on the paths, as nested mappings by key and position.

    `*` stands for every key or position, `@` for the review under decision, and `{core_group.members}` for every key
    or name that stands at that other path: `people.{core_group.members}.place` are the places of the core group, and
    nobody else's. What is not there is left out, so that a field that the format gains later does not change an old
    selection. An empty list stays one: `none` is an answer.
    """
    chosen: dict[Any, Any] = {}
    for path in reads:
        _copy(data, _parts(path, data, review_number), review_number, chosen)
    return chosen


def _parts(path: str, data: Any, review_number: int) -> list[str | frozenset[str]]:
    """The steps of a path; one in braces as the names that it stands for."""
    return [
        frozenset(_names(select(data, [step[1:-1]], review_number), step[1:-1].count(".") + 1))
        if step.startswith("{")
        else step
        for step in re.findall(r"\{[^}]*\}|[^.]+", path)
    ]


def _names(selected: Any, depth: int) -> Iterator[str]:
    if isinstance(selected, Mapping) and depth == 0:
        yield from selected
    elif isinstance(selected, Mapping):
        for inner in selected.values():
            yield from _names(inner, depth - 1)
    elif isinstance(selected, list):
        for inner in selected:
            yield from _names(inner, depth)
    elif isinstance(selected, str):
        yield selected


def _copy(data: Any, parts: Sequence[str | frozenset[str]], review_number: int, into: dict[Any, Any]) -> None:
    head, rest = parts[0], parts[1:]
    if isinstance(data, dict):
        wanted = [head] if isinstance(head, str) else sorted(head)
        keys: Iterable[Any] = list(data) if head == "*" else [key for key in wanted if key in data]
    elif isinstance(data, list):
        keys = range(len(data)) if head == "*" else [review_number] if head == "@" and review_number < len(data) else []
    else:
        return
    for key in keys:
        if not rest or data[key] == []:
            into[key] = data[key]
        else:
            deeper = into.setdefault(key, {})
            if isinstance(deeper, dict):
                _copy(data[key], rest, review_number, deeper)


LEVELS: dict[Level, Message] = {
    Level.DECISIVE: msg("decisive"),
    Level.REQUIRED: msg("required"),
    Level.ADVISED: msg("advised"),
}
RESULTS: dict[Result, Message] = {
    Result.MET: msg("met"),
    Result.MISSING: msg("missing"),
    Result.UNMET: msg("unmet"),
    Result.NOT_APPLICABLE: msg("not applicable"),
    Result.WAIVED: msg("waived"),
}
VERDICTS: dict[VerdictKind, Message] = {
    VerdictKind.GO: msg("go"),
    VerdictKind.NO_GO: msg("no-go"),
    VerdictKind.NOT_YET: msg("not yet"),
}
