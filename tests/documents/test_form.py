"""The questionnaire as files: each is read back the way its tool reads it, and holds the same questions."""

from __future__ import annotations

import copy
import csv
import html
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert  # type: ignore[import-untyped]

from cop_launch.documents.form import WORDS, Form, form_of, still_to_write
from cop_launch.documents.form_files import google, limesurvey, microsoft, xlsform
from cop_launch.documents.rendering import on_one_line
from cop_launch.findings import Refused
from cop_launch.gates import Dossier
from cop_launch.imports.questions import PAGES, QUESTIONS, Kind, segment_names
from cop_launch.imports.wording import own_answer, own_question
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from tests.documents import small
from tests.documents.test_documents import _example
from tests.documents.test_rendering import HOSTILE

HERE = Path(__file__).parent
NODE = shutil.which("node")

FREE = [
    "${wants_a_role} en ${niets}",
    "{TOKEN:FIRSTNAME} {if(1)}",
    '"aanhalingstekens"',
    '"',
    "\\",
    "</script>",
    "'; x('",
]
"""What is markup in the formats of forms, beside what is markup in documents."""


def _with(written: str | None = None) -> Dossier:
    """The example's concept; with this text for everything that people wrote in it."""
    tree: Any = copy.deepcopy(_example())
    first = {key: tree[key] for key in ("name", "organisation", "people", "initiative", "concept_test")}
    if written is not None:
        concept = first["concept_test"]
        first["name"] = concept["hypothesis"] = first["organisation"]["name"] = written
        group = next(iter(first["initiative"]["target_groups"].values()))
        group["who"] = written
        for theme in concept["themes"].values():
            theme["title"] = written
        for persona in concept["persona"].values():
            persona.update(dict.fromkeys(persona, written))
        concept["scope"] = {"in": [written], "out": [written]}
        concept["segments"] = [written, "Zwolle", f"{written} Zwolle"]
        for gain in concept["value"]["members"]:
            gain["text"] = written
    return Dossier(validate(Project, first))


DUTCH, ENGLISH = form_of(_with(), "nl"), form_of(_with(), "en")
hostile = pytest.mark.parametrize("written", [*(text for text in HOSTILE if "\ud800" not in text), *FREE])


def _texts(form: Form) -> list[str]:
    """What people read of the questions, in order."""
    return [
        on_one_line(text)
        for question in form.questions
        for text in (question.asked.text, *(choice.text for choice in question.asked.choices))
    ]


def test_it_asks_no_more_than_it_needs() -> None:
    """No question asks about a person but name and address, of those only who may take part, and they may stay out; and
    the team or place, from a list, when the plan wants the answers told apart by it."""
    ids = [question.id for question in QUESTIONS]
    assert ids == [
        "consent",
        "in_target_group",
        "recognises",
        "themes",
        "wants_a_role",
        "contribution",
        "name",
        "contact",
        "segment",
        "gains",
        "missing_voices",
    ]
    assert "segment" not in {question.id for question in DUTCH.questions}
    part = next(page for page in PAGES if page.id == "part")
    assert part.when is not None
    assert (part.when[0].id, part.when[1]) == ("wants_a_role", ("active", "maybe"))
    assert [question.id for question in QUESTIONS if question.required] == [
        "consent",
        "in_target_group",
        "wants_a_role",
    ]


def test_the_same_is_said_in_every_language() -> None:
    """Every text around the questions exists in both, with the same fields."""
    fields = {
        code: {key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in words.items()}
        for code, words in WORDS.items()
    }
    assert fields["nl"] == fields["en"]


