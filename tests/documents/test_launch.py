"""The documents of the launch, the page for newcomers and what follows: whole, and what they keep to themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cop_launch.documents import render
from cop_launch.documents.after_launch import LETTER, closing_letter, sponsor_report
from cop_launch.documents.launch import hand_over, launch_kit, manager_guide
from cop_launch.documents.newcomer_page import newcomer_page
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, Language, in_language
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from tests.documents import small
from tests.documents.markdown import faults, structure
from tests.documents.test_documents import EMPTY
from tests.documents.test_rendering import HOSTILE

Document = Callable[[Dossier, Language], str]
DOCUMENTS: dict[str, Document] = {
    "newcomer-page": newcomer_page,
    "launch-kit": launch_kit,
    "community-manager-guide": manager_guide,
    "hand-over": hand_over,
    "sponsor-report": sponsor_report,
    "closing-letter": lambda dossier, language: closing_letter(dossier, language)[LETTER],
}
OPEN = [name for name in DOCUMENTS if name != "closing-letter"]
UNDER_WAY = {"nl": "op-weg", "en": "under-way"}
BARE = {"nl": "nog-niet", "en": "not-yet"}
ENDED = {"nl": "gestopt", "en": "stopped"}

each = pytest.mark.parametrize("name", DOCUMENTS)
in_both = pytest.mark.parametrize("language", LANGUAGES)


@cache
def _written() -> Any:
    path = Path(__file__).with_name("launched.yaml")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def tree(language: str, *, stopped: bool = False) -> Any:
    """The small launch some months after it, as a reader finds it; or after it was stopped."""
    above = {key: value for key, value in _written()[language].items() if key != "stopped"}
    launched = small.laid_over(small.tree(language, UNDER_WAY[language]), above)
    return small.laid_over(launched, _written()[language]["stopped"]) if stopped else launched


def dossier(language: str, *, stopped: bool = False) -> Dossier:
    """The same, read."""
    return Dossier(validate(Project, tree(language, stopped=stopped)))


@in_both
@each
def test_a_document_is_the_golden_one(name: str, language: str) -> None:
    """Of a launch with two reviews, and of a project that has just begun or was stopped before it did."""
    rich = dossier(language, stopped=name == "closing-letter")
    bare = small.dossier(language, (ENDED if name == "closing-letter" else BARE)[language])
    for state, project in (("launched", rich), ("bare", bare)):
        text = DOCUMENTS[name](project, small.language_of(language))
        assert faults(text) == []
        small.is_golden(f"{name}-{state}.{language}.md", text)


@in_both
@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("written", EMPTY)
def test_an_almost_empty_project_has_it_too(written: Any, name: str, language: str) -> None:
    """What is not known is said plainly, however little there is."""
    assert faults(DOCUMENTS[name](Dossier(validate(Project, written)), in_language(language))) == []


ENDINGS = [
    [{"gate": "initiative", "decision": "no_go"}],
    [{"gate": "initiative", "decision": "support_existing", "by": ["x"]}],
    [{"gate": "review", "decision": "stop", "date": "2026-06-08", "because": "x"}],
]


@in_both
@pytest.mark.parametrize("decisions", ENDINGS)
def test_a_project_that_ended_has_a_letter(decisions: Any, language: str) -> None:
    """However it ended, and however little it says of it."""
    project = validate(Project, {"decisions": decisions})
    assert faults(render(Dossier(project), in_language(language))[LETTER]) == []


@pytest.mark.parametrize(
    "decisions",
    [
        [],
        [{"gate": "launch", "decision": "go"}],
        [{"gate": "initiative", "decision": "no_go"}, {"gate": "initiative", "decision": "back"}],
    ],
)
def test_a_project_that_goes_on_has_no_letter(decisions: Any) -> None:
    """Not before it was stopped, and not after it was taken up again."""
    assert LETTER not in render(Dossier(validate(Project, {"decisions": decisions})), in_language("en"))


FREE_TEXT = re.compile(
    "name|role|department|place|who|not|need|text|when|why|purpose|what|where|how|yields|learned|opt_out|proof|every"
    "|equipped_with|word_spread|circles|heard|done|note|value|changes|because|boundaries|contribution|motive"
    "|confidential|managers|thanks|mission|goal|indicator|target|rooms|task|expertise|mailbox|overlap|organisation"
)
"""The fields in which people write what they like."""


@each
@pytest.mark.parametrize("written", [text for text in HOSTILE if "\ud800" not in text])
def test_hostile_text_adds_nothing(written: str, name: str) -> None:
    """Every free text at once: no heading, link, row or tag more than with a plain word."""
    texts = []
    for text in (written, "woord"):
        launch = tree("nl", stopped=name == "closing-letter")
        overwritten = small.overwritten(launch, text, lambda key, _: bool(FREE_TEXT.fullmatch(key)))
        texts.append(DOCUMENTS[name](Dossier(validate(Project, overwritten)), in_language("nl")))
    hostile, plain = texts
    assert structure(hostile) == structure(plain)
    assert hostile.count("\n") == plain.count("\n")


KEPT = ("Onno", "Dit mag niemand lezen", "Nobody may read this", "Dit blijft onder ons", "This stays between us")


@in_both
@each
def test_what_nobody_agreed_to_stays_out(name: str, language: str) -> None:
    """Neither the name of somebody who did not agree, nor a story that may not be told."""
    text = DOCUMENTS[name](dossier(language, stopped=name == "closing-letter"), small.language_of(language))
    assert [word for word in KEPT if word in text] == []


NOT_AGREED = {"nl": "Verstuur dit niet voordat dat er staat.", "en": "Do not send this before it says so."}
OPT_OUT = {"nl": "een regel onder elke mail", "en": "a line below every mail"}


@in_both
def test_every_invitation_says_how_to_opt_out(language: str) -> None:
    """The table and both invitations hold the line; where none is agreed, neither invitation may be sent."""
    said = launch_kit(dossier(language), small.language_of(language))
    unsaid = launch_kit(small.dossier(language, BARE[language]), small.language_of(language))
    assert (said.count(OPT_OUT[language]), said.count(NOT_AGREED[language])) == (3, 0)
    assert unsaid.count(NOT_AGREED[language]) == 2


EARLY = {"nl": "is hiermee nog niet aangetoond", "en": "It does not show yet that the work has changed"}


@in_both
@pytest.mark.parametrize(("cycle", "remarked"), [("immediate", True), ("potential", True), ("applied", False)])
def test_a_report_of_the_first_two_cycles_says_so(cycle: str, remarked: bool, language: str) -> None:
    """Good meetings are no change in the work, and the sponsor reads that from us."""
    story = {"cycle": cycle, "text": "x", "consent": "true"}
    goals = {"later": {"goal": "y", "cycle": "realized"}}
    review = {"stories": [story], "indicators": {"later": {"note": "not measured"}}}
    written = {"strategy": {"goals": goals}, "reviews": [review]}
    text = sponsor_report(Dossier(validate(Project, written)), in_language(language))
    assert (EARLY[language] in text) is remarked
