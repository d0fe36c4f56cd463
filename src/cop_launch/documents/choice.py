"""Which documents somebody means: all of a phase, or those of a name, with the pictures that they show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from cop_launch.documents import BY_PHASE, DOCUMENTS
from cop_launch.model.decision import Gate, Phase
from cop_launch.records import Record

PAGE = "plans/index.html"
"""All documents on one page; `documents.page` makes it."""

AS_SOON_AS: Mapping[Phase, tuple[str, ...]] = {
    Phase.PLAN: (
        "plans/daily-plan.md",
        "plans/daily-plan.csv",
        "plans/calendar.ics",
        "plans/calendar-*.ics",
        "plans/week-sheets-*.md",
        "plans/dry-run-report.md",
    ),
    Phase.LAUNCHED: ("plans/closing-letter.md",),
}
"""What comes in a phase as soon as a project says something about it; with a star, one for each person."""

_PHASES = {
    **{phase.value: phase for phase in Phase},
    **{str(number): phase for number, phase in enumerate(Phase, 1) if phase is not Phase.LAUNCHED},
    Gate.REVIEW.value: Phase.LAUNCHED,
}
_LINK = re.compile(r"\]\(<?(?:\./)?([^)\s<>#]+)")


class Choice(Record):
    """A word, and the documents that it can mean: their paths, with a star for names that only a project knows."""

    word: str
    patterns: tuple[str, ...]

    @property
    def ahead(self) -> frozenset[str]:
        """Those of a phase that are made also before the project has come so far."""
        return frozenset(self.patterns) & _OF_A_PHASE

    def among(self, made: Mapping[str, str]) -> frozenset[str]:
        """Those of these documents that are meant, with the pictures, tables and calendars that they show."""
        meant = {path for path in made if any(fnmatchcase(path, pattern) for pattern in self.patterns)}
        return frozenset(meant | {shown for path in meant for shown in _shown(path, made)})


_OF_A_PHASE = frozenset(path for documents in BY_PHASE.values() for path in documents)


def chosen(words: Sequence[str], made: Collection[str]) -> tuple[list[Choice], list[str]]:
    """What each word means, and the words that mean nothing.

    A word is a phase, by its name or number, or a document, by its path or name, with or without what stands after the
    dot: `core-group`, `3`, `concept`, `plans/concept.md`. One of each person is also meant by what they have in common:
    `week-sheets`. `made` are the documents that a project has, for the names that only it knows.
    """
    every = sorted({*made, *DOCUMENTS, *_OF_A_PHASE, PAGE, *(one for all_ in AS_SOON_AS.values() for one in all_)})
    choices, unknown = [], []
    for word in words:
        patterns = tuple(_meant(word, every))
        if patterns:
            choices.append(Choice(word, patterns))
        else:
            unknown.append(word)
    return choices, unknown


def names(made: Collection[str]) -> list[str]:
    """What can be asked for: the phases, and the documents by their names."""
    every = {*made, *DOCUMENTS, *_OF_A_PHASE}
    return [*(phase.value for phase in Phase), *sorted({PurePosixPath(path).stem for path in every})]


def _meant(word: str, every: Sequence[str]) -> Iterator[str]:
    phase = _PHASES.get(word.replace("-", "_").lower())
    if phase is not None:
        yield from BY_PHASE.get(phase, ())
        yield from AS_SOON_AS.get(phase, ())
        return
    name = word.replace("\\", "/").removeprefix("./").removeprefix("plans/").lower()
    plain = name.replace("_", "-")
    for path in every:
        known = PurePosixPath(path)
        if name == known.name.lower() or plain in (known.stem.lower(), known.stem.lower().removesuffix("-*")):
            yield path


def _shown(path: str, made: Mapping[str, str]) -> Iterator[str]:
    """What a document shows, or links to, that is no document to read by itself."""
    if path.endswith(".md"):
        for link in _LINK.findall(made[path]):
            found = f"plans/{link}"
            if found in made and not found.endswith(".md"):
                yield found


def template_of(path: str) -> str | None:
    """The name of the template that a document comes from; None for pictures, tables and calendars."""
    if not path.endswith(".md"):
        return None
    for pattern in (one for all_ in AS_SOON_AS.values() for one in all_):
        if "*" in pattern and fnmatchcase(path, pattern):
            return PurePosixPath(pattern).stem.removesuffix("-*")
    return PurePosixPath(path).stem
