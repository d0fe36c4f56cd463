"""An evidence file by hand: counts that cannot be are said at their place."""

from __future__ import annotations

import pytest

from cop_launch.findings import Severity, in_order
from cop_launch.model.reading import read_evidence
from cop_launch.store.source import read_source
from tests.model.reader import said as words

ONCE = "count each person once"


def said(text: str) -> list[str]:
    """What is wrong with an evidence file, with its place."""
    source, wrong = read_source(text.encode(), "evidence/x.yaml")
    assert source is not None
    found = (*wrong, *source.locate(read_evidence(source.tree)[1]))
    return [words(one) + (" (warning)" if one.severity is Severity.WARNING else "") for one in in_order(found)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("answered: 96\ninvited: 180\ncounts: {wants_a_role: {active: 28, maybe: 31, declined: 32}}", []),
        (
            "invited: 90\nanswered: 96\nexcluded: {unfinished: 5}",
            [
                "2:10 impossible-figure: 91 people answered, and 90 were invited"
                " -> count people once, and everyone who was invited"
            ],
        ),
        ("invited: 90\nanswered: 96\nexcluded: {unfinished: 6}", []),
        (
            "answered: 9\nexcluded: {empty: 4, duplicate: 6}",
            [
                "3:11 impossible-figure: 10 answers are left out of 9"
                " -> `answered` counts everyone who answered, those left out included"
            ],
        ),
        (
            "answered: 9\ncounts:\n  wants_a_role: {active: 4, maybe: 3, declined: 3}",
            [f"4:17 impossible-figure: these come to 10, and there are only 9 -> {ONCE}"],
        ),
        (
            "answered: 9\ncounts:\n  themes: {tone: 9, words: 10}",
            [f"4:28 impossible-figure: these come to 10, and there are only 9 -> {ONCE}"],
        ),
        (
            "answered: -3\ncounts: {wants_a_role: {active: -1}}",
            [
                "2:11 negative-number: '-3' is less than 0 -> write 0 or more",
                "3:33 negative-number: '-1' is less than 0 -> write 0 or more",
            ],
        ),
        (
            "answered: 20\nsegments:\n  - {name: Ede, answered: 12, active: 13}\n  - {name: Oss, answered: 9}",
            [
                f"3:1 impossible-figure: these come to 21, and there are only 20 -> {ONCE}",
                f"4:39 impossible-figure: 13 of 12 is more than all of them -> {ONCE}",
            ],
        ),
        (
            "answered: 20\nsegments:\n  - {name: Ede, answered: 4}",
            [
                "4:27 small-group: a group of fewer than 5 people can be recognised"
                " -> take it out of the file; its answers stay in the counts (warning)"
            ],
        ),
        (
            "answered: 40\ncounts: {wants_a_role: {active: 6}}\nsegments:\n  - {name: Ede, answered: 20, active: 7}",
            [f"4:1 impossible-figure: these come to 7, and there are only 6 -> {ONCE}"],
        ),
        (
            "period: {from: 2025-03-28, to: 2025-03-10}",
            [
                "2:32 period-reversed: this ends on 2025-03-10, before it begins on 2025-03-28"
                " -> change one of the two dates"
            ],
        ),
    ],
)
def test_counts_that_cannot_be(lines: str, expected: list[str]) -> None:
    """More than there are, fewer than none, a group that can be recognised: each at its line, and nothing else."""
    assert said(f"format: 1\n{lines}\n") == expected
