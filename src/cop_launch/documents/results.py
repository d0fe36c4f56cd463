"""What the concept test showed: the share that decides, in words and beside its picture, and what it rests on."""

from __future__ import annotations

from datetime import date

from cop_launch.answers import Group, counted_answers, is_shown, shown_groups, willing_answers
from cop_launch.documents.decided import recorded
from cop_launch.documents.rendering import render_template
from cop_launch.documents.share_picture import picture_of
from cop_launch.documents.shares import told_of_test
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.concept_test import ConceptTestRound, TestKind
from cop_launch.model.decision import Gate
from cop_launch.phases import concept_test
from cop_launch.records import Record


class Test(Record):
    """The test that decides: how and when people were asked, and who."""

    kind: TestKind | None
    start: date | None
    end: date | None
    group: str | None


class Theme(Record):
    """A theme, and how many chose it; None where those, or the others, are too few to be shown."""

    title: str
    number: int | None


class Earlier(Record):
    """A test before the one that decides."""

    name: str
    counted: int | None
    active: int | None


def results(dossier: Dossier, language: Language) -> str:
    """The document as Markdown."""
    project, concept = dossier.project, dossier.project.concept_test
    found, told = concept_test.latest_test(dossier), told_of_test(dossier)
    rounds = (concept.tests if concept else None) or []
    segments = _segments(dossier)
    decisions = [one for one in project.decisions or [] if one.gate is Gate.CONCEPT_TEST]
    return render_template(
        "results",
        language,
        name=project.name,
        test=_test(dossier, found) if found else None,
        told=told,
        picture=picture_of(told),
        named=found.left_name_and_contribution if found else None,
        left_out=_left_out(dossier, found) if found else [],
        recognises=concept_test.who_recognise(dossier),
        themes=_themes(dossier),
        segments=segments,
        in_no_segment=told.share.denominator - sum(one.answered for one in segments) if told else 0,
        earlier=[_earlier(dossier, one) for one in rounds[:-1]],
        made=recorded(dossier, decisions[-1]) if decisions else None,
    )


def _test(dossier: Dossier, found: ConceptTestRound) -> Test:
    file = concept_test.evidence_of_test(dossier)
    period = found.period or (file.period if file else None)
    groups = (dossier.project.initiative.target_groups if dossier.project.initiative else None) or {}
    group = groups.get(found.reached or "")
    return Test(
        found.kind,
        period.from_ if period else None,
        period.to if period else None,
        (group.who if group else None) or found.reached,
    )


def _left_out(dossier: Dossier, found: ConceptTestRound) -> list[tuple[str, int]]:
    file = concept_test.evidence_of_test(dossier)
    reasons = found.left_out if found.left_out is not None else file.excluded if file else None
    return [(reason, number) for reason, number in (reasons or {}).items() if number]


def _themes(dossier: Dossier) -> list[Theme]:
    """The themes by how many chose them, most first; what no evidence counts is left out."""
    file = concept_test.evidence_of_test(dossier)
    concept = dossier.project.concept_test
    titles = {slug: theme.title or slug for slug, theme in ((concept.themes if concept else None) or {}).items()}
    counts = ((file.counts or {}).get("themes") if file else None) or {}
    chosen = sorted(((slug, n) for slug, n in counts.items() if slug in titles), key=lambda one: -one[1])
    counted = concept_test.answers_that_count(dossier)
    return [
        Theme(titles[slug], number if counted is not None and is_shown(number, counted) else None)
        for slug, number in chosen
    ]


def _segments(dossier: Dossier) -> tuple[Group, ...]:
    """The teams or places, largest first; also where people wrote them down, nothing from which fewer than five
    would follow."""
    file, willing = concept_test.evidence_of_test(dossier), concept_test.who_want_a_role(dossier)
    groups = [
        Group(one.name, one.answered, one.active)
        for one in (file.segments if file else None) or []
        if one.name is not None and one.answered is not None
    ]
    if willing is None or sum(one.answered for one in groups) > willing.counted:
        return ()
    return shown_groups(groups, willing.counted, willing.yes)


def _earlier(dossier: Dossier, one: ConceptTestRound) -> Earlier:
    file = dossier.evidence.get(one.evidence or "")
    counted = counted_answers(one.answered, one.left_out, file)
    willing = willing_answers(one.wants_a_role, counted, file, "wants_a_role")
    return Earlier(one.id or "–", counted, willing.yes if willing else None)
