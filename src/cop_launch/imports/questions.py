"""The questionnaire's own questions, as data: what each is called, its exact words, and what each answer means.

The form is made from this, and its answers are recognised by this, so that they come back without any mapping. A text
that changes here is a new form: keep the old one among `earlier`, or forms that are out there are no longer recognised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen: what it means to us, which is its code too, and its words by language."""

    meaning: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question of the form. Its id is its code in the form and the key of its counts in the evidence file.

    `{persona}` in the words stands for the persona's name, `{group}` for the target group as the plan describes it.
    The options of `themes` are the titles of the project's themes, with the theme's slug for code, and `NO_THEME`.
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

QUESTIONS: tuple[FormQuestion, ...] = (
    CONSENT,
    IN_TARGET_GROUP,
    RECOGNISES,
    THEMES,
    WANTS_A_ROLE,
    CONTRIBUTION,
    GAINS,
    MISSING_VOICES,
    NAME,
    CONTACT,
)
"""In the order in which they are asked."""
