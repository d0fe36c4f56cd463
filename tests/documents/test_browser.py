"""What people see in a browser: the page, the pictures and the slides, for everyone, on any screen, and on paper."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from cop_launch.documents.slides import fitting
from cop_launch.locales import LANGUAGES
from tests.documents import pages
from tests.documents.browser import Browser, running
from tests.documents.everything import COMMUNITIES, EXAMPLES, OWN, of_example, page_of, rendered

pytestmark = pytest.mark.xdist_group("browser")  # one browser, by the one worker that runs these

EACH = [(name, language) for name in EXAMPLES for language in LANGUAGES]
SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (320, 768, 1280)
"""CSS pixels: a phone, or a screen of 1280 enlarged to 400% (WCAG 2.2, 1.4.10); a tablet; a laptop."""
SCHEMES = ("light", "dark")
NOTHING: dict[str, object] = {"axe": [], "unsure": [], "over": 0, "wide": [], "asked": []}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running() as it:
        yield it


each_page = pytest.mark.parametrize(("name", "language"), EACH, ids=lambda value: value)


# -- the page on a screen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "scheme", "width", "part", "expected"),
    [
        (pages.NO_LANGUAGE, "light", 768, "axe", "html-has-lang: html"),
        (pages.NO_MAIN, "light", 768, "axe", "landmark-one-main: html"),
        (pages.FAINT_IN_THE_DARK, "dark", 768, "axe", "color-contrast: h1"),
        (pages.TOO_WIDE, "light", 320, "wide", '<p style="width: 400px">Read'),
        (pages.ASKS_ELSEWHERE, "light", 768, "asked", "https://elsewhere.example/one.png"),
        (pages.ASKS_BESIDE_IT, "light", 768, "asked", "http://page.example/plans/beside.svg"),
    ],
    ids=["language", "landmark", "contrast", "width", "elsewhere", "beside"],
)
def test_a_fault_on_the_screen_is_seen(
    browser: Browser, html: str, scheme: str, width: int, part: str, expected: str
) -> None:
    """Each kind, and only in the scheme and at the width in which it is one."""
    seen = browser.ask("look", html=html, width=width, scheme=scheme, colours=scheme == "dark")
    assert [one[: len(expected)] for one in seen[part][:1]] == [expected]
    good = browser.ask("look", html=pages.GOOD, width=width, scheme=scheme, colours=scheme == "dark")
    assert good == NOTHING


@pytest.mark.parametrize(
    ("name", "language", "width"),
    [
        (name, language, width)
        for name, language in EACH
        # What the page is made of is the same in both languages; only words are longer, which shows when it is narrow.
        for width in (WIDTHS if language == OWN[name] else WIDTHS[:1])
    ],
)
def test_everyone_can_use_the_page(browser: Browser, name: str, language: str, width: int) -> None:
    """axe finds nothing (WCAG 2.2 A and AA, best practice), nothing runs out of the window, nothing is fetched."""
    seen = browser.ask("look", html=page_of(name, language), width=width, scheme="light", colours=False)
    assert seen == NOTHING


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_everyone_can_see_the_page(browser: Browser, name: str, scheme: str) -> None:
    """Every text has enough contrast (WCAG 2.2, 1.4.3), in both schemes; axe can tell of each."""
    seen = browser.ask("look", html=page_of(name, OWN[name]), width=1280, scheme=scheme, colours=True)
    assert seen == NOTHING


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everyone_can_see_the_page_on_a_phone(browser: Browser, scheme: str) -> None:
    """What is there only at that width, too; of a cell that is partly out of its table's window, axe cannot tell."""
    seen = browser.ask("look", html=page_of("buurtdata", "nl"), width=320, scheme=scheme, colours=True)
    assert {**seen, "unsure": []} == NOTHING


@each_page
def test_the_page_runs_nothing(name: str, language: str) -> None:
    """No script, not in an attribute either."""
    html = page_of(name, language).lower()
    assert [mark for mark in ("<script", " onclick=", " onload=", "javascript:") if mark in html] == []


# -- the page by keyboard ---------------------------------------------------------------------------------------------


