"""Answers as data: where each goes, whether it would be wrong there, and what a file of answers comes down to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cop_launch.findings import Finding, KeyPath, Severity
from cop_launch.locales import msg
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.reading import read_project
from cop_launch.records import Record, replace

RECORDED = ("format", "phase", "decisions")
"""What coplaunch itself writes; it is no answer to a question."""


class Answer(Record):
    """One value to write, at its place."""

    path: KeyPath
    value: Any
    adds: bool = False
    """Adds an item to the list at `path`."""
    read_at: KeyPath = ()
    """Where it stands in the file of answers."""


def value_at(tree: Any, path: KeyPath) -> Any:
    """What stands at a path; None where nothing does."""
    for part in path:
        if isinstance(tree, dict):
            tree = tree.get(part)
        elif isinstance(tree, list) and isinstance(part, int):
            tree = tree[part] if part < len(tree) else None
        else:
            return None
    return tree


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


def with_answers(tree: Any, answers: Sequence[Answer]) -> Any:
    """The tree with all of these answers, their values as the reader of the file would hand them over."""
    for answer in answers:
        if answer.adds:
            held = value_at(tree, answer.path)
            items = held if isinstance(held, list) else [] if held in (None, "none") else [held]
            tree = with_value(tree, answer.path, [*items, answer.value])
        else:
            tree = with_value(tree, answer.path, answer.value)
    return tree


def what_is_wrong(tree: Any, answers: Sequence[Answer], evidence: Mapping[str, EvidenceFile]) -> tuple[Finding, ...]:
    """The errors that these answers would bring to a plan that has none, each at its own place."""
    findings = read_project(with_answers(tree, answers), evidence)[1]
    return tuple(found for found in findings if found.severity is Severity.ERROR)


# -- a file of answers ------------------------------------------------------------------------------------------------


def differences(tree: Any, answers: Any, path: KeyPath = (), read_at: KeyPath = ()) -> Iterator[Answer]:
    """The single writes that bring a file of answers, in the shape of the plan, into the plan.

    Mappings are gone into; of a list, the items that the plan does not have are added; any other value replaces what
    stands there.
    """
    if isinstance(answers, dict) and (isinstance(tree, dict) or (tree is None and len(path) < 2)):
        for key, value in answers.items():
            yield from differences((tree or {}).get(key), value, (*path, key), (*read_at, key))
    elif isinstance(answers, list) and isinstance(tree, list):
        for number, item in enumerate(answers):
            if item not in tree:
                yield Answer(path, item, adds=True, read_at=(*read_at, number))
    elif answers != tree:
        yield Answer(path, answers, read_at=read_at)


def not_answers(answers: Any) -> tuple[Finding, ...]:
    """What stands in a file of answers and is none: what coplaunch writes itself, or nothing at all."""
    if not isinstance(answers, dict) or not answers:
        hint = msg("write the answers as in coplaunch.yaml: initiative: and below it, indented, networks: […]")
        return (Finding("no-answers", msg("there are no answers in this file"), (), hint=hint),)
    hint = msg("take it out; `coplaunch advance` decides and moves on")
    return tuple(
        Finding("not-an-answer", msg("`{key}` is written by coplaunch itself", key=key), (key,), hint=hint, at_key=True)
        for key in RECORDED
        if key in answers
    )


def at_its_answer(finding: Finding, tree: Any, answers: Sequence[Answer]) -> Finding:
    """A finding in the plan, at the place in the file of answers that it comes from."""
    added: dict[KeyPath, int] = {}
    for answer in answers:
        path = answer.path
        if answer.adds:
            held = value_at(tree, path)
            position = (len(held) if isinstance(held, list) else 0) + added.get(path, 0)
            added[path] = added.get(path, 0) + 1
            path = (*path, position)
        if finding.path[: len(path)] == path:
            return replace(finding, path=(*answer.read_at, *finding.path[len(path) :]), place=None)
    return replace(finding, place=None)
