"""The questionnaire's own questions, as data: what each is called, its exact words, and what each answer means.

The form is made from this, and its answers are recognised by this, so that they come back without any mapping. A text
that changes here is a new form: keep the old one among `earlier`, or forms that are out there are no longer recognised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

from cop_launch.model.project import Project
from cop_launch.records import Record


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    OPEN = "open"


class Option(Record):
    """An answer that can be chosen: what it means to us, which is its code too, and its words by language."""

    meaning: str
    words: Mapping[str, str]


class FormQuestion(Record):
    """A question of the form. Its id is its code in the form and the key of its counts in the evidence file.

    `{persona}` in the words stands for the persona's name, `{group}` for the target group as the plan describes it.
    The options of `themes` are the titles of the project's themes, with the theme's slug for code, and `NO_THEME`;
    those of `segment` the teams or places that the plan lists, and `ELSEWHERE`.
    """

    id: str
    kind: Kind
    words: Mapping[str, str]
    options: tuple[Option, ...] = ()
    earlier: tuple[str, ...] = ()
    required: bool = False


YES, PARTLY, NO = "yes", "partly", "no"
ACTIVE, MAYBE, DECLINED = "active", "maybe", "declined"

IN_TARGET_GROUP = FormQuestion(
    "in_target_group",
    Kind.ONE,
    {"en": "Do you belong to this group: {group}?", "nl": "Hoor jij bij deze groep: {group}?"},
    (Option(YES, {"en": "Yes", "nl": "Ja"}), Option(NO, {"en": "No", "nl": "Nee"})),
    required=True,
)
RECOGNISES = FormQuestion(
    "recognises",
    Kind.ONE,
    {"en": "Do you recognise yourself in {persona}?", "nl": "Herken je jezelf in {persona}?"},
    (
        Option(YES, {"en": "Yes", "nl": "Ja"}),
        Option(PARTLY, {"en": "Partly", "nl": "Deels"}),
        Option(NO, {"en": "No", "nl": "Nee"}),
    ),
)
THEMES = FormQuestion(
    "themes",
    Kind.SEVERAL,
    {
        "en": "Which of these would you like to exchange on?",
        "nl": "Waarover zou je met collega’s willen uitwisselen?",
    },
)
NO_THEME = Option("none", {"en": "None of these", "nl": "Geen van deze"})
WANTS_A_ROLE = FormQuestion(
    "wants_a_role",
    Kind.ONE,
    {
        "en": "Would you like a role in building this community?",
        "nl": "Wil je zelf iets doen om deze community op te bouwen?",
    },
    (
        Option(ACTIVE, {"en": "Yes, I want to do something myself", "nl": "Ja, ik wil zelf iets doen"}),
        Option(MAYBE, {"en": "Perhaps, tell me more first", "nl": "Misschien, vertel me er eerst meer over"}),
        Option(DECLINED, {"en": "No", "nl": "Nee"}),
    ),
    earlier=("Wil je zelf een rol spelen in deze community?",),
    required=True,
)
SEGMENT = FormQuestion(
    "segment",
    Kind.ONE,
    {"en": "In which team or place do you work?", "nl": "In welk team of op welke plek werk je?"},
)
"""Asked only when the plan lists the teams or places by which it wants to see the answers; it may stay open."""
ELSEWHERE = Option(
    "elsewhere",
    {"en": "Elsewhere, or I would rather not say", "nl": "Ergens anders, of dat zeg ik liever niet"},
)
CONTRIBUTION = FormQuestion(
    "contribution",
    Kind.OPEN,
    {"en": "What would you like to do or bring?", "nl": "Wat zou je willen doen of inbrengen?"},
)
GAINS = FormQuestion(
    "gains",
    Kind.OPEN,
    {"en": "What would you want to get out of it yourself?", "nl": "Wat zou je er zelf uit willen halen?"},
)
MISSING_VOICES = FormQuestion(
    "missing_voices",
    Kind.OPEN,
    {
        "en": "Which role or team should not be missing? Please do not name people.",
        "nl": "Welke functie of welk team mag niet ontbreken? Noem liever geen namen.",
    },
)
NAME = FormQuestion(
    "name",
    Kind.OPEN,
    {
        "en": "Your name, if we may contact you about this",
        "nl": "Je naam, als we je hierover mogen benaderen",
    },
)
CONTACT = FormQuestion(
    "contact",
    Kind.OPEN,
    {"en": "Your e-mail address, if we may contact you about this", "nl": "Je e-mailadres, als we je mogen benaderen"},
)
CONSENT = FormQuestion(
    "consent",
    Kind.ONE,
    {
        "en": "My answers may be used to decide about this community.",
        "nl": "Mijn antwoorden mogen worden gebruikt om over deze community te beslissen.",
    },
    (Option(YES, {"en": "Yes", "nl": "Ja"}),),
    required=True,
)


class Page(Record):
    """Questions that are shown together; with `when`, only to those who gave one of these answers to that question."""

    id: str
    questions: tuple[FormQuestion, ...]
    when: tuple[FormQuestion, tuple[str, ...]] | None = None


PAGES: tuple[Page, ...] = (
    Page("start", (CONSENT, IN_TARGET_GROUP)),
    Page("concept", (RECOGNISES, THEMES, WANTS_A_ROLE), (IN_TARGET_GROUP, (YES,))),
    Page("part", (CONTRIBUTION, NAME, CONTACT), (WANTS_A_ROLE, (ACTIVE, MAYBE))),
    Page("close", (SEGMENT, GAINS, MISSING_VOICES), (IN_TARGET_GROUP, (YES,))),
)
"""Outsiders are thanked at once, and only those who may want to take part are asked who they are."""

QUESTIONS: tuple[FormQuestion, ...] = tuple(question for page in PAGES for question in page.questions)
"""In the order in which they are asked."""


class Choice(Record):
    """An answer in a form that was made: what it means, and its words there."""

    meaning: str
    text: str


class Asked(Record):
    """A question in a form that was made: its exact words, the project's own among them."""

    question: FormQuestion
    text: str
    choices: tuple[Choice, ...] = ()

    @property
    def id(self) -> str:
        """The id of the question."""
        return self.question.id


