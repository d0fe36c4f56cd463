"""What a test may be said to have shown: neither more nor less than its answers carry, in words and in the picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.documents.needs import needs_inventory
from cop_launch.documents.rendering import environment, tidy
from cop_launch.documents.report import go_no_go
from cop_launch.documents.results import results
from cop_launch.documents.share_picture import share_pictures
from cop_launch.documents.shares import DECISIVE, Says, Settles, Told, in_words, told_of_interviews, told_of_test
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, in_language
from cop_launch.model.decision import Gate, Result
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.statistics import Interval, Share, wilson
from cop_launch.workflow import CRITERIA, GATES, assess
from tests.documents import small
from tests.documents.markdown import faults

WHO = {"nl": "vrijwilligers die voorlezen", "en": "volunteers who read aloud"}


@dataclass(frozen=True)
class Case:
    """Answers to the questionnaire, and what follows from them."""

    yes: int
    counted: int
    says: Says
    result: Result
    solid: Result
    """What the criterion about the margin's lower end says."""
    settles: Settles
    size: int | None = None
    others: tuple[int, int] | None = None
    """Perhaps and no, where they were counted."""
    invited: int | None = None

    @property
    def name(self) -> str:
        """Of its golden files."""
        return f"{self.yes}-of-{self.counted}" + (f"-in-{self.size}" if self.size else "") + (
            "-with-blanks" if self.others and sum(self.others) + self.yes < self.counted else ""
        )  # fmt: skip

    def dossier(self, language: str) -> Dossier:
        """A project with this test and little else."""
        group: dict[str, Any] = {"who": WHO[language]} | ({"size": str(self.size)} if self.size else {})
        wants: dict[str, Any] = {"active": str(self.yes)}
        if self.others:
            wants |= {"maybe": str(self.others[0]), "declined": str(self.others[1])}
        test: dict[str, Any] = {
            "id": "mei",
            "kind": "questionnaire",
            "period": {"from": "2025-05-12", "to": "2025-05-28"},
            "reached": "lezers",
            "answered": str(self.counted),
            "left_out": "none",
            "wants_a_role": wants,
        }
        if self.invited:
            test["invited"] = str(self.invited)
        tree = {"initiative": {"target_groups": {"lezers": group}}, "concept_test": {"tests": [test]}}
        return Dossier(validate(Project, tree))


MET, MISSING, UNMET = Result.MET, Result.MISSING, Result.UNMET
CASES = [
    Case(1, 1, Says.TOO_FEW, MISSING, MISSING, Settles.NOTHING),
    Case(2, 10, Says.TOO_FEW, MISSING, MISSING, Settles.NEVER),
    Case(3, 15, Says.TOO_FEW, MISSING, MISSING, Settles.NEVER),
    Case(20, 100, Says.LIKELY, MET, UNMET, Settles.NEVER),
    Case(23, 87, Says.LIKELY, MET, UNMET, Settles.MORE, invited=310, others=(30, 34)),
    Case(6, 31, Says.UNDECIDED, MISSING, UNMET, Settles.NEVER),
    Case(23, 200, Says.SURELY_NOT, UNMET, UNMET, Settles.NOTHING),
    Case(6, 31, Says.UNDECIDED, MISSING, UNMET, Settles.MORE, size=180),
    Case(19, 97, Says.UNDECIDED, MISSING, UNMET, Settles.EVERYONE, size=100),
    Case(5, 40, Says.SURELY_NOT, UNMET, UNMET, Settles.NOTHING, size=60),
    Case(6, 40, Says.NOT, UNMET, UNMET, Settles.NOTHING, size=40),
    Case(9, 40, Says.SURE, MET, MET, Settles.NOTHING, size=40),
    Case(0, 12, Says.TOO_FEW, MISSING, MISSING, Settles.MORE),
    Case(28, 91, Says.SURE, MET, MET, Settles.NOTHING, size=180, invited=180, others=(31, 32)),
    Case(16, 90, Says.UNDECIDED, MISSING, UNMET, Settles.MORE, others=(20, 34)),
]
"""The cases of "too few to say", and those at which a sentence turns."""

