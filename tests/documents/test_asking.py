"""The documents of phases one and two: what people are asked, what they said, and the concept that came of it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cop_launch.documents import BY_PHASE
from cop_launch.documents.share_picture import share_pictures
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, Language, in_language
from cop_launch.model.decision import Phase
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from tests.documents import small
from tests.documents.markdown import structure, words
from tests.documents.test_by_phase import is_free
from tests.documents.test_documents import _example
from tests.documents.test_rendering import HOSTILE

DOCUMENTS = BY_PHASE[Phase.INITIATIVE] | BY_PHASE[Phase.CONCEPT_TEST]

each = pytest.mark.parametrize(("path", "document"), DOCUMENTS.items(), ids=[Path(path).stem for path in DOCUMENTS])
in_both = pytest.mark.parametrize("language", LANGUAGES)
Document = Callable[[Dossier, Language], str]


def _rewritten(written: str) -> Dossier:
    """The first two phases of an example with this text for every free one."""
    tree = _example()
    first = {key: tree[key] for key in ("name", "organisation", "people", "initiative", "concept_test")}
    return Dossier(validate(Project, small.overwritten(first, written, is_free)))


@each
@pytest.mark.parametrize("written", [text for text in HOSTILE if "\ud800" not in text])
def test_hostile_text_adds_nothing(written: str, path: str, document: Document) -> None:
    """Every free text of a whole project at once: no heading, link, row, tag or line more than with a plain word."""
    hostile, plain = (document(_rewritten(text), in_language("nl")) for text in (written, "woord"))
    assert structure(hostile) == structure(plain)
    assert hostile.count("\n") == plain.count("\n")


@pytest.mark.parametrize("written", [text for text in HOSTILE if "\ud800" not in text])
def test_no_text_gets_into_a_picture(written: str) -> None:
    """A picture holds numbers and our own sentences; nothing that anybody wrote."""
    hostile, plain = (share_pictures(_rewritten(text), in_language("nl")) for text in (written, "woord"))
    assert hostile == plain
    assert {ET.fromstring(text).tag for text in hostile.values()} == {"{http://www.w3.org/2000/svg}svg"}  # noqa: S314


QUOTES = [
    {"text": "Ik mag dit zeggen.", "by": "voorlezer", "consent": "true"},
    {"text": "Dit blijft tussen ons.", "by": "voorlezer", "consent": "false"},
    {"text": "Hier vroeg niemand het."},
]


def test_only_words_whose_owner_agreed_are_quoted() -> None:
    """The inventory says how many it keeps to itself, and no document holds them."""
    tree = {"initiative": {"needs": {"stil": {"need": "als het stil wordt", "heard_from": "4", "quotes": QUOTES}}}}
    dossier = Dossier(validate(Project, tree))
    texts = [document(dossier, in_language("nl")) for document in DOCUMENTS.values()]
    assert ["Ik mag dit zeggen." in text for text in texts].count(True) == 1
    assert not any("tussen ons" in text or "vroeg niemand" in text for text in texts)
    inventory = DOCUMENTS["plans/needs-inventory.md"](dossier, in_language("nl"))
    assert "Twee citaten staan hier niet: er is nog niet gezegd dat ze gebruikt mogen worden." in inventory


OUTLINES = {
    "nl": [
        "Waarom nu",
        "Voor wie, en voor wie niet",
        "Wat zij nodig hebben",
        "Waar het wel en niet over gaat",
        "Wat voor community, met welk doel",
        "Wat het oplevert",
        "Wat we van je vragen",
        "Wat we nog niet zeker weten",
        "Zo toetsen we dit",
    ],
    "en": [
        "Why now",
        "For whom, and for whom not",
        "What they need",
        "What it is about, and what not",
        "What kind of community, for which purpose",
        "What it yields",
        "What we ask of you",
        "What we do not know for certain",
        "How we test this",
    ],
}


@in_both
def test_the_concept_keeps_to_its_outline(language: str) -> None:
    """Nine headings in this order, whatever is known; at most three needs, the most heard first."""
    projects: list[Any] = [_example(), {}]
    for tree in projects:
        text = DOCUMENTS["plans/concept.md"](Dossier(validate(Project, tree)), in_language(language))
        assert [line[3:] for line in text.split("\n") if line.startswith("## ")] == OUTLINES[language]
    text = DOCUMENTS["plans/concept.md"](Dossier(validate(Project, _example())), in_language(language))
    assert next(line for line in text.split("\n") if line.startswith("1. ")).endswith(
        {"nl": "(gehoord van 9 mensen).", "en": "(heard from 9 people)."}[language]
    )
    assert sum(line.startswith("1. ") for line in text.split("\n")) == 3


@in_both
def test_there_is_one_reminder_and_no_mail_presses(language: str) -> None:
    """Three mails, and each leaves a no as welcome as a yes."""
    text = DOCUMENTS["plans/questionnaire.md"](Dossier(validate(Project, _example())), in_language(language))
    mails = [line for line in text.split("\n") if line.startswith("## Mail")]
    assert len(mails) == 3
    asks = {"nl": ("helpt je antwoord", "Een nee is net zo welkom"), "en": ("your answer helps", "A no is as welcome")}
    for phrase in asks[language]:
        assert phrase in words(text)
