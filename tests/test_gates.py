"""What a gate concludes: the verdict, what a decision rests on, and the kill criteria."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.gates import (
    LEVELS,
    RESULTS,
    VERDICTS,
    Dossier,
    Effort,
    KillCriterionState,
    Level,
    Outcome,
    Unit,
    criterion,
    kill_criteria,
    met,
    missing,
    number_of,
    select,
    share_of,
    unmet,
    verdict,
)
from cop_launch.locales import msg
from cop_launch.model.decision import Result, VerdictKind
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.fields import Figure
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.statistics import Share

ALONE = {
    Level.DECISIVE: {
        Result.MET: VerdictKind.GO,
        Result.WAIVED: VerdictKind.GO,
        Result.NOT_APPLICABLE: VerdictKind.GO,
        Result.MISSING: VerdictKind.NOT_YET,
        Result.UNMET: VerdictKind.NO_GO,
    },
    Level.REQUIRED: {
        Result.MET: VerdictKind.GO,
        Result.WAIVED: VerdictKind.GO,
        Result.NOT_APPLICABLE: VerdictKind.GO,
        Result.MISSING: VerdictKind.NOT_YET,
        Result.UNMET: VerdictKind.NOT_YET,
    },
    Level.ADVISED: dict.fromkeys(Result, VerdictKind.GO),
}
"""What a gate with one criterion says."""

outcomes = st.lists(st.tuples(st.sampled_from(Level), st.sampled_from(Result)), max_size=8)


# -- the verdict ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "result"), list(product(Level, Result)))
def test_one_criterion_decides_as_its_level_says(level: Level, result: Result) -> None:
    """A no is a no-go where it is about the world, work left where it is about the work, and a warning elsewhere."""
    assert verdict([(level, result)], killed=False) is ALONE[level][result]


def test_a_gate_that_demands_nothing_says_go() -> None:
    """No criteria, no objections."""
    assert verdict([], killed=False) is VerdictKind.GO


@given(outcomes)
def test_the_worst_of_all_criteria_is_the_verdict(found: list[tuple[Level, Result]]) -> None:
    """A no-go outweighs whatever is not there yet, and that outweighs everything that is in order."""
    alone = {ALONE[level][result] for level, result in found}
    worst = next((v for v in (VerdictKind.NO_GO, VerdictKind.NOT_YET) if v in alone), VerdictKind.GO)
    assert verdict(found, killed=False) is worst


@given(outcomes, st.randoms(use_true_random=False))
def test_the_order_of_the_criteria_does_not_matter(found: list[tuple[Level, Result]], chance: random.Random) -> None:
    """A verdict is about what stands there, not about where."""
    mixed = list(found)
    chance.shuffle(mixed)
    assert verdict(mixed, killed=False) is verdict(found, killed=False)


@given(outcomes)
def test_a_kill_criterion_that_is_reached_is_a_no_go(found: list[tuple[Level, Result]]) -> None:
    """Whatever else is in order or waived."""
    assert verdict(found, killed=True) is VerdictKind.NO_GO


def test_every_outcome_has_a_word() -> None:
    """Each level, result and verdict can be said."""
    assert (set(LEVELS), set(RESULTS), set(VERDICTS)) == (set(Level), set(Result), set(VerdictKind))


# -- what a decision rests on ---------------------------------------------------------------------------------------

DATA: dict[str, Any] = {
    "name": "The Second Sentence",
    "core_group": {
        "met": ["2025-05-22"],
        "members": {
            "joost": {"motive": "My craft may be a craft again.", "confirmed": "2025-05-22"},
            "samira": {"confirmed": "2025-05-27"},
        },
    },
    "concept_test": {"tests": [{"answered": 12, "kind": "workshop"}, {"kind": "interviews"}]},
    "initiative": {"champions": [], "needs": {}, "networks": []},
    "reviews": [{"members": 44, "date": "2026-01-05"}, {"members": 58}],
}


@pytest.mark.parametrize(
    ("reads", "expected"),
    [
        pytest.param(("name",), {"name": "The Second Sentence"}, id="one value"),
        pytest.param(("core_group.met",), {"core_group": {"met": ["2025-05-22"]}}, id="a whole list"),
        pytest.param(
            ("core_group.members.*.motive",),
            {"core_group": {"members": {"joost": {"motive": "My craft may be a craft again."}, "samira": {}}}},
            id="of every key, those who say nothing included",
        ),
        pytest.param(
            ("concept_test.tests.*.answered",),
            {"concept_test": {"tests": {0: {"answered": 12}, 1: {}}}},
            id="of every position",
        ),
        pytest.param(
            ("concept_test.tests.*.answered", "concept_test.tests.*.kind", "core_group.met"),
            {
                "concept_test": {"tests": {0: {"answered": 12, "kind": "workshop"}, 1: {"kind": "interviews"}}},
                "core_group": {"met": ["2025-05-22"]},
            },
            id="several paths come together",
        ),
        pytest.param(
            ("initiative.champions.*.person", "initiative.champions.*.from_target_group", "initiative.needs.*.places"),
            {"initiative": {"champions": [], "needs": {}}},
            id="none is an answer",
        ),
        pytest.param(("initiative.networks",), {"initiative": {"networks": []}}, id="none at the end of a path"),
        pytest.param(("reviews.@.members",), {"reviews": {1: {"members": 58}}}, id="the review under decision"),
        pytest.param(("strategy.goals.*.cycle", "reviews.@.hours"), {"reviews": {1: {}}}, id="what is not there"),
        pytest.param(("name.of.something",), {"name": {}}, id="deeper than the data go"),
    ],
)
def test_selection_holds_what_lies_on_the_paths(reads: tuple[str, ...], expected: Any) -> None:
    """All of it and nothing else, by key and position."""
    assert select(DATA, reads, 1) == expected


def test_selection_of_a_review_that_is_not_written_is_empty() -> None:
    """A project without a third review has nothing to select from it."""
    assert select(DATA, ("reviews.@.members",), 2) == {"reviews": {}}


def test_selection_does_not_change_with_a_field_that_nobody_asked_for() -> None:
    """A field that the format gains later leaves the seal of an old decision alone."""
    reads = ("core_group.members.*.confirmed", "concept_test.tests.*.answered")
    before = select(DATA, reads, 0)
    members = {slug: {**member, "shoe_size": 42} for slug, member in DATA["core_group"]["members"].items()}
    later = {**DATA, "core_group": {**DATA["core_group"], "members": members, "song": "none"}, "motto": "No, and then?"}
    assert select(later, reads, 0) == before


# -- kill criteria --------------------------------------------------------------------------------------------------


def test_kill_criteria_stand_in_the_order_of_the_file() -> None:
    """Each with its words, or its name where it has none, and reached only when the file says so."""
    project = validate(
        Project,
        {
            "initiative": {
                "kill_criteria": {
                    "no-core": {"when": "no five core members on 1 July 2025", "reached": "false"},
                    "empty-room": {"when": "twice fewer than four people", "reached": "true"},
                    "no-sponsor": {},
                }
            }
        },
    )
    assert kill_criteria(project) == (
        KillCriterionState("no-core", "no five core members on 1 July 2025", reached=False),
        KillCriterionState("empty-room", "twice fewer than four people", reached=True),
        KillCriterionState("no-sponsor", "no-sponsor", reached=False),
    )


@pytest.mark.parametrize("initiative", [{}, {"initiative": {}}, {"initiative": {"kill_criteria": "none"}}])
def test_without_kill_criteria_nothing_kills(initiative: dict[str, Any]) -> None:
    """Not answered, or answered with none."""
    assert kill_criteria(validate(Project, initiative)) == ()


# -- a criterion ----------------------------------------------------------------------------------------------------


@criterion(
    Level.ADVISED,
    reads="strategy.channels.*.rooms name",
    sources="feverbee six-steps",
    threshold=number_of(5, Unit.NUMBER),
    may_be=(Result.MET, Result.UNMET),
)
def rooms_few(d: Dossier, threshold: Fraction) -> Outcome:
    """Few rooms

    An empty room
    sends people away.

    Close the rooms where nobody writes.
    """
    return met(msg("few")) if threshold > 3 else unmet(msg("many"), path=("name",))


def test_a_criterion_is_its_function_with_prose_attached() -> None:
    """The name is the id; the three paragraphs are title, why and remedy, each on one line."""
    assert (rooms_few.id, str(rooms_few.title), str(rooms_few.why), str(rooms_few.remedy)) == (
        "rooms-few",
        "Few rooms",
        "An empty room sends people away.",
        "Close the rooms where nobody writes.",
    )
    assert rooms_few.reads == ("strategy.channels.*.rooms", "name")
    assert rooms_few.sources == ("feverbee", "six-steps")
    assert rooms_few.effort is Effort.WRITE
    assert {rooms_few.title.domain, rooms_few.why.domain, rooms_few.remedy.domain} == {"criteria"}


def test_an_outcome_points_at_the_first_thing_that_was_read() -> None:
    """Up to the first wildcard, unless the criterion says something more exact; a threshold of one's own counts."""
    dossier = Dossier(Project())
    assert rooms_few.outcome(dossier) == met(msg("few"), path=("strategy", "channels"))
    assert rooms_few.outcome(dossier, Fraction(3)) == unmet(msg("many"), path=("name",))