each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@each
def test_what_is_told_is_what_the_gate_concludes(case: Case) -> None:
    """The words follow the verdict: a share that is only too early is never told as a yes or a no."""
    told = told_of_test(case.dossier("en"))
    assert told is not None
    assert (told.says, told.settles) == (case.says, case.settles)
    weighed = {item.criterion.id: item.result for item in assess(case.dossier("en"), GATES[Gate.CONCEPT_TEST]).items}
    assert (weighed["willing-share"], weighed["evidence-solid"]) == (case.result, case.solid)


@each
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_is_the_golden_one(case: Case, language: str) -> None:
    """Every sentence of each case, in both languages."""
    text = results(case.dossier(language), in_language(language))
    assert faults(text) == []
    small.is_golden(f"results-{case.name}.{language}.md", text)


@each
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_the_golden_one(case: Case, language: str) -> None:
    """What is drawn, and what is read to those who do not see it."""
    (text,) = share_pictures(case.dossier(language), in_language(language)).values()
    small.is_golden(f"results-{case.name}.{language}.svg", text)


@each
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_says_what_the_document_says(case: Case, language: str) -> None:
    """Title and description are the document's own sentences, and the margin is drawn where it is."""
    document = results(case.dossier(language), in_language(language))
    ((path, text),) = share_pictures(case.dossier(language), in_language(language)).items()
    assert f"]({path.removeprefix('plans/')})" in document
    drawn = ET.fromstring(text)  # noqa: S314 our own picture
    svg = "{http://www.w3.org/2000/svg}"
    title, description = (drawn.findtext(f"{svg}{name}") or "" for name in ("title", "desc"))
    assert title in document
    assert any(description.startswith(sentence) for sentence in document.split("** ")[1].split("\n"))
    assert (drawn.get("role"), drawn.get("aria-labelledby")) == ("img", "title description")

    def x(share: float) -> int:
        return 24 + round(592 * share)

    (point,) = drawn.iter(f"{svg}circle")
    assert point.get("cx") == str(x(case.yes / case.counted))
    bars = [rect for rect in drawn.iter(f"{svg}rect") if "margin" in (rect.get("class") or "")]
    told = told_of_test(case.dossier(language))
    assert told is not None
    intervals = [interval for interval in (told.interval, told.whole_group_interval) if interval]
    assert [(bar.get("x"), "unsure" in (bar.get("class") or "")) for bar in bars] == [
        (str(x(interval.low)), case.says is Says.TOO_FEW) for interval in intervals
    ]


EVERYONE_WOULD = re.compile(r"\b(everyone|everybody|iedereen)\b.*\b(would|zou|want|wil)\b", re.IGNORECASE)


@given(st.integers(0, 400), st.data())
def test_no_share_is_told_as_more_than_it_is(counted: int, data: st.DataObject) -> None:
    """Whatever the count: every sentence comes in both languages, none says what everyone would do, none has a hole."""
    yes = data.draw(st.integers(0, counted))
    size = data.draw(st.one_of(st.none(), st.integers(max(1, counted), 500)))
    case = Case(yes, counted, Says.SURE, MET, MET, Settles.NOTHING, size=size)
    for language in LANGUAGES:
        text = results(case.dossier(language), in_language(language))
        assert faults(text) == []
        assert not EVERYONE_WOULD.search(text)
        assert not re.search(r"\b1 (mensen|people|antwoorden|answers|gesprekken|conversations)\b", text)


@given(st.integers(1, 400), st.data(), st.fractions(Fraction(1, 100), Fraction(99, 100)))
def test_rounding_never_moves_a_margin_over_the_threshold(n: int, data: st.DataObject, threshold: Fraction) -> None:
    """In words too, each end of the margin lies on its own side of the threshold."""
    interval = wilson(Share(data.draw(st.integers(0, n)), n))
    told = in_words(interval, threshold)
    exact = [abs(bound - float(threshold)) for bound in (interval.low, interval.high)]
    if min(exact) > 0.0001:
        assert (told.low < threshold) == (interval.low < threshold)
        assert (told.high < threshold) == (interval.high < threshold)
    assert abs(float(told.low) - interval.low) <= 0.005
    assert abs(float(told.high) - interval.high) <= 0.005


