"""The JSON Schema of the project file: what an editor needs to complete, explain and underline, in one language.

Written for the YAML language server, and valid for every other reader of schemas. An answer may be left out wherever it
may be given, so each field is a choice (`anyOf`) between the ways to write it and nothing at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cop_launch.locales import Language, Message, msg
from cop_launch.model.project import FORMAT, Project
from cop_launch.model.validation import schema_for_editors

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_HERE = "#/$defs/"
_OPEN = "open"
_NONE = "none"

_SCALARS: dict[str, dict[str, Any]] = {
    "text": {"type": ["string", "number", "boolean"]},
    "name": {"type": "string", "minLength": 1},
    "zone": {"type": "string"},
    "whole": {"type": "integer", "minimum": 0},
    "number": {"type": "number", "minimum": 0},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "clock": {"type": "string", "pattern": r"^\d?\d[:.]\d\d$"},
}
"""The kinds of single values, as the model writes them in full at every field; the schema says each once."""


def json_schema(language: Language) -> dict[str, Any]:
    """The schema of coplaunch.yaml, its titles and questions in this language."""
    model = schema_for_editors(Project)
    made = _Schema(language, frozenset(name for name, part in model["$defs"].items() if "enum" in part))
    parts = {name: made.part(part) for name, part in model["$defs"].items()}
    root = made.part(model)
    root["properties"]["format"]["anyOf"] = [{"const": FORMAT}, _to(_OPEN)]
    used = {**made.common(), **parts}
    return {"$schema": DIALECT, "title": "coplaunch.yaml", **root, "$defs": {name: used[name] for name in sorted(used)}}


def schema_text(schema: dict[str, Any]) -> str:
    """The schema as the text of a file: a field on a line, so that a difference between two versions can be read."""
    return _text(schema, "") + "\n"


def _text(node: dict[str, Any], indent: str) -> str:
    if not node.get("properties") and "$defs" not in node:
        return json.dumps(node, ensure_ascii=False)
    inner = indent + "  "
    lines = []
    for key, value in node.items():
        said = json.dumps(value, ensure_ascii=False)
        if key in {"properties", "$defs"}:
            rows = [f"{inner}  {json.dumps(name)}: {_text(item, inner + '  ')}" for name, item in value.items()]
            said = "{\n" + ",\n".join(rows) + f"\n{inner}}}"
        lines.append(f"{inner}{json.dumps(key)}: {said}")
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _to(name: str) -> dict[str, str]:
    return {"$ref": _HERE + name}


class _Schema:
    """From the model's own schema to the one for editors, in one language."""

    def __init__(self, language: Language, choices: frozenset[str]) -> None:
        self._language = language
        self._choices = choices

    def common(self) -> dict[str, dict[str, Any]]:
        """What many fields have in common, each with what to write instead when something else stands there.

        A text is whatever is no list and no mapping. That it is said in two ways keeps editors from offering `true`
        for it, which they do for a type that takes it.
        """
        fields = self._sentence(msg("here come fields, each on a line of its own: name: value"))
        listing = self._sentence(msg("here comes a list: one line each, starting with a hyphen, or [one, two]"))
        text = self._sentence(msg("here comes one text or number, not a list or fields"))
        name = self._sentence(msg("write a short name: letters, digits and hyphens, and no spaces"))
        zone = self._sentence(msg("write area and city: Europe/Amsterdam"))
        whole = self._sentence(msg("write digits only, without a leading zero: 14"))
        number = self._sentence(
            msg("write digits, with a point before decimals and nothing between thousands: 1250.50")
        )
        flag = self._sentence(msg("write true or false"))
        day = self._sentence(msg("write year, month and day: 2025-02-25"))
        clock = self._sentence(msg('write hours and minutes: "15:30"'))
        said = {
            "text": {
                "anyOf": [{"type": "string", "errorMessage": text}, {"not": {"type": ["object", "array", "null"]}}]
            },
            "name": {**_SCALARS["name"], "errorMessage": name},
            "zone": {**_SCALARS["zone"], "errorMessage": zone},
            "whole": {**_SCALARS["whole"], "errorMessage": whole},
            "number": {**_SCALARS["number"], "errorMessage": number},
            "flag": {**_SCALARS["flag"], "errorMessage": flag},
            "day": {**_SCALARS["day"], "errorMessage": day, "patternErrorMessage": day},
            "clock": {**_SCALARS["clock"], "errorMessage": clock, "patternErrorMessage": clock},
        }
        return {
            **said,
            "fields": {"type": "object", "errorMessage": fields},
            "entry": {"title": self._language.say(msg("short-name")), "minLength": 1},
            "list": {"type": "array", "errorMessage": listing},
            _NONE: {"const": "none"},
            # Says no to all that there is, rather than yes to `null`, which editors would offer as an answer.
            _OPEN: {
                "title": "",
                "not": {
                    "title": "",
                    "type": ["string", "number", "boolean", "object", "array"],
                    # They rule nothing out. The language server takes as many matches as there are ways to answer for
                    # a match with every way, and repeats the title for each; with these there are always more.
                    "allOf": [{"title": ""}] * 8,
                },
            },
        }

    def part(self, model: dict[str, Any]) -> dict[str, Any]:
        """A section, or a choice. Neither its Python name nor its docstring is meant for people who plan."""
        if "enum" in model:
            wanted = msg("choose from {choices}", choices=", ".join(model["enum"]))
            return {"enum": model["enum"], "errorMessage": self._sentence(wanted)}
        fields = {key: self._field(field) for key, field in model["properties"].items()}
        return {
            # Beside the rest, not in it: what it says would also be said of a key that is not known.
            "anyOf": [_to("fields")],
            "properties": fields,
            "patternProperties": {"^x-": {}},
            "additionalProperties": False,
        }

    def _field(self, model: dict[str, Any]) -> dict[str, Any]:
        """A field: its title, its question with an example, and every way in which it may be answered."""
        ways = [way for arm in _arms(model) for way in self._ways(arm)]
        # A rule that rules nothing out, but tells editors to start such an answer on a new line, indented.
        empty: dict[str, dict[str, Any]] = {"array": {"items": {}}, "object": {"properties": {}}}
        return {
            "title": self._say(str(model["title"])),
            "description": self._question(model),
            **empty.get(self._kind(model), {}),
            "anyOf": [*ways, _to(_OPEN)],
        }

    def _kind(self, model: dict[str, Any]) -> str:
        """What an answer to a field usually is: object, array or one value."""
        first = next(_arms(model))
        if "$ref" in first:
            return "" if first["$ref"].removeprefix(_HERE) in self._choices else "object"
        return str(first.get("type", ""))

    def _ways(self, model: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Every way to write what the model takes: a list may be one text, and `none` is an empty one."""
        scalar = next((name for name, rules in _SCALARS.items() if rules == model), None)
        if scalar:
            yield _to(scalar)
        elif "$ref" in model:
            yield model
            if model["$ref"] == _HERE + "Figure":
                yield _to("name")
        elif model.get("type") == "array":
            items = self._entry(model["items"])
            yield {"anyOf": [_to("list")], "items": items}
            yield _to(_NONE)
            if self._kind(model["items"]) != "object":
                yield items
        elif model.get("type") == "object":
            wanted = msg("here come entries, each with a short name of its own: name: {{…}}")
            yield {
                "type": "object",
                "propertyNames": _to("entry"),
                "additionalProperties": self._entry(model["additionalProperties"]),
                "errorMessage": self._sentence(wanted),
            }
            yield _to(_NONE)
        else:
            yield model

    def _entry(self, model: dict[str, Any]) -> dict[str, Any]:
        """One item of a list or mapping: never nothing."""
        ways = [way for arm in _arms(model) for way in self._ways(arm)]
        return ways[0] if len(ways) == 1 else {"anyOf": ways}

    def _question(self, field: dict[str, Any]) -> str:
        question = self._say(str(field.get("description", "")))
        if not field.get("examples"):
            return question
        example = self._say(str(field["examples"][0]))
        return self._language.say(msg("{question} For example: {example}", question=question, example=example))

    def _say(self, words: str) -> str:
        return self._language.say(Message(words, domain="fields"))

    def _sentence(self, message: Message) -> str:
        said = self._language.say(message)
        return said[:1].upper() + said[1:] + "."


def _arms(model: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the model takes at a place, apart from nothing at all, without its words."""
    alternatives = model.get("anyOf", model.get("oneOf"))
    if alternatives is None:
        yield {key: value for key, value in model.items() if key in _RULES}
        return
    for arm in alternatives:
        if arm != {"type": "null"}:
            yield from _arms(arm)


_RULES = {"$ref", "additionalProperties", "items", "minLength", "minimum", "pattern", "propertyNames", "type"}
