"""All documents on one page: whole, linked, and safe to open, whatever a project says."""

from __future__ import annotations

import base64
import copy
import hashlib
import os
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest

from cop_launch.documents import render
from cop_launch.documents.page import page
from cop_launch.documents.templates import templates_folder
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, in_language
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.store.project import load
from tests.documents import small
from tests.documents.markdown import words
from tests.documents.test_documents import EMPTY, _overwritten
from tests.documents.test_rendering import HOSTILE

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.parent.name for path in ROOT.glob("examples/*/coplaunch.yaml"))
EMPTY_TAGS = {"meta", "br", "hr"}


class Seen(HTMLParser):
    """A page as a browser takes it: its elements with their attributes, and the text in each element with an id.

    The words of a picture and of what unfolds are left out: they are none of the document's.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, str] = {}
        self.comments: list[str] = []
        self.left_open: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()
        self.left_open = [tag for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), self.get_starttag_text()
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag not in EMPTY_TAGS:
            self._open.append((tag, found.get("id")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if {"svg", "summary"} & {tag for tag, _ in self._open}:
            return
        for _, id_ in self._open:
            if id_:
                self.texts[id_] = self.texts.get(id_, "") + data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def all(self, attribute: str) -> list[str]:
        """What an attribute says, wherever it stands, in the order of the page."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


@cache
def made(example: str, language: str) -> dict[str, str]:
    """The documents of an example, in this language."""
    dossier = load(ROOT / "examples" / example).dossier
    assert dossier
    return render(dossier, in_language(language))


@cache
def shown(example: str, language: str) -> Seen:
    """The page of an example, in this language."""
    return Seen(html(example, language))


@cache
def html(example: str, language: str) -> str:
    """The same as text."""
    dossier = load(ROOT / "examples" / example).dossier
    assert dossier
    return page(made(example, language), dossier, in_language(language))


every_page = pytest.mark.parametrize(("example", "language"), [(e, code) for e in EXAMPLES for code in LANGUAGES])


@every_page
def test_every_link_leads_somewhere(example: str, language: str) -> None:
    """To a place on the page that is there once, to a file beside it, to a report, or to the community's mailbox."""
    seen = shown(example, language)
    plan = (ROOT / "examples" / example / "coplaunch.yaml").read_text("utf-8")
    ids = seen.all("id")
    assert len(ids) == len(set(ids))
    for href in seen.all("href"):
        if href.startswith("#"):
            assert href[1:] in ids
        elif href.startswith("../"):
            assert (ROOT / "examples" / example / href[3:]).is_file()
        elif href.startswith("mailto:"):
            assert f"\n  mailbox: {href.removeprefix('mailto:')}\n" in plan
        else:
            assert f"plans/{unquote(href)}" in made(example, language)
    for name in ("aria-labelledby", "aria-describedby"):
        assert set(seen.all(name)) <= set(ids)


@every_page
def test_every_document_is_there_whole(example: str, language: str) -> None:
    """Each is a place of its own, named in the contents, and every word in it stands on the page in its order."""
    seen = shown(example, language)
    contents = [href for href in seen.all("href") if href.startswith("#")]
    for path, text in made(example, language).items():
        if not path.endswith(".md"):
            continue
        anchor = PurePosixPath(path).stem
        assert f"#{anchor}" in contents or anchor.startswith("week-sheets-")
        body = re.sub(r"\A---\n.*?^---\n|!\[.*?\]\(.*?\)", "", text, flags=re.DOTALL | re.MULTILINE)
        if "\nmarp: true\n" not in text:
            body = re.sub(r"\A# .*", "", body)
        title = seen.texts.get(f"{anchor}--title", "")
        assert _closed(seen.texts[anchor].removeprefix("\n").removeprefix(title)) == _closed(words(body))


def _closed(text: str) -> str:
    return "".join(text.split())


