"""Answers, counted and weighed: what they come to, and what would settle it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.answers import (
    Answers,
    Group,
    counted_answers,
    is_shown,
    says_none,
    shown_groups,
    weigh_answers,
    willing_answers,
)
from cop_launch.model.decision import Result
from cop_launch.model.evidence import SMALL, EvidenceFile
from cop_launch.model.initiative import Willingness
from cop_launch.model.validation import validate
from cop_launch.statistics import minimum_answers

FILE = validate(
    EvidenceFile,
    {
        "answered": 96,
        "excluded": {"outside_target_group": 5},
        "counts": {"wants_a_role": {"active": 28, "maybe": 31, "declined": 30, "other": 2}},
    },
)
TWENTY = Fraction(1, 5)


@pytest.mark.parametrize(
    ("answers", "group_size", "result", "todo"),
    [
        pytest.param(Answers(1, 1), None, Result.MISSING, "ask 29 more people", id="1 of 1"),
        pytest.param(Answers(2, 10), None, Result.MISSING, "ask 20 more people", id="2 of 10"),
        pytest.param(Answers(3, 15), None, Result.MISSING, "ask 15 more people", id="3 of 15"),
        pytest.param(Answers(5, 29), None, Result.MISSING, "ask one more person", id="one under the minimum"),
        pytest.param(
            Answers(8, 46),
            None,
            Result.MISSING,
            "ask more people: 858 more answers in the same proportion would settle it",
            id="more answers settle it",
        ),
        pytest.param(
            Answers(6, 31),
            None,
            Result.MISSING,
            "so near the threshold no number of answers settles it: ask those who hesitate what would make it a yes",
            id="no number settles it",
        ),
        pytest.param(
            Answers(6, 31),
            180,
            Result.MISSING,
            "ask more people: 147 more answers in the same proportion would settle it",
            id="nearly everyone settles it",
        ),
        pytest.param(
            Answers(6, 31),
            1800,
            Result.MISSING,
            "so near the threshold no number of answers settles it: ask those who hesitate what would make it a yes",
            id="nobody asks 1,769 people more",
        ),
        pytest.param(
            Answers(19, 97),
            100,
            Result.MISSING,
            "ask all 3 people who have not answered: nothing less settles it",
            id="only everyone settles it",
        ),
        pytest.param(Answers(5, 40), 60, Result.UNMET, "None", id="a small group that can hardly reach it"),
        pytest.param(
            Answers(6, 31),
            32,
            Result.MISSING,
            "ask the one person who has not answered: nothing less settles it",
            id="one is left",
        ),
        pytest.param(Answers(6, 31), 31, Result.UNMET, "None", id="nobody is left"),
        pytest.param(Answers(23, 200), None, Result.UNMET, "None", id="23 of 200"),
        pytest.param(Answers(20, 100), None, Result.MET, "None", id="20 of 100"),
        pytest.param(Answers(23, 87), None, Result.MET, "None", id="23 of 87"),
        pytest.param(Answers(3, 2), None, Result.MISSING, "None", id="more than there are"),
    ],
)
def test_what_is_not_settled_says_what_would_settle_it(
    answers: Answers, group_size: int | None, result: Result, todo: str
) -> None:
    """Too few to say, near the threshold, or clear: each with the next step that is worth its trouble."""
    outcome = weigh_answers(answers, TWENTY, minimum_answers(group_size), group_size)
    assert (outcome.result, str(outcome.todo)) == (result, todo)


@pytest.mark.parametrize(
    ("answers", "saw"),
    [
        pytest.param(
            Answers(10, 60, 45),
            "10 of 60 = 16.7%, 95% interval 9.3% to 28.0%: under 20%; of the 45 who answered this question it is 22.2%",
            id="the blanks decide",
        ),
        pytest.param(
            Answers(10, 60, 55),
            "10 of 60 = 16.7%, 95% interval 9.3% to 28.0%: under 20%, but not for certain",
            id="the blanks change nothing",
        ),
        pytest.param(
            Answers(10, 60, None),
            "10 of 60 = 16.7%, 95% interval 9.3% to 28.0%: under 20%, but not for certain",
            id="nobody counted the blanks",
        ),
        pytest.param(
            Answers(10, 120, 60),
            "10 of 120 = 8.3%, 95% interval 4.6% to 14.7%: under 20%; of the 60 who answered this question it is 16.7%",
            id="a no that would be a not yet",
        ),
    ],
)
def test_both_shares_are_said_where_blank_answers_change_what_follows(answers: Answers, saw: str) -> None:
    """Blank is not willing; who thinks otherwise sees what difference it would make."""
    assert str(weigh_answers(answers, TWENTY, 30, None).saw) == saw


def test_the_interval_of_a_small_group_is_named_as_such() -> None:
    """Where only that interval lies under the threshold, it is the one that is said, with the size of the group."""
    assert str(weigh_answers(Answers(5, 40), TWENTY, 30, 60).saw) == (
        "5 of 40 = 12.5%, 95% interval for a group of 60 7.7% to 19.7%: even its upper end is under 20%"
    )


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.none() | st.integers(0, 400))
def test_blank_answers_never_change_the_outcome(yes: int, others: int, blank: int, group_size: int | None) -> None:
    """The denominator is all answers that count; the others are for reading only."""
    minimum = minimum_answers(group_size)
    with_blanks = Answers(yes, yes + others + blank, yes + others)
    without = Answers(yes, yes + others + blank)
    assert (
        weigh_answers(with_blanks, TWENTY, minimum, group_size).result
        == weigh_answers(without, TWENTY, minimum, group_size).result
    )


@given(st.integers(0, 100), st.integers(0, 100), st.none() | st.integers(0, 150))
def test_every_answer_can_be_said(yes: int, others: int, group_size: int | None) -> None:
    """Whatever was counted, there is a sentence for it, and a next step when it is not settled."""
    outcome = weigh_answers(Answers(yes, yes + others), TWENTY, minimum_answers(group_size), group_size)
    assert str(outcome.saw)
    assert (outcome.todo is not None) == (outcome.result is Result.MISSING)


@pytest.mark.parametrize(
    ("answered", "left_out", "file", "expected"),
    [
        (96, {"outside": 5, "initiators": 1}, None, 90),
        (96, {}, FILE, 96),
        (96, None, FILE, 91),
        (96, None, None, 96),
        (None, None, FILE, 91),
        (None, {"outside": 6}, FILE, 90),
        (None, {"outside": 6}, None, None),
        (4, {"outside": 5}, None, None),
    ],
)
def test_answers_that_count_are_those_answered_less_those_left_out(
    answered: int | None, left_out: dict[str, int] | None, file: EvidenceFile | None, expected: int | None
) -> None:
    """What is written by hand comes first, number by number; what does not add up is not known."""
    assert counted_answers(answered, left_out, file) == expected


@pytest.mark.parametrize(
    ("said", "counted", "file", "expected"),
    [
        (Willingness(active=6, maybe=3, declined=5), 14, None, Answers(6, 14, 14)),
        (Willingness(active=6, maybe=3), 14, None, Answers(6, 14)),
        (Willingness(active=6), 91, FILE, Answers(6, 91)),
        (Willingness(maybe=3), 91, FILE, Answers(28, 91, 89)),
        (None, 91, FILE, Answers(28, 91, 89)),
        (None, None, FILE, None),
        (None, 91, None, None),
        (None, 91, EvidenceFile(answered=91), None),
    ],
)
def test_perhaps_is_not_yes(
    said: Willingness | None, counted: int | None, file: EvidenceFile | None, expected: Answers | None
) -> None:
    """Only who said yes counts as yes, by hand or else from the file."""
    assert willing_answers(said, counted, file, "wants_a_role") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", True),
        ("Geen.", True),
        (" nothing ", True),
        ("0", True),
        ("none of your business", False),
        ("10", False),
    ],
)
def test_a_text_can_say_that_there_is_none(text: str, expected: bool) -> None:
    """In English and in Dutch, and only when it says nothing else."""
    assert says_none(text) is expected


@pytest.mark.parametrize(
    ("groups", "answered", "active", "expected"),
    [
        pytest.param(
            [("Goes", 20, 8), ("Ede", 30, 9)], 50, 17, [("Ede", 30, 9), ("Goes", 20, 8)], id="all may be shown"
        ),
        pytest.param([("Goes", 20, 8), ("Ede", 4, 2)], 24, 10, [], id="the other four would follow from the total"),
        pytest.param(
            [("Goes", 20, 8), ("Ede", 4, 2)], 30, 13, [("Goes", 20, 8)], id="the others are many enough together"
        ),
        pytest.param(
            [("Goes", 20, 8), ("Ede", 12, 6), ("Oss", 4, 2)], 36, 16, [("Goes", 20, 8)], id="one more stays out"
        ),
        pytest.param(
            [("Goes", 20, 3), ("Ede", 30, 9)], 50, 12, [("Ede", 30, None), ("Goes", 20, None)], id="three want to"
        ),
        pytest.param([("Ede", 30, 30)], 30, 30, [("Ede", 30, None)], id="everybody wants to"),
        pytest.param([], 30, 9, [], id="nobody asked"),
    ],
)
def test_small_groups_are_not_shown_and_do_not_follow(
    groups: list[tuple[str, int, int]], answered: int, active: int, expected: list[tuple[str, int, int | None]]
) -> None:
    """Fewer than five, or what would give fewer than five away, is left out: of the groups, and of who wants to."""
    found = shown_groups([Group(*one) for one in groups], answered, active)
    assert [(one.name, one.answered, one.active) for one in found] == expected


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=7), st.integers(0, 9), st.integers(0, 9))
def test_no_group_of_fewer_than_five_can_be_worked_out(
    groups: list[tuple[int, int]], rest_yes: int, rest_no: int
) -> None:
    """Whoever has the totals and all that is shown knows of no group left out how many it counts, or who wants to."""
    answered = sum(yes + no for yes, no in groups) + rest_yes + rest_no
    active = sum(yes for yes, _ in groups) + rest_yes
    named = [Group(f"g{number}", yes + no, yes) for number, (yes, no) in enumerate(groups)]
    shown = shown_groups(named, answered, active)
    rest = answered - sum(one.answered for one in shown)
    assert rest == 0 or rest >= SMALL or not shown
    assert all(one.answered >= SMALL for one in shown)
    said = [one for one in shown if one.active is not None]
    assert all(is_shown(one.active or 0, one.answered) for one in said)
    if not said:
        return
    hidden_yes = active - sum(one.active or 0 for one in said)
    hidden = answered - sum(one.answered for one in said)
    sizes = [*(one.answered for one in shown if one.active is None), *([rest] if rest else [])]
    for size in sizes:
        least, most = max(0, hidden_yes - (hidden - size)), min(size, hidden_yes)
        # One group alone is known by the totals: then it is one that may be.
        assert most - least >= SMALL if len(sizes) > 1 else is_shown(hidden_yes, size)
