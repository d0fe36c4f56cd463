"""Reads YAML text into values as they were written, with the place of each.

The values are built here from the parser's events, without recursion: a scalar stays the text that stands in the
file (`no`, `12:30` and `010` are text until a field's own type reads them), a duplicate key is seen, and depth,
aliases and size are bounded before anything grows. Nothing here raises for bad text: what is wrong is a finding.

Only what a project file needs is YAML here: one document, a mapping, no tags, no merge keys. Anchors and aliases are
read (the value is shared) and bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

from cop_launch.findings import Finding, KeyPath, Place, in_order
from cop_launch.locales import Message, msg
from cop_launch.records import Record, replace
from cop_launch.store.syntax import UNKNOWN, explained, in_our_words
from cop_launch.store.text import (
    MOST_FINDINGS,
    Lines,
    conflicts,
    decode,
    directives,
    may_hold_unprintable,
    without_unprintable,
)

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""What a file says: keys and scalars are text, an empty or null scalar is None."""

LARGEST: Final = 5_000_000
"""Bytes of a file; a plan for years of work is far under one hundredth of this."""
MOST_EVENTS: Final = 100_000
DEEPEST: Final = 50
"""Lists and mappings within each other."""
MOST_REPEATED: Final = 100_000
"""Values that aliases may add; a hundred characters count as one value."""
NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})

_STYLES: Final = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


class Mark(NamedTuple):
    """Where a value stands: character positions in the text, from the start up to and not including the end.

    `style` is plain, single, double, literal, folded, flow, block or alias. A value that has an anchor starts there.
    A list item and the root have no key. A value that is left empty starts and ends right after its colon or dash.
    """

    start: int
    end: int
    style: str
    key_start: int | None = None
    key_end: int | None = None


