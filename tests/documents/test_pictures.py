"""The pictures of the phases, the budget and participation: whole, true to the documents, readable and unbreakable."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_launch.documents import render
from cop_launch.documents.budget import MOST_LINES, budget_picture, money
from cop_launch.documents.drawing import width
from cop_launch.documents.participation import participation_picture
from cop_launch.documents.six_phases import MOST_ARROWS, six_phases
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, in_language
from cop_launch.model.decision import Gate
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.workflow import assess, dossier_for, gate_of
from tests.documents import small, test_launch
from tests.documents.test_documents import EMPTY
from tests.documents.test_rendering import HOSTILE

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/coplaunch.yaml"))
NEW = ("plans/six-phases.svg", "plans/budget.svg", "plans/participation.svg")
SVG = "{http://www.w3.org/2000/svg}"

in_both = pytest.mark.parametrize("language", LANGUAGES)


def read(picture: str) -> ET.Element:
    """A picture as an XML reader sees it; it is our own, and no bomb."""
    return ET.fromstring(picture)  # noqa: S314


def dossier(written: Any) -> Dossier:
    """A project as a reader finds it."""
    return Dossier(validate(Project, written))


@cache
def example(path: Path) -> Any:
    """An example, without its evidence."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def drawn(written: Any, language: str) -> dict[str, str]:
    """The three pictures of a project, as far as it has them."""
    made = render(dossier(written), in_language(language))
    return {path: made[path] for path in NEW if path in made}


# -- whole ------------------------------------------------------------------------------------------------------------


@in_both
@pytest.mark.parametrize("number", range(5), ids=["not-yet", "go", "no-go", "stopped", "launched"])
def test_the_six_phases_are_the_golden_ones(number: int, language: str) -> None:
    """With things open, with a go in reach, with a no-go, when it has stopped, and after a step back and a launch."""
    state = small.states(language)[number]
    found = small.dossier(language, state)
    gate = gate_of(found.project)
    if gate.gate is Gate.REVIEW:
        found, gate = dossier_for(found, gate), small.REVIEW
    else:
        gate = small.gate(language)
    small.is_golden(
        f"six-phases-{state}.{language}.svg", six_phases(found, assess(found, gate), small.language_of(language))
    )


@in_both
def test_the_budget_is_the_golden_one(language: str) -> None:
    """With a line of nothing, one that does not apply, and one of the project's own."""
    (text,) = budget_picture(
        small.dossier(language, test_launch.UNDER_WAY[language]), small.language_of(language)
    ).values()
    small.is_golden(f"budget.{language}.svg", text)


@in_both
def test_participation_is_the_golden_one(language: str) -> None:
    """Of two reviews."""
    (text,) = participation_picture(test_launch.dossier(language), small.language_of(language)).values()
    small.is_golden(f"participation.{language}.svg", text)


# -- true to the documents --------------------------------------------------------------------------------------------


@in_both
@pytest.mark.parametrize(
    "written", [*EMPTY, *EXAMPLES], ids=lambda it: it.parent.name if isinstance(it, Path) else None
)
def test_every_picture_stands_in_a_document_and_the_other_way_round(written: Any, language: str) -> None:
    """No document shows what is not there, and each picture is shown, with words in its place."""
    made = render(dossier(example(written) if isinstance(written, Path) else written), in_language(language))
    shown = re.findall(
        r"!\[(.+)\]\(([\w-]+\.svg)\)", "\n".join(text for path, text in made.items() if path.endswith(".md"))
    )
    assert {f"plans/{name}" for _, name in shown} >= {path for path in made if path in NEW}
    assert {f"plans/{name}" for _, name in shown} <= {path for path in made if path.endswith(".svg")}
    assert all(len(words) > 20 for words, _ in shown)


