"""Every document of phases one to four: of a launch under way, of one that has just begun, and of nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cop_launch.documents import BY_PHASE
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, Language, in_language
from cop_launch.model.decision import Phase
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from tests.documents import small
from tests.documents.markdown import faults
from tests.documents.test_documents import EMPTY

PHASES = (Phase.INITIATIVE, Phase.CONCEPT_TEST, Phase.CORE_GROUP, Phase.STRATEGY)
DOCUMENTS = {path: document for phase in PHASES for path, document in BY_PHASE[phase].items()}
STATES = {"nl": ("op-weg", "nog-niet"), "en": ("under-way", "not-yet")}
"""With answers of every kind and some still open, and with next to none."""

each = pytest.mark.parametrize(("path", "document"), DOCUMENTS.items(), ids=[Path(path).stem for path in DOCUMENTS])
in_both = pytest.mark.parametrize("language", LANGUAGES)
Document = Callable[[Dossier, Language], str]


@in_both
@each
def test_a_document_is_the_golden_one(path: str, document: Document, language: str) -> None:
    """Whole, in both states."""
    for state in STATES[language]:
        text = document(small.dossier(language, state), small.language_of(language))
        assert faults(text) == []
        small.is_golden(f"{Path(path).stem}-{state}.{language}.md", text)


@in_both
@each
@pytest.mark.parametrize("written", EMPTY)
def test_an_almost_empty_project_has_it_too(written: Any, path: str, document: Document, language: str) -> None:
    """What is not known is said plainly, however little there is."""
    assert faults(document(Dossier(validate(Project, written)), in_language(language))) == []
