"""From plain values, as the reader found them, to a project: whatever can be read is read, the rest are findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any, TypeVar

from cop_launch.findings import Finding, KeyPath, Severity, did_you_mean
from cop_launch.locales import Message, msg
from cop_launch.model.checks import check_project
from cop_launch.model.evidence import EvidenceFile, impossible_counts
from cop_launch.model.fields import UNION_TAGS, Section
from cop_launch.model.project import FORMAT, Project
from cop_launch.model.structure import keys, section_at
from cop_launch.model.validation import judged
from cop_launch.records import replace

S = TypeVar("S", bound=Section)


def read_project(
    tree: Any, evidence: Mapping[str, EvidenceFile] | None = None
) -> tuple[Project | None, tuple[Finding, ...]]:
    """The project that a tree of mappings, lists and texts says, and everything in it that is wrong.

    What cannot be read is left out of the project and is a finding; so is what does not fit together in the rest, or
    with the evidence files. An unknown format is not read at all: None. Nor is what is no mapping, which whoever made
    the tree has said already.
    """
    if not isinstance(tree, Mapping):
        return None, ()
    written = tree.get("format")
    if isinstance(written, (Mapping, list)):
        return None, (_wrong_type(("format",), {"type": "string", "input": written}),)
    if written is not None and written != str(FORMAT):
        return None, (_unknown_format(written),)
    project, findings = read_section(Project, tree)
    if project is not None:
        misfits = check_project(project, evidence or {}, [finding.path for finding in findings])
        findings = (*findings, *as_written(misfits, findings))
    if written is None:
        hint = msg("write `format: {format}` as the first line of the file", format=FORMAT)
        findings = (*findings, Finding("no-format", msg("the file does not say which format it has"), (), hint=hint))
    return project, findings


def as_written(misfits: Iterable[Finding], unread: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was found in a project, at its place in the file: before unread items were taken out of the lists.

    A warning about an entry of which a field could not be read is left out: it may say no more than that.
    """
    unread = tuple(unread)
    gaps = [finding.path for finding in unread if finding.path and isinstance(finding.path[-1], int)]
    errors = [finding.path for finding in unread if finding.severity is Severity.ERROR]
    # An entry lacks a field, and also what stood in a list of it.
    lacking = {path[:-1] for path in errors} | {path[:-2] for path in errors if path and isinstance(path[-1], int)}
    placed = (replace(finding, path=_before(finding.path, gaps)) for finding in misfits)
    return tuple(one for one in placed if one.severity is Severity.ERROR or one.path not in lacking)


def _before(path: KeyPath, gaps: list[KeyPath]) -> KeyPath:
    found: list[str | int] = []
    for part in path:
        if isinstance(part, int):
            taken_out = sorted(int(gap[-1]) for gap in gaps if gap[:-1] == tuple(found))
            shift = 0
            for position in taken_out:
                shift += position <= part + shift
            found.append(part + shift)
        else:
            found.append(part)
    return tuple(found)


def read_evidence(tree: Any) -> tuple[EvidenceFile | None, tuple[Finding, ...]]:
    """The same for a file in `evidence/`."""
    if not isinstance(tree, Mapping):
        return None, ()
    written = tree.get("format")
    if isinstance(written, str) and written != str(FORMAT):
        return None, (_unknown_format(written),)
    file, findings = read_section(EvidenceFile, tree)
    if file is not None:
        findings = (*findings, *as_written(impossible_counts(file), findings))
    return file, findings


def _unknown_format(written: str) -> Finding:
    newer = written.isdigit() and int(written) > FORMAT
    hint = (
        msg("this coplaunch reads format {format}; install a newer coplaunch", format=FORMAT)
        if newer
        else msg("write `format: {format}`", format=FORMAT)
    )
    return Finding("unknown-format", msg("format '{written}' is not known", written=written), ("format",), hint=hint)


def read_section(section: type[S], tree: Any) -> tuple[S | None, tuple[Finding, ...]]:
    """Reads a tree as a section: takes out what cannot be read, one place at a time, and says what it was."""
    findings: list[Finding] = []
    values = _without_own_keys(tree)
    copied = False
    while True:
        made, problems = judged(section, values)
        if made is not None:
            return made, tuple(findings)
        if not copied:
            values, copied = deepcopy(values), True
        # What is left of a place after something was taken out of it is not wrong once more.
        before, places = tuple(findings), list[KeyPath]()
        for problem in problems:
            path = _path_of(problem["loc"])
            places.append(path)
            if not any(found.path[: len(path)] == path for found in before):
                findings.append(_finding(section, path, problem))
        if () in places:
            return None, tuple(findings)
        # The last of a list first, so that the positions of the others stay what they were.
        for path in sorted(set(places), key=lambda place: [str(part).zfill(9) for part in place], reverse=True):
            _take_out(values, path)


def _without_own_keys(value: Any) -> Any:
    """The tree without the user's own `x-…` keys; the same object where it has none."""
    if isinstance(value, dict):
        kept = {key: _without_own_keys(item) for key, item in value.items() if not str(key).startswith("x-")}
        return value if len(kept) == len(value) and all(kept[key] is value[key] for key in kept) else kept
    if isinstance(value, list):
        items = [_without_own_keys(item) for item in value]
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    return value


def _path_of(location: tuple[str | int, ...]) -> KeyPath:
    return tuple(part for part in location if part not in UNION_TAGS and part != "[key]")


