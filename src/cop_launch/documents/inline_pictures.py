"""Pictures as part of a page: the SVG files of a project, fitted so that they leave each other and the page alone.

A file has the page to itself: its style speaks of `.bar`, its title is called `title`. On one page its rules reach only
the picture they came with, its ids are its own, and only what draws is taken over: no script, no link, no foreign part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from cop_launch.records import Record

LEAST = 80
"""How small a picture may be shown, in percent of its own width: 12 pixels then are 10. Set here."""

_SHAPES = re.compile(
    "svg|g|defs|title|desc|text|tspan|line|rect|circle|ellipse|path|polygon|polyline"
    "|marker|pattern|linearGradient|radialGradient|stop|clipPath"
)
"""The elements that draw."""
_TRAITS = re.compile(
    "class|id|x|y|[xy][12]|d[xy]|c[xy]|r|r[xy]|d|points|width|height|viewBox|transform|preserveAspectRatio"
    "|text-anchor|dominant-baseline|font-size|font-weight|textLength|lengthAdjust|rotate"
    "|fill(-opacity|-rule)?|stroke(-width|-opacity|-dasharray|-linecap|-linejoin)?|opacity|offset|stop-(color|opacity)"
    "|(gradient|pattern)(Units|Transform)|clip-path|marker-(start|mid|end)|marker(Width|Height|Units)|orient|ref[XY]"
)
"""The attributes that say how and where; none of them leads out of the picture."""
_RULES = re.compile(r"@media(?P<screen>\s*\([a-z: -]+\)\s*)\{|(?P<selectors>[^{}@]+)\{(?P<says>[^{}]*)\}|(?P<end>\})")
_SELECTORS = re.compile(r"\s*[.#\w][\w.# -]*(,\s*[.#\w][\w.# -]*)*")
_SAYS = re.compile(r"""(\s*[a-z-]+:[\w\s#.,%"'-]+(;|\Z))*\s*""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INSIDE = re.compile(r"url\(#([\w.-]+)\)")


class Picture(Record):
    """A picture by the name of its file, in CSS pixels; `styles` are its own, as they stand in it."""

    name: str
    root: ET.Element
    styles: tuple[str, ...]
    width: int

    def inline(self, alt: str, number: int) -> str:
        """As an `svg` element named `alt`, the `number`th picture on its page; its description comes along."""
        mine = f"picture-{number}-"
        described = next((child for child in self.root if _tag(child) == "desc"), None)
        traits = _traits(self.root, mine)
        traits.pop("id", None)
        traits |= {"role": "img", "aria-label": alt}
        inner = ""
        if described is not None and (said := "".join(described.itertext()).strip()):
            traits["aria-describedby"] = f"{mine}description"
            inner = f'<desc id="{mine}description">{escape(said, quote=False)}</desc>'
        inner += "".join(_drawn(child, mine) for child in self.root if _tag(child) not in {"title", "desc"})
        return f"<svg{_written(traits)}>{inner}</svg>"


def pictures(made: Mapping[str, str]) -> dict[str, Picture]:
    """Every SVG in what was made, by its path; without one that somebody changed into something else."""
    drawn = {path: _picture(path, text) for path, text in made.items() if path.endswith(".svg")}
    return {path: picture for path, picture in drawn.items() if picture}


def _picture(path: str, text: str) -> Picture | None:
    if "<!" in text:
        return None  # a document type, which may name what is elsewhere; no picture of ours has one
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there is nothing to expand
        width = round(float(root.get("viewBox", "").split()[2]))
    except (ET.ParseError, ValueError, IndexError, OverflowError):
        return None
    styles = tuple("".join(element.itertext()).strip() for element in root.iter() if _tag(element) == "style")
    return Picture(PurePosixPath(path).stem, root, styles, width) if _tag(root) == "svg" else None


def style_of(shown: Iterable[Picture]) -> str:
    """One stylesheet for these pictures: each rule reaches only those that brought it, dark ones only a screen.

    None is shown larger than it was drawn, nor so small that its letters cannot be read: then it scrolls.
    """
    by_name = {picture.name: picture for picture in shown}
    by_style: dict[str, list[str]] = {}
    for picture in by_name.values():
        for style in picture.styles:
            by_style.setdefault(style, []).append(f".picture-{picture.name}")
    sheets = [_scoped(style, ", ".join(dict.fromkeys(names))) for style, names in by_style.items()]
    sizes = [
        f".picture-{picture.name} svg {{ width: {picture.width}px; min-width: {picture.width * LEAST // 100}px; }}"
        for picture in by_name.values()
    ]
    return "\n".join((*sheets, *sizes))


def _scoped(style: str, names: str) -> str:
    """Its rules inside these pictures only; what is no plain rule of a picture is left out."""
    lines = []
    depth = 0
    for found in _RULES.finditer(_COMMENT.sub("", style)):
        if found["screen"]:
            lines.append(f"@media screen and {found['screen'].strip()} {{")
            depth += 1
        elif found["selectors"] and _SELECTORS.fullmatch(found["selectors"]) and _SAYS.fullmatch(found["says"]):
            each = [f":is({names}) {one.strip()}" for one in found["selectors"].split(",")]
            lines.append(f"{', '.join(each)} {{ {found['says'].strip()} }}")
        elif found["end"] and depth:
            lines.append("}")
            depth -= 1
    return "\n".join(lines + ["}"] * depth)


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _drawn(element: ET.Element, mine: str) -> str:
    """What this draws, with what follows it inside its parent."""
    tail = escape(element.tail or "", quote=False)
    tag = _tag(element)
    if not _SHAPES.fullmatch(tag):
        return tail if tail.strip() else ""
    inner = escape(element.text or "", quote=False) + "".join(_drawn(child, mine) for child in element)
    inside = tail if tail.strip() or tag == "tspan" else ""
    return f"<{tag}{_written(_traits(element, mine))}>{inner if inner.strip() else ''}</{tag}>{inside}"


def _traits(element: ET.Element, mine: str) -> dict[str, str]:
    traits = {
        name: _INSIDE.sub(rf"url(#{mine}\g<1>)", value)
        for name, value in element.attrib.items()
        if _TRAITS.fullmatch(name)
    }
    if "id" in traits:
        traits["id"] = mine + traits["id"]
    return traits


def _written(traits: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in traits.items())
