"""The dry run on paper: the whole documents, in both languages, and what nobody may break them with."""

from __future__ import annotations

import copy
import re
from collections import Counter
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_launch.documents.dry_run import Lines, dry_run
from cop_launch.documents.planned import planned
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, in_language
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from tests.documents import small
from tests.documents.markdown import faults, structure
from tests.documents.test_pictures import texts
from tests.documents.test_rendering import HOSTILE

WORDS: dict[str, dict[str, str]] = {
    "nl": {
        "community": "De Leeskamer",
        "note": "Tip van de week",
        "call": "even bellen",
        "circle": "leeskring",
        "theme": "Stilte",
        "need": "weten wat je doet als een kind stilvalt",
        "place": "Almelo",
        "why": "herfstvakantie",
        "skipped": "Noor was ziek",
        "said": "negen lezers; drie nieuw",
        "learned": "de avond past niet iedereen",
        "story": "Ik durf nu te wachten.",
        "changed": "wie leest, kiest het boek",
        "found": "de deur was dicht",
        "route": "boeken",
    },
    "en": {
        "community": "The Reading Room",
        "note": "Tip of the week",
        "call": "a short call",
        "circle": "reading circle",
        "theme": "Silence",
        "need": "to know what to do when a child falls silent",
        "place": "Almelo",
        "why": "autumn break",
        "skipped": "Noor was ill",
        "said": "nine readers; three new",
        "learned": "the evening does not suit everyone",
        "story": "I dare to wait now.",
        "changed": "who reads chooses the book",
        "found": "the door was closed",
        "route": "books",
    },
}


def a_tree(language: str) -> Any:
    """A run of three weeks, with a holiday, a vacation, a week too full, a log and results."""
    w = WORDS[language]
    return {
        "name": w["community"],
        "people": {
            "femke": {"name": "Femke", "hours_per_week": "2"},
            "noor": {"name": "Noor", "hours_per_month": "3"},
            "onno": {"name": "Onno"},
        },
        "initiative": {"needs": {"quiet": {"need": w["need"], "heard_from": "7"}}},
        "concept_test": {"themes": {"quiet": {"title": w["theme"], "needs": ["quiet"]}}},
        "core_group": {"questions": {w["route"]: {"to": "femke", "working_days": "2"}}},
        "strategy": {"channels": {"forum": {"kind": "digital", "name": "Forum"}, "room": {"kind": "physical"}}},
        "plan": {
            "dry_run": {"from": "2025-09-29", "to": "2025-10-17"},
            "holidays": {"country": "NL", "dates": [{"date": "2025-10-06", "name": "Leidens Ontzet"}]},
            "quiet_days": ["2025-10-15"],
            "vacations": [{"people": ["noor"], "from": "2025-10-13", "to": "2025-10-17", "why": w["why"]}],
            "items": {
                "tip": {"what": w["note"], "kind": "content", "every": "week", "day": "monday", "owner": "femke",
                        "minutes": "30", "theme": "quiet", "channel": "forum", "on_holiday": "move"},
                "call": {"what": w["call"], "kind": "member", "every": "day", "owner": "femke", "minutes": "10",
                         "count": "2"},
                "circle": {"what": w["circle"], "kind": "interaction", "every": "week", "day": "thursday",
                           "at": "19:30", "owner": "noor", "minutes": "45", "live": "true", "place": w["place"]},
                "ask": {"what": w["route"], "kind": "interaction", "date": "2025-10-01", "owner": "onno",
                        "asks": "Noor", "theme": "quiet"},
            },
            "log": [
                {"item": "tip", "date": "2025-09-29", "done": "true"},
                {"item": "circle", "date": "2025-10-02", "done": "true", "note": w["said"]},
                {"item": "circle", "date": "2025-10-09", "skipped": w["skipped"]},
                {"item": "ask", "date": "2025-10-01", "moved_to": "2025-10-03", "done": "true"},
            ],
            "results": {
                "core_group_active": {"numerator": "2", "denominator": "3"},
                "started_by_members": [
                    {"numerator": "4", "denominator": "20"},
                    {"numerator": "9", "denominator": "25"},
                ],
                "meetings_held": "1",
                "learned": [w["learned"]],
            },
            "agreements_adopted": {"date": "2025-10-17", "changed": w["changed"]},
            "onboarding": [{"by": "Aafke", "found": w["found"]}],
            "stories": [
                {"cycle": "immediate", "by": "noor", "text": w["story"], "consent": "true"},
                {"cycle": "applied", "by": "onno", "text": "…"},
            ],
            "vote": {"for": "2", "not_yet": "1", "against": "0", "date": "2025-10-17"},
        },
    }  # fmt: skip


