"""The documents of phases three and four: whole documents, and when a project has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cop_launch.documents import BY_PHASE, come_to, render
from cop_launch.documents.support import presentation
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, Language, in_language
from cop_launch.model.decision import Phase
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from tests.documents import small
from tests.documents.markdown import structure
from tests.documents.test_rendering import HOSTILE

PHASES = (Phase.CORE_GROUP, Phase.STRATEGY)
DOCUMENTS = {path: document for phase in PHASES for path, document in BY_PHASE.get(phase, {}).items()}
UNDER_WAY = {"nl": "op-weg", "en": "under-way"}
BARE = {"nl": "nog-niet", "en": "not-yet"}

each = pytest.mark.parametrize(("path", "document"), DOCUMENTS.items(), ids=[Path(path).stem for path in DOCUMENTS])
in_both = pytest.mark.parametrize("language", LANGUAGES)
Document = Callable[[Dossier, Language], str]


FREE_TEXT = re.compile(
    "name|role|department|place|who|not|need|text|when|why|hypothesis|purpose|title|in|out|organisation|boundaries"
    "|assumptions|contribution|motive|heard_in|confidential|managers|for|thanks|mission|goal|indicator|baseline"
    "|baseline_by|target|rooms|every|day|where|task|expertise|note|mailbox|travel|not_applicable|because"
)
"""The fields of the small launch in which people write what they like."""


def is_free(key: str, value: str) -> bool:
    """Whether people write what they like here."""
    is_number = value.replace(".", "").isdigit() and key != "baseline"
    return bool(FREE_TEXT.fullmatch(key)) and not is_number


@each
@pytest.mark.parametrize("written", [text for text in HOSTILE if "\ud800" not in text])
def test_hostile_text_adds_nothing(written: str, path: str, document: Document) -> None:
    """Every free text at once: no heading, link, row, tag, slide or line more than with a plain word."""
    texts = []
    for text in (written, "woord"):
        tree = small.overwritten(small.tree("nl", "op-weg"), text, is_free)
        texts.append(document(Dossier(validate(Project, tree)), in_language("nl")))
    hostile, plain = texts
    assert structure(hostile) == structure(plain)
    assert hostile.count("\n") == plain.count("\n")


WITHOUT_CONSENT = "Onno"


@in_both
@each
def test_nobody_is_named_without_consent(path: str, document: Document, language: str) -> None:
    """Who did not agree appears by role, and what was said in the interview stays there."""
    text = document(small.dossier(language, UNDER_WAY[language]), small.language_of(language))
    assert [
        word for word in (WITHOUT_CONSENT, "twintig jaar", "twenty years", "gesprek 4", "interview 4") if word in text
    ] == []


FAR = [
    ({}, Phase.INITIATIVE),
    ({"core_group": {}}, Phase.INITIATIVE),
    ({"core_group": {"thanks": "x"}}, Phase.CORE_GROUP),
    ({"strategy": {"mission": "x"}}, Phase.STRATEGY),
    ({"decisions": [{"gate": "concept_test", "decision": "go"}]}, Phase.CORE_GROUP),
    ({"decisions": [{"gate": "concept_test", "decision": "go"}], "plan": {"posting": "x"}}, Phase.PLAN),
    ({"decisions": [{"gate": "launch", "decision": "go"}]}, Phase.LAUNCHED),
]


@pytest.mark.parametrize(("written", "far"), FAR)
def test_a_project_has_the_documents_of_the_phases_that_it_came_to(written: Any, far: Phase) -> None:
    """From its phase on, or from its first answer: with the documents of all phases before."""
    project = validate(Project, written)
    assert come_to(project) is far
    order = list(Phase)
    due = {
        path for phase, documents in BY_PHASE.items() if order.index(phase) <= order.index(far) for path in documents
    }
    assert set(render(Dossier(project), in_language("en"))) & {p for d in BY_PHASE.values() for p in d} == due


@in_both
@pytest.mark.parametrize("states", [UNDER_WAY, BARE], ids=["under-way", "bare"])
def test_the_presentation_is_slides(states: dict[str, str], language: str) -> None:
    """What Marp reads: settings first, and then between rules one heading with something to show, that fits."""
    text = presentation(small.dossier(language, states[language]), small.language_of(language))
    settings, *slides = re.split(r"^---\n", text, flags=re.MULTILINE)[1:]
    assert settings == f"marp: true\nlang: {language}\npaginate: true\n"
    assert len(slides) == 13
    for slide in slides:
        heading, *lines = [line for line in slide.splitlines() if line]
        assert re.match("##? ", heading)
        assert 1 <= len(lines) <= 8
        assert not any(line.startswith("#") for line in lines)
