"""All documents of a project on one page: a file that a sponsor opens, reads from the top, and prints.

It needs nothing beside it: no script, no font, no network. The documents are those that `render` made; here they are
only put together. This module loads markdown-it, so it is imported when a page is asked for, and not before.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from cop_launch.documents import BY_PHASE, DOCUMENTS
from cop_launch.documents.after_launch import LETTER
from cop_launch.documents.decided import Made, recorded
from cop_launch.documents.dry_run import DAILY_PLAN, WEEK_SHEETS
from cop_launch.documents.inline_pictures import Picture, pictures, style_of
from cop_launch.documents.markup import Around, Read, anchors_of, body, read
from cop_launch.documents.rendering import SUFFIX, environment, on_one_line, shipped_templates
from cop_launch.documents.report import awaits_review, ending
from cop_launch.documents.six_phases import PICTURE as SIX_PHASES
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.decision import Phase, standing
from cop_launch.model.project import Project
from cop_launch.phases import PHASES
from cop_launch.records import Record
from cop_launch.workflow import assess, dossier_for, gate_of

_SHEET = re.compile(re.escape(WEEK_SHEETS).replace(r"\{person\}", ".+"))
_IN_SHORT = (*DOCUMENTS, LETTER)
_REPORT = PurePosixPath("plans/go-no-go.md").stem
_OWN_ANCHORS = (
    "top",
    "content",
    "contents",
    "cover",
    "in-short",
    "week-sheets",
    "files",
    *(f"phase-{n}" for n in range(1, 8)),
)
"""What the page itself is made of; no document gets these."""


class Entry(Record):
    """A document on the page. `folded`: long and for every day, so it opens on a click and is not printed."""

    anchor: str
    title: str
    html: Markup
    folded: bool = False


class Part(Record):
    """The documents of a phase, or those for everyone (`phase` None); `files` are calendars and tables beside it."""

    anchor: str
    phase: Phase | None
    number: int | None
    entries: tuple[Entry, ...]
    sheets: tuple[Entry, ...] = ()
    files: tuple[str, ...] = ()


class Step(Record):
    """A phase on the way: the decision in force at its gate, and whether the project is before, at or after it."""

    phase: Phase
    number: int
    made: Made | None
    place: str
    anchor: str | None
    """Where its documents are; None while there are none."""


def page(made: Mapping[str, str], dossier: Dossier, language: Language) -> str:
    """The page as HTML, from what `render` made of the same dossier in the same language."""
    project = dossier.project
    name = on_one_line(project.name or "")
    gate = gate_of(project)
    here = dossier_for(dossier, gate)
    assessment = assess(here, gate)
    stands = standing(project.decisions or [])
    say = _words(language)
    parts, shown = _parts(made, name, language, say)
    steps = _steps(dossier, parts)
    words = _document_words(language)
    drawn = Markup(style_of(shown))  # noqa: S704 - rules of our own pictures, which hold no word of a project
    style = Markup(f"\n{_template('style.css').render(pictures=drawn, foot=_in_css(name or say['nameless']))}")  # noqa: S704
    decided = [made_ for decision in project.decisions or [] if (made_ := recorded(dossier, decision))]
    html: str = _template("page.html.j2").render(
        code=language.code,
        language=language,
        name=name,
        organisation=on_one_line((project.organisation.name if project.organisation else None) or ""),
        lead=on_one_line(_lead(project)),
        phase=stands.phase.value,
        number=assessment.gate.number,
        state=stands.state.value,
        ended=ending(dossier) is not None,
        awaits_review=awaits_review(here, assessment),
        verdict=assessment.verdict.value,
        blocking=len(assessment.blocking),
        report=_REPORT if any(entry.anchor == _REPORT for part in parts for entry in part.entries) else None,
        last=decided[-1] if decided else None,
        words=words,
        steps=steps,
        parts=parts,
        titles={part.anchor: _capital(_title_of(part, words, say)) for part in parts},
        unprinted=any(part.sheets or any(entry.folded for entry in part.entries) for part in parts),
        style=style,
        seal=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )
    return html


def _lead(project: Project) -> str:
    """What the community is for, as far as people have come: its mission, the hypothesis, or the idea it began with."""
    strategy, concept, initiative = project.strategy, project.concept_test, project.initiative
    idea = initiative.idea if initiative else None
    return (
        (strategy.mission if strategy else None)
        or (concept.hypothesis if concept else None)
        or (idea.text if idea else None)
        or ""
    )


def _parts(
    made: Mapping[str, str], name: str, language: Language, say: Mapping[str, str]
) -> tuple[tuple[Part, ...], list[Picture]]:
    """The documents as parts of the page, and the pictures in them."""
    used = set(_OWN_ANCHORS)
    documents = [read(path, text, used) for path, text in made.items() if path.endswith(".md")]
    on_page = anchors_of(documents)
    drawings = {PurePosixPath(path).name: picture for path, picture in pictures(made).items()}
    shown: list[Picture] = []

    def draw(file: str, alt: str) -> str:
        if file == PurePosixPath(SIX_PHASES).name:
            return ""  # the cover shows the same six phases, with the same decisions and days
        picture = drawings.get(file)
        if picture is None:
            return f"<p>{Markup.escape(alt)}</p>"
        shown.append(picture)
        label, svg = Markup.escape(f"{say['picture']}: {alt}"), picture.inline(alt, len(shown))
        frame = f'<div class="frame" role="group" tabindex="0" aria-label="{label}">{svg}</div>'
        return f'<figure class="picture picture-{picture.name}">{frame}</figure>'

    def entry(document: Read, deeper: int = 2) -> Entry:
        around = Around(
            on_page,
            draw,
            lambda above: f"{say['table']}: {above}",
            lambda ticked: say["done" if ticked else "to_do"],
            deeper,
        )
        html = Markup(body(document, around))  # noqa: S704 - markdown-it, with HTML switched off
        return Entry(document.anchor, _title(document, name, say), html, document.path == DAILY_PLAN)

    def part(anchor: str, phase: Phase | None, number: int | None) -> Part:
        mine = [document for document in documents if _phase_of(document.path) is phase]
        sheets = [document for document in mine if _SHEET.fullmatch(document.path)]
        files = [PurePosixPath(path).name for path in made if path.endswith((".ics", ".csv"))]
        return Part(
            anchor,
            phase,
            number,
            tuple(entry(document) for document in mine if document not in sheets),
            tuple(entry(document, 3) for document in sheets),
            tuple(files) if phase is Phase.PLAN else (),
        )

    parts = [part("in-short", None, None)]
    parts += [part(f"phase-{number}", phase, number) for number, phase in enumerate(Phase, 1)]
    return tuple(one for one in parts if one.entries or one.sheets or one.files), shown


def _phase_of(path: str) -> Phase | None:
    """The phase that a document belongs to; what comes with a plan, one for each person, belongs to the plan."""
    if path in _IN_SHORT:
        return None
    return next((phase for phase, documents in BY_PHASE.items() if path in documents), Phase.PLAN)


def _title(document: Read, name: str, say: Mapping[str, str]) -> str:
    """What a document is called among others of the same community: its own title, less the community's name."""
    if document.slides:
        return say["presentation"]
    title = document.title or PurePosixPath(document.path).stem
    return _capital(title.removeprefix(f"{name}: ") if name else title)


