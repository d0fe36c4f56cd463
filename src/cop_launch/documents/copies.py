"""A shipped template as a project's own: what stands at its top, and how it stands to the shipped one later."""

from __future__ import annotations

import re
import textwrap
from difflib import unified_diff
from enum import StrEnum
from hashlib import sha256

from cop_launch.documents.own import Shipped
from cop_launch.documents.rendering import SUFFIX
from cop_launch.documents.sandbox import FOLDER
from cop_launch.locales import Language, msg
from cop_launch.records import Record

_MADE = {"week-sheets": "plans/week-sheets-*.md"}
"""The templates that make more than the one document that is called as they are."""

_HEAD = re.compile(r"\A\{#-?\s*coplaunch: (?P<name>\S+) (?P<digest>[0-9a-f]{12})\b.*?#\}\n?", re.DOTALL)


class Standing(StrEnum):
    """How a project stands to a shipped template."""

    SHIPPED = "shipped"
    """It has none of its own."""
    SAME = "same"
    """Its own says the same."""
    OWN = "own"
    OUTDATED = "outdated"
    """Its own was copied from another text than the one that is shipped now."""


class Template(Record):
    """A template that there is, with how the project stands to it."""

    shipped: Shipped
    own: str | None
    standing: Standing

    @property
    def word(self) -> str:
        """What people call it: its file without the endings."""
        return self.shipped.name.removesuffix(SUFFIX)

    @property
    def makes(self) -> str | None:
        """The document that it makes, a star for names that only a project knows; None for words that others import."""
        return None if self.shipped.words else _MADE.get(self.word, f"plans/{self.word}.md")


def template(shipped: Shipped, own: str | None) -> Template:
    """A shipped template beside the project's own text, if it has one."""
    if own is None:
        return Template(shipped, own, Standing.SHIPPED)
    head = _HEAD.match(own)
    if _body(own) == shipped.text:
        return Template(shipped, own, Standing.SAME)
    outdated = head is not None and head["digest"] != digest(shipped.text)
    return Template(shipped, own, Standing.OUTDATED if outdated else Standing.OWN)


def digest(text: str) -> str:
    """Twelve digits that tell one text from another."""
    return sha256(text.encode()).hexdigest()[:12]


def copy(shipped: Shipped, language: Language) -> str:
    """The text of the file that a project gets: the shipped one, below a comment on what it is and what it may use."""
    found = template(shipped, None)
    if found.makes:
        what = msg(
            "This template makes {document}, in the place of the one that coplaunch ships.", document=found.makes
        )
        uses = msg("The values that the shipped one uses: {names}.", names=", ".join(shipped.variables))
    else:
        what = msg("Other templates import their words from here, in the place of the file that coplaunch ships.")
        uses = msg("Whatever stands at its top has to stay: they ask for it by name.")
    keep = msg(
        "Keep the first line: by it 'coplaunch templates list' sees when the shipped one has changed. "
        "'coplaunch templates diff {name}' shows what is different here.",
        name=found.word,
    )
    said = [language.say(one) for one in (what, uses, keep)]
    body = "\n".join(line for one in said for line in textwrap.wrap(one, 110, break_on_hyphens=False))
    return f"{{#- coplaunch: {shipped.name} {digest(shipped.text)}\n{body}\n#}}\n{shipped.text}"


def difference(found: Template) -> str:
    """From the shipped text to the project's own, as a unified diff; empty where they are the same."""
    if found.own is None:
        return ""
    old, new = found.shipped.text.splitlines(keepends=True), _body(found.own).splitlines(keepends=True)
    name = f"{FOLDER}/{found.shipped.name}"
    lines = unified_diff(old, new, f"shipped/{name}", name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _body(own: str) -> str:
    return _HEAD.sub("", own, count=1)
