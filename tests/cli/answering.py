"""Somebody who answers what `fill` asks: from a plan that was written before, or from a list of answers."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cop_launch.cli.conversation import Conversation
from cop_launch.console.screen import Screen
from cop_launch.filling.answers import value_at
from cop_launch.filling.questions import NEW, Question, Role, label, named_by, pattern_of
from cop_launch.findings import KeyPath
from cop_launch.model.decision import Gate
from cop_launch.store.places import PLAN
from cop_launch.store.project import load
from cop_launch.store.source import read_source
from cop_launch.workflow import GATES, gate_of


@dataclass
class Known:
    """Knows a whole plan by heart, and answers from it what a plan that is being filled asks.

    Entries correspond by their order, since their short names may differ; people and whatever else is chosen are named
    by what they are recognised by.
    """

    plan: Any
    filled: Any = None

    @classmethod
    def from_file(cls, path: Path) -> Known:
        """From a project file."""
        source, _ = read_source(path.read_bytes(), path.name)
        assert source is not None
        return cls(source.tree)

    def answer(self, question: Question) -> str:
        """What a person would type, who has this plan in mind; nothing where it does not say."""
        if question.role is Role.KEY:
            held = value_at(self.plan, self._there(question.path))
            if held in ({}, "none"):
                return "none" if question.count == 0 else ""
            names = list(held) if isinstance(held, dict) else []
            if question.count >= len(names):
                return ""
            key = names[question.count]
            return str(self._name(question.takes.refers_to, key)) if question.takes.refers_to else key
        if question.role is Role.ITEM:
            held = value_at(self.plan, self._there(question.path))
            if held in ([], "none"):
                return "none" if question.count == 0 else ""
            items = [held] if isinstance(held, str) else list(held or ())
            return str(items[question.count]) if question.count < len(items) else ""
        if question.role is Role.ENTRY:
            held = value_at(self.plan, self._there(question.holder))
            if held in ([], {}, "none"):
                return "none" if question.count == 0 else ""
            if question.count >= len(held or ()):
                return ""
        return self._typed(question, value_at(self.plan, self._there(question.path)))

    def _typed(self, question: Question, value: Any) -> str:
        takes = question.takes
        if value is None:
            return ""
        if isinstance(value, dict) and "not_applicable" in value:
            return f"n/a: {value['not_applicable']}"
        if takes.kind == "figure":
            if isinstance(value, str):
                return value
            return f"{value['numerator']}/{value['denominator']}" if "numerator" in value else str(value["evidence"])
        if takes.several:
            items = [value] if isinstance(value, str) else value
            named = [str(self._name(takes.refers_to, item)) for item in items]
            return ", ".join(named) if items and value != "none" else "none"
        if takes.refers_to:
            return str(self._name(takes.refers_to, value))
        if takes.kind == "true or false":
            return "yes" if value == "true" else "no"
        return str(value)

    def _name(self, targets: Sequence[tuple[str, ...]], slug: str) -> str:
        """What somebody or something is recognised by, in the plan that is known."""
        for target in targets:
            if value_at(self.plan, (*target, slug)) is None:
                continue
            if target == ("people",):
                return label(self.plan, (*target, slug))
            entries = value_at(self.filled, target)
            if isinstance(entries, dict):
                position = list(value_at(self.plan, target)).index(slug)
                return slug if slug in entries else list(entries)[position]
        return slug

    def _there(self, path: KeyPath) -> KeyPath:
        """Where the plan that is known has what the plan that is being filled has at this path."""
        there: KeyPath = ()
        for depth, part in enumerate(path):
            known = value_at(self.plan, there)
            if not isinstance(known, dict) or part in known or pattern_of(path[: depth + 1])[-1:] != ("*",):
                there = (*there, part)
                continue
            if (target := named_by(path[:depth])) is not None:
                entries = list(value_at(self.filled, target) or ())
                names = list(value_at(self.plan, target) or ())
                there = (*there, names[entries.index(part)] if part in entries[: len(names)] else part)
                continue
            held = value_at(self.filled, path[:depth])
            names = list(held) if isinstance(held, dict) else []
            position = len(names) if part == NEW or part not in names else names.index(str(part))
            there = (*there, list(known)[position] if position < len(known) else part)
        return there

    def about(self, name: str, key: str) -> str:
        """What is known of a person: role or consent."""
        people = value_at(self.plan, ("people",)) or {}
        return next((str(one.get(key, "")) for slug, one in people.items() if one.get("name", slug) == name), "")


@dataclass
class Talk:
    """A conversation in this process: what was said, and which questions were put."""

    folder: Path
    gate: str | None = None
    asked: list[str] = field(default_factory=list)
    said: str = ""
    states: list[str] = field(default_factory=list)
    """The plan's text at each question."""

    def hold(self, person: Known | Mapping[str, Sequence[str]], stop_after: int = 2000) -> Talk:
        """Holds it with somebody who knows a plan, or who gives these answers: by the question's pattern, in order.

        Whatever else is asked is passed over.
        """
        loaded = load(self.folder)
        assert loaded.dossier is not None
        gate = GATES[Gate(self.gate)] if self.gate else gate_of(loaded.dossier.project)
        screen = io.StringIO()
        waiting = {name: list(given) for name, given in person.items()} if isinstance(person, Mapping) else {}
        before: list[Any] = [None, ""]

        def read() -> str:
            if len(self.asked) >= stop_after:
                raise EOFError
            question = talk.asked
            assert question is not None
            self.states.append((self.folder / PLAN).read_bytes().decode())
            heard = screen.getvalue()[len(self.said) :]
            self.said = screen.getvalue()
            aside = question is before[0] and self._aside(heard)
            before[0] = question
            name = aside or ".".join(pattern_of(question.path))
            self.asked.append(name)
            if isinstance(person, Known):
                person.filled = talk.loaded.source.tree if talk.loaded.source else None
                typed = (
                    "1" if aside == "one" else person.about(*aside.rsplit(" ", 1)) if aside else person.answer(question)
                )
            else:
                typed = waiting[name].pop(0) if waiting.get(name) else ""
            screen.write(f"> {typed}\n")
            self.said = screen.getvalue()
            return typed

        talk = Conversation(loaded, gate, Screen(screen), read)
        talk.run()
        self.said = screen.getvalue()
        return self

    @staticmethod
    def _aside(heard: str) -> str:
        """`Anna role`: whose work or consent is asked for, beside the questions of the plan."""
        if "1: one; 2: " in heard:
            return "one"
        line = " ".join(heard.split())
        found = [(match.start(), f"{match[1]} {key}") for text, key in _ASIDES for match in re.finditer(text, line)]
        return max(found)[1] if found else ""


_ASIDES = (
    (r"What is the work of ([^?]+)\? ", "role"),
    (r"On which day did ([^?]+) agree ", "consent"),
)
