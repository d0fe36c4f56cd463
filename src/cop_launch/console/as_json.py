"""The same as data, for programs: every answer is one object with `schema` and `kind`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cop_launch.console.screen import STEERS
from cop_launch.findings import Finding, Refused
from cop_launch.gates import Criterion
from cop_launch.locales import Language
from cop_launch.model.decision import Decision, standing
from cop_launch.model.project import Project
from cop_launch.statistics import Share, wilson
from cop_launch.workflow import Assessment, Weighed, write_threshold

SCHEMA = 1
"""The version of the shape of these objects; it rises when a program that reads them could break."""


def dumps(kind: str, **values: Any) -> str:
    """One object of a kind, as text with a final newline; what would steer a terminal is written as an escape."""
    text = json.dumps({"schema": SCHEMA, "kind": kind, **values}, ensure_ascii=False, indent=2) + "\n"
    return STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def finding(found: Finding, language: Language) -> dict[str, Any]:
    """A finding: code, severity, place, sentence and what to do."""
    place = found.place
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "path": list(found.path),
        "message": language.say(found.message),
        "hint": language.say(found.hint) if found.hint else None,
    }


def refused(error: Refused, language: Language) -> dict[str, Any]:
    """What could not be done, and what to do about it."""
    return {
        "code": error.code,
        "message": language.say(error.message),
        "hint": language.say(error.hint) if error.hint else None,
        "exit_code": int(error.exit_code),
        "findings": [finding(found, language) for found in error.findings],
    }


def share_of(share: Share | None) -> dict[str, Any] | None:
    if share is None or not share.denominator:
        return None
    interval = wilson(share)
    return {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "share": float(share.fraction),
        "low": interval.low,
        "high": interval.high,
        "method": "wilson-95",
    }


def _threshold(item: Weighed) -> dict[str, Any] | None:
    usual = item.criterion.threshold
    if usual is None or item.threshold is None:
        return None
    return {
        "value": write_threshold(item.threshold, usual.unit),
        "usual": write_threshold(usual.value, usual.unit),
        "source": usual.source or None,
        "why": item.override_why,
    }


def weighed(item: Weighed, language: Language) -> dict[str, Any]:
    """A criterion with its outcome."""
    waiver = item.waiver
    return {
        "id": item.criterion.id,
        "title": language.say(item.criterion.title),
        "level": item.criterion.level.value,
        "moment": item.criterion.moment.value if item.criterion.moment else None,
        "result": item.result.value,
        "saw": language.say(item.outcome.saw),
        "todo": language.say(item.outcome.todo or item.criterion.remedy),
        "path": list(item.outcome.path),
        "share": share_of(item.outcome.share),
        "threshold": _threshold(item),
        "waiver": {"why": waiver.why, "by": waiver.by, "date": str(waiver.date)} if waiver else None,
    }


def assessment(found: Assessment, language: Language) -> dict[str, Any]:
    """A gate, weighed."""
    return {
        "gate": found.gate.gate.value,
        "verdict": found.verdict.value,
        "criteria": [weighed(item, language) for item in found.items],
        "blocking": [item.criterion.id for item in found.blocking],
        "next_steps": [item.criterion.id for item in found.next_steps],
        "kill_criteria": [{"id": k.id, "when": k.when, "reached": k.reached} for k in found.kill_criteria],
    }


def decision(made: Decision) -> dict[str, Any]:
    """A recorded decision."""
    return made.model_dump(mode="json")


def entry(recorded: Mapping[str, Any]) -> dict[str, Any]:
    """A decision as it was just recorded."""
    return {key: str(value) if isinstance(value, date) else value for key, value in recorded.items()}


def status(project: Project, found: Assessment, findings: Sequence[Finding], language: Language) -> dict[str, Any]:
    """The state of a project."""
    stands = standing(project.decisions or [])
    return {
        "name": project.name,
        "language": language.code,
        "phase": stands.phase.value,
        "state": stands.state.value,
        "assessment": assessment(found, language),
        "decisions": [decision(made) for made in project.decisions or []],
        "findings": [finding(one, language) for one in findings],
    }


def criterion(found: Criterion, phase: str, language: Language) -> dict[str, Any]:
    """A criterion, explained."""
    return {
        "id": found.id,
        "phase": phase,
        "level": found.level.value,
        "title": language.say(found.title),
        "why": language.say(found.why),
        "remedy": language.say(found.remedy),
        "reads": list(found.reads),
        "sources": list(found.sources),
        "threshold": write_threshold(found.threshold.value, found.threshold.unit) if found.threshold else None,
        "threshold_source": found.threshold.source or None if found.threshold else None,
        "may_be": [result.value for result in found.may_be],
    }
