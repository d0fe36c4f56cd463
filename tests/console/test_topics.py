"""Everything that can be explained has one name, and is found by its words in both languages."""

from __future__ import annotations

from collections import Counter

import pytest

from cop_launch.console.topics import What, find, topics
from cop_launch.findings import Refused
from cop_launch.gates import Level
from cop_launch.metrics import METRICS
from cop_launch.model.decision import Gate, Result, VerdictKind
from cop_launch.model.strategy import Cycle
from cop_launch.sources import SOURCES
from cop_launch.workflow import CRITERIA


def test_no_two_topics_have_one_name() -> None:
    """Whoever asks by name gets one answer; a section of the plan that is a phase is explained as the phase."""
    names = Counter(topic.id.replace("-", "_") for topic in topics())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_word_of_a_gate_is_a_topic() -> None:
    """Criteria, gates, verdicts, outcomes, levels and cycles: all of them."""
    words = {*CRITERIA, *(one.value for kind in (Gate, VerdictKind, Result, Level, Cycle) for one in kind)}
    assert words - {topic.id for topic in topics()} == set()


def test_every_metric_names_a_source_that_there_is() -> None:
    """Or none, when it was set here."""
    assert {metric.source for metric in METRICS.values() if metric.source} - SOURCES.keys() == set()


@pytest.mark.parametrize(
    ("name", "what", "id_"),
    [
        ("willing-share", What.CRITERION, "willing-share"),
        ("willing_share", What.CRITERION, "willing-share"),
        ("core-group", What.PHASE, "core_group"),
        ("review", What.PHASE, "review"),
        ("no-go", What.VERDICT, "no_go"),
        ("unmet", What.OUTCOME, "unmet"),
        ("decisive", What.LEVEL, "decisive"),
        ("applied", What.CYCLE, "applied"),
        ("reply-coverage", What.METRIC, "reply-coverage"),
        ("unknown-key", What.FINDING, "unknown-key"),
        ("initiative.needs", What.FIELD, "initiative.needs"),
        ("initiative.needs.*.heard_from", What.FIELD, "initiative.needs.*.heard_from"),
        ("initiative.needs.heard_from", What.FIELD, "initiative.needs.*.heard_from"),
        ("initiative.needs.explain-no.heard_from", What.FIELD, "initiative.needs.*.heard_from"),
        ("initiative.champions[0].person", What.FIELD, "initiative.champions.*.person"),
    ],
)
def test_a_name_is_found(name: str, what: What, id_: str) -> None:
    """With hyphens or underscores, and a field also at its place in a plan."""
    (topic,) = find(name)
    assert (topic.what, topic.id) == (what, id_)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("budget", ["budget-approved", "strategy.budget"]),
        ("Budget goedgekeurd", ["budget-approved"]),
        ("approved budget", ["budget-approved"]),
        ("kartrekkers", ["initiative.champions"]),
        ("één zin", ["mission-in-one-sentence"]),
        ("een zin", ["mission-in-one-sentence"]),
        ("merge", ["merge-key", "merge-conflict"]),
    ],
)
def test_other_words_are_searched_for(words: str, expected: list[str]) -> None:
    """In the names and in the titles of both languages, in any order, with or without accents."""
    assert sorted(topic.id for topic in find(words)) == sorted(expected)


def test_what_has_the_words_in_its_name_comes_first() -> None:
    """Before what has them in a title, and a field near the top before one deep inside."""
    found = [topic.id for topic in find("needs")]
    assert found.index("initiative.needs") < found.index("concept_test.themes.*.needs")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("wiling-share", "did you mean 'willing-share'?"),
        ("sponser", "did you mean 'sponsor'?"),
        ("strategy.bugdet", "did you mean 'strategy.budget'?"),
        ("vrijwilliger", "`coplaunch explain` lists the criteria"),
        ("xyzzy", "`coplaunch explain` lists the criteria"),
        ("", "`coplaunch explain` lists the criteria"),
        ("-", "`coplaunch explain` lists the criteria"),
    ],
)
def test_what_there_is_not_is_refused(name: str, hint: str) -> None:
    """With the nearest name, where one is near."""
    with pytest.raises(Refused) as refused:
        find(name)
    assert (refused.value.code, str(refused.value.hint)) == ("unknown-name", hint)
