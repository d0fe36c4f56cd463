"""Reads a plan from its text, as `check` does, and writes down what is wrong on one line for each finding."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from cop_launch.findings import Finding, in_order
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.project import Project
from cop_launch.model.reading import read_project
from cop_launch.store.source import read_source

FIRST = "format: 1\n"


def read(text: str, evidence: Mapping[str, EvidenceFile] | None = None) -> tuple[Project | None, tuple[Finding, ...]]:
    """The project that a text says, and everything wrong with it, each with its place."""
    source, findings = read_source(dedent(text).encode(), "coplaunch.yaml")
    if source is None:
        return None, findings
    project, misfits = read_project(source.tree, evidence)
    return project, in_order((*findings, *source.locate(misfits)))


def wrong(text: str, evidence: Mapping[str, EvidenceFile] | None = None) -> list[str]:
    """`line:column code: sentence -> what to do` for each finding; `format: 1` is put before the text as line 1."""
    return [said(finding) for finding in read(FIRST + dedent(text), evidence)[1]]


def said(finding: Finding) -> str:
    """One finding on one line."""
    assert finding.place is not None
    hint = f" -> {finding.hint}" if finding.hint else ""
    return f"{finding.place.line}:{finding.place.column} {finding.code}: {finding.message}{hint}"
