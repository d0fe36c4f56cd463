"""People and decisions as documents tell them."""

from __future__ import annotations

import re
from datetime import date

from cop_launch.gates import Dossier
from cop_launch.model.decision import Decision, DecisionKind, Gate, Phase, VerdictKind
from cop_launch.records import Record
from cop_launch.workflow import Choice

_REPORT = re.compile(r"decisions/[A-Za-z0-9][A-Za-z0-9.-]*\.md")


class Made(Record):
    """A decision, with the names of those who made it. What a file leaves open is None or empty."""

    gate: Gate
    kind: DecisionKind
    day: date | None
    by: tuple[str, ...]
    because: str
    to: Phase | None = None
    verdict: VerdictKind | None = None
    report: str | None = None
    """The report's path in the project; None also for a path that coplaunch would not have written."""


def chosen(dossier: Dossier, gate: Gate, verdict: VerdictKind, choice: Choice) -> Made:
    """A choice that is about to be recorded. Who decides signs with their name."""
    names = tuple(dossier.name(slug) for slug in choice.by)
    return Made(gate, choice.kind, choice.day, names, choice.because.strip(), choice.to, verdict)


def recorded(dossier: Dossier, decision: Decision) -> Made | None:
    """A decision as the file holds it; None while it does not say what was decided about."""
    if decision.gate is None or decision.decision is None:
        return None
    names = tuple(dossier.name(slug) for slug in decision.by or [])
    written = decision.report or ""
    report = written if _REPORT.fullmatch(written) and ".." not in written else None
    because = (decision.because or "").strip()
    return Made(decision.gate, decision.decision, decision.date, names, because, decision.to, decision.verdict, report)


class Who(Record):
    """Someone in the plan: by name when the consent is recorded, otherwise by role, otherwise not at all."""

    name: str | None
    role: str | None


def who(dossier: Dossier, slug: str | None) -> Who | None:
    """The person with this slug; None without a slug."""
    if slug is None:
        return None
    person = (dossier.project.people or {}).get(slug)
    if person is None:
        return Who(None, None)
    return Who(person.name if person.consent else None, person.role)
