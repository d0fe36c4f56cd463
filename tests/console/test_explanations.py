"""What `explain` prints: whole answers, in both languages, for people and for programs."""

from __future__ import annotations

from textwrap import dedent

import pytest

from cop_launch.console.explanations import as_data, lines
from cop_launch.console.topics import What, topics
from cop_launch.locales import LANGUAGES, in_language


def said(name: str | None, language: str = "en", width: int = 80) -> str:
    rows = lines(name, in_language(language), width)
    return "".join("".join(text for text, _ in row).rstrip() + "\n" for row in rows)


EXPLAINED = {
    "unknown-key": """\
        unknown-key  finding

        There is no field of this name in this place.
        An answer under a wrong name would count as no answer.

            initiative:
              champoins: [joost]

        → Correct the name; a field of your own starts with x-, like x-note.
    """,
    "applied": """\
        Applied value  applied
        value cycle

        What did people do with it? A changed way of working, a better plan or decision.

        Source: Wenger, Trayner and de Laat (2011), Promoting and assessing value
          creation in communities and networks
    """,
    "reply-coverage": """\
        Reply coverage  reply-coverage
        metric

        Topics with a reply by another person within 7 days, divided by all topics.

        Source: dsc analytics, Community health metrics: definitions
    """,
    "participation-rate": """\
        Participation rate  participation-rate
        metric

        Contributors in the period, divided by the members at its end.
        Sources also count readers; this does not.

        Source: set here
    """,
    "no-go": """\
        no-go  no_go
        verdict

        A decisive criterion is not met, or a kill criterion is reached: stop, or go
        back and adjust.
    """,
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_topic_is_explained(name: str) -> None:
    """What it is, what to do, and where it comes from; then its other name, and what to do next."""
    expected = dedent(EXPLAINED[name]).strip()
    text, _, end = said(name).strip().partition("\nnl: ")
    assert text.strip() == expected
    assert end.partition("\n\n")[2] in {"Next: coplaunch check", "Next: coplaunch status"}


def test_matches_are_listed_with_what_they_are() -> None:
    """Each by title and name, and by its title in the other language where the word was found there."""
    assert said("budget") == (
        "  · Budget approved                                   budget-approved  criterion\n"
        "  · Budget                                                strategy.budget  field\n"
        "\nNext: coplaunch explain budget-approved\n"
    )
    assert "Mission in one sentence (Missie in één zin)" in said("missie")


def test_many_matches_are_cut_short_for_people_only() -> None:
    """Twenty, and how many more there are; a program gets them all."""
    text = said("date")
    data = as_data("date", in_language("en"))["matches"]
    assert text.count("  · ") == 20
    assert f"and {len(data) - 20} more: add a word" in text


LEADS_TO = {
    "past-attempts-known": "explain initiative.past_attempts",
    "initiative.past_attempts": "fill initiative",
    "reviews": "fill review",
    "organisation.kind": "status",
    "decisions": "status",
}


@pytest.mark.parametrize("name", LEADS_TO)
def test_what_is_explained_leads_on(name: str) -> None:
    """From a criterion to its field, and from a field to where it is asked: not round in a circle."""
    assert said(name).splitlines()[-1] == f"Next: coplaunch {LEADS_TO[name]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_explained_in_every_language(language: str) -> None:
    """With its name in both, for people and for programs."""
    unnamed = []
    for topic in topics():
        text = " ".join(said(topic.id, language).split())
        if not all(title in text for title in topic.titles().values()):
            unnamed.append(topic.id)
        data = as_data(topic.id, in_language(language))
        assert (data["what"], data["id"], data["titles"]) == (topic.what.value, topic.id, topic.titles())
    assert unnamed == []


def test_without_a_name_all_criteria_are_listed() -> None:
    """As an overview of what the gates ask."""
    criteria = [topic for topic in topics() if topic.what is What.CRITERION]
    text = said(None)
    assert all(topic.id in text for topic in criteria)
    assert text.endswith("\n\n● decisive · ○ required · · advised\n\nNext: coplaunch explain initiative\n")
    assert len(as_data(None, in_language("en"))["criteria"]) == len(criteria)
