"""What headings and answers mean: our own to the letter, those of others by words that leave no doubt."""

from __future__ import annotations

import pytest

from cop_launch.imports.questions import QUESTIONS, RECOGNISES, WANTS_A_ROLE, limesurvey_code
from cop_launch.imports.wording import by_words, chosen, own_answer, own_question

FILLED = {"persona": "Nadia, 38", "group": "wie (een deel van) de week belt?"}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_our_own_questions_are_known_in_every_language_and_by_code(question: object) -> None:
    """By their words, with a non-breaking space, in capitals or with a group before; and by the codes of the tools."""
    assert question in QUESTIONS
    found = next(one for one in QUESTIONS if one is question)
    for words in found.words.values():
        text = words.format(**FILLED)
        for heading in (text, text.replace(" ", "\N{NO-BREAK SPACE}"), text.upper(), f"concept/{text}", text + "\n"):
            assert own_question(heading, "") is found, heading
    for code in (found.id, limesurvey_code(found.id, 20), f"page/{found.id}", f"page-{found.id}"):
        assert own_question("Something else altogether", code) is found
    for option in found.options:
        for answer in (*option.words.values(), option.meaning, limesurvey_code(option.meaning, 5)):
            assert own_answer(found, answer) == option.meaning


@pytest.mark.parametrize(
    ("heading", "id_"),
    [
        ("Wil je zelf iets doen om deze comm...", "wants_a_role"),
        ("Hoor jij bij deze groep: claims handl…", "in_target_group"),
        ("Wil...", None),
        ("What is your role?", None),
    ],
)
def test_headings_that_were_cut_off(heading: str, id_: str | None) -> None:
    """Microsoft Forms cuts long headings; what is left is enough where it can be nothing else."""
    found = own_question(heading, "")
    assert (found.id if found else None) == id_


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        ("Ja", "active"),
        ("Ja, graag!", "active"),
        ("Yes, definitely", "active"),
        ("JA ", "active"),
        ("Misschien", "maybe"),
        ("Misschien later", "maybe"),
        ("Weet ik nog niet", "maybe"),
        ("I don't know yet", "maybe"),
        ("Not sure", "maybe"),
        ("Nee", "declined"),
        ("Nee, dank je", "declined"),
        ("No thanks", "declined"),
        ("Liever niet", "declined"),
        ("Not now", "declined"),
        ("Ja, maar alleen met Piet", None),
        ("Yes and no", None),
        ("Absolutely not", None),
        ("4", None),
        ("", None),
        ("Ik lees mee", None),
    ],
)
def test_what_an_answer_of_others_means(answer: str, meaning: str | None) -> None:
    """An answer is taken for a yes, a perhaps or a no only when each of its words is understood."""
    assert by_words(WANTS_A_ROLE.id, answer) == meaning


def test_recognising_knows_a_middle() -> None:
    """Between recognising oneself and not there is partly; perhaps is no answer to it."""
    said = ("Ja", "Helemaal", "Een beetje", "Deels", "Nee, niet", "Misschien")
    assert [by_words(RECOGNISES.id, answer) for answer in said] == ["yes", None, "partly", "partly", "no", None]


@pytest.mark.parametrize("separator", [", ", ";", ",", " "])
def test_several_answers_in_one_cell(separator: str) -> None:
    """Options that hold the separator themselves, what somebody added, and what comes twice."""
    options = ["No, and then?", "Calls; loud, or silent", "Letters", "Letters to all"]
    joined = separator.join(["No, and then?", "Letters to all", "something of my own", "Calls; loud, or silent"])
    assert chosen(joined, options, separator) == ["No, and then?", "Letters to all", "Calls; loud, or silent"]
    assert chosen("", options, separator) == []
    assert chosen("Lettersoup", options, separator) == []
