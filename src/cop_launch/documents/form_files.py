"""The questionnaire as files that form tools take: XLSForm, Google Apps Script, LimeSurvey, Microsoft Forms.

Whatever a project says lands in them as text: a cell is never a formula, a script's data never code, LimeSurvey's HTML
and expressions and XLSForm's references never anything but the signs that they are.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

from cop_launch.documents.form import Form, FormPage, FormQuestion
from cop_launch.documents.rendering import on_one_line
from cop_launch.documents.templates import templates_folder
from cop_launch.imports.questions import CONTACT, NAME, NO_THEME, Choice, Kind, Page, limesurvey_code, limesurvey_codes

SHORT = frozenset({NAME.id, CONTACT.id})
"""Open questions with an answer of a few words."""


def _shown(text: str) -> str:
    """A text as people see it: nothing invisible, nothing that turns the direction around."""
    return on_one_line(text)


# -- XLSForm ----------------------------------------------------------------------------------------------------------


def xlsform(*forms: Form) -> bytes:
    """The questionnaire as an XLSForm workbook, for KoboToolbox and ODK; several languages side by side.

    Source: the XLSForm reference (xlsform.org/en).
    """
    base = forms[0]
    named = [form.language_name for form in forms]
    survey = [
        ["type", "name", *(f"label::{name}" for name in named), *(f"hint::{name}" for name in named), "required",
         "relevant", "appearance", "constraint", *(f"constraint_message::{name}" for name in named)]
    ]  # fmt: skip
    more = len(forms)

    def row(
        type_: str,
        name: str,
        labels: Sequence[str] = (),
        hints: Sequence[str] = (),
        required: str = "",
        relevant: str = "",
        appearance: str = "",
        constraint: tuple[str, Sequence[str]] = ("", ()),
    ) -> None:
        cells = [type_, name]
        cells += [_label(text) for text in labels] or [""] * more
        cells += [_label(text) for text in hints] or [""] * more
        cells += [required, relevant, appearance, constraint[0]]
        cells += [_label(text) for text in constraint[1]] or [""] * more
        survey.append(cells)

    row("note", "welcome", ["\n\n".join(form.intro) for form in forms])
    for number, page in enumerate(base.pages):
        pages = [form.pages[number] for form in forms]
        row(
            "begin_group",
            page.page.id,
            [one.title for one in pages],
            relevant=_relevant(page.page),
            appearance="field-list",
        )
        if page.tells:
            row("note", f"{page.page.id}_note", ["\n\n".join(one.tells) for one in pages])
        for place, question in enumerate(page.questions):
            asked = [one.questions[place] for one in pages]
            row(
                _type(question),
                question.id,
                [one.asked.text for one in asked],
                [one.help for one in asked] if question.help else (),
                "yes" if question.asked.question.required else "",
                appearance="" if question.asked.question.kind is not Kind.OPEN or question.id in SHORT else "multiline",
                constraint=(
                    (
                        f"not(selected(., '{NO_THEME.meaning}')) or count-selected(.) = 1",
                        [f.one_or_others for f in forms],
                    )
                    if question.asked.question.kind is Kind.SEVERAL
                    else ("", ())
                ),
            )
        row("end_group", page.page.id)
    row("note", "thanks", [form.thanks for form in forms])

    choices = [["list_name", "name", *(f"label::{name}" for name in named)]]
    for number, question in enumerate(base.questions):
        for place, choice in enumerate(question.asked.choices):
            labels = [form.questions[number].asked.choices[place].text for form in forms]
            choices.append([question.id, choice.meaning, *(_label(text) for text in labels)])
    settings = [["form_title", "form_id", "default_language"], [_label(base.title), "coplaunch", base.language_name]]
    return _workbook({"survey": survey, "choices": choices, "settings": settings})


def _type(question: FormQuestion) -> str:
    match question.asked.question.kind:
        case Kind.ONE:
            return f"select_one {question.id}"
        case Kind.SEVERAL:
            return f"select_multiple {question.id}"
        case Kind.OPEN:
            return "text"


def _relevant(page: Page) -> str:
    if page.when is None:
        return ""
    question, meanings = page.when
    return " or ".join(f"${{{question.id}}} = '{meaning}'" for meaning in meanings)


def _label(text: str) -> str:
    """A label: `${…}` would be read as another question, and a tag or a link as markup; both keep their words."""
    lines = [_shown(line) for line in text.split("\n")]
    plain = "\n".join(lines).replace("${", "$ {").replace("](", "] (")
    return re.sub(r"<(?=[A-Za-z/!?])", "< ", plain)


def _workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    # Without a clock, so that the same concept gives the same bytes.
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write_string(at, column, cell)  # a string whatever it begins with: never a formula or a link
    book.close()
    return target.getvalue()


# -- Google Forms -----------------------------------------------------------------------------------------------------


def google(form: Form) -> bytes:
    """The questionnaire as a script for Google Apps Script that makes the form.

    The script is the same for everyone; the questionnaire is JSON in it, in ASCII, so that no text ends a string.
    """
    data = {
        "title": _shown(form.title),
        "intro": [_shown(line) for line in form.intro],
        "thanks": _shown(form.thanks),
        "pages": [
            {
                "id": page.page.id,
                "title": _shown(page.title),
                "tells": [_shown(line) for line in page.tells],
                "questions": [_as_data(question, form.pages[number:]) for question in page.questions],
            }
            for number, page in enumerate(form.pages)
        ],
    }
    script = (templates_folder() / "form" / "google.gs").read_text(encoding="utf-8")
    written = json.dumps(data, ensure_ascii=True, indent=2)
    return script.replace("/* the questionnaire, as data */ {}", written, 1).encode()


def _as_data(question: FormQuestion, pages: Sequence[FormPage]) -> dict[str, Any]:
    """A question for the script; `pages` are its own and those after it."""
    asked = question.asked
    leads = any(page.page.when and page.page.when[0] is asked.question for page in pages)
    return {
        "id": question.id,
        "kind": asked.question.kind.value,
        "short": question.id in SHORT,
        "text": _shown(asked.text),
        "help": _shown(question.help),
        "required": asked.question.required,
        "choices": [
            {"text": _shown(choice.text), "goes_to": _next_page(question, choice, pages) if leads else None}
            for choice in asked.choices
        ],
    }


def _next_page(question: FormQuestion, choice: Choice, pages: Sequence[FormPage]) -> str:
    """The first later page that is for those who give this answer, or `submit`.

    A page whose question nobody saw, because its page was passed over, is passed over too.
    """
    unseen: set[str] = set()
    for page in pages[1:]:
        if page.page.when is None:
            return page.page.id
        decides, meanings = page.page.when
        answered_so = choice.meaning in meanings if decides is question.asked.question else decides.id not in unseen
        if answered_so:
            return page.page.id
        unseen |= {one.id for one in page.questions}
    return "submit"


# -- LimeSurvey -------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory", "other", "exclude_all_others"
)  # fmt: skip
_SETTINGS = {
    "anonymized": "Y",
    "format": "G",
    "savetimings": "N",
    "datestamp": "N",
    "ipaddr": "N",
    "refurl": "N",
    "allowprev": "Y",
    "showwelcome": "Y",
    "showprogress": "Y",
    "printanswers": "N",
}
"""One page at a time, anonymous, and without addresses of any kind."""


def limesurvey(*forms: Form) -> bytes:
    """The questionnaire in LimeSurvey's tab-separated structure, the base language first, then its translations.

    Source: the manual's page "Tab Separated Value survey structure" (manual.limesurvey.org).
    """
    rows: list[dict[str, str]] = [
        {"class": "S", "name": "language", "text": forms[0].language},
        *({"class": "S", "name": name, "text": value} for name, value in _SETTINGS.items()),
    ]
    if forms[1:]:
        others = " ".join(form.language for form in forms[1:])
        rows.append({"class": "S", "name": "additional_languages", "text": others})
    for form in forms:
        texts = {
            "surveyls_title": _as_html([form.title]),
            "surveyls_welcometext": _as_html(form.intro),
            "surveyls_endtext": _as_html([form.thanks]),
        }
        rows += [{"class": "SL", "name": name, "text": text, "language": form.language} for name, text in texts.items()]
    for form in forms:
        rows += [{**row, "language": form.language} for page in form.pages for row in _group(page)]
    text = StringIO()
    writer = csv.DictWriter(text, _COLUMNS, restval="", delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows(rows)
    return ("\N{BYTE ORDER MARK}" + text.getvalue()).encode()


def _group(page: FormPage) -> Iterator[dict[str, str]]:
    relevance = _relevance(page.page)
    yield {
        "class": "G",
        "name": _as_html([page.title]),
        "relevance": relevance,
        "text": _as_html(page.tells),
    }
    for question in page.questions:
        asked = question.asked
        several = asked.question.kind is Kind.SEVERAL
        codes = limesurvey_codes(asked.choices, 20 if several else 5)
        yield {
            "class": "Q",
            "type/scale": _letter(question),
            "name": limesurvey_code(question.id, 20),
            "relevance": "1",
            "text": _as_html([asked.text]),
            "help": _as_html([question.help] if question.help else []),
            "mandatory": "Y" if asked.question.required else "N",
            "other": "N",
            "exclude_all_others": codes[-1] if several else "",
        }
        for code, choice in zip(codes, asked.choices, strict=True):
            yield {
                "class": "SQ" if several else "A",
                "type/scale": "0",
                "name": code,
                "relevance": "1" if several else "",
                "text": _as_html([choice.text]),
            }


def _letter(question: FormQuestion) -> str:
    match question.asked.question.kind:
        case Kind.ONE:
            return "L"
        case Kind.SEVERAL:
            return "M"
        case Kind.OPEN:
            return "S" if question.id in SHORT else "T"


def _relevance(page: Page) -> str:
    if page.when is None:
        return "1"
    question, meanings = page.when
    code = limesurvey_code(question.id, 20)
    return " or ".join(f"{code}.NAOK == '{limesurvey_code(meaning, 5)}'" for meaning in meanings)


def _as_html(paragraphs: Iterable[str]) -> str:
    """Texts as HTML, which is what LimeSurvey holds: no tag, and no brace that its expressions would read.

    No quotation mark and no sign of a formula is left either: LimeSurvey strips a pair of quotation marks around a
    cell, and some people open this file in a spreadsheet first.
    """
    return "<br />".join(_entities(_shown(paragraph)) for paragraph in paragraphs)


def _entities(text: str) -> str:
    safe = html.escape(text).replace("{", "&#123;").replace("}", "&#125;")
    return re.sub(r"^[=+@-]", lambda match: f"&#{ord(match[0])};", safe)


# -- Microsoft Forms --------------------------------------------------------------------------------------------------


def microsoft(form: Form) -> bytes:
    """The questionnaire as numbered questions with lettered answers, as Microsoft Forms' quick import reads a document.

    The import knows no pages and no help: what those say stands before the questions or not at all.
    """
    lines = [_shown(form.title), "", *(_shown(line) for line in form.intro), ""]
    lines += [_shown(line) for page in form.pages for line in page.tells]
    for number, question in enumerate(form.questions, 1):
        lines += ["", f"{number}. {_shown(question.asked.text)}"]
        lines += [f"{chr(64 + at)}. {_shown(choice.text)}" for at, choice in enumerate(question.asked.choices, 1)]
    return ("\r\n".join([*lines, "", _shown(form.thanks)]) + "\r\n").encode("utf-8-sig")


WRITERS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "xlsform": ("xlsform.xlsx", xlsform),
    "google": ("google-forms.gs", google),
    "limesurvey": ("limesurvey.txt", limesurvey),
    "msforms": ("microsoft-forms.txt", microsoft),
}
"""For each format: the name of its file, and what writes it. XLSForm and LimeSurvey hold several languages."""

IN_SEVERAL_LANGUAGES = frozenset({"xlsform", "limesurvey"})