class Source(Record):
    """A file as it was read: its text, what it says, and where each part stands."""

    file: str
    text: str
    """Decoded, without the byte order mark; line endings as they are."""
    bom: bool
    """The file started with a byte order mark."""
    tree: Tree
    marks: Mapping[KeyPath, Mark]
    """Of every value that is written out; what an alias repeats has only the alias's own mark."""
    shared: frozenset[KeyPath]
    """The anchored values that an alias elsewhere repeats."""
    lines: Lines

    def place(self, path: KeyPath, at_key: bool = False) -> Place:
        """Where a value stands, or its key; what is not there is placed at the key of its nearest parent.

        So is a value without an end that can be shown: an empty one, and a collection over several lines.
        """
        mark = self.marks.get(path)
        while mark is None and path:
            path, at_key = path[:-1], True
            mark = self.marks.get(path)
        if mark is None:
            return self.lines.place(0)
        if mark.key_start is not None and (at_key or mark.start == mark.end or mark.style == "block"):
            return self.lines.place(mark.key_start, mark.key_end)
        return self.lines.place(mark.start, None if mark.style == "block" else mark.end)

    def locate(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings with their place filled in; those that have one keep it."""
        return tuple(
            finding if finding.place else replace(finding, place=self.place(finding.path, finding.at_key))
            for finding in findings
        )


def read_source(raw: bytes, file: str) -> tuple[Source | None, tuple[Finding, ...]]:
    """Everything that a file says and everything that is wrong with it as YAML, in the order of the file.

    `file` is the name that places carry. There is no source when the text could not be read to its end.
    """
    if len(raw) > LARGEST:
        return None, (_too_large(Lines(file, "").place(0)),)
    text, bom, findings = decode(raw, file)
    lines = Lines(file, text)
    if findings and not text:
        return None, findings
    complete = not findings
    readable = text
    if not complete or may_hold_unprintable(raw):
        readable, unprintable = without_unprintable(text, lines)
        findings += unprintable
    stoppers = conflicts(text, lines) or directives(text, lines)
    if stoppers:
        return None, in_order((*findings, *stoppers))
    builder = _Builder(readable, lines)
    reached_end = builder.build()
    findings = in_order((*findings, *builder.findings))
    if not (complete and reached_end):
        return None, findings
    return Source(file, text, bom, builder.tree, builder.marks, frozenset(builder.shared), lines), findings


def _too_large(place: Place) -> Finding:
    return Finding(
        "too-large",
        msg(
            "This file is too large to be read: it may have {bytes} bytes and {values} values.",
            bytes=LARGEST,
            values=MOST_EVENTS // 2,
        ),
        hint=msg("Is this the right file? Raw data belongs in evidence/raw/."),
        place=place,
    )


# -- from events to values ----------------------------------------------------------------------------------------


class _PythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, for where libyaml is missing."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def get_event(self) -> Any:
        event: Any = super().get_event()  # type: ignore[no-untyped-call]
        if event.__class__ is ScalarEvent and any("\ud800" <= letter <= "\udfff" for letter in event.value):
            mark: Any = event.start_mark
            raise ScannerError(
                "while parsing a quoted scalar", mark, "found invalid Unicode character escape code", mark
            )
        return event


_parser: Any = _PythonParser
if yaml.__with_libyaml__:
    _parser = yaml.cyaml.CParser  # type: ignore[attr-defined]


class _Anchor(NamedTuple):
    value: Tree
    weight: int
    """What repeating it adds."""
    height: int
    path: KeyPath
    open: bool = False
    """Its value is still being read: an alias to it would hold itself."""


class _Stop(Exception):
    """Reading does not go on; the finding has been made. `complete` when what was read can be used."""

    def __init__(self, complete: bool = False) -> None:
        self.complete = complete


_new = tuple.__new__  # a Mark without the detour through its own __new__: a twentieth of all reading


class _Frame:
    """A list or mapping that is being read; of a mapping also the key whose value comes next."""

    __slots__ = (
        "anchor",
        "dropped",
        "flow",
        "height",
        "holder",
        "key",
        "key_end",
        "key_start",
        "marks",
        "nodes",
        "path",
        "repeated",
        "start",
        "unread",
    )

    def __init__(
        self, holder: Any, path: KeyPath, marks: dict[KeyPath, Mark], event: Any, nodes: int, repeated: int
    ) -> None:
        self.holder = holder
        self.unread = holder.__class__ is dict
        """A key comes next, not a value."""
        self.path = path
        self.marks = marks
        self.start: int = event.start_mark.index
        self.flow: bool = event.flow_style
        self.anchor: str | None = event.anchor
        self.nodes = nodes
        self.repeated = repeated
        self.height = 0
        self.key: Any = None
        self.key_start: int | None = None
        self.key_end: int | None = None
        self.dropped = False
        """The value that comes next has no place to go to."""


class _Builder:
    """Builds the tree of one text. Everything wrong that does not stop it is noted, and reading goes on."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text = text
        self.lines = lines
        self.tree: Tree = None
        self.marks: dict[KeyPath, Mark] = {}
        self.shared: set[KeyPath] = set()
        self.findings: list[Finding] = []
        self._frame: _Frame | None = None
        self._outer: list[_Frame | None] = []
        self._anchors: dict[str, _Anchor] = {}
        self._nodes = 0
        self._repeated = 0
        self._end = 0
        """Where the last value ended: a collection in block style has no end of its own."""

    def build(self) -> bool:
        """True when the text was read to its end."""
        handlers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        try:
            next_event = _parser(self.text).get_event
            for _ in range(MOST_EVENTS):
                event = next_event()
                handler = handlers.get(event.__class__)
                if handler is not None:
                    handler(event)
                elif event.__class__ is StreamEndEvent:
                    break
            else:
                self.findings.append(_too_large(self.lines.place(event.start_mark.index)))
                return False
        except _Stop as stop:
            return stop.complete
        except yaml.MarkedYAMLError as error:
            self.findings.append(explained(error, self.lines))
            return False
        except yaml.YAMLError:
            self.findings.append(in_our_words("syntax", UNKNOWN, self.lines.place(0)))
            return False
        self._check_root()
        return True

    # -- one function for each kind of event ----------------------------------------------------------------------

    def _scalar(self, event: Any) -> None:
        frame = self._frame
        value: Tree = event.value
        start = event.start_mark.index
        self._end = end = event.end_mark.index
        self._nodes += 1
        style = event.style
        if frame is not None and frame.unread:
            frame.unread = False
            frame.key, frame.key_start, frame.key_end = value, start, end
            if (
                value in frame.holder
                or event.anchor is not None
                or event.tag is not None
                or (not style and value in {"<<", ""})
            ):
                self._odd_key(event, frame)
            return
        if not style and value in NULLS:
            value = None
        if event.tag is not None:
            self._tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(value, 1 + (end - start) // 100, 0, self._path_of_next())
        self._put(value, start, end, _STYLES[style], 0)

    def _start(self, event: Any) -> None:
        frame = self._frame
        if len(self._outer) >= DEEPEST:
            raise self._too_deep(event.start_mark.index)
        self._nodes += 1
        if event.tag is not None:
            self._tag(event)
        path, marks = self._path_of_next(), self.marks
        if frame is not None:
            marks = frame.marks
            if frame.unread:
                self._key_not_text(event, frame)
                marks = {}
            elif frame.dropped:
                marks = {}
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(None, 0, 0, path, open=True)
        holder: Any = {} if event.__class__ is MappingStartEvent else []
        self._outer.append(frame)
        self._frame = _Frame(holder, path, marks, event, self._nodes, self._repeated)
        self._end = event.end_mark.index

    def _close(self, event: Any) -> None:
        frame = self._frame
        assert frame is not None
        if frame.flow:
            self._end = event.end_mark.index
        height = frame.height + 1
        if frame.anchor is not None:
            weight = self._nodes - frame.nodes + self._repeated - frame.repeated + (self._end - frame.start) // 100
            self._anchors[frame.anchor] = _Anchor(frame.holder, weight + 1, height, frame.path)
        outer = self._frame = self._outer.pop()
        if outer is not None and outer.unread:
            outer.unread = False  # it stood where a key should be; what follows is its value
        else:
            self._put(frame.holder, frame.start, self._end, "flow" if frame.flow else "block", height)

    def _alias(self, event: Any) -> None:
        frame = self._frame
        self._nodes += 1
        start = event.start_mark.index
        self._end = end = event.end_mark.index
        if frame is not None and frame.unread:
            self._key_not_text(event, frame)
            frame.unread = False
            return
        name = event.anchor
        anchor = self._anchors.get(name)
        if anchor is None:
            self._note(
                "unknown-anchor",
                msg("*{name} repeats a value that was marked with &{name}, and there is none above.", name=name),
                msg("Write the value itself, or put it in quotes if it is text that starts with a star."),
                start,
                end,
            )
            self._put(None, start, end, "alias", 0)
            return
        if anchor.open:
            self._note(
                "self-reference",
                msg("*{name} stands inside the value that it repeats, so it would never end.", name=name),
                msg("Write out what is meant here."),
                start,
                end,
            )
            self._put(None, start, end, "alias", 0)
            return
        if len(self._outer) + anchor.height > DEEPEST:
            raise self._too_deep(start)
        self._repeated += anchor.weight
        if self._repeated > MOST_REPEATED:
            raise self._stop(
                "alias-bomb",
                msg(
                    "From here the aliases (*{name} and others) repeat too much: the file would become enormous.",
                    name=name,
                ),
                msg("Write the values out where they are needed."),
                start,
            )
        self.shared.add(anchor.path)
        self._put(anchor.value, start, end, "alias", anchor.height)

    def _document(self, event: Any) -> None:
        if () in self.marks:
            start = event.start_mark.index
            self._note(
                "several-documents",
                msg("A second document starts here; only the first is read."),
                msg("Keep one document in a file, and delete the line with ---."),
                start,
                start + 3,
            )
            self._check_root()
            raise _Stop(complete=True)

    # -- what they share ------------------------------------------------------------------------------------------

    def _path_of_next(self) -> KeyPath:
        frame = self._frame
        if frame is None:
            return ()
        return (*frame.path, frame.key if frame.holder.__class__ is dict else len(frame.holder))

    def _put(self, value: Tree, start: int, end: int, style: str, height: int) -> None:
        """A value is complete: it goes where it belongs, and a mapping waits for its next key."""
        frame = self._frame
        if frame is None:
            self.tree = value
            self.marks[()] = Mark(start, end, style)
            return
        if height > frame.height:  # noqa: PLR1730 - max() would cost a tenth of all reading
            frame.height = height
        holder = frame.holder
        if holder.__class__ is list:
            frame.marks[*frame.path, len(holder)] = _new(Mark, (start, end, style, None, None))
            holder.append(value)
            return
        if frame.dropped:
            frame.dropped = False
        else:
            key = frame.key
            holder[key] = value
            frame.marks[*frame.path, key] = _new(Mark, (start, end, style, frame.key_start, frame.key_end))
        frame.unread = True

    def _note(self, code: str, message: Message, hint: Message, start: int, end: int, path: KeyPath = ()) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(code, message, path, hint=hint, place=self.lines.place(start, end)))

    def _stop(self, code: str, message: Message, hint: Message, start: int) -> _Stop:
        self.findings.append(Finding(code, message, hint=hint, place=self.lines.place(start)))
        return _Stop()

    def _too_deep(self, start: int) -> _Stop:
        return self._stop(
            "too-deep",
            msg("Lists and mappings lie more than {depth} levels within each other here.", depth=DEEPEST),
            msg("A few levels are enough for a plan; is a bracket never closed?"),
            start,
        )

    def _tag(self, event: Any) -> None:
        start = event.start_mark.index
        written = self.text[start : event.end_mark.index].split()
        tag = next((word for word in written if word.startswith("!")), event.tag)
        self._note(
            "tag-not-allowed",
            msg("'{tag}' is a YAML tag, and these are not used here.", tag=tag),
            msg("Delete it; if it is text, put the whole text in quotes."),
            start,
            event.end_mark.index,
        )

    def _odd_key(self, event: Any, frame: _Frame) -> None:
        """A key that stands there twice, that merges, that is empty, or that has a tag or an anchor."""
        start, end, key = event.start_mark.index, event.end_mark.index, event.value
        if event.tag is not None:
            self._tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(key, 1, 0, frame.path)
        if not event.style and key == "<<":
            frame.dropped = True
            self._note(
                "merge-key",
                msg("'<<' would copy keys from elsewhere, and that is not supported here."),
                msg("Write the keys out."),
                start,
                end,
            )
        elif not event.style and key == "":
            frame.dropped = True
            self._note(
                "key-not-text",
                msg("There is no key here before the colon."),
                msg("Write the name of the field before the colon."),
                start,
                end,
                frame.path,
            )
        elif key in frame.holder:
            frame.dropped = True
            first = frame.marks[(*frame.path, key)]
            self._note(
                "duplicate-key",
                msg(
                    "'{key}' already stands on line {line}; the one here is not read.",
                    key=key,
                    line=str(self.lines.position(first.key_start or 0)[0]),
                ),
                msg("Keep one of the two."),
                start,
                end,
                (*frame.path, key),
            )

    def _key_not_text(self, event: Any, frame: _Frame) -> None:
        frame.dropped = True
        self._note(
            "key-not-text",
            msg("A key must be text; here it is a list, a mapping or an alias."),
            msg("Text that starts with {{, [ or * goes in quotes."),
            event.start_mark.index,
            event.end_mark.index,
            frame.path,
        )

    def _check_root(self) -> None:
        root = self.marks.get(())
        if root is None or root.start == root.end:
            self.tree = None
            self.findings.append(
                Finding(
                    "empty-file",
                    msg("There is nothing in this file yet."),
                    hint=msg("'coplaunch init' writes a first one, with every question in it."),
                    place=self.lines.place(0),
                )
            )
        elif self.tree.__class__ is not dict:
            self._note(
                "not-a-mapping",
                msg("This file should consist of fields, each with its name, a colon and a value."),
                msg("Start the first line with a name and a colon, such as 'format: 1'."),
                root.start,
                root.end,
            )
