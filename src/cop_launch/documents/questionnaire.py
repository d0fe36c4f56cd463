"""The questionnaire as a text to paste, with its three mails: invitation, one reminder, outcome."""

from __future__ import annotations

from cop_launch.documents.decided import recorded, who
from cop_launch.documents.form import made, still_to_write
from cop_launch.documents.needs import heard, held
from cop_launch.documents.rendering import render_template
from cop_launch.documents.shares import told_of_test
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.decision import Gate
from cop_launch.phases import concept_test


def questionnaire(dossier: Dossier, language: Language) -> str:
    """The document as Markdown; also while the concept is not ready, and then it says what is wanting."""
    project = dossier.project
    test, file = concept_test.latest_test(dossier), concept_test.evidence_of_test(dossier)
    period = (test.period if test else None) or (file.period if file else None)
    initiators = [who(dossier, slug) for slug in (project.initiative.initiators if project.initiative else None) or []]
    decisions = [one for one in project.decisions or [] if one.gate is Gate.CONCEPT_TEST]
    form = made(dossier, language.code)
    needs = [need for need in heard(dossier) if need.heard]
    return render_template(
        "questionnaire",
        language,
        name=project.name,
        form=form,
        numbers={question.id: number for number, question in enumerate(form.questions, 1)},
        open=still_to_write(dossier),
        hypothesis=project.concept_test.hypothesis if project.concept_test else None,
        held=held(dossier),
        need=needs[0].text if needs else None,
        initiators=[one.name for one in initiators if one and one.name],
        until=period.to if period else None,
        told=told_of_test(dossier),
        recognises=concept_test.who_recognise(dossier),
        made=recorded(dossier, decisions[-1]) if decisions else None,
    )
