"""The questionnaire that a concept makes: the words around the questions, and whether the concept is ready to be asked.

The questions themselves are data beside the readers of their answers (`imports.questions`). What stands around them is
here, because a form is filled in by people who never see the project: it has to say in their language what the idea is,
what happens with the answers, and that nobody has to say who they are.
"""

from __future__ import annotations

from collections.abc import Mapping

from cop_launch.findings import Exit, Refused
from cop_launch.gates import Dossier
from cop_launch.imports.questions import (
    PAGES,
    SEGMENT,
    Asked,
    Page,
    asked,
    group_asked,
    on_one_line,
    persona_called,
    segments,
)
from cop_launch.locales import Message, msg
from cop_launch.model.concept_test import ConceptTest, Persona
from cop_launch.records import Record

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "title": "{name}: doe jij mee?",
        "title-without-name": "Doe jij mee?",
        "from": "{organisation} wil weten of een community zin heeft.",
        "from-nobody": "We willen weten of een community zin heeft.",
        "for": "Voor wie het bedoeld is: {group}.",
        "hypothesis": "Het idee: {hypothesis}",
        "about": "Waar het over gaat: {about}.",
        "beyond": "Waar het niet over gaat: {beyond}.",
        "gains": "Wat het je kan opleveren: {gains}.",
        "time": "Invullen kost je een minuut of vijf.",
        "privacy": "Wie je bent, hoef je niet te zeggen. Naam en e-mailadres vragen we alleen aan wie mee wil doen, en "
        "dan nog mag je ze weglaten. We delen aantallen, nooit wie wat heeft geantwoord.",
        "initiators": "Dit is een initiatief van {initiators}.",
        "start": "Vooraf",
        "concept": "Het idee",
        "part": "Meedoen",
        "close": "Tot slot",
        "persona": "Voor wie we dit bedenken, zie je aan {name}.",
        "persona-is": "Wie het is: {is}.",
        "persona-wants": "Wat {name} wil: {wants}.",
        "persona-dislikes": "Waar {name} niets mee heeft: {dislikes}.",
        "persona-takes-part-when": "{name} doet mee als: {when}.",
        "help-themes": "Je kunt er meer kiezen.",
        "help-wants_a_role": "Het mag klein zijn: een voorbeeld inbrengen, een gesprek leiden, een collega meenemen.",
        "help-contribution": "In je eigen woorden; een halve zin is genoeg.",
        "help-name": "Niet verplicht. We gebruiken je naam alleen om je hierover te benaderen.",
        "help-contact": "Niet verplicht. We gebruiken je adres alleen om je hierover te benaderen.",
        "help-segment": "Niet verplicht. Van minder dan vijf mensen laten we niets apart zien.",
        "help-gains": "Niet verplicht. Noem geen namen en niets vertrouwelijks.",
        "help-missing_voices": "Niet verplicht.",
        "none-with-others": "Kies óf thema's, óf ‘Geen van deze’.",
        "thanks": "Dank je wel voor je antwoorden. Wat eruit komt, hoor je van ons.",
        "language": "Nederlands (nl)",
    },
    "en": {
        "title": "{name}: will you join in?",
        "title-without-name": "Will you join in?",
        "from": "{organisation} wants to know whether a community makes sense.",
        "from-nobody": "We want to know whether a community makes sense.",
        "for": "The idea is meant for: {group}.",
        "hypothesis": "The idea: {hypothesis}",
        "about": "What it is about: {about}.",
        "beyond": "What it is not about: {beyond}.",
        "gains": "What you may get out of it: {gains}.",
        "time": "It takes about five minutes.",
        "privacy": "You do not have to say who you are. We ask a name and an e-mail address only of those who want to "
        "take part, and even then you may leave them out. We share numbers, never who answered what.",
        "initiators": "This is an initiative of {initiators}.",
        "start": "Before you start",
        "concept": "The idea",
        "part": "Taking part",
        "close": "To finish",
        "persona": "Whom we have in mind is someone like {name}.",
        "persona-is": "Who it is: {is}.",
        "persona-wants": "What {name} wants: {wants}.",
        "persona-dislikes": "What {name} does not care for: {dislikes}.",
        "persona-takes-part-when": "When {name} joins in: {when}.",
        "help-themes": "You can choose more than one.",
        "help-wants_a_role": "It may be small: to bring an example, to lead a conversation, to take a colleague along.",
        "help-contribution": "In your own words; half a sentence will do.",
        "help-name": "You may leave this out. We use your name only to contact you about this.",
        "help-contact": "You may leave this out. We use your address only to contact you about this.",
        "help-segment": "You may leave this out. Of fewer than five people nothing is shown apart.",
        "help-gains": "You may leave this out. Please name nobody, and nothing confidential.",
        "help-missing_voices": "You may leave this out.",
        "none-with-others": "Choose either themes or ‘None of these’.",
        "thanks": "Thank you for your answers. We will tell you what came out.",
        "language": "English (en)",
    },
}
"""What a form says besides its questions. Templates hold no such texts: here each stands in every kind of form."""


class FormQuestion(Record):
    """A question with the line of help under it; `help` is empty where it needs none."""

    asked: Asked
    help: str

    @property
    def id(self) -> str:
        """The id of the question."""
        return self.asked.id