def documents(tree: Any, language: str) -> dict[str, str]:
    """The documents about the dry run, by the last part of their path."""
    made = dry_run(Dossier(validate(Project, tree)), small.language_of(language))
    return {path.removeprefix("plans/"): text for path, text in made.items()}


NAMES = [
    "daily-plan.md",
    "dry-run-report.md",
    "dry-run.svg",
    "week-sheets-femke.md",
    "week-sheets-noor.md",
    "week-sheets-onno.md",
    "workload.svg",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_document_is_the_golden_one(name: str, language: str) -> None:
    """A run with everything in it that can be: days off, vacations, a week too full, what moved and what dropped."""
    found = documents(a_tree(language), language)
    assert sorted(found) == NAMES
    if name.endswith(".md"):
        assert faults(found[name]) == []
    stem, _, suffix = name.rpartition(".")
    small.is_golden(f"{stem}.{language}.{suffix}", found[name])


def facts(text: str) -> list[str]:
    """The figures and the names in a text: what does not change with the language."""
    return sorted(re.findall(r"\d+|Femke|Noor|Onno|Almelo|Forum|Aafke|Leidens Ontzet", text.replace(",", ".")))


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same(name: str) -> None:
    """The same figures, people and places, in the same structure."""
    tree = a_tree("en")
    dutch, english = (documents(tree, language)[name] for language in ("nl", "en"))
    assert facts(dutch) == facts(english)
    if name.endswith(".md"):
        assert structure(dutch) == structure(english)


ITEMS: list[Any] = [
    {},
    {"a": {}},
    {"a": {"date": "2025-09-29"}},
    {"a": {"every": "day"}, "b": {"every": "week", "day": "friday", "owner": "nobody", "minutes": "10"}},
    {"a": {"date": "2020-01-01"}},
]
RUNS: list[Any] = [
    {},
    {"dry_run": {}},
    {"dry_run": {"from": "2025-09-29", "to": "2025-10-03"}},
    {"dry_run": {"from": "2025-10-04", "to": "2025-10-05"}},
    {"dry_run": {"from": "2025-10-03", "to": "2025-10-01"}},
    {"dry_run": {"from": "2025-09-29", "to": "2025-10-03", "working_days": []}, "log": [{}], "stories": [{}]},
    {"dry_run": {"from": "2025-10-02", "to": "2025-10-03"}, "vacations": [{}, {"from": "2025-09-30"}], "vote": {}},
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("items", ITEMS)
@pytest.mark.parametrize("run", RUNS)
def test_an_almost_empty_plan(run: Any, items: Any, language: str) -> None:
    """What is still open is said plainly: no hole, no empty cell, no heading without words."""
    for name, text in documents({"plan": {**run, "items": items}}, language).items():
        if name.endswith(".md"):
            assert faults(text) == []
        else:
            read(text)


def test_without_a_plan_there_is_nothing() -> None:
    """The documents come with the plan, not before."""
    assert documents({"name": "x"}, "en") == {}


def hostile(text: str) -> Any:
    """The same run with this text in every place where people write what they like."""
    tree = copy.deepcopy(a_tree("en"))
    tree["name"] = text
    tree["people"]["femke"]["name"] = text
    tree["initiative"]["needs"]["quiet"]["need"] = text
    tree["concept_test"]["themes"]["quiet"]["title"] = text
    tree["strategy"]["channels"]["forum"]["name"] = text
    plan = tree["plan"]
    plan["holidays"]["dates"][0]["name"] = text
    plan["vacations"][0]["why"] = text
    for item in plan["items"].values():
        item["what"] = text
    plan["items"]["circle"]["place"] = text
    plan["items"]["ask"]["asks"] = text
    for entry, key in ((1, "note"), (2, "skipped")):
        plan["log"][entry][key] = text
    plan["results"]["learned"] = [text]
    plan["agreements_adopted"]["changed"] = text
    plan["onboarding"][0] = {"by": text, "found": text}
    plan["stories"][0]["text"] = text
    return tree


def read(picture: str) -> ET.Element:
    """A picture as an XML reader sees it; it is our own, and no bomb."""
    return ET.fromstring(picture)  # noqa: S314


def elements(picture: str) -> Counter[str]:
    """How many elements of each kind a picture consists of; a long text may take a line more."""
    return Counter(element.tag for element in read(picture).iter() if not element.tag.endswith("text"))


@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_text_stays_text(written: str) -> None:
    """No heading, row, link or element more than a plain word gives."""
    bad, plain = documents(hostile(written), "en"), documents(hostile("word"), "en")
    for name, text in bad.items():
        if name.endswith(".md"):
            assert structure(text) == structure(plain[name])
            assert text.count("\n") == plain[name].count("\n")
        else:
            assert elements(text) == elements(plain[name])


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1).filter(str.strip))
def test_any_text_is_drawn(text: str) -> None:
    """Whatever people call an item, both pictures are XML that every reader takes."""
    tree = a_tree("en")
    tree["name"] = tree["plan"]["items"]["tip"]["what"] = tree["people"]["noor"]["name"] = text
    for name, picture in documents(tree, "nl").items():
        if name.endswith(".svg"):
            read(picture)