def _title_of(part: Part, words: Mapping[str, Any], say: Mapping[str, str]) -> str:
    if part.phase is None:
        return say["in_short"]
    return say["after"] if part.phase is Phase.LAUNCHED else words["phases"][part.phase.value]


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _steps(dossier: Dossier, parts: Iterable[Part]) -> list[Step]:
    decisions = dossier.project.decisions or []
    stands = standing(decisions)
    held = {decisions[position].gate: decisions[position] for position in stands.in_force}
    anchors = {part.phase: part.anchor for part in parts}
    order = list(Phase)
    steps = []
    for gate in PHASES:
        phase = Phase(gate.gate.value)
        decision = held.get(gate.gate)
        distance = order.index(phase) - order.index(stands.phase)
        place = "here" if distance == 0 else "before" if distance < 0 else "after"
        made = recorded(dossier, decision) if decision else None
        steps.append(Step(phase, gate.number, made, place, anchors.get(phase)))
    return steps


# -- templates --------------------------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    """The templates of the page, which is HTML."""
    made = shipped_templates("page")
    made.filters["first_capital"] = _capital
    return made


def _template(name: str) -> Any:
    return _environment().get_template(name)


def _words(language: Language) -> Mapping[str, str]:
    """What the page says by itself, in this language."""
    words: Mapping[str, str] = vars(_template(f"{language.code}.j2").module)["words"]
    return words


def _document_words(language: Language) -> Mapping[str, Any]:
    """The words of the documents: phases, decisions, verdicts."""
    return vars(environment(language).get_template(f"words{SUFFIX}").module)


def _in_css(text: str) -> Markup:
    """A text as a string in a stylesheet: every sign by its number, so that none of them can end it."""
    return Markup('"' + "".join(f"\\{ord(sign):x} " for sign in text) + '"')  # noqa: S704 - only figures and letters
