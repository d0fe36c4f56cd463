"""A small launch with a gate of its own, so that its documents change only when the documents do."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cop_launch.gates import (
    Criterion,
    Dossier,
    Effort,
    Level,
    Outcome,
    PhaseGate,
    Threshold,
    met,
    missing,
    not_applicable,
    number_of,
    share_of,
    unmet,
)
from cop_launch.locales import MONTHS, WEEKDAYS, Language, Message, in_language
from cop_launch.model.decision import Gate, Result
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.statistics import Share, Weighed, weigh, wilson
from cop_launch.workflow import CRITERIA

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "documents"

WORDS = {
    "nl": {
        "need": "De behoefte is er echt",
        "need-saw": "{n} mensen noemen dezelfde behoefte",
        "willing": "Gesprekspartners willen bijdragen",
        "willing-saw": "{k} van de {n} = {share:percent}, marge {low:percent} tot {high:percent}",
        "willing-few": "{k} van de {n}: te weinig gesprekken om iets te zeggen",
        "willing-more": "Vraag in elk gesprek of iemand wil bijdragen, en waarmee.",
        "willing-todo": "voer nog {more} gesprekken",
        "interviews": "Genoeg gesprekken gevoerd",
        "interviews-saw": "{n} gesprekken gevoerd",
        "champion": "Kartrekker bekend",
        "champion-saw": "nog niemand genoemd",
        "champion-todo": "vraag wie het nu al doet, en zet die onder `champions`",
        "travel": "Reizen geregeld",
        "travel-saw": "alles in één gebouw",
        "networks": "Informele netwerken in beeld",
        "networks-saw": "nog niet bekend",
        "networks-todo": "Vraag in elk gesprek wie iemand als eerste belt.",
    },
    "en": {
        "need": "The need is real",
        "need-saw": "{n} people name the same need",
        "willing": "Interviewees want to contribute",
        "willing-saw": "{k} of {n} = {share:percent}, margin {low:percent} to {high:percent}",
        "willing-few": "{k} of {n}: too few conversations to say",
        "willing-more": "Ask in every conversation whether someone wants to contribute, and what.",
        "willing-todo": "hold {more} more conversations",
        "interviews": "Enough conversations held",
        "interviews-saw": "{n} conversations held",
        "champion": "A champion is known",
        "champion-saw": "nobody is named yet",
        "champion-todo": "ask who does it already, and put them under `champions`",
        "travel": "Travel arranged",
        "travel-saw": "everything in one building",
        "networks": "Informal networks in view",
        "networks-saw": "not known yet",
        "networks-todo": "Ask in every conversation whom people call first.",
    },
}


def gate(language: str) -> PhaseGate:
    """A gate of the first phase with six criteria, one for each thing that a report can have to say."""
    words = WORDS[language]

    def say(key: str, **values: Any) -> Message:
        return Message(words[key], values, domain="coplaunch")

    def need(d: Dossier) -> Outcome:
        needs = (d.project.initiative.needs if d.project.initiative else None) or {}
        heard = [entry.heard_from for entry in needs.values() if entry.heard_from]
        return met(say("need-saw", n=heard[0])) if heard else missing(say("champion-saw"))

    def willing(d: Dossier, threshold: Fraction) -> Outcome:
        interviews = d.project.initiative.interviews if d.project.initiative else None
        said = interviews.want_to_contribute if interviews else None
        if not interviews or not said or said.active is None or interviews.held is None:
            return missing(say("champion-saw"))
        share = Share(said.active, interviews.held)
        values: dict[str, Any] = {"k": share.numerator, "n": share.denominator, "share": share.fraction}
        values |= {"low": wilson(share).low, "high": wilson(share).high}
        weighed = weigh(share, threshold, 10, left_to_ask=True)
        if weighed is Weighed.TOO_FEW:
            todo = say("willing-todo", more=10 - share.denominator)
            return missing(say("willing-few", **values), todo, share=share)
        return (met if weighed is Weighed.MET else unmet)(say("willing-saw", **values), share=share)

    def interviews(d: Dossier, threshold: Fraction) -> Outcome:
        asked = d.project.initiative.interviews if d.project.initiative else None
        held = (asked.held if asked else None) or 0
        saw = say("interviews-saw", n=held)
        return met(saw) if held >= threshold else missing(saw, say("willing-todo", more=int(threshold) - held))

    def champion(d: Dossier) -> Outcome:
        return missing(say("champion-saw"))

    def travel(d: Dossier) -> Outcome:
        return not_applicable(say("travel-saw"))

    def networks(d: Dossier) -> Outcome:
        return missing(say("networks-saw"))

    def criterion(id_: str, level: Level, function: Any, title: str, remedy: str, **more: Any) -> Criterion:
        threshold: Threshold | None = more.get("threshold")
        sources: tuple[str, ...] = more.get("sources", ())
        prose = say(title), say(title), say(remedy)
        return Criterion(
            id_, level, function, ("initiative",), sources, tuple(Result), threshold, Effort.WRITE, None, *prose
        )

    return PhaseGate(
        Gate.INITIATIVE,
        1,
        say("need"),
        say("need"),
        (
            criterion("behoefte", Level.DECISIVE, need, "need", "champion-todo", sources=("six-steps",)),
            criterion(
                "willen", Level.DECISIVE, willing, "willing", "willing-more", threshold=share_of(20, "hard-work")
            ),
            criterion(
                "genoeg-gesprekken", Level.REQUIRED, interviews, "interviews", "willing-more", threshold=number_of(10)
            ),
            criterion("kartrekker", Level.REQUIRED, champion, "champion", "champion-todo"),
            criterion("reizen", Level.REQUIRED, travel, "travel", "champion-todo"),
            criterion("netwerken", Level.ADVISED, networks, "networks", "networks-todo", sources=("oh-hemel",)),
        ),
    )


REVIEW = PhaseGate(Gate.REVIEW, 7, Message("Review"), Message("?"), ())
"""A review that asks nothing."""


class _Dutch(Language):
    """Dutch with the few words that these documents take from the catalogues, which change for reasons of their own."""

    def _catalogue(self, domain: str) -> gettext.NullTranslations:
        return _Words()


class _Words(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return _DUTCH.get(message, message)


_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
_WEEKDAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
_DUTCH = {
    **{day.text: dutch for day, dutch in zip(WEEKDAYS, _WEEKDAYS.split(), strict=True)},
    **{month.text: dutch for month, dutch in zip(MONTHS, _MONTHS.split(), strict=True)},
    "{first} and {last}": "{first} en {last}",
    CRITERIA["urgency-stated"][1].title.text: "Waarom nu, in andermans woorden",
    CRITERIA["willing-in-interviews"][1].title.text: "Gesprekspartners willen bijdragen",
}
_LANGUAGES = {"nl": _Dutch("nl"), "en": in_language("en")}


def language_of(code: str) -> Language:
    """The language in which the golden documents are."""
    return _LANGUAGES[code]


@cache
def _written() -> Any:
    return yaml.load((HERE / "project.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def states(language: str) -> list[str]:
    """The states of the small launch in this language, in an order that is the same for all."""
    return list(_written()[language]["states"])


def tree(language: str, state: str) -> Any:
    """The small launch in one of its states, as a reader finds it."""
    written = _written()[language]
    return laid_over(written["project"], written["states"][state])


def dossier(language: str, state: str) -> Dossier:
    """The same, read."""
    return Dossier(validate(Project, tree(language, state)))


def laid_over(below: Any, above: Any) -> Any:
    """Mappings key by key; anything else takes the place of what was there."""
    if not isinstance(below, Mapping) or not isinstance(above, Mapping):
        return above
    return {key: laid_over(below.get(key), above[key]) if key in above else below[key] for key in {**below, **above}}


def is_golden(name: str, text: str) -> None:
    """Holds a document against the file in `tests/golden/documents`; `GOLDEN=write` in the environment writes it."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


def overwritten(value: Any, text: str, is_free: Callable[[str, str], bool], key: str = "") -> Any:
    """The same tree with `text` wherever a value `is_free` under its key; that of a list is the key of its items."""
    if isinstance(value, dict):
        return {name: overwritten(item, text, is_free, name) for name, item in value.items()}
    if isinstance(value, list):
        return [overwritten(item, text, is_free, key) for item in value]
    return text if is_free(key, value) else value