def test_a_margin_is_told_in_whole_percents_where_that_tells_the_same() -> None:
    """18.3 to 36.6 is 18% to 37%; 19.7 to 42.0 against 20% keeps its tenth."""
    fifth = Fraction(1, 5)
    assert in_words(Interval(0.1832, 0.3658), fifth).high == Fraction(37, 100)
    assert in_words(Interval(0.1974, 0.42), fifth).low == Fraction(197, 1000)


INTERVIEWS = {
    (6, 14): (
        "6 van de 14 mensen die we spraken, willen actief bijdragen: 42,9%. Denken degenen die we niet spraken er net "
        "zo over, dan ligt het in de hele groep waarschijnlijk tussen 21% en 67%.",
        "6 of the 14 people we spoke to want to contribute actively: 42.9%. If those we did not speak to think alike, "
        "it is most likely between 21% and 67% of the whole group.",
    ),
    (1, 4): (
        "1 van de 4 mensen die we spraken, wil actief bijdragen. Dat is te weinig om iets over de hele groep te "
        "zeggen: het moeten er minstens 10 zijn.",
        "1 of the 4 people we spoke to wants to contribute actively. That is too few to say anything about the whole "
        "group: 10 is the least.",
    ),
    (0, 0): ("We hebben nog niemand gesproken.", "We have not spoken to anyone yet."),
}


@pytest.mark.parametrize("counts", INTERVIEWS)
def test_interviews_are_told_as_conversations(counts: tuple[int, int]) -> None:
    """Their own denominator, their own minimum, their own words."""
    yes, held = counts
    interviews = {"held": str(held), "want_to_contribute": {"active": str(yes)}}
    dossier = Dossier(validate(Project, {"initiative": {"interviews": interviews}}))
    said = []
    for language in ("nl", "en"):
        told = told_of_interviews(dossier)
        words = environment(in_language(language)).get_template("shares.md.j2").make_module()
        said.append(tidy(str(words.plainly(told))).strip("\n"))  # type: ignore[attr-defined]
        text = needs_inventory(dossier, in_language(language))
        assert f"**{said[-1]}**" in text
        assert ("willing-in-interviews.svg" in text) is (held > 0)
    assert tuple(said) == INTERVIEWS[counts]


def test_the_picture_of_nothing_is_not_drawn() -> None:
    """As long as nobody answered there is no share to draw."""
    empty = Case(0, 0, Says.TOO_FEW, MISSING, MISSING, Settles.NEVER).dossier("nl")
    assert share_pictures(empty, in_language("nl")) == {}


def test_every_decisive_share_can_be_told() -> None:
    """A gate that gains a share that decides gains its sentences with it."""
    decisive = {
        id_
        for id_, (_, criterion) in CRITERIA.items()
        if criterion.level.value == "decisive" and criterion.threshold and criterion.threshold.unit.value == "share"
    }
    assert set(DECISIVE) == decisive


def test_small_groups_in_themes_are_not_counted_out() -> None:
    """A theme that fewer than five people chose is told as such, and nothing gives the number away."""
    tree = {
        "concept_test": {
            "themes": {"a": {"title": "Stilte"}, "b": {"title": "Boeken"}},
            "tests": [{"id": "mei", "evidence": "mei", "wants_a_role": {"active": "12"}}],
        }
    }
    file = validate(EvidenceFile, {"answered": "40", "counts": {"themes": {"a": "4", "b": "31", "none": "2"}}})
    text = results(Dossier(validate(Project, tree), {"mei": file}), in_language("nl"))
    assert text[text.index("## Waarover") : text.index("## Wat er nu komt")] == (
        "## Waarover mensen willen uitwisselen\n\nJe kon er meer kiezen.\n\n- Boeken: 31\n"
        "- Stilte: minder dan vijf, of op een paar na iedereen\n\n"
    )


