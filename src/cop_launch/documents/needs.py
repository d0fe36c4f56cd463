"""The first phase on paper: how to ask people about their work, and what they said that they need."""

from __future__ import annotations

from cop_launch.answers import counted_answers
from cop_launch.documents.rendering import render_template
from cop_launch.documents.share_picture import picture_of
from cop_launch.documents.shares import told_of_interviews
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.initiative import ConceptQuestions, Initiative, Interviews, Quote
from cop_launch.phases import initiative
from cop_launch.records import Record


class Heard(Record):
    """A need: from how many people it was heard, where, and the words that may be used."""

    text: str
    heard: int | None
    places: tuple[str, ...]
    quotes: tuple[Quote, ...]


def interview_guide(dossier: Dossier, language: Language) -> str:
    """What to ask, what to say first, and what to write down."""
    answers = dossier.project.initiative or Initiative()
    return render_template(
        "interview-guide",
        language,
        name=dossier.project.name,
        groups=[group for group in (answers.target_groups or {}).values() if group.who],
        enough=initiative.enough_interviews(dossier),
        held=held(dossier),
        idea=answers.idea.text if answers.idea else None,
        idea_day=answers.idea.date if answers.idea else None,
    )


def needs_inventory(dossier: Dossier, language: Language) -> str:
    """The needs with their counts, the words of those who agreed, and who wants to contribute."""
    answers = dossier.project.initiative or Initiative()
    interviews = answers.interviews or Interviews()
    file = dossier.evidence.get(interviews.evidence or "")
    period = interviews.period or (file.period if file else None)
    told = told_of_interviews(dossier)
    needs = heard(dossier)
    quotes = [quote for need in (answers.needs or {}).values() for quote in need.quotes or [] if quote.text]
    return render_template(
        "needs-inventory",
        language,
        name=dossier.project.name,
        held=held(dossier),
        start=period.from_ if period else None,
        end=period.to if period else None,
        needs=needs,
        kept_back=len(quotes) - sum(len(need.quotes) for need in needs),
        told=told,
        picture=picture_of(told),
        five=answers.concept_questions or ConceptQuestions(),
        urgency=[said for said in answers.urgency or [] if said.text],
        existing=[(slug.replace("-", " "), group) for slug, group in (answers.existing_communities or {}).items()],
        looked=answers.existing_communities is not None,
        attempts=[attempt for attempt in answers.past_attempts or [] if attempt.what],
    )


def heard(dossier: Dossier) -> list[Heard]:
    """The needs, those heard most often first; a quote only when its owner agreed."""
    answers = dossier.project.initiative or Initiative()
    found = [
        Heard(
            need.need or slug.replace("-", " "),
            need.heard_from,
            tuple(need.places or []),
            tuple(quote for quote in need.quotes or [] if quote.text and quote.consent),
        )
        for slug, need in (answers.needs or {}).items()
    ]
    return sorted(found, key=lambda need: -(need.heard or 0))


def held(dossier: Dossier) -> int | None:
    """How many people were interviewed; None while nobody counted."""
    interviews = dossier.project.initiative.interviews if dossier.project.initiative else None
    file = dossier.evidence.get(interviews.evidence or "") if interviews else None
    return counted_answers(interviews.held, None, file) if interviews else None