def test_teams_or_places_are_asked_from_the_list_in_the_plan() -> None:
    """As an optional question before the open ones, with a way out, each answer with a code of its own; and both the
    names and the codes are known again, also as LimeSurvey cuts them."""
    dossier = _with("woord")
    names = ["Zwolle", "Zwolle zuid", "2e verdieping", "Überlingen", "—"]
    concept = dossier.project.concept_test
    assert concept is not None
    project = dossier.project.model_copy(update={"concept_test": concept.model_copy(update={"segments": names})})
    form = form_of(Dossier(project), "nl")
    (question,) = (one for one in form.questions if one.id == "segment")
    assert [one.id for one in form.pages[-1].questions] == ["segment", "gains", "missing_voices"]
    assert not question.asked.question.required
    assert [(choice.meaning, choice.text) for choice in question.asked.choices] == [
        ("zwolle", "Zwolle"),
        ("zwolle-zuid", "Zwolle zuid"),
        ("t-2e-verdieping", "2e verdieping"),
        ("uberlingen", "Überlingen"),
        ("t5", "—"),
        ("elsewhere", "Ergens anders, of dat zeg ik liever niet"),
    ]
    known = segment_names(project)
    cut = [row["name"] for row in _rows(limesurvey(form)) if row["class"] == "A"][-6:]
    for written in ([choice.meaning for choice in question.asked.choices], [*names, ""], cut):
        assert [known.get(one, "") for one in written] == [*names, ""]
    assert _xform(xlsform(form)) is not None


def test_a_concept_that_is_not_ready_is_refused() -> None:
    """With everything that is wanting at once."""
    empty = Dossier(Project())
    assert still_to_write(empty) == ("group", "hypothesis", "persona", "themes")
    with pytest.raises(Refused) as refused:
        form_of(empty, "nl")
    assert refused.value.code == "concept-not-ready"


def test_people_are_named_with_their_consent_only() -> None:
    """An initiator whose consent is not recorded stays out of the form."""
    tree = _example()
    assert any("Marloes" in line for line in DUTCH.intro)
    del tree["people"]["marloes"]["consent"]
    assert not any("Marloes" in line for line in form_of(Dossier(validate(Project, tree)), "nl").intro)


# -- XLSForm ----------------------------------------------------------------------------------------------------------

_XFORM = "{http://www.w3.org/2002/xforms}"


def _xform(workbook: bytes) -> ET.Element:
    """The form as pyxform makes it, which is what KoboToolbox and ODK do; it has to have nothing to warn about."""
    made = convert(BytesIO(workbook), file_type=".xlsx")
    assert made.warnings == []
    return ET.fromstring(made.xform)  # noqa: S314 made by pyxform from our own


def _translations(xform: ET.Element) -> dict[str, dict[str, str]]:
    return {
        translation.get("lang", ""): {
            text.get("id", ""): "".join(text.itertext()).strip() for text in translation.iter(f"{_XFORM}text")
        }
        for translation in xform.iter(f"{_XFORM}translation")
    }


def _straight(text: str) -> str:
    """A text with the quotation marks that pyxform makes of curly ones."""
    return text.replace("’", "'").replace("‘", "'")


def test_pyxform_takes_the_xlsform() -> None:
    """Every question with its id, its choices, its help, in both languages; and the same bytes every time."""
    workbook = xlsform(DUTCH, ENGLISH)
    assert workbook == xlsform(DUTCH, ENGLISH)
    said = _translations(_xform(workbook))
    assert sorted(said) == ["English (en)", "Nederlands (nl)"]
    for form in (DUTCH, ENGLISH):
        words = said[form.language_name]
        for page in form.pages:
            for question in page.questions:
                path = f"/data/{page.page.id}/{question.id}"
                assert words[f"{path}:label"] == _straight(question.asked.text)
                assert words.get(f"{path}:hint", "") == _straight(question.help)
        for question in form.questions:
            for number, choice in enumerate(question.asked.choices):
                assert words[f"{question.id}-{number}"] == _straight(choice.text)


def test_the_xlsform_asks_only_whom_it_should() -> None:
    """Outsiders get no further than the screening; who may take part is asked how."""
    xform = _xform(xlsform(DUTCH))
    binds = {bind.get("nodeset"): bind for bind in xform.iter(f"{_XFORM}bind")}
    relevant = {page.id: binds[f"/data/{page.id}"].get("relevant") for page in PAGES if page.when}
    assert {name: re.sub(r"\s+", " ", text or "").strip() for name, text in relevant.items()} == {
        "concept": "/data/start/in_target_group = 'yes'",
        "part": "/data/concept/wants_a_role = 'active' or /data/concept/wants_a_role = 'maybe'",
        "close": "/data/start/in_target_group = 'yes'",
    }
    required = {path for path, bind in binds.items() if bind.get("required") == "true()"}
    assert required == {
        "/data/start/consent",
        "/data/start/in_target_group",
        "/data/concept/wants_a_role",
    }