def test_a_fault_by_keyboard_is_seen(browser: Browser) -> None:
    """A focus that nobody sees, a first stop that is no skip link, a link to nowhere."""
    good = browser.ask("keyboard", html=pages.GOOD, width=768)
    assert good == {
        "expected": ["a #content", "a #why"],
        "stops": [{"what": name, "marked": True, "inView": True} for name in ("a #content", "a #why")],
        "nowhere": [],
    }
    unseen = browser.ask("keyboard", html=pages.FOCUS_UNSEEN, width=768)["stops"]
    assert [stop["marked"] for stop in unseen] == [False, False]
    second = browser.ask("keyboard", html=pages.SKIP_IS_SECOND, width=768)["stops"]
    assert second[0]["what"] == "a #why"
    assert browser.ask("keyboard", html=pages.LEADS_NOWHERE, width=768)["nowhere"] == ["who"]


@each_page
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_works_by_keyboard(browser: Browser, name: str, language: str, width: int) -> None:
    """Past the menu first, to every link in its order, always where one can see it; and each leads somewhere."""
    seen = browser.ask("keyboard", html=page_of(name, language), width=width)
    stops = [stop["what"] for stop in seen["stops"]]
    assert [stop for stop in stops if stop in seen["expected"]] == seen["expected"]
    assert [stop for stop in seen["stops"] if not (stop["marked"] and stop["inView"])] == []
    assert seen["nowhere"] == []
    assert stops[0] in {"a #content", "a #main"}


# -- the page on paper ------------------------------------------------------------------------------------------------


def sheets(browser: Browser, html: str) -> list[str]:
    """The words on each sheet of A4, without what stands at the foot of every one but the first."""
    reader = PdfReader(io.BytesIO(base64.b64decode(browser.ask("print", html=html))))
    return [_FOOT.sub("", sheet.extract_text()).strip() for sheet in reader.pages]


_FOOT = re.compile(rf"\d+ / \d+\s*(?:{'|'.join(COMMUNITIES)})|(?:{'|'.join(COMMUNITIES)})\s*\d+ / \d+")


def test_an_empty_sheet_is_seen(browser: Browser) -> None:
    """One with nothing on it but what stands at its foot."""
    html = page_of("buurtdata", "nl")
    empty = '<div style="break-before: page; height: 10px"></div></body>'
    before, after = sheets(browser, html), sheets(browser, html.replace("</body>", empty))
    assert (len(after), after[-1]) == (len(before) + 1, "")
    assert "" not in before


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_page_prints(browser: Browser, name: str) -> None:
    """A sheet or a few for each document, none of them empty."""
    printed = sheets(browser, page_of(name, OWN[name]))
    assert [number for number, text in enumerate(printed, 1) if not text] == []
    documents = [path for path in of_example(name, OWN[name]) if path.endswith(".md") and "-sheets-" not in path]
    assert len(documents) <= len(printed) <= 4 * len(documents)


# -- pictures ---------------------------------------------------------------------------------------------------------

