"""Documents come from a project's own templates; what is wrong with one is found, all of it, where it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cop_launch.documents import render, render_with, report_with
from cop_launch.documents.faults import strays
from cop_launch.documents.own import Shipped, shipped_names, shipped_templates
from cop_launch.gates import Dossier
from cop_launch.locales import Language, in_language
from cop_launch.model.decision import DecisionKind, Gate
from cop_launch.store.project import load
from cop_launch.workflow import Choice

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ("platform-engineers", "de-tweede-zin")
CONCEPT = "concept.md.j2"


@cache
def _example(name: str) -> tuple[Dossier, Language]:
    loaded = load(ROOT / "examples" / name)
    assert loaded.dossier is not None
    return loaded.dossier, in_language(loaded.language)


@cache
def _shipped(language: Language) -> Mapping[str, Shipped]:
    return shipped_templates(language)


def made(own: Mapping[str, str], name: str = "platform-engineers") -> tuple[dict[str, str], list[str]]:
    """What is rendered with these templates, and what is wrong with them: place, code, sentence and hint."""
    dossier, language = _example(name)
    documents, findings = render_with(own, dossier, language)
    said = []
    for one in findings:
        assert one.place
        place = f"{one.place.file}:{one.place.line}:{one.place.column}+{one.place.length}"
        said.append(f"{place} {one.code}: {one.message}" + (f" | {one.hint}" if one.hint else ""))
    return documents, said


def wrong(text: str, name: str = CONCEPT) -> list[str]:
    """What is wrong with one template."""
    documents, said = made({name: text})
    assert documents == {}
    return said


@pytest.mark.parametrize("name", EXAMPLES)
def test_copies_of_all_templates_make_the_same_documents(name: str) -> None:
    """The sandbox takes nothing away from what the shipped templates do, and adds nothing: byte for byte."""
    dossier, language = _example(name)
    own = {one.name: one.text for one in _shipped(language).values()}
    assert made(own, name) == (render(dossier, language), [])


def test_one_of_its_own_makes_its_document_and_no_other() -> None:
    """Only what was changed is different; words that others import change those that say them."""
    dossier, language = _example("platform-engineers")
    usual = render(dossier, language)
    documents, said = made({CONCEPT: "# {{ community.name }}\n\nOurs, *really*.\n"})
    assert said == []
    assert documents == {**usual, "plans/concept.md": "# Steady State\n\nOurs, *really*.\n"}
    words = _shipped(language)["words.md.j2"].text.replace('"concept test"', '"trial"')
    documents, said = made({"words.md.j2": words})
    assert said == []
    assert {path for path in usual if documents[path] != usual[path]} >= {"plans/overview.md"}
    assert "Trial" in documents["plans/overview.md"]


def test_own_templates_include_each_other_and_the_shipped_ones() -> None:
    """A piece of its own may stand in several documents; a name of a shipped one that it has none of is that one."""
    own = {
        CONCEPT: '{% from "words.md.j2" import count %}{% include "ours/foot.md.j2" %} {{ count(3) | trim }}',
        "ours/foot.md.j2": "Ask {{ community.name }}.",
    }
    documents, said = made(own)
    assert (documents["plans/concept.md"], said) == ("Ask Steady State. three\n", [])


def test_without_own_templates_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual way costs no other process."""
    monkeypatch.setattr(subprocess, "run", None)
    dossier, language = _example("platform-engineers")
    assert render_with({}, dossier, language) == (render(dossier, language), ())


def test_a_decision_is_recorded_in_the_same_words() -> None:
    """The go/no-go report is the project's own in decisions/ too, with who decided and why."""
    dossier, language = _example("platform-engineers")
    choice = Choice(DecisionKind.GO, date(2025, 9, 1), ("priya",), "it works")
    own = {"go-no-go.md.j2": "{{ gate }}{% if made %}: {{ made.because }}{% endif %}"}
    assert report_with(own, dossier, Gate.PLAN, language) == ("plan\n", ())
    assert report_with(own, dossier, Gate.PLAN, language, choice) == ("plan: it works\n", ())
    text, findings = report_with({"go-no-go.md.j2": "{{ maed }}"}, dossier, Gate.PLAN, language)
    assert (text, [one.code for one in findings]) == ("", ["template-unknown"])