def _take_out(values: Any, path: KeyPath) -> None:
    holder = values
    for position, part in enumerate(path):
        last = position == len(path) - 1
        if isinstance(holder, dict) and part in holder:
            if last or not isinstance(holder[part], (dict, list)):
                del holder[part]
                return
            holder = holder[part]
        elif isinstance(holder, list) and isinstance(part, int) and part < len(holder):
            if last:
                del holder[part]
                return
            holder = holder[part]
        else:
            return


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _like_a_time_zone(written: str) -> Message | None:
    from zoneinfo import available_timezones

    return did_you_mean(written, sorted(name for name in available_timezones() if "/" in name))


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], tuple[Message, Message | None]]] = {
    "empty-text": lambda c: (
        msg("there is only an empty text here"),
        msg("write an answer, or leave the line out as long as there is none"),
    ),
    "not-a-whole-number": lambda c: (
        msg("'{written}' is not a whole number", written=c["written"]),
        msg("write digits only, without a leading zero: 14"),
    ),
    "not-a-number": lambda c: (
        msg("'{written}' is not a number", written=c["written"]),
        msg("write digits, with a point before decimals and nothing between thousands: 1250.50"),
    ),
    "negative-number": lambda c: (
        msg("'{written}' is less than 0", written=c["written"]),
        msg("write 0 or more"),
    ),
    "decimal-comma": lambda c: (
        msg("'{written}' has a decimal comma", written=c["written"]),
        msg("write {instead}", instead=c["instead"]),
    ),
    "not-true-or-false": lambda c: (
        msg("'{written}' is neither true nor false", written=c["written"]),
        msg("write {instead}", instead=c["instead"]) if "instead" in c else msg("write true or false"),
    ),
    "not-a-date": lambda c: (
        msg("'{written}' is not a date", written=c["written"]),
        msg("write {instead}", instead=c["instead"])
        if _is_day(c.get("instead", ""))
        else msg("write year, month and day: 2025-02-25"),
    ),
    "impossible-date": lambda c: (
        msg("there is no day {written}", written=c["written"]),
        msg("look it up in a calendar"),
    ),
    "not-a-time": lambda c: (
        msg("'{written}' is not a time of day", written=c["written"]),
        msg('write hours and minutes: "15:30"'),
    ),
    "not-a-time-zone": lambda c: (
        msg("'{written}' is not a time zone", written=c["written"]),
        _like_a_time_zone(c["written"]) or msg("write area and city: Europe/Amsterdam"),
    ),
    "not-an-id": lambda c: (
        msg("a short name has letters, digits and hyphens, and no spaces"),
        _like_a_name(c["written"]),
    ),
}


def _like_a_name(written: str) -> Message:
    """The short name that these words make, where they make one."""
    made = re.sub(r"[\W_]+", "-", written).strip("-").lower()
    return msg("write it like {name}", name=made if 0 < len(made) <= 64 else "explain-no")


_CODES = {"decimal-comma": "not-a-number", "empty-text": "empty-text", "not-an-id": "bad-name"}


def _finding(section: type[Section], path: KeyPath, problem: Mapping[str, Any]) -> Finding:
    kind = problem["type"]
    if kind in _SENTENCES:
        message, hint = _SENTENCES[kind]({"written": str(problem.get("input", "")), **problem.get("ctx", {})})
        is_key = kind == "not-an-id" and "[key]" in problem["loc"]
        return Finding(_CODES.get(kind, kind), message, path, hint=hint, at_key=is_key)
    if kind == "extra_forbidden":
        return _unknown_key(section, path, problem["input"])
    if kind in {"enum", "literal_error"} and isinstance(problem["input"], str):
        choices = [word.strip("' ") for word in str(problem["ctx"]["expected"]).replace(" or ", ", ").split(",")]
        written = str(problem["input"])
        near = did_you_mean(written, choices)
        allowed = msg("choose from {choices}", choices=", ".join(choices))
        return Finding(
            "unknown-choice",
            msg("'{written}' is not one of the choices", written=written),
            path,
            hint=msg("{near} ({allowed})", near=near, allowed=allowed) if near else allowed,
        )
    return _wrong_type(path, problem)


def _unknown_key(section: type[Section], path: KeyPath, value: Any) -> Finding:
    *parents, key = path
    holder = section_at(section, tuple(parents))
    # Without positions: the line says which one, and people do not count from zero.
    where = ".".join(part for part in parents if isinstance(part, str))
    if where:
        message = msg("'{key}' is not a field of {where}", key=str(key), where=where)
    elif section is EvidenceFile:
        message = msg("'{key}' is not a field of an evidence file", key=str(key))
    else:
        message = msg("'{key}' is not a field of the project file", key=str(key))
    hint = did_you_mean(str(key), keys(holder)) if holder else None
    if hint is None and value is None:
        # {text: a, b} is two fields to YAML: the second one is called b and has nothing behind it.
        hint = msg("if this belongs to the text before it, put that whole text in quotes")
    own = msg("a field of your own starts with x-, like x-note")
    return Finding("unknown-key", message, path, hint=hint or own, at_key=True)


_WANTED: dict[str, Message] = {
    "model": msg("here come fields, each on a line of its own: name: value"),
    "dict": msg("here come entries, each with a short name of its own: name: {{…}}"),
    "list": msg("here comes a list: one line each, starting with a hyphen, or [one, two]"),
    "string": msg("here comes one text or number, not a list or fields"),
}


def _wrong_type(path: KeyPath, problem: Mapping[str, Any]) -> Finding:
    kind = problem["type"].removesuffix("_type").removesuffix("_attributes")
    wanted = _WANTED.get("model" if kind.startswith("model") else kind, _WANTED["string"])
    found = problem.get("input")
    if isinstance(found, Mapping):
        message = msg("there are fields here, where something else is expected")
    elif isinstance(found, list):
        message = msg("there is a list here, where something else is expected")
    elif found is None:
        message = msg("there is nothing here, where something is expected")
    else:
        message = msg("'{written}' cannot stand here", written=str(found))
    return Finding("wrong-type", message, path, hint=wanted)
