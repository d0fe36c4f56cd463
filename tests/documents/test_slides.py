"""Slides: none holds more than there is room for, and nothing is lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cop_launch.documents.slides import LINES, SIGNS, fitting

FRONT = "---\nmarp: true\nlang: en\npaginate: true\n---\n\n# The Reading Room\n\nWe read together.\n\n---\n\n"
words = st.text("abcdefgh", min_size=1, max_size=12)
texts = st.lists(words, min_size=1, max_size=40).map(" ".join)
bodies = st.lists(
    st.one_of(texts, st.lists(texts.map("- {}".format), min_size=1, max_size=20).map("\n".join)), max_size=6
)
slides = st.lists(bodies.map("\n\n".join), min_size=1, max_size=4)


def written(bodies: list[str]) -> str:
    """A presentation with a slide for each of these."""
    slides = [f"## Slide {number}\n\n{body}" for number, body in enumerate(bodies, 1) if body]
    return FRONT + "\n\n---\n\n".join(slides or ["## Slide"]) + "\n"


def test_a_slide_that_fits_stays_as_it_is() -> None:
    """With ten short lines, with a text before them, and without anything but its heading."""
    items = "\n".join(f"- item {number}" for number in range(10))
    text = written([items, "A text:\n\n" + items.partition("\n- item 8")[0], "One.\n\nTwo."]) + "\n\n---\n\n## Bare\n"
    assert fitting(text) == text


def test_a_slide_that_is_too_full_goes_on_to_another() -> None:
    """Under the same heading, with a number, both about equally full."""
    items = [f"- item {number}" for number in range(12)]
    assert fitting(written(["A text:\n\n" + "\n".join(items)])) == FRONT + (
        "## Slide 1\n\nA text:\n\n"
        + "\n".join(items[:5])
        + "\n\n---\n\n## Slide 1 (2)\n\n"
        + "\n".join(items[5:])
        + "\n"
    )


def test_one_text_that_is_too_long_has_a_slide_of_its_own() -> None:
    """It is not cut in two."""
    long = "word " * 200 + "end."
    assert fitting(written([f"Short.\n\n{long}\n\nShort."])).split("\n\n---\n\n")[1:] == [
        "## Slide 1\n\nShort.",
        f"## Slide 1 (2)\n\n{long}",
        "## Slide 1 (3)\n\nShort.\n",
    ]


def test_what_somebody_made_in_another_way_stays_as_it_is() -> None:
    """Tables, pictures, code and lists in lists, in a template of one's own, stay whole; so does a bare list."""
    many = "\n".join(f"- item {number}" for number in range(30))
    others = [
        "| A |\n| --- |\n| b |",
        "![a](b.svg)",
        "```\ncode\n```",
        "<!-- note -->",
        "> said",
        "12. a",
        "- a\n  - b",
    ]
    for other in others:
        assert fitting(written([f"{many}\n\n{other}"])) == written([f"{many}\n\n{other}"])
    ours = "**Bold** and *italic*", "*italic*", "12 of them", "2025\\. A year", "\\- a dash", "…", "‘said’"
    for other in ours:
        assert fitting(written([f"{many}\n\n{other}"])) != written([f"{many}\n\n{other}"])
    assert fitting(f"{FRONT}{many}\n") == f"{FRONT}{many}\n"


@given(slides)
def test_nothing_is_lost(bodies: list[str]) -> None:
    """Every line stands there still, in its order, and once."""
    text = written(bodies)
    again = fitting(text)
    kept = [line for line in again.split("\n") if line and not re.match(r"---$|## Slide \d+ \(\d+\)$", line)]
    assert kept == [line for line in text.split("\n") if line and line != "---"]
    assert fitting(again) == again


@given(slides)
def test_no_slide_is_too_full(bodies: list[str]) -> None:
    """Counted in half lines, unless it holds one thing only."""
    for slide in fitting(written(bodies)).split("\n\n---\n\n"):
        pieces = [line for line in slide.split("\n") if line and not re.match(r"#|---|\w+: \w+$", line)]
        halves = [2 * -(-len(line) // SIGNS) + (not line.startswith("- ")) for line in pieces]
        assert len(pieces) < 2 or sum(halves) <= LINES
