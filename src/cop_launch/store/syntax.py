"""What stops the YAML parser, in our words: each problem as a sentence, a hint, and the place where it is mended."""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml

from cop_launch.findings import Finding, Place
from cop_launch.locales import Message, msg, nmsg
from cop_launch.store.text import Lines

_INDENT_TAB = re.compile(r"[ ]*\t")
_NO_BREAK_SPACE = re.compile(r":\xa0")
_TABBED = re.compile(r"(?:^|(?<=\r))[ ]*\t", re.MULTILINE)

_Words: TypeAlias = tuple[Message, Message]

_BLOCK = frozenset({"while parsing a block mapping", "while parsing a block collection"})

UNKNOWN: _Words = (
    msg("This is not right as YAML, from here on."),
    msg("Look at this line and the one above it: indentation, colons, quotes and brackets."),
)
_TAB: _Words = (
    msg("There is a tab in the indentation here."),
    msg("Replace it with spaces; YAML allows no tabs there."),
)
_INDENTATION: _Words = (
    msg(
        "This line does not belong to what stands above it: it starts too far to the left or to the right, or it should"
        " be a name with a colon."
    ),
    msg(
        "Give the fields and items of one group the same number of spaces; if the line above has quotes or brackets,"
        " see that they end where you mean."
    ),
)
_LEFTOVER: _Words = (
    msg("The value before this has already ended, so this does not belong to anything."),
    msg("Put the whole text in one pair of quotes, or delete the quote or bracket that is too many."),
)
_COLON: _Words = (
    msg("A colon makes a field here, in a place where there cannot be one."),
    msg("If it is part of a text, put the whole text in quotes; if it is a field, check the indentation."),
)
_DASH: _Words = (
    msg("A dash makes a list item here, in a place where there cannot be one."),
    msg("Start the list on the next line; if the dash is part of a text, put the whole text in quotes."),
)
_QUOTE: _Words = (
    msg("The quote that opens here is never closed."),
    msg("Close it with the same quote. An apostrophe inside single quotes is written twice: ''."),
)
_QUOTE_SPLIT: _Words = (
    msg("The quote that opens here is not closed before a line with --- or ..."),
    msg("Close it with the same quote."),
)
_BRACKET: _Words = (
    msg("The bracket that opens here is not closed, or a comma is missing between two of its items."),
    msg("Close it, and put a comma between the items; a text with a comma, a colon or a bracket goes in quotes."),
)
_NO_COLON: _Words = (
    msg("A name with a colon should stand here."),
    msg(
        "Add the colon with a space behind it; if this line continues the text above, indent it further than its name."
    ),
)
_NO_BREAK: _Words = (
    msg("The space behind this colon is a non-breaking space, and YAML only knows the ordinary one."),
    msg("Delete it and type a space."),
)
_ESCAPE: _Words = (
    msg("A backslash in double quotes starts a special character, and this one does not exist."),
    msg("Use single quotes, or write the backslash twice."),
)
_START: _Words = (
    msg("A text cannot start with this character."),
    msg("Put the whole text in quotes."),
)
_NO_VALUE: _Words = (
    msg("There should be a value before this."),
    msg("Add the value, or delete the comma or bracket; text that starts with it goes in quotes."),
)
_ANCHOR: _Words = (
    msg("A text cannot start with & or *."),
    msg("Put the whole text in quotes."),
)
_TAG: _Words = (
    msg("A text cannot start with an exclamation mark."),
    msg("Put the whole text in quotes."),
)
_BLOCK_TEXT: _Words = (
    msg("After | or > the text starts on the next line."),
    msg("Move the text to the next line and indent it; if | or > belongs to the text, put it in quotes."),
)
_MORE: _Words = (
    msg("Something follows here after the end of the document."),
    msg("Delete the line with ... above, or what follows it."),
)

# What PyYAML and libyaml say, each in its own words: a part of the context, a part of the problem, what we say, and
# whether it is where the thing started rather than where the parser noticed.
_KNOWN: tuple[tuple[str, str, _Words, bool], ...] = (
    ("quoted scalar", "unexpected end of stream", _QUOTE, True),
    ("quoted scalar", "unexpected document", _QUOTE_SPLIT, True),
    ("quoted scalar", "", _ESCAPE, False),
    ("flow sequence", "", _BRACKET, True),
    ("flow mapping", "", _BRACKET, True),
    ("block scalar", "", _BLOCK_TEXT, False),
    ("double-quoted", "unexpected end of stream", _QUOTE, True),
    ("double-quoted", "", _ESCAPE, False),
    ("", "mapping values are not allowed", _COLON, False),
    ("", "sequence entries are not allowed", _DASH, False),
    ("", "mapping keys are not allowed", _COLON, False),
    ("anchor", "", _ANCHOR, True),
    ("alias", "", _ANCHOR, True),
    ("tag", "", _TAG, True),
    ("", "tag handle", _TAG, False),
    ("simple key", "", _NO_COLON, True),
    ("", "cannot start any token", _START, False),
    ("", "node content", _NO_VALUE, False),
    ("block mapping", "", _INDENTATION, False),
    ("block collection", "", _INDENTATION, False),
    ("", "document start", _MORE, False),
)


def in_our_words(code: str, words: _Words, place: Place) -> Finding:
    return Finding(code, words[0], hint=words[1], place=place)


def explained(error: yaml.MarkedYAMLError, lines: Lines) -> Finding:
    """What stopped the parser, as a sentence of our own at the place where it should be mended."""
    context, problem = error.context or "", error.problem or ""
    noticed = error.problem_mark.index if error.problem_mark else 0
    begun = error.context_mark.index if error.context_mark else noticed
    in_brackets = "flow" in context or "quoted" in context
    if not in_brackets and (tab := _tab_before(lines, noticed)) is not None:
        place = lines.place(tab)
        more = len(_TABBED.findall(lines.text, tab + 1))
        if not more:
            return in_our_words("tab", _TAB, place)
        message = nmsg(
            "There is a tab in the indentation here, and in one line further on.",
            "There is a tab in the indentation here, and in {n} lines further on.",
            more,
        )
        return Finding("tab", message, hint=_TAB[1], place=place)
    if context in _BLOCK and lines.text[lines.start_of_line(noticed) : noticed].strip(" -"):
        return in_our_words("syntax", _LEFTOVER, lines.place(noticed))
    if (
        found := _NO_BREAK_SPACE.search(
            lines.text, lines.start_of_line(max(0, lines.start_of_line(begun) - 2)), noticed + 2
        )
    ) is not None:
        return in_our_words("syntax", _NO_BREAK, lines.place(found.start()))
    for in_context, in_problem, words, at_begin in _KNOWN:
        if in_context in context and in_problem in problem:
            if words is _ESCAPE:
                noticed = lines.text.rfind("\\", 0, noticed + 1)
            return in_our_words("syntax", words, lines.place(begun if at_begin else noticed))
    return in_our_words("syntax", UNKNOWN, lines.place(noticed))


def _tab_before(lines: Lines, index: int) -> int | None:
    """The tab in the indentation of the line that holds this character; None where there is none."""
    found = _INDENT_TAB.match(lines.text, lines.start_of_line(index))
    return found.end() - 1 if found else None