@cache
def _xform_of_a_word() -> ET.Element:
    return _xform(xlsform(form_of(_with("woord"), "nl")))


@hostile
def test_hostile_text_stays_text_in_an_xlsform(written: str) -> None:
    """pyxform still takes it, asks the same questions, and finds no reference in anybody's words."""
    form = form_of(_with(written), "nl")
    xform = _xform(xlsform(form))
    plain = _xform_of_a_word()
    assert [element.tag for element in xform.iter()] == [element.tag for element in plain.iter()]
    assert not list(xform.iter(f"{_XFORM}output"))


# -- Google Forms -----------------------------------------------------------------------------------------------------


def _made_by_google(script: bytes) -> Any:
    if NODE is None:
        pytest.skip("node is not here to run the script")
    done = subprocess.run([NODE, HERE / "form_app.cjs"], input=script, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_google_makes_the_form() -> None:
    """Run against a stand-in for Google's own: every question on its page, and answers lead where they should."""
    made = _made_by_google(google(DUTCH))
    assert made["settings"] == {
        "title": DUTCH.title,
        "setDescription": "\n\n".join(DUTCH.intro),
        "setConfirmationMessage": DUTCH.thanks,
        "setCollectEmail": False,
        "setLimitOneResponsePerUser": False,
        "setShowLinkToRespondAgain": False,
        "setProgressBar": True,
    }
    pages = [item["title"] for item in made["items"] if item["type"] == "page"]
    assert pages == ["Het idee", "Meedoen", "Tot slot"]
    questions = [item for item in made["items"] if item["type"] != "page"]
    assert [(item["title"], item["helpText"], item["required"]) for item in questions] == [
        (question.asked.text, question.help, question.asked.question.required) for question in DUTCH.questions
    ]
    leads = {
        item["title"]: {choice["text"]: choice.get("there") for choice in item["choices"]}
        for item in questions
        if any(choice.get("there") for choice in item.get("choices", []))
    }
    screening, role = (DUTCH.questions[1].asked.text, DUTCH.questions[4].asked.text)
    assert leads == {
        screening: {"Ja": "Het idee", "Nee": "SUBMIT"},
        role: {
            "Ja, ik wil zelf iets doen": "Meedoen",
            "Misschien, vertel me er eerst meer over": "Meedoen",
            "Nee": "Tot slot",
        },
    }


@cache
def _made_of_a_word() -> Any:
    return _made_by_google(google(form_of(_with("woord"), "nl")))


@hostile
def test_hostile_text_stays_text_in_the_script(written: str) -> None:
    """The script makes the same form, with the words as they were written."""
    form = form_of(_with(written), "nl")
    script = google(form)
    assert script.isascii()
    made = _made_by_google(script)
    plain = _made_of_a_word()
    assert [item["type"] for item in made["items"]] == [item["type"] for item in plain["items"]]
    shown = [text for item in made["items"] if item["type"] != "page" for text in _of_google(item)]
    assert shown == _texts(form)


def _of_google(item: Any) -> list[str]:
    return [item["title"], *(choice["text"] for choice in item.get("choices", []))]


# -- LimeSurvey -------------------------------------------------------------------------------------------------------


def _rows(structure: bytes) -> list[dict[str, str]]:
    """The rows as LimeSurvey's import reads them: quoted cells, and then once more without a pair around a cell."""
    text = structure.decode("utf-8-sig")
    rows = csv.DictReader(StringIO(text, newline=""), delimiter="\t")
    return [{key: re.sub(r'(?s)^"(.*)"$', r"\1", cell or "") for key, cell in row.items()} for row in rows]


def _of_limesurvey(rows: list[dict[str, str]], language: str) -> list[str]:
    asked = [row for row in rows if row["class"] in {"Q", "SQ", "A"} and row["language"] == language]
    return [html.unescape(row["text"]) for row in asked]


def test_limesurvey_reads_the_structure() -> None:
    """First the base language, then its translation in the same order; codes as short as they must be."""
    structure = limesurvey(DUTCH, ENGLISH)
    assert structure.startswith(b"\xef\xbb\xbfclass\t")
    rows = _rows(structure)
    settings = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
    assert (settings["language"], settings["additional_languages"]) == ("nl", "en")
    assert (settings["anonymized"], settings["ipaddr"], settings["refurl"], settings["datestamp"]) == (
        "Y",
        "N",
        "N",
        "N",
    )
    order = [row["language"] for row in rows if row["class"] in {"G", "Q", "SQ", "A"}]
    assert order == sorted(order, reverse=True)  # nl before en
    for form in (DUTCH, ENGLISH):
        assert _of_limesurvey(rows, form.language) == _texts(form)
    asked = [row for row in rows if row["class"] in {"G", "Q", "SQ", "A"}]
    by_language = [
        [(row["class"], row["type/scale"], row["relevance"]) for row in asked if row["language"] == language]
        for language in ("nl", "en")
    ]
    assert by_language[0] == by_language[1]
    for row in rows:
        longest = {"Q": 20, "SQ": 20, "A": 5}.get(row["class"])
        if longest:
            assert re.fullmatch(rf"[A-Za-z][A-Za-z0-9]{{0,{longest - 1}}}", row["name"]), row


def test_answers_in_limesurvey_have_codes_of_their_own() -> None:
    """No two answers to a question share a code, and pages ask for codes that there are."""
    codes: dict[str, list[str]] = {}
    for row in _rows(limesurvey(DUTCH)):
        if row["class"] == "Q":
            question = row["name"]
            codes[question] = []
        elif row["class"] in {"A", "SQ"}:
            codes[question].append(row["name"])
    assert all(len(found) == len(set(found)) for found in codes.values())
    conditions = [
        row["relevance"] for row in _rows(limesurvey(DUTCH)) if row["class"] == "G" and row["relevance"] != "1"
    ]
    named = [pair for text in conditions for pair in re.findall(r"(\w+)\.NAOK == '(\w+)'", text)]
    assert named == [
        ("intargetgroup", "yes"),
        ("wantsarole", "activ"),
        ("wantsarole", "maybe"),
        ("intargetgroup", "yes"),
    ]
    assert all(code in codes[question] for question, code in named)


@hostile
def test_hostile_text_stays_text_in_limesurvey(written: str) -> None:
    """No row, cell, tag, expression or formula more; and the words as they were written."""
    form = form_of(_with(written), "nl")
    rows = _rows(limesurvey(form))
    plain = _rows(limesurvey(form_of(_with("woord"), "nl")))
    # The answers to where people work have codes made of the plan's words; all others are ours.
    both = [[(row["class"], row["name"] if row["class"] != "A" else "") for row in one] for one in (rows, plain)]
    assert both[0] == both[1]
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,4}", row["name"]) for row in rows if row["class"] == "A")
    assert _of_limesurvey(rows, "nl") == _texts(form)
    for row in rows:
        assert not re.search(r'[{}"]|^[=+@-]', row["text"] + row["help"])
        assert set(re.findall(r"<[^>]*>", row["text"] + row["help"])) <= {"<br />"}


