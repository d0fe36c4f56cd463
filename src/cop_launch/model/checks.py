"""What can be wrong with a project although each field by itself can be read: what its parts say of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from cop_launch.findings import Finding, KeyPath, Severity, did_you_mean
from cop_launch.locales import Message, msg
from cop_launch.model.concept_test import ConceptTestRound
from cop_launch.model.decision import standing
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.fields import Figure, Period, Section
from cop_launch.model.initiative import Willingness
from cop_launch.model.plan import DryRun
from cop_launch.model.project import Project
from cop_launch.model.structure import attributes, references, shapes

_TARGETS: dict[tuple[str, ...], Message] = {
    ("people",): msg("there is no '{written}' in people"),
    ("initiative", "target_groups"): msg("there is no '{written}' in initiative.target_groups"),
    ("initiative", "needs"): msg("there is no '{written}' in initiative.needs"),
    ("concept_test", "themes"): msg("there is no '{written}' in concept_test.themes"),
    ("strategy", "goals"): msg("there is no '{written}' in strategy.goals"),
    ("strategy", "channels"): msg("there is no '{written}' in strategy.channels"),
    ("plan", "items"): msg("there is no '{written}' in plan.items"),
    ("evidence",): msg("there is no file evidence/{written}.yaml"),
}


def check_project(
    project: Project, evidence: Mapping[str, EvidenceFile], unread: Collection[KeyPath] = ()
) -> tuple[Finding, ...]:
    """Everything that does not fit together, in the order of the model.

    `unread` are the places that could not be read, and are wrong already: nothing is said of what points at them.
    """
    return (
        *_dangling(project, evidence, unread),
        *_impossible(project),
        *_differing(project, evidence),
        *(() if any(path[:1] == ("decisions",) for path in unread) else _phase(project)),
        *_without_consent(project),
    )


def _dangling(project: Project, evidence: Mapping[str, EvidenceFile], unread: Collection[KeyPath]) -> Iterator[Finding]:
    known: dict[tuple[str, ...], set[str]] = {("evidence",): set(evidence)}
    for reference in references(project):
        for target in reference.targets:
            if target not in known:
                known[target] = set(_at(project, target) or {})
        if any(reference.written in known[target] for target in reference.targets):
            continue
        meant: list[KeyPath] = [(*target, reference.written) for target in reference.targets]
        if any(path == entry[: len(path)] for path in unread for entry in meant):
            continue
        names = sorted(set().union(*(known[target] for target in reference.targets)))
        message = _TARGETS[reference.targets[0]]
        hint = did_you_mean(reference.written, names)
        if hint is None:
            hint = _how_to_add(reference.targets[0], names)
        yield Finding(
            "dangling-reference",
            Message(message.text, {"written": reference.written}),
            reference.path,
            hint=hint,
            at_key=reference.is_key,
        )


def _how_to_add(target: tuple[str, ...], names: Collection[str]) -> Message:
    if not 0 < len(names) <= 12:
        return msg("add it to {where}, or write another name here", where=".".join(target))
    if target == ("evidence",):
        return msg("choose from {names}", names=", ".join(names))
    return msg("add it to {where}, or choose from {names}", where=".".join(target), names=", ".join(names))


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        value = getattr(value, part, None)
    return value


def _sections(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Section]]:
    if isinstance(value, Section):
        yield path, value
        names = attributes(type(value))
        for key, shape in shapes(type(value)).items():
            if shape.section is not None:
                yield from _sections(getattr(value, names[key]), (*path, key))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _sections(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _sections(item, (*path, number))


def _impossible(project: Project) -> Iterator[Finding]:
    for path, section in _sections(project):
        if isinstance(section, (Period, DryRun)) and section.from_ and section.to and section.to < section.from_:
            yield Finding(
                "period-reversed",
                msg("this ends on {to}, before it begins on {start}", to=str(section.to), start=str(section.from_)),
                (*path, "to"),
                hint=msg("change one of the two dates"),
            )
        if isinstance(section, Figure):
            yield from _impossible_figure(section, path)
        if isinstance(section, ConceptTestRound):
            yield from _impossible_test(section, path)
    interviews = project.initiative.interviews if project.initiative else None
    if interviews and interviews.held is not None and interviews.want_to_contribute is not None:
        yield from _too_many(
            interviews.want_to_contribute, interviews.held, ("initiative", "interviews", "want_to_contribute")
        )


def _impossible_figure(figure: Figure, path: KeyPath) -> Iterator[Finding]:
    if figure.numerator is not None and figure.denominator is not None and figure.numerator > figure.denominator:
        yield Finding(
            "impossible-figure",
            msg("{k} of {n} is more than all of them", k=figure.numerator, n=figure.denominator),
            path,
            hint=msg("numerator is how many of them, denominator is how many in all"),
        )


def _impossible_test(test: ConceptTestRound, path: KeyPath) -> Iterator[Finding]:
    if test.answered is None:
        return
    if test.invited is not None and test.answered > test.invited:
        yield Finding(
            "impossible-figure",
            msg("{answered} people answered, and {invited} were invited", answered=test.answered, invited=test.invited),
            (*path, "answered"),
            hint=msg("count people once, and everyone who was invited"),
        )
    left_out = sum((test.left_out or {}).values())
    if left_out > test.answered:
        yield Finding(
            "impossible-figure",
            msg("{left_out} answers are left out of {answered}", left_out=left_out, answered=test.answered),
            (*path, "left_out"),
            hint=msg("`answered` counts everyone who answered, those left out included"),
        )
    elif test.wants_a_role is not None:
        yield from _too_many(test.wants_a_role, test.answered - left_out, (*path, "wants_a_role"))


def _too_many(said: Willingness, most: int, path: KeyPath) -> Iterator[Finding]:
    counted = (said.active or 0) + (said.maybe or 0) + (said.declined or 0)
    if counted > most:
        yield Finding(
            "impossible-figure",
            msg("yes, perhaps and no add up to {counted}, and only {most} answers count", counted=counted, most=most),
            path,
            hint=msg("count each person once"),
        )


def _differing(project: Project, evidence: Mapping[str, EvidenceFile]) -> Iterator[Finding]:
    """Figures that stand in the plan by hand and in the evidence file that it names, and are not the same."""
    tests = (project.concept_test.tests if project.concept_test else None) or []
    for number, test in enumerate(tests):
        file = evidence.get(test.evidence or "")
        if test.evidence is None or file is None:
            continue
        path: KeyPath = ("concept_test", "tests", number)
        for name in ("invited", "answered"):
            yield from _differs(getattr(test, name), getattr(file, name), (*path, name), test.evidence)
        yield from _differs(test.left_out, file.excluded, (*path, "left_out"), test.evidence)
        by_hand = test.wants_a_role.model_dump() if test.wants_a_role else None
        yield from _differs(by_hand, (file.counts or {}).get("wants_a_role"), (*path, "wants_a_role"), test.evidence)
    for figure_path, section in _sections(project):
        if isinstance(section, Figure) and section.evidence and section.numerator is not None:
            file = evidence.get(section.evidence)
            counts = ((file.counts if file else None) or {}).get(str(figure_path[-1]), {})
            yes = counts.get("yes", counts.get("active"))
            yield from _differs(section.numerator, yes, (*figure_path, "numerator"), section.evidence)


def _differs(by_hand: Any, counted: Any, path: KeyPath, slug: str) -> Iterator[Finding]:
    if by_hand is not None and counted is not None and by_hand != counted:
        yield Finding(
            "figures-differ",
            msg("this differs from what evidence/{slug}.yaml counts", slug=slug),
            path,
            hint=msg("take out what is written here, or correct it"),
        )


def _phase(project: Project) -> Iterator[Finding]:
    if project.phase is None:
        return
    stands = standing(project.decisions or [])
    if project.phase is not stands.phase:
        yield Finding(
            "phase-disagrees",
            msg(
                "the phase is '{phase}', and the decisions lead to '{expected}'",
                phase=project.phase.value,
                expected=stands.phase.value,
            ),
            ("phase",),
            hint=msg("write `phase: {expected}`; `coplaunch advance` moves it", expected=stands.phase.value),
        )


def _without_consent(project: Project) -> Iterator[Finding]:
    """Champions, core group and sponsor are named with their consent recorded."""
    people = project.people or {}
    for slug in dict.fromkeys(_named_people(project)):
        person = people.get(slug)
        if person is not None and person.name and person.consent is None:
            yield Finding(
                "no-consent",
                msg("{name} is named, and nobody wrote down whether that is all right", name=person.name),
                ("people", slug),
                Severity.WARNING,
                hint=msg("ask, and add `consent:` with the date; or name a role instead of a person"),
                at_key=True,
            )


def _named_people(project: Project) -> Iterable[str]:
    if project.initiative:
        yield from (champion.person for champion in project.initiative.champions or [] if champion.person)
    if project.core_group:
        yield from project.core_group.members or {}
        if project.core_group.sponsor and project.core_group.sponsor.person:
            yield project.core_group.sponsor.person