def test_a_threshold_says_whether_it_is_published() -> None:
    """With a source it is; without one it was set here."""
    assert (share_of(20, "hard-work").published, share_of(20).published) == (True, False)
    assert share_of(20).value == Fraction(1, 5)


# -- the dossier ----------------------------------------------------------------------------------------------------

FILE = validate(
    EvidenceFile,
    {
        "answered": 96,
        "excluded": {"outside_target_group": 5},
        "counts": {"wants_a_role": {"active": 28, "maybe": 31, "declined": 32}, "recognises": {"yes": 67, "no": 24}},
    },
)


@pytest.mark.parametrize(
    ("figure", "question", "expected"),
    [
        pytest.param(None, "recognises", None, id="no figure"),
        pytest.param(Figure(numerator=34, denominator=36), "recognises", Share(34, 36), id="by hand"),
        pytest.param(Figure(numerator=36, denominator=34), "recognises", None, id="more than there are"),
        pytest.param(Figure(numerator=34), "recognises", None, id="of how many is open"),
        pytest.param(Figure(evidence="march"), "recognises", Share(67, 91), id="from a file"),
        pytest.param(Figure(evidence="march"), "wants_a_role", Share(28, 91), id="from a file, active"),
        pytest.param(Figure(evidence="march"), "would_pay", None, id="not asked"),
        pytest.param(Figure(evidence="april"), "recognises", None, id="no such file"),
        pytest.param(
            Figure(numerator=60, denominator=91, evidence="march"),
            "recognises",
            Share(60, 91),
            id="by hand comes first",
        ),
    ],
)
def test_a_share_is_read_by_hand_or_from_its_file(figure: Figure | None, question: str, expected: Share | None) -> None:
    """The answers that count are the denominator, blank ones too; what does not add up is no share."""
    assert Dossier(Project(), {"march": FILE}).share(figure, question) == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        pytest.param({"hours_per_week": "4.5"}, Fraction(9, 2), id="a week"),
        pytest.param({"hours_per_month": "13"}, Fraction(3), id="a month of 52/12 weeks"),
        pytest.param({"hours_per_week": "2", "hours_per_month": "13"}, Fraction(2), id="the week comes first"),
        pytest.param({"hours_per_week": "0"}, Fraction(0), id="none"),
        pytest.param({"name": "Joost"}, None, id="not said"),
    ],
)
def test_hours_of_a_month_are_turned_into_weeks(person: dict[str, str], expected: Fraction | None) -> None:
    """Twelve months are fifty-two weeks, exactly."""
    dossier = Dossier(validate(Project, {"people": {"joost": person}}))
    assert dossier.hours_per_week("joost") == expected
    assert dossier.hours_per_week("nobody") is None


def test_a_name_is_what_people_call_someone() -> None:
    """The name where there is one, else the short name of the file."""
    dossier = Dossier(validate(Project, {"people": {"joost": {"name": "Joost"}, "tim": {"place": "Tilburg"}}}))
    assert [dossier.name(slug) for slug in ("joost", "tim", "dewi", None)] == ["Joost", "tim", "dewi", "?"]


def test_the_last_review_is_under_decision_unless_another_is_named() -> None:
    """Counted from 0; a review that is not written is none."""
    project = validate(Project, {"reviews": [{"members": "44"}, {"members": "58"}]})
    members = [
        review.members if (review := Dossier(project, {}, number).review) else None for number in (None, 0, 1, 2)
    ]
    assert members == [58, 44, 58, None]
    assert Dossier(Project()).review is None


def test_outcomes_without_a_share_carry_none() -> None:
    """What is not counted has no figure, and its next step is what the criterion was told."""
    outcome = missing(msg("not counted yet"), msg("count it"))
    assert (outcome.result, outcome.share, str(outcome.todo), outcome.path) == (Result.MISSING, None, "count it", ())