def test_a_picture_tells_what_it_shows() -> None:
    """A title and a description for who cannot see it, each picture with the language it speaks."""
    for language in LANGUAGES:
        for name in ("dry-run.svg", "workload.svg"):
            root = read(documents(a_tree(language), language)[name])
            space = "{http://www.w3.org/2000/svg}"
            assert root.get("role") == "img"
            assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
            named = (root.get("aria-labelledby") or "").split()
            assert [root[0].get("id"), root[1].get("id")] == named
            assert (root[0].tag, root[1].tag) == (f"{space}title", f"{space}desc")
            assert all((part.text or "").strip() for part in root[:2])


@pytest.mark.parametrize("name", ["Noor", "WWWW MMMM " * 30, "Arbeidsongeschiktheidsverzekering" * 3])
@pytest.mark.parametrize("days", [["thursday"], ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_leaves_the_picture(language: str, days: list[str], name: str) -> None:
    """However long the names, and however few the days of the week; an item is told by more than an ellipsis."""
    tree = a_tree(language)
    tree["name"] = name
    tree["plan"]["dry_run"]["working_days"] = days
    for one in (*tree["people"].values(), *tree["plan"]["items"].values()):
        one["what" if "kind" in one else "name"] = name
    made = documents(tree, language)
    for picture in ("dry-run.svg", "workload.svg"):
        root = read(made[picture])
        wide = int(root.get("width", ""))
        assert [text for text, begins, ends in texts(root) if begins < 0 or ends > wide] == []
        assert not any(text.strip("✓– ") == "…" for text, *_ in texts(root))


def test_rendering_twice_gives_the_same_bytes() -> None:
    """Nothing in it depends on when or where."""
    assert documents(a_tree("nl"), "nl") == documents(a_tree("nl"), "nl")


def test_a_line_is_said_by_a_macro_alone() -> None:
    """What else a template hands over is not called: in a sandbox, it would be called outside of it."""
    of = Dossier(validate(Project, a_tree("en")))
    asked: list[Any] = []
    with pytest.raises(TypeError, match="a line is a macro"):
        Lines(in_language("en")).of(planned(of), asked.append)  # type: ignore[arg-type]
    assert asked == []


def test_the_tall_day_is_summed_up() -> None:
    """A day with more than fits is drawn with the first items and a count of the others."""
    tree = a_tree("en")
    for number in range(9):
        tree["plan"]["items"][f"more-{number}"] = {"date": "2025-10-14", "what": f"more {number}"}
    drawn = documents(tree, "en")["dry-run.svg"]
    assert drawn.count("and 6 more</text>") == 1