def asked(question: FormQuestion, project: Project, language: str) -> Asked:
    """A question as the form of this project asks it; a form that is read back is compared with the same words.

    What the project does not say yet is an ellipsis: `survey form` refuses to make such a form.
    """
    text = question.words[language].format(persona=persona_called(project) or "…", group=group_asked(project) or "…")
    choices = tuple(Choice(option.meaning, option.words[language]) for option in question.options)
    if question is THEMES:
        themes = (project.concept_test.themes if project.concept_test else None) or {}
        choices = tuple(Choice(slug, on_one_line(theme.title or slug)) for slug, theme in themes.items())
        choices += (Choice(NO_THEME.meaning, NO_THEME.words[language]),)
    if question is SEGMENT:
        choices = (*segments(project), Choice(ELSEWHERE.meaning, ELSEWHERE.words[language]))
    return Asked(question, on_one_line(text), choices)


def segments(project: Project) -> tuple[Choice, ...]:
    """The teams or places by which the plan wants to see the answers, each with a code of its own."""
    found: dict[str, str] = {}
    for number, name in enumerate((project.concept_test.segments if project.concept_test else None) or [], 1):
        plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
        code = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        code = f"t-{code}" if code[:1].isdigit() else code
        found[f"t{number}" if not code or code in {*found, ELSEWHERE.meaning} else code] = on_one_line(name)
    return tuple(Choice(code, name) for code, name in found.items())


def segment_names(project: Project) -> dict[str, str]:
    """Each team or place by whatever a tool may call it: its name, its code, that in LimeSurvey; elsewhere is none."""
    known = segments(project)
    choices = (*known, Choice(ELSEWHERE.meaning, ""))
    names = dict.fromkeys(ELSEWHERE.words.values(), "")
    names |= {code: choice.text for code, choice in zip(limesurvey_codes(choices, 5), choices, strict=True)}
    names |= {choice.meaning: choice.text for choice in choices} | {choice.text: choice.text for choice in known}
    return names


def persona_called(project: Project) -> str | None:
    """What the ideal member is called in the form: the short name of the first persona, with a capital."""
    personas = (project.concept_test.persona if project.concept_test else None) or {}
    return as_a_name(next(iter(personas), "")) or None


def as_a_name(slug: str) -> str:
    """A short name as people write it: with a capital, and spaces for hyphens."""
    name = slug.replace("-", " ").replace("_", " ")
    return name[:1].upper() + name[1:]


def group_asked(project: Project) -> str | None:
    """Who the target group is, in the plan's words: the one that the latest test reached, else the first."""
    groups = (project.initiative.target_groups if project.initiative else None) or {}
    tests = (project.concept_test.tests if project.concept_test else None) or []
    reached = groups.get(tests[-1].reached or "") if tests else None
    group = reached or next(iter(groups.values()), None)
    return on_one_line(group.who) if group and group.who else None


def on_one_line(text: str) -> str:
    """Words as a form shows them: line ends and runs of white space are one space."""
    return " ".join(text.split())


def limesurvey_code(name: str, longest: int) -> str:
    """A code that LimeSurvey takes: letters and digits only, at most 20 for a question and 5 for an answer."""
    return "".join(sign for sign in name if sign.isascii() and sign.isalnum())[:longest]


def limesurvey_codes(choices: Sequence[Choice], longest: int) -> list[str]:
    """A code for each choice that LimeSurvey takes, all different."""
    codes: list[str] = []
    for number, choice in enumerate(choices, 1):
        code = limesurvey_code(choice.meaning, longest) or f"T{number}"
        codes.append(f"T{number}" if code in codes else code)
    return codes