@in_both
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_a_picture_tells_what_it_shows(path: Path, language: str) -> None:
    """A title and a description for who cannot see it, in its language, with every word that is drawn."""
    for picture in drawn(example(path), language).values():
        root = read(picture)
        title, description = root[0], root[1]
        assert (root.get("role"), root.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("img", language)
        assert (root.get("aria-labelledby") or "").split() == [title.get("id"), description.get("id")]
        told = f"{title.text} {description.text}".casefold()
        drawn_words = [text for text, *_ in texts(root) if not re.fullmatch(r"[\d.,]+%|\d{4}", text)]
        parts = [word for text in drawn_words for word in re.findall(r"[\w€][\w.,%€-]*\w", text.casefold())]
        assert [word for word in parts if word not in told] == []


JOURNEYS = [
    ([], "None of the six phases has a go. The project is in phase 1, initiative"),
    (["initiative go"], "One of the six phases has a go. The project is in phase 2, concept test"),
    (["initiative go", "concept_test no_go"], "It ended in phase 2, concept test: no-go."),
    (["initiative support_existing"], "It ended in phase 1, initiative: support what exists."),
    (["initiative go", "concept_test back initiative"], "; the project went back once. The project is in phase 1"),
    (["launch go"], "One of the six phases has a go. The community is launched."),
    (["launch go", "review stop"], "It ended after the launch: stop."),
]


@pytest.mark.parametrize(("decided", "told"), JOURNEYS)
def test_the_journey_is_told_as_it_went(decided: list[str], told: str) -> None:
    """Whether it goes on, ended or went back; the overview says the same in the place of the picture."""
    written = {"decisions": [_decision(line) for line in decided]}
    made = render(dossier(written), in_language("en"))
    (words,) = re.findall(r"!\[(.+)\]\(six-phases\.svg\)", made["plans/overview.md"])
    assert told in words
    assert (read(made["plans/six-phases.svg"])[1].text or "").startswith(words)


def _decision(line: str) -> dict[str, str]:
    return dict(zip(("gate", "decision", "to"), line.split(), strict=False))


LOOKS = [
    ([], "here ahead ahead ahead ahead ahead"),
    (["initiative go"], "passed here ahead ahead ahead ahead"),
    (["initiative go", "concept_test no_go"], "passed ended ahead ahead ahead ahead"),
    (["initiative go", "concept_test back initiative"], "here ahead ahead ahead ahead ahead"),
    (["launch go"], "ahead ahead ahead ahead ahead passed here"),
    (["launch go", "review continue", "review stop"], "ahead ahead ahead ahead ahead passed ended"),
    (["launch go", "review back plan"], "ahead ahead ahead ahead here ahead ahead"),
]


@pytest.mark.parametrize(("decided", "looks"), LOOKS)
def test_each_phase_looks_as_it_stands(decided: list[str], looks: str) -> None:
    """Passed, here, ended or ahead; the time after the launch is there once there is something to say of it."""
    root = read(drawn({"decisions": [_decision(line) for line in decided]}, "nl")["plans/six-phases.svg"])
    classes = [circle.get("class", "").removeprefix("stop-") for circle in root.iter(f"{SVG}circle")]
    assert [one for one in classes if one != "ring"] == looks.split()


def test_many_steps_back_stay_readable() -> None:
    """Some arrows are drawn, and of many decisions at one gate the last ones, with the number of the others."""
    back = [f"{gate} back initiative" for gate in ("plan", "strategy", "core_group", "concept_test")]
    lines = [*back, *["initiative no_go", "initiative back initiative"] * 5]
    root = read(drawn({"decisions": [_decision(line) for line in lines]}, "en")["plans/six-phases.svg"])
    assert [path.get("class") for path in root.iter(f"{SVG}path")].count("step-back") == MOST_ARROWS
    words = [text for text, *_ in texts(root)]
    assert (words.count("and six earlier"), words.count("taken up again in the same phase")) == (1, 2)


def test_the_lines_of_a_budget_come_to_its_total() -> None:
    """Those that are too many to draw stand in one line together."""
    lines = {f"line-{number}": f"{100 + number}.50" for number in range(30)} | {"nothing": "0"}
    found = money(dossier({"strategy": {"budget": {"lines": lines}}}))
    assert found is not None
    amounts = [row.amount or 0 for row in found.lines]
    assert (len(amounts), sum(amounts), found.more) == (MOST_LINES, found.total, 19)
    assert amounts[:-1] == sorted(amounts[:-1], reverse=True)
    assert [row.line for row in found.without] == ["nothing"]


@pytest.mark.parametrize("lines", [{}, {"manager": "0"}, {"x": {"not_applicable": "y"}}])
def test_a_budget_of_nothing_has_no_picture(lines: Any) -> None:
    """Nor does the strategy show one."""
    made = render(dossier({"strategy": {"budget": {"lines": lines}}}), in_language("en"))
    assert "plans/budget.svg" not in made
    assert "budget.svg" not in made["plans/strategy.md"]


def _reviews(*figures: tuple[str, int, int]) -> Any:
    reviews = [{"date": day, "active": {"numerator": str(k), "denominator": str(n)}} for day, k, n in figures]
    return {"decisions": [{"gate": "launch", "decision": "go"}], "reviews": reviews}


@pytest.mark.parametrize(
    "figures",
    [
        (),
        (("2026-01-05", 9, 20),),
        (("2026-01-05", 9, 20), ("2026-02-02", 0, 0)),
        (("2026-01-05", 9, 20), ("2026-01-05", 8, 20)),
    ],
)
def test_one_figure_is_no_picture(figures: Any) -> None:
    """A sentence stands in its place, as soon as there is a review."""
    made = render(dossier(_reviews(*figures)), in_language("en"))
    assert "plans/participation.svg" not in made
    assert ("From the second figure on, a picture of it stands here." in made["plans/sponsor-report.md"]) is bool(
        figures
    )


def test_a_step_back_from_the_launch_leaves_no_picture_behind() -> None:
    """As long as there is no report to the sponsor, there is no picture for it."""
    written = _reviews(("2026-01-05", 9, 20), ("2026-02-02", 9, 30))
    written["decisions"].append({"gate": "review", "decision": "back", "to": "plan"})
    made = render(dossier(written), in_language("nl"))
    assert ("plans/participation.svg" in made, "plans/sponsor-report.md" in made) == (False, False)


@given(
    st.lists(
        st.tuples(st.dates(), st.integers(0, 50), st.integers(50, 5000)),
        min_size=2,
        max_size=30,
        unique_by=lambda it: it[0],
    )
)
@settings(max_examples=50)
def test_each_figure_is_drawn_where_it_is(figures: Any) -> None:
    """By its day and its share, within the axes, however many there are."""
    picture = drawn(_reviews(*((str(day), k, n) for day, k, n in figures)), "en")["plans/participation.svg"]
    root = read(picture)
    points = [(int(circle.get("cx", "")), int(circle.get("cy", ""))) for circle in root.iter(f"{SVG}circle")]
    assert len(points) == len(figures)
    assert all(52 <= x <= 456 and 84 <= y <= 224 for x, y in points)
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    by_day = [k / n for _, k, n in sorted(figures)]
    heights = [-y for _, y in points]
    for (share, height), (next_share, next_height) in pairwise(zip(by_day, heights, strict=True)):
        assert (height <= next_height) if share < next_share else (height >= next_height)


# -- readable ---------------------------------------------------------------------------------------------------------

SIZES = {"head": 17, "stop-title": 14, "budget-line": 13, "counted-share": 13, "small": 11}
BOLD = {"head", "stop-title", "stop-now", "counted-share"}


def texts(root: ET.Element) -> Iterator[tuple[str, float, float]]:
    """Each text that is drawn, with where it begins and where it ends at most."""
    for element in root.iter(f"{SVG}text"):
        named = set((element.get("class") or "").split())
        size = next((size for name, size in SIZES.items() if name in named), 12)
        text, x = element.text or "", float(element.get("x", ""))
        wide = width(text, size, bold=bool(named & BOLD))
        begins = x - {"end": wide, "middle": wide / 2}.get(element.get("text-anchor", ""), 0)
        yield text, begins, begins + wide


WIDE = "WWWW MMMM " * 30


def _everything(text: str) -> Any:
    """A project with all three pictures, in which everything that may be drawn is this text."""
    tree = copy.deepcopy(_reviews(("2025-12-31", 99999, 100000), ("2026-09-30", 8, 20)))
    budget = {
        "currency": text,
        "lines": {"manager": "12500000000.55", "travel": "0", "x": {"not_applicable": text}, "W" * 64: "0.01"},
        "reasons": {"travel": text},
    }
    return tree | {"name": text, "strategy": {"budget": budget}}


@in_both
@pytest.mark.parametrize("name", ["De Tweede Zin", WIDE, "漢字" * 90, "\N{ARABIC LETTER MEEM}" * 90])
def test_no_text_leaves_the_picture(name: str, language: str) -> None:
    """However long a name is; and no picture is wider than a phone can show in letters that can be read."""
    pictures = drawn(_everything(name), language)
    assert set(pictures) == set(NEW)
    for picture in pictures.values():
        root = read(picture)
        assert int(root.get("width", "")) <= 480
        assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
        assert [text for text, begins, ends in texts(root) if begins < 0 or ends > int(root.get("width", ""))] == []
        lowest = max(float(element.get("y", "")) for element in root.iter(f"{SVG}text"))
        assert lowest < int(root.get("height", ""))


DECORATION = {"paper", "grid", "budget-room", "counted-share"}
"""What nothing is read from: the ground, and lines and room behind what is drawn."""


@pytest.mark.parametrize("path", NEW)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_drawn_stands_out(path: str, dark: bool) -> None:
    """WCAG's 4.5 to 1 for text and 3 to 1 for what has a meaning, on the ground of the picture, in light and dark."""
    ended = drawn({"decisions": [_decision("initiative no_go")]}, "en") if "six" in path else {}
    for picture in (drawn(_everything("x"), "en")[path], *ended.values()):
        root = read(picture)
        colours = _colours(root, dark)
        ground = colours["paper"]["fill"]
        for element in root.iter():
            tag = element.tag.removeprefix(SVG)
            classes = (element.get("class") or "").split()
            if tag == "text":
                fill = next(
                    (colours[name]["fill"] for name in classes if "fill" in colours.get(name, {})),
                    colours["text"]["fill"],
                )
                assert _contrast(fill, ground) >= 4.5, element.attrib
            elif classes and not DECORATION & set(classes) and "stop-sign" not in classes:
                said = [value for name in classes for value in colours.get(name, {}).values() if value != "none"]
                assert said, element.attrib
                assert all(_contrast(value, ground) >= 3 for value in said), element.attrib


def test_the_sign_in_a_circle_stands_out() -> None:
    """The tick and the cross, on their own ground."""
    root = read(drawn({}, "en")["plans/six-phases.svg"])
    for dark in (False, True):
        colours = _colours(root, dark)
        for ground in ("stop-passed", "stop-ended"):
            assert _contrast(colours["stop-sign"]["stroke"], colours[ground]["fill"]) >= 3


def _colours(root: ET.Element, dark: bool) -> dict[str, dict[str, str]]:
    """Which colours a picture's style gives to what, by selector."""
    found: dict[str, dict[str, str]] = {}
    for style in root.iter(f"{SVG}style"):
        light, _, night = (style.text or "").partition("@media (prefers-color-scheme: dark)")
        for part in (light, night) if dark else (light,):
            for selectors, says in re.findall(r"([.\w, -]+)\{([^{}]*)\}", part):
                for selector in selectors.split(","):
                    named = found.setdefault(selector.strip().removeprefix("."), {})
                    named.update(re.findall(r"\b(fill|stroke): (#\w{6}|none)", says))
    return found


def _contrast(one: str, other: str) -> float:
    """By the formula of WCAG 2."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- unbreakable ------------------------------------------------------------------------------------------------------


def elements(picture: str) -> Counter[str]:
    """How many elements of each kind a picture consists of; a long text may take a line more."""
    return Counter(element.tag for element in read(picture).iter() if not element.tag.endswith("text"))


@in_both
@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_text_stays_text(written: str, language: str) -> None:
    """No element more than a plain word gives."""
    bad, plain = drawn(_everything(written), language), drawn(_everything("word"), language)
    assert {path: elements(text) for path, text in bad.items()} == {
        path: elements(text) for path, text in plain.items()
    }


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1).filter(str.strip))
def test_any_text_is_drawn(text: str) -> None:
    """Whatever people call something, every picture is XML that every reader takes, and the same each time."""
    once, twice = (drawn(_everything(text), "nl") for _ in range(2))
    assert once == twice
    for picture in once.values():
        read(picture)
