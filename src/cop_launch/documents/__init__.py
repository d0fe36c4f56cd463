"""The documents that people read: from a project and its outcomes to text."""

from __future__ import annotations

from collections.abc import Callable

from cop_launch.documents.overview import overview
from cop_launch.documents.report import go_no_go
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.workflow import Assessment, assess, dossier_for, gate_of

DOCUMENTS: dict[str, Callable[[Dossier, Assessment, Language], str]] = {
    "plans/overview.md": overview,
    "plans/go-no-go.md": go_no_go,
}
"""Every document by its path in the project, in the order in which people need them."""


def render(dossier: Dossier, language: Language) -> dict[str, str]:
    """The text of every document by its path in the project, as things stand at the gate before which it stands."""
    gate = gate_of(dossier.project)
    here = dossier_for(dossier, gate)
    assessment = assess(here, gate)
    return {path: document(here, assessment, language) for path, document in DOCUMENTS.items()}
