"""What Typer says of a command that was used wrongly, in sentences of ours: so that every language has them."""

from __future__ import annotations

import re
from collections.abc import Callable

from cop_launch.findings import did_you_mean
from cop_launch.locales import Message, msg

Said = tuple[Message, Message | None]
"""A sentence, and a hint where there is a better one than where to read more."""


def in_our_words(said: str) -> Said:
    """Typer's sentence in our words; one that is not known here is passed on as it stands."""
    for pattern, sentence in _SENTENCES:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return sentence(*found.groups())
    return msg("{said}", said=said), None


def _no_command(name: str, suggestions: str | None) -> Said:
    alike = re.findall(r"'([^']+)'", suggestions or "")
    return msg("There is no command '{name}'.", name=name), did_you_mean(name, alike)


def _no_option(name: str, possible: str | None) -> Said:
    return msg("There is no option {name}.", name=name), did_you_mean(name, (possible or "").split(", "))


def _no_choice(option: str, value: str, choices: str) -> Said:
    names = re.findall(r"'([^']+)'", choices)
    hint = did_you_mean(value, names) or msg("choose from {names}", names=", ".join(names))
    return msg("'{value}' is not one of the choices of {option}.", value=value, option=option), hint


_SENTENCES: tuple[tuple[str, Callable[..., Said]], ...] = (
    (r"No such command '(.+?)'\.?(?: Did you mean (.+)\?)?", _no_command),
    (r"No such option: (\S+?)\.?(?: \(Possible options: (.+)\))?", _no_option),
    (
        r"Missing argument '(.+?)'\..*",
        lambda name: (msg("{name} is missing.", name=name), None),
    ),
    (
        r"Got unexpected extra argument\(s\) \((.+)\)",
        lambda words: (msg("That is one word too many: {words}", words=words), None),
    ),
    (
        r"Option '(.+)' requires an argument\.",
        lambda name: (msg("{name} needs a value after it.", name=name), None),
    ),
    (
        r"Option '(.+)' does not take a value\.",
        lambda name: (msg("{name} takes no value.", name=name), None),
    ),
    (r"Invalid value for '(.+?)': '(.*)' is not one of (.+?)\.?", _no_choice),
    (
        r"Invalid value for '(.+?)': '(.*)' is not a valid int(?:eger)?(?: range)?\.",
        lambda name, value: (msg("{name} takes a whole number, not '{value}'.", name=name, value=value), None),
    ),
    (
        r"Invalid value for '(.+?)': (\S+) is not in the range x>=(\d+)\.",
        lambda name, value, least: (
            msg("{name} takes no number below {least}, so not {value}.", name=name, least=least, value=value),
            None,
        ),
    ),
)
"""Typer's sentences as they are in the series that pyproject.toml names, each with what it becomes."""
