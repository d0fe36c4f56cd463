"""The go/no-go report: whole documents, and the figure that would have turned the advice."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.documents.decided import Made
from cop_launch.documents.rendering import environment, tidy
from cop_launch.documents.report import TurningPoint, go_no_go, turning_point
from cop_launch.gates import Criterion, Dossier, Effort, Level, met, share_of
from cop_launch.locales import msg
from cop_launch.model.decision import DecisionKind, Gate, Phase, Result, VerdictKind
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.phases.review import PHASE
from cop_launch.statistics import Share, reaches
from cop_launch.workflow import Choice, Weighed, assess, dossier_for
from tests.documents import small
from tests.documents.markdown import faults

DAY = date(2025, 2, 25)
GO = {
    "nl": Choice(DecisionKind.GO, DAY, ("karel", "femke"), "de behoefte is er, en Femke trekt"),
    "en": Choice(DecisionKind.GO, DAY, ("karel", "femke"), "the need is there, and Femke pulls"),
}
NO_GO = {
    "nl": Choice(DecisionKind.NO_GO, DAY, ("karel",), "Bijna niemand wil iets doen."),
    "en": Choice(DecisionKind.NO_GO, DAY, ("karel",), "Hardly anyone wants to do anything."),
}
CHOICES: list[tuple[int, dict[str, Choice] | None]] = [(0, None), (1, GO), (2, NO_GO), (3, None), (4, None)]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("number", "choices"), CHOICES, ids=["not-yet", "go", "no-go", "ended", "passed"])
def test_report_is_the_golden_one(number: int, choices: dict[str, Choice] | None, language: str) -> None:
    """With things open, with a go on a waiver and a threshold of its own, with a no-go, and after either."""
    state = small.states(language)[number]
    dossier = small.dossier(language, state)
    assessment = assess(dossier, small.gate(language))
    text = go_no_go(dossier, assessment, small.language_of(language), choices[language] if choices else None)
    assert faults(text) == []
    small.is_golden(f"go-no-go-{state}.{language}.md", text)


SENTENCES = [
    (
        Made(Gate.INITIATIVE, DecisionKind.GO, DAY, ("Annelies", "Marloes"), "de behoefte is er"),
        "Op 25 februari 2025 besloten Annelies en Marloes door te gaan naar concept en toetsing: de behoefte is er.",
        "On 25 February 2025 Annelies and Marloes decided to go on to the concept test: de behoefte is er.",
    ),
    (
        Made(Gate.LAUNCH, DecisionKind.GO, DAY, ("Annelies",), "alles staat klaar!"),
        "Op 25 februari 2025 besloot Annelies te lanceren: alles staat klaar!",
        "On 25 February 2025 Annelies decided to launch: alles staat klaar!",
    ),
    (
        Made(Gate.PLAN, DecisionKind.NO_GO, DAY, (), ""),
        "Op 25 februari 2025 is besloten niet door te gaan met deze community.",
        "On 25 February 2025 it was decided not to go on with this community.",
    ),
    (
        Made(Gate.STRATEGY, DecisionKind.BACK, DAY, ("Annelies",), "", Phase.CONCEPT_TEST),
        "Op 25 februari 2025 besloot Annelies terug te gaan naar de fase concept en toetsing.",
        "On 25 February 2025 Annelies decided to go back to the concept test phase.",
    ),
    (
        Made(Gate.STRATEGY, DecisionKind.BACK, None, ("Annelies",), "", Phase.STRATEGY),
        "Annelies besloot het traject weer op te pakken in dezelfde fase.",
        "Annelies decided to take the project up again in the same phase.",
    ),
    (
        Made(Gate.INITIATIVE, DecisionKind.SUPPORT_EXISTING, DAY, ("Annelies",), "de lunchgroep doet het al"),
        "Op 25 februari 2025 besloot Annelies geen nieuwe community te beginnen, maar te steunen wat er al is: "
        "de lunchgroep doet het al.",
        "On 25 February 2025 Annelies decided not to start a new community, but to support what exists: "
        "de lunchgroep doet het al.",
    ),
    (
        Made(Gate.REVIEW, DecisionKind.CONTINUE, DAY, ("Annelies", "Marloes", "Samira"), ""),
        "Op 25 februari 2025 besloten Annelies, Marloes en Samira door te gaan.",
        "On 25 February 2025 Annelies, Marloes and Samira decided to continue.",
    ),
    (
        Made(Gate.REVIEW, DecisionKind.ADJUST, DAY, ("Annelies",), ""),
        "Op 25 februari 2025 besloot Annelies bij te stellen en daarna door te gaan.",
        "On 25 February 2025 Annelies decided to adjust, and then go on.",
    ),
    (
        Made(Gate.REVIEW, DecisionKind.HAND_OVER, DAY, ("Annelies",), ""),
        "Op 25 februari 2025 besloot Annelies de community over te dragen.",
        "On 25 February 2025 Annelies decided to hand the community over.",
    ),
    (
        Made(Gate.REVIEW, DecisionKind.STOP, None, (), ""),
        "Er is besloten met de community te stoppen.",
        "It was decided to stop the community.",
    ),
]


@pytest.mark.parametrize(("made", "dutch", "english"), SENTENCES)
def test_a_decision_is_one_sentence(made: Made, dutch: str, english: str) -> None:
    """Each kind of decision reads as people would say it, whatever the file leaves open."""
    said = []
    for language in ("nl", "en"):
        words = environment(small.language_of(language)).get_template("words.md.j2")
        said.append(tidy(str(words.make_module().decided(made))).strip("\n"))  # type: ignore[attr-defined]
    assert said == [dutch, english]


def test_every_kind_of_decision_has_a_sentence() -> None:
    """The list above shows them all."""
    assert {made.kind for made, _, _ in SENTENCES} == set(DecisionKind)


@given(st.integers(1, 300), st.data())
def test_the_turning_point_is_the_first_count_that_reaches_the_threshold(of: int, data: st.DataObject) -> None:
    """One yes fewer than `needed` is under the threshold, `needed` itself is not."""
    yes = data.draw(st.integers(0, of))
    threshold = Fraction(data.draw(st.integers(1, 100)), 100)
    outcome = met(msg("seen"), share=Share(yes, of))
    prose = msg("a"), msg("b"), msg("c")
    criterion = Criterion(
        "x", Level.DECISIVE, lambda d: outcome, ("x",), (), (Result.MET,), share_of(20), Effort.WRITE, None, *prose
    )
    point = turning_point(Weighed(criterion, outcome, threshold))
    assert point.needed is not None
    assert reaches(Share(point.needed, of), threshold)
    assert not reaches(Share(point.needed - 1, of), threshold)
    assert point == TurningPoint(prose[0], True, yes, of, point.needed, threshold)


@pytest.mark.parametrize(
    ("kind", "verdict_is", "says"),
    [
        (DecisionKind.NO_GO, "go", True),
        (DecisionKind.NO_GO, "no-go", False),
        (DecisionKind.BACK, "go", False),
    ],
)
def test_a_decision_against_the_advice_says_so(kind: DecisionKind, verdict_is: str, says: bool) -> None:
    """Who stops although the advice is go sees that stated; who stops on a no-go, or goes back, does not."""
    dossier = small.dossier("nl", verdict_is)
    assessment = assess(dossier, small.gate("nl"))
    assert assessment.verdict is {"go": VerdictKind.GO, "no-go": VerdictKind.NO_GO}[verdict_is]
    choice = Choice(kind, DAY, ("karel",), "x", Phase.INITIATIVE)
    text = go_no_go(dossier, assessment, small.language_of("nl"), choice)
    assert ("Het besluit wijkt daar bewust van af." in text) is says


def test_someone_without_a_name_signs_with_what_is_known() -> None:
    """A decision by someone whom `people` does not name shows the short name."""
    dossier = Dossier(Project())
    choice = Choice(DecisionKind.NO_GO, DAY, ("karel",), "geen tijd")
    text = go_no_go(dossier, assess(dossier, small.gate("nl")), small.language_of("nl"), choice)
    assert "Op 25 februari 2025 besloot karel niet door te gaan met deze community: geen tijd.\n" in text


def test_a_review_report_is_about_the_review_that_is_still_to_decide() -> None:
    """Not about the last one in the file when that was decided about already."""
    launched = [{"gate": "launch", "decision": "go", "date": "2025-11-04"}]
    decided = [*launched, {"gate": "review", "decision": "continue", "date": "2025-12-02"}]
    reviews = [{"date": "2025-12-01"}, {"date": "2026-01-15"}]
    lines = []
    for decisions, number in ((launched, 2), (decided, 2), (decided, 1)):
        dossier = Dossier(validate(Project, {"decisions": decisions, "reviews": reviews[:number]}))
        text = go_no_go(dossier, assess(dossier_for(dossier, PHASE), PHASE), small.language_of("nl"))
        lines.append((text.split("\n")[2], "Er ligt geen evaluatie waarover nog besloten moet worden." in text))
    assert lines == [
        ("Evaluatie van 1 december 2025.", False),
        ("Evaluatie van 15 januari 2026.", False),
        ("Evaluatie na de lancering.", True),
    ]
