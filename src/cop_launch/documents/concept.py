"""The concept on one page, with the persona."""

from __future__ import annotations

from decimal import Decimal

from cop_launch.documents.community import community, core_members
from cop_launch.documents.needs import heard
from cop_launch.documents.rendering import render_template
from cop_launch.documents.shares import threshold_of, told_of_test
from cop_launch.gates import Dossier
from cop_launch.imports.questions import as_a_name
from cop_launch.locales import Language
from cop_launch.model.concept_test import ConceptTest
from cop_launch.phases import concept_test
from cop_launch.records import Record
from cop_launch.statistics import minimum_answers

MOST_NEEDS = 3
"""The page shows the needs that were heard most often, and no more of them than this."""


class Portrait(Record):
    """An ideal member."""

    name: str
    is_: str | None
    wants: str | None
    dislikes: str | None
    takes_part_when: str | None

    @property
    def open(self) -> bool:
        """Whether something of this person is still to be said."""
        return None in {self.is_, self.wants, self.dislikes, self.takes_part_when}


def concept(dossier: Dossier, language: Language) -> str:
    """The page as Markdown."""
    answers = dossier.project.concept_test or ConceptTest()
    members = core_members(dossier)
    return render_template(
        "concept",
        language,
        community=community(dossier),
        hypothesis=answers.hypothesis,
        personas=[
            Portrait(as_a_name(slug), one.is_, one.wants, one.dislikes, one.takes_part_when)
            for slug, one in (answers.persona or {}).items()
        ],
        needs=heard(dossier)[:MOST_NEEDS],
        domain=answers.domain,
        together=answers.community,
        practice=answers.practice,
        contributions=[member.contribution for member in members if member.contribution],
        hours=_hours(dossier),
        assumptions=answers.assumptions or [],
        asked_assumptions=answers.assumptions is not None,
        told=told_of_test(dossier),
        threshold=threshold_of(dossier, concept_test.willing_share),
        minimum=minimum_answers(concept_test.size_of_group(dossier)),
    )


def _hours(dossier: Dossier) -> tuple[Decimal, Decimal] | None:
    """The least and the most hours a month in the core group; None while nobody's are known."""
    hours = [member.hours.amount for member in core_members(dossier) if member.hours and member.hours.per == "month"]
    return (min(hours), max(hours)) if hours else None