FAULTS = [
    (
        "{% if hypthesis %}{% endif %}\n\n{{ communty.name }}",
        [
            "templates/concept.md.j2:1:7+9 template-unknown: `hypthesis` is not known here"
            " | did you mean 'hypothesis'?",
            "templates/concept.md.j2:3:4+8 template-unknown: `communty` is not known here | did you mean 'community'?",
        ],
    ),
    (
        "one\ncommunity.nmae: {{ community.nmae }}",
        ["templates/concept.md.j2:2:30+4 template-unknown: there is no `nmae` in this value | did you mean 'name'?"],
    ),
    (
        "{{ hypothesis | sentense }}{% if 1 is evn %}{% endif %}",
        [
            "templates/concept.md.j2:1:17+8 template-unknown: there is no filter `sentense` in a template of a project"
            " | did you mean 'sentence'?",
            "templates/concept.md.j2:1:39+3 template-unknown: there is no test `evn` | did you mean 'even'?",
        ],
    ),
    (
        "a\n{% include 'wrds.md.j2' %}\n{% from 'words.md.j2' import cuont %}",
        [
            "templates/concept.md.j2:2:13+10 template-unknown: there is no template `wrds.md.j2`, shipped or in "
            "templates/ | did you mean 'words.md.j2'?",
            "templates/concept.md.j2:3:30+5 template-unknown: `cuont` is not known here | did you mean 'count'?",
        ],
    ),
    (
        "\n{{ a b }}",
        [
            "templates/concept.md.j2:2:1+9 template-syntax: this cannot be read as a template: expected token 'end of "
            "print statement', got 'b'"
        ],
    ),
    (
        "{{ community.about }}",
        [
            "templates/concept.md.j2:1:1+21 template-value: this has no form in a text: it is a list | Ask with `if` "
            "whether there is something, go through a list with `for`, or use `joined`."
        ],
    ),
    (
        "{{ none }}",
        [
            "templates/concept.md.j2:1:1+10 template-value: this has no form in a text: it is nothing at all | "
            "Ask with `if` whether there is something, go through a list with `for`, or use `joined`."
        ],
    ),
    (
        "x\n  {{ hypothesis.__class__ }}",
        [
            "templates/concept.md.j2:2:17+9 template-forbidden: `__class__` may not be used in a template of a project"
            " | A template sees the values of its document, and the filters that the shipped templates use."
        ],
    ),
    (
        "{{ 1 // 0 }}",
        [
            "templates/concept.md.j2:1:1+12 template-value: this cannot be worked out: ZeroDivisionError: integer "
            "division or modulo by zero"
        ],
    ),
    (
        "{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}",
        [
            "templates/concept.md.j2:1:1+38 template-limit: this goes on inside itself without an end | A macro that "
            "calls itself, or a template that includes itself, has to stop somewhere."
        ],
    ),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_what_is_wrong_is_said_with_its_place(text: str, said: list[str]) -> None:
    """Template, line, column and the word itself, with what was probably meant; also in a branch that is not taken."""
    assert wrong(text) == said


def test_a_name_that_is_asked_about_is_no_fault() -> None:
    """A template may ask whether there is something."""
    documents, said = made({CONCEPT: "{% if nobody is defined %}a{% else %}b{% endif %}{{ nobody | default('c') }}"})
    assert (documents["plans/concept.md"], said) == ("bc\n", [])


def test_a_name_that_is_set_in_one_branch_is_no_fault_before_it_is_missed() -> None:
    """What a template sets itself is known; that it was not set this time shows while rendering."""
    text = "{{% if {} %}}{{% set mine = 'a' %}}{{% endif %}}\n{{{{ mine }}}}"
    documents, said = made({CONCEPT: text.format("true")})
    assert (documents["plans/concept.md"], said) == ("a\n", [])
    assert wrong(text.format("false")) == ["templates/concept.md.j2:2:4+4 template-unknown: `mine` is not known here"]


def test_all_broken_templates_are_found_in_one_run() -> None:
    """In the order of the files; and no document is written as long as there is one."""
    documents, said = made({"strategy.md.j2": "{{ 1 // 0 }}", CONCEPT: "{{ x }}", "results.md.j2": "{% if %}"})
    assert documents == {}
    assert [one.split(" ", 2)[:2] for one in said] == [
        ["templates/concept.md.j2:1:4+1", "template-unknown:"],
        ["templates/results.md.j2:1:1+8", "template-syntax:"],
        ["templates/strategy.md.j2:1:1+12", "template-value:"],
    ]


def test_words_that_others_import_have_to_stay() -> None:
    """What is missing from them is said of the file that lacks it, not of those that ask for it."""
    _, language = _example("platform-engineers")
    text = _shipped(language)["rhythms.md.j2"].text
    assert wrong(text.replace("macro meets", "macro met"), "rhythms.md.j2") == [
        "templates/rhythms.md.j2:1:1+1 template-unknown: `meets` is missing, which other templates import from here | "
        "Copy it from the shipped template; 'coplaunch templates diff' shows it."
    ]
    words = _shipped(language)["words.md.j2"].text
    (said,) = wrong(words.replace('"concept_test": "concept test",', ""), "words.md.j2")
    assert said.startswith("templates/words.md.j2:1:")
    assert "template-unknown: there is no `concept_test` in this value" in said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_only_holds_words_is_known(language: str) -> None:
    """The others each make a document."""
    holds = {name for name, one in _shipped(in_language(language)).items() if one.words}
    assert holds == {"pictures.md.j2", "rhythms.md.j2", "shares.md.j2", "words.md.j2"}


def test_files_that_make_nothing_are_warned_of() -> None:
    """Also a template with a name a letter off; not what another one includes."""
    own = {"concpt.md.j2": "", CONCEPT: '{% include "foot.md.j2" %}', "foot.md.j2": ""}
    files = [*own, "concept.md", "logo.png"]
    found = strays(files, own, shipped_names(in_language("en")))
    assert [(one.place and one.place.file, one.severity.value, str(one.hint)) for one in found] == [
        ("templates/concept.md", "warning", "did you mean 'concept.md.j2'?"),
        ("templates/concpt.md.j2", "warning", "did you mean 'concept.md.j2'?"),
        ("templates/logo.png", "warning", "'coplaunch templates list' shows the names that there are."),
    ]


def test_nothing_of_a_project_is_kept_as_code(tmp_path: Path) -> None:
    """Compiled templates are kept of what coplaunch ships alone: an own one is compiled each time, and in no cache."""

    def kept(own: Mapping[str, str]) -> tuple[str, dict[str, bytes]]:
        script = f"from tests.documents.test_own import made\nprint(made({own!r})[0]['plans/concept.md'][:6])"
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout, {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    said, before = kept({})
    assert said == "# Stea\n"
    assert before
    assert kept({CONCEPT: "ours"}) == ("ours\n\n", before)
    assert kept({}) == (said, before)


def test_the_folder_one_stands_in_is_no_place_to_import_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project with a `jinja2.py` in it is data: nothing of it runs."""
    for name in ("jinja2.py", "json.py", "sitecustomize.py"):
        (tmp_path / name).write_text("raise SystemExit('this ran')\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    documents, said = made({CONCEPT: "ours"})
    assert (documents["plans/concept.md"], said) == ("ours\n", [])