# -- Microsoft Forms --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_text_for_microsoft_forms_is_the_golden_one(language: str) -> None:
    """Numbered questions with lettered answers, and what comes before them."""
    small.is_golden(f"microsoft-forms.{language}.txt", microsoft(form_of(_with(), language)).decode("utf-8-sig"))


@hostile
def test_hostile_text_makes_no_question_for_microsoft_forms(written: str) -> None:
    """As many lines as with a plain word, and each question on its own."""
    lines, plain = (microsoft(form_of(_with(text), "nl")).decode().split("\r\n") for text in (written, "woord"))
    assert len(lines) == len(plain)
    numbers = [re.match(r"\d+\. ", line) for line in plain]
    for line, number in zip(lines, numbers, strict=True):
        if number:
            assert line.startswith(number[0])


# -- and back ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [DUTCH, ENGLISH], ids=["nl", "en"])
def test_every_question_and_answer_is_recognised_when_it_comes_back(form: Form) -> None:
    """By its words, by its code, and by the shortened codes of LimeSurvey: no mapping is needed."""
    for question in form.questions:
        text = question.asked.text
        for heading, code in ((text, ""), (_straight(text), ""), ("", question.id), ("", question.id.replace("_", ""))):
            assert own_question(heading, code) is question.asked.question
        if question.asked.question.kind is Kind.ONE:
            for choice in question.asked.choices:
                for answer in (choice.text, choice.meaning, choice.meaning[:5]):
                    assert own_answer(question.asked.question, answer) == choice.meaning