@every_page
def test_headings_make_one_outline(example: str, language: str) -> None:
    """One title; under it no level is passed over."""
    levels = [int(tag[1]) for tag, _ in shown(example, language).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@every_page
def test_every_picture_is_drawn_on_the_page(example: str, language: str) -> None:
    """Each that a document shows, once, with a name, and with no element that would fetch one. The six phases stand on
    the cover already, as words.
    """
    seen = shown(example, language)
    asked = [
        alt
        for path, text in made(example, language).items()
        if path.endswith(".md")
        for alt in re.findall(r"!\[(.*?)\]\((?!six-phases)[\w-]+\.svg\)", text)
    ]
    drawn = [attributes for tag, attributes in seen.elements if tag == "svg"]
    assert len(drawn) == len(asked) > 0
    assert {attributes["role"] for attributes in drawn} == {"img"}
    assert all(attributes["aria-label"].strip() for attributes in drawn)


@every_page
def test_the_page_needs_nothing_but_itself(example: str, language: str) -> None:
    """No script, no file, no address that would be fetched; and its own policy forbids them all, but for its style."""
    text, seen = html(example, language), shown(example, language)
    assert {tag for tag, _ in seen.elements} & {"script", "link", "img", "iframe", "object", "embed", "form"} == set()
    assert not re.search(r"@import|url\(|src=|\bon\w+=", text)
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{seal}'; base-uri 'none'; form-action 'none'"
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": policy}) in seen.elements
    assert seen.elements[0] == ("html", {"lang": language})
    assert (seen.comments, seen.left_open) == ([], [])


@every_page
def test_no_style_reaches_out_of_its_picture(example: str, language: str) -> None:
    """Every rule that came with a picture names that picture, and braces are in pairs."""
    style = html(example, language)
    style = style[style.index("<style>") + 7 : style.index("</style>")]
    depth = 0
    for sign in re.findall("[{}]", style):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert depth == 0
    foreign = style[style.index("/* pictures of the documents */") :]
    rules = [line for line in foreign.split("\n")[1:] if line.strip(" }")]
    assert rules
    assert [r for r in rules if not r.startswith((":is(.picture-", ".picture-", "@media screen and (prefers-"))] == []


LINKS = re.compile(r"#[\w-]+|\.\./decisions/[\w.-]+\.md|[\w.%-]+\.(ics|csv)")


@pytest.mark.parametrize("written", [text for text in HOSTILE if "\ud800" not in text])
@pytest.mark.parametrize("state", ["nog-niet", "go", "gelanceerd"])
def test_hostile_text_adds_nothing_to_the_page(state: str, written: str) -> None:
    """Every free text of a project at once: the elements and attributes are those of a project that says a word."""
    seen = _overwritten_page(state, written)
    assert [href for href in seen.all("href") if not LINKS.fullmatch(href)] == []
    assert seen.comments == []
    assert _outside_pictures(seen) == _outside_pictures(_plain_page(state))


def _overwritten_page(state: str, text: str) -> Seen:
    tree = _overwritten(copy.deepcopy(small.tree("nl", state)), text)
    dossier = Dossier(validate(Project, tree))
    return Seen(page(render(dossier, in_language("nl")), dossier, in_language("nl")))


@cache
def _plain_page(state: str) -> Seen:
    return _overwritten_page(state, "woord")


def _outside_pictures(seen: Seen) -> list[tuple[str, list[str]]]:
    """Without the lines on which a picture sets its words: how many those are depends on the words."""
    return [(tag, sorted(attributes)) for tag, attributes in seen.elements if tag not in {"text", "tspan"}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", EMPTY)
def test_an_almost_empty_project_has_a_page(written: Any, language: str) -> None:
    """It says what it is and where it stands; nothing in it is without a name."""
    dossier = Dossier(validate(Project, written))
    seen = Seen(page(render(dossier, in_language(language)), dossier, in_language(language)))
    names = [seen.texts[name].strip() for name in seen.all("aria-labelledby")]
    assert names
    assert all(names)
    assert {href[1:] for href in seen.all("href") if href.startswith("#")} <= set(seen.all("id"))


STANDS = {
    ("buurtdata", "en"): "Where it stands Phase 3 of 6 core group",
    ("de-tweede-zin", "en"): "Where it stands Launched 27 November 2025",
    ("de-tweede-zin", "nl"): "Waar het staat Gelanceerd 27 november 2025",
    ("platform-engineers", "en"): "Where it stands Phase 5 of 6 plan",
}


@pytest.mark.parametrize(("example", "language"), STANDS)
def test_the_cover_says_where_the_project_stands(example: str, language: str) -> None:
    """In the language of the page, before anything else."""
    cover = " ".join(shown(example, language).texts["cover"].split())
    assert STANDS[example, language] in cover


LEADS = [
    ({"initiative": {"idea": {"text": "An idea"}}}, "An idea"),
    ({"initiative": {"idea": {"text": "An idea"}}, "concept_test": {"hypothesis": "A guess"}}, "A guess"),
    ({"concept_test": {"hypothesis": "A guess"}, "strategy": {"mission": "A mission"}}, "A mission"),
]


@pytest.mark.parametrize(("tree", "lead"), LEADS)
def test_the_cover_says_what_the_community_is_for(tree: dict[str, Any], lead: str) -> None:
    """As far as people have come: the idea, the hypothesis, the mission; and so does the overview."""
    dossier = Dossier(validate(Project, {"name": "x", **tree}))
    seen = Seen(page(render(dossier, in_language("en")), dossier, in_language("en")))
    assert seen.texts["cover"].split("\nx\n")[1].split("\n")[0] == lead
    assert f"{lead}." in seen.texts["overview"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_leads_to_what_is_still_open(language: str) -> None:
    """From the number of points to the report that names them; where nothing is open there is nothing to follow."""
    leads = {example: ("a", {"href": "#go-no-go"}) for example in EXAMPLES}
    found = {
        example
        for example, link in leads.items()
        if shown(example, language).elements.count(link) == 2  # the other one stands in the contents
    }
    assert found == {"buurtdata", "platform-engineers"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_of_a_gate_that_nothing_stands_in_the_way_of(language: str) -> None:
    """Says so in words: once it said what Python calls a method of the same name, another on every run."""
    dossier = load(ROOT / "examples" / "de-tweede-zin").dossier
    assert dossier
    undecided = Dossier(dossier.project.model_copy(update={"decisions": None}), dossier.evidence)
    html = page({}, undecided, in_language(language))
    assert {"nl": "niets staat een go in de weg", "en": "nothing stands in the way of a go"}[language] in html
    assert " object at 0x" not in html


def test_no_word_of_the_page_hides_behind_a_method() -> None:
    """`w.clear` would be the method of a mapping, and not its word."""
    words_of_it = re.findall(
        r'^    "(\w+)": ', (templates_folder() / "page" / "en.j2").read_text("utf-8"), re.MULTILINE
    )
    assert words_of_it
    assert [name for name in words_of_it if hasattr(dict, name)] == []


def test_both_languages_say_the_same_things() -> None:
    """Every word and sentence around the documents is there in each language."""
    texts = [(templates_folder() / "page" / f"{code}.j2").read_text(encoding="utf-8") for code in LANGUAGES]
    named = [re.findall(r'^    "(\w+)":|\{% macro (\w+\([\w, ]*\))', text, re.MULTILINE) for text in texts]
    assert named[0] == named[1]


def test_a_document_that_somebody_changed_is_text_too() -> None:
    """HTML, scripts, remote pictures and links that run, in a document written by hand, come out as words."""
    dossier = Dossier(validate(Project, {"name": "x"}))
    documents = render(dossier, in_language("en"))
    plain = _tags(page(documents, dossier, in_language("en")))
    written = (
        "# x: <b>Own</b>\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> ![a](https://example.org/a.png)\n\n"
        "[a](javascript:alert(1)) [b](data:text/html,x) <javascript:alert(1)> [c](//example.org) [d](\\\\example.org)\n"
    )
    documents["plans/overview.md"] = f"{written}\n![d](own.svg)\n"
    documents["plans/own.svg"] = '<!DOCTYPE svg [<!ENTITY a "a">]><svg/>'
    assert _tags(page(documents, dossier, in_language("en"))) <= plain


def _tags(text: str) -> set[tuple[str, str]]:
    return {(tag, name) for tag, attributes in Seen(text).elements for name in ("", *attributes)}


SCRIPT = """
import hashlib
from pathlib import Path
from cop_launch.documents import render
from cop_launch.documents.page import page
from cop_launch.locales import in_language
from cop_launch.store.project import load
dossier = load(Path({folder!r})).dossier
nl = in_language("nl")
print(hashlib.sha256(page(render(dossier, nl), dossier, nl).encode()).hexdigest())
"""


@pytest.mark.parametrize("machine", [{"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}, {"LC_ALL": "tr_TR.UTF-8"}])
def test_the_same_bytes_everywhere(machine: dict[str, str]) -> None:
    """Hash seed, time zone and locale change nothing."""
    script = SCRIPT.format(folder=str(ROOT / "examples" / "de-tweede-zin"))
    told = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | machine, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == hashlib.sha256(html("de-tweede-zin", "nl").encode()).hexdigest()


def test_documents_alone_load_no_page() -> None:
    """Whoever asks for no page does not wait for what makes one."""
    script = "import sys, cop_launch.documents; print({'markdown_it', 'cop_launch.documents.page'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"
