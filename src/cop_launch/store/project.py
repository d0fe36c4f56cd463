"""A project on disk: found, and loaded with everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from cop_launch.findings import Finding, Severity, in_order
from cop_launch.gates import Dossier
from cop_launch.locales import language_of_environment, msg
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.reading import as_written, read_evidence, read_project
from cop_launch.records import Record
from cop_launch.store.files import read
from cop_launch.store.places import EVIDENCE, PLAN
from cop_launch.store.source import Source, read_source
from cop_launch.workflow import check


class Loaded(Record, dict=True):
    """A project as it stands on disk.

    `dossier` is None when the plan could not be read at all. `texts` are the files by the name that findings give them,
    so that a line can be quoted.
    """

    folder: Path
    raw: bytes
    source: Source | None
    dossier: Dossier | None
    findings: tuple[Finding, ...]
    texts: Mapping[str, str]
    language: str

    @property
    def broken(self) -> bool:
        """Whether something is wrong that has to be mended before anything can be decided."""
        return self.dossier is None or any(finding.severity is Severity.ERROR for finding in self.findings)


def load(folder: Path) -> Loaded:
    """Everything that a project says, and everything that is wrong with it, sorted, each with its place."""
    raw = read(folder / PLAN)
    source, findings = read_source(raw, PLAN)
    texts = {PLAN: raw.decode("utf-8-sig", "replace")}
    evidence, evidence_findings = _load_evidence(folder, texts)
    dossier = None
    if source is not None:
        project, misfits = read_project(source.tree, evidence)
        findings = (*findings, *source.locate(misfits))
        if project is not None:
            dossier = Dossier(project, evidence)
            findings = (*findings, *source.locate(as_written(check(dossier), misfits)))
    written = dossier.project.language if dossier else None
    return Loaded(
        folder,
        raw,
        source,
        dossier,
        in_order((*findings, *evidence_findings)),
        texts,
        str(written) if written else _guess_language(source),
    )


def language_of(folder: Path) -> str:
    """The language of a project, whatever else is wrong with it."""
    return _guess_language(read_source(read(folder / PLAN), PLAN)[0])


def _guess_language(source: Source | None) -> str:
    tree = source.tree if source else None
    written = tree.get("language") if isinstance(tree, dict) else None
    return written if written in {"nl", "en"} else language_of_environment()


def _changed_export(folder: Path, file: EvidenceFile) -> tuple[Finding, ...]:
    """That the export in evidence/raw/ is no longer what was counted. One that is not there is fine."""
    if file.raw_digest is None or file.raw_name is None:
        return ()
    path = folder / EVIDENCE / "raw" / file.raw_name
    if ".." in path.parts or not path.is_file():
        return ()
    with path.open("rb") as stream:
        digest = "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()
    if digest == file.raw_digest:
        return ()
    message = msg("evidence/raw/{name} is not the file that was counted here: it changed since", name=file.raw_name)
    hint = msg("count it again with `coplaunch survey import`, or put the earlier file back")
    return (Finding("export-changed", message, ("raw_digest",), Severity.WARNING, hint=hint),)


def _load_evidence(folder: Path, texts: dict[str, str]) -> tuple[dict[str, EvidenceFile], tuple[Finding, ...]]:
    found: dict[str, EvidenceFile] = {}
    findings: list[Finding] = []
    for path in sorted((folder / EVIDENCE).glob("*.yaml")):
        name = f"{EVIDENCE}/{path.name}"
        raw = read(path)
        texts[name] = raw.decode("utf-8-sig", "replace")
        source, wrong = read_source(raw, name)
        findings += wrong
        file, misfits = read_evidence(source.tree) if source else (None, ())
        findings += source.locate(misfits) if source else ()
        findings += source.locate(_changed_export(folder, file)) if source and file else ()
        # A file that cannot be read is there all the same: what names it is not wrong.
        found[path.stem] = file or EvidenceFile()
    return found, tuple(findings)