FINE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100" role="img" aria-labelledby="t d">
<title id="t">One</title><desc id="d">A word.</desc>
<rect width="200" height="100" fill="#ffffff"/><text x="10" y="30" fill="#1f2328">word</text>
<rect y="50" width="200" height="50" fill="#0969da"/><text x="10" y="80" fill="#ffffff">other</text>
</svg>
"""
SEEN_WELL = {"texts": 2, "outside": [], "over": [], "faint": [], "asked": []}


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('x="10" y="30"', 'x="170" y="30"', "outside"),
        ('x="10" y="30"', 'x="10" y="8"', "outside"),
        ('x="10" y="80" fill="#ffffff"', 'x="20" y="34" fill="#1f2328"', "over"),
        ('fill="#1f2328"', 'fill="#999999"', "faint"),
        ('y="80" fill="#ffffff"', 'y="80" fill="#1f2328"', "faint"),
        ("</svg>", '<image href="https://elsewhere.example/one.png" width="9" height="9"/></svg>', "asked"),
    ],
)
def test_a_fault_in_a_picture_is_seen(browser: Browser, old: str, new: str, part: str) -> None:
    """Of each kind, as that and as nothing else."""
    assert FINE.count(old) == 1
    assert browser.ask("draw", text=FINE, scheme="light") == SEEN_WELL
    seen = browser.ask("draw", text=FINE.replace(old, new), scheme="light")
    assert [name for name in ("outside", "over", "faint", "asked") if seen[name]] == [part]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_picture_can_be_read(browser: Browser, scheme: str) -> None:
    """Its text stands inside it, over no other text, in enough contrast (WCAG 2.2, 1.4.3), and it fetches nothing."""
    pictures = rendered(".svg")
    assert pictures
    # Many are the same in several states of a launch.
    once = {text: browser.ask("draw", text=text, scheme=scheme) for text in {*pictures.values()}}
    seen = {path: once[text] for path, text in pictures.items()}
    assert [path for path, one in seen.items() if not one["texts"]] == []
    assert {path: one for path, one in seen.items() if one != {**SEEN_WELL, "texts": one["texts"]}} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_pictures_on_the_page_can_be_read(browser: Browser, name: str, scheme: str) -> None:
    """There the page's own styles and scheme hold."""
    seen = browser.ask("draw", text=page_of(name, OWN[name]), scheme=scheme)
    assert seen["texts"] > 0
    assert seen == {**SEEN_WELL, "texts": seen["texts"]}


def test_every_picture_says_what_it_shows() -> None:
    """Well-formed, with a title and a description that it names as its own, and nothing runs or points elsewhere."""
    for path, text in rendered(".svg").items():
        root = ET.fromstring(text)  # noqa: S314  (our own)
        labels = root.attrib["aria-labelledby"].split()
        named = {one.get("id"): (one.text or "").strip() for one in root if one.tag in {f"{SVG}title", f"{SVG}desc"}}
        assert (path, root.tag, root.attrib["role"], labels) == (path, f"{SVG}svg", "img", list(named))
        assert all(named.values()), path
        assert [one for one in root.iter() if one.tag in {f"{SVG}script", f"{SVG}image", f"{SVG}use"}] == [], path
        names = {name for one in root.iter() for name in one.attrib}
        assert [name for name in names if name.startswith("on") or name.endswith("href")] == [], path
        assert "url(" not in text, path
        assert "@import" not in text, path


# -- slides -----------------------------------------------------------------------------------------------------------

FRONT = "---\nmarp: true\nlang: en\npaginate: true\n---\n\n# The Reading Room\n\n---\n\n## Who\n\n"
SLIDE = [1280, 720]


def many(number: int) -> str:
    """That many items of a list, some of them two lines long."""
    return "\n".join(f"- **Name {n}**: {'welcomes people ' * (1 + n % 7)}".strip() for n in range(number))


def test_a_slide_that_is_too_full_is_seen(browser: Browser) -> None:
    """And one before and after it, without a fault, are not."""
    slides = browser.ask("show", markdown=f"{FRONT}{many(20)}\n\n---\n\nFine.\n")["slides"]
    assert [slide["size"] for slide in slides] == [SLIDE] * 3
    assert [slide["over"] > 0 for slide in slides] == [False, True, False]


def test_parted_slides_hold_what_they_say(browser: Browser) -> None:
    """However many items there are, as Marp shows them."""
    for number in range(1, 40, 3):
        slides = browser.ask("show", markdown=fitting(f"{FRONT}{many(number)}\n"))["slides"]
        assert [slide for slide in slides if slide["over"]] == []


def test_every_presentation_runs_in_marp(browser: Browser) -> None:
    """Thirteen slides, or more where the plan says much; nothing runs out of one, and nothing is fetched."""
    presentations = rendered("/presentation.md")
    assert len(presentations) > len(EACH)
    for path, markdown in presentations.items():
        shown = browser.ask("show", markdown=markdown)
        headings = re.findall(r"^##? (.+)$", markdown, re.MULTILINE)
        assert len(headings) >= 13, path
        assert [slide["size"] for slide in shown["slides"]] == [SLIDE] * len(headings), path
        assert [slide for slide in shown["slides"] if slide["over"]] == [], path
        assert shown["asked"] == [], path
