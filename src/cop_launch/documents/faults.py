"""What is wrong with a project's own templates, in words: each fault as a finding at its file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath

from cop_launch.documents.own import Fault, Wrong
from cop_launch.documents.rendering import SUFFIX
from cop_launch.documents.sandbox import FOLDER, LONGEST
from cop_launch.documents.word_file import STYLES
from cop_launch.findings import Finding, Place, Severity, did_you_mean, in_order
from cop_launch.locales import Message, msg

_TYPES = {
    "NoneType": msg("nothing at all"),
    "bool": msg("a yes or no"),
    "float": msg("a number that is not exact"),
    "list": msg("a list"),
    "tuple": msg("a list"),
    "dict": msg("a mapping"),
    "time": msg("a time of day"),
}
_SHOWN = 12
"""How many of the names that there are instead are listed."""


def findings_of(faults: Iterable[Fault]) -> tuple[Finding, ...]:
    """Each fault as a finding, its file by its path in the project; as people read, from file to file."""
    return in_order(_finding(fault) for fault in faults)


def _finding(fault: Fault) -> Finding:
    place = Place(f"{FOLDER}/{fault.template}", fault.line, fault.column, fault.length)
    said = fault.said
    match fault.wrong:
        case Wrong.SYNTAX:
            message = msg("this cannot be read as a template: {said}", said=said)
            return Finding("template-syntax", message, place=place)
        case Wrong.NAME:
            message = msg("`{name}` is not known here", name=said)
            return Finding("template-unknown", message, hint=_instead(said, fault.known), place=place)
        case Wrong.PART:
            message = msg("there is no `{name}` in this value", name=said)
            return Finding("template-unknown", message, hint=_instead(said, fault.known), place=place)
        case Wrong.FILTER:
            message = msg("there is no filter `{name}` in a template of a project", name=said)
            return Finding("template-unknown", message, hint=_instead(said, fault.known), place=place)
        case Wrong.TEST:
            message = msg("there is no test `{name}`", name=said)
            return Finding("template-unknown", message, hint=_instead(said, fault.known), place=place)
        case Wrong.TEMPLATE:
            message = msg("there is no template `{name}`, shipped or in templates/", name=said)
            return Finding("template-unknown", message, hint=_instead(said, fault.known), place=place)
        case Wrong.LACKS:
            message = msg("`{name}` is missing, which other templates import from here", name=said)
            hint = msg("Copy it from the shipped template; 'coplaunch templates diff' shows it.")
            return Finding("template-unknown", message, hint=hint, place=place)
        case Wrong.FORMLESS:
            message = msg("this has no form in a text: it is {what}", what=_TYPES.get(said, said))
            hint = msg("Ask with `if` whether there is something, go through a list with `for`, or use `joined`.")
            return Finding("template-value", message, hint=hint, place=place)
        case Wrong.FORBIDDEN:
            message = msg("`{name}` may not be used in a template of a project", name=said)
            hint = msg("A template sees the values of its document, and the filters that the shipped templates use.")
            return Finding("template-forbidden", message, hint=hint, place=place)
        case Wrong.FAILED:
            message = msg("this cannot be worked out: {said}", said=said)
            return Finding("template-value", message, place=place)
        case Wrong.TIME:
            message = msg("this takes too long: a template has two seconds of computing time")
            hint = msg("Make the loop shorter, or take it out.")
        case Wrong.MEMORY:
            message = msg("this needs more memory than a template is given")
            hint = msg("Make the text or the list shorter.")
        case Wrong.SIZE:
            message = msg("this becomes too big: a document has at most {n} characters", n=LONGEST)
            hint = msg("Make the text or the list shorter.")
        case Wrong.DEPTH:
            message = msg("this goes on inside itself without an end")
            hint = msg("A macro that calls itself, or a template that includes itself, has to stop somewhere.")
    return Finding("template-limit", message, hint=hint, place=place)


def _instead(name: str, known: tuple[str, ...]) -> Message | None:
    if not known:
        return None
    near = did_you_mean(name, known)
    if near:
        return near
    listed = sorted(set(known))
    more = ", …" if len(listed) > _SHOWN else ""
    return msg("known are: {names}", names=", ".join(listed[:_SHOWN]) + more)


def strays(files: Iterable[str], own: Mapping[str, str], shipped: Collection[str]) -> tuple[Finding, ...]:
    """A warning for each file in templates/ that takes no template's place, and that no other one includes.

    `files` are all that is there, by name; `own` the templates among them.
    """
    found = []
    for name in sorted(files):
        if (
            name in shipped
            or f"{FOLDER}/{name}" == STYLES
            or (name in own and any(_mentions(text, name) for text in own.values()))
        ):
            continue
        stem = PurePosixPath(name).name.partition(".")[0]
        near = get_close_matches(stem, [one.removesuffix(SUFFIX) for one in shipped], n=1)
        hint = (
            msg("did you mean '{word}'?", word=near[0] + SUFFIX)
            if near
            else msg("'coplaunch templates list' shows the names that there are.")
        )
        message = msg("no document is made with this file")
        place = Place(f"{FOLDER}/{name}", 1, 1)
        found.append(Finding("template-stray", message, severity=Severity.WARNING, hint=hint, place=place))
    return tuple(found)


def _mentions(text: str, name: str) -> bool:
    return f'"{name}"' in text or f"'{name}'" in text