class FormPage(Record):
    """A page: its heading, what it tells first, its questions."""

    page: Page
    title: str
    tells: tuple[str, ...]
    questions: tuple[FormQuestion, ...]


class Form(Record):
    """A whole questionnaire in one language; every text on one line."""

    language: str
    language_name: str
    title: str
    intro: tuple[str, ...]
    pages: tuple[FormPage, ...]
    thanks: str
    one_or_others: str
    """What people are told who choose a theme and none of them."""

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """The questions of all pages."""
        return tuple(question for page in self.pages for question in page.questions)


WANTING: Mapping[str, Message] = {
    "group": msg("who the target group is (`initiative.target_groups`)"),
    "hypothesis": msg("what you expect (`concept_test.hypothesis`)"),
    "persona": msg("who the ideal member is (`concept_test.persona`)"),
    "themes": msg("what it will be about (`concept_test.themes`)"),
}


def still_to_write(dossier: Dossier) -> tuple[str, ...]:
    """What the concept has to say before anyone can be asked about it: keys of `WANTING`."""
    concept = dossier.project.concept_test or ConceptTest()
    persona = next(iter((concept.persona or {}).values()), Persona())
    wanting: list[str] = []
    if group_asked(dossier.project) is None:
        wanting.append("group")
    if concept.hypothesis is None:
        wanting.append("hypothesis")
    if not any((persona.is_, persona.wants, persona.takes_part_when)):
        wanting.append("persona")
    if not concept.themes:
        wanting.append("themes")
    return tuple(wanting)


def form_of(dossier: Dossier, language: str) -> Form:
    """The questionnaire of this concept. Refused while the concept leaves open what a form has to say."""
    wanting = still_to_write(dossier)
    if wanting:
        raise Refused(
            msg(
                "The concept is not ready to be asked about; not said yet: {things:list}.",
                things=[WANTING[key] for key in wanting],
            ),
            msg("write it down, or let `coplaunch fill concept_test` ask"),
            Exit.NO,
            "concept-not-ready",
        )
    return made(dossier, language)


def made(dossier: Dossier, language: str) -> Form:
    """The questionnaire as far as the concept goes: what is open is left out, or an ellipsis in a question."""
    project, words = dossier.project, WORDS[language]
    name = on_one_line(project.name or "")
    return Form(
        language,
        words["language"],
        words["title"].format(name=name) if name else words["title-without-name"],
        tuple(_intro(dossier, words)),
        tuple(
            FormPage(
                page,
                words[page.id],
                tuple(_persona(dossier, words)) if page.id == "concept" else (),
                tuple(
                    FormQuestion(asked(question, project, language), words.get(f"help-{question.id}", ""))
                    for question in page.questions
                    if question is not SEGMENT or segments(project)
                ),
            )
            for page in PAGES
        ),
        words["thanks"],
        words["none-with-others"],
    )


def _intro(dossier: Dossier, words: Mapping[str, str]) -> list[str]:
    project = dossier.project
    concept = project.concept_test or ConceptTest()
    organisation = project.organisation.name if project.organisation else None
    gains = [gain.text for gain in (concept.value.members if concept.value else None) or [] if gain.text]
    about = (concept.scope.in_ if concept.scope else None) or []
    beyond = (concept.scope.out if concept.scope else None) or []
    lines = [words["from"].format(organisation=on_one_line(organisation)) if organisation else words["from-nobody"]]
    if group := group_asked(project):
        lines.append(words["for"].format(group=_bare(group)))
    if concept.hypothesis:
        lines.append(_stopped(words["hypothesis"].format(hypothesis=_bare(concept.hypothesis))))
    for key, items in (("about", about), ("beyond", beyond), ("gains", gains)):
        if items:
            lines.append(words[key].format(**{key: "; ".join(_bare(item) for item in items)}))
    lines += [words["time"], words["privacy"]]
    if initiators := _initiators(dossier):
        lines.append(words["initiators"].format(initiators=", ".join(initiators)))
    return lines


def _initiators(dossier: Dossier) -> list[str]:
    """Those who may be named."""
    project = dossier.project
    people = [
        (project.people or {}).get(slug)
        for slug in (project.initiative.initiators if project.initiative else None) or []
    ]
    return [
        on_one_line(f"{person.name} ({person.role})" if person.role else person.name)
        for person in people
        if person and person.name and person.consent
    ]


def _persona(dossier: Dossier, words: Mapping[str, str]) -> list[str]:
    concept = dossier.project.concept_test or ConceptTest()
    name = persona_called(dossier.project)
    if name is None:
        return []
    persona = next(iter((concept.persona or {}).values()))
    lines = [words["persona"].format(name=name)]
    for key, field, value in (
        ("persona-is", "is", persona.is_),
        ("persona-wants", "wants", persona.wants),
        ("persona-dislikes", "dislikes", persona.dislikes),
        ("persona-takes-part-when", "when", persona.takes_part_when),
    ):
        if value:
            lines.append(words[key].format(**{"name": name, field: _bare(value)}))
    return lines


def _bare(text: str) -> str:
    """Somebody's words as a part of a sentence: on one line, without the full stop of their own."""
    return on_one_line(text).removesuffix(".")


def _stopped(text: str) -> str:
    return text if text.endswith(("!", "?", "…")) else f"{text}."
