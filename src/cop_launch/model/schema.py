"""The JSON Schema of the project file: what an editor needs to complete, explain and underline, in one language."""

from __future__ import annotations

from typing import Any

from cop_launch.locales import Language, Message, msg
from cop_launch.model.project import FORMAT, Project

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(language: Language) -> dict[str, Any]:
    """The schema of coplaunch.yaml, its titles and questions in this language."""
    schema = _in_words(Project.model_json_schema(by_alias=True), language)
    schema["properties"]["format"]["anyOf"] = [{"const": FORMAT}, {"type": "null"}]
    return {"$schema": DIALECT, "title": "coplaunch.yaml", **{k: v for k, v in schema.items() if k != "title"}}


def _in_words(node: Any, language: Language) -> Any:
    """The same schema as people write the file: in words, with `none`, one text for a list of one, and own keys."""
    if isinstance(node, list):
        return [_in_words(item, language) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node and node["$ref"].endswith("/Figure"):
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return {**_said(rest, language), "anyOf": [{"$ref": node["$ref"]}, {"type": "string"}]}
    found = {
        key: {name: _in_words(inner, language) for name, inner in value.items()}
        if key in {"properties", "$defs"}
        else _in_words(value, language)
        for key, value in node.items()
        if key not in {"default", "discriminator"}
    }
    # `oneOf` comes from a union that pydantic tells apart itself; a reader of the schema may try both.
    if "oneOf" in found:
        found["anyOf"] = found.pop("oneOf")
    found = _said(found, language)
    if found.get("type") == "object":
        found["patternProperties"] = {"^x-": {}}
        return {"anyOf": [found, {"const": "none"}]} if isinstance(found.get("additionalProperties"), dict) else found
    if found.get("type") == "array":
        items = found.get("items", {})
        scalar = [items] if not _is_section(items) else []
        return {"anyOf": [found, {"const": "none"}, *scalar]}
    return found


def _is_section(items: dict[str, Any]) -> bool:
    names = [items.get("$ref", ""), *(arm.get("$ref", "") for arm in items.get("anyOf", []))]
    enumerations = ("Party", "Gift", "Weekday")
    return any(name and not name.endswith(enumerations) for name in names)


def _said(node: dict[str, Any], language: Language) -> dict[str, Any]:
    """A field's title and question in the language, with its example; a section's own name and docstring left out."""
    if "title" not in node or not isinstance(node["title"], str):
        return node
    if "properties" in node or "enum" in node:
        return {key: value for key, value in node.items() if key not in {"title", "description"}}
    said = {key: value for key, value in node.items() if key not in {"examples", "source"}}
    said["title"] = language.say(Message(node["title"], domain="fields"))
    question = language.say(Message(str(node.get("description", "")), domain="fields"))
    example = language.say(Message(str(node["examples"][0]), domain="fields")) if node.get("examples") else ""
    said["description"] = (
        language.say(msg("{question} For example: {example}", question=question, example=example))
        if example
        else question
    )
    return said