BY_TEAM = {
    "nl": "## Per team of plek\n\n"
    "Groepen van minder dan vijf mensen laten we niet zien, en ook niets waaruit zo'n groep zou volgen.\n\n"
    "| Team of plek | Antwoorden | Wil zelf iets doen |\n| --- | --- | --- |\n"
    "| Zwolle | 40 | 14 |\n| Tilburg | 30 | niet getoond |\n| Alle anderen | 17 | niet getoond |\n\n",
    "en": "## By team or place\n\n"
    "Groups of fewer than five people are not shown, and neither is anything that would give one away.\n\n"
    "| Team or place | Answers | Want to do something |\n| --- | --- | --- |\n"
    "| Zwolle | 40 | 14 |\n| Tilburg | 30 | not shown |\n| All others | 17 | not shown |\n\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_teams_are_told_apart_as_far_as_nobody_is_known_by_it(language: str) -> None:
    """Each team with its answers; one of four people is among the others, and three who want to stay unsaid."""
    tree = {"concept_test": {"tests": [{"id": "mei", "evidence": "mei"}]}}
    segments = [("Tilburg", "30", "3"), ("Zwolle", "40", "14"), ("Goes", "4", "1")]
    file = validate(
        EvidenceFile,
        {
            "answered": "87",
            "counts": {"wants_a_role": {"active": "23"}},
            "segments": [{"name": name, "answered": answered, "active": yes} for name, answered, yes in segments],
        },
    )
    text = results(Dossier(validate(Project, tree), {"mei": file}), in_language(language))
    title, after = BY_TEAM[language].split("\n")[0], {"nl": "## Wat er nu komt", "en": "## What comes next"}[language]
    assert text[text.index(title) : text.index(after)] == BY_TEAM[language]
    assert faults(text) == []


def _told(case: Case) -> Told:
    told = told_of_test(case.dossier("en"))
    assert told is not None
    return told


def test_a_known_small_group_has_a_margin_of_its_own() -> None:
    """Narrower than the other, and only where the group is known, small, and asked for a good part."""
    known = _told(Case(28, 91, Says.SURE, MET, MET, Settles.NOTHING, size=180))
    assert known.whole_group_interval is not None
    assert known.interval is not None
    assert known.interval.low < known.whole_group_interval.low < known.whole_group_interval.high < known.interval.high
    for size in (None, 250, 1000, 91):
        assert _told(Case(28, 91, Says.SURE, MET, MET, Settles.NOTHING, size=size)).whole_group is None


@each
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_tells_the_same(case: Case, language: str) -> None:
    """The go/no-go report has the document's sentences, and what would settle it among what would change our minds."""
    dossier = case.dossier(language)
    report = go_no_go(dossier, assess(dossier, GATES[Gate.CONCEPT_TEST]), in_language(language))
    told = _told(case)
    words = environment(in_language(language)).get_template("shares.md.j2").make_module()

    def say(macro: str) -> str:
        return tidy(str(getattr(words, macro)(told))).strip("\n")

    assert f"): {say('plainly')} {say('says')}" in report
    minds = {"nl": "## Wat ons van gedachten zou doen veranderen", "en": "## What would change our minds"}[language]
    before, after = report.split(minds)
    if say("settles"):
        assert (say("settles") in before, say("settles") in after) == (False, True)
    assert "willing-share.svg" not in report


SENTENCE = {
    "nl": "23 van de 87 mensen die antwoordden, willen meedoen: 26,4%. Denken degenen die niet antwoordden er net zo "
    "over, dan ligt het in de hele groep waarschijnlijk tussen 18% en 37%.",
    "en": "23 of the 87 people who answered want to take part: 26.4%. If those who did not answer think alike, it is "
    "most likely between 18% and 37% of the whole group.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_people_will_quote(language: str) -> None:
    """Count, share and margin, and under which condition it holds."""
    case = next(case for case in CASES if case.name == "23-of-87")
    assert SENTENCE[language] in results(case.dossier(language), in_language(language))
